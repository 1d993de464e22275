"""The page Obligations and gaps: what its matrix says, and what a visitor can do with it."""

import html
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import live, queries, reader
from dialogue.views import theme
from dialogue.views.dialogue import questions
from dialogue.views.evidence import obligations as charts
from dialogue.views.evidence.obligations import detail
from tests.browser import Server, Visit, open_page
from tests.support import LEAKED, TWELVE, as_read_in_2026, changed, findings_that_count, read, run_page


def pairs(**parameters) -> dict[tuple[str, str], dict]:
    rows = queries.run("obligation_matrix", **parameters).to_dict("records")
    return {(row["iso3"], row["indicator"]): row for row in rows}


# --- figures, counted a second time from the CSV files ---


def test_every_pair_of_the_twelve_and_the_indicators_is_there_with_or_without_evidence():
    found = pairs()
    indicators = {row["indicator"] for row in read("indicators")}
    assert set(found) == {(iso3, indicator) for iso3 in TWELVE for indicator in indicators}
    written = {(row["iso3"], row["indicator"]) for row in read("obligation_findings")} & set(found)
    assert {pair for pair, row in found.items() if row["status"] != "no_information"} == written
    count = queries.run("obligation_evidence_count").iloc[0]
    assert (count["evidence"], count["pairs"]) == (len(written), len(found))
    assert count["evidence"] + count["no_information"] == count["pairs"]


def test_an_undated_finding_never_outranks_a_dated_one():
    dated = {(row["iso3"], row["indicator"]) for row in read("obligation_findings") if row["as_of"]}
    assert dated
    for pair, row in pairs().items():
        assert (row["age"] != "undated") or pair not in dated


def test_the_matrix_can_be_limited_to_a_kind_and_marks_general_measures():
    rows = pairs()
    for kind in charts.KINDS:
        shown = charts.matrix(kind=kind).data
        known = shown[(shown["basis"] == "coding") & (shown["status"] != "no_information")]
        assert set(known["evidence_kind"]) == {kind}
        assert len(known) == sum(row["evidence_kind"] == kind for row in rows.values())
    drawn = charts.matrix()
    marks = [mark[1] for mark in drawn.drawing["marks"]]
    signs = [marks[cell[0]] for _heading, lines in drawn.drawing["sections"] for line in lines if len(line) < 3 for cell in line[1]]
    general = sum(row["evidence_kind"] == "general" for row in rows.values())
    assert general and sum("general measure" in sign for sign in signs) == general


def test_what_a_person_should_see_first_is_said_beside_the_matrix_and_in_the_cell():
    open_ = [(pair, row["to_confirm"]) for pair, row in pairs().items() if isinstance(row["to_confirm"], str)]
    notes = " ".join(charts.matrix().notes)
    assert open_
    for (iso3, indicator), why in open_:
        assert why in notes
        assert html.escape(why) in detail.detail(iso3, indicator)


def test_evidence_is_old_only_when_every_day_of_its_year_is_more_than_five_years_ago():
    last_old = reader.snapshot().as_of.year - 6
    rows = [row for row in pairs().values() if row["age"] in ("recent", "older")]
    assert {row["as_of"] for row in rows if row["age"] == "older"} <= set(range(1990, last_old + 1))
    assert min(row["as_of"] for row in rows if row["age"] == "recent") > last_old


@as_read_in_2026
def test_a_plan_past_its_last_year_is_shown_as_expired_and_a_later_one_is_not():
    found = pairs()
    assert found["HRV", "national_va_plan"]["status"] == "expired"  # 2010-2014
    assert found["ALB", "national_disability_plan"]["status"] == "expired"  # 2021-2025
    assert found["HRV", "national_disability_plan"]["status"] == "met"  # 2021-2027
    assert found["BIH", "national_va_plan"]["status"] == "met"  # 2025-2027


def test_counts_by_indicator_and_by_year_add_up_to_the_matrix():
    statuses = Counter(row["status"] for row in pairs().values())
    by_indicator = queries.run("obligation_gaps")
    assert {status: int(by_indicator[status].sum()) for status in charts.STATUSES} == statuses
    by_year = queries.run("obligation_evidence_age")
    assert by_year["pairs"].sum() == sum(statuses.values()) - statuses["no_information"]


@as_read_in_2026
def test_crpd_standing_is_derived_from_treaty_acts_and_kept_out_of_the_coding():
    data = charts.matrix().data
    derived = data[data["indicator"] == charts.DERIVED].set_index("iso3")
    assert set(derived.index) == TWELVE and set(derived["status"]) == {"state_party"}
    assert (derived.loc["LBN", "as_of"], derived.loc["SSD", "as_of"]) == (2025, 2024)
    assert set(derived["basis"]) == {"derived from treaty_actions"}
    assert charts.DERIVED not in set(queries.run("obligation_matrix")["indicator"])


def test_every_row_with_evidence_names_a_document_that_the_view_cites():
    shown = charts.matrix()
    rows = shown.data[shown.data["status"] != "no_information"]
    assert rows["source_id"].notna().all()
    assert set(rows["source_id"]) <= set(shown.source_ids)


# --- sentences and filters ---


def test_the_finding_holds_for_all_some_one_and_none():
    years = {pair: rows[0]["as_of"] for pair, rows in findings_that_count().items() if pair[0] in TWELVE}
    recent = sum(year >= str(reader.snapshot().as_of.year - 5) for year in years.values())
    assert charts.finding() == (
        f"Evidence was found for {len(years)} of {len(TWELVE) * len(read('indicators'))} entries (a State and an indicator); "
        f"for {recent} of them it dates from the last five years"
    )
    assert "belongs to" in charts.finding(None, "g")


def test_the_finding_says_when_there_is_no_evidence_and_when_none_of_it_is_new(read_in_2026, monkeypatch):
    def two_old_lines(rows):
        kept = [row for row in rows if row["iso3"] in ("TCD", "LBN") and row["indicator"] == "focal_point"]
        return [{**row, "as_of": 2001, "valid_to": None} for row in {row["iso3"]: row for row in kept}.values()]

    monkeypatch.setattr(live, "_latest", changed(read_in_2026, "obligation_findings", two_old_lines))
    (focal,) = {row["action"] for row in read("indicators") if row["indicator"] == "focal_point"}
    pairs_of_one = sum(row["action"] == focal for row in read("indicators"))
    nothing = f"Evidence was found for 0 of {pairs_of_one} entries (a State and an indicator)"
    assert charts.finding(focal, None, ("AFG",)) == nothing
    assert "none of it is dated 2021 or later" in charts.finding(focal, None, ("TCD",))


@pytest.mark.parametrize("action", [None, "31", "33", "37"])
@pytest.mark.parametrize("states", [(), ("AFG",), ("MNE", "SSD")])
def test_no_view_shows_a_missing_value(action, states):
    for build in (charts.matrix, charts.by_indicator, charts.by_year):
        shown = build(action, None, states)
        words = " ".join([shown.kicker, shown.title, shown.how, shown.missing])
        # a finding may say “None reported.”
        words += shown.table.drop(columns="Finding", errors="ignore").to_csv()
        assert not LEAKED.search(words), LEAKED.search(words)


def test_filters_leave_evidence_out_but_never_what_is_not_known():
    shown = charts.matrix(status=("met",), age="older")
    cells = [
        cell
        for _action, rows in shown.drawing["sections"]
        for _indicator, row, *derived in rows
        if not derived
        for cell in row
    ]
    # the signs of general measures come after those of the statuses
    drawn = Counter(charts.STATUSES[cell[0] % len(charts.STATUSES)] for cell in cells if cell is not None)
    expected = Counter(
        row["status"]
        for row in pairs().values()
        if row["status"] == "no_information" or (row["status"], row["age"]) == ("met", "older")
    )
    assert drawn == expected
    assert set(shown.data[shown.data["basis"] == "coding"]["status"]) == {"met", "no_information"}


def test_states_stand_in_alphabetical_order_or_by_region_never_by_result():
    names = list(charts.matrix().drawing["columns"])
    assert names == sorted(names) and not charts.matrix().drawing["groups"]
    by_region = charts.matrix(order="region").drawing
    regions = [region for region, _count in by_region["groups"]]
    assert len(set(regions)) == len(regions) > 1
    assert sum(count for _region, count in by_region["groups"]) == len(by_region["columns"])
    assert set(by_region["codes"][1]) == TWELVE


def test_a_cell_tells_finding_document_place_grade_and_other_findings():
    found = queries.run("obligation_history", iso3="LAO", indicator="data_system")
    text = detail.detail("LAO", "data_system")
    assert len(found) > 1
    for row in found.itertuples():
        assert row.source_id in set(queries.run("citations")["source_id"])
        assert (row.locator or "") in text and str(row.as_of) in text
    assert "Primary source" in text and "https://" in text and not LEAKED.search(text)


def test_a_cell_without_evidence_says_so_and_not_that_it_is_not_met():
    written = {(row["iso3"], row["indicator"]) for row in read("obligation_findings")}
    iso3, indicator = min(set(pairs()) - written)
    text = detail.detail(iso3, indicator)
    assert "No information" in text and "does not mean that it is not in place" in text


@as_read_in_2026
def test_an_undated_plan_past_its_end_says_both():
    assert "Plan past its end year · undated · plan to 2025" in detail.detail(
        "LAO", "national_disability_plan"
    )


def page(**address: str | list[str]) -> AppTest:
    return run_page("obligations.py", **address)


def test_the_page_takes_its_filters_from_the_address_as_codes():
    app = page(state="LAO", action="33", status=["met", "expired"])
    assert (app.selectbox("state").value, app.selectbox("action").value) == ("LAO", "33")
    assert app.multiselect("status").value == ["met", "expired"]


def test_bad_values_in_the_address_fall_back_with_a_note():
    app = page(state="XXX", action="99", age="<b>", states=["LAO", "nowhere"])
    assert app.selectbox("state").value == "all" and app.selectbox("action").value == "all"
    assert app.multiselect("states").value == ["LAO"]
    assert "XXX" in app.text[0].value and "nowhere" in app.text[0].value


def test_a_question_without_indicators_is_said_plainly():
    app = page(question="g")
    assert any("New victims" in text.value for text in app.markdown)


# --- in a browser ---


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Return the page, opened from another page's link to one State."""
    opened = open_page(browser, server, "/obligations?state=LAO")
    yield opened
    opened.close()


def test_a_visitor_reads_a_cell_by_mouse_and_by_keyboard_and_shares_it(visit: Visit):
    page = visit.page
    heading = page.locator(".st-key-va-detail h2")
    expect(heading).to_have_text("Lao People's Democratic Republic")
    page.locator('[data-cell="focal_point|TCD"]').click()
    expect(heading).to_have_text("Chad: National victim assistance focal point designated")
    page.keyboard.press("ArrowRight")  # from Chad to Croatia, in alphabetical order
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Croatia: National victim assistance focal point designated")
    expect(page.locator('[aria-pressed="true"]')).to_have_attribute("data-cell", "focal_point|HRV")
    expect(page).to_have_url(re.compile("state=HRV"))
    page.reload()
    expect(heading).to_have_text("Croatia: National victim assistance focal point designated")
    assert not visit.outside and not visit.errors_of_the_site()


def test_on_a_phone_each_indicator_is_followed_by_its_states(browser: Browser, server: Server):
    visit = open_page(browser, server, "/obligations", 390, 844)
    page = visit.page
    page.get_by_role("button", name="Action 34").click()
    cell = page.locator('[data-cell="mhpss|LAO"]')
    expect(cell).to_contain_text("Lao People's Democratic Republic")
    cell.click()
    expect(page.locator(".st-key-va-detail h2")).to_be_in_viewport()
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    visit.close()


def test_what_was_not_found_in_place_has_a_calm_sign_of_its_own():
    for shown in (charts.matrix(), questions.plans()):
        signs = [(drawn, said) for drawn, said, _tint in shown.drawing["marks"]]
        own = [drawn for drawn, said in signs if said == "Not found in place"]
        assert len(own) == 1 and sum(drawn == own[0] for drawn, _said in signs) == 1
        assert not any("Not met" in said for _drawn, said in signs)
    # no red: the colours of the sign are about equally strong
    for palette in theme.PALETTES.values():
        parts = [int(palette.obligation["not_met"][i : i + 2], 16) for i in (1, 3, 5)]
        assert max(parts) - min(parts) < 40
