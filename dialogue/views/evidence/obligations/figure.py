"""Views on obligations and gaps: what was found for each State and indicator, how old it is, and where nothing was found."""

import textwrap
from collections.abc import Iterable
from itertools import groupby

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.signs import Flag, Mark, TableView, drawing
from dialogue.views.view import View, kept, plain, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, ngettext, number, state

STATUSES = ("met", "partly", "not_met", "expired", "no_information")
PATTERNS = {"met": "", "partly": ".", "not_met": "x", "expired": "-", "no_information": "/"}
# the codes of the palette
COLOURS = {code: code for code in STATUSES} | {"no_information": "no_info"}
SHAPES = {
    "met": "disc",
    "partly": "half",
    "not_met": "cross",
    "expired": "hourglass",
    "no_information": "hatch",
}
AGES = ("recent", "older", "undated")
DERIVED = "crpd_standing"
BAR, LINE = 24, 20  # pixels of a bar and of a line of its label


# --- words ---------------------------------------------------------------------------------------


@kept
def states_in_order(order: str = "name") -> list[str]:
    """The States of the work plan's list, by UN name or by region and UN name."""
    rows = queries.run("obligation_matrix").drop_duplicates("iso3")
    regions = i18n.codes("region")
    place = {r.iso3: regions.index(r.region) if order == "region" else 0 for r in rows.itertuples()}
    return sorted(place, key=lambda iso3: (place[iso3], state(iso3)))


@kept
def indicators() -> list[str]:
    """The indicators, by Lausanne action."""
    return queries.run("obligation_gaps")["indicator"].tolist()


def action_name(action) -> str:
    """“Action 33 · National action plans and focal points”."""
    return _("Action {n} · {topic}").format(n=action, topic=label("action", action))


@kept
def ages() -> dict[str, str]:
    """What the ages of evidence are called."""
    since = int(count_of()["recent_from"])
    return {
        "recent": _("{year} or later").format(year=since),
        "older": _("older than five years ({year} or before)").format(year=since - 1),
        "undated": _("undated"),
    }


@kept
def finding(action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()) -> str:
    """The finding of the page: how many pairs have evidence, and how recent it is."""
    count = count_of(action, question, states)
    evidence, recent = int(count["evidence"]), int(count["recent"])
    if not count["pairs"]:
        return _("None of the indicators belongs to what was asked for")
    found = ngettext(
        "Evidence was found for {n} of {pairs} pairs of State and indicator",
        "Evidence was found for {n} of {pairs} pairs of State and indicator",
        evidence,
    ).format(n=number(evidence), pairs=number(int(count["pairs"])))
    if not evidence:
        return found
    if not recent:
        return _("{found}; none of it is dated {year} or later").format(
            found=found, year=count["recent_from"]
        )
    return ngettext(
        "{found}; for {n} of them it dates from the last five years",
        "{found}; for {n} of them it dates from the last five years",
        recent,
    ).format(found=found, n=number(recent))


def nothing_asked(action: str | None, question: str | None, states: tuple[str, ...]) -> bool:
    """Whether no indicator belongs to the action and the question together."""
    return not count_of(action, question, states)["pairs"]


def count_of(
    action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()
) -> pd.Series:
    return queries.run("obligation_evidence_count", **_scope(action, question, states)).iloc[0]


def _scope(action: str | None, question: str | None, states: tuple[str, ...]) -> dict:
    return {"action": action, "question": question, "states": ",".join(states) or "all"}


def _scope_words(action: str | None, question: str | None, states: tuple[str, ...]) -> str:
    """What a view is limited to, for its kicker."""
    words = [action_name(action)] if action else []
    if question:
        words.append(_("question ({letter})").format(letter=question))
    count = len(states) or len(states_in_order())
    words.append(ngettext("{n} State Party", "{n} States Parties", count).format(n=number(count)))
    return ", ".join(words)


def year_words(as_of) -> str:
    return _("undated") if as_of is pd.NA or as_of is None else str(as_of)


def caveats() -> tuple[str, ...]:
    """What holds for every view of the coding."""
    since = int(count_of()["recent_from"])
    return (
        _(
            "The coding is this project’s own reading of short findings; it is no score and no ranking of States."
        ),
        _("Action numbers follow the order of topics in the work plan and await confirmation."),
        _("“No information” means that nothing was found in the documents read. It does not mean “not met”."),
        _("The newest dated finding gives the cell; an undated finding never outranks a dated one."),
        _("A plan past its last year is shown as past its end year, whatever its coding."),
        _(
            "Evidence is known to the year only. A year counts as within the last five years while any day of it may be: {year} or later."
        ).format(year=since),
    )


def options(codes: Iterable[str], words) -> dict[str, str]:
    """Codes with their labels."""
    return {code: words(code) for code in codes}


# --- the matrix ----------------------------------------------------------------------------------


@kept
def matrix(
    action: str | None = None, question: str | None = None, states: tuple[str, ...] = (),
    status: tuple[str, ...] = (), age: str = "any", order: str = "name",
) -> TableView:  # fmt: skip
    """State by indicator: status, year and age of the newest evidence.

    `action`, `question` and `states` limit what is shown; `status` and `age` leave
    other cells empty, but never the cells without information.
    """
    rows = queries.run("obligation_matrix", **_scope(action, question, states))
    known = rows["status"] != "no_information"
    fits = rows["status"].isin(status) if status else pd.Series(True, rows.index)
    if age != "any":
        fits &= rows["age"] == age
    shown = rows[fits | ~known]
    columns = [iso3 for iso3 in states_in_order(order) if not states or iso3 in states]
    standing = crpd_standing(columns) if "crpd_alignment" in set(rows["indicator"]) else None

    kicker = _("Newest evidence on the indicators of Article 5, {scope}, data as of {date}").format(
        scope=_scope_words(action, question, states), date=day(reader.snapshot().as_of)
    )
    title = finding(action, question, states)
    matches = int((fits & known).sum())
    how = _("Choose a cell to read the finding and its document (keyboard: arrow keys, Enter).")  # fmt: skip
    if status or age != "any":
        how = ngettext(
            "{n} pair fits the filters; other evidence is left out. ", "{n} pairs fit the filters; other evidence is left out. ", matches
        ).format(n=number(matches)) + how  # fmt: skip
    return TableView(
        key="obligations", kicker=kicker, title=title, how=how, figure=None, alt=f"{kicker}. {title}",
        data=_matrix_data(shown, standing, columns), table=_matrix_table(shown, columns),
        tables=("obligation_findings", "obligation_lists", "treaty_actions"),
        source_ids=_sources(shown, standing), as_of=str(reader.snapshot().as_of),
        missing=_missing(action, question, states), notes=caveats(),
        drawing=_drawing(rows, fits, columns, standing, kicker, order),
    )  # fmt: skip


def _missing(action: str | None, question: str | None, states: tuple[str, ...]) -> str:
    count = count_of(action, question, states)
    return ngettext(
        "{pairs} of {all} pairs without information, in {n} of {states} States",
        "{pairs} of {all} pairs without information, in {n} of {states} States",
        int(count["states_with_gaps"]),
    ).format(
        pairs=number(int(count["no_information"])), all=number(int(count["pairs"])),
        n=number(int(count["states_with_gaps"])), states=number(int(count["states"])),
    )  # fmt: skip


def crpd_standing(columns: list[str]) -> pd.DataFrame:
    """Standing under the CRPD, derived from the treaty acts; never coding."""
    rows = queries.run("treaty_status", instrument="CRPD").set_index("iso3", drop=False)
    return rows.loc[columns]


def _sources(shown: pd.DataFrame, standing: pd.DataFrame | None) -> tuple[str, ...]:
    listed = queries.run("obligation_lists")
    found = set(shown["source_id"].dropna()) | set(listed[listed["list"] == "work_plan_2024"]["source_id"])
    if standing is not None:
        found |= set(standing["source_id"].dropna())
    return tuple(sorted(found))


def in_order(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    place = {iso3: i for i, iso3 in enumerate(columns)}
    return (
        rows.assign(_place=rows["iso3"].map(place))
        .sort_values(["action", "indicator", "_place"])
        .drop(columns="_place")
    )


def _matrix_data(shown: pd.DataFrame, standing: pd.DataFrame | None, columns: list[str]) -> pd.DataFrame:
    """What is drawn, in codes; the derived standing is marked as such in `basis`."""
    data = in_order(shown, columns).assign(basis="coding")
    if standing is None:
        return data
    derived = pd.DataFrame(
        {
            "iso3": standing["iso3"], "action": 32, "indicator": DERIVED, "status": standing["status"],
            "as_of": [None if since is None else int(since[:4]) for since in standing["since"]],
            "finding": [standing_words(row) for row in standing.itertuples()],
            "source_id": standing["source_id"], "basis": "derived from treaty_actions",
        }
    )  # fmt: skip
    return pd.concat([data.astype(object), derived.astype(object)], ignore_index=True)[data.columns].where(
        lambda f: f.notna(), None
    )


def standing_words(row) -> str:
    standing = label("treaty_status", row.status)
    if not row.action:
        return standing
    return f"{standing}: {label('treaty_action', row.action).lower()}, {day(row.since)}"


def _matrix_table(shown: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    rows = in_order(shown, columns)
    return pd.DataFrame(
        {
            _("Action"): [str(n) for n in rows["action"]],
            _("Indicator"): [label("indicator", code) for code in rows["indicator"]],
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Status"): [label("obligation_status", code) for code in rows["status"]],
            _("Year"): [
                "–" if s == "no_information" else year_words(y)
                for s, y in zip(rows["status"], rows["as_of"], strict=True)
            ],
            _("Finding"): [text or "–" for text in rows["finding"]],
        }
    )


def marks() -> list[Mark]:
    """The signs of the statuses, in the order of STATUSES."""
    colours = theme.palette().obligation
    return [Mark(SHAPES[code], colours[COLOURS[code]], label("obligation_status", code)) for code in STATUSES]


def flags() -> list[Flag]:
    """The frames of the ages, in the order of AGES, each around a year of that age."""
    since, words = int(count_of()["recent_from"]), ages()
    return [
        Flag(str(since), words["recent"], "solid"),
        Flag(str(since - 1), words["older"], "dashed"),
        Flag(words["undated"], "", "dotted"),
    ]


def _drawing(rows, fits, columns: list[str], standing, kicker: str, order: str) -> dict:
    """The matrix for ``crosstable``: a section for each action, a row for each indicator."""

    def cell(row, fit: bool):
        if row.status == "no_information":
            return [STATUSES.index(row.status)]
        return [STATUSES.index(row.status), year_words(row.as_of), AGES.index(row.age)] if fit else None

    cells = {(r.iso3, r.indicator): cell(r, fit) for r, fit in zip(rows.itertuples(), fits, strict=True)}
    signs, sections, aside = marks(), [], []
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
        _("{kicker}. Own coding of findings in {n} documents, listed under Sources and notes; action numbers await confirmation. No score, no ranking. Data version {version}. Dialogue on Victim Assistance.").format(
            kicker=kicker, n=number(rows["source_id"].nunique()), version=reader.snapshot().fingerprint[:8]
        ),
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


# --- indicators and years ------------------------------------------------------------------------


@kept
def by_indicator(
    action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()
) -> View:
    """In how many States each indicator is met, partly met, not met, past its plan, or unknown."""
    rows = queries.run("obligation_gaps", **_scope(action, question, states))
    colours = theme.palette()
    figure = go.Figure()
    # In pixels, because a label of two lines needs more room than one of one line.
    labels = [
        textwrap.wrap(f"{row.action} · {label('indicator', row.indicator)}", 50) for row in rows.itertuples()
    ]
    places, tall = [], 0
    for lines in labels:
        tall += LINE * len(lines) + BAR + 12
        places.append(tall - BAR / 2)
    for status in STATUSES:
        colour = colours.obligation[COLOURS[status]]
        blank = status == "no_information"
        figure.add_bar(
            y=places, x=rows[status].tolist(), orientation="h", name=label("obligation_status", status), width=BAR,
            text=[str(n) if n else "" for n in rows[status]], textposition="inside", insidetextanchor="middle", textangle=0,
            textfont={"size": 15, "weight": 600, "color": colours.ink if blank else _readable(colour)},
            marker={
                "color": colours.paper if blank else colour,
                "pattern": _pattern(status, colour),
                "line": {"color": colours.outline, "width": 0.8},
            },
            hovertemplate="%{fullData.name}: %{x}<extra></extra>",
        )  # fmt: skip
    for place, lines in zip(places, labels, strict=True):
        figure.add_annotation(
            x=0, y=place - BAR / 2, xanchor="left", yanchor="bottom", align="left", showarrow=False, font={"size": 15}, borderpad=0,
            text="<br>".join(plain(line) for line in lines),
        )  # fmt: skip
    states_count = int(rows["states"].max()) if len(rows) else 0
    top = 84
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="stack", showlegend=True,
        legend={"x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
        margin={"t": top, "l": 8, "r": 8},
        xaxis={"range": [0, max(states_count, 1)], "visible": False},
        yaxis={"range": [tall, 0], "visible": False},
    )  # fmt: skip
    kicker = _("States by status of each indicator, {scope}").format(
        scope=_scope_words(action, question, states)
    )
    sign(
        figure,
        kicker,
        [_("own coding of the documents under Sources and notes")],
        day(reader.snapshot().as_of),
        bottom=6,
    )
    figure.update_layout(height=tall + top + figure.layout.margin.b)
    gap = rows[rows["no_information"] > 0]
    return View(
        key="obligation_indicators", kicker=kicker, title=_gap_title(rows, gap),
        how=_("Each bar is an indicator, with its action number; each part counts States. The order is that of the actions."),
        figure=figure, alt=f"{kicker}. {_gap_title(rows, gap)}", data=rows, table=_indicator_table(rows),
        tables=("obligation_findings",), source_ids=_sources(queries.run("obligation_matrix", **_scope(action, question, states)), None),
        as_of=str(reader.snapshot().as_of), missing=_missing(action, question, states), notes=caveats(),
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


def _gap_title(rows: pd.DataFrame, gap: pd.DataFrame) -> str:
    if gap.empty:
        return _("On every indicator shown, something was found for every State")
    most = gap[gap["no_information"] == gap["no_information"].max()]
    names = i18n.listing([f"“{label('indicator', code)}”" for code in most["indicator"]])
    if len(most) > 3:
        return ngettext(
            "Something is missing on {n} of {all} indicator", "Something is missing on {n} of {all} indicators", len(rows)
        ).format(n=number(len(gap)), all=number(len(rows)))  # fmt: skip
    n = int(most["no_information"].iloc[0])
    return ngettext(
        "The widest gap is in {names}: no information on {n} of {all} States",
        "The widest gap is in {names}: no information on {n} of {all} States",
        n,
    ).format(names=names, n=number(n), all=number(int(most["states"].iloc[0])))


def _indicator_table(rows: pd.DataFrame) -> pd.DataFrame:
    columns = {
        _("Action"): [str(n) for n in rows["action"]],
        _("Indicator"): [label("indicator", c) for c in rows["indicator"]],
    }
    for status in STATUSES:
        columns[label("obligation_status", status)] = [number(n) for n in rows[status]]
    columns[ages()["recent"]] = [number(n) for n in rows["recent"]]
    return pd.DataFrame(columns)


@kept
def by_year(action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()) -> View:
    """From which years the newest evidence is."""
    rows = queries.run("obligation_evidence_age", **_scope(action, question, states))
    count = count_of(action, question, states)
    since = int(count["recent_from"])
    dated, undated = rows[rows["year"].notna()], rows[rows["year"].isna()]
    last = int(dated["year"].max()) if len(dated) else since
    colours = theme.palette()
    figure = go.Figure()
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
    years = list(range(last, first - 1, -2))
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), height=470, showlegend=False, margin={"t": 84, "l": 8, "r": 8},
        xaxis={
            "range": [first - 0.7, last + 4], "tickvals": [*years, last + 3], "ticktext": [*map(str, years), _("undated")],
            "tickangle": 0,
        },
        yaxis={"visible": False},
    )  # fmt: skip
    if len(dated):
        figure.add_shape(
            type="line",
            x0=since - 0.5,
            x1=since - 0.5,
            y0=0,
            y1=1.1,
            yref="paper",
            line={"color": colours.quiet, "dash": "dash", "width": 1},
        )
        for side, age, pad in (("right", "older", -6), ("left", "recent", 6)):
            n = int(count[age])
            words = _("{year} or before") if age == "older" else _("{year} or later")
            figure.add_annotation(
                x=since - 0.5, y=1.1, yref="paper", xanchor=side, xshift=pad, yanchor="bottom", showarrow=False, align=side,
                text=f"<b>{number(n)}</b><br>{plain(words.format(year=since - 1 if age == 'older' else since))}",
            )  # fmt: skip
    kicker = _("Year of the newest evidence, pairs of State and indicator, {scope}").format(
        scope=_scope_words(action, question, states)
    )
    sign(
        figure,
        kicker,
        [_("own coding of the documents under Sources and notes")],
        day(reader.snapshot().as_of),
        bottom=34,
    )
    older, evidence = int(count["older"]), int(count["evidence"])
    title = ngettext(
        "For {n} of {all} pairs with evidence, the newest is older than five years",
        "For {n} of {all} pairs with evidence, the newest is older than five years",
        older,
    ).format(n=number(older), all=number(evidence))
    return View(
        key="obligation_years", kicker=kicker, title=title,
        how=_("Each bar counts the pairs whose newest evidence speaks of that year. An old year says when something was last seen, not that nothing has changed."),
        figure=figure, alt=f"{kicker}. {title}", data=rows,
        table=pd.DataFrame({
            _("Year"): [year_words(y) for y in rows["year"]], _("Age"): [ages()[a] for a in rows["age"]],
            _("Pairs of State and indicator"): [number(n) for n in rows["pairs"]],
        }),
        tables=("obligation_findings",), source_ids=_sources(queries.run("obligation_matrix", **_scope(action, question, states)), None),
        as_of=str(reader.snapshot().as_of), missing=_missing(action, question, states), notes=caveats(),
    )  # fmt: skip


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
