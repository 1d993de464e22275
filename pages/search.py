"""Search: one box that finds States, terms, questions, resources, documents and all else on these pages."""

import streamlit as st

from dialogue.screen import address, filters, frame, search_page
from dialogue.views import search
from dialogue.words.i18n import _

KINDS = {"all": _("All")} | search.kinds()

address.read({"q": lambda _text: True, "kind": KINDS, "page": filters.is_page})
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", key="va-filters"):
    asked = search_page.box()
    kind = filters.one("kind", _("Show"), KINDS, width=300, on_change=filters.first_page)

known = search.index()
found = known.find(asked) if asked else None
finding = search_page.finding(asked, found, known)
with top:
    head = frame.page(
        _("Search"),
        finding,
        _(
            "Words, codes such as LAO, names in English, French or Spanish: accents and capitals make no difference."
        ),
    )

if found is None:
    search_page.everything(known)
else:
    search_page.notes(found)
    if kind == "all":
        search_page.results(found, asked)
    else:
        search_page.one_kind(found, kind)
    if not found.total:
        search_page.everything(known)
search_page.help_reader(finding, empty=not asked)
head.link()
