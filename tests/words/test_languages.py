"""Which languages appear, who reads in which, and what an address says of it."""

import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from starlette.requests import Request

from dialogue.screen import frame
from dialogue.snapshot import live, queries, reader, texts
from dialogue.snapshot.reader import Reader
from dialogue.views import addresses, catalogue
from dialogue.views.evidence import trends
from dialogue.web import server
from dialogue.words import i18n, languages, translating
from tests.support import changed, read


def asked(path: str, query: str = "", wished: str = "") -> str:
    """The HTML that the server begins a page with."""
    headers = [(b"accept-language", wished.encode()), (b"host", b"example.org")]
    request = Request({"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers, "root_path": ""})
    answer = server._answer(request, path)
    assert "Accept-Language" in answer.headers.get("vary", "") or answer.status_code == 404
    return answer.body.decode()


def test_a_language_appears_when_it_has_a_catalogue_and_all_its_labels():
    written = {code for code in languages.known() if i18n.catalogue_file(code).is_file()}
    whole = {code for code in written if not languages.missing(code, live.latest())}
    assert set(languages.offered()) == {"en"} | whole
    assert list(languages.offered())[0] == "en"


@pytest.fixture
def in_russian(monkeypatch, tmp_path):
    """The dashboard with a small made-up catalogue in Russian, all labels filled."""
    text = Catalog(locale="ru", charset="utf-8")
    text.add("New victims", "Новые пострадавшие")
    text.add(("{n} State Party", "{n} States Parties"), ("{n} государство-участник", "{n} государства-участника", "{n} государств-участников"))
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    out = BytesIO()
    write_po(out, text)
    (folder / "messages.po").write_bytes(out.getvalue())
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    i18n._catalogue.cache_clear()
    shown = changed(live.latest(), "labels", lambda rows: [row | {"ru": f"«{row['en']}»"} for row in rows])
    monkeypatch.setattr(live, "_latest", shown)
    yield
    i18n._catalogue.cache_clear()


def test_a_russian_catalogue_dropped_in_makes_the_language_appear(in_russian):
    assert list(languages.offered()) == ["en", "ru"]
    with reader.reading(Reader(live.latest(), "ru")):
        assert i18n._("New victims") == "Новые пострадавшие" and i18n.state("LBN") == "Ливан" and i18n.label("cause", "all").startswith("«")
        said = [i18n.ngettext("{n} State Party", "{n} States Parties", n).format(n=i18n.number(n)) for n in (1, 3, 5, 21, 1172)]
        assert said == ["1 государство-участник", "3 государства-участника", "5 государств-участников", "21 государство-участник", "1\u202f172 государства-участника"]
        assert languages.notice() and "1\u202f172" in trends.world_cluster_munitions().table.to_string()
    page = asked("/new-victims", wished="ru-RU,ru;q=0.9,en;q=0.8")
    assert '<html lang="ru" dir="ltr"' in page and "<title>Новые пострадавшие" in page


def test_a_language_with_a_label_missing_stays_away(in_russian, monkeypatch):
    shown = changed(live.latest(), "labels", lambda rows: [row | {"ru": None if row["code"] == "LAP" else row["ru"]} for row in rows])
    monkeypatch.setattr(live, "_latest", shown)
    assert list(languages.offered()) == ["en"] and languages.missing("ru", shown) == ["instrument: LAP", "instrument_short: LAP"]


def test_a_review_takes_the_notice_away(in_russian, monkeypatch):
    read = {"reviewed_by": "A. Reader, United Nations", "reviewed_on": "2026-12-01"}
    shown = changed(live.latest(), "languages", lambda rows: [row | (read if row["code"] == "ru" else {}) for row in rows])
    monkeypatch.setattr(live, "_latest", shown)
    with reader.reading(Reader(shown, "ru")):
        assert languages.notice() == ""


@pytest.mark.parametrize(
    ("address", "wished", "code"),
    [
        (None, None, "en"), (None, "en-US,en;q=0.9", "en"), (None, "de, fr-CH;q=0.8, en;q=0.5", "fr"), (None, "en;q=0.5, ar-LB", "ar"), (None, "es;q=0, en", "en"),
        ("ar", "fr", "ar"), ("en", "fr", "en"), ("tlh", "fr", "fr"), (None, "fr;q=much, es", "es"), (None, "*", "en"), (None, ",;q=,", "en"),
    ],
)  # fmt: skip
def test_the_address_decides_on_the_language_and_then_the_browser(address, wished, code, monkeypatch):
    offered = {each: languages.Language(each, each, False) for each in ("en", "fr", "es", "ar")}
    monkeypatch.setattr(languages, "offered", lambda: offered)
    assert languages.of(address, wished) == code


def test_a_page_begins_in_the_language_and_the_direction_of_its_link():
    if len(languages.offered()) > 1:
        assert '<html lang="fr" dir="ltr"' in asked("/", "lang=fr", "en") and '<html lang="ar" dir="rtl"' in asked("/obligations", "lang=ar")
        assert 'hreflang="ar" href="?lang=ar"' in asked("/", "lang=fr")
    assert '<html lang="en" dir="ltr"' in asked("/", "lang=en", "fr") and '<html lang="en" dir="ltr"' in asked("/")
    assert '<html lang="en" dir="ltr"' in asked("/no-such-page", "lang=en", "fr")


def test_an_address_made_for_a_reader_carries_the_language_unless_it_is_english():
    assert addresses.for_reader("new-victims?year=2024") == "new-victims?year=2024"
    with reader.reading(Reader(live.latest(), "ar")):
        assert addresses.for_reader("new-victims?year=2024") == "new-victims?year=2024&lang=ar"
        assert addresses.for_reader("states") == "states?lang=ar"


def test_a_page_in_one_language_leads_to_the_same_page_in_the_others_and_says_that_nobody_reviewed_it(in_russian):
    with reader.reading(Reader(live.latest(), "ru")):
        head = frame._languages()
    assert 'href="?lang=en"' in head and 'hreflang="ru" aria-current=true' in head and "va-unreviewed" in head
    with reader.reading(Reader(live.latest(), "en")):
        assert "va-unreviewed" not in frame._languages()


WORDY = (
    "overview.headlines overview.changes trends.world_cluster_munitions trends.world_pair obligations.by_indicator new_use.attacks victims.four_states"
    " questions.support instruments.joining approach.together plan.follows"
).split()


def numbers_in(text: str) -> list[str]:
    """The numbers of a text without their signs, each as often as it stands there."""
    grouped = re.sub(r"(?<=\d)[\u202f,](?=\d{3}(?!\d))", "", text)
    return sorted(re.findall(r"\d+(?:[.,]\d+)?", grouped))


@pytest.mark.parametrize("code", [code for code in languages.offered() if code != "en"])
def test_a_finding_holds_the_same_numbers_in_every_language(code):
    for name in WORDY:
        needed = {each.name: catalogue.allowed(name, each.name)[0] for each in catalogue.get(name).parameters if each.default is None}
        plain = catalogue.build(name, needed)
        with reader.reading(Reader(live.latest(), code)):
            spoken = catalogue.build(name, needed)
        assert numbers_in(spoken.title) == numbers_in(plain.title), (name, spoken.title)
        assert len(spoken.table) == len(plain.table)


def test_a_text_of_the_tables_is_read_in_another_language_and_falls_back_to_english(monkeypatch, tmp_path):
    first, second = list(dict.fromkeys(queries.run("good_practices")["description"]))[:2]
    found = Catalog(locale="es", charset="utf-8")
    found.add(first, "Una práctica")
    out = BytesIO()
    write_po(out, found)
    path = tmp_path / "es.po"
    path.write_bytes(out.getvalue())
    monkeypatch.setattr(texts, "file", lambda _language: path)
    shown = changed(live.latest(), "labels", lambda rows: rows)  # nothing kept yet
    with reader.reading(Reader(shown, "es")):
        told = list(queries.run("good_practices")["description"])
    assert "Una práctica" in told and first not in told and f"[EN] {second}" in told
    with reader.reading(Reader(shown, "ar")):
        assert f"\u2066[EN] {second}\u2069" in list(queries.run("good_practices")["description"])
    gaps = texts.missing("es", shown)["good_practices"]
    assert gaps[0] == gaps[1] - 1
    with reader.reading(Reader(shown)):
        assert first in list(queries.run("good_practices")["description"])


def test_no_code_is_taken_for_a_text_of_the_tables():
    codes = {row["code"] for row in read("labels")}
    assert not codes & {text for table in texts.english(live.latest()).values() for text in table}


@pytest.mark.parametrize(("told", "found"), [("314 muertos en 2024", []), ("341 muertos en 2024", ["314"]), ("314 muertos en 2023", ["2023, 2024"])])
def test_a_translated_text_with_another_figure_is_found(monkeypatch, told, found):
    monkeypatch.setattr(texts, "catalogue", lambda _code: {"314 casualties in 2024": told})
    assert [problem.rpartition(": ")[2] for problem in translating.wrong_figures("es")] == found
