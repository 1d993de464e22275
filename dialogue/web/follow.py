"""The audience follows: phones in the room show the slide of whoever presents.

A room is a code of six letters, kept in this process until it is ended, or for twelve
hours. It is opened with the key of the presenters; whoever opened it gets the key that
moves it; followers only listen (Server-Sent Events). The server tells which deck and
which slide, nothing else, and remembers no one.
"""

import asyncio
import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dialogue.present import rooms

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which look like digits
ROOMS = 100  # open at once
HOURS = 12
ALIVE = 20  # seconds between two signs of life, so that no proxy closes the line
DECK = re.compile(r"[a-z][a-z0-9-]*(\?[\w=&%.,;:~+-]*)?")
NO_STORE = {"Cache-Control": "no-store"}


@dataclass
class Room:
    """What a room knows: the key of whoever presents, the deck (name and query), the slide, its listeners."""

    key: str
    deck: str
    slide: int = 0
    opened: float = field(default_factory=time.monotonic)
    ended: bool = False
    listeners: set[asyncio.Queue] = field(default_factory=set)

    def told(self) -> str:
        return json.dumps({"slide": self.slide, "ended": self.ended})

    def tell(self) -> None:
        for listener in self.listeners:
            listener.put_nowait(self.told())


_rooms: dict[str, Room] = {}


def routes(base: str) -> list[Route]:
    """The addresses of the rooms below the site's base path; the page of a room is the player's."""
    return [
        Route(f"{base}/follow", _open, methods=["POST"]),
        Route(f"{base}/follow/{{room}}/slide", _move, methods=["POST"]),
        Route(f"{base}/follow/{{room}}/events", _events),
    ]


def room(code: str) -> Room | None:
    """An open room by its code, in letters of either case."""
    _tidy()
    return _rooms.get(code.upper())


def _tidy() -> None:
    limit = time.monotonic() - HOURS * 3600
    for code in [code for code, each in _rooms.items() if each.ended or each.opened < limit]:
        _end(_rooms.pop(code))


def _end(closed: Room) -> None:
    closed.ended = True
    closed.tell()


async def _open(request: Request) -> Response:
    """Open a room: the body is {key, deck}, with the key of the presenters.

    Answers {room, key, address, code}: where the phones go, and that as a QR code in SVG.
    """
    try:
        said = json.loads((await request.body())[:7_000])
        key, deck = str(said["key"]), str(said["deck"])
    except (ValueError, KeyError, TypeError):
        return _unread()
    if not rooms.may_open(key):
        return JSONResponse({"error": "rooms are opened with the link of the presenters, where the server has any"}, 403, NO_STORE)
    _tidy()
    if not DECK.fullmatch(deck):
        return JSONResponse({"error": "a room is opened for a deck, such as opening"}, 400, NO_STORE)
    if len(_rooms) >= ROOMS:
        return JSONResponse({"error": "too many rooms are open on this server; try again later"}, 503, NO_STORE)
    code = next(code for code in iter(_code, None) if code not in _rooms)
    _rooms[code] = made = Room(secrets.token_urlsafe(12), deck)
    address = str(request.base_url.replace(path=f"{request.url.path}/{code}", query=""))
    drawn = segno.make(address, error="m").svg_inline(border=2, dark="#1B2A38", light="#FFFFFF", omitsize=True)
    return JSONResponse({"room": code, "key": made.key, "address": address, "code": drawn}, headers=NO_STORE)


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(6))


async def _move(request: Request) -> Response:
    """Show another slide, or end the room: the body is {key, slide} or {key, end: true}."""
    found = room(request.path_params["room"])
    if found is None:
        return JSONResponse({"error": "this room is closed"}, 404, NO_STORE)
    try:
        said = json.loads((await request.body())[:500])
        if not secrets.compare_digest(str(said["key"]), found.key):
            return JSONResponse({"error": "only whoever opened the room moves it"}, 403, NO_STORE)
        if said.get("end"):
            _rooms.pop(request.path_params["room"].upper(), None)
            _end(found)
        else:
            found.slide = max(0, min(500, int(said["slide"])))
            found.tell()
    except (ValueError, KeyError, TypeError, AttributeError):
        return _unread()
    return JSONResponse({"followers": len(found.listeners)}, headers=NO_STORE)


def _unread() -> Response:
    return JSONResponse({"error": "what was sent cannot be read"}, 400, NO_STORE)


async def _events(request: Request) -> Response:
    found = room(request.path_params["room"])
    if found is None:
        return Response("data: " + json.dumps({"slide": 0, "ended": True}) + "\n\n", media_type="text/event-stream", headers=NO_STORE)
    # nginx would gather the lines before it sends them
    headers = {**NO_STORE, "X-Accel-Buffering": "no"}
    return StreamingResponse(_listen(found, request), media_type="text/event-stream", headers=headers)


async def _listen(found: Room, request: Request) -> AsyncIterator[str]:
    queue: asyncio.Queue[str] = asyncio.Queue()
    found.listeners.add(queue)
    try:
        yield f"retry: 2000\ndata: {found.told()}\n\n"
        while not found.ended:
            try:
                yield f"data: {await asyncio.wait_for(queue.get(), ALIVE)}\n\n"
            except TimeoutError:
                if await request.is_disconnected():
                    return
                yield ": alive\n\n"
    finally:
        found.listeners.discard(queue)
