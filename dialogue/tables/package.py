"""The one description of the data: ``data/datapackage.json`` (Frictionless Data Package).

Types, constraints, keys, titles and meanings of every column are read from it
and nowhere else: by the checks, by the database and by the data dictionary.
"""

import json
import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from frictionless import Package, Resource
from frictionless.exception import FrictionlessException

DATA = Path(__file__).resolve().parent.parent.parent / "data"
DESCRIPTION = "datapackage.json"
PENDING = ".publishing.zip"  # files that are about to take their places together: `write.together`

LARGEST = 50_000_000  # bytes of one file; the largest table of this project has not a hundredth of it

# An e-mail address, or that of a page
CONTACT = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+|https://[^\s<>\"]+")
DUCKDB_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


class DescriptionError(Exception):
    """The description itself is missing or cannot be read."""


@dataclass(frozen=True)
class Field:
    """One column: what it is called, means, may hold."""

    name: str
    title: str
    description: str
    type: str
    unit: str
    constraints: dict

    @property
    def sql_type(self) -> str:
        return DUCKDB_TYPES[self.type]

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))


@dataclass(frozen=True)
class Table:
    """One CSV file. `optional`: the dashboard can do without it, and then names it as missing."""

    name: str
    file: str
    title: str
    description: str
    optional: bool
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...]  # (column, other table, other column)
    resource: Resource

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


class Days(NamedTuple):
    """The days for which the data speak: all of them, and the depositary's lists; each written YYYY-MM-DD."""

    as_of: str
    depositary_read: str


@dataclass(frozen=True)
class Description:
    """The whole package: tables in order, the date the data speak for, version, licence.

    `depositary_read`: the day for which the depositary's lists were read, and so the day of every treaty count.
    `contact`: an e-mail address or the address of a page (https), where States and readers write to; empty until it is set.
    """

    tables: dict[str, Table]
    as_of: str
    depositary_read: str
    version: str
    title: str
    licence: str
    contact: str = ""

    @property
    def days(self) -> Days:
        return Days(self.as_of, self.depositary_read)


class Unreadable(Exception):
    """A file is there and cannot be read; the message says why in half a sentence."""


def read(data: Path = DATA) -> Description:
    """Read the description beside the tables.

    Raises DescriptionError with one sentence when it is missing or not a valid package.
    """
    path = Path(data) / DESCRIPTION
    try:
        content = content_of(path)
    except Unreadable as error:
        raise DescriptionError(f"{path}: {error}") from error
    if content is None:
        raise DescriptionError(f"{path}: the description of the tables is missing")
    return _read(path, content)


@lru_cache(maxsize=16)
def _read(path: Path, content: bytes) -> Description:
    try:
        described = json.loads(content)
        # read by ourselves, so that the file is opened once and its path is of no account
        package = Package.from_descriptor(described, basepath=str(path.parent))
        custom = package.custom
        for name in Days._fields:
            if not is_day(custom.get(name) or custom["as_of"]):
                raise DescriptionError(f"{path}: {name}, “{str(custom[name])[:40]}”, is no day of the calendar, written YYYY-MM-DD")
        contact = custom.get("contact") or ""
        if contact and not CONTACT.fullmatch(str(contact)):
            raise DescriptionError(f"{path}: contact, “{str(contact)[:40]}”, is neither an e-mail address nor one that begins with https://")
        tables = {r.name: _table(r) for r in package.resources}
        for table in tables.values():
            if table.file != f"{table.name}.csv" or not table.name.isidentifier():
                raise DescriptionError(f"{path}: a table stands in a file of its own name beside the description, not in “{table.file}”")
        return Description(
            tables, custom["as_of"], custom.get("depositary_read") or custom["as_of"], package.version, package.title, package.licenses[0]["title"], contact
        )
    except FrictionlessException as error:
        raise DescriptionError(f"{path}: {error.error.message}") from error
    except ValueError as error:
        raise DescriptionError(f"{path}: is not JSON: {error}") from error
    except (KeyError, IndexError) as error:
        raise DescriptionError(f"{path}: {error} is missing") from error


def is_day(text: object) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


def with_days(content: bytes, days: Days) -> bytes:
    """The description with other days for which the data speak; nothing else of it changes."""
    described = json.loads(content)
    if "depositary_read" in described or days.depositary_read != days.as_of:
        described["depositary_read"] = days.depositary_read
    described["as_of"] = days.as_of
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None where there is none (it may vanish between a listing and this). Raises Unreadable."""
    path = Path(path)
    waiting = pending(path.parent)
    if path.name in waiting:
        return waiting[path.name]
    try:
        if path.is_dir():
            raise Unreadable("cannot be read: it is a folder, not a file")
        if not path.is_file():
            return None
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"cannot be read: it is larger than {LARGEST // 1_000_000} MB, which no table of this project is")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from error


def pending(folder: Path) -> dict[str, bytes]:
    """Files of an update that is decided and whose files are not all in their places yet, by path from the folder.

    Whoever reads the folder reads these in place of what lies there, and so never half of the old and half of the
    new. A file that was written after the update was decided counts itself.
    """
    folder = Path(folder)
    try:
        decided = (folder / PENDING).stat()
        found = _unpacked(folder / PENDING, decided.st_mtime_ns, decided.st_size, decided.st_ino)
    except (OSError, zipfile.BadZipFile):
        return {}
    return {name: content for name, content in found.items() if not _written_after(folder / name, decided.st_mtime_ns)}


@lru_cache(maxsize=2)
def _unpacked(path: Path, _written: int, _size: int, _inode: int) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _written_after(path: Path, moment: int) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return max(stat.st_mtime_ns, stat.st_ctime_ns) > moment


def files(data: Path) -> list[Path]:
    """The files that are the data: the described tables, whether there or not, and the description. Nothing else counts."""
    data = Path(data)
    try:
        tables = [data / table.file for table in read(data).tables.values()]
    except DescriptionError:
        tables = []
    return [*sorted(tables), data / DESCRIPTION]


def contents(data: Path) -> dict[str, bytes]:
    """The files of the data that can be read, by name."""
    found = {}
    for path in files(data):
        try:
            content = content_of(path)
        except Unreadable:
            continue  # `check` names it
        if content is not None:
            found[path.name] = content
    return found


def strangers(data: Path) -> list[str]:
    """Names of files beside the tables that look like tables and are none: copies, leavings of other systems."""
    known = {path.name for path in files(data)}
    return sorted(name for name in _listed(data) if name.strip().casefold().endswith(".csv") and name not in known)


def nearly(path: Path) -> str:
    """The name of a file beside `path` that differs only in capitals or spaces, or ""."""
    wanted = path.name.casefold()
    return next((name for name in _listed(path.parent) if name != path.name and name.strip().casefold() == wanted), "")


def _listed(folder: Path) -> Iterable[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _table(resource: Resource) -> Table:
    schema = resource.schema
    return Table(
        name=resource.name,
        file=resource.path,
        title=resource.title,
        description=resource.description,
        optional=bool(resource.custom.get("optional")),
        fields=tuple(
            Field(f.name, f.title, f.description, f.type, f.custom.get("unit", ""), f.constraints)
            for f in schema.fields
        ),
        primary_key=tuple(schema.primary_key),
        foreign_keys=tuple(
            (key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0])
            for key in schema.foreign_keys
        ),
        resource=resource,
    )
