"""A table of signs and words: to click, to walk through with the arrow keys, to read on a phone, to save as an image."""

import contextlib
from collections.abc import Callable

import streamlit as st

from dialogue.screen import frame
from dialogue.snapshot import reader
from dialogue.views.addresses import static_url
from dialogue.views.signs import TableView
from dialogue.words.i18n import _

# The script comes by address, because Streamlit sends what stands here again at every rerun.
_LOADER = """
const script = import(new URL("SCRIPT", document.baseURI));
export default (component) => { script.then(() => window.va.crosstable(component)); };
"""

# Registered once, at import: a second registration of the name would warn.
_table = st.components.v2.component(
    "crosstable",
    html=f'<link rel="stylesheet" href="{static_url("crosstable.css")}"><div class="crosstable"></div>',
    # until its style sheet has come
    css=".crosstable { visibility: hidden; }",
    js=_LOADER.replace("SCRIPT", static_url("crosstable.js")),
)


def _fonts() -> dict[str, str]:
    """The font files that an image to save carries with it, so that it looks the same elsewhere."""
    faces = st.get_option("theme.fontFaces") or []
    return {face["family"].strip("'"): face["url"] for face in faces if "-latin-wght" in face["url"]}


def show(
    shown: TableView,
    *,
    heading: bool = True,
    level: int = 2,
    chosen: tuple[str, str] = ("", ""),
    on_pick: Callable[[str, str], None] | None = None,
) -> None:
    """Draw a view as a table between its words and its sources.

    `chosen` is the cell to mark, or a row or column with "" for the other; `on_pick`
    gets the codes of row and column when a reader chooses a cell, or one of them and
    "" for a heading.
    """
    frame.text(shown, heading=heading, level=level)
    name = f"{shown.key}_cells"
    codes = shown.drawing["codes"]

    def take() -> None:
        row, _sep, column = str(st.session_state[name].get("cell") or "").partition("|")
        if row in ("", *codes[0]) and column in ("", *codes[1]):
            on_pick(row, column)

    # paper is turned for a matrix
    matrix = shown.drawing["layout"] == "cells"
    with st.container(key=f"va-matrix-{shown.key}") if matrix else contextlib.nullcontext():
        _table(
            key=name,
            data={
                **shown.drawing,
                "label": shown.alt, "kicker": shown.kicker, "title": shown.title, "chosen": chosen,
                "pick": on_pick is not None, "fonts": _fonts(),
                "file": f"{shown.key}_{shown.as_of}_{reader.snapshot().fingerprint[:8]}",
                "words": {"png": _("Save as PNG image"), "svg": _("Save as SVG image")},
            },
            on_cell_change=take if on_pick else lambda: None,
        )  # fmt: skip
    # a table of words is its own twin
    frame.details(shown, table=shown.drawing["layout"] != "words")
