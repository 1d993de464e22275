"""The database: checked rows in memory, typed and keyed, locked against the outside.

`current()` is the one snapshot that a running server reads. A snapshot never
changes: new data make a new snapshot.
"""

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from dialogue import package
from dialogue.check import Checked, Problem, check

QUERIES = Path(__file__).resolve().parent.parent / "queries"

# Nothing in the database may reach a file, the network or an extension once it stands.
LOCK = """
SET autoinstall_known_extensions = false;
SET autoload_known_extensions = false;
SET allow_community_extensions = false;
SET enable_external_access = false;
SET lock_configuration = true;
"""


@dataclass
class Snapshot:
    """One state of the data.

    `problems` is empty when the data are sound; if it is not, `connection` is
    None and no query can be run. `missing` names optional tables without a file.
    """

    fingerprint: str
    as_of: date
    problems: list[Problem]
    missing: list[Problem]
    description: package.Description | None
    connection: duckdb.DuckDBPyConnection | None
    _local: threading.local = field(default_factory=threading.local, repr=False)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """The calling thread's own cursor (a DuckDB connection is not safe across threads)."""
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self.connection.cursor()
        return self._local.cursor


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
    checked = check(data)
    as_of = date.fromisoformat(checked.description.as_of) if checked.description else date.today()
    connection = None if checked.problems else build(checked)
    if connection:
        connection.execute(LOCK)
    return Snapshot(
        fingerprint(data), as_of, checked.problems, checked.missing, checked.description, connection
    )


def build(checked: Checked) -> duckdb.DuckDBPyConnection:
    """An in-memory database of the checked rows, with the shared views and macros.

    Each table has a column ``_line``: the line of the row in its CSV.
    """
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
        rows = checked.rows[table.name]
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


_current: Snapshot | None = None
_lock = threading.Lock()


def current() -> Snapshot:
    """The snapshot this server shows, built at the first call."""
    global _current
    if _current is None:
        with _lock:
            if _current is None:
                _current = load(data_folder())
    return _current


def data_folder() -> Path:
    """The folder of CSV files: the project's, or the one DIALOGUE_DATA names."""
    import os

    return Path(os.environ.get("DIALOGUE_DATA") or package.DATA)
