"""Comparisons: the twelve and all States across instruments, what these ask for, and two series side by side."""

from datetime import date

import streamlit as st

from dialogue.screen import crosstable, frame, links, window
from dialogue.views.dialogue import crosswalk
from dialogue.views.evidence import instruments, trends
from dialogue.words.i18n import _

PARTS = {
    "bound": _("Who is bound"),
    "joining": _("Joining over time"),
    "asks": _("What is asked for"),
    "casualties": _("Casualties"),
    "survivors": _("Survivors"),
}
GROUPS = instruments.groups()
FIRST, AS_OF, LAST = instruments.days()
YEARS = instruments.years()
PILLARS, PLANS = crosswalk.pillars(), crosswalk.instruments()


def a_day(text: str) -> bool:
    try:
        return FIRST <= date.fromisoformat(text) <= LAST
    except ValueError:
        return False


def a_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4 and YEARS[0] <= int(text) <= YEARS[1]


def choose(name: str, words: str, options: dict[str, str]) -> str:
    return st.selectbox(
        words, list(options), format_func=options.get, key=name, bind="query-params", width=270
    )


def take_cell(pillar: str, plan: str) -> None:
    """Show a cell in detail; a heading changes the one half of it."""
    st.session_state["pillar"] = pillar or st.session_state["pillar"]
    st.session_state["instrument"] = plan or st.session_state["instrument"]


def bound() -> tuple[frame.Page, dict]:
    with bar:
        group = choose("group", _("States"), GROUPS)
        on = st.date_input(
            _("On (year-month-day)"), value=AS_OF, min_value=FIRST, max_value=LAST, format="YYYY-MM-DD",
            key="on", bind="query-params", width=220,
        ) or AS_OF  # fmt: skip
    shown = instruments.who_is_bound(on, group)
    head = heading(shown.title, _("Who is bound by which instrument, and since when."))
    crosstable.show(shown, heading=False)
    for more in (instruments.acts_after(), instruments.suspensions(on), instruments.disputed()):
        crosstable.show(more)
    return head, {"group": group, "on": on}


def joining() -> tuple[frame.Page, dict]:
    with bar:
        years = st.slider(_("Years"), *YEARS, value=YEARS, key="years", bind="query-params", width=420)
    shown = instruments.joining(*years, narrow=width == "narrow")
    head = heading(shown.title, _("How membership of each instrument grew, and where States have left."))
    frame.show(shown, heading=False)
    crosstable.show(instruments.withdrawals())
    return head, {"years": list(years)}


def asks() -> tuple[frame.Page, dict]:
    shown = crosswalk.asks()
    head = heading(
        shown.title, _("What each instrument and plan asks for on victim assistance, and how firmly.")
    )
    with bar:
        pillar = choose("pillar", _("Pillar"), PILLARS)
        plan = choose("instrument", _("Instrument or plan"), PLANS)
    left, right = st.columns([0.8, 0.2], gap="medium")
    with right, st.container(key="va-detail"):
        st.html(crosswalk.detail(pillar, plan))
    with left:
        crosstable.show(shown, heading=False, chosen=(pillar, plan), on_pick=take_cell)
    return head, {"pillar": pillar, "instrument": plan}


def casualties() -> tuple[frame.Page, dict]:
    shown = trends.world_pair(narrow=width == "narrow")
    head = heading(
        shown.title, _("Cluster munitions beside mines and other explosive remnants of war: never added.")
    )
    frame.show(shown, heading=False)
    return head, {}


def survivors() -> tuple[frame.Page, dict]:
    shown = instruments.survivors()
    head = heading(
        shown.title, _("Where two conventions speak of the same survivors, and where only one does.")
    )
    crosstable.show(shown, heading=False)
    crosstable.show(instruments.protocol_v())
    return head, {}


def heading(title: str, lead: str) -> frame.Page:
    with top:
        return frame.page(_("Comparisons"), title, lead)


links.note_bad_address(
    {"view": PARTS, "group": GROUPS, "on": a_day, "years": a_year, "pillar": PILLARS, "instrument": PLANS}
)
width = window.width()
top = st.container()
bar = st.container(horizontal=True, key="va-filters")
with bar:
    part = st.segmented_control(
        _("Compare"), list(PARTS), format_func=PARTS.get, default="bound", required=True, key="view", bind="query-params", wrap=True
    )  # fmt: skip
draw = {"bound": bound, "joining": joining, "asks": asks, "casualties": casualties, "survivors": survivors}
head, state = draw[part]()
head.link(view=part, **state)
