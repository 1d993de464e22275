"""The buttons that save a figure or a table of signs as a picture: PNG and SVG, the same on every screen."""

import streamlit as st

from dialogue.snapshot import reader
from dialogue.views import picture
from dialogue.views.addresses import static_url
from dialogue.views.view import View
from dialogue.words.i18n import _

_CSS = """
div { display: flex; gap: 0.5rem; }
button {
  font: inherit; font-size: 0.9rem; color: var(--st-text-color); background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.25rem 0.75rem; min-height: 2.5rem;
}
button:hover { border-color: var(--st-link-color); color: var(--st-link-color); }
button:focus-visible { outline: 3px solid var(--st-link-color); outline-offset: 2px; }
@media print { div { display: none; } }
"""

# By address, because what stands here goes over the wire at every rerun. What a picture
# holds is asked for when a reader wants one, and comes once.
_JS = """
const script = import(new URL("SCRIPT", document.baseURI));
export default function ({ data, parentElement, setTriggerValue }) {
  for (const button of parentElement.querySelectorAll("button")) {
    const kind = button.dataset.kind;
    button.textContent = kind.toUpperCase();
    button.setAttribute("aria-label", data.labels[kind]);
    button.onclick = () => setTriggerValue("kind", kind);
  }
  const holder = parentElement.querySelector("div");
  if (data.wanted && holder.dataset.saved !== String(data.wanted.number)) {
    holder.dataset.saved = data.wanted.number;
    script.then((pictures) => pictures.save(data.wanted));
  }
}
"""

# Registered once, at import: a second registration of the name would warn.
_buttons = st.components.v2.component(
    "save_image",
    html='<div><button type="button" data-kind="png"></button><button type="button" data-kind="svg"></button></div>',
    css=_CSS,
    js=_JS.replace("SCRIPT", static_url("picture.js")),
)


def buttons(shown: View) -> None:
    """Draw the buttons PNG and SVG of a view that is drawn."""
    key = f"{shown.key}_image"

    def ask() -> None:
        number = st.session_state.get("_pictures", 0) + 1
        st.session_state["_pictures"] = number
        st.session_state[f"{key}_wanted"] = (st.session_state[key].get("kind"), number)

    kind, number = st.session_state.pop(f"{key}_wanted", ("", 0))
    _buttons(
        key=key,
        data={
            "labels": {"png": _("Save as PNG image"), "svg": _("Save as SVG image")},
            "wanted": _wanted(shown, kind, number) if kind in ("png", "svg") else None,
        },
        on_kind_change=ask,
        width="content",
    )


def _wanted(shown: View, kind: str, number: int) -> dict:
    faces = st.get_option("theme.fontFaces") or []
    return {
        "kind": kind,
        "number": number,
        "file": f"{shown.key}_{shown.as_of}_{reader.snapshot().fingerprint[:8]}",
        "fonts": [[face["family"].strip("'"), face["url"], face["unicodeRange"]] for face in faces],
        "scripts": {name: static_url(name) for name in ("crosstable.js", "crosstable.css", "picture.css")},
        "address": reader.snapshot().kind != "draft",  # a draft is seen by nobody else
        **picture.of(shown),
    }
