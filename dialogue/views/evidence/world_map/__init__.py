"""Maps of States: lists of affected States, casualties, membership of an instrument.

What a State is marked with is decided in the queries.

May use: `views` beside it and the rooms below. Open first: `words.py` for what a map says,
`figure.py` for how it is drawn, `table.py` for its rows and its twin in words.
"""

from collections.abc import Mapping
from datetime import date

from dialogue.snapshot import queries, reader
from dialogue.tables import geo
from dialogue.views import shared
from dialogue.views.evidence.world_map import figure, table, words
from dialogue.views.evidence.world_map.table import (
    INSTRUMENTS,
    changes,
    is_step,
    regions,
    states,
    steps,
    years,
)
from dialogue.views.evidence.world_map.words import disclaimer, groups
from dialogue.views.shared import records
from dialogue.views.view import LINE, View, kept, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, number

__all__ = [
    "INSTRUMENTS", "all_time", "changes", "differences", "disclaimer", "groups", "happened", "is_step", "membership",
    "obligations", "picked", "regions", "small", "states", "steps", "victims", "years",
]  # fmt: skip

WIDE_LINE = 105  # characters of the source line on a wide screen
NOT_WIDE = ("narrow", "medium")  # where a map has another source line and fewer numbers
PLACES = {"region": regions, "chosen": lambda: ["", *states()]}


@kept(widths=NOT_WIDE, allowed=PLACES)
def obligations(region: str = "world", chosen: str = "") -> View:
    """States that lists name as having cluster munition victims. `chosen` is outlined."""
    rows = queries.run("map_obligations")
    of = dict(zip(rows["iso3"], rows["mark"], strict=True))
    listed = {row.iso3: words.named_in(row.lists) for row in records(rows)}
    return _view(
        "map_obligations", figure.draw(figure.obligation_marks(), of, listed, region=region, chosen=chosen),
        _("States named as having cluster munition victims, by the lists that name them"),
        words.obligations_title(rows), words.obligations_how(), region, rows, table.obligation_table(rows),
        tables=("obligation_lists", "obligation_list_notes"),
        sources=[*rows["source_id"], *rows["note_source_id"]],
        short=[label("obligation_list", code) for code in dict.fromkeys(" ".join(rows["lists"]).split())],
        notes=(_("A list names States; it does not say how many victims live there."),),
        unnamed=words.on_no_list(len(of)),
    )  # fmt: skip


@kept
def differences() -> View:
    """Why the lists of affected States differ: one row a State, one column a list."""
    rows = queries.run("map_obligations")
    named = {row.iso3: row.lists.split() for row in records(rows)}
    lists = [code for code in i18n.codes("obligation_list") if any(code in found for found in named.values())]
    # signatories stand on a list of their own; all other lists are of States Parties
    of_parties = {code for code in lists if code != "monitor_2012_signatories"}
    differing = rows[[not of_parties <= set(named[iso3]) for iso3 in rows["iso3"]]]
    title = words.differences_title(len(differing))
    return View(
        key="lists", kicker=_("Lists of States with cluster munition victims, compared"), title=title,
        how=_("One row for each State that at least one list of States Parties leaves out."),
        figure=None, alt=title, data=differing, table=table.differences_table(differing, lists, named),
        tables=("obligation_lists", "obligation_list_notes"),
        source_ids=shared.cited(queries.run("obligation_lists")["source_id"], rows["note_source_id"]),
        as_of=shared.as_of(),
        notes=(_("Lists were made at different times, when other States were party to the Convention."),),
    )  # fmt: skip


@kept(widths=NOT_WIDE, usual={"year": lambda: years()[-1]}, allowed={"year": years, **PLACES})
def victims(year: int | None = None, region: str = "world", chosen: str = "") -> View:
    """Cluster munition casualties by State in one year (the newest), as the Monitor publishes them."""
    rows = queries.run("map_casualties", year=year)
    found = rows[rows["place"] == "state"]
    of = {row.iso3: figure.class_of(row.count) if row.mark == "total" else row.mark for row in records(found)}
    texts = {row.iso3: words.casualty_text(row) for row in records(found)}
    numbers = {
        row.iso3: number(row.count, row.count_type) for row in records(found) if row.mark in ("total", "zero")
    }
    world = queries.run("casualties_world", weapon="cluster_munition", cause="all")
    world = world[world["year"] == year]
    editions = [*found["edition"].dropna().unique(), *world["edition"]]
    return _view(
        "map_victims", figure.draw(figure.victim_marks(), of, texts, region=region, chosen=chosen, numbers=numbers),
        _("Cluster munition casualties by State, persons killed or injured in {year}").format(year=year),
        words.victims_title(year, found, world), shared.with_newer(words.victims_how(), "cmm"), region, table.with_all_states(rows),
        table.casualty_table(rows), tables=("casualties", "casualty_names"),
        sources=[*rows["source_id"], *rows["part_source_id"], *world["source_id"]],
        short=sorted({words.monitor(edition) for edition in editions}) or [_("no figure found")],
        notes=words.victims_notes(rows), unnamed=words.no_information(len(of)),
    )  # fmt: skip


@kept(widths=NOT_WIDE, allowed=PLACES)
def all_time(region: str = "world", chosen: str = "") -> View:
    """Casualties recorded over all years, the newest edition found for each State."""
    rows = queries.run("map_all_time")
    found, world = rows[rows["place"] == "state"], rows[rows["place"] == "world"]
    of = {row.iso3: figure.class_of(row.count) if row.mark == "total" else row.mark for row in records(found)}
    texts = {row.iso3: words.all_time_text(row) for row in records(found)}
    totals = [row for row in records(found) if row.mark == "total"]
    numbers = {row.iso3: number(row.count, row.count_type) for row in totals}
    return _view(
        "map_all_time", figure.draw(figure.all_time_marks(), of, texts, region=region, chosen=chosen, numbers=numbers),
        _("Cluster munition casualties recorded over all years by State, persons killed or injured"),
        words.all_time_title(len(totals), world), shared.with_newer(words.all_time_how(), "cmm"), region, table.with_all_states(rows),
        table.all_time_table(rows), tables=("casualty_totals",),
        sources=[*rows["source_id"], *rows["estimate_source_id"]],
        short=[_("Cluster Munition Monitor and country profiles, newest edition found for each State")],
        notes=words.all_time_notes(rows, world), unnamed=words.no_information(len(of)),
    )  # fmt: skip


@kept(
    widths=NOT_WIDE, usual={"on": shared.treaty_day}, allowed={"instrument": lambda: INSTRUMENTS, "on": table.days, **PLACES}
)
def membership(instrument: str = "CCM", on: date | None = None, region: str = "world", chosen: str = "") -> View:
    """Standing of every State under an instrument on a day (usually that of the depositary's lists), and who joined or left in its year."""
    rows = queries.run("treaty_status", instrument=instrument, as_of=on)
    of = {row.iso3: row.status for row in records(rows) if row.status != "not_party"}
    texts = {row.iso3: day(row.since) for row in records(rows) if row.status != "not_party"}
    joined, left = changes(instrument, on)
    drawn = figure.draw(
        figure.treaty_marks(), of, texts, region=region, chosen=chosen, outlined=[*joined, *left],
        outlined_name=_("Joined or left in {year}").format(year=on.year),
    )  # fmt: skip
    name, when = label("instrument", instrument), day(on)
    kicker = _("{instrument}: standing of {n} States on {date}").format(
        instrument=name, n=number(len(rows)), date=when
    )
    return _view(
        "map_membership", drawn, kicker, words.membership_title(name, when, rows), words.membership_how(), region, rows,
        table.membership_table(rows), tables=("treaty_actions",), sources=rows["source_id"],
        short=[_("Depositary of the United Nations and other sources, listed under “Sources and notes”")],
        notes=words.membership_notes(on, joined, left), unnamed="", read=on,
    )  # fmt: skip


@kept
def small() -> View:
    """The States that the work plan names, on a map without numbers, for the overview."""
    rows = queries.run("map_obligations")
    rows = rows[rows["mark"] == "work_plan"]
    mark, *_rest, rest = figure.obligation_marks()
    texts = {iso3: mark.name for iso3 in rows["iso3"]}
    drawn = figure.draw([mark, rest], dict.fromkeys(rows["iso3"], mark.code), texts)
    drawn.update_layout(height=figure.SMALL)
    names = i18n.listing(sorted(i18n.state(iso3) for iso3 in rows["iso3"]))
    return _view(
        "map_small", drawn, _("States Parties that the work plan names as having obligations under Article 5"),
        words.small_title(len(rows)), _("Dark: {names}.").format(names=names), "world", rows, table.obligation_table(rows),
        tables=("obligation_lists",), sources=rows["source_id"], short=[label("obligation_list", "work_plan_2024")],
        notes=(_("Other lists name other States: see “Affected States”."),), unnamed="", line=LINE,
    )  # fmt: skip


def happened(instrument: str, on: date) -> list[str]:
    """Who joined and who left in the year of `on`, as sentences."""
    return list(words.changes_notes(on, *changes(instrument, on)))


def picked(event: Mapping) -> str:
    """The code of the State that a selection on a map names, "" for none."""
    points = (event or {}).get("selection", {}).get("points", [])
    for point in points:
        code = str(point.get("location") or point.get("id") or "")
        code = geo.layer().parts.get(code, code)
        if code in geo.points():
            return code
    return ""


def _view(key, drawn, kicker, title, how, region, data, twin, *, tables, sources, short, notes, unnamed, line=0, read=None) -> View:
    """A map with everything around it; `line`: characters of its source line, else as many as the screen has room for; `read`: the day it shows, where that is not the day of the data."""
    if region != "world":  # a section of the same map: figures and counts stay those of the world
        kicker = _("{kicker} (section shown: {region})").format(kicker=kicker, region=label("region", region))
    # the full line stands below the map; this one goes with a downloaded image
    short_disclaimer = _("Borders and names express no view on legal status")
    length = line or (WIDE_LINE if figure.wide() else LINE)
    sign(drawn, f"{kicker}. {short_disclaimer}", short, day(read or reader.snapshot().as_of), line_length=length)
    return View(
        key=key, kicker=kicker, title=title, how=how, figure=drawn, alt=f"{_('Map')}. {kicker}. {title}.",
        data=data, table=twin, tables=tuple(tables), source_ids=shared.cited(sources), as_of=str(read or shared.as_of()),
        missing=unnamed, notes=tuple(notes),
        config={"modeBarButtonsToRemove": ["select2d", "lasso2d", "hoverClosestGeo"]},
    )  # fmt: skip
