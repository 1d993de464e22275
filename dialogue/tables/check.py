"""Check the CSV files against their description and against the rules in ``queries/checks``.

One code path for everybody: the command line, the tests and the server's start
call `check`, and every finding is a `Problem` that names file, line, column,
value and rule.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from dialogue.tables import answers, corrections, database, package
from dialogue.tables.package import Description, Table
from dialogue.tables.rows import CONFIDENTIAL, NOT_WRITTEN, Checked, Problem, parse, shorten

SHORT = 3  # letters of a code of a State
HINTS = 50  # values of a column for which the nearest code is sought; more is not a slip


# Rules of rooms above this one, which know more than tables: whoever knows such a rule adds it when it is loaded.
ALSO: list[Callable[[Checked], Iterable[Problem]]] = []


def check(
    data: Path = package.DATA, instead: Mapping[str, tuple[list[tuple], list[Problem]]] | None = None, days: package.Days | None = None
) -> Checked:
    """Read and check every table of `data`.

    `instead` gives, by table, (rows, problems) as `parse` returns them: these are
    judged in place of the table's file, together with all others. `days` are judged in
    place of those for which the description says that the data speak.
    Returns everything found in one run; never raises for what a CSV holds.
    """
    checked = read(data, instead)
    if checked.description is None:
        return checked
    if days:
        checked.description = replace(checked.description, **days._asdict())
    # A file that is missing or has refused rows is the finding, not every row that points into it.
    unsettled = {problem.file for problem in (*checked.problems, *checked.missing)}
    for table in checked.description.tables.values():
        _check_references(table, checked, unsettled)
    checked.problems += corrections.check(checked)
    for judge in ALSO:
        checked.problems += judge(checked)
    if not checked.problems:
        _check_rules(checked)  # on corrected rows, as the dashboard shows them
    checked.problems = shown([_with_example(problem, checked) for problem in checked.problems], checked.description)
    return checked


def _with_example(problem: Problem, checked: Checked) -> Problem:
    """A problem of a form that is only described, with a value of the column that has it."""
    if not problem.rule.startswith(NOT_WRITTEN) or problem.file in CONFIDENTIAL:
        return problem
    table = next(table for table in checked.description.tables.values() if table.file == problem.file)
    at = [f.name for f in table.fields].index(problem.column) + 1
    known = sorted({row[at] for row in checked.rows[table.name] if row[at]})
    return replace(problem, rule=f"{problem.rule} For example “{known[len(known) // 2]}”") if known else problem


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
    if answers.TABLE in description.tables:
        # before anything else is judged, so that no fault elsewhere lets such a text through
        table = description.tables[answers.TABLE]
        checked.rows[table.name], problems = answers.check(table, checked.rows[table.name])
        checked.problems += problems
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
    try:
        content = package.content_of(path)
    except package.Unreadable as error:
        checked.problems.append(Problem(table.file, 0, "", "", str(error)))
        return
    if content is None:
        rule = f"the file is missing; it holds the table “{table.title}”"
        if near := package.nearly(path):
            rule += f"; is it “{shorten(near)}”? Its name must be {table.file}, to the letter"
        found = Problem(table.file, 0, "", "", rule)
        (checked.missing if table.optional else checked.problems).append(found)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        rule = "the file is not UTF-8; save it as “CSV UTF-8”"
        checked.problems.append(Problem(table.file, line, "", "", rule))
        return
    rows, problems = _parsed(text, table)
    if text and not text.endswith("\n"):
        rule = "the last line has no line end: the file may be cut off; copy or save it again"
        problems.append(Problem(table.file, text.count("\n") + 1, "", "", rule))
    checked.rows[table.name] = rows
    checked.problems += problems


# Of each file the last text that was read, for whom it was read, and what stood in it: most reads change one table.
_known: dict[str, tuple] = {}


def _parsed(text: str, table: Table) -> tuple[list[tuple], list[Problem]]:
    """As `parse`; the rows of a file that says what it said before are not judged again."""
    asked = (text, table.fields, table.primary_key)
    known = _known.get(table.file)
    if known is None or known[0] != asked:
        known = (asked, *parse(text, table))
        if table.file not in CONFIDENTIAL:  # kept no longer than it is looked at
            _known[table.file] = known
    return list(known[1]), list(known[2])


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
                # another number is another edition or document, and a short code another State: no slip of the pen
                slip = near and _letters(near[0]) != _letters(str(value)) and len(str(value)) > SHORT
                hints[value] = f"; did you mean “{near[0]}”?" if slip else ""
            rule = f"does not stand in column {other_column} of {other.file}; add it to {other.title} first{hints.get(value, '')}"
            checked.problems.append(Problem(table.file, row[0], column, str(value), rule))


def _letters(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())


def _check_rules(checked: Checked) -> None:
    try:
        checked.database = connection = database.build(checked)
    except duckdb.Error as error:  # tables of another time, for example of an archive
        rule = f"the tables do not fit the queries: {error}"
        checked.problems.append(Problem(package.DESCRIPTION, 0, "", "", rule))
        return
    for path in sorted((database.QUERIES / "checks").glob("*.sql")):
        try:
            found = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        except duckdb.Error as error:
            found = [(path.name, 0, "", "", f"the rule could not be run: {error}")]
        for file, line, column, value, rule in found:
            checked.problems.append(
                Problem(file, line or 0, column or "", "" if value is None else str(value), rule)
            )
