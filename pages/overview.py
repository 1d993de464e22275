"""Overview: where we stand."""

import html

import streamlit as st

from dialogue.screen import address, frame
from dialogue.views.evidence import overview, world_map
from dialogue.words.i18n import _

address.read({})
headlines, changes = overview.headlines(), overview.changes()

head = frame.page(
    _("Overview"),
    headlines.title,
    _(
        "The Dialogue on Victim Assistance asks the States Parties with cluster munition victims what they need to "
        "assist them, and gathers what works. This dashboard brings together the evidence that the dialogue rests "
        "on, each figure with its source."
    ),
)
frame.cards(headlines.table.itertuples(index=False))
frame.details(headlines)

left, right = st.columns([3, 2], gap="large")
with left:
    with st.container(key="va-map-small"):
        frame.show(world_map.small(), height="stretch")
    st.html(overview.profiles() + world_map.disclaimer())
with right:
    frame.text(changes)
    st.html(
        '<dl class="va-list">'
        + "".join(
            f"<dt>{html.escape(date)}</dt><dd>{html.escape(change)} <small>{html.escape(source)}</small></dd>"
            for date, change, source in changes.table.itertuples(index=False)
        )
        + "</dl>"
    )
    frame.details(changes)
head.link()
