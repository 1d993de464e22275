"""The page Responses: what it counts, what it shows, and what never leaves the server."""

import csv
import html
import io
import json
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, WebSocket, expect
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import live, queries, reader, store
from dialogue.tables.check import check
from dialogue.views import view
from dialogue.views.dialogue import responses as charts
from dialogue.words import i18n
from tests.answers import ARABIC, FILLED, PUBLISHED, REFUSED, SECRET, SECRET_DAY, row, secret, write
from tests.browser import open_page
from tests.support import TWELVE, body, edit, messages, put, run_page, wait_until


def page(**address: str) -> AppTest:
    return run_page("responses.py", **address)


def everything(app: AppTest) -> str:
    """All that the server sends for a page, as text."""
    return json.dumps([str(element.proto) for element in app.main], ensure_ascii=False) + body(app)


# --- empty, as it stands today ---


def test_the_board_holds_every_state_and_question_with_zeros_counted():
    rows = queries.run("responses_board")
    assert {(r.iso3, r.question) for r in rows.itertuples()} == {(s, q) for s in TWELVE for q in "abcdefg"}
    assert rows["received"].notna().all() and (rows["published"] <= rows["received"]).all()


def test_before_anybody_answers_the_page_says_what_is_asked_of_whom_and_shows_no_board_of_dashes(data, monkeypatch):  # noqa: F811
    write(data, "responses", [])
    write(data, "outreach", [])
    monkeypatch.setattr(live, "_latest", store.load(data))
    text = everything(page())
    assert "12 States Parties are asked 7 questions" in text and "recorded yet" not in text
    for coordinators_own in ("data/responses.csv", "data/outreach.csv", "python -m", "Start the dashboard"):
        assert coordinators_own not in text
    assert "data-desk?table=responses" in text
    assert "No answer is published yet" not in text and "the text stays with the coordinators" in text
    for iso3 in TWELVE:
        assert f"states?state={iso3}" in text
    for question in "abcdefg":
        assert html.escape(i18n.label("question", question)) in text


# --- filled ---


def test_answers_are_counted_and_those_with_consent_are_published(answered):
    counts = {
        (r.iso3, r.question): (r.received, r.published) for r in queries.run("responses_board").itertuples()
    }
    assert counts["LAO", "b"] == (2, 1) and counts["IRQ", "g"] == (1, 0) and counts["LBN", "a"] == (1, 1)
    assert sum(received for received, _ in counts.values()) == len(FILLED)
    assert charts.board().title == "5 answers are recorded, from 3 of 12 States; 3 are published"
    assert len(queries.run("responses_published")) == 3
    assert list(queries.run("responses_published", question="b", iso3="LAO")["received"]) == ["2025-04"]


def test_the_outreach_table_takes_the_day_of_a_published_answer_and_of_no_other(answered):
    rows = queries.run("outreach").set_index("iso3")
    assert rows.loc["LAO", "answered"] == "2025-04" and rows.loc["LAO", "contacted"] is None
    assert rows.loc["IRQ", "answered"] is None and rows.loc["IRQ", "received"] == 1
    assert set(rows.index) == TWELVE


def test_the_board_and_the_outreach_table_do_not_contradict_each_other(answered):
    told = charts.outreach()
    cells = {line[0]: line[2] for line in told.table.itertuples(index=False, name=None)}
    assert cells[i18n.state("IRQ")] == "yes, not published" and cells[i18n.state("LAO")] == "April 2025"
    assert cells[i18n.state("TCD")] == "–" and told.title.startswith("3 States have answered")


@pytest.mark.long
def test_no_query_returns_a_cell_of_an_answer_without_consent(answered):
    shown = 0
    for name in queries.names():
        texts = [p.name for p in queries.get(name).parameters if p.type == "text" and not p.allowed]
        asked = [{}, *({parameter: SECRET} for parameter in texts)]
        for given in asked:
            try:
                found = queries.run(name, answered, **given)
            except queries.QueryError:
                continue
            for column in found:
                hits = [cell for cell in found[column] if SECRET in str(cell)]
                if column in ("received", "answered", "contacted"):
                    hits += [cell for cell in found[column] if SECRET_DAY in str(cell)]
                assert not hits, f"{name}({given}), column {column}"
                shown += sum(FILLED[0]["answer"] in str(cell) for cell in found[column])
    assert shown  # a published answer was within reach of the same search


@pytest.mark.long
def test_neither_page_nor_download_holds_an_answer_without_consent(answered):
    for address in ({}, {"state": "IRQ"}, {"state": "LAO", "question": "b"}, {"question": "g"}):
        app = page(**address)
        for toggle in app.toggle:
            toggle.set_value(True)
        for expander in app.expander:
            assert SECRET not in str(expander.proto)
        app.run()
        assert not app.exception
        assert SECRET not in everything(app)
    for build in (charts.board, charts.outreach, charts.answers):
        assert SECRET not in view.export(build(), reader.snapshot()).decode()
        assert SECRET not in build().table.to_csv()
    assert SECRET not in view.export(charts.answers("g", "IRQ"), reader.snapshot()).decode()


def test_answers_keep_their_language_and_direction_and_hostile_text_is_text(answered):
    rows = {(r.iso3, r.question): r for r in charts.answers().data.itertuples()}
    own = charts.in_own_words(rows["LBN", "a"])
    assert 'lang="ar"' in own and 'dir="rtl"' in own and ARABIC in own
    for text in (charts.in_own_words(rows["LBN", "b"]), charts.summary(rows["LBN", "b"])):
        assert "<img" not in text and "&lt;img" in text
    assert charts.direction("xx") == "auto"


@pytest.mark.long
def test_question_and_state_in_the_address_narrow_the_answers_and_bad_ones_are_named(answered):
    app = page(question="a", state="LBN")
    assert (app.selectbox("question").value, app.selectbox("state").value) == ("a", "LBN")
    assert "A national plan is drawn up." in everything(app) and "A data system stands." not in everything(
        app
    )
    app = page(question="z", state="XXX")
    assert app.selectbox("question").value == "all" and "XXX" in app.text[0].value


# --- checks ---


def test_responses_and_outreach_out_of_place_are_named(data):  # noqa: F811
    usual = dict.fromkeys(("iso3", "contacted", "answered", "in_consultation", "channel", "note"), "")
    write(
        data,
        "responses",
        [
            row("JOR", "a", "2025-03-10"), row("LAO", "a", "2024-10-31"), row("LAO", "b", "2025-02-30"),
            row("LAO", "c", "2199-01-01"), row("LAO", "d", "2024-11"),
        ],
    )  # fmt: skip
    write(
        data,
        "outreach",
        [
            usual | {"iso3": "LAO", "contacted": "2025-03", "answered": "2025-02-01"},
            usual | {"iso3": "LBN", "answered": "2025-02-01"},
            usual | {"iso3": "IRQ", "contacted": "2025-02", "answered": "2025-02"},
        ],
    )
    assert messages(data) == [
        "outreach.csv, row 2, column answered: “2025-02-01”: the answer is before the contact (2025-03)",
        "outreach.csv, row 3, column answered: “2025-02-01”: an answer needs the day of the contact (contacted)",
        "responses.csv, row 2, column iso3 (State): is not among the States that the work plan asks (list work_plan_2024)",
        "responses.csv, row 3, column received: is before the work plan that asks (2024-11)",
        "responses.csv, row 4, column received: is not a date of the calendar",
        "responses.csv, row 5, column received: the answer is dated in the future",
    ]


def test_a_consent_that_is_neither_yes_nor_no_and_a_link_without_https_are_named(data):  # noqa: F811
    write(
        data,
        "responses",
        [row("LAO", "a", "2025", consent="perhaps"), row("LAO", "b", "2025", url="http://example.org")],
    )
    consent, url = messages(data)
    assert consent.startswith("responses.csv, row 2, column consent") and "must be one of yes, no" in consent
    assert url.startswith("responses.csv, row 3, column url") and "is not written as it should be" in url


@pytest.mark.parametrize("spoil", ["space", "short", "header", "quote"])
def test_a_message_about_a_broken_row_repeats_nothing_of_the_answer(data, spoil):  # noqa: F811
    path = data / "responses.csv"
    write(data, "responses", [secret("IRQ", "g", "2025-05-02")])
    with path.open(encoding="utf-8", newline="") as file:
        head, line = list(csv.reader(file))
    spoiled = {
        "space": [head, [f"{cell} " for cell in line]], "short": [head, line[2:]], "header": [line], "quote": [head, line],
    }[spoil]  # fmt: skip
    edit(path, lambda rows: spoiled)
    if spoil == "quote":
        path.write_text(path.read_text("utf-8").replace(SECRET, f'"{SECRET}"x', 1), "utf-8")
    found = check(data)
    assert found.problems and SECRET not in " ".join(map(str, found.problems))


# --- in a browser ---


def test_an_answer_without_consent_leaves_the_server_in_no_byte(browser: Browser, serve, filled: Path):
    """Published, withdrawn while other files are faulty, dropped on the data desk: pages, downloads, frames, log, health."""
    frames: list[bytes | str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(frame))  # Playwright marks the listener

    def sent() -> str:
        return b"".join(frame.encode() if isinstance(frame, str) else frame for frame in frames).decode("utf-8", "replace")

    def health() -> str:
        return urlopen(f"{running.url}/healthz").read().decode()

    withdrawn = row("IRQ", "g", SECRET_DAY, answer=SECRET, summary_en=SECRET, document=SECRET)
    write(filled, "responses", [*PUBLISHED, withdrawn])
    with serve(DIALOGUE_DATA=str(filled)) as running:
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        context.on("page", lambda opened: opened.on("websocket", listen))
        visit = open_page(browser, running, "/responses?state=LBN", context=context)
        visit.page.get_by_text("The answer in Arabic").click()
        own = visit.page.locator(".va-answer[lang=ar]")
        own.wait_for()
        assert own.evaluate("node => getComputedStyle(node).direction") == "rtl"
        visit.page.goto(f"{running.url}/responses?state=IRQ")
        expect(visit.page.get_by_text(SECRET).first).to_be_visible()  # published as long as Iraq agrees

        before = json.loads(health())["data"]
        put(filled, "casualties", lambda _row: True, count="many")  # nothing new is shown from here on
        write(filled, "responses", REFUSED)
        wait_until(lambda: json.loads(health())["data"] != before)
        assert json.loads(health())["files"] == "refused"
        log = running.log.read_text()
        assert "many" in log and "belongs with the coordinators" in log
        frames.clear()
        saved = []
        for path in ("/responses?state=IRQ", "/responses?state=LBN", "/states?state=IRQ", f"/search?q={SECRET[:3]}", "/data-desk?table=responses"):
            visit.page.goto(running.url + path)
            visit.settle()
            saved.append(visit.page.content() + visit.page.inner_text("body"))
        for name in ("Spreadsheet (XLSX)", "CSV"):
            with visit.page.expect_download() as download:
                visit.page.get_by_role("button", name=name, exact=True).first.click()
            content = Path(download.value.path()).read_bytes()
            if content[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    content = b"".join(packed.read(each) for each in packed.namelist())
            saved.append(content.decode("utf-8", "replace"))
        visit.page.locator("input[type=file]").set_input_files(str(filled / "responses.csv"))
        expect(visit.page.get_by_text("belongs with the coordinators").last).to_be_visible()
        saved.append(visit.page.content())
        outside = visit.outside
        visit.close()
        saved += [health(), running.log.read_text()]
    assert "A national plan is drawn up." in sent() and ARABIC in "".join(saved) and not outside  # what may be shown came this way
    for text in (sent(), *saved):
        assert SECRET not in text
