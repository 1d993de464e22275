"""What several families of views say and tabulate alike: sources, names in order, years without a figure.

What they draw alike stands in ``strokes.py``.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views.view import source_line
from dialogue.words.i18n import _, day, label, listing, ngettext, number, semicolons, state

NAMED = 3  # publishers named in a source line; the others stand in “Sources and notes”


# --- areas that are not States -----------------------------------------------------------


def place(iso3: str) -> str:
    """The name of a State or area; “†” leads from an area to the note on how its name is to be read."""
    return f"{state(iso3)} †" if iso3 in _area_notes() else state(iso3)


def area_notes(codes: Iterable[str]) -> tuple[str, ...]:
    """The notes on the areas among these codes, each note once, for the edge of a figure and for what stands beside it."""
    by_note: dict[str, list[str]] = {}
    for iso3 in sorted(set(codes) & set(_area_notes())):
        by_note.setdefault(_area_notes()[iso3], []).append(state(iso3))
    return tuple(
        _("† {areas}: {note}.").format(areas=listing(sorted(names, key=letters)), note=note.rstrip("."))
        for note, names in by_note.items()
    )


def _area_notes() -> dict[str, str]:
    rows = queries.run("area_notes")
    return dict(zip(rows["iso3"], rows["note"], strict=True))


# --- sources ---------------------------------------------------------------------------


def as_of() -> str:
    """The day the data speak for (ISO), as a view bears it."""
    return str(reader.snapshot().as_of)


def treaty_day() -> date:
    """The day for which the depositary's lists were read: the usual day of a view of standings."""
    return reader.snapshot().treaties_as_of


def cited(*columns: Iterable) -> tuple[str, ...]:
    """The documents in some columns of source_id, each once, in the order in which they first stand."""
    return tuple(dict.fromkeys(source for column in columns for source in column if known(source) and source))


def publishers(source_ids: Iterable[str]) -> list[str]:
    """Who published what a view rests on, the most used first; “and others” where they are many."""
    of = queries.run("citations").drop_duplicates("source_id").set_index("source_id")["publisher"]
    used = pd.Series([of.get(source) for source in source_ids if source in of.index], dtype=object)
    names = list(used.value_counts().index)
    return [*names[:NAMED], _("and others listed with the figure")] if len(names) > NAMED else names


def source(kicker: str, source_ids: Iterable[str], on: date | None = None) -> str:
    """The source line of a table of signs or words, as of `on` (the day the data speak for)."""
    return source_line(kicker, publishers(source_ids), day(on or reader.snapshot().as_of))


# --- names and sentences ---------------------------------------------------------------


def newer_edition(*series: str) -> str:
    """What is known of a newer edition of the yearly reports in use (cmm, lm), for beside their numbers; "" for none."""
    found = queries.run("freshness_editions")
    found = found[found["series"].isin(series)]
    words = {
        "known": _("{title} has appeared: its figures are not here yet."),
        "announced": _("{title} is announced: its figures are not here yet."),
        "said": _("{title} is said to have appeared: its figures are not here yet."),
    }
    return " ".join(words[row.kind].format(title=row.newer) for row in found.itertuples() if row.kind in words)


def with_newer(how: str, *series: str) -> str:
    """How to read a figure, and that a newer edition is known of."""
    return " ".join(filter(None, (how, newer_edition(*series))))


def letters(name: str) -> str:
    """A name without accents and capitals, to sort by."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def by_name(codes: Iterable[str]) -> list[str]:
    """States and areas, each once, in the alphabetical order of their names."""
    return sorted(set(codes), key=lambda iso3: letters(state(iso3)))


def short(instrument: str) -> str:
    """The short name of an instrument: “APMBC”."""
    return label("instrument_short", instrument)


def cause_name(cause: str) -> str:
    """Name a part of a bar: attacks, remnants, or a total that is not split."""
    return _("Not split") if cause == "not_split" else label("cause", cause)


def joined(first: str, second: str) -> str:
    """Two findings as one."""
    return _("{first}; {second}").format(first=first, second=second)


def counts(row) -> str:
    """The figures of a State and year: “193; attacks 80; remnants 113”."""
    words = [number(row.total, row.count_type)] if known(row.total) else []
    words += [
        f"{cause_name(cause).lower()} {number(getattr(row, cause))}"
        for cause in ("attack", "remnant")
        if known(getattr(row, cause))
    ]
    return semicolons(words)


def years_without(rows: pd.DataFrame, first: int, last: int) -> list[int]:
    """The years from `first` to `last` of which no row speaks."""
    return sorted(set(range(first, last + 1)) - set(rows["year"]))


def no_figure_for(years: list[int]) -> str:
    """How many years have no figure, and which; "" for none."""
    if not years:
        return ""
    return ngettext(
        "No figure was found for {n} year: {years}", "No figure was found for {n} years: {years}", len(years)
    ).format(n=len(years), years=listing([str(year) for year in years]))


# --- rows and tables -------------------------------------------------------------------


def known(value: object) -> bool:
    """Whether a cell of a query's answer holds anything."""
    return value is not None and value is not pd.NA and value == value


def records(rows: pd.DataFrame) -> Iterator[SimpleNamespace]:
    """Rows with attributes; `count` would else be the method of a tuple."""
    return (SimpleNamespace(**record) for record in rows.to_dict("records"))


def count_or_blank(count, count_type: str | None) -> str:
    """A count as text, "" where none is known."""
    return number(count, count_type) if known(count) else ""


def sorted_table(columns: dict[str, list]) -> pd.DataFrame:
    """A table for readers in the order of its first column."""
    table = pd.DataFrame(columns)
    return table.sort_values(table.columns[0], ignore_index=True)
