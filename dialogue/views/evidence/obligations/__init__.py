"""Obligations and gaps: what was found for each State and indicator, how old it is, and where nothing was found.

May use: `views` beside it and the rooms below. Open first: `words.py` for what is said, `figure.py` for how it is
drawn, `table.py` for rows and twins, `detail.py` for what stands beside the matrix; `asked.py` is what all of them ask.
"""

from dialogue.snapshot import queries, reader
from dialogue.views import shared
from dialogue.views.evidence.obligations import figure, table, words
from dialogue.views.evidence.obligations.asked import (
    AGES,
    KINDS,
    STATUSES,
    Scope,
    count_of,
    indicators,
    nothing_asked,
    options,
    states_in_order,
)
from dialogue.views.evidence.obligations.figure import flags, marks
from dialogue.views.evidence.obligations.table import DERIVED
from dialogue.views.evidence.obligations.words import (
    action_name,
    ages,
    beside_in_short,
    caveats,
    finding,
    kind_words,
    seen_first,
    year_words,
)
from dialogue.views.signs import TableView
from dialogue.views.view import View, kept, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day

__all__ = [
    "AGES", "DERIVED", "KINDS", "STATUSES", "action_name", "ages", "beside_in_short", "by_indicator", "by_year", "caveats", "finding", "flags",
    "indicators", "kind_words", "marks", "matrix", "nothing_asked", "options", "seen_first", "states_in_order", "year_words",
]  # fmt: skip

ASKED = {
    "action": lambda: i18n.codes("action"), "question": lambda: i18n.codes("question"), "states": states_in_order,
}  # fmt: skip
SHOWN = {"status": lambda: STATUSES, "age": lambda: ("any", *AGES), "kind": lambda: ("any", *KINDS), "order": lambda: ("name", "region")}


@kept(allowed=ASKED | SHOWN)
def matrix(
    action: str | None = None, question: str | None = None, states: tuple[str, ...] = (),
    status: tuple[str, ...] = (), age: str = "any", order: str = "name", kind: str = "any",
) -> TableView:  # fmt: skip
    """State by indicator: status, year, age and kind of the evidence that counts.

    `action`, `question` and `states` limit what is shown; `status`, `age` and
    `kind` leave other cells empty, but never the cells without information.
    """
    asked = Scope(action, question, states)
    rows = queries.run("obligation_matrix", **asked.asking)
    known = rows["status"] != "no_information"
    fits = rows["status"].isin(status) if status else rows["status"].notna()
    if age != "any":
        fits &= rows["age"] == age
    if kind != "any":
        fits &= rows["evidence_kind"] == kind
    shown = rows[fits | ~known]
    columns = [iso3 for iso3 in states_in_order(order) if not states or iso3 in states]
    standing = table.crpd_standing(columns) if "crpd_alignment" in set(rows["indicator"]) else None
    kicker, title = words.matrix_kicker(asked), finding(action, question, states)
    filtered = bool(status) or age != "any" or kind != "any"
    return TableView(
        key="obligations", kicker=kicker, title=title, how=words.matrix_how(int((fits & known).sum()) if filtered else None),
        figure=None, alt=f"{kicker}. {title}",
        data=table.matrix_data(shown, standing, columns), table=table.matrix_table(shown, columns),
        tables=("obligation_findings", "obligation_lists", "treaty_actions"),
        source_ids=table.sources(shown, standing), as_of=shared.as_of(), missing=words.missing(asked), notes=(*caveats(), *words.to_confirm(shown)),
        drawing=figure.matrix(rows, fits, columns, standing, kicker, order),
    )  # fmt: skip


@kept(widths=figure.SMALL, allowed=ASKED)
def by_indicator(
    action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()
) -> View:
    """In how many States each indicator is met, partly met, not met, past its plan, or unknown."""
    asked = Scope(action, question, states)
    rows = queries.run("obligation_gaps", **asked.asking)
    drawn = figure.indicators(rows)
    kicker = _("States by status of each indicator, {scope}").format(scope=words.scope_words(asked))
    sign(drawn, kicker, [words.own_coding()], day(reader.snapshot().as_of), bottom=6)
    drawn.update_layout(height=drawn.layout.height + drawn.layout.margin.b)
    title = words.gap_title(rows)
    return View(
        key="obligation_indicators", kicker=kicker, title=title,
        how=_("Each bar is an indicator, with its action number; each part counts States. The order is that of the actions."),
        figure=drawn, alt=f"{kicker}. {title}", data=rows, table=table.indicator_table(rows),
        tables=("obligation_findings",), source_ids=table.sources_asked(asked), as_of=shared.as_of(),
        missing=words.missing(asked), notes=caveats(),
    )  # fmt: skip


@kept(allowed=ASKED)
def by_year(action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()) -> View:
    """From which years the evidence that counts is."""
    asked = Scope(action, question, states)
    rows, count = queries.run("obligation_evidence_age", **asked.asking), count_of(*asked)
    drawn = figure.years(rows, count)
    kicker = _("Year of the evidence that counts, entries (a State and an indicator), {scope}").format(
        scope=words.scope_words(asked)
    )
    sign(drawn, kicker, [words.own_coding()], day(reader.snapshot().as_of), bottom=34)
    title = words.years_title(count)
    return View(
        key="obligation_years", kicker=kicker, title=title,
        how=_("Each bar counts the entries whose evidence that counts speaks of that year. An old year says when something was last seen, not that nothing has changed."),
        figure=drawn, alt=f"{kicker}. {title}", data=rows, table=table.year_table(rows),
        tables=("obligation_findings",), source_ids=table.sources_asked(asked), as_of=shared.as_of(),
        missing=words.missing(asked), notes=caveats(),
    )  # fmt: skip
