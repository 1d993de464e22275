"""The sentences of the panels: finding, how to read them, notes, what is missing."""

import textwrap

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.shared import by_name, cause_name
from dialogue.views.view import plain
from dialogue.words import i18n
from dialogue.words.i18n import _, label, ngettext, number

ALL, TWELVE = "all", "twelve"


def heading(weapon: str, cause: str) -> str:
    """What the casualties are of: “Cluster munitions, attacks”."""
    name = label("weapon", weapon)
    return name if cause == "all" else f"{name}, {cause_name(cause).lower()}"


def kicker(heading: str, first: int, last: int) -> str:
    return _("{what}: casualties by State and year, persons killed or injured, {first}–{last}").format(
        what=heading, first=first, last=last
    )


def title(rows: pd.DataFrame, weapon: str, cause: str, last: int) -> str:
    """What is known of the latest year: how many have a number, how many only a mention."""
    monitor = rows[rows["publisher_kind"] == "monitor"]
    # a recorded zero is a figure, but not a State with casualties
    latest = monitor[(monitor["year"] == last) & ~monitor["drawn"].eq(0).fillna(False)]
    number_known = latest[latest["basis"] != "named"]
    if weapon == "mine_erw" or not len(latest):
        known = monitor[monitor["basis"] != "named"]
        return _("Casualty figures by year were found for {counted}").format(counted=_counted(known))
    found = number_known["iso3"].nunique()
    what = {
        "all": _("For {year}, the Monitor names {named} with cluster munition casualties"),
        "attack": _("For {year}, the Monitor names {named} with casualties of cluster munition attacks"),
        "remnant": _("For {year}, the Monitor names {named} with casualties of cluster munition remnants"),
    }[cause].format(year=last, named=_counted(latest))
    if not found:
        return _("{what}; a number was found for none of them").format(what=what)
    if found == latest["iso3"].nunique():
        return _("{what}; the number is known").format(what=what)
    return _("{what}; a number was found for {n} of them").format(what=what, n=number(found))


def _counted(rows: pd.DataFrame) -> str:
    """“Two States and one area”."""
    areas = rows[rows["region"].isna()]["iso3"].nunique()
    states = rows["iso3"].nunique() - areas
    said = []
    if states or not areas:
        said.append(ngettext("{n} State", "{n} States", states).format(n=number(states)))
    if areas:
        said.append(ngettext("{n} other area", "{n} other areas", areas).format(n=number(areas)))
    return i18n.listing(said)


def how(own_scale: bool, weapon: str, cause: str) -> str:
    scale = (
        _("Every panel has its own scale: compare years within a State, not States.")
        if own_scale
        else _(
            "All panels share one scale; the highest figure is written out, the latest where there is room."
        )
    )
    if weapon == "mine_erw" or cause != "all":
        return _("{scale} Grey years: no figure found, which is not zero.").format(scale=scale)
    return _(
        "{scale} Grey years: no figure found, which is not zero. A bar of attacks or remnants alone: no total was found."
    ).format(scale=scale)


def alt(rows: pd.DataFrame) -> str:
    return _("One panel each for {names}.").format(
        names=i18n.listing([i18n.state(iso3) for iso3 in by_name(rows["iso3"])])
    )


def missing(rows: pd.DataFrame, group: str) -> str:
    states = rows[rows["region"].notna()]["iso3"].nunique()
    total = len(queries.run("states_in_group", group=group))
    return _("No figure and no mention found: {n} of {all} States").format(
        n=number(total - states), all=number(total)
    )


def publishers(rows: pd.DataFrame) -> str:
    if set(rows["publisher_kind"]) - {"monitor"}:
        return _("Landmine and Cluster Munition Monitor, and other publishers where marked")
    return _("Landmine and Cluster Munition Monitor, latest edition for each figure")


def caveats(rows: pd.DataFrame, weapon: str, publisher: str, group: str) -> tuple[str, ...]:
    notes = [
        _("The figure of the latest edition is shown; the table lists what other editions or sources print."),
        _(
            "“Named without a number”: an edition names the State for that year, and no number was found. It is neither zero nor nothing."
        ),
        _("The States shown do not add up to the world total: not every State's figure is public."),
    ]
    if weapon == "mine_erw":
        notes.append(
            _(
                "Mine and ERW casualties include those of cluster munition remnants, not those of attacks: never add the two."
            )
        )
    if publisher == "any":
        notes.append(
            _(
                "Figures of States, the United Nations and others stand beside the Monitor's and never in its series. Those of the Lao People's Democratic Republic since 2018 count all unexploded ordnance."
            )
        )
    notes += shared.area_notes(rows["iso3"])
    if group not in (ALL, TWELVE):
        notes.append(_("Areas that are not States belong to no region here; they are shown under “All”."))
    return tuple(notes)


def hover(row) -> str:
    """Year, figures and edition; whose panel it is stands above it."""
    edition = plain(textwrap.shorten(row.edition, 26, placeholder="…"))
    whose = "" if row.publisher_kind == "monitor" else f", {label('publisher_kind', row.publisher_kind)}"
    return f"{row.year}: {shared.counts(row)}<br>{edition}{whose}"
