"""Rows of a table: the text of a CSV made typed values, and what is wrong with them said as a `Problem`."""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import duckdb

from dialogue.tables.package import Description, Table

SHOWN = 120  # characters of a value that a message repeats
# A message about these files repeats no value: an answer that a State has not agreed to publish
# may stand in any cell of a row that went wrong, and the message is shown to every visitor.
CONFIDENTIAL = frozenset({"responses.csv"})
# What Python takes for a number is more: “1_000”, “nan”, digits of other scripts.
NUMBERS = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]+(\.[0-9]+)?")}
NOT_WRITTEN = "is not written as it should be"
FIELD_LIMIT = 1_000_000  # characters in one cell; more is not a cell but an accident


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. `line` is the row as a spreadsheet counts (the header is row 1); `title` names the column in words."""

    file: str
    line: int
    column: str
    value: str
    rule: str
    title: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, row {self.line}" if self.line else self.file
        title = f" ({self.title})" if self.title and self.title.lower() != self.column.lower() else ""
        column = f", column {self.column}{title}" if self.column else ""
        value = f": “{shorten(self.value)}”" if self.value else ""
        return f"{place}{column}{value}: {self.rule}"


@dataclass
class Checked:
    """Typed rows of every table, and what is wrong with them.

    `rows[table]` is a list of tuples (line, *values) in the order of the
    description; `missing` are optional tables whose file is absent; `database` is
    the one that the rules were run on, if they were.
    """

    description: Description | None
    rows: dict[str, list[tuple]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    missing: list[Problem] = field(default_factory=list)
    database: duckdb.DuckDBPyConnection | None = field(default=None, repr=False)


def parse(text: str, table: Table) -> tuple[list[tuple], list[Problem]]:
    """Turn the text of one CSV into typed rows.

    Returns ([(line, *values)], problems); rows with a problem are left out.
    """
    names = [f.name for f in table.fields]
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple] = []
    problems: list[Problem] = []
    try:
        header = next(reader, [])
        if header == names:
            collect(table, enumerate(reader, start=2), rows, problems)
        else:
            _report_header(
                header, names, lambda *found: problems.append(Problem(table.file, *found))
            )
    except csv.Error as error:
        rule = f"the file cannot be read as CSV: {error}"
        problems.append(Problem(table.file, reader.line_num, "", "", rule))
    return rows, problems


def collect(
    table: Table,
    grid: Iterable[tuple[int, list]],
    rows: list[tuple],
    problems: list[Problem],
    judge: Callable | None = None,
) -> None:
    """Judge the cells of a table, given as (line, cells), the header left out; append to `rows` and `problems`.

    `line` is the row as the spreadsheet shows it. `judge(field, schema field,
    cell)` gives the value of a cell and the rule that it breaks (or "").
    """
    judge = judge or read_cell
    names = [f.name for f in table.fields]

    def report(line, column, value, rule):
        problems.append(Problem(table.file, line, column, str(value), rule))

    verdicts: dict[tuple[str, object], tuple] = {}
    seen: dict[tuple, tuple] = {}
    key_at = [names.index(name) + 1 for name in table.primary_key]
    columns = list(zip(table.fields, table.resource.schema.fields, strict=True))
    for line, cells in grid:
        if len(cells) != len(names):
            if cells:
                rule = f"the row has {len(cells)} cells, the header has {len(names)}"
                report(line, "", ",".join(map(str, cells)), rule)
            else:
                report(line, "", "", "the row is empty; delete it")
            continue
        values = [line]
        good = True
        for (spec, schema_field), cell in zip(columns, cells, strict=True):
            verdict = verdicts.get((spec.name, cell))
            if verdict is None:
                verdict = verdicts[spec.name, cell] = judge(spec, schema_field, cell)
            value, rule = verdict
            if rule:
                report(line, spec.name, cell, rule)
                good = False
            values.append(value)
        if not good:
            continue
        row = tuple(values)
        key = tuple(row[i] for i in key_at)
        if key in seen:
            rule = f"this row has the same key as row {seen[key][0]} ({', '.join(table.primary_key)}); a row stands once"
            if seen[key][1:] == row[1:]:
                rule = f"this row is a copy of row {seen[key][0]}; a row stands once"
            report(line, table.primary_key[0], str(key[0] or ""), rule)
            continue
        seen[key] = row
        rows.append(row)


def _report_header(header, names, report) -> None:
    if not header:
        report(1, "", "", f"the file is empty; its first line must be: {','.join(names)}")
        return
    for name in names:
        if name not in header:
            near = difflib.get_close_matches(name, set(header) - set(names), 1)
            hint = f"; is it “{near[0]}”?" if near else ""
            report(1, name, "", f"the column is missing{hint}")
    for name in header:
        if name not in names:
            report(1, name or "(no name)", "", "the column is not in the description of the table")
        elif header.count(name) > 1:
            report(1, name, "", "the column stands more than once")
    if sorted(header) == sorted(names):
        report(1, "", ",".join(header), f"the columns are in another order than {','.join(names)}")


def read_cell(spec, schema_field, cell: str) -> tuple:
    """Value and broken rule (or "") of one cell, as the schema's field judges it."""
    if cell != cell.strip():
        return None, "spaces before or after the value"
    if "\x00" in cell:
        return None, "a character that is not text"
    if "\n" in cell or "\r" in cell:
        return None, "a line break inside the cell; write it in one line"
    if cell and spec.type in NUMBERS and not NUMBERS[spec.type].fullmatch(cell):
        return None, f"must be a {'whole number' if spec.type == 'integer' else spec.type}"
    value, notes = schema_field.read_cell(cell)
    if not notes:
        return value, ""
    limits = spec.constraints
    if "required" in notes:
        return None, "a value is required here"
    if "type" in notes:
        return None, f"must be a {'whole number' if spec.type == 'integer' else spec.type}"
    if "enum" in notes:
        near = difflib.get_close_matches(cell, limits["enum"], 1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        return None, f"must be one of {', '.join(limits['enum'])}{hint}"
    if "minimum" in notes or "maximum" in notes:
        low, high = limits.get("minimum"), limits.get("maximum")
        if high is None:
            return None, f"must be {low} or more"
        return None, f"must be from {low} to {high}"
    if "pattern" in notes:
        return None, f"{NOT_WRITTEN}: {spec.description}"
    return None, "; ".join(notes.values())


def shorten(text: str, most: int = SHOWN) -> str:
    """A text in one line, cut to `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
