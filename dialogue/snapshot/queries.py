"""Named queries: one ``.sql`` file a question, the file name is the query's name everywhere.

The header comment of a file says what it answers, which parameters it takes and
what its columns hold. Values are bound, never pasted into SQL.
"""

import difflib
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import pandas as pd

from dialogue.snapshot import reader, store, texts
from dialogue.tables import database

PARAM = re.compile(
    r"-- param (?P<name>\w+) (?P<type>[\w.]+) = (?P<default>\S+)(?: in (?P<allowed>\S+))?: (?P<text>.+)"
)
COLUMN = re.compile(r"-- column (?P<name>\w+): (?P<text>.+)")
PAGES = re.compile(r"-- pages: (?P<pages>[^(\n]+)")


class QueryError(ValueError):
    """A wrong name or parameter; the message says in one line what is allowed."""


@dataclass(frozen=True)
class Parameter:
    """`type` is date, integer, text or ``table.column`` (a code that stands in that column)."""

    name: str
    type: str
    default: str
    allowed: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class Query:
    """One file of ``queries/``.

    `pages` are the addresses that show it: "overview" is the first page, "all" stands
    for every page; empty where only the command line asks.
    """

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]
    sql: str
    pages: tuple[str, ...] = ()


def names() -> list[str]:
    """The names of all queries, in alphabetical order."""
    return sorted(path.stem for path in database.QUERIES.glob("*.sql"))


@cache
def get(name: str) -> Query:
    """Read one query. Raises QueryError for an unknown name."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise QueryError(f"there is no query “{name[:80]}”.{hint} Queries: {', '.join(names())}")
    sql = (database.QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    question = re.search(r"-- question: (.+)", sql).group(1)
    parameters = tuple(
        Parameter(
            m["name"], m["type"], m["default"], tuple((m["allowed"] or "").split("|")) if m["allowed"] else (), m["text"]
        )
        for m in PARAM.finditer(sql)
    )
    columns = {m["name"]: m["text"] for m in COLUMN.finditer(sql)}
    shown = PAGES.search(sql)
    pages = tuple(page.strip() for page in shown["pages"].split(",")) if shown else ()
    return Query(name, question, parameters, columns, sql, () if pages == ("none",) else pages)


def run(name: str, snapshot: store.Snapshot | None = None, **given) -> pd.DataFrame:
    """Answer a query as a table.

    `given` are its parameters, as text or as Python values; what is not given
    takes its default. Texts of the tables stand in the reader's language where it is known. Integers come back as nullable Int64, everything empty as
    None or NA. The table is shared between callers: do not write into it.
    Raises QueryError for an unknown query or a bad parameter.
    """
    snapshot = snapshot or reader.snapshot()
    query = get(name)
    values = _bind(query, given, snapshot)
    key = ("query", name, tuple(sorted(values.items(), key=lambda item: item[0])))
    answer = snapshot.keep(key, lambda: _frame(snapshot.cursor().execute(query.sql, values)))
    language = reader.current().language
    return answer if language == "en" else snapshot.keep((*key, language), lambda: texts.translated(answer, language, snapshot))


def _bind(query: Query, given: dict, snapshot: store.Snapshot) -> dict:
    known = {parameter.name for parameter in query.parameters}
    for name in given:
        if name not in known:
            takes = f"it takes {', '.join(sorted(known))}" if known else "it takes none"
            raise QueryError(f"{query.name} has no parameter “{name[:80]}”; {takes}")
    return {p.name: _value(query, p, given.get(p.name), snapshot) for p in query.parameters}


def _value(query: Query, parameter: Parameter, value, snapshot: store.Snapshot):
    if value is None or value == "":
        if parameter.default == "none":
            return None
        days = {"data": snapshot.as_of, "depositary": snapshot.treaties_as_of}
        value = days.get(parameter.default, parameter.default)

    def refuse(allowed: str):
        shown = str(value)[:80]
        return QueryError(f"{query.name}: {parameter.name}=“{shown}” is not allowed; {allowed}")

    if parameter.type == "date":
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise refuse("a date is written YYYY-MM-DD") from None
    if parameter.type == "integer":
        try:
            return int(str(value))
        except ValueError:
            raise refuse("a whole number is needed") from None
    value = str(value)
    allowed = parameter.allowed
    if "." in parameter.type:
        allowed = _codes(parameter.type, snapshot)
    if allowed and value not in allowed:
        listed = ", ".join(allowed[:20])
        if len(allowed) > 20:  # a guess at a three-letter code would mislead
            listed += f", … (the codes in {parameter.type})"
        raise refuse(f"allowed: {listed}")
    return value


def _codes(place: str, snapshot: store.Snapshot) -> tuple[str, ...]:
    table, column = place.split(".")
    sql = f"SELECT DISTINCT CAST({column} AS VARCHAR) FROM {table} WHERE {column} IS NOT NULL ORDER BY 1"
    return snapshot.keep(
        ("codes", place), lambda: tuple(row[0] for row in snapshot.cursor().execute(sql).fetchall())
    )


def _frame(result) -> pd.DataFrame:
    rows = result.fetchall()
    columns = [(column[0], str(column[1])) for column in result.description]
    data = {}
    for i, (name, kind) in enumerate(columns):
        cells = [row[i] for row in rows]
        if kind in ("BIGINT", "INTEGER", "HUGEINT", "UBIGINT"):
            data[name] = pd.array(cells, dtype="Int64")
        elif kind == "DOUBLE":
            data[name] = pd.array(cells, dtype="Float64")
        else:
            data[name] = pd.Series(cells, dtype=object)
    return pd.DataFrame(data)
