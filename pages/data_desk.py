"""The data desk: coordinators put in new data, see what is wrong and what changes."""

import streamlit as st

from dialogue.change import mending
from dialogue.screen import address, desk_page, filters, frame
from dialogue.snapshot import live
from dialogue.words.i18n import _

tables = {table.name: f"{table.title} ({table.file})" for table in live.latest().description.tables.values()}
address.read({"table": tables, "correct": mending.tables(live.latest()), "state": mending.places(live.latest()), "year": filters.is_year(1960, 2100)})

head = frame.page(
    _("Data desk"),
    _("Put in new data, and see what they change before anybody else does"),
    _("Nothing on the server changes here: take a table with you, edit it, drop it back in. Only you see what you drop, until you close this page."),
)
desk_page.server_state()

take, drop = st.columns(2, gap="large")
with take:
    st.header(_("1. Take a table"))
    table = filters.one("table", _("Table"), tables, first="casualties")
    desk_page.download(table)
    if table in ("responses", "outreach"):
        desk_page.confidentiality()
    with st.expander(_("Or correct one figure that a source misprints"), key="desk_mending", expanded=bool(address.asked("correct"))):
        desk_page.mend()
with drop:
    st.header(_("2. Drop it back in"))
    desk_page.corrections()
    given = desk_page.drop(table)

if given is not None:
    desk_page.judgement(given)
    if given.draft is not None:
        st.header(_("3. See what changes"))
        tables, figures = st.columns(2, gap="large")
        with tables:
            desk_page.changes(given)
        if given.differs:
            with figures:
                desk_page.figures(given)
            desk_page.preview(given)
            if not given.open:
                st.header(_("4. Publish"))
                desk_page.hand_over(given, desk_page.why(given))
head.link()
