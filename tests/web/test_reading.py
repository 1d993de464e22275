"""What a reader can rely on while moving through the site: addresses, history, titles, links, the connection."""

import http.server
import json
import re
import threading
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from dialogue import navigation
from dialogue.web import server as site
from tests.browser import Server, open_page


def get(server: Server, path: str) -> tuple[int, str, str]:
    """Status, address after redirects and body."""
    try:
        with urllib.request.urlopen(server.url + path) as answer:
            return answer.status, answer.url.removeprefix(server.url), answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, path, refused.read().decode()


def seen(page: Page) -> tuple[str, str]:
    """The address and the heading."""
    return page.url, page.inner_text("h1")


def test_back_and_forward_go_through_the_views_that_were_seen(browser, server):
    visit = open_page(browser, server, "/affected-states?show=victims&year=2022")
    page = visit.page
    passed = [seen(page)]
    for choice in ("Membership", "All-time casualties"):
        page.get_by_text(choice, exact=True).click()
        expect(page).not_to_have_url(passed[-1][0])
        visit.settle()
        passed.append(seen(page))
    page.locator(".va-footer a").first.click()
    expect(page).to_have_url(re.compile("sources"))
    visit.settle()
    passed.append(seen(page))
    assert len(set(passed)) == len(passed)
    for expected in reversed(passed[:-1]):
        page.go_back()
        visit.settle()
        assert seen(page) == expected
    page.reload()
    visit.settle()
    assert seen(page) == passed[0]
    for expected in passed[1:]:
        page.go_forward()
        visit.settle()
        assert seen(page) == expected
    visit.close()


def test_a_slider_or_a_word_typed_is_one_step_back(browser, server):
    visit = open_page(browser, server, "/affected-states?show=victims", own=True)
    page = visit.page
    before = page.evaluate("history.length")
    slider = page.locator(".st-key-year input")
    slider.focus()
    for _turn in range(3):
        address = page.url
        page.keyboard.press("ArrowLeft")
        expect(page).not_to_have_url(address)
        visit.settle()
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    visit.settle()
    assert urlsplit(page.url).query == "show=victims"
    page.goto(f"{server.url}/search")
    visit.settle()
    before = page.evaluate("history.length")
    box = page.locator(".st-key-q input")
    for letters in ("leb", "anon"):
        box.press_sequentially(letters)
        expect(page).to_have_url(re.compile(letters))
        visit.settle()
    assert page.evaluate("history.length") == before + 1
    visit.close()


def test_a_link_escaped_for_a_page_shows_what_was_meant(browser, server):
    for between in ("&amp;", "&#38;", "%26amp%3B"):
        visit = open_page(browser, server, f"/affected-states?show=victims{between}year=2022{between}region=asia")
        assert "2022" in visit.page.inner_text("h1")
        assert not visit.page.locator(".st-key-va-note").count()
        for part in ("show=victims", "year=2022", "region=asia"):
            assert part in visit.page.url.split("?")[1].split("&")
        visit.close()


def test_the_address_bar_opens_the_same_view_elsewhere(browser, server):
    visit = open_page(browser, server, "/new-victims")
    visit.page.get_by_text("By State", exact=True).click()
    expect(visit.page).to_have_url(re.compile("view=states"))
    visit.settle()
    address, text = visit.page.url.removeprefix(server.url), visit.page.inner_text('[data-testid="stMain"]')
    visit.close()
    again = open_page(browser, server, address)
    assert again.page.inner_text('[data-testid="stMain"]') == text
    again.close()


def test_tabs_and_previews_tell_pages_and_states_apart(browser, server):
    titles = set()
    for path in navigation.paths():
        status, _address, body = get(server, f"/{path}")
        (title,) = re.findall("<title>(.*?)</title>", body)
        titles.add(title)
        assert status == 200 and title.endswith("Dialogue on Victim Assistance")
        assert "Streamlit" not in body.split("<script", 1)[0]
        for tag in ('name="description"', 'property="og:title"', 'property="og:description"'):
            assert re.search(f'<meta {tag} content="[^"]+">', body), (path, tag)
    assert len(titles) == len(navigation.paths())
    title = "Lebanon · State profiles · Dialogue on Victim Assistance"
    assert f"<title>{title}</title>" in get(server, "/states?state=LBN")[2]
    assert "<title>State profiles" in get(server, "/states?state=%3Cscript%3E")[2]
    visit = open_page(browser, server, "/states?state=LBN")
    expect(visit.page).to_have_title(title)
    visit.page.get_by_role("link", name="Method", exact=True).click()
    expect(visit.page).to_have_title("Sources and method · Dialogue on Victim Assistance")
    visit.close()


@pytest.mark.parametrize("page", [page for pages in navigation.sections().values() for page in pages], ids=lambda page: page.path)
def test_the_line_above_the_heading_names_the_page(page):
    from tests.support import run_page

    kicker = next(html.value for html in run_page(page.script).get("html") if "va-kicker" in html.value and "as of" in html.value)
    assert page.title in kicker


def test_an_unknown_address_gets_a_page_of_our_own(server):
    for path in ("/no-such-page", "/a/b/c", "/obligations/x", "/data_desk", "/States"):
        status, _address, body = get(server, path)
        assert status == 404 and "There is no such page" in body and "Streamlit" not in body, path
        for page in navigation.paths():
            assert f'href="/{page}"' in body
    assert 'Did you mean <a href="/data-desk">Data desk</a>?' in get(server, "/data_desk")[2]
    assert 'Did you mean <a href="/states">' in get(server, "/States")[2]
    body = get(server, "/%3Cscript%3Ealert(1)")[2]
    assert "<script>" not in body and "&lt;script&gt;" in body
    for spelled in ("LBN", "lbn", "lebanon"):
        assert get(server, f"/states/{spelled}")[:2] == (200, "/states?state=LBN")
    assert get(server, "/states/")[:2] == (200, "/states")
    assert get(server, "/robots.txt")[2] == "User-agent: *\nDisallow:\n"


def test_a_missing_script_is_missing_and_the_reader_is_asked_to_load_again(browser, server):
    for path in ("/static/js/PlotlyChart.deadbeef.js", "/static/x.css", "/geo/atlantis.geojson"):
        assert get(server, path)[0] == 404
    context = browser.new_context()
    chart = next(path for path in site.assets() if "/static/js/PlotlyChart." in path)
    context.route(f"**{chart}", lambda route: route.fulfill(status=404, content_type="text/plain", body="not found"))
    page = context.new_page()
    page.goto(f"{server.url}/new-victims")
    expect(page.locator("#va-notice")).to_contain_text("Please load it again")
    expect(page.locator("#va-notice").get_by_role("button", name="Load again")).to_be_visible()
    context.close()


def test_a_lost_connection_is_told_in_our_words_and_the_choice_is_kept(browser, server):
    visit = open_page(browser, server, "/new-victims")
    page, notice = visit.page, visit.page.locator("#va-notice")
    expect(notice).to_have_text("")
    visit.context.set_offline(True)
    expect(notice).to_have_text("No connection. What you see stays; trying again.")
    page.get_by_text("By State", exact=True).click()
    expect(notice).to_contain_text("still the view before it")
    assert page.locator("html.va-waiting").count() == 1
    assert "streamlit" not in page.inner_text("body").lower()
    visit.context.set_offline(False)
    expect(notice).to_have_text("")
    expect(page).to_have_url(re.compile("view=states"))
    assert page.locator("html.va-waiting").count() == 0
    visit.close()


def test_a_network_that_blocks_the_connection_is_named_on_the_page_and_in_the_log(browser, server):
    context = browser.new_context()
    page = context.new_page()
    page.route_web_socket(re.compile("."), lambda socket: socket.close())
    page.goto(f"{server.url}/new-victims")
    expect(page.locator("#va-notice")).to_contain_text("This network does not let the connection through")
    expect(page.locator("#va-notice a")).to_have_attribute("href", "/light")
    page.reload()
    with page.expect_response("**/unconnected"):
        pass
    context.close()
    host = urlsplit(server.url).netloc
    told = [line for line in server.log.read_text().splitlines() if "could not open its WebSocket" in line]
    assert len(told) == 1 and f"Host '{host}'" in told[0] and f"Origin '{server.url}'" in told[0]


def test_inside_another_site_a_sentence_leads_out(browser, server):
    inner = server.url.replace("localhost", "127.0.0.1")
    frames = f'<iframe src="{inner}/data-desk"></iframe><iframe sandbox="allow-scripts" src="{inner}/"></iframe>'

    class Outer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(frames.encode())

        def log_message(self, *_given):
            pass

    outer = http.server.HTTPServer(("127.0.0.1", 0), Outer)
    threading.Thread(target=outer.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://localhost:{outer.server_port}/")
    desk, boxed = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
    expect(desk.get_by_text("Files cannot be dropped while this page stands inside another site.")).to_be_visible()
    expect(desk.locator('[data-testid="stFileUploader"]')).to_be_hidden()
    expect(boxed.get_by_text("These pages cannot be shown inside this page.")).to_be_visible()
    expect(boxed.get_by_role("link", name="Open in a window of its own")).to_have_attribute("target", "_blank")
    context.close()
    outer.shutdown()


def test_older_safari_may_open_the_connection_and_a_strange_host_adds_nothing(server):
    def policy(host: str) -> str:
        asked = urllib.request.Request(f"{server.url}/", headers={"Host": host})
        with urllib.request.urlopen(asked) as answer:
            return re.search("connect-src ([^;]*)", answer.headers["Content-Security-Policy"]).group(1)

    assert policy("va.example.org:8080") == "'self' ws://va.example.org:8080 wss://va.example.org:8080"
    assert policy("a b; script-src *") == "'self'"


def test_the_page_sends_nobody_developers_dialogs(server):
    assert json.loads(get(server, "/_stcore/host-config")[2])["blockErrorDialogs"] is True


def test_whoever_has_left_a_draft_is_told():
    from tests.support import run_page

    app = run_page("../dialogue/main.py", draft="0123abcd")
    said = " ".join(text.value for text in app.text)
    assert "The draft has been left" in said


@pytest.mark.parametrize("width", [320, 360, 390, 700])
def test_the_buttons_of_the_bar_stand_apart_on_a_phone(browser, server, width):
    visit = open_page(browser, server, "/sources", width, 780)
    bar = (".st-key-va-search a", '[data-testid="stMainMenu"] button', '[data-testid="stToolbar"] button:has([data-testid="stIconMaterial"]) >> nth=0')
    boxes = sorted((visit.page.locator(place).first.bounding_box() for place in bar), key=lambda box: box["x"])
    for left, right in zip(boxes, boxes[1:], strict=False):
        assert left == right or left["x"] + left["width"] <= right["x"], (left, right)
    assert boxes[-1]["x"] + boxes[-1]["width"] <= width
    visit.close()
