"""Workbooks of other programs than Excel are read like XLSX; hostile ones are refused before a reader lays them out."""

import io
import os
import random
import shutil
import struct
import subprocess
import zipfile
from datetime import date, datetime

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from dialogue.intake import guard, workbook
from tests.intake.test_incoming import CURRENT, DESCRIPTION, grid, read, said, zipped
from tests.intake.test_incoming import workbook as xlsx
from tests.support import PATIENCE

FORMATS = ("ods", "xls", "xlsx")


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """What a file holds is found out, however slow this machine is just now."""
    monkeypatch.setattr(guard.Guard.__init__, "__defaults__", (*guard.Guard.__init__.__defaults__[:-1], PATIENCE))


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    """Let LibreOffice save workbooks {name: XLSX} in another format; without it these tests are skipped, never in CI."""
    program = shutil.which("soffice")
    if program is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed")

    def saved(books: dict[str, bytes], form: str, *options: str) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp(form.partition(":")[0])
        (folder / "in").mkdir()
        for name, content in books.items():
            (folder / "in" / f"{name}.xlsx").write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form]
        files = sorted(map(str, (folder / "in").iterdir()))
        subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True)
        return {name: (folder / f"{name}.{form.partition(':')[0]}").read_bytes() for name in books}

    return saved


@pytest.mark.long
@pytest.mark.parametrize("form", ["ods", "xls"])
def test_every_table_comes_back_unchanged_through_libreoffice(convert, form):
    for name, content in convert({n: workbook.xlsx(DESCRIPTION, CURRENT, n) for n in CURRENT.rows}, form).items():
        found = read(content, f"{name}.{form}")
        assert (name, found.rows, found.notes, found.problems) == (name, CURRENT.rows[name], [], [])


def odd_cells() -> bytes:
    """A few rows of treaty acts in which one cell each is more than its value."""

    def change(book, sheet):
        sheet["D2"] = datetime(2023, 5, 1)
        sheet["D2"].number_format = "mmm-yy"
        sheet["D3"] = date(2024, 12, 31)
        sheet["D3"].number_format = "dd/mm/yyyy"
        sheet["G3"] = "=1/0"
        sheet["G4"], sheet["G4"].number_format = 0.89, "0%"
        sheet["G5"] = '="a"&"b"'
        sheet.row_dimensions[4].hidden = True
        sheet["A5"].font = Font(strike=True)
        sheet["B5"].comment = Comment("withdrawn", "the office")

    rows = [[*row] for row in grid("treaty_actions")]
    return xlsx(rows, change)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
def test_what_the_eye_sees_and_a_value_does_not_tell_is_told_in_every_format(convert, form):
    found = read(convert({"x": odd_cells()}, form)["x"], f"treaty_actions.{form}")
    text = said(found)
    assert "row 2, column date" in text and "write 2023-05-01 if it is, 2023-05 if only the month is known" in text
    assert "row 3, column date: a date of the spreadsheet program written as YYYY-MM-DD" in text
    assert "row 3, column" in text and ("#DIV/0!" in text or "is a formula" in text)
    assert "percent sign" in text and "write 89" in text
    assert text.count("is a formula") >= 1 and "“ab”" not in text
    assert "hidden rows were read like all others (row 4)" in text
    assert "struck-out cells were read like all others (row 5)" in text
    assert "comments on cells were not read (B5)" in text


def test_a_struck_out_row_and_a_comment_in_a_workbook_are_told():
    text = said(read(odd_cells(), "treaty_actions.xlsx"))
    assert "struck-out cells were read like all others (row 5)" in text and "(B5)" in text


@pytest.mark.long
def test_a_workbook_with_a_password_is_named(convert):
    for form, options in (("ods", "ods:calc8"), ("xls", "xls:MS Excel 97")):
        content = locked(convert({"x": xlsx(grid("states"))}, options)["x"], form)
        assert "protected by a password, or by a confidentiality label" in said(read(content, f"states.{form}"))


def locked(content: bytes, form: str) -> bytes:
    """The file as it is when it has a password: what is inside stays, the sign that it cannot be read is put in."""
    if form == "xls":  # a record FILEPASS in the place of the first one that says nothing
        stream = content.index(struct.pack("<H", 0x809))
        at = stream + 4 + struct.unpack_from("<H", content, stream + 2)[0]
        return content[:at] + struct.pack("<H", 0x2F) + content[at + 2 :]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "META-INF/manifest.xml":
                data = data.replace(b'media-type="text/xml"/>', b'media-type="text/xml"><manifest:encryption-data/></manifest:file-entry>')
            new.writestr(name, data)
    return out.getvalue()


# ---- ODS by hand ----

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
)
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CELL = '<table:table-cell office:value-type="float" office:value="1"{more}><text:p>1</text:p></table:table-cell>'


def ods(sheet: str, before: str = "") -> bytes:
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {"mimetype": MIMETYPE, "META-INF/manifest.xml": manifest.encode(), "content.xml": (before + ODS.format(sheet=sheet)).encode()}
    )


def repeated(rows: int, columns: int, cell: str = CELL) -> str:
    many = cell.replace("{more}", f' table:number-columns-repeated="{columns}"')
    return (
        f'<table:table table:name="T"><table:table-row table:number-rows-repeated="{rows}">{many}</table:table-row></table:table>'
    )


FAR_BELOW = repeated(1, 100).replace(
    "<table:table-row", '<table:table-row table:number-rows-repeated="1048575"/><table:table-row', 1
)


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ods(repeated(1_048_576, 16_384)), "more than 200 columns"),
        (ods(repeated(1_048_576, 100)), "far below the table"),
        (ods(repeated(30_000, 100)), "more than 1,000,000 cells"),
        (ods(FAR_BELOW), "far below the table"),
        (ods(repeated(1, 1), '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'), "declares entities"),
        (ods(repeated(0, 1)), "ODS file is broken"),
        (ods('<table:table table:name="T">'), "ODS file is broken"),
        (ods("<table:table-cell/>"), "ODS file is broken"),
        (zipped({"mimetype": MIMETYPE}), "ODS file is broken"),
        (zipped({"mimetype": MIMETYPE, "content.xml": b" " * 5_000_000}), "endless repetition"),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_hostile_ods_is_refused_before_it_is_laid_out(content, says):
    found = read(content, "casualties.ods")
    # on a busy machine the reading's own limit may come first
    assert not found.good and not found.rows and (says in said(found) or "took longer than" in said(found))


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
def test_a_workbook_cut_in_the_middle_is_named_and_never_raises(convert, form):
    whole = convert({"x": xlsx(grid("states"))}, form)["x"]
    for at in range(1, 20):
        found = read(whole[: len(whole) * at // 20], f"states.{form}")
        assert not found.good or found.rows == read(whole, f"states.{form}").rows


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
def test_faulty_bytes_in_a_workbook_are_a_sentence_and_never_an_exception(convert, form):
    whole = convert({"x": xlsx(grid("states"))}, form)["x"]
    for seed in range(60):
        rng = random.Random(seed)
        content = bytearray(whole)
        for _ in range(rng.choice([1, 5, 40])):
            content[rng.randrange(len(content))] = rng.randrange(256)
        found = read(bytes(content), f"states.{form}")
        assert found.good or all(len(problem.rule) > 10 for problem in found.problems)


def test_a_cell_far_away_is_refused_before_it_is_laid_out():
    def far(book, sheet):
        sheet["A1048576"] = "x"
        sheet["CV3"] = "x"

    assert "a cell in row 1,048,576 stands far below the table" in said(read(xlsx(grid("states"), far), "states.xlsx"))


def test_only_what_was_looked_at_is_handed_to_the_reader(monkeypatch):
    from dialogue.intake import reading

    seen = []

    def load(file):
        seen.append(zipfile.ZipFile(file).namelist())
        raise ValueError

    monkeypatch.setattr(reading.calamine, "load_workbook", load)
    content = io.BytesIO(xlsx(grid("states")))
    with zipfile.ZipFile(content, "a") as more:
        for name in ("xl/vbaProject.bin", "xl/media/image1.png", "xl/externalLinks/x.exe"):
            more.writestr(name, b"x")
    read(content.getvalue(), "states.xlsm")
    assert seen and not [name for name in seen[0] if not name.endswith((".xml", ".rels"))]


# ---- XLSB by hand: no program at hand writes it ----


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: list[list[str]], last: bytes = b"") -> bytes:
    """The rows as a binary workbook; `last` are records of one more row."""
    body = [record(129), record(148, struct.pack("<IIII", 0, len(rows), 0, len(rows[0]))), record(145)]
    for at, row in enumerate(rows):
        body.append(record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 0)))
        body += [record(6, struct.pack("<II", c, 0) + wide(text)) for c, text in enumerate(row) if text]
    if last:
        body += [record(0, struct.pack("<IIHHBI", len(rows), 0, 300, 0, 0, 0)), last]
    body += [record(146), record(130)]
    rel = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("T")) + record(144) + record(132)
    return zipped(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": book, "xl/_rels/workbook.bin.rels": rel.encode(), "xl/worksheets/sheet1.bin": b"".join(body)}
    )


def test_a_binary_workbook_is_read_and_its_formulas_and_errors_are_told():
    rows = grid("states")
    found = read(xlsb(rows), "states.xlsb")
    assert found.good and [row[1:] for row in found.rows] == [row[1:] for row in CURRENT.rows["states"][:4]]
    formula = record(9, struct.pack("<IIdHI", 0, 0, 5.0, 0, 0))
    assert "row 6" in said(read(xlsb(rows, formula), "states.xlsb"))
    error = record(3, struct.pack("<IIB", 1, 0, 0x17))
    assert not read(xlsb(rows, error), "states.xlsb").good
    far = record(6, struct.pack("<II", 16_000, 0) + wide("x"))
    assert "more than 200 columns" in said(read(xlsb(rows, far), "states.xlsb"))


