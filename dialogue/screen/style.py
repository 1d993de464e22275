"""The one stylesheet, in the colours of the reader."""

import streamlit as st

from dialogue.snapshot.reader import Mode
from dialogue.views import theme
from dialogue.views.addresses import static_url
from dialogue.words.i18n import _


def css() -> None:
    """Send the stylesheet; once a run, before anything else is drawn."""
    names = f"--va-serif:{theme.SERIF};--va-sans:{theme.SANS};--va-site:\"{_('Dialogue on Victim Assistance')}\";"
    # By address, because this goes over the wire at every rerun.
    sheets = "".join(f"@import url('{static_url(name)}');" for name in ("theme.css", "print.css"))
    paper = "" if theme.mode() == "light" else f"@media print{{:root{{{_colours('light')}}}}}"
    st.html(f"<style>{sheets}:root{{{names}{_colours(theme.mode())}}}{paper}</style>")


def _colours(mode: Mode) -> str:
    palette = theme.PALETTES[mode]
    used = ("ink", "secondary", "quiet", "paper", "panel", "accent", "grid", "outline")
    return "".join(f"--va-{name}:{getattr(palette, name)};" for name in used)
