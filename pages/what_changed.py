"""What changed: releases of the data, every figure they changed, and corrections of misprints."""

import streamlit as st

from dialogue.screen import address, filters, frame, visit
from dialogue.snapshot import reader
from dialogue.views.method import changes
from dialogue.words.i18n import _

PER_PAGE = 10
RELEASES = 6
VIEWS = {"figures": _("Figures on the pages"), "tables": _("Rows of the tables")}
OPTIONS = {
    "of": {"all": _("All releases")} | changes.names(),
    "state": {"all": _("All States")} | changes.places(),
}


def choose(name: str, words: str) -> str | None:
    """A filter; None for its first option, “all”."""
    return filters.unless_all(name, words, OPTIONS[name], width=320, on_change=filters.first_page)


address.read({**OPTIONS, "view": VIEWS, "page": filters.is_page, "corrections_page": filters.is_page})
top = st.container()
of = iso3 = None
view = "figures"
now = visit.released(reader.snapshot())
if len(OPTIONS["of"]) > 2:  # the first release has nothing to compare with
    with st.container(horizontal=True, vertical_alignment="bottom", key="va-filters"):
        of = choose("of", _("Release"))
        iso3 = choose("state", _("State or area"))
        view = filters.parts("view", _("Show"), VIEWS, on_change=filters.first_page)
shown = changes.changes(of, iso3, view)
with top:
    head = frame.page(
        _("What changed"),
        shown.title,
        _("Each release of the data lists every figure it changed: from, to, why and on whose word."),
    )
if len(OPTIONS["of"]) > 2:
    frame.text(shown, heading=False)
    frame.rows(shown, PER_PAGE)

listed = changes.releases()
frame.text(listed)
if now is None and len(listed.data) and reader.snapshot().kind == "current":
    st.text(
        _(
            "The figures on these pages hold changes that are not in a release yet; the next one will list them."
        )
    )
st.html(
    changes.cards(0, RELEASES, now)
    or f"<p>{_('From the first release on, every change of a figure is listed here.')}</p>"
)
if len(listed.data) > RELEASES:
    with st.expander(_("Earlier releases"), key="earlier", on_change="rerun") as earlier:
        if earlier.open:
            st.html(changes.cards(RELEASES, len(listed.data), now))
if len(listed.data):
    frame.details(listed)

corrected = changes.corrections()
frame.text(corrected)
frame.rows(corrected, PER_PAGE, "corrections_page")

st.html(
    f'<h2 class="va-finding">{_("Links that were copied earlier")}</h2><p class="va-lead">'
    + _(
        "A copied link carries the release it was copied from, and goes on showing that release, marked as an earlier one. "
    )
    + _(
        "From there a button leads to the present figures. If the release is no longer here, the link shows the present figures and says so."
    )
    + "</p>"
)
head.link()
