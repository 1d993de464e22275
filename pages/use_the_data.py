"""Use the data: the address of any figure, and how programs ask for it."""

import html

import streamlit as st

from dialogue.export import recipes
from dialogue.present import decks
from dialogue.screen import address, filters, frame
from dialogue.snapshot import reader
from dialogue.views import catalogue
from dialogue.words.i18n import _

USUAL = "trends.world_cluster_munitions"
VIEWS = {USUAL: USUAL} | {name: name for name in catalogue.names()}
CODE = "white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.9rem"  # a line that does not fit goes on below; nothing scrolls sideways


def listed(pairs: list[tuple[str, str]]) -> str:
    """A list of names, each with its text or link, as HTML."""
    lines = "".join(f"<li><strong>{html.escape(name)}</strong>: {text}</li>" for name, text in pairs)
    return f'<div class="va-lead"><ul>{lines}</ul></div>'


def link(to: str) -> str:
    return f'<a href="{html.escape(to)}" target="_blank">{html.escape(to)}</a>'


address.read({"figure": VIEWS})
site = address.site("use-the-data")
frame.page(
    _("Use the data"),
    _("Every figure has an address, for a program as for a person"),
    _("No key and no registration: whoever has the address gets the rows, their sources and the version. The same address gives the newest figures tomorrow; with “release” behind it, those of that release for good."),
)
view = filters.one("figure", _("Figure"), VIEWS, width=480)
shown = reader.snapshot()
release = f"release={shown.release}" if shown.kind == "release" and shown.release else ""
st.html(
    f'<p class="va-lead">{html.escape(catalogue.get(view).shows)}</p><h2 class="va-finding">{html.escape(_("Its addresses"))}</h2>'
    + listed([(ending.upper(), link(recipes.address(view, ending, site))) for ending in recipes.ENDINGS])
    + (f'<p class="va-how">{html.escape(_("For the release that you are reading, add “{release}”.").format(release=release))}</p>' if release else "")
)
chosen = recipes.choices(view)
if chosen:
    st.html(f'<h2 class="va-finding">{html.escape(_("What may be chosen"))}</h2>' + listed([(name, html.escape(words)) for name, words in chosen]))
steps = "".join(
    f'<h3 class="va-finding">{html.escape(each.name)}</h3>' + (f'<p class="va-how">{html.escape(each.about)}</p>' if each.about else "") + f'<pre style="{CODE}">{html.escape(each.text)}</pre>'
    for each in recipes.of(view, site)
)
st.html(f'<h2 class="va-finding">{html.escape(_("In a program"))}</h2>{steps}')
others = [
    (_("All tables in one workbook"), "data/everything.xlsx"), (_("All tables as a Data Package"), "data.zip"), (_("What the tables and columns mean"), "data/datapackage.json"),
    (_("A brief on a State by its code, here Lebanon (also pdf, pptx, xlsx, json)"), "data/state/LBN.docx"),
    (_("A brief on a guiding question, here (g)"), "data/question/g.docx"), (_("A brief on all guiding questions"), "data/dialogue.docx"),
    *((_("The deck “{title}” as slides").format(title=decks.read(name).title), f"data/deck/{name}.pptx") for name in decks.names() if not decks.wants(name)),
    (_("Figures that releases changed (Atom)"), "feed.atom"), (_("Every address in one text"), "llms.txt"),
]  # fmt: skip
st.html(f'<h2 class="va-finding">{html.escape(_("Everything at once"))}</h2>' + listed([(name, link(site + path)) for name, path in others]))
address.write()
