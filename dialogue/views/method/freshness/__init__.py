"""Views on how old the evidence is, where nothing is known, what newer editions exist and which dates come next.

`today` is a day as ISO text: views are kept by their arguments, and ages change overnight.
"""

import html
import textwrap
from collections import Counter

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.view import LINE, View, kept, plain, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, ngettext, number, state

AGES = ("recent", "older", "undated", "none")
GAPS = ("indicator", "casualties", "question")
DOT = {False: 25, True: 20}  # pixels across a dot with its number; smaller on a phone
NAMED = {False: 72, True: 44}  # characters of a row's name on one line


# --- words ---------------------------------------------------------------------------------------


def count(today: str) -> pd.Series:
    """How many cells are recent, older, undated or without information on a day."""
    return queries.run("freshness_count", as_of=today).iloc[0]


def age_words(today: str) -> dict[str, str]:
    """What the ages of evidence are called on a day."""
    since = int(count(today)["recent_from"])
    return {
        "recent": _("{year} or later").format(year=since),
        "older": _("{year} or before").format(year=since - 1),
        "undated": _("undated"),
        "none": _("no information"),
    }


@kept
def finding(today: str) -> str:
    """The finding of the page: how many cells are old, and how many hold nothing."""
    found = count(today)
    older = ngettext(
        "In {n} of {all} cells the newest evidence is older than five years",
        "In {n} of {all} cells the newest evidence is older than five years",
        int(found["older"]),
    ).format(n=number(int(found["older"])), all=number(int(found["cells"])))
    return ngettext(
        "{older}; {n} cell holds no information", "{older}; {n} cells hold no information", int(found["none"])
    ).format(older=older, n=number(int(found["none"])))


def in_order(codes, order: str) -> list[str]:
    """States alphabetically (`name`) or by region; indicators by action."""
    if order == "region":
        regions = i18n.codes("region")
        by_state = queries.run("freshness_states").set_index("iso3")["region"]
        return sorted(codes, key=lambda iso3: (regions.index(by_state[iso3]), state(iso3)))
    return sorted(codes, key=state)


def states_in_order() -> list[str]:
    """The twelve States, alphabetically."""
    return in_order(queries.run("freshness_states")["iso3"], "name")


def line(table: str, key: str | None) -> int | None:
    """The row of a key (its parts joined by “|”) as a spreadsheet shows it; None where there is no row yet."""

    def read() -> dict[str, int]:
        parts = ", ".join(reader.snapshot().description.tables[table].primary_key)
        # outside the named queries, because a row that moves in its file is no change of a figure
        return dict(reader.snapshot().cursor().execute(f"SELECT concat_ws('|', {parts}), _line FROM {table}").fetchall())

    return reader.snapshot().keep(("rows", table), read).get(key) if key else None


def place(table: str, key: str | None) -> str:
    """“obligation_findings.csv, row 12”: where a spreadsheet shows it."""
    file, row = f"{table}.csv", line(table, key)
    return _("{file}, row {row}").format(file=file, row=row) if row else file


def _as_of() -> str:
    return str(reader.snapshot().as_of)


def _year(value) -> str:
    return "–" if value is None or value is pd.NA else str(value)


def _ids(*columns) -> tuple[str, ...]:
    return tuple(sorted({source for column in columns for source in column if source}))


# --- age by State and by indicator ---------------------------------------------------------------


@kept
def ages(today: str, by: str = "state", order: str = "name", narrow: bool = False) -> View:
    """From which years the newest evidence is, a row each `state` or `indicator`.

    `order` of the States: name or region; `narrow`: for a phone, names above the rows.
    """
    rows = queries.run("freshness_cells", as_of=today)
    column = "iso3" if by == "state" else "indicator"
    codes = in_order(set(rows["iso3"]), order) if by == "state" else list(dict.fromkeys(_by_action(rows)["indicator"]))
    names = {code: state(code) if by == "state" else label("indicator", code) for code in codes}
    words = age_words(today)
    kicker = (
        _("Year of the newest evidence on each Article 5 indicator, by State, counted on {today}")
        if by == "state"
        else _("Year of the newest evidence in each of the twelve States, by indicator, counted on {today}")
    ).format(today=day(today))
    figure = _strip(rows, column, names, words, today, narrow)
    sign(
        figure, kicker, [_("own coding of the documents under Sources and notes")], day(reader.snapshot().as_of),
        bottom=34, line_length=LINE if narrow else 2 * LINE,
    )  # fmt: skip
    figure.update_layout(height=figure.layout.height + figure.layout.margin.t + figure.layout.margin.b)
    title = finding(today)
    table = _ages_table(rows, column, names, words, by)
    listed = "; ".join(": ".join(map(str, (row[0], row[1]))) for row in table.itertuples(index=False))
    return View(
        key=f"freshness_{by}", kicker=kicker, title=title,
        how=_("Numbers count cells; filled dots are recent, open dots older than five years. An old year says when something was last seen, not that nothing has changed."),
        figure=figure, alt=f"{kicker}. {title}. {listed}", data=rows.drop(columns="plan_over"), table=table,
        tables=("obligation_findings",), source_ids=_ids(rows["source_id"]), as_of=_as_of(),
        missing=_cells_missing(today),
        notes=(
            _("Evidence is known to the year: a year counts as within the last five while any day of it may be."),
            _("The newest dated finding gives the age of a cell; undated findings never outrank dated ones."),
            _("States stand in alphabetical order or by region, indicators by action. It is no score and no ranking."),
        ),
    )  # fmt: skip


def _by_action(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["action", "indicator"], kind="stable")


def _cells_missing(today: str) -> str:
    found = count(today)
    return ngettext("{n} cell of {all} without information", "{n} cells of {all} without information", int(found["none"])).format(
        n=number(int(found["none"])), all=number(int(found["cells"]))
    )


def _strip(rows, column: str, names: dict[str, str], words: dict[str, str], today: str, narrow: bool) -> go.Figure:
    """Dots with numbers by year, a row each code; undated and missing cells in two columns at the end."""
    colours = theme.palette()
    dated = rows[rows["year"].notna()]
    since = int(count(today)["recent_from"])
    first = int(min(dated["year"].min(), since - 1)) if len(dated) else since - 1
    last = int(max(dated["year"].max(), since)) if len(dated) else since
    apart = (1.5, 2.9) if narrow else (1.4, 3.1)
    at = {"undated": last + apart[0], "none": last + apart[1]}
    lines = {code: textwrap.wrap(plain(name), NAMED[narrow]) for code, name in names.items()}
    heights, tall = {}, 0
    for code, wrapped in lines.items():
        tall += 34 + (17 * len(wrapped) if narrow else 0)
        heights[code] = tall - 17
    figure = go.Figure()
    for height in heights.values():
        figure.add_shape(
            type="line", x0=first - 0.6, x1=last + 0.5, y0=height, y1=height, layer="below", line={"color": colours.grid, "width": 1.5}
        )  # fmt: skip
    for age in AGES:
        part = rows[rows["age"] == age]
        counted = Counter(zip(part[column], part["year"] if age in ("recent", "older") else [at[age]] * len(part), strict=True))
        places = list(counted)
        figure.add_scatter(
            x=[x for _code, x in places], y=[heights[code] for code, _x in places], mode="markers+text", name=words[age],
            text=[str(counted[key]) for key in places],
            textfont={"size": 13 if narrow else 14, "weight": 600, "color": colours.paper if age == "recent" else colours.ink},
            marker={**_marker(age, colours), "size": DOT[narrow]},
            customdata=[f"{plain(names[code])}<br>{words[age] if age in at else x}" for code, x in places],
            hovertemplate="%{customdata}: %{text}<extra></extra>",
        )  # fmt: skip
    _strip_labels(figure, rows, lines, heights, words, at, since, first, last, narrow)
    years = list(range(last, first - 1, -4 if narrow else -1))
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), showlegend=False, height=tall,
        margin={"t": 72 if narrow else 46, "l": 8, "r": 8},
        xaxis={
            "range": [first - 0.8, at["none"] + 0.8], "tickvals": years, "tickangle": 0, "fixedrange": True,
            "showline": False,
        },
        yaxis={
            "range": [tall, 0], "showgrid": False, "fixedrange": True, "visible": not narrow, "rangemode": "normal",
            "tickvals": list(heights.values()), "ticktext": ["<br>".join(wrapped) for wrapped in lines.values()],
        },
    )  # fmt: skip
    return figure


def _marker(age: str, colours: theme.Palette) -> dict:
    """Filled for recent, open for older, another shape for undated and for none: never by colour alone."""
    return {
        "symbol": {"undated": "diamond", "none": "square"}.get(age, "circle"),
        "color": colours.accent if age == "recent" else colours.panel if age == "none" else colours.paper,
        "line": {"color": colours.quiet if age == "none" else colours.accent, "width": 1.6},
    }


def _strip_labels(figure, rows, lines, heights, words, at, since, first, last, narrow) -> None:
    """The border between recent and older with both counts, the heads of the last columns, names on a phone."""
    colours = theme.palette()
    found = rows["age"].value_counts()
    figure.add_shape(
        type="line", x0=since - 0.5, x1=since - 0.5, y0=0, y1=1, yref="paper", line={"color": colours.quiet, "dash": "dash", "width": 1}
    )  # fmt: skip
    for age, x, anchor, shift in (("older", since - 0.5, "right", -6), ("recent", since - 0.5, "left", 6)):
        figure.add_annotation(
            x=x, y=1, yref="paper", xanchor=anchor, yanchor="bottom", xshift=shift, yshift=4, align=anchor,
            text=f"<b>{number(int(found.get(age, 0)))}</b><br>{plain(words[age])}", font={"size": 14},
        )  # fmt: skip
    for age, x in at.items():
        # on a phone the two heads do not fit side by side
        above = narrow and age == "none"
        figure.add_annotation(
            x=x + 0.5 if above else x, y=1, yref="paper", yanchor="bottom", xanchor="right" if above else "center", font={"size": 14},
            text=f"<b>{number(int(found.get(age, 0)))}</b>{' ' if above else '<br>'}{words[age]}", yshift=44 if above else 4,
        )  # fmt: skip
    if narrow:
        for code, height in heights.items():
            figure.add_annotation(
                x=first - 0.8, y=height, xanchor="left", yanchor="bottom", yshift=DOT[narrow] / 2, align="left",
                text="<br>".join(lines[code]), font={"size": 14}, borderpad=0, bgcolor=colours.paper,
            )  # fmt: skip


def _ages_table(rows, column: str, names: dict[str, str], words: dict[str, str], by: str) -> pd.DataFrame:
    lines = []
    for code, name in names.items():
        part = rows[rows[column] == code]
        years = Counter(part["year"].dropna())
        counts = part["age"].value_counts()
        listed = ", ".join(f"{year} ({n})" if n > 1 else str(year) for year, n in sorted(years.items(), reverse=True))
        lines.append((name, listed or "–", *(number(int(counts.get(age, 0))) for age in AGES)))
    first = _("State") if by == "state" else _("Indicator")
    return pd.DataFrame(lines, columns=[first, _("Years of the newest evidence (cells)"), *(words[age] for age in AGES)])


@kept
def newest_by_state(order: str = "name") -> View:
    """The newest finding, casualty figure, Article 7 report, survivor figure and CRPD review of each State."""
    rows = queries.run("freshness_states").set_index("iso3")
    codes = in_order(rows.index, order)
    rows = rows.loc[codes].reset_index()
    without = int(rows["article7"].isna().sum())
    title = ngettext(
        "For {n} of {all} States no report under Article 7 was found",
        "For {n} of {all} States no report under Article 7 was found",
        without,
    ).format(n=number(without), all=number(len(rows)))
    kinds = ("finding", "casualties", "named", "article7", "survivors", "crpd")
    table = pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Finding on an indicator"): [_year(y) for y in rows["finding"]],
            _("Casualty figure"): [_year(y) for y in rows["casualties"]],
            _("Named with casualties"): [_year(y) for y in rows["named"]],
            _("Article 7 report found"): [_year(y) for y in rows["article7"]],
            _("Survivors"): [day(d) or "–" for d in rows["survivors"]],
            _("Observations under the CRPD"): [day(d) or "–" for d in rows["crpd"]],
        }
    )
    return View(
        key="freshness_newest", kicker=_("The newest of each kind of evidence, by State"), title=title,
        how=_("Years are those the evidence speaks of. “Named” counts States named by the Monitor with a number or without. A dash means that nothing was found, not that nothing exists."),
        figure=None, alt=title, data=rows, table=table,
        tables=("obligation_findings", "casualties", "casualty_names", "article7_reports", "survivors", "crpd_reports"),
        source_ids=_ids(*(rows[f"{kind}_source_id"] for kind in kinds)), as_of=_as_of(),
    )  # fmt: skip


@kept
def by_table() -> View:
    """Newest, median and oldest year of every table, and its newest document."""
    rows = queries.run("freshness_tables")
    tables = reader.snapshot().description.tables
    undated = int((rows["dated"] == 0).sum())
    title = ngettext(
        "{n} of {all} tables with sources carries no date of its own",
        "{n} of {all} tables with sources carry no date of their own",
        undated,
    ).format(n=number(undated), all=number(len(rows)))
    documents = queries.run("sources_used").set_index("source_id")
    table = pd.DataFrame(
        {
            _("Table"): [tables[name].title for name in rows["table_name"]],
            _("Rows"): [number(n) for n in rows["rows"]],
            _("Newest year"): [_year(y) for y in rows["newest"]],
            _("Median year"): [_year(y) for y in rows["median"]],
            _("Oldest year"): [_year(y) for y in rows["oldest"]],
            _("Rows without a date"): [number(n) for n in rows["undated"]],
            _("Newest document"): [
                f"{documents.loc[source, 'publisher']}, {day(published)}" if source else "–"
                for source, published in zip(rows["source_id"], rows["published"], strict=True)
            ],
        }
    )
    return View(
        key="freshness_tables", kicker=_("Age of the evidence by table"), title=title,
        how=_("Years are those a row speaks of, which may be long before its document was published. The median is the year in the middle."),
        figure=None, alt=title, data=rows, table=table, tables=tuple(rows["table_name"]), source_ids=_ids(rows["source_id"]),
        as_of=_as_of(),
    )  # fmt: skip


# --- gaps ----------------------------------------------------------------------------------------


@kept
def gaps(iso3: str = "all") -> View:
    """What is not known, a row each State: indicators, years of casualties, guiding questions."""
    rows = queries.run("freshness_gaps")
    states = states_in_order()
    if iso3 != "all":
        rows, states = rows[rows["iso3"] == iso3], [iso3]
    items = rows.groupby(["iso3", "kind"])["item"].agg(list).to_dict()
    kicker = _("Cells with no information: a work list by State")
    table = pd.DataFrame(
        {
            _("State"): [state(code) for code in states],
            _("Indicators without information"): [
                "; ".join(label("indicator", i) for i in items.get((code, "indicator"), [])) or "–" for code in states
            ],
            _("Years without a casualty figure"): [", ".join(items.get((code, "casualties"), [])) or "–" for code in states],
            _("Questions without an answer"): [", ".join(items.get((code, "question"), [])) or "–" for code in states],
        }
    )
    title = gaps_title(rows, iso3)
    return View(
        key="freshness_gaps", kicker=kicker, title=title,
        how=_("A year is listed when the Monitor neither gives a cluster munition casualty figure nor names the State, but does in the year before or after. It may mean that nobody was recorded: look, and put in what is found."),
        figure=None, alt=title, data=rows.reset_index(drop=True), table=table,
        tables=("obligation_findings", "casualties", "casualty_names", "responses"), source_ids=(), as_of=_as_of(),
        notes=(
            _("A State without any casualty figure has no year beside one, and so none is listed: it is not complete."),
            _("A question is listed while no answer of the State is recorded."),
        ),
    )  # fmt: skip


def gaps_title(rows: pd.DataFrame, iso3: str) -> str:
    """How many indicators, years and answers are missing, in one sentence."""
    n = rows["kind"].value_counts()
    cells, years, answers = (int(n.get(kind, 0)) for kind in GAPS)
    parts = [
        ngettext("{n} indicator without information", "{n} indicators without information", cells).format(n=number(cells))
        if iso3 != "all"
        else ngettext("{n} cell without information", "{n} cells without information", cells).format(n=number(cells)),
        ngettext("{n} year without a casualty figure", "{n} years without a casualty figure", years).format(n=number(years)),
        ngettext("{n} answer still to come", "{n} answers still to come", answers).format(n=number(answers)),
    ]
    listed = i18n.listing(parts)
    return listed if iso3 == "all" else _("{state}: {listed}").format(state=state(iso3), listed=listed)


# --- newer editions ------------------------------------------------------------------------------


def edition_words(kind: str) -> str:
    """What is known of a newer edition."""
    return {
        "known": _("known to exist"),
        "said": _("said to exist: only a lead tells of it"),
        "announced": _("announced"),
        "due": _("a year or more since the newest edition in use: look for the next"),
        "current": _("none known of"),
    }[kind]


@kept
def editions(today: str) -> View:
    """Publications in use, and the newer editions that are known, announced or said to exist."""
    rows = queries.run("freshness_editions", as_of=today)
    n = int(rows["kind"].isin(["known", "announced", "said"]).sum())
    title = ngettext(
        "{n} newer edition is known, announced or said to exist and not yet in the tables",
        "{n} newer editions are known, announced or said to exist and not yet in the tables",
        n,
    ).format(n=number(n))
    documents = queries.run("sources_used").set_index("source_id")["title"]
    table = pd.DataFrame(
        {
            _("In use"): rows["in_use"],
            _("Published"): [day(d) or _("undated") for d in rows["published"]],
            _("Rows that rest on it"): [number(n) for n in rows["rows"]],
            _("Newer edition"): [
                f"{newer}, {day(published)}" if newer and published else newer or "–"
                for newer, published in zip(rows["newer"], rows["newer_published"], strict=True)
            ],
            _("What is known of it"): [edition_words(kind) for kind in rows["kind"]],
            _("Seen in"): [
                documents.get(source) if source else (_("Lead: {topic}").format(topic=lead) if lead else "–")
                for source, lead in zip(rows["source_id"], rows["lead"], strict=True)
            ],
            _("Remark"): [note or "–" for note in rows["note"]],
        }
    )
    return View(
        key="freshness_editions", kicker=_("Newer editions, on {today}").format(today=day(today)), title=title,
        how=_("Yearly reports of the Monitor, and documents of which a newer one is known. When an edition has been put in, its row in newer_editions.csv is deleted."),
        figure=None, alt=title, data=rows, table=table, tables=("newer_editions",),
        source_ids=_ids(rows["source_id"]), as_of=_as_of(),
    )  # fmt: skip


@kept
def newer_documents() -> View:
    """Cells whose newest evidence rests on a document of which a newer one is at hand."""
    rows = queries.run("freshness_newer_documents")
    rows = rows.sort_values("iso3", key=lambda codes: codes.map(state), kind="stable", ignore_index=True)
    n = len(rows)
    title = ngettext(
        "In {n} cell the newest evidence rests on a document of which a newer one is already among the sources",
        "In {n} cells the newest evidence rests on a document of which a newer one is already among the sources",
        n,
    ).format(n=number(n))
    documents = queries.run("sources_used").set_index("source_id")["title"]
    table = pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Indicator"): [label("indicator", code) for code in rows["indicator"]],
            _("Document in use"): [documents[source] for source in rows["source_id"]],
            _("Newer document at hand"): rows["newer_title"],
            _("Row"): [place("obligation_findings", key) for key in rows["row_key"]],
        }
    )
    return View(
        key="freshness_documents", kicker=_("Newer documents at hand"), title=title,
        how=_("Same publisher and same title, with a later date. The newer one may say nothing on the indicator: look, and keep the row if so."),
        figure=None, alt=title, data=rows, table=table, tables=("obligation_findings",),
        source_ids=_ids(rows["source_id"], rows["newer_source_id"]), as_of=_as_of(),
    )  # fmt: skip


# --- dates ---------------------------------------------------------------------------------------


def date_subject(instrument: str, kind: str, what: str | None) -> str:
    """“CCM, yearly report”: what a date is about."""
    what = _("initial report") if kind == "initial_report" else what
    return _("{instrument}, {what}").format(instrument=label("instrument_short", instrument), what=what)


def _date_words(row) -> str:
    subject = date_subject(row.instrument, row.kind, row.what)
    return {"plan": _("{plan}: its last year"), "meeting": _("{meeting}: meeting")}.get(row.kind, "{subject}").format(
        plan=subject, meeting=subject, subject=subject
    )


@kept
def dates(today: str) -> View:
    """The next reports, ends of plans and meetings, and what has passed since the date of the data."""
    rows = queries.run("reporting_dates", as_of=today)
    coming = rows[rows["stands"] == "coming"]
    reports = coming[coming["kind"].isin(["report", "initial_report"])]
    if len(reports):
        row = reports.iloc[0]
        title = _("Next report known to be due ({date}): {what}").format(what=_with_state(row), date=day(row.date))
    else:
        title = _("No date of a report to come is known")
    table = pd.DataFrame(
        {
            _("Date"): [day(d) for d in rows["date"]],
            _("What"): [_date_words(row) for row in rows.itertuples()],
            _("State"): [state(iso3) if iso3 else "–" for iso3 in rows["iso3"]],
            _("Comes"): [_comes(row) for row in rows.itertuples()],
            _("Article"): [article or "–" for article in rows["article"]],
            _("Remark"): [note or "–" for note in rows["note"]],
        }
    )
    return View(
        key="freshness_dates", kicker=_("Next reporting dates of each instrument, from {today}").format(today=day(today)), title=title,
        how=_("Dates to come first, then those that have passed with nothing recorded. Passed means that the day is over: whether the report was sent was not seen."),
        figure=None, alt=title, data=rows, table=table,
        tables=("reporting_dates", "crpd_reports", "article7_context", "meetings"), source_ids=_ids(rows["source_id"]),
        as_of=_as_of(), missing=_without_date(),
    )  # fmt: skip


def _with_state(row) -> str:
    what = date_subject(row.instrument, row.kind, row.what)
    return _("{what} of {state}").format(what=what, state=i18n.the_state(row.iso3)) if row.iso3 else what


def _comes(row) -> str:
    if row.stands == "passed":
        return _("has passed")
    if row.rule == "yearly":
        return ngettext("every year; in {n} day", "every year; in {n} days", row.days).format(n=number(row.days))
    if len(row.date) < 10:
        return _("once")
    return ngettext("once; in {n} day", "once; in {n} days", row.days).format(n=number(row.days))


def _without_date() -> str:
    names = [label("instrument_short", code) for code in queries.run("freshness_without_date")["instrument"]]
    if not names:
        return ""
    return _("No date of a report was found in the documents read for: {names}").format(names=", ".join(names))


# --- a summary for other pages -------------------------------------------------------------------


def panel(today: str) -> str:
    """A short list with links to this page, as HTML: for the data desk."""
    found, gap = count(today), {"all": number(int(count(today)["cells"]))}
    tasks = len(queries.run("freshness_tasks", as_of=today)) + len(queries.run("leads"))
    older, none = int(found["older"]), int(found["none"])
    lines = [
        ("age", ngettext("{n} cell of {all} with evidence older than five years", "{n} cells of {all} with evidence older than five years", older), older),
        ("gaps", ngettext("{n} cell of {all} without information", "{n} cells of {all} without information", none), none),
        ("todo", ngettext("{n} task on the to-do list", "{n} tasks on the to-do list", tasks), tasks),
    ]  # fmt: skip
    items = "".join(
        f'<li><a href="freshness?view={view}" target="_self">{html.escape(words.format(n=number(n), **gap))}</a></li>'
        for view, words, n in lines
    )
    return f'<ul class="va-how">{items}</ul>'
