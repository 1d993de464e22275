"""What a coordinator has given the data desk in this window: files, days, ticks, reasons, corrections.

It survives a look at the draft on other pages. Files are held only while they give a draft,
so that nothing that was refused is kept; and not past the moment at which a State takes an answer back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from dialogue.snapshot import live
from dialogue.tables.package import Days

_KEPT, _CARRIED = "_desk_kept", "_desk_carried"
UPLOAD = "desk_files"
YES, WHY = "desk_yes ", "desk_why "  # and the key of a question, or the place of a reason: a widget


@dataclass
class Kept:
    """See above; `withdrawals` tells when it was given."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    days: Days | None = None
    yes: set[str] = field(default_factory=set)
    why: dict[str, str] = field(default_factory=dict)
    corrections: list[Mapping[str, str]] = field(default_factory=list)
    withdrawals: int = 0


def kept() -> Kept:
    """What is kept in this window, with what the ticks and boxes on screen say now."""
    found: Kept = st.session_state.get(_KEPT) or Kept(withdrawals=live.withdrawals())
    if found.withdrawals != live.withdrawals():
        found = Kept(withdrawals=live.withdrawals())
        st.session_state.pop(_CARRIED, None)
    for name, value in st.session_state.items():
        if str(name).startswith(YES):
            (found.yes.add if value else found.yes.discard)(str(name).removeprefix(YES))
        elif str(name).startswith(WHY):
            found.why[str(name).removeprefix(WHY)] = str(value or "").strip()
    st.session_state[_KEPT] = found
    return found


def arrive() -> None:
    """Once a run, before the files are asked for: whoever comes back from another page finds those that were there."""
    if UPLOAD not in st.session_state:
        st.session_state[_CARRIED] = list(kept().files)


def carried() -> list[tuple[str, bytes]]:
    """Files that were dropped before another page was looked at."""
    return st.session_state.get(_CARRIED, [])


def hold(files: list[tuple[str, bytes]]) -> None:
    """Keep these files until the next look at the desk."""
    kept().files = files


def put_away() -> None:
    """Forget the files of before (for a button's `on_click`)."""
    st.session_state[_CARRIED] = []
    kept().files = []


def forget_correction(index: int) -> None:
    """Leave a correction out again (for a button's `on_click`)."""
    del kept().corrections[index]
