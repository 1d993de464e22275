"""Views of the overview: headline figures and what has changed."""

import html

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.view import View, kept
from dialogue.words.i18n import (
    _,
    day,
    label,
    listing,
    ngettext,
    number,
    of_state,
    percent,
    pgettext,
    semicolons,
    state,
    the_state,
)

SINCE = "2024-11-01"  # the work plan speaks as of November 2024


@kept
def headlines() -> View:
    """Headline figures. `table` has one row a card: number, what it counts, year and source."""
    rows = queries.run("headline").set_index("headline", drop=False)
    cited = queries.run("citations")
    sources = cited.drop_duplicates("source_id").set_index("source_id")
    primary = set(cited[cited["grade"].str.contains("primary")]["source_id"])

    def value(name: str, column: str = "value"):
        return rows.loc[name, column] if name in rows.index else None

    cards = []

    def card(name: str, text: str, of_what: str, when: str) -> None:
        source = sources.loc[value(name, "source_id")]
        read_in = source["publisher"]
        if source.name not in primary:
            read_in = (
                _("{publisher}, read in a copy").format(publisher=read_in)
                if source["kind"] == "monitor"
                else _("as quoted by {publisher}").format(publisher=read_in)
            )
        newer = shared.newer_edition(value(name, "series")) if value(name, "series") else ""
        cards.append((text, of_what, " ".join(filter(None, (when + "." if newer else when, newer))), read_in))

    parties, twelve = int(value("state_parties")), int(value("article5_states"))
    card(
        "state_parties", number(parties), _("States Parties to the Convention on Cluster Munitions"),
        _("on {date}").format(date=day(value("state_parties", "period"))),
    )  # fmt: skip
    card(
        "article5_states", number(twelve),
        ngettext("State Party with obligations to assist victims (Article 5)", "States Parties with obligations to assist victims (Article 5)", twelve),
        _("work plan, November 2024; other lists differ"),
    )  # fmt: skip
    if value("casualties") is not None:
        card(
            "casualties", number(value("casualties"), value("casualties", "count_type")),
            _("people recorded killed or injured by cluster munitions"),
            _("in {year} ({edition})").format(year=value("casualties", "period"), edition=value("casualties", "edition_title")),
        )  # fmt: skip
    if value("remnants") is not None:
        share = percent(int(value("remnants")) / int(value("remnants", "of")))
        card(
            "remnants", number(value("remnants")),
            _("of them by remnants: {share}; the others in attacks").format(share=share),
            _("in {year} ({edition})").format(year=value("remnants", "period"), edition=value("remnants", "edition_title")),
        )  # fmt: skip
    if value("all_time") is not None:
        card(
            "all_time", number(value("all_time"), value("all_time", "count_type")),
            _("casualties recorded over all years; estimates are far higher"),
            _("to the end of {year} ({edition})").format(year=value("all_time", "period"), edition=value("all_time", "edition_title")),
        )  # fmt: skip
    evidence, possible = int(value("evidence")), int(value("evidence", "of"))
    cards.append(
        (
            _("{n} of {all}").format(n=number(evidence), all=number(possible)),
            _("entries (a State and an indicator) with any evidence found on Article 5"),
            _("evidence of {period}").format(period=value("evidence", "period")),
            _("own coding of findings"),
        )
    )
    title = ngettext(
        "{parties} States are parties to the Convention, as the depositary counts; {n} of them has obligations to assist cluster munition victims",
        "{parties} States are parties to the Convention, as the depositary counts; {n} of them have obligations to assist cluster munition victims",
        twelve,
    ).format(parties=number(parties), n=number(twelve))
    table = pd.DataFrame(cards, columns=[pgettext("number", "Figure"), _("What it counts"), _("When"), _("Publisher")])
    return View(
        key="headlines", kicker=_("Headline figures"), title=title,
        how=_("Each figure names the year or day it speaks for and its publisher."),
        figure=None, alt=title, data=rows.reset_index(drop=True), table=table, cards=True,
        tables=("treaty_actions", "obligation_lists", "casualties", "casualty_totals", "casualty_names"),
        source_ids=tuple(rows["source_id"].dropna()), as_of=shared.as_of(),
        notes=(
            _("The United Nations counts a party from its deposit, not from entry into force."),
            _("The lists of States with cluster munition victims differ; see Affected States."),
            _("Recorded casualties are those the Monitor could record; not every casualty is recorded."),
            _("The evidence on Article 5 is the project’s own coding of short findings."),
        ),
    )  # fmt: skip


def profiles() -> str:
    """Links from the small map to the profiles of the States it names, as HTML."""
    lists = queries.run("obligation_lists")
    twelve = sorted(lists[lists["list"] == "work_plan_2024"]["iso3"], key=state)
    links = [f'<a href="states?state={iso3}" target="_self">{html.escape(state(iso3))}</a>' for iso3 in twelve]
    return f'<p class="va-how">{html.escape(_("Profiles:"))} {" · ".join(links)}</p>'


def _sentence(row) -> str:
    if row.kind == "figure":
        return _("{edition}: {count} casualties of {weapon} in {year}").format(
            edition=row.edition_title, count=number(row.count, row.count_type),
            weapon=label("weapon", row.code).lower(), year=row.year,
        )  # fmt: skip
    name = the_state(row.iso3)
    name = name[0].upper() + name[1:]
    instrument = label("instrument", row.code)
    if row.kind == "left":
        return _("{state}: withdrawal from the {instrument} took effect").format(state=name, instrument=instrument)
    act = label("treaty_action", row.action).lower()
    return _("{state}: {act} of the {instrument}").format(state=name, act=act, instrument=instrument) if (
        row.action != "accession"
    ) else _("{state}: accession to the {instrument}").format(state=name, instrument=instrument)


def _joined(action: str, states: list[str]) -> str:
    """Which States joined the Convention, and by which act."""
    n = len(states)
    said = {
        "accession": ngettext("{states} acceded to the Convention", "{states} acceded to the Convention", n),
        "ratification": ngettext("{states} ratified the Convention", "{states} ratified the Convention", n),
    }
    return said.get(action, ngettext("{states} joined the Convention", "{states} joined the Convention", n)).format(states=listing(states))


@kept
def changes() -> View:
    """What has changed since the work plan was written, newest first."""
    rows = queries.run("changes_since", since=SINCE)
    of_ccm = rows[rows["code"] == "CCM"]
    joined = of_ccm[of_ccm["kind"] == "joined"]
    said = [_joined(action, sorted(the_state(iso3) for iso3 in group["iso3"])) for action, group in joined.groupby("action", sort=True)]
    said += [
        _("the withdrawal {of_state} took effect on {date}").format(of_state=of_state(row.iso3), date=day(row.date))
        for row in of_ccm[of_ccm["kind"] == "left"].itertuples()
    ]
    title = _("Since {month}: {what}").format(
        month=day(SINCE[:7]), what=semicolons(said) if said else _("no State joined or left the Convention")
    )
    sources = queries.run("citations").drop_duplicates("source_id").set_index("source_id")
    table = pd.DataFrame(
        [(day(r.date), _sentence(r), sources.loc[r.source_id, "publisher"]) for r in rows.itertuples()],
        columns=[_("Date"), _("Change"), _("Source")],
    )
    return View(
        key="changes", kicker=_("Changes since the work plan was written"), title=title,
        how=_("Acts of States under the Convention, acts of the twelve under the other instruments, and new editions of the Monitor."),
        figure=None, alt=title, data=rows, table=table, tables=("treaty_actions", "casualties"),
        source_ids=tuple(rows["source_id"]), as_of=shared.as_of(),
    )  # fmt: skip
