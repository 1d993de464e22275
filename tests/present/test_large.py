"""A figure, a table, a matrix and cards over the whole window, and the views of an earlier release, a draft or wrong names."""

import json
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from dialogue.present import decks
from dialogue.screen import buttons
from dialogue.snapshot import reader, release
from dialogue.snapshot.reader import Reader
from dialogue.tables import package
from dialogue.views import catalogue
from dialogue.web.present import SETTINGS
from tests.browser import Server, open_page
from tests.support import PATIENCE

FOCUSED = "() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at.textContent; }"
EARLIER = release.names(package.DATA)[-1]


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def packed(server: Server, path: str) -> dict:
    status, text = fetch(f"{server.url}/{path}")
    assert status == 200
    return json.loads(text.removeprefix("va.deck(").removesuffix(");\n"))


@pytest.mark.parametrize(
    ("page", "view", "given"),
    [
        ("", "overview.headlines", {}),
        ("new-victims?view=who", "victims.shares", {"weapon": "cluster_munition"}),
        ("obligations?states=LBN&action=34", "obligations.matrix", {"action": "34", "states": "LBN"}),
    ],
)
def test_a_view_is_shown_large_with_its_finding_and_escape_leads_back(browser: Browser, server: Server, page: str, view: str, given: dict):
    shown = catalogue.build(view, given)
    visit = open_page(browser, server, f"/{page}", 1280, 720, dark=view == "victims.shares")
    button = visit.page.locator(f".st-key-{shown.key}_details").get_by_role("button", name="Show large").first
    button.click()
    stage = visit.page.frame_locator("dialog iframe")
    expect(stage.locator("html[data-ready]")).to_have_count(1)
    expect(stage.locator("section.present .title")).to_have_text(shown.title)
    expect(stage.locator("section.present footer")).to_contain_text("Source: ")
    visit.page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("dialog")).to_have_count(0)
    assert visit.page.evaluate(FOCUSED) == "Show large"
    # by the button too, for whoever has no keyboard
    button.press("Enter")
    visit.page.get_by_role("button", name="Close").click()
    expect(visit.page.locator("dialog")).to_have_count(0)
    assert not visit.outside and not visit.errors_of_the_site()
    visit.close()


def test_a_long_table_shown_large_is_turned_by_keys_and_in_a_frame_by_buttons(browser: Browser, server: Server):
    visit = open_page(browser, server, "/obligations", 1280, 720)
    visit.page.locator(f".st-key-{catalogue.build('obligations.matrix').key}_details").get_by_role("button", name="Show large").click()
    stage = visit.page.frame_locator("dialog iframe")
    expect(stage.locator(".count")).to_contain_text("1 / ")
    visit.page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'")
    visit.page.keyboard.press("PageDown")
    expect(stage.locator(".count")).to_contain_text("2 / ")
    visit.page.goto(f"{server.url}/embed/obligations.matrix")
    visit.page.get_by_role("button", name="Next slide").click()
    expect(visit.page.locator(".count")).to_contain_text("2 / ")
    visit.close()


def test_an_earlier_release_is_shown_as_it_was(server: Server):
    then = release.load(package.DATA, EARLIER)
    with reader.reading(Reader(then, mode="dark")):
        shown = catalogue.build("trends.world_pair")
        assert decks.address(shown) == f"embed/trends.world_pair?release={EARLIER}&mode=dark"
    now, before = (packed(server, f"embed/trends.world_pair.js{asked}") for asked in ("", f"?release={EARLIER}"))
    assert before["version"] == then.fingerprint != now["version"]
    assert all(f"release={EARLIER}" in slide["live"] for slide in before["slides"]) and "release" not in now["slides"][0]["live"]
    status, text = fetch(f"{server.url}/light/new-victims?release={EARLIER}")
    assert status == 200 and then.fingerprint in text and f"light/obligations?release={EARLIER}" in text


@pytest.mark.parametrize("path", ["embed/trends.world_pair", "embed/trends.world_pair.js", "present/opening", "light/new-victims"])
def test_a_release_that_is_not_there_is_a_sentence(server: Server, path: str):
    status, text = fetch(f"{server.url}/{path}?release=1999-01-01")
    assert status == 404 and "There is no release “1999-01-01” here" in text


def test_no_view_takes_a_parameter_that_the_player_keeps_for_itself():
    taken = {parameter.name for name in catalogue.names() for parameter in catalogue.get(name).parameters}
    assert not taken & set(SETTINGS)


@pytest.mark.parametrize(("kind", "offered"), [("current", {"large", "deck", "png", "svg", "copy", "sentence", "citation", "link"}), ("draft", {"png", "svg"})])
def test_a_draft_that_only_its_owner_sees_has_no_slide(monkeypatch, kind: str, offered: set):
    drawn = []
    monkeypatch.setattr(buttons, "_buttons", lambda **given: drawn.append(given["data"]))
    with reader.reading(Reader(replace(reader.snapshot(), kind=kind))):
        buttons.draw(catalogue.build("trends.world_pair"))
    assert set(drawn[0]["labels"]) == offered
