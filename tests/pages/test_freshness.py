"""The page Freshness: age of the evidence, what is not known, newer editions, dates to come, the to-do list."""

import csv
import io
import statistics
from collections import Counter
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dialogue.change import explain
from dialogue.snapshot import queries, reader, store
from dialogue.views import view
from dialogue.views.method import freshness
from dialogue.views.method.freshness import tasks
from dialogue.words import i18n
from tests.browser import open_page
from tests.support import as_read_in_2026, body, changed, copy_of_data, findings_that_count, read, run_page

TODAY = date(2026, 11, 23)  # a day after the date of the data, so that ages and dates are told apart from it


def twelve() -> set[str]:
    return {row["iso3"] for row in read("obligation_lists") if row["list"] == "work_plan_2024" and row["iso3"]}


def years_that_count() -> dict[tuple[str, str], str]:
    """By State and indicator the year of the evidence that counts, "" where undated, from the files themselves."""
    return {pair: rows[0]["as_of"] for pair, rows in findings_that_count().items() if pair[0] in twelve()}


@pytest.fixture
def other(tmp_path):
    """A copy of the data that may be changed: call it with a table and its new rows, in words, to load it."""
    data = copy_of_data(tmp_path)

    def load(table: str, rows: list[dict[str, str]]) -> store.Snapshot:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (data / f"{table}.csv").write_text(out.getvalue(), encoding="utf-8")
        return store.load(data)

    return load


# ---- age ----


def test_the_finding_counts_cells_as_the_file_does():
    years = years_that_count()
    cells = len(twelve()) * len(read("indicators"))
    found = freshness.count(TODAY)
    dated = [int(year) for year in years.values() if year]
    older = sum(year < 2021 for year in dated)
    assert dict(found) == {
        "cells": cells, "states": 12, "recent": len(dated) - older, "older": older,
        "undated": len(years) - len(dated), "none": cells - len(years),
        "plans_over": found["plans_over"], "recent_from": 2021,
    }  # fmt: skip
    assert freshness.finding(TODAY) == (
        f"In {older} of {cells} entries the evidence that counts is older than five years; {cells - len(years)} entries hold no information"
    )


def test_ages_move_with_the_day_and_not_before_the_year_is_over():
    on = {day: freshness.count(day)["older"] for day in ("2026-01-01", "2026-12-31", "2027-01-01")}
    assert on["2026-01-01"] == on["2026-12-31"]
    moved = sum(year == "2021" for year in years_that_count().values())
    assert on["2027-01-01"] == on["2026-12-31"] + moved and moved


def test_every_cell_is_drawn_once_by_state_and_by_indicator():
    for by in ("state", "indicator"):
        figure = freshness.ages(TODAY, by).figure
        drawn = sum(int(n) for trace in figure.data for n in trace.text)
        assert drawn == freshness.count(TODAY)["cells"], by
    drawn = Counter()
    for trace in freshness.ages(TODAY).figure.data:
        for words, n in zip(trace.customdata, trace.text, strict=True):
            drawn[words] += int(n)
    years = Counter((iso3, year) for (iso3, _code), year in years_that_count().items() if year)
    assert all(drawn[f"{i18n.state(iso3)}<br>{year}"] == n for (iso3, year), n in years.items())


def test_age_by_table_agrees_with_the_files():
    rows = queries.run("freshness_tables").set_index("table_name")
    for table, column in (("casualties", "year"), ("obligation_findings", "as_of"), ("survivors", "as_of"), ("protocol_v", "date")):
        years = [int(row[column][:4]) for row in read(table) if row[column]]
        row = rows.loc[table]
        assert (row["newest"], row["median"], row["oldest"]) == (max(years), statistics.median_low(years), min(years)), table
        assert (row["rows"], row["undated"]) == (len(read(table)), len(read(table)) - len(years)), table
    # every table that cites documents stands there, but for what explains the others
    explain = {
        "actions", "annotations", "indicators", "instruments", "newer_editions", "questions", "reporting_dates", "states",
        "work_plan", "work_plan_claims", "work_plan_claim_sources", "work_plan_elements",
    }  # fmt: skip
    cited = {name for (name,) in reader.snapshot().cursor().execute("SELECT DISTINCT table_name FROM cited").fetchall()}
    assert set(rows.index) == cited - explain - {"corrections", "releases", "changes"}


def test_newest_by_state_takes_a_report_that_was_found_and_no_other():
    rows = queries.run("freshness_states").set_index("iso3")
    found: dict[str, int] = {}
    for row in read("article7_reports"):
        if row["found"] != "no" and row["iso3"] in twelve():
            found[row["iso3"]] = max(found.get(row["iso3"], 0), int(row["reporting_year"]))
    assert rows["article7"].dropna().to_dict() == found
    assert set(rows.index) == twelve()
    assert freshness.newest_by_state().title.startswith(f"For {12 - len(found)} of 12 States")
    by_region = freshness.newest_by_state("region").data["region"].tolist()
    assert by_region == sorted(by_region, key=i18n.codes("region").index)


# ---- gaps ----


def test_a_year_is_a_gap_only_beside_a_year_with_a_figure_or_a_name():
    known: dict[str, set[int]] = {}
    of_cluster = [row for row in read("casualties") if row["weapon"].startswith("cluster") and row["publisher_kind"] == "monitor"]
    whole = [
        row for row in of_cluster
        if row["scope"] == "full_year" and not row["activity"]
        and {row[c] for c in ("outcome", "sex", "age_group", "status")} == {"all"}
    ]  # fmt: skip
    for row in [*whole, *read("casualty_names")]:
        known.setdefault(row["iso3"], set()).add(int(row["year"]))
    last = max(year for years in known.values() for year in years)
    expected = {
        (iso3, str(year))
        for iso3 in twelve() & set(known)
        for year in {y + side for y in known[iso3] for side in (-1, 1)} - known[iso3]
        if year <= last
    }
    gaps = queries.run("freshness_gaps")
    assert set(gaps[gaps["kind"] == "casualties"][["iso3", "item"]].itertuples(index=False, name=None)) == expected
    missing = gaps[gaps["kind"] == "indicator"]
    everything = {(iso3, row["indicator"]) for iso3 in twelve() for row in read("indicators")}
    assert set(missing[["iso3", "item"]].itertuples(index=False, name=None)) == everything - set(years_that_count())


def test_a_work_list_of_one_state_counts_only_that_state_and_reads_well_for_none():
    shown = freshness.gaps("LAO")
    without = len(read("indicators")) - len({code for iso3, code in years_that_count() if iso3 == "LAO"})
    assert set(shown.data["iso3"]) == {"LAO"} and shown.title.startswith(f"Lao People's Democratic Republic: {without} indicator")
    nothing = shown.data.iloc[:0]
    assert freshness.gaps_title(nothing, "all") == (
        "0 entries without information, 0 years without a casualty figure and 0 answers still to come"
    )


# ---- newer editions ----


@as_read_in_2026
def test_a_lead_on_a_newer_edition_is_told_in_words_and_a_yearly_report_is_due_after_a_year(read_in_2026):
    rows = queries.run("freshness_editions", as_of=TODAY).set_index("in_use")
    assert rows.loc["Cluster Munition Monitor 2025", ["kind", "months"]].tolist() == ["said", 14]
    assert rows.loc["Landmine Monitor 2025", ["kind", "months"]].tolist() == ["current", 11]
    assert "927" not in str(freshness.editions(TODAY).table) + str(tasks.todo(TODAY).table)
    without = changed(read_in_2026, "newer_editions", lambda lines: [row for row in lines if row["series"] != "cmm"])
    for day, kind in (("2026-09-14", "current"), ("2026-09-15", "due")):
        rows = queries.run("freshness_editions", without, as_of=day).set_index("in_use")
        assert rows.loc["Cluster Munition Monitor 2025", "kind"] == kind


def test_a_newer_edition_needs_what_it_follows_and_who_saw_it(other):
    rows = read("newer_editions")
    broken = [rows[0] | {"newer": "A", "source_in_use": ""}, rows[0] | {"newer": "B", "grade": ""}]
    broken += [rows[0] | {"newer": "C", "status": "said"}]
    problems = [str(problem) for problem in other("newer_editions", rows + broken).problems]
    assert len(problems) == 3
    assert sum("name what it follows" in text for text in problems) == 1
    assert sum("must tell of it" in text for text in problems) == 2


@as_read_in_2026
def test_the_newer_document_of_a_series_is_newer_for_certain_and_of_the_same_publisher():
    documents = {row["id"]: row for row in read("sources")}
    rows = queries.run("freshness_newer_documents")
    assert {("SSD", "focal_point"), ("LBN", "focal_point")} <= set(rows[["iso3", "indicator"]].itertuples(index=False, name=None))
    lines = read("obligation_findings")
    for row in rows.itertuples():
        old, new = documents[row.source_id], documents[row.newer_source_id]
        assert old["publisher"] == new["publisher"] and row.published < row.newer_published
        in_file = lines[freshness.line("obligation_findings", row.row_key) - 2]  # below the header stands row 2
        assert (in_file["iso3"], in_file["indicator"], in_file["source_id"]) == (row.iso3, row.indicator, row.source_id)


# ---- dates ----


def next_dates(day: str, snapshot=None) -> dict[str, tuple]:
    rows = queries.run("reporting_dates", snapshot, as_of=day)
    return {f"{r.instrument} {r.iso3 or r.what}": (r.date, r.days, r.stands) for r in rows.itertuples()}


@pytest.mark.parametrize(
    ("day", "due", "days"),
    [
        ("2026-04-29", "2026-04-30", 1),
        ("2026-04-30", "2026-04-30", 0),
        ("2026-05-01", "2027-04-30", 364),
        ("2026-12-31", "2027-04-30", 120),
        ("2027-01-01", "2027-04-30", 119),
        ("2027-12-31", "2028-04-30", 121),  # over a leap day
    ],
)
def test_a_yearly_report_comes_next_on_the_day_or_in_the_year_after(day, due, days):
    assert next_dates(day)["CCM yearly report"] == (due, days, "coming")


@pytest.mark.long
def test_a_leap_day_falls_on_the_28th_and_a_day_that_does_not_exist_is_refused(other):
    row = next(row for row in read("reporting_dates") if row["rule"] == "04-30")
    leap = other("reporting_dates", [row | {"rule": "02-29"}])
    found = [next_dates(day, leap)["CCM yearly report"][0] for day in ("2027-01-31", "2027-03-01", "2028-03-01")]
    assert found == ["2027-02-28", "2028-02-29", "2029-02-28"]
    impossible = [row | {"what": rule, "rule": rule} for rule in ("04-31", "2027-02-29")]
    problems = other("reporting_dates", [row, *impossible]).problems
    assert [(problem.line, problem.rule) for problem in problems] == [(n, "is not a day of the calendar") for n in (3, 4)]


@as_read_in_2026
def test_dates_known_to_the_year_pass_with_its_last_day():
    plan = "CCM Lausanne Action Plan 2021-2026"
    assert next_dates("2026-12-31")[plan] == ("2026", 0, "coming")
    assert next_dates("2027-01-01")[plan] == ("2026", -1, "passed")


@as_read_in_2026
def test_a_meeting_after_the_date_of_the_data_passes_and_an_older_one_is_no_date_to_come():
    assert next_dates("2026-09-18")["CCM 3RC"] == ("2026-09-18", 0, "coming")
    assert next_dates(TODAY)["CCM 3RC"][2] == "passed"
    assert "CCM 13MSP" not in next_dates(TODAY)


@as_read_in_2026
def test_a_deadline_before_a_state_joined_and_a_report_that_came_are_no_dates():
    of_states = {key for key in next_dates(TODAY) if key.startswith("CRPD ")}
    # Iraq's report came, and its printed date lies before the accession
    assert of_states == {"CRPD AFG", "CRPD LBN", "CRPD SOM", "CRPD SSD", "CRPD TCD"}
    assert next_dates(TODAY)["CRPD LBN"] == ("2027-07-05", 224, "coming")
    assert freshness.dates(TODAY).missing.endswith("APMBC, CCW, CRPD Optional Protocol")


# ---- to-do list ----


def test_the_list_holds_every_cell_that_is_not_recent_once():
    found = tasks.rows(TODAY)
    n, count = found["kind"].value_counts(), freshness.count(TODAY)
    assert n[["plan_over", "older", "undated", "none"]].sum() >= count[["older", "undated", "none"]].sum()
    cells = found[found["kind"].isin(["plan_over", "older", "undated", "none"])]
    assert not cells.duplicated(["iso3", "about"]).any()
    assert n["none"] == count["none"] and n["plan_over"] == count["plans_over"] and n["lead"] == len(read("to_verify"))
    answered = Counter(row["iso3"] for row in {(r["iso3"], r["question"]): r for r in read("responses")}.values())
    assert n["question"] == 12 - sum(count == len(read("questions")) for count in answered.values())
    assert n["article7"] == 12


def test_a_task_names_the_row_that_a_spreadsheet_shows():
    tables = {name: read(name) for name in reader.snapshot().description.tables}
    for row in tasks.todo(TODAY).data.itertuples():
        assert (row.row is not pd.NA) == bool(row.row_key), row
        if row.row_key:
            assert set(row.row_key.split("|")) <= set(tables[row.table_name][row.row - 2].values())


def test_every_task_is_a_sentence_and_the_exports_hold_all_of_them():
    shown = tasks.todo(TODAY)
    text = tasks.markdown(shown, "0123456789ab")
    assert text.count("\n- [ ] ") == len(shown.data) and "Data version 0123456789ab." in text
    assert "None" not in text and "<NA>" not in text and "{" not in text
    exported = list(csv.DictReader(io.StringIO(view.export(shown, reader.snapshot()).decode("utf-8-sig"))))
    assert [row["task"] for row in exported] == shown.table["Task"].tolist()
    assert {row["why"] for row in exported if row["kind"] == "older"} == {
        f"evidence from {row['since']}" for row in exported if row["kind"] == "older"
    }
    hostile = replace(shown, table=shown.table.assign(Task="[x](javascript:alert(1)) <b>"))
    assert "\\[x\\](javascript:alert(1)) \\<b\\>" in tasks.markdown(hostile, "0")


# ---- the page ----


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ({"by": "indicator"}, "hold no information"),
        ({"by": "table"}, "tables with sources carry no date"),
        ({"view": "gaps", "state": "AFG"}, "Afghanistan: "),
        ({"view": "editions"}, "leads await verification"),
        ({"view": "dates"}, "Next report known to be due"),
        ({"view": "todo", "kind": "article7"}, "12 tasks on the to-do list"),
    ],
)
def test_a_link_opens_every_view(address, heading):
    app = run_page("freshness.py", **address)
    assert heading in body(app)
    assert not app.text  # no note of a bad address


def test_a_page_number_beyond_a_shorter_list_shows_tasks_all_the_same():
    app = run_page("freshness.py", view="todo", page="8")
    app.selectbox(key="kind").set_value("older").run()
    assert not app.exception and len(app.table[0].value)


def test_a_bad_address_is_noted_and_the_usual_view_shown():
    app = run_page("freshness.py", view="rubbish", state="XXX")
    assert "view=rubbish" in app.text[0].value and len(app.get("plotly_chart")) == 1


def test_the_panel_leads_to_the_page():
    panel = freshness.panel(TODAY)
    assert panel.count('href="freshness?view=') == 3 and f"{len(tasks.rows(TODAY))} tasks" in panel


def test_a_coordinator_takes_the_list_of_one_state_away(browser, server):
    visit = open_page(browser, server, "/freshness?view=todo&state=LAO")
    page = visit.page
    with page.expect_download() as caught:
        page.get_by_role("link", name="MD", exact=True).click()
    with open(caught.value.path(), encoding="utf-8") as file:
        text = file.read()
    outside, errors = visit.outside, visit.errors_of_the_site()
    visit.close()
    assert text.startswith("# Lao People's Democratic Republic: ") and "- [ ] " in text
    assert not outside and not errors


def test_the_rows_of_a_task_are_found_also_after_a_figure_of_that_table_was_explained():
    task = queries.run("freshness_newer_documents").iloc[0]
    assert list(explain.figure(reader.snapshot(), "obligation_history", {"iso3": task.iso3}))
    assert freshness.line("obligation_findings", task.row_key)
