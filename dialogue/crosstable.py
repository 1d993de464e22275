"""A table of signs and words: a real table in the page that fits a phone and can be saved as an image."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from dialogue import frame, i18n, server, store, theme
from dialogue.i18n import _
from dialogue.view import View

# Script and style are files of their own: written into the component they would be
# sent with every table (14 kB each time).
_LOADER = """
const at = (address) => new URL(address, document.baseURI);
const script = import(at("SCRIPT"));
const style = fetch(at("STYLE")).then((file) => file.text()).then((css) => new CSSStyleSheet().replace(css));

export default function (component) {
  const root = component.parentElement;
  root.latest = component;
  Promise.all([script, style]).then(([drawing, sheet]) => {
    if (root.latest !== component) return;
    root.adoptedStyleSheets = [sheet];
    drawing.default(component);
  });
}
"""

# Registered once, at import: a second registration of the name would warn.
_table = st.components.v2.component(
    "crosstable",
    html='<div class="crosstable"></div>',
    js=_LOADER.replace("SCRIPT", server.static_url("crosstable.js")).replace(
        "STYLE", server.static_url("crosstable.css")
    ),
)


@dataclass(frozen=True)
class TableView(View):
    """A view drawn as a table instead of a figure; `drawing` is what `drawing()` returned."""

    drawing: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """One sign: its shape (disc, half, ring, cross, dash, mark), colour and meaning.

    `tint` is how strongly the colour fills the cell behind the text, 0 to 1.
    """

    shape: str
    colour: str
    label: str
    tint: float = 0.0


def drawing(
    marks: Sequence[Mark],
    first: str,
    columns: Sequence[str | tuple[str, str]],
    sections: Sequence[tuple[str, Sequence[tuple[str, Sequence]]]],
    source: str,
    *,
    key: Sequence[tuple[str, str]] = (),
    widths: Sequence[str] = (),
    dates: bool = False,
    compact: bool = False,
) -> dict:
    """What the table needs, in compact form.

    `first` names the column of row names; a column is a name, or a name and a remark
    that a phone leaves out; `sections` are (heading or "", rows), a
    row is (name, cells), a cell is None, a text, or (index of a mark, text, flag).
    `key` explains the flags. `dates`: cell texts are dates (year alone on a phone).
    `compact`: a phone shows the signs without texts, and upright column names.
    """
    colours = theme.palette()
    return {
        "marks": [[m.shape, m.colour, m.label, mixed(m.colour, colours.paper, m.tint)] for m in marks],
        "first": first, "columns": list(columns), "sections": packed(sections) if dates else sections, "source": source,
        "key": list(key), "widths": list(widths), "dates": dates, "compact": compact,
        "language": i18n.language(),
        "colours": {name: getattr(colours, name) for name in ("ink", "secondary", "quiet", "paper", "grid", "outline")},
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


def _fonts() -> dict[str, str]:
    """The font files that an image to save carries with it, so that it looks the same elsewhere."""
    faces = st.get_option("theme.fontFaces") or []
    return {face["family"].strip("'"): face["url"] for face in faces if "-latin-wght" in face["url"]}


def show(
    shown: TableView,
    *,
    heading: bool = True,
    level: int = 2,
    chosen: tuple[int, int] | None = None,
    on_pick: Callable[[int, int], None] | None = None,
) -> None:
    """Draw a view as a table between its words and its sources.

    `chosen` is the cell to mark (row over all sections, column); `on_pick` gets
    row and column when a reader clicks a cell.
    """
    frame.text(shown, heading=heading, level=level)
    name = f"{shown.key}_cells"

    def take() -> None:
        row, _sep, column = str(st.session_state[name].get("cell") or "").partition("|")
        if row.isdigit() and column.isdigit():
            on_pick(int(row), int(column))

    _table(
        key=name,
        data={
            **shown.drawing,
            "label": shown.alt, "kicker": shown.kicker, "title": shown.title, "chosen": chosen,
            "pick": on_pick is not None, "fonts": _fonts(),
            "file": f"{shown.key}_{shown.as_of}_{store.current().fingerprint[:8]}",
            "words": {"png": _("Save as PNG image"), "svg": _("Save as SVG image")},
        },
        on_cell_change=take if on_pick else lambda: None,
    )  # fmt: skip
    # a table of words is its own twin
    frame.details(shown, table=not shown.drawing["widths"])
