"""Numbers, dates and lists as documents of the United Nations write them, language by language.

Each function takes the language and returns text. A number is put together from its digits and
the signs of the language: in a text that is written already, a comma may be a sign of
thousands, a decimal sign or a comma.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date

NARROW = "\u202f"  # narrow and never broken; between digits it does not part them where the text runs right to left
DECIMALS = 3  # of a number, at most


@dataclass(frozen=True)
class Habits:
    """The signs of a language; patterns of dates are Babel's.

    `last` stands before the last part of a list; `plain` between the others; `quotes` around a name.
    """

    group: str = NARROW
    decimal: str = ","
    percent: str = f"{NARROW}%"
    day: str = "d MMMM y"
    month: str = "MMMM y"
    comma: str = ", "
    semicolon: str = "; "
    colon: str = ": "
    quotes: tuple[str, str] = ("“", "”")
    last: str = " and "
    plain: str = ", "


LANGUAGES = {
    "en": Habits(",", ".", "%"),
    "fr": Habits(semicolon=f"{NARROW}; ", colon="\u00a0: ", quotes=(f"«{NARROW}", f"{NARROW}»"), last=" et "),
    "es": Habits(last=" y ", day="d 'de' MMMM 'de' y", month="MMMM 'de' y"),
    # “and” is written to its word, and before each part
    "ar": Habits(percent="%", comma="، ", semicolon="؛ ", quotes=("«", "»"), last=" و", plain=" و"),
    "ru": Habits(quotes=("«", "»"), last=" и ", day="d MMMM y 'года'", month="LLLL y 'года'"),
    "zh": Habits(",", ".", "%", day="y年M月d日", month="y年M月", comma="、", semicolon="；", colon="：", last="和", plain="、"),
}
# Both names of a month, as documents in Arabic print them; Babel knows the second.
ARABIC_MONTHS = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
    "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
)  # fmt: skip
GROUPED = re.compile(rf"(?<=\d){NARROW}(?=\d{{3}})")
RTL_LETTER = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
E_FOR_Y = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)  # “Líbano e Iraq”, but “cobre y hierro”


def number(value, language: str) -> str:
    """A number, thousands grouped, with up to three decimals; digits are 0 to 9 in every language."""
    habits = LANGUAGES[language]
    whole, _point, decimals = f"{round(abs(Decimal(str(value))), DECIMALS):f}".partition(".")
    first = len(whole) % 3 or 3
    text = habits.group.join([whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))])
    if decimals := decimals.rstrip("0"):
        text += habits.decimal + decimals
    return f"-{text}" if value < 0 and text.strip("0.,") else text


def minimum(text: str, language: str) -> str:
    """A number after “≥”, which is not to be turned round where the text runs right to left."""
    return isolated(f"≥{NARROW}{text}", language)


def percent(share: float, digits: int, language: str) -> str:
    """A share between 0 and 1 as a percentage with at most `digits` decimals."""
    return number(Decimal(str(round(share, 2 + digits))) * 100, language) + LANGUAGES[language].percent


def day(value: date, language: str) -> str:
    """A whole date in words."""
    if language == "ar":
        return f"{value.day} {ARABIC_MONTHS[value.month - 1]} {value.year}"
    text = format_date(value, LANGUAGES[language].day, locale=language)
    return text.replace("1", "1er", 1) if language == "fr" and value.day == 1 else text


def days(first: date, last: date, language: str) -> str:
    """The days from one to another of the same month: “16–19 September 2025”."""
    words = date_words(language)
    start = words["first"] if first.day == 1 and words["first"] else first.day
    return str(words["day"]).format(d=f"{start}–{last.day}", m=words["months"][last.month - 1], y=last.year)


def month(value: date, language: str) -> str:
    """Month and year of a date."""
    if language == "ar":
        return f"{ARABIC_MONTHS[value.month - 1]} {value.year}"
    return format_date(value, LANGUAGES[language].month, locale=language)


def date_words(language: str) -> dict[str, object]:
    """What a script needs to write dates that are known in part, packed small: see ``crosstable.js``.

    months, alone: the names of the months in a date and without a day. day, month: what to fill
    with d, m and y. first: the first of a month.
    """
    habits, of_year = LANGUAGES[language], [date(2001, n, 1) for n in range(1, 13)]
    day_, month_ = ("d MMMM y", "MMMM y") if language == "ar" else (habits.day, habits.month)
    inside, alone = ([format_date(each, name, locale=language) for each in of_year] for name in ("MMMM", "LLLL"))
    if language == "ar":
        inside = alone = ARABIC_MONTHS
    elif language == "zh":
        inside = alone = range(1, 13)
    filled = [re.sub("MMMM|LLLL|M", "{m}", re.sub(r"\bd\b|(?<=月)d", "{d}", text).replace("y", "{y}", 1)).replace("'", "") for text in (day_, month_)]
    return {
        "months": list(inside), "alone": list(alone) if "LLLL" in month_ else [], "day": filled[0], "month": filled[1],
        "first": "1er" if language == "fr" else "",
    }  # fmt: skip


def listing(items: Sequence[str], language: str) -> str:
    """“A, B and C”."""
    habits = LANGUAGES[language]
    if len(items) < 2:
        return "".join(items)
    last = " e " if language == "es" and E_FOR_Y.match(items[-1].lstrip("“«\"")) else habits.last
    return habits.plain.join(items[:-1]) + last + items[-1]


def isolated(text: str, language: str) -> str:
    """A text that keeps its own order, left to right, inside a text that runs right to left."""
    return f"\u2066{text}\u2069" if Locale(language).text_direction == "rtl" else text


def embedded(text: str) -> str:
    """A text for a place that runs left to right: where it holds letters of a language that does not, it keeps its own order."""
    return f"\u2067{text}\u2069" if RTL_LETTER.search(text) else text


def spoken(text: str) -> str:
    """A text to be read aloud: without the narrow space between thousands, at which a screen reader hears two numbers."""
    return GROUPED.sub("", text)
