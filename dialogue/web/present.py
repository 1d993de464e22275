"""Routes of the player: a deck, one view for a frame of another site, and the packs they load.

Stateless: an address says everything, and the same data give the same bytes.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dialogue.present import decks, light, offline, pack, page
from dialogue.snapshot import live, reader, release
from dialogue.snapshot.reader import MODES, Reader
from dialogue.views import catalogue
from dialogue.web import follow, shell
from dialogue.web.compress import COMPRESS, accepted_encoding
from dialogue.words import languages
from dialogue.words.i18n import _

SETTINGS = ("mode", "lang", "release", "deck", "large", "room", "key")  # parameters of the player; all others are those of the view or deck
PLAIN = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}


def routes(base: str) -> list[Route]:
    """The addresses of the player below the site's base path."""
    return [
        Route(f"{base}/present/{{deck}}.js", _in_thread(_deck_script)),
        Route(f"{base}/present/{{deck}}", _in_thread(_deck_page)),
        Route(f"{base}/follow/{{room}}", _in_thread(_room_page)),
        *follow.routes(base),
        Route(f"{base}/light", _in_thread(_light_page)),
        Route(f"{base}/light/{{path:path}}", _in_thread(_light_page)),
        Route(f"{base}/offline.zip", _in_thread(_offline)),
        Route(f"{base}/embed/{{view}}.js", _in_thread(_view_script)),
        Route(f"{base}/embed/{{view}}", _in_thread(_view_page)),
    ]


def _in_thread(answer: Callable[[Request], Response]) -> Callable:
    async def run(request: Request) -> Response:
        return await run_in_threadpool(_for_reader, answer, request)

    return run


def _for_reader(answer: Callable[[Request], Response], request: Request) -> Response:
    mode = request.query_params.get("mode", "light")
    # a frame of another site says itself in which language it is
    wished = "" if "/embed/" in request.url.path else request.headers.get("accept-language")
    language = languages.of(request.query_params.get("lang"), wished)
    shown, asked = live.latest(), request.query_params.get("release", "")
    unknown = None
    if asked and not shown.problems:
        try:
            shown = release.of_server(asked, shown.fingerprint)
        except release.Unknown as error:
            unknown = error
    who = Reader(shown, language, mode if mode in MODES else "light")
    with reader.reading(who):
        if shown.problems:
            return _told(request, _("The data need a correction"), 503)
        return answer(request) if unknown is None else _told(request, str(unknown), 404)


def _told(request: Request, sentence: str, status: int) -> Response:
    """A sentence in place of a deck, a view or a light page."""
    kind = request.scope["route"].path.removeprefix(f"{shell.base_path()}/").partition("/")[0]
    if request.url.path.endswith(".js") or (kind == "light" and reader.snapshot().problems):
        return Response(sentence, status, media_type="text/plain", headers=PLAIN)
    if kind == "light":
        return _light_trouble(request, sentence, status)
    return _shell(request, "", sentence, player="embed" if kind == "embed" else "present", trouble=sentence, status=status)


def _given(request: Request) -> dict[str, str]:
    return {name: text for name, text in request.query_params.items() if name not in SETTINGS}


def _deck(request: Request) -> decks.Deck:
    name = request.path_params["deck"]
    if name == "mine":
        return decks.framed(decks.unpacked(request.query_params.get("deck", "")))
    return decks.read(name, _given(request))


def _deck_page(request: Request) -> Response:
    try:
        deck = _deck(request)
    except decks.DeckError as error:
        return _shell(request, "", _("Deck"), trouble=str(error), status=404)
    return _shell(request, f"{request.path_params['deck']}.js", deck.title)


def _deck_script(request: Request) -> Response:
    try:
        packed = pack.pack(_deck(request), shell.site(request))
    except decks.DeckError as error:
        return Response(str(error), 404, media_type="text/plain", headers=PLAIN)
    return _script(request, pack.script(packed))


def _room_page(request: Request) -> Response:
    code = request.path_params["room"].upper()
    found = follow.room(code)
    if found is None:
        return _shell(request, "", _("Deck"), trouble=_("There is no room {code} here: ask for its six letters, or it has ended.").format(code=code[:6]), status=404)
    name, _mark, query = found.deck.partition("?")
    text = page.shell(
        f"../present/{name}.js" + (f"?{query}" if query else ""), title=_("Dialogue on Victim Assistance"),
        folder="../app/static/player/", live="../", player="follow", room=code,
    )  # fmt: skip
    return Response(text, media_type="text/html", headers=PLAIN)


def _light_page(request: Request) -> Response:
    path = request.path_params.get("path", "").strip("/")
    given = request.query_params.get("state", "")
    to = _addresses(request)
    try:
        text = light.of_state(given, to) if path == "states" and given else light.of_page(path, to)
    except (KeyError, catalogue.ViewError):
        known = ", ".join(filter(None, light.titles()))
        return _light_trouble(request, _("There is no such page in the light edition. There are: {pages}.").format(pages=known), 404)
    return _tagged(request, text, "text/html")


def _light_trouble(request: Request, sentence: str, status: int) -> Response:
    return Response(light.trouble(sentence, _addresses(request)), status, media_type="text/html", headers=PLAIN)


def _addresses(request: Request) -> light.Addresses:
    """Addresses from a light page; an earlier release stays the one that is read."""
    up = "../" if "path" in request.path_params else ""

    def to(address: str, **given: str) -> str:
        asked = {name: request.query_params[name] for name in ("release", "lang") if name in request.query_params} | given
        joined = "&" if "?" in address else "?"
        return up + address + (joined + urlencode(asked) if asked else "")

    return light.Addresses(
        page=lambda path: to(f"light/{path}"), state=lambda iso3: to("light/states", state=iso3), figure=lambda shown: up + decks.address(shown),
        deck=lambda name: to(f"present/{name}"), full=to, files=f"{up}app/static/player/",
    )  # fmt: skip


def _offline(request: Request) -> Response:
    """The offline edition; until it is built a page that comes again by itself, for whoever has no WebSocket."""
    made = offline.prepare(shell.site(request))
    if made.content:
        headers = {**PLAIN, "Content-Disposition": f'attachment; filename="{made.name}"'}
        return Response(made.content, media_type="application/zip", headers=headers)
    told = _("The offline edition is being put together: {percent} of 100 parts. This page loads it when it is ready.").format(percent=int(100 * made.share()))
    return Response(light.trouble(told, _addresses(request)), 202, media_type="text/html", headers={**PLAIN, "Refresh": "3"})


def _view_page(request: Request) -> Response:
    try:
        shown = catalogue.build(request.path_params["view"], _given(request))
    except catalogue.ViewError as error:
        return _shell(request, "", _("Figure"), player="embed", trouble=str(error), status=404)
    large = request.query_params.get("large") == "yes"
    return _shell(request, f"{request.path_params['view']}.js", shown.title, player="large" if large else "embed")


def _view_script(request: Request) -> Response:
    try:
        packed = pack.one(request.path_params["view"], _given(request), shell.site(request))
    except catalogue.ViewError as error:
        return Response(str(error), 404, media_type="text/plain", headers=PLAIN)
    return _script(request, pack.script(packed))


def _shell(request: Request, script: str, title: str, *, player: str = "present", room: str = "", trouble: str = "", status: int = 200) -> Response:
    asked = {name: text for name, text in request.query_params.items() if name not in ("room", "key")}
    if script and asked:
        script += f"?{urlencode(asked)}"
    text = page.shell(script, title=title, folder="../app/static/player/", live="../", player=player, room=room, trouble=trouble)
    return Response(text, status, media_type="text/html", headers=PLAIN)


def _script(request: Request, text: str) -> Response:
    return _tagged(request, text, "text/javascript")


def _tagged(request: Request, text: str, kind: str) -> Response:
    """A text, compressed, with an ETag: whoever has it already gets no second copy."""
    content, encoding = text.encode(), accepted_encoding(request.headers.get("accept-encoding", ""))
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}-{encoding}"'
    headers = {**PLAIN, "ETag": tag, "Vary": "Accept-Encoding, Accept-Language"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if encoding:
        content, headers["Content-Encoding"] = COMPRESS[encoding](content), encoding
    return Response(content, media_type=kind, headers=headers)


@cache
def geography() -> bytes:
    """The boundary layers for the player."""
    return page.geography()
