"""For whom something is built: which data, which language, which colours, how wide a screen.

One context variable says it. A page fills it from the visitor's session, a route from
its address, the command line from its options, a test by hand; whoever says nothing
reads the data of the server in English, light and wide.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from dialogue.snapshot import live
from dialogue.snapshot.store import Snapshot

Mode = Literal["light", "dark"]
Width = Literal["narrow", "medium", "wide", "large"]
MODES: tuple[Mode, ...] = ("light", "dark")
WIDTHS: tuple[Width, ...] = ("narrow", "medium", "wide", "large")


@dataclass(frozen=True)
class Reader:
    """`snapshot`: the data; `language`: a code of ``words.languages``; `mode`: the colours; `width`: the screen or sheet."""

    snapshot: Snapshot
    language: str = "en"
    mode: Mode = "light"
    width: Width = "wide"


_current: ContextVar[Reader | None] = ContextVar("reader", default=None)


def current() -> Reader:
    """The reader for whom things are being built."""
    return _current.get() or Reader(live.latest())


def snapshot() -> Snapshot:
    """The data of the reader: no page ever mixes two versions."""
    return current().snapshot


def use(reader: Reader) -> None:
    """Build for this reader from now on, in this thread or task."""
    _current.set(reader)


@contextmanager
def reading(reader: Reader) -> Iterator[None]:
    """Build for this reader inside a `with` block."""
    token = _current.set(reader)
    try:
        yield
    finally:
        _current.reset(token)
