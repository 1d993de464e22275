"""The offline edition on a server: put together once for all, beside the pages, handed over by a button or an address."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.requests import Request

from dialogue.present import bundle, offline
from dialogue.snapshot import live
from dialogue.web import present
from tests.support import app_of, body, wait_until

PAGE = "pages/take_it_with_you.py"


class Building:
    """Stands in for the building of the ZIP: half of it, and the rest when it is let go."""

    def __init__(self) -> None:
        self.begun, self.at_once, self.let_go, self.fails = 0, 0, threading.Event(), False

    def whole(self, *, site, progress) -> bytes:
        self.begun += 1
        self.at_once += 1
        progress(1, 2)
        assert self.let_go.wait(60)
        self.at_once -= 1
        if self.fails:
            raise OSError("no space")
        return b"the ZIP" + site.encode()


@pytest.fixture
def building(monkeypatch) -> Iterator[Building]:
    made = Building()
    monkeypatch.setattr(offline, "_editions", {})
    monkeypatch.setattr(bundle, "whole", made.whole)
    yield made
    made.let_go.set()
    offline._builder.submit(lambda: None).result()  # the last one has ended


def test_two_visitors_get_the_same_edition_and_a_new_version_a_new_one(building, monkeypatch):
    first = offline.prepare()
    wait_until(lambda: first.share() == 0.5)
    assert offline.prepare() is first is offline.edition() and not first.content
    now = live.latest()
    monkeypatch.setattr(live, "_latest", replace(now, fingerprint="0" * 12))
    assert offline.edition() is None
    second = offline.prepare()
    assert second is not first and building.at_once == 1
    building.let_go.set()
    wait_until(lambda: second.content)
    monkeypatch.setattr(live, "_latest", now)
    assert offline.edition() is None and building.begun == 2, "an answer that is withdrawn must not be handed out from an older file"


def test_the_links_in_the_file_lead_to_the_site_as_its_reader_typed_it(building):
    building.let_go.set()
    sites = [f"http://{name}.example.org/va/" for name in ("one", "two", "three", "four")]
    made = [offline.prepare(site) for site in sites]
    wait_until(lambda: all(each.content for each in made))
    # names without end would keep the server busy: what is one too many gets a file without links out
    assert [each.content for each in made] == [b"the ZIP" + site.encode() for site in sites[:3]] + [b"the ZIP"]
    # behind a proxy the page knows of https, the route does not
    assert offline.prepare("https://one.example.org/va/") is offline.edition(sites[0]) is made[0]
    scope = {"type": "http", "method": "GET", "path": "/offline.zip", "query_string": b"", "headers": [(b"host", b"two.example.org")], "path_params": {}}
    present._offline(Request(scope))
    assert offline.edition("http://two.example.org/"), "asked for under an address, made for this address"


def test_a_visitor_sees_how_far_the_file_has_come_and_takes_it(building):
    app = app_of(PAGE).run()
    assert not app.exception and "offline.zip" not in body(app)
    app.button[0].click().run()
    assert not app.exception and app.get("progress") and not app.button
    building.let_go.set()
    wait_until(lambda: offline.edition().content)
    app.run()
    assert not app.exception and "Download the offline edition" in body(app) and 'href="offline.zip"' in body(app)


def test_a_file_that_could_not_be_built_is_said_and_may_be_asked_for_again(building):
    building.fails = True
    building.let_go.set()
    made = offline.prepare()
    wait_until(lambda: made.failed)
    app = app_of(PAGE).run()
    assert "could not be put together" in app.text[0].value
    building.fails = False
    app.button[0].click().run()
    wait_until(lambda: offline.edition().content)


def test_without_a_websocket_the_address_tells_how_far_it_is_and_then_gives_the_file(building):
    request = Request({"type": "http", "method": "GET", "path": "/offline.zip", "query_string": b"", "headers": [], "path_params": {}})
    answer = present._offline(request)
    assert (answer.status_code, answer.headers["refresh"]) == (202, "3") and b"is being put together" in answer.body
    building.let_go.set()
    wait_until(lambda: offline.edition().content)
    answer = present._offline(request)
    assert answer.body == b"the ZIP" and offline.edition().name in answer.headers["content-disposition"]
