"""The page Psychosocial impact and new use: its figures, its words, and what a visitor can do."""

import re
from dataclasses import replace

import pytest

from dialogue.snapshot import queries, reader
from dialogue.views.dialogue import new_use
from dialogue.words import i18n
from tests.support import LEAKED, as_read_in_2026, body, newest_of_world, run_page


@as_read_in_2026
def test_casualties_of_attacks_are_the_monitors_of_the_latest_edition():
    rows = queries.run("world_attacks").set_index("year")
    assert rows["count"].to_dict() == {
        2015: 343, 2016: 857, 2017: 196, 2018: 65, 2020: 142, 2021: 0, 2022: 987, 2023: 118, 2024: 257
    }  # fmt: skip
    # totals revised since, whose part for attacks was not found: 419 for 2015, 277 for 2018
    assert set(rows[rows["revised"].astype(bool)].index) == {2015, 2018}


@as_read_in_2026
def test_states_named_without_a_number_are_not_given_one():
    rows = queries.run("attacks_by_state")
    named = rows[rows["known"] == "named"]
    assert set(zip(named["iso3"], named["year"], strict=True)) == {
        ("MMR", 2023), ("SYR", 2023), ("MMR", 2024), ("SYR", 2024)
    }  # fmt: skip
    assert named["count"].isna().all()
    counted = rows[rows["known"] == "count"].set_index(["iso3", "year"])
    assert counted.loc[("UKR", 2022), "count"] == 890
    assert counted.loc[("UKR", 2023), "count_type"] == "minimum"
    assert not rows.duplicated(["iso3", "year"]).any()


def test_numbers_of_states_never_exceed_the_world_of_the_same_year():
    world = queries.run("world_attacks").set_index("year")["count"]
    states = queries.run("attacks_by_state").groupby("year")["count"].sum()
    assert all(states[year] <= world[year] for year in states.index)


@as_read_in_2026
def test_the_finding_names_year_and_number_of_states():
    assert new_use.attacks().title == (
        "257 casualties from attacks with cluster munitions were recorded in 2024, in 3 States that are not States Parties"
    )
    assert new_use.parties() == (
        "No State Party to the Convention on Cluster Munitions is among the 5 States named for casualties from attacks."
    )


@as_read_in_2026
def test_a_year_without_a_figure_is_a_gap_and_a_published_zero_is_a_zero():
    shown = new_use.attacks()
    assert "2019" in shown.missing and "2021" not in shown.missing
    assert 2019 not in set(shown.data["year"])
    assert shown.table[shown.table["Year"] == "2019"]["Casualties from attacks"].tolist() == ["no figure found"]
    assert (shown.data[shown.data["year"] == 2021]["count"] == 0).all()


@as_read_in_2026
def test_each_share_stands_with_its_own_base():
    text = new_use.who_html(new_use.who())
    assert "of casualties of remnants" in text and "sources word the base differently" in text
    assert "recorded in 2024" in text


def test_the_figure_on_ukraine_is_corrected_where_it_stands():
    text = new_use.correction_html(new_use.correction())
    assert "not casualties" in text and "2.7 million TO 3 million" in text
    # the figure stands nowhere else on the page
    others = new_use.who_html(new_use.who()) + new_use.support_html(new_use.support()) + new_use.named()
    assert "million" not in others


@pytest.mark.parametrize("width", ["narrow", "wide"])
def test_no_view_shows_a_missing_value(width):
    with reader.reading(replace(reader.current(), width=width)):
        views = new_use.attacks(), new_use.who(), new_use.support(), new_use.correction()
    for shown in views:
        words = " ".join([shown.kicker, shown.title, shown.how, shown.missing, *shown.notes])
        words += shown.table.drop(columns="What was found", errors="ignore").to_csv()
        assert not LEAKED.search(words), LEAKED.search(words)
        assert shown.source_ids
        assert set(shown.data["source_id"].dropna()) <= set(shown.source_ids)


def test_the_page_runs_and_shows_its_finding_once():
    text = body(run_page("new_use.py"))
    newest = newest_of_world("attack")
    assert text.count(f"{i18n.number(int(newest['count']))} casualties from attacks") == 1
    assert re.search(rf"recorded in {newest['year']}\b", text)
