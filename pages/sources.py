"""Sources and method: what every figure rests on."""

import streamlit as st

from dialogue.screen import address, filters, frame
from dialogue.snapshot import reader
from dialogue.views.method import documents as views
from dialogue.words import i18n, method
from dialogue.words.i18n import _

SECTIONS = {
    "documents": _("Documents"),
    "rules": _("Rules"),
    "dictionary": _("Data dictionary"),
    "workplan": _("Work plan, updated"),
    "boundaries": _("Boundaries"),
    "licence": _("Licence and citation"),
}
if method.contact():
    SECTIONS["contact"] = _("Contact and corrections")
PER_PAGE = 25

kinds = {"all": _("All kinds")} | {code: i18n.label("source_kind", code) for code in i18n.codes("source_kind")}
tables = list(reader.snapshot().description.tables)
address.read(
    {"section": SECTIONS, "kind": kinds, "words": str.isprintable, "table": tables, "page": filters.is_page}
)

everything = views.documents("all", "")
head = frame.page(
    _("Sources and method"), everything.title, _("Every figure on these pages leads back to a row, and every row to a document.")
)
section = filters.parts("section", _("Section"), SECTIONS)

if section == "documents":
    with st.container(horizontal=True):
        kind = filters.one("kind", _("Kind of document"), kinds, width=260)
        search = filters.text("words", _("Words in publisher or title"), 80, width=360)
    shown = views.documents(kind, search)
    frame.listing(shown, per_page=PER_PAGE, urls=shown.data["url"])
elif section == "rules":
    st.markdown(method.rules())
elif section == "dictionary":
    table = filters.value("table", _("Table"), tables, width=360)
    frame.listing(views.dictionary(table))
elif section == "workplan":
    frame.listing(views.claims())
elif section == "boundaries":
    st.markdown(method.boundaries())
elif section == "licence":
    st.markdown(method.licence())
    st.subheader(_("Citation"))
    st.code(method.citation(), language=None, wrap_lines=True)
elif section == "contact":
    st.markdown(method.correction())
    frame.lead(method.contact(_("Dialogue on Victim Assistance: the dashboard")), reader.snapshot().description.contact)
head.link()
