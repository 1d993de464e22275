"""What differs between two states of the tables, and how it is said."""

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from dialogue.change import difference, report
from dialogue.change.difference import Words
from dialogue.tables import package, write
from dialogue.tables.package import Table
from dialogue.tables.rows import parse

T = TypeVar("T")
DESCRIPTION = package.read()
CASUALTIES = DESCRIPTION.tables["casualties"]
LABELS, _problems = parse((package.DATA / "labels.csv").read_text("utf-8"), DESCRIPTION.tables["labels"])


def row(table: Table, line: int, **cells) -> tuple:
    """A typed row; what is not given is empty."""
    assert set(cells) <= {f.name for f in table.fields}
    return (line, *(cells.get(f.name) for f in table.fields))


def casualty(line: int, count: int, **cells) -> tuple:
    usual = {
        "iso3": "LAO", "year": 2023, "weapon": "cluster_munition", "cause": "remnant", "outcome": "all", "sex": "all",
        "age_group": "all", "status": "all", "count_type": "recorded", "scope": "full_year",
        "publisher_kind": "monitor", "edition": "CMM 2024", "source_id": "cmm-2024", "grade": "primary",
    }  # fmt: skip
    return row(CASUALTIES, line, count=count, **{**usual, **cells})


def named(**tables) -> dict[str, list[tuple]]:
    """These tables with the labels, States and documents that sentences need."""
    state = row(
        DESCRIPTION.tables["states"], 2, iso3="LAO", name_en="Lao People’s Democratic Republic", region="asia"
    )
    source = row(
        DESCRIPTION.tables["sources"],
        2,
        id="cmm-2024",
        publisher="Monitor",
        title="Cluster Munition Monitor 2024",
    )
    return {"labels": LABELS, "states": [state], "sources": [source], **tables}


def told(old: dict, new: dict) -> list[str]:
    words = Words(named(**new), DESCRIPTION).also(named(**old), DESCRIPTION)
    return [difference.sentence(change, words) for change in difference.rows(DESCRIPTION, old, new)]


def test_a_changed_cell_is_told_with_its_row_in_words():
    assert told({"casualties": [casualty(2, 12)]}, {"casualties": [casualty(7, 1500)]}) == [
        "Lao People’s Democratic Republic, 2023, cluster munitions, remnants: persons 12 → 1,500"
        " (CMM 2024; Monitor, Cluster Munition Monitor 2024)"
    ]


def test_a_minimum_is_told_as_one_and_what_is_not_the_usual_is_named():
    old = {"casualties": [casualty(2, 12, count_type="minimum", scope="part_year", sex="female")]}
    new = {"casualties": [casualty(2, 15, count_type="minimum", scope="part_year", sex="female")]}
    (sentence,) = told(old, new)
    assert "persons ≥\u202f12 → ≥\u202f15" in sentence
    assert "female" in sentence and "part_year" in sentence


def test_an_empty_cell_and_an_absent_row_are_never_told_as_a_number():
    findings = DESCRIPTION.tables["obligation_findings"]
    one = dict(
        iso3="LAO",
        action=34,
        indicator="mhpss",
        status="partly",
        as_of="2024",
        finding="A fund pays.",
        source_id="cmm-2024",
    )
    emptied = told(
        {"obligation_findings": [row(findings, 2, **one, valid_to=2026)]},
        {"obligation_findings": [row(findings, 2, **one)]},
    )
    assert any("2026 → no value" in sentence for sentence in emptied)
    filled = told(
        {"obligation_findings": [row(findings, 2, **one)]},
        {"obligation_findings": [row(findings, 2, **one, valid_to=2026)]},
    )
    assert any("no value → 2026" in sentence for sentence in filled)
    for sentence in (*emptied, *filled, *told({"casualties": []}, {"casualties": [casualty(2, 12)]})):
        assert " 0" not in sentence


def test_added_and_removed_rows_say_what_they_hold_and_where_it_is_from():
    with_row, without = {"casualties": [casualty(2, 12)]}, {"casualties": []}
    (added,), (removed,) = told(without, with_row), told(with_row, without)
    assert added.startswith(
        "added: Lao People’s Democratic Republic, 2023, cluster munitions, remnants: 12 (CMM 2024"
    )
    assert removed.startswith("removed: Lao People’s") and ": 12 (CMM 2024" in removed


def test_the_order_of_rows_never_matters():
    rows = [casualty(n, n, year=1990 + n % 30, iso3=f"A{n // 30:02}") for n in range(2, 900)]
    shuffled = rows[:]
    random.Random(4).shuffle(shuffled)
    assert difference.rows(DESCRIPTION, {"casualties": rows}, {"casualties": shuffled}) == []


def test_ten_times_as_many_rows_take_ten_times_the_work():
    def compare(n: int) -> tuple[int, list[difference.Change]]:
        rows = [casualty(n, n, year=1960 + n % 100, iso3=f"{n // 100:03}") for n in range(2, n + 2)]
        changed = [(*each[:10], each[10] + 1, *each[11:]) if each[0] % 10 == 0 else each for each in rows]
        return steps(lambda: difference.rows(DESCRIPTION, {"casualties": rows}, {"casualties": changed[5:]}))

    few, _changes = compare(200)
    many, changes = compare(2_000)
    assert many < 15 * few
    counted = difference.counts(changes)["casualties"]
    assert (counted[difference.CHANGED], counted[difference.REMOVED]) == (200, 5)


def steps(call: Callable[[], T]) -> tuple[int, T]:
    """How many lines of the program a call runs, the same on every machine; and its answer."""
    lines = 0

    def count(_frame, event, _argument):
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        answer = call()
    finally:
        sys.settrace(before)
    return lines, answer


def test_a_table_missing_on_one_side_is_added_or_removed_as_a_whole():
    rows = {"casualties": [casualty(2, 12), casualty(3, 13, year=2022)]}
    assert [change.kind for change in difference.rows(DESCRIPTION, {}, rows)] == ["added", "added"]
    assert [change.kind for change in difference.rows(DESCRIPTION, rows, {})] == ["removed", "removed"]


def test_columns_that_came_or_went_are_named_and_the_others_compared():
    fields = tuple(f for f in CASUALTIES.fields if f.name != "activity")
    earlier = replace(
        CASUALTIES, fields=fields, primary_key=tuple(k for k in CASUALTIES.primary_key if k != "activity")
    )
    before = replace(DESCRIPTION, tables={**DESCRIPTION.tables, "casualties": earlier})
    at = [f.name for f in CASUALTIES.fields].index("activity") + 1
    old = [casualty(2, 12), casualty(3, 20, year=2022)]
    old = {"casualties": [each[:at] + each[at + 1 :] for each in old]}
    new = {"casualties": [casualty(2, 12), casualty(3, 21, year=2022, activity="farming")]}
    found = difference.rows(DESCRIPTION, old, new, before)
    assert [(c.kind, c.field, c.old, c.new) for c in found] == [
        ("added", "activity", "", ""),
        ("changed", "count", "20", "21"),
    ]
    words = Words(named(), DESCRIPTION)
    assert difference.sentence(found[0], words) == "the column “activity” is new"


def test_answers_of_states_are_never_repeated():
    responses = DESCRIPTION.tables["responses"]
    secret = dict(
        iso3="LAO",
        question="a",
        received="2026-05-01",
        channel="letter SECRET",
        language="en",
        consent="no",
        document="SECRET",
    )
    old = {"responses": [row(responses, 2, **secret, answer="SECRET 1")]}
    new = {
        "responses": [
            row(responses, 2, **{**secret, "channel": "SECRET 3"}, answer="SECRET 2"),
            row(responses, 3, **{**secret, "question": "b"}, answer="SECRET 4"),
        ]
    }
    changes = difference.rows(DESCRIPTION, old, new) + difference.rows(DESCRIPTION, new, {})
    words = Words(named(), DESCRIPTION)
    said = [difference.sentence(change, words) for change in changes]
    assert (
        said[0]
        == "Lao People’s Democratic Republic, (a) Barriers to disability and VA plans: the content changed (it is confidential)"
    )
    written = "\n".join(
        [
            repr(changes),
            *said,
            report.markdown(changes, words),
        ]
        + [report.commit_message("responses", changes, words)]
    )
    assert "SECRET" not in written and "2026-05" not in written


def test_the_summary_counts_rows_not_cells():
    old = {"casualties": [casualty(2, 12), casualty(3, 13, year=2022)]}
    new = {
        "casualties": [casualty(2, 15, locator="p. 3"), casualty(4, 9, year=2020), casualty(5, 9, year=2019)]
    }
    changes = difference.rows(DESCRIPTION, old, new)
    assert difference.summary(changes) == "casualties: 2 rows added, 1 removed, 1 changed"
    assert difference.summary([]) == "nothing changed"


def test_markdown_shows_hostile_cells_as_text_and_says_what_it_leaves_out():
    note = "| <script>alert(1)</script> @everyone [x](javascript:alert(1)) `"
    old = {"casualties": [casualty(n, 1, year=1960 + n) for n in range(2, 12)]}
    new = {"casualties": [casualty(n, 2, year=1960 + n, locator=note) for n in range(2, 12)]}
    changes = difference.rows(DESCRIPTION, old, new)
    text = report.markdown(changes, Words(named(), DESCRIPTION), listed=15)
    lines = [line for line in text.splitlines() if line.startswith("| Lao")]
    assert len(lines) == 15 and "… and 5 more" in text
    for line in lines:
        assert len([c for i, c in enumerate(line) if c == "|" and line[i - 1] != "\\"]) == 5
    assert "<script" not in text and "@everyone" not in text and "[x](" not in text


def test_a_long_text_is_cut_to_the_part_that_differs():
    same = "The law of 2016 on the rights of persons with disabilities names survivors of mines and of cluster munitions, and "
    old, new = difference.excerpts(same * 2 + "was adopted", same * 2 + "was not adopted")
    assert old != new and old.endswith("was adopted") and new.endswith("was not adopted")
    assert max(len(old), len(new)) <= difference.LONG + 1


def test_the_commit_message_has_a_short_subject_and_every_sentence():
    changes = difference.rows(
        DESCRIPTION, {"casualties": [casualty(2, 12)]}, {"casualties": [casualty(2, 15)]}
    )
    subject, empty, *body = report.commit_message(
        "casualties", changes, Words(named(), DESCRIPTION)
    ).splitlines()
    assert subject == "Update casualties: 1 changed" and empty == ""
    assert "persons 12 → 15" in " ".join(line.strip() for line in body)
    assert max(map(len, body)) <= 72
    many = [
        replace(changes[0], line=n, table="a_table_with_a_very_long_name_that_goes_on_and_on_for_ever")
        for n in range(90)
    ]
    long = report.commit_message(many[0].table, many, Words(named(), DESCRIPTION)).splitlines()
    assert len(long[0]) <= 72 and long[-1] == "… and 40 more"


def test_reading_and_writing_a_table_makes_no_difference():
    for name in ("casualty_shares", "obligation_findings", "treaty_actions"):
        table = DESCRIPTION.tables[name]
        rows, problems = parse((package.DATA / table.file).read_text("utf-8"), table)
        again, _problems = parse(write.table(table, rows[::-1]), table)
        assert not problems and difference.rows(DESCRIPTION, {name: rows}, {name: again}) == []


@pytest.mark.parametrize(
    ("table", "column", "list_"),
    [
        ("treaty_actions", "action", "treaty_action"),
        ("obligation_findings", "status", "obligation_status"),
        ("casualties", "status", "status"),
        ("sources", "kind", "source_kind"),
        ("obligation_lists", "list", "obligation_list"),
        ("indicators", "action", "action"),
        ("work_plan", "status", None),
    ],
)
def test_a_column_is_read_with_the_list_whose_codes_it_holds(table, column, list_):
    rows, _faults = parse((package.DATA / f"{table}.csv").read_text("utf-8"), DESCRIPTION.tables[table])
    assert Words({"labels": LABELS, table: rows}, DESCRIPTION).list_of(table, column) == list_
