"""The offline edition on a server: built once for each version of the data, beside the work for visitors, one at a time."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from dialogue.present import bundle
from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import Reader
from dialogue.snapshot.store import Snapshot

PAUSE = 0.002  # seconds after each file, so that visitors come first
SITES = 3  # addresses of this server, as visitors type them, that get an edition of their own


@dataclass
class Edition:
    """One ZIP in the making: `done` of `of` files; `content` once it is whole; `failed` where it could not be built."""

    name: str  # of the file
    done: int = 0
    of: int = 0
    content: bytes = b""
    failed: bool = False

    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self.done / self.of if self.of else 0.0


_builder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="offline")
_lock = threading.Lock()
Key = tuple[str, str, str]  # version of the data, language, address of the site
_editions: dict[Key, Edition] = {}  # the present one, and the one before it while somebody still loads it


def edition(site: str = "") -> Edition | None:
    """The edition of the server's present data in the reader's language, if it has been asked for; see `prepare`."""
    return _editions.get(_key(live.latest(), site))


def prepare(site: str = "") -> Edition:
    """Ask for the edition of the server's present data; whoever asks next gets the same one.

    `site` is the address of the dashboard as this visitor typed it, to which the links in the file lead. Nobody is
    handed links that somebody else's address made.
    """
    shown, language = live.latest(), reader.current().language
    with _lock:
        key = _key(shown, site)
        found = _editions.get(key)
        if found is None or found.failed:
            found = Edition(f"dialogue-victim-assistance_{shown.as_of}_{shown.fingerprint[:8]}.zip")
            # what an earlier version of the data held may be withdrawn by now
            for old in [old for old in _editions if old[0] != shown.fingerprint]:
                del _editions[old]
            _editions[key] = found
            _builder.submit(_build, found, Reader(shown, language), site if key[2] else "")
    return found


def _key(shown: Snapshot, site: str) -> Key:
    version, language, place = shown.fingerprint, reader.current().language, site.partition("://")[2]
    known = {key[2] for key in _editions if key[:2] == (version, language)} - {""}
    # a proxy may hide https from the server, and a program may make names up: then without an address
    return version, language, place if place in known or len(known) < SITES else ""


def _build(wanted: Edition, for_whom: Reader, site: str) -> None:
    def progress(done: int, of: int) -> None:
        wanted.done, wanted.of = done, of
        time.sleep(PAUSE)

    try:
        with reader.reading(for_whom):
            wanted.content = bundle.whole(site=site, progress=progress)
    except Exception:
        wanted.failed = True
        logging.getLogger(__name__).exception("The offline edition could not be built")
