"""Answers of States to the guiding questions: text stands in these files only while the State agrees.

The files are public: the desk hands them out, a release keeps them, a repository
shows them to everybody. An answer without consent therefore never stands in them;
its row says State, question and day received, and the text stays with the
coordinators. Whoever reads the table asks `check` first; whatever shows earlier
rows (a release, the last good data) asks `withheld`.
"""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from dialogue.tables import package
from dialogue.tables.package import Table
from dialogue.tables.rows import FIELD_LIMIT, Problem

TABLE = "responses"
KEY = ("iso3", "question", "received")
AGREED = "yes"
# What a row may say whether or not the State agrees: nothing of what it has answered.
OPEN = (*KEY, "language", "consent")
NEEDED = ("channel", "language", "answer", "document")  # of an answer that is published

Key = tuple[str, ...]


def check(table: Table, rows: Iterable[tuple]) -> tuple[list[tuple], list[Problem]]:
    """Judge the rows (line, *values) of the table by the rule above.

    Returns the rows that keep to it and a Problem for every other; no message repeats a text.
    """
    names = [field.name for field in table.fields]
    good, problems = [], []
    for row in rows:
        cells = dict(zip(names, row[1:], strict=True))
        if cells["consent"] != AGREED:
            texts = [name for name in names if name not in OPEN and cells[name] not in (None, "")]
            if texts:
                rule = (
                    f"text of an answer without consent ({', '.join(texts)}). It belongs with the coordinators, not in these "
                    "files, which anybody can read: leave State, question, day received and consent, and empty the rest"
                )
                problems.append(Problem(table.file, row[0], "", "", rule))
                continue
        else:
            gaps = [name for name in NEEDED if cells[name] in (None, "")]
            for name in gaps:
                problems.append(Problem(table.file, row[0], name, "", "a value is required where consent is yes"))
            if gaps:
                continue
        good.append(row)
    return good, problems


def bared(table: Table, rows: Iterable[tuple]) -> list[tuple]:
    """The rows (line, *values) of the table without any text of an answer whose State has not agreed.

    `check` lets no such text in; whoever hands out a table asks here once more.
    """
    names = [field.name for field in table.fields]
    consent = names.index("consent") + 1

    def bare(row: tuple) -> tuple:
        return (row[0], *(value if name in OPEN else None for name, value in zip(names, row[1:], strict=True)))

    return [row if row[consent] == AGREED else bare(row) for row in rows]


def agreed(path: Path) -> set[Key] | None:
    """The keys of the answers that a file says may be shown; None where it is there and cannot be read at all."""
    try:
        return keys(package.content_of(path) or b"")
    except package.Unreadable:
        return None


def keys(content: bytes) -> set[Key]:
    """The keys of the answers that the bytes of a table say may be shown.

    Whatever else is wrong with the table: a row that is gone, that cannot be made out,
    that stands twice with two meanings or says anything but “yes” agrees to nothing.
    """
    said: dict[Key, set[str]] = {}
    for cells in _lines(content)[1]:
        said.setdefault(_key(cells), set()).add(cells["consent"])
    return {key for key, words in said.items() if words == {AGREED}}


def withheld(files: Mapping[str, bytes], may: Collection[Key]) -> dict[str, bytes] | None:
    """The files of the data without any text of an answer that is not in `may`; None where they hold no such text.

    The description goes with it: before the rule above it demanded a text in every row.
    """
    name = f"{TABLE}.csv"
    header, lines = _lines(files.get(name, b""))
    changed = False
    for cells in lines:
        if cells["consent"] == AGREED and _key(cells) in may:
            continue
        bare = {column: value if column in OPEN else "" for column, value in cells.items()} | {"consent": "no"}
        changed |= bare != cells
        cells.update(bare)
    if not changed:
        return None
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    described = json.loads(files[package.DESCRIPTION])
    for table in described["resources"]:
        for field in table["schema"]["fields"] if table["name"] == TABLE else ():
            if field["name"] not in OPEN or field["name"] == "language":
                field.get("constraints", {}).pop("required", None)
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    return {**files, name: out.getvalue().encode(), package.DESCRIPTION: text.encode()}


def _lines(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """The header and the rows of a table as far as they can be made out, as text by column."""
    text = content.decode("utf-8-sig", "replace")
    csv.field_size_limit(FIELD_LIMIT)
    for delimiter in ",;\t":
        found = _records(text, delimiter)
        header = [cell.strip() for cell in next(found, [])]
        if len(set(header)) == len(header) and {*KEY, "consent"} <= set(header):
            whole = (line for line in found if len(line) == len(header))
            return header, [dict(zip(header, map(str.strip, line), strict=True)) for line in whole]
    return [], []


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return  # what follows cannot be made out


def _key(cells: Mapping[str, str]) -> Key:
    return tuple(cells[name] for name in KEY)
