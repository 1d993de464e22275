"""The page New victims: published figures, what its views say, and what a visitor can do."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import queries, reader
from dialogue.views import picture, strokes
from dialogue.views.evidence import panels, trends, victims
from dialogue.views.evidence.victims import statements
from dialogue.words import i18n
from tests.browser import Server, open_page
from tests.support import LEAKED, as_read_in_2026, body, changed, newest_of_world, run_page

PARTS = ["World by year", "By State", "Who the victims are", "Question (g)", "With mines and ERW"]


def of_state(iso3: str, year: int, **parameters) -> pd.Series:
    rows = queries.run("casualties_state_years", **parameters)
    return rows[(rows["iso3"] == iso3) & (rows["year"] == year)].iloc[0]


def share(year: int, who: str, of_whom: str, weapon: str = "cluster_munition") -> pd.Series:
    rows = queries.run("victim_shares", weapon=weapon)
    return rows[(rows["year"] == year) & (rows["who"] == who) & (rows["of_whom"] == of_whom)].iloc[0]


def page(**address: str) -> AppTest:
    return run_page("new_victims.py", **address)


# --- figures read in the sources ---


@as_read_in_2026
@pytest.mark.parametrize(
    ("year", "total", "attack", "remnant"),
    [(2024, 314, 257, 57), (2023, 219, 118, 101), (2022, 1172, 987, 185), (2021, 149, 0, 149)],
)
def test_world_bars_are_split_as_the_monitor_prints_them(year, total, attack, remnant):
    table = trends.world_cluster_munitions().table.loc[str(year)]
    assert table["Casualties"] == i18n.number(total)
    assert (table["Attacks"], table["Remnants"]) == (str(attack), str(remnant))


@as_read_in_2026
def test_revised_years_keep_earlier_values_and_no_split():
    table = trends.world_cluster_munitions().table
    assert table.loc["2018", ["Casualties", "Attacks"]].tolist() == ["277", "not split"]
    assert table.loc["2015", ["Casualties", "Attacks"]].tolist() == ["419", "not split"]
    assert "149 (CMM 2020, CMM 2019)" in table.loc["2018", "Also printed"]
    assert "417" in table.loc["2015", "Also printed"]
    assert {"2011"} == set(table.index[table["Casualties"] == "no figure found"])


@as_read_in_2026
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_no_hollow_mark_lies_on_the_number_of_a_bar(width):
    with reader.reading(replace(reader.current(), width=width)):
        figure = trends.world_cluster_munitions().figure
    marks = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert len(marks.x)
    letters = 0.1 * figure.layout.yaxis.range[1] if width == "narrow" else 0.05 * figure.layout.yaxis.range[1]  # as long as “1 172” is turned
    for year, count in zip(marks.x, marks.y, strict=True):
        for label in (note for note in figure.layout.annotations if note.x == year and re.fullmatch(r"\D*[\d\s]+", note.text)):
            assert not label.y < count < label.y + letters
            assert abs(label.y - count) > 0.015 * figure.layout.yaxis.range[1] or label.yshift > marks.marker.size / 2 + marks.marker.line.width


@as_read_in_2026
def test_the_exact_and_the_at_least_form_of_one_number_are_no_revision():
    others = queries.run("casualties_world_revisions")
    assert not others["year"].isin([2020, 2023, 2024]).any()
    assert others[others["year"] == 2022]["count"].tolist() == [1170]


def test_a_year_whose_parts_belong_to_another_total_says_so():
    latest = newest_of_world()

    attacks = newest_of_world("attack")

    def fewer(rows):
        for row in rows:
            if row["iso3"] == "WLD" and row["weapon"] == "cluster_munition" and row["cause"] == "attack" and row["year"] == int(latest["year"]):
                row["count"] -= 1

    with reader.reading(replace(reader.current(), snapshot=changed(reader.snapshot(), "casualties", fewer))):
        title = trends.world_cluster_munitions().title
    assert f"the figures for attacks ({i18n.number(int(attacks['count']) - 1)}) and remnants (" in title
    assert title.endswith("do not add up to it")


@as_read_in_2026
def test_a_state_s_bar_is_split_only_where_the_parts_make_the_total():
    ukraine = of_state("UKR", 2022)
    assert (ukraine["total"], ukraine["attack"], ukraine["remnant"]) == (916, 890, 26)
    assert ukraine["basis"] == "adds_up"
    assert of_state("UKR", 2024)["basis"] == "not_split"
    assert "193" in of_state("UKR", 2024)["other_values"]
    syria = of_state("SYR", 2013)  # the nine casualties of remnants are not all that is not attack
    assert (syria["total"], syria["count_type"], syria["basis"]) == (1001, "minimum", "not_split")


@as_read_in_2026
def test_attacks_and_remnants_without_a_total_are_not_stacked():
    row = of_state("SYR", 2018)
    assert row["basis"] == "part" and pd.isna(row["total"])
    parts = strokes.bars_of(row)
    assert {base for _cause, _count, base, _shift, _width in parts} == {0}
    assert len({shift for _cause, _count, _base, shift, _width in parts}) == 2


def test_one_cause_asked_for_says_nothing_about_totals():
    view = panels.by_state(cause="remnant")
    assert "no total" not in view.how and "no total found" not in set(view.table["Casualties"])


@as_read_in_2026
def test_named_without_a_number_is_neither_zero_nor_nothing():
    row = of_state("LAO", 2024)
    assert row["basis"] == "named" and pd.isna(row["total"]) and pd.isna(row["remnant"])
    assert of_state("LBN", 2020)["remnant"] == 0
    rows = queries.run("casualties_state_years")
    assert not ((rows["iso3"] == "MRT") & (rows["year"] == 2022)).any()


@as_read_in_2026
def test_other_publishers_stand_beside_the_monitor_only_when_asked_for():
    assert set(queries.run("casualties_state_years", weapon="mine_erw")["publisher_kind"]) == {"monitor"}
    lao = queries.run("casualties_state_years", weapon="mine_erw", publisher="any", year_from=2022)
    lao = lao[(lao["iso3"] == "LAO") & (lao["publisher_kind"] != "monitor")].set_index("year")["total"]
    assert lao[[2022, 2024, 2025]].tolist() == [20, 49, 25]


@as_read_in_2026
def test_shares_keep_their_base_and_their_series():
    assert share(2020, "child", "casualties")[["percent", "known"]].tolist() == [44, "age"]
    assert share(2020, "female", "casualties")[["percent", "known"]].tolist() == [24, "age_sex"]
    assert share(2015, "child", "civilians")["percent"] == 36
    assert share(2024, "civilian", "casualties")["percent"] == 100
    assert share(2024, "civilian", "casualties", "mine_erw")["percent"] == 90


@as_read_in_2026
def test_a_share_whose_base_sources_word_differently_says_so():
    for of_whom in ("casualties", "remnants"):
        row = share(2024, "child", of_whom)
        assert (row["percent"], row["base_differs"]) == (42, True)
    view = victims.shares()
    assert "42%, of a base that sources word differently" in view.title
    # 36 of all casualties is not contradicted; 62 is the share of remnants
    assert share(2017, "child", "casualties")["percent"] == 36
    assert "62%" in share(2017, "child", "casualties")["other_values"]


@as_read_in_2026
def test_the_latest_edition_gives_a_share_and_the_earlier_one_is_kept():
    row = share(2012, "civilian", "casualties", "mine_erw")
    assert (row["percent"], row["edition"]) == (81, "Landmine Monitor 2014")
    assert "78%" in row["other_values"]


@as_read_in_2026
def test_question_g_tells_numbers_names_events_and_silence_apart():
    rows = queries.run("victims_known").set_index(["iso3", "year", "aspect"])["known"]
    assert {rows[iso3, 2024, "number"] for iso3 in ("IRQ", "LAO", "LBN", "MRT")} == {"named"}
    assert rows["LAO", 2024, "number_all"] == "not_split"
    assert rows["MRT", 2022, "number"] == "not_named"
    assert rows["MRT", 2024, "activity"] == "incident"
    assert rows["IRQ", 2022, "age"] == "cluster_munition"  # “majority”, of casualties of remnants
    assert rows["LBN", 2022, "sex"] == "none"  # a warning about groups at risk counts nobody
    assert rows["MRT", 2021, "number"] == "none"


def test_single_events_stay_out_of_every_year():
    profile = queries.run("victims_profile")
    events = profile[profile["kind"] == "incident"]
    assert len(events) and (events["edition"] == "incident").all()
    assert not (profile["cause"] == "attack").any()
    assert "none of attacks" in victims.four_states().how


# --- views ---


@as_read_in_2026
def test_the_two_series_stand_apart_and_are_never_added():
    view = trends.world_pair()
    assert "314" in view.title and "6,279" in view.title
    assert i18n.number(314 + 6279) not in view.table.to_string()
    assert set(view.data["weapon"]) == {"cluster_munition", "mine_erw"}
    assert view.figure.layout.yaxis.range != view.figure.layout.yaxis2.range


def test_panels_share_one_scale_and_stand_in_alphabetical_order():
    rows = queries.run("casualties_state_years")
    rows = rows.assign(drawn=strokes.drawn_heights(rows))
    common = panels.figure._grid(rows, 6, 2005, 2024, own_scale=False)
    assert len(set(common.tops.values())) == 1
    assert len(set(panels.figure._grid(rows, 6, 2005, 2024, own_scale=True).tops.values())) > 1
    names = [i18n.state(iso3) for iso3 in common.places]
    assert names == sorted(names)


@pytest.mark.parametrize("width", reader.WIDTHS)
@pytest.mark.parametrize("group", ["all", "twelve", "oceania", "africa"])
def test_every_choice_of_states_gives_a_view(width, group):
    with reader.reading(replace(reader.current(), width=width)):
        view = panels.by_state(group=group)
    assert view.title and not LEAKED.search(f"{view.title} {view.missing} {view.alt}")
    if group == "oceania":
        assert view.figure is None and "No figure" in view.title


@as_read_in_2026
def test_a_recorded_zero_does_not_name_a_state_with_casualties():
    title = panels.by_state(year_from=2017, year_to=2017).title
    rows = queries.run("casualties_state_years", year_from=2017, year_to=2017)
    nobody = rows[rows[["total", "remnant"]].max(axis=1).eq(0).fillna(False)]["iso3"]
    assert {"TCD", "HRV"} <= set(nobody)
    states = rows[~rows["iso3"].isin(nobody) & rows["region"].notna()]["iso3"].nunique()
    assert f"{states} States" in title


def test_the_four_cards_show_text_from_the_tables_as_text():
    cards = victims.cards()
    assert cards.count("<section") == 4
    for state in ("Iraq", "Lebanon", "Mauritania"):
        assert f"<h2>{state}</h2>" in cards
    assert not LEAKED.search(cards)
    row = queries.run("victims_profile").iloc[0].copy()
    row["value"] = "<img src=x onerror=alert(1)>"
    assert "<img" not in statements._statement(row)


# --- what a visitor can do ---


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_its_own_address(part):
    ran = page(view=part)
    assert "<h1" in body(ran)
    assert not LEAKED.search(re.sub("<style>.*?</style>", "", body(ran), flags=re.S))
    assert len(ran.get("plotly_chart")) == (2 if part == PARTS[2] else 1)


@as_read_in_2026
def test_filters_narrow_the_panels():
    ran = page(view="By State", weapon="Mines and explosive remnants of war", publisher="Others beside it")
    assert "24 States" in body(ran)
    ran.selectbox(key="group").set_value("twelve").run()
    assert not ran.exception
    assert "of 12 States" in body(ran)


def test_years_chosen_the_wrong_way_round_are_put_right():
    there = page(view="By State", **{"from": "2015", "to": "2017"})
    back = page(view="By State", **{"from": "2017", "to": "2015"})
    assert re.search("2015–2017", body(there)) and re.search("2015–2017", body(back))


def test_a_place_without_a_share_of_one_series_shows_the_other_first():
    assert "Colombia" in re.search("<h1.*?</h1>", body(page(view=PARTS[2], place="Colombia"))).group()


@pytest.mark.parametrize(
    "name", ["view", "weapon", "cause", "from", "to", "group", "publisher", "scale", "place"]
)
def test_a_value_that_is_not_there_falls_back_with_a_note(name):
    ran = page(**{"view": "By State", name: "<b>9999</b>"})
    assert any("<b>9999</b>" in text.value for text in ran.text)


def test_a_visitor_opens_a_part_by_its_address_and_switches_by_keyboard(browser: Browser, server: Server):
    visit = open_page(browser, server, "/new-victims?view=Question+(g)", 1366, 900)
    visit.page.get_by_role("heading", level=1).get_by_text("new victims of cluster munition").wait_for()
    summary = visit.page.locator(".va-four summary").first
    summary.focus()
    visit.page.keyboard.press("Enter")
    assert summary.evaluate("e => e.parentElement.open")
    visit.page.get_by_role("radio", name="Question (g)").focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("heading", level=1).get_by_text("the two overlap").wait_for()
    assert not visit.outside
    visit.close()


def test_areas_that_are_not_states_bear_a_mark_and_their_note_in_the_figure_and_in_every_copy_of_it():
    noted = queries.run("area_notes").set_index("iso3")["note"]
    shown = panels.by_state()
    drawn = set(shown.data["iso3"]) & set(noted.index)
    assert drawn
    names = [text for trace in shown.figure.data if getattr(trace, "mode", "") == "text" for text in trace.text]
    marked = {text.removeprefix("<b>").removesuffix("</b>").replace("<br>", " ") for text in names if "†" in text}
    assert marked == {f"{i18n.state(iso3)} †" for iso3 in drawn}
    in_table = {name for name in shown.table.index if name.endswith("†")}
    assert in_table == marked
    edge = shown.figure.layout.title.text.replace("<br>", " ")
    for text in (edge, " ".join(picture.of(shown)["lines"]), " ".join(shown.notes)):
        assert all(i18n.state(iso3) in text and noted[iso3].rstrip(".") in text for iso3 in drawn) and "†" in text
