"""The data behind the maps and their twins in words: one row a State, lists side by side, dates of a replay."""

from datetime import date, timedelta

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.tables import geo
from dialogue.views.evidence.world_map.words import NO_INFORMATION, mark_names, period
from dialogue.views.shared import count_or_blank, known, place, records, sorted_table
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, number, semicolons

INSTRUMENTS = ("CCM", "APMBC", "CCW", "CCW_PV", "CRPD", "CRPD_OP")


# --- what can be asked for -------------------------------------------------------------


def regions() -> list[str]:
    """The sections that a map can show."""
    return ["world", *i18n.codes("region")]


def years() -> list[int]:
    """The years for which the Monitor says anything of some State."""
    return [int(year) for year in queries.run("map_years")["year"]]


def states() -> list[str]:
    """Every State, by code."""
    return sorted(queries.run("treaty_status", instrument="CCM")["iso3"])


def days() -> list[date]:
    """Every day on which the membership of some instrument can be shown."""
    last = reader.snapshot().treaties_as_of
    first = min(_first_day(instrument) for instrument in INSTRUMENTS)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _first_day(instrument: str) -> date:
    """A year before the first act under an instrument."""
    rows = queries.run("membership_changes", instrument=instrument)
    return min(rows["counts_from"], default=reader.snapshot().treaties_as_of) - timedelta(days=366)


def steps(instrument: str, also: str = "") -> list[str]:
    """The dates of the slider: every year's end from the first act to the day of the depositary's lists, and `also`."""
    rows = queries.run("membership_changes", instrument=instrument)
    today = reader.snapshot().treaties_as_of
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
    return len(text) == 10 and _first_day(instrument) <= asked <= reader.snapshot().treaties_as_of


def changes(instrument: str, on: date) -> tuple[list[str], list[str]]:
    """Codes of the States that joined and that left in the year of `on`, up to that date."""
    rows = queries.run("membership_changes", instrument=instrument)
    within = rows[[date(on.year, 1, 1) <= counted <= on for counted in rows["counts_from"]]]
    joined = within.loc[within["effect"] == "joins", "iso3"]
    left = within.loc[within["effect"] == "leaves", "iso3"]
    return sorted(set(joined)), sorted(set(left))


# --- the rows that are drawn -----------------------------------------------------------


def with_all_states(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and one without information for every other State: what the map draws."""
    others = [iso3 for iso3 in sorted(geo.points()) if iso3 not in set(rows["iso3"])]
    blank = pd.DataFrame({"iso3": others, "place": "state", "mark": NO_INFORMATION}, dtype=object)
    return pd.concat([rows, blank]).sort_values("iso3", ignore_index=True)


# --- twins in words --------------------------------------------------------------------


def obligation_table(rows: pd.DataFrame) -> pd.DataFrame:
    marks = mark_names("map_obligations")
    return sorted_table(
        {
            _("State"): [place(iso3) for iso3 in rows["iso3"]],
            _("Shown as"): [marks[code] for code in rows["mark"]],
            _("Lists that name it"): [
                semicolons(label("obligation_list", code) for code in lists.split()) for lists in rows["lists"]
            ],
            _("Standing under the CCM"): [label("treaty_status", code) for code in rows["ccm_status"]],
            _("Remark"): [note or "" for note in rows["note"]],
        }
    )


def casualty_table(rows: pd.DataFrame) -> pd.DataFrame:
    names = mark_names("map_victims")
    return sorted_table(
        {
            _("State or area"): [place(iso3) for iso3 in rows["iso3"]],
            _("What was found"): [names[code] for code in rows["mark"]],
            _("Casualties"): [count_or_blank(row.count, row.count_type) for row in records(rows)],
            _("Attacks only"): [count_or_blank(row.attack, row.attack_type) for row in records(rows)],
            _("Remnants only"): [count_or_blank(row.remnant, row.remnant_type) for row in records(rows)],
            _("Edition"): list(rows["edition"]),
            _("Other values"): [text or "" for text in rows["other_values"]],
        }
    )


def all_time_table(rows: pd.DataFrame) -> pd.DataFrame:
    names = mark_names("map_all_time")
    return sorted_table(
        {
            _("State or area"): [place(iso3) for iso3 in rows["iso3"]],
            _("What was found"): [names[code] for code in rows["mark"]],
            _("Recorded"): [count_or_blank(row.count, row.count_type) for row in records(rows)],
            _("What is counted"): list(rows["measure"]),
            _("From"): [period(start) or _("not stated") for start in rows["period_start"]],
            _("To"): [period(end) for end in rows["period_end"]],
            _("Edition"): list(rows["edition"]),
            _("Estimate, kept apart"): [
                "–".join(number(n) for n in (row.estimate, row.estimate_high) if known(n))
                for row in records(rows)
            ],
            _("Other values"): [text or "" for text in rows["other_values"]],
        }
    )


def membership_table(rows: pd.DataFrame) -> pd.DataFrame:
    return sorted_table(
        {
            _("State"): [place(iso3) for iso3 in rows["iso3"]],
            _("Standing"): [label("treaty_status", code) for code in rows["status"]],
            _("Since"): [day(since) for since in rows["since"]],
            _("Act"): [label("treaty_action", action) if action else "" for action in rows["action"]],
        }
    )


def differences_table(rows: pd.DataFrame, lists: list[str], named: dict[str, list[str]]) -> pd.DataFrame:
    """One row a State, one column a list."""
    columns = {_("State"): [place(iso3) for iso3 in rows["iso3"]]}
    for code in lists:
        columns[label("obligation_list", code)] = [
            _("named") if code in named[iso3] else "–" for iso3 in rows["iso3"]
        ]
    columns[_("Remark")] = [note or "" for note in rows["note"]]
    return sorted_table(columns)
