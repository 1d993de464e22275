"""Starts the dashboard: ``streamlit run app.py``.

The script that Streamlit runs is dialogue/main.py, not this file: a folder
``pages`` beside the entry script is taken for Streamlit's older multipage
mode, and the first deep link after a start then shows the wrong page.
"""

import streamlit as st

from dialogue.screen import failure
from dialogue.views.addresses import ROOT
from dialogue.web import server

app = st.App(
    ROOT / "dialogue" / "main.py",
    routes=server.routes(),
    middleware=server.middleware(),
    lifespan=server.lifespan,
    on_script_error=failure.show,
)
