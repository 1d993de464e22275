"""What a visitor's browser gets: speed, silence, safety and a look that holds."""

import gzip
import http.client
import itertools
import json
import mimetypes
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, expect
from plotly import graph_objects as go
from plotly import io
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import live
from dialogue.snapshot.store import Snapshot
from dialogue.views import plot, theme
from dialogue.views.addresses import GEO, STATIC, geo_url
from dialogue.web import server
from tests.browser import ROOT, Server, open_page
from tests.support import PATIENCE, app_of

TRIAL = "tests/trial/app.py"
LAOS = "Lao People’s Democratic Republic"


@pytest.fixture(scope="module")
def trial(serve) -> Iterator[Server]:
    """The frame with trial pages, so that no test hangs on a page's content."""
    with serve(script=TRIAL) as running:
        yield running


def get(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (names in lower case) and raw body."""
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()
    finally:
        connection.close()


def test_deep_link_works_as_the_first_request(browser: Browser, serve) -> None:
    with serve(script=TRIAL) as cold:
        visit = open_page(browser, cold, "/chart?x=y", own=True)
        expect(visit.page.locator("h2")).to_have_text("A heading in the serif")
        assert visit.errors_of_the_site() == []
        visit.close()


def test_the_map_page_is_light_and_lighter_the_second_time(
    browser: Browser, trial: Server
) -> None:
    first = open_page(browser, trial, own=True)
    first.page.wait_for_function("document.querySelectorAll('.choroplethlayer path').length >= 240")
    assert first.outside == []
    assert first.errors_of_the_site() == []
    assert 1_000_000 < first.transferred < 2_800_000
    again = open_page(browser, trial, context=first.context)
    assert again.transferred < 50_000
    print(f"first visit {first.transferred:,} bytes, second {again.transferred:,} bytes")
    first.close()


def test_files_come_in_the_encoding_the_browser_takes(trial: Server) -> None:
    path = "/" + geo_url("world.geojson")
    plain = (GEO / "world.geojson").read_bytes()
    tags = set()
    for accept, encoding, unpack in [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ]:
        status, headers, body = get(trial, path, Accept_Encoding=accept)
        assert status == 200
        assert headers.get("content-encoding") == encoding
        assert unpack(body) == plain
        assert headers["vary"] == "Accept-Encoding"
        assert "immutable" in headers["cache-control"]
        tags.add(headers["etag"])
        again = get(trial, path, Accept_Encoding=accept, If_None_Match=headers["etag"])
        assert (again[0], again[2]) == (304, b"")
    assert len(tags) == 3


def test_only_a_versioned_address_is_kept_for_good(trial: Server) -> None:
    assert "immutable" not in get(trial, "/geo/world.geojson")[1]["cache-control"]
    assert get(trial, "/")[1]["cache-control"] == "no-cache"
    script = next(path for path in server.assets() if "/static/js/PlotlyChart." in path)
    assert "immutable" in get(trial, script)[1]["cache-control"]


@pytest.mark.parametrize(
    "path", ["/geo/../../app.py", "/geo/%2e%2e/states.csv", "/app/static/../server.py", "/geo/"]
)
def test_no_other_file_is_served(trial: Server, path: str) -> None:
    _status, _headers, body = get(trial, path)
    assert b"import" not in body.replace(b"important", b"")
    assert b"iso3," not in body


def test_a_head_request_has_no_body(trial: Server) -> None:
    status, headers, body = get(trial, "/geo/lines.geojson", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


def test_health_names_the_data(server: Server) -> None:
    status, headers, body = get(server, "/healthz")
    found = json.loads(body)
    assert status == 200
    assert found["status"] == "ok"
    assert found["data"]
    assert headers["cache-control"] == "no-store"


def test_every_answer_carries_the_security_headers(trial: Server) -> None:
    for path in ["/", "/healthz", "/geo/world.geojson", "/app/static/topo/world_110m.json"]:
        headers = get(trial, path)[1]
        assert "default-src 'self'" in headers["content-security-policy"], path
        assert "http" not in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path


def test_the_site_works_below_a_base_path(browser: Browser, serve) -> None:
    with serve("--server.baseUrlPath", "base", script=TRIAL) as based:
        for path in ["/base/", "/base/chart"]:
            visit = open_page(browser, based, path)
            assert visit.page.locator('[data-testid="stPlotlyChart"] .main-svg').count() > 0
            assert visit.errors_of_the_site() == []
            visit.close()
        assert get(based, "/base/healthz")[0] == 200
        assert get(based, "/base/geo/world.geojson", Accept_Encoding="br")[1]["content-encoding"]


def test_an_absurd_address_does_not_harm_the_server(trial: Server) -> None:
    for size in (60_000, 1_000_000):
        try:
            status = get(trial, "/?q=" + "x" * size)[0]
        except (ConnectionError, http.client.HTTPException):
            status = 400
        assert status < 500
    assert get(trial, "/healthz")[0] == 200


@pytest.mark.parametrize("page", ["failing", "misspelt"])
def test_a_failing_page_shows_a_calm_message_only(
    browser: Browser, trial: Server, page: str
) -> None:
    visit = open_page(browser, trial, f"/{page}")
    shown = visit.page.inner_text("body")
    assert "This view could not be drawn" in shown
    for leaked in ("Traceback", "do not show this", "Error", str(ROOT)):
        assert leaked not in shown
    assert visit.page.locator(".va-footer").is_visible()
    assert "do not show this" in trial.log.read_text()
    visit.close()


def test_problems_in_the_data_replace_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = ["states.csv, row 3, column iso3: “<b>*X*</b>”: unknown", "another"]
    monkeypatch.setattr(live, "_latest", Snapshot("0123456789", date(2026, 2, 3), problems, [], None, None))
    app = app_of("dialogue/main.py").run()
    assert [block.value for block in app.code] == ["\n".join(problems)]
    assert len(app.title) == 1
    assert not app.exception


def test_the_bundled_fonts_are_drawn(browser: Browser, trial: Server) -> None:
    visit = open_page(browser, trial, "/chart")
    loaded = visit.page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert {"Source Sans 3", "Source Serif 4"} <= set(loaded)
    family = "node => getComputedStyle(node).fontFamily"
    assert visit.page.locator("h2").evaluate(family).startswith('"Source Serif 4"')
    assert "Source Sans 3" in visit.page.locator(".xtick text").first.evaluate(family)
    visit.close()


@pytest.mark.parametrize("dark", [False, True])
def test_the_mode_of_the_reader_reaches_figures(
    browser: Browser, trial: Server, dark: bool
) -> None:
    visit = open_page(browser, trial, "/chart", dark=dark)
    paper = theme.PALETTES["dark" if dark else "light"].paper
    drawn = visit.page.locator(".main-svg").first.evaluate("node => node.style.background")
    assert drawn == "rgb({}, {}, {})".format(*bytes.fromhex(paper[1:]))
    visit.close()


@pytest.mark.parametrize("width", [1920, 1366, 390])
def test_no_page_scrolls_sideways(browser: Browser, trial: Server, width: int) -> None:
    visit = open_page(browser, trial, "/", width, 844)
    widest = visit.page.locator('[data-testid="stMain"]').evaluate("node => node.scrollWidth")
    assert widest <= width
    visit.close()


def test_nothing_of_the_developers_tools_shows(browser: Browser, trial: Server) -> None:
    visit = open_page(browser, trial, "/chart")
    visit.page.click('[data-testid="stMainMenu"] button')
    menu = visit.page.locator('[data-testid="stMainMenuPopover"]')
    expect(menu).to_contain_text("Print")
    shown = menu.inner_text()
    assert "Dark" in shown
    for word in ("Streamlit", "Deploy", "Rerun", "Clear cache", "Record"):
        assert word not in shown
    visit.close()


def test_a_copied_link_reopens_the_same_view(browser: Browser, trial: Server) -> None:
    visit = open_page(browser, trial, "/?" + urlencode({"state": LAOS, "known": "known"}), own=True)
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=trial.url)
    shown = visit.page.get_by_text("chosen:").inner_text()
    visit.page.get_by_role("button", name="Copy link").click()
    expect(visit.page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    link = visit.page.evaluate("navigator.clipboard.readText()")
    visit.close()
    assert parse_qs(urlsplit(link).query, keep_blank_values=True) == {
        "state": ["LAO"],
        "year": ["2025"],
        "known": ["known"],
    }
    fresh = open_page(browser, trial, link.removeprefix(trial.url))
    assert fresh.page.get_by_text("chosen:").inner_text() == shown
    assert fresh.page.get_by_text("The link asked for").count() == 0
    fresh.close()


def test_without_a_clipboard_the_link_can_be_selected(browser: Browser, trial: Server) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    visit = open_page(browser, trial, context=context)
    visit.page.get_by_role("button", name="Copy link").click()
    field = visit.page.get_by_label("Link to this view: select and copy")
    expect(field).to_be_focused()
    assert "state=ALB" in field.input_value()
    visit.close()


def test_bad_values_in_the_address_are_named_as_text(browser: Browser, trial: Server) -> None:
    query = urlencode(
        [("year", "9999"), ("region", "<img src=x>"), ("state", "*" + "z" * 5000), ("utm_source", "1")]
    )
    visit = open_page(browser, trial, f"/?{query}")
    note = visit.page.locator(".st-key-va-note")
    expect(note).to_contain_text("year=9999")
    expect(note).to_contain_text("<img src=x>")
    assert "utm" not in note.inner_text()
    assert len(note.inner_text()) < 400
    assert "chosen: Albania" not in visit.page.inner_text("body")
    assert "chosen: ALB 2025 () all" in visit.page.inner_text("body")
    # The reader has moved on: the note goes.
    visit.page.get_by_text("Only what is known").click()
    expect(note).to_have_count(0)
    visit.close()


def bad_address() -> None:

    from dialogue.screen import address

    address.read({"year": [2024, 2025], "state": str.isalpha})


@pytest.mark.parametrize(
    ("query", "noted"),
    [
        ({}, None),
        ({"year": "2024", "state": "x"}, None),
        ({"year": "9999"}, "“year=9999”"),
        ({"state": "\u202e1"}, "“state= 1”"),
        ({"year": "9" * 400_000}, "9…”"),
        ({"year": ["1"] * 1000}, "year=1"),
    ],
)
def test_the_note_names_what_is_not_available(query: dict[str, str], noted: str | None) -> None:
    app = AppTest.from_function(bad_address, default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    texts = [text.value for text in app.text]
    if noted is None:
        assert texts == []
    else:
        assert noted in texts[0]
        assert len(texts[0]) < 400
        assert [text.value for text in app.run().text] == []


def luminance(colour: str) -> float:
    parts = [byte / 255 for byte in bytes.fromhex(colour[1:])]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read(mode: theme.Mode) -> None:
    colours = theme.PALETTES[mode]
    for name, ground in itertools.product(
        ["ink", "secondary", "quiet", "accent"], [colours.paper, colours.panel]
    ):
        assert contrast(getattr(colours, name), ground) >= 4.5, (name, ground)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_fills_can_be_told_from_the_paper(mode: theme.Mode) -> None:
    colours = theme.PALETTES[mode]
    assert contrast(colours.outline, colours.paper) >= 3
    outlined = theme.OUTLINED[mode]
    for group in ("casualties", "obligation", "treaty", "instruments"):
        for code, colour in getattr(colours, group).items():
            light = contrast(colour, colours.paper) < 3
            assert light == (code in outlined), (group, code)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_configured_theme_is_the_palette(mode: theme.Mode) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    configured = config["theme"][mode]
    colours = theme.PALETTES[mode]
    assert configured["primaryColor"] == configured["linkColor"] == colours.accent
    assert configured["backgroundColor"] == colours.paper
    assert configured["secondaryBackgroundColor"] == colours.panel
    assert configured["textColor"] == colours.ink


def test_the_licences_travel_with_the_fonts() -> None:
    for name in ("source-sans-3", "source-serif-4"):
        text = (STATIC / "fonts" / f"LICENSE-{name}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in text


def test_a_prepared_figure_is_sent_as_the_figure_itself() -> None:
    figure = go.Figure(go.Bar(x=["<b>", "é"], y=[1, 2]), layout={"height": 321})
    ready = plot.Prepared(figure)
    assert json.loads(io.to_json(ready, validate=False)) == json.loads(figure.to_json())
    assert ready.to_dict()["layout"] == {"height": 321}


def test_a_page_of_another_site_cannot_open_a_connection(trial: Server) -> None:
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA=="
    }  # fmt: skip
    for origin in ("http://evil.example", "http://localhost.evil.example", "null", "http://[broken"):
        assert get(trial, "/_stcore/stream", Origin=origin, **upgrade)[0] == 403, origin


def test_a_script_is_a_script_whatever_the_machine_says(monkeypatch):
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    assert server.Asset("index.js", bytes, "")._media_type == "text/javascript"
    suffixes = {Path(path).suffix for path in server.assets()} - {""}
    assert suffixes <= set(server.MEDIA)
