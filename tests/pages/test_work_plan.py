"""The page Work plan: its items, the working document, where every element is found, what follows."""

from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dialogue import navigation
from dialogue.screen import address
from dialogue.snapshot import live, queries, store
from dialogue.views.dialogue import plan
from tests.support import body, copy_of_data, edit, read, run_page

PAGES = {page.path: page.script for pages in navigation.sections().values() for page in pages}


def page(path="work-plan", **address) -> AppTest:
    return run_page(PAGES[path], **address)


def places() -> dict[str, set[tuple[str, str]]]:
    """The parameters that the elements use, by page."""
    found: dict[str, set[tuple[str, str]]] = {}
    for place in queries.run("work_plan_places")["place"]:
        path, _sep, query = place.partition("?")
        found.setdefault(path, set()).update(parse_qsl(query, keep_blank_values=True))
    return found


@pytest.fixture
def other(tmp_path, monkeypatch):
    """A copy of the data that may be changed, then shown: call it to load it."""
    data = copy_of_data(tmp_path)

    def load() -> Path:
        snapshot = store.load(data)
        assert not snapshot.problems
        monkeypatch.setattr(live, "_latest", snapshot)
        return data

    load.data = data
    return load


# ---- items ----


def outcomes(other, **recorded: str) -> None:
    """Show a copy of the data in which only these items of the plan have an outcome."""

    def change(lines):
        at = lines[0].index("status")
        for line in lines[1:]:
            if not line[0].startswith("M"):
                line[at] = recorded.get(line[0], "not recorded")

    edit(other.data / "work_plan.csv", change)
    other()


def test_the_plan_has_seven_objectives_ten_steps_and_four_outputs():
    items = queries.run("work_plan_items")
    own = items[items["in_plan"]]
    # seven actions of the coordinators, ten lines of the timeline, four expected outputs
    assert Counter(own["kind"]) == {"objective": 7, "activity": 7, "milestone": 3, "output": 4}
    recorded = {row["id"] for row in read("work_plan") if "not recorded" not in row["status"].lower()}
    assert set(items[items["recorded"]]["id"]) == recorded
    assert "held 16-19 September 2025" in items[~items["in_plan"].astype(bool)]["status"].tolist()


def test_a_plan_without_a_recorded_outcome_does_not_headline_that(other):
    outcomes(other)
    items = queries.run("work_plan_items")
    assert not items[items["in_plan"]]["recorded"].any()
    shown = plan.timeline()
    assert shown.title.startswith("The work plan sets ") and shown.title.endswith("outputs") and not shown.missing


def test_what_comes_first_is_an_item_of_an_earlier_or_the_same_quarter():
    items = queries.run("work_plan_items").set_index("id")
    for row in items[items["depends_on"].notna()].itertuples():
        for first in row.depends_on.split(";"):
            assert items.loc[first, "quarter_start"] <= row.quarter_start


def test_every_item_stands_on_the_board_with_its_status_and_the_third_review_conference_as_planned(other):
    outcomes(other)
    board = plan.board()
    for code in queries.run("work_plan_items")["id"]:
        assert f">{code}<" in board
    assert board.count("not recorded") == 21  # the ten steps, seven objectives and four outputs
    assert "Planned; outcome not verified" in board.split("3RC, Vientiane")[1]


def test_a_recorded_outcome_changes_the_finding(other):
    outcomes(other, A1="held 3 December 2024")
    assert plan.timeline().title.endswith("an outcome is recorded for 1 of them")
    assert "● held 3 December 2024" in plan.board()


# ---- the working document ----


def test_no_version_is_said_so_and_versions_show_in_order(other):
    edit(other.data / "drafts.csv", lambda lines: lines[:1])
    other()
    assert plan.documents().title == "No version of the working document has been recorded"
    assert "No version recorded" in plan.versions_table(plan.documents())
    (other.data / "drafts.csv").write_text(
        "version,date,status,title,url,note\n"
        "1,2025-02,draft,<b>First</b> draft,https://example.org/1,\n"
        "2,2025-05-20,revised,Second draft,,Comments taken in\n",
        "utf-8",
    )
    other()
    view = plan.documents()
    assert (
        view.title
        == "2 versions of the working document are recorded; the latest is 2 of 20 May 2025, revised"
    )
    table = plan.versions_table(view)
    assert "&lt;b&gt;First&lt;/b&gt;" in table and 'href="https://example.org/1"' in table
    steps = queries.run("document_steps").set_index("step")
    assert steps["versions"].to_dict() == {"draft": 1, "circulated": 0, "revised": 1, "presented": 0}


# ---- every element and its place ----


def test_every_part_of_the_document_is_covered_in_its_order():
    rows = queries.run("work_plan_places")
    assert rows["position"].tolist() == list(range(1, len(rows) + 1))
    counts = Counter(rows["section"])
    # counted in the text of the work plan; question (g) holds a statement of its own
    assert (counts["questions"], counts["actions"], counts["activities"]) == (8, 7, 6)
    assert (counts["outputs"], counts["budget"], counts["timeline"]) == (4, 1, 10)
    letters = [place[-1] for place in rows["place"] if place.startswith("questions?question=")]
    assert {*"abcdefg"} <= set(letters)
    assert len(plan.elements("questions").table) == 8


@pytest.mark.long
def test_every_place_is_a_page_that_knows_the_parameters(monkeypatch):
    used = places()
    assert set(used) <= set(navigation.paths())
    known: dict[str, object] = {}
    read = address.read
    monkeypatch.setattr(address, "read", lambda allowed: (known.update(allowed), read(allowed)))
    for path, parameters in used.items():
        if not parameters:
            continue
        known.clear()
        page(path)
        for name, value in parameters:
            assert name in known, f"{path} does not know {name}"
            assert address._codes(value, known[name]) == [value], f"{path}?{name}={value}"


@pytest.mark.long
def test_links_of_the_elements_land_without_a_note():
    for place in sorted(set(queries.run("work_plan_places")["place"])):
        path, _question, given = place.partition("?")
        ran = page(path, **dict(parse_qsl(given)))
        assert not any("not available here" in text.value for text in ran.text), place


# ---- what follows, the page ----


def test_what_follows_is_a_plan_until_somebody_verifies_it():
    rows = queries.run("what_follows").set_index("fact")
    assert rows.loc["Planned dates", "planned"] and not rows.loc["Presidency", "planned"]
    assert plan.follows().title == (
        "13MSP was held 16–19 September 2025; 3RC was planned for 14–18 September 2026 in Vientiane, outcome not verified"
    )


def test_the_page_takes_its_view_from_the_address_and_falls_back_with_a_note():
    app = page(view="elements", section="outputs")
    assert app.selectbox("section").value == "outputs"
    bodies = body(app)
    assert "4 elements of the work plan" in bodies and bodies.count("<tr>") == 5
    for view in ("documents", "next"):
        page(view=view)
    app = page(view="x" * 5000, section="<b>")
    assert "not available here" in app.text[0].value


@pytest.mark.long
@pytest.mark.parametrize(
    "table", ["work_plan", "work_plan_elements", "drafts", "meetings", "recent_findings", "instrument_facts"]
)
def test_the_pages_go_on_without_an_optional_table(other, table):
    (other.data / f"{table}.csv").unlink()
    other()
    for view in ("timeline", "documents", "elements", "next"):
        page(view=view)
    for view in ("pillar", "state", "together", "time"):
        page("integrated-approach", view=view)
