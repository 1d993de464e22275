"""Views on the work plan: its items by quarter, the working document, where each element is found, what follows."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import parse_qsl

import pandas as pd

from dialogue import navigation
from dialogue.snapshot import queries, reader
from dialogue.views.dialogue.approach import days_between
from dialogue.views.shared import short
from dialogue.views.view import View, kept
from dialogue.words.i18n import _, day, label, ngettext, number

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


def _as_of() -> str:
    return str(reader.snapshot().as_of)


def _cited(*columns: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for column in columns for source in column if source))


def quarter_words(quarter: str) -> str:
    """“Fourth quarter 2024” for 2024Q4."""
    names = {
        "1": _("First quarter"),
        "2": _("Second quarter"),
        "3": _("Third quarter"),
        "4": _("Fourth quarter"),
    }
    return f"{names[quarter[-1]]} {quarter[:4]}"


def _dates_in_words(text: str) -> str:
    """A text as read, its dates written out."""
    return ISO_DAY.sub(lambda found: day(found.group()), text)


# ---- items by quarter ----


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
    title = _timeline_finding(own)
    return View(
        key="plan", kicker=kicker, title=title,
        how=_("“Not recorded” does not mean that nothing was done."),
        figure=None, alt=kicker, data=items, table=_items_table(items, meetings),
        tables=("work_plan", "meetings"), source_ids=_cited(items["source_id"], meetings["source_id"]), as_of=_as_of(),
        missing=_unrecorded(own),
        notes=(
            *(f"{row.id}: {row.note}" for row in items[items["note"].notna()].itertuples(index=False)),
            *(f"{row.meeting}: {row.note}" for row in meetings[meetings["note"].notna()].itertuples(index=False)),
            _("What comes first is this project's reading of the work plan, which names no dependencies."),
            _("Items are in the project's own words. Codes: O objective, A activity or milestone, P output, M meeting."),
        ),
    )  # fmt: skip


def _timeline_finding(own: pd.DataFrame) -> str:
    counts = own["kind"].value_counts()
    steps = int(counts.get("activity", 0) + counts.get("milestone", 0))
    recorded = int(own["recorded"].astype(bool).sum())
    said = _("The work plan sets {objectives} objectives, {steps} steps and {outputs} outputs").format(
        objectives=number(int(counts.get("objective", 0))),
        steps=number(steps),
        outputs=number(int(counts.get("output", 0))),
    )
    if not recorded:
        return _("{said}; no outcome has been recorded yet").format(said=said)
    return ngettext(
        "{said}; an outcome is recorded for {n} of them",
        "{said}; outcomes are recorded for {n} of them",
        recorded,
    ).format(said=said, n=number(recorded))


def _unrecorded(own: pd.DataFrame) -> str:
    n = int((~own["recorded"].astype(bool)).sum())
    return (
        ngettext("{n} item without a recorded outcome", "{n} items without a recorded outcome", n).format(
            n=number(n)
        )
        if n
        else ""
    )


def _usual(items: pd.DataFrame) -> str:
    """Who is named for most items: said once, not with each."""
    return items["who"].value_counts().index[0] if items["who"].notna().any() else ""


def _who_first(usual: str) -> str:
    text = _("Where nobody is named, here and below: {who}").format(who=usual)
    return f"<small>{escape(text)}</small>" if usual else ""


def _status(text: str) -> str:
    return text[:1].upper() + text[1:]


def _items_table(items: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    names = kinds()
    lines = [
        (
            row.id, names[row.kind], row.label,
            quarter_words(row.quarter_start) if row.quarter_start == row.quarter_end
            else _("{start} to {end}").format(start=quarter_words(row.quarter_start), end=quarter_words(row.quarter_end)),
            row.who or "", (row.depends_on or "").replace(";", ", "), _status(row.status),
        )
        for row in items.itertuples(index=False)
    ]  # fmt: skip
    lines += [
        (
            "",
            _("Meeting"),
            _meeting_name(row),
            days_between(row.start, row.end),
            short(row.instrument),
            "",
            _meeting_status(row),
        )
        for row in meetings[meetings["item"].isna()].itertuples(index=False)
    ]
    return pd.DataFrame(
        lines,
        columns=[_("Code"), _("Kind"), _("Item"), _("When"), _("Who"), _("After"), _("What is recorded")],
    )


def _meeting_name(row) -> str:
    return ", ".join(part for part in (f"{short(row.instrument)}: {row.meeting}", row.place) if part)


def _meeting_status(row) -> str:
    return _("Planned; outcome not verified") if row.planned else _("On record")


def board() -> str:
    """The items by quarter as HTML: objectives over all quarters, then a column a quarter, then what follows."""
    items, meetings = queries.run("work_plan_items"), queries.run("work_plan_meetings")
    quarters = sorted({*items["quarter_start"], *items["quarter_end"]})
    first, last = (quarters[0], quarters[-1]) if quarters else ("", "")
    whole = items[(items["quarter_start"] == first) & (items["quarter_end"] == last)]
    parts = items.drop(whole.index)
    usual = _usual(items)
    columns = []
    for quarter in quarters:
        lines = [
            _item(row, usual) for row in parts[parts["quarter_start"] == quarter].itertuples(index=False)
        ]
        inside = meetings[(meetings["quarter"] == quarter) & meetings["item"].isna()]
        columns.append(
            (quarter_words(quarter), [*lines, *(_meeting(row) for row in inside.itertuples(index=False))], "")
        )
    beyond = meetings[meetings["beyond"].astype(bool)]
    columns.append(
        (_("Beyond the work plan"), [_meeting(row) for row in beyond.itertuples(index=False)], "beyond")
    )
    over = "".join(_item(row, usual) for row in whole.itertuples(index=False))
    return (
        f'<div class="plan-all"><h2>{escape(_("Objectives, over all quarters"))}</h2>{_who_first(usual)}<ul>{over}</ul></div>'
        if over
        else ""
    ) + f'<div class="plan-board">{"".join(_column(*column) for column in columns)}</div>'


def _column(heading: str, lines: Sequence[str], kind: str = "") -> str:
    return f'<section class="{kind}"><h2>{escape(heading)}</h2><ul>{"".join(lines)}</ul></section>'


def _item(row, usual: str) -> str:
    first = _("after {items}").format(items=row.depends_on.replace(";", ", ")) if row.depends_on else ""
    kind = "" if row.kind == "objective" else kinds()[row.kind]
    status = f"{'●' if row.recorded else '○'} {row.status}"
    facts = " · ".join(part for part in (kind, "" if row.who == usual else row.who, first, status) if part)
    return f'<li><span class="plan-code">{escape(row.id)}</span>{escape(row.label)}<small>{escape(facts)}</small></li>'


def _meeting(row) -> str:
    kind = "meeting planned" if row.planned else "meeting"
    status = f"<small>○ {escape(_meeting_status(row))}</small>" if row.planned else ""
    return f'<li class="{kind}">{escape(_meeting_name(row))}<small>{escape(days_between(row.start, row.end))}</small>{status}</li>'


# ---- the working document ----


@kept
def documents() -> View:
    """Versions of the working document as recorded; none is a finding too."""
    rows, steps = queries.run("document_versions"), queries.run("document_steps")
    statuses = _steps()
    table = pd.DataFrame(
        [
            (row.version, day(row.date), statuses[row.status], row.title, row.note or "", row.url or "")
            for row in rows.itertuples(index=False)
        ],
        columns=[_("Version"), _("Date"), _("Status"), _("Title"), _("What changed"), _("Address")],
    )  # fmt: skip
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
    return View(
        key="documents", kicker=_("Versions of the working document on an integrated approach"), title=title,
        how=_("Four steps that the work plan foresees, each with the quarter it is foreseen for and what is recorded."),
        figure=None, alt=title, data=rows, table=table, tables=("work_plan", "drafts"),
        source_ids=_cited(steps["source_id"]), as_of=_as_of(),
        missing=_steps_without(int((steps["versions"] == 0).sum())),
        notes=(
            _("A version is added as a row of drafts.csv; until then nothing is known here of the document."),
            _("“No version recorded” does not mean that no document exists."),
        ),
    )  # fmt: skip


def _steps() -> dict[str, str]:
    return {
        "draft": _("Draft"), "circulated": _("Circulated"), "revised": _("Revised"), "presented": _("Presented"),
    }  # fmt: skip


def _steps_without(n: int) -> str:
    return (
        ngettext("{n} step without a recorded version", "{n} steps without a recorded version", n).format(
            n=number(n)
        )
        if n
        else ""
    )


def steps_board() -> str:
    """The four steps of the working document as HTML."""
    names = _steps()
    columns = []
    for row in queries.run("document_steps").itertuples(index=False):
        recorded = (
            _("Version {version} of {date}").format(version=row.version, date=day(row.date))
            if row.versions
            else _("No version recorded")
        )
        line = (
            f'<li><span class="plan-code">{escape(row.item)}</span>{escape(row.label)}'
            f"<small>{escape(_('Foreseen for: {quarter}').format(quarter=quarter_words(row.quarter).lower()))}</small>"
            f"<small>{'●' if row.versions else '○'} {escape(recorded)}</small></li>"
        )
        columns.append(_column(names[row.step], [line], "" if row.versions else "beyond"))
    return f'<div class="plan-board four">{"".join(columns)}</div>'


def versions_table(shown: View) -> str:
    """The versions as an HTML table; one line says so where none is recorded."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in shown.table.columns[:-1])
    lines = "".join(
        f"<tr><td>{escape(row[0])}</td>{''.join(f'<td>{escape(cell)}</td>' for cell in row[1:3])}"
        f"<td>{_linked(row[3], row[5])}</td><td>{escape(row[4])}</td></tr>"
        for row in shown.table.itertuples(index=False)
    )
    none = f'<tr><td colspan="{len(shown.table.columns) - 1}">{escape(_("No version recorded"))}</td></tr>'
    return f'<table class="plan-elements versions" aria-label="{escape(shown.kicker)}"><thead><tr>{head}</tr></thead><tbody>{lines or none}</tbody></table>'


def _linked(text: str, url: str) -> str:
    if not url.startswith("https://"):
        return escape(text)
    return f'<a href="{escape(url, quote=True)}" target="_blank" rel="noopener">{escape(text)}</a>'


# ---- every element and its place ----


@kept
def elements(section: str = "all") -> View:
    """Every element of the work plan in its order, with the page that carries it."""
    rows = queries.run("work_plan_places", section=section)
    pages = len({place.partition("?")[0] for place in rows["place"]})
    title = ngettext(
        "{n} element of the work plan, on {pages} of this site",
        "{n} elements of the work plan, on {pages} of this site",
        len(rows),
    ).format(n=number(len(rows)), pages=ngettext("{n} page", "{n} pages", pages).format(n=number(pages)))
    names = sections()
    table = pd.DataFrame(
        [
            (str(row.position), names[row.section], row.element, place_name(row.place), row.locator or "", row.note or "")
            for row in rows.itertuples(index=False)
        ],
        columns=[_("No."), _("Part"), _("Element"), _("Where it is found"), _("Place in the work plan"), _("Note")],
    )  # fmt: skip
    return View(
        key="elements", kicker=_("Elements of the work plan and where they are found: {part}").format(part=names[section].lower()),
        title=title, how=_("In the order of the document, in the project's own words; each link leads to the page that carries the element."),
        figure=None, alt=title, data=rows, table=table, tables=("work_plan",), source_ids=_cited(rows["source_id"]), as_of=_as_of(),
    )  # fmt: skip


def place_name(place: str) -> str:
    """An address of this site in words: the page, and what on it."""
    path, _sep, query = place.partition("?")
    titles = {page.path: page.title for pages in navigation.sections().values() for page in pages}
    name = titles.get(path, path)
    lists = {"pillar": "pillar", "state": "state", "action": "action"}
    found = dict(parse_qsl(query))
    said = [label(lists[code], value) for code, value in found.items() if code in lists]
    said += [f"({value})" for code, value in found.items() if code == "question"]
    return _("{page}: {what}").format(page=name, what=", ".join(said)) if said else name


def elements_table(shown: View) -> str:
    """The elements as an HTML table with links."""
    heads = [_("No."), _("Element"), _("Where it is found")]
    names = sections()
    lines = []
    for row in shown.data.itertuples(index=False):
        where = row.locator or names[row.section]
        note = f"<small>{escape(row.note)}</small>" if row.note else ""
        lines.append(
            f"<tr><td>{row.position}</td><td>{escape(row.element)}<small>{escape(where)}</small>{note}</td>"
            f'<td><a href="{escape(row.place or "./", quote=True)}" target="_self">{escape(place_name(row.place))}</a>'
            f"<br><code>{escape(row.place)}</code></td></tr>"
        )
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    return f'<table class="plan-elements" aria-label="{escape(shown.kicker)}"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


# ---- what follows ----


def _topics() -> dict[str, str]:
    return {
        "13msp": _("13MSP: Thirteenth Meeting of States Parties"),
        "3rc": _("3RC: Third Review Conference"),
        "va_coordinators": _("Coordinators on victim assistance"),
    }


@kept
def follows() -> View:
    """What is known of the 13MSP, the Third Review Conference and the coordinators."""
    rows, meetings = queries.run("what_follows"), queries.run("work_plan_meetings")
    names = _topics()
    table = pd.DataFrame(
        [
            (names[row.topic], row.fact, _dates_in_words(row.value), _date(row), row.publisher, label("grade", row.grade), row.note or "")
            for row in rows.itertuples(index=False)
        ],
        columns=[_("Topic"), _("Fact"), _("As read"), _("Date"), _("Publisher"), _("How it was read"), _("Note")],
    )  # fmt: skip
    return View(
        key="next", kicker=_("What follows the work plan: meetings and coordinators, as far as found"), title=_next_finding(meetings),
        how=_("“Plan” marks what sources announced: no source read says that it took place."),
        figure=None, alt=_("What follows the work plan"), data=rows, table=table, tables=("recent_findings", "meetings", "stakeholders"),
        source_ids=_cited(rows["source_id"], meetings["source_id"]), as_of=_as_of(),
        notes=tuple(f"{row.meeting}: {row.note}" for row in meetings[meetings["planned"].astype(bool) & meetings["note"].notna()].itertuples(index=False)),
    )  # fmt: skip


def _next_finding(meetings: pd.DataFrame) -> str:
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
    return "; ".join(said) or _("No meeting that follows the work plan is recorded")


def _date(row) -> str:
    """The date as known; a span of years or a text stays as it was read."""
    return (
        day(row.date)
        if row.date and re.fullmatch(r"\d{4}(-\d{2}){0,2}", row.date)
        else row.date or _("undated")
    )


def next_board() -> str:
    """What follows as HTML: a column a topic."""
    rows = queries.run("what_follows")
    columns = []
    for topic, heading in _topics().items():
        part = rows[rows["topic"] == topic]
        lines = "".join(_fact(row, topic) for row in part.itertuples(index=False))
        body = (
            f'<dl class="plan-facts">{lines}</dl>' if lines else f"<p>{escape(_('No information found'))}</p>"
        )
        columns.append(
            f'<section class="{"beyond" if part["planned"].any() else ""}"><h2>{escape(heading)}</h2>{body}</section>'
        )
    return f'<div class="plan-board three">{"".join(columns)}</div>'


def _fact(row, topic: str) -> str:
    what = _date(row) if topic == "va_coordinators" and row.date else row.fact
    if row.planned and not what.lower().startswith("plan"):
        what = _("Plan: {fact}").format(fact=what)
    about = [row.note or "", "" if topic == "va_coordinators" else _date(row), row.publisher]
    return (
        f"<dt>{escape(what)}</dt><dd>{escape(_dates_in_words(row.value))}"
        f"<small>{escape(' · '.join(part for part in about if part))}</small></dd>"
    )
