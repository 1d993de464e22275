"""Read the cells of an XLSX file, which comes from outside and may be anything.

Only what stands in the cells is read, as the spreadsheet program kept it: a
formula as a formula, a date as a date. Nothing is worked out, unpacked to disk
or followed (links, macros, pictures). A general reader gives values only, or is
too slow for a form that answers at once, and stops at no limit.
"""

import posixpath
import re
import time
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000
MAX_UNPACKED = 60_000_000  # bytes of all parts of an XLSX together
MAX_RATIO = 400  # a part that packs better than this holds nothing but repetition
MAX_PARTS = 1_000
SECONDS = 10.0
CELL_LIMIT = 32_767  # characters; a spreadsheet program cuts off what is longer
FORMAT_LIMIT = 255  # characters of a number format
CHUNK = 1 << 16


class Refused(Exception):
    """The file cannot be taken; the message is a sentence that says why."""


class Cell(NamedTuple):
    """A cell that is not text.

    `kind`: number, percent, date, moment (a date with a time of day), part (a date
    whose format hides the day or the year), time, boolean, error, formula.
    `text`: what it holds, a date as YYYY-MM-DD.
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


class Guard:
    """Stops a reading that grows too large or takes too long."""

    def __init__(self, rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS, seconds=SECONDS) -> None:
        self.rows, self.columns, self.cells, self.seconds = rows, columns, cells, seconds
        self.end = time.monotonic() + seconds
        self.rows_seen = self.cells_seen = 0

    def begin(self) -> None:
        """Count the rows of another sheet; the time runs on."""
        self.rows_seen = self.cells_seen = 0

    def time(self) -> None:
        if time.monotonic() > self.end:
            raise Refused(
                f"reading the file took longer than {self.seconds:g} seconds and was stopped; send fewer rows"
            )

    def row(self, cells: int) -> None:
        self.rows_seen += 1
        self.cells_seen += cells
        if self.rows_seen > self.rows:
            raise Refused(f"the file has more than {self.rows:,} rows; send it in parts")
        if cells > self.columns:
            raise Refused(
                f"the file has more than {self.columns} columns; delete those that are not of the table"
            )
        if self.cells_seen > self.cells:
            raise Refused(f"the file has more than {self.cells:,} cells; send it in parts")
        self.time()


BROKEN = "the XLSX file is broken and cannot be opened; save it again in the spreadsheet program"
ENTITIES = "the XLSX file declares entities of its own, which no spreadsheet program does; it is not opened"
FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError,
    KeyError, ValueError, IndexError, OverflowError, UnicodeError,
)  # fmt: skip


class Workbook:
    """An XLSX file. Raises Refused where it is no sound workbook or breaks a limit."""

    def __init__(self, content: bytes, guard: Guard) -> None:
        self.guard = guard
        self._shared: list[str] | None = None
        self._kinds: list[str] | None = None
        try:
            self.zip = zipfile.ZipFile(BytesIO(content))
            self.parts = {part.filename: part for part in self.zip.infolist()}
            self._check_sizes()
            self._book = next((p for kind, p in self._links("") if kind.endswith("/officeDocument")), "")
            if not self._book or self._book not in self.parts or not self._book.endswith(".xml"):
                raise Refused(_other_zip(set(self.parts)))
            self._related = dict(self._targets(self._book))
            self._first_day = date(1899, 12, 30)
            self.sheets = self._sheets()
        except FAULTS as error:
            raise Refused(BROKEN) from error
        if not self.sheets:
            raise Refused("the workbook has no sheet with cells")

    def read(self, position: int, most: int | None = None) -> Sheet:
        """Read the sheet at `position`; its first `most` rows only."""
        name, hidden, part = self.sheets[position]
        self.guard.begin()
        sheet = Sheet(name, hidden)
        try:
            _SheetReader(self, sheet, most).run(part)
        except FAULTS as error:
            raise Refused(BROKEN) from error
        return sheet

    # ---- parts ----

    def _check_sizes(self) -> None:
        parts = self.zip.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("the file is protected by a password; save it without")
        if len(parts) > MAX_PARTS:
            raise Refused(
                f"the file holds more than {MAX_PARTS:,} parts, far more than a workbook; it is not opened"
            )
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Refused(
                f"the file unpacks to more than {MAX_UNPACKED // 1_000_000} MB and is not opened; "
                "keep only the sheet with the table"
            )
        if any(p.file_size > 1_000_000 and p.file_size > MAX_RATIO * p.compress_size for p in parts):
            raise Refused(
                "the file holds nothing but endless repetition, as a ZIP bomb does; it is not opened"
            )

    def parse(self, part: str, start, end=None, text=None) -> None:
        """Run the handlers over one XML part, piece by piece."""
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def forbidden(*_):
            raise Refused(ENTITIES)

        parser.StartDoctypeDeclHandler = forbidden
        parser.EntityDeclHandler = forbidden
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        with self.zip.open(self.parts[part]) as file:
            while chunk := file.read(CHUNK):
                self.guard.time()
                parser.Parse(chunk)
        parser.Parse(b"", True)

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """What a part points at inside the file: id, kind, part."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = []

        def start(tag, attributes):
            if _local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"]
                full = (
                    target[1:]
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
                found.append((attributes["Id"], attributes["Type"], full))

        if relations in self.parts:
            self.parse(relations, start)
        return found

    def _links(self, part: str) -> list[tuple[str, str]]:
        return [(kind, target) for _, kind, target in self._relations(part)]

    def _targets(self, part: str) -> list[tuple[str, str]]:
        return [(name, target) for name, _, target in self._relations(part)]

    def _related_part(self, kind: str) -> str:
        return next((p for k, p in self._links(self._book) if k.endswith(kind) and p in self.parts), "")

    def _sheets(self) -> list[tuple[str, bool, str]]:
        found = []

        def start(tag, attributes):
            tag = _local(tag)
            if tag == "sheet":
                link = next((v for k, v in attributes.items() if _local(k) == "id" and ":" in k), "")
                part = self._related.get(link, "")
                # a sheet of charts or macros has no cells
                if part in self.parts and "worksheets" in part:
                    found.append((attributes["name"], attributes.get("state", "visible") != "visible", part))
            elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._first_day = date(1904, 1, 1)

        self.parse(self._book, start)
        return found

    # ---- what cells point at ----

    @property
    def shared(self) -> list[str]:
        """The texts that cells share, by number."""
        if self._shared is None:
            self._shared = []
            part = self._related_part("/sharedStrings")
            if part:
                texts = _Texts(self._shared, self.guard)
                self.parse(part, texts.start, texts.end, texts.text)
        return self._shared

    @property
    def kinds(self) -> list[str]:
        """What a number in a cell of each style is: number, percent, date, part or time."""
        if self._kinds is None:
            self._kinds = []
            formats: dict[int, str] = {}
            inside = [False]

            def start(tag, attributes):
                tag = _local(tag)
                if tag == "numFmt":
                    formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:FORMAT_LIMIT]
                elif tag == "cellXfs":
                    inside[0] = True
                elif tag == "xf" and inside[0]:
                    number = int(attributes.get("numFmtId", 0))
                    self._kinds.append(_kind(number, formats.get(number, "")))

            def end(tag):
                if _local(tag) == "cellXfs":
                    inside[0] = False

            part = self._related_part("/styles")
            if part:
                self.parse(part, start, end)
        return self._kinds

    def number(self, text: str, style: str | None) -> Cell:
        """A numeric cell as what its format makes of it."""
        value = float(text)
        kind = "number"
        if style and (position := _place(style)) < len(self.kinds):
            kind = self.kinds[position]
        if kind in ("date", "part", "time"):
            # before March 1900 spreadsheet programs count a day that never was
            if not 61 <= value < 2_958_466:
                return Cell("time" if 0 <= value < 1 else "number", plain(value))
            day = (self._first_day + timedelta(days=int(value))).isoformat()
            if kind == "date" and value != int(value):
                kind = "moment"
            return Cell("part" if kind == "time" else kind, day)
        return Cell(kind, plain(value))


class _Texts:
    """Gathers the shared texts; readings printed above a word (phonetics) are left out."""

    def __init__(self, into: list[str], guard: Guard) -> None:
        self.into, self.guard = into, guard
        self.pieces: list[str] = []
        self.reading = self.above = False

    def start(self, tag, attributes) -> None:
        tag = _local(tag)
        if tag == "si":
            self.pieces = []
        elif tag == "t":
            self.reading = not self.above
        elif tag == "rPh":
            self.above = True

    def text(self, data) -> None:
        if self.reading:
            self.pieces.append(data)

    def end(self, tag) -> None:
        tag = _local(tag)
        if tag == "t":
            self.reading = False
        elif tag == "rPh":
            self.above = False
        elif tag == "si":
            self.into.append(unescape("".join(self.pieces)))
            if len(self.into) > self.guard.cells:
                raise Refused(f"the file has more than {self.guard.cells:,} cells; send it in parts")


class _Enough(Exception):
    pass


class _SheetReader:
    """Gathers the rows of one sheet."""

    def __init__(self, book: Workbook, sheet: Sheet, most: int | None) -> None:
        self.book, self.sheet, self.most = book, sheet, most
        self.prefix: str | None = None
        self.number = 0
        self.digits = ""
        self.row: list = []
        self.column = 0
        self.pieces: list[str] = []
        self.value = ""
        self.formula: str | None = None
        self.kind = "n"
        self.style: str | None = None
        self.reading = self.above = False
        self.hidden = False
        self.columns: dict[str, int] = {}
        self.numbers: dict[tuple, Cell] = {}

    def run(self, part: str) -> None:
        try:
            self.book.parse(part, self.start, self.end, self.text)
        except _Enough:
            pass

    def start(self, tag, attributes) -> None:
        if self.prefix is None:
            self.prefix = tag[: tag.find(":") + 1]
        if self.prefix:
            tag = tag.removeprefix(self.prefix)
        if tag == "c":
            get = attributes.get
            reference = get("r")
            if reference:
                letters = reference.rstrip("0123456789")
                column = self.columns.get(letters)
                if column is None:
                    column = self.columns[letters] = _column(letters)
                if column <= self.column or reference[len(letters) :] != self.digits:
                    raise ValueError("a cell of another row, or twice the same")
                self.column = column
            else:
                self.column += 1
            self.kind, self.style = get("t", "n"), get("s")
            self.value, self.formula = "", None
            self.pieces = []
        elif tag == "v" or tag == "t" or tag == "f":
            self.reading = not self.above
            if tag != "t":
                self.pieces = []
        elif tag == "row":
            number = int(attributes.get("r", self.number + 1))
            if number <= self.number:
                raise ValueError("rows out of order")
            self.number, self.row, self.column, self.digits = number, [], 0, str(number)
            self.hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "rPh":
            self.above = True
        elif tag == "mergeCell":
            self.sheet.merged.append(attributes["ref"])
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_columns |= int(attributes["min"]) <= self.book.guard.columns

    def text(self, data) -> None:
        if self.reading:
            self.pieces.append(data)

    def end(self, tag) -> None:
        if self.prefix:
            tag = tag.removeprefix(self.prefix)
        if tag == "v":
            self.reading = False
            self.value = "".join(self.pieces)
        elif tag == "c":
            cell = self.cell()
            if cell != "":
                row, column = self.row, self.column
                if column > self.book.guard.columns:
                    self.book.guard.row(column)
                while len(row) < column:
                    row.append("")
                row[column - 1] = cell
        elif tag == "t":
            self.reading = False
        elif tag == "f":
            self.reading = False
            self.formula = "".join(self.pieces)
        elif tag == "row":
            # rows and cells that are formatted but empty cost time only
            self.book.guard.time()
            if self.row:
                self.book.guard.row(len(self.row))
                self.sheet.rows.append((self.number, self.row))
                if self.hidden:
                    self.sheet.hidden_rows.append(self.number)
                if self.most and len(self.sheet.rows) >= self.most:
                    raise _Enough
        elif tag == "rPh":
            self.above = False

    def cell(self) -> str | Cell:
        kind, value = self.kind, self.value
        if self.formula is not None:
            return Cell("formula", "=" + self.formula)
        if kind == "s":
            return self.book.shared[_place(value)] if value else ""
        if kind == "inlineStr":
            return unescape("".join(self.pieces))
        if kind == "str":
            return unescape(value)
        if not value:
            return ""
        if kind == "n":
            key = (value, self.style)
            found = self.numbers.get(key)
            if found is None:
                found = self.numbers[key] = self.book.number(value, self.style)
            return found
        if kind == "b":
            return Cell("boolean", "TRUE" if value in ("1", "true") else "FALSE")
        if kind == "e":
            return Cell("error", value)
        if kind == "d":
            return Cell("date", value[:10])
        raise ValueError(f"unknown type of cell {kind[:20]}")


def _place(text: str) -> int:
    """A place in a list; Python would count a negative one from the end."""
    place = int(text)
    if place < 0:
        raise ValueError("a place below zero")
    return place


def plain(value: float) -> str:
    """A number as text, without an exponent."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else format(value, "f")


def unescape(text: str) -> str:
    """Text in which control characters stand as _x000D_."""
    if "_x" not in text:
        return text
    # half a letter (a surrogate) is none, and no file can hold it
    return re.sub(
        r"_x([0-9A-Fa-f]{4})_",
        lambda m: "\ufffd" if m[1][:1] in "dD" and m[1][1:2] in "89abcdefABCDEF" else chr(int(m[1], 16)),
        text,
    )


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _column(letters: str) -> int:
    if not re.fullmatch(r"[A-Z]{1,3}", letters):
        raise ValueError("no column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _kind(number: int, code: str) -> str:
    """What a number format shows; the numbers below 164 are built in."""
    if number in (9, 10):
        return "percent"
    if number in (16, 17):
        return "part"
    if number in (14, 15, 22) or 27 <= number <= 36 or 50 <= number <= 58:
        return "date"
    if number in (18, 19, 20, 21, 45, 46, 47):
        return "time"
    code = re.sub(r'"[^"]*"|\\.|_.|\*.', "", code.split(";")[0])
    code = re.sub(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", "", code, flags=re.I).lower()
    if code in ("general", "standard", ""):
        return "number"
    if "y" in code or "d" in code or "mmm" in code:
        return "date" if "y" in code and "d" in code else "part"
    if re.search("[hs]|m:|:m", code):
        return "time"
    return "percent" if "%" in code else "number"


def _other_zip(names: set[str]) -> str:
    """What a ZIP file is that holds no XLSX."""
    if "xl/workbook.bin" in names:
        return "is a binary workbook (XLSB); save it as XLSX or CSV"
    if any(name.startswith("word/") for name in names):
        return "is a Word document, not a table"
    if any(name.startswith("ppt/") for name in names):
        return "is a presentation, not a table"
    if "mimetype" in names and "content.xml" in names:
        return "is an OpenDocument file (ODS); save it as XLSX or CSV"
    if "Index/Document.iwa" in names or "index.zip" in names:
        return "is a Numbers document; export it as XLSX or CSV"
    if "[Content_Types].xml" in names:
        return BROKEN
    return "is a ZIP archive that holds no workbook; take the table out of it"
