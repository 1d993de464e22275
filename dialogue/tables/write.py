"""Write tables and other files: one canonical form, never half a file."""

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from dialogue.tables.package import Table


def table(table: Table, rows: Iterable[tuple]) -> str:
    """The CSV of a table in its canonical form: sorted by its key, line feeds, quotes where needed.

    `rows` are typed rows (line, *values) as `rows.parse` returns them. The same
    rows in any order give the same text.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f.name for f in table.fields])
    writer.writerows([cell(v) for v in row[1:]] for row in sorted(rows, key=order(table)))
    return out.getvalue()


def cell(value: object) -> str:
    """A typed value as it stands in a CSV; nothing known is an empty cell."""
    return "" if value is None else str(value)


def order(table: Table) -> Callable[[tuple], list[tuple]]:
    """What sorts the typed rows (line, *values) of a table: its key, nothing before numbers before text."""
    names = [f.name for f in table.fields]
    keys = [names.index(name) + 1 for name in table.primary_key]

    def by(row: tuple) -> list[tuple]:
        values = [row[at] for at in keys]
        return [(0, 0, "") if v is None else (1, 0, v) if isinstance(v, str) else (1, v, "") for v in values]

    return by


def put(path: Path, content: bytes) -> None:
    """Replace a file at one stroke: whoever reads it, or a power cut, meets the old or the new one."""
    path = Path(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
