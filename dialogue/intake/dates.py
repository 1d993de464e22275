"""Dates as people and programs write them."""

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale

from dialogue.intake.forms import LONGEST_NUMBER, NOTHING, Reading
from dialogue.intake.texts import fold, unquoted
from dialogue.tables.package import Field

LANGUAGES = ("en", "fr", "es")
DAY, MINUTE = 86_400, 60
LEFT_OUT = "the time of day left out"
MOMENT = re.compile(
    r"(.{6,30}?)[T ,]+(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?", re.ASCII
)
# Day zero of Excel, of Excel on old Macintosh computers, of Unix, of other programs; and the last that some can write.
NO_DATES = frozenset(
    "1899-12-30 1899-12-31 1900-01-00 1900-01-01 1900-01-02 1900-01 1900 1904-01-01 1904-01-02 1904-01 1904 1970-01-01 1969-12-31"
    " 1601-01-01 1753-01-01 1858-11-17 2038-01-19 2079-06-06 2099-12-31 1980-01-01 1980-00-00".split()
)


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
    if moment := MOMENT.fullmatch(text):
        day = _moment(moment, reading)
        if reading.rule:
            return
        text = day
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
    if short := re.fullmatch(r"(\d\d)([-/. ])(\d{1,2})\2(\d\d)", text, re.ASCII):
        # the year can stand first too; none that is yet to come is meant
        both = dict.fromkeys([*days, *_days(f"20{short[1]}", [(short[4], short[3])])])
        days = [day for day in both if int(day[:4]) <= date.today().year + 1] or days
        # two digits of a year after the month first, as in America, are asked about
        unsure = days[:1] != _days(f"20{short[4]}", [(short[1], short[3])])
    else:
        unsure = False
    spelt = re.search(r"[^\W\d_]", text) and not re.search(r"\d{4}", text)
    if len(days) == 1 and is_day(days[0]) and text != days[0] and not (spelt or unsure):
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


def _moment(found: re.Match, reading: Reading) -> str:
    """The day of a text with a time of day; asks where that is another day elsewhere."""
    day, hour, minute, second, half, zone = found.groups()
    seconds = 3600 * int(hour) + 60 * int(minute) + float(second or 0)
    if half:
        seconds = seconds % 43_200 + (43_200 if half.casefold().startswith("p") else 0)
    days = read_date(day) if not is_day(day) else [day]
    if len(days) == 1:
        whole = round_moment(days[0], seconds, reading)
        # at midnight elsewhere than in Greenwich it is midnight of that day
        return whole if whole != days[0] else day
    if seconds:
        reading.rule = "is a moment, and its day can be told in two ways; write the date alone, as YYYY-MM-DD"
    else:
        reading.did.append(LEFT_OUT)
    return day


def round_moment(day: str, seconds: float, reading: Reading) -> str:
    """The day of a moment, `seconds` after its midnight: the nearer one within a minute, else it is asked."""
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    if seconds >= DAY - MINUTE:
        reading.did.append("a moment just before midnight, as programs write a day: the next day taken")
        return following
    if seconds <= MINUTE:
        reading.did.append(LEFT_OUT)
        return day
    other = following if seconds >= DAY / 2 else (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    reading.rule = "is a moment, which can be another day elsewhere; write the day of the source"
    reading.hint = f"{day} for {say_day(day)} or {other} for {say_day(other)}"
    return day


def no_date(text: str) -> bool:
    """Whether a day is how programs write that there is none."""
    return text in NO_DATES or text[:4] in ("0000", "0001", "9999")


NO_DATE = (
    "is how programs write that there is no date; leave the cell empty, or write the day that stands in the source"
)


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
