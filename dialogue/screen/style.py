"""The one stylesheet, in the colours of the reader."""

import streamlit as st

from dialogue.views import theme
from dialogue.views.addresses import static_url
from dialogue.words.i18n import _


def css() -> None:
    """Send the stylesheet; once a run, before anything else is drawn."""
    colours = theme.palette()
    names = ("ink", "secondary", "quiet", "paper", "panel", "accent", "grid", "outline")
    variables = "".join(f"--va-{name}:{getattr(colours, name)};" for name in names)
    variables += f"--va-serif:{theme.SERIF};--va-sans:{theme.SANS};--va-site:\"{_('Dialogue on Victim Assistance')}\";"
    # By address, because this goes over the wire at every rerun.
    sheet = static_url("theme.css")
    st.html(f"<style>@import url('{sheet}');:root{{{variables}}}</style>")
