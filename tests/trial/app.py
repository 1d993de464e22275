"""The dashboard with trial pages in place of its own, for the tests of the frame."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# streamlit run puts this folder on the path, not the project's.
sys.path.insert(0, str(HERE.parent.parent))

import streamlit as st  # noqa: E402

from dialogue import navigation  # noqa: E402
from dialogue.navigation import Page  # noqa: E402
from dialogue.screen import failure  # noqa: E402
from dialogue.views.addresses import ROOT  # noqa: E402
from dialogue.web import server  # noqa: E402


def sections() -> dict[str, list[Page]]:
    """Return the trial pages; absolute paths win over the folder of the real ones."""
    names = ["chart", "failing", "misspelt", "bare"]
    pages = [Page(name, str(HERE / f"{name}.py"), name) for name in names]
    return {"": [Page("", str(HERE / "map.py"), "map")], "Trial": pages}


navigation.sections = sections

app = st.App(
    ROOT / "dialogue" / "main.py",
    routes=server.routes(),
    middleware=server.middleware(),
    lifespan=server.lifespan,
    on_script_error=failure.show,
)
