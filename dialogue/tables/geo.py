"""The boundary layers of ``data/geo``: what they hold, whether they are sound, how far a region reaches.

The browser fetches the shapes itself; pages need only the codes in a layer,
the few dashed lines and the points of small States. geopandas is imported
where it is used, because that takes most of a second.
"""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogue.tables import package
from dialogue.tables.rows import Problem

if TYPE_CHECKING:
    import geopandas

GEO = package.DATA / "geo"
WORLD, DISPUTED, LINES, POINTS = "world.geojson", "disputed.geojson", "lines.geojson", "points.csv"
KINDS = ("state", "part", "territory", "non-self-governing territory")
STYLES = ("dashed", "dotted")
POINT_COLUMNS = ["iso3", "name", "lon", "lat", "area_km2", "small", "source"]

# The centre of the map of the world lies in Europe, so that no State is cut at the edge.
WORLD_VIEW = {"lon": 11.0, "lat": (-65.0, 90.0)}
# A State wider than this crosses the edge of the map or half a continent: its label
# point stands for it, else Siberia would make Europe small.
WIDEST = 100.0
MARGIN = 3.0


@dataclass(frozen=True)
class Point:
    """Where the dot or the number of a State stands; `small`: its shape is too small to be seen."""

    lon: float
    lat: float
    small: bool


@dataclass(frozen=True)
class Layer:
    """Codes in the world layer, and what a shape belongs to.

    states: codes of shapes of States. parts: code of a part -> State it is shaded like.
    neutral: codes of territories. disputed: codes of areas of undetermined status.
    """

    states: tuple[str, ...]
    parts: dict[str, str]
    neutral: tuple[str, ...]
    disputed: tuple[str, ...]


@cache
def layer() -> Layer:
    """Return the codes that the layers hold."""
    states, parts, neutral = [], {}, []
    for feature in _features(GEO / WORLD):
        kind = feature["properties"]["kind"]
        if kind == "state":
            states.append(feature["id"])
        elif kind == "part":
            parts[feature["id"]] = feature["properties"]["parent"]
        else:
            neutral.append(feature["id"])
    disputed = tuple(feature["id"] for feature in _features(GEO / DISPUTED))
    return Layer(tuple(states), parts, tuple(neutral), disputed)


@cache
def lines(style: str) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """Return longitudes and latitudes of the dashed or dotted boundaries, with None between two lines."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for feature in _features(GEO / LINES):
        if feature["properties"]["style"] != style:
            continue
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        for part in parts:
            lon += [x for x, _y in part] + [None]
            lat += [y for _x, y in part] + [None]
    return tuple(lon[:-1]), tuple(lat[:-1])


@cache
def points() -> dict[str, Point]:
    """Return the point of every State by its code."""
    with (GEO / POINTS).open(encoding="utf-8", newline="") as file:
        return {
            row["iso3"]: Point(float(row["lon"]), float(row["lat"]), row["small"] == "1")
            for row in csv.DictReader(file)
        }


def extent(region: str) -> dict[str, Any]:
    """Return the section of the map for ``layout.geo``: a region's code, or "world".

    An unknown region gives the world.
    """
    west, south, east, north = bounds(region)
    if region not in _regions():
        axes: dict[str, Any] = {"lataxis": {"range": [south, north]}}
        middle = WORLD_VIEW["lon"]
    else:
        middle = (west + east) / 2
        axes = {"lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]}}
    # the map is turned to the middle of the region, where Equal Earth bends shapes least
    middle = (middle + 180) % 360 - 180
    return {"projection": {"type": "equal earth", "rotation": {"lon": middle}}, **axes}


@cache
def bounds(region: str) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a region; east may lie beyond 180 degrees."""
    codes = _regions().get(region)
    if not codes:
        south, north = WORLD_VIEW["lat"]
        return WORLD_VIEW["lon"] - 180, south, WORLD_VIEW["lon"] + 180, north
    shapes = _frame(GEO / WORLD)
    boxes = []
    for row in shapes[shapes["kind"] == "state"].itertuples():
        west, south, east, north = row.geometry.bounds
        if row.iso3 in codes and east - west <= WIDEST:
            boxes.append((west, south, east, north))
    for iso3, point in points().items():
        if iso3 in codes:
            boxes.append((point.lon, point.lat, point.lon, point.lat))
    west, east = _round_the_globe([(box[0], box[2]) for box in boxes])
    south = max(min(box[1] for box in boxes) - MARGIN, -90)
    north = min(max(box[3] for box in boxes) + MARGIN, 90)
    return round(west - MARGIN, 1), round(south, 1), round(east + MARGIN, 1), round(north, 1)


def within(point: Point, region: str) -> bool:
    """Whether a point lies in the section of the map that shows a region."""
    west, south, east, north = bounds(region)
    return south < point.lat < north and (point.lon - west) % 360 < east - west


def _round_the_globe(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """The shortest arc of longitude that holds all spans: the rest is the widest gap between them."""
    spans = sorted(((west + 180) % 360, (west + 180) % 360 + (east - west)) for west, east in spans)
    reached = spans[0][1]
    gaps = []
    for west, east in spans[1:]:
        gaps.append((west - reached, west))
        reached = max(reached, east)
    gaps.append((spans[0][0] + 360 - reached, spans[0][0] + 360))
    gap, start = max(gaps)
    west = start % 360 - 180
    return west, west + 360 - gap


@cache
def _regions() -> dict[str, frozenset[str]]:
    """Codes of the States of each region, as states.csv has them."""
    found: dict[str, set[str]] = {}
    with (package.DATA / "states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["region"], set()).add(row["iso3"])
    return {region: frozenset(codes) for region, codes in found.items()}


def _features(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def _frame(path: Path) -> "geopandas.GeoDataFrame":
    import geopandas

    return geopandas.read_file(path)


def check(data: Path = package.DATA) -> list[Problem]:
    """Check the layers below ``data``/geo against each other and against states.csv.

    Returns what is wrong: a State with neither a shape nor a point, a code that
    nobody knows, a shape that crosses itself, a ring that a browser would draw
    inside out. Never raises for what the files hold.
    """
    folder = Path(data) / "geo"
    problems: list[Problem] = []
    states = _state_codes(Path(data), problems)
    world = _layer_problems(folder / WORLD, ("iso3", "kind", "parent"), ("Polygon", "MultiPolygon"), problems)
    areas = _layer_problems(folder / DISPUTED, ("iso3",), ("Polygon", "MultiPolygon"), problems)
    borders = _layer_problems(
        folder / LINES, ("a", "b", "style"), ("LineString", "MultiLineString"), problems
    )
    dots = _point_problems(folder / POINTS, states, problems)
    shaped: set[str] = set()
    if world is not None:
        shaped = set(world.loc[world["kind"] == "state", "iso3"])
        _code_problems(world, states, problems)
    if world is not None and dots is not None and states:
        _coverage_problems(states, shaped, dots, problems)
    if borders is not None and world is not None and areas is not None:
        known = {*world["iso3"], *areas["iso3"]}
        for row in borders.itertuples():
            for column in ("a", "b"):
                code = getattr(row, column)
                if code not in known:
                    problems.append(_at(LINES, row.Index, column, code, "is not a code of the layers"))
            if row.style not in STYLES:
                rule = f"must be one of {', '.join(STYLES)}"
                problems.append(_at(LINES, row.Index, "style", row.style, rule))
    return sorted(problems)


def _at(name: str, index: object, column: str, value: object, rule: str) -> Problem:
    """A finding in a layer; its features have no lines, so they are counted from 1."""
    place = f"feature {index + 1}, {column}" if isinstance(index, int) else column
    return Problem(f"geo/{name}", 0, place, "" if value is None else str(value), rule)


def _state_codes(data: Path, problems: list[Problem]) -> set[str]:
    try:
        with (data / "states.csv").open(encoding="utf-8-sig", newline="") as file:
            return {row["iso3"] for row in csv.DictReader(file)}
    except (OSError, KeyError, UnicodeDecodeError, csv.Error):
        problems.append(
            Problem("states.csv", 0, "", "", "cannot be read, so that the layers cannot be checked")
        )
        return set()


def _layer_problems(
    path: Path, columns: tuple[str, ...], types: tuple[str, ...], problems: list[Problem]
) -> "geopandas.GeoDataFrame | None":
    """Read one layer and check its shapes; None when it cannot be read."""
    if not path.is_file():
        problems.append(_at(path.name, None, "", "", "the layer is missing; the maps need it"))
        return None
    try:
        frame = _frame(path)
    except Exception as error:  # every reader below geopandas has errors of its own
        rule = f"cannot be read as GeoJSON: {' '.join(str(error).split())[:120]}"
        problems.append(_at(path.name, None, "", "", rule))
        return None
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        problems.append(_at(path.name, None, "", ", ".join(missing), "the property is missing"))
        return None
    for index, shape in enumerate(frame.geometry):
        code = frame.iloc[index].get("iso3", "")
        if shape is None or shape.is_empty:
            problems.append(_at(path.name, index, "geometry", code, "the shape is empty"))
        elif shape.geom_type not in types:
            problems.append(_at(path.name, index, "geometry", code, f"must be one of {', '.join(types)}"))
        elif not shape.is_valid:
            problems.append(_at(path.name, index, "geometry", code, _why_invalid(shape)))
        elif not _drawn_right_way_round(shape):
            rule = "outer rings must run clockwise and holes the other way, else the shape floods the globe"
            problems.append(_at(path.name, index, "geometry", code, rule))
    return frame


def _why_invalid(shape: Any) -> str:
    from shapely.validation import explain_validity

    return f"the shape is not valid: {explain_validity(shape)}"


def _drawn_right_way_round(shape: Any) -> bool:
    if "Polygon" not in shape.geom_type:
        return True
    polygons = shape.geoms if hasattr(shape, "geoms") else [shape]
    return all(not each.exterior.is_ccw and all(ring.is_ccw for ring in each.interiors) for each in polygons)


def _code_problems(world: "geopandas.GeoDataFrame", states: set[str], problems: list[Problem]) -> None:
    """Codes of the world layer that nothing else knows, or that stand twice."""
    seen: set[str] = set()
    for row in world.itertuples():
        if row.iso3 != row.id:
            problems.append(_at(WORLD, row.Index, "iso3", row.iso3, f"the feature's id is {row.id}"))
        if row.iso3 in seen:
            problems.append(_at(WORLD, row.Index, "iso3", row.iso3, "the code stands more than once"))
        seen.add(row.iso3)
        if row.kind not in KINDS:
            problems.append(_at(WORLD, row.Index, "kind", row.kind, f"must be one of {', '.join(KINDS)}"))
        if row.kind == "state" and row.iso3 not in states:
            problems.append(_at(WORLD, row.Index, "iso3", row.iso3, "is not a State of states.csv"))
        if row.kind != "state" and row.iso3 in states:
            problems.append(_at(WORLD, row.Index, "kind", row.iso3, "is a State of states.csv"))
        if row.kind == "part" and row.parent not in states:
            problems.append(_at(WORLD, row.Index, "parent", row.parent, "is not a State of states.csv"))


def _point_problems(path: Path, states: set[str], problems: list[Problem]) -> dict[str, bool] | None:
    """Check points.csv; returns whether each State is small, or None when it cannot be read."""
    name = f"geo/{path.name}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [(reader.line_num, row) for row in reader]
            header = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error):
        problems.append(Problem(name, 0, "", "", "the file is missing or cannot be read"))
        return None
    if header != POINT_COLUMNS:
        problems.append(
            Problem(name, 1, "", ",".join(header), f"the columns must be {','.join(POINT_COLUMNS)}")
        )
        return None
    found: dict[str, bool] = {}
    for line, row in rows:
        code = row["iso3"] or ""
        if code in found:
            problems.append(Problem(name, line, "iso3", code, "the code stands more than once"))
        if states and code not in states:
            problems.append(Problem(name, line, "iso3", code, "is not a State of states.csv"))
        for column, limit in (("lon", 180.0), ("lat", 90.0)):
            if not _within(row[column], limit):
                rule = f"must be a number from {-limit:g} to {limit:g}"
                problems.append(Problem(name, line, column, row[column] or "", rule))
        if row["small"] not in ("0", "1"):
            problems.append(Problem(name, line, "small", row["small"] or "", "must be 0 or 1"))
        found[code] = row["small"] == "1"
    return found


def _within(text: str | None, limit: float) -> bool:
    try:
        return -limit <= float(text or "") <= limit
    except ValueError:
        return False


def _coverage_problems(
    states: set[str], shaped: set[str], dots: dict[str, bool], problems: list[Problem]
) -> None:
    """States that the map would not show, or show without a place for their mark."""
    for code in sorted(states):
        if code not in shaped and code not in dots:
            rule = "the State has neither a shape in the layer nor a point in points.csv"
            problems.append(Problem("states.csv", 0, "iso3", code, rule))
        elif code not in dots:
            problems.append(Problem(f"geo/{POINTS}", 0, "iso3", code, "the State has no point for its mark"))
        elif code not in shaped and not dots[code]:
            rule = "the State has no shape, so that small must be 1"
            problems.append(Problem(f"geo/{POINTS}", 0, "small", code, rule))
