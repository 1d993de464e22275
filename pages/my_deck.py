"""My deck: figures that a reader gathered, in order, with notes and times, to present or to send."""

import html
from urllib.parse import urlencode

import streamlit as st

from dialogue.export import contents
from dialogue.present import decks, rooms
from dialogue.screen import address, deck_page, frame
from dialogue.words.i18n import _

address.read({"deck": lambda _text: True, "key": rooms.may_open})
frame.page(
    _("My deck"),
    _("Your own slides, with the figures and sources of these pages"),
    _("The deck is kept in this browser and nowhere else; its figures are always those of the day on which it is shown."),
)
key = address.asked("key")  # of the presenters: only who came with it is offered rooms
deck_page.show(address.asked("deck"), key)


def room(name: str) -> str:
    """The link that presents a deck with a room for phones, for whoever has the key."""
    if not key:
        return ""
    query = urlencode({"room": "new", "key": key})
    return f' · <a href="present/{name}?{html.escape(query)}" target="_blank">{html.escape(_("with a room for phones"))}</a>'



def slides(name: str) -> str:
    return html.escape(contents.file_address(f"deck/{name}", "pptx", seen=True))


ready = "".join(
    f'<li><a href="present/{name}" target="_blank">{html.escape(decks.read(name).title)}</a>{room(name)} · <a href="{slides(name)}">PPTX</a></li>' for name in decks.names() if not decks.wants(name)
)
briefings = "".join(
    f'<li><a href="present/state?state={iso3}" target="_blank">{html.escape(name)}</a></li>' for iso3, name in decks.briefings().items()
)
st.html(
    f'<h2 class="va-finding">{html.escape(_("Decks that are ready"))}</h2><ul class="va-ready">{ready}</ul>'
    f'<p class="va-how">{html.escape(_("Briefing on a State"))}</p><ul class="va-ready">{briefings}</ul>'
    f'<p class="va-how">{html.escape(_("While presenting: arrows or a clicker turn the slides, S opens your notes, B makes the screen black, ? shows all keys."))}</p>'
)
address.write()
