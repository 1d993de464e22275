"""Drawing obligations: signs and frames of the matrix, bars by indicator, bars by year."""

import textwrap
from itertools import groupby

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import reader
from dialogue.views import theme
from dialogue.views.evidence.obligations.asked import AGES, STATUSES, count_of
from dialogue.views.evidence.obligations.words import action_name, ages, matrix_source, year_words
from dialogue.views.signs import Flag, Mark, drawing
from dialogue.views.view import plain
from dialogue.words.i18n import _, label, number, state

PATTERNS = {"met": "", "partly": ".", "not_met": "x", "expired": "-", "no_information": "/"}
# the codes of the palette
COLOURS = {code: code for code in STATUSES} | {"no_information": "no_info"}
SHAPES = {
    "met": "disc",
    "partly": "half",
    "not_met": "barred",
    "expired": "hourglass",
    "no_information": "hatch",
}
SMALL = ("narrow", "medium")  # widths at which labels stand above their bars
BAR, LINE = 22, 20  # pixels of a bar and of a line of its label
LETTER = 6.8  # pixels of a letter of a label, rather more than less
TOP = 84  # pixels above the bars, for legend or words


# --- the matrix ------------------------------------------------------------------------


def marks() -> list[Mark]:
    """The signs of the statuses, in the order of STATUSES."""
    colours = theme.palette().obligation
    return [Mark(SHAPES[code], colours[COLOURS[code]], label("obligation_status", code)) for code in STATUSES]


def general_marks() -> list[Mark]:
    """The same signs in a box, for general measures; in the order of STATUSES, without that of no information."""
    return [
        Mark(f"boxed {each.shape}", each.colour, _("{status} (general measure)").format(status=each.label))
        for each in marks()[:-1]
    ]


def flags() -> list[Flag]:
    """The frames of the ages, in the order of AGES, each around a year of that age."""
    since, words = int(count_of()["recent_from"]), ages()
    return [
        Flag(str(since), words["recent"], "solid"),
        Flag(str(since - 1), words["older"], "dashed"),
        Flag(words["undated"], "", "dotted"),
    ]


def matrix(rows, fits, columns: list[str], standing, kicker: str, order: str) -> dict:
    """The matrix for ``crosstable``: a section for each action, a row for each indicator."""

    def cell(row, fit: bool):
        if row.status == "no_information":
            return [STATUSES.index(row.status)]
        sign = STATUSES.index(row.status) + len(STATUSES) * (row.evidence_kind == "general")
        return [sign, year_words(row.as_of), AGES.index(row.age)] if fit else None

    cells = {(r.iso3, r.indicator): cell(r, fit) for r, fit in zip(rows.itertuples(), fits, strict=True)}
    signs, sections, aside = [*marks(), *general_marks()], [], []
    for action, part in rows.groupby("action"):
        lines = []
        for code in part["indicator"].unique():
            lines.append((label("indicator", code), [cells[iso3, code] for iso3 in columns]))
            if code == "crpd_alignment":
                lines.append(_derived_line(standing, signs))
        sections.append((action_name(action), lines))
        aside.append(f"{action} · {label('action', action)}")
    region = rows.drop_duplicates("iso3").set_index("iso3")["region"]
    in_regions = [(label("region", code), len(list(group))) for code, group in groupby(columns, region.get)]
    return drawing(
        "cells", signs, _("Indicator"), [state(iso3) for iso3 in columns], sections,
        matrix_source(kicker, rows["source_id"].nunique()),
        flags=flags(), empty=_("left out by the filters"), codes=(in_rows(rows), columns),
        groups=in_regions if order == "region" else [], aside=(_("Action (numbering to be confirmed)"), aside),
    )  # fmt: skip


def in_rows(rows: pd.DataFrame) -> list[str]:
    """The indicators as the rows of the matrix, by action."""
    return [code for _action, part in rows.groupby("action") for code in part["indicator"].unique()]


def _derived_line(standing: pd.DataFrame, signs: list[Mark]) -> tuple:
    """The row of standings under the CRPD, which cannot be chosen; adds its signs to `signs`."""
    colours = theme.palette()
    statuses = sorted(set(standing["status"]))
    name = _("CRPD standing and year of the act (derived, not coded)")
    if statuses == ["state_party"]:
        name = _("Party to the CRPD since (derived, not coded)")
    at = {code: len(signs) + i for i, code in enumerate(statuses)}
    signs += [
        Mark(
            "diamond" if code == "state_party" else "dash", colours.treaty.get(code, colours.quiet),
            _("CRPD: {standing}").format(standing=label("treaty_status", code)),
        )
        for code in statuses
    ]  # fmt: skip
    return name, [[at[r.status], (r.since or "–")[:4]] for r in standing.itertuples()], True


# --- bars by indicator -----------------------------------------------------------------


def indicators(rows: pd.DataFrame) -> go.Figure:
    """A bar for each indicator, a part for each status; not yet signed."""
    figure = go.Figure()
    above = reader.current().width in SMALL
    # In pixels, because a label of two lines needs more room than one of one line.
    labels = [
        textwrap.wrap(f"{row.action} · {label('indicator', row.indicator)}", 50 if above else 74) for row in rows.itertuples()
    ]
    beside = 0 if above else LETTER * max((len(line) for lines in labels for line in lines), default=0)
    places, tall = [], 0
    for lines in labels:
        tall += LINE * len(lines) + BAR + 12 if above else max(LINE * len(lines), BAR) + 5
        places.append(tall - BAR / 2 if above else tall - max(LINE * len(lines), BAR) / 2)
    for status in STATUSES:
        _status_bars(figure, rows[status], status, places)
    for place, lines in zip(places, labels, strict=True):
        look = {"y": place - BAR / 2, "yanchor": "bottom"} if above else {"y": place, "yanchor": "middle", "xshift": -beside}
        figure.add_annotation(
            x=0, xanchor="left", align="left", showarrow=False, font={"size": 15}, borderpad=0,
            text="<br>".join(plain(line) for line in lines), **look,
        )  # fmt: skip
    top = TOP if above else TOP // 2
    states_count = int(rows["states"].max()) if len(rows) else 0
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="stack", showlegend=True, height=tall + top,
        legend={"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
        margin={"t": top, "l": 8 + beside, "r": 8},
        xaxis={"range": [0, max(states_count, 1)], "visible": False},
        yaxis={"range": [tall, 0], "visible": False},
    )  # fmt: skip
    return figure


def _status_bars(figure: go.Figure, counts: pd.Series, status: str, places: list[float]) -> None:
    colours = theme.palette()
    colour = colours.obligation[COLOURS[status]]
    blank = status == "no_information"
    figure.add_bar(
        y=places, x=counts.tolist(), orientation="h", name=label("obligation_status", status), width=BAR,
        text=[str(n) if n else "" for n in counts], textposition="inside", insidetextanchor="middle", textangle=0,
        textfont={"size": 15, "weight": 600, "color": colours.ink if blank else _readable(colour)},
        marker={
            "color": colours.paper if blank else colour,
            "pattern": _pattern(status, colour),
            "line": {"color": colours.outline, "width": 0.8},
        },
        hovertemplate="%{fullData.name}: %{x}<extra></extra>",
    )  # fmt: skip


def _pattern(status: str, colour: str) -> dict:
    """A texture beside the colour: open hatching for no information, faint over the others."""
    if status == "no_information":
        return {"shape": PATTERNS[status], "solidity": 0.12, "fgcolor": colour}
    if not PATTERNS[status]:
        return {}
    return {
        "shape": PATTERNS[status],
        "size": 10,
        "solidity": 0.08,
        "fillmode": "overlay",
        "fgopacity": 0.45,
        "fgcolor": theme.palette().paper,
    }


def _readable(fill: str) -> str:
    """Ink or paper, whichever stands out more on a fill."""
    colours = theme.palette()

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    def contrast(colour: str) -> float:
        pair = sorted([light(colour), light(fill)])
        return pair[1] / pair[0]

    return max([colours.ink, colours.paper], key=contrast)


# --- bars by year ----------------------------------------------------------------------


def years(rows: pd.DataFrame, count: pd.Series) -> go.Figure:
    """A bar for each year of the evidence that counts, one for undated evidence apart; not yet signed."""
    since = int(count["recent_from"])
    dated, undated = rows[rows["year"].notna()], rows[rows["year"].isna()]
    last = int(dated["year"].max()) if len(dated) else since
    colours, figure = theme.palette(), go.Figure()
    parts = [
        ("older", dated[dated["age"] == "older"], colours.paper, "/"),
        ("recent", dated[dated["age"] == "recent"], colours.accent, ""),
        ("undated", undated.assign(year=last + 3), colours.paper, "."),
    ]
    for age, part, fill, pattern in parts:
        figure.add_bar(
            x=part["year"].tolist(), y=part["pairs"].tolist(), width=0.75, name=ages()[age], cliponaxis=False,
            text=[number(n) for n in part["pairs"]], textposition="outside", textangle=0, textfont={"size": 15},
            marker={
                "color": fill, "line": {"color": colours.accent, "width": 1.2},
                "pattern": {"shape": pattern, "size": 7, "solidity": 0.2, "fgcolor": colours.accent, "bgcolor": fill},
            },
            hovertemplate=f"{plain(ages()[age])}: %{{y}}<extra></extra>" if age == "undated" else "%{x}: %{y}<extra></extra>",
        )  # fmt: skip
    first = int(dated["year"].min()) if len(dated) else since
    ticks = list(range(last, first - 1, -2))
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), height=470, showlegend=False, margin={"t": TOP, "l": 8, "r": 8},
        xaxis={
            "range": [first - 0.7, last + 4], "tickvals": [*ticks, last + 3], "ticktext": [*map(str, ticks), _("undated")],
            "tickangle": 0,
        },
        yaxis={"visible": False},
    )  # fmt: skip
    if len(dated):
        _line_of_age(figure, count)
    return figure


def _line_of_age(figure: go.Figure, count: pd.Series) -> None:
    """A line between old and recent evidence, with how much stands on either side."""
    since = int(count["recent_from"])
    line = {"color": theme.palette().quiet, "dash": "dash", "width": 1}
    figure.add_shape(type="line", x0=since - 0.5, x1=since - 0.5, y0=0, y1=1.1, yref="paper", line=line)
    for side, age, pad in (("right", "older", -6), ("left", "recent", 6)):
        words = _("{year} or before") if age == "older" else _("{year} or later")
        figure.add_annotation(
            x=since - 0.5, y=1.1, yref="paper", xanchor=side, xshift=pad, yanchor="bottom", showarrow=False, align=side,
            text=f"<b>{number(int(count[age]))}</b><br>{plain(words.format(year=since - 1 if age == 'older' else since))}",
        )  # fmt: skip
