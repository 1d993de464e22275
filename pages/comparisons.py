"""Comparisons: the twelve and all States across instruments, what these ask for, and two series side by side."""

import streamlit as st

from dialogue.screen import address, crosstable, filters, frame
from dialogue.views.dialogue import crosswalk, victim_definitions
from dialogue.views.evidence import instruments, trends
from dialogue.words.i18n import _

PARTS = {
    "bound": _("Who is party"),
    "joining": _("Joining over time"),
    "asks": _("What is asked for"),
    "casualties": _("Casualties"),
    "survivors": _("Survivors"),
}
GROUPS = instruments.groups()
FIRST, AS_OF, LAST = instruments.days()
YEARS = instruments.years()
PILLARS, PLANS = crosswalk.pillars(), crosswalk.instruments()


def take_cell(pillar: str, plan: str) -> None:
    """Show a cell in detail; a heading changes the one half of it."""
    st.session_state["pillar"] = pillar or st.session_state["pillar"]
    st.session_state["instrument"] = plan or st.session_state["instrument"]


def bound() -> frame.Page:
    with bar:
        group = filters.one("group", _("States"), GROUPS, width=240)
        on = filters.day("on", _("On (year-month-day)"), FIRST, LAST, first=AS_OF, width=190)
    shown = instruments.who_is_bound(on, group)
    head = heading(shown.title, _("Who is party to which instrument, as the depositary counts, and since when."))
    crosstable.show(shown, heading=False)
    for more in (instruments.acts_after(), instruments.suspensions(on), instruments.disputed()):
        crosstable.show(more)
    return head


def joining() -> frame.Page:
    with bar:
        years = filters.span("years", _("Years"), *YEARS, width=420)
    shown = instruments.joining(*years)
    head = heading(shown.title, _("How membership of each instrument grew, and where States have left."))
    frame.show(shown, heading=False)
    crosstable.show(instruments.withdrawals())
    return head


def asks() -> frame.Page:
    shown = crosswalk.asks()
    head = heading(shown.title, _("What each instrument and plan asks for on victim assistance, and how firmly."))
    with bar:
        pillar = filters.one("pillar", _("Pillar"), PILLARS, width=220)
        plan = filters.one("instrument", _("Instrument or plan"), PLANS, width=220)
    left, right = st.columns([0.8, 0.2], gap="medium")
    with right, st.container(key="va-detail"):
        st.html(crosswalk.detail(pillar, plan))
    with left, st.container(key="va-asks"):
        crosstable.show(shown, heading=False, chosen=(pillar, plan), on_pick=take_cell)
    frame.lead("integrated-approach?view=victims", victim_definitions.heading())
    return head


def casualties() -> frame.Page:
    shown = trends.world_pair()
    head = heading(shown.title, _("Cluster munitions beside mines and other explosive remnants of war: never added."))
    frame.show(shown, heading=False)
    return head


def survivors() -> frame.Page:
    shown = instruments.survivors_named()
    head = heading(shown.title, _("Where two conventions speak of the same survivors, and where only one does."))
    crosstable.show(shown, heading=False)
    crosstable.show(instruments.survivors(), heading=False)
    crosstable.show(instruments.protocol_v())
    return head


def heading(title: str, lead: str) -> frame.Page:
    with top:
        return frame.page(_("Comparisons"), title, lead)


address.read(
    {
        "view": PARTS, "group": GROUPS, "on": filters.is_day(FIRST, LAST),
        "years": address.Several(filters.is_year(*YEARS), most=2), "pillar": PILLARS, "instrument": PLANS,
    }
)  # fmt: skip
top = st.container()
bar = st.container(horizontal=True, key="va-filters")
with bar:
    part = filters.parts("view", _("Compare"), PARTS)
draw = {"bound": bound, "joining": joining, "asks": asks, "casualties": casualties, "survivors": survivors}
draw[part]().link()
