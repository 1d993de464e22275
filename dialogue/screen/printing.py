"""The button "Print". What makes any page fit the paper is `static/print.css` and `static/printing.js`."""

import streamlit as st

from dialogue.words.i18n import _

_CSS = """
button {
  font: inherit; font-size: 0.9rem; color: var(--st-link-color); background: transparent;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.3rem 0.75rem; cursor: pointer; min-height: 2.4rem;
}
button:hover { border-color: var(--st-link-color); }
button:focus-visible { outline: 3px solid var(--st-link-color); outline-offset: 2px; }
@media print { button { display: none; } }
"""

_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => print();
}
"""

# Registered once, at import: a second registration of the name would warn.
_button = st.components.v2.component("print_page", html='<button type="button"></button>', css=_CSS, js=_JS)


def button() -> None:
    """Draw the button "Print"; once a page."""
    _button(key="print_page", data={"label": _("Print")}, width="content")
