"""The desk's parcel on a server: published with its reasons, taken back, never half."""

import csv
import io
import os
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from dialogue.__main__ import main
from dialogue.change import desk, new_release, reasons
from dialogue.snapshot import live, release, store
from dialogue.tables import package, write, zipped
from tests import answers
from tests.support import edit, in_2009, put, shorten, unreleased, world

# The tables of these tests; the others stay empty, so that each release takes less time.
KEPT = {"states", "areas", "sources", "labels", "editions", "publisher_kinds", "questions", "obligation_lists", "casualties", "casualty_names"}
SAID = ("--by", "Test", "--why", "A test")


def as_csv(folder: Path, table: str, change) -> bytes:
    """A table of a folder after `change(rows)`, as a coordinator would save it."""
    rows = list(csv.DictReader((folder / f"{table}.csv").read_text("utf-8").splitlines()))
    rows = change(rows) or rows
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def with_101(rows):
    next(row for row in rows if world(row))["count"] = "101"


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> SimpleNamespace:
    """A released folder with answers of States, and the parcels that the desk makes of two of its tables."""
    folder = unreleased(tmp_path_factory.mktemp("published"))
    shorten(folder, KEPT)
    answers.write(folder, "responses", answers.FILLED)
    assert main(["release", "--data", str(folder), *SAID]) == 0
    base = store.load(folder)

    def yes(_question):
        return True

    given = desk.answer([("casualties.csv", as_csv(folder, "casualties", with_101))], None, yes, base=base)
    said = [reasons.read("casualties iso3=WLD; year=2009", "The edition was read again", base.description)]
    shorter = desk.answer([("casualty_names.csv", as_csv(folder, "casualty_names", lambda rows: rows[:-30]))], None, yes, base=base)
    assert given.draft and shorter.draft
    return SimpleNamespace(folder=folder, parcel=desk.parcel(given, said), shorter=desk.parcel(shorter), version=given.version)


@pytest.fixture
def server(first, tmp_path, monkeypatch) -> Path:
    """A copy of that folder, shown by this process as a server would."""
    place = tmp_path / "server"
    shutil.copytree(first.folder.parent, place)
    folder = place / "data"
    (place / "parcel.zip").write_bytes(first.parcel)
    (place / "shorter.zip").write_bytes(first.shorter)
    monkeypatch.setenv("DIALOGUE_DATA", str(folder))
    for name in ("_latest", "_refused", "_read", "_since"):
        monkeypatch.setattr(live, name, None)
    monkeypatch.setattr(live, "_serving", True)
    live.remember()
    return folder


def publish(folder: Path, parcel: str = "parcel.zip", *more: str) -> int:
    return main(["publish", str(folder.parent / parcel), "--data", str(folder), *SAID, *more])


def undo(folder: Path, *more: str) -> int:
    return main(["publish", "--undo", "--data", str(folder), *SAID, *more])


@pytest.mark.long
def test_a_parcel_is_published_with_its_reason_and_the_version_that_the_desk_told(server, first, capsys):
    assert in_2009(live.latest()) == 100
    assert publish(server) == 0
    said = capsys.readouterr().out
    assert f"Wait for version {first.version}" in said and "casualties: 1 row changed" in said
    assert live.renew() and in_2009(live.latest()) == 101 and live.latest().fingerprint == first.version
    newest = release.listed(server)[0]
    assert newest["data_version"] == first.version and release.current(server) == newest["release"]
    listed = [row for row in csv.DictReader((server / "changes.csv").open(encoding="utf-8")) if row["release"] == newest["release"]]
    assert {row["why"] for row in listed} == {"The edition was read again."}  # the rows', and the figures' that come from them
    assert "The edition was read again." in (server.parent / "CHANGELOG.md").read_text("utf-8")
    assert publish(server) == 2 and "nothing that is not here already" in capsys.readouterr().err

    assert undo(server) == 0
    said = capsys.readouterr().out
    assert "Undone: casualties: 1 row changed" in said
    assert live.renew() and in_2009(live.latest()) == 100
    assert len(release.listed(server)) == 3 and f"The release {newest['release']} is taken back" in release.listed(server)[0]["why"]
    with zipfile.ZipFile(io.BytesIO(first.parcel)) as packed:
        assert desk.PARCEL in packed.namelist()


def names_of(snapshot: store.Snapshot) -> int:
    return len(snapshot.checked.rows["casualty_names"])


@pytest.mark.long
def test_rows_removed_on_purpose_are_said_with_their_number_and_going_back_brings_no_withdrawn_answer_back(server, capsys):
    before = live.latest()
    assert publish(server, "shorter.zip") == 1
    assert "If so: --removes 30" in capsys.readouterr().out and store.fingerprint(server) == before.fingerprint
    assert publish(server, "shorter.zip", "--removes", "30") == 0
    assert live.renew() and live.refused() is None and names_of(live.latest()) == names_of(before) - 30
    answers.write(server, "responses", [answers.bare("LBN", "a", "2025-03-10"), *answers.PUBLISHED[2:]])
    assert undo(server) == 0  # what was released before, but for the answers
    said = capsys.readouterr().out
    assert "casualty_names: 30 rows added" in said, said
    text = (server / "responses.csv").read_text("utf-8")
    assert answers.ARABIC not in text and "A" * 100 not in text and "A data system stands." in text
    assert not store.load(server).problems


@pytest.mark.long
def test_rows_removed_by_hand_are_shown_once_a_release_says_so(server, capsys):
    edit(server / "casualty_names.csv", lambda rows: rows[:-30])
    assert not live.renew()
    said = str(live.refused().problems[0])
    assert "python -m dialogue release --removes 30" in said and live.LAST_GOOD not in said
    assert main(["release", "--data", str(server), *SAID]) == 1 and "If so: --removes 30" in capsys.readouterr().out
    assert main(["release", "--data", str(server), *SAID, "--removes", "30"]) == 0
    assert live.renew() and live.refused() is None


@pytest.mark.parametrize("step", [0, 1, 2, 4, 6])
def test_killed_in_the_middle_leaves_one_whole_version(tmp_path, step):
    """The process that writes dies at a step; whoever reads then finds all of the old or all of the new."""
    folder = tmp_path / "data"
    (folder / release.ARCHIVES).mkdir(parents=True)
    names = ["casualties.csv", "sources.csv", "releases/2026-11-25.zip", "changes.csv", "../CHANGELOG.md", "releases.csv"]
    for name in names:
        (folder / name).write_bytes(b"old")
    child = os.fork()
    if child == 0:
        put, calls = write.put, []

        def dying(path, content):
            calls.append(path)
            if len(calls) > step:
                os._exit(9)
            put(path, content)

        write.put = dying
        write.together(folder, [(folder / name, b"new") for name in names])
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    seen = {package.content_of(folder / name) for name in names if name.endswith(".csv")}
    assert seen == {b"new" if step else b"old"}
    # what somebody writes by hand meanwhile counts, and the rest is put in place
    if step == 1:
        (folder / "sources.csv").write_bytes(b"by hand")
        os.utime(folder / "sources.csv", ns=(2**62, 2**62))
        assert package.content_of(folder / "sources.csv") == b"by hand"
    assert write.finish(folder) == bool(step) and not (folder / package.PENDING).exists()
    lies = [(folder / name).read_bytes() for name in names]
    assert lies == [b"new" if step else b"old"] * len(names) or (step == 1 and lies.count(b"by hand") == 1 and lies.count(b"new") == 5)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "no ZIP"), (b"PK nothing", "no ZIP"), ({"data/casualties.csv": b"x"}, "no parcel of the data desk"),
     ({"data/casualties.csv": b"x", desk.PARCEL: b"{"}, "damaged"), ({desk.PARCEL: b'{"before": {}, "days": [["soon", "soon"], ["soon", "soon"]]}'}, "no day")],
)  # fmt: skip
def test_what_is_no_parcel_is_refused_in_one_line(tmp_path, capsys, content, says):
    if isinstance(content, dict):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for name, data in content.items():
                packed.writestr(name, data)
        content = out.getvalue()
    (tmp_path / "parcel.zip").write_bytes(content)
    assert main(["publish", str(tmp_path / "parcel.zip"), *SAID]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ") and error.count("\n") == 1 and says in error


@pytest.mark.long
def test_a_table_that_has_changed_since_is_not_written_over(server, capsys):
    edit(server / "casualties.csv", lambda rows: rows[:1] + [[*row[:-1], "A note of somebody else"] if row[0] == "LAO" else row for row in rows[1:]])
    assert publish(server) == 2 and "first make a release of them" in capsys.readouterr().err
    assert undo(server) == 2 and "If so: --confirm" in capsys.readouterr().err  # what no release has would be lost
    assert main(["release", "--data", str(server), *SAID]) == 0
    assert publish(server) == 2 and "casualties.csv has changed on this server since" in capsys.readouterr().err
    assert main(["publish", "--data", str(server), *SAID]) == 2


@pytest.mark.long
def test_a_release_in_a_repository_takes_the_reasons_that_were_given_at_the_desk(server):
    put(server, "casualties", world, count="101")
    assert main(["release", "--data", str(server), *SAID, "--parcel", str(server.parent / "parcel.zip")]) == 0
    newest = release.listed(server)[0]
    listed = [row for row in csv.DictReader((server / "changes.csv").open(encoding="utf-8")) if row["release"] == newest["release"]]
    assert newest["why"] == "A test" and {row["why"] for row in listed} == {"The edition was read again."}


@pytest.mark.long
def test_a_reason_that_fits_nothing_is_told(server, capsys):
    for where, says in (("casualty", "there is no table"), ("casualties colour=red", "names no rows"), ("states", "nothing changed that the reason")):
        assert publish(server, "shorter.zip", "--removes", "30", "--reason", where, "Because") == 2
        assert says in capsys.readouterr().err
    with pytest.raises(new_release.Refused):
        new_release.prepare(server, "Test", "A test")


@pytest.mark.long
def test_another_day_for_the_data_is_published_like_a_table(server, capsys):
    base = live.latest()
    day = package.Days("2026-10-01", base.description.depositary_read)
    given = desk.answer([], days=day, base=base)
    assert given.differs and not given.changes and str(given.draft.as_of) == day.as_of and given.version != base.fingerprint
    assert "Day for which the data speak" in desk.commit_message(given) and "1 October 2026" in desk.change_note(given)
    (server.parent / "day.zip").write_bytes(desk.parcel(given))
    assert publish(server, "day.zip") == 0
    assert live.renew() and live.latest().fingerprint == given.version
    listed = [row for row in csv.DictReader((server / "changes.csv").open(encoding="utf-8")) if row["kind"] == "row"]
    assert [(row["what"], row["after"]) for row in listed] == [("Day for which the data speak", "1 October 2026")]
    assert undo(server) == 0 and store.load(server).as_of == base.as_of
    late = desk.answer([], days=package.Days("2999-01-01", "2999-01-01"), base=base)
    assert late.draft is None and "has not come yet" in str(late.problems[0])


def test_a_running_server_finishes_what_was_interrupted(server):
    new = server / "casualties.csv"
    old = new.read_bytes()
    edit(new, lambda rows: [rows[0], *([*row[:-1], "Read again"] if row[0] == "LAO" else row for row in rows[1:])])
    decided = new.read_bytes()
    new.write_bytes(old)
    live.renew()
    write.put(server / package.PENDING, zipped.pack({"casualties.csv": decided}))
    assert store.fingerprint(server) != live.latest().fingerprint  # decided: everybody reads the new one
    assert live.renew() and new.read_bytes() == decided and not (server / package.PENDING).exists()
    assert live.latest().fingerprint == store.fingerprint(server)
