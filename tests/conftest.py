"""What the tests share: a running server, a browser, copies of the data; and which tests come first."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dialogue.snapshot import live, reader, store
from dialogue.tables import answers, check, package
from tests.answers import FILLED, REFUSED, write
from tests.browser import FLAGS, PRESENTERS, Server, chromium, serving
from tests.support import PATIENCE, copy_of_data, read


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden results anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is left out of a quick answer; the longest begin, so that no worker is left with one at the end."""
    for item in items:
        visits = {"browser", "serve", "server"} & set(item.fixturenames)
        if visits:
            item.add_marker(pytest.mark.visits)
        if visits or item.get_closest_marker("long"):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins without a reader or a data folder that another test has left."""
    monkeypatch.delenv("DIALOGUE_DATA", raising=False)
    reader._current.set(None)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[Server]]:
    """Start a server of one's own: `with serve(DIALOGUE_DATA=…) as server`."""
    return lambda *given, **named: serving(tmp_path_factory.mktemp("server"), *given, **named)


@pytest.fixture(scope="session")
def server(serve) -> Iterator[Server]:
    """The dashboard on the project's data, for all tests that only look."""
    with serve(DIALOGUE_ROOMS=PRESENTERS) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; without one these tests are skipped, but never in CI."""
    path = chromium()
    if path is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=PATIENCE * 1000)
        yield running
        running.close()


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the project's data that a test may spoil."""
    return copy_of_data(tmp_path)


@pytest.fixture(scope="session")
def read_in_2026() -> store.Snapshot:
    """What was published by the middle of 2026, with 3 February 2026 as the day of the data."""
    late = {
        row[code]
        for table, code in (("sources", "id"), ("editions", "edition"))
        for row in read(table)
        if row["published"] > "2026-06-30"
    }
    checked = check.read(package.DATA)
    checked.rows = {name: [row for row in rows if late.isdisjoint(row)] for name, rows in checked.rows.items()}
    checked.description = replace(checked.description, as_of="2026-02-03")
    return store.snapshot(checked, "known in 2026")


@pytest.fixture
def known_in_2026(read_in_2026: store.Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show this process the data of 2026: figures read in documents of that time hold whatever later editions print."""
    monkeypatch.setattr(live, "_latest", read_in_2026)


@pytest.fixture
def filled(data: Path) -> Path:
    """A copy of the data with five answers, two of them without consent."""
    write(data, "responses", FILLED)
    write(data, "outreach", [])
    return data


@pytest.fixture
def answered(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[store.Snapshot]:
    """The dashboard of this process as if the rule had let texts without consent in: the queries keep them back all the same."""
    write(filled, "responses", REFUSED)
    monkeypatch.setattr(answers, "check", lambda _table, rows: (list(rows), []))
    snapshot = store.load(filled)
    assert not snapshot.problems
    monkeypatch.setattr(live, "_latest", snapshot)
    yield snapshot
    snapshot.connection.close()
