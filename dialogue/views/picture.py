"""What a view looks like as a picture to save: the same for everybody, whatever the screen and its colours."""

import json
from dataclasses import replace

from dialogue.snapshot import reader
from dialogue.views import theme
from dialogue.views.signs import TableView
from dialogue.views.view import BUILDERS, View
from dialogue.words.i18n import _, day


def of(shown: View) -> dict:
    """All that stands in the picture of a view with a figure or a table of signs.

    kicker, title: above it. figure (Plotly, without its own source line) or drawing: what is
    shown. lines: below it: whose figures these are where they are not the present ones, then
    sources, as-of date and data version. colours: of the light palette, by name.
    """
    with reader.reading(replace(reader.current(), mode="light", width="wide")):
        view = BUILDERS[shown.name](**shown.given) if shown.name else shown
        figure = None if view.figure is None else json.loads(view.figure.to_json())
        drawing = view.drawing if isinstance(view, TableView) else None
        edge = drawing["source"] if drawing else ""
        if figure:
            kept = figure["layout"].pop("meta", {})
            edge = kept.get("edge", "")
            figure["layout"]["title"] = {"text": ""}
            margin, bottom = figure["layout"].setdefault("margin", {}), kept.get("bottom", 0) + 10
            if "height" in figure["layout"]:
                figure["layout"]["height"] -= margin.get("b", bottom) - bottom
            margin["b"] = bottom
        # the kicker stands above
        edge = edge.removeprefix(view.kicker.rstrip(".") + ".").strip()
        return {
            "kicker": view.kicker, "title": view.title, "figure": figure, "drawing": drawing and {**drawing, "label": view.alt},
            "lines": [line for line in (_standing(), edge) if line], "colours": _colours(),
        }  # fmt: skip


def _standing() -> str:
    snapshot = reader.snapshot()
    if snapshot.kind == "draft":
        return _("Draft: not published.")
    if snapshot.kind != "current" and snapshot.release:
        return _("Figures as released on {date}; they may have been corrected since.").format(date=day(snapshot.release[:10]))
    return ""


def _colours() -> dict[str, str]:
    palette = theme.palette()
    return {name: getattr(palette, name) for name in ("ink", "secondary", "quiet", "paper", "panel", "accent", "grid", "outline")}
