"""Decks: which views are shown in which order, from ``data/decks.csv``, from a link or from a file.

A deck holds no figure of its own: it names views and their parameters, so that its
numbers are those of the pages.
"""

import base64
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Literal, get_args
from urllib.parse import urlencode

from dialogue.snapshot import queries, reader
from dialogue.tables import check as tables_check
from dialogue.tables.rows import Checked, Problem
from dialogue.views import addresses, catalogue
from dialogue.views.view import View
from dialogue.words import i18n

Kind = Literal["cover", "section", "statement", "figure", "two", "table", "end"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITHOUT_VIEW = ("cover", "section", "end")  # kinds that are words only
TABLE = "decks"
MOST = 60  # slides of a deck
LONGEST = 6_000  # characters of a packed link or file that are looked at
PLACE = re.compile(r"\{(\w+)\}")


class DeckError(ValueError):
    """A deck that cannot be shown; the message says in one line what is wrong and what there is."""


@dataclass(frozen=True)
class Item:
    """One row of a deck. `given` are parameters of the view as text; `seconds` is 0 where no time is set."""

    kind: Kind
    view: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    message: str = ""
    note: str = ""
    seconds: int = 0


@dataclass(frozen=True)
class Deck:
    """A title and its items; `name` is "" for a deck that somebody assembled."""

    name: str
    title: str
    items: tuple[Item, ...]


def names() -> list[str]:
    """The decks of decks.csv, in alphabetical order."""
    return sorted(set(queries.run("decks")["deck"]))


def wants(name: str) -> tuple[str, ...]:
    """What a deck has to be told in its address, such as “state”."""
    rows = queries.run("decks", deck=name)
    return tuple(sorted({hole for text in rows["parameters"].dropna() for hole in PLACE.findall(text)}))


def briefings() -> dict[str, str]:
    """The States with a briefing: code and name, in the alphabetical order of their names."""
    found = {iso3: i18n.state(iso3) for iso3 in set(queries.run("obligation_matrix")["iso3"])}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def read(name: str, given: Mapping[str, str] | None = None) -> Deck:
    """A deck of decks.csv; `given` fills the places it leaves open (“chosen={state}”).

    Raises DeckError for an unknown deck and for a place that is not filled.
    """
    if name not in names():
        raise DeckError(f"there is no deck “{name[:80]}”; decks: {', '.join(names()) or 'none in these data'}")
    given = dict(given or {})
    missing = [hole for hole in wants(name) if not given.get(hole)]
    if missing:
        raise DeckError(f"the deck “{name}” needs {', '.join(missing)}, for example {missing[0]}=LBN")
    if "state" in given and given["state"] not in (known := briefings()):
        raise DeckError(f"there is no briefing on “{given['state'][:40]}”; States: {', '.join(sorted(known))}")
    items = tuple(
        Item(
            row.kind, row.view or "", pairs(PLACE.sub(lambda hole: given[hole[1]], row.parameters or "")),
            _titled(row.title or "", given), row.message or "", row.note or "", int(row.seconds or 0),
        )
        for row in queries.run("decks", deck=name).itertuples()
    )  # fmt: skip
    title = next((item.title for item in items if item.kind == "cover"), name)
    return Deck(name, title, items)


def _titled(text: str, given: Mapping[str, str]) -> str:
    """A title with the name of the State for “{state}”."""
    return text.replace("{state}", i18n.state(given["state"])) if "state" in given else text


def pairs(text: str) -> dict[str, str]:
    """“year=2024; region=africa” as a dictionary. Raises DeckError for anything else."""
    found = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        key, equals, value = part.partition("=")
        if not equals or not key.strip():
            raise DeckError(f"“{part[:80]}” is not written as name=value")
        found[key.strip()] = value.strip()
    return found


def written(given: Mapping[str, str]) -> str:
    """Parameters as they stand in decks.csv."""
    return "; ".join(f"{key}={value}" for key, value in given.items())


def item(shown: View, **said: str) -> Item:
    """The slide of a view as it stands on a page."""
    kind = "statement" if shown.cards else "figure" if shown.figure is not None else "table"
    return Item(kind, shown.name, catalogue.chosen(shown), **said)


def views(item: Item) -> list[View]:
    """The views of a slide; none of one that is words only. Raises catalogue.ViewError."""
    return [catalogue.build(name.strip(), item.given) for name in item.view.split("+")] if item.view else []


def address(shown: View, *, large: bool = False) -> str:
    """Where the player draws a view for the present reader, relative to the site; `large` for a window over its page."""
    for_whom = reader.current()
    asked = addresses.riding()
    asked |= {"mode": for_whom.mode} if for_whom.mode != "light" else {}
    asked |= {"large": "yes"} if large else {}
    asked = {**item(shown).given, **asked}
    return f"embed/{shown.name}" + (f"?{urlencode(asked)}" if asked else "")


# --- a deck that somebody assembled: in a link, or in a small file ---


def packed(deck: Deck) -> str:
    """A deck as a word for a link: letters, digits, “-” and “_” only."""
    text = json.dumps([deck.title, [row(item) for item in deck.items]], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(word: str) -> Deck:
    """The deck of a link. Raises DeckError where the link was cut or is none."""
    cut = "the link to this deck is not whole: copy it again, or open the deck’s file under “My deck”"
    if len(word) > LONGEST:
        raise DeckError("the link to this deck is too long")
    try:
        reading = zlib.decompressobj()
        content = reading.decompress(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)), 200_000)
        if not reading.eof:
            raise DeckError(cut)
        return from_rows(content)
    except DeckError:
        raise
    except (ValueError, TypeError, zlib.error, KeyError, AttributeError) as error:
        raise DeckError(cut) from error


def from_rows(text: str | bytes) -> Deck:
    """The deck of [title, rows] in JSON, as a link and a browser hold it. Raises DeckError."""
    try:
        title, rows = json.loads(text)
        return _checked(str(title), [_long(row) for row in rows])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, DeckError):
            raise
        raise DeckError("this is no deck") from error


def without_notes(deck: Deck) -> Deck:
    """The deck without what is for the speaker alone."""
    return replace(deck, items=tuple(replace(item, note="") for item in deck.items))


def framed(deck: Deck) -> Deck:
    """A deck that somebody assembled between a cover, where it has a title, and an end with the way to all figures."""
    kinds = [item.kind for item in deck.items]
    cover = (Item("cover", title=deck.title),) if deck.title and kinds[:1] != ["cover"] else ()
    end = (Item("end"),) if kinds[-1:] != ["end"] else ()
    return replace(deck, items=(*cover, *deck.items, *end))


def row(item: Item) -> list:
    """A slide as a link holds it, without what is empty at its end."""
    cells = [item.kind, item.view, written(item.given), item.title, item.message, item.note, item.seconds]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _long(row: Sequence) -> Item:
    kind, view, given, title, message, note, seconds = [*row, *["", "", "", "", "", "", 0][len(row) :]]
    return Item(kind, str(view), pairs(str(given)), str(title), str(message), str(note), int(seconds))


def as_file(deck: Deck) -> str:
    """A deck as a small text file, for the reader's own disk."""
    return json.dumps({"deck": deck.title, "slides": [asdict(item) for item in deck.items]}, ensure_ascii=False, indent=1)


def from_file(text: str) -> Deck:
    """The deck of a file that `as_file` wrote. Raises DeckError for any other file."""
    try:
        found = json.loads(text)
        return _checked(str(found["deck"]), [Item(**row) for row in found["slides"]])
    except DeckError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DeckError("this file is no deck that was saved here") from error


def _checked(title: str, items: Sequence[Item]) -> Deck:
    if len(items) > MOST:
        raise DeckError(f"a deck holds at most {MOST} slides; this one has {len(items)}")
    for n, item in enumerate(items, start=1):
        if item.kind not in KINDS:
            raise DeckError(f"slide {n} is of an unknown kind “{str(item.kind)[:40]}”; kinds: {', '.join(KINDS)}")
    return Deck("", title, tuple(items))


# --- decks.csv, checked like every table ---


def check(checked: Checked) -> Iterable[Problem]:
    """What is wrong in the rows of decks.csv: a view or a parameter that does not exist, a view that is missing."""
    table = checked.description.tables.get(TABLE) if checked.description else None
    if table is None:
        return
    columns = ["line", *(f.name for f in table.fields)]
    for values in checked.rows.get(TABLE, []):
        row = dict(zip(columns, values, strict=True))

        def problem(column: str, rule: str, row=row) -> Problem:
            return Problem(table.file, row["line"], column, str(row[column] or ""), rule)

        try:
            given = pairs(row["parameters"] or "")
        except DeckError as error:
            yield problem("parameters", str(error))
            continue
        if row["kind"] in WITHOUT_VIEW:
            if row["view"]:
                yield problem("view", f"a slide of the kind {row['kind']} shows no view; leave the cell empty")
            continue
        if not row["view"]:
            yield problem("view", f"a slide of the kind {row['kind']} needs a view; `python -m dialogue views` lists them")
            continue
        for name in row["view"].split("+"):
            try:
                listed = catalogue.get(name.strip())
            except catalogue.ViewError as error:
                yield problem("view", str(error))
                continue
            takes = [parameter.name for parameter in listed.parameters]
            for key in given:
                if key not in takes:
                    says = f"it takes {', '.join(takes)}" if takes else "it takes none"
                    yield problem("parameters", f"{name} has no parameter “{key[:40]}”; {says}")
            for parameter in listed.parameters:
                if parameter.default is None and parameter.name not in given:
                    yield problem("parameters", f"{name} needs {parameter.name}")


tables_check.ALSO.append(check)
