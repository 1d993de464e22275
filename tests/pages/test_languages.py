"""The dashboard in another language: chosen at the head of a page, kept while moving, the same for whoever opens the link."""

import itertools
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from dialogue import navigation
from tests.browser import Server, barriers, open_page, page_width
from tests.support import LEAKED


def spoken(page) -> tuple[str, str, list[str]]:
    return page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("dir"), parse_qs(urlsplit(page.url).query).get("lang", [])


def test_a_reader_chooses_a_language_and_keeps_it(server: Server, browser: Browser):
    visit = open_page(browser, server, "/new-victims?view=states")
    page = visit.page
    assert page.locator(".va-languages a[hreflang=ar]").is_visible() and not [url for url in visit.requests if "arabic" in url]
    page.locator(".va-languages a[hreflang=fr]").click()
    expect(page.locator("html[lang=fr]")).to_be_attached()
    expect(page.get_by_text("Copier le lien")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["view"] == ["states"]
    # by the menu, in the same window
    page.get_by_role("link", name="Vue d’ensemble").first.click()
    expect(page.locator(".va-kicker").first).to_contain_text("Vue d’ensemble")
    expect(page).to_have_url(re.compile("lang=fr"))
    # by a link of the page, which a new window may open
    link = page.locator(".va-footer a").first
    link.dispatch_event("pointerdown")
    assert "lang=fr" in link.get_attribute("href")
    visit.context.close()


CONTROLS = '[data-testid="stExpandSidebarButton"], [data-testid="stMainMenuButton"], .st-key-va-search'


@pytest.mark.parametrize(("code", "width"), [("ar", 1366), ("ar", 390), ("fr", 390), ("es", 390)])
def test_a_page_runs_as_its_language_does_and_is_not_wider_than_the_window(server: Server, browser: Browser, code, width):
    visit = open_page(browser, server, f"/?lang={code}", width=width)
    page = visit.page
    expect(page.locator(".va-unreviewed")).to_be_visible()
    assert spoken(page) == (code, "rtl" if code == "ar" else "ltr", [code])
    assert bool([url for url in visit.requests if "noto-naskh-arabic" in url]) is (code == "ar")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 700:
        boxes = sorted((box["x"], box["x"] + box["width"]) for box in (each.bounding_box() for each in page.locator(CONTROLS).all()))
        assert len(boxes) == 3 and all(one[1] <= other[0] for one, other in itertools.pairwise(boxes)), boxes
        assert boxes[0][0] >= 0 and boxes[-1][1] <= width
    visit.context.close()


PAGES = [page.path for pages in navigation.sections().values() for page in pages]


@pytest.mark.parametrize(("path", "code"), list(zip(PAGES, itertools.cycle(["fr", "ar", "es"]), strict=False)))
def test_each_page_can_be_read_in_one_more_language_on_a_phone_and_on_a_laptop(server: Server, browser: Browser, path, code):
    visit = open_page(browser, server, f"/{path}?lang={code}", 390, 844)
    page = visit.page
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        visit.settle()
        wide = page_width(page)
        assert wide <= width, f"{path} scrolls sideways at {width}: {wide}"
        text = page.inner_text('[data-testid="stMain"]')
        assert not LEAKED.findall(text) and "could not be drawn" not in text
    assert spoken(page) == (code, "rtl" if code == "ar" else "ltr", [code])
    # what is still English says so, to eyes and to ears
    unmarked = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter((node) =>
            [...node.childNodes].some((each) => each.nodeType === 3 && /^\\s*\\u2066?\\[EN\\]/.test(each.data)) && node.lang !== "en").length"""
    )
    found = barriers(page)
    errors = visit.errors_of_the_site()
    visit.close()
    assert not unmarked and not found and not errors
