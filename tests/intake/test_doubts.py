"""What sound tables make one doubt is asked, at the desk and at the command line; a yes lets it through."""

import re
import subprocess
import sys

import pytest

from dialogue.change import desk
from dialogue.intake import doubts
from tests.browser import ROOT
from tests.intake.test_incoming import CURRENT, DESCRIPTION
from tests.screen.test_data_desk import as_csv
from tests.support import read


def changed(table: str, where, **cells) -> list[dict]:
    rows = read(table)
    next(row for row in rows if where(row)).update({name: str(value) for name, value in cells.items()})
    return rows


def typed(table: str, rows: list[tuple]):
    return doubts.of(DESCRIPTION, CURRENT.rows, CURRENT.rows | {table: rows})


def with_value(table: str, column: str, times: float) -> list[tuple]:
    """The table with its largest value of a State multiplied."""
    at = [f.name for f in DESCRIPTION.tables[table].fields].index(column) + 1
    rows = list(CURRENT.rows[table])
    place = max((i for i, row in enumerate(rows) if row[1] != "WLD"), key=lambda i: rows[i][at] or 0)
    row = rows[place]
    rows[place] = (*row[:at], int(row[at] * times), *row[at + 1 :])
    return rows


@pytest.mark.parametrize("table", ["casualties", "casualty_totals", "survivors"])
def test_ten_times_its_neighbours_is_asked_and_a_little_more_is_not(table):
    (question, *_) = typed(table, with_value(table, "count", 20))
    assert question.kind == "doubted" and re.search(r"ten times or more .*\. Is it right\?", question.text)
    assert not typed(table, with_value(table, "count", 1.01))


@pytest.mark.long
def test_a_digit_too_many_in_the_world_total_is_asked_with_its_neighbours_value():
    world = [row for row in read("casualties") if row["iso3"] == "WLD" and row["weapon"] == "cluster_munition"]
    newest = max(world, key=lambda row: (row["year"], int(row["count"])))
    rows = changed("casualties", lambda row: row == newest, count=int(newest["count"]) * 10)
    given = desk.answer([("casualties.csv", as_csv(rows))])
    if not given.problems:  # sums that do not fit are told first
        assert any("ten times or more" in one.text for one in given.open) and given.draft is not None


@pytest.mark.long
def test_a_source_later_than_the_as_of_day_is_a_question_that_a_tick_answers():
    new = {**read("sources")[0], "id": "zz-new", "title": "A new report", "published": "2098-01-01", "url": "https://example.org/zz"}
    files = [("sources.csv", as_csv([*read("sources"), new]))]
    given = desk.answer(files)
    (question,) = given.open
    assert "1 January 2098, later than" in question.text and "as-of day" in question.text
    assert given.draft is not None and given.changes  # to be looked at, not yet to be published
    assert not desk.answer(files, answered=lambda one: one.key == question.key).open


def test_a_lead_that_came_true_is_remembered():
    rows = read("newer_editions")
    lead = next(row for row in rows if row["series"])
    year = re.search(r"\d{4}", lead["newer"])[0]
    edition = {**read("editions")[0], "edition": f"ZZ {year}", "series": lead["series"], "year": year, "published": year}
    given = desk.answer([("editions.csv", as_csv([*read("editions"), edition]))])
    assert any(f"“{lead['newer']}” is listed as not yet in the tables" in one.text for one in given.open)


def test_answers_of_states_are_never_repeated_in_a_doubt():
    assert not [one for one in doubts.of(DESCRIPTION, {}, CURRENT.rows) if one.table == "responses"]


@pytest.mark.long
def test_a_day_that_has_begun_anywhere_on_earth_is_not_the_future(monkeypatch):
    ask = "from dialogue.tables import check, database, package; print(database.build(check.read(package.DATA)).execute('SELECT latest_day()').fetchone()[0])"
    days = {
        subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, env={"TZ": zone, "PATH": ""}).stdout
        for zone in ("Pacific/Honolulu", "Asia/Vientiane")
    }
    assert len(days) == 1 and re.fullmatch(r"\d{4}-\d\d-\d\d\n", days.pop())


