"""Where a State writes to: an address in the data, and no link while there is none."""

import json

import pytest

from dialogue import navigation
from dialogue.snapshot import live, store
from dialogue.tables import package
from dialogue.views import search
from tests.support import run_page


def set_contact(data, address):
    path = data / package.DESCRIPTION
    described = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**described, "contact": address}), "utf-8")


@pytest.fixture
def with_address(data, monkeypatch):
    set_contact(data, "va@example.org")
    monkeypatch.setattr(live, "_latest", store.load(data))


def text(page) -> str:
    return "\n".join(block.proto.body for block in page.get("html"))


@pytest.mark.long
def test_every_state_is_asked_to_tell_and_the_link_leads_to_the_address(with_address):
    for iso3 in ("LAO", "NOR"):
        assert "Is this your State? Tell us what is missing or wrong." in text(run_page("states.py", state=iso3))
    contact = text(run_page("sources.py", section="contact"))
    assert "mailto:va@example.org?subject=" in contact and ">va@example.org</a>" in contact
    assert search.index().find("contact").entries["page"][0].address == "sources?section=contact"


@pytest.mark.long
def test_every_link_of_the_footer_leads_to_what_it_names(with_address):
    assert "contact" in navigation.footer(True) and "contact" not in navigation.footer(False)
    for section in navigation.footer(True):
        assert not any("not available here" in each.value for each in run_page("sources.py", section=section).text)


@pytest.mark.long
def test_without_an_address_no_link_leads_to_one(data, monkeypatch):
    set_contact(data, "")
    monkeypatch.setattr(live, "_latest", store.load(data))
    assert "section=contact" not in text(run_page("states.py", state="LAO"))
    assert not [entry for entry in search.index().entries if "section=contact" in entry.address]


@pytest.mark.parametrize("address", ["nobody", "javascript:alert(1)", "http://example.org", 'a@b.org"><script>', "a@b.org c"])
def test_an_address_that_is_none_is_refused(data, address):
    set_contact(data, address)
    with pytest.raises(package.DescriptionError, match="contact"):
        package.read(data)


def test_a_page_may_be_the_address(data, monkeypatch):
    set_contact(data, "https://example.org/write")
    monkeypatch.setattr(live, "_latest", store.load(data))
    assert 'href="https://example.org/write"' in text(run_page("sources.py", section="contact"))
