"""The pages on a shared screen of 1280 by 720, where the figure must stand in view, and long pages on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import open_page

# Every choice of an evidence page that draws another figure first.
EVIDENCE = {
    "affected-states": ["", "?show=victims", "?show=all_time", "?show=membership"],
    "new-victims": ["", "?view=states", "?view=who", "?view=question", "?view=pair"],
    "obligations": [""],
    "comparisons": ["", "?view=joining", "?view=asks", "?view=casualties", "?view=survivors"],
}
FOLD, HEAD = 720, 260
PLACES = """() => {
    const box = (node) => node.getBoundingClientRect(), seen = (node) => node.getClientRects().length;
    const filters = [...document.querySelectorAll('.st-key-va-filters, .st-key-nv-filters')].filter(seen);
    const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
    const tables = [...document.querySelectorAll('[data-testid="stMain"] *')].map((node) => node.shadowRoot?.querySelector(".crosstable")).filter(Boolean);
    const [first] = [...charts, ...tables].filter(seen).sort((one, other) => box(one).top - box(other).top);
    const { top, bottom } = box(first);
    return { filters: filters.length, head: Math.max(...filters.map((node) => box(node).bottom)) - box(document.querySelector(".va-kicker")).top, top, bottom };
}"""

COVERED = """() => {
    const heading = document.querySelector("h1"), words = document.createRange(), link = document.querySelector(".st-key-copy_link").getBoundingClientRect();
    const tall = (count) => { heading.textContent = "word ".repeat(count); return heading.getBoundingClientRect().height; };
    const line = tall(1);
    let most = 1; // the words that just fit into one line
    while (tall(most + 1) === line) most++;
    tall(most);
    words.selectNodeContents(heading);
    return [...words.getClientRects()].some((line) => line.right > link.left && line.top < link.bottom && line.bottom > link.top);
}"""


@pytest.mark.parametrize("page", EVIDENCE)
def test_the_first_figure_stands_in_view_on_a_shared_screen(browser, server, page):
    visit = open_page(browser, server, f"/{page}", 1280, FOLD)
    for choice in EVIDENCE[page]:
        if choice:
            visit.page.goto(f"{server.url}/{page}{choice}")
            visit.settle()
        at = visit.page.evaluate(PLACES)
        share = (min(at["bottom"], FOLD) - at["top"]) / (at["bottom"] - at["top"])
        assert at["filters"] and at["head"] <= HEAD and share >= 0.66, (choice, at, share)
    assert not visit.page.evaluate(COVERED)
    visit.close()


@pytest.mark.parametrize("width", [390, 360])
def test_a_long_page_on_a_phone_has_a_list_of_contents_and_a_head_without_collisions(browser, server, width):
    visit = open_page(browser, server, "/states?state=LBN", width, 844)
    page = visit.page
    controls = page.locator('[data-testid="stExpandSidebarButton"], [data-testid="stMainMenuButton"], .st-key-va-search')
    boxes = sorted((box["x"], box["x"] + box["width"]) for box in (each.bounding_box() for each in controls.all()))
    assert len(boxes) == 3 and all(one[1] <= other[0] for one, other in zip(boxes, boxes[1:], strict=False)) and boxes[-1][1] <= width
    headings = page.locator('[data-testid="stMain"] h2')
    page.get_by_text("On this page").click()
    listed = page.locator(".va-contents li")
    expect(listed).to_have_text([text.strip() for text in headings.all_text_contents()])
    listed.last.get_by_role("button").click()
    expect(headings.last).to_be_in_viewport()
    expect(headings.last).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.get_by_text("On this page")).not_to_be_visible()
    visit.close()
