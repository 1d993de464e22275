"""Files in Arabic run from right to left in the programs that open them; those in English do not."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pypdf import PdfReader

from dialogue.export import files
from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import Reader
from dialogue.words import languages

SPOKEN = [("en", False), *([("ar", True)] if "ar" in languages.offered() else [])]


def made(name: str, ending: str, language: str) -> io.BytesIO:
    with reader.reading(Reader(live.latest(), language)):
        return io.BytesIO(files.named(name, {}, ending, "").content)


@pytest.mark.parametrize(("language", "turned"), SPOKEN)
def test_each_sheet_of_a_workbook_begins_on_the_side_of_its_language(language, turned):
    sheets = openpyxl.load_workbook(made("trends.world_pair", "xlsx", language)).worksheets
    assert len(sheets) > 2 and {bool(sheet.sheet_view.rightToLeft) for sheet in sheets} == {turned}


@pytest.mark.parametrize(("language", "turned"), SPOKEN)
def test_paragraphs_and_tables_of_slides_run_as_their_language_does(language, turned):
    slides = Presentation(made("questions.plans", "pptx", language)).slides
    tables = [shape.table._tbl for slide in slides for shape in slide.shapes if shape.has_table]
    assert tables and {table.tblPr.get("rtl") == "1" for table in tables} == {turned}
    frames = [shape.text_frame for slide in slides for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
    assert {paragraph._p.pPr is not None and paragraph._p.pPr.get("rtl") == "1" for frame in frames for paragraph in frame.paragraphs} == {turned}


@pytest.mark.parametrize(("language", "turned"), SPOKEN)
def test_a_brief_runs_as_its_language_does(tmp_path, language, turned):
    content = made("LBN", "docx", language)
    document = docx.Document(content)
    usual = document.styles.element.find(qn("w:docDefaults"))
    assert (usual.find(f".//{qn('w:bidi')}") is not None) is (usual.find(f".//{qn('w:rtl')}") is not None) is turned
    assert {table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables} == {turned}
    if turned:  # Arabic letters are as large and as heavy as the style says
        for root in (document.element, document.styles.element):
            for letters in root.iter(qn("w:rPr")):
                for latin, other in (("w:sz", "w:szCs"), ("w:b", "w:bCs")):
                    assert [each.attrib for each in letters.findall(qn(latin))] == [each.attrib for each in letters.findall(qn(other))] or letters.find(qn(latin)) is None
    (path := tmp_path / "brief.docx").write_bytes(content.getvalue())
    assert OpenXmlValidator().validate(str(path)).is_valid
    assert zipfile.ZipFile(content).testzip() is None


@pytest.mark.parametrize(("language", "_turned"), SPOKEN)
def test_a_brief_as_pdf_names_its_language(language, _turned):
    root = PdfReader(made("LBN", "pdf", language)).trailer["/Root"]
    assert root["/Lang"].startswith(language) and root["/MarkInfo"]["/Marked"]
