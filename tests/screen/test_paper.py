"""What comes out of the printer: every page, light, whole and readable, whatever the screen was."""

import re

import pypdfium2
import pytest

from dialogue import navigation
from tests.browser import open_page

# Pages as they open, and those views of them that are drawn in another way.
PRINTED = [page.path for pages in navigation.sections().values() for page in pages] + [
    "affected-states?show=victims&state=LAO",
    "new-victims?view=states",
    "new-victims?view=question",
    "obligations?state=LAO",
    "comparisons?group=all",
    "comparisons?view=survivors",
    "states?state=LAO&with=IRQ",
    "integrated-approach?view=time",
    "work-plan?view=elements",
    "sources?section=dictionary",
    "freshness?view=todo",
]
MARGIN = 20  # points that no sheet is printed on
SMALLEST = 4  # points: a chart for a wide screen, scaled to a sheet, keeps larger letters than these


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def printed(page, **options) -> pypdfium2.PdfDocument:
    content = page.pdf(format="A4", print_background=True, **options)
    assert len(content) < 2_000_000
    return pypdfium2.PdfDocument(content)


def letters(sheet) -> list[tuple[str, float, float, float, float]]:
    """Every letter of a sheet with its left, bottom, right and top in points."""
    text = sheet.get_textpage()
    boxes = ((text.get_text_range(at, 1), *text.get_charbox(at)) for at in range(text.count_chars()))
    return [box for box in boxes if box[0].strip()]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 1920])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", PRINTED)
def test_every_page_prints_light_and_whole_without_controls(browser, server, view, dark, width):
    if dark == (width == 1920):
        pytest.skip  # two of the four combinations show all there is
    visit = open_page(browser, server, f"/{view}", width, 800, dark=dark)
