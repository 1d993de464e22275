"""The player in a browser: clickers, text that a hall can read, nothing cut, nothing asked of other hosts."""

import asyncio
import io
import json
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from dialogue.present import bundle, decks, light, pack, rooms
from dialogue.snapshot import reader
from tests.browser import PRESENTERS, Server, barriers
from tests.support import PATIENCE

DECKS = ["present/opening", "present/psychosocial", "present/state?state=LBN", "present/state?state=SSD"]
# What is drawn on the slide in view: texts too small, boxes that leave the stage, texts that are cut.
LOOK = """() => {
    const section = document.querySelector("section.present"), stage = section.getBoundingClientRect();
    const roots = [section, ...[...section.querySelectorAll(".holder")].map((holder) => holder.shadowRoot).filter(Boolean)];
    const found = { small: [], outside: [], cut: [] };
    for (const root of roots) for (const node of root.querySelectorAll("*")) {
        const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        const box = node.getBoundingClientRect();
        if (!own || !box.width || !box.height || node.closest(".hidden, style, .told")) continue;
        const scale = stage.width / 1280, size = parseFloat(getComputedStyle(node).fontSize) * scale * (node.currentCSSZoom || 1) / (section.currentCSSZoom || 1);
        const text = node.textContent.trim().slice(0, 60);
        if (size < 18) found.small.push([text, size]);
        if (box.left < stage.left - 1 || box.right > stage.right + 1 || box.bottom > stage.bottom + 1) found.outside.push([text, box.right, box.bottom]);
    }
    for (const holder of section.querySelectorAll(".holder"))
        if (holder.scrollHeight > holder.clientHeight + 2 || holder.scrollWidth > holder.clientWidth + 2) found.cut.push([holder.scrollHeight, holder.clientHeight]);
    // names of rows and columns too, which a cell may hide
    for (const root of roots) for (const cell of root.querySelectorAll("th, td"))
        if (cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth) found.cut.push([cell.textContent.slice(0, 40), cell.scrollWidth, cell.clientWidth]);
    const figure = section.querySelector(".holder"), drawn = figure && figure.getBoundingClientRect();
    found.share = drawn ? drawn.width * drawn.height / (stage.width * stage.height) : 0;
    found.index = va.player.deck.getIndices().h;
    return found;
}"""


@contextmanager
def playing(browser: Browser, address: str, width: int = 1920, height: int = 1080) -> Iterator[Page]:
    """The player at an address; it must ask no other host and break no rule of the site."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # on a full page Streamlit looks for its server first where it is not
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            faults.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    yield page
    assert not faults
    context.close()


def here(page: Page) -> int:
    return page.evaluate("va.player.deck.getIndices().h")


def at(page: Page, index: int) -> None:
    page.wait_for_function(f"() => va.player.deck.getIndices().h === {index} && document.querySelector('section.present').dataset.fits")


def legible(page: Page, index: int) -> dict:
    """Go to a slide and look at it: no text too small, outside the stage or cut."""
    page.evaluate(f"va.player.go({index})")
    at(page, index)
    page.evaluate("() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))")
    seen = page.evaluate(LOOK)
    assert not seen["small"] and not seen["outside"] and not seen["cut"], (page.url, seen)
    return seen


@pytest.mark.parametrize("deck", DECKS)
def test_every_slide_can_be_read_from_the_back_of_the_room(browser: Browser, server: Server, deck: str):
    with playing(browser, f"{server.url}/{deck}") as page:
        slides = page.evaluate("va.player.pack.slides.map((slide) => slide.kind)")
        for index, kind in enumerate(slides):
            seen = legible(page, index)
            if kind == "figure":
                assert seen["share"] >= 0.65, (deck, index + 1, seen["share"])


def fuller(drawing: dict) -> dict:
    """A cross table that turns out higher than was reckoned: five rows more than its slide was made for."""
    (heading, rows), *others = drawing["sections"]
    return drawing | {"sections": [[heading, [*rows, *[rows[0]] * 5]], *others]}


def test_slides_that_new_data_make_fuller_still_fit(browser: Browser, server: Server):
    packed = json.loads(pack.script(pack.pack(decks.read("opening"))).removeprefix("va.deck(").removesuffix(");\n"))
    for slide in packed["slides"]:
        slide["bodies"] = [{"drawing": fuller(body["drawing"])} if "drawing" in body else body for body in slide["bodies"]]
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.route("**/present/opening.js*", lambda route: route.fulfill(body=f"va.deck({json.dumps(packed)});", content_type="text/javascript"))
    page.goto(f"{server.url}/present/opening")
    page.wait_for_selector("html[data-ready]")
    drawn = [index for index, slide in enumerate(packed["slides"]) if any("drawing" in body for body in slide["bodies"])]
    pressed = 0
    for index in drawn:
        legible(page, index)
        pressed += page.evaluate("() => [...document.querySelectorAll('section.present .holder')].some((h) => h.shadowRoot.lastElementChild.style.zoom)")
    assert pressed, "nothing was too high: this test looks at nothing"
    context.close()


def test_clickers_of_every_make_move_the_slides(browser: Browser, server: Server):
    with playing(browser, f"{server.url}/present/opening", 1280, 720) as page:
        last = page.evaluate("va.player.pack.slides.length") - 1
        for key in ("PageDown", "ArrowRight", "ArrowDown", "Space", "Enter", "n"):
            before = here(page)
            page.keyboard.press(key)
            at(page, before + 1)
        for key in ("PageUp", "ArrowLeft", "ArrowUp", "Shift+Space", "Backspace", "p"):
            before = here(page)
            page.keyboard.press(key)
            at(page, before - 1)
        page.keyboard.press("End")
        at(page, last)
        for key in (*str(last), "Enter"):
            page.keyboard.press(key)
        at(page, last - 1)
        page.keyboard.press("Home")
        at(page, 0)
        # Start and stop of a Logitech send F5 and Escape: neither does harm
        page.keyboard.press("PageDown")
        page.keyboard.press("F5")
        page.keyboard.press("Escape")
        at(page, 1)
        for key in (".", "b"):
            page.keyboard.press(key)
            expect(page.locator("body.black")).to_have_count(1)
            page.keyboard.press(key)
            expect(page.locator("body.black")).to_have_count(0)
        page.keyboard.press("g")
        page.wait_for_function("() => va.player.deck.isOverview()")
        page.keyboard.press("Escape")
        page.wait_for_function("() => !va.player.deck.isOverview()")
        page.keyboard.press("?")
        expect(page.locator(".help")).to_be_visible()


def test_a_reload_and_a_link_come_back_to_the_same_slide(browser: Browser, server: Server):
    with playing(browser, f"{server.url}/present/opening", 1280, 720) as page:
        page.keyboard.press("PageDown")
        page.keyboard.press("PageDown")
        at(page, 2)
        assert page.url.endswith("#/3")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        at(page, 2)


def test_the_speaker_sees_notes_and_the_next_title_in_a_window_of_their_own(browser: Browser, server: Server):
    with playing(browser, f"{server.url}/present/opening", 1280, 720) as page:
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        notes = popup.value
        slides = page.evaluate("va.player.pack.slides")
        expect(notes.locator("#note")).to_have_text(slides[0]["note"])
        expect(notes.locator("#next")).to_have_text(slides[1]["title"])
        notes.keyboard.press("PageDown")
        at(page, 1)
        expect(notes.locator("#title")).to_have_text(slides[1]["title"])
        # the clicker speaks to the window that was opened last
        notes.keyboard.press(".")
        expect(page.locator("body.black")).to_have_count(1)
        notes.keyboard.press("b")
        expect(page.locator("body.black")).to_have_count(0)


def post(server: Server, path: str, said: object) -> dict:
    asked = urllib.request.Request(f"{server.url}/{path}", data=json.dumps(said).encode(), method="POST")
    return json.load(urllib.request.urlopen(asked, timeout=PATIENCE))


def opened_room(server: Server, deck: str) -> dict:
    return post(server, "follow", {"key": PRESENTERS, "deck": deck})


def test_the_room_follows_the_presenter_until_the_end(browser: Browser, server: Server):
    opened = opened_room(server, "state?state=LBN")
    with playing(browser, f"{server.url}/follow/{opened['room'].lower()}", 390, 844) as phone:
        with playing(browser, f"{server.url}/present/state?state=LBN&room={opened['room']}&key={opened['key']}") as page:
            page.keyboard.press("PageDown")
            page.keyboard.press("PageDown")
            at(phone, 2)
            phone.keyboard.press("PageDown")  # a follower does not lead
            page.keyboard.press("PageDown")
            at(phone, 3)
        post(server, f"follow/{opened['room']}/slide", {"key": opened["key"], "end": True})
        expect(phone.locator(".warning")).to_contain_text("has ended")


def test_only_the_presenters_open_a_room_and_only_its_own_key_moves_it(server: Server):
    opened = opened_room(server, "opening")
    slide = f"follow/{opened['room']}/slide"
    refused = [
        (slide, {"key": "wrong", "slide": 3}, 403), (slide, {"key": PRESENTERS, "slide": 3}, 403), (slide, {"slide": 3}, 400), (slide, [], 400),
        ("follow", {"key": "wrong", "deck": "opening"}, 403), ("follow", {"deck": "opening"}, 400), ("follow", "opening", 400),
        ("follow", {"key": PRESENTERS, "deck": "../opening"}, 400),
    ]  # fmt: skip
    for path, said, status in refused:
        with pytest.raises(urllib.error.HTTPError) as error:
            post(server, path, said)
        assert error.value.code == status, (path, said)


@pytest.mark.parametrize("key", [None, "", "short"])
def test_a_server_without_a_key_of_presenters_opens_no_room(monkeypatch, key: str | None):
    monkeypatch.delenv(rooms.SETTING, raising=False)
    if key is not None:
        monkeypatch.setenv(rooms.SETTING, key)
    assert not any(rooms.may_open(said) for said in ("", "short", PRESENTERS))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("present/closing", "decks: opening"), ("present/state", "needs state"), ("present/state?state=XXX", "XXX"), ("present/mine?deck=cut", "link to this deck"),
        ("embed/no.such", "Views:"), ("embed/world_map.victims?yaer=2", "no parameter"), ("follow/QQQQQQ", "no room"), ("light/none", "new-victims"),
    ],
)  # fmt: skip
def test_a_wrong_address_is_answered_with_a_sentence_on_the_stage(browser: Browser, server: Server, path: str, says: str):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/{path}", timeout=PATIENCE * 1000)
    expect(page.locator("body")).to_contain_text(says)
    context.close()


def test_two_hundred_steps_leave_the_tab_as_large_as_before(browser: Browser, server: Server):
    with playing(browser, f"{server.url}/present/opening", 1280, 720) as page:
        wire = page.context.new_cdp_session(page)

        def size() -> int:
            wire.send("HeapProfiler.collectGarbage")
            return wire.send("Runtime.getHeapUsage")["usedSize"]

        def round_trip() -> None:
            for index in [*range(10), *reversed(range(10))]:
                page.evaluate(f"va.player.go({index})")
                at(page, index)

        round_trip()
        before = size()
        for _round in range(9):
            round_trip()
        assert size() < before * 1.5


@pytest.mark.parametrize("path", ["present/opening", "embed/trends.world_pair", "light/new-victims", "light/states?state=LBN", "light"])
def test_everybody_can_use_player_and_light_edition(browser: Browser, server: Server, path: str):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server.url}/{path}", timeout=PATIENCE * 1000)
    if not path.startswith("light"):
        page.wait_for_selector("html[data-ready]", timeout=PATIENCE * 1000)
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_light_edition_speaks_without_a_script(browser: Browser, server: Server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path, title in light.titles().items():
        page.goto(f"{server.url}/light/{path}", timeout=PATIENCE * 1000)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("nav [aria-current]")).to_have_text(title)
        assert page.locator("table").count() > 0, path
    assert not context.cookies()
    context.close()


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> str:
    """The offline edition as somebody unpacks it."""
    folder = tmp_path_factory.mktemp("offline")
    bundle.write_to(folder / "offline.zip")
    assert (folder / "offline.zip").stat().st_size < 12_000_000
    with zipfile.ZipFile(folder / "offline.zip") as packed:
        packed.extractall(folder)
    return folder.as_uri()


def test_the_offline_edition_opens_from_a_disk_without_a_request(browser: Browser, unpacked: str):
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    outside, faults = [], []
    page.on("request", lambda request: request.url.startswith(("file:", "data:", "blob:")) or outside.append(request.url))
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    page.goto(f"{unpacked}/index.html")
    page.get_by_role("searchbox").fill("lebanon")
    page.get_by_role("link", name="Lebanon", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Lebanon")
    for path in light.titles():
        page.goto(f"{unpacked}/pages/{path or 'overview'}.html")
        expect(page.locator("h1")).to_have_count(1)
    page.goto(f"{unpacked}/pages/affected-states.html")
    page.locator("a.figure").first.click()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".choropleth, .layer.land").first).to_be_attached()
    for name in decks.names():
        file = f"{name}-LBN" if decks.wants(name) else name
        page.goto(f"{unpacked}/decks/{file}.html")
        page.wait_for_selector("html[data-ready]")
        for index in range(1, page.evaluate("va.player.pack.slides.length")):
            page.keyboard.press("PageDown")
            at(page, index)
        assert not any(slide["note"] for slide in page.evaluate("va.player.pack.slides"))
    assert not outside and not faults
    context.close()


@pytest.mark.long
def test_the_same_data_give_the_same_offline_edition_with_notes_on_request_only():
    small = reader.snapshot()
    assert small  # one build is enough: every file of it is made from this snapshot
    whole = bundle.whole(notes=True, site="https://dialogue.example.org/")
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        assert "hold speaker notes" in packed.read("read-me.txt").decode()
        note = next(item.note for item in decks.read("opening").items if item.note)
        assert note in packed.read("decks/opening.js").decode()
        assert {f"data/{table.file}" for table in small.description.tables.values()} <= set(packed.namelist())


def test_the_live_page_of_a_slide_and_back_to_the_same_slide(browser: Browser, server: Server):
    with playing(browser, f"{server.url}/present/opening", 1280, 720) as page:
        page.evaluate("va.player.go(3)")
        at(page, 3)
        page.keyboard.press("l")
        page.wait_for_url("**/new-victims?view=world")
        page.go_back()
        page.wait_for_selector("html[data-ready]")
        at(page, 3)


def test_a_presenter_opens_a_room_shows_its_address_and_ends_it(browser: Browser, server: Server):
    with playing(browser, f"{server.url}/present/opening?room=new", 1280, 720) as page:
        page.keyboard.press("r")  # without the key of the presenters there is none
        expect(page.get_by_role("dialog")).to_have_count(0)
    with playing(browser, f"{server.url}/present/opening?{urlencode({'room': 'new', 'key': PRESENTERS})}", 1280, 720) as page:
        page.keyboard.press("r")
        box = page.get_by_role("dialog", name="Room for phones")
        expect(box.locator("svg")).to_be_visible()
        address = box.locator(".address").inner_text()
        assert address.startswith(server.url.removeprefix("http://") + "/follow/") and "key=" in page.url
        with playing(browser, f"http://{address}", 390, 844) as phone:
            page.keyboard.press("r")
            expect(box).to_be_hidden()
            page.keyboard.press("PageDown")
            at(phone, 1)
            # a lid that was closed: the same room, the same slide
            page.reload()
            page.wait_for_selector("html[data-ready]")
            page.keyboard.press("PageDown")
            at(phone, 2)
            page.keyboard.press("r")
            expect(box).to_contain_text("Following: 1")
            assert urlencode({"key": PRESENTERS}) not in page.url  # whoever sees this address leads one room, and opens none
            box.get_by_role("button", name="End the room").click()
            expect(phone.locator(".warning")).to_contain_text("has ended")


def test_three_hundred_followers_see_every_slide(server: Server):
    opened = opened_room(server, "opening")
    host, port = urlsplit(server.url).hostname, urlsplit(server.url).port
    steps, waits = range(1, 11), []

    async def follower(begun: asyncio.Semaphore) -> list[int]:
        reader_, writer = await asyncio.open_connection(host, port)
        writer.write(f"GET /follow/{opened['room']}/events HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        seen: list[int] = []
        while not seen or seen[-1] != steps[-1]:
            line = await reader_.readline()
            if line.startswith(b"data: "):
                seen.append(json.loads(line[6:])["slide"])
                if len(seen) == 1:
                    begun.release()
                elif seen[-1] in sent:
                    waits.append(time.monotonic() - sent[seen[-1]])
        writer.close()
        return seen

    sent: dict[int, float] = {}

    async def hall() -> list[list[int]]:
        begun = asyncio.Semaphore(0)
        everybody = [asyncio.create_task(follower(begun)) for _seat in range(300)]
        for _seat in everybody:
            await begun.acquire()
        for slide in steps:
            sent[slide] = time.monotonic()
            told = await asyncio.to_thread(post, server, f"follow/{opened['room']}/slide", {"key": opened["key"], "slide": slide})
            assert told["followers"] == 300
        return await asyncio.wait_for(asyncio.gather(*everybody), PATIENCE)

    with ThreadPoolExecutor(1) as aside:  # the browser of these tests has a loop of its own in this thread
        seen = aside.submit(asyncio.run, hall()).result()
    assert all(slides == [0, *steps] for slides in seen)
    print(f"300 followers, {len(steps)} slides: the last phone had a slide {max(waits) * 1000:.0f} ms after it was sent, half of them {sorted(waits)[len(waits) // 2] * 1000:.0f} ms")


def test_a_network_that_is_lost_in_the_hall_costs_no_slide(browser: Browser, server: Server):
    with playing(browser, f"{server.url}/present/opening") as page:
        page.context.set_offline(True)
        for index in range(page.evaluate("va.player.pack.slides.length")):
            legible(page, index)
        page.context.set_offline(False)


def test_a_browser_that_lets_the_screen_sleep_is_named(browser: Browser, server: Server):
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'wakeLock', { value: { request: () => Promise.reject(new Error('refused')) } })")
    page.goto(f"{server.url}/present/opening")
    expect(page.locator(".warning")).to_have_text("This browser does not keep the screen awake here: switch the screen saver off.")
    context.close()
