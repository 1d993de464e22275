"""Read the cells of a workbook (XLSX, XLSM, XLSB, XLS, ODS), which comes from outside and may be anything.

Values are read by calamine. What it does not tell comes from a second look at the same bytes
(`marks_xlsx`, `marks_ods`, `marks_binary`), which also counts before calamine lays out anything:

- a formula (calamine gives what it last came to, or nothing), an error (it gives an empty cell),
  a share shown in percent, a date of which a part is hidden: XLSX, XLSM, XLSB, XLS, ODS;
- hidden rows: all formats; hidden columns, cells with a comment: all but XLSB;
- struck-out cells: all formats; merged cells: all but XLSB.

Left out: the text of a formula in XLS and XLSB (kept in a code of its own; that it is a formula
suffices), and what LibreOffice's filter leaves in ODS of a program it does not know.
Nothing is worked out, unpacked to disk or followed (links, macros, pictures).
"""

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

import python_calamine as calamine

from dialogue.intake import marks_binary, marks_ods, marks_xlsx
from dialogue.intake.guard import BROKEN, FAULTS, LOCKED, Guard, Marks, Refused, letters, pack, unpack

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORMATS = ("XLSX", "XLSM", "XLSB", "XLS", "ODS")


class Cell(NamedTuple):
    """A cell that is not text.

    `kind`: number, percent, date, moment (a date with a time of day), part (a date
    whose format hides the day or the year), time, boolean, error, formula.
    `text`: what it holds, a date as YYYY-MM-DD, a moment as YYYY-MM-DD HH:MM:SS.
    """

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass
class Sheet:
    """Rows that hold something, as (number on screen, cells); and what the eye does not see."""

    name: str
    hidden: bool = False
    rows: list[tuple[int, list[str | Cell]]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: bool = False
    merged: list[str] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    csv: bool = False
    cut: bool = False  # a CSV whose last line has no line end
    commas: bool = False  # a CSV that separates by semicolons, as where a comma is the decimal sign


def is_workbook(content: bytes) -> bool:
    """Whether a file is packed as workbooks are, whatever its name."""
    return content[:2] == b"PK" or content.startswith(OLE)


class Workbook:
    """A workbook. Raises Refused where it is no sound one or breaks a limit.

    `sheets`: name of each sheet with cells, and whether it is hidden.
    """

    def __init__(self, content: bytes, guard: Guard) -> None:
        self.guard, self.format = guard, "XLSX"
        self.marks: list[Marks] = []
        self.loaded: dict[int, calamine.CalamineSheet] = {}
        with self._sound():
            self.book = calamine.load_workbook(self._looked_at(content))
            kinds = self.book.sheets_metadata
            if len(kinds) != len(self.marks):
                raise ValueError("sheets that were not looked at")
            self.places = [at for at, one in enumerate(kinds) if one.typ is calamine.SheetTypeEnum.WorkSheet]
            visible = calamine.SheetVisibleEnum.Visible
            self.sheets = [(kinds[at].name, kinds[at].visible is not visible) for at in self.places]
        if not self.sheets:
            raise Refused("the workbook has no sheet with cells")

    def read(self, position: int, most: int | None = None) -> Sheet:
        """Read the sheet at `position` of `sheets`; its first `most` rows only."""
        name, hidden = self.sheets[position]
        place = self.places[position]
        marks = self.marks[place]
        sheet = Sheet(
            name, hidden, [], marks.hidden_rows, marks.hidden_columns, [*marks.merged], marks.struck, marks.comments
        )
        self.guard.begin()
        with self._sound():
            if place not in self.loaded:
                self.loaded[place] = self.book.get_sheet_by_index(place)
            for (top, left), (bottom, right) in self.loaded[place].merged_cell_ranges or ():
                sheet.merged.append(f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}")
            for number, cells in self._rows(self.loaded[place], marks):
                self.guard.row(len(cells))
                sheet.rows.append((number, cells))
                if most and len(sheet.rows) >= most:
                    break
        filled = {number for number, _ in sheet.rows}
        sheet.hidden_rows = [number for number in sheet.hidden_rows if number in filled]
        return sheet

    def _rows(self, given: calamine.CalamineSheet, marks: Marks) -> Iterator[tuple[int, list[str | Cell]]]:
        marked = {row for row, _ in marks.cells}
        if given.start is None:
            return
        self.guard.extent(given.total_height, given.total_width)
        for at, values in enumerate(given.iter_rows(), start=1):
            self.guard.time()
            cells: list[str | Cell] = [""] * given.start[1]
            cells += [value if value.__class__ is str else _cell(value) for value in values]
            if at in marked:
                cells += [""] * (marks.last[1] - len(cells))
                for column in range(1, len(cells) + 1):
                    if mark := marks.cells.get((at, column)):
                        cells[column - 1] = _marked(*mark, cells[column - 1])
            while cells and cells[-1] == "":
                cells.pop()
            if cells:
                yield at, [unescape(c) if c.__class__ is str and "_x" in c else c for c in cells]

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Turn whatever a broken file makes of a reader into a sentence."""
        try:
            yield
        except calamine.PasswordError as error:
            raise Refused(LOCKED) from error
        except (calamine.CalamineError, OSError, struct.error, *FAULTS) as error:
            raise Refused(BROKEN.format(format=self.format)) from error
        except BaseException as error:
            if type(error).__module__ != "pyo3_runtime":  # calamine gave up in the middle of a thought
                raise
            raise Refused(BROKEN.format(format=self.format)) from error

    # ---- the second look ----

    def _looked_at(self, content: bytes) -> BytesIO:
        """Go through the file and keep what is to be told beside the values; returns what may be read."""
        if content.startswith(OLE):
            self.format = "XLS"
            self.marks = marks_binary.xls(content, self.guard)
            return BytesIO(content)
        parts = unpack(content, self.guard)
        if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            self.format = "ODS"
            if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
                raise Refused(LOCKED)
            self.marks = marks_ods.read(parts, self.guard).sheets
            return pack({name: parts[name] for name in ("mimetype", "META-INF/manifest.xml", "content.xml")})
        if "xl/workbook.bin" in parts:
            self.format = "XLSB"
            self.marks = marks_binary.xlsb(parts, self.guard)
            return pack(parts)
        names = marks_xlsx.sheets(parts, self.guard)
        if not names:
            raise Refused(marks_xlsx.other_zip(set(parts)) or BROKEN.format(format="XLSX"))
        found = marks_xlsx.marks(
            {name: data for name, data in parts.items() if not name.endswith(".bin")}, self.guard
        )
        self.marks = [found.get(name, Marks()) for name in names]
        return pack({name: data for name, data in parts.items() if name.endswith((".xml", ".rels"))})


def _marked(kind: str, text: str, value: str | Cell) -> Cell:
    """A cell as the second look tells it."""
    if kind == "part":
        return Cell("part", str(value)[:10]) if isinstance(value, Cell) else Cell("time", str(value))
    return Cell(kind, text or str(value))


def _cell(value: object) -> str | Cell:
    """A value that is no text, as calamine gives it."""
    if isinstance(value, bool):
        return Cell("boolean", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Cell("number", plain(value))
    if isinstance(value, datetime):
        return Cell("moment", value.isoformat(" ", "seconds"))
    if isinstance(value, date):
        return Cell("date", value.isoformat())
    if isinstance(value, time | timedelta):
        return Cell("time", str(value))
    raise ValueError(f"a cell of an unknown kind: {type(value)}")


def plain(value: float) -> str:
    """A number as text, without an exponent."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else format(Decimal(text), "f")


def unescape(text: str) -> str:
    """Text in which calamine has left half a letter (a surrogate), which is none and which no file can hold."""
    return re.sub(r"_x[dD][89a-fA-F][0-9A-Fa-f]{2}_", "\ufffd", text)

