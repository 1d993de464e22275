"""Explain a figure from the shell: the question, the row, its documents, other values, and the CSV rows behind it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dialogue.change import difference, impact
from dialogue.change.difference import Words
from dialogue.snapshot import queries, store
from dialogue.tables import corrections
from dialogue.tables.package import Table
from dialogue.words.i18n import _, commas, ngettext

ROWS = 10  # rows of an answer that are explained
BEHIND = 12  # CSV rows shown of one table
# Tables that name things; they are shown only where nothing else stands behind a figure.
NAMING = frozenset({"sources", "labels", "states", "areas", "editions"})


class Unknown(ValueError):
    """A part of the call that is no parameter and no column, or a figure that is not there."""


@dataclass(frozen=True)
class Row:
    """A row of a CSV behind a figure: file, row as a spreadsheet shows it, filled cells, corrected cells."""

    table: str
    file: str
    line: int
    cells: dict[str, str]
    corrected: dict[str, str]


@dataclass(frozen=True)
class Behind:
    """Rows of one table, the columns in which they agree with the figure, and how many there are in all."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int


def split(query: queries.Query, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is asked of a query: its parameters, and columns by which rows are chosen.

    A name that is both is a parameter. Raises Unknown for any other name.
    """
    names = {parameter.name for parameter in query.parameters}
    for name in given:
        if name not in names and name not in query.columns:
            rule = "“{name}” is neither a parameter ({parameters}) nor a column ({columns}) of {query}"
            raise Unknown(
                rule.format(
                    name=name[:80], parameters=", ".join(sorted(names)) or "none",
                    columns=", ".join(query.columns), query=query.name,
                )
            )  # fmt: skip
    parameters = {name: value for name, value in given.items() if name in names}
    return parameters, {name: value for name, value in given.items() if name not in names}


def figure(snapshot: store.Snapshot, name: str, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines that explain the figures of a query.

    `given` are parameters and columns of the query with the values wanted. Raises
    Unknown where nothing is found, QueryError for a wrong name or parameter.
    """
    query = queries.get(name)
    parameters, wanted = split(query, given)
    rows = [
        dict(zip(query.columns, cells, strict=True))
        for cells in impact.cells(queries.run(name, snapshot, **parameters))
    ]
    rows = [row for row in rows if all(row[column] == value for column, value in wanted.items())]
    if not rows:
        chosen = ", ".join(f"{column}={value}" for column, value in given.items())
        raise Unknown(f"{name} has no row with {chosen}" if chosen else f"{name} has no rows")
    words = Words(snapshot.checked, snapshot.description)
    yield query.question
    yield from _pages(query)
    yield from _parameters(query, parameters)
    for row in rows[:ROWS]:
        yield ""
        yield from _row(query, row, words)
        yield from _documents(row, snapshot, words)
        yield from _csv_rows(query, row, parameters, snapshot)
    if len(rows) > ROWS:
        yield ""
        yield impact.more(len(rows) - ROWS) + "; " + _("choose with column=value")


def _pages(query: queries.Query) -> Iterator[str]:
    shown = [
        f"{title} ({address})" if address != "all" else title
        for title, address in zip(impact.page_titles(query.pages), query.pages, strict=True)
    ]
    yield _("Shown on: {pages}").format(pages=commas(shown) or _("no page, only the command line"))


def _parameters(query: queries.Query, given: Mapping[str, str]) -> Iterator[str]:
    for parameter in query.parameters:
        default = _("the date of the data") if parameter.default == "data" else parameter.default
        yield f"{parameter.name} = {given.get(parameter.name, default)}: {parameter.description}"


def _row(query: queries.Query, row: Mapping[str, str], words: Words) -> Iterator[str]:
    for column, value in row.items():
        if column == "other_values" or column.endswith(("source_id", "source_ids")):
            continue
        says = words.answer(column, value)
        name = f" ({says})" if value and says.lower() != value.lower() else ""
        yield f"{column} = {value or words.answer(column, '')}{name}: {query.columns[column]}"
    others = [value for value in row.get("other_values", "").split(" | ") if value]
    if "other_values" in row:
        yield _("Other values:") if others else _("Other values: none found")
        for value in others:
            yield "  " + re.sub(r"; ([a-z0-9-]+)\)$", lambda hit: f"; {words.source(hit[1])})", value)


def documents_of(row: Mapping[str, str]) -> list[str]:
    """The codes of all documents that a row of an answer names."""
    found = [
        code
        for column, value in row.items()
        if column.endswith(("source_id", "source_ids"))
        for code in re.split(r"[;,|\s]+", value)
    ]
    return [code for code in dict.fromkeys(found) if code]


def _documents(row: Mapping[str, str], snapshot: store.Snapshot, words: Words) -> Iterator[str]:
    listed = documents_of(row)
    if listed:
        yield ngettext("Source:", "Sources:", len(listed))
    for code in listed:
        found = (
            snapshot.cursor()
            .execute("SELECT publisher, title, edition, published, url FROM sources WHERE id = ?", [code])
            .fetchone()
        )
        if found:
            publisher, title, edition, published, url = found
            facts = [publisher, title, edition, published or _("undated"), url]
            yield f"  {code}: " + " · ".join(fact for fact in facts if fact)


def _csv_rows(
    query: queries.Query, row: Mapping[str, str], parameters: Mapping[str, str], snapshot: store.Snapshot
) -> Iterator[str]:
    found = behind(query, row, parameters, snapshot)
    if not found:
        yield _("No single rows of a table stand behind this figure; it is worked out from: {tables}").format(
            tables=", ".join(f"{name}.csv" for name in tables(query, snapshot))
        )
    for each in found:
        file = each.rows[0].file
        yield ngettext(
            "{file}, {n} row with the same {columns}:",
            "{file}, {n} rows with the same {columns}:",
            each.total,
        ).format(file=file, n=each.total, columns=", ".join(each.columns))
        for one in each.rows:
            cells = ", ".join(f"{name} {value}" for name, value in one.cells.items())
            yield "  " + _("row {line}: {cells}").format(line=one.line, cells=cells)
            for column, says in one.corrected.items():
                yield f"    {column}: {says}"
        if each.total > len(each.rows):
            yield "  " + impact.more(each.total - len(each.rows))


def tables(query: queries.Query, snapshot: store.Snapshot) -> list[str]:
    """The tables that a query reads, in the order of the description."""
    known = impact.tables_behind(query.name)
    return [name for name in snapshot.description.tables if name in known]


def behind(
    query: queries.Query, row: Mapping[str, str], parameters: Mapping[str, str], snapshot: store.Snapshot
) -> list[Behind]:
    """The CSV rows that agree with a row of an answer, by table.

    A row agrees where every column of the same name holds the same value; where no row
    does, only the columns of the table's key and its source are compared. The query's
    parameters narrow the choice where some row agrees with them, and so does the number
    itself. Confidential tables are left out.
    """
    read = [name for name in tables(query, snapshot) if name not in impact.CONFIDENTIAL]
    asked = {p.name: parameters.get(p.name, p.default) for p in query.parameters}
    asked = {name: value for name, value in asked.items() if value not in ("none", "data")}
    found = [_matching(snapshot.description.tables[name], row, asked, snapshot) for name in read]
    found = [each for each in found if each.rows]
    found = [each for each in found if each.table.name not in NAMING] or found
    exact = [each for each in map(lambda one: _with_the_number(one, row), found) if each.rows]
    fixed = corrections.places(snapshot.checked)
    return [
        Behind(
            each.columns,
            tuple(_csv_row(each.table, one, fixed) for one in each.rows[:BEHIND]),
            len(each.rows),
        )
        for each in exact or found
    ]


class _Matched(NamedTuple):
    table: Table
    columns: tuple[str, ...]
    rows: list[tuple]


def _with_the_number(matched: _Matched, row: Mapping[str, str]) -> _Matched:
    """Of the rows, those in which a number of the answer itself stands as a count or a percentage."""
    table, columns, rows = matched
    counted = [(i, f.name) for i, f in enumerate(table.fields, start=1) if f.unit in ("persons", "percent")]
    numbers = {
        value for column, value in row.items() if value.replace(".", "").isdigit() and column != "year"
    }
    for i, name in counted:
        same = [each for each in rows if difference.text(each[i]) in numbers]
        if same:
            return _Matched(table, tuple(dict.fromkeys([*columns, name])), same)
    return _Matched(table, columns, [])


def _matching(
    table: Table, row: Mapping[str, str], asked: Mapping[str, str], snapshot: store.Snapshot
) -> _Matched:
    fields = [f.name for f in table.fields]
    documents = documents_of(row)
    common = [f for f in fields if row.get(f) and f != "source_id"]
    shown = snapshot.keep(("rows", table.name), lambda: impact.shown(snapshot, table.name)[table.name])

    def agree(column: str, value: str, candidates: list[tuple]) -> list[tuple]:
        at = fields.index(column) + 1
        return [each for each in candidates if difference.text(each[at]) == value]

    sourced = bool(documents) and "source_id" in fields
    if sourced:
        at = fields.index("source_id") + 1
        shown = [each for each in shown if each[at] in documents]
    agreed, columns = [], []
    for columns in (common, [c for c in common if c in table.primary_key]):
        agreed = shown if columns else []
        for column in columns:
            agreed = agree(column, row[column], agreed)
        if agreed:
            break
    for column, value in asked.items():
        if column in fields:
            agreed = agree(column, value, agreed) or agreed
    return _Matched(table, (*columns, *(["source_id"] if sourced else [])), agreed)


def _csv_row(table: Table, row: tuple, fixed: Mapping[tuple, corrections.Correction]) -> Row:
    values = dict(zip((f.name for f in table.fields), row[1:], strict=True))
    cells = {name: difference.text(value) for name, value in values.items() if value is not None}
    corrected = {}
    for name in cells:
        one = fixed.get((table.name, row[0], name))
        if one:
            corrected[name] = _(
                "the source prints {published}; shown as {shown} since {date}: {reason}"
            ).format(published=one.published, shown=one.shown, date=one.date, reason=one.reason)
    return Row(table.name, table.file, row[0], cells, corrected)
