"""What stands beside the evidence on a guiding question: why it matters, what is not known, practices, resources, answers."""

import html
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.dialogue.questions.rows import PLANS, SERVICES, latest_victims
from dialogue.views.dialogue.questions.words import service_name
from dialogue.views.evidence import obligations, victims
from dialogue.views.view import kept
from dialogue.words.i18n import _, label, listing, ngettext, number, semicolons, state

SHOWN = 3  # practices and resources in sight; the others open below
STYLE = """<style>
.va-sides { display: grid; gap: 1.1rem 1.6rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16.5rem), 1fr)); align-items: start; }
.va-sides > div { display: grid; gap: 1.1rem; }
.va-sides h2 { font-size: 1.02rem; margin: 0 0 .25rem; padding: 0; }
.va-sides ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .45rem; }
.va-sides dl { margin: 0; padding: 0; }
.va-sides li, .va-sides dd, .va-sides p { margin: 0; padding: 0; font-size: .87rem; line-height: 1.32; overflow-wrap: anywhere; }
.va-sides dt { font-weight: 600; font-size: .87rem; line-height: 1.3; margin: .4rem 0 0; padding: 0; }
.va-sides dt:first-child { margin-top: 0; }
.va-sides p { margin-top: .3rem; }
@media (min-width: 1200px) { h1.va-page { max-width: none !important; } .va-lead, .va-how { max-width: 120ch !important; } }
.va-sides small, .va-sides summary { color: var(--va-secondary); font-size: .78rem; }
.va-sides a { color: var(--va-accent); }
.va-sides summary { cursor: pointer; padding: .3rem 0; }
.va-sides .va-card { padding: .7rem .9rem; }
</style>"""


@kept
def html_of(question: str, part: Literal["all", "basis", "gaps"] = "all") -> str:
    """What stands beside the evidence, as HTML in columns where there is room.

    The basis: why it matters, answers, resources; the gaps: what is not known, practices.
    """
    basis = [why(question), answers(question), resources(question)] if part != "gaps" else []
    gaps = [unknown(question), practices(question)] if part != "basis" else []
    # alone, the parts stand side by side; together, each has a column
    columns = ["".join(basis), "".join(gaps)] if part == "all" else basis + gaps
    inside = "".join(f"<div>{column}</div>" for column in columns)
    return f'{STYLE}<div class="va-sides">{inside}</div>'


def reference(question: str) -> str:
    """Where the question stands: document, part and letter."""
    return _("Work plan 2024–2025, Objectives, question ({letter})").format(letter=question)


def _block(heading: str, body: str, card: bool = False) -> str:
    kind = ' class="va-card"' if card else ""
    return f"<section{kind}><h2>{html.escape(heading)}</h2>{body}</section>"


def _items(lines: list[str]) -> str:
    """A list; what goes beyond a few lines opens below."""

    def drawn(part: list[str]) -> str:
        return f"<ul>{''.join(f'<li>{line}</li>' for line in part)}</ul>"

    rest = len(lines) - SHOWN
    if rest < 2:  # one more line takes no more room than the words that would hide it
        return drawn(lines)
    more = ngettext("{n} more", "{n} more", rest).format(n=number(rest))
    return f"{drawn(lines[:SHOWN])}<details><summary>{html.escape(more)}</summary>{drawn(lines[SHOWN:])}</details>"


def _link(text: str, address: str) -> str:
    return f'<a href="{html.escape(address, quote=True)}" target="_self">{html.escape(text)}</a>'


def _outside(text: str, url: str | None) -> str:
    if not str(url or "").startswith(("https://", "http://")):
        return html.escape(text)
    return f'<a href="{html.escape(url, quote=True)}" target="_blank" rel="noopener">{html.escape(text)}</a>'


def why(question: str) -> str:
    """The actions, articles and targets behind the question."""
    rows = queries.run("question_basis", question=question)
    lines = []
    for row in rows.itertuples():
        facts = [
            (_("CCM"), row.ccm_articles), (_("CRPD Art."), row.crpd_articles), (_("SDG"), row.sdg_targets)
        ]  # fmt: skip
        # a name and its first article stay on one line
        told = " · ".join(f"{name}\u00a0{value}" for name, value in facts if value)
        name = _("Lausanne Action {n}: {topic}").format(n=row.action, topic=label("action", row.action))
        lines.append(f"<dt>{html.escape(name)}</dt><dd>{html.escape(told)}</dd>")
    note = _("Action numbers follow the order of topics in the work plan: to be confirmed.")
    return _block(
        _("Why it matters"), f"<dl>{''.join(lines)}</dl><p><small>{html.escape(note)}</small></p>", card=True
    )


def answers(question: str) -> str:
    """How many States have answered; what they agreed to publish is on the page of responses."""
    board = _board(question)
    twelve = len(obligations.states_in_order())
    if board is None:
        return ""
    answered, published = (int((board[name] > 0).sum()) for name in ("received", "published"))
    told = ngettext(
        "{n} of {all} States has answered so far.", "{n} of {all} States have answered so far.", answered
    ).format(n=number(answered), all=number(twelve))
    if answered:
        told += " " + ngettext(
            "{n} has agreed that its answer is published.",
            "{n} have agreed that their answers are published.",
            published,
        ).format(n=number(published))
    lines = "".join(
        f"<li><b>{html.escape(state(row.iso3))}</b>: {html.escape(_summary(row))}</li>"
        for row in _published(question).itertuples()
    )
    more = _link(_("All questions and States"), f"responses?question={quote(question)}")
    return _block(_("Responses of States"), f"<p>{html.escape(told)}</p><ul>{lines}</ul><p>{more}</p>")


def _summary(row, length: int = 200) -> str:
    text = str(row.summary_en or row.answer or "")
    return text if len(text) <= length else text[:length].rstrip() + "…"


def _board(question: str) -> pd.DataFrame | None:
    if "responses_board" not in queries.names():
        return None
    rows = queries.run("responses_board")
    return rows[rows["question"] == question]


def _published(question: str) -> pd.DataFrame:
    return queries.run("responses_published", question=question)


def resources(question: str) -> str:
    """The resources nearest to the question."""
    rows = queries.run("question_resources", question=question)
    lines = [
        _outside(row.title, row.url)
        + f"<br><small>{html.escape(' · '.join(str(part) for part in (row.publisher, row.year) if part is not pd.NA and part))}</small>"
        for row in rows.head(SHOWN).itertuples()
    ]
    told = ngettext("See the {n} resource on this question", "All {n} resources on this question", len(rows))
    more = _link(told.format(n=number(len(rows))), f"resources?view=resources&question={quote(question)}")
    return _block(_("Resources"), f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul><p>{more}</p>")


def practices(question: str) -> str:
    """Good practices, each with its State, year and source."""
    rows = queries.run("good_practices", question=question)
    known = (
        queries.run("citations", table="good_practices").drop_duplicates("source_id").set_index("source_id")
    )
    lines = []
    for row in rows.itertuples():
        source = known.loc[row.source_id]
        when = _("undated") if row.year is pd.NA else str(row.year)
        note = f" · {row.note}" if row.note else ""
        lines.append(
            f"{_link(state(row.iso3), f'states?state={quote(row.iso3)}')}, {html.escape(when)}: {html.escape(row.description)} "
            f"<small>{_outside(source['publisher'], source['url'])}{html.escape(note)}</small>"
        )
    if not lines:
        return _block(
            _("Good practices"), f"<p>{html.escape(_('No practice has been found on this question.'))}</p>"
        )
    heading = ngettext("{n} good practice", "{n} good practices", len(lines)).format(n=number(len(lines)))
    return _block(heading, _items(lines))


def unknown(question: str) -> str:
    """What is not known: States without information, and evidence that is old or undated."""
    return _block(
        _("What is not known"), _victims_unknown() if question == "g" else _evidence_unknown(question)
    )


INDICATORS: Mapping[str, tuple[str, ...]] = {
    "a": PLANS,
    "b": ("data_system",),
    "c": ("focal_point", "coordination_mechanism"),
    "d": SERVICES,
    "e": ("participation",),
    "f": ("mhpss",),
}


def _evidence_unknown(question: str) -> str:
    rows = queries.run("obligation_matrix", question=question)
    indicators = INDICATORS[question]
    few = len(indicators) <= 2
    parts = []
    for indicator in indicators:
        told = _gaps(rows[rows["indicator"] == indicator], few)
        if not told:
            continue
        name = label("indicator", indicator) if few else service_name(indicator)
        # a list of one indicator needs no name on screen, a list of definitions needs one all the same
        hidden = "" if len(indicators) > 1 else ' class="va-hidden"'
        parts.append(f"<dt{hidden}>{html.escape(name)}</dt>")
        parts += [f"<dd>{html.escape(line)}</dd>" for line in told]
    link = _link(_("Every cell with its document"), f"obligations?question={quote(question)}")
    return f"<dl>{''.join(parts)}</dl><p>{link}</p>"


def _gaps(part: pd.DataFrame, few: bool) -> list[str]:
    """One indicator: where nothing was found, and where the evidence is old or undated; names only where `few`."""
    groups = [
        (_("no information found: {n} of {all}"), part[part["status"] == "no_information"]),
        (_("older than five years: {n} of {all}"), part[part["age"] == "older"]),
        (_("undated: {n} of {all}"), part[part["age"] == "undated"]),
    ]
    lines = []
    for told, found in groups:
        if len(found):
            names = listing(sorted(state(iso3) for iso3 in found["iso3"]))
            count = told.format(n=number(len(found)), all=number(len(part)))
            lines.append(f"{count} ({names})" if few else count)
    lines = lines or [_("evidence of the last five years for every State")]
    return [line[:1].upper() + line[1:] for line in (lines if few else [semicolons(lines)])]


def _victims_unknown() -> str:
    rows = latest_victims()
    lines = []
    for aspect in victims.ASPECTS:
        part = rows[rows["aspect"] == aspect]
        told = [
            (_("No information found: {states}"), part[part["known"] == "none"]),
            (_("Named without a number: {states}"), part[part["known"] == "named"]),
            (_("Single events only: {states}"), part[part["known"] == "incident"]),
        ]
        found = [
            words.format(states=listing(sorted(state(iso3) for iso3 in rows["iso3"])))
            for words, rows in told
            if len(rows)
        ]
        if found:
            lines.append(f"<dt>{html.escape(victims.aspect_name(aspect))}</dt>")
            lines += [f"<dd>{html.escape(line)}</dd>" for line in found]
    link = _link(_("Five years, State by State"), "new-victims?view=question")
    nothing = f"<p>{html.escape(_('Something is known of every aspect.'))}</p>"
    return f"{f'<dl>{chr(10).join(lines)}</dl>' if lines else nothing}<p>{link}</p>"
