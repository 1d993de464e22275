"""Integrated approach: what instruments ask for, what binds a State, where they add to each other, since when."""

import html

import streamlit as st

from dialogue.screen import address, crosstable, filters, frame
from dialogue.snapshot import reader
from dialogue.views.dialogue import approach, crosswalk, victim_definitions
from dialogue.words.i18n import _

PARTS = {
    "pillar": _("Pillar by pillar"),
    "state": _("What obliges a State"),
    "together": _("Where instruments add up"),
    "victims": _("Who counts as a victim"),
    "time": _("Timeline"),
}
PILLARS, STATES = crosswalk.pillars(), approach.states()
LEADS = {
    "pillar": _("One pillar: what instruments and plans ask for, and of whom."),
    "state": _("Every pillar: what obliges or commits one State, and since when."),
    "together": _("Which instruments oblige, commit or guide on the same pillar."),
    "victims": _("Whom the words of each text name, which harm, and what limits it."),
    "time": _("How instruments and plans of action came about; what is planned."),
}


def more(iso3: str) -> None:
    """Since when the State is party to what, and where to go on from here."""
    name = STATES[iso3]
    goals = {
        f"states?state={iso3}": _("Profile: {state}").format(state=name),
        f"integrated-approach?view=state&state={iso3}": _("What obliges: {state}").format(state=name),
        "comparisons?view=asks": _("All pillars and instruments in one table"),
        "integrated-approach?view=victims": victim_definitions.heading(),
    }
    leads = " · ".join(
        f'<a href="{html.escape(to)}" target="_self" style="color:var(--va-accent)">{html.escape(text)}</a>'
        for to, text in goals.items()
    )
    st.html(f'<p class="va-how">{html.escape(f"{name}. {approach.standings(iso3)}")}<br>{leads}</p>')


address.read({"view": PARTS, "pillar": PILLARS, "state": STATES})
top = st.container()
pillar = iso3 = None
with st.container(horizontal=True, key="va-filters"):
    part = filters.parts("view", _("Show"), PARTS)
    if part == "pillar":
        pillar = filters.one("pillar", _("Pillar"), PILLARS, width=380, persist_state="page")
    if part in ("pillar", "state"):
        iso3 = filters.one_or_none(
            "state", _("State"), STATES, placeholder=_("Choose a State"), width=340, persist_state="page"
        )

shown = {
    # who opens the page before a room singles no State out
    "pillar": lambda: approach.pillar(pillar, iso3) if iso3 else crosswalk.asks(),
    "state": lambda: approach.binds(iso3) if iso3 else approach.together(),
    "together": approach.together,
    "victims": victim_definitions.named,
    "time": approach.timeline,
}[part]()
with top:
    head = frame.page(_("Integrated approach"), shown.title, LEADS[part], place=STATES.get(iso3, ""))
if part == "time":
    frame.show(shown, heading=False)
    if reader.current().width == "narrow":  # a phone has no room for the figure
        st.html(approach.events_list(shown))
else:
    crosstable.show(shown, heading=False, chosen=("" if iso3 else pillar or "", ""))
    if iso3:
        more(iso3)
    if part == "victims":
        crosstable.show(victim_definitions.texts())
head.link()
