"""The sentences on who the victims are: shares, and the four States of guiding question (g)."""

import textwrap

import pandas as pd

from dialogue.views.view import plain
from dialogue.words import i18n
from dialogue.words.i18n import _, label, ngettext, number, semicolons

WORLD = "WLD"
WHO = ("civilian", "child", "female", "male")


# --- shares ----------------------------------------------------------------------------


def who_name(who: str) -> str:
    return {
        "civilian": _("Civilians"),
        "child": _("Children"),
        "female": _("Women and girls"),
        "male": _("Men and boys"),
    }[who]


def of_whom_name(of_whom: str) -> str:
    return {
        "casualties": _("of casualties"),
        "remnants": _("of casualties of remnants"),
        "civilians": _("of civilian casualties"),
    }[of_whom]


def known_of(known: str | None) -> str:
    return {
        "age": _("whose age was recorded"),
        "sex": _("whose sex was recorded"),
        "age_sex": _("whose age and sex were recorded"),
        "status": _("whose status was recorded"),
        "details": _("whose details were known"),
    }.get(known, "")


def share_name(row) -> str:
    return " ".join(part for part in (who_name(row.who), of_whom_name(row.of_whom), known_of(row.known)) if part)


def percent_of(value: float) -> str:
    return i18n.percent(float(value) / 100, 0 if float(value).is_integer() else 1)


def shares_title(rows: pd.DataFrame, weapon: str, iso3: str) -> str:
    year = int(rows["year"].max())
    latest = rows[rows["year"] == year]
    parts = []
    for who in WHO:
        # the share whose base nobody contradicts, of all casualties first
        found = latest[latest["who"] == who].sort_values(["base_differs", "of_whom"])
        if not len(found):
            continue
        row = next(found.itertuples())
        if row.base_differs:
            base = _("of a base that sources word differently")
        else:
            base = f"{of_whom_name(row.of_whom)} {known_of(row.known)}".strip()
        told = _("{who} were {percent}").format(who=who_name(who).lower(), percent=percent_of(row.percent))
        plain_base = row.of_whom == "casualties" and not row.known and not row.base_differs
        parts.append(told if plain_base else f"{told}, {base}")
    if weapon == "cluster_munition":
        said = _("Among cluster munition casualties of {year}, {shares}") if iso3 == WORLD else _("Among cluster munition casualties {in_state} of {year}, {shares}")
    else:
        said = _("Among mine and ERW casualties of {year}, {shares}") if iso3 == WORLD else _("Among mine and ERW casualties {in_state} of {year}, {shares}")
    return said.format(in_state=i18n.in_state(iso3), year=year, shares=semicolons(parts[:2]))


def shares_kicker(weapon: str, iso3: str) -> str:
    return _("{weapon}, {place}: shares of the persons killed or injured, per cent").format(
        weapon=label("weapon", weapon), place=i18n.state(iso3)
    )


def shares_how() -> str:
    return _(
        "Each row has its own base, written beside it. * only those whose age, sex, status or details were recorded. "
        "Outlined: sources word the base differently. Grey: no figure found."
    )


def shares_notes(rows: pd.DataFrame) -> tuple[str, ...]:
    return (
        _("Percentages are shown as published, the latest edition for each year. They are never averaged, and shares with different bases are never compared or joined."),
        _("Shares of cluster munition casualties and of mine and ERW casualties come from different series and are kept apart."),
        *sorted({f"{row.year}, {share_name(row)}: {row.note}" for row in rows.itertuples() if row.note}),
    )  # fmt: skip


def share_hover(row) -> str:
    lines = [f"<b>{row.year}: {percent_of(row.percent)}</b>", plain(share_name(row))]
    if row.base:
        lines.append(_("base as printed: {base}").format(base=plain(row.base)))
    if row.base_differs:
        lines.append(_("sources word the base differently"))
    return "<br>".join([*lines, plain(textwrap.shorten(row.edition, 44, placeholder="…"))])


# --- question (g) ----------------------------------------------------------------------


def aspect_name(aspect: str) -> str:
    """Name what may be known of new victims."""
    return {
        "number": _("Number"),
        "number_all": _("Number, all ordnance"),
        "cause": _("Cause"),
        "sex": _("Sex"),
        "age": _("Age"),
        "status": _("Civilian or not"),
        "activity": _("Activity"),
    }[aspect]


def known_name(known: str) -> str:
    """Say how something is known."""
    return {
        "cluster_munition": _("Found for cluster munitions"),
        "not_split": _("Found with other ordnance, not split"),
        "named": _("Named without a number"),
        "incident": _("Single events only"),
        "not_named": _("Not among the States named"),
        "none": _("No information found"),
    }[known]


def four_kicker(states: list[str], first: int, last: int) -> str:
    return _("New victims {in_states}: what is known, {first}–{last}").format(in_states=i18n.in_states(states), first=first, last=last)


def four_title(rows: pd.DataFrame, states: int) -> str:
    numbers = rows[rows["aspect"] == "number"]
    recorded = numbers[numbers["known"].isin(["named", "cluster_munition"])]
    if not len(recorded):
        return _("No new victims of cluster munitions were found for these States")
    year = int(recorded["year"].max())
    latest = recorded[recorded["year"] == year]
    counted = int((latest["known"] == "cluster_munition").sum())
    if len(latest) == states:
        said = (
            _("For {year}, new victims of cluster munition remnants are recorded in all {all} States that question (g) names; a number was found for {counted}")
            if counted
            else _("For {year}, new victims of cluster munition remnants are recorded in all {all} States that question (g) names; a number was found for none of them")
        )
    else:
        said = (
            _("For {year}, new victims of cluster munition remnants are recorded in {n} of the {all} States that question (g) names; a number was found for {counted}")
            if counted
            else _("For {year}, new victims of cluster munition remnants are recorded in {n} of the {all} States that question (g) names; a number was found for none of them")
        )
    return said.format(year=year, n=number(len(latest)), all=number(states), counted=number(counted))


def remnants_only(attacks: int) -> str:
    told = (
        _("Every text seen that names cluster munitions here speaks of remnants, none of attacks.")
        if not attacks
        else ngettext("{n} statement speaks of attacks.", "{n} statements speak of attacks.", attacks).format(
            n=attacks
        )
    )
    return _("{told} Grey: no information found, which is not zero.").format(told=told)


def four_notes() -> tuple[str, ...]:
    return (
        _("The work plan notes that all new victims of these States appear to have been injured by cluster munition remnants. The Monitor's texts seen name remnants, too."),
        _("Single events are shown one by one and never summed: nobody knows how many others there were."),
        _("Figures “not split” count all mines and explosive ordnance, or all unexploded ordnance in the Lao People's Democratic Republic: how many were caused by cluster munitions is not known."),
        _("“Not among the States named”: the list of the edition does not name the State. That is not a recorded zero."),
    )  # fmt: skip


def kind(row) -> str:
    """What a statement counts."""
    if row.kind == "incident":
        return _("Single event")
    if row.kind in ("named", "not_named"):
        return known_name(row.kind)
    return (
        _("Cluster munition remnants")
        if row.series == "cluster_munition"
        else _("Not split by cluster munition")
    )
