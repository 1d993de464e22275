"""The work plan: its items by quarter, the working document, where each element is found, what follows.

May use: `views` beside it and the rooms below. Open first: `words.py` for what is said,
`figure.py` for how it is drawn, `table.py` for the tables in words.
"""


from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.dialogue.plan.figure import board, elements_table, next_board, steps_board, versions_table
from dialogue.views.dialogue.plan.table import elements_twin, follows_twin, items_table, versions_twin
from dialogue.views.dialogue.plan.words import (
    documents_finding,
    elements_finding,
    next_finding,
    quarter_words,
    sections,
    steps_without,
    timeline_finding,
    unrecorded,
)
from dialogue.views.view import View, kept
from dialogue.words.i18n import _, colon

__all__ = [
    "board", "documents", "elements", "elements_table", "follows", "next_board", "sections", "steps_board",
    "timeline", "versions_table",
]  # fmt: skip


@kept
def timeline() -> View:
    """Objectives, activities, milestones and outputs, with who, what comes first and what is recorded."""
    items, meetings = queries.run("work_plan_items"), queries.run("work_plan_meetings")
    own = items[items["in_plan"].astype(bool)]
    quarters = sorted({*items["quarter_start"], *items["quarter_end"]})
    kicker = _("Work plan by quarter, and the meetings that follow")
    if quarters:
        kicker = _("Work plan by quarter, {first} to {last}, and the meetings that follow").format(
            first=quarter_words(quarters[0]).lower(), last=quarter_words(quarters[-1]).lower()
        )
    title = timeline_finding(own)
    return View(
        key="plan", kicker=kicker, title=title,
        how=_("“Not recorded” does not mean that nothing was done."),
        figure=None, alt=kicker, data=items, table=items_table(items, meetings),
        tables=("work_plan", "meetings"), source_ids=shared.cited(items["source_id"], meetings["source_id"]), as_of=shared.as_of(),
        missing=unrecorded(own),
        notes=(
            *(colon(row.id, row.note) for row in items[items["note"].notna()].itertuples(index=False)),
            *(colon(row.meeting, row.note) for row in meetings[meetings["note"].notna()].itertuples(index=False)),
            _("What comes first is this project's reading of the work plan, which names no dependencies."),
            _("Items are in the project's own words. Codes: O objective, A activity or milestone, P output, M meeting."),
        ),
    )  # fmt: skip


@kept
def documents() -> View:
    """Versions of the working document as recorded; none is a finding too."""
    rows, steps = queries.run("document_versions"), queries.run("document_steps")
    title = documents_finding(rows)
    return View(
        key="documents", kicker=_("Versions of the working document on an integrated approach"), title=title,
        how=_("Four steps that the work plan foresees, each with the quarter it is foreseen for and what is recorded."),
        figure=None, alt=title, data=rows, table=versions_twin(rows), tables=("work_plan", "drafts"),
        source_ids=shared.cited(steps["source_id"]), as_of=shared.as_of(),
        missing=steps_without(int((steps["versions"] == 0).sum())),
        notes=(
            _("A version is added as a row of drafts.csv; until then nothing is known here of the document."),
            _("“No version recorded” does not mean that no document exists."),
        ),
    )  # fmt: skip


@kept(allowed={"section": sections})
def elements(section: str = "all") -> View:
    """Every element of the work plan in its order, with the page that carries it."""
    rows = queries.run("work_plan_places", section=section)
    title = elements_finding(rows)
    return View(
        key="elements", kicker=_("Elements of the work plan and where they are found: {part}").format(part=sections()[section].lower()),
        title=title, how=_("In the order of the document, in the project's own words; each link leads to the page that carries the element."),
        figure=None, alt=title, data=rows, table=elements_twin(rows), tables=("work_plan",), source_ids=shared.cited(rows["source_id"]), as_of=shared.as_of(),
    )  # fmt: skip


@kept
def follows() -> View:
    """What is known of the 13MSP, the Third Review Conference and the coordinators."""
    rows, meetings = queries.run("what_follows"), queries.run("work_plan_meetings")
    return View(
        key="next", kicker=_("What follows the work plan: meetings and coordinators, as far as found"), title=next_finding(meetings),
        how=_("“Plan” marks what sources announced: no source read says that it took place."),
        figure=None, alt=_("What follows the work plan"), data=rows, table=follows_twin(rows), tables=("recent_findings", "meetings", "stakeholders"),
        source_ids=shared.cited(rows["source_id"], meetings["source_id"]), as_of=shared.as_of(),
        notes=tuple(colon(row.meeting, row.note) for row in meetings[meetings["planned"].astype(bool) & meetings["note"].notna()].itertuples(index=False)),
    )  # fmt: skip
