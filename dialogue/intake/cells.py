"""Understand one cell that a spreadsheet program made.

A cell is taken as it stands, or put in the form of the tables where it can mean
one thing only (and that is noted), or refused with a sentence that says what to
write. `Cells` decides the form; whether a value is allowed is `check`'s to say.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from dialogue.intake import dates, othercodes
from dialogue.intake.dates import months, say_day
from dialogue.intake.forms import Reading, is_partial_date, is_year
from dialogue.intake.guard import CELL_LIMIT
from dialogue.intake.lookup import Lookup
from dialogue.intake.numbers import AT_LEAST, CUT_NUMBER, Numbers, other_year
from dialogue.intake.reading import Cell
from dialogue.intake.texts import (
    BLANKS,
    BREAK,
    CONTROL,
    DIRECTION,
    ENDS,
    ERRORS,
    FOREIGN,
    FORMULA,
    LOST,
    NEUTRALISED,
    NO_WIDTH,
    PRIVATE,
    fold,
    from_right,
    mended,
    plainly,
    unquoted,
    without_entities,
)  # fmt: skip
from dialogue.tables import check, write
from dialogue.tables.package import Description, Field, Table
from dialogue.tables.rows import CONFIDENTIAL, NOT_WRITTEN, Checked, read_cell, shorten

ERROR = "is an error of the spreadsheet program, not a value; write the value itself"
ENCODING = (
    "was read in a wrong encoding on the way; save the file as “CSV UTF-8”, XLSX or ODS and write the cell anew"
)


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
        self.table, self.tick = table, tick
        self.secret = table.file in CONFIDENTIAL
        self.rows = current.rows if current else {}
        self.lookup = Lookup(table, description, self.rows)
        self.names = [f.name for f in table.fields]
        self.numbers = Numbers(self.names, commas)
        self.notes: dict[tuple[str, object], tuple[list[str], str]] = {}
        self.doubtful: dict[str, set[str]] = {}  # codes that mean another State in the system that the file uses
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
            return None, self._rule(better) if better else self._offered(spec, rule)
        if rule := self._other_code(spec, reading.text):
            return None, rule
        if reading.text and spec.name == "iso3" and self.lookup.is_place(spec) and reading.text not in self.lookup.codes(spec):
            better = self._explain(spec, reading.text, NO_PLACE)
            return None, self._rule(better) if better else NO_PLACE
        if reading.text in self.doubtful.get(spec.name, ()):
            return None, AMBIGUOUS
        if reading.did:
            self.notes[spec.name, cell] = (reading.did, reading.text)
        return value, ""

    def _rule(self, reading: Reading) -> str:
        hint = "" if self.secret else reading.hint
        return f"{reading.rule}; {hint}" if hint else reading.rule

    def _offered(self, spec: Field, rule: str) -> str:
        """A rule of a confidential table with the codes that may stand there; nothing of the cell is repeated."""
        codes = self.lookup.codes(spec) if self.secret else {}
        if not codes or "enum" in spec.constraints:
            return rule
        if len(codes) <= FEW:
            return f"is no code of this column; it must be one of {', '.join(codes)}"
        code, name = next(iter(codes.items()))
        return f"is no code of this column; write a code such as {code} ({name})" if name else rule

    def _judge(self, spec: Field, schema_field, text: str) -> tuple:
        allowed = spec.constraints.get("enum")
        if allowed and text and text not in allowed and not self._hint(spec):
            return None, f"must be one of {', '.join(allowed)}"
        return read_cell(spec, schema_field, text)

    def _hint(self, spec: Field) -> bool:
        """Whether to look for the nearest thing once more: a search takes long, and 50 slips are no slips."""
        self._hints[spec.name] = self._hints.get(spec.name, 0) + 1
        return self._hints[spec.name] <= check.HINTS

    def look_over(self, grid: Sequence[tuple[int, list]]) -> None:
        """Look at the codes of States of a whole table: where some are of another system, all may be."""
        for at, spec in enumerate(self.table.fields):
            if spec.name != "iso3" or not self.lookup.is_place(spec):
                continue
            codes = self.lookup.codes(spec)
            given = {str(row[at]) for _, row in grid}
            used = [
                system for system, known in othercodes.SYSTEMS.items()
                if any(code in known and code not in codes for code in given)
            ]  # fmt: skip
            self.doubtful[spec.name] = {
                code for code in given & codes.keys() if any(othercodes.SYSTEMS[s].get(code, code) != code for s in used)
            }

    # ---- forms ----

    def read(self, spec: Field, cell: str | Cell) -> Reading:
        """The cell in the form of the table, before it is judged."""
        if isinstance(cell, Cell):
            found = self._special(spec, cell)
            if found:
                return self._dated(spec, found)
        reading = Reading(str(cell))
        self._clean(spec, reading)
        if reading.rule or not reading.text:
            return reading
        if spec.type in ("integer", "number"):
            if isinstance(cell, Cell):
                if spec.type == "integer" and not re.fullmatch(r"-?\d+", reading.text):
                    reading.rule = "must be a whole number"
            else:
                self.numbers.read(spec, reading)
        elif is_partial_date(spec):
            dates.put_in_form(spec, reading)
            self._dated(spec, reading)
        else:
            self._text(spec, reading, isinstance(cell, Cell))
        return reading

    def _dated(self, spec: Field, reading: Reading) -> Reading:
        """Ask about days that mean “no date”, where the table does not hold them already."""
        if is_partial_date(spec) and dates.no_date(reading.text) and reading.text not in self.known(spec):
            reading.rule, reading.hint = dates.NO_DATE, ""
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
            if not numeric:
                return Reading(
                    rule="is a share that the spreadsheet shows with a percent sign and keeps as another number; write it as text",
                    hint=f"write {shown}% as text",
                )
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
            serial = str((date.fromisoformat(text[:10]) - date(1899, 12, 30)).days)
            if is_year(spec):
                # 2024 in a cell with a date format looks like 16 July 1905
                year = serial if 1900 <= int(serial) <= 2100 else text[:4]
                return Reading(rule="is a date; a year is meant here", hint=f"write {year}")
            return Reading(
                rule="is a date; a number is meant here, and the spreadsheet program may have changed what was typed",
                hint=f"the cell holds {say_day(text[:10])}, which it keeps as {serial}: write the number as in the source",
            )
        if not is_partial_date(spec):
            return Reading(
                rule="is a date of the spreadsheet program, which may have made it from another text; write the text as in the source",
                hint=f"it holds {say_day(text[:10])}",
            )
        day = text[:10]
        serial = (date.fromisoformat(day) - date(1899, 12, 30)).days
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
        found = Reading(day, ["a date of the spreadsheet program written as YYYY-MM-DD"])
        if kind == "moment":
            hour, minute, second = map(float, text[11:].split(":"))
            found.text = dates.round_moment(day, 3600 * hour + 60 * minute + second, found)
        return found if found.rule else dates.likely(found)

    def _clean(self, spec: Field, reading: Reading) -> None:
        """Blanks and characters that nobody sees; text that was damaged on the way."""
        text, did = reading.text, reading.did
        if len(text) >= CELL_LIMIT:
            reading.rule = (
                f"is longer than the {CELL_LIMIT:,} characters that a spreadsheet cell holds; shorten it"
            )
            return
        if text.isascii() and text.isprintable() and text == text.strip() and text[:1] not in "'=+-@#":
            if "  " not in text and "&" not in text and "?" not in text:
                return
        if "&" in text and text not in self.known(spec) and (plain := without_entities(text)) != text:
            text = plain
            did.append("signs of web pages (&amp; and the like) written as letters")
        # before blanks are taken off: some of the wrong letters are blanks
        if FOREIGN.search(text) and text not in self.known(spec):
            reading.rule = ENCODING
            return
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
        if (found := PRIVATE.search(text)) and text not in self.known(spec):
            reading.rule = f"holds a sign that only one font knows (U+{ord(found[0]):04X}); write the letter or sign that is meant"
            return
        if NO_WIDTH.search(text):
            text = NO_WIDTH.sub("", text)
            did.append("characters of no width taken out")
        if DIRECTION.search(text) and text not in self.known(spec) and not from_right(text):
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
            reading.rule = "letters with accents were lost on the way; save the file as “CSV UTF-8”, XLSX or ODS"
            reading.hint = f"it is probably “{shorten(self.lost(spec)[text])}”"
        elif "://" not in text and spec.type == "string" and LOST.search(text):
            reading.rule = "has a question mark inside a word: was a letter lost on the way? Write the word anew"
        elif (usual := self.plainly(spec).get(plainly(text))) is not None:
            reading.text = usual
            did.append("quotation marks, dashes and spaces put back as the table has them")

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
        elif re.fullmatch(r"0?[.,]\d+", text) and self._shares(spec):
            reading.rule = "is a share below 1 where the table writes percents; write it as the source does"
            reading.hint = f"write {float(text.replace(',', '.')) * 100:.10g}% if that is meant"
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
            return Reading(rule=rule, hint=other_year(text))
        if spec.type != "string" or not text or is_partial_date(spec):
            return None
        if self.secret:
            return None
        if not self.lookup.names(spec):
            return self._example(spec, text, rule)
        code = self.lookup.code(spec, text)
        place = self.lookup.is_place(spec)
        if not code and place and (elsewhere := self._elsewhere(spec, text)):
            return elsewhere
        if not code and (place or "did you mean" not in rule) and self._hint(spec):
            code = self.lookup.nearest(spec, text)
            if code:
                return Reading(
                    rule="is not a code", hint=self.lookup.write(spec, code, "did you mean ") + "?"
                )
        if not code:
            return Reading(rule=NO_PLACE) if place else self._example(spec, text, rule)
        allowed = spec.constraints.get("enum")
        rule = f"must be one of {', '.join(allowed)}" if allowed else _not_a_code(code, text)
        return Reading(rule=rule, hint=self.lookup.write(spec, code))

    def _elsewhere(self, spec: Field, text: str) -> Reading | None:
        """The sentence for a code of another system, as of the Olympic Committee."""
        found = {
            code: systems for code, systems in othercodes.meanings(text.upper()).items() if code in self.lookup.codes(spec)
        }
        if not found or not text.isascii():
            return None
        said = [f"{self.lookup.write(spec, code)} if it is the code of {', '.join(s)}" for code, s in found.items()]
        return Reading(rule="is no ISO code of a State, but a code of another system", hint="; ".join(said))

    def _example(self, spec: Field, text: str, rule: str) -> Reading | None:
        """For a form that is only described: how the table writes it."""
        if not rule.startswith(NOT_WRITTEN):
            return None
        pattern, known = spec.constraints.get("pattern", ""), sorted(self.known(spec))
        slug = "-".join(fold(text).split())
        hint = f"for example “{known[len(known) // 2]}”" if known else ""
        if slug and len(slug) < 80 and re.fullmatch(pattern, slug):
            hint = f"for example “{slug}”"
        return Reading(rule=f"is not in the form of this column ({spec.description.rstrip('.')})", hint=hint) if hint else None

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

    def _shares(self, spec: Field) -> bool:
        """Whether a column of text holds percents."""
        return any(text.endswith("%") for text in self.known(spec))

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


AMBIGUOUS = "is the ISO code of one State and, in the system of other codes in this file, the code of another; which is meant? Write all codes as ISO codes"
FEW = 12  # codes that a message lists
NO_PLACE = "is no State of the table States and no area of the table Areas; write the code of one that stands there"


def _not_a_code(code: str, text: str) -> str:
    return "is not how the code is written" if fold(code) == fold(text) else "is a name, not the code"
