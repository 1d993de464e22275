"""State profiles: what they say, what they leave open, and what a visitor can do with them."""

import re
from collections import Counter

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.evidence import obligations, state_card
from dialogue.views.evidence.obligations import detail
from dialogue.views.profile import profile, profile_casualties, profile_html, profile_record
from dialogue.views.profile.profile_record import Item
from dialogue.words import i18n
from tests.browser import open_page
from tests.support import LEAKED, TWELVE, as_read_in_2026, read, run_page


def page(**address) -> AppTest:
    return run_page("states.py", **address)


def heading(app: AppTest) -> str:
    (text,) = (html.value for html in app.get("html") if "<h1" in html.value)
    return re.sub(r"&#x27;", "'", re.search(r"<h1[^>]*>(.*?)</h1>", text).group(1))


def said(iso3: str, subject: str) -> str:
    return "; ".join(item.plain for item in dict(profile_record.subjects(iso3))[subject])


# ---- what the profiles say ----


def test_all_states_can_be_chosen_and_the_twelve_come_first():
    listed = list(profile.states())
    assert set(listed[:12]) == TWELVE and len(listed) == len(read("states"))
    for part in (listed[:12], listed[12:]):
        assert part == sorted(part, key=i18n.state)


@as_read_in_2026
def test_the_sentence_on_top_holds_for_every_standing(read_in_2026):
    indicators = len(read("indicators"))
    iso3, indicator = (
        1 + [field.name for field in read_in_2026.description.tables["obligation_findings"].fields].index(name)
        for name in ("iso3", "indicator")
    )
    found = {(row[iso3], row[indicator]) for row in read_in_2026.checked.rows["obligation_findings"]}
    known = Counter(state for state, _indicator in found)
    assert profile.finding(("IRQ",)) == (
        f"Iraq: CCM State Party since 2013; evidence on {known['IRQ']} of {indicators} indicators; "
        "latest casualty figure for 2017, named without a number for 2024"
    )
    assert profile.finding(("MNE",)).endswith(
        f"evidence on {known['MNE']} of {indicators} indicators; no casualty figure found"
    )
    assert (
        profile.finding(("LTU",)) == "Lithuania: withdrawn from the CCM since 2025; no casualty figure found"
    )
    assert profile.finding(("UKR",)) == "Ukraine: not party to the CCM; latest casualty figure for 2024"
    assert profile.finding(("AGO", "LBN")).startswith(
        "Side by side: Angola (CCM signatory since 2008) and Lebanon ("
    )


@as_read_in_2026
def test_a_due_date_before_the_state_joined_is_no_missed_deadline():
    (row,) = queries.run("profile_crpd", iso3="IRQ").to_dict("records")
    assert (row["due"], row["due_when"]) == ("2010", "impossible")
    assert "before the State joined (20 March 2013); submitted 19 August 2015" in said(
        "IRQ", "CRPD reporting"
    )
    assert "not due yet" in said("LBN", "CRPD reporting")
    assert "submission not found" in said("MNE", "CRPD reporting")  # it was considered, so it came


@as_read_in_2026
def test_article_7_reports_are_found_or_not_found_and_never_not_submitted():
    assert said("LAO", "CCM Article 7 reports") == "No report found in the documents read"
    assert said("SOM", "CCM Article 7 reports").startswith("Report of 2019: Not found")
    for iso3 in TWELVE:
        assert "not submitted" not in said(iso3, "CCM Article 7 reports").lower()


@as_read_in_2026
def test_the_estimate_for_iraq_is_no_count():
    assert "about 48,000–68,000" in said("IRQ", "Survivors, estimated")
    assert said("IRQ", "Survivors, counted") == "No information found"


def test_estimated_survivors_stand_apart_from_counted_ones_and_ranges_are_joined():
    for iso3 in {row["iso3"] for row in read("survivors")}:
        rows = queries.run("profile_survivors", iso3=iso3)
        assert set(rows["part"][rows["count_type"] == "estimate"]) <= {"estimate"}
        written = [
            row for row in read("survivors") if row["iso3"] == iso3 and not row["measure"].endswith("_high")
        ]
        assert len(rows) == len(written)


@as_read_in_2026
def test_lists_name_what_names_the_state_and_what_does_not():
    lists = said("SSD", "Lists of States with cluster munition victims")
    assert lists.startswith("Named by: Work plan 2024-2025; Not named by: ISU web page")
    assert said("FJI", "Lists of States with cluster munition victims") == "On none of the lists found"


@as_read_in_2026
def test_events_and_disputed_dates_stand_in_the_profile_of_their_state():
    events = said("UKR", "Other events and disputed dates")
    assert (
        "Suspension announced" in events and "Switzerland objects" in events and "NOT a withdrawal" in events
    )
    assert "27 December 2025 is used here, another source prints 8 May 2025" in said(
        "LTU", "Other events and disputed dates"
    )


@as_read_in_2026
def test_a_year_without_a_figure_is_a_gap_and_a_recorded_zero_is_drawn():
    view = profile_casualties.by_year(("LBN",))
    years = set(queries.run("map_years")["year"])
    known = set(view.data["year"])
    traces = {trace.name: trace for trace in view.figure.data}
    assert set(traces["No figure found"].x) == years - known
    assert list(traces["Recorded: 0"].x) == [2020]
    assert set(traces["Named without a number"].x) == {2018, 2019, 2021, 2022, 2023, 2024}
    assert max(traces["Remnants"].y) == 182


def test_states_side_by_side_share_scale_and_years():
    layout = profile_casualties.by_year(("LAO", "IRQ", "LBN")).figure.layout
    axes = [layout.yaxis, layout.yaxis2, layout.yaxis3]
    assert len({axis.range for axis in axes}) == 1
    assert len({axis.range for axis in (layout.xaxis, layout.xaxis2, layout.xaxis3)}) == 1


@pytest.mark.parametrize("iso3", sorted(TWELVE))
def test_obligations_say_what_the_matrix_says(iso3):
    cells = {row.indicator: row for row in queries.run("obligation_matrix", states=iso3).itertuples()}
    section = profile.findings((iso3,))
    assert [row.heading for row in section.rows] == [
        i18n.label("indicator", code) for code in obligations.indicators()
    ]
    for code, row in zip(obligations.indicators(), section.rows, strict=True):
        ((item,),), cell = row.cells, cells[code]
        assert item.mark == cell.status and item.text.startswith(cell.finding or "")
        assert ("Beside it, " in item.text) == shared.known(cell.other_kind)
        assert (cell.to_confirm or "") in item.text
        assert bool(item.age) == (cell.age in ("older", "undated"))


@pytest.mark.long
@pytest.mark.parametrize(
    "chosen", [*((iso3,) for iso3 in profile.states()), ("LAO", "FJI", "UKR"), ("MNE", "AND")]
)
def test_no_profile_shows_a_missing_value_and_every_source_is_listed(chosen):
    parts = [profile.standing(chosen), profile.record(chosen), profile_casualties.by_year(chosen)]
    if profile.coded(chosen):
        parts.append(profile.findings(chosen))
    cited = tuple(dict.fromkeys(source for view in parts for source in view.source_ids))
    assert len(profile.sources(chosen, cited)) == len(cited)
    for view in parts:
        words = " ".join([view.kicker, view.title, view.how, view.table.to_csv()])
        # a finding may say “None reported.”
        assert not LEAKED.search(re.sub(r"None (?:reported|recorded)", "", words)), LEAKED.search(words)


def test_a_hostile_finding_is_shown_as_text():
    item = Item("<script>alert(1)</script>", lead="<b>", where="\"'><img>", sources=("x",))
    drawn = profile_html._item(item, {"x": 1})
    assert not re.search(r"<(?:script|b|img)", drawn)


def test_an_answer_without_consent_is_counted_and_never_shown(monkeypatch):
    board = pd.DataFrame({"iso3": ["LAO"], "question": ["b"], "received": [2], "published": [1]})
    published = pd.DataFrame(
        {
            "iso3": ["LAO"],
            "question": ["b"],
            "received": ["2025-04"],
            "answer": ["A"],
            "summary_en": ["S"],
            "document": ["D"],
        }
    )
    given = {"responses_board": board, "responses_published": published}
    run = queries.run
    monkeypatch.setattr(
        queries, "run", lambda name, **rest: given[name] if name in given else run(name, **rest)
    )
    assert said("LAO", "Responses to the guiding questions") == (
        "Question (b): S (April 2025; D); 1 answer received, not published"
    )


# ---- the way to a profile ----


def test_cards_and_cells_lead_to_the_profile_of_every_state():
    for iso3 in ("LAO", "FJI"):
        assert f'href="states?state={iso3}"' in state_card.html(state_card.card(iso3))
    assert 'href="states?state=IRQ"' in detail.detail("IRQ", "")
    assert 'href="states?state=IRQ"' in detail.detail("IRQ", "focal_point")


@pytest.mark.parametrize(
    "text, iso3",
    [("lao", "LAO"), ("Iraq", "IRQ"), ("IRAQ", "IRQ"), ("iran", "IRN"), ("Lao People’s Democratic Republic", "LAO"), ("united", None), ("XXX", None)],
)  # fmt: skip
def test_an_address_may_spell_a_state_in_several_ways(text, iso3):
    assert profile.code_of(text) == iso3


# ---- the page ----


def test_no_state_is_singled_out_until_one_is_chosen():
    app = page()
    assert not app.exception and app.selectbox(key="state").value is None
    assert not any(name in heading(app) for name in profile.states().values())
    links = " ".join(html.value for html in app.get("html") if "states?state=" in html.value)
    assert all(f"states?state={iso3}" in links for iso3 in TWELVE)


def test_choosing_states_changes_the_profile():
    app = page()
    app.selectbox(key="state").set_value("MRT").run()
    assert heading(app).startswith("Mauritania: ")
    app.multiselect(key="with").set_value(["TCD", "MRT"]).run()
    assert heading(app).startswith("Side by side: Mauritania (") and "Chad (" in heading(app)


@pytest.mark.parametrize("address", [{"state": "XXX"}, {"state": "<b>" * 10_000}, {"with": "Atlantis"}])
def test_a_bad_address_falls_back_with_a_note(address):
    app = page(**address)
    assert not app.exception and app.selectbox(key="state").value is None
    assert any("not available here" in text.value for text in app.text)


def test_a_link_with_codes_opens_states_side_by_side_and_prints_the_fullest_state_on_three_pages_at_most(browser, server):
    visit = open_page(browser, server, "/states?state=lao&with=IRQ,LBN")
    heading = visit.page.locator("h1")
    assert all(name in heading.inner_text() for name in ("Lao People", "Iraq", "Lebanon"))
    link = visit.page.locator("input[readonly]").first.input_value()
    assert "state=LAO&with=IRQ&with=LBN" in link
    assert not visit.outside and not visit.errors_of_the_site()
    visit.close()
    visit = open_page(browser, server, "/states?state=BIH")  # the fullest
    pages = re.findall(rb"/Type\s*/Page\b", visit.page.pdf(format="A4"))
    assert len(pages) <= 3
    visit.close()
