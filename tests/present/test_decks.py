"""Decks: checked like every table, carried in a link or a file, refused with a sentence."""

import json

import pytest

from dialogue.present import decks
from dialogue.present.decks import Deck, DeckError, Item
from tests.support import add, messages, put

ITEMS = tuple(
    Item("figure", "panels.by_state", {"weapon": "mine_erw", "group": "africa"}, note=f"Say this at slide {n}, slowly and clearly.", seconds=60)
    for n in range(12)
)


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"kind": "figure", "view": "world_map.victimes"}, "view", "Did you mean world_map.victims?"),
        ({"kind": "figure", "view": "world_map.victims", "parameters": "yaer=2022"}, "parameters", "no parameter “yaer”; it takes year"),
        ({"kind": "figure", "view": "trends.world_pair", "parameters": "2022"}, "parameters", "is not written as name=value"),
        ({"kind": "figure", "view": "profile.standing"}, "parameters", "needs chosen"),
        ({"kind": "table", "view": ""}, "view", "needs a view"),
        ({"kind": "cover", "view": "trends.world_pair"}, "view", "shows no view"),
        ({"kind": "film", "view": ""}, "kind", "must be one of cover, section"),
    ],
)
def test_a_deck_that_names_what_there_is_not_is_a_finding(data, cells, column, says):
    row = {"deck": "extra", "position": "1", "parameters": "", "title": "", "message": "", "note": "", "seconds": ""}
    line = add(data, "decks", **row | cells)
    found = [m for m in messages(data) if m.startswith(f"decks.csv, row {line}, column {column}")]
    assert found and says in found[0]


def test_a_deck_is_carried_in_a_link_short_enough_to_paste():
    deck = Deck("", "Statement", ITEMS)
    word = decks.packed(deck)
    assert decks.unpacked(word) == deck
    assert len(word) < 1_800 and word.isascii()


@pytest.mark.parametrize("harm", [lambda w: w[:-9], lambda w: "", lambda w: "x" * 50, lambda w: w[:20] + "A" + w[21:], lambda w: w * 60])
def test_a_link_that_was_cut_says_so(harm):
    with pytest.raises(DeckError, match="link to this deck"):
        decks.unpacked(harm(decks.packed(Deck("", "Statement", ITEMS))))


def test_a_link_that_unpacks_without_end_is_refused():
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" * 3_000_000, 9)).decode()
    with pytest.raises(DeckError):
        decks.unpacked(bomb)


def test_a_deck_is_saved_to_a_file_and_read_back():
    deck = Deck("", "Statement", ITEMS)
    assert decks.from_file(decks.as_file(deck)) == deck


@pytest.mark.parametrize("text", ["", "no deck", "[]", "{}", json.dumps({"deck": "x", "slides": [{"kind": "film"}]}), json.dumps({"deck": "x", "slides": [{"no": 1}]})])
def test_a_file_that_is_no_deck_is_refused_with_a_sentence(text):
    with pytest.raises(DeckError):
        decks.from_file(text)


def test_an_unknown_deck_or_a_place_left_open_says_what_there_is():
    with pytest.raises(DeckError, match="decks: opening, psychosocial, state"):
        decks.read("closing")
    with pytest.raises(DeckError, match="needs state, for example state=LBN"):
        decks.read("state")
    assert "Lebanon" in decks.read("state", {"state": "LBN"}).title


def test_a_new_slide_needs_no_change_of_the_program(data):
    put(data, "decks", lambda row: row["deck"] == "opening" and row["kind"] == "figure", view="trends.world_pair", parameters="")
    assert messages(data) == []
