"""Every interface text can be translated without touching a page."""

import shutil
import subprocess
from collections import OrderedDict

import pytest
from babel.messages.pofile import read_po, write_po

from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import Reader
from dialogue.views import theme
from dialogue.words import habits, i18n, languages, translating
from tests.browser import ROOT
from tests.support import body, read, run_page


@pytest.mark.long
def test_the_template_holds_every_text_also_those_inside_f_strings():
    """A text put together inside the call (`_(f"…")`) could not be translated: it is refused with its line."""
    assert translating.TEMPLATE.read_bytes() == translating.template(), "run python -m dialogue translate extract"
    assert b'msgid "as of {date}"' in translating.template()


@pytest.mark.parametrize("code", [code for code in languages.known() if i18n.catalogue_file(code).is_file()])
def test_a_catalogue_has_the_braces_of_its_messages_and_the_figures_of_its_texts_and_passes_msgfmt(code, tmp_path):
    assert translating.problems(code) == [] and translating.wrong_figures(code) == []
    if shutil.which("msgfmt"):
        ran = subprocess.run(["msgfmt", "--check", "-o", tmp_path / "messages.mo", i18n.catalogue_file(code)], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr


@pytest.fixture
def other_language(monkeypatch, tmp_path):
    """A catalogue that puts every text between marks, so that a text left out shows."""
    template = read_po((ROOT / "dialogue" / "locale" / "messages.pot").open("rb"))
    for message in template:
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else message.id
            marked = [f"«{text}»" for text in ids]
            message.string = marked[0] if isinstance(message.id, str) else tuple(marked)
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, template)
    i18n._catalogue.cache_clear()
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    monkeypatch.setattr(live.latest(), "_kept", OrderedDict())
    yield
    i18n._catalogue.cache_clear()


def test_a_catalogue_changes_the_words_of_a_page(other_language):
    ran = run_page("overview.py")
    words = body(ran)
    assert '<h1 class="va-finding va-page">«' in words
    assert any(toggle.label == "«Table»" for toggle in ran.toggle)


def test_numbers_and_partial_dates_are_written_for_readers():
    assert i18n.number(1172) == "1,172"
    assert i18n.number(60, "minimum") == "≥\u202f60"
    assert i18n.number(None) == "–"
    assert [i18n.day(d) for d in ("2026", "2025-06", "2025-09-05")] == ["2026", "June 2025", "5 September 2025"]
    assert i18n.the_state("LAO").startswith("the Lao")


def test_thousands_are_written_alike_in_numbers_and_in_figures_drawn():
    decimal, thousands = theme.plotly_template("light").layout.separators
    assert i18n.number(1234567) == f"1{thousands}234{thousands}567" and decimal == "."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Lebanon", "in Lebanon", "of Lebanon", "to the United States of America"]),
        ("fr", ["le Liban", "au Liban", "du Liban", "aux États-Unis d’Amérique"]),
        ("ar", ["لبنان", "في لبنان", "لبنان", "إلى الولايات المتحدة الأمريكية"]),
    ],
)
def test_a_state_stands_in_a_sentence_with_its_article_and_preposition(language, said):
    with reader.reading(Reader(live.latest(), language)):
        assert [i18n.the_state("LBN"), i18n.in_state("LBN"), i18n.of_state("LBN"), i18n.to_state("USA")] == said


def test_every_state_has_a_name_in_the_six_languages_and_its_forms_where_they_are_kept():
    states = {row["iso3"]: row for row in read("states")}
    for language in habits.LANGUAGES:
        with reader.reading(Reader(live.latest(), language)):
            names = {iso3: i18n.state(iso3) for iso3 in states}
        assert len(set(names.values())) == len(states)
        assert language in ("en", "fr", "es") or not set(names.values()) & {row["name_en"] for row in states.values()}
    forms = [row for row in read("state_names") if row["the_state"]]
    assert not [row for row in forms if not (row["in_state"] and row["of_state"] and row["to_state"])]
    for language in {row["language"] for row in forms}:
        assert {row["iso3"] for row in forms if row["language"] == language} >= set(states)
