"""People and resources: who takes part, tools and guidance, good practices, glossary."""

import streamlit as st

from dialogue.screen import address, filters, frame
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
    """A filter; None for its first option, “all”."""
    return filters.unless_all(name, words, OPTIONS[name], width=width, on_change=filters.first_page)


address.read(
    {
        "view": VIEWS,
        **OPTIONS,
        "page": filters.is_page,
        "term": lambda text: len(text) <= LONGEST and text.isprintable(),
    }
)
top = st.container()
with st.container(horizontal=True, key="va-filters"):
    part = filters.parts("view", _("View"), VIEWS, on_change=filters.first_page)
    if part == "people":
        shown, lead = library.people(), _("Who has a part in the dialogue on victim assistance.")
    elif part == "resources":
        narrowed = {
            "question": choose("question", _("Guiding question")), "type": choose("type", _("Kind"), 260),
            "language": choose("language", _("Language"), 170), "year": choose("year", _("Year"), 150),
        }  # fmt: skip
        shown = library.resources(*narrowed.values())
        lead = _("Tools, guidance and documents at the disposal of States Parties.")
    elif part == "practices":
        iso3, question = choose("state", _("State")), choose("question", _("Guiding question"))
        shown, lead = (
            library.practices(iso3, question),
            _("What States have tried, to learn from each other."),
        )
    else:
        term = filters.text("term", _("Look for a word"), LONGEST, width=360, on_change=filters.first_page)
        shown, lead = (
            library.glossary(term),
            _("The terms of the field, and where they are defined."),
        )

with top:
    head = frame.page(_("People and resources"), shown.title, lead)
if part == "people":
    frame.text(shown, heading=False)
    st.html(shown.body)
    frame.details(shown)
else:
    frame.text(shown, heading=False)
    frame.rows(shown, PER_PAGE)
head.link()
