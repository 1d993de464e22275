"""Tables of signs and words: what a table view holds, and how it is told to whoever draws it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dialogue.views import theme
from dialogue.views.view import View
from dialogue.words import habits, i18n

# Signs on 16 by 16 units; `c` is the colour, `line` an outline that stands out on any ground.
SHAPES = {
    "disc": '<circle cx="8" cy="8" r="6.8" fill="{c}"/>',
    "half": '<g fill="none" stroke="{line}" stroke-width="1.2"><circle cx="8" cy="8" r="6.3"/><path d="M8 1.7A6.3 6.3 0 0 0 8 14.3Z" fill="{c}"/></g>',
    "ring": '<circle cx="8" cy="8" r="5.6" fill="none" stroke="{c}" stroke-width="2"/>',
    "cross": '<path d="M2.5 2.5L13.5 13.5M13.5 2.5L2.5 13.5" stroke="{c}" stroke-width="3" fill="none"/>',
    "barred": '<g fill="none" stroke="{c}"><circle cx="8" cy="8" r="5.9" stroke-width="1.7"/><path d="M4.8 8H11.2" stroke-width="2.2"/></g>',
    "dash": '<path d="M3.5 8H12.5" stroke="{c}" stroke-width="2" fill="none"/>',
    "square": '<rect x="2.6" y="2.6" width="10.8" height="10.8" fill="none" stroke="{c}" stroke-width="1.6" stroke-dasharray="2.6 2"/>',
    "hourglass": '<path d="M2.5 1.5H13.5L8 8L13.5 14.5H2.5L8 8Z" fill="{c}"/>',
    "diamond": '<path d="M8 1.2L14.8 8L8 14.8L1.2 8Z" fill="{c}"/>',
    "hatch": '<path d="M1 15V1H15V15ZM1 8L8 1M1 15L15 1M8 15L15 8" fill="none" stroke="{c}"/>',
}

BOX = '<rect x="0.8" y="0.8" width="14.4" height="14.4" rx="2" fill="none" stroke="{line}" stroke-width="1.2"/><g transform="translate(3.2 3.2) scale(0.6)">{inside}</g>'


@dataclass(frozen=True)
class TableView(View):
    """A view drawn as a table instead of a figure; `drawing` is what `drawing()` returned."""

    drawing: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """One sign: its shape (of SHAPES, “boxed ” before it as needed), colour and meaning.

    `tint` is how strongly the colour fills the cell behind the text, 0 to 1. The
    shape “hatch” fills its cell.
    """

    shape: str
    colour: str
    label: str
    tint: float = 0.0


@dataclass(frozen=True)
class Flag:
    """What a cell can say beside its mark: a raised sign or, with a `frame`, a frame around it.

    The key shows `sign`, framed, and `label`.
    """

    sign: str
    label: str
    frame: Literal["", "solid", "dashed", "dotted"] = ""


def svg(shape: str, colour: str) -> str:
    """The inside of an SVG image of 16 by 16 units; “boxed disc” is a small disc in a box."""
    if shape.startswith("boxed "):
        return BOX.format(line=theme.palette().outline, inside=svg(shape.removeprefix("boxed "), colour))
    return SHAPES[shape].format(c=colour, line=theme.palette().outline)


def drawing(
    layout: Literal["dates", "signs", "cells", "words"],
    marks: Sequence[Mark],
    first: str,
    columns: Sequence[str | tuple[str, str]],
    sections: Sequence[tuple[str, Sequence[tuple]]],
    source: str,
    *,
    flags: Sequence[Flag] = (),
    empty: str = "",
    codes: tuple[Sequence[str], Sequence[str]] = ((), ()),
    groups: Sequence[tuple[str, int]] = (),
    aside: tuple[str, Sequence[str]] | None = None,
    widths: Sequence[str] = (),
    links: str = "",
) -> dict:
    """What the table needs, in compact form.

    `layout` says what a cell holds, and so what a phone makes of it: signs with
    dates (the year alone), many signs with a short text (signs alone), framed
    signs with a year (row by row), words (row by row).
    `first` names the column of row names; a column is a name, or a name and a remark
    that a phone leaves out; `sections` are (heading or "", rows), a row is
    (name, cells) or (name, cells, True) where nothing can be chosen; a cell is None,
    a text, or (index of a mark, text, index of a flag), the last two as needed.
    `empty` is what None means; `codes` are the rows and columns as `show` tells them;
    `groups` are headings over so many columns; `aside` is a column for the sections,
    its title and a text for each; `widths` are the widths of the columns; `links` is an
    address that the code of a row completes: its name then leads there.
    """
    colours = theme.palette()
    return {
        "layout": layout, "first": first, "columns": columns, "source": source, "empty": empty,
        "marks": [
            [svg(m.shape, m.colour), m.label, "hatch" if m.shape == "hatch" else mixed(m.colour, colours.paper, m.tint)]
            for m in marks
        ],
        "flags": [[flag.sign, flag.label, flag.frame] for flag in flags],
        "sections": packed(sections) if layout == "dates" else sections,
        "codes": codes, "groups": groups, "aside": aside, "widths": widths, "links": links,
        "dates": habits.date_words(i18n.language()) if layout == "dates" else None, "hatch": colours.obligation["no_info"],
    }  # fmt: skip


def packed(sections: Sequence[tuple[str, Sequence[tuple[str, Sequence]]]]) -> list:
    """Rows of signs with dates as one word a cell: 197 States then weigh 12 kB instead of 25.

    A word is the index of the mark and the days since 1970 in hexadecimal, or “~”
    and a date known to the year or month only.
    """

    def word(mark: int, since: str) -> str:
        if len(since) < 10:
            return f"{mark}~{since}" if since else str(mark)
        return f"{mark}{(date.fromisoformat(since) - date(1970, 1, 1)).days:x}"

    def row(cells: Sequence) -> str | Sequence:
        if any(cell is None or isinstance(cell, str) for cell in cells):
            return cells
        return " ".join(word(*cell) for cell in cells)

    return [(heading, [(name, row(cells)) for name, cells in rows]) for heading, rows in sections]


def mixed(colour: str, paper: str, share: float) -> str:
    """`share` of a colour over the paper, as one opaque colour; "" for none of it."""
    if not share:
        return ""
    parts = [(int(colour[i : i + 2], 16), int(paper[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(c * share + p * (1 - share)):02X}" for c, p in parts)
