"""How old the data are is said on every page, and a newer edition beside the numbers of the one in use."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogue.snapshot import live, store
from dialogue.views.dialogue import new_use
from dialogue.views.evidence import overview, panels, trends, victims, world_map
from dialogue.views.profile import profile_casualties
from dialogue.words import method
from tests.answers import write
from tests.support import read, run_page


def test_data_older_than_six_months_say_so_and_younger_ones_do_not():
    as_of = date(2026, 3, 5)
    assert method.aged(as_of, date(2026, 9, 4)) == method.aged(as_of, as_of) == ""
    assert method.aged(as_of, date(2026, 9, 5)) == "6 months ago: later events may be missing"
    assert method.aged(date(2026, 8, 31), date(2027, 2, 28)) == ""
    assert method.aged(as_of, date(2028, 3, 5)).startswith("24 months")


@pytest.mark.parametrize(("months", "said"), [(5, False), (7, True)])
def test_every_page_says_that_its_data_are_old(monkeypatch, months, said):
    snapshot = live.latest()
    today = date.today()
    day = date(today.year, today.month, 1) - timedelta(days=months * 31)
    monkeypatch.setattr(live, "_latest", replace(snapshot, as_of=day, _local=threading.local()))
    heads = [block.proto.body for block in run_page("new_use.py").get("html") if "va-kicker" in block.proto.body and "as of" in block.proto.body]
    assert ("later events may be missing" in heads[0]) == said


@pytest.mark.long
def test_a_newer_edition_is_named_beside_every_number_of_the_one_in_use(data, monkeypatch):
    newer = dict.fromkeys(read("newer_editions")[0], "") | {"newer": "Cluster Munition Monitor, invented", "status": "announced", "series": "cmm"}
    cited = {name: read("sources")[0]["id"] if name == "source_id" else "primary" for name in ("source_id", "grade")}
    write(data, "newer_editions", [row for row in read("newer_editions") if not row["series"]] + [newer | cited])
    monkeypatch.setattr(live, "_latest", store.load(data))
    shown = [
        trends.world_cluster_munitions(), trends.world_pair(), world_map.victims(), world_map.all_time(), panels.by_state(),
        new_use.attacks(), new_use.who(), victims.shares(), profile_casualties.by_year(("LAO",)),
    ]  # fmt: skip
    assert [view.name for view in shown if newer["newer"] not in view.how] == []
    cards = overview.headlines().table
    of_monitor = cards[cards["When"].str.contains("Cluster Munition Monitor")]
    assert len(of_monitor) and of_monitor["When"].str.contains(newer["newer"]).all()
    assert not cards[~cards.index.isin(of_monitor.index)]["When"].str.contains(newer["newer"]).any()


@pytest.mark.long
def test_an_edition_that_is_not_known_of_is_not_named(data, monkeypatch):
    write(data, "newer_editions", [row for row in read("newer_editions") if not row["series"]])
    monkeypatch.setattr(live, "_latest", store.load(data))
    assert trends.world_cluster_munitions().how.endswith("means at least.")
    assert not overview.headlines().table["When"].str.contains("not here yet").any()
