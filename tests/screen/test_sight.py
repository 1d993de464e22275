"""What different eyes and screens get: a hall, a phone, colours forced by the system."""

import pytest
from playwright.sync_api import expect

from tests.browser import ON_A_PHONE, open_page


@pytest.mark.parametrize("view", ["affected-states", "new-use", "freshness"])
def test_on_a_small_phone_nothing_lies_on_the_figure_and_rows_of_tables_are_cards(browser, server, view):
    visit = open_page(browser, server, f"/{view}", 360, 800)
    page = visit.page
    if view != "new-use":
        cell = page.locator('[data-testid="stTable"] table').first.locator("td").nth(1)
        expect(cell).not_to_have_attribute("data-name", "")
    found = page.evaluate(ON_A_PHONE)
    visit.close()
    assert not any(found)


def test_a_figure_is_saved_in_one_way(browser, server):
    visit = open_page(browser, server, "/new-victims")
    assert not visit.page.locator('.modebar-btn[data-title*="ownload"]').count()
    assert visit.page.get_by_role("button", name="Save as PNG image").count() == 1
    visit.close()


@pytest.mark.parametrize("view", ["obligations?state=LAO&indicator=mhpss", "questions?question=a", "comparisons"])
def test_with_forced_colours_key_and_cells_bear_the_same_signs(browser, server, view):
    context = browser.new_context(viewport={"width": 1366, "height": 768}, forced_colors="active")
    visit = open_page(browser, server, f"/{view}", context=context)
    drawn, keyed, chosen = visit.page.locator(".crosstable").first.evaluate(
        """(table) => {
            const shapes = (nodes) => [...new Set([...nodes].filter((node) => node.getClientRects().length && getComputedStyle(node).forcedColorAdjust === "none").map((node) => node.innerHTML))];
            const pressed = table.querySelector('[aria-pressed="true"]');
            return [shapes(table.querySelectorAll("td .sign")), shapes(table.querySelectorAll(".key .sign")), pressed && getComputedStyle(pressed).outlineStyle];
        }"""
    )
    assert drawn and set(drawn) <= set(keyed)
    assert all(any(sign == other for other in drawn) for sign in keyed if "M1 15V1H15V15" in sign), "no cell bears the sign of no information"
    assert chosen in (None, "solid")
    visit.close()


def test_with_forced_colours_the_chosen_button_is_marked_by_more_than_colour(browser, server):
    context = browser.new_context(viewport={"width": 1366, "height": 768}, forced_colors="active")
    visit = open_page(browser, server, "/affected-states", context=context)
    looks = visit.page.get_by_role("radio").evaluate_all(
        "buttons => buttons.map(b => [b.getAttribute('aria-checked'), getComputedStyle(b).outlineStyle, getComputedStyle(b).outlineWidth])"
    )
    visit.close()
    assert all((look[1] == "solid") == (look[0] == "true") for look in looks)
    assert any(look[0] == "true" for look in looks)
