"""Write tables and other files: one canonical form, never half a file."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from dialogue.tables import package, zipped
from dialogue.tables.package import Table

# What an update may hold: tables, their description, archives of releases, and the changelog beside the folder.
TOGETHER = re.compile(r"[a-z0-9_]+\.csv|datapackage\.json|releases/[0-9-]+\.zip|\.\./CHANGELOG\.md")


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


def together(folder: Path, files: Sequence[tuple[Path, bytes]]) -> None:
    """Replace several files of a data folder (and what belongs to a release) at one stroke.

    They are decided on by one file (`package.PENDING`), which everybody who reads the folder
    takes for what it holds; then each takes its place. Killed before that, nothing has
    happened; killed after it, everything has, and `finish` puts the rest in place. An error
    leaves everything as it was.
    """
    folder = Path(folder)
    finish(folder)
    named = {Path(os.path.relpath(path, folder)).as_posix(): content for path, content in files}
    if wrong := [name for name in named if not TOGETHER.fullmatch(name)]:
        raise ValueError(f"not a file of the data: {wrong[0]}")
    before = [(path, path.read_bytes() if path.is_file() else None) for path, _content in files]
    put(folder / package.PENDING, zipped.pack(named))
    done = 0
    try:
        for path, content in files:
            path.parent.mkdir(exist_ok=True)
            put(path, content)
            done += 1
    except BaseException:
        (folder / package.PENDING).unlink(missing_ok=True)
        for path, content in reversed(before[:done]):
            if content is None:
                path.unlink()
            else:
                put(path, content)
        raise
    (folder / package.PENDING).unlink(missing_ok=True)


def finish(folder: Path) -> bool:
    """Put the files of an update that was interrupted in their places. Returns whether there was one."""
    folder = Path(folder)
    if not (folder / package.PENDING).is_file():
        return False
    for name, content in package.pending(folder).items():
        if TOGETHER.fullmatch(name):
            (folder / name).parent.mkdir(exist_ok=True)
            put(folder / name, content)
    (folder / package.PENDING).unlink(missing_ok=True)
    return True
