"""Check the CSV files against their description and against the rules in ``queries/checks``.

One code path for everybody: the command line, the tests and the server's start
call `check`, and every finding is a `Problem` that names file, line, column,
value and rule.
"""

import csv
import difflib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from dialogue import package
from dialogue.package import Description, Table

SHOWN = 120  # characters of a value that a message repeats
# A message about these files repeats no value: an answer that a State has not agreed to publish
# may stand in any cell of a row that went wrong, and the message is shown to every visitor.
CONFIDENTIAL = frozenset({"responses.csv"})
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
    description; `missing` are optional tables whose file is absent.
    """

    description: Description | None
    rows: dict[str, list[tuple]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    missing: list[Problem] = field(default_factory=list)


def check(data: Path = package.DATA, instead: Mapping[str, tuple[list[tuple], list[Problem]]] | None = None) -> Checked:
    """Read and check every table of `data`.

    `instead` gives, by table, (rows, problems) as `parse` returns them: these are
    judged in place of the table's file, together with all others.
    Returns everything found in one run; never raises for what a CSV holds.
    """
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
    for table in description.tables.values():
        _check_references(table, checked)
    if not checked.problems:
        _check_rules(checked)
    titles = {(table.file, f.name): f.title for table in description.tables.values() for f in table.fields}
    checked.problems = sorted(
        _withheld(replace(problem, title=titles.get((problem.file, problem.column), "")), description)
        for problem in checked.problems
    )
    return checked


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

    def report(line, column, value, rule):
        problems.append(Problem(table.file, line, column, value, rule))

    verdicts: dict[tuple[str, str], tuple] = {}
    seen: dict[tuple, int] = {}
    key_at = [names.index(name) + 1 for name in table.primary_key]
    try:
        header = next(reader, [])
        if header != names:
            _report_header(header, names, report)
            return [], problems
        for start, cells in enumerate(reader, start=2):
            if len(cells) != len(names):
                if cells:
                    rule = f"the row has {len(cells)} cells, the header has {len(names)}"
                    report(start, "", ",".join(cells), rule)
                else:
                    report(start, "", "", "the row is empty; delete it")
                continue
            values = [start]
            good = True
            for spec, schema_field, cell in zip(
                table.fields, table.resource.schema.fields, cells, strict=True
            ):
                verdict = verdicts.get((spec.name, cell))
                if verdict is None:
                    verdict = verdicts[spec.name, cell] = _read_cell(spec, schema_field, cell)
                value, rule = verdict
                if rule:
                    report(start, spec.name, cell, rule)
                    good = False
                values.append(value)
            if not good:
                continue
            row = tuple(values)
            key = tuple(row[i] for i in key_at)
            if key in seen:
                rule = f"the same {', '.join(table.primary_key)} as in row {seen[key]}; a row stands once"
                report(start, table.primary_key[0], str(key[0] or ""), rule)
                continue
            seen[key] = start
            rows.append(row)
    except csv.Error as error:
        report(reader.line_num, "", "", f"the file cannot be read as CSV: {error}")
    return rows, problems


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


def _check_references(table: Table, checked: Checked) -> None:
    names = [f.name for f in table.fields]
    missing = {p.file for p in checked.missing}
    for column, other_name, other_column in table.foreign_keys:
        other = checked.description.tables[other_name]
        if other.file in missing or any(p.file == other.file and p.line <= 1 for p in checked.problems):
            continue  # the missing or unreadable file is the finding, not every row that points at it
        at = [f.name for f in other.fields].index(other_column) + 1
        known = {row[at] for row in checked.rows[other_name]}
        faulty = {p.value for p in checked.problems if p.file == other.file}
        here = names.index(column) + 1
        for row in checked.rows[table.name]:
            value = row[here]
            if value is None or value in known or value in faulty:
                continue
            near = difflib.get_close_matches(str(value), [str(k) for k in known], 1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            rule = f"does not stand in column {other_column} of {other.file}{hint}"
            checked.problems.append(Problem(table.file, row[0], column, str(value), rule))


def _check_rules(checked: Checked) -> None:
    from dialogue import store  # the rules are queries on the database built from these rows

    connection = store.build(checked)
    for path in sorted((store.QUERIES / "checks").glob("*.sql")):
        try:
            found = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        except duckdb.Error as error:
            found = [(path.name, 0, "", "", f"the rule could not be run: {error}")]
        for file, line, column, value, rule in found:
            checked.problems.append(
                Problem(file, line or 0, column or "", "" if value is None else str(value), rule)
            )
    connection.close()


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
