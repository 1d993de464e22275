"""The one description of the data: ``data/datapackage.json`` (Frictionless Data Package).

Types, constraints, keys, titles and meanings of every column are read from it
and nowhere else: by the checks, by the database and by the data dictionary.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from frictionless import Package, Resource
from frictionless.exception import FrictionlessException

DATA = Path(__file__).resolve().parent.parent.parent / "data"
DESCRIPTION = "datapackage.json"

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


@dataclass(frozen=True)
class Description:
    """The whole package: tables in order, the date the data speak for, version, licence."""

    tables: dict[str, Table]
    as_of: str
    version: str
    title: str
    licence: str


def read(data: Path = DATA) -> Description:
    """Read the description beside the tables.

    Raises DescriptionError with one sentence when it is missing or not a valid package.
    """
    path = Path(data) / DESCRIPTION
    if not path.is_file():
        raise DescriptionError(f"{path}: the description of the tables is missing")
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Description:
    try:
        package = Package(path)
        custom = package.custom
        tables = {r.name: _table(r) for r in package.resources}
        return Description(
            tables, custom["as_of"], package.version, package.title, package.licenses[0]["title"]
        )
    except FrictionlessException as error:
        raise DescriptionError(f"{path}: {error.error.message}") from error
    except (KeyError, IndexError) as error:
        raise DescriptionError(f"{path}: {error} is missing") from error


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
