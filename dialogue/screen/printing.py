"""The button "Print", and charts that fit the paper whatever the width of the screen."""

import streamlit as st

from dialogue.views.addresses import static_url
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

# By address, because what stands here goes over the wire at every rerun.
_LOADER = """
const script = import(new URL("SCRIPT", document.baseURI));
export default (component) => {
  let stop;
  script.then((printing) => { stop = printing.default(component); });
  return () => stop && stop();
};
"""

# Registered once, at import: a second registration of the name would warn.
_button = st.components.v2.component(
    "print_page",
    html='<button type="button"></button>',
    css=_CSS,
    js=_LOADER.replace("SCRIPT", static_url("printing.js")),
)


def button() -> None:
    """Draw the button "Print"; once a page."""
    _button(key="print_page", data={"label": _("Print")}, width="content")
