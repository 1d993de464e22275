"""The work plan as HTML: boards of columns, tables with links."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.dialogue.approach.words import days_between
from dialogue.views.dialogue.plan.words import (
    date_as_known,
    dates_in_words,
    kinds,
    meeting_name,
    meeting_status,
    place_name,
    quarter_words,
    sections,
    step_names,
    topics,
)
from dialogue.views.view import View
from dialogue.words.i18n import _, day


def _usual(items: pd.DataFrame) -> str:
    """Who is named for most items: said once, not with each."""
    return items["who"].value_counts().index[0] if items["who"].notna().any() else ""


def who_first(usual: str) -> str:
    text = _("Where nobody is named, here and below: {who}").format(who=usual)
    return f"<small>{escape(text)}</small>" if usual else ""


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
        f'<div class="plan-all"><h2>{escape(_("Objectives, over all quarters"))}</h2>{who_first(usual)}<ul>{over}</ul></div>'
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
    status = f"<small>○ {escape(meeting_status(row))}</small>" if row.planned else ""
    return f'<li class="{kind}">{escape(meeting_name(row))}<small>{escape(days_between(row.start, row.end))}</small>{status}</li>'


def steps_board() -> str:
    """The four steps of the working document as HTML."""
    names = step_names()
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


def next_board() -> str:
    """What follows as HTML: a column a topic."""
    rows = queries.run("what_follows")
    columns = []
    for topic, heading in topics().items():
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
    what = date_as_known(row) if topic == "va_coordinators" and row.date else row.fact
    if row.planned and not what.lower().startswith("plan"):
        what = _("Plan: {fact}").format(fact=what)
    about = [row.note or "", "" if topic == "va_coordinators" else date_as_known(row), row.publisher]
    return (
        f"<dt>{escape(what)}</dt><dd>{escape(dates_in_words(row.value))}"
        f"<small>{escape(' · '.join(part for part in about if part))}</small></dd>"
    )
