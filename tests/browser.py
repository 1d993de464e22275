"""A running server and a browser, for tests that look at what a visitor sees."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Request,
    WebSocket,
    expect,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parent.parent
expect.set_options(timeout=PATIENCE * 1000)
PRESENTERS = "the key of the presenters"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
# A page is calm when Streamlit says that its script has run, nothing is stale or still to come, and
# every figure is drawn, at six looks in a row. What a page does a moment later, it does with a timer
# of its own (a width that is reported, a card that is scrolled to): those of up to 400 ms, set before
# it became calm, have fired between the first look and the last, because the looks are timers of the
# same page: on a slow machine they wait together.
POLL = 80
CALM = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app && app.getAttribute('data-test-script-state');
    const calm = (state === 'notRunning' || state === 'stopped')
        && document.querySelector('.va-footer')
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
        && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
            .every(chart => chart.querySelector('.main-svg'));
    window.__calm = calm ? (window.__calm || 0) + 1 : 0;
    return window.__calm >= 6;
}"""

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
# Bars of tools that lie on a figure, and parts of tables that reach beyond the screen of a phone.
ON_A_PHONE = """() => [
    [...document.querySelectorAll(".modebar")].filter((node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden").length,
    [...document.querySelectorAll('[data-testid=stTable] :is(table, tr, td)')].filter((node) => node.getBoundingClientRect().right > innerWidth).length,
]"""


@dataclass
class Server:
    """Where a server answers, its log and its process."""

    url: str
    log: Path
    pid: int


@dataclass
class Visit:
    """An open page and what it did: requests, those to other hosts, errors, bytes.

    `run` is how far the run of the script has come that the page last asked for:
    "asked", "begun", or "" when it has ended.
    """

    page: Page
    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    transferred: int = 0
    run: str = ""
    own: bool = False
    wire: CDPSession | None = None
    heard: dict[str, Callable] = field(default_factory=dict)

    def settle(self) -> None:
        """Wait until the last run that the page asked for has ended and all of it is drawn."""
        while True:
            self.page.evaluate("window.__calm = 0")
            self.page.wait_for_function(CALM, polling=POLL)
            if not self.run:
                return

    def follow(self, socket: WebSocket) -> None:
        """Note on this connection with the server which runs are asked for, begin and end."""
        self.run = ""
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.run = "asked"

    def _received(self, frame: bytes | str) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.run = "begun"
        elif kind == "script_finished" and self.run == "begun":
            # a run that makes way for the next one is not the last
            early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            self.run = "asked" if early else ""

    def errors_of_the_site(self) -> list[str]:
        """Return the console's errors without two that are not the site's and that nobody sees.

        On a deep link Streamlit first looks for its server at /page/_stcore/…, which does not exist.
        A Plotly map that is taken away while its borders are on their way reads its purged settings.
        """
        return [error for error in self.errors if "/_stcore/" not in error and "_scrollZoom" not in error]

    def close(self) -> None:
        """Leave the page to the next visit, or close it with its context if that was its own."""
        if self.own:
            self.context.close()
            return
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.context.clear_cookies()
        self.wire.detach()
        for event, heard in self.heard.items():
            self.page.remove_listener(event, heard)
        self.page.emulate_media(media="null", color_scheme="null", forced_colors="null")
        self.page.goto("about:blank")
        _idle.setdefault(self.context.browser, []).append(self.page)


def barriers(page: Page, *rules: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds serious or critical, in short; with `rules`, only by these."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    bad = [v for v in found if v["impact"] in ("serious", "critical")]
    return [(v["id"], v["help"], [node["html"][:160] for node in v["nodes"][:3]]) for v in bad]


def page_width(page: Page) -> int:
    """How wide the page is in pixels, what lies beyond the window included."""
    return page.evaluate("Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)")


def chromium() -> str | None:
    """Return the path of an installed Chromium, or None; the one without windows needs half the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def serving(
    folder: Path, *arguments: str, script: str = "app.py", **environment: str
) -> Iterator[Server]:
    """Run the dashboard on a free port; its log goes to ``folder``.

    ``arguments`` are options of ``streamlit run``, ``environment`` adds
    variables such as DIALOGUE_DATA, ``script`` may be the app of tests/trial.
    """
    port = free_port()
    log = folder / f"server-{port}.log"
    # "localhost", because Streamlit allows that origin without being told.
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]

    def served() -> None:
        try:
            urllib.request.urlopen(url, timeout=PATIENCE).close()
        except urllib.error.HTTPError:
            pass  # any answer will do: under a base path the root itself is a 404

    command += ["--server.headless", "true", *arguments]
    with running(command, log, served, cwd=ROOT, env={**os.environ, **environment}) as pid:
        yield Server(url, log, pid)


@contextmanager
def running(command: list[str], log: Path, ready: Callable[[], object], **options) -> Iterator[int]:
    """Run a program while the block lasts, from when `ready()` no longer raises OSError."""

    def stands() -> bool:
        assert process.poll() is None, f"{command} did not start:\n{log.read_text()}"
        try:
            ready()
        except OSError:
            return False
        return True

    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **options)
    try:
        wait_until(stands)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


# Pages that earlier visits have left, of each browser: in a page that knows the program a visit costs half.
_idle: dict[Browser, list[Page]] = {}


def open_page(
    browser: Browser,
    server: Server,
    path: str = "/",
    width: int = 1366,
    height: int = 768,
    *,
    dark: bool = False,
    own: bool = False,
    context: BrowserContext | None = None,
) -> Visit:
    """Open a page and wait until it stands.

    An earlier visit may have left the page, without cookies or anything else kept, but
    with the program in the browser's cache. `own` asks for a fresh context, as do tests
    that weigh a first load or change the browser itself; `context` is that of another visit.
    """
    own = own or context is not None
    if not own and (idle := _idle.get(browser)):
        page = idle.pop()
        page.set_viewport_size({"width": width, "height": height})
    else:
        context = context or browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=1
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.set_default_navigation_timeout(PATIENCE * 1000)
        page = context.new_page()
    page.emulate_media(color_scheme="dark" if dark else "light")
    visit = Visit(page, page.context, own=own, wire=page.context.new_cdp_session(page))

    def note_request(request: Request) -> None:
        visit.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "localhost":
            visit.outside.append(request.url)

    def note_console(message: ConsoleMessage) -> None:
        # A request that the page's own policy blocked never reaches the
        # network, so it is only seen here.
        if message.type == "error":
            visit.errors.append(f"{message.text} {message.location.get('url', '')}")

    def note_size(event: dict[str, float]) -> None:
        visit.transferred += int(event["encodedDataLength"])

    visit.heard = {
        "websocket": visit.follow,
        "request": note_request,
        "console": note_console,
        "pageerror": lambda error: visit.errors.append(str(error)),
    }
    for event, heard in visit.heard.items():
        page.on(event, heard)
    visit.wire.send("Network.enable")
    visit.wire.on("Network.loadingFinished", note_size)
    page.goto(server.url + path)
    visit.settle()
    return visit
