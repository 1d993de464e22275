"""Every page: it runs, it can be read by everybody, it asks nobody outside, and it survives bad data."""

import csv
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from streamlit.testing.v1 import AppTest

from dialogue import navigation
from dialogue.views.theme import PALETTES
from dialogue.words import i18n
from tests.browser import ON_A_PHONE, SIZES, barriers, open_page, page_width
from tests.support import LEAKED, app_of, copy_of_data, newest_of_world

PAGES = [page for pages in navigation.sections().values() for page in pages]
# Each address draws another part of a page; every part is looked at.
VIEWS = [
    "",
    "affected-states",
    "affected-states?show=victims&state=LAO",
    "affected-states?show=membership",
    "new-victims",
    "new-victims?view=states",
    "new-victims?view=who",
    "new-victims?view=question",
    "new-victims?view=pair",
    "obligations?state=LAO",
    "comparisons",
    "comparisons?view=joining",
    "comparisons?view=asks",
    "comparisons?view=survivors",
    "questions?question=a",
    "questions?question=f",
    "states?state=LAO&with=IRQ",
    "states?state=NOR",
    "responses",
    "integrated-approach",
    "integrated-approach?view=victims",
    "integrated-approach?view=together",
    "integrated-approach?view=time",
    "new-use",
    "work-plan",
    "work-plan?view=elements",
    "work-plan?view=next",
    "resources",
    "resources?view=resources&question=f",
    "resources?view=glossary",
    "sources",
    "sources?section=dictionary",
    "sources?section=workplan",
    "search?q=lebanon",
    "data-desk",
    "what-changed",
    "use-the-data",
    "freshness",
    "freshness?by=table",
    "freshness?view=gaps",
    "freshness?view=dates",
    "freshness?view=todo",
]
# The views that show the texts which the hostile test spoils.
DRAWN_FROM_TEXT = [
    "",
    "affected-states?state=LAO",
    "new-victims?view=states",
    "obligations?state=LAO",
    "comparisons?view=asks",
    "questions?question=f",
    "states?state=LAO",
    "integrated-approach",
    "integrated-approach?view=victims",
    "search?q=bold",
]
HOSTILE = '<img src=x onerror="alert(1)"> **bold** [x](javascript:alert(1)) \u202ereversed =1+1 '


def app(script: str) -> AppTest:
    """A page's script, ready to run without a server."""
    return app_of(f"pages/{script}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.script)
def test_page_runs_and_shows_a_finding(page):
    ran = app(page.script).run()
    assert not ran.exception
    bodies = [element.proto.body for element in ran.get("html")]
    assert any("<h1" in body for body in bodies)
    text = " ".join(bodies)
    assert not LEAKED.findall(re.sub("<style>.*?</style>", "", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.script)
def test_page_opens_sources_and_table_of_every_view(page):
    ran = app(page.script).run()
    for toggle in ran.toggle:
        toggle.set_value(True)
    ran.run()
    assert not ran.exception
    assert len(ran.table) >= len(ran.toggle)


@pytest.mark.parametrize("page", [page for page in PAGES if page.path], ids=lambda page: page.script)
def test_rubbish_in_the_address_falls_back_to_the_usual_view(page):
    ran = app(page.script)
    for name in ("state", "year", "show", "view", "section", "on", "instrument", "action", "cell", "page", "kind"):
        ran.query_params[name] = ["9999", HOSTILE, "x" * 5000][len(name) % 3]
    ran.run()
    assert not ran.exception


@pytest.mark.parametrize("view", VIEWS)
def test_page_is_readable_by_everybody_at_every_width_and_asks_nobody_outside(browser, server, view):
    visit = open_page(browser, server, f"/{view}", 390, 844)
    page = visit.page
    for width, height in ((390, 844), (1366, 768), (1920, 1080)):
        if width != 390:
            page.set_viewport_size({"width": width, "height": height})
            visit.settle()
        wide = page_width(page)
        assert wide <= width, f"{view} scrolls sideways at {width}: {wide}"
        text = page.inner_text('[data-testid="stMain"]')
        assert not LEAKED.findall(text) and "could not be drawn" not in text
        if width == 390:
            assert page.evaluate(ON_A_PHONE) == [0, 0]
    # the last window is that of a hall
    small = [(words, size) for words, size in page.evaluate(SIZES) if size < 16]
    light = barriers(page)
    page.emulate_media(color_scheme="dark")
    # the page follows a reader who switches
    page.wait_for_function(
        "paper => getComputedStyle(document.documentElement).getPropertyValue('--va-paper').trim() === paper",
        arg=PALETTES["dark"].paper,
    )
    visit.settle()
    dark = barriers(page, "color-contrast")  # nothing else depends on colours
    outside, errors = visit.outside, visit.errors_of_the_site()
    visit.close()
    assert not small and not light and not dark
    assert not outside and not errors


def spoiled(folder: Path, change) -> Path:
    """A copy of the data after `change(copy)`."""
    data = copy_of_data(folder)
    change(data)
    return data


def write_into(path: Path, column: str, text: str, laos: str = "") -> None:
    """Put `text` into a column of every row, followed by `laos` in those of one State."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index(column)
    for row in rows[1:]:
        row[at] = text + laos * (row[0] == "LAO")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_broken_csv_at_start_gives_one_message_on_every_page(browser, serve, tmp_path):
    def spoil(data):
        path = data / "casualties.csv"
        path.write_text(path.read_text("utf-8").replace(",recorded,", ",about,", 2), "utf-8")

    data = spoiled(tmp_path, spoil)
    with serve(DIALOGUE_DATA=str(data)) as server:
        for path in ("", "states?state=LAO", "data-desk"):
            visit = open_page(browser, server, f"/{path}")
            text = visit.page.inner_text('[data-testid="stMain"]')
            visit.close()
            assert "The data need a correction" in text
            assert text.count("column count_type (Kind of number): “about”: must be one of") == 2
            assert newest_of_world()["count"] not in text


@pytest.mark.long
def test_hostile_text_in_a_csv_is_shown_as_text(browser, serve, tmp_path):
    def spoil(data):
        write_into(data / "obligation_findings.csv", "finding", HOSTILE.strip(), "A" * 10_000)
        write_into(data / "states.csv", "name_en", HOSTILE.strip())
        write_into(data / "va_crosswalk.csv", "summary", HOSTILE.strip())

    data = spoiled(tmp_path, spoil)
    with serve(DIALOGUE_DATA=str(data)) as server:
        for view in DRAWN_FROM_TEXT:
            visit = open_page(browser, server, f"/{view}")
            dialogs = []
            visit.page.on("dialog", lambda dialog, seen=dialogs: seen.append(dialog) or dialog.dismiss())
            images = visit.page.locator('img[src="x"]').count()
            links = visit.page.locator('a[href^="javascript"]').count()
            visit.close()
            assert (images, links, dialogs) == (0, 0, [])


def test_a_deleted_optional_table_is_named_and_the_pages_go_on(browser, serve, tmp_path):
    data = spoiled(tmp_path, lambda folder: (folder / "annotations.csv").unlink())
    with serve(DIALOGUE_DATA=str(data)) as server:
        visit = open_page(browser, server, "/new-victims")
        text = visit.page.inner_text('[data-testid="stMain"]')
        visit.close()
        assert "annotations.csv: the file is missing" in text
        assert i18n.number(int(newest_of_world()["count"])) in text
        assert urlopen(f"{server.url}/healthz").status == 200


@pytest.mark.parametrize(
    ("address", "sign"),
    [
        ("affected-states?show=victims&year=2022&region=asia&state=LAO", "2022"),
        ("new-victims?view=states&group=twelve&from=2015&to=2018", "2015"),
        ("obligations?state=LAO&indicator=mhpss&order=region", "Mental health"),
        ("comparisons?view=bound&group=all&on=2024-11-15", "15 November 2024"),
        ("sources?section=documents&kind=depositary", "Depositary"),
    ],
)
def test_a_copied_link_opens_the_same_view_elsewhere(browser, server, address, sign):
    visit = open_page(browser, server, f"/{address}")
    copied = visit.page.get_by_label("Link to this view").input_value()
    text = visit.page.inner_text('[data-testid="stMain"]')
    visit.close()
    for part in address.split("?")[1].split("&"):
        assert part in copied, f"{part} is not spelled out in {copied}"
    assert "data=" in copied and sign in text
    again = open_page(browser, server, copied.removeprefix(server.url))
    same = again.page.inner_text('[data-testid="stMain"]')
    noted = again.page.locator(".st-key-va-note").count()
    again.close()
    assert same == text and not noted


def test_the_note_on_a_bad_address_stays_when_the_width_was_guessed_wrong(browser, server):
    for width in (1920, 390):
        visit = open_page(browser, server, "/comparisons?view=bogus", width, 900)
        assert "bogus" in visit.page.inner_text(".st-key-va-note")
        visit.close()
