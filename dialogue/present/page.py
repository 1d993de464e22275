"""The pages around the player: HTML without a script of its own, so that the same file passes the site's policy and a disk."""

import html
import json
from pathlib import Path

import plotly

from dialogue.snapshot import reader
from dialogue.views import theme
from dialogue.views.addresses import GEO, STATIC, geo_url
from dialogue.words import i18n
from dialogue.words.i18n import _

PLAYER = STATIC / "player"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
SCRIPTS = ("vendor/reveal.js", "plotly.min.js", "geo.js", "crosstable.js", "player.js")


def shell(script: str, *, title: str, folder: str, live: str, player: str = "present", room: str = "", trouble: str = "") -> str:
    """The page of the player. `script` is the address of the pack, `folder` of the player's files, `live` of the site.

    `player` is present, embed (one view in a frame, no keys) or follow (the slide of a
    `room`); `trouble` is said in place of a deck.
    """
    for_whom = reader.current()
    attributes = {
        "lang": for_whom.language, "dir": i18n.direction(for_whom.language), "data-player": player, "data-room": room, "data-topo": f"{folder}../topo/",
        "data-tables": f"{folder}../crosstable.css", "data-sheet": f"{folder}tables.css", "data-notes": f"{folder}notes.html",
        "data-live": live, "data-trouble": trouble or _("This deck could not be read. Load the page again."),
    }  # fmt: skip
    written = " ".join(f'{name}="{html.escape(text)}"' for name, text in attributes.items())
    scripts = "".join(f'<script src="{html.escape(folder + name)}"></script>\n' for name in SCRIPTS)
    if script:
        scripts += f'<script src="{html.escape(script)}"></script>\n'
    return f"""<!doctype html>
<html {written}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="icon" href="{folder}../icon.svg">
<link rel="stylesheet" href="{folder}vendor/reveal.css">
<link rel="stylesheet" href="{folder}player.css">
<link rel="stylesheet" href="{folder}../crosstable.css" media="not all">
<link rel="stylesheet" href="{folder}tables.css" media="not all">
<style>:root{{{variables()}}}</style>
{scripts}</head>
<body>
<main class="reveal"><div class="slides"></div></main>
<noscript><p class="trouble">{html.escape(_("The player needs JavaScript."))}</p></noscript>
</body>
</html>
"""


def variables() -> str:
    """The reader's colours and fonts as custom properties."""
    colours = theme.palette()
    names = ("ink", "secondary", "quiet", "paper", "panel", "accent", "grid", "outline")
    return "".join(f"--va-{name}:{getattr(colours, name)};" for name in names) + f"--va-serif:{theme.SERIF};--va-sans:{theme.SANS};"


def geography() -> bytes:
    """The boundary layers as a classic script: Plotly looks there before it asks for them."""
    layers = {geo_url(file.name): json.loads(file.read_text("utf-8")) for file in sorted(GEO.glob("*.geojson"))}
    topo = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted((STATIC / "topo").glob("*.json"))}
    text = json.dumps({**layers, "topojson": topo}, separators=(",", ":"), ensure_ascii=False)
    return f"window.PlotlyGeoAssets = {text};\n".encode()
