"""Known misprints: shown corrected, kept as printed, guarded against a source that has been mended."""

import csv
import io
from types import SimpleNamespace

import pandas as pd
import pytest

from dialogue.snapshot import live, queries, store
from dialogue.tables import check, corrections, package
from dialogue.tables.rows import Checked, parse
from dialogue.views import view
from dialogue.views.evidence import trends
from dialogue.views.method import changes
from tests.support import ROW, SOUND


@pytest.fixture(scope="module")
def printed() -> Checked:
    """The project's data, read once."""
    return check.check(package.DATA)


def corrected(printed: Checked, *rows: dict) -> Checked:
    """The same data with these corrections."""
    table = printed.description.tables["corrections"]
    names = [f.name for f in table.fields]
    lines = [",".join(names), *(",".join(f'"{row[name]}"' for name in names) for row in rows)]
    found, problems = parse("\n".join(lines) + "\n", table)
    assert not problems
    return Checked(printed.description, {**printed.rows, "corrections": found})


def test_the_database_holds_what_is_shown_and_the_rows_keep_what_was_printed(printed):
    data = corrected(printed, SOUND)
    assert corrections.check(data) == []
    snapshot = store.snapshot(data, "test")
    revised = queries.run("casualties_world_revisions", snapshot)
    assert 951 not in set(revised["count"])
    counts = [
        row[10]
        for row in snapshot.checked.rows["casualties"]
        if row[15].startswith("humanity-inclusion-us-cmm-2019")
    ]
    assert 951 in counts
    listed = queries.run("corrections_applied", snapshot).iloc[0]
    assert (listed["iso3"], listed["year"], listed["published"], listed["shown"]) == (
        "WLD",
        2016,
        "951",
        "971",
    )
    assert set(queries.run("citations", snapshot, table="corrections")["source_id"]) == {SOUND["source_id"]}


def test_the_rules_judge_the_corrected_data(printed):
    # 114 of the 971 persons were victims of remnants; a correction cannot make them more than all
    row = "iso3=WLD; year=2016; weapon=cluster_munition; cause=remnant; edition=CMM 2017; source_id=cmm-2017-casualties"
    wrong = corrected(printed, {**SOUND, "row_key": row, "published": "114", "shown": "9999"})
    problems = check.check(package.DATA, {"corrections": (wrong.rows["corrections"], [])}).problems
    assert problems and all(problem.file == "casualties.csv" for problem in problems)


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"published": "917", "shown": "951"}, "status", "the source has been mended: row"),
        ({"published": "950"}, "published", "holds “951”: neither"),
        ({"shown": "951"}, "shown", "nothing is corrected"),
        ({"shown": "many"}, "shown", "must be a whole number"),
        ({"shown": "-1"}, "shown", "must be 0 or more"),
        ({"table_name": "casualty"}, "table_name", "did you mean “casualties”?"),
        ({"table_name": "responses"}, "table_name", "is not corrected this way"),
        ({"column_name": "counts"}, "column_name", "did you mean “count”?"),
        ({"row_key": "WLD 2016"}, "row_key", "is not written as “column=value"),
        ({"row_key": ROW.replace("2016", "1816")}, "row_key", "must be from"),
        ({"row_key": ROW.replace("CMM 2019", "CMM 2091")}, "row_key", "none has edition=CMM 2091; did you mean “CMM 2019”?"),
        ({"row_key": ROW + "; colour=red"}, "row_key", "“colour” is not a column"),
        ({"row_key": "iso3=WLD; year=2016"}, "row_key", "rows of casualties.csv fit (rows"),
        ({"row_key": "source_id=humanity-inclusion-us-cmm-2019-29-aug-2019; count=951"}, "row_key", "name iso3 too"),
        ({"column_name": "iso3", "published": "WLD", "shown": "wld"}, "shown", "is no value for iso3"),
        ({"column_name": "edition", "published": "CMM 2019", "shown": "CMM 1819"}, "shown", "does not stand in column"),
        ({"status": "mended"}, "status", "still holds the printed value"),
        ({"source_id": "", "grade": ""}, "source_id", "say who says so"),
        ({"grade": ""}, "grade", "primary or secondary"),
        ({"date": "2026-02-30"}, "date", "is not a date of the calendar"),
    ],
)  # fmt: skip
def test_a_correction_that_does_not_fit_is_named_with_its_reason(printed, cells, column, says):
    problems = corrections.check(corrected(printed, {**SOUND, **cells}))
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [
        ("corrections.csv", 2, column)
    ]
    assert says in problems[0].rule


def test_one_cell_is_corrected_once_and_no_row_becomes_another(printed):
    twice = corrections.check(corrected(printed, SOUND, {**SOUND, "id": "again", "shown": "961"}))
    assert [problem.line for problem in twice] == [3] and "row 2 (wld-2016)" in twice[0].rule
    source = {"column_name": "source_id", "published": "humanity-inclusion-us-cmm-2019-29-aug-2019"}
    same = corrections.check(
        corrected(printed, {**SOUND, **source, "shown": "cmm-2019-cluster-munition-casualties"})
    )
    assert [problem.column for problem in same] == ["shown"] and "would repeat row" in same[0].rule


def test_what_is_mended_or_withdrawn_changes_nothing(printed):
    mended = {**SOUND, "status": "mended", "published": "917", "shown": "951"}
    gone = {**SOUND, "id": "gone", "status": "mended", "row_key": ROW.replace("CMM 2019", "CMM 2091")}
    data = corrected(printed, mended, gone, {**SOUND, "id": "no", "status": "withdrawn"})
    assert corrections.check(data) == []
    assert corrections.apply(data)["casualties"] is data.rows["casualties"]


def test_a_view_says_which_of_its_figures_are_corrected(printed, monkeypatch):
    monkeypatch.setattr(live, "_latest", store.snapshot(corrected(printed, SOUND), "test"))

    def notes(tables=("casualties",), **columns):
        return changes.notes_for(SimpleNamespace(tables=tables, data=pd.DataFrame(columns)))

    said = "Corrected: World, 2016, cluster munitions, persons: 951 printed, 971 shown, because the edition prints 971."
    assert notes(year=[2015, 2016]) == [({"iso3": "WLD", "year": "2016"}, said)]
    drawn = trends.world_cluster_munitions()
    exported = list(csv.DictReader(io.StringIO(view.export(drawn, live.latest(), changes.notes_for(drawn)).decode("utf-8-sig"))))
    assert {row["year"] for row in exported if row["corrected"] == said} == {"2016"}  # and on no other row
    assert (
        notes(iso3=["LAO"], year=[2016])
        == notes(year=[2015])
        == notes(tables=("survivors",), year=[2016])
        == []
    )
    listed = changes.corrections()
    assert listed.title == "1 misprint of a source is shown corrected"
    assert "Casualties" in listed.table["On whose word"].iloc[0]
