"""Files are built beside the server, in a process of their own, so that no visitor's page waits for them.

The process reads the data itself, once for each state of them, and ends when nobody asks. Where
it cannot have the state that the server shows (faulty files, a file system that allows no
processes), the server builds the file itself.
"""

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable

from loky import ProcessPoolExecutor
from loky.process_executor import BrokenProcessPool

from dialogue.export.files import File
from dialogue.snapshot import live, reader, release, store
from dialogue.snapshot.reader import Reader
from dialogue.snapshot.store import Snapshot

PROCESSES = 1  # each takes as much memory as the server itself
IDLE = 600  # seconds after which a process without work ends and gives its memory back
LAST = 5  # by how much visitors come first (`nice`)
LOOK = 5  # seconds between two looks whether the server still stands

Job = Callable[[], File]  # a partial of a function of `files`, so that it can be sent

_pool: ProcessPoolExecutor | None = None
_lock = threading.Lock()
_held: tuple[str, Snapshot] | None = None  # of a process: the data that it has read

log = logging.getLogger(__name__)


class _Elsewhere(Exception):
    """The data that the server shows are not (or no longer) those in the folder."""


def made(job: Job) -> File:
    """The file, for the reader for whom it is asked. Raises what `job` raises."""
    for_whom = reader.current()
    if not live.serving():
        return job()
    try:
        return _workers().submit(_build, job, state(live.latest()), for_whom.snapshot.release, for_whom.language).result()
    except (_Elsewhere, BrokenProcessPool, OSError) as error:
        if not isinstance(error, _Elsewhere):
            _stop()
            log.warning("A file is built in the server itself: %s", error)
        return job()


def state(shown: Snapshot) -> str:
    """All that a snapshot was read from, releases and wording included, in a word."""

    def digest() -> str:
        found = hashlib.sha256()
        for name in sorted(shown.files):
            found.update(name.encode() + b"\0" + shown.files[name] + b"\0")
        return found.hexdigest()

    return shown.keep("state", digest)


def _workers() -> ProcessPoolExecutor:
    global _pool
    with _lock:
        if _pool is None:
            _pool = ProcessPoolExecutor(PROCESSES, timeout=IDLE, initializer=_begin)
        return _pool


def _stop() -> None:
    global _pool
    with _lock:
        broken, _pool = _pool, None
    if broken is not None:
        broken.shutdown(wait=False, kill_workers=True)


# --- in a process of its own ---


def _begin() -> None:
    if hasattr(os, "nice"):
        os.nice(LAST)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(server: int) -> None:
    """End soon after the server, however that ended."""
    while os.getppid() == server:
        time.sleep(LOOK)
    os._exit(0)


def _build(job: Job, wanted: str, name: str | None, language: str) -> File:
    with reader.reading(Reader(_snapshot(wanted, name), language)):
        return job()


def _snapshot(wanted: str, name: str | None) -> Snapshot:
    """The data in the folder, as long as they are those that the server shows; or an earlier release beside them."""
    global _held
    if _held is None or _held[0] != wanted:
        read = store.load(store.data_folder())
        _held = (state(read), read)
    if _held[0] != wanted or _held[1].problems:
        raise _Elsewhere
    return release.of_server(name, _held[1].fingerprint) if name else _held[1]
