"""What stands beside the matrix of obligations: a cell with its document and history, a State, or an indicator."""

import html
import re
from collections.abc import Mapping
from urllib.parse import quote

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import signs
from dialogue.views.evidence.obligations.asked import STATUSES, count_of, states_in_order
from dialogue.views.evidence.obligations.figure import marks
from dialogue.views.evidence.obligations.table import crpd_standing, in_order
from dialogue.views.evidence.obligations.words import (
    action_name,
    ages,
    kind_words,
    seen_first,
    standing_words,
    year_words,
)
from dialogue.views.view import kept
from dialogue.words.i18n import _, colon, day, label, ngettext, number, state


@kept
def detail(
    chosen_state: str,
    indicator: str,
    action: str | None = None,
    question: str | None = None,
    states: tuple[str, ...] = (),
) -> str:
    """What stands beside the matrix, as HTML: a cell with its history, a State, an indicator.

    Nothing chosen: the counts of what `action`, `question` and `states` ask for.
    """
    if chosen_state and indicator:
        return _cell(chosen_state, indicator)
    rows = queries.run("obligation_matrix")
    if chosen_state:
        part = rows[rows["iso3"] == chosen_state]
        lines = _lines(part, lambda row: label("indicator", row.indicator))
        return _card(state(chosen_state), "", lines + _profile(chosen_state))
    if indicator:
        part = in_order(rows[rows["indicator"] == indicator], states_in_order())
        action = queries.run("obligation_gaps").set_index("indicator").loc[indicator, "action"]
        return _card(
            label("indicator", indicator), action_name(action), _lines(part, lambda row: state(row.iso3))
        )
    return _counts(count_of(action, question, states))


def _card(heading: str, kicker: str, body: str) -> str:
    above = f'<p class="va-kicker">{html.escape(kicker)}</p>' if kicker else ""
    return f'<section class="va-card">{above}<h2 class="va-finding" style="font-size:1.25rem;padding:0 0 0.4rem">{html.escape(heading)}</h2><div style="display:grid;gap:0.45rem">{body}</div></section>'


def _profile(iso3: str) -> str:
    """The way to everything else that is known of the State."""
    text = _("Profile: {state}").format(state=state(iso3))
    return f'<p><a href="states?state={iso3}" target="_self">{html.escape(text)}</a></p>'


def _counts(count: pd.Series) -> str:
    """What to expect, before anything is chosen."""
    parts = [
        (_("Entries (a State and an indicator)"), "pairs", STATUSES),
        (_("Pairs with evidence"), "evidence", tuple(ages())),
    ]
    names = {code: label("obligation_status", code) for code in STATUSES} | ages()
    right = " style='text-align:end'"
    items = "".join(
        f"<tr><td><strong>{html.escape(words)}</strong></td><td{right}><strong>{number(int(count[whole]))}</strong></td></tr>"
        + "".join(
            f"<tr><td>{mark(code)}{html.escape(names[code])}</td><td{right}>{number(int(count[code]))}</td></tr>"
            for code in codes
        )
        for words, whole, codes in parts
    )
    hint = _(
        "Choose a cell, a State or an indicator, in the matrix or above, to read what was found and where."
    )
    return _card(
        _("What was found, cell by cell"),
        "",
        f"<p>{html.escape(hint)}</p><table style='width:100%'>{items}</table>",
    )


def _lines(rows: pd.DataFrame, name) -> str:
    items = "".join(
        f"<li>{mark(row.status)}{html.escape(name(row))}: <strong>{html.escape(_short(row))}</strong></li>"
        for row in rows.itertuples()
    )
    return f'<ul style="list-style:none;margin:0;padding:0;display:grid;gap:0.4rem;font-size:0.89rem">{items}</ul>'


def _short(row) -> str:
    words = label("obligation_status", row.status)
    return words if row.status == "no_information" else f"{words}, {year_words(row.as_of)}"


def _cell(iso3: str, indicator: str) -> str:
    found = queries.run("obligation_history", iso3=iso3, indicator=indicator)
    action = queries.run("obligation_gaps").set_index("indicator").loc[indicator, "action"]
    body = (
        ""
        if len(found)
        else f"<p>{mark('no_information')}<strong>{html.escape(label('obligation_status', 'no_information'))}</strong></p>"
    )
    if not len(found):
        text = _(
            "No finding on this indicator was seen in the documents read. This does not mean that it is not in place."
        )
        body += f"<p>{html.escape(text)}</p>"
    for row in found[found["in_cell"]].itertuples():
        body += _finding(row, first=True)
    if indicator == "crpd_alignment":
        body += _standing(iso3)
    others = found[~found["in_cell"].astype(bool)]
    if len(others):
        title = ngettext("{n} other finding", "{n} other findings, in the order of the rule for the cell", len(others)).format(
            n=number(len(others))
        )
        body += (
            f"<h3 style='font-size:1rem;padding:0.8rem 0 0'>{html.escape(title)}</h3>"
            + "<ol style='margin:0;padding:0;list-style:none;display:grid;gap:1rem'>"
            + "".join(f"<li>{_finding(row)}</li>" for row in others.itertuples())
            + "</ol>"
        )
    return _card(colon(state(iso3), label('indicator', indicator)), action_name(action), body + _profile(iso3))


def _finding(row, first: bool = False) -> str:
    """A finding with its document."""
    age = _age(row.as_of)
    facts = [label("obligation_status", row.status), year_words(row.as_of)]
    if first and age == "older":
        facts.append(_("older than five years"))
    if row.valid_to is not pd.NA:
        facts.append(_("plan to {year}").format(year=row.valid_to))
    if kind := kind_words(row.evidence_kind):
        facts.append(kind)
    note = f'<p class="va-how">{html.escape(row.note)}</p>' if row.note else ""
    if row.to_confirm:
        note += f'<p class="va-how"><strong>{html.escape(seen_first(row.to_confirm))}</strong></p>'
    return (
        f"<p>{mark(row.status)}<strong>{html.escape(' · '.join(facts))}</strong></p>"
        f"<p>{html.escape(row.finding)}</p>{note}<p class='va-source'>{_document(row.source_id, row.locator, row.grade)}</p>"
    )


def _age(as_of) -> str:
    if as_of is pd.NA or as_of is None:
        return "undated"
    return "recent" if as_of >= int(count_of()["recent_from"]) else "older"


def _standing(iso3: str) -> str:
    row = crpd_standing([iso3]).iloc[0]
    text = _("Derived from treaty acts, not part of the coding: CRPD, {standing}.").format(
        standing=standing_words(row)
    )
    return f'<p class="va-how">{html.escape(text)} <span class="va-source">{_document(row.source_id, None, None)}</span></p>'


def _document(source_id: str | None, locator: str | None, grade: str | None) -> str:
    """Publisher, linked title, date, place and grade of a source."""
    sources = _sources_by_id()
    if source_id not in sources:
        return ""
    source = sources[source_id]
    title = html.escape(source["title"])
    if re.fullmatch(r"https?://[^\s<>\"']+", source["url"] or ""):
        title = f'<a style="color:var(--va-accent)" href="{html.escape(source["url"])}" target="_blank" rel="noopener noreferrer">{title}</a>'
    published = day(source["published"]) if source["published"] else _("undated")
    facts = [source["publisher"], published, locator, label("grade", grade) if grade else None]
    return f"{title} · " + html.escape(" · ".join(fact for fact in facts if fact))


@kept
def _sources_by_id() -> Mapping[str, Mapping[str, str]]:
    rows = queries.run("citations").drop_duplicates("source_id")
    return rows.set_index("source_id")[["publisher", "title", "published", "url"]].to_dict("index")


def mark(status: str) -> str:
    """The sign of a status; words stand beside it."""
    if status not in STATUSES:
        return ""
    mark = marks()[STATUSES.index(status)]
    drawn = signs.svg(mark.shape, mark.colour)
    # an image, because st.html takes inline SVG out
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{drawn}</svg>'.replace('"', "'")
    svg = quote(svg, safe=" ='/:<>")
    return f'<img src="data:image/svg+xml,{svg}" alt="" width="16" height="16" style="vertical-align:-2px;margin-inline-end:0.4em">'
