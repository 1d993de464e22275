"""My deck: figures that a reader gathered, in order, with notes and times, to present or to send."""

import html

import streamlit as st

from dialogue.present import decks
from dialogue.screen import address, deck_page, frame
from dialogue.words.i18n import _

address.read({"deck": lambda _text: True})
frame.page(
    _("My deck"),
    _("Your own slides, with the figures and sources of these pages"),
    _("The deck is kept in this browser and nowhere else; its figures are always those of the day on which it is shown."),
)
deck_page.show(address.asked("deck"))

ready = "".join(
    f'<li><a href="present/{name}" target="_blank">{html.escape(decks.read(name).title)}</a> · <a href="present/{name}?room=new" target="_blank">{html.escape(_("with a room for phones"))}</a></li>' for name in decks.names() if not decks.wants(name)
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
