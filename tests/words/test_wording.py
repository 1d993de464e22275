"""What is said before diplomats: neutral, exact, and nobody judged by name."""

import re

import pytest
from babel.messages.pofile import read_po

from dialogue.snapshot import queries
from dialogue.views import search
from dialogue.views.dialogue import approach, plan
from dialogue.views.evidence import instruments, obligations, overview, trends, world_map
from dialogue.views.method import documents
from dialogue.views.profile import profile
from dialogue.words import i18n, method
from tests.browser import ROOT
from tests.support import read, run_page

TEXTS = [
    text
    for message in read_po((ROOT / "dialogue" / "locale" / "messages.pot").open("rb"))
    for text in (message.id if isinstance(message.id, tuple) else (message.id,))
]


@pytest.mark.parametrize("word", [r"\bbound (by|\d|\{)", r"\bbinds?\b", "binds nobody", r"^(?!The data).*needs? a correction", "widest gap", r"\bnot met\b", "pairs of State", "wrongly"])
def test_no_sentence_uses_words_that_were_taken_out(word):
    allowed = {"Meanings are in general terms; the wording that binds is in the text named under “Defined in”."}
    assert [text for text in TEXTS if re.search(word, text, re.IGNORECASE) and text not in allowed] == []


def test_parties_are_those_that_the_depositary_counts():
    first, last = instruments.years()
    titles = [overview.headlines().title, instruments.joining(first, last).title, profile.standing(("LBN",)).title, profile.standing(("LBN", "IRQ")).title]
    assert all("depositary count" in title for title in titles)
    assert "which is not yet “bound”" in method.rules()


def test_a_day_since_is_one_of_the_act_and_entry_into_force_is_called_so():
    told = [row["note"] for row in read("obligation_list_notes")]
    assert not [note for note in told if re.search(r"Party since", note or "")]
    assert "“Since” is the day of the act that counts" in method.rules()


def test_no_state_is_named_in_a_headline_for_what_it_withdrew_suspended_or_lacks():
    names = [row["name_en"] for row in read("states")]
    titles = [instruments.suspensions().title, obligations.by_indicator().title, plan.timeline().title, world_map.small().title]
    assert [title for title in titles if any(re.search(rf"\b{re.escape(name)}\b", title) for name in names)] == []


def test_least_is_known_where_it_was_the_widest_gap():
    assert re.match(r"Least is known about|Something is missing|On every indicator", obligations.by_indicator().title)


def test_the_work_plan_is_updated_in_public_and_not_corrected():
    shown = documents.claims()
    assert "update" in shown.title and "correction" not in f"{shown.title} {shown.kicker} {shown.how}"
    assert "Needs a correction" not in set(shown.table["Beside other sources"])


def test_unverified_leads_stand_with_the_coordinators_alone():
    topics = set(queries.run("leads")["topic"])
    page = run_page("sources.py", section="documents")
    assert not any("Leads" in each.options for each in page.button_group)
    assert not [entry for entry in search.index().entries if entry.title in topics or any(topic in entry.text for topic in topics)]
    assert not any("_" in topic for topic in documents.leads().table["Topic"])


def test_attacks_and_remnants_are_causes_and_use_is_attributed_to_nobody():
    assert re.search(r"\d from attacks and \d+ from cluster munition remnants", trends.world_cluster_munitions().title)
    page = "\n".join(block.proto.body for block in run_page("new_use.py").get("html"))
    assert "casualties from attacks" in page


def test_a_standard_is_called_not_legally_binding():
    assert "Goal or standard: not legally binding" in [mark.label for mark in approach.figure.marks()]


def test_participation_is_named_as_in_the_conventions():
    assert i18n.label("question", "e") == "Participation of victims in decision-making"
