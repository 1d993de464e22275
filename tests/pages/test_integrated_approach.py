"""The page Integrated approach: whom a clause binds, where instruments add up, since when they exist.

Expected values were read in the depositary's status lists and in the documents named
in data/sources.csv, not in the output of a query.
"""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import queries, reader
from dialogue.views.dialogue import approach
from tests.browser import open_page
from tests.support import as_read_in_2026, run_page


def bonds(iso3, **given):
    rows = queries.run("pillar_bonds", iso3=iso3, **given)
    return {(row.pillar, row.instrument): row.bond for row in rows.itertuples(index=False)}


def page(**address) -> AppTest:
    return run_page("integrated_approach.py", **address)


def test_no_state_is_singled_out_until_one_is_chosen():
    for view in ("pillar", "state", "together"):
        heading = title(page(view=view))
        assert not [name for name in approach.states().values() if name in heading]


def title(app: AppTest) -> str:
    return next(block.proto.body for block in app.get("html") if "<h1" in block.proto.body)


# ---- whom a clause binds ----


def test_the_crpd_obliges_lebanon_only_since_its_ratification():
    assert bonds("LBN", as_of="2025-06-04")["psych", "CRPD"] == "not_party"
    assert bonds("LBN", as_of="2025-06-05")["psych", "CRPD"] == "obligation"


@as_read_in_2026
def test_a_plan_commits_the_parties_of_its_own_convention_and_nobody_else():
    # party to the CCM and Protocol V, not to the APMBC
    lao = bonds("LAO")
    assert (lao["medical", "LAP"], lao["medical", "PV_POA"]) == ("commitment", "commitment")
    assert (lao["medical", "OAP"], lao["medical", "SRAAP"]) == ("not_party", "not_party")


def test_the_oslo_action_plan_ends_with_2024():
    assert bonds("AFG", as_of="2024-12-31")["medical", "OAP"] == "commitment"
    assert bonds("AFG", as_of="2025-01-01")["medical", "OAP"] == "past"


def test_a_plan_whose_wording_was_not_read_is_no_commitment():
    assert {bond for (_pillar, i), bond in bonds("AFG").items() if i == "SRAAP"} == {"unread"}


@as_read_in_2026
def test_no_clause_is_no_clause_and_goals_and_standards_bind_nobody():
    for iso3 in ("AFG", "USA", "LTU"):
        found = bonds(iso3)
        assert found["psych", "APMBC"] == "none" == found["data", "CCW_PV"]
        assert {b for (_p, i), b in found.items() if i in ("SDG", "IMAS1310")} == {"nobody"}


@as_read_in_2026
def test_lithuania_is_no_longer_bound_by_the_ccm_nor_committed_by_its_plan():
    found = bonds("LTU")
    assert (found["data", "CCM"], found["data", "LAP"], found["data", "CRPD"]) == (
        "not_party",
        "not_party",
        "obligation",
    )
    assert "CCM" not in approach.binds("LTU").title


@pytest.mark.parametrize("iso3", ["LAO", "LBN", "USA", "TUV"])
def test_findings_count_what_the_table_shows(iso3):
    found = bonds(iso3)
    covered = {pillar for (pillar, _i), bond in found.items() if bond == "obligation"}
    assert re.search(rf"has obligations on {len(covered)} of 13 pillars" if covered else "None of the instruments", approach.binds(iso3).title)
    for pillar in ("data", "medical"):
        obliging = [i for (p, i), bond in found.items() if p == pillar and bond == "obligation"]
        view = approach.pillar(pillar, iso3)
        assert ("none of the instruments" in view.title) == (not obliging)
        assert "{" not in view.title and len(view.table) == 10


@as_read_in_2026
def test_a_clause_for_states_in_a_position_to_assist_is_not_told_as_a_plain_obligation():
    # APMBC Article 6(3) and Protocol V Article 8(2)
    assert (
        "CCM and CRPD oblige Afghanistan; where it is in a position to assist, also APMBC and Protocol V"
        in (approach.pillar("medical", "AFG").title)
    )
    assert approach.pillar("medical", "USA").title.startswith(
        "Emergency and continuing medical care: instruments oblige the United States of America only where"
    )
    assert "On 5 pillars an obligation is for States in a position to assist" in approach.together().how


@as_read_in_2026
def test_an_act_that_counts_later_is_named_and_not_counted():
    assert bonds("LBN")["medical", "APMBC"] == "not_party"
    assert any(
        "Lebanon, APMBC: accession of 2026 is not counted" in note for note in approach.binds("LBN").notes
    )


# ---- together, timeline ----


@as_read_in_2026
def test_six_of_the_twelve_are_bound_by_all_four_instruments_that_oblige_on_medical_care():
    rows = queries.run("pillar_overlap").set_index("pillar")
    # all but Chad, the Lao PDR, Lebanon, Mauritania, Somalia and South Sudan in the four status lists
    assert rows.loc["medical", ["oblige", "twelve", "twelve_bound"]].tolist() == [
        "CCM APMBC CCW_PV CRPD",
        12,
        6,
    ]
    assert rows.loc["psych", ["oblige", "twelve_bound"]].tolist() == ["CCM CRPD", 12]
    assert (
        queries.run("pillar_overlap", as_of="2025-06-04").set_index("pillar").loc["psych", "twelve_bound"]
        == 11
    )
    assert set(rows.loc["psych", "no_information"].split()) == {"LAP"}


@as_read_in_2026
def test_timeline_tells_held_meetings_from_planned_ones_and_finds_no_date_for_one():
    rows = queries.run("instrument_timeline")
    ccm = rows[rows["instrument"] == "CCM"].drop_duplicates("event").set_index("event")["start"]
    assert [ccm[e] for e in ("adopted", "opened", "entry_into_force")] == [
        "2008-05-30",
        "2008-12-03",
        "2010-08-01",
    ]
    plans = rows[rows["event"] == "plan"].set_index("name")
    assert plans.loc["LAP", ["first_year", "last_year"]].tolist() == [2021, 2026]
    assert rows[rows["event"] == "planned"]["name"].tolist() == ["3RC"]
    assert "12MSP" in approach.timeline().missing
    with reader.reading(replace(reader.current(), width="narrow")):  # a phone has no room for the figure
        on_a_phone = approach.timeline()
    assert on_a_phone.figure is None and "3RC" in approach.events_list(on_a_phone)


# ---- the page ----


@pytest.mark.long
def test_the_address_carries_codes_and_bad_values_fall_back_with_a_note():
    app = page(view="pillar", pillar="psych", state="LAO")
    assert (app.selectbox("pillar").value, app.selectbox("state").value) == ("psych", "LAO")
    app.selectbox("state").select("ALB").run()
    assert "Albania" in title(app) and not app.exception
    app = page(view="nonsense", pillar="9999", state="XXX")
    assert "XXX" in app.text[0].value and "<h1" in title(app)
    for view in ("state", "together", "time"):
        assert "<h1" in title(page(view=view, state="MNE"))


def test_a_visitor_picks_a_state_by_keyboard_and_shares_the_link(browser, server):
    visit = open_page(browser, server, "/integrated-approach?view=pillar&pillar=psych")
    box = visit.page.get_by_role("combobox", name="State")
    box.focus()
    box.press_sequentially("Montenegro")
    box.press("Enter")
    expect(visit.page.locator("h1")).to_contain_text("oblige Montenegro")
    copied = visit.page.get_by_label("Link to this view")
    expect(copied).to_have_value(re.compile("pillar=psych&state=MNE"))
    again = open_page(browser, server, copied.input_value().removeprefix(server.url))
    expect(again.page.locator("h1")).to_contain_text("oblige Montenegro")
    assert not again.page.locator(".st-key-va-note").count()
    assert not (visit.outside or again.outside or visit.errors_of_the_site())
    visit.close()
    again.close()
