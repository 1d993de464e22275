"""What a reader's screen is: how wide, for figures that need fewer columns on a phone, and light or dark."""

import streamlit as st

from dialogue.screen import address
from dialogue.snapshot.reader import Mode, Width
from dialogue.views import theme
from dialogue.views.addresses import static_url

# Colours come from the server, so a reader who switches between light and dark needs a new run.
# What paper and phones need is loaded here, because this stands on every page.
_JS = """
import(new URL("CARDS", document.baseURI));
const printing = import(new URL("PRINTING", document.baseURI));
export default function ({ data, setStateValue }) {
  printing.then((script) => script.dark(data.light));
  let told = {};
  const tell = () => {
    const width = innerWidth < 700 ? "narrow" : innerWidth < 1200 ? "medium" : innerWidth < 1700 ? "wide" : "large";
    const app = document.querySelector('[data-testid="stApp"]');
    const [red, green, blue] = getComputedStyle(app).backgroundColor.match(/\\d+/g).map(Number);
    const mode = red + green + blue < 384 ? "dark" : "light";
    for (const [name, value] of Object.entries({ width, mode })) {
      if (value !== data[name] && value !== told[name]) setStateValue(name, (told[name] = value));
    }
  };
  tell();
  const watch = new MutationObserver(() => setTimeout(tell, 50));
  watch.observe(document.head, { childList: true });
  watch.observe(document.querySelector('[data-testid="stApp"]'), { attributes: true, attributeFilter: ["class"] });
  addEventListener("resize", tell);
  return () => { removeEventListener("resize", tell); watch.disconnect(); };
}
"""

# Registered once, at import: a second registration of the name would warn.
_probe = st.components.v2.component("screen", js=_JS.replace("CARDS", static_url("cards.js")).replace("PRINTING", static_url("printing.js")))


def watch() -> None:
    """Ask the browser for its width and colours; once a run, before the page."""
    known = {"width": width(), "mode": mode()}
    with st.container(key="va-screen"):
        _probe(
            key="screen",
            data={**known, "light": theme.counterparts() if known["mode"] == "dark" else {}},
            default=known,
            on_width_change=address.keep_note,
            on_mode_change=address.keep_note,
            height=1,
        )


def mode() -> Mode:
    """Return the colours the visitor sees; light where the browser has not said."""
    return "dark" if st.context.theme.type == "dark" else "light"


def width() -> Width:
    """Return how wide the window is.

    The first run guesses from what the browser calls itself, so that a phone or
    a desktop needs no second run; the browser corrects a wrong guess.
    """
    return st.session_state.get("screen", {}).get("width") or _guess()


def _guess() -> Width:
    return "narrow" if "Mobi" in (st.context.headers.get("User-Agent") or "") else "wide"
