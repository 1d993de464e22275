"""A brief as PDF says the same as the document, is tagged for a screen reader, and reads no text as markup."""

import io
from collections import Counter

import pytest
from pypdf import PdfReader

from dialogue.__main__ import main
from dialogue.export import briefs, files, pdf
from dialogue.snapshot import reader, store
from dialogue.views import catalogue
from tests.answers import HOSTILE, row, write

SITE = "https://dialogue.example.org/"


def opened(content: bytes) -> PdfReader:
    """The PDF as an independent reader has it, after what it says of itself has been checked."""
    found = PdfReader(io.BytesIO(content))
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en" and found.metadata.title
    return found


def words(found: PdfReader) -> list[str]:
    return "".join(page.extract_text() + "\n" for page in found.pages).split()


def tags(found: PdfReader) -> tuple[Counter, list[str]]:
    """How often each kind of part is tagged, and the words that stand for pictures."""
    kinds, alts = Counter(), []

    def walk(part) -> None:
        part = part.get_object()
        if isinstance(part, list):
            for each in part:
                walk(each)
        elif isinstance(part, dict):
            kinds.update([part["/S"]] if "/S" in part else [])
            alts.extend([part["/Alt"]] if "/Alt" in part else [])
            if "/K" in part and not isinstance(part["/K"], int):
                walk(part["/K"])

    walk(found.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return kinds, alts


@pytest.mark.long
@pytest.mark.parametrize("name", ["LAO", "g", "trends.world_cluster_munitions", "obligations.matrix"])
def test_a_brief_as_pdf_is_tagged_and_holds_every_word_of_the_document(name):
    found = opened(files.named(name, {}, "pdf", SITE).content)
    make = {"LAO": lambda: briefs.of_state("LAO", SITE), "g": lambda: briefs.of_question("g", SITE)}
    brief = make.get(name, lambda: briefs.of_view(catalogue.build(name), SITE))()
    root = found.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data() and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == brief.title and reader.snapshot().fingerprint in " ".join(words(found))
    kinds, alts = tags(found)
    tables = [block for block in brief.blocks if isinstance(block, briefs.Table)]
    assert kinds["/Table"] == len(tables) and kinds["/TH"] == sum(len(table.rows[0]) for table in tables)
    assert kinds["/TD"] == sum(len(line) for table in tables for line in table.rows[1:])
    for level in (1, 2, 3):
        assert kinds[f"/H{level}"] == sum(isinstance(block, briefs.Heading) and block.level == level for block in brief.blocks) + (level == 1 and brief.listed)
    assert alts == [brief.code] and kinds["/Figure"] == 1
    read = Counter(words(found))
    for block in brief.blocks:
        for each in [cell for line in block.rows for cell in line] if isinstance(block, briefs.Table) else [block.text]:
            missing = [word for word in each.split() if word not in read and "/" not in word and "-" not in word]  # those may be broken at the end of a line
            assert not missing, each


@pytest.mark.long
def test_a_hostile_answer_is_plain_text_in_a_pdf(data):
    odd = "#set page(width: 1cm) $x^2$ @ref <a> `raw` #eval(\"1\") 中文 مرحبا \u202e"
    write(data, "responses", [row("AFG", "a", "2025-03-10", answer=odd + "A" * 10_000, summary_en=HOSTILE)])
    with reader.reading(reader.Reader(store.load(data))):
        found = opened(files.of_view(catalogue.build("responses.answers"), "pdf").content)
    text = "".join(words(found))
    assert "#setpage(width:1cm)$x^2$@ref<a>`raw`#eval" in text and "<img" in text
    assert not found.trailer["/Root"].get("/AcroForm") and not found.trailer["/Root"].get("/OpenAction")
    assert len({tuple(page.mediabox) for page in found.pages}) == 1


@pytest.mark.long
def test_where_typst_is_missing_the_command_and_the_brief_say_how_to_get_it(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(pdf, "typst", None)
    assert main(["export", "LAO", "--to", "pdf", str(tmp_path / "out.pdf")]) == 2
    assert "requirements-pdf.txt" in capsys.readouterr().err and not list(tmp_path.iterdir())
    with pytest.raises(pdf.NotHere, match="docx"):
        files.of_question("a", "pdf")


def test_the_same_data_give_the_same_pdf():
    assert files.of_question("a", "pdf", SITE).content == files.of_question("a", "pdf", SITE).content
