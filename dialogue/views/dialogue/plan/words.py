"""What is said of the work plan: its parts, quarters and meetings, and what is recorded."""

import re
from urllib.parse import parse_qsl

import pandas as pd

from dialogue import navigation
from dialogue.views.dialogue.approach.words import days_between
from dialogue.views.shared import short
from dialogue.words.i18n import _, colon, commas, day, label, ngettext, number, semicolons

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def sections() -> dict[str, str]:
    """The parts of the work plan in the order of the document: code and name."""
    return {
        "all": _("All"),
        "background": _("Background"),
        "objectives": _("Objectives"),
        "questions": _("Guiding questions"),
        "actions": _("Actions of the coordinators"),
        "activities": _("Activities"),
        "outputs": _("Expected outputs"),
        "budget": _("Budget"),
        "partners": _("Implementers and partners"),
        "timeline": _("Timeline"),
    }


def kinds() -> dict[str, str]:
    """What the kinds of items are called."""
    return {
        "objective": _("Objective"), "activity": _("Activity"), "milestone": _("Milestone"), "output": _("Output"),
    }  # fmt: skip


def quarter_words(quarter: str) -> str:
    """“Fourth quarter 2024” for 2024Q4."""
    names = {
        "1": _("First quarter"),
        "2": _("Second quarter"),
        "3": _("Third quarter"),
        "4": _("Fourth quarter"),
    }
    return f"{names[quarter[-1]]} {quarter[:4]}"


def dates_in_words(text: str) -> str:
    """A text as read, its dates written out."""
    return ISO_DAY.sub(lambda found: day(found.group()), text)


def timeline_finding(own: pd.DataFrame) -> str:
    counts = own["kind"].value_counts()
    steps = int(counts.get("activity", 0) + counts.get("milestone", 0))
    recorded = int(own["recorded"].astype(bool).sum())
    said = _("The work plan sets {objectives} objectives, {steps} steps and {outputs} outputs").format(
        objectives=number(int(counts.get("objective", 0))),
        steps=number(steps),
        outputs=number(int(counts.get("output", 0))),
    )
    if not recorded:
        return said
    return ngettext(
        "{said}; an outcome is recorded for {n} of them",
        "{said}; outcomes are recorded for {n} of them",
        recorded,
    ).format(said=said, n=number(recorded))


def unrecorded(own: pd.DataFrame) -> str:
    recorded = own["recorded"].astype(bool)
    n = int((~recorded).sum()) if recorded.any() else 0  # a plan without any outcome is no news
    return (
        ngettext("{n} item without a recorded outcome", "{n} items without a recorded outcome", n).format(
            n=number(n)
        )
        if n
        else ""
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def meeting_name(row) -> str:
    return commas(part for part in (colon(short(row.instrument), row.meeting), row.place) if part)


def meeting_status(row) -> str:
    return _("Planned; outcome not verified") if row.planned else _("On record")


def step_names() -> dict[str, str]:
    return {
        "draft": _("Draft"), "circulated": _("Circulated"), "revised": _("Revised"), "presented": _("Presented"),
    }  # fmt: skip


def steps_without(n: int) -> str:
    return (
        ngettext("{n} step without a recorded version", "{n} steps without a recorded version", n).format(
            n=number(n)
        )
        if n
        else ""
    )


def place_name(place: str) -> str:
    """An address of this site in words: the page, and what on it."""
    path, _sep, query = place.partition("?")
    titles = {page.path: page.title for pages in navigation.sections().values() for page in pages}
    name = titles.get(path, path)
    lists = {"pillar": "pillar", "state": "state", "action": "action"}
    found = dict(parse_qsl(query))
    said = [label(lists[code], value) for code, value in found.items() if code in lists]
    said += [f"({value})" for code, value in found.items() if code == "question"]
    return _("{page}: {what}").format(page=name, what=commas(said)) if said else name


def topics() -> dict[str, str]:
    return {
        "13msp": _("13MSP: Thirteenth Meeting of States Parties"),
        "3rc": _("3RC: Third Review Conference"),
        "va_coordinators": _("Coordinators on victim assistance"),
    }


def next_finding(meetings: pd.DataFrame) -> str:
    said = [
        _("{meeting} was held {days}").format(meeting=row.meeting, days=days_between(row.start, row.end))
        for row in meetings[meetings["item"].notna() & ~meetings["planned"].astype(bool)].itertuples(
            index=False
        )
    ]
    said += [
        _("{meeting} was planned for {days} in {place}, outcome not verified").format(
            meeting=row.meeting,
            days=days_between(row.start, row.end),
            place=row.place or _("a place not recorded"),
        )
        for row in meetings[meetings["planned"].astype(bool)].itertuples(index=False)
    ]
    return semicolons(said) or _("No meeting that follows the work plan is recorded")


def date_as_known(row) -> str:
    """The date as known; a span of years or a text stays as it was read."""
    return (
        day(row.date)
        if row.date and re.fullmatch(r"\d{4}(-\d{2}){0,2}", row.date)
        else row.date or _("undated")
    )


def documents_finding(rows: pd.DataFrame) -> str:
    """Which versions of the working document are recorded."""
    statuses = step_names()
    if rows.empty:
        title = _("No version of the working document has been recorded")
    else:
        last = rows.iloc[-1]
        title = ngettext(
            "{n} version of the working document is recorded: {version} of {date}, {status}",
            "{n} versions of the working document are recorded; the latest is {version} of {date}, {status}",
            len(rows),
        ).format(
            n=number(len(rows)),
            version=last["version"],
            date=day(last["date"]),
            status=statuses[last["status"]].lower(),
        )
    return title


def elements_finding(rows: pd.DataFrame) -> str:
    """How many elements, on how many pages of this site."""
    pages = len({place.partition("?")[0] for place in rows["place"]})
    return ngettext(
        "{n} element of the work plan, on {pages} of this site",
        "{n} elements of the work plan, on {pages} of this site",
        len(rows),
    ).format(n=number(len(rows)), pages=ngettext("{n} page", "{n} pages", pages).format(n=number(pages)))
