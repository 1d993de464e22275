"""New victims: the world by year, States, who the victims are, question (g), two series side by side."""

import streamlit as st

from dialogue.screen import address, filters, frame
from dialogue.views.evidence import panels, trends, victims
from dialogue.words import i18n
from dialogue.words.i18n import _, label

PARTS = {
    "world": _("World by year"),
    "states": _("By State"),
    "who": _("Who the victims are"),
    "question": _("Question (g)"),
    "pair": _("With mines and ERW"),
}
WEAPONS = {code: label("weapon", code) for code in panels.SERIES}
CAUSES = {code: label("cause", code) for code in panels.CAUSES}
GROUPS = {
    code: {panels.ALL: _("All"), panels.TWELVE: _("The twelve")}.get(code) or label("region", code)
    for code in panels.groups()
}
PUBLISHERS = {"monitor": _("Monitor only"), "any": _("Others beside it")}
SCALES = {"common": _("Common"), "own": _("Own")}
PLACES = {code: i18n.state(code) for code in victims.all_places()}
YEARS = panels.years()

top = st.container()
address.read(
    {
        "view": PARTS, "weapon": WEAPONS, "cause": CAUSES, "from": YEARS, "to": YEARS, "group": GROUPS,
        "publisher": PUBLISHERS, "scale": SCALES, "place": PLACES,
    }
)  # fmt: skip
bar = st.container(horizontal=True, vertical_alignment="bottom", key="va-filters")
with bar:
    part = filters.parts("view", _("Show"), PARTS)
if part == "world":
    shown = [trends.world_cluster_munitions()]
elif part == "states":
    with st.container(horizontal=True, key="nv-filters"):
        weapon = filters.one("weapon", _("Casualties of"), WEAPONS, width=260)
        cause = "all"
        if weapon == "cluster_munition":
            cause = filters.one("cause", _("Cause"), CAUSES, width=150)
        first = filters.value("from", _("From"), YEARS, width=110)
        last = filters.value("to", _("To"), YEARS, first=YEARS[-1], width=110)
        group = filters.one("group", _("States"), GROUPS, width=160)
        publisher = filters.one("publisher", _("Publisher"), PUBLISHERS, width=190)
        scale = filters.one("scale", _("Scale"), SCALES, width=130)
    years = sorted((first, last))  # whichever way round they were chosen
    shown = [panels.by_state(weapon, cause, *years, group, publisher, scale == "own")]
elif part == "who":
    with bar:
        place = filters.one("place", _("Place"), PLACES, width=300)
    # two views, because the series and their bases differ
    shown = [victims.shares(weapon, place) for weapon in WEAPONS]
    shown.sort(key=lambda view: view.data.empty)  # what was found comes first
elif part == "question":
    shown = [victims.four_states()]
else:
    shown = [trends.world_pair()]

with top:
    head = frame.page(
        _("New victims"),
        shown[0].title,
        _("People killed and injured, where, and who they are; victims under Article 2(1) include families and communities."),
    )
for n, view in enumerate(shown):
    frame.show(view, heading=n > 0)
if part == "question":
    st.html(victims.cards())
head.link()
