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

from dialogue.present import decks, pack, page
from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import MODES, Reader
from dialogue.views import catalogue
from dialogue.words.i18n import _

SETTINGS = ("mode", "lang", "deck", "notes")  # parameters of the player; all others are those of the view or deck
PLAIN = {"Cache-Control": "no-cache"}


def routes(base: str) -> list[Route]:
    """The addresses of the player below the site's base path."""
    return [
        Route(f"{base}/present/{{deck}}.js", _in_thread(_deck_script)),
        Route(f"{base}/present/{{deck}}", _in_thread(_deck_page)),
        Route(f"{base}/embed/{{view}}.js", _in_thread(_view_script)),
        Route(f"{base}/embed/{{view}}", _in_thread(_view_page)),
    ]


def _in_thread(answer: Callable[[Request], Response]) -> Callable:
    async def run(request: Request) -> Response:
        return await run_in_threadpool(_for_reader, answer, request)

    return run


def _for_reader(answer: Callable[[Request], Response], request: Request) -> Response:
    mode = request.query_params.get("mode", "light")
    language = request.query_params.get("lang", "en")
    who = Reader(live.latest(), language if language in reader.LANGUAGES else "en", mode if mode in MODES else "light")
    with reader.reading(who):
        return answer(request)


def _given(request: Request) -> dict[str, str]:
    return {name: text for name, text in request.query_params.items() if name not in SETTINGS}


def _deck(request: Request) -> decks.Deck:
    name = request.path_params["deck"]
    if name == "mine":
        return decks.unpacked(request.query_params.get("deck", ""))
    return decks.read(name, _given(request))


def _deck_page(request: Request) -> Response:
    try:
        deck = _deck(request)
    except decks.DeckError as error:
        return _shell(request, "", _("Deck"), trouble=str(error), status=404)
    return _shell(request, f"{request.path_params['deck']}.js", deck.title)


def _deck_script(request: Request) -> Response:
    try:
        packed = pack.pack(_deck(request), _site(request))
    except decks.DeckError as error:
        return Response(str(error), 404, media_type="text/plain", headers=PLAIN)
    return _script(request, pack.script(packed))


def _view_page(request: Request) -> Response:
    try:
        shown = catalogue.build(request.path_params["view"], _given(request))
    except catalogue.ViewError as error:
        return _shell(request, "", _("Figure"), embed=True, trouble=str(error), status=404)
    return _shell(request, f"{request.path_params['view']}.js", shown.title, embed=True)


def _view_script(request: Request) -> Response:
    try:
        packed = pack.one(request.path_params["view"], _given(request), _site(request))
    except catalogue.ViewError as error:
        return Response(str(error), 404, media_type="text/plain", headers=PLAIN)
    return _script(request, pack.script(packed))


def _shell(request: Request, script: str, title: str, *, embed: bool = False, trouble: str = "", status: int = 200) -> Response:
    asked = dict(request.query_params)
    if script and asked:
        script += f"?{urlencode(asked)}"
    text = page.shell(script, title=title, folder="../app/static/player/", live="../", embed=embed, trouble=trouble)
    return Response(text, status, media_type="text/html", headers=PLAIN)


def _script(request: Request, text: str) -> Response:
    content = text.encode()
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {**PLAIN, "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/javascript", headers=headers)


def _site(request: Request) -> str:
    """The address of the dashboard as this visitor typed it."""
    return str(request.base_url)


@cache
def geography() -> bytes:
    """The boundary layers for the player."""
    return page.geography()
