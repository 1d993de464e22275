"""Responses of States: what has come in, who has been asked, and the answers that may be shown."""

import streamlit as st

from dialogue.screen import address, crosstable, filters, frame, visit
from dialogue.views import view
from dialogue.views.dialogue import library
from dialogue.views.dialogue import responses as charts
from dialogue.words import i18n
from dialogue.words.i18n import _, label, state

PER_PAGE = 6
OPTIONS = {
    "question": {"all": _("All questions")}
    | {q: f"({q}) {label('question', q)}" for q in i18n.codes("question")},
    "state": {"all": _("All States")} | {iso3: state(iso3) for iso3 in charts.states()},
}


def take_cell(iso3: str, question: str) -> None:
    """Show the answers of a cell, a row or a column; all when it was the one shown."""
    if (st.session_state["state"], st.session_state["question"]) == (iso3 or "all", question or "all"):
        iso3 = question = ""
    st.session_state["state"], st.session_state["question"] = iso3 or "all", question or "all"


@visit.part
def published(question: str | None, iso3: str | None) -> None:
    """The answers that may be shown, a few at a time; an answer's own text is sent when it is opened."""
    shown = charts.answers(question, iso3)
    frame.text(shown)
    offset = 0
    if len(shown.data) > PER_PAGE:
        pages = -(-len(shown.data) // PER_PAGE)
        offset = (st.pagination(pages, key=f"answers_{question}_{iso3}") - 1) * PER_PAGE
    for place, row in enumerate(shown.data.iloc[offset : offset + PER_PAGE].itertuples(index=False)):
        if not place % 2:  # two beside each other, read row by row
            pair = st.columns(2, gap="medium")
        with pair[place % 2], st.container(border=True, gap="xsmall"):
            st.html(charts.summary(row))
            words = _("The answer in {language}").format(language=charts.language_name(row.language))
            key = f"answer_{row.iso3}_{row.question}_{row.received}"
            own = st.expander(view.literal(words), key=key, on_change="rerun", type="compact")
            if own.open:
                with own:
                    st.html(charts.in_own_words(row))
    if len(shown.data):
        frame.details(shown, table=False)


address.read(OPTIONS)
board = charts.board()
head = frame.page(
    _("Responses"),
    board.title,
    _("Answers of States with obligations for cluster munition victims to the guiding questions."),
)
question = iso3 = None
if charts.begun():
    with st.container(horizontal=True, key="va-filters"):
        question = filters.unless_all("question", _("Guiding question"), OPTIONS["question"], width=330)
        iso3 = filters.unless_all("state", _("State"), OPTIONS["state"], width=330)

if charts.begun():
    left, right = st.columns([0.7, 0.3], gap="medium")
    with left:
        crosstable.show(board, heading=False, chosen=(iso3 or "", question or ""), on_pick=take_cell)
    with right:
        contacts = charts.outreach()
        frame.text(contacts)
        st.html(library.table(contacts, blocks=False))
        frame.details(contacts, table=False)
    published(question, iso3)

st.html(
    f'<h2 class="va-finding">{_("What is asked, who is asked, when an answer is shown")}</h2>{charts.guide()}'
)
head.link()
