"""Psychosocial impact and new use: one view for side events, from the data only."""

import streamlit as st

from dialogue.screen import address, frame
from dialogue.snapshot import reader
from dialogue.views.dialogue import new_use
from dialogue.words.i18n import _

address.read({})
width = reader.current().width
attacks = new_use.attacks()
head = frame.page(
    _("Psychosocial impact and new use"),
    attacks.title,
    _(
        "What the data say on new use, on who is killed and injured, and on mental health and psychosocial support; and what they do not say."
    ),
)
st.html(new_use.STYLE + new_use.named())
if width == "large":
    left, middle, right = st.columns([0.46, 0.27, 0.27], gap="medium")
elif width == "wide":
    left, right = st.columns([0.62, 0.38], gap="medium")
    middle = left
else:
    left = middle = right = st.container()
who, correction, support = new_use.who(), new_use.correction(), new_use.support()
with left:
    frame.show(attacks, heading=False)
with middle if width == "large" else right:
    st.html(new_use.who_html(who))
    frame.details(who)
with middle:
    st.html(new_use.correction_html(correction))
    frame.details(correction, table=False)
with right:
    st.html(new_use.support_html(support))
    frame.details(support)
head.link()
