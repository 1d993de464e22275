"""A release: what changed, from, to, why and on whose word; and the way back to it."""

import csv
import io
import json
import shutil
import zipfile
from types import SimpleNamespace

import pytest

from dialogue.__main__ import main
from dialogue.change import difference, impact, new_release, release_notes
from dialogue.snapshot import queries, release
from dialogue.tables import check, package, write, zipped
from dialogue.tables.rows import parse
from tests.support import CHANGELOG, SOUND, add, append, put, read, unreleased

FIRST, SECOND = "2026-11-01", "2026-11-01-2"
ANSWER = "What the State answered"


def undp(row: dict) -> bool:
    return (row["iso3"], row["year"], row["weapon"], row["publisher_kind"]) == (
        "LAO",
        "2024",
        "mine_erw",
        "un",
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> SimpleNamespace:
    """Two releases of a day: between them a figure, an act, a correction and a consent changed."""
    place = tmp_path_factory.mktemp("released")
    folder = unreleased(place)
    answer = {"iso3": "LAO", "question": "a", "received": "2026-01-05", "channel": "letter", "language": "en"}
    append(folder, "responses", **answer, answer=ANSWER, consent="yes", document="A letter")
    call = ["release", "--data", str(folder), "--by", "Test", "--date", FIRST]
    assert main([*call, "--why", "First compilation"]) == 0
    first = {
        path.name: path.read_bytes() for path in [*folder.glob("*.csv"), *(folder / "releases").glob("*")]
    }
    put(folder, "responses", lambda row: row["answer"] == ANSWER, consent="no", channel="", answer="", document="")
    put(folder, "casualties", undp, count="51")
    ccm = {
        "instrument": "CCM",
        "action": "accession",
        "date": "2026-01-15",
        "locator": "",
        "grade": "primary",
        "note": "",
    }
    add(
        folder,
        "treaty_actions",
        **ccm,
        iso3="ZWE",
        source_id="un-treaty-collection-status-treaties-xxvi-6-ccm",
    )
    append(folder, "corrections", **SOUND)
    assert main([*call, "--why", "UNDP counted *again*", "--title", "Spring"]) == 0
    return SimpleNamespace(
        folder=folder,
        first=first,
        log=(place / "CHANGELOG.md").read_text("utf-8"),
        changes=read("changes", folder),
    )


@pytest.mark.long
def test_the_first_release_is_one_row(made):
    (first,) = list(csv.DictReader(io.StringIO(made.first["changes.csv"].decode())))
    assert (first["release"], first["kind"]) == (FIRST, "first") and "tables with" in first["what"]
    listed = read("releases", made.folder)
    assert [row["release"] for row in listed] == [FIRST, SECOND]
    assert listed[0]["rows_changed"] == "" and int(listed[0]["row_count"]) > 6000
    assert (
        listed[1]["rows_changed"] == "5"
    )  # a casualty, an act, a consent, a correction and what it corrects


@pytest.mark.long
def test_every_changed_row_says_from_to_why_and_on_whose_word(made):
    found = {
        row["table_names"]: row for row in made.changes if row["kind"] == "row" and row["release"] == SECOND
    }
    told = {
        (row["iso3"], row["before"], row["after"]): (row["why"], row["said_by"])
        for row in made.changes
        if row["table_names"] == "casualties" and row["kind"] == "row"
    }
    assert set(told) == {("LAO", "49", "51"), ("WLD", "951", "971")}
    assert told["LAO", "49", "51"][0] == "UNDP counted *again*." and "UNDP" in told["LAO", "49", "51"][1]
    # a correction gives its own reason and its own document
    assert told["WLD", "951", "971"][0] == "The edition prints 971."
    assert "Cluster Munition Monitor 2019" in told["WLD", "951", "971"][1]
    assert found["treaty_actions"]["after"] == "15 January 2026" and "corrections" not in found


@pytest.mark.long
def test_every_changed_figure_names_its_cause_and_its_pages(made):
    figures = [row for row in made.changes if row["kind"] == "figure"]
    before = parties_to_the_ccm(release.load(made.folder, FIRST))
    parties = [row for row in figures if (row["before"], row["after"]) == (str(before), str(before + 1))]
    assert parties and all("UN Treaty Collection" in row["said_by"] for row in parties)
    assert any("overview" in row["pages"].split() for row in parties)
    assert {row["iso3"] for row in figures if row["table_names"] == "casualties"} == {"", "LAO"}
    printed = [row for row in figures if "951" in row["before"]]
    assert printed and all(row["source_ids"] == SOUND["source_id"] for row in printed)
    assert len(figures) == int(read("releases", made.folder)[1]["figures_changed"])


@pytest.mark.long
def test_an_answer_is_never_listed_and_not_shown_once_the_consent_is_withdrawn(made):
    assert any(row["table_names"] == "responses" for row in made.changes)
    assert not [row for row in made.changes if row["before"] == row["after"] == "no value"]
    assert "Which misprints of sources" not in made.log  # a correction is told by the figure that it changes
    assert ANSWER not in made.log + json.dumps(made.changes)
    assert ANSWER.encode() in zipfile.ZipFile(io.BytesIO(made.first[f"{FIRST}.zip"])).read("responses.csv")
    assert ANSWER not in queries.run("responses_published", release.load(made.folder, FIRST)).to_csv()


def test_the_changelog_gets_a_dated_part_and_keeps_the_rest(made):
    head, _line, rest = made.log.partition("### Release")
    assert head == "# Changelog\n\nTwo halves.\n\n## Figures\n\n"
    assert made.log.index(f"Release {SECOND} · Spring") < made.log.index(f"Release {FIRST} · data as of")
    assert made.log.endswith("### 2026-02-03\n\n- By hand.\n\n## Software\n\n- Stays.\n")
    assert "49 → 51" in rest and "UNDP counted \\*again\\*." in rest and "](https://" in rest


def parties_to_the_ccm(snapshot) -> int:
    return int(queries.run("headline", snapshot).set_index("headline").loc["state_parties", "value"])


@pytest.mark.long
def test_an_old_archive_loads_with_its_own_figures(made):
    assert release.names(made.folder) == [SECOND, FIRST] and release.current(made.folder) == SECOND
    old, new = (release.load(made.folder, name) for name in (FIRST, SECOND))
    assert (old.kind, old.release) == ("release", FIRST)
    assert parties_to_the_ccm(new) == parties_to_the_ccm(old) + 1
    assert [
        set(queries.run("casualties_world_revisions", each)["count"]) >= {951} for each in (old, new)
    ] == [True, False]
    assert len(queries.run("releases", old)) == 1 and len(queries.run("releases", new)) == 2


def test_the_archive_is_a_data_folder_and_the_same_files_give_the_same_bytes(made, tmp_path):
    content = made.first[f"{FIRST}.zip"]
    zipped.unpack(content, tmp_path)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert zipped.pack(dict(reversed(files.items()))) == content and len(content) < 400_000
    assert check.check(tmp_path).problems == []
    assert files["releases.csv"] == made.first["releases.csv"]


def test_the_data_version_is_that_of_the_tables(made, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(made.folder, folder)
    for table in ("states", "casualties"):  # a copy with the line ends of another system is the same data
        path = folder / f"{table}.csv"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    append(folder, "releases", release="2026-11-02", data_version="0" * 12)
    assert release.current(folder) == SECOND
    append(folder, "to_verify", topic="T", lead="L", why_not_shown="W")
    assert release.current(folder) is None


@pytest.mark.long
def test_an_archive_without_later_tables_and_columns_is_shown_all_the_same(made, tmp_path):
    folder, old = tmp_path / "data", tmp_path / "old"
    shutil.copytree(made.folder, folder)
    old.mkdir()
    zipped.unpack(made.first[f"{FIRST}.zip"], old)
    described = json.loads((old / package.DESCRIPTION).read_text("utf-8"))
    described["resources"] = [each for each in described["resources"] if each["name"] != "corrections"]
    states = next(each for each in described["resources"] if each["name"] == "glossary")
    states["schema"]["fields"] = [field for field in states["schema"]["fields"] if field["name"] != "term_es"]
    (old / package.DESCRIPTION).write_text(json.dumps(described), "utf-8")
    (old / "corrections.csv").unlink()
    kept = read("glossary", old)
    with (old / "glossary.csv").open("w", encoding="utf-8", newline="") as file:
        names = [name for name in kept[0] if name != "term_es"]
        out = csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows(kept)
    packed = zipped.pack({path.name: path.read_bytes() for path in old.iterdir()})
    (folder / "releases" / f"{FIRST}.zip").write_bytes(packed)
    shown = release.load(folder, FIRST)
    assert (
        queries.run("glossary", shown)["term_es"].isna().all()
        and queries.run("corrections_applied", shown).empty
    )


@pytest.mark.parametrize(
    "name", ["2030-01-01", "../releases/x", "2026-11-01/../..", "", "0" * 300, "2026-11-01-02"]
)
def test_an_unknown_release_is_said_in_words(made, name):
    with pytest.raises(release.Unknown, match="There is no release"):
        release.load(made.folder, name)


def archive_with(name: str, size: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, b"0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"no archive", archive_with("../evil.csv"), archive_with("/evil.csv"), archive_with("a.py"),
     archive_with("states.csv", zipped.UNPACKED + 1)],
)  # fmt: skip
def test_what_is_no_archive_of_tables_is_refused(content, tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises((ValueError, zipfile.BadZipFile)):
        zipped.unpack(content, tmp_path / "in")
    assert not list((tmp_path / "in").iterdir()) and not (tmp_path / "evil.csv").exists()


def test_a_damaged_archive_is_said_in_words(made, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(made.folder, folder)
    (folder / "releases" / f"{FIRST}.zip").write_bytes(made.first[f"{FIRST}.zip"][:5000])
    with pytest.raises(release.Unknown, match="is damaged"):
        release.load(folder, FIRST)


@pytest.mark.long
def test_nothing_is_released_that_is_faulty_or_has_not_changed(made, tmp_path, capsys):
    call = ["release", "--data", str(made.folder), "--by", "Test", "--why", "Because"]
    before = {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()}
    assert main(call) == 2 and f"nothing has changed since the release {SECOND}" in capsys.readouterr().err
    assert main([*call, "--date", "2026-10-31"]) == 2 and "before the last release" in capsys.readouterr().err
    assert main([*call, "--date", "2999-01-01"]) == 2 and "in the future" in capsys.readouterr().err
    assert main([*call, "--date", "soon"]) == 2 and "YYYY-MM-DD" in capsys.readouterr().err
    assert main([*call[:-1], " "]) == 2 and "--why" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()} == before
    folder = unreleased(tmp_path)
    put(folder, "casualties", undp, count="many")
    assert main(["release", "--data", str(folder), *call[3:]]) == 2
    assert "casualties.csv, row" in capsys.readouterr().err
    assert not (folder / "releases").exists() and len(read("releases", folder)) == 0


@pytest.mark.parametrize("fails_at", [1, 2, 4])
def test_a_failure_while_writing_leaves_everything_as_it_was(tmp_path, monkeypatch, fails_at):
    files = tuple(
        (tmp_path / name, b"new") for name in ("states.csv", "changes.csv", "editions.csv", "releases.csv")
    )
    for path, _content in files[1:]:
        path.write_bytes(b"old")
    put_, calls = write.put, []

    def failing(path, content):
        calls.append(path)
        if len(calls) == fails_at:
            raise OSError("no space left")
        put_(path, content)

    monkeypatch.setattr(write, "put", failing)
    with pytest.raises(OSError, match="no space"):
        new_release.publish(new_release.Prepared(tmp_path, "2026-11-01", "", "", files))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "changes.csv": b"old", "editions.csv": b"old", "releases.csv": b"old",
    }  # fmt: skip


def test_what_an_interrupted_release_left_is_written_over():
    part = "### Release 2026-11-01 · Half\n\n- Half.\n\n#### Rows\n\n- a\n"
    log = CHANGELOG.replace("## Figures\n\n", f"## Figures\n\n{part}\n")
    again = release_notes.with_part(log, "2026-11-01", "### Release 2026-11-01 · Whole\n")
    assert again == CHANGELOG.replace("## Figures\n\n", "## Figures\n\n### Release 2026-11-01 · Whole\n\n")
    with pytest.raises(release_notes.Refused, match="## Figures"):
        release_notes.with_part("# Changelog\n", "2026-11-01", "")


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"date": "2026-02-30", "release": "2026-02-30"}, "date"), ({"release": "2026-11-02"}, "release")],
)
def test_a_release_is_named_after_a_day_of_the_calendar(made, cells, column):
    table = package.read(made.folder).tables["releases"]
    text = write.table(
        table, [(0, *({**read("releases", made.folder)[0], **cells}.get(f.name) for f in table.fields))]
    )
    problems = check.check(made.folder, {"releases": parse(text, table)}).problems
    assert [(problem.file, problem.column) for problem in problems] == [("releases.csv", column)]


def test_figures_of_two_years_with_the_same_values_stay_apart_and_each_names_its_own_row():
    years = ("2002", "2011")
    changes = [
        difference.Change(
            "casualties", "changed", (("iso3", "LAO"), ("year", y)), "count", "99", "101", 2, "LAO", y
        )
        for y in years
    ]
    figures = [
        impact.FigureChange(
            "casualties_state_years", "How many?", ("states",), "LAO", f"{y}, {column}", "99", "101", impact.FIGURE, column,
            (("iso3", "LAO"), ("year", y)),
        )
        for y in years
        for column in ("total", "remnant")
    ]  # fmt: skip
    causes = release_notes.Causes(figures, changes, lambda change: None)
    assert [[change.source_id for change in causes.of(figure)] for figure in figures] == [
        [y] for y in years for _ in "ab"
    ]
    assert len({release_notes._same(figure, causes.of(figure)) for figure in figures}) == 2
