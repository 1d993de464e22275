"""The pages that leave the server as HTML: the shell that every page starts from, and the page for what is not here.

The shell is Streamlit's, with this site's title, words for previews, fonts and script.
"""

import json
import re
from difflib import get_close_matches
from html import escape
from pathlib import Path

import streamlit as st
from starlette.requests import Request

from dialogue import navigation
from dialogue.present import light
from dialogue.snapshot import live
from dialogue.views import theme
from dialogue.views.addresses import static_url
from dialogue.views.profile import profile
from dialogue.words import i18n, languages
from dialogue.words.i18n import _

STREAMLIT = Path(st.__file__).parent / "static"

# Of an older build, or Streamlit's own; whatever a later Streamlit names differently is simply left as it is.
_TAKEN_OUT = re.compile(r"<!--.*?-->|<link rel=\"service-desc\"[^>]*>|<title>.*?</title>", re.DOTALL)
_STYLE = """
#va-notice { position: fixed; inset: auto 0 0 0; z-index: 1000000; display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: center;
  padding: 0.7rem 1rem; font: 600 1rem/1.4 "Source Sans 3", "Noto Sans", sans-serif; background: INK; color: PAPER; }
#va-notice:empty { display: none; }
#va-notice :is(a, button) { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 0.2rem; padding: 0.25rem 0.75rem; cursor: pointer; }
.va-waiting :is([data-testid="stPlotlyChart"], [data-testid="stTable"], .crosstable, .va-finding) { opacity: 0.4; }
html:not(.va-framed) .va-only-framed, .va-framed [data-testid="stFileUploader"] { display: none; }
@media print { #va-notice { display: none; } }
"""
_PLAIN = """
body { margin: 0; background: PAPER; color: INK; font: 1.1rem/1.5 "Source Sans 3", "Noto Sans", sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 1rem clamp(1rem, 3vw, 3rem); }
header { border-bottom: 1px solid GRID; font-family: "Source Serif 4", "Noto Serif", serif; font-weight: 600; }
h1 { font: 600 1.7rem/1.25 "Source Serif 4", "Noto Serif", serif; }
a { color: ACCENT; } nav ul { list-style: none; padding: 0; columns: 16rem; } nav li { padding: 0.2rem 0; }
h2 { font-size: 1rem; margin: 1rem 0 0; color: SECONDARY; }
input, button { font: inherit; padding: 0.4rem 0.6rem; color: inherit; background: none; border: 1px solid OUTLINE; border-radius: 0.2rem; }
:is(a, input, button):focus-visible { outline: 3px solid ACCENT; outline-offset: 2px; }
"""


def base_path() -> str:
    """The path the site is served under, "" or "/name"."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def site(request: Request) -> str:
    """The address of the dashboard as this visitor typed it, with a slash at its end."""
    return f"{str(request.base_url).rstrip('/')}{base_path()}/"


def place_in(path: str, state: str) -> str:
    """The State that an address of the page `path` is about, by its name, or ""."""
    if path != "states" or not state or live.latest().problems:
        return ""
    code = profile.code_of(state[:200])
    return i18n.state(code) if code else ""


def language_of(request: Request) -> str:
    """The language in which a page begins: the one in its address, else the one that the browser wishes for."""
    return languages.of(request.query_params.get("lang"), request.headers.get("accept-language"))


def first_page(path: str = "", place: str = "") -> str:
    """The shell of a page for the present reader, as HTML; `place` is the State that the address names.

    Unchanged, every visit would preload a second copy of Source Sans (170 kB),
    and a search engine or a shared link would show the title "Streamlit".
    """
    html = _TAKEN_OUT.sub("", (STREAMLIT / "index.html").read_text(encoding="utf-8"))
    html = re.sub(r"<link\s+rel=\"preload\"[^>]*SourceSans[^>]*>", font_preloads(), html)
    html = re.sub(r"<noscript>.*?</noscript>", f"<noscript><p>{_without_script(path)}</p></noscript>", html, flags=re.DOTALL)
    html = html.replace('href="./favicon.png"', f'href="./{static_url("icon.svg")}"')
    page = _pages().get(path)
    name = page.title if page else ""
    about = page.about if page else ""
    head = f"""<title>{escape(navigation.title(name, place))}</title>
    <meta name="description" content="{escape(about)}">
    {_alternates()}<link rel="alternate" type="text/html" href="{_plain(path)}" title="{escape(_("Light edition"))}">
    <meta property="og:type" content="website">
    <meta property="og:site_name" content="{escape(_("Dialogue on Victim Assistance"))}">
    <meta property="og:title" content="{escape(" · ".join(part for part in (place, name) if part))}">
    <meta property="og:description" content="{escape(about)}">
    <style>{_coloured(_STYLE)}</style>
    <script type="application/json" id="va-words">{_words()}</script>
    <script defer src="./{static_url("site.js")}"></script>
"""
    html = re.sub(r'<html lang="[^"]*"', f'<html lang="{i18n.language()}" dir="{i18n.direction(i18n.language())}"', html, count=1)
    # before Streamlit's own scripts, so that it runs first
    return html.replace("<script", head + "    <script", 1)


def _alternates() -> str:
    """The same page in the other languages, for search engines."""
    others = [code for code in languages.offered() if code != i18n.language()]
    return "".join(f'<link rel="alternate" hreflang="{code}" href="?lang={code}">\n    ' for code in others)


def font_preloads() -> str:
    """Link elements for the fonts that every page uses."""
    # The addresses must be those of config.toml to the letter, else the
    # browser fetches the fonts twice.
    faces = st.get_option("theme.fontFaces") or []
    return "".join(
        f'<link rel="preload" href="./{face["url"]}" as="font" type="font/woff2" crossorigin />'
        for face in faces
        if "-latin-wght" in face["url"]
    )


def elsewhere(path: str) -> str | None:
    """Where an address that is no page leads to, as a path from the root of the server, or None.

    `path` has no base path: "states/LBN" leads to the profile of Lebanon.
    """
    parts = [part for part in path.split("/") if part]
    known = _pages()
    if len(parts) == 1 and parts[0] in known:  # a slash too many
        return f"{base_path()}/{parts[0]}"
    if len(parts) == 2 and parts[0] == "states" and not live.latest().problems:
        code = profile.code_of(parts[1][:200])
        if code:
            return f"{base_path()}/states?state={code}"
    return None


def not_found(path: str) -> str:
    """The page for an address that is none, as HTML: what may have been meant, search, the menu."""
    base = base_path()
    asked = path.strip("/").split("/")[0].lower().replace("_", "-").partition(".")[0]
    known = _pages()
    near = get_close_matches(asked, [name for name in known if name], n=1, cutoff=0.6)
    meant = ""
    if near:
        link = f'<a href="{base}/{near[0]}">{escape(known[near[0]].title)}</a>'
        meant = f"<p>{escape(_('Did you mean {page}?')).format(page=link)}</p>"
    menu = "".join(
        (f"<h2>{escape(heading)}</h2>" if heading else "")
        + "<ul>"
        + "".join(f'<li><a href="{base}/{page.path}">{escape(page.title)}</a></li>' for page in pages)
        + "</ul>"
        for heading, pages in navigation.sections().items()
    )
    heading, site = _("There is no such page"), _("Dialogue on Victim Assistance")
    search = (
        f'<form role="search" action="{base}/search"><label>{escape(_("Search"))} <input type="search" name="q"></label> '
        f"<button>{escape(_('Search'))}</button></form>"
    )
    return f"""<!DOCTYPE html>
<html lang="{i18n.language()}" dir="{i18n.direction(i18n.language())}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(heading)} · {escape(site)}</title><link rel="icon" href="{base}/{static_url("icon.svg")}">
<style>{_coloured(_PLAIN)}</style></head>
<body><header><a href="{base}/">{escape(site)}</a></header>
<main><h1>{escape(heading)}</h1>{_asked(path)}{meant}{search}<nav aria-label="{escape(_("Pages"))}">{menu}</nav></main></body></html>
"""


def _asked(path: str) -> str:
    """What was asked for, as text of at most 80 printable characters."""
    shown = "".join(char if char.isprintable() else " " for char in path[:80])
    return f"<p>{escape(_('The address “{address}” leads nowhere on this site.').format(address='/' + shown.lstrip('/')))}</p>"


def _without_script(path: str) -> str:
    """What a browser without scripts is told, as HTML, with the way to the same figures as a plain page."""
    told = _("These pages need JavaScript. If they stand inside another page, open them in a window of their own.")
    return f'{escape(told)} <a href="{_plain(path)}">{escape(_("Light edition"))}</a>'


def _plain(path: str) -> str:
    """The address of a page in the light edition, of its first page where it has none."""
    return f"{base_path()}/light/{path if path in light.PAGES else ''}"


def _words() -> str:
    """What the script of the site says and knows, as JSON that cannot end its element."""
    base = base_path()
    said = {
        "base": base,
        "pages": [f"{base}/{path}" for path in navigation.paths()],
        "offline": _("No connection. What you see stays; trying again."),
        "waiting": _("Your last choice has not been answered yet. What you see is still the view before it; trying again."),
        "blocked": _("This network does not let the connection through that these pages need. Try another network, or ask your office to allow WebSockets for this site."),
        "light": _("The figures as plain pages"),
        "renewed": _("The site has been renewed since this page was loaded. Please load it again."),
        "again": _("Load again"),
        "framed": _("These pages cannot be shown inside this page."),
        "open": _("Open in a window of its own"),
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=True).replace("<", "\\u003c")


def _pages() -> dict[str, navigation.Page]:
    return {page.path: page for pages in navigation.sections().values() for page in pages}


def _coloured(css: str) -> str:
    def with_(colours: theme.Palette) -> str:
        named = css
        for name in ("ink", "paper", "grid", "accent", "secondary", "outline"):
            named = re.sub(rf"\b{name.upper()}\b", getattr(colours, name), named)
        return named

    return with_(theme.PALETTES["light"]) + f"@media (prefers-color-scheme: dark) {{{with_(theme.PALETTES['dark'])}}}"

