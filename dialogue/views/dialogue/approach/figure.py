"""How the integrated approach is drawn: the signs of its tables, and the timeline."""

import html
import re
from collections.abc import Sequence

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries
from dialogue.views import shared, theme
from dialogue.views.dialogue import crosswalk
from dialogue.views.dialogue.approach.words import (
    BONDS,
    days_between,
    event_words,
    overlap_cells,
    overlap_heading,
    sections_for,
    standing_words,
)
from dialogue.views.shared import short
from dialogue.views.signs import Mark
from dialogue.views.view import View, plain
from dialogue.words.i18n import _, colon, day, label


def marks() -> list[Mark]:
    colours = theme.palette()
    strong, middle = colours.treaty["state_party"], colours.treaty["signatory"]
    return [
        Mark("disc", strong, _("Obligation"), 0.16),
        Mark("half", middle, _("Commitment in a plan of action"), 0.12),
        Mark("ring", colours.secondary, _("Guidance"), 0.05),
        Mark("square", colours.quiet, _("Plan covers it, text not read")),
        Mark("hourglass", colours.quiet, _("Plan past its end year")),
        Mark("cross", colours.quiet, _("Not a party")),
        Mark("dash", colours.quiet, _("No clause in the text read")),
        Mark("diamond", colours.quiet, _("Goal or standard: not legally binding")),
    ]


def pillar_cells(row, index: int) -> list:
    nature = (
        label("nature", row.nature)
        if row.bond != "nobody"
        else _("Goal")
        if row.instrument == "SDG"
        else _("Standard")
    )
    if row.qualified:
        nature = _("{nature} of States in a position to assist").format(nature=nature)
    article = "" if row.nature == "none" else row.article
    seen = {"yes": _("Yes"), "partial": _("In part"), "no": _("No")}[row.text_seen]
    return [[index, nature], article, row.summary, seen, standing_words(row)]


LINE_HEIGHT = 45  # pixels of one line of a band
NAMES = 4  # years of room for the names of the bands
SHORT_NAME = re.compile(r"(\d+(?:MSP|RC))(?: part \d+)?")  # meetings whose name fits beside their mark


def timeline_figure(rows: pd.DataFrame, first: int, last: int) -> go.Figure:
    """A band an instrument, in the order of the six; each kind of event has a line of its own in the band."""
    colours = theme.palette()
    figure = go.Figure()
    top, n = 0.0, 0
    before = first - NAMES  # the years left of the first event hold the names of the bands
    for code in queries.run("treaty_counts")["instrument"]:
        own = rows[rows["instrument"] == code]
        if own.empty:
            continue
        n += 1
        lines = [draw for draw, events in LINES.items() if own["event"].isin(events).any()]
        bottom = top - len(lines)
        if n % 2:  # every other band is tinted
            figure.add_hrect(y0=bottom, y1=top, line_width=0, layer="below", fillcolor=colours.panel)
        figure.add_annotation(
            x=f"{before}-02-01", y=top - 0.5, xanchor="left", yanchor="middle", align="left",
            text=f"<b>{plain(short(code)).replace(' Optional', '<br>Optional')}</b>", font={"size": 16, "color": colours.ink},
        )  # fmt: skip
        for place, draw in enumerate(lines):
            draw(figure, own, top - place - 0.5)
        top = bottom
    figure.add_vline(x=shared.as_of(), layer="below", line={"color": colours.quiet, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=shared.as_of(), y=1, yref="paper", xanchor="right", yanchor="bottom", font={"size": 14, "color": colours.secondary},
        text=plain(_("data as of {date}").format(date=day(shared.as_of()))),
    )  # fmt: skip
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), height=int(130 - top * LINE_HEIGHT), margin={"t": 30, "l": 4, "r": 4},
        xaxis={"type": "date", "range": [f"{before}-01-01", f"{last + 1}-03-01"], "tickvals": [f"{y}-01-01" for y in range(first + 3 - first % 3, last + 1, 3)], "tickformat": "%Y"},
        yaxis={"visible": False, "range": [top, 0]},
    )  # fmt: skip
    return figure


def _treaty_marks(figure: go.Figure, rows: pd.DataFrame, y: float) -> None:
    """Adoption to entry into force as a line, with one label for its dates."""
    events = {
        row.event: row
        for row in rows.itertuples(index=False)
        if row.event in ("adopted", "opened", "entry_into_force")
    }
    if not events:
        return
    words = {
        "adopted": _("adopted {date}"),
        "opened": _("opened for signature {date}"),
        "entry_into_force": _("in force {date}"),
    }
    said = [text.format(date=day(events[code].start)) for code, text in words.items() if code in events]
    colour = theme.palette().instruments[rows["instrument"].iloc[0]]
    symbols = {"adopted": "circle-open", "opened": "line-ns-open", "entry_into_force": "circle"}
    x = [row.start for row in events.values()]
    figure.add_scatter(
        x=x, y=[y] * len(x), mode="lines+markers", line={"color": colour, "width": 4},
        marker={"symbol": [symbols[code] for code in events], "size": 14, "color": colour, "line": {"width": 3, "color": colour}},
        text=[plain(words[code].format(date=day(row.start))) for code, row in events.items()],
        hovertemplate=f"{plain(short(rows['instrument'].iloc[0]))}: %{{text}}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=max(x),
        y=y,
        xshift=14,
        xanchor="left",
        yanchor="middle",
        align="left",
        text=plain(" · ".join(said)),
        font={"size": 15},
    )


def _plan_bars(figure: go.Figure, rows: pd.DataFrame, y: float) -> None:
    """Years of each plan as a bar; a plan without an end year as a mark on its day."""
    colours = theme.palette()
    for row in rows[rows["event"] == "plan"].itertuples(index=False):
        name = plain(short(row.name))
        colour = colours.instruments[row.instrument]
        if row.last_year is pd.NA:
            figure.add_scatter(
                x=[row.start], y=[y], mode="markers", hoverinfo="skip",
                marker={"symbol": "square", "size": 13, "color": colour},
            )  # fmt: skip
            text = _("{name}, adopted {date}, no end year recorded").format(name=name, date=day(row.start))
            figure.add_annotation(
                x=row.start, y=y, xshift=12, xanchor="left", yanchor="middle", text=text, font={"size": 15}
            )
            continue
        figure.add_shape(
            type="rect", x0=f"{row.first_year}-01-01", x1=f"{row.last_year + 1}-01-01", y0=y - 0.42, y1=y + 0.42,
            line={"color": colour, "width": 2}, fillcolor=colours.paper,
        )  # fmt: skip
        figure.add_annotation(
            x=f"{row.first_year}-01-01", y=y, xshift=7, xanchor="left", yanchor="middle", align="left",
            text=f"{name.replace(' Action Plan', '<br>Action Plan')} {row.first_year}–{row.last_year}", font={"size": 14},
        )  # fmt: skip


def _meeting_marks(figure: go.Figure, rows: pd.DataFrame, y: float) -> None:
    """Meetings as marks; those with a short name are named, a planned one is hollow."""
    rows = rows[rows["event"].isin(["meeting", "planned"])]
    if rows.empty:
        return
    colours = theme.palette()
    names = []
    for row in rows.itertuples(index=False):
        found = SHORT_NAME.fullmatch(row.name)
        text = found[1] if found else row.name if len(rows) == 1 else ""
        names.append(
            _("{meeting} (planned)").format(meeting=text) if text and row.event == "planned" else text
        )
    names = ["" if name in names[:n] else name for n, name in enumerate(names)]  # a meeting in two parts
    figure.add_scatter(
        x=list(rows["start"]), y=[y] * len(rows), mode="markers+text", text=[f"  {plain(name)}" if len(name) > 6 else plain(name) for name in names],
        textposition=["middle right" if len(name) > 6 else "top center" for name in names], textfont={"size": 14, "color": colours.ink},
        marker={
            "symbol": ["diamond-open" if event == "planned" else "diamond" for event in rows["event"]], "size": 11,
            "color": colours.secondary, "line": {"width": 2, "color": colours.secondary},
        },
        customdata=[plain(colon(days_between(row.start, row.end), event_words(row))) for row in rows.itertuples(index=False)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


# The lines of a band, from the top: which events each holds.
LINES = {
    _treaty_marks: ("adopted", "opened", "entry_into_force"),
    _plan_bars: ("plan",),
    _meeting_marks: ("meeting", "planned"),
}


def events_list(shown: View) -> str:
    """The timeline as a dated list, for a phone."""
    lines = "".join(
        f"<dt>{html.escape(when)}</dt><dd><b>{html.escape(instrument)}</b>: {html.escape(event)}</dd>"
        for when, instrument, event, _read in shown.table.itertuples(index=False)
    )
    return f'<dl class="va-list">{lines}</dl>'


def pillar_sections(rows: pd.DataFrame, absent: Sequence[str], iso3: str) -> list[tuple]:
    """The instruments on one pillar under what they mean for the State: (heading, lines)."""
    sections = []
    for index, bond in enumerate(BONDS):
        found = rows[rows["bond"] == bond]
        lines = [(short(row.instrument), pillar_cells(row, index)) for row in found.itertuples(index=False)]
        sections.append((sections_for(iso3)[bond], lines))
    if absent:
        nothing = _("No information: no clause is recorded for this plan")
        sections.append((_("No information"), [(short(i), ["", "", nothing, "", ""]) for i in absent]))
    return [section for section in sections if section[1]]


def binds_grid(columns: Sequence[str], cells: dict) -> list[tuple]:
    """Pillars by instruments: (name, cells), a cell with its sign, article and remark."""

    def drawn(row) -> list | None:
        if row is None:
            return None
        text = "" if row.bond == "none" else row.article if row.text_seen != "no" else ""
        return [BONDS.index(row.bond), text, *([0] if row.qualified and row.bond == "obligation" else [])]

    return [
        (name, [drawn(cells.get((code, i))) for i in columns]) for code, name in crosswalk.pillars().items()
    ]


def overlap_sections(rows: pd.DataFrame, everywhere: dict[str, list[str]]) -> list[tuple]:
    """Pillars under the instruments that oblige on them: (heading, lines); `everywhere` is said once, above."""
    clauses = queries.run("va_crosswalk")
    targets = dict(clauses[clauses["instrument"] == "SDG"][["pillar", "article"]].itertuples(index=False))
    sections = []
    for obliging, part in rows.fillna({"oblige": ""}).groupby("oblige", sort=False):
        lines = [
            (label("pillar", row.pillar), overlap_cells(row, targets.get(row.pillar, ""), everywhere))
            for row in part.itertuples(index=False)
        ]
        sections.append((obliging, overlap_heading(obliging, part), lines))
    # the pillars that most instruments oblige on come first
    sections.sort(key=lambda section: -len(section[0].split()))
    return [(heading, lines) for _codes, heading, lines in sections]
