"""What different eyes and screens get: a hall, a phone, colours forced by the system."""

import pytest
from playwright.sync_api import expect

from tests.browser import open_page

# Sizes in pixels of all words inside figures: charts, tables of signs, source lines.
SIZES = """() => {
    const found = [], roots = [document];
    for (const root of roots) for (const node of root.querySelectorAll("*")) if (node.shadowRoot) roots.push(node.shadowRoot);
    const add = (node, factor) => {
        const shown = node.textContent.trim() && node.getClientRects().length && !node.closest(".hidden, .va-hidden, .va-sr, sup");
        if (shown) found.push([node.textContent.trim().slice(0, 40), Math.round(parseFloat(getComputedStyle(node).fontSize) * factor * 10) / 10]);
    };
    for (const root of roots) {
        root.querySelectorAll(".js-plotly-plot svg text").forEach((node) => add(node, 1));
        root.querySelectorAll(".crosstable :is(th, .text, .written, .source, .key span, .long)").forEach((node) => add(node, parseFloat(getComputedStyle(node.closest(".crosstable")).zoom)));
        root.querySelectorAll('[data-testid="stHtml"] :is(.va-source, .va-kicker, .va-how, small)').forEach((node) => add(node, 1));
    }
    return found;
}"""
FIGURES = ["", "affected-states", "new-victims", "new-victims?view=states", "obligations", "comparisons?view=joining", "questions", "new-use", "work-plan", "freshness"]


@pytest.mark.parametrize("view", FIGURES)
def test_in_a_hall_no_word_of_a_figure_is_smaller_than_16_pixels(browser, server, view):
    visit = open_page(browser, server, f"/{view}", 1920, 1080)
    found = visit.page.evaluate(SIZES)
    visit.close()
    assert found and not [(words, size) for words, size in found if size < 16]


@pytest.mark.parametrize("width", [390, 360])
@pytest.mark.parametrize("view", ["affected-states", "new-use", "freshness"])
def test_on_a_phone_nothing_lies_on_the_figure_and_rows_of_tables_are_cards(browser, server, view, width):
    visit = open_page(browser, server, f"/{view}", width, 844)
    page = visit.page
    assert not page.locator(".modebar:visible").count()
    tables = page.locator('[data-testid="stTable"] table')
    if view != "new-use":
        expect(tables.first.locator("td").nth(1)).not_to_have_attribute("data-name", "")
    too_wide = page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stTable] :is(table, tr, td)')].filter(n => n.getBoundingClientRect().right > innerWidth).length"
    )
    visit.close()
    assert not too_wide


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
