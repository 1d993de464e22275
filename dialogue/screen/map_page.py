"""What the page with the map remembers: the State that was clicked, and the replay of dates."""

import streamlit as st

from dialogue.screen import address, filters
from dialogue.views.evidence import world_map
from dialogue.words.i18n import _

SECONDS = 1.5  # that a date of the replay stays


def pick() -> None:
    """Take the State that was clicked; a second click lets it go."""
    memory = st.session_state
    clicked = world_map.picked(memory.get(f"map_{memory['show']}_chart"))
    if clicked:
        memory["_clicked"] = memory["state"] = clicked
    else:  # the chart knows the second click on a State only as “nothing chosen”
        last = memory.get("_clicked")
        memory["state"] = None if memory.get("state") == last else last


def clear() -> None:
    """Let the chosen State go."""
    st.session_state["state"] = None


def date_of(instrument: str) -> str:
    """Draw the slider of dates with its replay; returns the date shown (ISO)."""
    memory = st.session_state
    dates = world_map.steps(instrument, address.asked("on"))
    if memory.pop("_next", False) and memory.get("on") in dates:
        memory["on"] = dates[min(dates.index(memory["on"]) + 1, len(dates) - 1)]
    if "on" in memory and memory["on"] not in dates:  # another instrument, with later first acts
        memory["on"] = dates[-1]
    on = filters.stop("on", _("On (year-month-day)"), dates, width=380, persist_state="page")
    memory["_playing"] = memory.get("_playing", False) and on != dates[-1]
    st.button(_("Pause") if memory["_playing"] else _("Replay by year"), key="play", on_click=_play)
    if memory["_playing"]:
        _tick()
    return on


def _play() -> None:
    """Start the replay, from the first date if it stands at the last; or stop it."""
    memory = st.session_state
    memory["_playing"] = not memory.get("_playing")
    dates = world_map.steps(memory["instrument"])
    if memory["_playing"] and memory["on"] == dates[-1]:
        memory["on"] = dates[0]


@st.fragment(run_every=SECONDS)
def _tick() -> None:
    """Ask for the next date, once the date before has been seen."""
    if st.session_state.pop("_seen", False):
        st.session_state["_next"] = True
        st.rerun()
    st.session_state["_seen"] = True
