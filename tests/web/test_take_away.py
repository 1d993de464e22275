"""The addresses of the data: what a program gets without a session, and that nothing leaves which may not."""

import asyncio
import csv
import gzip
import html
import http.client
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import xml.etree.ElementTree as xml
import zipfile
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import openpyxl
import pandas as pd
import pytest
from frictionless import Package
from pptx import Presentation
from starlette.routing import Router

from dialogue import navigation
from dialogue.export import files, indexes, recipes
from dialogue.present import decks
from dialogue.screen import buttons
from dialogue.snapshot import live, queries, reader, release, store
from dialogue.views import catalogue
from dialogue.web import builders, present, shell, take_away
from tests.answers import SECRET
from tests.browser import Server
from tests.support import PATIENCE, body, edit, run_page

ATOM = "{http://www.w3.org/2005/Atom}"


class Answer:
    """What an address answers: status, headers by lower-case name, body."""

    def __init__(self, messages: list[dict]) -> None:
        self.status = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])

    @property
    def text(self) -> str:
        return self.body.decode("utf-8-sig")


async def _ask(address: str, headers: dict[str, str], routes: Callable[[str], list] = take_away.routes) -> Answer:
    path, _mark, query = address.partition("?")
    told = [(b"host", b"dialogue.example.org"), *((name.encode(), value.encode()) for name, value in headers.items())]
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": told,
        "scheme": "https", "server": ("dialogue.example.org", 443), "root_path": "", "http_version": "1.1",
    }  # fmt: skip
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    await Router(routes(shell.base_path()))(scope, receive, send)
    return Answer(messages)


def _run(asked: Coroutine) -> Any:
    """What a coroutine gives, run beside this thread, where a browser of other tests may have a loop of its own."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(copy_context().run, asyncio.run, asked).result()


def ask(address: str, **headers: str) -> Answer:
    return _run(_ask(address, {name.replace("_", "-"): value for name, value in headers.items()}))


def test_a_program_reads_a_table_a_query_and_a_view():
    table = pd.read_csv(io.StringIO(ask("/data/casualties.csv").text))
    assert len(table) == len(reader.snapshot().checked.rows["casualties"])
    rows = ask("/data/query/treaty_counts.json?as_of=2026-02-03")
    assert rows.headers["content-type"] == "application/json" and {"instrument": "CCM", "state_parties": 112, "signatories": 12, "withdrawn": 1} in json.loads(rows.body)["rows"]
    lines = list(csv.DictReader(io.StringIO(ask("/data/query/casualties_world.csv?weapon=cluster_munition").text)))
    assert [int(line["year"]) for line in lines] == queries.run("casualties_world", weapon="cluster_munition")["year"].tolist()
    shown = catalogue.build("world_map.victims", {"year": "2022"})
    told = json.loads(ask("/data/view/world_map.victims.json?year=2022").body)
    assert told["title"] == shown.title and told["given"]["year"] == 2022 and len(told["data"]) == len(shown.data)
    assert told["page"].startswith("https://dialogue.example.org/affected-states?")
    book = ask("/data/view/trends.world_pair.xlsx")
    assert book.headers["content-type"] == files.MEDIA["xlsx"] and "Data" in openpyxl.load_workbook(io.BytesIO(book.body)).sheetnames
    assert 'filename="trends-world-pair_' in book.headers["content-disposition"]


@pytest.mark.long
def test_a_deck_a_state_and_a_question_have_their_address_in_the_formats_of_an_office():
    release = queries.run("releases")["release"].iloc[-1]
    wanted = {
        "/data/deck/state.pptx?state=LBN": "deck_state_LBN_", "/data/state/LAO.docx": "state_LAO_Lao-People-s-Democratic-Republic_",
        "/data/state/lebanon.xlsx": "state_LBN_Lebanon_", "/data/question/g.pptx": "question-g_", "/data/dialogue.docx": "dialogue_",
        f"/data/question/a.docx?release={release}": "question-a_", "/data/questionnaire/LBN.xlsx": "questionnaire_LBN_en_",
        "/data/questionnaire/LBN.docx?lang=fr": "questionnaire_LBN_fr_",
    }  # fmt: skip
    for address, name in wanted.items():
        answer = ask(address)
        ending = urlsplit(address).path.rpartition(".")[2]
        assert (answer.status, answer.headers["content-type"]) == (200, files.MEDIA[ending]), address
        assert f'filename="{name}' in answer.headers["content-disposition"] and zipfile.is_zipfile(io.BytesIO(answer.body))
        text = "".join(zipfile.ZipFile(io.BytesIO(answer.body)).read(part).decode() for part in zipfile.ZipFile(io.BytesIO(answer.body)).namelist() if part.endswith(".xml"))
        assert (reader.snapshot().fingerprint in text) == ("release" not in address)


@pytest.mark.long
def test_every_table_and_view_has_its_address():
    for name in files.tables():
        assert ask(f"/data/{name}.json").status == 200, name
    for name in catalogue.names():
        needed = {p.name: catalogue.allowed(name, p.name)[0] for p in catalogue.get(name).parameters if p.default is None}
        answer = ask(f"/data/view/{name}.csv" + (f"?{urlencode(needed)}" if needed else ""))
        assert answer.status == 200 and reader.snapshot().fingerprint in answer.text or not len(catalogue.build(name, needed).data), name


@pytest.mark.long
def test_the_data_package_is_valid(tmp_path):
    answer = ask("/data.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        packed.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])[:5]
    described = json.loads(ask("/data/datapackage.json").body)
    assert {each["path"] for each in described["resources"]} == {path.name for path in tmp_path.glob("*.csv")}
    assert described["data_version"] == reader.snapshot().fingerprint


def test_whoever_has_the_answer_gets_no_second_copy_and_any_site_may_read_it():
    first = ask("/data/view/trends.world_pair.csv")
    assert first.headers["access-control-allow-origin"] == "*" and "GMT" in first.headers["last-modified"]
    again = ask("/data/view/trends.world_pair.csv", if_none_match=first.headers["etag"])
    assert again.status == 304 and again.body == b""
    packed = ask("/data/view/trends.world_pair.csv", accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip" and gzip.decompress(packed.body) == first.body
    assert packed.headers["etag"] != first.headers["etag"] and packed.headers["vary"] == "Accept-Encoding"


@pytest.mark.long
def test_other_data_and_another_choice_have_another_tag(data, monkeypatch):
    address = "/data/view/trends.world_pair.csv"
    tags = [ask(address).headers["etag"], ask("/data/view/world_map.victims.csv").headers["etag"], ask("/data/view/world_map.victims.csv?year=2022").headers["etag"]]
    edit(data / "casualties.csv", lambda rows: [line if line[0] != "LAO" else [*line[:-1], "x"] for line in rows])
    changed = store.load(data)
    assert not changed.problems
    monkeypatch.setattr(live, "_latest", changed)
    tags.append(ask(address, if_none_match=tags[0]).headers["etag"])
    assert len(set(tags)) == 4


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/data/casualty.csv", 404, "casualty_names"),
        ("/data/casualties.pdf", 404, "csv, json, xlsx"),
        ("/data/casualties.csv?year=2024", 400, "release"),
        ("/data/view/trends.world.json", 404, "trends.world_pair"),
        ("/data/view/world_map.victims.json?year=1900", 400, "allowed:"),
        ("/data/view/world_map.victims.json?yeer=2024", 400, "year"),
        ("/data/deck/closing.pptx", 404, "opening"),
        ("/data/deck/opening.csv", 404, "pptx, docx"),
        ("/data/deck/state.pptx", 400, "state=LBN"),
        ("/data/deck/opening.pptx?slide=2", 400, "slide"),
        ("/data/state/XYZ.docx", 404, "LAO"),
        ("/data/state/LAO.docx?year=2024", 400, "release"),
        ("/data/questionnaire/FRA.docx", 404, "LBN"),
        ("/data/question/h.docx", 404, "a, b, c, d, e, f, g"),
        ("/data/dialogue.csv", 404, "docx"),
        ("/data/query/treaty_state.csv", 404, "treaty_status"),
        ("/data/query/treaty_status.csv?as_of=yesterday", 400, "YYYY-MM-DD"),
        ("/data/", 404, "datapackage.json"),
        ("/data/view/trends.world_pair.csv?release=1999-01-01", 404, "no release"),
        ("/data/view/trends.world_pair.csv?lang=tlh", 400, "en"),
        ("/feed.atom?state=Atlantis", 400, "LAO"),
    ],
)
def test_a_wrong_address_is_answered_with_a_sentence_that_lists_what_there_is(address, status, says):
    answer = ask(address)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert says in answer.text and answer.text.count("\n") == 1 and answer.headers["cache-control"] == "no-store"


def test_an_earlier_release_keeps_its_address():
    name = queries.run("releases")["release"].iloc[-1]
    told = json.loads(ask(f"/data/view/trends.world_pair.json?release={name}").body)
    assert told["release"] == name and f"release={name}" in told["page"]


@pytest.mark.long
def test_the_feed_tells_every_figure_that_a_release_changed(data, monkeypatch):
    release = queries.run("releases")["release"].iloc[0]

    def told(rows):
        cells = {
            "release": release, "kind": "figure", "change": "changed", "table_names": "casualties", "query": "casualties_by_state", "question": "How many?",
            "iso3": "LBN", "why": "Lebanon was counted <again>", "said_by": "Test", "pages": "new-victims", "before": "5",
        }  # fmt: skip
        figures = [cells | {"number": str(9000 + n), "what": f"Lebanon, {2006 + n}", "after": str(n)} for n in range(3)]
        return [*rows, *([line.get(name, "") for name in rows[0]] for line in figures)]

    edit(data / "changes.csv", told)
    changed = store.load(data)
    assert not changed.problems
    monkeypatch.setattr(live, "_latest", changed)
    answer = ask("/feed.atom?state=Lebanon")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = {entry.find(f"{ATOM}title").text: entry for entry in xml.fromstring(answer.body).findall(f"{ATOM}entry")}
    assert entries.keys() >= {"Lebanon, 2006: 5 → 0", "Lebanon, 2007: 5 → 1"}
    assert "Lebanon was counted <again>" in entries["Lebanon, 2006: 5 → 0"].find(f"{ATOM}content").text
    told = len(queries.run("release_changes", kind="figure", iso3="LBN"))
    assert len(xml.fromstring(answer.body).findall(f"{ATOM}entry")) == told
    first, again = (xml.fromstring(ask("/feed.atom").body) for _n in range(2))
    names = [entry.find(f"{ATOM}id").text for entry in first.findall(f"{ATOM}entry")]
    assert len(set(names)) == len(names) and names == [entry.find(f"{ATOM}id").text for entry in again.findall(f"{ATOM}entry")]
    every = len(queries.run("release_changes", kind="figure")) + len(queries.run("releases"))
    left = every - len(names)
    assert left == 0 or f"{left} older" in first.find(f"{ATOM}subtitle").text
    assert xml.fromstring(ask("/feed.atom?state=Tuvalu").body).findall(f"{ATOM}entry") == [] or len(queries.run("release_changes", kind="figure", iso3="TUV"))


def test_the_indexes_name_every_page_view_query_and_table_and_no_address_that_is_none():
    text = ask("/llms.txt").text
    for name in (*files.tables(), *catalogue.names(), *queries.names()):
        assert f"/{name}." in text, name
    found = [each.text for each in xml.fromstring(ask("/sitemap.xml").body).iter(f"{{{indexes.SITEMAP}}}loc")]
    assert {f"https://dialogue.example.org/{path}" for path in navigation.paths()} < set(found) and len(set(found)) == len(found)
    for address in found:
        parts = urlsplit(address)
        state = parse_qs(parts.query).get("state", [])
        assert not state or state[0] in catalogue.allowed("profile.standing", "chosen")


def test_the_page_use_the_data_names_addresses_that_are_there():
    page = run_page("use_the_data.py", figure="profile_casualties.by_year")
    said = "".join(each.proto.body for each in page.get("html"))
    assert "read_csv" in said and "Web.Contents" in said and "curl" in said and "data/everything.xlsx" in said
    for name in ("trends.world_pair", "profile_casualties.by_year"):
        rows = recipes.address(name, "csv", "https://dialogue.example.org/")
        assert all(rows in recipe.text for recipe in recipes.of(name, "https://dialogue.example.org/"))
        for ending in recipes.ENDINGS:
            assert ask(recipes.address(name, ending, "/")).status == 200
    assert {name for name in catalogue.names() if not all(recipes.choices(name))} == set()


@pytest.mark.parametrize("name", ["trends.world_pair", "profile_casualties.by_year"])
def test_each_recipe_gives_the_rows_of_the_figure(server: Server, tmp_path, name):
    """As it stands on the page, run against a server. Power Query runs in Excel alone: only its address and its form are looked at."""
    given = {each.name: catalogue.allowed(name, each.name)[0] for each in catalogue.get(name).parameters if each.default is None}
    wanted = catalogue.build(name, given).data
    texts = {recipe.name: recipe.text for recipe in recipes.of(name, f"{server.url}/")}

    def run(*command: str) -> None:
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE, env={**os.environ, "LANG": "C.UTF-8"})

    run(*shlex.split(texts.pop("curl")))
    (file,) = tmp_path.iterdir()
    read = [pd.read_csv(file)]
    for each in ("Python, pandas", "Python, DuckDB"):
        run(sys.executable, "-c", f"{texts.pop(each)}\nrows.to_csv('read.csv', index=False)")
        read.append(pd.read_csv(tmp_path / "read.csv"))
    program = shutil.which("Rscript")
    assert program or not os.environ.get("CI"), "R is not installed"
    in_r = texts.pop("R")
    if program:
        run(program, "-e", f"{in_r}; write.csv(rows, 'read.csv', row.names = FALSE, na = '', fileEncoding = 'UTF-8')")
        read.append(pd.read_csv(tmp_path / "read.csv"))
    for rows in read:
        assert list(rows.columns)[: len(wanted.columns)] == list(wanted.columns) and len(rows) == len(wanted)
        assert set(rows["data_version"]) == {reader.snapshot().fingerprint}
        for column in ("year", "total", "count"):
            if column in wanted:
                assert rows[column].dropna().tolist() == wanted[column].dropna().tolist()
    (query,) = texts.values()
    assert query.split()[0] == "let" and "\nin\n" in query and query.count("(") == query.count(")") and query.count('"') % 2 == 0
    with urlopen(re.search(r'Web.Contents\("([^"]+)"\)', query)[1]) as answer:
        assert answer.read() == file.read_bytes()


def addresses() -> list[str]:
    """Every address that gives data away, without parameters."""
    queried = [f"/data/query/{name}.{ending}" for name in queries.names() for ending in ("csv", "json")]
    tables = [f"/data/{name}.{ending}" for name in files.tables() for ending in ("csv", "json")]
    views = [f"/data/view/responses.{name}.{ending}" for name in ("answers", "board", "outreach") for ending in ("csv", "json", "xlsx")]
    return [*queried, *tables, *views, "/data/responses.xlsx", "/data/everything.xlsx", "/data.zip", "/data/datapackage.json", "/feed.atom", "/llms.txt", "/sitemap.xml"]


@pytest.mark.long
def test_no_address_gives_away_a_word_of_an_answer_without_consent(answered):
    sealed = 0
    for address in addresses():
        body = ask(address).body
        if body[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                body = b"".join(packed.read(name) for name in packed.namelist())
            sealed += 1
        assert SECRET.encode() not in body, address
    assert sealed >= 4
    assert b"A data system stands." in ask("/data/responses.csv").body and b"A data system stands." in ask("/data/view/responses.answers.csv").body


def test_below_a_base_path_every_address_that_is_told_leads_there(monkeypatch):
    monkeypatch.setattr(shell, "base_path", lambda: "/va")
    assert json.loads(ask("/va/data/view/trends.world_pair.json").body)["page"] == "https://dialogue.example.org/va/new-victims?view=pair"
    assert all(each.text.startswith("https://dialogue.example.org/va/") for each in xml.fromstring(ask("/va/sitemap.xml").body).iter(f"{{{indexes.SITEMAP}}}loc"))
    script = _run(_ask("/va/embed/trends.world_pair.js", {}, present.routes))
    assert '"site": "https://dialogue.example.org/va/"' in script.text


def test_two_are_built_at_a_time_and_nobody_waits_for_a_copy_that_he_has(monkeypatch):
    at_work, most, go = [], [], threading.Event()
    build = files.of_view

    def slow(*given):
        at_work.append(1)
        most.append(len(at_work))
        go.wait(PATIENCE)
        at_work.pop()
        return build(*given)

    monkeypatch.setattr(files, "of_view", slow)

    async def crowd() -> list[Answer]:
        asked = [asyncio.ensure_future(_ask("/data/view/trends.world_pair.csv", {})) for _n in range(6)]
        while len(at_work) < 2:
            await asyncio.sleep(0.01)  # the loop is free while they build
        go.set()
        return await asyncio.gather(*asked)

    answers = _run(crowd())
    assert {answer.status for answer in answers} == {200} and max(most) == 2


def test_a_file_that_cannot_be_built_says_so_and_why(monkeypatch, caplog):
    def fail(*_given):
        raise RuntimeError("inside")

    monkeypatch.setattr(files, "of_view", fail)
    answer = ask("/data/view/trends.world_pair.pptx")
    assert answer.status == 500 and "RuntimeError" in answer.text and "inside" not in answer.text and "inside" in caplog.text
    assert answer.headers["cache-control"] == "no-store" and "content-disposition" not in answer.headers


def test_the_process_that_builds_gives_the_bytes_of_the_server_and_leaves_other_data_to_it(server: Server, data, monkeypatch):
    with urlopen(f"{server.url}/data/state/LAO.xlsx") as answer:
        assert answer.read() == files.of_state("LAO", "xlsx", f"{server.url}/").content
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{server.url}/data/question/h.docx")
    # data that the process cannot read in the folder are built here
    edit(data / "casualties.csv", lambda rows: [line if line[0] != "LAO" else [*line[:-1], "x"] for line in rows])
    monkeypatch.setattr(live, "_latest", store.load(data))
    monkeypatch.setattr(live, "_serving", True)
    try:
        made = builders.made(partial(files.of_table, "casualties", "xlsx"))
        assert live.latest().fingerprint in made.name and made == files.of_table("casualties", "xlsx")
    finally:
        builders._stop()


def test_a_server_gives_the_data_below_its_base_path(server: Server):
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    connection.request("GET", "/data/view/trends.world_pair.json", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    told = json.loads(gzip.decompress(answer.read()))
    assert answer.status == 200 and told["page"] == f"{server.url}/new-victims?view=pair"
    assert answer.getheader("access-control-allow-origin") == "*" and answer.getheader("x-content-type-options") == "nosniff"
    connection.request("HEAD", "/data/casualties.csv")
    answer = connection.getresponse()
    assert answer.status == 200 and answer.read() == b"" and answer.getheader("content-type").startswith("text/csv")
    connection.close()


def links(page: str, **address: str) -> list[str]:
    """Every link to a file that a page draws, in every format that it offers."""
    app = run_page(page, **address)
    drawn = [html.unescape(each) for each in re.findall(r'href="(data/[^"]+)"', body(app))]
    told = [json.loads(each.proto.json) for each in app.get("bidi_component") if "view_buttons" in each.proto.component_name]
    return drawn + [f"{stem}.{ending}{query}" for stem, query, _others in (each["file"] for each in told) for ending in ("csv", *buttons.OTHERS)]


@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "address"), [("states.py", {"state": "LAO"}), ("freshness.py", {"view": "todo", "kind": "editions"}), ("new_victims.py", {"view": "states", "to": "2020"})]
)
def test_a_link_on_a_page_leads_to_a_file_of_what_stands_there(page, address):
    found = links(page, **address)
    assert len(found) > 5
    for each in found:
        answer = ask(f"/{each}")
        assert answer.status == 200 and answer.headers["content-disposition"].startswith("attachment; filename="), each
        name = answer.headers["content-disposition"].partition('"')[2].strip('"')
        assert re.fullmatch(rf"[A-Za-z0-9_.-]+_{reader.snapshot().fingerprint}\.\w+", name), name
    rows = next(each for each in found if ".csv" in each)
    assert not address.get("to") or "year_to=2020" in rows


def test_a_link_of_an_older_page_gives_its_own_figures_or_says_that_they_were_renewed():
    address = "/data/view/trends.world_pair.csv"
    renewed = ask(f"{address}?data=0123456789ab")
    assert renewed.status == 409 and reader.snapshot().fingerprint in renewed.text and f"dialogue.example.org{address}" in renewed.text
    name = queries.run("releases")["release"].iloc[-1]
    then = release.of_server(name, reader.snapshot().fingerprint)
    answer = ask(f"{address}?data={then.fingerprint}")
    assert then.fingerprint in answer.headers["content-disposition"] and answer.text == ask(f"{address}?release={name}").text


def test_a_deck_that_somebody_gathered_is_taken_away_by_the_word_of_its_link():
    deck = decks.Deck("", "Our statement", (decks.Item("figure", "trends.world_pair", note="Slowly."),))
    answer = ask(f"/data/deck/mine.pptx?deck={decks.packed(deck)}")
    assert answer.status == 200 and 'filename="deck_mine_Our-statement_' in answer.headers["content-disposition"]
    assert len(Presentation(io.BytesIO(answer.body)).slides) == 3
    assert ask(f"/data/deck/mine.pptx?deck={decks.packed(deck)[:-9]}").status == 400
