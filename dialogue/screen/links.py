"""The "Copy link" button, and links to files."""

import html
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st

from dialogue.export import contents
from dialogue.snapshot import reader
from dialogue.words.i18n import _

_HTML = """
<div class="row">
  <button type="button"></button>
  <span role="status" aria-live="polite"></span>
  <input type="text" readonly hidden>
</div>
"""

_CSS = """
.row { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; font-family: inherit; }
button {
  font: inherit; font-size: 0.9rem; color: var(--st-link-color); background: transparent;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.3rem 0.75rem; cursor: pointer; min-height: 2.4rem;
}
button:hover { border-color: var(--st-link-color); }
button:focus-visible, input:focus-visible { outline: 3px solid var(--st-link-color); outline-offset: 2px; }
span { font-size: 0.9rem; color: var(--st-text-color); }
input {
  font: inherit; font-size: 0.85rem; flex: 1 1 14rem; min-width: 0; padding: 0.3rem 0.5rem;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color);
}
input[hidden] { display: none; }
@media print { .row { display: none; } }
"""

_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  const field = parentElement.querySelector("input");
  const link = location.origin + location.pathname + (data.query ? "?" + data.query : "");
  button.textContent = data.label;
  field.setAttribute("aria-label", data.by_hand);
  if (field.value !== link) {  // another state: what was said no longer holds
    field.value = link;
    field.hidden = true;
    status.textContent = "";
  }
  button.onclick = async () => {
    try {
      // Absent on plain http, as on a meeting room's network.
      await navigator.clipboard.writeText(link);
      status.textContent = data.done;
      field.hidden = true;
    } catch {
      status.textContent = data.by_hand;
      field.hidden = false;
      field.focus();
      field.select();
    }
  };
}
"""

# Registered once, at import: a second registration of the name would warn.
_button = st.components.v2.component("copy_link", html=_HTML, css=_CSS, js=_JS)


def copy_link(params: Mapping[str, list[str] | str | None]) -> None:
    """Draw the button "Copy link", which copies the address with ``params``.

    ``params`` is the whole state of the page, defaults included, so that the
    link keeps its meaning when a default changes; None is left out.
    """
    spelled = {name: value for name, value in params.items() if value is not None}
    _button(
        key="copy_link",
        data={
            "query": urlencode(spelled, doseq=True),
            "label": _("Copy link"),
            "done": _("Link copied"),
            "by_hand": _("Link to this view: select and copy"),
        },
        width="content",
    )


def files(what: str, endings: Iterable[str], words: str, given: Mapping[str, str] = MappingProxyType({})) -> None:
    """Draw links to the files of what stands on the page, after `words`; of a draft, which has no address, none.

    `what` is its address below data/: “state/LBN”.
    """
    if reader.snapshot().kind == "draft":
        return
    drawn = "".join(
        f'<a class="va-file" href="{html.escape(contents.file_address(what, ending, given, seen=True))}">{ending.upper()}</a>' for ending in endings
    )
    st.html(f'<p class="va-how va-files">{html.escape(words)} {drawn}</p>')
