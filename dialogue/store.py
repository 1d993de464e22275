"""The database: checked rows in memory, typed and keyed, locked against the outside.

A snapshot is one state of the data and never changes; what is worked out from it
(results, views, labels) is kept on it and goes with it. New data make a new
snapshot: `dialogue.live` decides which one a server shows, `current()` is the one
that the page being drawn shows.
"""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dialogue import corrections, package
from dialogue.check import Checked, Problem, check

QUERIES = Path(__file__).resolve().parent.parent / "queries"
KEPT = 2048  # results and views kept on a snapshot; the oldest goes first

# Nothing in the database may reach a file, the network or an extension once it stands.
LOCK = """
SET autoinstall_known_extensions = false;
SET autoload_known_extensions = false;
SET allow_community_extensions = false;
SET enable_external_access = false;
SET lock_configuration = true;
"""


@dataclass(eq=False)
class Snapshot:
    """One state of the data.

    `problems` is empty when the data are sound; if it is not, `connection` is
    None and no query can be run. `missing` names optional tables without a file.
    `checked` are the rows as the files hold them. `kind` is "current", "draft"
    (seen by one visitor only) or "release" (an earlier one, named by `release`).
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
    _local: threading.local = field(default_factory=threading.local, repr=False)
    _kept: OrderedDict = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """The calling thread's own cursor (a DuckDB connection is not safe across threads)."""
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self.connection.cursor()
        return self._local.cursor

    def keep(self, key: Hashable, build: Callable[[], Any]) -> Any:
        """What `build()` returned when this key was first asked for."""
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
    """Twelve characters that change when any table, its description or any query changes."""
    digest = hashlib.sha256()
    files = [*sorted(Path(data).glob("*.csv")), Path(data) / package.DESCRIPTION]
    for path in [*files, *sorted(QUERIES.rglob("*.sql"))]:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def load(data: Path = package.DATA) -> Snapshot:
    """Check `data` and build its snapshot."""
    return snapshot(check(data), fingerprint(data))


def snapshot(checked: Checked, version: str, **others) -> Snapshot:
    """The snapshot of checked rows; without a database where they have problems."""
    as_of = date.fromisoformat(checked.description.as_of) if checked.description else date.today()
    connection = None
    if not checked.problems:
        connection = checked.database or build(checked)
        connection.execute(LOCK)
    checked.database = None  # the snapshot's from now on
    return Snapshot(
        version, as_of, checked.problems, checked.missing, checked.description, connection, checked, **others
    )


def build(checked: Checked) -> duckdb.DuckDBPyConnection:
    """An in-memory database of the checked rows, with the shared views and macros.

    Each table has a column ``_line``: the row in its CSV, as a spreadsheet counts.
    """
    shown = corrections.apply(checked)  # `checked.rows` keep what the sources print
    connection = duckdb.connect(":memory:", config={"threads": 2})
    for table in checked.description.tables.values():
        columns = [f'"{f.name}" {f.sql_type}{" NOT NULL" if f.required else ""}' for f in table.fields]
        required = {f.name for f in table.fields if f.required}
        # a key with an optional column (an activity, a period start) cannot be a SQL primary key
        keyword = "PRIMARY KEY" if set(table.primary_key) <= required else "UNIQUE"
        key = f"{keyword} ({', '.join(table.primary_key)})"
        connection.execute(
            f"CREATE TABLE {table.name} (_line INTEGER NOT NULL, {', '.join([*columns, key])})"
        )
        rows = shown[table.name]
        if rows:
            names = ["_line", *(f.name for f in table.fields)]
            frame = pd.DataFrame(rows, columns=names, dtype=object)
            casts = ", ".join(
                f'CAST("{name}" AS {kind})'
                for name, kind in zip(names, ["INTEGER", *(f.sql_type for f in table.fields)], strict=True)
            )
            connection.register("incoming", frame)
            connection.execute(f"INSERT INTO {table.name} SELECT {casts} FROM incoming")
            connection.unregister("incoming")
    connection.execute("CREATE MACRO data_as_of() AS DATE '" + checked.description.as_of + "'")
    for path in sorted((QUERIES / "views").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    return connection


def current() -> Snapshot:
    """The snapshot of the page being drawn; outside a page, the one this server shows.

    A page keeps the snapshot it began with, also where a part of it is drawn
    again later: no page ever mixes two versions.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        held = getattr(context, PIN, None)
        if held is None and PIN in context.session_state:
            held = context.session_state[PIN]
            setattr(context, PIN, held)
        if held is not None:
            return held
    from dialogue import live

    return live.latest()


PIN = "_va_snapshot"


def pin(held: Snapshot) -> None:
    """Let this visitor's page, and whatever part of it is drawn again, show one snapshot."""
    context = get_script_run_ctx()
    context.session_state[PIN] = held
    setattr(context, PIN, held)


def data_folder() -> Path:
    """The folder of CSV files: the project's, or the one DIALOGUE_DATA names."""
    return Path(os.environ.get("DIALOGUE_DATA") or package.DATA)
