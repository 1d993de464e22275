"""Check the CSV files against their description and against the rules in ``queries/checks``.

One code path for everybody: the command line, the tests and the server's start
call `check`, and every finding is a `Problem` that names file, line, column,
value and rule.
"""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from dialogue import package
from dialogue.package import Description, Table

SHOWN = 120  # characters of a value that a message repeats
# A message about these files repeats no value: an answer that a State has not agreed to publish
# may stand in any cell of a row that went wrong, and the message is shown to every visitor.
CONFIDENTIAL = frozenset({"responses.csv"})
# What Python takes for a number is more: “1_000”, “nan”, digits of other scripts.
NUMBERS = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]+(\.[0-9]+)?")}
HINTS = 50  # values of a column for which the nearest code is sought; more is not a slip
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
        value = f": “{_short(self.value)}”" if self.value else ""
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


def check(data: Path = package.DATA, instead: Mapping[str, tuple[list[tuple], list[Problem]]] | None = None) -> Checked:
    """Read and check every table of `data`.

    `instead` gives, by table, (rows, problems) as `parse` returns them: these are
    judged in place of the table's file, together with all others.
    Returns everything found in one run; never raises for what a CSV holds.
    """
    checked = read(data, instead)
    if checked.description is None:
        return checked
    # A file that is missing or has refused rows is the finding, not every row that points into it.
    unsettled = {problem.file for problem in (*checked.problems, *checked.missing)}
    for table in checked.description.tables.values():
        _check_references(table, checked, unsettled)
    checked.problems += _check_corrections(checked)
    if not checked.problems:
        _check_rules(checked)  # on corrected rows, as the dashboard shows them
    checked.problems = shown(checked.problems, checked.description)
    return checked


def read(data: Path, instead: Mapping[str, tuple[list[tuple], list[Problem]]] | None = None) -> Checked:
    """Read every table of `data`, each by itself: references and rules are not judged yet. See `check`."""
    try:
        description = package.read(data)
    except package.DescriptionError as error:
        return Checked(None, problems=[Problem(package.DESCRIPTION, 0, "", "", str(error))])
    checked = Checked(description)
    for table in description.tables.values():
        if instead and table.name in instead:
            rows, problems = instead[table.name]
            checked.rows[table.name] = list(rows)
            checked.problems += problems
        else:
            _read_table(Path(data) / table.file, table, checked)
    return checked


def shown(problems: Iterable[Problem], description: Description) -> list[Problem]:
    """Problems as everybody may see them: in order, the column in words, nothing confidential repeated."""
    titles = {(table.file, f.name): f.title for table in description.tables.values() for f in table.fields}
    return sorted(
        _withheld(replace(problem, title=titles.get((problem.file, problem.column), "")), description)
        for problem in problems
    )


def _withheld(problem: Problem, description: Description) -> Problem:
    """The problem as it may be shown: without values, and without a header's unknown names."""
    if problem.file not in CONFIDENTIAL:
        return problem
    if problem.line > 1:
        return replace(problem, value="")
    names = [f.name for table in description.tables.values() if table.file == problem.file for f in table.fields]
    rule = problem.rule.partition("; is it “")[0]
    return replace(problem, value="", rule=rule, column=problem.column if problem.column in names else "")


def _read_table(path: Path, table: Table, checked: Checked) -> None:
    checked.rows[table.name] = []
    if not path.is_file():
        rule = f"the file is missing; it holds the table “{table.title}”"
        found = Problem(table.file, 0, "", "", rule)
        (checked.missing if table.optional else checked.problems).append(found)
        return
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        rule = "the file is not UTF-8; save it as “CSV UTF-8”"
        checked.problems.append(Problem(table.file, line, "", "", rule))
        return
    rows, problems = parse(text, table)
    if text and not text.endswith("\n"):
        rule = "the last line has no line end: the file may be cut off; copy or save it again"
        problems.append(Problem(table.file, text.count("\n") + 1, "", "", rule))
    checked.rows[table.name] = rows
    checked.problems += problems


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
    judge = judge or _read_cell
    names = [f.name for f in table.fields]

    def report(line, column, value, rule):
        problems.append(Problem(table.file, line, column, str(value), rule))

    verdicts: dict[tuple[str, object], tuple] = {}
    seen: dict[tuple, int] = {}
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
            rule = f"the same {', '.join(table.primary_key)} as in row {seen[key]}; a row stands once"
            report(line, table.primary_key[0], str(key[0] or ""), rule)
            continue
        seen[key] = line
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


def _read_cell(spec, schema_field, cell: str) -> tuple:
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
        return None, f"is not written as it should be: {spec.description}"
    return None, "; ".join(notes.values())


def _check_references(table: Table, checked: Checked, unsettled: set[str]) -> None:
    names = [f.name for f in table.fields]
    for column, other_name, other_column in table.foreign_keys:
        other = checked.description.tables[other_name]
        if other.file in unsettled and other.name != table.name:
            continue
        at = [f.name for f in other.fields].index(other_column) + 1
        known = {row[at] for row in checked.rows[other_name]}
        here = names.index(column) + 1
        hints: dict[object, str] = {}
        for row in checked.rows[table.name]:
            value = row[here]
            if value is None or value in known:
                continue
            if value not in hints and len(hints) < HINTS:
                near = difflib.get_close_matches(str(value), [str(k) for k in known], 1)
                hints[value] = f"; did you mean “{near[0]}”?" if near else ""
            rule = f"does not stand in column {other_column} of {other.file}{hints.get(value, '')}"
            checked.problems.append(Problem(table.file, row[0], column, str(value), rule))


def _check_corrections(checked: Checked) -> list[Problem]:
    from dialogue import corrections  # which reads cells as this module does

    return corrections.check(checked)


def _check_rules(checked: Checked) -> None:
    from dialogue import store  # the rules are queries on the database built from these rows

    try:
        checked.database = connection = store.build(checked)
    except duckdb.Error as error:  # tables of another time, for example of an archive
        rule = f"the tables do not fit the queries: {error}"
        checked.problems.append(Problem(package.DESCRIPTION, 0, "", "", rule))
        return
    for path in sorted((store.QUERIES / "checks").glob("*.sql")):
        try:
            found = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        except duckdb.Error as error:
            found = [(path.name, 0, "", "", f"the rule could not be run: {error}")]
        for file, line, column, value, rule in found:
            checked.problems.append(
                Problem(file, line or 0, column or "", "" if value is None else str(value), rule)
            )


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
