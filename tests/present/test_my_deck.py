"""A reader gathers figures, puts them in order, presents them, and carries them to another machine; nothing stays on the server."""

import json
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, expect
from pptx import Presentation

from dialogue.present import decks
from dialogue.present.decks import Deck, Item
from dialogue.views import catalogue
from tests.browser import PRESENTERS, Server, barriers, open_page
from tests.support import PATIENCE

FOCUSED = "() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at.getAttribute('aria-label'); }"
WORLD, CARDS = "trends.world_cluster_munitions", "overview.headlines"
SLIDES = (Item("figure", "trends.world_pair", note="Slowly.", seconds=45), Item("statement", CARDS))


def titles(page: Page) -> list[str]:
    return page.locator(".deck li .title").all_text_contents()


def ready(page: Page, *views: str) -> None:
    """Wait until the list shows the findings of these views."""
    expect(page.locator(".deck li .title")).to_have_text([catalogue.build(view).title for view in views])
    expect(page.locator(".deck .present[href]")).to_have_count(1)


def add(browser: Browser, server: Server, page: str, context: BrowserContext | None = None):
    visit = open_page(browser, server, f"/{page}", 1280, 720, context=context)
    visit.page.get_by_role("button", name="Add to my deck").first.click()
    visit.page.get_by_role("link", name="My deck (").wait_for()
    return visit


def test_a_reader_gathers_orders_presents_and_carries_a_deck(browser: Browser, server: Server, tmp_path: Path):
    visit = add(browser, server, "")
    context, page = visit.context, visit.page
    page = add(browser, server, "new-victims", context).page
    page.get_by_role("button", name="Add to my deck").first.click()
    expect(page.get_by_text("It is in your deck already.")).to_be_visible()
    page.get_by_role("link", name="My deck (2)").click()
    ready(page, CARDS, WORLD)

    page.get_by_label("Title of the deck").fill("Our statement")
    page.get_by_label("What you want to say").nth(1).fill("Say it slowly.")
    page.get_by_label("Seconds").nth(1).fill("90")
    page.get_by_role("button", name="Move slide 2 up").click()
    ready(page, WORLD, CARDS)
    # the buttons move with the slide, and so does whoever pressed them
    assert page.evaluate(FOCUSED) == "Move slide 1 down"
    expect(page.get_by_text("Slides: 2. Minutes: 1.5.")).to_be_visible()
    assert not barriers(page)

    expect(page.get_by_role("link", name="room for phones")).to_have_count(0)
    with context.expect_page() as opened:
        page.get_by_role("link", name="Present", exact=True).click()
    stage = opened.value
    stage.wait_for_selector("html[data-ready]")
    slides = stage.evaluate("va.player.pack.slides")
    assert [slide["kind"] for slide in slides] == ["cover", "figure", "statement", "end"]
    assert slides[0]["title"] == "Our statement" and slides[1]["note"] == "Say it slowly." and slides[1]["seconds"] == 90

    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    kept = download.value.path().read_text("utf-8")
    assert decks.from_file(kept).items[0].note == "Say it slowly."
    with page.expect_download() as download:
        page.get_by_role("link", name="Slides (PPTX)").click()
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(download.value.path()).slides]
    assert titles[0] == "Our statement" and slides[1]["title"] in titles
    page.get_by_label("Link without my notes").check()
    page.get_by_role("button", name="Copy link").click()
    field = page.locator(".deck .link")
    assert "deck=" in field.input_value()
    word = field.input_value().partition("deck=")[2]
    assert [item.note for item in decks.unpacked(word).items] == ["", ""]
    # a reload keeps the deck, which lies in the browser alone
    page.reload()
    ready(page, WORLD, CARDS)
    # the link of the presenters offers rooms, for the own deck and for those that are ready
    page.goto(f"{server.url}/my-deck?{urlencode({'key': PRESENTERS})}")
    ready(page, WORLD, CARDS)
    own, *others = page.get_by_role("link", name="room for phones").all()
    assert others and all(urlencode({"room": "new"}) in link.get_attribute("href") and "key=the" in link.get_attribute("href") for link in (own, *others))
    assert not visit.outside and not visit.errors_of_the_site()
    context.close()


def test_a_deck_comes_by_link_and_by_file_and_an_own_deck_is_not_lost(browser: Browser, server: Server, tmp_path: Path):
    deck = Deck("", "From a colleague", SLIDES)
    visit = open_page(browser, server, f"/my-deck?deck={decks.packed(deck)}", 390, 844)
    page = visit.page
    ready(page, "trends.world_pair", CARDS)
    expect(page.get_by_label("What you want to say").first).to_have_value("Slowly.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # another deck: the own one stays until the reader says so
    file = tmp_path / "other.deck.json"
    file.write_text(decks.as_file(Deck("", "Other", (Item("figure", WORLD),))), "utf-8")
    page.get_by_label("Open a deck from a file").set_input_files(file)
    expect(page.get_by_text("The link or file holds a deck. Its slides: 1. Slides that you have gathered here: 2.")).to_be_visible()
    page.get_by_role("button", name="Add it behind mine").click()
    ready(page, "trends.world_pair", CARDS, WORLD)
    page.get_by_role("button", name="Take slide 2 out").click()
    ready(page, "trends.world_pair", WORLD)
    # what is no deck, or names what there is not, gets a sentence
    file.write_text("no deck", "utf-8")
    page.get_by_label("Open a deck from a file").set_input_files(file)
    expect(page.get_by_role("alert")).to_have_text("This file is no deck that was saved here.")
    ready(page, "trends.world_pair", WORLD)
    file.write_text(json.dumps({"deck": "x", "slides": [{"kind": "figure", "view": "no.such"}]}), "utf-8")
    page.get_by_label("Open a deck from a file").set_input_files(file)
    page.get_by_role("button", name="Show it in place of mine").click()
    expect(page.locator(".deck li.wrong")).to_contain_text("This slide cannot be shown: there is no view “no.such”")
    visit.close()


def test_a_link_that_was_cut_says_so_on_the_page_and_on_the_stage(browser: Browser, server: Server):
    word = decks.packed(Deck("", "From a colleague", SLIDES))[:-9]
    visit = open_page(browser, server, f"/my-deck?deck={word}", 1280, 720)
    expect(visit.page.get_by_role("alert")).to_contain_text("The link to this deck is not whole")
    visit.page.goto(f"{server.url}/present/mine?deck={word}")
    expect(visit.page.get_by_role("alert")).to_contain_text("link to this deck is not whole", timeout=PATIENCE * 1000)
    visit.close()


def test_twelve_slides_with_notes_fit_into_a_link_that_can_be_pasted():
    names = [name for name in catalogue.names() if all(each.default is not None for each in catalogue.get(name).parameters)][:12]
    items = tuple(decks.item(catalogue.build(name), note=f"Note {n}: two lines of what to say here, and why.", seconds=60) for n, name in enumerate(names))
    assert len("https://dialogue.example.org/my-deck?deck=" + decks.packed(Deck("", "Statement of our delegation", items))) < 2000
