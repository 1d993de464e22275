"""The page Comparisons: its figures through the real queries, its filters, its tables.

Expected values were read in the depositary's status lists and in the documents named
in data/sources.csv, not in the output of a query.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import queries, reader
from dialogue.views.dialogue import crosswalk
from dialogue.views.evidence import instruments
from dialogue.views.signs import packed
from tests.browser import open_page
from tests.support import as_read_in_2026, read, run_page

WORK_PLAN = date(2024, 11, 15)
DEPOSITARY = date(2026, 2, 3)


def page(**address) -> AppTest:
    return run_page("comparisons.py", **address)


def title(app: AppTest) -> str:
    return next(block.body for block in app.get("html") if "<h1" in block.body)


def together(on, group="twelve"):
    return queries.run("bound_together", as_of=on, state_group=group).iloc[0].to_dict()


# ---- who is bound ----


def test_all_twelve_were_bound_by_both_conventions_only_since_lebanon_ratified_the_crpd():
    assert together("2025-06-04")["ccm_and_crpd"] == 11
    assert together("2025-06-05")["ccm_and_crpd"] == 12


@as_read_in_2026
def test_states_bound_by_every_instrument_are_those_with_six_standings():
    rows = queries.run("bound_by", as_of=DEPOSITARY)
    parties = rows[rows["status"] == "state_party"].groupby("iso3")["instrument"].nunique()
    # Afghanistan, Bosnia and Herzegovina, Croatia and Montenegro in the depositary's six lists
    assert set(parties[parties == 6].index) == {"AFG", "BIH", "HRV", "MNE"}
    assert together(DEPOSITARY)["by_all"] == 4


@as_read_in_2026
def test_before_the_work_plan_lithuania_was_bound_and_the_apmbc_had_more_parties():
    counts = queries.run("treaty_counts", as_of=WORK_PLAN).set_index("instrument")["state_parties"]
    assert (counts["CCM"], counts["APMBC"]) == (112, 164)
    europe = queries.run("bound_by", as_of=WORK_PLAN, state_group="europe").set_index(["iso3", "instrument"])
    assert europe.loc[("LTU", "CCM"), "status"] == "state_party"


@as_read_in_2026
def test_the_european_union_makes_the_193rd_party_to_the_crpd_and_is_no_state():
    others = queries.run("organizations_bound", as_of=DEPOSITARY)
    assert others[["iso3", "instrument", "since"]].values.tolist() == [["EUE", "CRPD", "2010-12-23"]]
    assert queries.run("organizations_bound", as_of="2010-12-22").empty
    how = instruments.who_is_bound(DEPOSITARY, "twelve").how
    assert "The European Union is party to the CRPD but not a State: 192 States and 1 other make 193" in how
    assert "European Union" not in instruments.who_is_bound(date(2009, 1, 1), "twelve").how


def test_a_region_and_all_states_add_up():
    regions = [together(DEPOSITARY, region) for region in ("africa", "americas", "asia", "europe", "oceania")]
    everyone = together(DEPOSITARY, "all")
    assert everyone["states"] == len(read("states"))
    for measure in ("states", "by_all", "ccm_and_crpd", "by_none"):
        assert sum(region[measure] for region in regions) == everyone[measure]


@pytest.mark.parametrize("group", ["twelve", "all", "africa", "oceania"])
@pytest.mark.parametrize("on", [date(1982, 1, 1), WORK_PLAN, DEPOSITARY, date(2026, 12, 31)])
def test_finding_holds_for_every_group_and_day(group, on):
    view = instruments.who_is_bound(on, group)
    found = together(on, group)
    assert view.title.count("{") == 0 and str(found["states"]) in view.title
    was = "was party to" if found["ccm_and_crpd"] == 1 else "were parties to"
    assert was in view.title and "bound" not in view.title
    assert len(view.data) == found["states"] * 6
    assert ("lists were read on" in view.how) == (on > reader.snapshot().treaties_as_of)


@as_read_in_2026
def test_acts_after_the_data_are_listed_and_count_on_a_later_day():
    acts = queries.run("treaty_acts_after").set_index(["iso3", "instrument"])
    assert str(acts.loc[("POL", "APMBC"), "counts_from"]) == "2026-02-20"
    assert acts.loc[("LBN", "APMBC"), "date"] == "2026"
    assert str(acts.loc[("LBN", "APMBC"), "counts_from"]) == "2026-12-31"
    # one leaves, one joins: 162 - 1 + 1
    after = queries.run("treaty_counts", as_of="2026-12-31").set_index("instrument")["state_parties"]
    assert after["APMBC"] == 162


@as_read_in_2026
def test_an_announced_suspension_ends_no_standing():
    rows = queries.run("treaty_suspensions").set_index("event")
    assert rows.loc["suspension_announced", ["iso3", "standing"]].tolist() == ["UKR", "state_party"]
    title = instruments.suspensions(DEPOSITARY).title
    assert title.startswith("1 suspension had been announced by 3 February 2026") and "Ukraine" not in title
    assert instruments.suspensions(date(2025, 7, 17)).title.startswith("No announced suspension")


@as_read_in_2026
def test_another_source_for_a_date_does_not_change_the_date_used():
    rows = queries.run("treaty_disputed").set_index(["iso3", "instrument"])
    assert rows.loc[("LTU", "APMBC"), ["used", "other"]].tolist() == ["2025-12-27", "2025-05-08"]
    assert not rows["used"].isna().any()


# ---- joining over time ----


def test_running_count_agrees_with_the_standing_on_every_day_it_changes():
    acts = queries.run("treaty_joining")
    last = acts.drop_duplicates(["instrument", "day"], keep="last")
    for row in last.sample(40, random_state=1).itertuples():
        counts = queries.run("treaty_counts", as_of=row.day).set_index("instrument")
        assert counts.loc[row.instrument, "state_parties"] == row.state_parties


@as_read_in_2026
def test_year_ends_agree_with_the_standing_and_show_who_left():
    rows = queries.run("treaty_by_year").set_index(["instrument", "year"])
    for year in (1999, 2010, 2024):
        counts = queries.run("treaty_counts", as_of=f"{year}-12-31").set_index("instrument")["state_parties"]
        for instrument, n in counts.items():
            assert (rows["state_parties"].get((instrument, year), 0)) == n
    assert rows.loc[("APMBC", 2025), ["joined", "left_it", "state_parties"]].tolist() == [2, 3, 163]
    assert rows.loc[("CCM", 2025), ["joined", "left_it", "state_parties"]].tolist() == [1, 1, 112]


def test_an_instrument_enters_into_force_with_the_states_bound_that_day():
    starts = queries.run("treaty_starts").set_index("instrument")
    assert "CCW" not in starts.index  # no date found in the sources
    for row in starts.itertuples():
        counts = queries.run("treaty_counts", as_of=row.day).set_index("instrument")
        assert counts.loc[row.Index, "state_parties"] == row.state_parties
    # Article 17 of the CCM and Article 45 of the CRPD ask for 30 and 20
    assert starts.loc["CCM", "state_parties"] >= 30 and starts.loc["CRPD", "state_parties"] >= 20


@as_read_in_2026
def test_withdrawals_by_the_day_of_the_data():
    rows = queries.run("treaty_withdrawals")
    assert rows[["iso3", "instrument"]].values.tolist() == [
        ["LTU", "CCM"], ["EST", "APMBC"], ["LTU", "APMBC"], ["LVA", "APMBC"], ["FIN", "APMBC"],
    ]  # fmt: skip
    assert "Poland" in instruments.withdrawals().how


def test_lines_end_on_the_last_day_of_the_range_and_start_with_what_was_joined_before():
    view = instruments.joining(2011, 2012)
    lines = {trace.name: trace for trace in view.figure.data if trace.mode == "lines"}
    before = queries.run("treaty_counts", as_of="2010-12-31").set_index("instrument")["state_parties"]
    assert (lines["APMBC"].x[0], lines["APMBC"].y[0]) == ("2011-01-01", before["APMBC"])
    assert {trace.x[-1] for trace in lines.values()} == {"2012-12-31"}
    assert "0 withdrawals" in view.title
    assert instruments.joining(1982, 1983).title.count("{") == 0


# ---- what is asked for ----


def test_clauses_that_were_not_read_are_no_commitment_on_screen():
    view = crosswalk.asks()
    column = list(crosswalk.instruments()).index("SRAAP")
    rows = view.drawing["sections"][0][1]
    assert {cells[column][0] for _name, cells in rows} == {crosswalk.UNREAD}
    assert "was not read" in crosswalk.detail("psych", "SRAAP")


def test_no_row_is_no_information_and_none_is_no_clause():
    assert "No information" in crosswalk.detail("coop", "LAP")
    assert "No clause in the text read" in crosswalk.detail("data", "APMBC")
    view = crosswalk.asks()
    rows = dict(view.drawing["sections"][0][1])
    at = list(crosswalk.instruments()).index("LAP")
    assert rows["International cooperation and assistance"][at] is None


def test_pillars_stand_in_the_order_of_the_labels():
    assert list(crosswalk.pillars())[:2] == ["data", "medical"] and list(crosswalk.pillars())[-1] == "report"


# ---- survivors ----


@as_read_in_2026
def test_states_named_under_the_apmbc_beside_the_twelve():
    rows = queries.run("apmbc_survivors").set_index("iso3")
    assert set(rows[rows["part"] == "both"].index) == {"AFG", "ALB", "BIH", "HRV", "IRQ", "SOM", "SSD", "TCD"}
    # Laos and Lebanon are not party to the APMBC; no evidence was found for the other two
    assert set(rows[rows["part"] == "article_5"].index) == {"LAO", "LBN", "MNE", "MRT"}
    assert rows.loc["AFG", "newest"] == "2017-10"  # not the six-year older lists of speakers
    assert rows.loc["LAO", "evidence"] == 0
    assert any("speakers" in note for note in instruments.survivors().notes)


@as_read_in_2026
def test_protocol_v_is_a_list_and_not_a_chart():
    view = instruments.protocol_v()
    assert view.figure is None and "6 States" in view.title
    assert len(view.table) == len(queries.run("protocol_v"))


# ---- the page ----


@pytest.mark.parametrize("part", ["bound", "joining", "asks", "survivors", "casualties"])
def test_every_part_draws_without_an_exception(part):
    labels = {"bound": "Who is party", "joining": "Joining over time", "asks": "What is asked for"}
    app = page(view=labels.get(part, part.capitalize()))
    assert not app.exception and title(app)


def test_filters_change_the_finding():
    app = page(group="Africa", on="2024-11-15")
    assert "Africa: on 15 November 2024" in title(app)
    app.selectbox(key="group").set_value("all").run()
    assert f"of {len(read('states'))} States" in title(app)


@pytest.mark.parametrize(
    "address",
    [
        {"on": "9999-01-01"},
        {"on": "yesterday"},
        {"group": "Atlantis"},
        {"view": "x" * 100_000},
        {"years": "12"},
    ],
)
def test_bad_values_in_the_address_fall_back_with_a_note(address):
    app = page(**address)
    assert not app.exception
    assert "all 12 States with Article 5 obligations" in title(app)
    assert any("not available here" in text.value for text in app.text)


def test_no_view_shows_an_empty_value():
    views = [
        instruments.who_is_bound(DEPOSITARY, "all"), instruments.acts_after(), instruments.disputed(),
        instruments.suspensions(DEPOSITARY), instruments.joining(1982, 2026), instruments.withdrawals(),
        instruments.survivors(), instruments.protocol_v(), crosswalk.asks(),
    ]  # fmt: skip
    for view in views:
        cells = {str(cell) for cell in view.table.to_numpy().ravel()}
        assert not cells & {"None", "nan", "<NA>", "NaT"}, view.key
        assert view.source_ids and view.title and view.how


def test_dates_are_packed_without_losing_the_unknown_day():
    sections = [("", [("State", [[0, "2011-09-08"], [3, ""], [0, "2026"]]), ("Count", ["112", "", ""])])]
    (_heading, [(_state, words), (_count, numbers)]) = packed(sections)[0]
    known, none, year = words.split()
    assert date.fromordinal(date(1970, 1, 1).toordinal() + int(known[1:], 16)) == date(2011, 9, 8)
    assert (none, year) == ("3", "0~2026")
    assert numbers == ["112", "", ""]


def test_visitor_clicks_a_cell_and_sends_the_link(browser, server):
    visit = open_page(browser, server, "/comparisons?view=asks")
    visit.page.locator('[data-cell="psych|CRPD"]').click()
    visit.page.get_by_text("Peer support within rehabilitation").wait_for()
    visit.settle()
    link = visit.page.locator("input[readonly]").first.input_value()
    assert "view=asks" in link and "pillar=psych" in link and "instrument=CRPD" in link
    again = open_page(browser, server, link.removeprefix(server.url))
    again.page.get_by_text("Peer support within rehabilitation").wait_for()
    assert not again.outside and not visit.outside
    visit.close()
    again.close()


def test_visitor_walks_through_what_is_asked_for_with_the_arrow_keys(browser, server):
    visit = open_page(browser, server, "/comparisons?view=asks&pillar=psych&instrument=APMBC")
    page = visit.page
    stops = page.locator('[data-cell][tabindex="0"]')
    expect(stops).to_have_count(1)  # the whole table is one stop of the Tab key
    expect(stops).to_have_attribute("data-cell", "psych|APMBC")
    stops.focus()
    for _step in crosswalk.instruments():
        page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-cell]:focus")).to_have_attribute("data-cell", "psych|")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-va-detail")).to_contain_text("CCM")
    expect(page.locator('[aria-pressed="true"]')).to_have_attribute("data-cell", "psych|CCM")
    visit.close()


def test_visitor_on_a_phone_saves_the_whole_table_as_an_image(browser, server):
    visit = open_page(browser, server, "/comparisons?view=asks", 390, 844)
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Save as SVG image").click()
    drawing = download.value.path().read_text(encoding="utf-8")
    # words that a phone leaves out, the finding, and nothing from elsewhere
    assert ">5(1), 5(2)(a)<" in drawing and crosswalk.asks().title[:40] in drawing and "@font-face" in drawing
    assert "http" not in re.sub(r"http://www.w3.org/[\w/]+", "", drawing)
    visit.close()


def test_visitor_reads_the_standing_on_a_phone_without_sideways_scrolling(browser, server):
    visit = open_page(browser, server, "/comparisons?group=all&on=2026-12-31", 390, 844)
    lebanon = visit.page.locator(
        "tr", has=visit.page.get_by_role("rowheader", name="Lebanon", exact=True)
    ).first
    assert "2026" in lebanon.inner_text()
    main = visit.page.locator('[data-testid="stMain"]')
    assert main.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    visit.close()
