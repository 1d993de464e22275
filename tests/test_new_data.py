"""A coordinator puts in a new edition, and the tests go on being right.

`tests/inputs/next-edition` holds rows, all invented, as the next year will bring them: figures of a
year more, their edition and documents, an accession, a finding, a practice, answers, a draft of the
working document. They are put into a copy of the project as README says, and the tests run there.
"""

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from dialogue.__main__ import main
from dialogue.intake import workbook
from dialogue.tables import check, package
from tests.support import ROOT, project_files

EDITION = ROOT / "tests" / "inputs" / "next-edition"
# What rows refer to comes before them.
ORDER = ("sources", "editions")
AS_OF = "2026-10-01"


def put_in(data: Path, table: str) -> None:
    """Take the table's spreadsheet, write the new rows into it, and have it checked and written."""
    current = check.read(data)
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(current.description, current, table)))
    sheet = book[table]
    names = [cell.value for cell in sheet[1]]
    key = current.description.tables[table].primary_key
    with (EDITION / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for new in csv.DictReader(file):
            same = [
                row for row in sheet.iter_rows(min_row=2)
                if all(str(row[names.index(name)].value or "") == new.get(name, "") for name in key)
            ]  # fmt: skip
            if same:
                for name, value in new.items():
                    same[0][names.index(name)].value = value
            else:
                sheet.append([new.get(name) or None for name in names])
    file = data.parent / f"{table}.xlsx"
    book.save(file)
    # what is asked about (a newer edition that has come, a value far from others) was looked at: the rows are meant
    answers = ["--confirm"]
    assert main(["check", str(file), "--data", str(data), "--fix", str(data / f"{table}.csv"), *answers]) == 0


@pytest.fixture(scope="module")
def next_year(tmp_path_factory) -> Path:
    """A copy of the project with the new edition in it, its results reviewed."""
    tree = tmp_path_factory.mktemp("next") / "project"
    for path in project_files():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, tree / path)
    described = tree / "data" / package.DESCRIPTION
    today = f'"as_of": "{package.read().as_of}"'
    text = described.read_text("utf-8")
    assert text.count(today) == 1
    described.write_text(text.replace(today, f'"as_of": "{AS_OF}"'), "utf-8")
    for table in sorted((path.stem for path in EDITION.glob("*.csv")), key=lambda name: (name not in ORDER, name)):
        put_in(tree / "data", table)
    return tree


def run_tests(tree: Path, *options: str) -> None:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DIALOGUE_"))}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *options]
    ran = subprocess.run(command, cwd=tree, env=given, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-5_000:]


# What reads the project's data and says something of them; the others make their own, or go through
# every State, every value and every release once more, as they do in the ordinary run.
READING = (
    "tests/change/test_golden.py", "tests/pages", "tests/views", "tests/present", "tests/tables/test_check.py",
    "tests/tables/test_answers.py", "tests/tables/test_corrections.py", "tests/tables/test_write.py",
    "tests/snapshot/test_figures.py", "tests/test_cli.py",
)  # fmt: skip
SWEEPS = (
    "has_a_card", "no_profile_shows", "every_allowed_value", "the_same_offline_edition",
    "taken_out_of_every_release", "an_archive_from_before", "a_kept_archive_cannot_be_looked_into",
)  # fmt: skip


@pytest.mark.long
def test_a_new_edition_alone_turns_no_test_red(next_year):
    run_tests(next_year, "tests/change/test_golden.py", "--rewrite-golden")
    run_tests(next_year, "-m", "not visits", "-k", f"not ({' or '.join(SWEEPS)})", *READING)
