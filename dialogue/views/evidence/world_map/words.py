"""The sentences of the maps: findings, how to read them, notes, names of marks, a map in words."""

import re
from datetime import date
from html import escape

import pandas as pd

from dialogue.snapshot import queries
from dialogue.tables import geo
from dialogue.views.shared import area_notes, joined, known, records
from dialogue.views.view import View
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, ngettext, number

NO_INFORMATION = "no_information"
STANDINGS = ("state_party", "signatory", "withdrawn", "not_party")
# Classes of casualties: lower ends. Powers of ten, the same in every year, so that maps compare.
CLASSES = (1, 10, 100, 1000)
MANY = 40  # States that the map in words does not list


# --- names of marks --------------------------------------------------------------------


def mark_names(key: str) -> dict[str, str]:
    """What the marks of a map are called, by its key."""
    if key == "map_membership":
        return {code: label("treaty_status", code) for code in STANDINGS}
    names = {
        "total": _("Number published"),
        "zero": _("0, as published"),
        "part": _("Attacks or remnants only"),
        "named": _("Named without a number"),
        "other": _("Not a Monitor figure"),
        NO_INFORMATION: _("No information found"),
    }
    if key == "map_all_time":
        return names | {"part": _("One cause or period only"), "total": _("All-time total")}
    if key == "map_obligations":
        return names | {
            "work_plan": label("obligation_list", "work_plan_2024"),
            "other_list": _("Other lists only"),
            "signatory_list": _("2012 list of signatories only"),
            NO_INFORMATION: _("On none of the lists"),
        }
    return names


def class_names() -> list[str]:
    """“1–9”, …, “1,000 or more”."""
    closed = [
        f"{number(lowest)}–{number(above - 1)}" for lowest, above in zip(CLASSES, CLASSES[1:], strict=False)
    ]
    return [*closed, _("{n} or more").format(n=number(CLASSES[-1]))]


# --- findings --------------------------------------------------------------------------


def obligations_title(rows: pd.DataFrame) -> str:
    newest, others = int((rows["mark"] == "work_plan").sum()), int((rows["mark"] != "work_plan").sum())
    return joined(
        ngettext(
            "The work plan names {n} State Party with obligations under Article 5",
            "The work plan names {n} States Parties with obligations under Article 5",
            newest,
        ).format(n=number(newest)),
        ngettext("other lists name {n} more State", "other lists name {n} more States", others).format(
            n=number(others)
        ),
    )


def small_title(n: int) -> str:
    return ngettext(
        "The work plan names {n} State Party with obligations under Article 5",
        "The work plan names {n} States Parties with obligations under Article 5",
        n,
    ).format(n=number(n))


def differences_title(n: int) -> str:
    return ngettext("The lists differ on {n} State", "The lists differ on {n} States", n).format(n=number(n))


def victims_title(year: int, states: pd.DataFrame, world: pd.DataFrame) -> str:
    figures = int(states["mark"].isin(["total", "zero", "part"]).sum())
    named = int((states["mark"] == "named").sum())
    if world.empty:
        first = _("No worldwide total was found for {year}").format(year=year)
    else:
        row = next(records(world))
        first = ngettext(
            "{n} casualty was recorded worldwide in {year}",
            "{n} casualties were recorded worldwide in {year}",
            row.count,
        ).format(n=number(row.count, row.count_type), year=year)
    second = (
        ngettext("a figure was found for {n} State", "a figure was found for {n} States", figures).format(
            n=number(figures)
        )
        if figures
        else _("no State’s figure was found")
    )
    if named:
        second = _("{figures}, and {named}").format(
            figures=second,
            named=ngettext(
                "{n} more is named without a number", "{n} more are named without a number", named
            ).format(n=number(named)),
        )
    return joined(first, second)


def all_time_title(totals: int, world: pd.DataFrame) -> str:
    found = ngettext(
        "an all-time total was found for {n} State", "an all-time total was found for {n} States", totals
    ).format(n=number(totals))
    if world.empty:
        return joined(_("No worldwide total was found"), found)
    one = next(records(world))
    return joined(
        _("{n} casualties had been recorded worldwide by the end of {year}").format(
            n=number(one.count, one.count_type), year=period(one.period_end)
        ),
        found,
    )


def membership_title(name: str, when: str, rows: pd.DataFrame) -> str:
    n = {code: int((rows["status"] == code).sum()) for code in ("state_party", "signatory", "withdrawn")}
    parties, signatories, withdrawn = n.values()
    parts = [ngettext("{n} State Party", "{n} States Parties", parties).format(n=number(parties))]
    if signatories:
        parts.append(ngettext("{n} signatory", "{n} signatories", signatories).format(n=number(signatories)))
    if withdrawn:
        parts.append(ngettext("{n} withdrawal", "{n} withdrawals", withdrawn).format(n=number(withdrawn)))
    return _("{instrument} on {date}: {counts}").format(
        instrument=name, date=when, counts=i18n.listing(parts)
    )


# --- on one State ----------------------------------------------------------------------


def named_in(lists: str) -> str:
    """In how many of some lists, written with spaces between, a State is named."""
    n = len(lists.split())
    return ngettext("named in {n} list", "named in {n} lists", n).format(n=number(n))


def casualty_text(row) -> str:
    """What was found for a State in a year, for hover and lists."""
    if row.mark in ("total", "zero"):
        return _("{n} killed or injured ({edition})").format(
            n=number(row.count, row.count_type), edition=row.edition
        )
    if row.mark == "named":
        return _("named without a number ({edition})").format(edition=row.edition)
    return _("{parts}; no figure for both ({edition})").format(parts=_parts(row), edition=row.edition)


def _parts(row) -> str:
    parts = []
    if known(row.attack):
        parts.append(_("{n} in attacks").format(n=number(row.attack, row.attack_type)))
    if known(row.remnant):
        parts.append(_("{n} by remnants").format(n=number(row.remnant, row.remnant_type)))
    return i18n.listing(parts)


def all_time_text(row) -> str:
    """What was found for a State over all years, for hover."""
    return _("{n}: {measure}, to {end} ({edition})").format(
        n=number(row.count, row.count_type), measure=row.measure, end=period(row.period_end), edition=row.edition
    )


def _name_with_figure(row) -> str:
    name = i18n.state(row.iso3)
    if getattr(row, "mark", "") in ("total", "other") or (
        getattr(row, "mark", "") == "part" and hasattr(row, "measure")
    ):
        return f"{name} {number(row.count, row.count_type)}"
    if getattr(row, "mark", "") == "part":
        return f"{name} ({_parts(row)})"
    return name


# --- how to read, what is missing, what holds ------------------------------------------


def obligations_how() -> str:
    return _(
        "Dark: named in the work plan. Symbols: named in other lists only. "
        "A State on none of the lists may still have victims."
    )


def victims_how() -> str:
    return _(
        "The darker, the more casualties the Monitor publishes for the State. "
        "Grey: no information found, which is not zero."
    )


def all_time_how() -> str:
    return _(
        "Newest edition found for each State; the periods differ. "
        "Grey: no information found, which is not zero."
    )


def membership_how() -> str:
    return _(
        "Colour gives the standing on the date; outlined: joined or left in that year. "
        "A State counts as party from its deposit."
    )


def no_information(found: int) -> str:
    n = len(queries.run("treaty_status", instrument="CCM")) - found
    return ngettext("No information found for {n} State", "No information found for {n} States", n).format(
        n=number(n)
    )


def on_no_list(found: int) -> str:
    n = len(queries.run("treaty_status", instrument="CCM")) - found
    return ngettext("{n} State is on none of the lists", "{n} States are on none of the lists", n).format(
        n=number(n)
    )


def changes_notes(on: date, joined_: list[str], left: list[str]) -> tuple[str, ...]:
    return tuple(
        text.format(year=on.year, states=i18n.listing(sorted(i18n.state(iso3) for iso3 in states)))
        for text, states in (
            (_("Joined in {year}: {states}."), joined_),
            (_("Left in {year}: {states}."), left),
        )
        if states
    )


def victims_notes(rows: pd.DataFrame) -> tuple[str, ...]:
    return (
        _("The State figures do not add up to the world total: not every State’s figure is public."),
        _("Figures of other publishers than the Monitor are not on this map."),
        *_area_note(rows),
    )


def all_time_notes(rows: pd.DataFrame, world: pd.DataFrame) -> tuple[str, ...]:
    return (
        _("Totals of different editions cover different years: they are neither added nor compared."),
        *_estimate_note(world),
        *_area_note(rows),
    )


def membership_notes(on: date, joined_: list[str], left: list[str]) -> tuple[str, ...]:
    return (
        _("A date known to the year or month only counts from its last day."),
        _("The European Union, party to the CRPD, is not a State and not on the map."),
        *changes_notes(on, joined_, left),
    )


def _estimate_note(world: pd.DataFrame) -> tuple[str, ...]:
    for row in records(world):
        if known(row.estimate):
            values = number(row.estimate)
            if known(row.estimate_high):
                values = f"{values}–{number(row.estimate_high)}"
            return (
                _(
                    "Estimates are kept apart from recorded casualties: the Monitor’s newest estimate found "
                    "for the world is {values} to the end of {end} ({edition})."
                ).format(values=values, end=period(row.estimate_end), edition=row.estimate_edition),
            )
    return ()


def _area_note(rows: pd.DataFrame) -> tuple[str, ...]:
    areas = sorted(i18n.state(iso3) for iso3 in rows.loc[rows["place"] == "area", "iso3"])
    if not areas:
        return ()
    text = _("Areas that the Monitor names beside States are in the table and not on the map: {areas}.")
    return (text.format(areas=i18n.listing(areas)), *area_notes(rows["iso3"]))


def monitor(edition: str) -> str:
    return (
        edition.replace("CMM ", _("Cluster Munition Monitor") + " ")
        if edition.startswith("CMM ")
        else edition
    )


def period(text: str | None) -> str:
    """A partial date in words; what is no date (“1990s”) as published."""
    return day(text) if text and re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else text or ""


# --- beside and below a map ------------------------------------------------------------


def groups(view: View) -> list[tuple[str, list[str]]]:
    """What a map shows in words: each mark with its States, in the order of the legend.

    A State's figure stands behind its name. Standings that most States share
    come with an empty list.
    """
    rows = view.data[view.data["iso3"].isin(geo.points())]
    column = "status" if "status" in rows else "mark"
    order = {
        "map_obligations": ["work_plan", "other_list", "signatory_list"],
        "map_membership": list(STANDINGS),
    }.get(view.key, ["total", "zero", "part", "named", "other", NO_INFORMATION])
    names = mark_names(view.key)
    found = []
    for code in order:
        chosen = rows[rows[column] == code]
        if chosen.empty:
            continue
        listed = [] if len(chosen) > MANY else sorted(_name_with_figure(row) for row in records(chosen))
        found.append((f"{names[code]} ({number(len(chosen))})", listed))
    return found


def disclaimer() -> str:
    """The line under every map, with the way to the notes on boundaries, as HTML."""
    text = _(
        "Borders, names and markings are for orientation only. They express no view on the legal status of "
        "any country, territory, city or area or its authorities, or on the course of its frontiers, and are "
        "neither endorsed nor accepted by the United Nations, the States Parties or the Convention’s "
        "Implementation Support Unit."
    )
    notes = _("Notes on boundaries")
    link = f'<a href="sources#boundaries" target="_self">{escape(notes)}</a>'
    return f'<p class="va-source">{escape(text)} {link}</p>'
