"""Figures as they leave the screen: the picture says what it shows, whole, in any program, the same from any screen."""

import io
import itertools
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from dialogue.views import catalogue, picture
from tests.browser import open_page

SVG = "{http://www.w3.org/2000/svg}"
# A page and the view whose picture is saved on it.
SAVED = {
    "affected-states": ("world_map.obligations", {}),
    "new-victims": ("trends.world_cluster_munitions", {}),
    "new-victims?view=states": ("panels.by_state", None),
    "obligations": ("obligations.matrix", None),
    "comparisons?view=joining": ("instruments.joining", None),
    "comparisons?view=asks": ("crosswalk.asks", {}),
    "freshness": ("freshness.ages", None),
    "integrated-approach?view=time": ("approach.timeline", {}),
}
# Boxes of the letters of a file that is opened by itself, as a browser draws it.
BOXES = """() => [...document.querySelectorAll("text:not([aria-hidden])")].map((text) => {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    return [text.textContent, left, top, right, bottom];
})"""


def save(browser, server, view: str, kind: str, width: int, *, dark: bool = False) -> bytes:
    """The picture of a page's view as a reader with this window saves it."""
    visit = open_page(browser, server, f"/{view}", width, 800, dark=dark)
    with visit.page.expect_download() as download:
        buttons = visit.page.locator(f".st-key-{catalogue.build(SAVED[view][0]).key}_details")
        buttons.get_by_role("button", name=f"Save as {kind} image").click()
    assert download.value.suggested_filename.endswith(f".{kind.lower()}")
    content = download.value.path().read_bytes()
    assert not visit.outside
    visit.close()
    return content


def words(drawing: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in drawing.iter(f"{SVG}text") if not text.get("aria-hidden"))


def overlapping(boxes: list[list]) -> list[tuple[str, str]]:
    """Texts of which one covers a third of the other."""

    def area(box: tuple[float, ...]) -> float:
        return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])

    def common(one: list[float], other: list[float]) -> float:
        return area((max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])))

    return [
        (one[0], other[0])
        for one, other in itertools.combinations(boxes, 2)
        if common(one[1:], other[1:]) > min(area(one[1:]), area(other[1:])) / 3
    ]


@pytest.mark.parametrize("view", SAVED)
def test_a_saved_svg_says_what_it_shows_and_holds_in_other_programs(browser, server, view):
    content = save(browser, server, view, "SVG", 1280, dark=True).decode()
    drawing = ElementTree.fromstring(content)
    name, given = SAVED[view]
    text = words(drawing)
    if given is not None:
        wanted = picture.of(catalogue.build(name, given))
        for part in (wanted["title"], wanted["kicker"], *wanted["lines"]):
            assert set(part.split()) <= set(text.split()), part
        if wanted["figure"]:
            legend = [trace["name"] for trace in wanted["figure"]["data"] if trace.get("showlegend") and trace.get("name")]
            assert all(entry in text for entry in legend)
    assert "Data version" in text and "As of" in text or "as of" in text
    assert f"{server.url.removeprefix('http://')}/{view.partition('?')[0]}" in text
    # one line a text, at a place and of a length of its own: LibreOffice knows neither lines in a text nor its fonts
    texts = list(drawing.iter(f"{SVG}text"))
    assert not list(drawing.iter(f"{SVG}tspan"))
    assert all(each.get("textLength") and each.get("x") and each.get("y") and not each.get("dy") for each in texts)
    assert "@font-face" in content and "http" not in re.sub(r"http://www.w3.org/[\w/]+", "", content)
    width, height = float(drawing.get("width")), float(drawing.get("height"))
    assert width == 1600 and height >= 900
    page = browser.new_page(viewport={"width": int(width), "height": int(height)})
    page.set_content(f"<style>* {{ margin: 0 }}</style>{content}")
    boxes = page.evaluate(BOXES)
    page.close()
    assert not [box for box in boxes if box[1] < 0 or box[2] < 0 or box[3] > width or box[4] > height]
    assert not overlapping(boxes)


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of small squares of two pictures that are not alike."""
    small = [image.convert("L").resize((320, 180), Image.Resampling.BOX).get_flattened_data() for image in (one, other)]
    return sum(abs(a - b) > 24 for a, b in zip(*small, strict=True)) / len(small[0])


@pytest.mark.parametrize("view", ["affected-states", "new-victims?view=states", "obligations"])
def test_a_saved_png_is_the_same_from_a_dark_phone_and_from_a_wide_screen_and_has_every_letter(browser, server, view):
    phone, desk = (
        Image.open(io.BytesIO(save(browser, server, view, "PNG", width, dark=dark))).convert("RGB")
        for width, dark in ((390, True), (1920, False))
    )
    assert phone.size == desk.size and phone.width == 3200
    assert phone.getpixel((5, 5)) == (255, 255, 255)
    assert differing(phone, desk) < 0.001  # edges of letters
    drawing = save(browser, server, view, "SVG", 1280).decode()
    page = browser.new_page(viewport={"width": phone.width // 2, "height": phone.height // 2})
    page.set_content(f"<style>* {{ margin: 0 }}</style>{drawing}")
    page.evaluate("document.fonts.ready.then(() => true)")
    whole = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    # the last line, an address, is that of the page and alike as well
    assert differing(phone, whole) < 0.002
