"""How search stands on screen: the button in the bar of every page, the box, the results."""

import unicodedata
from collections import Counter
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dialogue.screen import filters
from dialogue.views.search import LONGEST, WORD, Entry, Found, Index, kinds, words
from dialogue.words.i18n import _, listing, ngettext, number

A_KIND = 8  # entries shown of each kind, until one kind is chosen
A_PAGE = 25
EXCERPT = 150
# Where the entries of a kind stand together.
HOMES = {
    "page": ".", "state": "states", "instrument": "comparisons?view=asks", "question": "questions", "action": "obligations",
    "indicator": "obligations", "pillar": "integrated-approach", "term": "resources?view=glossary",
    "response": "responses", "practice": "resources?view=practices", "resource": "resources?view=resources",
    "meeting": "work-plan", "partner": "resources?view=people", "source": "sources",
}  # fmt: skip
_HTML = '<span role="status" aria-live="polite"></span>'

_CSS = "span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }"

_JS = """
const known = new WeakSet();
export default function ({ data, parentElement }) {
  // A screen reader hears what was found while the reader goes on typing.
  parentElement.querySelector("span").textContent = data.said;
  const arrived = !known.has(parentElement);
  known.add(parentElement);
  if (!arrived || !data.empty) return;
  const until = performance.now() + 3000;
  const focus = () => {  // the box may still be on its way
    const box = document.querySelector(".st-key-q input");
    if (box) box.focus();
    else if (performance.now() < until) requestAnimationFrame(focus);
  };
  focus();
}
"""

# Ctrl+K, or the command key and K: a bare letter would get in the way of those
# who dictate or use a screen reader. In place of a button of Streamlit's, whose
# st.switch_page fails while widgets are bound to the address.
_KEY_HTML = '<span aria-hidden="true"></span>'

_KEY_CSS = "span { font-family: inherit; font-size: 0.8rem; color: var(--st-text-color); opacity: 0.75; white-space: nowrap; }"

_KEY_JS = """
const apple = /Mac|iPhone|iPad/.test(navigator.platform);
export default function ({ parentElement }) {
  parentElement.querySelector("span").textContent = apple ? "⌘ K" : "Ctrl K";
  const link = () => document.querySelector(".st-key-va-search a");
  link()?.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  const go = (event) => {
    const bare = !event.shiftKey && !event.altKey;
    const command = event.ctrlKey || event.metaKey;
    const typed = event.type === "keydown";
    if (typed ? !(command && bare && event.key.toLowerCase() === "k") : command || !bare || !event.target.closest?.(".st-key-va-search a")) return;
    const box = document.querySelector(".st-key-q input");
    if (box) { event.preventDefault(); event.stopPropagation(); box.focus(); box.select(); }
    else if (typed) { event.preventDefault(); link()?.click(); }
  };
  document.addEventListener("keydown", go);
  document.addEventListener("click", go, true);
  return () => { document.removeEventListener("keydown", go); document.removeEventListener("click", go, true); };
}
"""

# Registered once, at import: a second registration of the name would warn.
_helper = st.components.v2.component("search_helper", html=_HTML, css=_CSS, js=_JS)
_shortcut = st.components.v2.component("search_shortcut", html=_KEY_HTML, css=_KEY_CSS, js=_KEY_JS)


def link(page) -> None:
    """Draw the way to search that stands in the bar of every page; `page` is the page Search.

    On that page itself the link leads into the box and what stands there is kept.
    """
    # theme.css lifts it into the bar, where it costs no height
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="va-search"):
        st.page_link(page, label=_("Search"))
        _shortcut(key="search_shortcut", width="content")


def box() -> str:
    """Draw the box and return what stands in it."""
    return filters.text(
        "q", _("Words, a name or a code"), LONGEST,
        type="search", icon="", placeholder="", live="300ms", width=520, on_change=filters.first_page,
    )  # fmt: skip


def help_reader(said: str, empty: bool) -> None:
    """Say the outcome to a screen reader; who comes to an empty box can type at once."""
    _helper(key="search_helper", data={"empty": empty, "said": said}, height=1)


def finding(asked: str, found: Found | None, known: Index) -> str:
    """What was found, as a sentence; `found` is None where nothing was asked."""
    if found is None:
        n = len(known.entries)
        return ngettext("{n} entry can be searched", "{n} entries can be searched", n).format(n=number(n))
    shown = clipped(asked)
    if not found.total:
        return _("Nothing found for “{words}”").format(words=shown)
    return ngettext("{n} result for “{words}”", "{n} results for “{words}”", found.total).format(
        n=number(found.total), words=shown
    )


def clipped(text: str, most: int = 60) -> str:
    """Printable text of one line and at most about `most` characters."""
    # marks that turn the direction of writing would garble the sentence around them
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= most else line[:most] + "…"


def notes(found: Found) -> None:
    """Say which words were read otherwise, and what each word finds where all together find nothing."""
    parts = [
        _("“{word}” is found nowhere; read as {others}.").format(
            word=escape(word), others=listing([f"“{escape(other)}”" for other in others])
        )
        for word, others in found.corrected.items()
    ]
    if found.alone:
        each = listing(
            [
                f'<a href="{address(q=word)}" target="_self">{escape(word)}</a> ({number(n)})'
                if n
                else f"{escape(word)} (0)"
                for word, n in found.alone.items()
            ]
        )
        parts.append(_("No entry has all these words. Each by itself: {each}.").format(each=each))
    if parts:
        st.html(f'<p class="va-how">{" ".join(parts)}</p>')


def results(found: Found, asked: str) -> None:
    """Every kind with its best entries, and a link to the others."""
    sections = []
    for kind, entries in found.entries.items():
        more = ""
        if len(entries) > A_KIND:
            words_ = _("Show all {n}: {kind}").format(n=number(len(entries)), kind=kinds()[kind])
            more = f'<p class="va-how"><a href="{address(q=asked, kind=kind)}" target="_self">{escape(words_)}</a></p>'
        sections.append(_section(kind, len(entries), entries[:A_KIND], found.marked, more))
    st.html(f'<div class="va-hits">{"".join(sections)}</div>')


def one_kind(found: Found, kind: str) -> int:
    """All entries of one kind, a page at a time; returns the number of the page."""
    entries = found.entries.get(kind, [])
    if not entries:
        st.html(f'<p class="va-how">{escape(_("Nothing of this kind; choose “All” above."))}</p>')
        return 1
    turn, turns = 1, -(-len(entries) // A_PAGE)
    if turns > 1:
        turn = filters.page(turns)
    shown = entries[(turn - 1) * A_PAGE : turn * A_PAGE]
    st.html(f'<div class="va-hits va-one">{_section(kind, len(entries), shown, found.marked)}</div>')
    return turn


def _section(kind: str, n: int, entries: list[Entry], beginnings: tuple[str, ...], more: str = "") -> str:
    items = "".join(
        f'<li><a href="{escape(entry.address)}" target="_self">{marked(clipped(entry.title, 200), beginnings)}</a>'
        + (f"<p>{marked(clipped(entry.text, 2000), beginnings, EXCERPT)}</p>" if entry.text else "")
        + "</li>"
        for entry in entries
    )
    heading = f'<h2>{escape(kinds()[kind])} <span class="va-count">{number(n)}</span></h2>'
    return f"<section>{heading}<ol>{items}</ol>{more}</section>"


def everything(known: Index) -> None:
    """What can be searched: every kind, how many there are, and where they stand."""
    counts = Counter(entry.kind for entry in known.entries)
    cards = "".join(
        f'<li class="va-card"><p class="va-number">{number(counts[kind])}</p>'
        f'<p><a href="{HOMES[kind]}" target="_self">{escape(name)}</a></p></li>'
        for kind, name in kinds().items()
        if counts[kind]
    )
    said = escape(_("What can be searched, and how much there is of each:"))
    st.html(f'<p class="va-how">{said}</p><ul class="va-cards va-kinds">{cards}</ul>')


def address(**given: str) -> str:
    """The address of a search, ready for an attribute."""
    return escape("search?" + urlencode(given))


def marked(text: str, beginnings: tuple[str, ...], most: int = 0) -> str:
    """`text` as HTML with the words found marked; cut to about `most` characters around the first."""
    text = unicodedata.normalize("NFC", text)
    spots = [
        match.span()
        for match in WORD.finditer(text)
        if any(word.startswith(beginnings) for word in words(match.group()))
    ]
    start, end = 0, len(text)
    if most and len(text) > most:
        first = spots[0][0] if spots else 0
        if first > most * 0.6:
            start = text.rfind(" ", 0, first - most // 3) + 1
        if start + most < len(text):
            cut = text.rfind(" ", start + most // 2, start + most)
            end = cut if cut > 0 else start + most
    out, at = ["…" if start else ""], start
    for left, right in spots:
        if left >= start and right <= end:
            out += [escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>"]
            at = right
    return "".join([*out, escape(text[at:end]), "…" if end < len(text) else ""])
