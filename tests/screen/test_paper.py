"""What comes out of the printer: every page, light, whole and readable, whatever the screen was."""

import re
import unicodedata

import pypdfium2
import pytest

from dialogue import navigation
from dialogue.snapshot import queries
from dialogue.words.i18n import codes, label, state
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
MARGIN = 12  # points at the edges of a sheet that stay free
MATRIX = "obligations?state=LAO"
FOOTER = '[data-testid="stElementContainer"]:has(.va-footer)'

# What a reader must find on paper: findings, rows of tables, words of figures, each without its spaces.
EXPECTED = """() => {
    const found = [], squeezed = (text) => text.normalize("NFKC").replace(/\\s+/g, "");
    const add = (nodes) => nodes.forEach((node) => { if (node.getClientRects().length) found.push(squeezed(node.textContent)); });
    const main = document.querySelector('[data-testid="stMain"]');
    add(main.querySelectorAll(".va-finding, .va-kicker, .va-number, .va-table td, .va-refs li, .plan-board li"));
    main.querySelectorAll('[data-testid="stTable"] tbody tr').forEach((row) => add(row.querySelectorAll("td")));
    add(main.querySelectorAll(".js-plotly-plot :is(.annotation-text, .legendtext, .gtitle)"));
    return found.filter(Boolean);
}"""
LOOSE = """() => [...document.querySelectorAll('[data-testid="stApp"] *')].filter((node) =>
    node.getClientRects().length && (node.matches("button, input, select, textarea, [role=combobox]") || getComputedStyle(node).position === "fixed")
).map((node) => node.outerHTML.slice(0, 120))"""


def squeezed(text: str) -> str:
    # a PDF says U+FFFE for a hyphen at the end of a line
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).replace("\ufffe", "-"))


def printed(page, **options) -> pypdfium2.PdfDocument:
    content = page.pdf(format="A4", print_background=True, **options)
    assert len(content) < 2_000_000
    return pypdfium2.PdfDocument(content)


def letters(sheet) -> list[tuple[str, float, float, float, float]]:
    """Every letter of a sheet with its left, bottom, right and top in points."""
    text = sheet.get_textpage()
    boxes = ((text.get_text_range(at, 1), *text.get_charbox(at)) for at in range(text.count_chars()))
    return [box for box in boxes if box[0].strip()]


def overprinted(found: list[tuple[str, float, float, float, float]]) -> list[str]:
    """Letters that stand on another, but for the parts of one sign such as “fi”."""
    placed, bad = {}, []
    for at, (letter, left, bottom, right, top) in enumerate(found):
        if right - left < 1 or top - bottom < 1:
            continue
        place = (round((left + right) / 2), round((bottom + top) / 2))
        before = placed.get(place)
        if before is not None and at - before > 2 and found[before][0] != letter:
            bad.append(found[before][0] + letter)
        placed[place] = at
    return bad


@pytest.mark.parametrize("view", PRINTED)
def test_every_page_prints_light_and_whole_without_its_controls(browser, server, view):
    at = PRINTED.index(view) % 2  # a wide light screen and an ordinary dark one in turn
    visit = open_page(browser, server, f"/{view}", (1920, 1280)[at], 800, dark=bool(at))
    page = visit.page
    expected = page.evaluate(EXPECTED)
    sheets = list(printed(page, prefer_css_page_size=True))
    page.emulate_media(media="print")
    loose = page.evaluate(LOOSE)
    footer = squeezed(page.inner_text(FOOTER))
    visit.close()
    assert not loose
    found = [letters(sheet) for sheet in sheets]
    text = squeezed("".join(sheet.get_textpage().get_text_range() for sheet in sheets))
    assert expected and not [words for words in expected if words not in text]
    for sheet, here in zip(sheets, found, strict=True):
        width, height = sheet.get_size()
        assert not [box for box in here if box[1] < MARGIN or box[3] > width - MARGIN or box[2] < MARGIN / 4 or box[4] > height]
        assert not overprinted(here)
        shades = sheet.render(scale=0.3).to_pil().convert("L").histogram()
        assert sum(shades[:90]) < 0.2 * sum(shades)
    if len(sheets) > 1:
        height = sheets[0].get_size()[1]
        assert min(box[2] for box in found[0] if box[2] > 2 * MARGIN) < 0.45 * height
        last = squeezed(sheets[-1].get_textpage().get_text_range()).replace(f"{len(sheets)}/{len(sheets)}", "")
        assert last.replace(footer, ""), "a sheet with the footer alone"


def test_the_matrix_stands_whole_on_one_turned_sheet_whatever_the_screen(browser, server):
    visit = open_page(browser, server, f"/{MATRIX}", 390, 844)  # where the screen has an accordion
    states = [squeezed(state(iso3)) for iso3 in queries.run("states_in_group", group="twelve")["iso3"]]
    names = [squeezed(label("indicator", code)) for code in codes("indicator")]
    sheets = list(printed(visit.page, prefer_css_page_size=True))
    visit.close()
    assert all(width > height for width, height in (sheet.get_size() for sheet in sheets))
    texts = [squeezed(sheet.get_textpage().get_text_range()) for sheet in sheets]
    assert any(all(name in text for name in (*states, *names)) for text in texts)


def test_a_table_begins_below_its_heading_and_repeats_its_head_on_every_sheet(browser, server):
    visit = open_page(browser, server, "/sources")
    rows = visit.page.eval_on_selector_all('[data-testid="stTable"] tbody tr', "rows => rows.map(row => row.textContent)")
    head = squeezed("".join(visit.page.locator('[data-testid="stTable"] thead th').all_inner_texts()))
    sheets = [squeezed(sheet.get_textpage().get_text_range()) for sheet in printed(visit.page)]
    visit.close()
    assert len(sheets) > 1 and all(head in sheet for sheet in sheets)
    assert all(any(squeezed(row) in sheet for sheet in sheets) for row in rows), "a row is cut"
    assert squeezed(rows[0]) in sheets[0]
