"""Affected States: one map, four things it can show, and the card of the chosen State."""

from datetime import date

import streamlit as st

from dialogue.screen import address, filters, frame, map_page
from dialogue.views.evidence import state_card, world_map
from dialogue.words import i18n
from dialogue.words.i18n import _

SHOWS = {
    "obligations": _("Article 5 obligations"),
    "victims": _("New victims in a year"),
    "all_time": _("All-time casualties"),
    "membership": _("Membership"),
}
INSTRUMENTS = {code: i18n.label("instrument_short", code) for code in world_map.INSTRUMENTS}
REGIONS = {code: _("World") if code == "world" else i18n.label("region", code) for code in world_map.regions()}

years = world_map.years()
states = dict(sorted(((iso3, i18n.state(iso3)) for iso3 in world_map.states()), key=lambda item: item[1]))

head = st.container()
address.read(
    {
        "show": SHOWS,
        "year": years,
        "instrument": INSTRUMENTS,
        "region": REGIONS,
        "state": states,
        "on": lambda text: any(world_map.is_step(code, text) for code in INSTRUMENTS),
    }
)
with st.container(horizontal=True, vertical_alignment="bottom", key="va-filters"):
    show = filters.parts("show", _("The map shows"), SHOWS)
    year, instrument, on = years[-1], "CCM", world_map.steps("CCM")[-1]
    if show == "victims":
        year = filters.stop("year", _("Year"), years, width=300, persist_state="page")
    if show == "membership":
        instrument = filters.one("instrument", _("Instrument"), INSTRUMENTS, width=230, persist_state="page")
        on = map_page.date_of(instrument)
    region = filters.one("region", _("Region"), REGIONS, width=150)

left, right = st.columns([7, 3], gap="medium")
with right, st.container(horizontal=True, vertical_alignment="bottom", key="va-state"):
    state = filters.one_or_none("state", _("State"), states, placeholder=_("Choose a State"), width=300)
    st.button(_("Clear"), key="clear", on_click=map_page.clear, disabled=state is None)

look = {"region": region, "chosen": state or ""}
shown = {
    "obligations": lambda: world_map.obligations(**look),
    "victims": lambda: world_map.victims(year, **look),
    "all_time": lambda: world_map.all_time(**look),
    "membership": lambda: world_map.membership(instrument, date.fromisoformat(on), **look),
}[show]()
lead = _("Which States are named as having cluster munition victims, what is recorded of them, and who is party to which convention.")
with head:
    page = frame.page(_("Affected States"), shown.title, lead, place=states[state] if state else "")
with left:
    with st.container(key="va-map"):
        frame.show(shown, heading=False, on_select=map_page.pick, height="stretch")
    st.html(world_map.disclaimer())
with right:
    if state:
        card = state_card.card(state)
        st.html(state_card.html(card))
        frame.details(card)
    else:
        happened = world_map.happened(instrument, date.fromisoformat(on)) if show == "membership" else []
        st.html(state_card.summary(shown, happened))

if show == "obligations":
    lists = world_map.differences()
    frame.listing(lists)

page.link()
