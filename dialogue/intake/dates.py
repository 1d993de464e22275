"""Dates as people and programs write them."""

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale

from dialogue.intake.forms import LONGEST_NUMBER, NOTHING, Reading
from dialogue.intake.texts import fold, unquoted
from dialogue.tables.package import Field

LANGUAGES = ("en", "fr", "es")


def put_in_form(spec: Field, reading: Reading) -> None:
    """Write a date as YYYY-MM-DD, YYYY-MM or YYYY where it can be one date only; else ask."""
    text = unquoted(reading.text)
    if text != reading.text:
        reading.did.append("quotation marks taken off")
    reading.text = text
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
        if len(text) == 10 and not is_day(text):
            reading.rule = "is not a date of the calendar"
        else:
            likely(reading)
        return
    if re.fullmatch(r"(19|20)\d\d[.,]0+", text):
        reading.text = text[:4]
        reading.did.append("decimals of zero taken off")
        return
    midnight = re.sub(r"[T ]0?0:00(:00(\.0+)?)?Z?$", "", text)
    if midnight != text:
        text = midnight
        reading.did.append("the time of day left out")
    elif re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", text):
        text = text[:10]
        reading.did.append("the time of day left out")
    if re.fullmatch(r"\d{5}", text):
        day = (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
        reading.rule = "is how a spreadsheet keeps a day as a number; write the date as YYYY-MM-DD"
        if "1950" < day < "2100":
            reading.hint = f"it stands for {say_day(day)}: write {day} if that is meant"
        return
    days = read_date(text)
    if not days:
        reading.text = text
        reading.rule = "is not written as YYYY-MM-DD, YYYY-MM or YYYY"
        together = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text)
        if together and is_day(day := "-".join(together.groups())):
            reading.hint = f"write {day} if {say_day(day)} is meant"
        elif text.casefold() in NOTHING and not spec.required:
            reading.hint = "leave the cell empty where the date is not known"
        return
    if len(days) == 1 and re.fullmatch(
        r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4}", text
    ):
        reading.text = days[0]
        reading.did.append("the date written as YYYY-MM-DD")
        likely(reading)
    elif is_day(text):
        reading.text = text
        likely(reading)
    elif len(days) > 1:
        reading.rule = "day and month can be told apart in two ways; write the date as YYYY-MM-DD"
        reading.hint = " or ".join(f"{day} for {say_day(day)}" for day in days)
    else:
        reading.rule = "is not written as YYYY-MM-DD, YYYY-MM or YYYY"
        reading.hint = f"write {days[0]} if {say_day(days[0])} is meant"


def likely(reading: Reading) -> Reading:
    """A year far from our time is a slip of the keyboard or of the program."""
    year = int(reading.text[:4])
    if not 1900 <= year <= 2100 and reading.text:
        reading.rule = "is far from our time; write the year with its four digits"
    return reading


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as YYYY-MM-DD."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def say_day(text: str) -> str:
    """A date or a month in words."""
    names = Locale("en").months["format"]["wide"]
    year, *rest = text.split("-")
    words = [names[int(rest[0])]] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) > 1 else []), *words, str(int(year))])


def read_date(text: str) -> list[str]:
    """What a date can mean, as YYYY-MM-DD or YYYY-MM; empty for what is no date."""
    text = text.strip().rstrip(".")
    if len(text) > LONGEST_NUMBER:
        return []
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", text, re.ASCII):
        return _days(found[1], [(found[4], found[3])])
    if found := re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", text, re.ASCII):
        first, second = found[1], found[3]
        return _days(century(found[4]), [(first, second), (second, first)])
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})|(\d{4})[/.](\d{1,2})", text, re.ASCII):
        month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        return [f"{year}-{int(month):02}"] if 1 <= int(month) <= 12 else []
    name = rf"({months()})\.?"
    if found := re.fullmatch(
        rf"(\d{{1,2}})(?:st|nd|rd|th|er|º)?[-/. ]+(?:de )?{name}(?:[-/., ]+(?:de )?)(\d{{4}}|\d\d)",
        text,
        re.I,
    ):
        return _days(century(found[3]), [(found[1], _month(found[2]))])
    if found := re.fullmatch(rf"{name}[-/. ]+(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}})", text, re.I):
        return _days(found[3], [(found[2], _month(found[1]))])
    if found := re.fullmatch(rf"{name}(?:[-/., ’']+(?:de )?)(\d{{4}}|\d\d)", text, re.I):
        return [f"{century(found[2])}-{int(_month(found[1])):02}"]
    return []


def century(year: str) -> str:
    return year if len(year) == 4 else ("20" if int(year) < 50 else "19") + year


def _days(year: str, pairs: list[tuple[str, str]]) -> list[str]:
    found = [f"{int(year):04}-{int(month):02}-{int(day):02}" for day, month in pairs]
    return [day for day in dict.fromkeys(found) if is_day(day)]


@cache
def _months() -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        for width in ("abbreviated", "wide"):
            for number, name in Locale(language).months["format"][width].items():
                name = name.rstrip(".").casefold()
                found[name] = found[fold(name)] = str(number)
    return found | {"sept": "9"}


def _month(name: str) -> str:
    return _months()[name.rstrip(".").casefold()]


@cache
def months() -> str:
    """The names of months, for a pattern."""
    return "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
