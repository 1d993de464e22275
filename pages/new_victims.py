"""New victims: the world by year, States, who the victims are, question (g), two series side by side."""

import streamlit as st

from dialogue.screen import frame, links, window
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
WEAPONS = {code: label("weapon", code) for code in ("cluster_munition", "mine_erw")}
CAUSES = {code: label("cause", code) for code in ("all", "attack", "remnant")}
GROUPS = {
    panels.ALL: _("All"),
    panels.TWELVE: _("The twelve"),
    **{code: label("region", code) for code in i18n.codes("region")},
}
PUBLISHERS = {"monitor": _("Monitor only"), "any": _("Others beside it")}
SCALES = {"common": _("Common"), "own": _("Own")}
PLACES = {code: i18n.state(code) for weapon in WEAPONS for code in victims.places(weapon)}
YEARS = panels.years()
COLUMNS = {"narrow": 2, "medium": 4, "wide": 6, "large": 8}

width = window.width()
narrow = width == "narrow"
top = st.container()
links.note_bad_address(
    {
        "view": PARTS, "weapon": WEAPONS, "cause": CAUSES, "from": YEARS, "to": YEARS, "group": GROUPS,
        "publisher": PUBLISHERS, "scale": SCALES, "place": PLACES,
    }
)  # fmt: skip
part = st.segmented_control(
    _("Show"),
    list(PARTS),
    format_func=PARTS.get,
    default="world",
    required=True,
    key="view",
    bind="query-params",
)
state = {"view": part}


def choose(words: str, key: str, labels: dict[str, str], width: int = 200) -> str:
    """Draw one filter and keep its value for the copied link."""
    value = st.selectbox(
        words, list(labels), format_func=labels.get, key=key, bind="query-params", width=width
    )
    state[key] = value
    return value


if part == "world":
    shown = [trends.world_cluster_munitions(narrow)]
elif part == "states":
    with st.container(horizontal=True, key="nv-filters"):
        weapon = choose(_("Casualties of"), "weapon", WEAPONS, 300)
        cause = choose(_("Cause"), "cause", CAUSES, 150) if weapon == "cluster_munition" else "all"
        first = st.selectbox(_("From"), YEARS, key="from", bind="query-params", width=110)
        last = st.selectbox(_("To"), YEARS, index=len(YEARS) - 1, key="to", bind="query-params", width=110)
        group = choose(_("States"), "group", GROUPS, 160)
        publisher = choose(_("Publisher"), "publisher", PUBLISHERS)
        scale = choose(_("Scale"), "scale", SCALES, 130)
    state |= {"from": first, "to": last}
    years = sorted((first, last))  # whichever way round they were chosen
    shown = [panels.by_state(weapon, cause, *years, group, publisher, scale == "own", COLUMNS[width])]
elif part == "who":
    place = choose(_("Place"), "place", PLACES, 300)
    # two views, because the series and their bases differ
    shown = [victims.shares(weapon, place, narrow) for weapon in WEAPONS]
    shown.sort(key=lambda view: view.data.empty)  # what was found comes first
elif part == "question":
    shown = [victims.four_states({"narrow": 1, "medium": 2}.get(width, 4))]
else:
    shown = [trends.world_pair(narrow)]

with top:
    head = frame.page(
        _("New victims"),
        shown[0].title,
        _("How many people cluster munitions kill and injure, where, and who they are."),
    )
    head.link(**state)
for n, view in enumerate(shown):
    frame.show(view, heading=n > 0)
if part == "question":
    st.html(victims.cards())
