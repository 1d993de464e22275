"""The questionnaire goes out with what is held, and comes back through the desk: nothing without consent reaches a table."""

import csv
import io
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from dialogue.change import desk
from dialogue.export import files, questionnaire
from dialogue.intake import questionnaire as form
from dialogue.snapshot import live, reader
from dialogue.tables import answers
from dialogue.views.dialogue import questions
from dialogue.words import i18n
from tests.support import body, read, run_page

# The questions to the letter.
WORDS = {row["question"]: row["wording"] for row in read("questions")}
SECRET = "Notre ministère ne souhaite pas que ceci soit publié"
ANSWER = "Le plan d’action national a été adopté en 2025."
HOSTILE = [
    '=HYPERLINK("https://example.org","click")', "<script>alert(1)</script><b>bold</b>", "\u202egnp.exe\u2066 \u200fنص عربي\u2069",
    "long " * 2000, "@SUM(A1:A9)", "line one\nline two\ttab; “quoted”, 'single', \"double\"",
]  # fmt: skip


def sheets(book: openpyxl.Workbook) -> dict:
    return {form.MARK.fullmatch(sheet.cell(1, 1).value)[1]: sheet for sheet in book if form.MARK.fullmatch(str(sheet.cell(1, 1).value))}


def rows_of(sheet) -> dict[str, int]:
    return {str(row[0].value): row[0].row for row in sheet.iter_rows(min_row=3) if row[0].value and row[0].value != "#"}


def at(kind: str, name: str) -> int:
    return 2 + form.FIELDS[kind].index(name)


class Filled:
    """A questionnaire as somebody fills it in."""

    def __init__(self, iso3: str = "LBN") -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(files.of_questionnaire(iso3, "xlsx").content))
        self.sheets = sheets(self.book)
        self.put("about", "date", value="2026-11-24")
        self.put("about", "language", value="fr · French")

    def put(self, kind: str, key: str, **cells: object) -> "Filled":
        row = rows_of(self.sheets[kind])[key]
        for name, value in cells.items():
            cell = self.sheets[kind].cell(row, at(kind, name), value)
            if isinstance(value, str):
                cell.data_type = "s"
        return self

    def done(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def entries(filled: Filled, question: str) -> list[str]:
    return [key for key in rows_of(filled.sheets["held"]) if key.startswith(f"{question}:") and ":new" not in key]


def usual() -> Filled:
    """Published, counted only, nothing said; a correction, a confirmation, an addition, two rows of new victims; and corrections without consent."""
    made = Filled()
    made.put("answers", "a", answer=ANSWER, consent="yes · publish it")
    made.put("answers", "b", answer=SECRET, consent="no · count it only", language="ar", document=SECRET)
    made.put("answers", "c", answer=SECRET)
    made.put("answers", "g", answer="وقعت حوادث", consent="yes · publish it", language="ar · Arabic")
    first, second = entries(made, "a")[:2]
    made.put("held", first, held="Something else.", reply="correct · it is to be changed", correction="A new budget line was opened.", corrected_year="2026", document="Decree 7")
    made.put("held", second, reply="confirm · it is right")
    made.put("held", "a:new1", reply="add · it is new", correction="A plan of the ministry of health.", corrected_year=2024)
    made.put("held", entries(made, "b")[0], reply="correct", correction=SECRET)
    made.put("victims", "g1", year=2025, count=3, cause="remnant · Remnants", outcome="injured", sex="male", age_group="child", status="civilian", activity="herding")
    made.put("victims", "g2", year=2025, count=1, cause="remnant", outcome="killed")
    made.put("about", "contact", value=SECRET)
    return made


def given(*contents: bytes, **said) -> desk.Answer:
    return desk.answer([(f"form{n}.xlsx", content) for n, content in enumerate(contents)], **said)


def new_rows(answer: desk.Answer) -> dict[tuple, dict]:
    table = answer.base.description.tables[answers.TABLE]
    names = [field.name for field in table.fields]
    was = {tuple(row[1:]) for row in answer.base.checked.rows[answers.TABLE]}
    file = next(file for file in answer.files if file.table.name == answers.TABLE)
    rows = [dict(zip(names, row[1:], strict=True)) for row in file.rows if tuple(row[1:]) not in was]
    return {(row["iso3"], row["question"]): row for row in rows}


def through_libreoffice(content: bytes, folder) -> bytes:
    (folder / "form.xlsx").write_bytes(content)
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out, folder / "form.xlsx"], check=True, capture_output=True, timeout=300)
    return (out / "form.xlsx").read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("program", ["openpyxl", "LibreOffice"])
def test_a_filled_questionnaire_becomes_answers_and_proposals_and_nothing_without_consent(program, tmp_path):
    content = usual().done()
    if program == "LibreOffice":
        if not shutil.which("soffice") and not os.environ.get("CI"):
            pytest.skip("LibreOffice is not installed")
        content = through_libreoffice(content, tmp_path)
    answer = given(content)
    assert not answer.problems and answer.draft is not None
    rows = new_rows(answer)
    assert set(rows) == {("LBN", letter) for letter in "abcg"}
    told = rows["LBN", "a"]
    assert (told["consent"], told["answer"], told["language"], told["received"], told["channel"]) == ("yes", ANSWER, "fr", "2026-11-24", "questionnaire")
    assert rows["LBN", "g"]["language"] == "ar" and rows["LBN", "g"]["answer"] == "وقعت حوادث"
    for letter, language in (("b", "ar"), ("c", "fr")):
        bare = rows["LBN", letter]
        assert {name for name, value in bare.items() if value is not None} == {"iso3", "question", "received", "language", "consent"}
        assert (bare["consent"], bare["language"]) == ("no", language)
    kinds = [(one.question, one.kind, one.new) for one in answer.proposals]
    assert kinds == [
        ("a", "correct", "A new budget line was opened."), ("a", "confirm", ""), ("a", "add", "A plan of the ministry of health."), ("g", "victims", "3"), ("g", "victims", "1"),
    ]  # fmt: skip
    # the old value is that of the tables, whatever was done to the form
    assert answer.proposals[0].old in {row["finding"] for row in read("obligation_findings")} and answer.proposals[0].old_year
    # everything that leaves the desk or is kept by it
    kept = desk.without_forms([("form.xlsx", content)], answer)
    for packed in (desk.parcel(answer), desk.proposed(answer), *(content for _name, content in kept)):
        parts = [packed]
        if packed[:2] == b"PK":
            archive = zipfile.ZipFile(io.BytesIO(packed))
            parts = [archive.read(name) for name in archive.namelist()]
        assert all(SECRET.encode() not in part for part in parts)
    assert SECRET not in repr(answer.files) + repr(answer.forms) + repr(answer.changes) + desk.change_note(answer) + desk.commit_message(answer)
    assert answer.forms[0].withheld == 3
    assert [name for name, _content in kept] == ["responses.csv"]
    # a second time it changes nothing, and a form of another State stands beside it
    both = given(content, Filled("AFG").put("answers", "d", answer="Yes.", consent="yes", language="en").done())
    assert not both.problems and set(new_rows(both)) == {*rows, ("AFG", "d")}


@pytest.mark.long
def test_proposed_rows_go_into_their_tables_once_somebody_has_looked_at_them():
    answer = given(usual().done())
    archive = zipfile.ZipFile(io.BytesIO(desk.proposed(answer)))
    told = list(csv.DictReader(io.StringIO(archive.read("proposals.csv").decode("utf-8-sig"))))
    assert [row["reply"] for row in told] == ["correct", "confirm", "add", "victims", "victims"] and told[0]["old"] and told[0]["new"]
    findings = list(csv.DictReader(io.StringIO(archive.read("obligation_findings.csv").decode("utf-8-sig"))))
    corrected, added = findings
    assert corrected["status"] and corrected["to_confirm"] and corrected["source_id"] == "answer-lbn-2026-11-24"
    assert not added["status"] and not added["indicator"]  # a State does not code itself
    added |= {name: corrected[name] for name in ("action", "indicator", "status", "evidence_kind")}
    out = io.StringIO()
    writer = csv.DictWriter(out, corrected)
    writer.writeheader()
    writer.writerows(findings)
    tables = [(name, archive.read(name)) for name in ("sources.csv", "new_victims.csv")]
    tables.append(("obligation_findings.csv", out.getvalue().encode()))
    back = desk.answer(tables, answered=lambda question: question.kind == "adds" or question.kind == "day")
    assert not back.problems
    assert {change.table for change in back.changes} == {"sources", "new_victims", "obligation_findings"}
    assert {change.kind for change in back.changes} == {"added"}


def test_without_consent_no_answer_changes_a_published_row():
    made = Filled()
    for letter in questions.codes():
        made.put("answers", letter, answer=SECRET, consent="no")
    for key in [*entries(made, "a"), *entries(made, "g")]:
        made.put("held", key, correction=SECRET)
    made.put("victims", "g1", year=2025, count=3, activity=SECRET)
    answer = given(made.done())
    assert not answer.problems and not answer.proposals
    assert all(row["consent"] == "no" and not row["answer"] for row in new_rows(answer).values())
    assert len(answer.changes) == len(questions.codes())
    assert SECRET not in repr(answer)


def test_hostile_texts_stay_texts():
    made = Filled()
    for letter, text in zip("abcdef", HOSTILE, strict=True):
        made.put("answers", letter, answer=text, consent="yes")
    key = entries(made, "a")[0]
    made.put("held", key, correction=HOSTILE[0], reply="correct").put("held", "a:new1", correction=HOSTILE[1], document=HOSTILE[4])
    answer = given(made.done())
    assert not answer.problems
    rows = new_rows(answer)
    for letter, text in zip("abcdef", HOSTILE, strict=True):
        assert rows["LBN", letter]["answer"].split() == text.split()
    archive = zipfile.ZipFile(io.BytesIO(desk.proposed(answer)))
    for name in archive.namelist():
        for line in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))):
            assert not [cell for cell in line if cell[:1] in ("=", "@", "+", "-")]


def test_every_fault_is_named_with_sheet_row_column_and_rule_and_no_answer_is_repeated():
    made = Filled()
    made.put("about", "date", value="last week").put("about", "language", value="French")
    made.put("answers", "a", answer=SECRET, consent="perhaps").put("answers", "b", answer=SECRET, consent="yes", url="www.example.org", language="en")
    made.put("held", entries(made, "b")[0], reply="confirm", correction=SECRET).put("held", "b:new1", correction=SECRET, corrected_year="soon")
    made.put("answers", "e", answer=SECRET, consent=SECRET).put("answers", "g", consent="yes").put("victims", "g1", year=25, count="some", sex="man")
    formula = rows_of(made.sheets["answers"])["c"]
    made.sheets["answers"].cell(formula, at("answers", "answer")).value = "=1+1"
    lost = rows_of(made.sheets["answers"])["d"]
    made.sheets["answers"].cell(lost, 1).value = None
    made.sheets["answers"].cell(lost, at("answers", "answer")).value = SECRET
    answer = given(made.done())
    assert answer.draft is None and not answer.proposals
    told = [str(problem) for problem in answer.problems]
    assert SECRET not in "".join(told) + repr(answer.forms)
    names = {kind: sheet.title for kind, sheet in made.sheets.items()}
    for kind, column, value, rule in (
        ("about", "C", "last week", "YYYY-MM-DD"), ("about", "C", "French", "two letters"), ("answers", "D", "perhaps", "yes, no"),
        ("answers", "G", "", "https://"), ("answers", "C", "", "formula"), ("answers", "A", "", "key of this row is gone"),
        ("held", "G", "confirm", "correction stands beside it"), ("held", "I", "soon", "four digits"),
        ("victims", "B", "25", "four digits"), ("victims", "C", "some", "whole number"), ("victims", "F", "man", "male"),
    ):  # fmt: skip
        found = [p for p in answer.problems if names[kind] in p.file and p.column == column and value in p.value and rule in p.rule]
        assert found and found[0].line > 1, (kind, column, rule, told)
    # a sheet that is gone, and two States in one file
    del made.book[names["answers"]]
    assert "the sheet of the answers is gone" in str(given(made.done()).problems)


@pytest.mark.parametrize("iso3", ["AFG", "LBN", "SSD"])
def test_the_workbook_holds_every_question_and_entry_locked_with_lists_and_heads_in_sight(iso3, tmp_path):
    made = files.of_questionnaire(iso3, "xlsx")
    (tmp_path / made.name).write_bytes(made.content)
    assert OpenXmlValidator().validate(tmp_path / made.name).is_valid
    found = sheets(openpyxl.load_workbook(io.BytesIO(made.content)))
    assert set(found) == {"about", "answers", "held", "victims"}
    for kind, sheet in found.items():
        assert sheet.protection.sheet and sheet.cell(3, 1).protection.locked
        if kind != "about":
            assert sheet.freeze_panes == "C3" and sheet.data_validations.dataValidation
    answer = found["answers"].cell(rows_of(found["answers"])["a"], at("answers", "answer"))
    assert not answer.protection.locked
    asked = [found["answers"].cell(row, at("answers", "asked")).value for row in rows_of(found["answers"]).values()]
    assert [any(WORDS[code] in text for text in asked) for code in questions.codes()] == [True] * 7
    text = [" ".join(str(cell.value) for cell in row) for row in found["held"].iter_rows(min_row=3)]
    for code in questions.codes():
        for entry in questionnaire.held(iso3, code):
            assert any(all(part in line for part in (entry.subject, entry.text, entry.year, entry.source)) for line in text)
            assert not entry.text or (entry.year and entry.source)
    assert form.is_form(made.content) and not given(made.content).changes


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_document_holds_every_question_what_is_held_and_room_to_answer(language):
    with reader.reading(replace(reader.current(), snapshot=live.latest(), language=language)):
        made = docx.Document(io.BytesIO(files.of_questionnaire("LBN", "docx").content))
        heads = [each.text for each in made.paragraphs if each.style.name == "Heading 1"]
        assert heads[1:] == list(questions.codes().values())
        words = "\n".join([each.text for each in made.paragraphs] + [cell.text for table in made.tables for row in table.rows for cell in row.cells])
        for code in questions.codes():
            assert WORDS[code] in words
            assert all(part in words for entry in questionnaire.held("LBN", code) for part in (entry.text, entry.source))
        assert words.count("☐") > 7 * 2 and i18n.state("LBN") in words


def test_only_a_state_that_is_asked_has_a_questionnaire():
    asked = set(questionnaire.states())
    assert asked and "FRA" not in asked
    with pytest.raises(files.NoSuchFile, match="LBN"):
        files.named("questionnaire", {"state": "FRA"}, "docx")
    with pytest.raises(files.NoSuchFile, match="state="):
        files.named("questionnaire", {}, "docx")
    assert files.named("questionnaire", {"state": "Lebanon"}, "xlsx").name.startswith("questionnaire_LBN_en_")


@pytest.mark.long
def test_the_desk_shows_what_a_state_proposes_and_the_window_keeps_no_text_without_consent():
    app = run_page("data_desk.py")
    app.file_uploader(key="desk_files").set_value(("form.xlsx", usual().done(), files.MEDIA["xlsx"])).run()
    assert not app.exception
    words = body(app) + " ".join(str(each.value) for kind in (app.markdown, app.text, app.code) for each in kind)
    assert "Questionnaire of Lebanon" in words and "A new budget line was opened" in words
    assert SECRET not in words
    kept = app.session_state["_desk_kept"].files
    assert [name for name, _content in kept] == ["responses.csv"] and SECRET.encode() not in kept[0][1]
