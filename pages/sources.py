"""Sources and method: what every figure rests on."""

import streamlit as st

from dialogue.screen import frame, links
from dialogue.snapshot import reader
from dialogue.views.method import documents as views
from dialogue.words import i18n, method
from dialogue.words.i18n import _

SECTIONS = {
    "documents": _("Documents"),
    "rules": _("Rules"),
    "dictionary": _("Data dictionary"),
    "workplan": _("Work plan, checked"),
    "leads": _("Leads"),
    "boundaries": _("Boundaries"),
    "licence": _("Licence and citation"),
}
PER_PAGE = 25

kinds = {"all": _("All kinds")} | {code: i18n.label("source_kind", code) for code in i18n.codes("source_kind")}
tables = list(reader.snapshot().description.tables)
links.note_bad_address({"section": SECTIONS, "kind": kinds, "table": tables, "page": str.isdigit})

everything = views.documents("all", "")
head = frame.page(
    _("Sources and method"), everything.title, _("Every figure on these pages leads back to a row, and every row to a document.")
)
section = st.segmented_control(
    _("Section"), list(SECTIONS), format_func=SECTIONS.get, default="documents", required=True, key="section", bind="query-params"
)
state = {"section": section}

if section == "documents":
    with st.container(horizontal=True):
        kind = st.selectbox(
            _("Kind of document"), list(kinds), format_func=kinds.get, key="kind", bind="query-params", width=260
        )
        search = st.text_input(_("Words in publisher or title"), key="words", bind="query-params", width=360, max_chars=80)
    shown = views.documents(kind, search.strip())
    frame.listing(shown, per_page=PER_PAGE, urls=shown.data["url"])
    state |= {"kind": kind, "words": search}
elif section == "rules":
    st.markdown(method.rules())
elif section == "dictionary":
    table = st.selectbox(_("Table"), tables, key="table", bind="query-params", width=360)
    frame.listing(views.dictionary(table))
    state |= {"table": table}
elif section == "workplan":
    frame.listing(views.claims())
elif section == "leads":
    frame.listing(views.leads())
elif section == "boundaries":
    st.markdown(method.boundaries())
elif section == "licence":
    st.markdown(method.licence())
    st.subheader(_("Citation"))
    st.code(method.citation(), language=None, wrap_lines=True)
head.link(**state)
