"""Limits for files that come from outside and may be anything.

A workbook is unpacked here, part by part and counted, before any reader sees it:
a reader allots memory for every cell between the first and the last, whatever a
few bytes claim. Nothing is unpacked to disk, and links out of the file, macros
and pictures are not handed on.
"""

import time
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000
MAX_UNPACKED = 60_000_000  # bytes of all parts of a workbook together
MAX_RATIO = 400  # a part that packs better than this holds nothing but repetition
MAX_PARTS = 1_000
SECONDS = 10.0
CELL_LIMIT = 32_767  # characters; a spreadsheet program cuts off what is longer
FAR = 4  # times MAX_CELLS: the cells, empty ones too, between the first and the last
CHUNK = 1 << 16

BROKEN = "the {format} file is broken and cannot be opened; save it again in the spreadsheet program"
ENTITIES = "the workbook declares entities of its own, which no spreadsheet program does; it is not opened"
LOCKED = (
    "the file is protected by a password, or by a confidentiality label of the office; "
    "save it without a password, set the label to public, or save the table as CSV"
)
FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError,
    KeyError, ValueError, IndexError, OverflowError, UnicodeError,
)  # fmt: skip


class Refused(Exception):
    """The file cannot be taken; the message is a sentence that says why."""


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

    def extent(self, row: int, column: int) -> None:
        """Refuse a sheet whose last cell stands far from everything else."""
        if column > self.columns:
            self.row(column)
        if row * column > FAR * self.cells:
            raise Refused(
                f"a cell in row {row:,} stands far below the table; delete the rows below the table and save again"
            )


@dataclass
class Marks:
    """What a reader of values does not tell of a sheet; rows and columns are counted from 1.

    `cells`: (row, column) → kind of a cell that is a formula, an error, a percent, a part of a
    date, a time or a boolean; and its text where the value does not hold it.
    """

    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: bool = False
    merged: list[str] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    last: tuple[int, int] = (0, 0)

    def reach(self, row: int, column: int) -> None:
        """Note that a cell with something in it stands here."""
        self.last = (max(self.last[0], row), max(self.last[1], column))


def unpack(content: bytes, guard: Guard) -> dict[str, bytes]:
    """The parts of a ZIP by name; raises Refused for a bomb or a locked one, FAULTS for a broken one."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Refused(LOCKED)
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
        found = {}
        for part in parts:
            guard.time()
            if part.filename.endswith((".xml", ".rels", ".bin", "mimetype")):
                # no more than was declared; a part that holds more or less is broken
                found[part.filename] = packed.read(part)
            else:
                found.setdefault(part.filename, b"")
        return found


def pack(parts: dict[str, bytes]) -> BytesIO:
    """The parts as a ZIP: what was looked at, and nothing else."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in parts.items():
            if data:
                packed.writestr(name, data)
    out.seek(0)
    return out


class Xml:
    """One pass over an XML part. A class with what is wanted defines `start`, and `end` and `text` if need be.

    Tags come without their prefix.
    """

    def run(self, data: bytes, guard: Guard) -> None:
        parser = self.parser = expat.ParserCreate()
        parser.buffer_text = True

        def forbidden(*_):
            raise Refused(ENTITIES)

        parser.StartDoctypeDeclHandler = forbidden
        parser.EntityDeclHandler = forbidden
        parser.StartElementHandler = lambda tag, attributes: self.start(tag.rpartition(":")[2], attributes)
        if hasattr(self, "end"):
            parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])
        for at in range(0, len(data), CHUNK):
            guard.time()
            parser.Parse(data[at : at + CHUNK])
        parser.Parse(b"", True)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def listen(self, into: list[str] | None) -> None:
        """Gather the text that follows, or no more."""
        self.parser.CharacterDataHandler = into.append if into is not None else None


def local(name: str) -> str:
    """The name of an attribute without its prefix."""
    return name.rpartition(":")[2]


def letters(column: int) -> str:
    """The letters that a spreadsheet shows above a column, counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
