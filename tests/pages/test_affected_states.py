"""The page Affected States: what its maps say, and what a visitor can do with them."""

import json
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import queries
from dialogue.tables import geo
from dialogue.views.evidence import state_card, world_map
from dialogue.words import i18n
from tests.browser import Server, Visit, open_page
from tests.support import LEAKED, TWELVE, app_of, as_read_in_2026, body


def records(name: str, **parameters) -> dict[str, dict]:
    return {row["iso3"]: row for row in queries.run(name, **parameters).to_dict("records")}


# --- figures known from the sources ---


@as_read_in_2026
def test_the_work_plan_s_twelve_are_apart_from_what_other_lists_name():
    rows = records("map_obligations")
    marks = {
        mark: {iso3 for iso3, row in rows.items() if row["mark"] == mark}
        for mark in ("work_plan", "other_list")
    }
    assert marks == {"work_plan": TWELVE, "other_list": {"GNB", "MOZ", "SLE"}}
    assert "work_plan_2024" not in rows["COL"]["lists"]


@as_read_in_2026
def test_the_lists_differ_on_states_that_not_every_list_of_states_parties_names():
    named = set(world_map.differences().data["iso3"])
    assert {"GNB", "SLE", "MOZ", "MRT", "SSD", "SOM", "IRQ"} <= named
    assert not named & {"LAO", "LBN", "ALB", "HRV"}


@as_read_in_2026
def test_a_year_tells_numbers_names_parts_and_zeros_apart():
    last = records("map_casualties", year=2024)
    assert (last["UKR"]["mark"], last["UKR"]["count"]) == ("total", 208)
    assert last["LAO"]["mark"] == "named" and pd.isna(last["LAO"]["count"])
    rows = records("map_casualties", year=2016)
    assert rows["TCD"]["mark"] == "zero"
    assert (rows["YEM"]["count"], rows["YEM"]["count_type"]) == (38, "minimum")
    assert rows["KHM"]["mark"] == "part" and rows["KHM"]["remnant"] == 0
    assert rows["XNK"]["place"] == "area"


@as_read_in_2026
def test_attacks_and_remnants_are_never_added_up():
    row = records("map_casualties", year=2018)["SYR"]
    assert (row["mark"], row["attack"], row["remnant"]) == ("part", 65, 15)
    assert "80" not in json.dumps(world_map.groups(world_map.victims(2018)))


@as_read_in_2026
def test_all_time_figures_come_from_the_newest_edition_and_leave_estimates_apart():
    rows = records("map_all_time")
    assert (rows["LAO"]["count"], rows["LAO"]["mark"]) == (7761, "total")
    assert (rows["HRV"]["count"], rows["HRV"]["count_type"]) == (241, "minimum")
    assert (rows["VNM"]["mark"], rows["AZE"]["mark"]) == ("part", "other")
    world = rows["WLD"]
    assert (world["count"], world["estimate"], world["estimate_high"]) == (23082, 56500, 86500)
    assert all(row["count_type"] != "estimate" for row in rows.values())


def test_the_replay_shows_joining_and_leaving():
    assert "4 States Parties" in world_map.membership("CCM", date(2008, 12, 31)).title
    joined, left = world_map.changes("CCM", date(2025, 12, 31))
    assert "VUT" in joined and left == ["LTU"]
    before, after = (
        records("treaty_status", instrument="CCM", as_of=day)["LTU"]["status"]
        for day in ("2025-03-05", "2025-03-06")
    )
    assert (before, after) == ("state_party", "withdrawn")


@pytest.mark.parametrize("year", queries.run("map_years")["year"].tolist())
def test_every_year_s_map_counts_each_state_once(year):
    view = world_map.victims(int(year))
    named = [row for row in view.data.to_dict("records") if row["iso3"] in geo.points()]
    assert len(named) == len({row["iso3"] for row in named}) == len(geo.points())
    assert not LEAKED.search(" ".join([view.title, view.kicker, *view.notes, *view.table.to_numpy().ravel()]))


@pytest.mark.long
@pytest.mark.parametrize("iso3", sorted(geo.points()))
def test_every_state_has_a_card_without_holes(iso3):
    text = state_card.html(state_card.card(iso3))
    assert not LEAKED.search(text)
    assert (f"obligations?state={iso3}" in text) == (iso3 in TWELVE)


def test_hostile_text_on_a_card_is_text(monkeypatch):
    monkeypatch.setattr(i18n, "state", lambda _iso3: "<img src=x onerror=alert(1)>")
    assert "<img" not in state_card.html(state_card.card.__wrapped__("LAO"))
    assert "<img" not in state_card.summary(world_map.obligations.__wrapped__())


def test_no_figure_carries_geometry_and_each_stays_small():
    maps = [world_map.obligations(), world_map.all_time(), world_map.small()]
    maps += [world_map.membership(code, date(2026, 2, 3)) for code in world_map.INSTRUMENTS]
    for view in maps:
        content = view.figure.to_json()
        assert '"coordinates"' not in content and len(content) < 18_000, view.key


def test_a_click_on_a_part_or_a_dot_names_its_state():
    def pick(**point):
        return world_map.picked({"selection": {"points": [point]}})

    assert (pick(location="GUF"), pick(location="LAO"), pick(id="MDV")) == ("FRA", "LAO", "MDV")
    assert pick(location="ESH") == pick() == world_map.picked({}) == ""


# --- the page ---


@pytest.fixture
def page() -> AppTest:
    return app_of("pages/affected_states.py")


def test_the_page_opens_on_the_work_plan_s_states(page):
    page.run()
    assert not page.exception
    assert world_map.obligations().title in body(page)


@pytest.mark.parametrize(
    "address",
    [
        {"show": "victims", "year": "2016", "region": "asia", "state": "SYR"},
        {"show": "membership", "instrument": "CRPD", "on": "2014-06-15"},
        {"show": "all_time", "state": "TUV"},
        {
            "show": "rubbish",
            "year": "9999",
            "region": "<b>",
            "state": "XXX",
            "on": "0000-99-99",
            "instrument": "x" * 9999,
        },
        {"show": "membership", "on": "1066-10-14"},
    ],
)
def test_good_and_bad_addresses_lead_to_a_map(page, address):
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    assert world_map.disclaimer() in body(page)


def test_a_link_to_any_day_keeps_that_day(page):
    page.query_params["show"] = "membership"
    page.query_params["on"] = "2014-06-15"
    page.run()
    assert world_map.membership("CCM", date(2014, 6, 15)).title in body(page)


# --- in a browser ---


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    visit = open_page(browser, server, "/affected-states", 1920, 1080)
    yield visit
    visit.close()


def centre(visit: Visit, iso3: str) -> tuple[float, float]:
    """Return where the shape of a State stands on the screen."""
    x, y = visit.page.evaluate(
        """code => {
            const shape = [...document.querySelectorAll('.choroplethlayer path')]
                .find(path => path.__data__ && path.__data__.loc === code);
            const box = shape.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        iso3,
    )
    return x, y


def card_of(visit: Visit) -> str:
    return visit.page.locator(".va-facts h2").inner_text()


def test_a_click_opens_the_card_and_clear_closes_it(visit):
    page = visit.page
    page.wait_for_function("document.querySelectorAll('.choroplethlayer path').length >= 240")
    page.mouse.click(*centre(visit, "TCD"))
    page.locator(".va-facts h2").wait_for()
    assert card_of(visit) == i18n.state("TCD")
    page.get_by_role("button", name="Clear", exact=True).click()
    page.locator(".va-facts h2").wait_for(state="detached")
    visit.settle()
    page.mouse.click(*centre(visit, "TCD"))
    page.locator(".va-facts h2").wait_for()
    assert visit.outside == []


def test_the_keyboard_alone_opens_a_card(visit):
    page = visit.page
    page.get_by_role("combobox", name="State", exact=False).last.focus()
    page.keyboard.type("Tuval")
    page.keyboard.press("Enter")
    page.locator(".va-facts h2").wait_for()
    assert card_of(visit) == i18n.state("TUV")
