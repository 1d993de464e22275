"""Search: what is found and in which order, what never is, and how it is reached."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from dialogue import navigation
from dialogue.screen import search_page
from dialogue.snapshot import queries, reader
from dialogue.views import search
from dialogue.words.i18n import label
from tests.answers import SECRET
from tests.browser import barriers, open_page
from tests.support import body, read, run_page

HOSTILE = '<img src=x onerror="alert(1)"> **bold** [x](javascript:alert(1)) \u202ereversed'
SCRIPTS = {page.path: page.script for pages in navigation.sections().values() for page in pages}


def find(question: str) -> search.Found:
    return search.index().find(question)


def titles(question: str, kind: str) -> list[str]:
    return [entry.title for entry in find(question).entries.get(kind, [])]


def page(path: str = "search", **address: str) -> AppTest:
    return run_page(SCRIPTS[path], **address)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("LAO", "Lao People's Democratic Republic"),
        ("laos", "Lao People's Democratic Republic"),
        ("Syria", "Syrian Arab Republic"),
        ("Siria", "Syrian Arab Republic"),
        ("bolivie", "Bolivia (Plurinational State of)"),
        ("Bosnie-Herzegovine", "Bosnia and Herzegovina"),
        ("COTE D’IVOIRE", "Côte d'Ivoire"),
        ("ivory coast", "Côte d'Ivoire"),
        ("Vietnam", "Viet Nam"),
        ("Turkey", "Türkiye"),
        ("uk", "United Kingdom of Great Britain and Northern Ireland"),
        ("afganistan", "Afghanistan"),
    ],
)
def test_a_state_is_found_by_its_code_and_by_every_usual_name(asked, name):
    assert titles(asked, "state")[0] == name


def test_everyday_names_find_a_state_and_are_never_shown():
    shown = " ".join(f"{e.title} {e.text}" for e in search.index().entries if e.kind == "state")
    for name in ("Laos", "Burma", "Turkey", "Ivory Coast", "North Korea", "Vietnam", "Swaziland"):
        assert titles(name, "state") and name not in shown


@pytest.mark.parametrize(
    ("asked", "kind", "code"),
    [
        ("apmbc", "instrument", "APMBC"),
        ("(f)", "question", "f"),
        ("36", "action", "36"),
        ("mhpss", "indicator", "mhpss"),
    ],
)
def test_a_code_comes_first(asked, kind, code):
    found = find(asked)
    first = next(iter(found.entries.values()))[0]
    assert (first.kind, first.code) == (kind, code)


def test_all_words_must_be_found_and_titles_come_before_texts():
    entries = find("mental health").entries
    assert entries["question"][0].code == "f"
    for listed in entries.values():
        for entry in listed:
            text = search.words(f"{entry.title} {entry.text} {entry.aliases}")
            assert any(w.startswith("mental") for w in text) and any(w.startswith("health") for w in text)
    victims = find("victim assistance").entries["term"]
    assert victims[0].title == "Victim assistance (VA)"
    in_title = ["victim" in search.words(e.title) and "assistance" in search.words(e.title) for e in victims]
    assert in_title == sorted(in_title, reverse=True)


def test_beginnings_plurals_and_small_words():
    assert titles("rehab", "pillar") == titles("rehabilitation", "pillar") != []
    assert "Survivor" in titles("survivors", "term")
    assert find("survivors in the Iraq").entries == find("survivors Iraq").entries != {}
    assert find("the").total > 0  # nothing but a small word: it is looked for


def test_one_wrong_letter_is_forgiven_in_longer_words_and_said():
    found = find("mental helath")
    assert found.corrected == {"helath": ("health",)} and found.entries["question"][0].code == "f"
    assert find("Croatai").entries["state"][0].code == "HRV"
    assert find("irqq").total == 0
    assert find("health").corrected == {}


def test_words_that_are_nowhere_together_are_counted_one_by_one():
    found = find("mental xyzzy")
    assert found.total == 0 and found.alone == {"mental": find("mental").total, "xyzzy": 0}
    assert "search?q=mental" in body(page(q="mental xyzzy"))


@pytest.mark.parametrize(
    "asked",
    [HOSTILE, "'; DROP TABLE states; --", "%_*[(\\", "\0\u202e\U0001f600", "é" * 1_000_000, "a " * 500_000],
)
def test_whatever_is_asked_is_text(asked):
    ran = page(q=asked)
    text = body(ran)
    assert "<img" not in text and "<h1" in text and len(text) < 60_000
    assert "\u202e" not in text


def test_words_found_are_marked_and_everything_else_is_escaped():
    assert search_page.marked("<b>Réadaptation</b> & more", ("readapt",)) == (
        "&lt;b&gt;<mark>Réadaptation</mark>&lt;/b&gt; &amp; more"
    )
    long = "one " * 100 + "needle " + "two " * 100
    cut = search_page.marked(long, ("needle",), 100)
    assert "<mark>needle</mark>" in cut and cut[0] == cut[-1] == "…" and len(cut) < 130


def test_the_empty_page_says_what_can_be_searched():
    text = body(page())
    for kind in ("States", "Guiding questions", "Documents", "Terms"):
        assert f">{kind}</a>" in text
    assert str(len(read("states"))) in text


def test_many_results_are_cut_counted_and_lead_to_all_of_their_kind():
    found = find("monitor").entries["source"]
    text = body(page(q="monitor"))
    assert len(found) > search_page.A_KIND and f'<span class="va-count">{len(found)}</span>' in text
    assert "search?q=monitor&amp;kind=source" in text
    ran = page(q="monitor", kind="Documents")
    assert body(ran).count("<li>") == min(len(found), search_page.A_PAGE)


def test_an_unknown_kind_in_the_address_is_noted():
    ran = page(q="iraq", kind="rubbish")
    assert any("rubbish" in text.value for text in ran.text) and "States" in body(ran)


@pytest.mark.long
def test_answers_are_found_only_with_consent(answered):  # noqa: F811
    assert find(SECRET).total == 0
    assert not any(SECRET in f"{e.title}{e.text}{e.aliases}" for e in search.index().entries)
    found = find("national plan drawn").entries["response"][0]
    assert found.address == "responses?question=a&state=LBN"
    assert "<img" not in body(page(q="reversed"))
    assert SECRET not in body(page(q=SECRET)).split("</h1>")[1]


# ---- every result leads to the page that shows it ----


def first_of_each() -> list[search.Entry]:
    seen = {}
    for entry in search.index().entries:
        path = urlsplit(entry.address).path
        if entry.kind not in ("page", "response"):
            seen.setdefault(
                (entry.kind, path, tuple(parse_qs(urlsplit(entry.address).query).get("view", ()))), entry
            )
    return list(seen.values())


@pytest.mark.parametrize("entry", first_of_each(), ids=lambda e: f"{e.kind}-{e.address[:40]}")
def test_a_result_leads_to_the_page_that_shows_it(entry):
    address = urlsplit(entry.address)
    ran = page(address.path, **{name: values[0] for name, values in parse_qs(address.query).items()})
    assert not any("not available here" in text.value for text in ran.text), entry.address
    for toggle in ran.toggle:
        toggle.set_value(True)
    cells = [
        str(cell)
        for table in ran.run().table
        for cell in [*table.value.columns, *table.value.to_numpy().ravel()]
    ]
    seen = search.fold(" ".join([body(ran), *cells, *(str(each.value) for each in ran.selectbox)]))
    name = (
        label("instrument_short", entry.code)
        if entry.kind == "instrument"
        else re.sub(r" \([^)]*\)$", "", entry.title)
    )
    assert all(word in seen for word in search.words(name)[-2:]), (entry.address, name)


def test_every_document_is_found_by_the_link_that_leads_to_it():
    titles_ = set()
    for entry in (e for e in search.index().entries if e.kind == "source"):
        words = parse_qs(urlsplit(entry.address).query)["words"][0]
        assert len(words) <= 80
        titles_.add((words, entry.title))
    known = queries.run("sources_used")
    folded = {
        title: search.fold(f"{publisher} {title}")
        for publisher, title in zip(known["publisher"], known["title"], strict=True)
    }
    assert len(folded) == len({title for _words, title in titles_})
    assert all(search.fold(words) in folded[title] for words, title in titles_)


def test_every_page_of_the_menu_is_found_by_its_title():
    for path, script in SCRIPTS.items():
        if path != "search":
            title = next(
                p.title for pages in navigation.sections().values() for p in pages if p.script == script
            )
            assert (path or ".") in [entry.address for entry in find(title).entries["page"]]


def test_the_index_is_built_once_for_the_same_data():
    assert search.index() is search.index()
    assert reader.snapshot().fingerprint


# ---- in the browser ----


def test_search_is_reached_and_used_with_the_keyboard_alone(browser, server):
    visit = open_page(browser, server, "/comparisons?view=asks")
    page = visit.page
    page.keyboard.press("Control+k")
    box = page.get_by_label("Words, a name or a code")
    expect(box).to_be_focused()
    page.keyboard.type("lao")
    expect(page.locator("h1")).to_contain_text("results for “lao”")
    # as every address of the site: what is shown, in codes, and of which data
    expect(page).to_have_url(re.compile(r"/search\?q=lao&kind=all&data=[0-9a-f]{12}$"))
    expect(page.get_by_role("status").filter(has_text="results for “lao”")).to_have_count(1)
    expect(box).to_be_focused()
    visit.settle()
    assert not barriers(page)
    result = page.get_by_role("link", name="Lao People's Democratic Republic", exact=True)
    for _tab in range(5):
        page.keyboard.press("Tab")
        if result.evaluate("link => link === document.activeElement"):
            break
    expect(result).to_be_focused()
    page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    expect(box).to_have_value("lao")
    result.press("Enter")
    expect(page).to_have_url(re.compile(r"/states\?state="))
    assert not visit.outside and not visit.errors_of_the_site()
    visit.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_way_to_search_covers_nothing_and_costs_no_height(browser, server, width, height):
    visit = open_page(browser, server, "/sources", width, height)
    link = visit.page.locator(".st-key-va-search a")
    place, menu = link.bounding_box(), visit.page.get_by_test_id("stMainMenu").bounding_box()
    assert menu["x"] + menu["width"] <= place["x"] and place["x"] + place["width"] <= width
    bar = visit.page.get_by_test_id("stHeader").bounding_box()
    assert place["y"] >= 0 and place["y"] + place["height"] <= bar["height"]
    link.click()
    expect(visit.page.get_by_label("Words, a name or a code")).to_be_focused()
    visit.close()


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("women", "new-victims?view=who"), ("children", "new-victims?view=who"), ("girls", "new-victims?view=who"),
        ("how many survivors", "states"), ("survivors", "states"), ("Article 7", "states"), ("prosthesis", "obligations?indicator=rehabilitation"),
        ("psychologist", "questions?question=f"), ("killed", "new-victims?view=world"), ("definition of victim", "integrated-approach?view=victims"),
        ("who to contact", "resources?view=people"),
    ],
)  # fmt: skip
def test_words_that_people_use_find_the_place_that_answers(asked, address):
    assert address in [entry.address for entry in find(asked).entries["page"]]


def test_the_latest_figure_of_the_world_is_found_by_its_number():
    latest = queries.run("headline").set_index("headline").loc["casualties", "value"]
    assert "new-victims?view=world" in [entry.address for entry in find(str(latest)).entries["page"]]
