"""The database: checked rows in memory, typed and keyed, locked against the outside.

A snapshot is one state of the data and never changes; what is worked out from it
(results, views, labels) is kept on it and goes with it. New data make a new
snapshot: `live` decides which one a server shows, `reader.snapshot()` is the one
that the page being drawn shows.
"""

import hashlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dialogue.tables import database, package
from dialogue.tables.check import check
from dialogue.tables.rows import Checked, Problem

OWN = ("releases", "changes")  # tables that a release writes itself: no part of the state that it releases
KEPT = 2048  # results and views kept on a snapshot; the oldest goes first

@dataclass(eq=False)
class Snapshot:
    """One state of the data.

    `problems` is empty when the data are sound; if it is not, `connection` is
    None and no query can be run. `missing` names optional tables without a file.
    `checked` are the rows as the files hold them. `kind` is "current", "draft"
    (seen by one visitor only) or "release" (an earlier one, named by `release`).
    `files` are the files that were read, by name.
    """

    fingerprint: str
    as_of: date
    problems: list[Problem]
    missing: list[Problem]
    description: package.Description | None
    connection: duckdb.DuckDBPyConnection | None
    checked: Checked | None = field(default=None, repr=False)
    kind: str = "current"
    release: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    withdrawals: int = 0  # how many times, on this server, an answer had lost its consent when a draft was made
    _local: threading.local = field(default_factory=threading.local, repr=False)
    _kept: OrderedDict = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def treaties_as_of(self) -> date:
        """The day for which the depositary's lists were read: that of every treaty count."""
        return date.fromisoformat(self.description.depositary_read) if self.description else self.as_of

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """The calling thread's own cursor (a DuckDB connection is not safe across threads)."""
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self.connection.cursor()
        return self._local.cursor

    def keep(self, key: Hashable, build: Callable[[], Any]) -> Any:
        """What `build()` returned when the function that defines it first asked for this key; others may use the key for theirs."""
        key = (build.__module__, build.__qualname__, key)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = build()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return value


def fingerprint(data: Path) -> str:
    """The data version of a folder; see `version`."""
    return version(package.contents(data))


def version(files: Mapping[str, bytes]) -> str:
    """Twelve characters for one state of the data: every table and the day for which they speak.

    The same on any machine (line ends do not count) and before and after a release of
    it is made; a file that is no table, the wording of the description and the queries
    do not count either.
    """
    digest = hashlib.sha256()
    for name in sorted(files):
        if name != package.DESCRIPTION and name.removesuffix(".csv") not in OWN:
            content = files[name].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            digest.update(name.encode() + b"\0" + content + b"\0")
    try:
        described = json.loads(files.get(package.DESCRIPTION, b"{}"))
        as_of, read = described.get("as_of"), described.get("depositary_read")
    except (ValueError, AttributeError):
        as_of = read = None
    digest.update(str(as_of).encode())
    if read:  # releases made before the lists had a day of their own keep their version
        digest.update(str(read).encode())
    return digest.hexdigest()[:12]


def load(data: Path = package.DATA) -> Snapshot:
    """Check `data` and build its snapshot."""
    files = package.contents(data)
    return snapshot(check(data), version(files), files=files)


def snapshot(checked: Checked, version: str, **others) -> Snapshot:
    """The snapshot of checked rows; without a database where they have problems."""
    as_of = date.fromisoformat(checked.description.as_of) if checked.description else date.today()
    connection = None
    if not checked.problems:
        connection = checked.database or database.build(checked)
        database.lock(connection)
    checked.database = None  # the snapshot's from now on
    return Snapshot(
        version, as_of, checked.problems, checked.missing, checked.description, connection, checked, **others
    )


def data_folder() -> Path:
    """The folder of CSV files: the project's, or the one DIALOGUE_DATA names."""
    return Path(os.environ.get("DIALOGUE_DATA") or package.DATA)
