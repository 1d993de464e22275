"""The page Guiding questions: what the evidence says on each, and what a visitor can do."""


from collections import Counter

import pandas as pd
import pytest
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import queries, reader
from dialogue.views import places
from dialogue.views.dialogue import questions as charts
from dialogue.views.dialogue.questions import sides
from tests.browser import Server, open_page
from tests.support import LEAKED, TWELVE, as_read_in_2026, body, findings_that_count, read, run_page


def page(**address: str) -> AppTest:
    return run_page("questions.py", **address)


# --- figures, against the sources ---


@as_read_in_2026
def test_a_plan_runs_only_when_it_is_coded_met_and_its_last_year_is_not_past():
    rows = queries.run("plans_found")
    runs = set(rows[rows["standing"] == "runs"][["iso3", "indicator"]].itertuples(index=False, name=None))
    # the plans of 2021-2027, 2022-2030, 2025-2027 and 2023-2028; the plan of 2021-2025 is over
    assert runs == {
        ("HRV", "national_disability_plan"),
        ("MRT", "national_disability_plan"),
        ("BIH", "national_va_plan"),
        ("IRQ", "national_va_plan"),
    }
    assert set(rows["iso3"]) == TWELVE and len(rows) == 24
    assert (rows[rows["standing"] == "runs"]["valid_to"] >= reader.snapshot().as_of.year).all()


@as_read_in_2026
def test_figures_by_sex_age_and_on_disability_are_those_that_findings_name():
    rows = queries.run("data_split")
    named = {
        aspect: set(rows[(rows["aspect"] == aspect) & (rows["known"] == "named")]["iso3"])
        for aspect in charts.SPLITS[1:]
    }
    assert named == {"sex": {"AFG", "LAO", "MRT", "SSD"}, "age": {"LAO", "SSD"}, "disability": {"AFG"}}
    # “System … on persons with disabilities still to be set up” names no figure
    assert "IRQ" not in named["disability"]


@pytest.mark.parametrize(
    ("question", "indicator"), [("c", "focal_point"), ("e", "participation"), ("f", "mhpss")]
)
def test_states_without_a_finding_are_shown_without_information(question, indicator):
    found = {row["iso3"] for row in read("obligation_findings") if row["indicator"] == indicator}
    rows = charts.evidence(question).data
    rows = rows[rows["indicator"] == indicator]
    assert set(rows[rows["status"] == "no_information"]["iso3"]) == TWELVE - found


def test_the_articles_and_targets_are_those_of_the_actions_of_the_question():
    actions = {row["action"]: row for row in read("actions")}
    for row in read("questions"):
        basis = queries.run("question_basis", question=row["question"])
        assert [str(n) for n in basis["action"]] == row["actions"].split(";")
        for line in basis.itertuples():
            assert line.crpd_articles == actions[str(line.action)]["crpd_articles"]
    assert "to be confirmed" in sides.why("a") and "CRPD Art.\u00a031" in sides.why("b")


# --- sentences and what stands beside ---


@pytest.mark.parametrize("question", "abcdefg")
def test_no_view_shows_a_missing_value_or_an_uncited_row(question):
    shown = charts.evidence(question)
    words = " ".join([shown.kicker, shown.title, shown.how, shown.missing, sides.html_of(question)])
    words += shown.table.drop(columns=["Finding"], errors="ignore").to_csv()
    assert not LEAKED.search(words), LEAKED.search(words)
    if "source_id" in shown.data:
        assert set(shown.data["source_id"].dropna()) <= set(shown.source_ids)
    names = [name for name, _cells in shown.drawing["sections"][0][1]]
    assert question == "g" or names == sorted(names)


def test_answers_are_counted_and_only_those_agreed_to_are_shown(monkeypatch):
    answered = len({row["iso3"] for row in read("responses") if row["question"] == "b"})
    assert f"{answered} of 12 States " in sides.answers("b")
    board = pd.DataFrame({"iso3": ["LAO", "IRQ"], "question": "b", "received": [1, 2], "published": [1, 0]})
    given = pd.DataFrame({"iso3": ["LAO"], "summary_en": ["<b>Better forms</b>"], "answer": [None]})
    monkeypatch.setattr(sides, "_board", lambda question: board)
    monkeypatch.setattr(sides, "_published", lambda question: given)
    text = sides.answers("b")
    assert "2 of 12 States have answered" in text and "1 has agreed" in text
    assert "&lt;b&gt;Better forms" in text and "Iraq" not in text


def test_every_good_practice_stands_with_its_state_and_source():
    for row in read("good_practices"):
        text = sides.practices(row["question"])
        assert f"states?state={row['iso3']}" in text
    most, count = Counter(row["question"] for row in read("good_practices")).most_common(1)[0]
    assert f"{count - sides.SHOWN} more" in sides.practices(most)


# --- what a visitor can do ---


@pytest.mark.long
def test_every_question_has_its_own_address():
    for question in "abcdefg":
        app = page(question=question)
        text = body(app)
        assert f"question ({question})" in text and "<h1" in text


def test_an_unknown_question_falls_back_with_a_note():
    app = page(question="h")
    assert "h" in app.text[0].value
    assert "question (a)" in body(app)


def test_a_visitor_opens_a_question_by_its_address_and_goes_on_by_keyboard(browser: Browser, server: Server):
    visit = open_page(browser, server, "/questions?question=f", 1920, 1080)
    page = visit.page
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("psychosocial support")
    counting = [rows for (_, indicator), rows in findings_that_count().items() if indicator == "mhpss"]
    table = page.get_by_role("table", name="psychosocial")
    for row in (rows[0] for rows in counting if len(rows) == 1):
        expect(table).to_contain_text(row["finding"])
    page.get_by_role("radio", name="(f)").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("new victims")
    assert not visit.outside and not visit.errors_of_the_site()
    page.set_viewport_size({"width": 390, "height": 844})
    visit.settle()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    visit.close()


@pytest.mark.parametrize("question", list("abcdefg"))
def test_what_is_shown_on_a_question_leads_back_to_that_question(question):
    assert places.address(charts.evidence(question)) == f"questions?question={question}"
