"""The light edition: what a slow line brings first can be read, and full and light pages lead to each other."""

import time
import urllib.request

import pytest
from playwright.sync_api import Browser, expect

from dialogue.present import light
from dialogue.web import server as web
from tests.browser import Server, open_page
from tests.support import PATIENCE

FIRST = 60_000  # bytes
LINE = {"offline": False, "latency": 300, "downloadThroughput": 256_000 / 8, "uploadThroughput": 256_000 / 8}


@pytest.mark.parametrize("path", light.PAGES)
def test_the_first_60_kb_hold_the_finding_a_table_and_need_no_script(server: Server, path: str):
    asked = urllib.request.Request(f"{server.url}/light/{path}", headers={"Accept-Encoding": "identity"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        first = answer.read(FIRST).decode("utf-8", "ignore")
    assert "<h1>" in first and "</h1>" in first and first.count("<tr") > 2 and "<script" not in first
    assert f'href="../{path}"' in first, "no way to the full page"


def test_on_a_slow_line_the_text_comes_soon(browser: Browser, server: Server):
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    for path in light.PAGES:
        begun = time.monotonic()
        page.goto(f"{server.url}/light/{path}", wait_until="commit")
        expect(page.locator("h1")).to_be_visible()
        print(f"light/{path} at 256 kbit/s: heading after {time.monotonic() - begun:.1f} s")
    assert not context.cookies()
    context.close()


def test_a_full_page_leads_to_its_light_one_and_back(browser: Browser, server: Server):
    visit = open_page(browser, server, "/obligations")
    visit.page.get_by_role("link", name="Light edition").click()
    expect(visit.page).to_have_url(f"{server.url}/light/obligations")
    visit.page.get_by_role("link", name="Full page, with filters").click()
    expect(visit.page).to_have_url(f"{server.url}/obligations")
    visit.close()
    with urllib.request.urlopen(f"{server.url}/obligations", timeout=PATIENCE) as answer:
        shell = answer.read().decode()
    assert '<link rel="alternate" type="text/html" href="/light/obligations"' in shell and '<a href="/light/obligations">' in shell


def test_whoever_runs_the_server_says_which_sites_may_frame_it(monkeypatch):
    web.security_headers.cache_clear()
    assert "frame-ancestors" not in web.security_headers()["Content-Security-Policy"]
    monkeypatch.setenv("DIALOGUE_FRAMES", "https://one.example.org https://two.example.org")
    web.security_headers.cache_clear()
    assert "frame-ancestors 'self' https://one.example.org https://two.example.org;" in web.security_headers()["Content-Security-Policy"]
    web.security_headers.cache_clear()
