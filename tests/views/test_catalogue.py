"""Every view by its name, without a page: built for every reader, written as JSON, wrong parameters refused."""

import json
from collections.abc import Iterator

import pytest

from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import Reader
from dialogue.views import catalogue, written
from dialogue.views.view import View

# The sections whose views say which values their parameters may have.
TOLD = ("evidence", "profile")
NAMES = [name for name in catalogue.names() if catalogue.builders()[name].__module__.split(".")[2] in TOLD]
PARAMETERS = [(name, each.name) for name in NAMES for each in catalogue.get(name).parameters]
READERS = [("light", "wide"), ("dark", "wide"), ("light", "narrow")]
WRONG = "no-such-code"


def enough(name: str) -> dict[str, str]:
    """One allowed value for each parameter that must be given."""
    return {
        each.name: catalogue.allowed(name, each.name)[0]
        for each in catalogue.get(name).parameters
        if each.default is None
    }


@pytest.fixture(params=READERS, ids="-".join)
def for_whom(request) -> Iterator[Reader]:
    mode, width = request.param
    with reader.reading(Reader(live.latest(), mode=mode, width=width)):
        yield reader.current()


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
    assert [code for code in codes if code and code in message] if codes else "yes or no" in message


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_every_allowed_value_gives_a_view(name, parameter):
    codes = catalogue.allowed(name, parameter) or ["yes", "no"]
    for code in {codes[0], codes[len(codes) // 2], codes[-1]}:
        assert catalogue.build(name, enough(name) | {parameter: code}).title


def test_what_must_be_given_is_told_with_an_example():
    with pytest.raises(catalogue.ViewError, match=r"state_card\.card needs iso3, for example iso3=[A-Z]{3}$"):
        catalogue.build("state_card.card")
