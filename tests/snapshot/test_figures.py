"""Published figures, through the real queries.

Each expected value was read in the document named beside it, not in the output
of a query.
"""

import re
from dataclasses import replace

import pandas as pd
import pytest

from dialogue.snapshot import queries, reader, store
from dialogue.tables import check, package
from tests.support import TWELVE, as_read_in_2026, findings_that_count, read


def world(year, cause="all", weapon="cluster_munition"):
    rows = queries.run("casualties_world", weapon=weapon, cause=cause)
    return rows[rows["year"] == year].iloc[0]


# Cluster Munition Monitor 2015 to 2025 as quoted by the sources in data/sources.csv
@as_read_in_2026
@pytest.mark.parametrize(
    ("year", "cause", "count", "edition"),
    [
        (2024, "all", 314, "CMM 2025"),
        (2024, "attack", 257, "CMM 2025"),
        (2024, "remnant", 57, "CMM 2025"),
        (2023, "all", 219, "CMM 2024"),
        (2022, "all", 1172, "CMM 2023"),
        (2022, "attack", 987, "CMM 2023"),
        (2022, "remnant", 185, "CMM 2023"),
        (2021, "all", 149, "CMM 2022"),
        (2021, "attack", 0, "CMM 2022"),
        (2020, "all", 360, "CMM 2022"),
        (2019, "all", 317, "CMM 2021"),
        (2018, "all", 277, "CMM 2021"),
        (2016, "all", 971, "CMM 2020"),
        (2015, "all", 419, "CMM 2017"),
    ],
)
def test_world_total_is_the_one_the_latest_edition_prints(year, cause, count, edition):
    row = world(year, cause)
    assert (row["count"], row["edition"]) == (count, edition)


@as_read_in_2026
@pytest.mark.parametrize(("year", "count"), [(2024, 6279), (2022, 4709), (2016, 9440), (2013, 3456)])
def test_mine_and_erw_totals_are_at_least_figures_of_the_landmine_monitor(year, count):
    row = world(year, weapon="mine_erw")
    assert (row["count"], row["count_type"]) == (count, "minimum")


@as_read_in_2026
def test_revised_totals_keep_what_earlier_editions_print():
    assert "149 (CMM 2019" in world(2018)["other_values"]
    assert "417 (CMM 2016" in world(2015)["other_values"]
    assert "951 (CMM 2019" in world(2016)["other_values"]


@as_read_in_2026
def test_total_is_split_only_where_attacks_and_remnants_belong_to_it():
    split = queries.run("casualties_world_split", weapon="cluster_munition").set_index("year")
    assert (split.loc[2024, "attack"], split.loc[2024, "remnant"]) == (257, 57)
    assert split.loc[2016, "basis"] == "adds_up"  # CMM 2017 splits the 971 that CMM 2020 repeats
    for year in (2015, 2018, 2019):  # the totals were revised, the splits were not
        assert split.loc[year, ["attack", "remnant"]].isna().all()
    parts = split.dropna(subset=["attack"])
    assert (parts["attack"] + parts["remnant"] == parts["total"]).all()


@as_read_in_2026
def test_a_year_without_a_figure_has_no_row_and_a_published_zero_has_one():
    years = set(queries.run("casualties_world")["year"])
    assert 2011 not in years
    assert world(2021, "attack")["count"] == 0


@as_read_in_2026
def test_ukraine_shows_the_value_most_sources_print_and_keeps_the_other():
    rows = queries.run("casualties_by_state", year_from=2022, year_to=2024).set_index(["iso3", "year"])
    assert rows.loc[("UKR", 2022), "count"] == 916
    assert rows.loc[("UKR", 2024), "count"] == 208
    assert "193" in rows.loc[("UKR", 2024), "other_values"]


@as_read_in_2026
def test_part_of_a_year_is_never_a_year():
    rows = queries.run("casualties_by_state", cause="attack", year_from=2022, year_to=2022)
    assert rows[rows["iso3"] == "UKR"]["count"].tolist() == [890]  # not the 689 of January to July


def test_figures_of_other_publishers_stay_out_of_the_monitor_series():
    monitor = queries.run("casualties_by_state", weapon="mine_erw")
    assert set(monitor["publisher_kind"]) == {"monitor"}
    beside = queries.run("casualties_by_state", weapon="mine_erw", publisher="any")
    lao = beside[(beside["iso3"] == "LAO") & (beside["year"] == 2018)]
    assert {"state", "un"} <= set(lao["publisher_kind"])
    assert len(beside) > len(monitor)


def test_the_world_is_not_among_the_states():
    assert "WLD" not in set(queries.run("casualties_by_state", publisher="any")["iso3"])


# Totals the depositary prints in its status lists of 3 February 2026
@as_read_in_2026
def test_counts_of_states_agree_with_the_depositary():
    counts = queries.run("treaty_counts", as_of="2026-02-03").set_index("instrument")
    assert counts["state_parties"].to_dict() == {
        "CCM": 112,
        "APMBC": 162,
        "CCW": 128,
        "CCW_PV": 99,
        "CRPD": 192,  # 193 parties, one of which is the European Union
        "CRPD_OP": 108,
    }
    assert counts.loc["CCM", ["signatories", "withdrawn"]].tolist() == [12, 1]


@as_read_in_2026
def test_a_withdrawal_counts_from_the_day_it_takes_effect():
    def lithuania(day):
        rows = queries.run("treaty_status", as_of=day, instrument="CCM").set_index("iso3")
        return rows.loc["LTU", "status"]

    assert lithuania("2025-03-05") == "state_party"
    assert lithuania("2025-03-06") == "withdrawn"


@as_read_in_2026
def test_vanuatu_counts_from_its_deposit_not_from_entry_into_force():
    rows = queries.run("treaty_status", as_of="2025-09-05", instrument="CCM").set_index("iso3")
    assert rows.loc["VUT", ["status", "action", "since"]].tolist() == ["state_party", "accession", "2025-09-05"]


@as_read_in_2026
def test_an_act_known_to_the_year_counts_from_its_last_day():
    def lebanon(day):
        rows = queries.run("treaty_status", as_of=day, instrument="APMBC").set_index("iso3")
        return rows.loc["LBN", "status"]

    assert lebanon("2026-12-30") == "not_party"
    assert lebanon("2026-12-31") == "state_party"


@as_read_in_2026
def test_ukraine_stays_a_party_to_the_mine_ban_convention():
    rows = queries.run("treaty_status", instrument="APMBC").set_index("iso3")
    assert rows.loc["UKR", "status"] == "state_party"


def test_all_twelve_are_parties_to_the_crpd_only_since_lebanon_ratified():
    def parties(day):
        rows = queries.run("treaty_status", as_of=day, instrument="CRPD")
        return TWELVE & set(rows[rows["status"] == "state_party"]["iso3"])

    assert TWELVE - parties("2025-06-04") == {"LBN"}
    assert parties("2025-06-05") == TWELVE


def test_membership_says_status_and_date_of_each_instrument():
    rows = queries.run("instrument_membership").set_index("iso3")
    assert rows.loc["LAO", "CCM"] == "state_party 2009-03-18"
    assert rows.loc["LTU", "CCM"] == "withdrawn 2025-03-06"
    assert list(rows.columns) == ["CCM", "APMBC", "CCW", "CCW_PV", "CRPD", "CRPD_OP"]


def test_the_work_plan_names_twelve_and_the_lists_differ():
    lists = queries.run("obligation_lists")
    named = lists.groupby("list")["iso3"].apply(set)
    assert named["work_plan_2024"] == TWELVE
    assert "GNB" in named["isu_after_2021"] and "SSD" not in named["isu_after_2021"]


def test_a_finding_that_speaks_of_victims_gives_the_cell_before_a_general_one_and_the_newest_of_its_kind():
    found = findings_that_count()
    newest: dict[tuple[str, str], str] = {}
    for row in read("obligation_findings"):
        pair = row["iso3"], row["indicator"]
        newest[pair] = max(newest.get(pair, ""), row["as_of"])
    cells = queries.run("obligation_status").set_index(["iso3", "indicator"])
    assert cells.index.is_unique and set(cells.index) == set(found)
    passed_over = 0
    for (iso3, indicator), rows in found.items():
        cell, year = cells.loc[iso3, indicator], rows[0]["as_of"]
        assert ("" if pd.isna(cell["as_of"]) else str(int(cell["as_of"]))) == year
        assert cell["source_id"] in {row["source_id"] for row in rows}
        assert cell["evidence_kind"] in {row["evidence_kind"] for row in rows}
        passed_over += year < newest[iso3, indicator]
    assert passed_over


def test_beside_the_cell_stands_the_newest_finding_of_the_other_kind():
    beside = 0
    for row in queries.run("obligation_matrix").itertuples():
        others = [
            each for each in read("obligation_findings")
            if (each["iso3"], each["indicator"]) == (row.iso3, row.indicator) and each["evidence_kind"] != row.evidence_kind
        ]  # fmt: skip
        if row.status == "no_information" or not others:
            assert not isinstance(row.other_kind, str)
            continue
        newest = max(each["as_of"] for each in others)
        assert row.other_finding in {each["finding"] for each in others if each["as_of"] == newest}
        beside += 1
    assert beside


def test_what_a_person_should_see_first_is_listed_whole():
    open_ = {(row["iso3"], row["indicator"], row["to_confirm"]) for row in read("obligation_findings") if row["to_confirm"]}
    listed = queries.run("obligation_to_confirm")
    assert open_ and set(listed[["iso3", "indicator", "to_confirm"]].itertuples(index=False, name=None)) == open_


def test_a_plan_past_its_last_year_is_expired():
    history = queries.run("obligation_history")
    year = reader.snapshot().as_of.year
    past = history[history["valid_to"] < year]
    assert len(past) and set(past["status"]) == {"expired"}
    running = history[history["valid_to"] >= year]
    assert len(running) and "expired" not in set(running["status"])


def test_question_g_covers_its_four_states():
    rows = queries.run("new_victims")
    assert {"IRQ", "LAO", "LBN", "MRT"} <= set(rows["iso3"])


def test_leads_awaiting_verification_become_no_figure():
    for name in set(queries.names()) - {"leads"}:  # which lists them in words
        assert "to_verify" not in queries.get(name).sql
    printed = {int(row["year"]) for row in read("casualties") if row["iso3"] == "WLD"}
    assert set(queries.run("casualties_world")["year"]) <= printed


def test_treaties_are_counted_on_the_day_the_lists_were_read_whatever_the_day_of_the_data():
    checked = check.read(package.DATA)
    checked.description = replace(checked.description, as_of="2027-06-30", depositary_read="2025-09-04")
    later = store.snapshot(checked, "read long before")
    read = queries.run("treaty_counts", later, as_of="2025-09-04")
    assert queries.run("treaty_counts", later).equals(read)
    parties = queries.run("headline", later).set_index("headline").loc["state_parties"]
    assert parties["period"] == "2025-09-04"
    assert parties["value"] == read.set_index("instrument").loc["CCM", "state_parties"]


def test_data_without_a_day_for_the_lists_count_treaties_on_the_day_of_the_data(data):
    described = data / package.DESCRIPTION
    described.write_text(re.sub(r' "depositary_read": "[^"]+",\n', "", described.read_text("utf-8")), "utf-8")
    snapshot = store.load(data)
    assert not snapshot.problems and snapshot.treaties_as_of == snapshot.as_of
