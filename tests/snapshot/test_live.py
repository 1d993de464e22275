"""New files are shown while the server runs: whole, checked, and only if they are sound."""

import csv
import io
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from dialogue.screen.visit import DRAFT
from dialogue.snapshot import drafts, live, queries, store
from dialogue.tables import package, write, zipped
from tests import answers
from tests.browser import ROOT, open_page
from tests.support import app_of, copy_of_data, edit, in_2009, put, read, shorten, wait_until, world

KILLS = 50
# The tables that the casualties lean on; the others stay empty and these short, so that 50 starts take less time.
NEEDED = {"states", "areas", "sources", "labels", "editions", "casualties"}


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A copy of the data, shown by this process as a server would."""
    folder = copy_of_data(tmp_path)
    monkeypatch.setenv("DIALOGUE_DATA", str(folder))
    for name in ("_latest", "_refused", "_read", "_since"):
        monkeypatch.setattr(live, name, None)
    monkeypatch.setattr(live, "_withdrawals", 0)
    monkeypatch.setattr(live, "_serving", True)
    return folder


def shown() -> int:
    return in_2009(live.latest())


@pytest.mark.long
def test_sound_files_take_the_place_of_the_old_and_faulty_ones_do_not(data, caplog):
    assert shown() == 100
    old = live.latest()
    put(data, "casualties", world, count="101")
    assert live.renew() and shown() == 101 and live.refused() is None
    assert in_2009(old) == 100  # who holds the old one, keeps it
    good = live.latest()
    put(data, "casualties", world, count="many")
    with caplog.at_level(logging.ERROR):
        assert not live.renew()
    assert live.latest() is good and shown() == 101
    reason = str(live.refused().problems[0])
    assert "casualties.csv, row" in reason and "“many”" in reason and reason in caplog.text
    put(data, "casualties", world, count="101")
    assert not live.renew() and live.refused() is None


@pytest.mark.long
def test_a_file_cut_off_between_two_rows_is_not_taken_for_a_shorter_table(data):
    live.remember()
    edit(data / "casualties.csv", lambda rows: rows[:1000])
    assert not live.renew() and shown() == 100
    assert "the last" in str(live.refused().problems[0]) and "cut off" in str(live.refused().problems[0])
    shutil.copy(package.DATA / "casualties.csv", data)
    edit(data / "work_plan_claim_sources.csv", lambda rows: rows[:-1])
    assert not live.renew() and "release --removes 1 " in str(live.refused().problems[0])


@pytest.mark.long
def test_a_file_that_lost_many_rows_in_the_middle_is_not_taken_either(data):
    live.remember()
    count = len(read("casualties"))
    edit(data / "casualties.csv", lambda rows: rows[:200] + rows[300:])
    assert not live.renew() and shown() == 100
    assert f"100 of {count} rows ({10_000 // count}%) are gone" in str(live.refused().problems[0])
    assert "release --removes 100 " in str(live.refused().problems[0])


@pytest.mark.long
def test_a_file_in_another_form_is_explained_as_the_data_desk_does(data):
    live.remember()
    path = data / "states.csv"
    german = "\n".join(";".join(f'"{cell}"' for cell in row.values()) for row in read("states"))
    header = ";".join(read("states")[0])
    path.write_bytes(f"{header}\n{german}\n".encode("cp1252"))
    assert not live.renew()
    said = "\n".join(map(str, live.refused().problems))
    assert "separated by semicolons" in said and "Windows-1252" in said and "--fix" in said and "cannot be read as CSV" not in said
    path.write_bytes(b"PK\x03\x04 a workbook under the name of a table")
    assert not live.renew()
    assert "broken" in str(live.refused().problems[0])
    shutil.copy(package.DATA / path.name, data)
    assert not live.renew() and live.refused() is None


def test_a_lost_part_is_named_also_where_another_table_is_faulty(data):
    live.remember()
    edit(data / "casualties.csv", lambda rows: rows[:900])
    put(data, "meetings", lambda row: True, start="many")
    assert not live.renew()
    files = {problem.file for problem in live.refused().problems}
    assert files == {"casualties.csv", "meetings.csv"}


def published() -> set[str]:
    return set(queries.run("responses_published", live.latest())["answer"])


@pytest.mark.long
def test_a_withdrawn_answer_is_gone_at_once_also_as_the_last_row(data):
    answers.write(data, "responses", answers.PUBLISHED)
    live.remember()
    assert answers.ARABIC in published() and not live.withdrawals()
    answers.write(data, "responses", answers.PUBLISHED[1:])
    assert live.renew() and answers.ARABIC not in published() and live.withdrawals() == 1
    answers.write(data, "responses", answers.PUBLISHED[1:2])  # LAO was the last row
    assert live.renew() and len(published()) == 1
    (data / "responses.csv").unlink()
    assert live.renew() and not published()


@pytest.mark.long
@pytest.mark.parametrize("also", ["cut off", "faulty", "no description", "the answers themselves"])
def test_faulty_files_keep_no_withdrawn_answer_on_screen(data, also, monkeypatch):
    answers.write(data, "responses", answers.PUBLISHED)
    live.remember()
    first = live.latest()
    answers.write(data, "responses", [answers.bare("LBN", "a", "2025-03-10"), *answers.PUBLISHED[1:]])
    if also == "cut off":
        edit(data / "casualties.csv", lambda rows: rows[:1000])
    elif also == "faulty":
        put(data, "casualties", world, count="many")
    elif also == "no description":
        (data / package.DESCRIPTION).write_text("{")
    else:
        answers.write(data, "responses", [answers.secret("LBN", "a", "2025-03-10"), *answers.PUBLISHED[1:]])
    assert live.renew() and live.refused()
    shown_now = live.latest()
    assert answers.ARABIC not in published() and len(published()) == 2 and shown() == 100
    assert shown_now.fingerprint != first.fingerprint and live.withdrawals() == 1
    kept = zipped.read((data / live.LAST_GOOD).read_bytes())["responses.csv"].decode()
    assert answers.ARABIC not in kept and answers.SECRET not in kept
    # nothing more happens until the files change, and a new start shows the same
    assert not live.renew() and live.latest() is shown_now
    monkeypatch.setattr(live, "_latest", None)
    assert live.latest().fingerprint == shown_now.fingerprint and live.refused()


@pytest.mark.long
def test_a_start_reads_the_withdrawal_where_no_copy_could_be_written(data, monkeypatch):
    answers.write(data, "responses", answers.PUBLISHED)
    live.remember()
    answers.write(data, "responses", [])
    put(data, "casualties", world, count="many")
    monkeypatch.setattr(live, "_latest", None)
    monkeypatch.setattr(write, "put", lambda *_given: (_ for _ in ()).throw(OSError("read-only")))
    assert shown() == 100 and not published()


@pytest.mark.long
def test_a_draft_made_before_a_withdrawal_is_not_shown_any_more(data, monkeypatch):
    answers.write(data, "responses", answers.PUBLISHED)
    live.latest()
    app = app_of("dialogue/main.py")
    app.session_state[DRAFT] = drafts.make(live.latest().checked, live.latest().files)
    assert any("Leave the draft" in button.label for button in app.run().button)
    answers.write(data, "responses", [])
    assert live.renew()
    app.run()
    assert any("The draft was ended" in text.value for text in app.text)
    assert DRAFT not in app.session_state


@pytest.mark.long
def test_a_start_on_half_a_file_shows_the_last_good_data(data, monkeypatch):
    live.remember()
    whole = (data / "casualties.csv").read_bytes()
    (data / "casualties.csv").write_bytes(whole[: whole.rindex(b"\n", 0, len(whole) // 2) + 6])  # within a row
    monkeypatch.setattr(live, "_latest", None)
    assert shown() == 100 and "casualties.csv" in str(live.refused().problems[0])
    # without visitors there is nothing to bridge: tests and commands fail on the faulty file
    monkeypatch.setattr(live, "_serving", False)
    monkeypatch.setattr(live, "_latest", None)
    assert live.latest().problems


@pytest.mark.long
def test_a_damaged_copy_is_left_aside(data):
    live.remember()
    copy = bytearray((data / live.LAST_GOOD).read_bytes())
    copy[1000:3000] = bytes(2000)
    (data / live.LAST_GOOD).write_bytes(copy)
    live._latest = None
    assert shown() == 100
    (data / "casualties.csv").write_bytes(b"")
    live._latest = None
    assert "casualties.csv" in str(live.latest().problems[0])


@pytest.mark.long
def test_a_copy_of_other_tables_than_today_s_is_left_aside(data, monkeypatch):
    """As after an update of the software that brought a table."""
    description = json.loads((data / package.DESCRIPTION).read_text("utf-8"))
    old = {**description, "resources": [r for r in description["resources"] if r["name"] != "meetings"]}
    (data / package.DESCRIPTION).write_text(json.dumps(old), "utf-8")
    (data / live.LAST_GOOD).write_bytes(live.archive(data))
    (data / package.DESCRIPTION).write_text(json.dumps(description), "utf-8")
    assert shown() == 100 and live.refused() is None
    (data / "casualties.csv").write_bytes(b"")
    monkeypatch.setattr(live, "_latest", None)
    assert "casualties.csv" in str(live.latest().problems[0])


@pytest.mark.long
def test_readers_never_see_a_mixture_while_files_change(data):
    """A State and its region are changed together; every reader must see both or neither."""
    stop, seen, mixed = threading.Event(), set(), []

    def read():
        while not stop.is_set():
            held = live.latest()
            one = queries.run("states_in_group", held, group="all")
            two = held.cursor().execute("SELECT note FROM areas WHERE iso3 = 'WLD'").fetchone()[0]
            name = one.set_index("iso3").loc["AFG"].to_string() if "AFG" in set(one["iso3"]) else ""
            three = held.cursor().execute("SELECT name_en FROM states WHERE iso3 = 'AFG'").fetchone()[0]
            seen.add(three)
            if (three, two) not in {("Afghanistan", before), ("Second", "Second"), ("Third", "Third")}:
                mixed.append((three, two, name))

    before = store.load(data).cursor().execute("SELECT note FROM areas WHERE iso3 = 'WLD'").fetchone()[0]
    live.latest()
    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for text in ("Second", "Third"):
        put(data, "states", lambda r: r["iso3"] == "AFG", name_en=text)
        put(data, "areas", lambda r: r["iso3"] == "WLD", note=text)
        assert live.renew()
    stop.set()
    for thread in threads:
        thread.join()
    assert not mixed and "Third" in seen


def versions(table: str) -> set[str]:
    """The data versions that stand on the rows of a CSV file."""
    return {row["data_version"] for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))}


def health(url: str) -> dict:
    return json.load(urlopen(f"{url}/healthz"))


@pytest.mark.long
def test_visitor_keeps_one_version_until_the_next_step_and_never_sees_faulty_data(browser, serve, tmp_path):
    data = copy_of_data(tmp_path)
    with serve(DIALOGUE_DATA=str(data)) as running:
        visit = open_page(browser, running, "/new-victims")
        first = health(running.url)["data"]
        footer = visit.page.locator(".va-footer")
        expect(footer).to_contain_text(first)

        put(data, "casualties", world, count="many")
        wait_until(lambda: health(running.url)["files"] == "refused")
        assert health(running.url)["data"] == first
        assert "“many”" in running.log.read_text()
        again = open_page(browser, running, "/new-victims")
        expect(again.page.locator(".va-footer")).to_contain_text(first)
        again.close()

        put(data, "casualties", world, count="101")
        wait_until(lambda: health(running.url)["data"] != first)
        second = health(running.url)["data"]
        file = visit.page.get_by_role("link", name="CSV", exact=True).first
        told = visit.page.request.get(file.evaluate("link => link.href"))
        # what stands on this screen, where a release holds it; never another version
        assert versions(told.text()) == {first} if told.ok else told.status == 409 and second in told.text()
        visit.page.get_by_text("By State", exact=True).first.click()
        expect(footer).to_contain_text(second)
        visit.settle()
        with visit.page.expect_download() as download:
            visit.page.get_by_role("link", name="CSV", exact=True).first.click()
        assert versions(download.value.path().read_text("utf-8")) == {second}
        visit.close()


SERVER = """
import os, sys
sys.path.insert(0, {root!r})
from dialogue.snapshot import live, store
from dialogue.tables import package  # loaded once; every start below is a fork that has read nothing
from tests.support import copy_of_data, read
package.read(store.data_folder())
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        import threading
        live.serve()
        data = live.latest()
        print(os.getpid(), data.fingerprint if not data.problems else "faulty", flush=True)
        live.remember()
        live.watch(threading.Event())
"""


@pytest.mark.long
def test_a_server_killed_amid_a_replacement_always_comes_back_on_whole_data(tmp_path):
    data = copy_of_data(tmp_path)
    shorten(data, NEEDED)
    path = data / "casualties.csv"
    old = path.read_bytes()
    put(data, "casualties", world, count="101")
    new = path.read_bytes()
    versions = {}
    for content in (new, old):
        path.write_bytes(content)
        versions[content] = store.fingerprint(data)
    zygote = subprocess.Popen(
        [sys.executable, "-c", SERVER.format(root=str(ROOT))], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env={**os.environ, "DIALOGUE_DATA": str(data)},
    )  # fmt: skip
    chance = random.Random(2026)
    came_back = {"old": 0, "new": 0}
    half = 0

    def start() -> tuple[int, str]:
        zygote.stdin.write("start\n")
        zygote.stdin.flush()
        pid, version = zygote.stdout.readline().split()
        return int(pid), version

    try:
        pid, version = start()
        assert version == versions[old]
        wait_until(lambda: (data / live.LAST_GOOD).is_file())
        for _kill in range(KILLS):
            content = chance.choice([old, new])
            cut = chance.choice([0, len(content), chance.randrange(len(content)), content.rindex(b"\n", 0, -1) + 1])
            with path.open("wb") as file:  # as a plain copy does: the old file is gone at once
                file.write(content[: cut // 2])
                file.flush()
                time.sleep(chance.random() / 20)  # any moment will do: the server reads when it reads
                file.write(content[cut // 2 : cut])
                os.kill(pid, signal.SIGKILL)
            half += cut != len(content)
            pid, version = start()
            assert version in versions.values()
            if cut == len(content):
                assert version == versions[content]
            came_back["new" if version == versions[new] else "old"] += 1
    finally:
        os.kill(pid, signal.SIGKILL)
        zygote.kill()
        zygote.wait()
    print(f"{KILLS} kills, {half} of them left half a file; came back on: {came_back}")
    assert half > 10

