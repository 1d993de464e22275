"""What a reader sees when they arrive by an address, and what the address says when they have chosen."""

import pytest
from streamlit.testing.v1 import AppTest

from dialogue.screen import address
from dialogue.words import i18n
from tests.support import run_page


def note(app: AppTest) -> str:
    return " ".join(text.value for text in app.text if "link" in text.value)


def chosen(app: AppTest) -> dict[str, object]:
    widgets = [*app.selectbox, *app.multiselect, *app.get("button_group"), *app.get("select_slider")]
    return {widget.key: widget.value for widget in widgets}


MEANT = {"show": "victims", "year": "2022", "region": "asia"}


@pytest.mark.parametrize(
    "given",
    [
        MEANT,
        {"show": "victims", "amp;year": "2022", "amp;region": "asia"},
        {"show": "victims", "amp;amp;year": "2022", "#38;region": "asia"},
        {"show": "victims&amp;year=2022&amp;region=asia"},
        {"show": "victims&#38;year=2022&#38;region=asia"},
        {"show=victims&year=2022&region=asia": ""},
        {"show%3Dvictims%26year%3D2022%26region%3Dasia": ""},
        {"show": "victims®ion=asia", "year": "2022"},
        {"show": "victims%26amp%3Byear%3D2022", "region": "asia"},
        {"show": "New victims in a year", "year": "2022", "region": "Asia"},  # labels, as in links of the first release
        {"show": "%56ictims", "year": "2022", "region": "ASIA", "utm_source": "letter", "fbclid": "x"},
    ],
    ids=str,
)
def test_a_link_is_read_as_it_was_meant_however_it_was_written(given):
    app = run_page("affected_states.py", **given)
    assert {"show": "victims", "year": 2022, "region": "asia"}.items() <= chosen(app).items()
    assert not note(app)


@pytest.mark.parametrize("name", ["state", "show"])
def test_codes_and_labels_of_every_option_are_understood(name):
    regions = {"world": "World"} | {code: i18n.label("region", code) for code in i18n.codes("region")}
    for code, label in regions.items():
        for text in (code, label, label.upper()):
            found, unknown = [], []
            address._understand(name, text, {name: regions}, found, unknown)
            assert found == [(name, code)] and not unknown


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"show": "rubbish"}, "show=rubbish"),
        ({"shwo": "victims"}, "shwo=victims"),
        ({"show": "victims", "amp;yaer": "2022"}, "yaer=2022"),
        ({"region": ["asia", "europe"]}, "region=europe"),
        ({"state": ["LBN", "IRQ"]}, "state=IRQ"),
    ],
    ids=str,
)
def test_a_reader_is_told_what_of_a_link_was_not_understood(given, named):
    app = run_page("affected_states.py", **given)
    assert f"“{named}”" in note(app)
    assert "amp;" not in note(app)
    # the address no longer asks for what is not shown
    assert named not in str(app.query_params) and "yaer" not in app.query_params
    assert not note(app.run())


@pytest.mark.parametrize("script", ["overview.py", "new_use.py", "sources.py", "search.py"])
def test_every_page_names_a_parameter_it_does_not_know(script):
    assert "“hsow=7”" in note(run_page(script, hsow="7"))


def test_the_plain_address_stays_until_something_is_chosen_and_then_holds_codes():
    app = run_page("new_victims.py")
    assert not app.query_params
    app.run()
    assert not app.query_params
    app.get("button_group")[0].set_value("states").run()
    assert "states" in app.query_params["view"] and "all" in app.query_params["group"]
    assert "data" in app.query_params
    (group,) = (box for box in app.selectbox if box.key == "group")
    group.set_value("twelve").run()
    assert "twelve" in app.query_params["group"]


def test_repeated_values_are_kept_where_a_page_shows_several():
    app = run_page("obligations.py", states=["LAO", "IRQ"], status="met")
    assert chosen(app)["states"] == ["LAO", "IRQ"] and not note(app)
    app = run_page("obligations.py", states="LAO,IRQ")
    assert chosen(app)["states"] == ["LAO", "IRQ"] and not note(app)
