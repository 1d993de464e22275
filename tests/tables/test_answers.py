"""Text of an answer stands in the tables only while the State agrees that it is published."""

import io
import json
import shutil
import zipfile

import pytest

from dialogue.__main__ import main
from dialogue.change import desk, reasons
from dialogue.intake import workbook
from dialogue.snapshot import release, store
from dialogue.tables import answers, package
from dialogue.tables.check import check
from tests.answers import FILLED, PUBLISHED, REFUSED, SECRET, bare, row, secret, write
from tests.support import edit, messages, put, unreleased

TEXTS = ("channel", "answer", "summary_en", "document", "note")


def test_a_row_without_consent_says_state_question_and_day(data):
    write(data, "responses", [*FILLED, bare("SOM", "c", "2025-06") | {"language": "so"}])
    assert messages(data) == []


@pytest.mark.parametrize("column", [*TEXTS, "url"])
def test_any_text_without_consent_is_refused_with_where_it_belongs(data, column):
    text = f"https://example.org/{SECRET}" if column == "url" else SECRET
    write(data, "responses", [*PUBLISHED, bare("IRQ", "g", "2025-05-02") | {column: text}])
    checked = check(data)
    (problem,) = checked.problems
    assert str(problem).startswith(f"responses.csv, row 5: text of an answer without consent ({column})")
    assert "belongs with the coordinators, not in these files" in str(problem) and SECRET not in str(problem)
    assert SECRET not in repr(checked.rows)  # nothing that is built on the rows can hold it


def test_text_without_consent_is_named_also_where_other_tables_are_faulty(data):
    put(data, "casualties", lambda _row: True, count="many")
    write(data, "responses", [secret("IRQ", "g", "2025-05-02")])
    found = messages(data)
    assert len(found) == 2 and "many" in found[0] and "without consent" in found[1]


def test_a_published_answer_needs_its_text(data):
    write(data, "responses", [bare("IRQ", "g", "2025-05-02") | {"consent": "yes"}])
    columns = [problem.column for problem in check(data).problems]
    assert columns == sorted(answers.NEEDED)


def test_the_desk_refuses_it_and_hands_nothing_of_it_out():
    description = package.read()
    table = description.tables["responses"]
    names = [field.name for field in table.fields]
    rows = [(line, *(each[name] or None for name in names)) for line, each in enumerate(REFUSED, start=2)]
    for name, content in (
        ("responses.csv", workbook.csv_for_spreadsheet(table, rows)),
        ("copy of answers.csv", workbook.csv_for_spreadsheet(table, rows)),
    ):
        given = desk.answer([(name, content)])
        assert given.draft is None and not given.changes
        # where answers stand already, the desk first asks whether those are to go
        given = desk.answer([(name, content)], answered=lambda _question: True)
        assert given.draft is None and not given.changes
        told = "\n".join(map(str, [*given.problems, *given.files[0].notes]))
        assert told.count("belongs with the coordinators") == 2 and SECRET not in told


@pytest.mark.long
@pytest.mark.parametrize("kept", [0, 40])
def test_a_question_or_a_reason_about_answers_repeats_no_text(filled, kept):
    """New rows alone, rows that go, and reasons for single rows: State and question at the most."""
    write(filled, "responses", [row("LAO", "b", f"2025-{month:02}-{day:02}") for month in (1, 2) for day in range(1, 29)])
    base = store.load(filled)
    table = base.description.tables["responses"]
    agreed = base.checked.rows["responses"][:40]
    rows = [(line, *(each[field.name] or None for field in table.fields)) for line, each in enumerate(REFUSED, start=2)]
    given = desk.answer([("responses.csv", workbook.csv_for_spreadsheet(table, [*rows, *agreed[:kept]]))], base=base)
    shorter = desk.answer([("responses.csv", workbook.csv_for_spreadsheet(table, agreed))], None, lambda _one: True, base=base)
    assert given.draft is None and (given.asked or given.problems) and shorter.asked
    assert shorter.draft is not None, shorter.problems[0]
    said = [reasons.Reason(change.table, change.key, "Because") for change in shorter.changes]
    told = [repr(given.asked), repr(shorter.asked), *map(str, given.problems), *map(reasons.written, said)]
    told += [desk.commit_message(shorter, said), desk.change_note(shorter, said)]
    assert not [text for text in told if SECRET in text or "An answer." in text or "A summary." in text]


def test_no_command_says_a_word_of_it(tmp_path, capfd):
    folder = unreleased(tmp_path)
    write(folder, "responses", REFUSED)
    outside = tmp_path / "responses.csv"
    shutil.copy(folder / "responses.csv", outside)
    given = ["--data", str(folder)]
    calls = [
        ["check"], ["check", str(outside), "--fix", str(tmp_path / "out.csv")], ["query", "responses_published"],
        ["query", "responses_published", f"question={SECRET}"], ["view", "responses.answers"], ["figure", "responses_board", "iso3=IRQ"],
        ["export", "responses", "--to", "csv", str(tmp_path / "out.csv")], ["export", "everything", "--to", "xlsx", str(tmp_path / "out.csv")],
        ["release", "--by", "Test", "--why", "Because"], ["diff", str(package.DATA), str(folder)], ["describe", "responses"],
    ]  # fmt: skip
    codes = [main([*call, *given]) for call in calls]
    said = capfd.readouterr()
    said = (said.out + said.err).replace(f"question={SECRET}", "").replace(f"“{SECRET}”", "")  # the caller's own word
    assert codes[:-1] == [1, 1, 2, 2, 2, 2, 2, 2, 2, 2] and "belongs with the coordinators" in said
    assert SECRET not in said
    assert not (tmp_path / "out.csv").exists() and not (folder / "releases").exists()


def published(folder, name="2026-11-01") -> bytes:
    return zipfile.ZipFile(io.BytesIO((folder / "releases" / f"{name}.zip").read_bytes())).read("responses.csv")


@pytest.fixture
def released(tmp_path):
    """Two releases that hold an answer with consent; then the State withdraws it."""
    folder = unreleased(tmp_path)
    write(folder, "responses", [row("IRQ", "g", "2025-05-02", answer=SECRET, document=SECRET), PUBLISHED[2]])
    call = ["release", "--data", str(folder), "--by", "Test", "--date", "2026-11-01", "--why"]
    assert main([*call, "First"]) == 0
    put(folder, "casualties", lambda each: each["count"] == "49", count="51")
    assert main([*call, "Second"]) == 0
    assert SECRET.encode() in published(folder)
    return folder, call


@pytest.mark.long
@pytest.mark.parametrize("gone", [False, True])
def test_a_withdrawn_answer_is_taken_out_of_every_release_that_was_kept(released, gone, capfd):
    folder, call = released
    before = {each["release"]: each["data_version"] for each in release.listed(folder)}
    rest = [PUBLISHED[2]] if gone else [bare("IRQ", "g", "2025-05-02"), PUBLISHED[2]]
    write(folder, "responses", rest)
    for name in before:  # before anything is rewritten it is not shown any more
        shown = release.load(folder, name)
        assert SECRET not in repr(shown.checked.rows) and shown.fingerprint != before[name]
        assert "A data system stands." in repr(shown.checked.rows)
    assert main([*call, "Iraq withdrew its answer"]) == 0
    assert "taken out of the archives kept of 2026-11-01, 2026-11-01-2" in capfd.readouterr().out
    for path in folder.parent.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()
        if path.suffix == ".zip":
            files = zipfile.ZipFile(path)
            assert not any(SECRET.encode() in files.read(name) for name in files.namelist())
    assert "A data system stands." in published(folder).decode()
    assert "taken out" in (folder.parent / "CHANGELOG.md").read_text("utf-8")
    for each in release.listed(folder):  # the version says so, on the list and where the release is looked at
        assert release.load(folder, each["release"]).fingerprint == each["data_version"] != before.get(each["release"])
    assert messages(folder) == [] and len(release.listed(folder)) == 3


@pytest.mark.long
def test_an_archive_from_before_the_rule_is_shown_without_the_text_and_rewritten(released):
    folder, call = released
    path = folder / "releases" / "2026-11-01.zip"
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files["responses.csv"] = files["responses.csv"].replace(b",yes,", b",no,")
    described = json.loads(files[package.DESCRIPTION])
    fields = next(each for each in described["resources"] if each["name"] == "responses")["schema"]["fields"]
    for field in fields:
        if field["name"] in answers.NEEDED:
            field.setdefault("constraints", {})["required"] = True
    files[package.DESCRIPTION] = json.dumps(described).encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    shown = release.load(folder, "2026-11-01")
    assert SECRET not in repr(shown.checked.rows) and len(shown.checked.rows["responses"]) == 2
    write(folder, "responses", [])
    assert main([*call, "Withdrawn"]) == 0
    assert SECRET.encode() not in published(folder) and b"A data system" not in published(folder)
    assert len(release.load(folder, "2026-11-01").checked.rows["responses"]) == 2


@pytest.mark.long
def test_nothing_is_released_while_a_kept_archive_cannot_be_looked_into(released, capsys):
    folder, call = released
    (folder / "releases" / "2026-11-01.zip").write_bytes(b"damaged")
    put(folder, "casualties", lambda each: each["count"] == "51", count="52")
    assert main([*call, "Third"]) == 2
    assert "nobody knows whether it holds an answer" in capsys.readouterr().err


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(",yes,", ",Yes,"),
        lambda text: text.replace(",yes,", ",withdrawn,"),
        lambda text: text.partition("\n")[0] + "\n",
        lambda text: "",
        lambda text: text + text.splitlines()[1].replace(",yes,", ",no,") + "\n",
        lambda text: text[: text.index("yes")],
        lambda text: text.replace("consent", "permission"),
        lambda text: text.replace("\nIRQ", '\n"IRQ'),
        lambda text: text.replace(",yes,", ",no,").replace(",", ";"),
    ],
)
def test_whatever_else_a_file_says_only_a_clear_yes_agrees(data, spoil):
    write(data, "responses", [row("IRQ", "g", "2025-05-02")])
    path = data / "responses.csv"
    assert answers.agreed(path) == {("IRQ", "g", "2025-05-02")}
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    assert answers.agreed(path) == set()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_another_form_of_the_file_withdraws_nothing(data, encoding, delimiter):
    write(data, "responses", [row("IRQ", "g", "2025-05-02", answer="Réponse")])
    path = data / "responses.csv"
    path.write_bytes(path.read_text("utf-8").replace(",", delimiter).replace("\n", "\r\n").encode(encoding))
    assert answers.agreed(path) == {("IRQ", "g", "2025-05-02")}


def test_only_the_answers_that_are_not_agreed_to_lose_their_text(data):
    write(data, "responses", PUBLISHED)
    files = package.contents(data)
    may = answers.keys(files["responses.csv"])
    assert len(may) == 3 and answers.withheld(files, may) is None
    bared = answers.withheld(files, may - {("LAO", "b", "2025-04")})
    assert b"data system" not in bared["responses.csv"] and b"LAO,b,2025-04,,en,,,no,,," in bared["responses.csv"]
    edit(data / "responses.csv", lambda rows: rows[:-1])
    assert b"national plan" in bared["responses.csv"] and (data / "responses.csv").read_bytes() in bared["responses.csv"]
