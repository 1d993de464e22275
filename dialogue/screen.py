"""How wide the reader's window is, for figures that need fewer columns or labels on a phone."""

from typing import Literal

import streamlit as st

Width = Literal["narrow", "medium", "wide", "large"]

_JS = """
export default function ({ data, setStateValue }) {
  const tell = () => {
    const width = innerWidth < 700 ? "narrow" : innerWidth < 1200 ? "medium" : innerWidth < 1700 ? "wide" : "large";
    if (width !== data.width) setStateValue("width", width);
  };
  tell();
  addEventListener("resize", tell);
  return () => removeEventListener("resize", tell);
}
"""

# Registered once, at import: a second registration of the name would warn.
_probe = st.components.v2.component("screen_width", js=_JS)


def width() -> Width:
    """Return how wide the window is; once a page.

    The first run guesses from what the browser calls itself, so that a phone or
    a desktop needs no second run; the browser corrects a wrong guess.
    """
    known = st.session_state.get("screen", {}).get("width") or _guess()
    with st.container(key="va-screen"):
        found = _probe(
            key="screen",
            data={"width": known},
            default={"width": known},
            on_width_change=lambda: None,
            height=1,
        )
    return found.width or known


def _guess() -> Width:
    return "narrow" if "Mobi" in (st.context.headers.get("User-Agent") or "") else "wide"
