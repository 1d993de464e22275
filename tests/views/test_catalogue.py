"""Every view by its name, without a page: built for every reader, written as JSON, wrong parameters refused."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import Reader
from dialogue.views import catalogue, written
from dialogue.views.dialogue import approach
from dialogue.views.view import View

NAMES = catalogue.names()
# Words that a reader looks for: any text will do.
FREE = {("library.glossary", "term"), ("documents.documents", "search")}
PARAMETERS = [(name, each.name) for name in NAMES for each in catalogue.get(name).parameters if (name, each.name) not in FREE]
# What is no code: how it is told, and two values of it. Where nothing is recorded, no code is allowed.
KINDS = {
    "text": ("none, because nothing of the kind is recorded", [""]),
    "yes/no": ("yes or no", ["yes", "no"]),
    "date": ("a date is written YYYY-MM-DD", ["2026-02-28", "2031-01-01"]),
}
READERS = [("light", "wide"), ("dark", "wide"), ("light", "narrow")]
WRONG = "no-such-code"


def enough(name: str) -> dict[str, str]:
    """One allowed value for each parameter that must be given."""
    return {
        each.name: catalogue.allowed(name, each.name)[0]
        for each in catalogue.get(name).parameters
        if each.default is None
    }


def kind(name: str, parameter: str) -> str:
    return next(each.kind for each in catalogue.get(name).parameters if each.name == parameter)


@pytest.fixture(params=READERS, ids="-".join)
def for_whom(request) -> Iterator[Reader]:
    mode, width = request.param
    with reader.reading(Reader(live.latest(), mode=mode, width=width)):
        yield reader.current()


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_view_can_be_built_and_written_without_a_page(name, for_whom):
    shown = catalogue.build(name, enough(name))
    assert isinstance(shown, View) and shown.title.strip() and shown.name == name
    data = written.as_data(shown)
    assert json.loads(json.dumps(data, allow_nan=False)) and (data["mode"], data["width"]) == (for_whom.mode, for_whom.width)
    # what it bears is enough to ask for it again
    assert catalogue.builders()[name](**shown.given) is shown


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_every_wrong_value_is_refused_with_what_is_allowed(name, parameter):
    with pytest.raises(catalogue.ViewError) as refused:
        catalogue.build(name, enough(name) | {parameter: WRONG})
    message = str(refused.value)
    codes = catalogue.allowed(name, parameter)
    assert f"{name}: {parameter}=“{WRONG}” is not allowed; " in message
    assert [code for code in codes if code and code in message] if codes else KINDS[kind(name, parameter)][0] in message


@pytest.mark.long
@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_every_allowed_value_gives_a_view(name, parameter):
    codes = catalogue.allowed(name, parameter) or KINDS[kind(name, parameter)][1]
    for code in {codes[0], codes[len(codes) // 2], codes[-1]}:
        assert catalogue.build(name, enough(name) | {parameter: code}).title


def test_what_must_be_given_is_told_with_an_example():
    with pytest.raises(catalogue.ViewError, match=r"state_card\.card needs iso3, for example iso3=[A-Z]{3}$"):
        catalogue.build("state_card.card")


@pytest.mark.parametrize(("name", "parameter"), sorted(FREE))
def test_a_view_says_how_much_holds_the_words_looked_for(name, parameter):
    every, found = (catalogue.build(name, {parameter: words}) for words in ("", "survivor"))
    assert 0 < len(found.data) < len(every.data)
    assert not len(catalogue.build(name, {parameter: WRONG}).data)


def test_a_day_that_is_not_given_is_the_day_of_the_reader():
    assert catalogue.build("freshness.dates").given == {"today": date.today()}
    assert catalogue.build("approach.binds").given == {"iso3": next(iter(approach.states()))}
