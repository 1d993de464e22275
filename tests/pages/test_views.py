"""Every view that a page draws bears a name, and comes again when it is asked for by name and parameters as text."""

import pytest

from dialogue import navigation
from dialogue.screen import address, crosstable, frame
from dialogue.views import catalogue
from dialogue.views.dialogue import responses
from dialogue.views.view import View
from tests.support import run_page

PAGES = [page for pages in navigation.sections().values() for page in pages]
# What a page shows as a whole is chosen with these; every choice of them is looked at.
SWITCHES = ("view", "show", "section", "question", "by")
NO_VIEWS = {"data_desk.py", "my_deck.py", "search.py", "take_it_with_you.py", "use_the_data.py"}


def choices(allowed: dict) -> list[dict[str, str]]:
    """An address for every choice of a switch of a page, and one for a State."""
    found = [{name: str(code)} for name in SWITCHES for code in allowed.get(name, ())]
    return found + ([{"state": "LAO"}] if "state" in allowed else [])


@pytest.fixture
def drawn(monkeypatch) -> list[View]:
    """The views that pages draw, as they come through the frame and the table of signs."""
    seen = []

    def watch(module, name: str) -> None:
        draw = getattr(module, name)

        def watched(shown, *args, **kwargs):
            seen.append(shown)
            return draw(shown, *args, **kwargs)

        monkeypatch.setattr(module, name, watched)

    for name in ("text", "show", "details", "listing", "rows"):
        watch(frame, name)
    watch(crosstable, "show")
    return seen


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.script)
def test_every_view_that_a_page_draws_can_be_asked_for_by_its_name(page, drawn, monkeypatch):
    allowed, read = {}, address.read
    monkeypatch.setattr(address, "read", lambda known: (allowed.update(known), read(known)))
    run_page(page.script)
    for choice in choices(allowed):
        run_page(page.script, **choice)
    views = {id(shown): shown for shown in drawn}.values()
    # before anybody was asked or has answered, that page has words only
    without = NO_VIEWS if responses.begun() else NO_VIEWS | {"responses.py"}
    assert bool(views) == (page.script not in without)
    for shown in views:
        assert shown.name in catalogue.names(), shown.key
        again = catalogue.build(shown.name, catalogue.chosen(shown))
        assert again.title == shown.title and again.given == shown.given
        assert again.table.equals(shown.table), shown.name
