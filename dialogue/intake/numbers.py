"""Numbers as people and programs write them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from dialogue.intake.dates import century, read_date, say_day
from dialogue.intake.forms import LONGEST_NUMBER, NONE, NOTHING, Reading, is_year
from dialogue.intake.texts import BLANKS, unquoted
from dialogue.tables.package import Field

CUT_NUMBER = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE][+-]?\d{1,3}")
AT_LEAST = re.compile(
    r"^(?:[≥≧⩾>]\s*=?|at least|no fewer than|not less than|min(?:imum)?\.?|more than|over|above|au moins|plus de|al menos|más de)\s*",
    re.I,
)
ABOUT = re.compile(
    r"^(?:[~≈∼±]|about|approx(?:imately|\.)?|around|circa|ca?\.?(?=[\s\d])|some|nearly|almost|est(?:imated|\.)?|environ|env\.|unos|cerca de)\s*",
    re.I,
)
AT_MOST = re.compile(
    r"^(?:[≤≦⩽<]\s*=?|at most|up to|less than|fewer than|under|below|max(?:imum)?\.?)\s*", re.I
)
NUMBER = re.compile(
    rf"([-−])?(\d{{1,3}}(?:({BLANKS}|['’.,])\d{{3}})(?:\3\d{{3}})*|\d+)(?:([.,])(\d+))?", re.ASCII
)
MORE_THAN = re.compile(r"^(?:>(?!\s*=)|more than|over|above|plus de|más de)", re.I)  # one more, where persons are counted
UNCLEAR = "point and comma can be read in two ways; write the number without separators of thousands"


class Numbers:
    """Reads the numbers of one table, whose columns are `names`.

    `commas`: the file separates its cells by semicolons, as programs do where a comma is the decimal sign.
    """

    def __init__(self, names: Sequence[str], commas: bool) -> None:
        self.names, self.commas = names, commas

    def read(self, spec: Field, reading: Reading) -> None:
        text = reading.text
        if re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
            return
        if len(text) > LONGEST_NUMBER:
            return
        whole = spec.type == "integer"
        bare = unquoted(text)
        bare = re.sub(r"^['’](?=\d)", "", bare) if not is_year(spec) else bare
        if bare != text:
            reading.did.append("quotation marks taken off")
        digits = "".join(str(unicodedata.digit(c)) if not c.isascii() and c.isdecimal() else c for c in bare)
        if digits != bare:
            reading.did.append("digits written as 0 to 9")
        text = reading.text = digits
        matched = NUMBER.fullmatch(text)
        if matched:
            self._figure(spec, reading, matched, whole)
            return
        if CUT_NUMBER.fullmatch(text):
            reading.rule = (
                "the spreadsheet has cut digits off a long number; write it in full, as in the source"
            )
            return
        self._words(spec, reading, whole)

    def _figure(self, spec: Field, reading: Reading, matched: re.Match, whole: bool) -> None:
        """A number with separators: taken where it can be one number only."""
        minus, figure, group, point, fraction = matched.groups()
        minus = "-" if minus else ""
        groups = figure.count(group) if group else 0
        if group and figure.startswith("0") and group in ".,":
            point, fraction, figure, group = group, figure[2:], "0", None
            if matched[4]:
                reading.rule = UNCLEAR
                return
        if group and point == group:
            reading.rule = UNCLEAR
            return
        bare = figure.replace(group, "") if group else figure
        if group in (".", ",") and groups == 1 and not point:
            other = f"{figure.replace(group, '.')}"
            if whole and (group == "." or self.commas):
                sign = "point" if group == "." else "comma"
                reading.rule = f"the {sign} can separate thousands or decimals"
                reading.hint = f"write {bare} if it separates thousands; {other} is not a whole number"
                return
            if not whole and (group == "," or self.commas):
                sign = "point" if group == "." else "comma"
                reading.rule = f"the {sign} can separate thousands or decimals"
                reading.hint = f"write {bare} or {other}"
                return
            if not whole:
                point, fraction, bare, group = ".", figure.partition(".")[2], figure.partition(".")[0], None
        if group:
            reading.did.append("the separator of thousands taken out")
        if point:
            if whole and fraction.strip("0"):
                reading.rule = "must be a whole number"
                return
            if whole:
                reading.did.append("decimals of zero taken off")
                fraction = ""
            elif point == ",":
                reading.did.append("a decimal comma written as a decimal point")
        zeros = bare.lstrip("0") or "0"
        if zeros != bare:
            reading.did.append("leading zeros taken off")
        reading.text = minus + zeros + (f".{fraction}" if fraction else "")

    def _words(self, spec: Field, reading: Reading, whole: bool) -> None:
        """A number with words or signs around it, or words in its place: ask."""
        text = reading.text
        folded = text.casefold().strip("()[] ")
        if folded in NOTHING or folded in NONE:
            empty = "leave the row out" if spec.required else "leave the cell empty"
            reading.rule = f"is not a number; where there is no information, {empty}, and never write 0"
            if folded in NONE:
                reading.rule += " (0 says that the source counted and found none)"
            return
        days = read_date(text)
        if days:
            rule = "is a date; a year is meant here" if is_year(spec) else "is a date; a number is meant here"
            reading.rule, reading.hint = rule, f"write {days[0][:4]}" if is_year(spec) else ""
            return
        if is_year(spec):
            years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
            reading.rule = "is not one year; write the year with four digits"
            if len(years) == 1:
                reading.hint = f"write {years[0]} if that is meant"
            elif re.fullmatch(r"['’]\d\d", text):
                reading.hint = f"write 20{text[1:]} if that is meant"
            return
        if text.endswith("%"):
            number = self._plain(text[:-1], spec, whole)
            reading.rule = "write the number without the percent sign"
            reading.hint = f"write {number}" if number else ""
            return
        if re.fullmatch(r"[\d.,]+", text):
            reading.rule = UNCLEAR
            return
        parts = re.fullmatch(r"(.+?)\s*(?:[-–—‒]|\bto\b|\bbis\b|\bà\b|\.\.\.?)\s*(.+)", text)
        if parts:
            low, high = (self._plain(part, spec, whole) for part in parts.groups())
            if low and high:
                reading.rule, reading.hint = self._range(low, high)
                return
        for pattern, kind in ((AT_LEAST, "minimum"), (ABOUT, "estimate"), (AT_MOST, "")):
            rest = pattern.sub("", text, count=1)
            if rest != text and (number := self._plain(rest, spec, whole)):
                if whole and MORE_THAN.match(text):
                    number = str(int(number) + 1)
                reading.rule, reading.hint = self._qualified(number, kind)
                return
        if re.search(r"\d\s*\+$", text) and (number := self._plain(text.rstrip("+ "), spec, whole)):
            reading.rule, reading.hint = self._qualified(number, "minimum")
            return
        number = re.match(rf"-?\d[\d.,'’]*(?:{BLANKS}\d{{3}})*", text)
        if number and (found := self._plain(number[0].rstrip(".,"), spec, whole)):
            rest = text[number.end() :]
            if re.match(rf"{BLANKS}*\d", rest):
                reading.rule = "a space stands inside the number; write it without"
            elif rest[0].isalpha() or rest[0] in " ?*†‡([\u00a0\u202f\u2009":
                reading.rule = "is more than a number; write the number alone and the remark in column note"
                reading.hint = f"write {found} if it is certain"

    def _qualified(self, number: str, kind: str) -> tuple[str, str]:
        if not kind:
            return (
                "an upper limit is not a number of persons; leave it out or say it in column note",
                "",
            )
        if "count_type" in self.names:
            return "is more than a number: its kind belongs in column count_type", (
                f"write {number} here and {kind} in column count_type"
            )
        return "is more than a number: what stands around it belongs in column note", f"write {number} here"

    def _range(self, low: str, high: str) -> tuple[str, str]:
        if "count_high" in self.names:
            return "is a range; write its lower end here and its upper end in column count_high", (
                f"write {low} here and {high} in column count_high"
            )
        kind = " and minimum in column count_type" if "count_type" in self.names else ""
        return (
            f"is a range; write its lower end here{kind}, and the range in column note",
            f"write {low} here",
        )

    def _plain(self, text: str, spec: Field, whole: bool) -> str:
        """The number that a text is, or ""."""
        inner = Reading(text.strip().strip("().").strip())
        matched = NUMBER.fullmatch(inner.text)
        if not matched:
            return ""
        self._figure(spec, inner, matched, whole)
        return "" if inner.rule else inner.text


def other_year(text: str) -> str:
    """What a year out of range was probably meant to be."""
    if re.fullmatch(r"\d\d", text):
        return f"write {century(text)} if that is meant"
    if re.fullmatch(r"[34]\d{4}", text):
        day = (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
        return f"a spreadsheet keeps {say_day(day)} as this number: write {day[:4]} if that is meant"
    return ""
