"""Addresses: the "Copy link" button and the note about a bad address."""

from collections.abc import Callable, Collection, Iterable, Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st

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

# A note shows no more of a bad value than this.
SHOWN = 40


def copy_link(params: Mapping[str, object]) -> None:
    """Draw the button "Copy link", which copies the address with ``params``.

    ``params`` is the whole state of the page, defaults included, so that the
    link keeps its meaning when a default changes: by name one value, or a list
    of values. The values are those that stand in the address when a widget is
    bound to it; None is left out, an empty list says "nothing chosen".
    """
    spelled = {
        name: _as_text(value) or [""]
        for name, value in params.items()
        if value is not None
    }
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


def _as_text(value: object) -> list[str]:
    values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    # As Streamlit writes them: true and false in lower case.
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in values]


def note_bad_address(allowed: Mapping[str, Collection[object] | Callable[[str], bool]]) -> None:
    """Read codes in the address, and say which values this page does not have.

    ``allowed`` gives for each parameter of the page the values it may have, or
    a function that tells whether a text is one. For a widget with a
    ``format_func`` give ``{code: label}``: Streamlit writes labels into the
    address, links carry codes, which mean the same in every language. Call it
    before the widgets are drawn: a bound widget takes what it does not know
    out of the address. The note stays until the reader changes something.
    """
    if not _arrived():
        if st.session_state.pop("_note_again", False):
            _write_note(st.session_state.get("_last_note", []))
        return
    seen = st.session_state.pop("_address_note", None)
    if seen is None:
        seen, translated = _read(allowed)
        if translated:
            # Widgets take their first value from the address as it stood when
            # the run began, so the labels are read in a run of their own.
            st.session_state["_address_note"] = seen
            st.session_state.pop("_page_seen", None)
            for name, values in translated.items():
                st.query_params[name] = values
            st.rerun()
    st.session_state["_last_note"] = seen
    _write_note(seen)


def keep_note() -> None:
    """Show the note in the coming run too: a callback for runs that no reader asked for."""
    st.session_state["_note_again"] = True


def _read(allowed) -> tuple[list[str], dict[str, list[str]]]:
    """Return the values nobody knows, and by parameter the labels of codes found."""
    rejected: list[str] = []
    translated: dict[str, list[str]] = {}
    for name, known in allowed.items():
        values = [text for text in st.query_params.get_all(name) if text]
        labels = {str(code): str(text) for code, text in known.items()} if isinstance(known, Mapping) else {}
        rejected += [f"{name}={text}" for text in values if not _known(text, known) and text not in labels.values()]
        as_labels = [labels.get(text, text) for text in values]
        if as_labels != values:
            translated[name] = as_labels
    return rejected, translated


def _arrived() -> bool:
    """Tell whether this run is the visitor's first on this page."""
    path = urlsplit(st.context.url or "").path
    before = st.session_state.get("_page_seen")
    st.session_state["_page_seen"] = path
    return before != path


def _known(text: str, known: Collection[object] | Callable[[str], bool]) -> bool:
    if callable(known):
        return known(text)
    return text in {str(each) for each in known}


def _write_note(rejected: Iterable[str]) -> None:
    if not rejected:
        return
    values = ", ".join(f"“{_clipped(text)}”" for text in rejected)
    with st.container(border=True, key="va-note"):
        # st.text, because the address may hold anything: it is never read as
        # Markdown or HTML.
        st.text(
            _(
                "The link asked for {values}, which is not available here. "
                "The usual selection is shown instead."
            ).format(values=_clipped(values, 5 * SHOWN))
        )


def _clipped(text: str, length: int = SHOWN) -> str:
    """Return printable text of at most ``length`` characters."""
    # Marks that turn the direction of writing would garble the whole note.
    printable = "".join(char if char.isprintable() else " " for char in text[: length + 1])
    return printable if len(text) <= length else printable[:length] + "…"
