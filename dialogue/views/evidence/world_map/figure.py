"""Maps of States: lists of affected States, casualties, membership of an instrument.

Every map is one figure: shapes by address, the state of each country as a
number, so that a rerun sends a few kilobytes and no geometry. What a State is
marked with is decided in the queries; here a mark gets its colour and sign.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import escape

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader
from dialogue.tables import geo
from dialogue.views import theme
from dialogue.views.addresses import geo_url
from dialogue.views.view import LINE, View, kept, plain, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, ngettext, number

HEIGHT = 640
SMALL = 360
NO_INFORMATION = "no_information"
INSTRUMENTS = ("CCM", "APMBC", "CCW", "CCW_PV", "CRPD", "CRPD_OP")

# Classes of casualties: lower ends. Powers of ten, the same in every year, so that maps compare.
CLASSES = (1, 10, 100, 1000)
# Fills of the classes; the faintest still reaches 3:1 against the paper.
RAMP = {
    "light": ("#7C91A6", "#56708A", "#33506C", "#14283B"),
    "dark": ("#5F7B96", "#86A3BE", "#B4CCE1", "#EAF3FA"),
}
PALE = {"light": "#C3D2E0", "dark": "#2F4A63"}
PARTIAL = {"light": "#E8C592", "dark": "#8A6430"}
# Numbers nearer to each other than these shares of the section's width would overlap.
CLEAR = {True: (1 / 28, 1 / 50), False: (1 / 9, 1 / 18)}  # on a wide screen, on a phone
WIDE_LINE = 105  # characters of the source line on a wide screen


@dataclass(frozen=True)
class Mark:
    """How States of one kind are drawn: fill, and a sign where colour alone would not do.

    `hover` is what the map says of such a State; “%{customdata}” stands for the State's own detail.
    """

    code: str
    name: str
    fill: str
    sign: str = ""
    hover: str = "%{customdata}"


@kept
def obligations(region: str = "world", chosen: str = "", wide: bool = False) -> View:
    """States that lists name as having cluster munition victims. `chosen` is outlined."""
    rows = queries.run("map_obligations")
    marks = _obligation_marks()
    listed = {}
    for row in _records(rows):
        n = len(row.lists.split())
        listed[row.iso3] = ngettext("named in {n} list", "named in {n} lists", n).format(n=number(n))
    of = dict(zip(rows["iso3"], rows["mark"], strict=True))
    kicker = _("States named as having cluster munition victims, by the lists that name them")
    figure = _figure(marks, of, listed, region=region, chosen=chosen)
    newest, others = int((rows["mark"] == "work_plan").sum()), int((rows["mark"] != "work_plan").sum())
    title = _joined(
        ngettext(
            "The work plan names {n} State Party with obligations under Article 5",
            "The work plan names {n} States Parties with obligations under Article 5",
            newest,
        ).format(n=number(newest)),
        ngettext("other lists name {n} more State", "other lists name {n} more States", others).format(
            n=number(others)
        ),
    )
    how = _(
        "Dark: named in the work plan. Signs: named in other lists only. "
        "A State on none of the lists may still have victims."
    )
    return _view(
        "map_obligations",
        figure,
        kicker,
        title,
        how,
        region,
        rows,
        _obligation_table(rows),
        tables=("obligation_lists", "obligation_list_notes"),
        sources=[*rows["source_id"], *rows["note_source_id"].dropna()],
        short=[label("obligation_list", code) for code in dict.fromkeys(" ".join(rows["lists"]).split())],
        notes=(_("A list names States; it does not say how many victims live there."),),
        unnamed=_on_no_list(len(of)),
        wide=wide,
    )


@kept
def differences() -> View:
    """Why the lists of affected States differ: one row a State, one column a list."""
    rows = queries.run("map_obligations")
    named = {row.iso3: row.lists.split() for row in _records(rows)}
    lists = [code for code in i18n.codes("obligation_list") if any(code in found for found in named.values())]
    # signatories stand on a list of their own; all other lists are of States Parties
    of_parties = {code for code in lists if code != "monitor_2012_signatories"}
    differing = rows[[not of_parties <= set(named[iso3]) for iso3 in rows["iso3"]]]
    columns = {_("State"): [i18n.state(iso3) for iso3 in differing["iso3"]]}
    for code in lists:
        columns[label("obligation_list", code)] = [
            _("named") if code in named[iso3] else "–" for iso3 in differing["iso3"]
        ]
    columns[_("Remark")] = [note or "" for note in differing["note"]]
    title = ngettext(
        "The lists differ on {n} State", "The lists differ on {n} States", len(differing)
    ).format(n=number(len(differing)))
    cited = queries.run("obligation_lists")["source_id"]
    return View(
        key="lists",
        kicker=_("Lists of States with cluster munition victims, compared"),
        title=title,
        how=_("One row for each State that at least one list of States Parties leaves out."),
        figure=None,
        alt=title,
        data=differing,
        table=_sorted(columns),
        tables=("obligation_lists", "obligation_list_notes"),
        source_ids=tuple(dict.fromkeys([*cited, *rows["note_source_id"].dropna()])),
        as_of=str(reader.snapshot().as_of),
        notes=(_("Lists were made at different times, when other States were party to the Convention."),),
    )


@kept
def victims(year: int, region: str = "world", chosen: str = "", wide: bool = False) -> View:
    """Cluster munition casualties by State in one year, as the Monitor publishes them."""
    rows = queries.run("map_casualties", year=year)
    states = rows[rows["place"] == "state"]
    of = {row.iso3: _class(row.count) if row.mark == "total" else row.mark for row in _records(states)}
    texts = {row.iso3: _casualty_text(row) for row in _records(states)}
    numbers = {
        row.iso3: number(row.count, row.count_type)
        for row in _records(states)
        if row.mark in ("total", "zero")
    }
    marks = _count_marks(
        (
            Mark("zero", _("0, as published"), PALE[theme.mode()], "circle"),
            Mark("part", _("Attacks or remnants only"), PARTIAL[theme.mode()], "diamond"),
            Mark("named", _("Named without a number"), PALE[theme.mode()], "circle-open"),
        )
    )
    figure = _figure(marks, of, texts, region=region, chosen=chosen, numbers=numbers, wide=wide)
    kicker = _("Cluster munition casualties by State, persons killed or injured in {year}").format(year=year)
    how = _(
        "The darker, the more casualties the Monitor publishes for the State. "
        "Grey: no information found, which is not zero."
    )
    world = queries.run("casualties_world", weapon="cluster_munition", cause="all")
    world = world[world["year"] == year]
    editions = [*states["edition"].dropna().unique(), *world["edition"]]
    return _view(
        "map_victims",
        figure,
        kicker,
        _victims_title(year, states, world),
        how,
        region,
        _with_all_states(rows),
        _casualty_table(rows),
        tables=("casualties", "casualty_names"),
        sources=[*rows["source_id"], *rows["part_source_id"].dropna(), *world["source_id"]],
        short=sorted({_monitor(edition) for edition in editions}) or [_("no figure found")],
        notes=(
            _("The State figures do not add up to the world total: not every State’s figure is public."),
            _("Figures of other publishers than the Monitor are not on this map."),
            *_area_note(rows),
        ),
        unnamed=_no_information(len(of)),
        wide=wide,
    )


@kept
def all_time(region: str = "world", chosen: str = "", wide: bool = False) -> View:
    """Casualties recorded over all years, the newest edition found for each State."""
    rows = queries.run("map_all_time")
    states = rows[rows["place"] == "state"]
    of = {row.iso3: _class(row.count) if row.mark == "total" else row.mark for row in _records(states)}
    texts = {
        row.iso3: _("{n}: {measure}, to {end} ({edition})").format(
            n=number(row.count, row.count_type),
            measure=row.measure,
            end=_period(row.period_end),
            edition=row.edition,
        )
        for row in _records(states)
    }
    numbers = {row.iso3: number(row.count, row.count_type) for row in _records(states) if row.mark == "total"}
    marks = _count_marks(
        (
            Mark("part", _("One cause or period only"), PARTIAL[theme.mode()], "diamond"),
            Mark("other", _("Not a Monitor figure"), PALE[theme.mode()], "square-open"),
        )
    )
    figure = _figure(marks, of, texts, region=region, chosen=chosen, numbers=numbers, wide=wide)
    kicker = _("Cluster munition casualties recorded over all years by State, persons killed or injured")
    totals = int((states["mark"] == "total").sum())
    found = ngettext(
        "an all-time total was found for {n} State", "an all-time total was found for {n} States", totals
    ).format(n=number(totals))
    world = rows[rows["place"] == "world"]
    if world.empty:
        title = _joined(_("No worldwide total was found"), found)
    else:
        one = next(_records(world))
        title = _joined(
            _("{n} casualties had been recorded worldwide by the end of {year}").format(
                n=number(one.count, one.count_type), year=_period(one.period_end)
            ),
            found,
        )
    how = _(
        "Newest edition found for each State; the periods differ. "
        "Grey: no information found, which is not zero."
    )
    return _view(
        "map_all_time",
        figure,
        kicker,
        title,
        how,
        region,
        _with_all_states(rows),
        _all_time_table(rows),
        tables=("casualty_totals",),
        sources=[*rows["source_id"], *rows["estimate_source_id"].dropna()],
        short=[_("Cluster Munition Monitor and country profiles, newest edition found for each State")],
        notes=(
            _("Totals of different editions cover different years: they are neither added nor compared."),
            *_estimate_note(world),
            *_area_note(rows),
        ),
        unnamed=_no_information(len(of)),
        wide=wide,
    )


@kept
def membership(instrument: str, on: str, region: str = "world", chosen: str = "", wide: bool = False) -> View:
    """Standing of every State under an instrument on a date (ISO), with who joined or left in that year."""
    rows = queries.run("treaty_status", instrument=instrument, as_of=on)
    of = {row.iso3: row.status for row in _records(rows) if row.status != "not_party"}
    texts = {row.iso3: day(row.since) for row in _records(rows) if row.status != "not_party"}
    joined, left = changes(instrument, on)
    marks = _treaty_marks()
    figure = _figure(
        marks,
        of,
        texts,
        region=region,
        chosen=chosen,
        outlined=[*joined, *left],
        outlined_name=_("Joined or left in {year}").format(year=on[:4]),
    )
    name, when = label("instrument", instrument), day(date.fromisoformat(on))
    kicker = _("{instrument}: standing of {n} States on {date}").format(
        instrument=name, n=number(len(rows)), date=when
    )
    how = _(
        "Colour gives the standing on the date; outlined: joined or left in that year. "
        "A State counts as party from its deposit."
    )
    cited = rows["source_id"].dropna()
    return _view(
        "map_membership",
        figure,
        kicker,
        _membership_title(name, when, rows),
        how,
        region,
        rows,
        _membership_table(rows),
        tables=("treaty_actions",),
        sources=cited,
        short=[_("Depositary of the United Nations and other sources, listed under “Sources and notes”")],
        notes=(
            _("A date known to the year or month only counts from its last day."),
            _("The European Union, party to the CRPD, is not a State and not on the map."),
            *_changes_notes(on, joined, left),
        ),
        unnamed="",
        wide=wide,
    )


@kept
def small() -> View:
    """The States that the work plan names, on a map without numbers, for the overview."""
    rows = queries.run("map_obligations")
    rows = rows[rows["mark"] == "work_plan"]
    mark, *_rest, rest = _obligation_marks()
    texts = {iso3: mark.name for iso3 in rows["iso3"]}
    figure = _figure([mark, rest], dict.fromkeys(rows["iso3"], mark.code), texts)
    figure.update_layout(height=SMALL)
    kicker = _("States Parties that the work plan names as having obligations under Article 5")
    names = i18n.listing(sorted(i18n.state(iso3) for iso3 in rows["iso3"]))
    title = ngettext(
        "{n} State Party has reported obligations to cluster munition victims",
        "{n} States Parties have reported obligations to cluster munition victims",
        len(rows),
    ).format(n=number(len(rows)))
    table = _obligation_table(rows)
    view = _view(
        "map_small",
        figure,
        kicker,
        title,
        _("Dark: {names}.").format(names=names),
        "world",
        rows,
        table,
        tables=("obligation_lists",),
        sources=rows["source_id"],
        short=[label("obligation_list", "work_plan_2024")],
        notes=(_("Other lists name other States: see “Affected States”."),),
        unnamed="",
    )
    return view


def changes(instrument: str, on: str) -> tuple[list[str], list[str]]:
    """Codes of the States that joined and that left in the year of `on`, up to that date."""
    last = date.fromisoformat(on)
    rows = queries.run("membership_changes", instrument=instrument)
    within = rows[[date(last.year, 1, 1) <= counted <= last for counted in rows["counts_from"]]]
    joined = within.loc[within["effect"] == "joins", "iso3"]
    left = within.loc[within["effect"] == "leaves", "iso3"]
    return sorted(set(joined)), sorted(set(left))


def steps(instrument: str, also: str = "") -> list[str]:
    """The dates of the slider: every year's end from the first act to the data's date, and `also`."""
    rows = queries.run("membership_changes", instrument=instrument)
    today = reader.snapshot().as_of
    first = min(rows["counts_from"], default=today).year
    dates = {date(year, 12, 31).isoformat() for year in range(first, today.year)} | {today.isoformat()}
    if also and is_step(instrument, also):
        dates.add(also)
    return sorted(dates)


def is_step(instrument: str, text: str) -> bool:
    """Whether a text is a date on which the instrument's membership can be shown."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return False
    rows = queries.run("membership_changes", instrument=instrument)
    first = min(rows["counts_from"], default=reader.snapshot().as_of)
    return len(text) == 10 and first - timedelta(days=366) <= asked <= reader.snapshot().as_of


def groups(view: View) -> list[tuple[str, list[str]]]:
    """What a map shows in words: each mark with its States, in the order of the legend.

    A State's figure stands behind its name. Standings that most States share
    come with an empty list.
    """
    rows = view.data[view.data["iso3"].isin(geo.points())]
    column = "status" if "status" in rows else "mark"
    order = {
        "map_obligations": ["work_plan", "other_list", "signatory_list"],
        "map_membership": ["state_party", "signatory", "withdrawn", "not_party"],
    }.get(view.key, ["total", "zero", "part", "named", "other", NO_INFORMATION])
    names = _group_names(view.key)
    found = []
    for code in order:
        chosen = rows[rows[column] == code]
        if chosen.empty:
            continue
        listed = [] if len(chosen) > 40 else sorted(_name_with_figure(row) for row in _records(chosen))
        found.append((f"{names[code]} ({number(len(chosen))})", listed))
    return found


def happened(instrument: str, on: str) -> list[str]:
    """Who joined and who left in the year of `on`, as sentences."""
    return list(_changes_notes(on, *changes(instrument, on)))


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


def picked(event: Mapping) -> str:
    """The code of the State that a selection on a map names, "" for none."""
    points = (event or {}).get("selection", {}).get("points", [])
    for point in points:
        code = str(point.get("location") or point.get("id") or "")
        code = geo.layer().parts.get(code, code)
        if code in geo.points():
            return code
    return ""


# --- marks ---------------------------------------------------------------------------


def _obligation_marks() -> list[Mark]:
    colours = theme.palette()
    return [
        Mark("work_plan", label("obligation_list", "work_plan_2024"), colours.treaty["state_party"]),
        Mark("other_list", _("Other lists only"), colours.treaty["signatory"], "circle"),
        Mark("signatory_list", _("2012 list of signatories only"), PALE[theme.mode()], "diamond-open"),
        Mark(NO_INFORMATION, _("On none of the lists"), colours.treaty["not_party"]),
    ]


def _count_marks(others: Iterable[Mark]) -> list[Mark]:
    ramp = RAMP[theme.mode()]
    marks = []
    for place, (lowest, fill) in enumerate(zip(CLASSES, ramp, strict=True)):
        if place + 1 < len(CLASSES):
            name = f"{number(lowest)}–{number(CLASSES[place + 1] - 1)}"
        else:
            name = _("{n} or more").format(n=number(lowest))
        marks.append(Mark(f"class_{place}", name, fill))
    return [
        *reversed(marks),
        *others,
        Mark(NO_INFORMATION, _("No information found"), theme.palette().treaty["not_party"]),
    ]


def _treaty_marks() -> list[Mark]:
    colours = theme.palette().treaty
    signs = {"withdrawn": "x"}
    return [
        Mark(
            code,
            label("treaty_status", code),
            colours[code],
            signs.get(code, ""),
            # sent once instead of once a State
            plain(
                _("{status} since {date}").format(status=label("treaty_status", code), date="%{customdata}")
            ),
        )
        for code in ("state_party", "signatory", "withdrawn", "not_party")
    ]


def _class(count: int) -> str:
    # "at least 0" is no published zero; it falls into the lowest class
    return f"class_{max(sum(count >= lowest for lowest in CLASSES) - 1, 0)}"


def _group_names(key: str) -> dict[str, str]:
    if key == "map_membership":
        return {
            code: label("treaty_status", code)
            for code in ("state_party", "signatory", "withdrawn", "not_party")
        }
    names = {mark.code: mark.name for mark in _obligation_marks()} if key == "map_obligations" else {}
    if key == "map_all_time":
        names = {"part": _("One cause or period only"), "total": _("All-time total")}
    return {
        "total": _("Number published"),
        "zero": _("0, as published"),
        "part": _("Attacks or remnants only"),
        "named": _("Named without a number"),
        "other": _("Not a Monitor figure"),
        NO_INFORMATION: _("No information found"),
        **names,
    }


# --- words ---------------------------------------------------------------------------


def _joined(first: str, second: str) -> str:
    return _("{first}; {second}").format(first=first, second=second)


def _no_information(found: int) -> str:
    n = len(queries.run("treaty_status", instrument="CCM")) - found
    return ngettext("No information found for {n} State", "No information found for {n} States", n).format(
        n=number(n)
    )


def _on_no_list(found: int) -> str:
    n = len(queries.run("treaty_status", instrument="CCM")) - found
    return ngettext("{n} State is on none of the lists", "{n} States are on none of the lists", n).format(
        n=number(n)
    )


def _monitor(edition: str) -> str:
    return (
        edition.replace("CMM ", _("Cluster Munition Monitor") + " ")
        if edition.startswith("CMM ")
        else edition
    )


def _casualty_text(row) -> str:
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
    if _known(row.attack):
        parts.append(_("{n} in attacks").format(n=number(row.attack, row.attack_type)))
    if _known(row.remnant):
        parts.append(_("{n} by remnants").format(n=number(row.remnant, row.remnant_type)))
    return i18n.listing(parts)


def _name_with_figure(row) -> str:
    name = i18n.state(row.iso3)
    if getattr(row, "mark", "") in ("total", "other") or (
        getattr(row, "mark", "") == "part" and hasattr(row, "measure")
    ):
        return f"{name} {number(row.count, row.count_type)}"
    if getattr(row, "mark", "") == "part":
        return f"{name} ({_parts(row)})"
    return name


def _victims_title(year: int, states: pd.DataFrame, world: pd.DataFrame) -> str:
    figures = int(states["mark"].isin(["total", "zero", "part"]).sum())
    named = int((states["mark"] == "named").sum())
    if world.empty:
        first = _("No worldwide total was found for {year}").format(year=year)
    else:
        row = next(_records(world))
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
    return _joined(first, second)


def _membership_title(name: str, when: str, rows: pd.DataFrame) -> str:
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


def _changes_notes(on: str, joined: list[str], left: list[str]) -> tuple[str, ...]:
    return tuple(
        text.format(year=on[:4], states=i18n.listing(sorted(i18n.state(iso3) for iso3 in states)))
        for text, states in (
            (_("Joined in {year}: {states}."), joined),
            (_("Left in {year}: {states}."), left),
        )
        if states
    )


def _estimate_note(world: pd.DataFrame) -> tuple[str, ...]:
    for row in _records(world):
        if _known(row.estimate):
            values = number(row.estimate)
            if _known(row.estimate_high):
                values = f"{values}–{number(row.estimate_high)}"
            return (
                _(
                    "Estimates are kept apart from recorded casualties: the Monitor’s newest estimate found "
                    "for the world is {values} to the end of {end} ({edition})."
                ).format(values=values, end=_period(row.estimate_end), edition=row.estimate_edition),
            )
    return ()


def _area_note(rows: pd.DataFrame) -> tuple[str, ...]:
    areas = sorted(i18n.state(iso3) for iso3 in rows.loc[rows["place"] == "area", "iso3"])
    if not areas:
        return ()
    text = _("Areas that the Monitor names beside States are in the table and not on the map: {areas}.")
    return (text.format(areas=i18n.listing(areas)),)


# --- tables --------------------------------------------------------------------------


def _obligation_table(rows: pd.DataFrame) -> pd.DataFrame:
    marks = {mark.code: mark.name for mark in _obligation_marks()}
    return _sorted(
        {
            _("State"): [i18n.state(iso3) for iso3 in rows["iso3"]],
            _("Shown as"): [marks[code] for code in rows["mark"]],
            _("Lists that name it"): [
                "; ".join(label("obligation_list", code) for code in lists.split()) for lists in rows["lists"]
            ],
            _("Standing under the CCM"): [label("treaty_status", code) for code in rows["ccm_status"]],
            _("Remark"): [note or "" for note in rows["note"]],
        }
    )


def _casualty_table(rows: pd.DataFrame) -> pd.DataFrame:
    names = _group_names("map_victims")
    return _sorted(
        {
            _("State or area"): [i18n.state(iso3) for iso3 in rows["iso3"]],
            _("What was found"): [names[code] for code in rows["mark"]],
            _("Casualties"): [_cell(row.count, row.count_type) for row in _records(rows)],
            _("Attacks only"): [_cell(row.attack, row.attack_type) for row in _records(rows)],
            _("Remnants only"): [_cell(row.remnant, row.remnant_type) for row in _records(rows)],
            _("Edition"): list(rows["edition"]),
            _("Other values"): [text or "" for text in rows["other_values"]],
        }
    )


def _all_time_table(rows: pd.DataFrame) -> pd.DataFrame:
    names = _group_names("map_all_time")
    return _sorted(
        {
            _("State or area"): [i18n.state(iso3) for iso3 in rows["iso3"]],
            _("What was found"): [names[code] for code in rows["mark"]],
            _("Recorded"): [_cell(row.count, row.count_type) for row in _records(rows)],
            _("What is counted"): list(rows["measure"]),
            _("From"): [_period(start) or _("not stated") for start in rows["period_start"]],
            _("To"): [_period(end) for end in rows["period_end"]],
            _("Edition"): list(rows["edition"]),
            _("Estimate, kept apart"): [
                "–".join(number(n) for n in (row.estimate, row.estimate_high) if _known(n))
                for row in _records(rows)
            ],
            _("Other values"): [text or "" for text in rows["other_values"]],
        }
    )


def _membership_table(rows: pd.DataFrame) -> pd.DataFrame:
    return _sorted(
        {
            _("State"): [i18n.state(iso3) for iso3 in rows["iso3"]],
            _("Standing"): [label("treaty_status", code) for code in rows["status"]],
            _("Since"): [day(since) for since in rows["since"]],
            _("Act"): [label("treaty_action", action) if action else "" for action in rows["action"]],
        }
    )


def _sorted(columns: dict[str, list]) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    return table.sort_values(table.columns[0], ignore_index=True)


def _period(text: str | None) -> str:
    """A partial date in words; what is no date (“1990s”) as published."""
    return day(text) if text and re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else text or ""


def _cell(count, count_type) -> str:
    return number(count, count_type) if _known(count) else ""


def _known(value: object) -> bool:
    return value is not None and value is not pd.NA and value == value


def _records(rows: pd.DataFrame):
    """Rows with attributes; `count` would else be the method of a tuple."""
    return (_Row(record) for record in rows.to_dict("records"))


class _Row:
    def __init__(self, record: dict) -> None:
        self.__dict__.update(record)


def _with_all_states(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and one without information for every other State: what the map draws."""
    others = [iso3 for iso3 in sorted(geo.points()) if iso3 not in set(rows["iso3"])]
    blank = pd.DataFrame({"iso3": others, "place": "state", "mark": NO_INFORMATION}, dtype=object)
    return pd.concat([rows, blank]).sort_values("iso3", ignore_index=True)


# --- drawing -------------------------------------------------------------------------


def _view(
    key: str, figure: go.Figure, kicker: str, title: str, how: str, region: str, data: pd.DataFrame,
    table: pd.DataFrame, *, tables, sources, short, notes, unnamed: str, wide: bool = False,
) -> View:  # fmt: skip
    if region != "world":  # a section of the same map: figures and counts stay those of the world
        kicker = _("{kicker} (section shown: {region})").format(kicker=kicker, region=label("region", region))
    as_of = day(reader.snapshot().as_of)
    # the full line stands below the map; this one goes with a downloaded image
    short_disclaimer = _("Borders and names express no view on legal status")
    sign(figure, f"{kicker}. {short_disclaimer}", short, as_of, line_length=WIDE_LINE if wide else LINE)
    return View(
        key=key, kicker=kicker, title=title, how=how, figure=figure, alt=f"{_('Map')}. {kicker}. {title}.",
        data=data, table=table, tables=tuple(tables),
        source_ids=tuple(dict.fromkeys(source for source in sources if source)),
        as_of=str(reader.snapshot().as_of), missing=unnamed, notes=tuple(notes),
        config={"modeBarButtonsToRemove": ["select2d", "lasso2d", "hoverClosestGeo"]},
    )  # fmt: skip


def _figure(
    marks: list[Mark],
    of: Mapping[str, str],
    texts: Mapping[str, str],
    *,
    region: str = "world",
    chosen: str = "",
    numbers: Mapping[str, str] | None = None,
    outlined: Iterable[str] = (),
    outlined_name: str = "",
    wide: bool = False,
) -> go.Figure:
    """Draw one map.

    `of` gives each State its mark, the last of `marks` is everyone else's.
    `texts` are shown on hover, `numbers` are written on the map.
    """
    colours = theme.palette()
    layer, points = geo.layer(), geo.points()
    rest = marks[-1]
    figure = go.Figure()
    _neutral(figure, layer.neutral, geo.WORLD, colours.land)
    _neutral(figure, layer.disputed, geo.DISPUTED, colours.undetermined)
    shapes = {code: code for code in layer.states} | layer.parts
    by_mark = {
        mark: [code for code, state in shapes.items() if of.get(state, rest.code) == mark.code]
        for mark in marks
    }
    for mark, members in by_mark.items():
        if members:
            figure.add_choropleth(
                locations=members,
                z=[0] * len(members),
                colorscale=_flat(mark.fill),
                **_says(mark, rest, [shapes[code] for code in members], texts),
                **_shape(geo.WORLD),
            )
    around = [code for code, state in shapes.items() if state in set(outlined)]
    _outline(figure, around, colours.ink, 1.6)
    _outline(
        figure, [code for code, state in shapes.items() if chosen and state == chosen], colours.accent, 3
    )
    for style, dash in (("dashed", "4px,3px"), ("dotted", "1px,3px")):
        lon, lat = geo.lines(style)
        figure.add_scattergeo(
            lon=lon,
            lat=lat,
            mode="lines",
            line={"color": colours.quiet, "width": 1, "dash": dash},
            hoverinfo="skip",
        )
    for mark in marks:
        members = [code for code, p in points.items() if p.small and of.get(code, rest.code) == mark.code]
        if members:
            _dots(figure, members, mark, _says(mark, rest, members, texts), chosen, set(outlined))
    _signs(figure, marks, of, texts)
    _numbers(figure, numbers or {}, region, wide)
    present = {of.get(state, rest.code) for state in points}
    _legend(
        figure,
        [mark for mark in marks if mark.code in present],
        of,
        len(points),
        outlined_name if around else "",
    )
    figure.update_geos(**geo.extent(region), domain={"x": [0, 1], "y": [0, 1]})
    figure.update_layout(
        template=_template(theme.mode()),
        height=HEIGHT,
        dragmode="pan",
        uirevision=region,
        clickmode="event+select",
        showlegend=True,
        margin={"l": 0, "r": 0, "t": 8},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.0,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "itemsizing": "constant",
            "bgcolor": "rgba(0,0,0,0)",
        },
    )
    return figure


@cache
def _template(mode: theme.Mode) -> go.layout.Template:
    """The template of every figure, cut to what a map uses, with what all traces of a map share.

    It travels with every figure, and a map is sent at every step of the replay.
    """
    whole = theme.plotly_template(mode)
    names = ("font", "paper_bgcolor", "hoverlabel", "hovermode", "legend", "modebar", "geo")
    layout = {name: whole.layout[name] for name in names}
    # Plotly would fade every State but the one clicked; the outline marks it instead
    unfaded = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
    line = {"color": theme.PALETTES[mode].paper, "width": 0.5}
    shape = {
        "featureidkey": "id",
        "showscale": False,
        "showlegend": False,
        "marker": {"line": line},
        **unfaded,
    }
    return go.layout.Template(
        layout=layout,
        data={"choropleth": [shape], "scattergeo": [{"showlegend": False, "mode": "markers", **unfaded}]},
    )


def _shape(name: str) -> dict:
    return {"geojson": geo_url(name)}


def _flat(colour: str) -> list:
    return [[0, colour], [1, colour]]


def _says(mark: Mark, rest: Mark, states: list[str], texts: Mapping[str, str]) -> dict:
    """What the traces of a mark say on hover: the State's name, and its detail or the mark's name."""
    says = {"text": [plain(i18n.state(state)) for state in states]}
    if mark is rest:
        return {**says, "hovertemplate": f"%{{text}}<br>{plain(mark.name)}<extra></extra>"}
    details = [plain(texts.get(state, "")) for state in states]
    return {**says, "customdata": details, "hovertemplate": f"%{{text}}<br>{mark.hover}<extra></extra>"}


def _neutral(figure: go.Figure, codes: Iterable[str], name: str, colour: str) -> None:
    codes = list(codes)
    figure.add_choropleth(
        locations=codes,
        z=[0] * len(codes),
        colorscale=_flat(colour),
        hoverinfo="skip",
        **_shape(name),
    )


def _outline(figure: go.Figure, codes: list[str], colour: str, width: float) -> None:
    if codes:
        figure.add_choropleth(
            locations=codes,
            z=[0] * len(codes),
            colorscale=_flat("rgba(0,0,0,0)"),
            hoverinfo="skip",
            marker={"line": {"color": colour, "width": width}},
            **_shape(geo.WORLD),
        )


def _dots(
    figure: go.Figure, codes: list[str], mark: Mark, says: dict, chosen: str, outlined: set[str]
) -> None:
    """States too small for a shape that can be seen: a dot to see and to click."""
    colours, points = theme.palette(), geo.points()
    edges = [
        colours.accent if c == chosen else colours.ink if c in outlined else colours.quiet for c in codes
    ]
    figure.add_scattergeo(
        lon=[points[code].lon for code in codes],
        lat=[points[code].lat for code in codes],
        ids=codes,
        marker={
            "size": _same([13 if code == chosen else 9 for code in codes]),
            "color": mark.fill,
            "line": {
                "color": _same(edges),
                "width": _same([3 if c == chosen else 2 if c in outlined else 0.7 for c in codes]),
            },
        },
        **says,
    )


def _same(values: list) -> object:
    """One value where all are the same: shorter to send."""
    return values[0] if len(set(values)) == 1 else values


def _signs(figure: go.Figure, marks: list[Mark], of: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """A sign on every State whose mark has one, so that colour is not the only difference."""
    points, colours = geo.points(), theme.palette()
    for mark in marks:
        codes = (
            [code for code, kind in of.items() if kind == mark.code and code in points] if mark.sign else []
        )
        if codes and mark.code != "zero":
            figure.add_scattergeo(
                lon=[points[code].lon for code in codes],
                lat=[points[code].lat for code in codes],
                ids=codes,
                marker=_marker(mark, colours, 10),
                **_says(mark, marks[-1], codes, texts),
            )


def _marker(mark: Mark, colours, size: int) -> dict:
    if mark.sign.endswith("-open"):
        return {
            "symbol": mark.sign,
            "size": size,
            "color": colours.ink,
            "line": {"color": colours.ink, "width": 2},
        }
    return {
        "symbol": mark.sign,
        "size": size,
        "color": mark.fill,
        "line": {"color": colours.ink, "width": 1.5},
    }


def _numbers(figure: go.Figure, numbers: Mapping[str, str], region: str, wide: bool) -> None:
    """Figures on the map, left out where they would overlap: hover, list and table have them all."""
    west, _south, east, _north = geo.bounds(region)
    points = {code: point for code, point in geo.points().items() if geo.within(point, region)}
    across, down = ((east - west) * share for share in CLEAR[wide])
    placed: list[str] = []
    for code in sorted((c for c in numbers if c in points), key=lambda c: (-len(numbers[c]), c)):
        here = points[code]
        if all(
            abs(here.lon - points[other].lon) > across or abs(here.lat - points[other].lat) > down
            for other in placed
        ):
            placed.append(code)
    colours = theme.palette()
    if placed:
        figure.add_scattergeo(
            lon=[points[code].lon for code in placed],
            lat=[points[code].lat for code in placed],
            mode="text",
            text=[plain(numbers[code]) for code in placed],
            hoverinfo="skip",
            textfont={"size": 16, "color": colours.ink, "weight": 700, "shadow": _halo(colours.paper)},
        )


def _halo(colour: str) -> str:
    return ", ".join(f"{x}px {y}px 2px {colour}" for x in (-1, 0, 1) for y in (-1, 0, 1))


def _legend(figure: go.Figure, marks: list[Mark], of: Mapping[str, str], n: int, outlined_name: str) -> None:
    colours = theme.palette()
    counts = {mark.code: sum(kind == mark.code for kind in of.values()) for mark in marks}
    counts[marks[-1].code] = n - sum(kind in {mark.code for mark in marks[:-1]} for kind in of.values())
    line = {"color": colours.outline, "width": 1}
    for mark in marks:
        key = {"symbol": "square", "size": 14, "color": mark.fill, "line": line}
        if mark.sign and mark.code != "zero":
            key = _marker(mark, colours, 12)
        name = _("{mark}: {n}").format(mark=mark.name, n=number(counts[mark.code]))
        figure.add_scattergeo(lon=[None], lat=[None], marker=key, name=plain(name), showlegend=True)
    if outlined_name:
        key = {
            "symbol": "square-open",
            "size": 14,
            "color": colours.ink,
            "line": {"color": colours.ink, "width": 2},
        }
        figure.add_scattergeo(lon=[None], lat=[None], marker=key, name=plain(outlined_name), showlegend=True)
