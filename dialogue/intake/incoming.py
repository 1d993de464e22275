"""A table as somebody's spreadsheet program made it, turned into rows or into questions.

`read` takes the bytes of one CSV or XLSX. What can mean one thing only is put in
the form of the tables and noted; everything else becomes a problem that says
where it stands and what to write. `judge` has the result judged with all other
tables, as every check does. Nothing is written, and the name of the file is
shown, never opened.
"""

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from dialogue.intake.cells import NO_WIDTH, Cells, fold
from dialogue.intake.sheets import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED,
    SECONDS,
    Guard,
    Refused,
    Sheet,
    Workbook,
)
from dialogue.tables import check
from dialogue.tables.package import Description, Table
from dialogue.tables.rows import CONFIDENTIAL, FIELD_LIMIT, Checked, Problem, collect, shorten

__all__ = [
    "MAX_BYTES", "MAX_CELLS", "MAX_COLUMNS", "MAX_PARTS", "MAX_PROBLEMS", "MAX_RATIO", "MAX_ROWS", "MAX_UNPACKED",
    "SECONDS", "Incoming", "Judged", "Note", "judge", "read", "shown_name",
]  # fmt: skip

MAX_BYTES = 10_000_000
MAX_PROBLEMS = 20_000
LAST_ROW = 1_048_576  # the last row of a spreadsheet
NAME_SHOWN = 80  # characters of the file's name
HEADER_ROWS = 10  # the header stands in one of them
FITS = 0.5  # share of the columns by which a table is recognised
EXAMPLES = 5
# what programs and people add to the name of a copy: “(1)”, “- copy”, a date
COPY = re.compile(r"(\s*\(\d+\)|[ _-]+(copy|copie|copia|kopie|\d[\d.]*))+$")
WORD = re.compile(r"\w+")
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# Sheets that the download adds; their first cell says so, and they are passed over without a word.
OWN_SHEETS = {"Columns": "About this table", "Codes": "Codes for the lists"}

MAGIC = {
    b"\x89PNG\r\n\x1a\n": "is a picture (PNG), not a table",
    b"\xff\xd8\xff": "is a picture (JPEG), not a table",
    b"GIF8": "is a picture (GIF), not a table",
    b"II*\x00": "is a picture (TIFF), not a table",
    b"MM\x00*": "is a picture (TIFF), not a table",
    b"BM": "is a picture (BMP), not a table",
    b"RIFF": "is a picture or a recording, not a table",
    b"%PDF": "is a PDF document, not a table; the numbers must be copied into the table by hand",
    b"{\\rtf": "is a text document (RTF), not a table",
    b"\x1f\x8b": "is a packed file (GZIP); unpack it first",
    b"7z\xbc\xaf": "is a packed file (7z); unpack it first",
    b"Rar!": "is a packed file (RAR); unpack it first",
    b"BZh": "is a packed file (BZIP2); unpack it first",
    b"PAR1": "is a Parquet file; save the table as CSV or XLSX",
    b"SQLite format 3\x00": "is a database, not a table",
    b"\x7fELF": "is a program, not a table",
    b"MZ": "is a program, not a table",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(r"\s*<(!doctype|html|\?xml|svg|table|head|body|meta|workbook|ss:workbook)\b", re.I)


@dataclass(frozen=True, order=True)
class Note:
    """Something that was put in the form of the table. `line` 0 and `column` "" mean the whole file."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        place = [f"row {self.line}"] if self.line else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.text}" if place else self.text


@dataclass
class Incoming:
    """One file as read: typed rows (line, *values) of `table`, or problems.

    `name` is the file's name as it may be shown, `sheet` the sheet of a workbook
    that was read. `table` is None where it is not known which table the file is.
    """

    name: str
    table: Table | None = None
    rows: list[tuple] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheet: str = ""

    @property
    def good(self) -> bool:
        """Whether the rows can be taken as they are."""
        return self.table is not None and not self.problems


@dataclass
class Judged:
    """A file judged with all other tables; `checked` is None where no table came out of it.

    `standing` are problems of other tables which the data have without this file too.
    """

    incoming: Incoming
    checked: Checked | None = None
    standing: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """What stands against this file: in it, or caused by it elsewhere."""
        found = self.checked.problems if self.checked else self.incoming.problems
        return [problem for problem in found if problem not in self.standing]

    @property
    def good(self) -> bool:
        """Whether the data with this file are sound."""
        return self.incoming.good and self.checked is not None and not self.checked.problems


def judge(content: bytes, name: str, data: Path, table: str | None = None) -> Judged:
    """Read a file and check the whole of `data` with it in place of its table."""
    current = check.read(Path(data))
    if current.description is None:
        found = Incoming(shown_name(name), problems=list(current.problems))
        return Judged(found, None, list(current.problems))
    found = read(content, name, current.description, table, current)
    if found.table is None or (found.problems and not found.rows):
        return Judged(found)
    missing = {problem.file for problem in current.missing}
    others = {
        other.name: (current.rows[other.name], [p for p in current.problems if p.file == other.file])
        for other in current.description.tables.values()
        if other.file not in missing
    }
    checked = check.check(Path(data), others | {found.table.name: (found.rows, found.problems)})
    elsewhere = [problem for problem in checked.problems if problem.file != found.table.file]
    standing = []
    if elsewhere:
        before = set(check.check(Path(data), others).problems)
        standing = [problem for problem in elsewhere if problem in before]
        if found.problems:
            # rows that are left out for now would be missed by other tables: no finding, an echo
            checked.problems = [p for p in checked.problems if p not in elsewhere or p in before]
    return Judged(found, checked, standing)


def read(
    content: bytes,
    name: str,
    description: Description,
    table: str | None = None,
    current: Checked | None = None,
) -> Incoming:
    """Read the bytes of a CSV or XLSX as rows of a table.

    `table`: the name of the table; without it the file's name or its header says.
    `current`: the tables as they stand, for names of codes and texts known already.
    Never raises for what the file holds.
    """
    reading = _Reading(name, description, table, current)
    try:
        reading.run(content)
    except Refused as refused:
        reading.rows = []
        reading.problem(0, "", "", str(refused))
    return reading.result()


def shown_name(name: str) -> str:
    """A file's name as it is shown: its last part, what can be read of it, 80 characters."""
    last = re.split(r"[/\\]", str(name))[-1]
    last = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in last)
    last = " ".join(NO_WIDTH.sub("", last).split())
    return (last if len(last) <= NAME_SHOWN else last[: NAME_SHOWN - 1] + "…") or "the file"


@dataclass
class _Header:
    """A row that names columns: `columns` by position, "" where the cell names none."""

    at: int  # index among the rows
    line: int
    columns: list[str]
    fit: float
    exact: int  # cells that are the very name


class _Reading:
    """One reading of one file."""

    def __init__(self, name, description: Description, table: str | None, current: Checked | None) -> None:
        self.name = shown_name(name)
        self.description, self.current = description, current
        self.chosen = bool(table)
        if table is not None and table not in description.tables:
            tables = ", ".join(description.tables)
            self.unknown = f"there is no table “{shorten(str(table))}”; tables: {tables}"
            table = None
        else:
            self.unknown = ""
        if not table:
            stem = COPY.sub("", self.name.rpartition(".")[0].casefold())
            table = stem if stem in description.tables else None
        self.wanted = description.tables[table] if table else None
        self.table: Table | None = None
        self.guard = Guard(MAX_ROWS + HEADER_ROWS + 1, MAX_COLUMNS, MAX_CELLS, SECONDS)
        self.sheet = ""
        self.rows: list[tuple] = []
        self.notes: list[tuple[int, str, str, str]] = []
        self.problems: list[Problem] = []
        self.cut = False  # the last line of a CSV has no line end
        self.commas = False
        self.from_csv = False
        self._columns: dict[str, dict[str, str]] = {}

    # ---- what comes out ----

    @property
    def secret(self) -> bool:
        """Whether nothing of the file may be repeated in a message."""
        table = self.table or self.wanted
        return bool(table and table.file in CONFIDENTIAL)

    def problem(self, line: int, column: str, value: object, rule: str, hint: str = "") -> None:
        """Report a problem; `hint` and `value` may repeat what the file holds."""
        table = self.table or self.wanted
        if self.secret:
            names = [f.name for f in table.fields]
            column, value, hint = (column if column in names else ""), "", ""
        text = f"{rule}; {hint}" if hint else rule
        self.problems.append(Problem(table.file if table else self.name, line, column, str(value), text))

    def note(self, line: int, column: str, text: str, examples: str = "") -> None:
        """Note what was done; `examples` may repeat what the file holds."""
        self.notes.append((line, column, text, examples))

    def result(self) -> Incoming:
        problems = check.shown(self.problems, self.description)
        if len(problems) > MAX_PROBLEMS:
            more = len(problems) - MAX_PROBLEMS
            rule = f"{more:,} more problems are not listed; mend these first, or send fewer rows"
            problems = [
                *problems[:MAX_PROBLEMS],
                replace(problems[0], line=0, column="", value="", rule=rule, title=""),
            ]
        table = self.table or (self.wanted if self.problems else None)
        notes = sorted(
            Note(line, column, f"{text}: {examples}" if examples and not self.secret else text)
            for line, column, text, examples in self.notes
        )
        return Incoming(self.name, table, self.rows, notes, problems, "" if self.secret else self.sheet)

    # ---- the steps ----

    def run(self, content: bytes) -> None:
        if self.unknown:
            raise Refused(self.unknown)
        if not content:
            raise Refused("the file is empty (0 bytes); it was perhaps not saved, or the copying broke off")
        if len(content) > MAX_BYTES:
            raise Refused(
                f"the file is larger than {MAX_BYTES // 1_000_000} MB; a table of this project is far smaller. "
                "Send only the sheet with the table"
            )
        sheet = self._workbook(content) if content[:2] == b"PK" else self._csv(content)
        if sheet is None:
            return
        header = self._choose(sheet)
        if header:
            self._judge(sheet, header)

    # ---- CSV ----

    def _csv(self, content: bytes) -> Sheet | None:
        self.from_csv = True
        text = self._text(content)
        if MARKUP.match(text):
            raise Refused("is a web page or XML, not a table; save it as CSV or XLSX")
        if "\x00" in text:
            line = len(re.findall(r"\r\n|\r|\n", text[: text.index("\x00")])) + 1
            self.problem(
                line, "", "", "holds a character that is not text (NUL); the file is damaged, save it again"
            )
            return None
        text, separator = self._separator_line(text)
        if not text.strip():
            raise Refused("the file is empty; it has no header and no rows")
        if "\r" in text.replace("\r\n", "\n"):
            self.note(0, "", "some lines end as on old Macintosh computers (CR); read as line ends")
        self.cut = not text.endswith(("\n", "\r"))
        delimiter = self._delimiter(text, separator)
        self.commas = delimiter == ";"
        return self._records(text, delimiter)

    def _text(self, content: bytes) -> str:
        """The text of a file, whatever its encoding; notes all that are not UTF-8."""
        for magic, what in MAGIC.items():
            # two letters are a beginning of words too: a picture or program has bytes that are no text
            if content.startswith(magic) and (len(magic) > 2 or b"\x00" in content[:200]):
                raise Refused(what)
        if content.startswith(OLE):
            if "EncryptedPackage".encode("utf-16-le") in content:
                raise Refused("the file is protected by a password; save it without")
            raise Refused("is in an old format of spreadsheet programs (XLS); save it as XLSX or CSV")
        if content[4:8] == b"ftyp":
            raise Refused("is a film or a picture, not a table")
        for mark, encoding, words in (
            (b"\xef\xbb\xbf", "utf-8", ""),
            (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32"),
            (b"\x00\x00\xfe\xff", "utf-32-be", "UTF-32"),
            (b"\xff\xfe", "utf-16-le", "UTF-16"),
            (b"\xfe\xff", "utf-16-be", "UTF-16"),
        ):
            if content.startswith(mark):
                return self._decode(content[len(mark) :], encoding, words)
        head = content[:4000]
        even, odd = head[::2].count(0), head[1::2].count(0)
        if len(head) >= 4 and max(even, odd) > 0.3 * len(head) / 2 and min(even, odd) < 0.05 * len(head) / 2:
            return self._decode(content, "utf-16-be" if even > odd else "utf-16-le", "UTF-16 without a mark")
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data" and not content[: error.start].isascii():
                raise Refused(
                    "the last letter of the file is broken off: the file was cut off; send it again"
                ) from error
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise Refused(
                f"the file is neither UTF-8 nor Windows-1252 (row {line} holds a byte that is neither); "
                "save it as “CSV UTF-8” or XLSX"
            ) from error
        self._other_encoding(content, text)
        letters = "".join(dict.fromkeys(c for c in text if not c.isascii()))
        self.note(
            0,
            "",
            "the file is not UTF-8 and was read as Windows-1252; see that these letters are right",
            letters[:40],
        )
        return text

    def _other_encoding(self, content: bytes, text: str) -> None:
        """Refuse what other old encodings make better sense of, by the words that the tables hold."""
        if not self.current:
            return
        known = set()
        for rows in self.current.rows.values():
            for row in rows:
                for value in row:
                    if value.__class__ is str and not value.isascii():
                        known.update(_accented(value))
        most = len(known & _accented(text))
        for encoding, words in (
            ("mac_roman", "Mac OS Roman"),
            ("cp850", "the old DOS encoding"),
            ("cp1250", "Windows-1250"),
        ):
            other = content.decode(encoding, "replace")
            if len(known & _accented(other)) > most:
                raise Refused(
                    f"the file is not UTF-8 but probably in {words}; save it as “CSV UTF-8” or XLSX"
                )

    def _decode(self, content: bytes, encoding: str, words: str) -> str:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if error.end >= len(content) - 4:
                raise Refused(
                    "the last letter of the file is broken off: the file was cut off; send it again"
                ) from error
            raise Refused(
                f"the file says that it is {words or 'UTF-8'}, but is not throughout; save it as “CSV UTF-8” or XLSX"
            ) from error
        if words:
            self.note(0, "", f"the file was read as {words}")
        return text.removeprefix("\ufeff")

    def _separator_line(self, text: str) -> tuple[str, str]:
        """Take off the line “sep=;”, which spreadsheet programs read and do not show."""
        found = re.match(r'"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)', text, re.I)
        if not found:
            return text, ""
        self.note(0, "", f"the line “sep={found[1]}” above the table was left out")
        return text[found.end() :], found[1]

    def _delimiter(self, text: str, given: str) -> str:
        """What separates the cells: that by which the header fits best."""
        best, most = ",", 0.0
        for delimiter in dict.fromkeys([",", ";", "\t", "|", *([given] if given not in "\"'" else [])]):
            reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
            rows = []
            try:
                for line, cells in enumerate(reader, start=1):
                    rows.append((line, cells))
                    if line >= HEADER_ROWS:
                        break
            except csv.Error:
                pass
            header = self._best(rows)[1]
            if header and header.fit > most:
                best, most = delimiter, header.fit
        if most and best != ",":
            self.note(
                0, "", f"the cells are separated by {DELIMITERS.get(best, f'“{best}”')} instead of commas"
            )
        return best

    def _records(self, text: str, delimiter: str) -> Sheet | None:
        csv.field_size_limit(FIELD_LIMIT)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
        sheet = Sheet("")
        line = 0
        try:
            for line, cells in enumerate(reader, start=1):
                if cells:
                    self.guard.row(len(cells))
                    sheet.rows.append((line, cells))
                elif line > LAST_ROW:
                    raise Refused(
                        "the file has more rows than a spreadsheet, most of them empty; save the table anew"
                    )
                else:
                    self.guard.time()
        except csv.Error as error:
            self._csv_fault(line + 1, str(error))
            return None
        self.last = line
        return sheet

    def _csv_fault(self, line: int, error: str) -> None:
        if "unexpected end" in error or "field larger" in error:
            rule = "a quotation mark opens a cell in this row and never closes; add or delete it"
        elif "expected after" in error:
            rule = (
                'text follows a closing quotation mark; a quotation mark inside a cell is written twice ("")'
            )
        else:
            rule = f"the row cannot be read as CSV ({error})"
        self.problem(line, "", "", rule)

    # ---- XLSX ----

    def _workbook(self, content: bytes) -> Sheet | None:
        book = Workbook(content, self.guard)
        fits: list[tuple[int, Table, _Header]] = []
        others = []
        for position, (name, _, _) in enumerate(book.sheets):
            head = book.read(position, HEADER_ROWS)
            if not head.rows or _own(head):
                continue
            table, header = self._best(head.rows)
            if header and header.fit >= FITS:
                fits.append((position, table, header))
            else:
                others.append(name)
        if self.wanted and len(fits) > 1:
            mine = [
                fit
                for fit in fits
                if self._best(book.read(fit[0], HEADER_ROWS).rows, [self.wanted])[1].fit >= FITS
            ]
            others += [book.sheets[fit[0]][0] for fit in fits if fit not in mine]
            fits = mine or fits[:1]
        if len(fits) > 1:
            names = ", ".join(f"“{shorten(book.sheets[position][0])}”" for position, _, _ in fits)
            raise Refused(
                "more than one sheet holds a table; keep one and delete the others"
                if self.secret
                else f"the sheets {names} hold tables; keep the one that is meant and delete the others"
            )
        position = fits[0][0] if fits else 0
        if not fits and others:
            position = next(i for i, (name, _, _) in enumerate(book.sheets) if name == others[0])
            others = others[1:] if len(others) > 1 else []
        sheet = book.read(position)
        self.sheet = shown_name(sheet.name)
        if not sheet.rows:
            raise Refused("the workbook is empty: no sheet has a cell with something in it")
        if others and fits:
            names = ", ".join(f"“{shorten(name)}”" for name in others)
            self.note(0, "", f"only the sheet with the table was read; {len(others)} left out", names)
        if sheet.hidden:
            self.note(0, "", "the sheet with the table is hidden in the workbook; it was read")
        if sheet.hidden_rows:
            rows = say_rows(sheet.hidden_rows)
            self.note(0, "", f"hidden rows were read like all others ({rows})")
        if sheet.hidden_columns:
            self.note(0, "", "hidden columns were read like all others")
        return sheet

    # ---- the header ----

    def _best(
        self, rows: list[tuple[int, list]], tables: Iterable[Table] = ()
    ) -> tuple[Table | None, _Header | None]:
        """The table and the header row that fit best."""
        best: tuple[Table | None, _Header | None] = (None, None)
        wanted = [self.wanted] if self.wanted else []
        heads = []
        for line, cells in rows[:HEADER_ROWS]:
            texts = [str(cell).strip() for cell in cells[: MAX_COLUMNS + 1]]
            heads.append((line, texts, [fold(text) if len(text) < 200 else "" for text in texts]))
        for table in tables or [*wanted, *self.description.tables.values()]:
            names = self._names(table)
            for at, (line, texts, folded) in enumerate(heads):
                header = self._header(table, names, at, line, texts, folded)
                old = best[1]
                if header.fit and (old is None or (header.fit, header.exact) > (old.fit, old.exact)):
                    best = (table, header)
        return best

    def _header(
        self, table: Table, names: dict[str, str], at: int, line: int, texts: list, folded: list
    ) -> _Header:
        if names.keys().isdisjoint(folded):  # as most rows are
            return _Header(at, line, [], 0.0, 0)
        columns = [names.get(form, "") for form in folded]
        exact = sum(name == text != "" for name, text in zip(columns, texts, strict=True))
        other = sum(bool(text) and not name for name, text in zip(columns, texts, strict=True))
        found = len(set(columns) - {""})
        return _Header(at, line, columns, found / (len(table.fields) + other), exact)

    def _names(self, table: Table) -> dict[str, str]:
        """Columns by what they may be called: their name, or their title where only one has it."""
        if table.name not in self._columns:
            titles = [fold(f.title) for f in table.fields]
            found = {
                title: f.name
                for title, f in zip(titles, table.fields, strict=True)
                if titles.count(title) == 1
            }
            self._columns[table.name] = found | {fold(f.name): f.name for f in table.fields}
        return self._columns[table.name]

    def _choose(self, sheet: Sheet) -> _Header | None:
        """The table and its header; reports what is wrong with it."""
        table, header = self._best(sheet.rows)
        if self.wanted:
            _, mine = self._best(sheet.rows, [self.wanted])
            if (
                header
                and table is not self.wanted
                and header.fit >= 0.9
                and (not mine or mine.fit < 0.6 or header.fit == 1)
            ):
                said = "was chosen" if self.chosen else "is the name of the file"
                self.problem(
                    header.line, "", "",
                    f"these are the columns of the table “{table.title}” ({table.file}), but “{self.wanted.title}” {said}; "
                    "choose that table, or take the right file",
                )  # fmt: skip
                return None
            table, header = self.wanted, mine
        if table is None or header is None or header.fit < FITS:
            self._no_header(sheet)
            return None
        if not self.wanted:
            equal = [
                other
                for other in self.description.tables.values()
                if {f.name for f in other.fields} == {f.name for f in table.fields}
            ]
            named = [other for other in equal if other.name == sheet.name]
            if named:
                table = named[0]
            elif len(equal) > 1:
                names = " and ".join(f"{other.name} (“{other.title}”)" for other in equal)
                raise Refused(f"the columns are those of {names}; say which table it is")
        self.table = table
        if self._names_right(sheet, header) and self._above(sheet, header):
            return header
        return None

    def _no_header(self, sheet: Sheet) -> None:
        rows = sheet.rows[:HEADER_ROWS]
        known = {f.name for table in self.description.tables.values() for f in table.fields}
        for line, cells in rows:
            filled = [str(c) for c in cells if str(c).strip()]
            if len(filled) == 1 and len(known & set(re.split(r'[,;\t|"]+', filled[0]))) >= 3:
                self.problem(
                    line, "", "",
                    "all columns stand in the first cell of the row: the spreadsheet program did not separate them; "
                    "open the XLSX download instead of the CSV, or import the CSV with its separator",
                )  # fmt: skip
                return
        if not self.wanted:
            raise Refused(
                f"none of the first {HEADER_ROWS} rows names the columns of a table of this project; "
                "take the download of the table, or say which table it is"
            )
        names = ", ".join(f.name for f in self.wanted.fields)
        self.problem(
            rows[0][0] if rows else 1, "", "",
            f"none of the first {HEADER_ROWS} rows holds the column names; they must be: {names}",
        )  # fmt: skip

    def _names_right(self, sheet: Sheet, header: _Header) -> bool:
        """Every column once and no other; names in another form and order are noted."""
        line, names = header.line, [f.name for f in self.table.fields]
        cells = [str(c) for c in sheet.rows[header.at][1]]
        good = True
        if any(c.strip().startswith(("“", "„")) for c in cells):
            rule = "curly quotation marks (“ ”) stand around the cells; they do not hold a cell together: use straight ones"
            self.problem(line, "", "", rule)
            return False
        missing = [name for name in names if name not in header.columns]
        extra = [
            (at, cell)
            for at, cell in enumerate(cells)
            if not header.columns[at] and self._filled(sheet, header, at)
        ]
        unnamed = {fold(cell): cell for _, cell in extra if cell.strip()}
        for name in missing:
            near = difflib.get_close_matches(fold(name), list(unnamed), 1)
            self.problem(
                line,
                name,
                "",
                "the column is missing",
                f"is it “{shorten(unnamed[near[0]])}”?" if near else "",
            )
            good = False
        for at, cell in extra:
            if cell.strip():
                near = difflib.get_close_matches(fold(cell), [fold(name) for name in missing], 1)
                hint = (
                    f"is it {next(n for n in missing if fold(n) == near[0])}?"
                    if near
                    else "delete it or give it its name"
                )
                self.problem(
                    line, shorten(cell), "", "the column is not in the description of the table", hint
                )
            else:
                rule = (
                    f"the {_nth(at + 1)} column has no name, but something stands in it; name it or delete it"
                )
                self.problem(line, "", "", rule)
            good = False
        for name in dict.fromkeys(header.columns):
            if name and header.columns.count(name) > 1:
                at = [i for i, other in enumerate(header.columns) if other == name]
                where = " and ".join(_nth(i + 1) for i in at)
                self.problem(line, name, "", f"the column stands more than once ({where} column); delete one")
                good = False
        if not good:
            return False
        empty = [cell for at, cell in enumerate(cells) if not header.columns[at]]
        if any(cell.strip() for cell in empty):
            said = ", ".join(f"“{shorten(cell)}”" for cell in empty if cell.strip())
            self.note(line, "", "empty columns that are not of the table left out", said)
        called = [(n, c) for n, c in zip(header.columns, cells, strict=True) if n and n != c]
        if called:
            said = ", ".join(f"“{shorten(cell)}” is {name}" for name, cell in called[:EXAMPLES])
            more = f" and {len(called) - EXAMPLES} more" if len(called) > EXAMPLES else ""
            self.note(line, "", "columns recognised by other forms of their names", said + more)
        order = [name for name in header.columns if name]
        if order != names:
            self.note(
                line, "", "the columns stand in another order than in the table; each was read by its name"
            )
        return True

    def _filled(self, sheet: Sheet, header: _Header, at: int) -> bool:
        return any(len(cells) > at and str(cells[at]).strip() for _, cells in sheet.rows[header.at + 1 :])

    def _above(self, sheet: Sheet, header: _Header) -> bool:
        """Rows above the header: a title is left out, a row of the table is not."""
        good = True
        few = 2 if len(self.table.fields) >= 6 else 1
        titles = []
        for line, cells in sheet.rows[: header.at]:
            filled = [str(cell) for cell in cells if str(cell).strip()]
            if len(filled) > few and not self._repeats(header, cells):
                self.problem(
                    line, "", "", "the row stands above the column names; move it below them, or delete it"
                )
                good = False
            elif filled:
                titles.append((line, filled[0]))
        if titles:
            said = ", ".join(f"“{shorten(text)}”" for _, text in titles[:EXAMPLES])
            self.note(
                titles[0][0],
                "",
                "above the column names, left out" + _rows([line for line, _ in titles]),
                said,
            )
        return good

    def _repeats(self, header: _Header, cells: list) -> bool:
        """Whether a row says the names or titles of the columns once more."""
        names = self._names(self.table)
        pairs = [(n, str(c)) for n, c in zip(header.columns, cells, strict=False) if str(c).strip()]
        return len(pairs) > 1 and all(n and names.get(fold(c)) == n for n, c in pairs)

    # ---- the rows ----

    def _judge(self, sheet: Sheet, header: _Header) -> None:
        cells = Cells(self.table, self.description, self.current, self.commas, self.guard.time)
        grid = self._grid(sheet, header, cells)
        self.guard.time()
        collect(self.table, grid, self.rows, self.problems, cells)
        self._cell_notes(grid, cells)
        if not grid and not self.problems and self.current and self.current.rows.get(self.table.name):
            self.note(0, "", "the table has no rows")
        if self.cut and grid:
            self.note(
                grid[-1][0], "", "the last line has no line end; if the file was cut off, its last row may be shortened"
            )  # fmt: skip

    def _grid(self, sheet: Sheet, header: _Header, cells: Cells) -> list[tuple[int, list]]:
        """The rows in the order of the table's columns; reports rows that have another shape."""
        names = [f.name for f in self.table.fields]
        at = [header.columns.index(name) for name in names]
        width = len(header.columns)
        straight = at == list(range(width))
        rows = sheet.rows[header.at + 1 :]
        last = rows[-1][0] if rows else 0
        self._merged(sheet, header)
        grid, empty, again, shorten = [], [], [], []
        required = [i for i, f in enumerate(self.table.fields) if f.required]
        previous = header.line
        standing: set[tuple] | None = None
        for line, row in rows:
            if line > previous + 1:
                empty += range(previous + 1, min(line, previous + 1000))
            previous = line
            if not any(str(c).strip() for c in row):
                empty.append(line)
                continue
            if len(row) > width:
                # in a CSV one empty cell too many says that a separator stands where none belongs
                if self.from_csv or any(str(c).strip() for c in row[width:]):
                    self._too_long(line, row, width)
                    continue
                row = row[:width]
            if len(row) < width:
                if self.from_csv:
                    if standing is None:
                        standing = self._standing_rows()
                    padded = [*row, *[""] * (width - len(row))]
                    if (line == last and self.cut) or tuple(padded[i] for i in at) not in standing:
                        rule = f"the row has {len(row)} cells, the header has {width}; a separator or a cell is missing"
                        self.problem(line, "", ",".join(map(str, row)), rule)
                        continue
                    shorten.append(line)
                row = [*row, *[""] * (width - len(row))]
            if row[at[0]].__class__ is str and fold(row[at[0]]) in (
                fold(names[0]),
                fold(self.table.fields[0].title),
            ):
                if self._repeats(header, row):
                    again.append(line)
                    continue
            if self.from_csv and (column := self._run_together(row, width)):
                rule = "several rows have run together in one cell; a quotation mark is missing or too many"
                self.problem(line, header.columns[column - 1], "", rule)
                continue
            row = row if straight else [row[i] for i in at]
            blank = sum(row[i] == "" for i in required)
            if blank > 2 and blank > len(required) / 2:
                rule = f"{blank} of the {len(required)} cells that need a value are empty; fill them, or delete the row if it is a total or a remark"
                self.problem(line, "", next(str(c) for c in row if str(c).strip()), rule)
                continue
            grid.append((line, row))
        if len(grid) > MAX_ROWS:
            raise Refused(f"the file has more than {MAX_ROWS:,} rows; send it in parts")
        for lines, text in (
            (again, "the column names stand once more, left out"),
            (empty, "empty, left out"),
            (shorten, "empty cells added at the end of the row"),
        ):
            if lines:
                self.note(lines[0], "", text + _rows(lines))
        return grid

    def _too_long(self, line: int, row: list, width: int) -> None:
        rule = f"the row has {len(row)} cells, the header has {width}"
        if any(str(c).strip().startswith(("“", "„")) and not str(c).strip().endswith("”") for c in row):
            rule += "; curly quotation marks (“ ”) do not hold a cell together: use straight ones"
        elif self.from_csv:
            rule += "; a cell that holds a separator must stand in quotation marks"
        else:
            rule += "; something stands beside the table: move or delete it"
        beyond = next((str(c) for c in row[width:] if str(c).strip()), "")
        self.problem(line, "", ",".join(map(str, row)) if self.from_csv else beyond, rule)

    def _standing_rows(self) -> set[tuple]:
        """The rows of the table as they stand, as texts."""
        rows = self.current.rows.get(self.table.name, []) if self.current else []
        return {tuple("" if v is None else str(v) for v in row[1:]) for row in rows}

    def _run_together(self, row: list, width: int) -> int:
        for at, cell in enumerate(row, start=1):
            if len(cell) > width and ("\n" in cell or "\r" in cell):
                for piece in cell.splitlines()[1:]:
                    if any(piece.count(delimiter) >= width - 1 > 0 for delimiter in DELIMITERS):
                        return at
        return 0

    def _merged(self, sheet: Sheet, header: _Header) -> None:
        for reference in sheet.merged:
            found = re.fullmatch(r"[A-Z]+(\d+):[A-Z]+(\d+)", reference)
            if found and int(found[2]) > header.line:
                rule = f"the cells {reference} are merged, and only the first of them holds a value; unmerge them and fill each"
                self.problem(int(found[1]), "", "", rule)
            elif found and int(found[2]) == header.line:
                self.problem(
                    header.line, "", "", f"the cells {reference} with column names are merged; unmerge them"
                )

    def _cell_notes(self, grid: list[tuple[int, list]], cells: Cells) -> None:
        """One note for each column and each kind of change, with rows and examples."""
        names = [f.name for f in self.table.fields]
        for at, name in enumerate(names):
            changed = {cell: did for (column, cell), did in cells.notes.items() if column == name}
            if not changed:
                continue
            lines: dict[str, list[int]] = {}
            examples: dict[str, dict[str, str]] = {}
            for line, row in grid:
                if row[at] in changed:
                    did, text = changed[row[at]]
                    for what in did:
                        lines.setdefault(what, []).append(line)
                        shown = examples.setdefault(what, {})
                        if len(shown) <= EXAMPLES:
                            shown[str(row[at])] = text
            for what, where in lines.items():
                pairs = [(shorten(old), shorten(new)) for old, new in examples[what].items()]
                said = [f"“{old}” → “{new}”" if old != new else f"“{old}”" for old, new in pairs]
                more = " …" if len(said) > EXAMPLES else ""
                self.note(where[0], name, what + _rows(where), ", ".join(said[:EXAMPLES]) + more)


def say_rows(lines: Iterable[int]) -> str:
    """“rows 3, 5–9 and 14”; at most ten places."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    said = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs[:10]]
    if len(runs) > 10:
        rest = sum(b - a + 1 for a, b in runs[10:])
        return f"rows {', '.join(said)} and {rest} more"
    word = "row" if len(runs) == 1 and runs[0][0] == runs[0][1] else "rows"
    return f"{word} {', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else f"{word} {said[0]}"


def _rows(lines: list[int]) -> str:
    """Where more than the first row is meant."""
    return f" ({say_rows(lines)})" if len(lines) > 1 else ""


def _accented(text: str) -> set[str]:
    """The words with a letter that is not of the English alphabet."""
    return {word for word in WORD.findall(text) if not word.isascii()}


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _own(sheet: Sheet) -> bool:
    """Whether it is a sheet of explanations that the download has added."""
    first = sheet.rows[0][1][0] if sheet.rows else ""
    return isinstance(first, str) and first.startswith(OWN_SHEETS.get(sheet.name, "\x00"))
