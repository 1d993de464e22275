"""What differs between two states of the tables, row by row and cell by cell, and how to say it.

`rows` compares by primary key; the order of rows never matters. `Words` turns codes
into names without a running dashboard; `sentence`, `markdown`, `commit_message` and
`change_note` write the differences for people. An absent row and an empty cell are
never written as a number, and the content of confidential tables is never repeated.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogue.tables import write
from dialogue.tables.package import Description, Field, Table
from dialogue.tables.rows import CONFIDENTIAL, shorten
from dialogue.words import i18n
from dialogue.words.i18n import _, ngettext

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LONG = 110  # characters of a value that a sentence repeats
# Where a row comes from; not what it says.
PROVENANCE = ("edition", "source_id", "locator", "grade", "note", "accessed")
# What a key part says by default, and a sentence therefore leaves out.
USUAL = {"scope": "full_year", "count_type": "recorded", "publisher_kind": "monitor"}
# Lists whose labels are common words and stand in the middle of a sentence.
COMMON = frozenset(
    "weapon cause outcome sex age_group status nature count_type obligation_status treaty_action indicator pillar grade".split()
)
# A row of these is called by its name, not only by its code.
NAMES = ("title", "name_en", "name", "label", "en", "element", "claim")


@dataclass(frozen=True)
class Change:
    """One changed cell, or one row that came or went.

    `key` are (field, text) of the primary key. `old` and `new` are texts as they stand
    in a CSV, "" for an empty cell; of an added or removed row they hold a short reading
    of its values. `line` is the row in the new file (in the old one if removed). A
    column that came or went has no key; only `field` names it.
    """

    table: str
    kind: str
    key: tuple[tuple[str, str], ...]
    field: str
    old: str
    new: str
    line: int
    iso3: str
    source_id: str

    def of(self, field: str) -> str:
        """A part of the key, "" where the key has no such part."""
        return dict(self.key).get(field, "")


def rows(
    description: Description,
    old: Mapping[str, Sequence[tuple]],
    new: Mapping[str, Sequence[tuple]],
    before: Description | None = None,
) -> list[Change]:
    """The changes from `old` to `new`: rows (line, *values) by table, in the description's order.

    `before` describes the old rows where their columns differ; common columns are then
    compared, and each column that came or went is a change of its own. A table that is
    missing on one side has all its rows added or removed.
    """
    before = before or description
    found: list[Change] = []
    for name in dict.fromkeys([*description.tables, *before.tables]):
        now, then = description.tables.get(name), before.tables.get(name)
        found += _table(now or then, then or now, old.get(name) or (), new.get(name) or ())
    return found


def _table(table: Table, then: Table, old: Sequence[tuple], new: Sequence[tuple]) -> list[Change]:
    names, before = [f.name for f in table.fields], [f.name for f in then.fields]
    common = [name for name in names if name in before]
    found = [_column(table, ADDED, name) for name in names if name not in before]
    found += [_column(table, REMOVED, name) for name in before if name not in names]
    numbers = {f.name for f in table.fields if f.type == "number"}
    here, there = _readings(new, names, common, numbers), _readings(old, before, common, numbers)
    # most rows are the same: only the others are looked up by their key
    same = set(here) & set(there)
    at = [common.index(part) for part in table.primary_key if part in common] or list(range(len(common)))
    now = {values: line for values, line in here.items() if values not in same}
    was = {values: line for values, line in there.items() if values not in same}
    keyed_now, keyed_was = _keys(now, at), _keys(was, at)
    for key, values in keyed_now.items():
        earlier = keyed_was.get(key)
        found += (
            _changed(table, common, at, earlier, values, now[values])
            if earlier
            else _row(table, ADDED, common, at, values, now[values])
        )
    for key, values in keyed_was.items():
        if key not in keyed_now:
            found += _row(table, REMOVED, common, at, values, was[values])
    return found


def _readings(
    found: Sequence[tuple], names: list[str], common: list[str], numbers: set[str]
) -> dict[tuple, int]:
    """The rows by their values in the common columns, each with its line."""
    at = [names.index(name) + 1 for name in common]
    plain = names == common and not numbers
    given: dict[tuple, int] = {}
    for row in found:
        values = (
            row[1:]
            if plain
            else tuple(
                float(row[i]) if name in numbers and row[i] is not None else row[i]
                for i, name in zip(at, common, strict=True)
            )
        )
        given.setdefault(values, row[0])
    return given


def _keys(found: dict[tuple, int], at: list[int]) -> dict[tuple, tuple]:
    """Rows by key; one that stands again (a table without a sound key) counts on."""
    seen: Counter = Counter()
    keyed = {}
    for values in found:
        key = tuple(values[i] for i in at)
        keyed[key, seen[key]] = values
        seen[key] += 1
    return keyed


def _column(table: Table, kind: str, name: str) -> Change:
    return Change(table.name, kind, (), name, "", "", 1, "", "")


def _changed(
    table: Table, names: list[str], at: list[int], old: tuple, new: tuple, line: int
) -> list[Change]:
    key, iso3, source = _place(table, names, at, new)
    cells = [
        (name, text(a), text(b))
        for name, a, b in zip(names, old, new, strict=True)
        if a != b and text(a) != text(b)
    ]
    if table.file in CONFIDENTIAL:
        cells = [("", "", "")] if cells else []
    return [Change(table.name, CHANGED, key, *cell, line, iso3, source) for cell in cells]


def _row(table: Table, kind: str, names: list[str], at: list[int], values: tuple, line: int) -> list[Change]:
    key, iso3, source = _place(table, names, at, values)
    says = "" if table.file in CONFIDENTIAL else _reading(table, names, at, values)
    both = ("", says) if kind == ADDED else (says, "")
    return [Change(table.name, kind, key, "", *both, line, iso3, source)]


def _reading(table: Table, names: list[str], at: list[int], values: tuple) -> str:
    """What a row says: its values outside the key, without where they come from."""
    return "; ".join(
        text(value)
        for i, (name, value) in enumerate(zip(names, values, strict=True))
        if i not in at and name not in PROVENANCE and value is not None
    )


def _place(table: Table, names: list[str], at: list[int], values: tuple) -> tuple:
    """Key, State and source of a row. Of a confidential one only the State and the question."""
    shown = [i for i in at if table.file not in CONFIDENTIAL or names[i] in ("iso3", "question")]
    key = tuple((names[i], text(values[i])) for i in shown)
    of = dict(zip(names, values, strict=True))
    return key, text(of.get("iso3")), text(of.get("source_id"))


def text(value: object) -> str:
    """A typed value as text; numbers that are equal read the same."""
    return f"{value:.10g}" if isinstance(value, float) else write.cell(value)


class Words:
    """Names of codes, columns, States and documents, read from rows and their description.

    `data` are checked rows (`Checked`, or a mapping of table to rows). Words of rows that
    were removed are found after `also(old rows, their description)`.
    """

    def __init__(self, data: object, description: Description) -> None:
        self.description = description
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._states: dict[str, str] = {}
        self._sources: dict[str, tuple[str, str]] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._lists: dict[tuple[str, str], str | None] = {}
        self._free: set[tuple[str, str]] = set()  # columns named like a list that hold other texts
        self.also(data, description)

    def also(self, data: object, description: Description) -> "Words":
        """Learn more words from other rows; what is known already stays."""
        tables: Mapping[str, Sequence[tuple]] = getattr(data, "rows", data)

        def read(name: str, *fields: str) -> Iterable[tuple]:
            table = description.tables.get(name)
            names = [f.name for f in table.fields] if table else []
            if set(fields) <= set(names):
                at = [names.index(field) + 1 for field in fields]
                for row in tables.get(name) or ():
                    yield tuple(row[i] for i in at)

        for list_, code, label in read("labels", "list", "code", "en"):
            self._labels[list_].setdefault(code, label)
        for place in ("states", "areas"):
            for iso3, name in read(place, "iso3", "name_en"):
                self._states.setdefault(iso3, name)
        for source, publisher, title in read("sources", "id", "publisher", "title"):
            self._sources.setdefault(source, (publisher, title))
        for table in description.tables.values():
            named = next((f.name for f in table.fields if f.name in NAMES), None)
            if len(table.primary_key) == 1 and named and named != table.primary_key[0]:
                for key, name in read(table.name, table.primary_key[0], named):
                    self._names.setdefault((table.name, text(key)), text(name))
            for field in table.fields:
                # without a list of allowed codes, the column's values show whether it holds codes
                list_ = None if "enum" in field.constraints else self._same_name(field.name)
                for (value,) in read(table.name, field.name) if list_ else ():
                    if value is not None and not set(text(value).split(";")) <= set(self._labels[list_]):
                        self._free.add((table.name, field.name))
                        break
        return self

    def state(self, iso3: str) -> str:
        """The UN name as it stands in a list; the code itself where it is not known."""
        return self._states.get(iso3, iso3)

    def table(self, name: str) -> str:
        """The title of a table."""
        table = self.description.tables.get(name)
        return table.title if table else name

    def column(self, table: str, field: str) -> str:
        """The title of a column, as it stands within a sentence."""
        known = self._field(table, field)
        return _small(known.title if known else field.replace("_", " "))

    def source(self, source_id: str) -> str:
        """Title of a document, with its publisher where the title does not begin with it."""
        if source_id not in self._sources:
            return source_id
        publisher, title = self._sources[source_id]
        return shorten(title if title.startswith(publisher) else f"{publisher}, {title}", LONG)

    def name(self, table: str, code: str) -> str:
        """What the row of a table with a one-column key is called, "" where only its code is known."""
        return self._names.get((table, code), "")

    def place(self, table: str, row: Iterable[tuple[str, str]]) -> str:
        """A table, or the rows of it that hold these values, in words: “Casualties: Iraq, 2024”."""
        parts = [self.value(table, field, cell) for field, cell in row]
        return ": ".join(part for part in (self.table(table), ", ".join(parts)) if part)

    def value(self, table: str, field: str, cell: str, sign: str = "") -> str:
        """One cell in words. `sign` is the kind of number (minimum, estimate) beside a count."""
        known = self._field(table, field)
        if not cell:
            return _("no value")
        if field == "iso3":
            return self.state(cell)
        if field == "source_id":
            return self.source(cell)
        list_ = self.list_of(table, field)
        if list_:
            parts = [
                _in_sentence(list_, part, self._labels[list_].get(part, part)) for part in cell.split(";")
            ]
            return i18n.listing(parts)
        if known is None:
            return cell
        if known.unit == "persons" and re.fullmatch(r"\d+", cell):
            return i18n.number(int(cell), sign or "recorded")
        if known.type == "number" and known.unit == "percent":
            return f"{cell} %"
        return _date(cell) if _is_date(known) else _words(known, cell)

    def answer(self, column: str, cell: str) -> str:
        """A cell of a query's result in words: its column is known by name only."""
        if not cell:
            return _("no value")
        if column == "iso3":
            return self.state(cell)
        if column.endswith("source_id"):
            return self.source(cell)
        for list_ in self._candidates(column):
            if cell in self._labels[list_]:
                return _in_sentence(list_, cell, self._labels[list_][cell])
        if re.fullmatch(r"[a-z]+(_[a-z]+)+", cell):
            return cell.replace("_", " ")
        return cell

    def list_of(self, table: str, field: str) -> str | None:
        """The list of labels whose codes a column carries, or None."""
        if (table, field) not in self._lists:
            self._lists[table, field] = self._list_of(table, self._field(table, field))
        return self._lists[table, field]

    def _list_of(self, table: str, field: Field | None) -> str | None:
        if field is None:
            return None
        if "enum" not in field.constraints:
            return None if (table, field.name) in self._free else self._same_name(field.name)
        allowed = {str(code) for code in field.constraints["enum"]}
        return next((one for one in self._candidates(field.name) if allowed <= set(self._labels[one])), None)

    def _same_name(self, column: str) -> str | None:
        one = column.removesuffix("s") if column != "status" else column
        return next((name for name in (column, one) if name in self._labels), None)

    def _candidates(self, column: str) -> list[str]:
        same = self._same_name(column)
        near = [name for name in self._labels if name.endswith(f"_{column}") or column.endswith(f"_{name}")]
        return list(dict.fromkeys([*([same] if same else []), *near]))

    def _field(self, table: str, field: str) -> Field | None:
        known = self.description.tables.get(table)
        return next((f for f in known.fields if f.name == field), None) if known else None


def sentence(change: Change, words: Words) -> str:
    """One change in words: “Lao People’s Democratic Republic, 2023, cluster munitions: persons 12 → 15”."""
    if not change.key:
        told = (
            _("the column “{column}” is new") if change.kind == ADDED else _("the column “{column}” is gone")
        )
        return told.format(column=change.field)
    place, tail = where(change, words), origin(change, words)
    table = words.description.tables.get(change.table)
    if table and table.file in CONFIDENTIAL:
        told = {
            ADDED: _("added: {row} (the content is confidential)"),
            REMOVED: _("removed: {row} (the content is confidential)"),
        }.get(change.kind, _("{row}: the content changed (it is confidential)"))
        return told.format(row=place)
    sign = change.of("count_type")
    if change.kind == CHANGED:
        old, new = words_of(change, words)
        return f"{place}: {words.column(change.table, change.field)} {old} → {new}{tail}"
    says = shorten(reading(change, words, sign), 2 * LONG)
    told = _("added: {row}") if change.kind == ADDED else _("removed: {row}")
    return told.format(row=": ".join(part for part in (place, says) if part)) + tail


def words_of(change: Change, words: Words) -> tuple[str, str]:
    """Old and new value of a changed cell in words, long ones cut to the part that differs."""
    sign = change.of("count_type")
    old, new = excerpts(change.old, change.new)
    return (
        words.value(change.table, change.field, old, sign),
        words.value(change.table, change.field, new, sign),
    )


def where(change: Change, words: Words) -> str:
    """The row of a change in words; key parts that say “all” or the usual are left out."""
    if len(change.key) == 1:
        field, code = change.key[0]
        name = words.name(change.table, code)
        if field == "iso3":
            return words.state(code)
        if name and field in ("id", "position"):
            return f"{code} “{shorten(name, LONG)}”"
    # the kind of number is told by the sign before the number
    counted = change.field in ("", "count")
    parts = [
        words.value(change.table, field, code)
        for field, code in change.key
        if field not in ("edition", "source_id")
        and code not in ("", "all", USUAL.get(field))
        and not (field == "count_type" and counted)
    ]
    # a key of nothing but sources still names its row
    return ", ".join(parts) or ", ".join(words.value(change.table, field, code) for field, code in change.key)


def reading(change: Change, words: Words, sign: str) -> str:
    """The short reading of an added or removed row, its single value in words."""
    says = change.new if change.kind == ADDED else change.old
    table = words.description.tables.get(change.table)
    keyed = {field for field, _code in change.key}
    values = (
        [f.name for f in table.fields if f.name not in keyed and f.name not in PROVENANCE] if table else []
    )
    return words.value(change.table, values[0], says, sign) if says and len(values) == 1 else says


def origin(change: Change, words: Words) -> str:
    """Edition and document, in brackets, where they belong to the key or the row came or went."""
    edition = change.of("edition")
    source = change.source_id if change.kind != CHANGED or change.of("source_id") else ""
    title = words.source(source) if source else ""
    parts = [edition] if edition and edition not in title else []
    return f" ({'; '.join([*parts, *([title] if title else [])])})" if parts or title else ""


def _small(title: str) -> str:
    """A title within a sentence: small first letter, unless it is an abbreviation."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or len(title) == 1 else title


def _in_sentence(list_: str, code: str, label: str) -> str:
    if list_ == "question":
        return f"({code}) {label}"
    return _small(label) if list_ in COMMON else label


def _is_date(field: Field) -> bool:
    return str(field.constraints.get("pattern", "")).startswith(r"^\d{4}(-(0[1-9]")


def _date(cell: str) -> str:
    try:
        return i18n.day(cell)
    except ValueError:  # a pattern lets 31 February pass; another rule names it
        return cell


def _words(field: Field, cell: str) -> str:
    """A cell without a label: free text in quotes, everything else as it is."""
    if field.type == "string" and not {"enum", "pattern"} & set(field.constraints) and " " in cell:
        return f"“{cell}”"
    return cell


def excerpts(old: str, new: str, most: int = LONG) -> tuple[str, str]:
    """Two texts, cut to the part in which they differ where they are long."""
    if max(len(old), len(new)) <= most:
        return old, new
    same = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = max(0, same - most // 3)
    if start:
        start = max(old.rfind(" ", 0, start), 0) + 1 if " " in old[:start] else start
    return tuple(("…" if start else "") + shorten(each[start:], most) if each else "" for each in (old, new))


def counts(changes: Iterable[Change]) -> dict[str, Counter]:
    """By table: rows added, rows removed, rows changed, columns that came or went."""
    found: dict[str, Counter] = defaultdict(Counter)
    seen = set()
    for change in changes:
        if not change.key:
            found[change.table]["columns"] += 1
        elif change.kind != CHANGED:
            found[change.table][change.kind] += 1
        elif (change.table, change.key, change.line) not in seen:
            seen.add((change.table, change.key, change.line))
            found[change.table][CHANGED] += 1
    return dict(found)


def summary(changes: Iterable[Change]) -> str:
    """How much changed, by table: “casualties: 3 rows added, 1 changed; states: 1 row changed”."""
    told = [f"{table}: {_counted(number)}" for table, number in counts(changes).items()]
    return "; ".join(told) if told else _("nothing changed")


def _counted(number: Counter) -> str:
    parts = []
    for kind, first, next_ in (
        (ADDED, _rows_added, _("{n} added")),
        (REMOVED, _rows_removed, _("{n} removed")),
        (CHANGED, _rows_changed, _("{n} changed")),
    ):
        if n := number[kind]:
            parts.append((next_.format(n=n)) if parts else first(n))
    if n := number["columns"]:
        parts.append(ngettext("{n} column came or went", "{n} columns came or went", n).format(n=n))
    return ", ".join(parts)


def _rows_added(n: int) -> str:
    return ngettext("{n} row added", "{n} rows added", n).format(n=n)


def _rows_removed(n: int) -> str:
    return ngettext("{n} row removed", "{n} rows removed", n).format(n=n)


def _rows_changed(n: int) -> str:
    return ngettext("{n} row changed", "{n} rows changed", n).format(n=n)


def days(old: Description, new: Description) -> list[tuple[str, str, str]]:
    """The days for which the data speak that became others: what, from, to, in words."""
    named = {"as_of": _("Day for which the data speak"), "depositary_read": _("Day on which the depositary's lists were read")}
    both = zip(named.values(), old.days, new.days, strict=True)
    return [(what, i18n.day(was), i18n.day(now)) for what, was, now in both if was != now]


def by_table(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Changes grouped by table, in their order."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.table].append(change)
    return dict(found)


MARKDOWN = re.compile(r"([\\`*_\[\]|~])")


def escape(cell: object) -> str:
    """Text for a Markdown table or list: shown as it is, and nobody is called by an “@”."""
    shown = MARKDOWN.sub(r"\\\1", html.escape(" ".join(str(cell).split()), quote=False))
    return shown.replace("@", "&#64;").replace("#", "&#35;")
