"""A correction made from the figure: the row of a table is chosen, its key is written by the program."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dialogue.change.difference import Words
from dialogue.snapshot.store import Snapshot
from dialogue.tables import corrections, write
from dialogue.tables.package import Table
from dialogue.tables.rows import shorten

# Named even where fewer columns would do, so that the correction is told beside its figure.
NAMED = ("iso3", "year")
WORLD = "WLD"


@dataclass(frozen=True)
class Printed:
    """A row that may hold a misprint: its line, what it says in words, its cells as text."""

    line: int
    words: str
    cells: Mapping[str, str]


def tables(base: Snapshot) -> dict[str, str]:
    """The tables in which a misprint can be corrected, by name, with their titles."""
    found = base.description.tables
    return {name: table.title for name, table in found.items() if name not in corrections.CLOSED} if corrections.TABLE in found else {}


def address(of: Sequence[str], shown: pd.DataFrame, base: Snapshot) -> dict[str, str]:
    """What the address of the desk says to correct a figure that comes from these tables: table, and the State and year that it shows.

    `shown` are the rows of the figure, in codes. Empty where no such table can be corrected.
    """
    open_ = [name for name in of if name in tables(base)]
    counted = [name for name in open_ if any(field.unit in ("persons", "percent") for field in base.description.tables[name].fields)]
    if not open_:
        return {}
    name = (counted or open_)[0]
    asked = {"correct": name}
    held = {field.name for field in base.description.tables[name].fields}
    places = set(shown["iso3"].dropna()) if "iso3" in shown else {WORLD}  # what names no State speaks of the world
    if "iso3" in held and len(places) == 1:
        asked["state"] = str(places.pop())
    if "year" in held and "year" in shown and shown["year"].notna().any():
        asked["year"] = str(shown["year"].max())  # the newest is the one that is talked about; another is chosen there
    return asked


def places(base: Snapshot) -> dict[str, str]:
    """The States and areas that a row may be of, by code."""
    words = Words(base.checked, base.description)
    return {row[1]: words.state(row[1]) for name in ("states", "areas") for row in base.checked.rows.get(name, [])}


def columns(table: Table) -> dict[str, str]:
    """The columns of a table that a source prints, counts first, with their titles."""
    told = {field.name: field.title for field in table.fields if field.name not in ("source_id", "grade", "note", "id")}
    counts = [field.name for field in table.fields if field.unit in ("persons", "percent") and field.name in told]
    return {name: told[name] for name in dict.fromkeys([*counts, *told])}


def rows(base: Snapshot, name: str, iso3: str = "", year: str = "") -> list[Printed]:
    """The rows of a table as they are printed, those of a State or year where one is given, the newest year first."""
    table = base.description.tables[name]
    words = Words(base.checked, base.description)
    names = [field.name for field in table.fields]
    found = []
    for row in base.checked.rows[name]:
        cells = {column: write.cell(value) for column, value in zip(names, row[1:], strict=True)}
        if any(wanted and cells.get(column) != wanted for column, wanted in (("iso3", iso3), ("year", year))):
            continue
        told = [words.value(name, column, cells[column]) for column in names if cells[column] not in ("", "all") and column not in ("grade", "note", "locator")]
        found.append(Printed(row[0], shorten(", ".join(told), 240), cells))
    return sorted(found, key=lambda one: (one.cells.get("year", ""), one.line), reverse=True)


def key(base: Snapshot, name: str, line: int) -> str:
    """The key of a row as corrections.csv writes it: State and year, and as few more columns as single it out."""
    table = base.description.tables[name]
    names = [field.name for field in table.fields]
    row = next(row for row in base.checked.rows[name] if row[0] == line)
    left, chosen = list(base.checked.rows[name]), []
    order = [*(column for column in NAMED if column in names), *table.primary_key, *names]
    for column in dict.fromkeys(order):
        at = names.index(column) + 1
        fewer = [one for one in left if one[at] == row[at]]
        if (column in NAMED and row[at] is not None) or len(fewer) < len(left):
            chosen.append(column)
            left = fewer
        if len(left) == 1 and all(each in chosen or row[names.index(each) + 1] is None for each in NAMED if each in names):
            break
    return "; ".join(f"{column}={write.cell(row[names.index(column) + 1])}" for column in chosen)


def correction(base: Snapshot, name: str, line: int, column: str, shown: str, said: Mapping[str, str]) -> dict[str, str]:
    """A row of corrections.csv. `said` holds reason, source_id, locator, grade, who and date."""
    table = base.description.tables[name]
    names = [field.name for field in table.fields]
    row = next(row for row in base.checked.rows[name] if row[0] == line)
    cells = {each: write.cell(value) for each, value in zip(names, row[1:], strict=True)}
    taken = {one.id for one in corrections.listed(base.checked)}
    start = "-".join(part for part in (cells.get("iso3"), cells.get("year"), name, column) if part)
    short = re.sub(r"[^a-z0-9]+", "-", start.lower()).strip("-")
    code = next(each for each in (short, *(f"{short}-{n}" for n in range(2, 1000))) if each not in taken)
    return {
        "id": code, "table_name": name, "row_key": key(base, name, line), "column_name": column,
        "published": cells[column], "shown": shown, "status": "applied", **said,
    }  # fmt: skip


def file(base: Snapshot, added: Sequence[Mapping[str, str]]) -> tuple[str, bytes]:
    """The table of corrections with these rows added, as a file for the desk."""
    table = base.description.tables[corrections.TABLE]
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in table.fields], lineterminator="\n")
    writer.writeheader()
    csv.writer(out, lineterminator="\n").writerows([write.cell(value) for value in row[1:]] for row in base.checked.rows[corrections.TABLE])
    codes = {row[1] for row in base.checked.rows[corrections.TABLE]}
    known = {(one.table, one.row, one.column, one.shown) for one in corrections.listed(base.checked)}
    for row in added:
        if (row["table_name"], row["row_key"], row["column_name"], row["shown"]) in known:
            continue  # published since it was made
        code = next(each for each in (row["id"], *(f"{row['id']}-{n}" for n in range(2, 1000))) if each not in codes)
        codes.add(code)
        writer.writerow({**row, "id": code})
    return table.file, out.getvalue().encode()
