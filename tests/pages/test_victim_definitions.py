"""Who counts as a victim: texts side by side, and “not stated” never read as “no”."""

import pytest

from dialogue.present import pack
from dialogue.snapshot import live, queries, store
from dialogue.views import places
from dialogue.views.dialogue import library, victim_definitions
from dialogue.views.profile import profile_record
from tests.answers import write
from tests.support import read, run_page

GROUPS = ("covers_killed", "covers_injured", "covers_family", "covers_community")
HARMS = ("physical", "psychological", "economic", "social", "rights")


def test_the_finding_counts_the_texts_that_name_everybody():
    rows = read("victim_definitions")
    everybody = [row for row in rows if all(row[group] == "yes" for group in GROUPS)]
    killed = [row for row in rows if row["covers_killed"] == "yes"]
    title = victim_definitions.named().title
    assert title.startswith(f"{len(everybody)} of {len(rows)} texts") and title.endswith(f"{len(killed)} name people killed")
    every_harm = [row["name"] for row in rows if set(HARMS) <= set(row["harm_kinds"].split(";"))]
    assert every_harm and all(name in victim_definitions.named().how for name in every_harm)


def test_the_convention_names_the_dead_families_communities_and_five_kinds_of_harm():
    # Article 2(1), as reprinted in the commentary named as its source
    first = victim_definitions.named().drawing["sections"][0][1][0]
    assert first[0].startswith("CCM, Article 2(1)") and {cell[0] for cell in first[1]} == {0}


def test_what_a_text_does_not_state_has_a_sign_of_its_own_and_is_never_a_no():
    view = victim_definitions.named()
    shown = [cell[0] for _heading, rows in view.drawing["sections"] for _name, cells in rows for cell in cells]
    rows = read("victim_definitions")
    open_ = sum(row[group] == "not_stated" for row in rows for group in GROUPS)
    open_ += sum(harm not in row["harm_kinds"].split(";") for row in rows for harm in HARMS)
    assert shown.count(1) == open_ and "not the same as left out" in view.drawing["marks"][1][1]
    assert "not stated" in set(view.table["People killed"]) and not {"no", "No"} & set(view.table["People killed"])


def test_words_that_leave_people_out_are_told_apart_from_silence(data, monkeypatch):
    rows = read("victim_definitions")
    rows[1]["covers_community"] = "no"
    write(data, "victim_definitions", rows)
    monkeypatch.setattr(live, "_latest", store.load(data))
    view = victim_definitions.named()
    assert [mark[1] for mark in view.drawing["marks"]][2] == "Left out by the words read"
    assert list(view.table["Communities"]).count("left out") == 1


def test_laws_of_states_stand_beside_the_convention_with_what_limits_them():
    heads = [heading for heading, _rows in victim_definitions.texts().drawing["sections"]]
    assert heads[:2] == ["The Convention on Cluster Munitions", "Laws, standards and usage of States"]
    own = [row for row in read("victim_definitions") if row["iso3"]]
    bars = [row for row in own if row["threshold"]]
    assert victim_definitions.texts().title.startswith(f"{len(bars)} of {len(own)} texts of States")
    for row in bars:  # the number stands in the words as well
        assert row["threshold"] in row["cause_limit"]


def test_data_without_such_texts_say_so(data, monkeypatch):
    (data / "victim_definitions.csv").unlink()
    monkeypatch.setattr(live, "_latest", store.load(data))
    assert victim_definitions.named().title == "These data hold no text on who counts as a victim"


def test_every_text_stands_on_the_slides_of_a_hall():
    slides = pack.one("victim_definitions.named", {})["slides"]
    names = [row[0] for slide in slides for body in slide["bodies"] for _heading, rows in body["drawing"]["sections"] for row in rows]
    assert len(names) == len(set(names)) == len(read("victim_definitions"))
    assert any(row["view"] == "victim_definitions.named" for row in read("decks"))


@pytest.mark.parametrize("page", ["comparisons.py", "integrated_approach.py"])
def test_the_texts_are_reached_from_what_instruments_ask_for(page):
    given = {"view": "asks"} if page == "comparisons.py" else {"view": "pillar", "state": "LBN"}
    drawn = run_page(page, **given)
    assert any("integrated-approach?view=victims" in block.proto.body for block in drawn.get("html"))


def test_the_texts_are_reached_from_the_glossary_and_told_in_profiles():
    cells = {row[0]: row[1] for row in library.glossary("victim").cells}
    assert places.address(victim_definitions.named()) == "integrated-approach?view=victims"
    assert "integrated-approach?view=victims" in cells["<strong>Cluster munition victim</strong>"]
    for iso3 in set(queries.run("victim_definitions")["iso3"].dropna()):
        items = dict(profile_record.subjects(iso3))["Who counts as a victim"]
        assert [item.lead for item in items] == [row["instrument"] for row in victim_definitions.of_state(iso3)]
