"""Take it with you: the offline edition as one file, and the light edition for slow lines."""

import html

import streamlit as st

from dialogue.present import offline
from dialogue.screen import address, frame, visit
from dialogue.snapshot import live
from dialogue.words.i18n import _, day, number

SECOND = 1.0


def loading(made: offline.Edition) -> None:
    """The link to the file."""
    size = _("{size} MB").format(size=number(round(len(made.content) / 1e6, 1)))
    words = _("Download the offline edition (ZIP)") + f", {size}"
    st.html(f'<p class="va-files"><a class="va-file" href="offline.zip">{html.escape(words)}</a></p>')


@visit.part(every=SECOND)
def building() -> None:
    """How far the file has come; the whole page again once it is there."""
    made = offline.edition(site)
    if made is None or made.content or made.failed:
        st.rerun()
    else:
        st.progress(min(made.share(), 1.0), _("The file is being put together. You may go on reading; it will be here when you come back."))


address.read({})
site = address.site("take-it-with-you")
shown = live.latest()
frame.page(
    _("Take it with you"),
    _("All of it in one file, for the flight or a hall without a network"),
    _("Unpack the file into a folder and open index.html with a double click. No network, no rights and no program but a browser are needed."),
)
made = offline.edition(site)
if made is not None and made.content:
    loading(made)
elif made is None or made.failed:
    if made is not None:
        st.text(_("The file could not be put together. Please try once more, or tell the coordinators."))
    st.button(_("Put the offline edition together"), on_click=offline.prepare, args=(site,), type="primary", key="offline_prepare")
    st.html(f'<p class="va-how">{html.escape(_("This takes about a minute, once for each version of the data."))}</p>')
else:
    building()

holds = (
    _("Every page of this site with its usual figures, tables and sources; figures are drawn with hover, as here."),
    _("The profile of every State, to choose from a list or to search for."),
    _("The decks for presenting, with all keys, without the speakers’ notes."),
    _("Every table as CSV, and the documents that they rest on."),
)
version = _("Data as of {date}, version {version}").format(date=day(shown.as_of), version=shown.fingerprint)
st.html(
    f'<h2 class="va-finding">{html.escape(_("What is in it"))}</h2><ul>{"".join(f"<li>{html.escape(line)}</li>" for line in holds)}</ul>'
    f'<p class="va-how">{html.escape(version)}. {html.escape(_("The file never changes by itself: take a new one before a meeting."))}</p>'
    f'<h2 class="va-finding">{html.escape(_("On a slow line"))}</h2>'
    f'<p class="va-lead">{html.escape(_("The light edition shows each page as plain text and tables, in a few seconds on the slowest line, without scripts."))} '
    f'<a href="light" target="_blank">{html.escape(_("Open the light edition"))}</a></p>'
)
address.write()
