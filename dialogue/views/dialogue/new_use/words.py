"""What is said of new use and of those whom it harms."""

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.evidence import victims
from dialogue.words.i18n import _, ngettext, number


def attacks_title(world: pd.DataFrame, places: pd.DataFrame) -> str:
    latest = world.iloc[-1]
    named = places[places["year"] == latest["year"]]["iso3"].nunique()
    found = ngettext(
        "{n} casualty from attacks with cluster munitions was recorded in {year}",
        "{n} casualties from attacks with cluster munitions were recorded in {year}",
        int(latest["count"]),
    ).format(n=number(latest["count"], latest["count_type"]), year=latest["year"])
    if not named:
        return _("{found}; no State is named").format(found=found)
    standing = queries.run("treaty_status", instrument="CCM")
    standing = standing[standing["iso3"].isin(places[places["year"] == latest["year"]]["iso3"])]
    where = (
        ngettext("{found}, in {n} State", "{found}, in {n} States", named)
        if (standing["status"] == "state_party").any()
        else ngettext(
            "{found}, in {n} State that is not a State Party", "{found}, in {n} States that are not States Parties", named
        )
    )
    return where.format(found=found, n=number(named))


def parties() -> str:
    """How many of the States named for attacks are States Parties to the Convention."""
    named = set(queries.run("attacks_by_state")["iso3"])
    standing = queries.run("treaty_status", instrument="CCM")
    standing = standing[standing["iso3"].isin(named)]
    n = int((standing["status"] == "state_party").sum())
    if not n:
        return _(
            "No State Party to the Convention on Cluster Munitions is among the {all} States named for casualties from attacks."
        ).format(all=number(len(standing)))
    return ngettext(
        "Of the {all} States named for casualties from attacks, {n} is a State Party to the Convention on Cluster Munitions.",
        "Of the {all} States named for casualties from attacks, {n} are States Parties to the Convention on Cluster Munitions.",
        n,
    ).format(n=number(n), all=number(len(standing)))


def who_title(rows: pd.DataFrame) -> str:
    """The share of civilians among the casualties."""
    civilian = rows[(rows["who"] == "civilian") & (rows["of_whom"] == "casualties")]
    if len(civilian) and float(civilian["percent"].iloc[0]) == 100:
        return _("All casualties recorded in {year} were civilians").format(year=civilian["year"].iloc[0])
    return (
        _("Civilians were {share} of the casualties recorded in {year}").format(
            share=victims.percent_of(civilian["percent"].iloc[0]), year=civilian["year"].iloc[0]
        )
        if len(civilian)
        else _("No share of civilians was found")
    )


def attacks_notes(world: pd.DataFrame, unknown: pd.DataFrame) -> tuple[str, ...]:
    """What the figures of attacks do not hold; `unknown` are attacks of which no casualties are known."""
    return (
        _("A State is named where people were killed or injured: use is attributed to nobody here."),
        _("New use is seen here through its casualties: attacks in which nobody was recorded killed or injured do not show."),
        *(f"{row.edition}: {row.fact}: {row.value}." for row in unknown.itertuples()),
        *(
            _("{year}: a later edition prints another total for all causes ({total}, {edition}); its part for attacks was not found.").format(
                year=row.year, total=number(row.total), edition=row.total_edition
            )
            for row in world[world["revised"].astype(bool)].itertuples()
        ),
        _("A world total is never the sum of the States: not every State’s figure is public."),
        parties(),
    )
