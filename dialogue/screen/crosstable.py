"""A table of signs and words: to click, to walk through with the arrow keys and to read on a phone."""

import contextlib
from collections.abc import Callable

import streamlit as st

from dialogue.screen import frame
from dialogue.views.addresses import static_url
from dialogue.views.signs import TableView

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
                "label": shown.alt, "chosen": chosen, "pick": on_pick is not None,
            },
            on_cell_change=take if on_pick else lambda: None,
        )  # fmt: skip
    # a table of words is its own twin
    frame.details(shown, table=shown.drawing["layout"] != "words")
