"""How old the evidence is, where nothing is known, what newer editions exist, which dates come next.

`today` is a day: views are kept by their arguments, and ages change overnight.
May use: `views` beside it and the rooms below. Open first: `words.py` for what is said, `figure.py` for how it
is drawn, `table.py` for rows and twins in words, `tasks.py` for the to-do list.
"""

import html
from datetime import date

from dialogue.snapshot import queries, reader
from dialogue.views import shared
from dialogue.views.method.freshness import figure
from dialogue.views.method.freshness.rows import (
    by_action,
    count,
    in_order,
    line,
    states_in_order,
)
from dialogue.views.method.freshness.table import (
    ages_table,
    dates_table,
    documents_table,
    editions_table,
    gaps_table,
    newest_table,
    tables_table,
    to_confirm_table,
)
from dialogue.views.method.freshness.words import (
    age_words,
    cells_missing,
    dates_title,
    documents_title,
    editions_title,
    gaps_title,
    newest_title,
    tables_title,
    to_confirm_title,
    without_date,
)
from dialogue.views.view import LINE, View, kept, sign
from dialogue.words.i18n import _, day, label, ngettext, number, semicolons, state

__all__ = [
    "ages", "by_table", "count", "dates", "editions", "finding", "gaps", "gaps_title", "line", "newer_documents",
    "newest_by_state", "panel", "states_in_order", "to_confirm",
]  # fmt: skip

BY, ORDERS, ALL = ("state", "indicator"), ("name", "region"), "all"
TODAY = {"today": date.today}  # ages and dates are counted from the day of the reader


@kept
def finding(today: date) -> str:
    """The finding of the page: how many cells are old, and how many hold nothing."""
    found = count(today)
    older = ngettext(
        "In {n} of {all} entries the evidence that counts is older than five years",
        "In {n} of {all} entries the evidence that counts is older than five years",
        int(found["older"]),
    ).format(n=number(int(found["older"])), all=number(int(found["cells"])))
    return ngettext(
        "{older}; {n} entry holds no information", "{older}; {n} entries hold no information", int(found["none"])
    ).format(older=older, n=number(int(found["none"])))


@kept(widths=figure.SMALL, usual=TODAY, allowed={"by": lambda: BY, "order": lambda: ORDERS})
def ages(today: date | None = None, by: str = "state", order: str = "name") -> View:
    """From which years the evidence that counts is, a row each `state` or `indicator`.

    `order` of the States: name or region. On a small screen names stand above the rows.
    """
    rows = queries.run("freshness_cells", as_of=today)
    column = "iso3" if by == "state" else "indicator"
    codes = in_order(set(rows["iso3"]), order) if by == "state" else list(dict.fromkeys(by_action(rows)["indicator"]))
    names = {code: state(code) if by == "state" else label("indicator", code) for code in codes}
    words = age_words(today)
    kicker = (
        _("Year of the evidence that counts on each Article 5 indicator, by State, counted on {today}")
        if by == "state"
        else _("Year of the evidence that counts in each of the twelve States, by indicator, counted on {today}")
    ).format(today=day(today))
    drawn = figure.strip(rows, column, names, words, today)
    sign(
        drawn, kicker, [_("own coding of the documents under Sources and notes")], day(reader.snapshot().as_of),
        bottom=34, line_length=LINE if figure.small() else 2 * LINE,
    )  # fmt: skip
    drawn.update_layout(height=drawn.layout.height + drawn.layout.margin.t + drawn.layout.margin.b)
    title = finding(today)
    table = ages_table(rows, column, names, words, by)
    listed = semicolons(": ".join(map(str, (row[0], row[1]))) for row in table.itertuples(index=False))
    return View(
        key=f"freshness_{by}", kicker=kicker, title=title,
        how=_("Numbers count entries; filled dots are recent, open dots older than five years. An old year says when something was last seen, not that nothing has changed."),
        figure=drawn, alt=f"{kicker}. {title}. {listed}", data=rows.drop(columns="plan_over"), table=table,
        tables=("obligation_findings",), source_ids=tuple(sorted(shared.cited(rows["source_id"]))), as_of=shared.as_of(),
        missing=cells_missing(today),
        notes=(
            _("Evidence is known to the year: a year counts as within the last five while any day of it may be."),
            _("The newest dated finding gives the age of a cell; undated findings never outrank dated ones."),
            _("States stand in alphabetical order or by region, indicators by action. It is no score and no ranking."),
        ),
    )  # fmt: skip


@kept(allowed={"order": lambda: ORDERS})
def newest_by_state(order: str = "name") -> View:
    """The newest finding, casualty figure, Article 7 report, survivor figure and CRPD review of each State."""
    rows = queries.run("freshness_states").set_index("iso3")
    codes = in_order(rows.index, order)
    rows = rows.loc[codes].reset_index()
    title = newest_title(rows)
    kinds = ("finding", "casualties", "named", "article7", "survivors", "crpd")
    return View(
        key="freshness_newest", kicker=_("The newest of each kind of evidence, by State"), title=title,
        how=_("Years are those the evidence speaks of. “Named” counts States named by the Monitor with a number or without. A dash means that nothing was found, not that nothing exists."),
        figure=None, alt=title, data=rows, table=newest_table(rows),
        tables=("obligation_findings", "casualties", "casualty_names", "article7_reports", "survivors", "crpd_reports"),
        source_ids=tuple(sorted(shared.cited(*(rows[f"{kind}_source_id"] for kind in kinds)))), as_of=shared.as_of(),
    )  # fmt: skip


@kept
def by_table() -> View:
    """Newest, median and oldest year of every table, and its newest document."""
    rows = queries.run("freshness_tables")
    title = tables_title(rows)
    return View(
        key="freshness_tables", kicker=_("Age of the evidence by table"), title=title,
        how=_("Years are those a row speaks of, which may be long before its document was published. The median is the year in the middle."),
        figure=None, alt=title, data=rows, table=tables_table(rows), tables=tuple(rows["table_name"]), source_ids=tuple(sorted(shared.cited(rows["source_id"]))),
        as_of=shared.as_of(),
    )  # fmt: skip


@kept(allowed={"iso3": lambda: [ALL, *states_in_order()]})
def gaps(iso3: str = ALL) -> View:
    """What is not known, a row each State: indicators, years of casualties, guiding questions."""
    rows = queries.run("freshness_gaps")
    states = states_in_order()
    if iso3 != ALL:
        rows, states = rows[rows["iso3"] == iso3], [iso3]
    kicker = _("Cells with no information: a work list by State")
    title = gaps_title(rows, iso3)
    return View(
        key="freshness_gaps", kicker=kicker, title=title,
        how=_("A year is listed when the Monitor neither gives a cluster munition casualty figure nor names the State, but does in the year before or after. It may mean that nobody was recorded: look, and put in what is found."),
        figure=None, alt=title, data=rows.reset_index(drop=True), table=gaps_table(rows, states),
        tables=("obligation_findings", "casualties", "casualty_names", "responses"), source_ids=(), as_of=shared.as_of(),
        notes=(
            _("A State without any casualty figure has no year beside one, and so none is listed: it is not complete."),
            _("A question is listed while no answer of the State is recorded."),
        ),
    )  # fmt: skip


@kept(usual=TODAY)
def editions(today: date | None = None) -> View:
    """Publications in use, and the newer editions that are known, announced or said to exist."""
    rows = queries.run("freshness_editions", as_of=today)
    title = editions_title(rows)
    return View(
        key="freshness_editions", kicker=_("Newer editions, on {today}").format(today=day(today)), title=title,
        how=_("Yearly reports of the Monitor, and documents of which a newer one is known. When an edition has been put in, its row in newer_editions.csv is deleted."),
        figure=None, alt=title, data=rows, table=editions_table(rows), tables=("newer_editions",),
        source_ids=tuple(sorted(shared.cited(rows["source_id"]))), as_of=shared.as_of(),
    )  # fmt: skip


@kept
def to_confirm() -> View:
    """Findings on Article 5 that a person should see in the document before they are relied on."""
    rows = queries.run("obligation_to_confirm")
    title = to_confirm_title(rows)
    return View(
        key="to_confirm", kicker=_("To be seen by a person first"), title=title,
        how=_("Each is marked so beside its cell. Whoever has seen the document empties the column to_confirm of the row."),
        figure=None, alt=title, data=rows, table=to_confirm_table(rows), tables=("obligation_findings",),
        source_ids=tuple(rows["source_id"].unique()), as_of=shared.as_of(),
    )  # fmt: skip


@kept
def newer_documents() -> View:
    """Cells whose evidence that counts rests on a document of which a newer one is at hand."""
    rows = queries.run("freshness_newer_documents")
    rows = rows.sort_values("iso3", key=lambda codes: codes.map(state), kind="stable", ignore_index=True)
    title = documents_title(len(rows))
    return View(
        key="freshness_documents", kicker=_("Newer documents at hand"), title=title,
        how=_("Same publisher and same title, with a later date. The newer one may say nothing on the indicator: look, and keep the row if so."),
        figure=None, alt=title, data=rows, table=documents_table(rows), tables=("obligation_findings",),
        source_ids=tuple(sorted(shared.cited(rows["source_id"], rows["newer_source_id"]))), as_of=shared.as_of(),
    )  # fmt: skip


@kept(usual=TODAY)
def dates(today: date | None = None) -> View:
    """The next reports, ends of plans and meetings, and what has passed since the date of the data."""
    rows = queries.run("reporting_dates", as_of=today)
    title = dates_title(rows)
    return View(
        key="freshness_dates", kicker=_("Next reporting dates of each instrument, from {today}").format(today=day(today)), title=title,
        how=_("Dates to come first, then those that have passed with nothing recorded. Passed means that the day is over: whether the report was sent was not seen."),
        figure=None, alt=title, data=rows, table=dates_table(rows),
        tables=("reporting_dates", "crpd_reports", "article7_context", "meetings"), source_ids=tuple(sorted(shared.cited(rows["source_id"]))),
        as_of=shared.as_of(), missing=without_date(),
    )  # fmt: skip


def panel(today: date) -> str:
    """A short list with links to this page, as HTML: for the data desk."""
    found, gap = count(today), {"all": number(int(count(today)["cells"]))}
    tasks = len(queries.run("freshness_tasks", as_of=today)) + len(queries.run("leads"))
    older, none = int(found["older"]), int(found["none"])
    lines = [
        ("age", ngettext("{n} entry of {all} with evidence older than five years", "{n} entries of {all} with evidence older than five years", older), older),
        ("gaps", ngettext("{n} entry of {all} without information", "{n} entries of {all} without information", none), none),
        ("todo", ngettext("{n} task on the to-do list", "{n} tasks on the to-do list", tasks), tasks),
    ]  # fmt: skip
    items = "".join(
        f'<li><a href="freshness?view={view}" target="_self">{html.escape(words.format(n=number(n), **gap))}</a></li>'
        for view, words, n in lines
    )
    return f'<ul class="va-how">{items}</ul>'
