"""The buttons that save a chart as an image, without a server or a network."""

import streamlit as st

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

# Plotly's own download button knows one format only, and its click handler cannot be
# reached from Python: the format is changed for the moment of the click.
_JS = """
export default function ({ data, parentElement }) {
  for (const button of parentElement.querySelectorAll("button")) {
    const format = button.dataset.format;
    button.textContent = format.toUpperCase();
    button.setAttribute("aria-label", data.labels[format]);
    button.onclick = () => {
      const chart = document.querySelector(`.st-key-${data.chart} .js-plotly-plot`);
      const own = chart?.querySelector('.modebar-btn[data-title^="Download plot"]');
      if (!own) return;
      const options = chart._context.toImageButtonOptions;
      chart._context.toImageButtonOptions = { ...options, format };
      own.click();
      chart._context.toImageButtonOptions = options;
    };
  }
}
"""

# Registered once, at import: a second registration of the name would warn.
_buttons = st.components.v2.component(
    "save_image",
    html='<div><button type="button" data-format="png"></button><button type="button" data-format="svg"></button></div>',
    css=_CSS,
    js=_JS,
)


def buttons(chart: str) -> None:
    """Draw the buttons PNG and SVG for the chart with this widget key."""
    labels = {"png": _("Save the chart as PNG"), "svg": _("Save the chart as SVG")}
    _buttons(key=f"{chart}_image", data={"chart": chart, "labels": labels}, width="content")
