"""Work plan: its timeline, the working document, where each element is found, what follows."""

import html

import streamlit as st

from dialogue.screen import address, filters, frame
from dialogue.views.addresses import static_url
from dialogue.views.dialogue import plan
from dialogue.words.i18n import _

PARTS = {
    "timeline": _("Timeline"),
    "documents": _("Working document"),
    "elements": _("Every element"),
    "next": _("What follows"),
}
SECTIONS = plan.sections()
LEADS = {
    "timeline": _("What the work plan foresees, who does it, and what is recorded of it."),
    "documents": _("The document on challenges to the integrated approach, version by version."),
    "elements": _("Every line of the work plan, and the page of this site that carries it."),
    "next": _("The meetings after the work plan, and who coordinates victim assistance."),
}

st.html(f"<style>@import url('{static_url('plan.css')}');</style>")
address.read({"view": PARTS, "section": SECTIONS})
top = st.container()
section = "all"
with st.container(horizontal=True, key="va-filters"):
    part = filters.parts("view", _("Show"), PARTS)
    if part == "elements":
        section = filters.one("section", _("Part of the work plan"), SECTIONS, width=300)

shown = {
    "timeline": plan.timeline,
    "documents": plan.documents,
    "elements": lambda: plan.elements(section),
    "next": plan.follows,
}[part]()
with top:
    head = frame.page(_("Work plan"), shown.title, LEADS[part])
frame.text(shown, heading=False)
if part == "timeline":
    st.html(plan.board())
elif part == "documents":
    st.html(plan.steps_board())
    st.html(plan.versions_table(shown))
    guidance = html.escape(_("The 2016 Guidance, which the document is to revise"))
    pillars = html.escape(_("What the document can build on: pillars and instruments"))
    st.html(
        f'<p class="va-source"><a href="resources?view=resources" target="_self">{guidance}</a> · '
        f'<a href="integrated-approach?view=together" target="_self">{pillars}</a></p>'
    )
elif part == "elements":
    st.html(plan.elements_table(shown))
else:
    st.html(plan.next_board())
frame.details(shown, table=part not in ("documents", "elements"))
head.link()
