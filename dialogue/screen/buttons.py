"""The buttons of a view: take it as a file, show it large, add it to the reader's own deck, save it as a picture (PNG and SVG), copy it as words or a link.

They are one element of the page, because each costs at every rerun.
"""

import streamlit as st

from dialogue.export import contents
from dialogue.present import decks
from dialogue.snapshot import reader
from dialogue.views import catalogue, picture, quote
from dialogue.views.addresses import static_url
from dialogue.views.signs import TableView
from dialogue.views.view import View
from dialogue.words import habits, i18n
from dialogue.words.i18n import _

_CSS = """
div { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
button, a.file, summary {
  font: inherit; font-size: 0.9rem; color: var(--st-text-color); background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.25rem 0.75rem; min-height: 2.5rem; white-space: nowrap; box-sizing: border-box;
}
a.file, summary { display: inline-flex; align-items: center; text-decoration: none; }
summary { list-style: none; } summary::-webkit-details-marker { display: none; } summary::after { content: "▾"; margin-left: 0.4rem; }
details[open] > div { margin-top: 0.4rem; }
.copies { display: contents; }
[hidden] { display: none !important; }
:is(button, a.file, summary):hover { border-color: var(--st-link-color); color: var(--st-link-color); }
:is(button, a, summary, textarea):focus-visible { outline: 3px solid var(--st-link-color); outline-offset: 2px; }
span, textarea { font-size: 0.9rem; }
textarea {
  flex: 1 1 100%; min-height: 5rem; font-family: inherit;
  color: var(--st-text-color); background: var(--st-background-color); border: 1px solid var(--st-border-color);
}
span a { color: var(--st-link-color); }
@media print { div { display: none; } }
"""

# By address, because what stands here goes over the wire at every rerun. What a picture
# holds is asked for when a reader wants one, and comes once.
_JS = """
const pictures = import(new URL("PICTURE", document.baseURI)), stage = import(new URL("LARGE", document.baseURI));
const copying = import(new URL("copy.js", document.baseURI));
export default function ({ data, parentElement, setTriggerValue }) {
  const said = parentElement.querySelector(".said"), { labels } = data;
  for (const button of parentElement.querySelectorAll("button")) {
    const kind = button.dataset.kind;
    button.hidden = !labels[kind];
    if (kind === "copy") button.setAttribute("aria-expanded", String(!parentElement.querySelector(".copies").hidden));
    button.textContent = (labels[kind] || [])[0];
    if (labels[kind] && labels[kind][1]) button.setAttribute("aria-label", labels[kind][1]);
    button.onclick = () => {
      if (kind === "large") stage.then((stage) => stage.show(button, data));
      else if (kind === "deck") stage.then((stage) => stage.add(said, data));
      else if (["copy", "sentence", "citation", "link"].includes(kind)) copying.then((copying) => copying.take(parentElement, kind, data.copy));
      else setTriggerValue("kind", kind);
    };
  }
  const [stem, query, others] = data.file || [];
  for (const link of parentElement.querySelectorAll("a.file")) {
    link.hidden = !stem;
    if (stem) link.href = new URL(`${stem}.${link.dataset.ending}${query}`, document.baseURI);
  }
  parentElement.querySelector("details").hidden = !stem;
  parentElement.querySelector("summary").textContent = others;
  if (data.copy) copying.then((copying) => copying.tables(data.copy.group));
  const holder = parentElement.querySelector("div");
  if (data.wanted && holder.dataset.saved !== String(data.wanted.number)) {
    holder.dataset.saved = data.wanted.number;
    pictures.then((pictures) => pictures.save(data.wanted));
  }
}
"""

OTHERS = ("xlsx", "pptx", "docx", "pdf", "json")
COPIES = ("sentence", "citation", "link")  # what can be copied of a view, as `quote.taken` gives it


def _link(ending: str) -> str:
    return f'<a class="file" data-ending="{ending}" hidden>{ending.upper()}</a>'


# Registered once, at import: a second registration of the name would warn.
_buttons = st.components.v2.component(
    "view_buttons",
    html="<div>"
    + _link("csv")
    + f'<details><summary></summary><div>{"".join(map(_link, OTHERS))}</div></details>'
    + "".join(f'<button type="button" data-kind="{kind}" hidden></button>' for kind in ("large", "deck", "png", "svg", "copy"))
    + f'<span class="copies" role="group" hidden>{"".join(f"<button type=button data-kind={kind} hidden></button>" for kind in COPIES)}</span>'
    + '<span role="status" class="said"></span><textarea readonly hidden></textarea></div>',
    css=_CSS,
    js=_JS.replace("PICTURE", static_url("picture.js")).replace("LARGE", static_url("large.js")).replace("copy.js", static_url("copy.js")),
)


def draw(shown: View) -> None:
    """Draw the buttons of a view; a draft, which only its owner sees, has no slide of its own."""
    key = f"{shown.key}_buttons"

    def ask() -> None:
        number = st.session_state.get("_pictures", 0) + 1
        st.session_state["_pictures"] = number
        st.session_state[f"{key}_wanted"] = (st.session_state[key].get("kind"), number)

    kind, number = st.session_state.pop(f"{key}_wanted", ("", 0))
    data: dict = {"labels": {}, "wanted": _wanted(shown, kind, number) if kind in ("png", "svg") else None}
    if shown.name and reader.snapshot().kind != "draft":
        data["file"] = _file(shown)
        data["labels"] |= {"large": [_("Show large")], "deck": [_("Add to my deck")]}
        data["labels"] |= {"copy": [_("Copy"), _("Copy this figure as a sentence, a citation or a link")], "sentence": [_("Sentence")], "citation": [_("Citation")], "link": [_("Link")]}
        data["copy"] = {
            **quote.taken(shown),
            "group": habits.LANGUAGES[i18n.language()].group,
            "done": {"sentence": _("Sentence copied"), "citation": _("Citation copied"), "link": _("Link copied")},
            "by_hand": _("Select and copy"),
        }
        data |= {"address": decks.address(shown, large=True), "item": decks.row(decks.item(shown)), "says": _says()}
    if shown.figure is not None or isinstance(shown, TableView):
        data["labels"] |= {"png": ["PNG", _("Save as PNG image")], "svg": ["SVG", _("Save as SVG image")]}
    _buttons(key=key, data=data, on_kind_change=ask, width="content")


def _file(shown: View) -> tuple[str, str, str]:
    """Where the files of a view are: the address without its ending, what stands behind that, and the word for the other formats."""
    address = contents.file_address(f"view/{shown.name}", "", catalogue.chosen(shown), seen=True)
    stem, mark, query = address.partition("?")
    return stem.rstrip("."), mark + query, _("Other formats")


def _says() -> dict[str, str]:
    return {
        "close": _("Close"), "added": _("Added."), "there": _("It is in your deck already."), "mine": _("My deck"),
        "full": _("Your deck is full."), "closed": _("This browser keeps nothing for this site, so there is no deck to add to."),
    }  # fmt: skip


def _wanted(shown: View, kind: str, number: int) -> dict:
    faces = st.get_option("theme.fontFaces") or []
    return {
        "kind": kind,
        "number": number,
        "file": f"{shown.key}_{shown.as_of}_{reader.snapshot().fingerprint}",
        "fonts": [[face["family"].strip("'"), face["url"], face["unicodeRange"]] for face in faces],
        "scripts": {name: static_url(name) for name in ("crosstable.js", "crosstable.css", "picture.css")},
        "address": reader.snapshot().kind != "draft",  # a draft is seen by nobody else
        **picture.of(shown),
    }
