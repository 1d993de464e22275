"""What a reader copies of a view: a sentence that stands by itself, a citation, a link."""

import re
from collections import OrderedDict
from dataclasses import replace

import pytest

from dialogue.snapshot import reader
from dialogue.snapshot.reader import Reader
from dialogue.views import catalogue, quote, view, written
from dialogue.words.i18n import day
from tests.support import LEAKED, as_read_in_2026
from tests.views.test_catalogue import enough

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@pytest.mark.parametrize("name", catalogue.names())
def test_every_view_gives_a_sentence_with_its_numbers_a_year_and_a_source(name):
    shown = catalogue.build(name, enough(name))
    said = quote.sentence(shown)
    source = said[said.rindex(shown.title) + len(shown.title) :] if shown.title in said else said
    assert set(re.findall(r"\d[\d,]*", shown.title)) <= set(re.findall(r"\d[\d,]*", said))
    assert day(shown.as_of) in said and YEAR.search(said)
    publishers = set(view.documents(shown)["publisher"])
    editions = [] if "edition" not in shown.data else shown.data["edition"].dropna()
    assert not publishers or any(name in source for name in [*publishers, *map(quote.titles().get, editions)] if name), said
    assert publishers or "this project’s own tables" in source
    assert said.endswith(".") and not LEAKED.search(said)
    # a finding that tells no year is led by what was counted, for when
    assert YEAR.search(shown.title) or shown.kicker.rstrip(".") in said
    assert written.as_data(shown)["sentence"] == said


@as_read_in_2026
def test_a_figure_is_quoted_from_its_edition_and_whoever_quoted_that():
    said = quote.sentence(catalogue.build("trends.world_cluster_munitions"))
    assert "(Cluster Munition Monitor 2025, as quoted by UN News; " in said
    # of a list without an edition only those who published it
    assert "(UN Treaty Collection; " in quote.sentence(catalogue.build("world_map.membership"))


def test_a_document_older_than_the_year_told_is_not_named_as_its_source():
    shown = catalogue.build("trends.world_cluster_munitions")
    year = YEAR.search(shown.title)[0]
    quoted = quote.sentence(shown)
    later = {row.publisher for row in view.documents(shown).itertuples() if str(row.published)[:4] >= year}
    for row in view.documents(shown).itertuples():
        assert row.publisher in later or row.publisher not in quoted.partition("as quoted by")[2]


def test_a_figure_of_a_state_names_the_state():
    for name in ("profile.findings", "profile_casualties.by_year", "profile.standing"):
        assert quote.sentence(catalogue.build(name, {"chosen": "LBN"})).startswith("Lebanon: ")


def test_figures_of_an_earlier_release_are_quoted_as_such():
    shown = catalogue.build("trends.world_cluster_munitions")
    earlier = replace(reader.snapshot(), kind="release", release="2026-11-23", _kept=OrderedDict())
    with reader.reading(Reader(earlier, "en")):
        assert "as released on 23 November 2026)" in quote.sentence(shown)
        assert quote.taken(shown)["link"] == "new-victims?view=world&release=2026-11-23"
