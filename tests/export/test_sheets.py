"""What is taken away as a workbook, a table or a Data Package holds the numbers of the query, with their source, and runs nothing."""

import csv
import io
import json
import re
import time
import zipfile
from collections.abc import Iterator

import openpyxl
import pandas as pd
import pytest
from openxml_audit import OpenXmlValidator

from dialogue.__main__ import main
from dialogue.export import charts, contents, files
from dialogue.snapshot import queries, reader, store
from dialogue.views import catalogue, theme, view
from tests.answers import HOSTILE, row, write
from tests.support import LEAKED

SITE = "https://dialogue.example.org/"
FORMULA = '=HYPERLINK("https://example.org","click")'


def built(name: str, **given: str):
    needed = {p.name: catalogue.allowed(name, p.name)[0] for p in catalogue.get(name).parameters if p.default is None}
    return catalogue.build(name, needed | given)


def opened(made: files.File) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made.content))


def rows_of(book: openpyxl.Workbook, sheet: str) -> list[dict]:
    lines = list(book[sheet].iter_rows(values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def drawn(book: openpyxl.Workbook) -> list[dict[str, dict[str, object]]]:
    """The charts of a workbook as an office program reads them: by series, a value for each category."""

    def cells(reference: str) -> list:
        sheet, _mark, area = reference.replace("$", "").partition("!")
        found = book[sheet.strip("'")][area]
        return [line[0] for line in found] if isinstance(found, tuple) else [found]

    charts_of = []
    for chart in (chart for sheet in book for chart in sheet._charts):
        shown = {}
        for series in chart.series:
            (name,) = cells(series.tx.strRef.f)
            categories = cells((series.cat.numRef or series.cat.strRef).f)
            shown[name.value] = {str(at.value): each.value for at, each in zip(categories, cells(series.val.numRef.f), strict=True)}
        charts_of.append(shown)
    return charts_of


def test_the_world_s_casualties_in_a_workbook_are_those_of_the_query():
    made = files.of_view(built("trends.world_cluster_munitions"), "xlsx", SITE)
    rows = queries.run("casualties_world_split", weapon="cluster_munition").set_index("year")
    (chart,) = drawn(opened(made))
    for year in range(int(rows.index.min()), int(rows.index.max()) + 1):
        values = [series[str(year)] for series in chart.values() if series[str(year)] is not None]
        assert sum(values) == rows.loc[year, "total"] if year in rows.index else values == []  # a gap is no zero
    data = [line for line in rows_of(opened(made), "Data") if line["mark"] == "shown"]
    assert {line["year"]: line["total"] for line in data} == rows["total"].to_dict()
    assert all(isinstance(line["total"], int) for line in data)


@pytest.mark.parametrize(
    ("name", "given"),
    [(name, {}) for name in charts.NATIVE if not name.startswith("profile")] + [("profile_casualties.by_year", {"chosen": state}) for state in ("LAO", "LBN", "UKR")],
)
def test_a_native_chart_draws_the_values_of_the_figure(name, given):
    """What the figure on the page draws as bars or lines; a native chart adds nothing and leaves nothing out."""
    shown = built(name, **given)
    native = charts.of(shown)
    if name == "instruments.joining":
        counts = queries.run("treaty_counts", as_of=shown.as_of)["state_parties"].tolist()
        assert sorted(series.values[-1] for series in native[0].series) == sorted(counts)
        return
    bars = [trace for trace in shown.figure.data if trace.type == "bar" and trace.marker.color != theme.palette().grid]
    # a published zero is a sign on the page, and a value of a chart
    on_page = sorted(int(v) for trace in bars for v in (trace.x if trace.orientation == "h" else trace.y) if v)
    if native or name != "profile_casualties.by_year":
        assert sorted(v for chart in native for series in chart.series for v in series.values if v) == on_page
    else:  # parts that nobody added up stand side by side, and go out as a table
        assert charts.instead(shown)


@pytest.mark.parametrize("name", ["LAO", "g"])
def test_a_state_and_a_question_are_taken_away_as_one_workbook_with_the_rows_of_every_view(name, tmp_path):
    made = files.named(name, {}, "xlsx", SITE)
    (tmp_path / made.name).write_bytes(made.content)
    found = OpenXmlValidator().validate(str(tmp_path / made.name))
    assert found.is_valid, [str(error) for error in found.errors[:5]]
    book, views = opened(made), contents.of_state(name) if name == "LAO" else contents.of_question(name)
    about = {line[0].value: line[1].value for line in book["Read me"].iter_rows()}
    for n, shown in enumerate(views, start=1):
        assert about[str(n)].startswith(f"{shown.kicker}: {shown.title}")
        assert book[f"{n} Data"].max_row - 1 == len(shown.data) and book[f"{n} Shown"]["A1"].value == shown.title
    assert {line["Code"] for line in rows_of(book, "Sources")} == {code for shown in views for code in view.documents(shown)["source_id"]}
    values = [value for chart in drawn(book) for series in chart.values() for value in series.values()]
    assert values == [value for shown in views for chart in charts.of(shown) for series in chart.series for value in series.values]
    told = json.loads(files.named(name, {}, "json", SITE).content)
    assert [each["title"] for each in told["views"]] == [shown.title for shown in views] and told["version"] == reader.snapshot().fingerprint


@pytest.mark.long
def test_every_view_opens_as_a_workbook_with_its_finding_its_sources_and_its_rows():
    for name in catalogue.names():
        shown = built(name)
        book = opened(files.of_view(shown, "xlsx", SITE))
        about = {line[0].value: line[1].value for line in book["Read me"].iter_rows()}
        assert about["Finding"] == shown.title and reader.snapshot().fingerprint in about["Data"], name
        assert about["Data address"].startswith(f"{SITE}data/view/{name}.json") and "CC BY 4.0" in about["Licence"]
        notes = [line[1].value for line in book["Read me"].iter_rows() if line[0].value == "Note"]
        assert notes == contents.caveats(shown)
        assert book["Data"].max_row - 1 == len(shown.data) and book["Shown"].max_row - 1 == len(shown.table)
        assert {line["Code"] for line in rows_of(book, "Sources")} == set(view.documents(shown)["source_id"]), name
        assert len(book["Columns of the data"]["A"]) - 1 == len(shown.data.columns)
        assert bool(drawn(book)) == bool(charts.of(shown)) and ("Figure" in about) == bool(charts.instead(shown))
        for sheet in book:
            for line in sheet.iter_rows():
                assert not any(cell.data_type == "f" or (isinstance(cell.value, str) and LEAKED.fullmatch(cell.value)) for cell in line)


@pytest.mark.long
def test_the_columns_of_a_view_are_explained():
    explained = [text for name in catalogue.names() for _column, text, _unit in contents.meanings(built(name))]
    assert sum(map(bool, explained)) > 0.9 * len(explained)


def test_numbers_written_for_readers_are_numbers_in_a_workbook():
    shown = rows_of(opened(files.of_view(built("trends.world_cluster_munitions"), "xlsx")), "Shown")
    totals = queries.run("casualties_world_split", weapon="cluster_munition").set_index("year")
    for line in shown:
        if isinstance(line["Casualties"], int):
            assert totals.loc[line["Year"] if isinstance(line["Year"], int) else int(line["Year"]), "total"] == line["Casualties"]
    assert sum(isinstance(line["Casualties"], int) for line in shown) == (totals["count_type"] == "recorded").sum()


def test_a_file_is_called_in_plain_ascii_after_view_date_and_version():
    made = files.of_view(built("world_map.victims", region="africa"), "csv")
    assert re.fullmatch(r"world-map-victims_africa_\d{4}-\d\d-\d\d_[0-9a-f]{12}\.csv", made.name)
    assert contents.ascii_word("Côte d’Ivoire / ../") == "Cote-dIvoire"


def test_the_same_data_give_the_same_bytes(monkeypatch):
    shown = built("trends.world_pair")
    endings = ("csv", "json", "xlsx", "pptx", "docx")
    first = {ending: files.of_view(shown, ending, SITE).content for ending in endings}
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + 86_400)  # what a ZIP tells of its parts
    assert {ending: files.of_view(shown, ending, SITE).content for ending in endings} == first
    for ending in ("pptx", "docx"):
        for packed in parts(first[ending]):
            for text in re.findall(rb"<dcterms:created[^>]*>([^<]*)", packed):
                assert text.decode().startswith(str(reader.snapshot().as_of))


def parts(content: bytes) -> Iterator[bytes]:
    """What is in a file of an office program, and in the workbooks within it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield packed.read(name)
            if name.endswith(".xlsx"):
                yield from parts(packed.read(name))


def test_a_view_as_csv_and_as_json_holds_its_rows():
    shown = built("trends.world_pair")
    table = pd.read_csv(io.BytesIO(files.of_view(shown, "csv").content))
    assert table["total"].tolist() == shown.data["total"].tolist() and set(table["data_version"]) == {reader.snapshot().fingerprint}
    told = json.loads(files.of_view(shown, "json", SITE).content)
    assert [line["total"] for line in told["data"]] == shown.data["total"].tolist() and told["title"] == shown.title


@pytest.mark.long
def test_everything_holds_every_row_of_every_table_and_how_they_belong_together():
    book = opened(files.everything("xlsx"))
    snapshot = reader.snapshot()
    for name in files.tables():
        assert book[name].max_row - 1 == len(snapshot.checked.rows[name]), name
    lines = {(line["Table"], line["Column"]) for line in rows_of(book, "Relations")}
    assert lines == {(table.name, column) for table in files.tables().values() for column, _other, _its in table.foreign_keys}


def test_a_table_as_csv_is_the_table_of_the_files():
    for name, table in files.tables().items():
        given = list(csv.reader(io.StringIO(files.of_table(name, "csv").content.decode())))
        held = list(csv.reader(io.StringIO(reader.snapshot().files[table.file].decode("utf-8-sig"))))
        assert sorted(given) == sorted(held), name


def test_a_hostile_answer_is_inert_in_every_format(data):
    texts = [FORMULA, "+1+1", "@SUM(A1)", HOSTILE, "A" * 40_000]
    states = ("AFG", "ALB", "BIH", "HRV", "IRQ")
    write(data, "responses", [row(state, "a", "2025-03-10", answer=text, summary_en=text) for state, text in zip(states, texts, strict=True)])
    snapshot = store.load(data)
    assert not snapshot.problems
    with reader.reading(reader.Reader(snapshot)):
        shown = built("responses.answers")
        for of in (lambda ending: files.of_view(shown, ending), lambda ending: files.of_table("responses", ending)):
            cells = [cell for sheet in opened(of("xlsx")) for line in sheet.iter_rows() for cell in line]
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
            assert FORMULA in [cell.value for cell in cells] and max(len(str(cell.value)) for cell in cells) < 32_767
            lines = csv.reader(io.StringIO(of("csv").content.decode("utf-8-sig")))
            cells = [cell for line in lines for cell in line]
            assert f"'{FORMULA}" in cells and not any(len(cell) > 1 and cell[0] in "=+@\t" for cell in cells)
            assert FORMULA in of("json").content.decode().replace('\\"', '"')


# --- on the command line ---


def test_a_view_is_taken_away_from_the_command_line(tmp_path, capsys):
    call = ["export", "trends.world_pair", "--to", "xlsx", str(tmp_path), "--site", "https://dialogue.example.org"]
    assert main(call) == 0
    (made,) = tmp_path.iterdir()
    assert str(made) in capsys.readouterr().out
    assert made.read_bytes() == files.of_view(built("trends.world_pair"), "xlsx", SITE).content


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["no.such", "--to", "xlsx"], "a table"),
        (["trends.world_pair", "--to", "odt"], "csv, json, xlsx, pptx, docx"),
        (["world_map.victims", "year=1900", "--to", "csv"], "allowed:"),
        (["casualties", "year=2024", "--to", "csv"], "no parameters"),
        (["everything", "--to", "csv"], "xlsx, zip"),
        (["trends.world_pair", "--release", "1999-01-01", "--to", "csv"], "no release"),
    ],
)
def test_an_export_that_fails_says_why_and_leaves_nothing(tmp_path, capsys, call, says):
    assert main(["export", *call, str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    assert main(["export", "casualties", "--to", "csv", str(tmp_path / "no" / "such" / "out.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err
