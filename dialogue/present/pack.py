"""A deck made ready for the player: every slide as plain data, built from the same views as the pages.

What a slide holds is said in `Slide`; the player (static/player/player.js) draws it and
knows nothing else. A table too long for a hall is split over several slides, with the
letters as large as before.
"""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import pandas as pd
import segno

from dialogue.present import decks
from dialogue.present.decks import Deck, DeckError, Item
from dialogue.snapshot import reader
from dialogue.views import addresses, catalogue, places, view
from dialogue.views.signs import TableView
from dialogue.views.view import View
from dialogue.words import method
from dialogue.words.i18n import _, day, semicolons

# Room on the stage of 1280 by 720, in its pixels; the player draws table rows of these heights, and
# presses together what turns out higher, as long as a hall can read it.
STAGE, PADDING = 720, 36
WIDE = 1216  # of a line, in pixels
LETTER = 0.46  # width of a letter, in its size
LEAST = 200  # of a table below its head, whatever stands around it
HIGHEST = 720  # of a figure that may be pressed into the stage; the table of a higher one is shown
CHARACTERS = 150  # of a line of text over the whole width
LINE = 22  # of a line of text in a table
ROW = {"cells": 31, "dates": 33, "signs": 33, "words": 10}  # of a row, without its lines of text
FIRST = {"cells": (30, 0.69), "dates": (34, 0.8), "signs": (27, 0.82)}  # letters on a line of a row's name; what the columns share
NAMED = 3  # publishers that the source line names


@dataclass(frozen=True)
class Slide:
    """One slide.

    kind: cover, section, statement, figure, two, table or end. title: the finding.
    kicker, how: what is shown, how to read it. foot: lines of sources, date, version,
    disclaimer. live: the page of the view, relative to the site. part: (n, of) where a
    view takes several slides. bodies: what is drawn, one or two of
    {"figure": …}, {"drawing": …}, {"html": …}, {"cards": …}. note, message, seconds: for
    whoever speaks. alt: the slide in words.
    """

    kind: str
    title: str
    kicker: str = ""
    how: str = ""
    foot: tuple[str, ...] = ()
    live: str = ""
    part: tuple[int, int] | None = None
    bodies: tuple[dict, ...] = ()
    message: str = ""
    note: str = ""
    seconds: int = 0
    alt: str = ""


def pack(deck: Deck, site: str = "", *, notes: bool = True) -> dict:
    """A deck as data for the player, for the present reader.

    `site` is the address of the dashboard for links and QR code ("" where there is none);
    without `notes` nothing that a speaker wrote for herself is in it. A view that cannot
    be built becomes a slide that says why.
    """
    for_whom = reader.current()
    slides = [slide for item in deck.items for slide in _slides(item, deck, site)]
    if not notes:
        slides = [replace(slide, note="") for slide in slides]
    return {
        "deck": deck.name, "title": deck.title, "language": for_whom.language, "mode": for_whom.mode,
        "version": for_whom.snapshot.fingerprint, "site": site, "slides": [asdict(slide) for slide in slides],
        "words": words(),
    }  # fmt: skip


def script(packed: dict) -> str:
    """A pack as a classic script, which a page may load without a server."""
    # “</” would end a script element, U+2028 a line, wherever this text is put
    text = json.dumps(packed, ensure_ascii=False, default=_plain).replace("</", "<\\/")
    return f"va.deck({text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')});\n"


def words() -> dict[str, str]:
    """What the player itself says."""
    return {
        "slide": _("Slide {n} of {all}"), "part": _("part {n} of {all}"), "keys": _("Keys"), "notes": _("Speaker notes"),
        "next": _("Next"), "back": _("Previous slide"), "forward": _("Next slide"), "none": _("No note for this slide."), "elapsed": _("Elapsed"), "left": _("Left on this slide"),
        "awake": _("This browser does not keep the screen awake here: switch the screen saver off."),
        "blocked": _("The browser did not open the window with the notes: allow pop-up windows for this page."),
        "unreadable": _("This deck could not be read. Load the page again."), "black": _("Black screen: press B to go on"),
        "goto": _("Go to slide {n}"), "live": _("Live page"), "end": _("End of the deck"), "overview": _("Overview"),
        "ended": _("The presentation has ended."), "turn": _("Turn the phone sideways to read the slide."), "room": _("Room for phones"), "opened": _("Phones follow at"), "followers": _("Following: {n}"),
        "close": _("End the room"), "noroom": _("No room could be opened: the link has no key that is valid here, the server cannot be reached, or it has no room left."),
        "help": "\n".join(
            (
                _("Next: Page Down, →, ↓, space, Enter, N"), _("Back: Page Up, ←, ↑, Backspace, P"),
                _("First and last: Home, End; a number and Enter: that slide"), _("Black screen: B or ."),
                _("Speaker notes: S. Overview: G. Full screen: F"), _("Live page of this slide: L. Room for phones, where the link is one for a room: R. This help: ?"),
            )
        ),
    }  # fmt: skip


def one(name: str, given: Mapping[str, str], site: str = "") -> dict:
    """A pack of a single view, for a frame in another site. Raises catalogue.ViewError."""
    built = catalogue.build(name, given)  # a wrong name is the caller's to tell
    return pack(Deck("", built.title, (decks.item(built),)), site, notes=False)


def _slides(item: Item, deck: Deck, site: str) -> Iterator[Slide]:
    said = {"message": item.message, "note": item.note, "seconds": item.seconds}
    if item.kind in ("cover", "section", "end"):
        yield replace(_WORDS[item.kind](item, deck, site), **said)
        return
    try:
        views = [catalogue.build(name.strip(), item.given) for name in item.view.split("+")]
    except (catalogue.ViewError, DeckError) as error:
        yield Slide("section", _("This slide cannot be shown"), how=str(error), **said)
        return
    if item.kind == "two" and len(views) > 1:
        yield replace(_two(views[:2], item), **said)
        return
    shown = views[0]
    title = item.title or shown.title
    base = Slide(
        item.kind, title, shown.kicker, _how(shown), _foot(shown), _live(shown), alt=shown.alt, **said
    )
    if item.kind == "statement":
        yield replace(base, bodies=({"cards": _cards(shown)},) if _cards(shown) else ())
        return
    parts = list(bodies(shown, _room(base)))
    for n, body in enumerate(parts, start=1):
        part = (n, len(parts)) if len(parts) > 1 else None
        each = item.seconds // len(parts)  # the time of a row of the deck is that of all its slides
        seconds = each if n > 1 else item.seconds - each * (len(parts) - 1)
        yield replace(base, bodies=(body,), part=part, note=item.note if n == 1 else "", seconds=seconds)


def _room(slide: Slide) -> int:
    """Height that the words of a slide leave for what is drawn."""
    title = 32 if len(slide.title) <= 95 else 27 if len(slide.title) <= 150 else 23  # as the player sets it
    head = 30 + round(1.16 * title) * _lines(slide.title, WIDE / (LETTER * title))
    message = 6 + 24 * _lines(slide.message, WIDE / (LETTER * 19)) if slide.message else 0
    how = 4 + 19 * _lines(slide.how, WIDE / (LETTER * 15)) if slide.how else 0
    foot = 6 + sum(16 * _lines(line, (WIDE - 92) / (LETTER * 12.5)) for line in slide.foot)
    return STAGE - PADDING - head - message - how - foot


def bodies(shown: View, room: int = 570) -> Iterator[dict]:
    """What is drawn of a view: its figure, or its table in parts that a hall can read; `room` is the height for each."""
    if shown.figure is not None and (shown.figure.layout.height or 0) <= HIGHEST:
        yield {"figure": shown.figure.to_plotly_json(), "config": shown.config}
    elif isinstance(shown, TableView):
        for part in _drawings(shown.drawing, room):
            yield {"drawing": {**part, "label": shown.alt, "kicker": "", "title": "", "chosen": ["", ""], "pick": False}}
    else:
        table = view.twin(shown)
        for rows in _chunks(table, room):
            yield {"html": _table(table, rows, shown.alt)}


def _live(shown: View) -> str:
    """The page of a view, in the release and the language that are read."""
    return addresses.for_reader(places.address(shown))


def _how(shown: View) -> str:
    """How to read it, without the hint at keys and clicks of a page."""
    return shown.how if shown.figure is not None else ""


def _foot(shown: View) -> tuple[str, ...]:
    publishers = list(dict.fromkeys(view.documents(shown)["publisher"]))
    named = publishers[:NAMED]
    if len(publishers) > NAMED:
        named.append(_("{n} more").format(n=len(publishers) - NAMED))
    source = _("Source: {sources}. As of {as_of}. Data version {version}. Dialogue on Victim Assistance.").format(
        sources=semicolons(named) or _("this project’s own tables"), as_of=day(shown.as_of),
        version=reader.snapshot().fingerprint,
    )  # fmt: skip
    return (source, method.disclaimer()) if shown.name.startswith("world_map.") else (source,)


def _cover(item: Item, deck: Deck, _site: str) -> Slide:
    snapshot = reader.snapshot()
    foot = _("Data as of {date}, version {version}").format(date=day(snapshot.as_of), version=snapshot.fingerprint)
    return Slide("cover", item.title or deck.title, _("Dialogue on Victim Assistance"), item.message, (foot, method.disclaimer()))


def _section(item: Item, _deck: Deck, _site: str) -> Slide:
    return Slide("section", item.title, how=item.message)


def _end(item: Item, _deck: Deck, site: str) -> Slide:
    body = ()
    if site:
        code = segno.make(site, error="m").svg_inline(border=2, dark="#1B2A38", light="#FFFFFF", omitsize=True)
        told = html.escape(site)
        body = ({"html": f'<div class="qr" role="img" aria-label="{told}">{code}</div><p class="address">{told}</p>'},)
    licence = _("Tables: CC BY 4.0. Cite the source named beside a figure together with the dashboard.")
    return Slide("end", item.title or _("Every figure, with its source"), how=item.message, bodies=body, foot=(method.citation(), licence))


_WORDS = {"cover": _cover, "section": _section, "end": _end}


def _two(views: Sequence[View], item: Item) -> Slide:
    drawn = tuple({**next(bodies(each)), "title": each.title} for each in views)
    foot = tuple(dict.fromkeys(line for each in views for line in _foot(each)))
    return Slide(
        "two", item.title or views[0].title, _("Two figures, side by side"), foot=foot,
        live=_live(views[0]), bodies=drawn, alt=" ".join(each.alt for each in views),
    )  # fmt: skip


def _cards(shown: View) -> list[list[str]]:
    """The rows of a view of headline figures: number, what it counts, when, publisher."""
    if len(shown.table.columns) < 3:
        return []
    return [[_cell(value) for value in row[:4]] for row in shown.table.itertuples(index=False)]


# --- tables in parts ---


def _drawings(drawing: dict, room: int) -> Iterator[dict]:
    """A cross table in parts that fit the stage: whole rows, its key and head each time."""
    aside, codes = drawing["aside"], iter(drawing["codes"][0])
    lines = [
        # a row that cannot be chosen has no code
        (i, row, None if len(row) > 2 and row[2] else next(codes, None))
        for i, (_heading, rows) in enumerate(drawing["sections"])
        for row in rows
    ]
    head = 0 if aside else LINE + 12
    heights = [
        _row_height(drawing, row) + (head if drawing["sections"][i][0] and (not n or lines[n - 1][0] != i) else 0)
        for n, (i, row, _code) in enumerate(lines)
    ]
    for part in _parts(heights, room - _above(drawing)):
        chosen = [lines[n] for n in part]
        sections = list(dict.fromkeys(i for i, _row, _code in chosen))
        yield {
            **drawing,
            "sections": [(drawing["sections"][i][0], [row for at, row, _code in chosen if at == i]) for i in sections],
            "aside": (aside[0], [aside[1][i] for i in sections]) if aside else None,
            "codes": ([code for _i, _row, code in chosen if code is not None], drawing["codes"][1]),
        }


def _above(drawing: dict) -> int:
    """Height of the key and the head of a cross table."""
    said = [mark[1] for mark in drawing["marks"]] + [f"{flag[0]} {flag[1]}" for flag in drawing["flags"]]
    key = sum(44 + LETTER * 15 * len(text) for text in said)
    narrow = FIRST.get(drawing["layout"], (0, 0.8))[1] * WIDE / max(len(drawing["columns"]), 1)
    names = [column if isinstance(column, str) else " ".join(filter(None, column)) for column in drawing["columns"]]
    # a word longer than its column is broken
    lines = max((sum(_lines(word, narrow / 7.5) for word in name.split()) for name in names), default=1)
    upright = drawing["layout"] == "cells" and len(drawing["columns"]) > 6  # names of columns, see tables.css
    head = 116 if upright else 18 * min(lines, 5)
    return 14 + 26 * -(-int(key) // WIDE) + head + (28 if drawing["groups"] else 0)


def _parts(heights: Sequence[int], most: int) -> list[list[int]]:
    """Rows by part: as few parts as fit into `most`, and these of about the same height, so that none holds a row or two."""
    most = max(most, LEAST)
    fewest = len(_filled(heights, most))
    for room in range(sum(heights) // max(fewest, 1), most, LINE // 2):
        if len(_filled(heights, room)) == fewest:
            return _filled(heights, room)
    return _filled(heights, most)


def _filled(heights: Sequence[int], room: int) -> list[list[int]]:
    parts, left = [], 0
    for n, height in enumerate(heights):
        if not parts or height > left:
            parts.append([])
            left = room
        parts[-1].append(n)
        left -= height
    return parts


def _row_height(drawing: dict, row: Sequence) -> int:
    layout, packed = drawing["layout"], isinstance(row[1], str)
    cells = row[1].split(" ") if packed else row[1]
    columns = max(len(drawing["columns"]), 1)
    if layout == "words":
        wide = CHARACTERS * 0.8 / columns
        lines = max([_lines(_said(cell), wide) for cell in cells] + [_lines(row[0], CHARACTERS * 0.2)])
        return ROW["words"] + LINE * lines
    narrow = FIRST[layout][1] * WIDE / columns
    # a date in full, or a sign with its text and flag, that is wider than its column goes on below
    widest = 160 if packed else max((22 + 8 * len(_said(cell)) + 9 * (cell is not None and len(cell) > 2) for cell in cells), default=0)
    lines = max(_lines(row[0], FIRST[layout][0]), 1 if widest <= narrow else 2)
    return ROW[layout] + (LINE // 2 if layout == "cells" else LINE) * (lines - 1)


def _said(cell: object) -> str:
    return cell if isinstance(cell, str) else str(cell[1]) if cell and len(cell) > 1 and cell[1] else ""


def _lines(text: str, wide: float) -> int:
    return max(1, -(-len(text) // max(int(wide), 1)))


def _chunks(table: pd.DataFrame, room: int) -> list[list[int]]:
    """The rows of a plain table, in parts that fit."""
    weights = _weights(table)
    heights = [
        12 + LINE * max(_lines(_cell(value), CHARACTERS * w) for value, w in zip(row, weights, strict=True))
        for row in table.itertuples(index=False)
    ]
    head = 12 + LINE * max((_lines(str(name), CHARACTERS * w) for name, w in zip(table.columns, weights, strict=True)), default=1)
    return _parts(heights, room - head) or [[]]


def _weights(table: pd.DataFrame) -> list[float]:
    """How much of the width each column gets: by what it holds, and never less than its longest word."""
    shares = []
    for i, name in enumerate(table.columns):
        texts = [str(name), *map(_cell, table.iloc[:, i])]
        word = max((len(part) for text in texts for part in text.split()), default=1)
        longest = min(max(map(len, texts)), 240)
        shares.append(max(min(word, 24) + 2, longest**0.75))
    return [share / sum(shares) for share in shares]


def _table(table: pd.DataFrame, rows: Sequence[int], alt: str) -> str:
    heads = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in table.columns)
    cols = "".join(f'<col style="width:{100 * share:.1f}%">' for share in _weights(table))
    lines = "".join("<tr>" + "".join(f"<td>{html.escape(_cell(value))}</td>" for value in table.iloc[n]) + "</tr>" for n in rows)
    return (
        f'<table class="plain" aria-label="{html.escape(alt)}"><colgroup>{cols}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _plain(value: object) -> object:
    """What JSON does not know by itself: numbers and arrays of numpy, days."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be packed")
