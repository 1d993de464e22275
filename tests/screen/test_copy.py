"""What a reader copies from a page: words that stand by themselves, and tables that paste as numbers."""

from playwright.sync_api import expect

from dialogue.views import catalogue, quote, view
from tests.browser import open_page

CLIPBOARD = "navigator.clipboard.readText()"
SELECT = """table => (table.getRootNode().getSelection?.() ?? getSelection()).selectAllChildren(table)"""


def test_a_figure_is_copied_as_words_and_its_table_as_numbers(browser, server):
    shown = catalogue.build("trends.world_cluster_munitions")
    visit = open_page(browser, server, "/new-victims")
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    buttons = visit.page.locator(f".st-key-{shown.key}_details")
    buttons.get_by_role("button", name="Copy this figure").click()
    for kind, text in (
        ("Sentence", quote.sentence(shown)), ("Citation", quote.citation(shown)), ("Link", f"{server.url}/{quote.taken(shown)['link']}"),
    ):  # fmt: skip
        buttons.get_by_role("button", name=kind, exact=True).click()
        expect(visit.page.get_by_role("status").filter(has_text=f"{kind} copied")).to_be_visible()
        assert visit.page.evaluate(CLIPBOARD) == text
    buttons.get_by_text("Table", exact=True).click()
    table = visit.page.locator("table").first
    expect(table).to_contain_text("2009")
    table.evaluate(SELECT)
    visit.page.keyboard.press("Control+c")
    lines = [line.split("\t") for line in visit.page.evaluate(CLIPBOARD).split("\n")]
    assert lines[0] == list(view.twin(shown).columns)
    pasted = {line[0]: line[1] for line in lines[1:]}
    for row in shown.data.itertuples():
        if row.mark == "shown" and row.count_type == "recorded":
            assert pasted[str(row.year)] == str(int(row.total))
    visit.close()


def test_a_table_of_signs_is_copied_row_by_row_and_without_a_clipboard_words_can_be_selected(browser, server):
    shown = catalogue.build("obligations.matrix")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, permissions=["clipboard-read"])
    context.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    visit = open_page(browser, server, "/obligations", context=context)
    buttons = visit.page.locator(f".st-key-{shown.key}_details")
    buttons.get_by_role("button", name="Copy this figure").click()
    buttons.get_by_role("button", name="Sentence", exact=True).click()
    field = visit.page.get_by_label("Select and copy", exact=True)
    expect(field).to_be_focused()
    assert field.input_value() == quote.sentence(shown)
    table = visit.page.locator(".crosstable table").first
    table.evaluate(SELECT)
    visit.page.keyboard.press("Control+c")
    lines = [line.split("\t") for line in visit.page.evaluate(CLIPBOARD).split("\n")]
    assert {"Lebanon", "Somalia"} <= set(lines[0])
    assert len([line for line in lines if len(line) >= len(lines[0]) - 1]) > len(set(shown.data["indicator"]))
    visit.close()
