"""A brief that is taken away holds the tables of its views, numbered references, a contents list, and nothing without consent."""

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from dialogue.__main__ import main
from dialogue.export import briefs, files, word
from dialogue.present import decks
from dialogue.snapshot import reader
from dialogue.views import catalogue, view
from dialogue.views.dialogue import questions
from tests.answers import HOSTILE, SECRET

SITE = "https://dialogue.example.org/"


def opened(content: bytes, tmp_path) -> Document:
    """The document as an independent reader has it, after the format has been checked."""
    path = tmp_path / "brief.docx"
    path.write_bytes(content)
    found = OpenXmlValidator().validate(str(path))
    assert found.is_valid, [str(error) for error in found.errors[:5]]
    return Document(io.BytesIO(content))


def lines(document: Document, style: str = "") -> list[str]:
    return [each.text for each in document.paragraphs if not style or each.style.name == style]


def rows(table) -> list[list[str]]:
    cells = [cell.text for cell in table._cells]
    wide = len(table.columns)
    return [cells[at : at + wide] for at in range(0, len(cells), wide)]


def accessible(document: Document) -> None:
    """Tables have a head and a description, pictures words, the text a language; a heading never skips a level."""
    for table in document.tables:
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    assert all(each._inline.docPr.get("descr") for each in document.inline_shapes)
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    levels = [int(each.style.name[-1]) for each in document.paragraphs if each.style.name.startswith("Heading ")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.long
def test_a_view_as_a_document_holds_its_table_and_every_document_it_cites(tmp_path):
    shown = catalogue.build("trends.world_cluster_munitions")
    document = opened(files.of_view(shown, "docx", SITE).content, tmp_path)
    accessible(document)
    (table,) = document.tables
    twin = view.twin(shown)
    assert rows(table) == [list(twin.columns), *([str(value) for value in line] for line in twin.itertuples(index=False))]
    text = "\n".join(lines(document))
    assert shown.title in lines(document, "Heading 1") and reader.snapshot().fingerprint in text and all(note in text for note in shown.notes)
    listed = [line for line in lines(document) if re.match(r"\[\d+\] ", line)]
    cited = view.documents(shown).drop_duplicates("source_id")
    assert len(listed) == len(cited) and all(any(title in line for line in listed) for title in cited["title"])


@pytest.mark.long
def test_the_brief_of_the_dialogue_takes_every_question_from_what_was_asked_to_what_is_not_known(tmp_path):
    document = opened(word.written(briefs.of_dialogue(SITE)), tmp_path)
    accessible(document)
    headings = lines(document, "Heading 1")
    assert headings[: len(questions.codes())] == list(questions.codes().values())
    second = lines(document, "Heading 2")
    for part in ("What was asked", "What the evidence says", "What States answered", "Practices", "What is not known"):
        assert second.count(part) == len(questions.codes())
    text = lines(document)
    assert all(questions.asked(code) in text and questions.evidence(code).title in text for code in questions.codes())
    anchors = [link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    assert anchors and set(anchors) <= set(marks) and len(set(marks)) == len(marks)
    numbers = {int(n) for line in text for found in re.findall(r"\[([\d, –]+)\]$", line) for n in re.findall(r"\d+", found)}
    listed = [int(found.group(1)) for found in (re.match(r"\[(\d+)\] ", line) for line in text) if found]
    assert listed == list(range(1, len(listed) + 1)) and numbers <= set(listed)


@pytest.mark.long
def test_a_state_and_a_question_are_taken_away_as_briefs(tmp_path, capsys):
    assert main(["export", "LBN", "--to", "docx", str(tmp_path), "--site", SITE]) == 0
    assert main(["export", "g", "--to", "docx", str(tmp_path)]) == 0
    capsys.readouterr()
    state, question = (opened(next(tmp_path.glob(name)).read_bytes(), tmp_path) for name in ("state_LBN_*.docx", "question-g_*.docx"))
    for document in (state, question):
        accessible(document)
    standing = catalogue.build("profile.standing", {"chosen": "LBN"})
    assert lines(state, "Title") == ["Lebanon"] and standing.title in lines(state, "Heading 1")
    assert [str(value) for value in standing.table.iloc[:, 0]] == [line[1] for line in rows(state.tables[0])[1:]]


@pytest.mark.long
def test_a_deck_is_taken_away_as_a_document_with_the_tables_of_its_figures(tmp_path):
    document = opened(files.of_deck("opening", {}, "docx", SITE).content, tmp_path)
    accessible(document)
    deck = decks.read("opening")
    headings = [text for level in (1, 2) for text in lines(document, f"Heading {level}")]
    assert {shown.title for item in deck.items for shown in decks.views(item)} <= set(headings)
    assert all(item.message in lines(document) for item in deck.items if item.message and item.kind != "end")


@pytest.mark.long
def test_a_view_with_many_columns_lies_across_its_sheets_and_the_brief_around_it_stands(tmp_path):
    matrix = opened(files.of_view(catalogue.build("obligations.matrix"), "docx").content, tmp_path)
    assert [section.page_width > section.page_height for section in matrix.sections] == [True]
    deck = opened(files.of_deck("opening", {}, "docx").content, tmp_path)
    turned = [section.page_width > section.page_height for section in deck.sections]
    assert turned[0] is False and turned[-1] is False and True in turned


@pytest.mark.long
def test_only_answers_with_consent_stand_in_a_brief_and_as_plain_text(answered, tmp_path):
    text = ""
    for brief in (briefs.of_dialogue(), briefs.of_state("LAO"), briefs.of_state("IRQ")):
        document = opened(word.written(brief), tmp_path)
        text += "\n".join([*lines(document), *(cell for table in document.tables for line in rows(table) for cell in line)])
    assert SECRET not in text and "A data system stands." in text and "A national plan is drawn up." in text
    assert HOSTILE.split("**")[0].strip() in text
