"""The page “My deck”: what a reader gathered with “Add to my deck”, kept in the reader's browser alone.

The browser tells the deck, the page says what is on each slide and how its link reads;
between two runs nothing of it stays on the server but in the memory of the open page.
"""


import streamlit as st

from dialogue.present import decks
from dialogue.present.decks import Deck, DeckError, Item
from dialogue.views import catalogue
from dialogue.views.addresses import static_url
from dialogue.words.i18n import _

_HTML = """
<div class="deck">
  <p class="trouble" role="alert" hidden></p>
  <div class="offer" role="status"></div>
  <label class="title"><span data-word="title"></span><input class="name" type="text" maxlength="200"></label>
  <p class="empty" data-word="empty"></p>
  <ol></ol>
  <p class="sum"></p>
  <div class="acts" hidden>
    <a class="present button" target="_blank" data-word="present"></a>
    <a class="room button" target="_blank" data-word="room"></a>
    <a class="slides button" data-word="slides"></a>
    <button type="button" class="copy" data-word="copy"></button>
    <button type="button" class="save" data-word="save"></button>
    <button type="button" class="clear" data-word="clear"></button>
    <label><input type="checkbox" class="bare"> <span data-word="bare"></span></label>
    <input class="link" type="text" readonly hidden aria-label="link">
  </div>
  <p class="long" role="status" hidden></p>
  <label class="file"><span data-word="open"></span><input type="file" class="open" accept=".json,application/json"></label>
  <p class="said" role="status"></p>
</div>
"""

_CSS = """
.deck { font-family: inherit; color: var(--st-text-color); }
.deck p { margin: 0; }
[hidden] { display: none !important; }
label { display: flex; flex-direction: column; gap: 0.2rem; font-size: 0.9rem; }
input[type="text"], input[type="number"], textarea { font: inherit; font-size: 1rem; color: inherit; background: var(--st-background-color); border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); padding: 0.4rem 0.6rem; box-sizing: border-box; width: 100%; }
.title > input { max-width: 40rem; }
ol { list-style: none; counter-reset: slide; margin: 1rem 0; padding: 0; }
li { counter-increment: slide; display: grid; grid-template-columns: 2.2rem minmax(14rem, 2fr) minmax(12rem, 2fr) 7rem max-content; gap: 0.3rem 1rem; align-items: start; padding: 0.8rem 0; border-top: 1px solid var(--st-border-color); }
li::before { content: counter(slide); font-weight: 600; font-variant-numeric: tabular-nums; }
li .title { font-weight: 600; line-height: 1.3; }
li .kicker { font-size: 0.9rem; }
li.wrong .kicker { font-weight: 600; }
li .order { order: 3; display: flex; gap: 0.3rem; }
button, .button { font: inherit; font-size: 0.9rem; color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); padding: 0.3rem 0.75rem; min-height: 2.5rem; min-width: 2.5rem; box-sizing: border-box; cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; justify-content: center; }
button:disabled { opacity: 0.45; cursor: default; }
button:not(:disabled):hover, .button:hover { border-color: var(--st-link-color); color: var(--st-link-color); }
.present.button { background: var(--st-link-color); border-color: var(--st-link-color); color: var(--st-background-color); font-weight: 600; }
.present.button:hover { text-decoration: underline; }
:is(button, a, input, textarea):focus-visible { outline: 3px solid var(--st-link-color); outline-offset: 2px; }
.acts { display: flex; flex-wrap: wrap; gap: 0.5rem 0.6rem; align-items: center; margin: 0.8rem 0; }
.acts label { flex-direction: row; align-items: center; gap: 0.4rem; min-height: 2.5rem; }
.acts .link { flex: 1 1 100%; }
.offer:not(:empty), .trouble { border: 1.5px solid var(--st-link-color); border-radius: var(--st-button-radius); padding: 0.8rem 1rem; margin-bottom: 1rem; }
.offer p { margin-bottom: 0.5rem; } .offer button { margin-inline-end: 0.5rem; }
.file { margin-top: 1rem; }
.sum { font-weight: 600; }
.said { min-height: 1.5em; margin-top: 0.5rem; }
@media (max-width: 900px) { li { grid-template-columns: 1.6rem 1fr; } li > * { grid-column: 2; } li .order { order: 0; } }
@media print { .acts, .file, .order, .offer { display: none !important; } }
"""

_JS = """
const scripts = Promise.all([import(new URL("DECK", document.baseURI)), import(new URL("LARGE", document.baseURI))]);
export default function (component) {
  let gone = false, stop = () => {};
  scripts.then(([page, store]) => { if (!gone) stop = page.draw(component, store); });
  return () => { gone = true; stop(); };
}
"""

# Registered once, at import: a second registration of the name would warn.
_page = st.components.v2.component("my_deck", html=_HTML, css=_CSS, js=_JS.replace("DECK", static_url("deck.js")).replace("LARGE", static_url("large.js")))


def show(word: str, key: str) -> None:
    """Draw the deck of this browser.

    `word` is the deck in the link that was opened, `key` the key of the presenters in it, which opens rooms for
    phones; "" without.
    """
    state = st.session_state.get("my_deck", {})
    trouble, offer, told = "", None, None
    sent = state.get("file") or ""
    try:
        if sent:
            number, _blank, text = sent.partition(" ")
            offer = {"id": number, "deck": _plain(decks.from_file(text))}
        elif word:
            offer = {"id": word, "deck": _plain(decks.unpacked(word))}
    except DeckError as error:
        trouble = _said(error)
    try:
        told = _told(state.get("deck") or "")
    except DeckError as error:
        trouble = trouble or _said(error)
    _page(
        key="my_deck",
        data={"told": told, "offer": offer, "trouble": trouble, "most": decks.MOST, "key": key, "words": _words(), "says": _says()},
        on_deck_change=lambda: None,
        on_file_change=lambda: None,
    )


def _said(error: DeckError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _plain(deck: Deck) -> list:
    return [deck.title, [decks.row(item) for item in deck.items]]


def _told(sent: str) -> dict | None:
    """What the browser cannot know of its deck: what each slide shows, its link, with notes and without, its file."""
    if not sent:
        return None
    deck = decks.from_rows(sent)
    return {
        "of": sent, "rows": [_line(item) for item in deck.items], "word": decks.packed(deck),
        "bare": decks.packed(decks.without_notes(deck)), "file": decks.as_file(deck),
    }  # fmt: skip


def _line(item: Item) -> tuple[str, str, str]:
    """Title, kicker, and what is wrong with a slide."""
    if item.kind in decks.WITHOUT_VIEW:
        return item.title, item.message, ""
    try:
        views = [catalogue.build(name.strip(), item.given) for name in item.view.split("+")]
    except catalogue.ViewError as error:
        text = str(error)
        return item.title or item.view, "", _("This slide cannot be shown") + f": {text[:300]}"
    return item.title or views[0].title, views[0].kicker, ""


def _words() -> dict[str, str]:
    return {
        "title": _("Title of the deck"), "present": _("Present"), "room": _("Present, with a room for phones"), "slides": _("Slides (PPTX)"), "copy": _("Copy link"), "save": _("Save to a file"),
        "clear": _("Take all slides out"), "bare": _("Link without my notes"), "open": _("Open a deck from a file, or drop it here"),
        "empty": _("Your deck is empty. Choose “Add to my deck” below any figure, table or set of cards on these pages."),
    }  # fmt: skip


def _says() -> dict[str, str]:
    return {
        "slide": _("Slide {n}"), "earlier": _("Move slide {n} up"), "later": _("Move slide {n} down"), "remove": _("Take slide {n} out"),
        "moved": _("The slide is now number {n} of {all}."), "removed": _("Slide {n} has been taken out."), "cleared": _("All slides have been taken out."),
        "note": _("What you want to say"), "seconds": _("Seconds"), "sum": _("Slides: {n}. Minutes: {minutes}."), "count": _("Slides: {n}."),
        "copied": _("Link copied"), "taken": _("Slides taken over: {n}."),
        "closed": _("This browser keeps nothing for this site. Save the deck to a file, or copy its link."),
        "long": _("The link has {n} characters. Some programs cut links of more than 2,000: shorten the notes, leave them out, or send the file."),
        "offer": _("The link or file holds a deck. Its slides: {n}. Slides that you have gathered here: {own}."),
        "replace": _("Show it in place of mine"), "append": _("Add it behind mine"), "leave": _("Leave mine as it is"),
    }  # fmt: skip
