"""Guiding questions (a) to (g): one view a question, to talk from for five minutes."""

import streamlit as st

from dialogue.screen import address, crosstable, filters, frame, links
from dialogue.snapshot import reader
from dialogue.views.dialogue import questions
from dialogue.views.dialogue.questions import sides
from dialogue.words.i18n import _

CODES = questions.codes()
# the evidence needs its width; beside it everything else stands in one column or two
SHARES = {"large": [0.58, 0.42], "wide": [0.72, 0.28]}
BRIEFS = ("docx", "pdf", "pptx", "xlsx")

address.read({"question": CODES})
width = reader.current().width
top = st.container()
question = filters.parts("question", _("Question"), CODES, label_visibility="collapsed")
shown = questions.evidence(question)
with top:
    head = frame.page(
        f"{_('Guiding questions')} · {sides.reference(question)}",
        shown.title,
        questions.asked(question),
    )
if width in SHARES:
    evidence, beside = st.columns(SHARES[width], gap="large")
else:
    evidence, beside = st.container(), st.container()
with evidence:
    crosstable.show(shown, heading=False)
    if width == "wide":
        st.html(sides.html_of(question, "gaps"))
with beside:
    st.html(sides.html_of(question, "basis" if width == "wide" else "all"))
links.files(f"question/{question}", BRIEFS, _("What is known on this question, as a brief:"))
links.files("dialogue", BRIEFS, _("What is known on all questions, as a brief:"))
head.link()
