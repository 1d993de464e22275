"""What stands on slides is what stands on pages: the same numbers, whole tables, sources and dates."""

import json
import re

import pytest

from dialogue.present import decks, pack
from dialogue.present.decks import Deck, Item
from dialogue.snapshot import queries, reader
from dialogue.views import catalogue, theme, view
from dialogue.views.signs import TableView

SITE = "https://dialogue.example.org/"


def every_deck() -> list[tuple[str, dict]]:
    twelve = sorted(set(queries.run("obligation_matrix")["iso3"]))
    return [
        (name, given) for name in decks.names() for given in ([{"state": iso3} for iso3 in twelve] if decks.wants(name) else [{}])
    ]


@pytest.mark.parametrize(("name", "given"), every_deck())
def test_every_slide_of_every_deck_is_drawn_with_source_date_and_version(name, given):
    packed = pack.pack(decks.read(name, given), SITE)
    version = reader.snapshot().fingerprint
    for slide in packed["slides"]:
        assert slide["title"] and "cannot be shown" not in slide["title"], slide
        if slide["kind"] in ("figure", "table", "two", "statement"):
            assert slide["bodies"] and version in slide["foot"][0] and "As of" in slide["foot"][0]
    json.dumps(packed, default=pack._plain, allow_nan=False)


def test_a_figure_on_a_slide_holds_the_numbers_of_the_page():
    for slide in pack.pack(decks.read("opening"), SITE)["slides"]:
        for body in slide["bodies"]:
            if "figure" in body:
                shown = next(v for v in map(catalogue.build, ["world_map.obligations", "trends.world_cluster_munitions", "obligations.by_indicator"]) if v.title == slide["title"])
                assert body["figure"] == shown.figure.to_plotly_json()


@pytest.mark.long
def test_a_long_table_is_split_and_no_row_is_lost_or_doubled():
    for name in catalogue.names():
        if any(parameter.default is None for parameter in catalogue.get(name).parameters):
            continue
        shown = catalogue.build(name)
        parts = list(pack.bodies(shown))
        if isinstance(shown, TableView):
            rows = [(heading, row) for part in parts for heading, found in part["drawing"]["sections"] for row in found]
            assert rows == [(heading, row) for heading, found in shown.drawing["sections"] for row in found], name
            codes = [code for part in parts for code in part["drawing"]["codes"][0]]
            assert codes == list(shown.drawing["codes"][0]), name
        elif "html" in parts[0]:
            assert sum(part["html"].count("<tr>") - 1 for part in parts) == len(view.twin(shown)), name


def test_a_slide_that_cannot_be_built_says_why_and_the_others_stand():
    deck = Deck("", "Mine", (Item("figure", "no.such"), Item("figure", "trends.world_pair")))
    wrong, right = pack.pack(deck)["slides"]
    assert "there is no view “no.such”" in wrong["how"] and right["bodies"]


def test_notes_stay_out_unless_they_are_asked_for():
    deck = decks.read("opening")
    secret = next(item.note for item in deck.items if item.note)
    assert secret in pack.script(pack.pack(deck)) and secret not in pack.script(pack.pack(deck, notes=False))


def test_hostile_words_of_a_deck_are_text():
    bad = "</script><img src=x onerror=alert(1)>\u2028"
    text = pack.script(pack.pack(Deck("", bad, (Item("section", title=bad, message=bad),))))
    assert "</" not in text and "\u2028" not in text
    assert json.loads(re.sub(r"^va\.deck\((.*)\);\n$", r"\1", text, flags=re.S))["title"].startswith("</script>")


def test_a_slide_is_built_in_the_colours_that_are_asked_for():
    with reader.reading(reader.Reader(reader.snapshot(), mode="dark")):
        figure = next(pack.bodies(catalogue.build("trends.world_pair")))["figure"]
    assert theme.PALETTES["dark"].ink in json.dumps(figure, default=pack._plain)
