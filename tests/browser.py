"""A running server and a browser, for tests that look at what a visitor sees."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parent.parent
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


@dataclass
class Server:
    """Where a server answers, its log and its process."""

    url: str
    log: Path
    pid: int


@dataclass
class Visit:
    """An open page and what it did: requests, those to other hosts, errors, bytes."""

    page: Page
    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    transferred: int = 0

    def settle(self, timeout: float = 30) -> None:
        """Wait until Streamlit has finished running and figures are drawn."""
        settle(self.page, timeout)

    def errors_of_the_site(self) -> list[str]:
        """Return the console's errors without Streamlit's own search for its server.

        On a deep link it first tries /page/_stcore/…, which does not exist.
        """
        return [error for error in self.errors if "/_stcore/" not in error]

    def close(self) -> None:
        """Close the page together with its context."""
        self.context.close()


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / f"server-{port}.log"
    # "localhost", because Streamlit allows that origin without being told.
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--server.headless", "true", *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_served(process, url, log)
        yield Server(url, log, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_served(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            # Any answer will do: under a base path the root itself is a 404.
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")


def open_page(
    browser: Browser,
    server: Server,
    path: str = "/",
    width: int = 1366,
    height: int = 768,
    *,
    dark: bool = False,
    context: BrowserContext | None = None,
) -> Visit:
    """Open a page in a fresh context (or in ``context``) and wait until it stands."""
    context = context or browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=1,
    )
    page = context.new_page()
    visit = Visit(page, context)

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

    page.on("request", note_request)
    page.on("console", note_console)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")

    def note_size(event: dict[str, float]) -> None:
        visit.transferred += int(event["encodedDataLength"])

    wire.on("Network.loadingFinished", note_size)
    page.goto(server.url + path)
    visit.settle()
    return visit


def settle(page: Page, timeout: float = 30) -> None:
    """Wait until the script has run, nothing is stale and no figure is pending."""
    page.wait_for_selector('[data-testid="stApp"]', timeout=timeout * 1000)
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            const state = app && app.getAttribute('data-test-script-state');
            const quiet = (state === 'notRunning' || state === 'stopped')
                && document.querySelector('.va-footer')
                && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
                && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
                    .every(chart => chart.querySelector('.main-svg'));
            window.__quietSince = quiet ? (window.__quietSince || performance.now()) : 0;
            return quiet && performance.now() - window.__quietSince > 400;
        }""",
        timeout=timeout * 1000,
        polling=100,
    )
