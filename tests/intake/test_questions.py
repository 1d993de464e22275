"""What a whole table makes one ask: at the command line as at the desk; and findings of one cause told once."""

import pytest

from dialogue.__main__ import main
from dialogue.intake import questions
from dialogue.tables.rows import Problem
from tests.intake.test_incoming import CURRENT, dump, grid
from tests.support import read


@pytest.fixture
def check(tmp_path, capsys):
    """Run the command `check` on rows of a table; gives its exit code and what it said."""

    def run(table: str, rows: list[list[str]], *options: str) -> tuple[int, str]:
        path = tmp_path / f"{table}.csv"
        path.write_bytes(dump(rows))
        code = main(["check", str(path), *options])
        return code, capsys.readouterr().out

    return run


def test_new_rows_alone_are_added_with_an_option(check, tmp_path):
    header, first = grid("sources", 1)
    new = [first[:], first[:]]
    for number, row in enumerate(new):
        row[header.index("id")] = f"zz-new-{number}"
        row[header.index("url")] = f"https://example.org/{number}"
    code, said = check("sources", [header, *new])
    assert code == 1 and "the file holds 2 rows that are not in the table" in said and "If so: --add" in said
    assert "findings" not in said  # and not one for every row that cites the others
    out = tmp_path / "out.csv"
    code, said = check("sources", [header, *new], "--add", "--fix", str(out))
    before = len(read("sources"))
    assert code == 0 and f"All is well: {before + 2} rows of sources ({before} before)" in said
    assert len(out.read_text("utf-8").splitlines()) == before + 3


def test_a_row_to_be_added_that_stands_there_otherwise_is_a_finding(check):
    header, first, second = grid("sources", 2)
    first[header.index("title")] = "another title"
    new = list(second)
    new[header.index("id")] = "zz-new"
    code, said = check("sources", [header, first, new], "--add")
    assert code == 1 and "stands in the table with other values" in said


def test_rows_that_go_are_counted_and_confirmed_with_their_number(check):
    rows = grid("casualties", 10_000)
    half = [rows[0], *rows[1::2]]
    gone, before = len(rows) - len(half), len(rows) - 1
    code, said = check("casualties", half)
    assert code == 1 and f"{gone:,} of {before:,} rows ({100 * gone // before}%)" in said and f"--removes {gone}" in said
    assert check("casualties", half, "--removes", str(gone - 1))[0] == 1
    code, said = check("casualties", half, "--removes", str(gone))
    assert f"({before} before)" in said or "finding" in said
    code, said = check("casualties", rows[:1])
    assert code == 1 and "(all)" in said


def test_a_few_rows_less_are_not_asked_about():
    table = CURRENT.description.tables["casualties"]
    rows = CURRENT.rows["casualties"]
    assert not questions.of_table(table, rows, rows[5:])
    assert questions.of_table(table, rows, rows[:-80])[0].kind == questions.REMOVES
    assert questions.of_table(table, rows, [])[0].kind == questions.REMOVES


@pytest.mark.parametrize("column", ["note", "count", "year", "locator"])
def test_a_column_sorted_by_itself_is_named(column):
    table = CURRENT.description.tables["casualties"]
    at = [f.name for f in table.fields].index(column) + 1
    rows = CURRENT.rows["casualties"]
    values = sorted((row[at] for row in rows), key=lambda value: (value is None, value))
    changed = [(*row[:at], value, *row[at + 1 :]) for row, value in zip(rows, values, strict=True)]
    changed[0] = (*changed[0][:-1], "also a remark")  # and a cell is corrected besides
    found = questions.of_table(table, rows, changed)
    assert [(one.kind, one.key) for one in found] == [("sorted", f"casualties sorted {column}")]


def test_a_table_sorted_as_a_whole_or_corrected_is_not_asked_about():
    table = CURRENT.description.tables["casualties"]
    rows = CURRENT.rows["casualties"]
    assert not questions.of_table(table, rows, rows[::-1])
    at = [f.name for f in table.fields].index("note") + 1
    assert not questions.of_table(table, rows, [(*row[:at], "the same remark", *row[at + 1 :]) for row in rows])


def test_findings_of_one_cause_are_told_once_with_their_number():
    rule = "does not stand in column id of sources.csv"
    many = [Problem("a.csv", line, "source_id", f"s{line}", f"{rule}; did you mean “x{line}”?") for line in range(2, 500)]
    other = Problem("a.csv", 3, "count", "x", "must be a whole number")
    found = questions.gathered([*many, other])
    assert len(found) == 2 and other in found
    assert "498 times: rows 2–499; 498 different values" in found[0].rule and found[0].value == "s2, s3, s4"


def test_a_file_whose_name_and_table_are_told_apart_is_asked_about(check, tmp_path, capsys):
    path = tmp_path / "treaty_conflicts.csv"
    path.write_bytes(dump(grid("treaty_conflicts", 99)))
    assert main(["check", str(path), "--table", "treaty_actions"]) == 1
    assert "the name of the file says treaty_conflicts, but treaty_actions was chosen" in capsys.readouterr().out


