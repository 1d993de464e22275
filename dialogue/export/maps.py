"""A map as shapes that an office program draws itself: one group with one description, each State a named shape.

The XML is written directly: the library's builder of free forms takes a hundred times as long.
"""

import html
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape, quoteattr

import shapely
from plotly import graph_objects as go
from shapely.affinity import translate
from shapely.geometry import box, shape

from dialogue.export import contents
from dialogue.tables import geo
from dialogue.views import theme
from dialogue.words.i18n import _

SPACES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
EDGE = 0.01  # degrees before the cut of the world, so that no line runs along it
POINT = 12_700  # units of the file in a point
PIXEL = 9_525
SIGNS = {"circle": "ellipse", "diamond": "diamond", "square": "rect", "x": "mathMultiply"}


@dataclass(frozen=True)
class Frame:
    """Where the map stands on its sheet, in the units of the file."""

    left: int
    top: int
    width: int
    height: int


def is_map(figure: go.Figure | None) -> bool:
    """Whether a figure is a map of States."""
    return figure is not None and any(trace.type == "choropleth" for trace in figure.data)


def group(figure: go.Figure, frame: Frame, name: str, alt: str, first: int = 1000) -> str:
    """The map as the XML of one group of shapes; `first` is the number of its first shape on the sheet."""
    drawn = "".join(_Map(figure, frame, first + 1).shapes())
    place = f'<a:off x="{frame.left}" y="{frame.top}"/><a:ext cx="{frame.width}" cy="{frame.height}"/>'
    inner = place.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    return (
        f'<p:grpSp {SPACES}><p:nvGrpSpPr><p:cNvPr id="{first}" name={_quoted(name)} descr={_quoted(alt)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        f"<p:grpSpPr><a:xfrm>{place}{inner}</a:xfrm></p:grpSpPr>{drawn}</p:grpSp>"
    )


def key(figure: go.Figure) -> list[tuple[str, str, str]]:
    """The legend of a map: form (of the library of shapes), colour as RRGGBB ("" for an outline), words."""
    found = []
    for trace in figure.data:
        if trace.type == "scattergeo" and trace.showlegend:
            symbol = trace.marker.symbol or "square"
            colour = "" if symbol.endswith("-open") else _colour(trace.marker.color)
            found.append((SIGNS.get(symbol.removesuffix("-open"), "rect"), colour, html.unescape(trace.name)))
    return found


class _Map:
    def __init__(self, figure: go.Figure, frame: Frame, first: int) -> None:
        self.figure, self.number = figure, first
        settings = figure.layout.geo
        middle = settings.projection.rotation.lon or 0.0
        west, east = settings.lonaxis.range or (middle - 180, middle + 180)
        south, north = settings.lataxis.range or geo.WORLD_VIEW["lat"]
        self.middle = middle
        # the edge of the map, which is a curve, decides how large it can be drawn
        self.seen = box(max(west, middle - 180) + EDGE, max(south, -89.9), min(east, middle + 180) - EDGE, min(north, 89.9))
        corners = [self._flat(lon, lat) for lon, lat in shapely.segmentize(self.seen, 2).exterior.coords]
        self.left, self.bottom = min(x for x, _y in corners), min(y for _x, y in corners)
        wide, high = max(x for x, _y in corners) - self.left, max(y for _x, y in corners) - self.bottom
        self.scale = min(frame.width / wide, frame.height / high)
        self.right = frame.left + (frame.width - wide * self.scale) / 2
        self.top = frame.top + (frame.height - high * self.scale) / 2 + high * self.scale

    def _flat(self, lon: float, lat: float) -> tuple[float, float]:
        """Equal Earth (Šavrič, Patterson, Jenny 2018)."""
        angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
        a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
        x = 2 * math.sqrt(3) * math.radians(lon - self.middle) * math.cos(angle) / (3 * (9 * a4 * angle**8 + 7 * a3 * angle**6 + 3 * a2 * angle**2 + a1))
        return x, a4 * angle**9 + a3 * angle**7 + a2 * angle**3 + a1 * angle

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        """A place on the sheet."""
        x, y = self._flat(lon, lat)
        return round(self.right + (x - self.left) * self.scale), round(self.top - (y - self.bottom) * self.scale)

    def shapes(self) -> Iterator[str]:
        for trace in self.figure.data:
            if trace.type == "choropleth":
                yield from self._areas(trace)
        for trace in self.figure.data:
            if trace.type == "scattergeo" and not trace.showlegend:
                if trace.mode == "lines":
                    yield from self._lines(trace)
                elif trace.mode == "text":
                    yield from self._numbers(trace)
                else:
                    yield from self._dots(trace)

    def _areas(self, trace) -> Iterator[str]:
        fill = trace.colorscale[0][1]
        outline = fill.startswith("rgba")
        line = trace.marker.line
        edge = _line(line.color or theme.PALETTES["light"].paper, line.width or 0.5)
        inside = "<a:noFill/>" if outline else _fill(_colour(fill))
        known = _features(str(trace.geojson))
        names = trace.text if trace.text is not None else [None] * len(trace.locations)
        for code, name in zip(trace.locations, names, strict=True):
            parts = [part for part in self._within(known[code][1]) if not part.is_empty]
            if parts:
                called = html.unescape(name) if name else known[code][0] or code
                yield self._free(_("Outline of {name}").format(name=called) if outline else called, self._rings(parts), inside, edge)

    def _within(self, area) -> Iterator:
        """The parts of an area on this map: cut where the map ends, each on its side."""
        for turn in (-360, 0, 360):
            part = shapely.intersection(translate(area, turn), self.seen)
            yield from (each for each in getattr(part, "geoms", [part]) if each.geom_type == "Polygon")

    def _rings(self, parts: Iterable) -> list[tuple[list[tuple[int, int]], bool]]:
        rings = []
        for part in parts:
            for ring in (part.exterior, *part.interiors):
                places = list(dict.fromkeys(self.at(lon, lat) for lon, lat in ring.coords))
                if len(places) > 2:
                    rings.append((places, True))
        return rings

    def _lines(self, trace) -> Iterator[str]:
        style = "sysDot" if str(trace.line.dash or "").startswith("1px") else "dash"
        parts, part = [], []
        for lon, lat in [*zip(trace.lon, trace.lat, strict=True), (None, None)]:
            inside = lon is not None and self.seen.contains(shapely.Point(self._turned(lon), lat))
            if inside:
                part.append(self.at(self._turned(lon), lat))
            elif part:
                parts, part = [*parts, (part, False)], []
        parts = [(places, closed) for places, closed in parts if len(places) > 1]
        if parts:
            yield self._free(_("Boundary that is not final"), parts, "<a:noFill/>", _line(trace.line.color, trace.line.width or 1, style))

    def _turned(self, lon: float) -> float:
        return (lon - self.middle + 180) % 360 - 180 + self.middle

    def _points(self, trace) -> Iterator[tuple[int, float, float]]:
        for n, (lon, lat) in enumerate(zip(trace.lon, trace.lat, strict=True)):
            if lon is not None and self.seen.contains(shapely.Point(self._turned(lon), lat)):
                yield (n, *self.at(self._turned(lon), lat))

    def _dots(self, trace) -> Iterator[str]:
        marker = trace.marker
        symbol = marker.symbol or "circle"
        inside = "<a:noFill/>" if symbol.endswith("-open") else _fill(_colour(marker.color))
        for n, x, y in self._points(trace):
            size = round(_one(marker.size, n, 8) * PIXEL * 0.75)
            edge = _line(_one(marker.line.color, n, "#4A5A68"), _one(marker.line.width, n, 1) * 0.75)
            form = SIGNS.get(symbol.removesuffix("-open"), "ellipse")
            name = html.unescape(str(_one(trace.text, n, "")))
            geometry = f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'
            yield self._shape(name, x - size // 2, y - size // 2, size, size, geometry, inside, edge)

    def _numbers(self, trace) -> Iterator[str]:
        high = 200_000
        # a veil, because a number may stand on a dark State
        paper = '<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="80000"/></a:srgbClr></a:solidFill>'
        for n, x, y in self._points(trace):
            words = html.unescape(trace.text[n])
            text, wide = escape(contents.readable(words)), 100_000 * len(words) + 60_000
            body = (
                '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:p><a:pPr algn="ctr"/>'
                f'<a:r><a:rPr lang="en" sz="1200" b="1">{_fill(_colour(theme.PALETTES["light"].ink))}</a:rPr><a:t>{text}</a:t></a:r></a:p></p:txBody>'
            )
            geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            yield self._shape(_("Number"), x - wide // 2, y - high // 2, wide, high, geometry, paper, "<a:ln><a:noFill/></a:ln>", body)

    def _free(self, name: str, rings: list[tuple[list[tuple[int, int]], bool]], inside: str, edge: str) -> str:
        """A free form around `rings`, each with whether it is closed."""
        xs = [x for places, _closed in rings for x, _y in places]
        ys = [y for places, _closed in rings for _x, y in places]
        left, top, wide, high = min(xs), min(ys), max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
        drawn = "".join(
            f'<a:moveTo><a:pt x="{places[0][0] - left}" y="{places[0][1] - top}"/></a:moveTo>'
            + "".join(f'<a:lnTo><a:pt x="{x - left}" y="{y - top}"/></a:lnTo>' for x, y in places[1:])
            + ("<a:close/>" if closed else "")
            for places, closed in rings
        )
        geometry = (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>"
            f'<a:pathLst><a:path w="{wide}" h="{high}">{drawn}</a:path></a:pathLst></a:custGeom>'
        )
        return self._shape(name, left, top, wide, high, geometry, inside, edge)

    def _shape(self, name: str, left: int, top: int, wide: int, high: int, geometry: str, inside: str, edge: str, text: str = "") -> str:
        self.number += 1
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.number}" name={_quoted(name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
            f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>{geometry}{inside}{edge}</p:spPr>{text}</p:sp>'
        )


@cache
def _features(address: str) -> Mapping[str, tuple[str, object]]:
    """Name and shape of every area of a boundary layer, by its code."""
    name = address.partition("?")[0].rpartition("/")[2]
    layer = json.loads((geo.GEO / name).read_text("utf-8"))
    return {each["id"]: (each["properties"].get("name", ""), shapely.make_valid(shape(each["geometry"]))) for each in layer["features"]}


def _one(values: object, at: int, usual):
    """The value of one mark, where a trace has one for all or one for each."""
    if values is None:
        return usual
    return values[at] if isinstance(values, (list, tuple)) else values


def _colour(text: str) -> str:
    return text.lstrip("#").upper()


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _line(colour: str, points: float, dash: str = "") -> str:
    style = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{round(points * POINT)}">{_fill(_colour(colour))}{style}</a:ln>'


def _quoted(text: str) -> str:
    return quoteattr(contents.readable(text))
