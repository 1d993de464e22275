"""The to-do list of the coordinators: what to look for, to check and to put in, each with its file and row."""

import re
from datetime import date

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views.method.freshness.rows import line, place, states_in_order
from dialogue.views.method.freshness.words import date_subject, edition_words
from dialogue.views.view import View, kept
from dialogue.words.i18n import _, day, label, ngettext, number, semicolons, state

KINDS = (
    "newer_edition", "lead", "newer_document", "passed", "coming", "article7",
    "plan_over", "older", "undated", "none", "casualties", "question",
)  # fmt: skip
ALL = "all"


def kind_words() -> dict[str, str]:
    """What the kinds of tasks are called, in their order."""
    return {
        "newer_edition": _("Newer editions"),
        "lead": _("Leads to verify"),
        "newer_document": _("A newer document is at hand"),
        "passed": _("Dates that have passed"),
        "coming": _("Dates to come"),
        "article7": _("Article 7 reports"),
        "plan_over": _("Plans whose last year is over"),
        "older": _("Evidence older than five years"),
        "undated": _("Evidence without a date"),
        "none": _("No information"),
        "casualties": _("Years without a casualty figure"),
        "question": _("Questions without an answer"),
    }


def rows(today: date, kind: str = ALL, iso3: str = ALL) -> pd.DataFrame:
    """The tasks in codes; leads are added here, because no other query may touch them."""
    found = queries.run("freshness_tasks", as_of=today)
    leads = queries.run("leads").rename(columns={"topic": "title"})[["title"]]
    leads = leads.assign(kind="lead", table_name="to_verify", row_key=leads["title"])
    found = pd.concat([found.astype(object), leads.astype(object)], ignore_index=True).reindex(columns=found.columns)
    found = found.astype(object).where(found.notna(), None)
    found = found[(found["kind"].eq(kind) | (kind == ALL)) & (found["iso3"].eq(iso3) | (iso3 == ALL))]
    in_order = sorted(found.index, key=lambda i: (KINDS.index(found["kind"][i]), state(found["iso3"][i]) if found["iso3"][i] else ""))
    return found.loc[in_order].reset_index(drop=True)


def task(row) -> str:
    """What is to be done, in one sentence."""
    if row.kind == "newer_edition":
        words = {
            "known": _("Put in: {title}"),
            "announced": _("Look whether it has come out: {title}"),
            "said": _("Check whether it exists: {title}"),
            "due": _("Look for the edition after {title}"),
        }[row.about]
        return words.format(title=row.title)
    if row.kind == "lead":
        return _("Verify the lead: {title}").format(title=row.title)
    if row.kind in ("passed", "coming"):
        return _date_task(row)
    indicator = label("indicator", row.about)
    return {
        "newer_document": _("{indicator}: look in {title}"),
        "article7": _("Look for Article 7 reports after {since}") if row.since else _("Look for reports under Article 7"),
        "plan_over": _("{indicator}: look for the plan that follows"),
        "older": _("{indicator}: look for newer evidence"),
        "undated": _("{indicator}: find the year of the evidence, or newer evidence"),
        "none": _("{indicator}: look for any evidence"),
        "casualties": _("Look for casualty figures of {about}"),
        "question": _("Ask for answers to questions {about}"),
    }[row.kind].format(indicator=indicator, title=row.title, since=row.since, about=row.about)


def _date_task(row) -> str:
    what = date_subject(row.instrument, row.about, row.title)
    if row.kind == "coming":
        words = {
            "meeting": _("After {date}, put in what was decided: {what}"),
            "plan": _("By the end of {date}, look for what follows: {what}"),
        }.get(row.about, _("From {date} on, look for: {what}"))
    else:
        words = {
            "meeting": _("Put in what was decided, or that it was not held: {what}"),
            "plan": _("Look for what follows: {what}"),
        }.get(row.about, _("Look whether it was sent: {what}"))
    return words.format(date=day(row.since), what=what)


def why(row) -> str:
    """Why the task stands on the list."""
    since = day(row.since)
    if row.kind == "newer_edition":
        return edition_words(row.about)
    return {
        "lead": _("seen, not verified"),
        "newer_document": _("a newer document of the same series is among the sources"),
        "passed": _("the date has passed and nothing is recorded"),
        "coming": _("within a year"),
        "article7": _("newest report found: {since}").format(since=since) if since else _("no report was found"),
        "plan_over": _("the plan ran to {since}").format(since=since),
        "older": _("evidence from {since}").format(since=since),
        "undated": _("the evidence that counts carries no date"),
        "none": _("no information found"),
        "casualties": _("a year beside each has a figure or a name"),
        "question": _("no answer is recorded"),
    }[row.kind]


@kept(usual={"today": date.today}, allowed={"kind": lambda: [ALL, *KINDS], "iso3": lambda: [ALL, *states_in_order()]})
def todo(today: date | None = None, kind: str = ALL, iso3: str = ALL) -> View:
    """Every task, or those of one kind or one State, grouped by kind and without priorities."""
    found = rows(today, kind, iso3)
    kinds = kind_words()
    n = len(found)
    title = ngettext("{n} task on the to-do list", "{n} tasks on the to-do list", n).format(n=number(n))
    if iso3 != ALL:
        title = _("{state}: {tasks}").format(state=state(iso3), tasks=title)
    tasks = list(found.itertuples(index=False))
    table = pd.DataFrame(
        {
            _("Task"): [task(row) for row in tasks],
            _("State"): [state(row.iso3) if row.iso3 else "–" for row in tasks],
            _("Where"): [place(row.table_name, row.row_key) for row in tasks],
            _("Why"): [why(row) for row in tasks],
            _("Since"): [day(row.since) or "–" for row in tasks],
            _("Kind"): [kinds[row.kind] for row in tasks],
        }
    )
    data = found.assign(
        row=pd.array([line(row.table_name, row.row_key) for row in tasks], dtype="Int64"),
        task=[task(row) for row in tasks],
        why=[why(row) for row in tasks],
    )
    return View(
        key="todo", kicker=_("To-do list, counted on {today}").format(today=day(today)), title=title,
        how=_("Grouped by kind, then by State; the order says nothing about importance. The row is the one a spreadsheet shows, where there is a row yet. “Since” is the date of the evidence or edition concerned, or the day that is due."),
        figure=None, alt=title, data=data, table=table,
        tables=("obligation_findings", "reporting_dates", "newer_editions", "article7_reports", "crpd_reports", "article7_context", "meetings"),
        source_ids=tuple(sorted({row.source_id for row in tasks if row.source_id})), as_of=str(reader.snapshot().as_of),
    )  # fmt: skip


MARKS = re.compile(r"([\\`*\[\]<>])")


def markdown(shown: View, version: str) -> str:
    """The view `todo` as a Markdown list with a box to tick at every task; it also reads well as plain text."""
    lines = [f"# {_plain(shown.title)}", "", _("{kicker}. Data version {version}.").format(kicker=shown.kicker, version=version)]
    kinds = kind_words()
    for code in KINDS:
        part = shown.table[shown.data["kind"] == code]
        if len(part):
            lines += ["", f"## {kinds[code]} ({len(part)})", ""]
        for what, of_state, where, reason, since, _kind in part.itertuples(index=False):
            facts = semicolons(text for text in (of_state, where, reason, since) if text != "–")
            lines.append(f"- [ ] {_plain(what)} ({_plain(facts)})")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return MARKS.sub(r"\\\1", " ".join(text.split()))
