"""The matrix of States and indicators: a real table in the page, to click, to walk through and to save."""

from collections.abc import Callable, Mapping

import streamlit as st

from dialogue import server

# The files that an image to save carries with it, so that it looks the same elsewhere.
FONTS = {
    "Source Sans 3": "fonts/source-sans-3-latin-wght-normal.woff2",
    "Source Serif 4": "fonts/source-serif-4-latin-wght-normal.woff2",
}
# The script comes by address, because Streamlit sends what stands here again at every rerun.
LOADER = """
export default (component) => {
  let stop;
  import(new URL("%s", document.baseURI)).then((matrix) => { stop = matrix.default(component); });
  return () => stop && stop();
};
"""

# Registered once, at import: a second registration of the name would warn.
_table = st.components.v2.component(
    "matrix",
    html=f'<link rel="stylesheet" href="{server.static_url("matrix.css")}">\n<div class="matrix"></div>',
    # until its style sheet has come
    css=".matrix {\n  visibility: hidden;\n}",
    js=LOADER % server.static_url("matrix.js"),
)


def draw(drawing: Mapping[str, object], chosen: tuple[str, str], on_cell: Callable[[str, str], None]) -> None:
    """Draw a matrix; `drawing` is what `charts.obligations.matrix` prepared.

    `chosen` is the State and the indicator shown in detail, "" for none;
    `on_cell` gets both when a reader chooses a cell, or one of them for a heading.
    """

    def take() -> None:
        state, _, indicator = str(st.session_state["matrix"].get("cell") or "|").partition("|")
        on_cell(state, indicator)

    fonts = {family: server.static_url(file) for family, file in FONTS.items()}
    _table(key="matrix", data={**drawing, "chosen": list(chosen), "fonts": fonts}, on_cell_change=take)
