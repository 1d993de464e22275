"""Releases that have been made: their archives, and the way back to the figures as they were.

A release is an archive of all tables (``data/releases/NAME.zip``) that is listed in
releases.csv. `dialogue.change.new_release` makes one.
"""

import csv
import hashlib
import io
import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from dialogue.snapshot import store
from dialogue.tables import check, package, zipped
from dialogue.tables.package import Description
from dialogue.tables.rows import Checked, parse, shorten

ARCHIVES = "releases"  # folder of the archives, beside the tables
NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-\d{1,3})?")
OWN = ("releases", "changes")  # tables that a release writes itself: no part of what is compared


class Unknown(Exception):
    """There is no such release, or it can no longer be shown; the message says why."""


def names(folder: Path) -> list[str]:
    """The releases that can be looked at, newest first: those listed whose archive is there."""
    return [row["release"] for row in listed(folder) if archive(folder, row["release"]).is_file()]


def current(folder: Path) -> str | None:
    """The newest release whose data are those of the folder, or None."""
    rows = listed(folder)
    version = data_version(folder) if rows else ""
    return next((row["release"] for row in rows if row.get("data_version") == version), None)


def data_version(folder: Path) -> str:
    """Twelve characters that change with any table or its description, but not when a release is made."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).glob("*.csv")):
        if path.stem not in OWN:
            # the same table, whatever line ends a copy has given it
            content = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            digest.update(path.name.encode() + b"\0" + content + b"\0")
    described = json.loads((Path(folder) / package.DESCRIPTION).read_text("utf-8"))
    resources = [each for each in described["resources"] if each.get("name") not in OWN]
    digest.update(json.dumps([described.get("as_of"), resources], sort_keys=True).encode())
    return digest.hexdigest()[:12]


def load(folder: Path, name: str) -> store.Snapshot:
    """The snapshot of an earlier release, under the queries and the description of today.

    Raises Unknown for a release that does not exist or no longer fits them. An answer
    of a State is shown only if it may be shown today.
    """
    return snapshot(name, *earlier(folder, name, as_published=True))


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
        text = (Path(folder) / "releases.csv").read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
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
    then, rows, version = _unpacked(folder, name)
    try:
        description = package.read(folder)
    except package.DescriptionError as error:
        raise Unknown(f"The release {name} cannot be shown now: {_one_line(error)}.") from error
    aligned = {table.name: _aligned(table, then, rows) for table in description.tables.values()}
    if as_published:
        aligned["responses"] = _may_be_shown(folder, description, aligned.get("responses", []))
    try:
        checked = check.check(folder, {name_: (found, []) for name_, found in aligned.items()})
    except duckdb.Error as error:
        rule = f"its data do not fit the questions of today ({_one_line(error)})"
        raise Unknown(f"The release {name} cannot be shown: {rule}.") from error
    checked.description = replace(description, as_of=then.as_of, version=then.version)
    checked.database = None  # it was built for the date of today
    return checked, version


def _unpacked(folder: Path, name: str) -> tuple[Description, dict[str, list[tuple]], str]:
    """Description, rows and version of an archive, read in a folder of its own. Raises Unknown."""
    damaged = f"The archive of release {name} is damaged: it cannot be shown."
    with tempfile.TemporaryDirectory() as place:
        try:
            zipped.unpack(archive(folder, name).read_bytes(), Path(place))
            description, version = package.read(Path(place)), store.fingerprint(Path(place))
            rows: dict[str, list[tuple]] = {}
            for table in description.tables.values():
                path = Path(place) / table.file
                text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
                rows[table.name], problems = parse(text, table) if text else ([], [])
                if problems:
                    raise Unknown(damaged)
        except (OSError, ValueError, package.DescriptionError) as error:
            raise Unknown(damaged) from error
    return description, rows, version


def _aligned(table: package.Table, then: Description, rows: dict[str, list[tuple]]) -> list[tuple]:
    """Rows of an earlier table in the columns of today; a column that came later is empty."""
    earlier = then.tables.get(table.name)
    if earlier is None:
        return []
    before = [f.name for f in earlier.fields]
    at = [before.index(f.name) + 1 if f.name in before else None for f in table.fields]
    return [(row[0], *(None if i is None else row[i] for i in at)) for row in rows[table.name]]


def _may_be_shown(folder: Path, description: Description, rows: list[tuple]) -> list[tuple]:
    """Answers of States as they stood, without the consent of any that may not be shown today."""
    table = description.tables.get("responses")
    if table is None:
        return rows
    names_ = [f.name for f in table.fields]
    consent = names_.index("consent") + 1
    key = [names_.index(name) + 1 for name in table.primary_key]
    path = Path(folder) / table.file
    text = path.read_bytes().decode("utf-8-sig", "replace") if path.is_file() else ""
    now, _problems = parse(text, table)  # a row that cannot be read agrees to nothing
    agreed = {tuple(row[i] for i in key) for row in now if row[consent] == "yes"}
    return [
        row if tuple(row[i] for i in key) in agreed else (*row[:consent], "no", *row[consent + 1 :])
        for row in rows
    ]


def _one_line(error: object) -> str:
    return shorten(str(error), 160)
