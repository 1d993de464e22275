"""Understand one cell that a spreadsheet program made.

A cell is taken as it stands, or put in the form of the tables where it can mean
one thing only (and that is noted), or refused with a sentence that says what to
write. `Cells` decides the form; whether a value is allowed is `check`'s to say.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

from babel import Locale
from babel.core import get_global

from dialogue.intake.sheets import CELL_LIMIT, Cell
from dialogue.tables import check, write
from dialogue.tables.package import Description, Field, Table
from dialogue.tables.rows import CONFIDENTIAL, Checked, read_cell, shorten

LANGUAGES = ("en", "fr", "es")
LONGEST_NUMBER = 40  # characters; what is longer is no number and not looked at as one
# Characters that nobody sees and that are no blanks to Python.
UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
# Cells come from outside and may be long: these are taken off without a pattern that would go over them again and again.
ENDS = UNSEEN + "".join(filter(str.isspace, map(chr, range(0x3001))))
NO_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad]")
# What turns or joins letters: nobody sees it, and no text of Latin letters needs it.
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?<=[ -\u024f])[\u200c\u200d]")
BREAK = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
BLANKS = "[ \u00a0\u2007\u2009\u200a\u202f]"
QUOTES = "\"'“”„‟«»‘’‚‹›`´"
ERRORS = re.compile(
    r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BUSY!|NV|BEZUG!|WERT!|NOM\?|VALEUR!"
    r"|¡?REF!|¿NOMBRE\?|¡VALOR!|ZAHL!|NOMBRE!|¡NUM!|¡DIV/0!|#+)|Err:5\d\d",
    re.I,
)
FORMULA = re.compile(r"[=@]|[+-](?=[^\s]*[(|!])|\+(?=[A-Za-z])")
NEUTRALISED = re.compile(r"'(?=[=+\-@\t\r])")
CUT_NUMBER = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE][+-]?\d{1,3}")
PARTIAL_DATE = r"\d{4}(-(0[1-9]|1[0-2])"

NOTHING = frozenset(
    "na n.a. n.a n/a nd n.d. n.d n/d s/d sd nr n/r n/k nk - -- --- – — ? ?? ??? . .. ... … * / x none nil null unknown unk"
    " tbc tbd tba missing inconnu inconnue desconocido desconocida aucun ninguno".split()
) | {
    "not available",
    "not known",
    "not reported",
    "not recorded",
    "no data",
    "no information",
    "not applicable",
    "sin datos",
}
NONE = frozenset("none nil aucun ninguno zero cero zéro".split())
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

# Names in everyday use that are in neither the tables nor Unicode's lists; understood, never shown.
EVERYDAY = {
    "ivory coast": "CIV", "lao pdr": "LAO", "lao": "LAO", "burma": "MMR", "swaziland": "SWZ", "cape verde": "CPV",
    "east timor": "TLS", "drc": "COD", "dr congo": "COD", "democratic republic of congo": "COD",
    "south korea": "KOR", "republic of korea": "KOR", "north korea": "PRK", "dprk": "PRK", "macedonia": "MKD",
    "czech republic": "CZE", "turkey": "TUR", "holland": "NLD", "usa": "USA", "us": "USA", "uk": "GBR",
    "great britain": "GBR", "uae": "ARE", "bosnia": "BIH", "bih": "BIH", "palestine": "PSE", "car": "CAF",
}  # fmt: skip


@dataclass
class Reading:
    """What a cell says in the form of the tables.

    `did`: what was done, for a note; `rule`: why it is refused, and `hint` what to
    write instead. Only `hint` may repeat what the cell or the data hold.
    """

    text: str = ""
    did: list[str] = field(default_factory=list)
    rule: str = ""
    hint: str = ""


class Cells:
    """Judges the cells of one table. Call it as `rows.collect` does; `notes` then tells what was done.

    `current` are the tables as they stand: names and codes are looked up there, and
    a text that stands there already is taken as it is. `commas` says that the file
    separates its cells by semicolons, as programs do where a comma is the decimal sign.
    """

    def __init__(
        self,
        table: Table,
        description: Description,
        current: Checked | None = None,
        commas: bool = False,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self.table, self.commas, self.tick = table, commas, tick
        self.secret = table.file in CONFIDENTIAL
        self.rows = current.rows if current else {}
        self.lookup = Lookup(table, description, self.rows)
        self.names = [f.name for f in table.fields]
        self.notes: dict[tuple[str, object], tuple[list[str], str]] = {}
        self._known: dict[str, set[str]] = {}
        self._lost: dict[str, dict[str, str]] = {}
        self._plainly: dict[str, dict[str, str]] = {}
        self._hints: dict[str, int] = {}

    def __call__(self, spec: Field, schema_field, cell: str | Cell) -> tuple:
        """Value and broken rule (or "") of a cell."""
        self.tick()
        reading = self.read(spec, cell)
        if reading.rule:
            return None, self._rule(reading)
        value, rule = self._judge(spec, schema_field, reading.text)
        if rule:
            better = self._explain(spec, reading.text, rule)
            return None, self._rule(better) if better else rule
        if rule := self._other_code(spec, reading.text):
            return None, rule
        if reading.did:
            self.notes[spec.name, cell] = (reading.did, reading.text)
        return value, ""

    def _rule(self, reading: Reading) -> str:
        hint = "" if self.secret else reading.hint
        return f"{reading.rule}; {hint}" if hint else reading.rule

    def _judge(self, spec: Field, schema_field, text: str) -> tuple:
        allowed = spec.constraints.get("enum")
        if allowed and text and text not in allowed and not self._hint(spec):
            return None, f"must be one of {', '.join(allowed)}"
        return read_cell(spec, schema_field, text)

    def _hint(self, spec: Field) -> bool:
        """Whether to look for the nearest thing once more: a search takes long, and 50 slips are no slips."""
        self._hints[spec.name] = self._hints.get(spec.name, 0) + 1
        return self._hints[spec.name] <= check.HINTS

    # ---- forms ----

    def read(self, spec: Field, cell: str | Cell) -> Reading:
        """The cell in the form of the table, before it is judged."""
        if isinstance(cell, Cell):
            found = self._special(spec, cell)
            if found:
                return found
        reading = Reading(str(cell))
        self._clean(spec, reading)
        if reading.rule or not reading.text:
            return reading
        if spec.type in ("integer", "number"):
            if isinstance(cell, Cell):
                if spec.type == "integer" and not re.fullmatch(r"-?\d+", reading.text):
                    reading.rule = "must be a whole number"
            else:
                self._number(spec, reading)
        elif is_partial_date(spec):
            self._date(spec, reading)
        else:
            self._text(spec, reading, isinstance(cell, Cell))
        return reading

    def _special(self, spec: Field, cell: Cell) -> Reading | None:
        """Cells that are neither text nor a plain number; None for those to be read on."""
        numeric = spec.type in ("integer", "number")
        kind, text = cell
        if kind == "formula":
            return Reading(
                rule="is a formula; formulas are never worked out here: write the value in its place"
            )
        if kind == "error":
            return Reading(rule=ERROR)
        if kind == "boolean" and not (spec.constraints.get("enum") or numeric):
            return Reading(
                rule="is a truth value of the spreadsheet program, not a text; write the word as text"
            )
        if kind == "boolean":
            hint = ""
            if {"yes", "no"} <= set(spec.constraints.get("enum", [])):
                hint = f"write {'yes' if text == 'TRUE' else 'no'}"
            return Reading(rule="is a truth value of the spreadsheet program", hint=hint)
        if kind == "percent":
            shown = f"{float(text) * 100:.10g}"
            return Reading(
                rule="is a share that the spreadsheet shows with a percent sign; write the number alone, as text or plain number",
                hint=f"write {shown}",
            )
        if kind == "time":
            return Reading(rule="is a time of day; " + ("write a number" if numeric else "write it as text"))
        if kind not in ("date", "moment", "part"):
            return None
        if text in self.known(spec):
            return Reading(text)
        if numeric:
            serial = str((date.fromisoformat(text) - date(1899, 12, 30)).days)
            if is_year(spec):
                # 2024 in a cell with a date format looks like 16 July 1905
                year = serial if 1900 <= int(serial) <= 2100 else text[:4]
                return Reading(rule="is a date; a year is meant here", hint=f"write {year}")
            return Reading(
                rule="is a date; a number is meant here, and the spreadsheet program may have changed what was typed",
                hint=f"the cell holds {say_day(text)}, which it keeps as {serial}: write the number as in the source",
            )
        if not is_partial_date(spec):
            return Reading(
                rule="is a date of the spreadsheet program, which may have made it from another text; write the text as in the source",
                hint=f"it holds {say_day(text)}",
            )
        serial = (date.fromisoformat(text) - date(1899, 12, 30)).days
        if 1900 <= serial <= 2100:
            return Reading(
                rule="is a number that the spreadsheet shows as a date",
                hint=f"if the year is meant, write {serial}",
            )
        if kind == "part":
            return Reading(
                rule="is a date of which the spreadsheet shows only a part: is the day known?",
                hint=f"write {text} if it is, {text[:7]} if only the month is known",
            )
        did = ["a date of the spreadsheet program written as YYYY-MM-DD"]
        if kind == "moment":
            did.append("the time of day left out")
        return self._likely(Reading(text, did))

    def _clean(self, spec: Field, reading: Reading) -> None:
        """Blanks and characters that nobody sees; text that was damaged on the way."""
        text, did = reading.text, reading.did
        if len(text) >= CELL_LIMIT:
            reading.rule = (
                f"is longer than the {CELL_LIMIT:,} characters that a spreadsheet cell holds; shorten it"
            )
            return
        if text.isascii() and text.isprintable() and text == text.strip() and text[:1] not in "'=+-@#":
            if "  " not in text and ("?" not in text or text not in self.lost(spec)):
                return
        # before blanks are taken off: some of the wrong letters are blanks
        right = mended(text)
        if right and text not in self.known(spec):
            reading.rule = ENCODING
            reading.hint = f"it is probably “{shorten(right)}”" if right != text else ""
            return
        trimmed = text.strip(ENDS)
        if trimmed != text:
            text = trimmed
            did.append("spaces at the ends taken off")
        if BREAK.search(text):
            text = " ".join(filter(None, (part.strip(" \t") for part in BREAK.split(text))))
            did.append("a line break inside the cell replaced by a space")
        if "\t" in text:
            text = " ".join(filter(None, (part.strip() for part in text.split("\t"))))
            did.append("a tab inside the cell replaced by a space")
        if (found := CONTROL.search(text)) and text not in self.known(spec):
            reading.rule = (
                "holds “�”: a letter was lost on the way; write it anew"
                if found[0] == "\ufffd"
                else "holds a character that is not text; write the cell anew"
            )
            return
        if NO_WIDTH.search(text):
            text = NO_WIDTH.sub("", text)
            did.append("characters of no width taken out")
        if DIRECTION.search(text) and text not in self.known(spec) and not _from_right(text):
            text = DIRECTION.sub("", text)
            did.append("marks of the writing direction taken out")
        composed = unicodedata.normalize("NFC", text)
        if composed != text:
            text = composed
            did.append("letters and accents put together")
        reading.text = text
        if NEUTRALISED.match(text):
            reading.text = text = text[1:]
        if not text or text in self.known(spec):
            return
        if ERRORS.fullmatch(text):
            reading.rule = ERROR
        elif FORMULA.match(text) and not AT_LEAST.match(text):
            reading.rule = f"begins with {text[0]}, as a formula does; formulas are never worked out here: write the value itself"
        elif text in self.lost(spec):
            reading.rule = "letters with accents were lost on the way; save the file as “CSV UTF-8” or XLSX"
            reading.hint = f"it is probably “{shorten(self.lost(spec)[text])}”"
        elif (usual := self.plainly(spec).get(plainly(text))) is not None:
            reading.text = usual
            did.append("quotation marks, dashes and spaces put back as the table has them")

    def _number(self, spec: Field, reading: Reading) -> None:
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

    def _date(self, spec: Field, reading: Reading) -> None:
        text = unquoted(reading.text)
        if text != reading.text:
            reading.did.append("quotation marks taken off")
        reading.text = text
        if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
            if len(text) == 10 and not is_day(text):
                reading.rule = "is not a date of the calendar"
            else:
                self._likely(reading)
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
            self._likely(reading)
        elif is_day(text):
            reading.text = text
            self._likely(reading)
        elif len(days) > 1:
            reading.rule = "day and month can be told apart in two ways; write the date as YYYY-MM-DD"
            reading.hint = " or ".join(f"{day} for {say_day(day)}" for day in days)
        else:
            reading.rule = "is not written as YYYY-MM-DD, YYYY-MM or YYYY"
            reading.hint = f"write {days[0]} if {say_day(days[0])} is meant"

    def _likely(self, reading: Reading) -> Reading:
        """A year far from our time is a slip of the keyboard or of the program."""
        year = int(reading.text[:4])
        if not 1900 <= year <= 2100 and reading.text:
            reading.rule = "is far from our time; write the year with its four digits"
        return reading

    def _text(self, spec: Field, reading: Reading, number: bool) -> None:
        text = reading.text
        if text in self.known(spec):
            return
        limits = spec.constraints
        pattern = limits.get("pattern", "")
        coded = "enum" in limits or pattern or self.lookup.codes(spec)
        if coded:
            bare = unquoted(re.sub(BLANKS, " ", text)).removeprefix("'")
            bare = NO_WIDTH.sub("", bare)
            if bare != text and self._is_code(spec, bare):
                reading.text = bare
                reading.did.append("quotation marks and special spaces taken off")
                return
        digits = re.fullmatch(r"\^\\d\{(\d+)\}\$", pattern)
        if digits and re.fullmatch(r"\d+(\.0)?", text) and len(text.removesuffix(".0")) < int(digits[1]):
            reading.rule = f"leading zeros were lost? It has {digits[1]} digits"
            reading.hint = f"write {text.removesuffix('.0').zfill(int(digits[1]))}"
            return
        if CUT_NUMBER.fullmatch(text):
            reading.rule = (
                "the spreadsheet has cut digits off a long number; write it in full, as in the source"
            )
        elif re.fullmatch(rf"\d{{1,2}}-(?:{months()})\.?|(?:{months()})\.?-\d\d", text, re.I):
            reading.rule = "looks like a date that the spreadsheet program has made of another text; write the text as in the source"
        elif number and "." in text:
            reading.did.append("a number written as text (a last zero may be lost)")

    def _is_code(self, spec: Field, text: str) -> bool:
        limits = spec.constraints
        if "enum" in limits:
            return text in limits["enum"]
        if codes := self.lookup.codes(spec):
            return text in codes
        return bool(re.fullmatch(limits.get("pattern", ""), text))

    # ---- suggestions ----

    def _explain(self, spec: Field, text: str, rule: str) -> Reading | None:
        """A better sentence than the rule, where a name stands for a code."""
        if is_year(spec) and rule.startswith("must be from"):
            return Reading(rule=rule, hint=_other_year(text))
        if spec.type != "string" or not text or is_partial_date(spec):
            return None
        if self.secret or not self.lookup.names(spec):
            return None
        code = self.lookup.code(spec, text)
        if not code and "did you mean" not in rule and self._hint(spec):
            code = self.lookup.nearest(spec, text)
            if code:
                return Reading(
                    rule="is not a code", hint=self.lookup.write(spec, code, "did you mean ") + "?"
                )
        if not code:
            return None
        allowed = spec.constraints.get("enum")
        rule = f"must be one of {', '.join(allowed)}" if allowed else _not_a_code(code, text)
        return Reading(rule=rule, hint=self.lookup.write(spec, code))

    def _other_code(self, spec: Field, text: str) -> str:
        """The sentence for a text that may stand here, but is a name of one of the codes that are wanted."""
        codes = self.lookup.codes(spec)
        if self.secret or spec.type != "string" or not codes or not text or text in codes:
            return ""
        if not self.lookup.target(spec) and not (self.known(spec) and self.known(spec) <= codes.keys()):
            return ""
        code = self.lookup.code(spec, text)
        if not code or code == text:
            return ""
        return f"{_not_a_code(code, text)}; {self.lookup.write(spec, code)}"

    # ---- what stands in the table ----

    def known(self, spec: Field) -> set[str]:
        """The texts of a column as the table has them now."""
        if spec.name not in self._known:
            at = self.names.index(spec.name) + 1
            values = {row[at] for row in self.rows.get(self.table.name, ())}
            self._known[spec.name] = {write.cell(value) for value in values if value is not None}
        return self._known[spec.name]

    def lost(self, spec: Field) -> dict[str, str]:
        """Texts of the column by what is left of them where an encoding has no accents."""
        if spec.name not in self._lost:
            self._lost[spec.name] = {
                text.encode("ascii", "replace").decode(): text
                for text in self.known(spec)
                if not text.isascii()
            }
        return self._lost[spec.name]

    def plainly(self, spec: Field) -> dict[str, str]:
        """Texts of the column by their plain form, which typing aids do not change."""
        if spec.name not in self._plainly:
            found: dict[str, set[str]] = {}
            for text in self.known(spec):
                found.setdefault(plainly(text), set()).add(text)
            self._plainly[spec.name] = {form: one for form, (one, *more) in found.items() if not more}
        return self._plainly[spec.name]


class Lookup:
    """The codes that a column may hold and the names they go by."""

    def __init__(self, table: Table, description: Description, rows: dict[str, list[tuple]]) -> None:
        self.table, self.description, self.rows = table, description, rows
        self._codes: dict[str, dict[str, str]] = {}
        self._names: dict[str, dict[str, set[str]]] = {}

    def codes(self, spec: Field) -> dict[str, str]:
        """Code and name of everything that may stand in a column; empty for free text."""
        if spec.name not in self._codes:
            self._codes[spec.name] = dict(self._find(spec))
        return self._codes[spec.name]

    def _find(self, spec: Field) -> Iterator[tuple[str, str]]:
        target = self.target(spec)
        if target:
            for other, column in target:
                for row in self._dicts(other):
                    yield (
                        row[column],
                        next((row[n] for n in NAMES if row.get(n)), "") or self._label(column, row[column]),
                    )
        elif "enum" in spec.constraints:
            for code in spec.constraints["enum"]:
                yield code, self._label(spec.name, code)
        else:
            for (name, code), labels in self.labels.items():
                if name == spec.name:
                    yield code, labels[0]

    def target(self, spec: Field) -> list[tuple[str, str]]:
        """Tables and columns that a column refers to."""
        found = [(other, to) for column, other, to in self.table.foreign_keys if column == spec.name]
        if not found and spec.name == "iso3" and self.table.name not in ("states", "areas"):
            found = [("states", "iso3"), ("areas", "iso3")]
        return [
            (other, to)
            for other, to in found
            if other in self.description.tables and other != self.table.name
        ]

    def _dicts(self, name: str) -> Iterator[dict]:
        columns = [f.name for f in self.description.tables[name].fields]
        for row in self.rows.get(name, ()):
            yield {column: write.cell(value) for column, value in zip(columns, row[1:], strict=True)}

    @cached_property
    def labels(self) -> dict[tuple[str, str], list[str]]:
        """Labels in all languages by (list, code)."""
        found = {}
        if "labels" in self.description.tables:
            for row in self._dicts("labels"):
                found[row["list"], row["code"]] = [row[n] for n in LANGUAGES if row.get(n)]
        return found

    def _label(self, name: str, code: str) -> str:
        labels = self.labels.get((name, code))
        if labels is None:
            labels = next((texts for (_, other), texts in self.labels.items() if other == code), [""])
        return labels[0] if labels else ""

    def names(self, spec: Field) -> dict[str, set[str]]:
        """Codes by every name they go by, folded."""
        if spec.name not in self._names:
            found: dict[str, set[str]] = {}

            def add(name: str, code: str) -> None:
                for form in (name, re.sub(r"\([^)]*\)", "", name)):
                    if words := fold(form):
                        found.setdefault(words, set()).add(code)

            for code in self.codes(spec):
                add(code, code)
            for other, column in self.target(spec):
                for row in self._dicts(other):
                    for name in NAMES:
                        add(row.get(name, ""), row[column])
            enum = spec.constraints.get("enum")
            for (name, code), labels in self.labels.items():
                # a list of this column first; codes of other lists may read the same and mean something else
                if code in self.codes(spec) and (name == spec.name or enum):
                    for label in labels:
                        add(label, code)
            if any(other == "states" for other, _ in self.target(spec)):
                for code in self.codes(spec):
                    for name in country_names(code):
                        add(name, code)
                for name, code in EVERYDAY.items():
                    if code in self.codes(spec):
                        found.setdefault(name, set()).add(code)
            self._names[spec.name] = found
        return self._names[spec.name]

    def code(self, spec: Field, text: str) -> str:
        """The one code that a text is a name of, or ""."""
        words = fold(text)
        for form in (words, words.removeprefix("the ")):
            codes = self.names(spec).get(form, set())
            if len(codes) == 1:
                return next(iter(codes))
        return ""

    def nearest(self, spec: Field, text: str) -> str:
        """The code whose name is most like a text, or ""."""
        near = difflib.get_close_matches(fold(text), list(self.names(spec)), 1, 0.8)
        codes = self.names(spec)[near[0]] if near else set()
        return next(iter(codes)) if len(codes) == 1 else ""

    def write(self, spec: Field, code: str, before: str = "write ") -> str:
        """“write LAO (Lao People’s Democratic Republic)”."""
        name = self.codes(spec).get(code, "")
        return f"{before}{code} ({name})" if name and name != code else f"{before}{code}"


NAMES = ("name_en", "name_fr", "name_es", "name", "title", "term_en", "label", "summary")
ERROR = "is an error of the spreadsheet program, not a value; write the value itself"
ENCODING = (
    "was read in a wrong encoding on the way; save the file as “CSV UTF-8” or XLSX and write the cell anew"
)
UNCLEAR = "point and comma can be read in two ways; write the number without separators of thousands"


def _not_a_code(code: str, text: str) -> str:
    return "is not how the code is written" if fold(code) == fold(text) else "is a name, not the code"


def _from_right(text: str) -> bool:
    """Whether a text has letters of a script that is written from the right."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") and char.isalpha() for char in text)


def unquoted(text: str) -> str:
    """A text without the quotation marks around it."""
    around = len(text) > 1 and text[0] in QUOTES and text[-1] in QUOTES
    return text.strip(QUOTES).strip() if around else text


def is_partial_date(spec: Field) -> bool:
    """Whether a column holds dates of which the day or month may be left out."""
    return spec.type == "string" and spec.constraints.get("pattern", "").lstrip("^(").startswith(PARTIAL_DATE)


def is_year(spec: Field) -> bool:
    """Whether a column holds years as numbers."""
    return spec.type == "integer" and (spec.unit == "year" or spec.constraints.get("minimum", 0) >= 1900)


def _other_year(text: str) -> str:
    """What a year out of range was probably meant to be."""
    if re.fullmatch(r"\d\d", text):
        return f"write {_century(text)} if that is meant"
    if re.fullmatch(r"[34]\d{4}", text):
        day = (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
        return f"a spreadsheet keeps {say_day(day)} as this number: write {day[:4]} if that is meant"
    return ""


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
        return _days(_century(found[4]), [(first, second), (second, first)])
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})|(\d{4})[/.](\d{1,2})", text, re.ASCII):
        month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        return [f"{year}-{int(month):02}"] if 1 <= int(month) <= 12 else []
    name = rf"({months()})\.?"
    if found := re.fullmatch(
        rf"(\d{{1,2}})(?:st|nd|rd|th|er|º)?[-/. ]+(?:de )?{name}(?:[-/., ]+(?:de )?)(\d{{4}}|\d\d)",
        text,
        re.I,
    ):
        return _days(_century(found[3]), [(found[1], _month(found[2]))])
    if found := re.fullmatch(rf"{name}[-/. ]+(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}})", text, re.I):
        return _days(found[3], [(found[2], _month(found[1]))])
    if found := re.fullmatch(rf"{name}(?:[-/., ’']+(?:de )?)(\d{{4}}|\d\d)", text, re.I):
        return [f"{_century(found[2])}-{int(_month(found[1])):02}"]
    return []


def _century(year: str) -> str:
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


@cache
def country_names(iso3: str) -> tuple[str, ...]:
    """What a country is called in everyday English, French and Spanish, and its code of two letters."""
    two = (get_global("territory_aliases").get(iso3) or [""])[0]
    names = [Locale(language).territories.get(two, "") for language in LANGUAGES]
    return tuple(name for name in (*names, two) if name)


def fold(text: str) -> str:
    """The words of a text without accents, capitals and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", bare))


PLAIN = str.maketrans(
    {c: '"' for c in "“”„‟«»"} | {c: "'" for c in "‘’‚‹›`´"} | {c: "-" for c in "–—‒−"} | {"…": "..."}
)


def plainly(text: str) -> str:
    """A text as a typewriter has it."""
    return " ".join(text.translate(PLAIN).replace("--", "-").split())


# UTF-8 read as Windows-1252: a letter with accent or a quotation mark becomes two or three others.
_AFTER = (
    "".join(bytes([b]).decode("cp1252", "replace") for b in range(0x80, 0xC0)).replace("\ufffd", "")
    + "\x81\x8d\x8f\x90\x9d"
)
_DAMAGED = re.compile(
    f"(?:[ÂÃÄÅ][{re.escape(_AFTER)}]|â[€‚„][{re.escape(_AFTER)}]|(?:[ÐÑØÙ][{re.escape(_AFTER)}]){{2,}})"
)
_BYTES = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(256)}


def mended(text: str) -> str:
    """The text that was meant where UTF-8 was read as Windows-1252; "" where nothing is wrong.

    The text itself where something is wrong that cannot be mended.
    """
    if text.isascii():
        return ""
    right = text
    for _ in range(2):  # it can have happened twice
        again = _DAMAGED.sub(_right, right)
        if again == right:
            break
        right = again
    # a wrong letter whose second half is lost: no language of the tables has this one before a small letter
    return right if right != text or re.search(r"Ã(?![A-ZÀ-Þ])", text) else ""


def _right(found: re.Match) -> str:
    try:
        right = bytes(_BYTES[char] for char in found[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return found[0]
    return (
        right
        if all(char.isalpha() or char in "\u00a0«»–—‘’“”…€™·°ºª§±×²³½¡¿©®´¸" for char in right)
        else found[0]
    )
