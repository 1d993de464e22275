"""Numbers, dates and lists stand as documents of the United Nations write them in each language."""

import random
import re
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from dialogue.snapshot import live, reader
from dialogue.snapshot.reader import Reader
from dialogue.views import theme
from dialogue.views.evidence import trends
from dialogue.words import habits, i18n

NUMBERS = {
    "en": ("7", "999", "1,172", "12,345", "1,234,567", "1,234.5", "0.125", "-1,050"),
    "fr": ("7", "999", "1\u202f172", "12\u202f345", "1\u202f234\u202f567", "1\u202f234,5", "0,125", "-1\u202f050"),
}
NUMBERS |= dict.fromkeys(("es", "ar", "ru"), NUMBERS["fr"]) | {"zh": NUMBERS["en"]}
DAYS = {
    "en": ("3 February 2026", "1 August 2010", "December 2026"),
    "fr": ("3 février 2026", "1er août 2010", "décembre 2026"),
    "es": ("3 de febrero de 2026", "1 de agosto de 2010", "diciembre de 2026"),
    "ar": ("3 شباط/فبراير 2026", "1 آب/أغسطس 2010", "كانون الأول/ديسمبر 2026"),
    "ru": ("3 февраля 2026 года", "1 августа 2010 года", "декабрь 2026 года"),
    "zh": ("2026年2月3日", "2010年8月1日", "2026年12月"),
}
LISTS = {
    "en": ("A", "A and B", "A, B and C"),
    "fr": ("A", "A et B", "A, B et C"),
    "es": ("A", "A y B", "A, B y C"),
    "ar": ("A", "A وB", "A وB وC"),
    "ru": ("A", "A и B", "A, B и C"),
    "zh": ("A", "A和B", "A、B和C"),
}


@pytest.mark.parametrize("language", habits.LANGUAGES)
def test_a_number_is_written_with_the_signs_of_its_language(language):
    values = (7, 999, 1172, 12345, 1234567, 1234.5, 0.125, -1050)
    assert tuple(habits.number(value, language) for value in values) == NUMBERS[language]


def test_numbers_of_every_kind_stand_in_english_as_they_always_did():
    rng = random.Random(7)
    for _each in range(400):
        for value in (rng.randint(-(10**7), 10**7), rng.random() * 10 ** rng.randint(0, 6), np.int64(rng.randint(0, 10**6)), Decimal(rng.randint(1, 10**6)) / 100):
            assert habits.number(value, "en") == format_decimal(value, locale="en")
        share, digits = rng.random(), rng.choice([0, 1, 2])
        assert habits.percent(share, digits, "en") == format_percent(round(share, 2 + digits), locale="en", decimal_quantization=False)
    assert all(habits.number(zero, "en") == "0" for zero in (0, 0.0, -0.0001))


def test_a_share_parts_from_its_sign_where_the_language_does_so():
    said = {language: (habits.percent(0.57, 0, language), habits.percent(0.314, 1, language)) for language in habits.LANGUAGES}
    assert said["en"] == ("57%", "31.4%") and said["ar"] == ("57%", "31,4%") and said["zh"] == said["en"]
    assert said["fr"] == said["es"] == said["ru"] == ("57\u202f%", "31,4\u202f%")


@pytest.mark.parametrize("language", habits.LANGUAGES)
def test_a_date_is_written_in_the_words_and_the_order_of_its_language(language):
    three = (habits.day(date(2026, 2, 3), language), habits.day(date(2010, 8, 1), language), habits.month(date(2026, 12, 1), language))
    assert three == DAYS[language]


def test_each_arabic_month_ends_with_the_name_that_programs_know():
    for n, name in enumerate(habits.ARABIC_MONTHS, 1):
        known = format_date(date(2026, n, 1), "MMMM", locale="ar")
        assert name.split("/")[1][:4].rstrip("و") == known[:4].rstrip("و"), name


@pytest.mark.parametrize("language", habits.LANGUAGES)
def test_a_script_writes_dates_as_the_server_does(language):
    words = habits.date_words(language)
    for n in range(1, 13):
        for d in (1, 2, 31 if n == 12 else 28):
            told = words["day"].format(d=words["first"] if d == 1 and words["first"] else d, m=words["months"][n - 1], y=2026)
            assert told == habits.day(date(2026, n, d), language)
        alone = words["alone"] or words["months"]
        assert words["month"].format(m=alone[n - 1], y=2026) == habits.month(date(2026, n, 1), language)


@pytest.mark.parametrize("language", habits.LANGUAGES)
def test_a_list_joins_its_last_part_as_the_language_does(language):
    assert tuple(habits.listing("ABC"[:n], language) for n in (1, 2, 3)) == LISTS[language]
    assert habits.listing([], language) == ""


def test_and_gives_way_in_spanish_before_the_sound_of_i():
    assert habits.listing(["Líbano", "Iraq"], "es") == "Líbano e Iraq"
    assert habits.listing(["Líbano", "Irlanda", "Yemen"], "es") == "Líbano, Irlanda y Yemen"
    assert habits.listing(["cobre", "hierro"], "es") == "cobre y hierro"


def test_signs_before_a_number_keep_their_side_where_the_text_runs_right_to_left():
    assert habits.minimum("60", "fr") == "≥\u202f60" and habits.minimum("60", "ar") == "\u2066≥\u202f60\u2069"


def test_a_number_read_aloud_is_one_number():
    assert habits.spoken("≥\u202f23\u202f082 en 1\u202f234\u202f567 jours, 57\u202f%") == "≥\u202f23082 en 1234567 jours, 57\u202f%"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_figure_is_drawn_with_the_signs_of_its_sentences_and_read_aloud_without_them(language):
    with reader.reading(Reader(live.latest(), language)):
        decimal, thousands = theme.plotly_template("light").layout.separators
        assert i18n.number(1234567.5) == f"1{thousands}234{thousands}567{decimal}5"
        assert not re.search(r"\d\u202f\d", trends.world_cluster_munitions().alt)


@pytest.mark.parametrize(
    ("language", "parts", "pair", "name"),
    [
        ("en", "A; B", "A: B", "“A”"),
        ("fr", "A\u202f; B", "A\u00a0: B", "«\u202fA\u202f»"),
        ("es", "A; B", "A: B", "“A”"),
        ("ar", "A؛ B", "A: B", "«A»"),
        ("ru", "A; B", "A: B", "«A»"),
        ("zh", "A；B", "A：B", "“A”"),
    ],
)
def test_parts_of_a_sentence_are_joined_with_the_signs_of_its_language(language, parts, pair, name):
    with reader.reading(Reader(live.latest(), language)):
        assert (i18n.semicolons("AB"), i18n.colon("A", "B"), i18n.quoted("A")) == (parts, pair, name)
