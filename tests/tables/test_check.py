"""Bad input gets a message that names file, line, column, value and rule; nothing else happens."""


import pytest
from frictionless import validate

from dialogue.snapshot import reader, store
from dialogue.tables import package
from tests.support import edit, messages, put


def world_2024(cause):
    return lambda r: (
        (r["iso3"], r["year"], r["cause"], r["outcome"], r["status"], r["sex"], r["age_group"])
        == ("WLD", "2024", cause, "all", "all", "all", "all")
        and r["weapon"] == "cluster_munition"
    )


def test_the_project_s_own_data_are_sound():
    assert messages(package.DATA) == []


@pytest.mark.long
def test_an_independent_validator_agrees_that_the_data_are_sound():
    report = validate(str(package.DATA / package.DESCRIPTION))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])


@pytest.mark.parametrize(
    ("table", "cells", "column", "rule"),
    [
        ("casualties", {"count": "3 14"}, "count", "must be a whole number"),
        ("casualties", {"count": "-1"}, "count", "must be 0 or more"),
        ("casualties", {"count": ""}, "count", "a value is required here"),
        ("casualties", {"count": "12.5"}, "count", "must be a whole number"),
        ("casualties", {"year": "20222"}, "year", "must be from 1960 to 2100"),
        ("casualties", {"cause": "remnants"}, "cause", "did you mean “remnant”?"),
        ("casualties", {"source_id": "cmm-2025"}, "source_id", "does not stand in column id of sources.csv"),
        ("casualties", {"edition": "CMM 2052"}, "edition", "does not stand in column edition of editions.csv; add it to Editions first"),
        ("casualties", {"iso3": "LAOS"}, "iso3", "is not written as it should be"),
        ("casualties", {"iso3": "XXX"}, "iso3", "is neither a State of states.csv nor an area of areas.csv"),
        ("casualties", {"grade": " primary"}, "grade", "spaces before or after the value"),
        ("casualty_shares", {"percent": "101"}, "percent", "must be from 0 to 100"),
        ("treaty_actions", {"date": "31/12/2024"}, "date", "is not written as it should be"),
        ("treaty_actions", {"date": "2023-02-30"}, "date", "is not a date of the calendar"),
        ("treaty_actions", {"date": "2199-01-01"}, "date", "dated in the future"),
        ("sources", {"url": "www.example.org"}, "url", "is not written as it should be"),
    ],
)
def test_a_bad_cell_is_named_with_file_line_column_value_and_rule(data, table, cells, column, rule):
    line = put(data, table, lambda row: True, **cells)
    found = [m for m in messages(data) if m.startswith(f"{table}.csv, row {line}, column {column}")]
    assert found and rule in found[0]
    value = next(iter(cells.values())).strip()
    assert value in found[0]


def test_every_problem_of_every_file_is_named_in_one_run(data):
    put(data, "casualties", lambda row: True, count="many")
    put(data, "casualties", lambda row: row["iso3"] == "LAO", cause="bomb")
    put(data, "states", lambda row: True, region="europa")
    found = messages(data)
    assert {"casualties.csv", "states.csv"} <= {m.split(",")[0] for m in found}
    assert sum(m.startswith("casualties.csv") for m in found) == 2


def test_killed_and_injured_cannot_exceed_the_total_of_the_same_edition(data):
    killed = lambda r: (  # noqa: E731
        r["iso3"] == "WLD" and r["year"] == "2024" and r["outcome"] == "killed" and r["weapon"] == "mine_erw"
        and r["sex"] == r["age_group"] == r["status"] == "all"
    )
    put(data, "casualties", killed, count="9000")
    assert any("killed and injured together are more than the total" in m for m in messages(data))


def test_attacks_and_remnants_cannot_exceed_the_total_of_the_same_edition(data):
    line = put(data, "casualties", world_2024("attack"), count="9000")
    found = [m for m in messages(data) if "attacks and remnants together" in m]
    assert found and f"casualties.csv, row {line}, column count" in found[0]


def test_a_state_cannot_withdraw_before_it_joins(data):
    leaving = lambda r: (r["iso3"], r["instrument"], r["action"]) == ("LTU", "CCM", "withdrawal_effective")  # noqa: E731
    line = put(data, "treaty_actions", leaving, date="2009-01-01")
    assert any(f"row {line}, column date" in m and "before the State joined" in m for m in messages(data))


def test_no_ratification_before_the_instrument_opened(data):
    line = put(data, "treaty_actions", lambda r: r["instrument"] == "CCM", date="2008-12-02")
    assert any(f"row {line}" in m and "before the instrument was open" in m for m in messages(data))


def test_a_figure_cannot_be_dated_in_the_future(data):
    put(data, "casualties", lambda r: r["year"] == "2024", year="2099")
    assert any("has not come yet" in m for m in messages(data))


@pytest.mark.long
def test_one_source_prints_one_value_for_a_cell(data):
    def change(rows):
        row = list(next(r for r in rows if r[0] == "WLD" and r[rows[0].index("count_type")] == "recorded"))
        row[rows[0].index("count_type")] = "minimum"
        row[rows[0].index("count")] = "1"
        rows.append(row)

    edit(data / "casualties.csv", change)
    assert any("holds another value of the same cell" in m for m in messages(data))


def test_a_row_stands_once(data):
    edit(data / "casualties.csv", lambda rows: rows.append(list(rows[-1])))
    assert any("a row stands once" in m for m in messages(data))


def test_a_status_needs_a_year_or_a_reason(data):
    line = put(data, "obligation_findings", lambda r: r["as_of"] and r["note"], as_of="", note="")
    assert any(f"row {line}, column as_of" in m and "needs a year" in m for m in messages(data))


def test_a_row_without_a_source_is_refused(data):
    put(data, "obligation_findings", lambda r: True, source_id="")
    assert any("column source_id (Source): a value is required here" in m for m in messages(data))


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lambda p: p.write_bytes(b""), "the file is empty"),
        (lambda p: p.write_bytes(p.read_text("utf-8").encode("cp1252", "replace")), "not UTF-8"),
        (lambda p: p.write_text(p.read_text("utf-8").replace("iso3,", "ISO3,", 1), "utf-8"), "the column is missing"),
        (lambda p: p.write_text(p.read_text("utf-8") + '"open', "utf-8"), "cannot be read as CSV"),
        (lambda p: p.write_text(p.read_text("utf-8") + "LAO,2024\n", "utf-8"), "the header has"),
        (lambda p: p.write_text(p.read_text("utf-8").replace(",", ";"), "utf-8"), "the column is missing"),
        (lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00"), "not UTF-8"),
    ],
    ids=["empty", "cp1252", "renamed column", "open quote", "short row", "semicolons", "picture"],
)
def test_a_broken_file_is_named(data, spoil, rule):
    # a name with an accent, so that another encoding shows
    spoil(data / "states.csv" if "UTF" in rule else data / "casualties.csv")
    assert any(rule in m for m in messages(data))


def test_a_missing_table_is_named_and_an_optional_one_does_not_stop_the_rest(data):
    (data / "resources.csv").unlink()
    snapshot = store.load(data)
    assert [str(m) for m in snapshot.missing] == [
        "resources.csv: the file is missing; it holds the table “Resources”"
    ]
    assert snapshot.problems == [] and snapshot.connection
    (data / "casualties.csv").unlink()
    assert any("casualties.csv: the file is missing" in str(p) for p in store.load(data).problems)


def test_a_missing_description_is_one_message(data):
    (data / package.DESCRIPTION).unlink()
    assert len(messages(data)) == 1


def test_the_database_reaches_neither_files_nor_settings():
    cursor = reader.snapshot().cursor()
    for statement in (
        f"FROM read_csv('{package.DATA / 'states.csv'}')",
        "COPY states TO 'stolen.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "ATTACH 'other.db'",
    ):
        with pytest.raises(Exception, match="(?i)disabled|lock|cannot"):
            cursor.execute(statement)


def test_tables_are_sorted_so_that_a_diff_is_readable():
    for table in package.read().tables.values():
        path = package.DATA / table.file
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")


def test_every_column_is_described():
    for table in package.read().tables.values():
        assert table.title and table.description and table.primary_key
        for field in table.fields:
            assert field.title and field.description, f"{table.name}.{field.name}"
