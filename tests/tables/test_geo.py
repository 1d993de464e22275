"""The boundary layers: sound as shipped, and every kind of damage is named."""

import json
import shutil
from pathlib import Path

import pytest

from dialogue.tables import geo, package


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of what the check reads, to be damaged."""
    shutil.copytree(package.DATA / "geo", tmp_path / "geo")
    shutil.copy(package.DATA / "states.csv", tmp_path)
    return tmp_path


def rules(data: Path) -> str:
    return "\n".join(str(problem) for problem in geo.check(data))


def change(data: Path, layer: str, index: int, edit) -> None:
    path = data / "geo" / layer
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content["features"][index])
    path.write_text(json.dumps(content), encoding="utf-8")


def test_the_layers_as_shipped_are_sound():
    assert geo.check() == []


def test_a_state_without_shape_and_point_is_named(data):
    points = data / "geo" / "points.csv"
    kept = [line for line in points.read_text(encoding="utf-8").splitlines() if not line.startswith("VAT,")]
    points.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert "states.csv, column iso3: “VAT”" in rules(data)


def test_a_code_that_no_table_knows_is_named(data):
    change(data, "world.geojson", 1, lambda f: (f.update(id="QQQ"), f["properties"].update(iso3="QQQ")))
    assert "“QQQ”: is not a State of states.csv" in rules(data)


def test_a_ring_that_runs_the_wrong_way_is_named(data):
    change(data, "world.geojson", 1, lambda f: f["geometry"]["coordinates"][0].reverse())
    assert "clockwise" in rules(data)


def test_a_shape_that_crosses_itself_is_named(data):
    bow = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]
    change(data, "world.geojson", 1, lambda f: f.update(geometry={"type": "Polygon", "coordinates": bow}))
    assert "not valid" in rules(data)


@pytest.mark.parametrize("name", ["world.geojson", "disputed.geojson", "lines.geojson", "points.csv"])
@pytest.mark.parametrize("content", [None, "", "{", "a,b\n1,2\n"])
def test_a_missing_or_broken_layer_is_a_finding_and_no_crash(data, name, content):
    path = data / "geo" / name
    path.unlink() if content is None else path.write_text(content)
    assert f"geo/{name}" in rules(data)


def test_a_point_off_the_map_is_named_with_its_line(data):
    points = data / "geo" / "points.csv"
    points.write_text(
        points.read_text(encoding="utf-8").replace("AFG,Afghanistan,66.5", "AFG,Afghanistan,866.5")
    )
    assert "geo/points.csv, row 2, column lon: “866.5”" in rules(data)


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("africa", ["SOM", "CPV", "MUS", "ZAF"], ["LAO", "BRA"]),
        ("americas", ["CAN", "CHL", "BRB"], ["TCD", "FJI"]),
        ("asia", ["LBN", "LAO", "JPN", "IDN"], ["PRT", "USA"]),
        ("europe", ["ALB", "ISL", "UKR"], ["LAO", "COD"]),
        ("oceania", ["AUS", "KIR", "TON", "NRU"], ["MOZ", "FRA"]),
    ],
)
def test_a_region_view_holds_its_states_and_not_the_world(region, inside, outside):
    points = geo.points()
    assert all(geo.within(points[iso3], region) for iso3 in inside)
    assert not any(geo.within(points[iso3], region) for iso3 in outside)
    west, south, east, north = geo.bounds(region)
    assert 0 < east - west < 130 and -90 <= south < north <= 90


def test_an_unknown_region_gives_the_world():
    assert geo.extent("atlantis") == geo.extent("world")


def test_parts_are_shaded_like_a_state_and_lines_are_not_solid():
    layer = geo.layer()
    assert set(layer.parts.values()) <= set(layer.states)
    assert "ESH" in layer.neutral and "TWN" in layer.parts
    assert all(len(geo.lines(style)[0]) > 1 for style in geo.STYLES)
