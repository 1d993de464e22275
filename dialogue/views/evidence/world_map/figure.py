"""Drawing a map: how States of each kind are marked, shapes, dots of small States, signs, numbers, legend.

Every map is one figure: shapes by address, the state of each country as a
number, so that a rerun sends a few kilobytes and no geometry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from plotly import graph_objects as go

from dialogue.snapshot import reader
from dialogue.tables import geo
from dialogue.views import theme
from dialogue.views.addresses import geo_url
from dialogue.views.evidence.world_map.words import (
    CLASSES,
    NO_INFORMATION,
    STANDINGS,
    class_names,
    mark_names,
)
from dialogue.views.view import plain
from dialogue.words import i18n
from dialogue.words.i18n import _, number

HEIGHT = 640
SMALL = 360

# Fills of the classes; the faintest still reaches 3:1 against the paper.
RAMP = {
    "light": ("#7C91A6", "#56708A", "#33506C", "#14283B"),
    "dark": ("#5F7B96", "#86A3BE", "#B4CCE1", "#EAF3FA"),
}
PALE = {"light": "#C3D2E0", "dark": "#2F4A63"}
PARTIAL = {"light": "#E8C592", "dark": "#8A6430"}
# Numbers nearer to each other than these shares of the section's width would overlap.
CLEAR = {True: (1 / 28, 1 / 50), False: (1 / 9, 1 / 18)}  # on a wide screen, on a phone


@dataclass(frozen=True)
class Mark:
    """How States of one kind are drawn: fill, and a sign where colour alone would not do.

    `hover` is what the map says of such a State; “%{customdata}” stands for the State's own detail.
    """

    code: str
    name: str
    fill: str
    sign: str = ""
    hover: str = "%{customdata}"


def wide() -> bool:
    """Whether the reader has the room of a desk's screen."""
    return reader.current().width in ("wide", "large")


# --- marks ---------------------------------------------------------------------------


def obligation_marks() -> list[Mark]:
    """Work plan, other lists, list of signatories, none."""
    colours, names = theme.palette(), mark_names("map_obligations")
    return [
        Mark("work_plan", names["work_plan"], colours.treaty["state_party"]),
        Mark("other_list", names["other_list"], colours.treaty["signatory"], "circle"),
        Mark("signatory_list", names["signatory_list"], PALE[theme.mode()], "diamond-open"),
        Mark(NO_INFORMATION, names[NO_INFORMATION], colours.treaty["not_party"]),
    ]


def victim_marks() -> list[Mark]:
    """Classes of casualties in a year, and what is no number of all."""
    names = mark_names("map_victims")
    return _count_marks(
        Mark("zero", names["zero"], PALE[theme.mode()], "circle"),
        Mark("part", names["part"], PARTIAL[theme.mode()], "diamond"),
        Mark("named", names["named"], PALE[theme.mode()], "circle-open"),
    )


def all_time_marks() -> list[Mark]:
    """Classes of casualties over all years, and what is no total of all."""
    names = mark_names("map_all_time")
    return _count_marks(
        Mark("part", names["part"], PARTIAL[theme.mode()], "diamond"),
        Mark("other", names["other"], PALE[theme.mode()], "square-open"),
    )


def _count_marks(*others: Mark) -> list[Mark]:
    classes = [
        Mark(f"class_{place}", name, fill)
        for place, (name, fill) in enumerate(zip(class_names(), RAMP[theme.mode()], strict=True))
    ]
    rest = Mark(NO_INFORMATION, mark_names("map_victims")[NO_INFORMATION], theme.palette().treaty["not_party"])
    return [*reversed(classes), *others, rest]


def treaty_marks() -> list[Mark]:
    """State Party, signatory, withdrawn, not party."""
    names, signs = mark_names("map_membership"), {"withdrawn": "x"}
    # sent once instead of once a State
    hover = {code: plain(_("{status} since {date}").format(status=names[code], date="%{customdata}")) for code in STANDINGS}
    return [Mark(code, names[code], theme.palette().treaty[code], signs.get(code, ""), hover[code]) for code in STANDINGS]


def class_of(count: int) -> str:
    """The mark of a number of casualties."""
    # "at least 0" is no published zero; it falls into the lowest class
    return f"class_{max(sum(count >= lowest for lowest in CLASSES) - 1, 0)}"


# --- the map -------------------------------------------------------------------------


def draw(
    marks: list[Mark], of: Mapping[str, str], texts: Mapping[str, str], *, region: str = "world", chosen: str = "",
    numbers: Mapping[str, str] | None = None, outlined: Iterable[str] = (), outlined_name: str = "",
) -> go.Figure:  # fmt: skip
    """Draw one map.

    `of` gives each State its mark, the last of `marks` is everyone else's.
    `texts` are shown on hover, `numbers` are written on the map.
    """
    colours = theme.palette()
    layer, points = geo.layer(), geo.points()
    rest = marks[-1]
    figure = go.Figure()
    _neutral(figure, layer.neutral, geo.WORLD, colours.land)
    _neutral(figure, layer.disputed, geo.DISPUTED, colours.undetermined)
    shapes = {code: code for code in layer.states} | layer.parts
    for mark in marks:
        members = [code for code, state in shapes.items() if of.get(state, rest.code) == mark.code]
        if members:
            figure.add_choropleth(
                locations=members, z=[0] * len(members), colorscale=_flat(mark.fill),
                **_says(mark, rest, [shapes[code] for code in members], texts), **_shape(geo.WORLD),
            )  # fmt: skip
    around = [code for code, state in shapes.items() if state in set(outlined)]
    _outline(figure, around, colours.ink, 1.6)
    _outline(figure, [code for code, state in shapes.items() if chosen and state == chosen], colours.accent, 3)
    _undetermined_lines(figure)
    for mark in marks:
        members = [code for code, p in points.items() if p.small and of.get(code, rest.code) == mark.code]
        if members:
            _dots(figure, members, mark, _says(mark, rest, members, texts), chosen, set(outlined))
    _signs(figure, marks, of, texts)
    _numbers(figure, numbers or {}, region)
    present = {of.get(state, rest.code) for state in points}
    shown = [mark for mark in marks if mark.code in present]
    _legend(figure, shown, of, len(points), outlined_name if around else "")
    _layout(figure, region)
    return figure


def _layout(figure: go.Figure, region: str) -> None:
    figure.update_geos(**geo.extent(region), domain={"x": [0, 1], "y": [0, 1]})
    figure.update_layout(
        template=_template(theme.mode()), height=HEIGHT, dragmode="pan", uirevision=region, clickmode="event+select",
        showlegend=True, margin={"l": 0, "r": 0, "t": 8},
        legend={
            "orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False,
            "itemsizing": "constant", "bgcolor": "rgba(0,0,0,0)",
        },
    )  # fmt: skip


def _undetermined_lines(figure: go.Figure) -> None:
    """Lines that no shape ends at: dashed and dotted, as on the maps of the United Nations."""
    for style, dash in (("dashed", "4px,3px"), ("dotted", "1px,3px")):
        lon, lat = geo.lines(style)
        line = {"color": theme.palette().quiet, "width": 1, "dash": dash}
        figure.add_scattergeo(lon=lon, lat=lat, mode="lines", line=line, hoverinfo="skip")


@cache
def _template(mode: theme.Mode) -> go.layout.Template:
    """The template of every figure, cut to what a map uses, with what all traces of a map share.

    It travels with every figure, and a map is sent at every step of the replay.
    """
    whole = theme.plotly_template(mode)
    names = ("font", "paper_bgcolor", "hoverlabel", "hovermode", "legend", "modebar", "geo")
    layout = {name: whole.layout[name] for name in names}
    # Plotly would fade every State but the one clicked; the outline marks it instead
    unfaded = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
    line = {"color": theme.PALETTES[mode].paper, "width": 0.5}
    shape = {
        "featureidkey": "id",
        "showscale": False,
        "showlegend": False,
        "marker": {"line": line},
        **unfaded,
    }
    return go.layout.Template(
        layout=layout,
        data={"choropleth": [shape], "scattergeo": [{"showlegend": False, "mode": "markers", **unfaded}]},
    )


def _shape(name: str) -> dict:
    return {"geojson": geo_url(name)}


def _flat(colour: str) -> list:
    return [[0, colour], [1, colour]]


def _says(mark: Mark, rest: Mark, states: list[str], texts: Mapping[str, str]) -> dict:
    """What the traces of a mark say on hover: the State's name, and its detail or the mark's name."""
    says = {"text": [plain(i18n.state(state)) for state in states]}
    if mark is rest:
        return {**says, "hovertemplate": f"%{{text}}<br>{plain(mark.name)}<extra></extra>"}
    details = [plain(texts.get(state, "")) for state in states]
    return {**says, "customdata": details, "hovertemplate": f"%{{text}}<br>{mark.hover}<extra></extra>"}


def _neutral(figure: go.Figure, codes: Iterable[str], name: str, colour: str) -> None:
    codes = list(codes)
    figure.add_choropleth(
        locations=codes,
        z=[0] * len(codes),
        colorscale=_flat(colour),
        hoverinfo="skip",
        **_shape(name),
    )


def _outline(figure: go.Figure, codes: list[str], colour: str, width: float) -> None:
    if codes:
        figure.add_choropleth(
            locations=codes,
            z=[0] * len(codes),
            colorscale=_flat("rgba(0,0,0,0)"),
            hoverinfo="skip",
            marker={"line": {"color": colour, "width": width}},
            **_shape(geo.WORLD),
        )


def _dots(
    figure: go.Figure, codes: list[str], mark: Mark, says: dict, chosen: str, outlined: set[str]
) -> None:
    """States too small for a shape that can be seen: a dot to see and to click."""
    colours, points = theme.palette(), geo.points()
    edges = [
        colours.accent if c == chosen else colours.ink if c in outlined else colours.quiet for c in codes
    ]
    figure.add_scattergeo(
        lon=[points[code].lon for code in codes],
        lat=[points[code].lat for code in codes],
        ids=codes,
        marker={
            "size": _same([13 if code == chosen else 9 for code in codes]),
            "color": mark.fill,
            "line": {
                "color": _same(edges),
                "width": _same([3 if c == chosen else 2 if c in outlined else 0.7 for c in codes]),
            },
        },
        **says,
    )


def _same(values: list) -> object:
    """One value where all are the same: shorter to send."""
    return values[0] if len(set(values)) == 1 else values


def _signs(figure: go.Figure, marks: list[Mark], of: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """A sign on every State whose mark has one, so that colour is not the only difference."""
    points, colours = geo.points(), theme.palette()
    for mark in marks:
        codes = (
            [code for code, kind in of.items() if kind == mark.code and code in points] if mark.sign else []
        )
        if codes and mark.code != "zero":
            figure.add_scattergeo(
                lon=[points[code].lon for code in codes],
                lat=[points[code].lat for code in codes],
                ids=codes,
                marker=_marker(mark, colours, 10),
                **_says(mark, marks[-1], codes, texts),
            )


def _marker(mark: Mark, colours, size: int) -> dict:
    if mark.sign.endswith("-open"):
        return {
            "symbol": mark.sign,
            "size": size,
            "color": colours.ink,
            "line": {"color": colours.ink, "width": 2},
        }
    return {
        "symbol": mark.sign,
        "size": size,
        "color": mark.fill,
        "line": {"color": colours.ink, "width": 1.5},
    }


def _numbers(figure: go.Figure, numbers: Mapping[str, str], region: str) -> None:
    """Figures on the map, left out where they would overlap: hover, list and table have them all."""
    west, _south, east, _north = geo.bounds(region)
    points = {code: point for code, point in geo.points().items() if geo.within(point, region)}
    across, down = ((east - west) * share for share in CLEAR[wide()])
    placed: list[str] = []
    for code in sorted((c for c in numbers if c in points), key=lambda c: (-len(numbers[c]), c)):
        here = points[code]
        if all(
            abs(here.lon - points[other].lon) > across or abs(here.lat - points[other].lat) > down
            for other in placed
        ):
            placed.append(code)
    colours = theme.palette()
    if placed:
        figure.add_scattergeo(
            lon=[points[code].lon for code in placed],
            lat=[points[code].lat for code in placed],
            mode="text",
            text=[plain(numbers[code]) for code in placed],
            hoverinfo="skip",
            textfont={"size": 16, "color": colours.ink, "weight": 700, "shadow": _halo(colours.paper)},
        )


def _halo(colour: str) -> str:
    return ", ".join(f"{x}px {y}px 2px {colour}" for x in (-1, 0, 1) for y in (-1, 0, 1))


def _legend(figure: go.Figure, marks: list[Mark], of: Mapping[str, str], n: int, outlined_name: str) -> None:
    colours = theme.palette()
    counts = {mark.code: sum(kind == mark.code for kind in of.values()) for mark in marks}
    counts[marks[-1].code] = n - sum(kind in {mark.code for mark in marks[:-1]} for kind in of.values())
    line = {"color": colours.outline, "width": 1}
    for mark in marks:
        key = {"symbol": "square", "size": 14, "color": mark.fill, "line": line}
        if mark.sign and mark.code != "zero":
            key = _marker(mark, colours, 12)
        name = _("{mark}: {n}").format(mark=mark.name, n=number(counts[mark.code]))
        figure.add_scattergeo(lon=[None], lat=[None], marker=key, name=plain(name), showlegend=True)
    if outlined_name:
        key = {
            "symbol": "square-open",
            "size": 14,
            "color": colours.ink,
            "line": {"color": colours.ink, "width": 2},
        }
        figure.add_scattergeo(lon=[None], lat=[None], marker=key, name=plain(outlined_name), showlegend=True)
