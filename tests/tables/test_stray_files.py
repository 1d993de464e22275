"""The house stands whatever lies beside the tables, and whatever a machine does to the files."""

import csv
import logging
import os
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from dialogue.change import desk
from dialogue.snapshot import live, store
from dialogue.tables import package, zipped
from dialogue.tables.check import check
from tests.browser import ROOT
from tests.support import append, messages, put, read, world

FIRST = ("_latest", "_refused", "_read", "_since")


@pytest.fixture
def shown(data, monkeypatch):
    """The folder as a server shows it."""
    monkeypatch.setenv("DIALOGUE_DATA", str(data))
    for name in FIRST:
        monkeypatch.setattr(live, name, None)
    monkeypatch.setattr(live, "_serving", True)
    monkeypatch.setattr(live, "_noted", set())
    live.latest()
    live.remember()
    return data


def unreadable(monkeypatch, unread: Path) -> None:
    """As for a process that has no right to the file; the tests may run as root, who has every right."""
    read_bytes = package.Path.read_bytes

    def refusing(path):
        if path == unread:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(package.Path, "read_bytes", refusing)


@pytest.mark.long
def test_a_file_that_cannot_be_read_is_named_once_and_the_last_good_data_stay(shown, monkeypatch, caplog):
    before = live.latest()
    put(shown, "casualties", world, count="101")
    with monkeypatch.context() as no_right:
        unreadable(no_right, shown / "casualties.csv")
        assert not live.renew() and live.latest() is before
        (problem,) = live.refused().problems
        assert str(problem) == "casualties.csv: cannot be read: Permission denied"
        assert live._read == live.signature(shown)  # the watch does not come back to it until the file changes
        assert caplog.text.count("cannot be read") == 1 and "have 1 problem;" in caplog.text
        no_right.setattr(live, "_latest", None)
        assert live.latest().fingerprint == before.fingerprint and live.refused()
    assert live.renew() and live.refused() is None


@pytest.mark.long
@pytest.mark.parametrize("name", ["._meetings.csv", "casualties (conflicted copy 2026-11-25).csv", "Meetings.CSV", "notes .csv ", "new\nline.csv"])
def test_a_file_that_is_no_table_is_left_aside_and_noted_once(shown, name, caplog):
    before = live.latest()
    (shown / name).write_bytes(b"\x00\x05\x16\x07no table")
    for _look in range(2):
        assert not live.renew()
    assert live.refused() is None and store.fingerprint(shown) == before.fingerprint
    assert caplog.text.count("Left aside") == 1 and messages(shown) == []
    live.remember()
    assert set(zipped.read((shown / live.LAST_GOOD).read_bytes())) == {path.name for path in package.files(shown)}
    (shown / "casualties.csv").write_bytes(b"half")
    live._latest = None
    assert live.latest().fingerprint == before.fingerprint  # the copy of the last good data does its work


def test_line_ends_and_byte_order_marks_make_no_other_version(data):
    before = store.fingerprint(data)
    for path in data.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    described = data / package.DESCRIPTION
    described.write_bytes(described.read_bytes().replace(b"\n", b"\r\n"))
    assert messages(data) == [] and store.fingerprint(data) == before
    append(data, "to_verify", topic="T", lead="L", why_not_shown="W")
    assert store.fingerprint(data) != before


def test_the_repository_keeps_line_feeds_on_every_machine():
    found = subprocess.run(["git", "check-attr", "eol", "data/states.csv", "queries/casualties_world.sql"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode or found.stdout.count("eol: lf") == 2  # a copy without git has no attributes to ask
    assert "eol=lf" in (ROOT / ".gitattributes").read_text("utf-8")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: (path.unlink(), path.mkdir()), "casualties.csv: cannot be read: it is a folder, not a file"),
        (lambda path: path.rename(path.with_name("Casualties.CSV")), "is it “Casualties.CSV”? Its name must be casualties.csv"),
        (lambda path: path.rename(path.with_name("casualties.csv ")), "is it “casualties.csv”? Its name must be casualties.csv"),
        (lambda path: (path.unlink(), path.symlink_to(path.with_name("gone.csv"))), "casualties.csv: the file is missing"),
        (lambda path: os.truncate(path, package.LARGEST + 1), "casualties.csv: cannot be read: it is larger than 50 MB"),
    ],
)
def test_what_stands_in_place_of_a_table_is_named(data, spoil, says):
    spoil(data / "casualties.csv")
    found = [each for each in messages(data) if each.startswith("casualties.csv")]
    assert len(found) == 1 and says in found[0]


def test_a_linked_table_is_a_table_and_odd_times_make_no_other_data(data, tmp_path):
    before = store.fingerprint(data)
    path = data / "casualties.csv"
    path.rename(tmp_path / "elsewhere.csv")
    path.symlink_to(tmp_path / "elsewhere.csv")
    for moment in (0, 4_102_444_800):  # 1970, 2100
        os.utime(path, (moment, moment))
        assert messages(data) == [] and store.fingerprint(data) == before


def test_a_file_that_vanishes_while_it_is_read_is_missing(data, monkeypatch):
    read_bytes = package.Path.read_bytes

    def vanishing(path):
        if path.name == "casualties.csv":
            raise FileNotFoundError(2, "No such file", str(path))
        return read_bytes(path)

    monkeypatch.setattr(package.Path, "read_bytes", vanishing)
    assert any(str(each).startswith("casualties.csv: the file is missing") for each in check(data).problems)
    assert store.fingerprint(data)


@pytest.mark.long
def test_a_folder_that_may_not_be_written_to_is_said_and_shown(shown, monkeypatch, caplog):
    def refusing(*_given):
        raise PermissionError(13, "Read-only file system")

    monkeypatch.setattr(live.write, "put", refusing)
    put(shown, "casualties", world, count="101")
    with caplog.at_level(logging.WARNING):
        assert live.renew()
    assert "No copy of the good data is kept" in caplog.text


@pytest.mark.long
def test_everybody_may_read_what_is_unpacked():
    rows = read("casualties")
    next(row for row in rows if world(row))["count"] = "101"
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    given = desk.answer([("casualties.csv", out.getvalue().encode())])
    for content in (desk.parcel(given), live.archive(package.DATA)):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            assert {entry.external_attr >> 16 & 0o777 for entry in packed.infolist()} == {0o644}


@pytest.mark.long
@pytest.mark.parametrize("command", [["query", "casualties_world", "--format", "csv"], ["describe", "casualties"], ["views"], ["--help"]])
def test_output_is_utf_8_and_whole_whatever_the_console(command):
    runs = [
        subprocess.run(
            [sys.executable, "-m", "dialogue", *command], cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        )
        for encoding in ("cp1252", "ascii", "utf-8")
    ]
    assert [run.returncode for run in runs] == [0, 0, 0] and len({run.stdout for run in runs}) == 1
    assert runs[0].stdout.decode("utf-8").endswith("\n") and b"\r" not in runs[0].stdout


@pytest.mark.long
def test_a_reader_that_has_seen_enough_ends_a_command_quietly():
    run = subprocess.Popen([sys.executable, "-m", "dialogue", "query", "treaty_status"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run.stdout.close()
    assert run.stderr.read() == b"" and run.wait() == 0


def test_figures_without_the_packages_says_so_in_one_line(tmp_path):
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)
    run = subprocess.run([".ci/figures"], cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHON": str(bare)})
    assert run.returncode == 2 and run.stdout == "" and run.stderr.count("\n") == 1 and "virtual environment" in run.stderr
