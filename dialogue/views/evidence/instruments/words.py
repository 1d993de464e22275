"""The sentences on the six instruments: findings, how standing is counted, notes."""

from datetime import date

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views.shared import short
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, listing, ngettext, number, pgettext, state


def groups() -> dict[str, str]:
    """The groups of States a comparison can be narrowed to: code and name."""
    regions = {code: label("region", code) for code in i18n.codes("region")}
    return {"twelve": _("States with Article 5 obligations"), "all": _("All States"), **regions}


# --- who is bound ----------------------------------------------------------------------


def bound_kicker(instruments: int, on: date, group: str) -> str:
    return _("Standing under {n} instruments on {date}: {group}").format(
        n=instruments, date=day(on), group=groups()[group]
    )


def bound_finding(on: date, group: str) -> str:
    found = queries.run("bound_together", as_of=on, state_group=group).iloc[0]
    n, both, every = int(found["states"]), int(found["ccm_and_crpd"]), int(found["by_all"])
    texts = {
        "twelve": ngettext(
            "On {date}, {both} of the {n} States with Article 5 obligations was party to the CCM and the CRPD, {every} to all {k} instruments",
            "On {date}, {both} of the {n} States with Article 5 obligations were parties to the CCM and the CRPD, {every} to all {k} instruments",
            both,
        ),
        "all": ngettext(
            "On {date}, {both} of {n} States was party to the CCM and the CRPD, {every} to all {k} instruments",
            "On {date}, {both} of {n} States were parties to the CCM and the CRPD, {every} to all {k} instruments",
            both,
        ),
    }
    region = ngettext(
        "{region}: on {date}, {both} of {n} States was party to the CCM and the CRPD, {every} to all {k} instruments",
        "{region}: on {date}, {both} of {n} States were parties to the CCM and the CRPD, {every} to all {k} instruments",
        both,
    )
    if group == "twelve" and both == n > 1:
        texts["twelve"] = _(
            "On {date}, all {n} States with Article 5 obligations were parties to the CCM and the CRPD, {every} to all {k} instruments"
        )
    return texts.get(group, region).format(
        date=day(on), both=number(both), n=number(n), every=number(every), k=number(int(found["instruments"])),
        region=groups()[group],
    )  # fmt: skip


def bound_rules(on: date, world: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    """How standing is counted, and what the reader must know of this day."""
    said = []
    as_of = reader.snapshot().treaties_as_of
    if on > as_of:
        said.append(
            _("The depositary’s lists were read on {date}; of later acts only those listed below are known.").format(
                date=day(as_of)
            )
        )
    said.append(
        _(
            "The United Nations counts a party from its deposit, not from entry into force; an act known to the year only counts from the last day of that year."
        )
    )
    for instrument, rows in others.groupby("instrument"):
        states = int(world.loc[instrument, "state_parties"])
        said.append(
            ngettext(
                "{names} is party to the {instrument} but not a State: {states} States and {n} other make {total} parties.",
                "{names} are party to the {instrument} but not States: {states} States and {n} others make {total} parties.",
                len(rows),
            ).format(
                names=_the(listing([i18n.the_state(code) for code in rows["iso3"]])), instrument=short(instrument),
                states=number(states), n=number(len(rows)), total=number(states + len(rows)),
            )
        )  # fmt: skip
    return said


def _the(names: str) -> str:
    """Names of organizations at the start of a sentence; in other languages than English their articles stand with them."""
    said = pgettext("organizations, with their articles", "The {names}").format(names=names)
    return said[:1].upper() + said[1:]


def bound_notes(group: str) -> tuple[str, ...]:
    said = [
        _("A withdrawal counts from the day it takes effect, not from its notification."),
        _("Of the CCW, Protocol V alone has a clause on victim assistance in the texts read; to be party to the CCW alone adds none."),
    ]
    if group == "twelve":
        said.append(_("The States are those that the work plan of November 2024 names; other lists differ."))
    return tuple(said)


def parties_of_all(n: int) -> str:
    """The name of the row that counts States Parties among all States."""
    return ngettext("States Parties, of {n} State", "States Parties, of all {n} States", n).format(n=n)


def parties_of_these(n: int) -> str:
    """The name of the row that counts States Parties among the States of the group."""
    return ngettext("States Parties, of this {n} State", "States Parties, of these {n} States", n).format(n=n)


def standing_since(status: str, since: str, action: str | None) -> str:
    """“State Party since 1 August 2010 (ratification)”."""
    if not since:
        return label("treaty_status", status)
    return _("{standing} since {date} ({act})").format(
        standing=label("treaty_status", status), date=day(since), act=label("treaty_action", action)
    )


# --- acts ------------------------------------------------------------------------------


def acts_after_title(n: int, as_of: date) -> str:
    return ngettext(
        "{n} act known here counts only after {date}",
        "{n} acts known here count only after {date}",
        n,
    ).format(n=number(n), date=day(as_of))


def acts_after_how(as_of: date) -> str:
    return _(
        "These acts are not in the standing on {date}; choose a later day above to see them count. Later acts that nobody entered yet are missing."
    ).format(date=day(as_of))


def effect_name(effect: str) -> str:
    known = {"joins": _("joins"), "leaves": _("leaves"), "signs": _("signs")}
    return known.get(effect, _("no change of standing"))


def disputed_title(n: int) -> str:
    return ngettext(
        "For {n} act another source prints another date",
        "For {n} acts another source prints another date",
        n,
    ).format(n=number(n))


def suspensions_title(announced: pd.DataFrame, on: date) -> str:
    if announced.empty:
        return _("No announced suspension is recorded by {date}").format(date=day(on))
    n = len(announced)
    return ngettext(
        "{n} suspension had been announced by {date}; the standing shown is that of the depositary’s list",
        "{n} suspensions had been announced by {date}; the standing shown is that of the depositary’s list", n,
    ).format(n=number(n), date=day(on))  # fmt: skip


def event(code: str) -> str:
    known = {
        "suspension_announced": _("Suspension announced"),
        "suspension_circulated_by_depositary": _("Announcement circulated by the depositary"),
    }
    opening = "objection_to_suspension_by_"
    if code.startswith(opening):
        return _("Objection to the suspension announced by {state}").format(
            state=i18n.the_state(code[len(opening) :])
        )
    return known.get(code, code)


def withdrawals_title(n: int, as_of: date) -> str:
    return ngettext(
        "{n} withdrawal had taken effect by {date}", "{n} withdrawals had taken effect by {date}", n
    ).format(n=number(n), date=day(as_of))


def withdrawals_notes(later: pd.DataFrame) -> tuple[str, ...]:
    """Withdrawals among the acts that count only later."""
    return tuple(
        _(
            "{state}, {instrument}: the data know of a withdrawal that counts from {date}, after the day on which the depositary’s lists were read."
        ).format(state=state(row.iso3), instrument=short(row.instrument), date=day(row.counts_from))
        for row in later[later["effect"] == "leaves"].itertuples(index=False)
    )


# --- joining over time -----------------------------------------------------------------


def joining_kicker(first: int, last: int) -> str:
    return _("States Parties to each instrument, day by day, {first}–{last}").format(first=first, last=last)


def joining_finding(counts: pd.Series, left: int, end: date) -> str:
    return ngettext(
        "By {date}, the depositary counted {ccm} States as parties to the CCM, {apmbc} to the APMBC and {crpd} to the CRPD; {n} withdrawal had taken effect",
        "By {date}, the depositary counted {ccm} States as parties to the CCM, {apmbc} to the APMBC and {crpd} to the CRPD; {n} withdrawals had taken effect",
        left,
    ).format(
        date=day(end),
        ccm=number(counts["CCM"]),
        apmbc=number(counts["APMBC"]),
        crpd=number(counts["CRPD"]),
        n=number(left),
    )


def joining_alt(kicker: str, title: str, counts: pd.Series) -> str:
    last = listing([f"{short(instrument)} {number(n)}" for instrument, n in counts.items()])
    return _("{kicker}. {title}. Last values: {values}.").format(kicker=kicker, title=title, values=last)


def joining_notes(counts: pd.Series, starts: pd.DataFrame) -> tuple[str, ...]:
    without = [
        short(instrument) for instrument in counts.index if instrument not in set(starts["instrument"])
    ]
    said = [
        _("States only: the European Union, a party to the CRPD, is not counted."),
        _("An act known to the year only counts from the last day of that year."),
    ]
    if without:
        said.append(
            _(
                "No date of entry into force by the last day shown was found in the sources for: {names}."
            ).format(names=listing(without))
        )
    return tuple(said)


# --- survivors under the APMBC, and Protocol V -----------------------------------------


def survivors_title(both: int, only: int, other: int) -> str:
    """`both` named and with Article 5 obligations, `only` with these, `other` only named."""
    return ngettext(
        "Sources name {n} State for significant numbers of mine survivors, {both} among the {all} with CCM Article 5 obligations",
        "Sources name {n} States for significant numbers of mine survivors, {both} of them among the {all} with CCM Article 5 obligations",
        both + other,
    ).format(n=number(both + other), both=number(both), all=number(both + only))


def survivors_how(newest: str) -> str:
    how = _(
        "Alphabetical within each part. The newest evidence found gives date and wording; sources word it differently."
    )
    if not newest:
        return how
    return " ".join([how, _("The most recent of all is of {date}.").format(date=day(newest))])


def survivors_notes() -> tuple[str, ...]:
    return (
        _("The lists of meetings name speakers only: a State absent there may still hold the responsibility."),
        _("No evidence found is not “no responsibility”."),
        _("Standing under both conventions is that of the day on which the depositary’s lists were read."),
    )


def survivors_missing(only: int) -> str:
    return ngettext(
        "No evidence was found for {n} State with Article 5 obligations", "No evidence was found for {n} States with Article 5 obligations", only
    ).format(n=number(only))  # fmt: skip


def survivor_parts() -> dict[str, str]:
    """The parts of the table of survivors, in order."""
    return {
        "both": _("Named under the APMBC, and with CCM Article 5 obligations"),
        "article_5": _("With CCM Article 5 obligations; no evidence found under the APMBC"),
        "apmbc": _("Named under the APMBC; not on the work plan’s list of States with Article 5 obligations"),
    }


def protocol_v_title(presented: int) -> str:
    return ngettext(
        "Under Protocol V, the documents read show {n} State presenting its victim assistance",
        "Under Protocol V, the documents read show {n} States presenting their victim assistance",
        presented,
    ).format(n=number(presented))
