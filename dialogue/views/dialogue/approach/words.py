"""What is said of instruments, pillars, States and events: the sentences of the integrated approach."""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views import shared
from dialogue.views.dialogue import crosswalk
from dialogue.views.shared import short
from dialogue.words import habits, i18n
from dialogue.words.i18n import (
    _,
    colon,
    commas,
    day,
    label,
    listing,
    ngettext,
    number,
    semicolons,
    state,
    the_state,
)

# What a clause means for a State, in the order of the sections.
BONDS = ("obligation", "commitment", "guidance", "unread", "past", "not_party", "none", "nobody")


def names_of(codes: str | None) -> str:
    """“CCM, APMBC and CRPD” from codes separated by spaces."""
    return listing([short(code) for code in (codes or "").split()])


def sections_for(iso3: str) -> dict[str, str]:
    name = the_state(iso3)
    return {
        "obligation": _("Obliges {state}").format(state=name),
        "commitment": _("A commitment {state} shares, as party to the convention").format(state=name),
        "guidance": _("Guides {state}, as party to the convention").format(state=name),
        "unread": _("A commitment {state} shares, text not read").format(state=name),
        "past": _("Plan past its end year"),
        "not_party": _("Has a clause; {state} is not a party").format(state=name),
        "none": _("No clause in the text read"),
        "nobody": _("Goals and standards: not legally binding"),
    }


def standing_words(row) -> str:
    """What the State is to the instrument, or to the convention of a plan."""
    if row.convention is None:
        return ""
    status = label("treaty_status", row.status)
    if row.since:
        status = _("{status} since {date}").format(status=status, date=day(row.since))
    if row.convention == row.instrument:
        return status
    standing = _("{instrument}: {status}").format(instrument=short(row.convention), status=status)
    if row.last_year is pd.NA:
        return standing
    return _("{standing}; plan of {first}–{last}").format(
        standing=standing, first=row.first_year, last=row.last_year
    )


def pillar_finding(code: str, iso3: str, rows: pd.DataFrame) -> str:
    """Who obliges the State, who only where it is in a position to assist, and how many plans commit it."""
    obliging = rows[rows["bond"] == "obligation"]
    conditional = [short(row.instrument) for row in obliging.itertuples(index=False) if row.qualified]
    firm = [short(row.instrument) for row in obliging.itertuples(index=False) if not row.qualified]
    plans = int((rows["bond"] == "commitment").sum())
    said = _("none of the instruments compared obliges {state}")
    if firm:
        said = ngettext("{names} obliges {state}", "{names} oblige {state}", len(firm))
    elif conditional:
        said = _("instruments oblige {state} only where it is in a position to assist: {others}")
    parts = [said.format(names=listing(firm), state=the_state(iso3), others=listing(conditional))]
    if firm and conditional:
        parts.append(
            _("where it is in a position to assist, also {others}").format(others=listing(conditional))
        )
    if plans:
        parts.append(
            ngettext(
                "{n} plan of action adds a commitment", "{n} plans of action add commitments", plans
            ).format(n=number(plans))
        )
    return _("{pillar}: {said}").format(pillar=label("pillar", code), said=semicolons(parts))


def without_clause(absent: Sequence[str]) -> str:
    if not absent:
        return ""
    return ngettext(
        "{n} instrument or plan without information",
        "{n} instruments or plans without information",
        len(absent),
    ).format(n=number(len(absent)))


def later_acts(iso3: str) -> tuple[str, ...]:
    """Acts of the State that count only after the day on which the depositary's lists were read."""
    acts = queries.run("treaty_acts_after")
    return tuple(
        _("{state}, {instrument}: {act} of {date} is not counted here; it counts from {day}.").format(
            state=state(iso3),
            instrument=short(row.instrument),
            act=label("treaty_action", row.action).lower(),
            date=day(row.date),
            day=day(row.counts_from),
        )  # fmt: skip
        for row in acts[acts["iso3"] == iso3].itertuples(index=False)
    )


def caveats() -> tuple[str, ...]:
    return (
        _("The United Nations counts a party from its deposit, not from entry into force."),
        _("A plan of action is a commitment of the States Parties of its convention, not a treaty obligation. The Sustainable Development Goals and IMAS 13.10 are not legally binding."),
        _("An obligation “of States in a position to assist” is owed by those able to help, not by the affected State as such."),
        _("Article 5 of the CCM concerns victims in areas under a State's jurisdiction or control; the CRPD concerns persons with disabilities, while victims under the CCM include affected families and communities."),
        _("Summaries are this project's own words. “Obligation”, “commitment” and “guidance” are its own reading, not a legal opinion."),
        _("Actions of the Lausanne Action Plan follow the order of topics in the work plan: numbering to be confirmed. Links between targets of the Sustainable Development Goals and pillars are the project's reading."),
    )  # fmt: skip


def since_when(row) -> str:
    """The date since which an instrument binds the State, or the years of a plan, for the head of its column."""
    if row.convention != row.instrument:
        return (
            _("no end year")
            if row.last_year is pd.NA
            else _("{first}–{last}").format(first=row.first_year, last=row.last_year)
        )
    if row.status == "state_party":
        return _("since {date}").format(date=day(row.since))
    return label("treaty_status", row.status).lower()


def standings(iso3: str) -> str:
    """Two sentences: the instruments the State is party to, with dates, and the others."""
    rows = queries.run("treaty_status")
    rows = rows[rows["iso3"] == iso3]
    parts = [
        f"{short(row.instrument)} {day(row.since)}"
        for row in rows.itertuples(index=False)
        if row.status == "state_party"
    ]
    others = [short(row.instrument) for row in rows.itertuples(index=False) if row.status != "state_party"]
    said = (
        _("State Party since: {names}.").format(names=semicolons(parts))
        if parts
        else _("State Party to none.")
    )
    return said + (" " + _("Not a party: {names}.").format(names=commas(others)) if others else "")


def binds_finding(iso3: str, rows: pd.DataFrame) -> str:
    covered = rows[rows["bond"] == "obligation"]["pillar"].nunique()
    total = rows["pillar"].nunique()
    name = the_state(iso3)
    if not covered:
        return _("None of the instruments compared obliges {state} on any of {n} pillars").format(
            state=name, n=number(total)
        )
    by_instrument = rows[rows["bond"] == "obligation"].groupby("instrument")["pillar"].nunique()
    parts = [
        _("{instrument} on {k}").format(instrument=short(code), k=number(int(by_instrument[code])))
        for code in crosswalk.instruments()
        if code in by_instrument.index
    ]
    return ngettext(
        "{state} has obligations on {covered} of {n} pillars of victim assistance: {parts}",
        "{state} has obligations on {covered} of {n} pillars of victim assistance: {parts}",
        covered,
    ).format(covered=number(covered), n=number(total), state=name[:1].upper() + name[1:], parts=listing(parts))


def empty_cells(n: int) -> str:
    return (
        ngettext("{n} entry without information", "{n} entries without information", n).format(n=number(n))
        if n
        else ""
    )


def conditional_words(rows: pd.DataFrame) -> list[str]:
    """On how many pillars an obligation is for States in a position to assist only, and whose."""
    found = [set(codes.split()) for codes in rows["qualified"].dropna()]
    names = [short(code) for code in crosswalk.instruments() if any(code in codes for codes in found)]
    if not found:
        return []
    return [
        ngettext(
            "On {n} pillar an obligation is for States in a position to assist ({names}).",
            "On {n} pillars an obligation is for States in a position to assist ({names}).",
            len(found),
        ).format(n=number(len(found)), names=listing(names))
    ]


def said_once(everywhere: dict[str, list[str]]) -> list[str]:
    texts = {"unread": _("{name} (text not read)"), "bind_nobody": _("{name} (not legally binding)")}
    said = [texts[part].format(name=short(code)) for part, codes in everywhere.items() for code in codes]
    return [_("On every pillar also: {names}.").format(names=listing(said))] if said else []


def overlap_cells(row, targets: str, everywhere: dict[str, list[str]]) -> list[str]:
    def others(part: str) -> list[str]:
        return [code for code in (getattr(row, part) or "").split() if code not in everywhere[part]]

    unread, beyond = others("unread"), others("bind_nobody")
    unknown = [
        _("not read: {names}").format(names=names_of(" ".join(unread))) if unread else "",
        _("past its end year: {names}").format(names=names_of(row.past)) if row.past else "",
        _("no information: {names}").format(names=names_of(row.no_information)) if row.no_information else "",
    ]
    softer = [names_of(row.commit), _("guidance: {names}").format(names=names_of(row.guide)) if row.guide else ""]
    goals = [_("SDG {targets}").format(targets=targets) if code == "SDG" else short(code) for code in beyond]
    return [joined(softer), names_of(row.no_clause), joined(unknown), joined(goals)]


def joined(parts: Iterable[str]) -> str:
    return semicolons(part for part in parts if part)


def overlap_heading(obliging: str, part: pd.DataFrame) -> str:
    n = len(part)
    pillars = ngettext("{n} pillar", "{n} pillars", n).format(n=number(n))
    if not obliging:
        return _("No instrument obliges ({pillars})").format(pillars=pillars)
    row = part.iloc[0]
    count = len(obliging.split())
    opening = (
        _("Only {names} obliges ({pillars})") if count == 1 else _("{names} oblige ({pillars})")
    ).format(names=names_of(obliging), pillars=pillars)
    if row["twelve_bound"] == row["twelve"] > 1:
        return _("{opening}. All {all} States with Article 5 obligations are parties to all of these").format(
            opening=opening, all=number(int(row["twelve"]))
        )
    return ngettext(
        "{opening}. Of the {all} States with Article 5 obligations, {n} is party to all of these",
        "{opening}. Of the {all} States with Article 5 obligations, {n} are parties to all of these",
        int(row["twelve_bound"]),
    ).format(opening=opening, all=number(int(row["twelve"])), n=number(int(row["twelve_bound"])))


def overlap_finding(rows: pd.DataFrame) -> str:
    """How many pillars several instruments oblige on, and how many the CCM alone."""
    obliging = [set((codes or "").split()) for codes in rows["oblige"]]
    both = sum({"CCM", "CRPD"} <= codes for codes in obliging)
    more = sum({"CCM", "CRPD"} < codes for codes in obliging)
    alone = sum(codes == {"CCM"} for codes in obliging)
    said = _(
        "CCM and CRPD both oblige on {both} of {n} pillars; other instruments join them on {more}"
    ).format(both=number(both), n=number(len(rows)), more=number(more))
    if not alone:
        return _("{said}; on none does the CCM oblige alone").format(said=said)
    return ngettext(
        "{said}; on {n} pillar the CCM obliges alone", "{said}; on {n} pillars the CCM obliges alone", alone
    ).format(said=said, n=number(alone))


def timeline_finding(rows: pd.DataFrame) -> str:
    """How many instruments since when, and which plans of action run on the day of the data."""
    adopted = rows[rows["event"] == "adopted"]
    plans = rows[rows["event"] == "plan"]
    running = plans[plans["last_year"].isna() | (plans["last_year"] >= reader.snapshot().as_of.year)]
    n = adopted["instrument"].nunique()
    said = ngettext("{n} instrument adopted since {year}", "{n} instruments adopted since {year}", n).format(
        n=number(n), year=min(adopted["start"], default="")[:4]
    )
    return ngettext(
        "{said}; on {date}, {n} plan of action had not ended",
        "{said}; on {date}, {n} plans of action had not ended",
        len(running),
    ).format(said=said, n=number(len(running)), date=day(shared.as_of()))


def days_between(start: str | None, end: str | None) -> str:
    """“16–19 September 2025”, or one day."""
    if not start:
        return _("no date found")
    if not end or end == start:
        return day(start)
    if len(start) == 10 and start[:7] == end[:7]:
        return habits.days(date.fromisoformat(start), date.fromisoformat(end), i18n.language())
    return _("{start} to {end}").format(start=day(start), end=day(end))


def event_words(row) -> str:
    """One event in words, without its date: what happened to which instrument."""
    known = {
        "adopted": _("adopted"),
        "opened": _("opened for signature"),
        "entry_into_force": _("enters into force"),
    }
    if row.event in known:
        return known[row.event]
    if row.event == "plan":
        if row.last_year is pd.NA:
            return _("{plan} adopted").format(plan=short(row.name))
        return _("{plan} adopted, for {first}–{last}").format(
            plan=short(row.name), first=row.first_year, last=row.last_year
        )
    words = commas(part for part in (row.name, row.place) if part)
    if row.what:
        words = colon(words, row.what)
    return (
        _("Planned, outcome not verified: {words}").format(words=words) if row.event == "planned" else words
    )


def pillar_heads() -> list[str]:
    """The heads of the table of one pillar, the instruments' own first."""
    return [
        _("Instrument or plan"),
        _("Nature"),
        _("Article or action"),
        _("What it asks for"),
        _("Text read"),
        _("Standing of the State"),
    ]


def overlap_heads() -> list[str]:
    """What stands beside the instruments that oblige on a pillar."""
    return [
        _("Commitment (plans of action), guidance"),
        _("No clause in the text read"),
        _("Past, or no information"),
        _("Goals and standards: not legally binding"),
    ]


def undated_words(rows: pd.DataFrame) -> str:
    """Which meetings have no date."""
    if not len(rows):
        return ""
    return ngettext("No date was found for {n} meeting: {names}", "No dates were found for {n} meetings: {names}", len(rows)).format(
        n=number(len(rows)), names=listing(list(rows["name"]))
    )


def timeline_notes(rows: pd.DataFrame) -> tuple[str, ...]:
    """What is planned, and what the timeline does not hold."""
    found = _("The meetings are those found in the sources, not every meeting held.")
    if len(rows[(rows["instrument"] == "CCW") & (rows["event"] == "adopted")]):
        return (found,)
    planned = rows[rows["event"] == "planned"]
    return (
        *(colon(row.name, row.note) for row in planned.itertuples(index=False)),
        _("The dates of adoption and entry into force of the CCW itself were not found in the sources."),
        found,
    )


def on_every_pillar(column: pd.Series) -> list[str]:
    """Codes that stand on every pillar: said once, not in each row. Targets differ, so they stay."""
    found = [(codes or "").split() for codes in column]
    return (
        [code for code in found[0] if code != "SDG" and all(code in codes for codes in found)]
        if found
        else []
    )
