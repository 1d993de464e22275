"""What the web server adds to Streamlit.

Files that never change while the server runs are compressed once and kept:
Streamlit sends its own scripts plain (Plotly's alone weighs 4.7 MB) and
Starlette's GZipMiddleware would compress them again for every visitor.
"""

import gc
import hashlib
import json
import logging
import mimetypes
import os
import re
import threading
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dialogue import navigation
from dialogue.present import page
from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import Reader
from dialogue.views.addresses import GEO, STATIC
from dialogue.web import present, shell, take_away, warm
from dialogue.web.compress import COMPRESS, accepted_encoding
from dialogue.words import languages

YEAR = "public, max-age=31536000, immutable"
HOUR = "public, max-age=3600"

# Not what the machine says: on some Windows laptops its registry calls a script plain text.
MEDIA = {
    ".css": "text/css", ".csv": "text/csv", ".geojson": "application/geo+json", ".gif": "image/gif", ".html": "text/html", ".ico": "image/x-icon",
    ".jpg": "image/jpeg", ".js": "text/javascript", ".json": "application/json", ".map": "application/json", ".mjs": "text/javascript",
    ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".txt": "text/plain",
    ".wasm": "application/wasm", ".webp": "image/webp", ".woff": "font/woff", ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xml": "application/xml", ".zip": "application/zip",
}  # fmt: skip
COMPRESSIBLE = {".css", ".geojson", ".html", ".js", ".json", ".svg"}

# First parts of the addresses that Streamlit answers itself.
STREAMLITS = {"app", "component", "media", "oauth2callback", "auth", "manifest.json"}
HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(?::\d+)?")

log = logging.getLogger(__name__)


class Asset:
    """One file as it is sent: each encoding is made at its first request.

    ``read`` gives the plain bytes, ``name`` decides the media type, ``caching``
    is the Cache-Control sent for an address without a version.
    """

    def __init__(self, name: str, read: Callable[[], bytes], caching: str) -> None:
        self._read = read
        self._caching = caching
        self._media_type = MEDIA.get(Path(name).suffix, "application/octet-stream")
        self._compressible = Path(name).suffix in COMPRESSIBLE
        self._bodies: dict[str, tuple[str, bytes]] = {}
        self._making = threading.Lock()

    def body(self, encoding: str) -> tuple[str, bytes]:
        """Return ETag and bytes in ``encoding`` ("" for plain)."""
        if encoding not in self._bodies:
            with self._making:
                if encoding not in self._bodies:
                    data = self._read()
                    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}-{encoding}"'
                    sent = COMPRESS[encoding](data) if encoding else data
                    self._bodies[encoding] = (tag, sent)
        return self._bodies[encoding]

    def respond(self, request: Request) -> Response:
        """Return the response for a GET or HEAD request."""
        headers = {"Cache-Control": self._caching}
        if "v" in request.query_params:
            headers["Cache-Control"] = YEAR
        encoding = ""
        if self._compressible:
            headers["Vary"] = "Accept-Encoding"
            encoding = accepted_encoding(request.headers.get("accept-encoding", ""))
        tag, data = self.body(encoding)
        headers["ETag"] = tag
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(data, headers=headers, media_type=self._media_type)


@cache
def assets() -> dict[str, Asset]:
    """Return every file sent compressed and cached, by its path on the server."""
    base = shell.base_path()
    found = {
        # Streamlit puts a hash of the content in the names below static/.
        f"{base}/{file.relative_to(shell.STREAMLIT).as_posix()}": Asset(file.name, file.read_bytes, YEAR)
        for file in files_in(shell.STREAMLIT / "static")
    }
    # Until the theme arrives Streamlit writes in its own Source Sans; the
    # site's cut of the same design weighs 29 kB instead of 170.
    for path in [path for path in found if "/SourceSansVF-Upright" in path]:
        latin = STATIC / "fonts" / "source-sans-3-latin-wght-normal.woff2"
        found[path] = Asset(latin.name, latin.read_bytes, YEAR)
    for file in files_in(STATIC):
        path = f"{base}/app/static/{file.relative_to(STATIC).as_posix()}"
        found[path] = Asset(file.name, file.read_bytes, HOUR)
    # what the player needs beside its own files
    found[f"{base}/app/static/player/plotly.min.js"] = Asset("plotly.min.js", page.PLOTLY.read_bytes, HOUR)
    found[f"{base}/app/static/player/crosstable.js"] = found[f"{base}/app/static/crosstable.js"]
    found[f"{base}/app/static/player/geo.js"] = Asset("geo.js", present.geography, HOUR)
    for file in GEO.glob("*.geojson"):
        found[f"{base}/geo/{file.name}"] = Asset(file.name, file.read_bytes, HOUR)
    # Streamlit's dialogs for developers stay away: the script of the site speaks instead.
    config = {
        "allowedOrigins": st.get_option("client.allowedOrigins"),
        "useExternalAuthToken": False,
        "enableCustomParentMessages": False,
        "enforceDownloadInNewTab": False,
        "metricsUrl": "",
        "blockErrorDialogs": True,
        "resourceCrossOriginMode": None,
    }
    found[f"{base}/_stcore/host-config"] = Asset("host-config.json", json.dumps(config).encode, "no-cache")
    found[f"{base}/robots.txt"] = Asset("robots.txt", lambda: b"User-agent: *\nDisallow:\n", HOUR)
    return found


@lru_cache(maxsize=900)
def start_of(path: str, place: str, language: str, _languages: tuple[str, ...]) -> Asset:
    """The shell of a page, as it is sent; `place` is the State in its title, `_languages` those that it leads to."""

    def written() -> bytes:
        with reader.reading(Reader(live.latest(), language)):
            return shell.first_page(path, place).encode()

    return Asset("index.html", written, "no-cache")


def files_in(folder: Path) -> Iterable[Path]:
    """Return all files below a folder."""
    return (file for file in folder.rglob("*") if file.is_file())


class PreparedFiles:
    """ASGI middleware that answers for files, shells and addresses that are none; all else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            # In a thread, because the first request for a file compresses it.
            answer = await run_in_threadpool(_answer, Request(scope), path)
        await (answer or self.app)(scope, receive, send)


def _answer(request: Request, path: str) -> Response | None:
    """The answer to a request for `path`, or None where Streamlit answers."""
    asset = assets().get(path)
    if asset:
        return asset.respond(request)
    base = shell.base_path()
    if not path.startswith(f"{base}/"):
        return None
    within = path.removeprefix(f"{base}/")
    language = shell.language_of(request)
    with reader.reading(Reader(live.latest(), language)):
        if within in navigation.paths():
            place = shell.place_in(within, request.query_params.get("state", ""))
            answer = start_of(within, place, language, tuple(languages.offered())).respond(request)
            answer.headers["Vary"] = "Accept-Encoding, Accept-Language"
            return answer
    first = within.partition("/")[0]
    if "_stcore" in within.split("/") or first in STREAMLITS or first in _routed():
        return None
    if first in ("static", "geo"):  # a file of an older build; never a page in its place
        return Response("not found", 404, {"Cache-Control": "no-store"}, "text/plain")
    with reader.reading(Reader(live.latest(), language)):
        goal = shell.elsewhere(within)
        if goal:
            return RedirectResponse(goal, 307)
        return Response(shell.not_found(within), 404, {"Cache-Control": "no-store"}, "text/html")


@lru_cache(maxsize=50)
def security_headers(host: str = "") -> dict[str, str]:
    """Return the headers sent with every answer to a request for this host."""
    inline = re.findall(r"<script>(.*?)</script>", shell.first_page(), re.DOTALL)
    hashes = " ".join(
        f"'sha256-{b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in inline
    )
    policy = {
        "default-src": "'self'",
        # blob: carries the script of the "Copy link" button.
        "script-src": f"'self' blob: {hashes}",
        # Safari up to 15.3 does not count a WebSocket of the own host as 'self'.
        "connect-src": f"'self' ws://{host} wss://{host}" if HOST.fullmatch(host) else "'self'",
        # Streamlit and Plotly write style elements and attributes as they draw.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        # which other sites may show these pages in a frame: all, or those named in DIALOGUE_FRAMES
        **({"frame-ancestors": f"'self' {frames}"} if (frames := " ".join(os.environ.get("DIALOGUE_FRAMES", "").split())) else {}),
        "form-action": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{key} {value}" for key, value in policy.items()),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


class SecurityHeaders:
    """ASGI middleware that adds ``security_headers()`` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                host = Headers(scope=scope).get("host", "")
                MutableHeaders(scope=message).update(security_headers(host))
            await send(message)

        wrapped = send_with_headers if scope["type"] == "http" else send
        await self.app(scope, receive, wrapped)


class OwnOrigin:
    """ASGI middleware that refuses a WebSocket opened by a page of another site.

    Streamlit refuses it too, but first asks an outside host for its own address
    and waits for the answer; nothing may leave the machine.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not _own_origin(Headers(scope=scope)):
            _note_refusal("A connection of another site was refused", Headers(scope=scope))
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)


def _own_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:  # no browser
        return True
    try:
        asking = urlsplit(origin)
        known = {"localhost", "127.0.0.1", urlsplit(f"//{headers.get('host', '')}").hostname}
        return asking.hostname in known or origin in st.get_option("server.corsAllowedOrigins")
    except ValueError:
        return False


_refusals: set[tuple[str, str, str]] = set()


def _note_refusal(what: str, headers: Headers) -> None:
    """Log once for each Host and Origin why a page got no further than its shell."""
    told = (what, headers.get("host", "")[:200], headers.get("origin", "")[:200])
    if told not in _refusals and len(_refusals) < 100:
        _refusals.add(told)
        log.warning(
            "%s: Host %r, Origin %r. A proxy in front must pass on the Host header and WebSocket upgrades (README, Deploy).", *told
        )


def unconnected(request: Request) -> Response:
    """A page tells that its WebSocket does not come through, which the server cannot see itself."""
    _note_refusal("A page could not open its WebSocket", request.headers)
    return Response(status_code=204)


def health(_request: Request) -> Response:
    """Say that the server lives, and on which data."""
    return JSONResponse(
        {
            "status": "ok",
            "data": live.latest().fingerprint,
            "files": "refused" if live.refused() or live.latest().problems else "ok",
        },
        headers={"Cache-Control": "no-store"},
    )


def routes() -> list[Route]:
    """Return the addresses served beside Streamlit's own."""
    base = shell.base_path()
    return [
        Route(f"{base}/healthz", health),
        Route(f"{base}/unconnected", unconnected, methods=["POST"]),
        *present.routes(base),
        *take_away.routes(base),
    ]


@cache
def _routed() -> set[str]:
    """The first parts of the addresses of `routes()`, below the base path."""
    return {route.path.removeprefix(f"{shell.base_path()}/").partition("/")[0] for route in routes()}


def middleware() -> list[Middleware]:
    """Return the layers around Streamlit, the outermost first."""
    return [Middleware(OwnOrigin), Middleware(SecurityHeaders), Middleware(PreparedFiles)]


def warm_up(stop: threading.Event) -> None:
    """Load the data and prepare the first views, settle the memory, then watch the files until `stop` is set."""

    try:
        live.remember()
        warm.run()
        for path, asset in assets().items():
            if "/static/js/index." in path or "/static/js/PlotlyChart." in path:
                asset.body("br")
    except Exception:
        log.exception("The views could not be prepared; they will be drawn on demand.")
    # What lives now lives as long as the server: the collector need not look
    # at it again.
    gc.collect()
    gc.freeze()
    live.watch(stop, warm.run)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Warm up beside the running server, so that the first visitor need not wait; then keep the data fresh."""
    live.serve()
    for suffix, kind in MEDIA.items():  # for what Streamlit sends by itself
        mimetypes.add_type(kind, suffix)
    stop = threading.Event()
    threading.Thread(target=warm_up, args=(stop,), name="warm-up", daemon=True).start()
    yield
    stop.set()
