"""Slides that are taken away hold the numbers of the query in charts, tables and maps of the program's own."""

import io

import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation

from dialogue.__main__ import main
from dialogue.export import charts, contents, files, maps, slides
from dialogue.present import decks
from dialogue.snapshot import queries, reader, store
from dialogue.tables import geo
from dialogue.views import catalogue, view
from dialogue.views.dialogue import questions
from tests.answers import HOSTILE, row, write

SITE = "https://dialogue.example.org/"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(content: bytes, tmp_path) -> Presentation:
    """The slides as an independent reader has them, after the format has been checked."""
    path = tmp_path / "slides.pptx"
    path.write_bytes(content)
    found = OpenXmlValidator().validate(str(path))
    assert found.is_valid, [str(error) for error in found.errors[:5]]
    return Presentation(io.BytesIO(content))


def of(name: str, tmp_path, **given: str) -> Presentation:
    return opened(files.of_view(catalogue.build(name, given), "pptx", SITE).content, tmp_path)


def texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def table_of(book: Presentation) -> list[list[str]]:
    """The rows of the tables of all slides, without their heads."""
    return [[cell.text for cell in line.cells] for slide in book.slides for shape in slide.shapes if shape.has_table for line in list(shape.table.rows)[1:]]


def described(book: Presentation) -> None:
    """Every picture, chart, table and group says in words what it shows; every slide has a title and notes."""
    for slide in book.slides:
        assert slide.shapes.title.text_frame.text and slide.shapes[0].shape_id == slide.shapes.title.shape_id
        for shape in slide.shapes:
            if not shape.has_text_frame:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), shape.name
        ids = [each.get("id") for each in slide._element.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr")]
        assert len(set(ids)) == len(ids)


def test_a_chart_on_a_slide_is_native_and_draws_the_numbers_of_the_query(tmp_path):
    book = of("trends.world_cluster_munitions", tmp_path)
    shown = catalogue.build("trends.world_cluster_munitions")
    described(book)
    first = book.slides[0]
    (chart,) = [shape.chart for shape in first.shapes if shape.has_chart]
    rows = queries.run("casualties_world_split", weapon="cluster_munition").set_index("year")
    for n, year in enumerate(chart.plots[0].categories):
        drawn = [series.values[n] for series in chart.plots[0].series if series.values[n] is not None]
        assert sum(drawn) == rows.loc[int(year), "total"] if int(year) in rows.index else drawn == []
    said = texts(first)
    assert first.shapes.title.text_frame.text == shown.title and shown.kicker in said
    assert reader.snapshot().fingerprint in said and "Source: " in said and f"{SITE}new-victims?view=world" in said
    assert shown.alt in first.notes_slide.notes_text_frame.text and all(note in first.notes_slide.notes_text_frame.text for note in shown.notes)
    assert len(table_of(book)) == len(shown.table)


@pytest.mark.parametrize("name", ["trends.world_pair", "instruments.joining", "obligations.by_indicator"])
def test_charts_of_several_panels_lines_and_bars_are_valid(tmp_path, name):
    book = of(name, tmp_path)
    native = charts.of(catalogue.build(name))
    drawn = [shape.chart for shape in book.slides[0].shapes if shape.has_chart]
    assert [[list(series.values) for series in chart.plots[0].series] for chart in drawn] == [[list(series.values) for series in chart.series] for chart in native]


@pytest.mark.long
@pytest.mark.parametrize(("name", "given"), [("world_map.victims", {}), ("world_map.membership", {"region": "asia"})])
def test_a_map_on_a_slide_is_one_group_in_which_each_state_is_a_shape_of_its_name(tmp_path, name, given):
    book = of(name, tmp_path, **given)
    described(book)
    shown = catalogue.build(name, given)
    (group,) = [shape for shape in book.slides[0].shapes if shape.shape_type == 6]
    assert group._element.xpath("./p:nvGrpSpPr/p:cNvPr")[0].get("descr") == shown.alt
    names = {shape.name for shape in group.shapes}
    assert {"Ukraine", "Maldives"} & names if not given else {"Mongolia", "India"} <= names
    left, top, right, bottom = group.left, group.top, group.left + group.width, group.top + group.height
    for shape in group.shapes:
        for path in shape._element.iter(f"{A}path"):
            last = None
            for step in path:  # no line runs across the world, where a State lies on both of its edges
                at = [int(point.get("x")) for point in step.iter(f"{A}pt")]
                assert step.tag != f"{A}lnTo" or abs(at[0] - last) < 0.15 * group.width or given, shape.name
                last = at[0] if at else None
        if shape._element.xpath(".//a:custGeom"):
            assert left <= shape.left and shape.left + shape.width <= right and top <= shape.top and shape.top + shape.height <= bottom, shape.name
    if not given:
        fills = {shape.name: shape._element.xpath("./p:spPr/a:solidFill/a:srgbClr/@val") for shape in group.shapes if shape._element.xpath(".//a:custGeom")}
        rows = queries.run("map_casualties")
        with_number = rows[rows["count"].notna() & (rows["count"] > 0)]["iso3"]
        assert fills["Ukraine"] != fills["Norway"] and "UKR" in set(with_number)
        assert len(fills) > 150 and set(geo.layer().states) <= set(maps._features(geo.WORLD))
    assert "neither endorsed nor accepted" in texts(book.slides[0])


def test_a_figure_that_no_office_program_draws_goes_out_as_its_table_and_says_so(tmp_path):
    book = of("victims.shares", tmp_path)
    assert "cannot be drawn by an office program" in texts(book.slides[0])
    shown = catalogue.build("victims.shares")
    assert table_of(book) == [[str(value) for value in line] for line in view.twin(shown).itertuples(index=False)]


@pytest.mark.long
def test_a_long_table_says_how_many_rows_are_left_out(tmp_path):
    book = of("documents.documents", tmp_path)
    rows = len(catalogue.build("documents.documents").table)
    left = rows - len(table_of(book))
    assert left > 0 and f"{left} more rows stand on the page" in texts(book.slides[-1])


@pytest.mark.long
def test_a_state_and_a_deck_are_taken_away_as_slides(tmp_path, capsys):
    assert main(["export", "Lao", "--to", "pptx", str(tmp_path), "--site", SITE]) == 0
    assert main(["export", "opening", "--to", "pptx", str(tmp_path / "deck.pptx")]) == 0
    capsys.readouterr()
    (state,) = tmp_path.glob("state_LAO_*.pptx")
    book = opened(state.read_bytes(), tmp_path)
    described(book)
    assert book.slides[0].shapes.title.text_frame.text.startswith("Lao People") and len(book.slides) >= 6
    deck = decks.read("opening")
    told = opened((tmp_path / "deck.pptx").read_bytes(), tmp_path)
    described(told)
    titles = [slide.shapes.title.text_frame.text for slide in told.slides]
    for item in deck.items:
        expected = item.title or (catalogue.build(item.view.split("+")[0].strip(), item.given).title if item.view else "")
        assert expected in titles or item.kind == "end", item
    assert not any("cannot be shown" in title for title in titles)
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in told.slides if slide.has_notes_slide)
    assert all(item.note in notes for item in deck.items)


def test_a_guiding_question_is_taken_away_as_slides_from_what_was_asked_to_the_practices(tmp_path):
    book = opened(files.of_question("b", "pptx", SITE).content, tmp_path)
    described(book)
    evidence, _answers, practices = contents.of_question("b")
    titles = [slide.shapes.title.text_frame.text for slide in book.slides]
    assert titles[0] == questions.codes()["b"] and {evidence.title, practices.title} <= set(titles)
    assert questions.asked("b") in "\n".join(texts(slide) for slide in book.slides)


def test_a_hostile_answer_is_plain_text_on_a_slide(data, tmp_path):
    write(data, "responses", [row("AFG", "a", "2025-03-10", answer=HOSTILE + "A" * 10_000, summary_en=HOSTILE)])
    with reader.reading(reader.Reader(store.load(data))):
        book = opened(slides.of_view(catalogue.build("responses.answers")), tmp_path)
    cells = [cell for line in table_of(book) for cell in line]
    assert any("<img src=x" in cell for cell in cells) and max(map(len, cells)) < 1_000
