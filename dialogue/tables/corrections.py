"""Known misprints of sources: the table keeps what was printed, the database gets what is right.

Each row of ``data/corrections.csv`` names one cell, what the source prints there
and what is shown instead. `check` guards the list: it also reports when a table
already holds the value shown, because then the source itself has been mended.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dialogue.tables.package import Table
from dialogue.tables.rows import Checked, Problem, read_cell

TABLE = "corrections"
# Written by the project itself, or the word of a State: nothing that a publisher could have misprinted.
CLOSED = frozenset({TABLE, "releases", "changes", "responses"})
NAMED = 5  # rows or columns that a message lists


@dataclass(frozen=True)
class Correction:
    """One row of corrections.csv, as text."""

    line: int
    id: str
    table: str
    row: str
    column: str
    published: str
    shown: str
    reason: str
    source_id: str | None
    grade: str | None
    who: str | None
    date: str
    status: str


@dataclass(frozen=True)
class Cell:
    """Where a correction applies: table, place in its rows, line of the row, place in the row, typed values."""

    table: Table
    index: int
    line: int
    at: int
    value: object
    published: object
    shown: object


class Unfit(Exception):
    """A correction that cannot be applied: column of corrections.csv, value there, rule."""


def listed(checked: Checked) -> list[Correction]:
    """Every correction of checked data, in the order of the file."""
    table = checked.description.tables.get(TABLE) if checked.description else None
    if table is None:
        return []
    names = ["line", *(f.name for f in table.fields)]
    wanted = {"row": "row_key", "table": "table_name", "column": "column_name"}
    fields = [names.index(wanted.get(name, name)) for name in Correction.__dataclass_fields__]
    return [Correction(*(row[at] for at in fields)) for row in checked.rows.get(TABLE, [])]


def check(checked: Checked) -> list[Problem]:
    """Everything that is wrong with the corrections themselves, as findings on corrections.csv.

    Corrections of a table that has findings of its own are not judged: its rows are not complete.
    """
    faulty = {problem.file for problem in checked.problems}
    problems: list[Problem] = []
    corrected: dict[tuple[str, int, int], Correction] = {}
    for correction in listed(checked):
        for column, value, rule in _unfounded(correction):
            problems.append(Problem(f"{TABLE}.csv", correction.line, column, value, rule))
        table = checked.description.tables.get(correction.table)
        if table is not None and table.file in faulty:
            continue
        try:
            cell = _judge(correction, checked)
        except Unfit as found:
            column, value, rule = found.args
            problems.append(Problem(f"{TABLE}.csv", correction.line, column, value, rule))
            continue
        if cell is not None:
            first = corrected.setdefault((cell.table.name, cell.line, cell.at), correction)
            if first is not correction:
                rule = f"the same cell is corrected in row {first.line} ({first.id}); keep one of the two"
                problems.append(Problem(f"{TABLE}.csv", correction.line, "row_key", correction.row, rule))
    return problems or _collisions(checked)


def apply(checked: Checked) -> dict[str, list[tuple]]:
    """The rows of every table as the dashboard shows them; `checked.rows` keep what was published."""
    rows = dict(checked.rows)
    for _correction, cell in _applied(checked):
        if rows[cell.table.name] is checked.rows[cell.table.name]:
            rows[cell.table.name] = list(rows[cell.table.name])
        row = list(rows[cell.table.name][cell.index])
        row[cell.at] = cell.shown
        rows[cell.table.name][cell.index] = tuple(row)
    return rows


def places(checked: Checked) -> dict[tuple[str, int, str], Correction]:
    """The corrections that are applied, by table, row as a spreadsheet counts and column."""
    return {(cell.table.name, cell.line, each.column): each for each, cell in _applied(checked)}


def _applied(checked: Checked) -> Iterator[tuple[Correction, Cell]]:
    for correction in listed(checked):
        try:
            cell = _judge(correction, checked)
        except Unfit:
            continue  # `check` has said so
        if cell is not None:
            yield correction, cell


def _unfounded(correction: Correction) -> Iterator[tuple[str, str, str]]:
    """What is missing to take somebody's word for a correction."""
    if not correction.source_id and not correction.who:
        yield "source_id", "", "say who says so: a document here, or a person or body under who"
    if correction.source_id and not correction.grade:
        yield "grade", "", "say how the document was read: primary or secondary"
    try:
        date.fromisoformat(correction.date + "-01-01"[len(correction.date) - 4 :])
    except ValueError:
        yield "date", correction.date, "is not a date of the calendar"


def _judge(correction: Correction, checked: Checked) -> Cell | None:
    """The cell that a correction changes; None where it no longer changes one. Raises Unfit."""
    tables = checked.description.tables
    table = tables.get(correction.table)
    if table is None or table.name in CLOSED:
        open_ = sorted(set(tables) - CLOSED)
        near = difflib.get_close_matches(correction.table, open_, 1)
        hint = f"; did you mean “{near[0]}”?" if near else f"; tables: {', '.join(open_)}"
        rule = "is not corrected this way" if table else f"there is no such table{hint}"
        raise Unfit("table_name", correction.table, rule)
    names = [f.name for f in table.fields]
    if correction.column not in names:
        near = difflib.get_close_matches(correction.column, names, 1)
        hint = f"; did you mean “{near[0]}”?" if near else f"; its columns: {', '.join(names)}"
        raise Unfit("column_name", correction.column, f"is not a column of {table.file}{hint}")
    if correction.status == "withdrawn":
        return None
    cell = _find(correction, table, checked)
    if correction.status == "mended":
        if cell is not None and cell.value == cell.published:
            rule = f"row {cell.line} of {table.file} still holds the printed value; correct it there, or set the status to applied"
            raise Unfit("status", correction.status, rule)
        return None
    if cell.value == cell.shown:
        rule = f"the source has been mended: row {cell.line} of {table.file} already holds the value shown; set the status of this correction to mended"
        raise Unfit("status", correction.status, rule)
    if cell.value != cell.published:
        rule = f"row {cell.line} of {table.file} holds “{_text(cell.value)}”: neither the printed value nor the one shown; look up the source"
        raise Unfit("published", correction.published, rule)
    _check_shown(correction, table, checked, cell)
    return cell


def _find(correction: Correction, table: Table, checked: Checked) -> Cell | None:
    """The one cell that a correction names; None where a mended one's row has gone. Raises Unfit."""
    published = _typed(table, correction.column, correction.published, "published")
    shown = _typed(table, correction.column, correction.shown, "shown")
    if published == shown:
        raise Unfit("shown", correction.shown, "is the printed value: nothing is corrected")
    wanted = _conditions(correction, table)
    names = [f.name for f in table.fields]
    found = list(enumerate(checked.rows[table.name]))
    for column, value in wanted.items():
        at = names.index(column) + 1
        left = [(index, row) for index, row in found if row[at] == value]
        if not left:
            if correction.status == "mended":
                return None
            near = difflib.get_close_matches(
                _text(value), sorted({_text(row[at]) for _index, row in found}), 1
            )
            hint = f"; did you mean “{near[0]}”?" if near else ""
            raise Unfit(
                "row_key",
                correction.row,
                f"no row of {table.file} fits: none has {column}={_text(value)}{hint}",
            )
        found = left
    if len(found) > 1:
        differ = [
            name
            for at, name in enumerate(names, start=1)
            if name in table.primary_key and len({row[at] for _i, row in found}) > 1
        ]
        lines = ", ".join(str(row[0]) for _index, row in found[:NAMED]) + (
            ", …" if len(found) > NAMED else ""
        )
        rule = f"{len(found)} rows of {table.file} fit (rows {lines}); name another column in which they differ, such as {', '.join(differ[:NAMED])}"
        raise Unfit("row_key", correction.row, rule)
    (index, row), at = found[0], names.index(correction.column) + 1
    for column in ("iso3", "year"):
        if column in names and column not in wanted and row[names.index(column) + 1] is not None:
            raise Unfit(
                "row_key",
                correction.row,
                f"name {column} too, so that the correction is told beside its figure",
            )
    return Cell(table, index, row[0], at, row[at], published, shown)


def _conditions(correction: Correction, table: Table) -> dict[str, object]:
    """“column=value; column=value” as typed values by column. A value may hold semicolons."""
    names = [f.name for f in table.fields]
    starts = list(re.finditer(rf"(?:^|;)\s*({'|'.join(map(re.escape, names))})\s*=", correction.row))
    columns = ", ".join(names)
    if not starts or starts[0].start() > 0:
        raise Unfit(
            "row_key",
            correction.row,
            f"is not written as “column=value; column=value” with columns of {table.file}: {columns}",
        )
    wanted: dict[str, object] = {}
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        text = correction.row[start.end() : following.start() if following else None].strip()
        strange = re.search(r";\s*(\w+)\s*=", text)
        if strange:
            raise Unfit(
                "row_key", correction.row, f"“{strange[1]}” is not a column of {table.file}: {columns}"
            )
        if start[1] in wanted:
            raise Unfit("row_key", correction.row, f"{start[1]} stands twice")
        wanted[start[1]] = _typed(table, start[1], text, "row_key") if text else None
    return wanted


def _typed(table: Table, column: str, text: str, place: str) -> object:
    """A text as a value of a column. Raises Unfit, naming the column `place` of corrections.csv."""
    schema_field = next(f for f in table.resource.schema.fields if f.name == column)
    value, rule = read_cell(table.field(column), schema_field, text)
    if rule:
        raise Unfit(place, text, f"is no value for {column} of {table.file}: {rule}")
    return value


def _check_shown(correction: Correction, table: Table, checked: Checked, cell: Cell) -> None:
    for column, other, other_column in table.foreign_keys:
        if column == correction.column:
            at = [f.name for f in checked.description.tables[other].fields].index(other_column) + 1
            if cell.shown not in {row[at] for row in checked.rows[other]}:
                rule = f"does not stand in column {other_column} of {checked.description.tables[other].file}"
                raise Unfit("shown", correction.shown, rule)


def _collisions(checked: Checked) -> list[Problem]:
    """Corrected rows that would have the key of another row."""
    rows = apply(checked)
    problems = []
    for correction, cell in _applied(checked):
        if correction.column not in cell.table.primary_key:
            continue
        at = [[f.name for f in cell.table.fields].index(name) + 1 for name in cell.table.primary_key]
        key = [rows[cell.table.name][cell.index][i] for i in at]
        same = [
            row[0] for row in rows[cell.table.name] if [row[i] for i in at] == key and row[0] != cell.line
        ]
        if same:
            rule = f"with this value the row would repeat row {same[0]} of {cell.table.file}"
            problems.append(Problem(f"{TABLE}.csv", correction.line, "shown", correction.shown, rule))
    return problems


def _text(value: object) -> str:
    return "" if value is None else str(value)
