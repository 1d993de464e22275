"""Search: one box that finds States, terms, questions, resources, documents and all else on these pages."""

import streamlit as st

from dialogue.screen import frame, links, search_page
from dialogue.views import search
from dialogue.words.i18n import _

KINDS = {"all": _("All")} | search.kinds()

links.note_bad_address({"kind": KINDS, "page": str.isdecimal})
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", key="va-filters"):
    asked = search_page.box()
    kind = st.selectbox(
        _("Show"), list(KINDS), format_func=KINDS.get, key="kind", bind="query-params", width=300, on_change=search_page.first_page
    )  # fmt: skip

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

page = 1
if found is None:
    search_page.everything(known)
else:
    search_page.notes(found)
    if kind == "all":
        search_page.results(found, asked)
    else:
        page = search_page.one_kind(found, kind)
    if not found.total:
        search_page.everything(known)
search_page.help_reader(finding, empty=not asked)
head.link(q=asked, kind=kind, page=page)
