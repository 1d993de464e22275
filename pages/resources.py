"""People and resources: who takes part, tools and guidance, good practices, glossary."""

import streamlit as st

from dialogue.screen import frame, links
from dialogue.views.dialogue import library
from dialogue.words import i18n
from dialogue.words.i18n import _, label

PER_PAGE = 12
LONGEST = 80  # letters of a search
VIEWS = {
    "people": _("People and bodies"),
    "resources": _("Resources"),
    "practices": _("Good practices"),
    "glossary": _("Glossary"),
}
OPTIONS = {
    "question": {"all": _("All questions")}
    | {q: f"({q}) {label('question', q)}" for q in i18n.codes("question")},
    "type": {"all": _("All kinds")} | library.kinds(),
    "language": {"all": _("All languages")} | library.languages(),
    "year": {"all": _("All years")} | library.years(),
    "state": {"all": _("All States")} | library.states(),
}


def choose(name: str, words: str, width: int = 300) -> str | None:
    """A bound filter; None for its first option, “all”."""
    labels = OPTIONS[name]
    chosen = st.selectbox(
        words,
        list(labels),
        format_func=labels.get,
        key=name,
        bind="query-params",
        width=width,
        on_change=first_page,
    )
    return None if chosen == "all" else chosen


def first_page() -> None:
    st.session_state["page"] = 1


def rows(shown: library.LibraryView) -> None:
    """A view as a table, a page of rows at a time."""
    frame.text(shown, heading=False)
    offset = 0
    if len(shown.cells) > PER_PAGE:
        number = st.pagination(-(-len(shown.cells) // PER_PAGE), key="page", bind="query-params")
        offset = (number - 1) * PER_PAGE
    if shown.cells:
        st.html(library.table(shown, offset, PER_PAGE))
        frame.details(shown, table=False)


links.note_bad_address(
    {
        "view": VIEWS,
        **OPTIONS,
        "page": str.isdigit,
        "term": lambda text: len(text) <= LONGEST and text.isprintable(),
    }
)
top = st.container()
with st.container(horizontal=True, key="va-filters"):
    part = st.segmented_control(
        _("View"), list(VIEWS), format_func=VIEWS.get, default="people", required=True, key="view", bind="query-params",
        on_change=first_page, wrap=True,
    )  # fmt: skip
    state = {"view": part}
    if part == "people":
        shown, lead = library.people(), _("Who has a part in the dialogue on victim assistance.")
    elif part == "resources":
        narrowed = {
            "question": choose("question", _("Guiding question")), "type": choose("type", _("Kind"), 260),
            "language": choose("language", _("Language"), 170), "year": choose("year", _("Year"), 150),
        }  # fmt: skip
        shown = library.resources(*narrowed.values())
        lead = _("Tools, guidance and documents at the disposal of States Parties.")
        state |= {name: code or "all" for name, code in narrowed.items()}
    elif part == "practices":
        iso3, question = choose("state", _("State")), choose("question", _("Guiding question"))
        shown, lead = (
            library.practices(iso3, question),
            _("What States have tried, to learn from each other."),
        )
        state |= {"state": iso3 or "all", "question": question or "all"}
    else:
        term = st.text_input(
            _("Look for a word"),
            key="term",
            bind="query-params",
            max_chars=LONGEST,
            width=360,
            on_change=first_page,
        )
        shown, lead = (
            library.glossary((term or "").strip()),
            _("The terms of the field, and where they are defined."),
        )
        state |= {"term": term}

with top:
    head = frame.page(_("Dialogue"), shown.title, lead)
if part == "people":
    frame.text(shown, heading=False)
    st.html(shown.body)
    frame.details(shown)
else:
    rows(shown)
head.link(**state)
