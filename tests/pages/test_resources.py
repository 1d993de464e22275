"""The page People and resources, and the terms that pages link to its glossary."""

import html
import re
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import live, queries, store
from dialogue.views.dialogue import library
from dialogue.words import terms
from tests.browser import Server, open_page
from tests.support import body, put, read, run_page

LINK = re.compile(r'<a class="va-term"[^>]* href="([^"]+)"[^>]*>([^<]+)</a>')



def page(**address: str) -> AppTest:
    return run_page("resources.py", **address)


def shown(app: AppTest) -> str:
    return html.unescape(body(app))


# --- queries, counted a second time from the CSV files ---


def test_every_resource_has_one_kind_and_keeps_its_own_word():
    rows, written = queries.run("resources"), read("resources")
    assert Counter(rows["type"]) == Counter(row["type"] for row in written)
    assert set(rows["kind"]) <= set(library.KINDS)
    assert not len(rows[rows["kind"] == "other"]), "a kind that resources.sql does not know yet"
    by_kind = [len(queries.run("resources", type=kind)) for kind in library.kinds()]
    assert sum(by_kind) == len(written)


@pytest.mark.parametrize("question", list("abcdefg"))
def test_resources_and_practices_are_found_by_question(question):
    found = set(queries.run("resources", question=question)["id"])
    assert found == {row["id"] for row in read("resources") if question in row["questions"].split(";")}
    practices = queries.run("good_practices", question=question)
    assert len(practices) == sum(row["question"] == question for row in read("good_practices"))


def test_resources_are_found_by_language_and_year_also_where_the_year_was_not_read():
    french = set(queries.run("resources", language="fr")["id"])
    assert french == {row["id"] for row in read("resources") if "fr" in row["languages"].split(";")}
    undated = set(queries.run("resources", year="undated")["id"])
    assert undated == {row["id"] for row in read("resources") if not row["year"]}
    assert set(queries.run("resources", year="2023")["year"]) == {2023}


def test_everybody_of_the_work_plan_stands_in_a_group_and_an_unknown_holder_is_not_recorded():
    rows = queries.run("stakeholders").set_index("id")
    assert set(rows.index) == {row["id"] for row in read("stakeholders")}
    assert not len(rows[rows["role_group"] == "other"]), "somebody whom stakeholders.sql does not group yet"
    assert {"COCO2", "GENDER", "ICA", "PV_VA"} <= set(rows[rows["today"] == "not_recorded"].index)
    assert rows.loc["PRES3RC", "today"] == "recorded"
    people = library.people().body
    assert all(html.escape(name) in people for name in rows["name"])


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("cluster munition", "Cluster munition"), ("MUNICION", "Cluster munition"), ("réadaptation", "Rehabilitation"),
        ("mhpss", "Mental health and psychosocial support"), ("submunitions", "Cluster munition"),
    ],
)  # fmt: skip
def test_a_term_is_found_in_three_languages_by_its_abbreviation_and_by_its_meaning(words, first):
    assert queries.run("glossary", term=words)["term_en"].iloc[0] == first


# --- the page ---


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"view": "people"}, "Second co-coordinator"),
        ({"view": "resources", "question": "f", "type": "guidance"}, "Child-focused Victim Assistance"),
        ({"view": "practices", "state": "LAO"}, "Victim Information System"),
        ({"view": "glossary", "term": "Survivor"}, "sobreviviente"),
        ({"view": "glossary", "term": "no such word"}, "No term holds “no such word”"),
        ({"view": "practices", "state": "SOM", "question": "g"}, "No good practice is recorded: Somalia"),
    ],
)
def test_every_view_opens_from_its_address(address, words):
    app = page(**address)
    assert words in shown(app) and not app.text


def test_bad_values_in_the_address_fall_back_with_a_note():
    app = page(view="resources", question="z", type="<b>", year="9999", page="many")
    assert [app.selectbox(name).value for name in ("question", "type", "year")] == ["all"] * 3
    assert "9999" in app.text[0].value and "many" in app.text[0].value


@pytest.mark.long
def test_hostile_text_is_shown_as_text(data, monkeypatch):  # noqa: F811
    bad = '<img src=x onerror="alert(1)">'
    put(data, "resources", lambda row: True, title=bad, publisher=bad)
    put(data, "glossary", lambda row: True, definition=bad, term_fr=bad)
    put(data, "stakeholders", lambda row: True, who_today=bad)
    monkeypatch.setattr(live, "_latest", store.load(data))
    for view in ("people", "resources", "glossary"):
        drawn = body(page(view=view))
        assert "<img" not in drawn and (view == "resources" or "&lt;img" in drawn)
    assert "<img" not in terms.linked("accessibility " + bad, {})


# --- terms in the text of pages ---


def links_in(text: str) -> list[tuple[str, str]]:
    """Term and linked words of each link."""
    return [
        (parse_qs(urlsplit(html.unescape(href)).query)["term"][0], words)
        for href, words in LINK.findall(text)
    ]


def test_the_longest_term_is_linked_once_on_a_page_in_singular_or_plural():
    page = {}
    first = terms.linked("States Parties assist cluster munition victims; a State Party plans.", page)
    assert links_in(first) == [
        ("State Party", "States Parties"),
        ("Cluster munition victim", "cluster munition victims"),
    ]
    again = "Cluster munition victims and cluster munitions, MHPSS, survivorship, a peer-support-group."
    assert links_in(terms.linked(again, page)) == [
        ("Cluster munition", "cluster munitions"), ("Mental health and psychosocial support", "MHPSS"),
    ]  # fmt: skip
    # a part of the page that is drawn again keeps its links
    assert len(links_in(terms.linked(again, page))) == 2
    assert not links_in(terms.linked("as the Cluster Munition Monitor 2025 says", {}))  # a publication


def test_linked_text_is_safe_and_complete():
    text = 'A <b>survivor</b> & "victim assistance"'
    assert html.unescape(re.sub(r"</?a\b[^>]*>", "", terms.linked(text, {}))) == text
    assert "<b>" not in terms.linked(text, {})


def test_every_linked_term_is_found_in_the_glossary():
    for row in read("glossary"):
        for term, _words in links_in(terms.linked(f"About {row['term_en'].lower()} here", {})):
            assert term in set(queries.run("glossary", term=term)["term_en"].head(1))


def test_a_reader_follows_a_word_to_its_meaning_with_the_keyboard(browser: Browser, server: Server):
    visit = open_page(browser, server, "/responses")
    word = visit.page.locator(".va-lead .va-term").first
    word.focus()
    assert word.evaluate("node => getComputedStyle(node).textDecorationStyle") == "dotted"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/resources?*")
    visit.settle()
    expect(visit.page.locator(".va-glossary tbody tr").first).to_contain_text("Cluster munition victim")
    assert not visit.outside and not visit.errors_of_the_site()
    visit.close()
