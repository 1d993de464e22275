"""Which figures on which pages change between two snapshots.

Only queries that read a table in which something changed are asked, on both
snapshots, with the parameters that pages use; their results are compared cell by
cell. What an answer of a State says is never repeated unless it may be published
in both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import duckdb

from dialogue import navigation
from dialogue.change import difference, headings
from dialogue.change.difference import Words
from dialogue.snapshot import queries, store
from dialogue.tables import database
from dialogue.tables.rows import shorten
from dialogue.words.i18n import _, commas, ngettext, semicolons

if TYPE_CHECKING:
    import pandas as pd

CAP = 20  # changes told of one query
READ = 4  # cells told of a row that came or went
PLACES = 6  # States or years for which the summaries of one are asked; see `figures`
FIGURE, TEXT, SOURCE, UNKNOWN = "figure", "text", "source", "unknown"
ORDER = (FIGURE, TEXT, SOURCE, UNKNOWN)

# Besides the defaults: other series and cuts that pages draw.
PARAMETERS: dict[str, tuple[dict[str, str], ...]] = {
    "annotations": ({"series": "mine_erw"},),
    "bound_by": ({"state_group": "all"},),
    "bound_together": ({"state_group": "all"},),
    "casualties_by_state": ({"weapon": "mine_erw", "publisher": "any"}, {"publisher": "any"}),
    "casualties_state_years": ({"weapon": "mine_erw", "publisher": "any"}, {"publisher": "any"}),
    "casualties_world": ({"weapon": "mine_erw"}, {"cause": "attack"}, {"cause": "remnant"}),
    "casualties_world_revisions": ({"weapon": "mine_erw"},),
    "casualties_world_split": ({"weapon": "mine_erw"},),
    "victim_share_places": ({"weapon": "mine_erw"},),
    "victim_shares": ({"weapon": "mine_erw"},),
}
# What they say of one State or year is told by the queries on all of them too.
SUMMARIES = frozenset({"state_card", "profile_summary", "map_casualties"})
# What rests on what, what search finds, what is corrected: the queries of the figures themselves and the tables tell it.
LISTS = frozenset({"citations", "search_entries", "corrections_applied"})
# Columns that say where a figure comes from, not what it is; `line` moves with every row above it.
ORIGIN = re.compile(
    r"(.*_)?(source_ids?|editions?|edition_title|locators?|grade|note|url)|other_values|rests_on_it"
)
LINE = re.compile(r"(.*_)?line")
# Pages that tell of the data, not of the world.
HOUSEKEEPING = frozenset({"what-changed", "data-desk", "freshness"})
# What was changed and released before: a record of figures, not figures.
RECORDS = frozenset({"changes", "releases"})
# A query that reads these tables shows only who and which question, and counts.
CONFIDENTIAL = frozenset({"responses"})
OPEN = frozenset({"iso3", "question"})
# Columns that name a row though they are numbers, or though others name it too.
NAMING = frozenset({"iso3", "year", "instrument", "question", "indicator", "action", "position", "kind"})


@dataclass(frozen=True)
class FigureChange:
    """One cell of a query's answer that changes.

    `pages` are addresses ("overview", "all": every page). `what` names row and column
    in words. `old` and `new` are cells as text: "" is an empty cell, None a row that is
    not in the answer. `kind` is figure (numbers, codes, dates), text, source (where it
    comes from) or unknown (one side's tables lack what the query reads); `key` and
    `column` are the codes behind `what`.
    """

    query: str
    question: str
    pages: tuple[str, ...]
    iso3: str
    what: str
    old: str | None
    new: str | None
    kind: str = FIGURE
    column: str = ""
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Told:
    """What is told of one query: its question, the pages that show it, sentences, and how many are left out."""

    query: str
    question: str
    pages: tuple[str, ...]
    lines: tuple[str, ...]
    more: int


def figures(old: store.Snapshot, new: store.Snapshot) -> list[FigureChange]:
    """Every cell of the queries' answers that differs between two sound snapshots.

    Numbers and codes come first, then texts, then sources; of each kind what readers see before what
    tells of the data, and the overview before other pages. Queries on one State are
    asked for each State named by a changed row; those that only sum up what other
    queries tell (SUMMARIES), for the States or years with the most changed rows.
    """
    changes = difference.rows(new.description, shown(old), shown(new), old.description)
    touched = {change.table for change in changes} - RECORDS
    days = {AS_OF: old.as_of != new.as_of, TREATIES_AS_OF: old.treaties_as_of != new.treaties_as_of}
    touched |= {name for name, moved in days.items() if moved}
    words = Words(new.checked, new.description).also(old.checked, old.description)
    asked = [
        (queries.get(name), given)
        for name in queries.names()
        if name not in LISTS and tables_behind(name) & touched
        for given in _askings(
            queries.get(name), [change for change in changes if change.table in tables_behind(name)]
        )
    ]
    with ThreadPoolExecutor(2) as both:  # each snapshot has a database of its own
        answers = both.map(
            lambda each: [_answer(query.name, each, given) for query, given in asked], (old, new)
        )
    found: dict[tuple, FigureChange] = {}
    for (query, given), was, now in zip(asked, *answers, strict=True):
        if isinstance(was, duckdb.Error) or isinstance(now, duckdb.Error):
            unknown = FigureChange(query.name, query.question, query.pages, "", "", "", "", UNKNOWN)
            found.setdefault((query.name, UNKNOWN), unknown)
            continue
        hidden = bool(tables_behind(query.name) & CONFIDENTIAL)
        for change in _compare(query, given, was, now, words, hidden):
            found.setdefault(
                (query.name, change.what, change.old, change.new), change
            )  # a cut may show the same figure
    return sorted(found.values(), key=_rank)


def for_readers(change: FigureChange) -> bool:
    """Whether a page shows it that tells of the world, and not of the data."""
    return bool(set(change.pages) - HOUSEKEEPING)


def _rank(change: FigureChange) -> tuple:
    return ORDER.index(change.kind), not for_readers(change), not change.pages, "overview" not in change.pages


def prepare(snapshot: store.Snapshot) -> None:
    """Answer beforehand what every comparison with this snapshot asks."""
    for name in queries.names():
        for given in ({}, *PARAMETERS.get(name, ())):
            _answer(name, snapshot, given)


def shown(snapshot: store.Snapshot, *names: str) -> dict[str, list[tuple]]:
    """The rows of tables (all, or those named) as the dashboard shows them, corrections applied: (line, *values)."""
    found = {}
    for name in names or snapshot.description.tables:
        fields = ", ".join(f'"{f.name}"' for f in snapshot.description.tables[name].fields)
        found[name] = (
            snapshot.cursor().execute(f'SELECT _line, {fields} FROM "{name}" ORDER BY _line').fetchall()
        )
    return found


def _askings(query: queries.Query, changes: Sequence[difference.Change]) -> Iterator[dict[str, str]]:
    """The parameters with which a query is asked: defaults, declared ones, and the rows that changed."""
    yield {}
    if not query.pages:
        return  # only the command line asks
    yield from PARAMETERS.get(query.name, ())
    for parameter in query.parameters:
        if parameter.default == "none":
            continue  # without it, everything is shown already
        if parameter.name == "iso3" or (parameter.name, parameter.type) == ("year", "integer"):
            named = Counter(
                change.iso3 if parameter.name == "iso3" else change.of("year") for change in changes
            )
            named.pop("", None)
            most = PLACES if query.name in SUMMARIES else None
            values = sorted(value for value, _n in named.most_common(most))
        elif parameter.type == "instruments.instrument":
            values = sorted({change.of("instrument") for change in changes} - {""})
        else:
            continue
        yield from ({parameter.name: value} for value in values if value != parameter.default)


def _answer(
    name: str, snapshot: store.Snapshot, given: dict[str, str]
) -> "pd.DataFrame | duckdb.Error | None":
    try:
        return queries.run(name, snapshot, **given)
    except queries.QueryError:  # a code that this snapshot does not know: it has no rows
        return None
    except duckdb.Error as error:  # tables of an earlier version
        return error


def _compare(
    query: queries.Query, given: dict[str, str], old, new, words: Words, hidden: bool
) -> Iterator[FigureChange]:
    was, now = cells(old), cells(new)
    if was == now:
        return
    frame = new if new is not None else old
    columns = list(frame.columns)
    numbers = {name for name in columns if frame[name].dtype != object} - NAMING
    at = _key(columns, was, now, numbers)
    rows_was, rows_now = _keyed(was, at), _keyed(now, at)

    def open_(column: str) -> bool:
        return not hidden or column in OPEN or column in numbers

    def change(key: tuple, row: tuple, column: str, before: str | None, after: str | None) -> FigureChange:
        named = tuple((columns[i], value) for i, value in zip(at, key, strict=False) if open_(columns[i]))
        of = dict(zip(columns, row, strict=True))
        kind = _kind(query, column, before, after)
        if column and not open_(column):
            before, after = (None if value is None else "" for value in (before, after))
        iso3 = of.get("iso3") or given.get("iso3", "")
        what = _what(query, named, given, column, words)
        return FigureChange(
            query.name, query.question, query.pages, iso3, what, before, after, kind, column, named
        )

    def reading(row: tuple) -> str:
        rest = [
            each for i, each in enumerate(zip(columns, row, strict=True)) if i not in at and open_(each[0])
        ]
        return _reading(query, rest, words)

    for key, row in rows_now.items():
        earlier = rows_was.get(key)
        if earlier is None:
            yield change(key, row, "", None, reading(row))
            continue
        for column, before, after in zip(columns, earlier, row, strict=True):
            if before != after and not LINE.fullmatch(column):
                yield change(key, row, column, before, after)
    for key, row in rows_was.items():
        if key not in rows_now:
            yield change(key, row, "", reading(row), None)


def cells(frame: "pd.DataFrame | None") -> list[tuple[str, ...]]:
    """The rows of an answer as texts, "" for an empty cell."""
    if frame is None:
        return []
    columns = [
        [
            "" if empty else difference.text(value)
            for value, empty in zip(frame[name], frame[name].isna(), strict=True)
        ]
        for name in frame.columns
    ]
    return list(zip(*columns, strict=True))


def _key(columns: list[str], was: list[tuple], now: list[tuple], numbers: set[str]) -> list[int]:
    """The columns that name a row: as few from the left as are unique in both; all where none are.

    Counts never name a row, or every new count would be a new row.
    """
    if all(len(rows) <= 1 for rows in (was, now)):
        return []

    def unique(at: list[int]) -> bool:
        return all(len({tuple(row[i] for i in at) for row in rows}) == len(rows) for rows in (was, now))

    at: list[int] = []
    for i, name in enumerate(columns):
        if name in numbers:
            continue
        at.append(i)
        if unique(at):
            break
    else:
        return list(range(len(columns)))
    for i in at[::-1]:  # what the others say already (the region of a State)
        if columns[i] not in NAMING and unique([j for j in at if j != i]):
            at.remove(i)
    return at


def _keyed(rows: list[tuple], at: list[int]) -> dict[tuple, tuple]:
    """Rows by key; equal rows are counted on, so that none is lost."""
    seen: Counter = Counter()
    keyed = {}
    for row in rows:
        key = tuple(row[i] for i in at)
        keyed[*key, seen[key]] = row
        seen[key] += 1
    return keyed


def _kind(query: queries.Query, column: str, before: str | None, after: str | None) -> str:
    if query.name == "sources_used" or ORIGIN.fullmatch(column):
        return SOURCE
    if column and any(len(value.split()) > 5 for value in (before, after) if value):
        return TEXT
    return FIGURE


def _what(query: queries.Query, key: tuple[tuple[str, str], ...], given: dict[str, str], column: str, words: Words) -> str:
    """Row and column in words: “mines and explosive remnants of war, 2023, count”."""
    parts = [headings.value(name, value, words) for name, value in given.items() if value not in ("all", "any")]
    parts += [shorten(headings.value(name, value, words), 60) for name, value in key if value not in ("", "all")]
    heading = [headings.of(query, column, words, tables_behind(query.name))] if column else []
    return commas(dict.fromkeys([*parts, *heading]))


def _reading(query: queries.Query, cells: list[tuple[str, str]], words: Words) -> str:
    """What a row says outside its key, in words."""
    behind = tables_behind(query.name)
    says = [
        headings.reading(name, headings.of(query, name, words, behind), shorten(headings.value(name, value, words), 60), value)
        for name, value in cells
        if value and not ORIGIN.fullmatch(name) and not LINE.fullmatch(name)
    ]
    return semicolons([text for text in says if text][:READ])


def sentence(change: FigureChange, words: Words) -> str:
    """One change in words: “How many …? 2023, count: 219 → 231”."""
    return f"{change.question} {_told(change, words)}"


def _told(change: FigureChange, words: Words) -> str:
    if change.kind == UNKNOWN:
        return _("cannot be compared: the tables of one side lack what is asked")
    what = change.what or _("the answer")
    if change.old is None:
        return _("{what}: new{reading}").format(what=what, reading=f" ({change.new})" if change.new else "")
    if change.new is None:
        return _("{what}: no longer there{reading}").format(
            what=what, reading=f" ({change.old})" if change.old else ""
        )
    if change.old == change.new == "":
        return _("{what}: the content changed").format(what=what)
    old, new = difference.excerpts(change.old, change.new)
    return f"{what}: {headings.value(change.column, old, words)} → {headings.value(change.column, new, words)}"


def told(changes: Iterable[FigureChange], words: Words, cap: int = CAP) -> list[Told]:
    """The changes by query, in order, at most `cap` of each; what changes only in its sources comes last."""
    grouped: dict[tuple[bool, str], list[FigureChange]] = {}
    for change in sorted(changes, key=lambda change: ORDER.index(change.kind)):
        grouped.setdefault((change.kind == SOURCE, change.query), []).append(change)
    return [
        Told(
            name, found[0].question, found[0].pages,
            tuple(_told(change, words) for change in found[:cap]), max(0, len(found) - cap),
        )
        for (_quiet, name), found in grouped.items()
    ]  # fmt: skip


def page_titles(pages: Iterable[str]) -> list[str]:
    """Titles of pages by their address, as a menu shows them."""
    titles = {page.path or "overview": page.title for each in navigation.sections().values() for page in each}
    return [_("every page") if page == "all" else titles.get(page, page) for page in pages]


def bullets(changes: Sequence[FigureChange], words: Words, cap: int = CAP) -> list[str]:
    """Lines of a Markdown list: each question with its pages, then the figures that change."""
    if not changes:
        return [_("No figure changes.")]
    lines = []
    for each in told(changes, words, cap):
        pages = commas(page_titles(each.pages)) or _("only on the command line")
        lines.append(f"- **{difference.escape(each.question)}** ({difference.escape(pages)})")
        lines += [f"  - {difference.escape(line)}" for line in each.lines]
        if each.more:
            lines.append("  - " + more(each.more))
    return lines


def more(n: int) -> str:
    """“… and 3 more”."""
    return ngettext("… and {n} more", "… and {n} more", n).format(n=n)


AS_OF, TREATIES_AS_OF = "data_as_of", "treaties_as_of"
COMMENT = re.compile(r"--[^\n]*")
DEFINED = re.compile(r"CREATE\s+(?:VIEW|MACRO)\s+(\w+)(.*?)(?=\bCREATE\s+(?:VIEW|MACRO)\b|\Z)", re.DOTALL)
WORD = re.compile(r"\w+")
READ_FROM = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)|(\w+)\s*\(", re.IGNORECASE)


@cache
def _definitions() -> dict[str, str]:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((database.QUERIES / "views").glob("*.sql"))
    )
    return {name: body for name, body in DEFINED.findall(COMMENT.sub("", text))}


@cache
def tables_behind(name: str) -> frozenset[str]:
    """Everything that a query reads from, through every view and macro; AS_OF where it asks for the date of the data."""
    query = queries.get(name)
    days = {"data": AS_OF, "depositary": TREATIES_AS_OF}
    found: set[str] = {days[parameter.default] for parameter in query.parameters if parameter.default in days}
    waiting = [COMMENT.sub("", query.sql)]
    while waiting:
        named = {one or two for one, two in READ_FROM.findall(waiting.pop())} - found
        found |= named
        waiting += [_definitions()[word] for word in named if word in _definitions()]
    return frozenset(found)
