"""Releases that have been made: their archives, and the way back to the figures as they were.

A release is an archive of all tables (``data/releases/NAME.zip``) that is listed in
releases.csv. `dialogue.change.new_release` makes one.
"""

import csv
import functools
import io
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from dialogue.snapshot import store
from dialogue.tables import answers, check, package, zipped
from dialogue.tables.package import Description
from dialogue.tables.rows import Checked, parse, shorten

ARCHIVES = "releases"  # folder of the archives, beside the tables
NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-\d{1,3})?")
OWN = store.OWN


class Unknown(Exception):
    """There is no such release, or it can no longer be shown; the message says why."""


def names(folder: Path) -> list[str]:
    """The releases that can be looked at, newest first: those listed whose archive is there."""
    return [row["release"] for row in listed(folder) if archive(folder, row["release"]).is_file()]


def current(folder: Path, version: str | None = None) -> str | None:
    """The newest release of a folder that is this version of the data (the folder's own if left out), or None."""
    version = version or store.fingerprint(folder)
    return next((row["release"] for row in listed(folder) if row.get("data_version") == version), None)


def load(folder: Path, name: str) -> store.Snapshot:
    """The snapshot of an earlier release, under the queries and the description of today.

    Raises Unknown for a release that does not exist or no longer fits them. An answer
    of a State is shown only if it may be shown today.
    """
    return snapshot(name, *earlier(folder, name, as_published=True))


@functools.lru_cache(maxsize=2)
def of_server(name: str, current: str) -> store.Snapshot:
    """The snapshot of an earlier release of this server's data, kept; `current` is the version that the server shows.

    Built anew for every version, because what may be shown of an earlier one follows from today's. Raises Unknown.
    """
    return load(store.data_folder(), name)


def snapshot(name: str, checked: Checked, version: str) -> store.Snapshot:
    problem = checked.problems[0] if checked.problems else None
    try:
        if problem is None:
            return store.snapshot(checked, version, kind="release", release=name)
    except duckdb.Error as error:
        problem = _one_line(error)
    raise Unknown(
        f"The release {name} cannot be shown: its data do not fit the questions of today ({problem})."
    )


def listed(folder: Path) -> list[dict[str, str]]:
    """The rows of releases.csv, newest first; rows without a proper name are left out."""
    try:
        text = (package.content_of(Path(folder) / "releases.csv") or b"").decode("utf-8-sig")
    except (package.Unreadable, UnicodeDecodeError):
        return []
    rows = [row for row in csv.DictReader(io.StringIO(text)) if NAME.fullmatch(row.get("release") or "")]
    return sorted(rows, key=lambda row: order(row["release"]), reverse=True)


def order(name: str) -> tuple[str, int]:
    return name[:10], int(name[11:] or 1)


def archive(folder: Path, name: str) -> Path:
    return Path(folder) / ARCHIVES / f"{name}.zip"


def earlier(folder: Path, name: str, *, as_published: bool = False) -> tuple[Checked, str]:
    """The rows of a release in the columns of today, judged as if they stood in the folder, and its version.

    `as_published` keeps back the answers that may not be shown today. Raises Unknown.
    """
    if not NAME.fullmatch(name) or name not in names(folder):
        shown = "".join(char for char in name[:40] if char.isprintable())
        raise Unknown(f"There is no release “{shown}” here. The present figures are shown instead.")
    files = contents(folder, name)
    if as_published:
        files = answers.withheld(files, may_be_shown(folder)) or files
    then, rows = _parsed(files, name)
    try:
        description = package.read(folder)
    except package.DescriptionError as error:
        raise Unknown(f"The release {name} cannot be shown now: {_one_line(error)}.") from error
    aligned = {table.name: _aligned(table, then, rows) for table in description.tables.values()}
    try:
        checked = check.check(folder, {name_: (found, []) for name_, found in aligned.items()})
    except duckdb.Error as error:
        rule = f"its data do not fit the questions of today ({_one_line(error)})"
        raise Unknown(f"The release {name} cannot be shown: {rule}.") from error
    checked.description = replace(
        description, as_of=then.as_of, depositary_read=then.depositary_read, version=then.version
    )
    checked.database = None  # it was built for the date of today
    return checked, store.version(files)


def contents(folder: Path, name: str) -> dict[str, bytes]:
    """The files of a release's archive; an answer that had no consent even then is left out. Raises Unknown."""
    try:
        files = zipped.read(archive(folder, name).read_bytes())
    except (OSError, ValueError) as error:
        raise Unknown(f"The archive of release {name} is damaged: it cannot be shown.") from error
    own = answers.keys(files.get(f"{answers.TABLE}.csv", b""))
    return answers.withheld(files, own) or files


def may_be_shown(folder: Path) -> set[answers.Key]:
    """The answers that may be shown today; none where the file cannot be read."""
    return answers.agreed(Path(folder) / f"{answers.TABLE}.csv") or set()


def _parsed(files: dict[str, bytes], name: str) -> tuple[Description, dict[str, list[tuple]]]:
    """Description and rows of an archive's files, read in a folder of its own. Raises Unknown."""
    damaged = f"The archive of release {name} is damaged: it cannot be shown."
    with tempfile.TemporaryDirectory() as place:
        try:
            for each, content in files.items():
                (Path(place) / each).write_bytes(content)
            description = package.read(Path(place))
            rows: dict[str, list[tuple]] = {}
            for table in description.tables.values():
                text = files.get(table.file, b"").decode("utf-8-sig")
                rows[table.name], problems = parse(text, table) if text else ([], [])
                if problems:
                    raise Unknown(damaged)
        except (OSError, ValueError, package.DescriptionError) as error:
            raise Unknown(damaged) from error
    return description, rows


def _aligned(table: package.Table, then: Description, rows: dict[str, list[tuple]]) -> list[tuple]:
    """Rows of an earlier table in the columns of today; a column that came later is empty."""
    earlier = then.tables.get(table.name)
    if earlier is None:
        return []
    before = [f.name for f in earlier.fields]
    at = [before.index(f.name) + 1 if f.name in before else None for f in table.fields]
    return [(row[0], *(None if i is None else row[i] for i in at)) for row in rows[table.name]]


def _one_line(error: object) -> str:
    return shorten(str(error), 160)
