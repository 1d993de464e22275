"""A CSV as bytes: its encoding, its line ends, what separates its cells."""

import csv
import io
import re

import charset_normalizer

from dialogue.intake.grid import DELIMITERS
from dialogue.intake.guard import Guard, Refused
from dialogue.intake.header import HEADER_ROWS, Finder
from dialogue.intake.reading import Sheet
from dialogue.intake.report import Report
from dialogue.tables.rows import FIELD_LIMIT, Checked

LAST_ROW = 1_048_576  # the last row of a spreadsheet
WORD = re.compile(r"\w+")

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
    b"PAR1": "is a Parquet file; save the table as XLSX, ODS or CSV",
    b"SQLite format 3\x00": "is a database, not a table",
    b"\x7fELF": "is a program, not a table",
    b"MZ": "is a program, not a table",
}
MARKUP = re.compile(r"\s*<(!doctype|html|\?xml|svg|table|head|body|meta|workbook|ss:workbook)\b", re.I)


class CsvFile:
    """Reads a CSV as a sheet; what it cannot be read as is told in `report`."""

    def __init__(self, report: Report, finder: Finder, guard: Guard, current: Checked | None) -> None:
        self.report, self.finder, self.guard, self.current = report, finder, guard, current

    def read(self, content: bytes) -> Sheet | None:
        text = self._text(content)
        if MARKUP.match(text):
            raise Refused("is a web page or XML, not a table; save it as XLSX, ODS or CSV")
        if "\x00" in text:
            line = len(re.findall(r"\r\n|\r|\n", text[: text.index("\x00")])) + 1
            self.report.problem(
                line, "", "", "holds a character that is not text (NUL); the file is damaged, save it again"
            )
            return None
        text, separator = self._separator_line(text)
        if not text.strip():
            raise Refused("the file is empty; it has no header and no rows")
        if "\r" in text.replace("\r\n", "\n"):
            self.report.note(0, "", "some lines end as on old Macintosh computers (CR); read as line ends")
        delimiter = self._delimiter(text, separator)
        sheet = self._records(text, delimiter)
        if sheet:
            sheet.cut, sheet.commas = not text.endswith(("\n", "\r")), delimiter == ";"
        return sheet

    def _text(self, content: bytes) -> str:
        """The text of a file, whatever its encoding; notes all that are not UTF-8."""
        for magic, what in MAGIC.items():
            # two letters are a beginning of words too: a picture or program has bytes that are no text
            if content.startswith(magic) and (len(magic) > 2 or b"\x00" in content[:200]):
                raise Refused(what)
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
        _other_alphabet(content)
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise Refused(
                f"the file is neither UTF-8 nor Windows-1252 (row {line} holds a byte that is neither); "
                "save it as “CSV UTF-8”, XLSX or ODS"
            ) from error
        self._other_encoding(content, text)
        letters = "".join(dict.fromkeys(c for c in text if not c.isascii()))
        self.report.note(
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
                    f"the file is not UTF-8 but probably in {words}; save it as “CSV UTF-8”, XLSX or ODS"
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
                f"the file says that it is {words or 'UTF-8'}, but is not throughout; save it as “CSV UTF-8”, XLSX or ODS"
            ) from error
        if words:
            self.report.note(0, "", f"the file was read as {words}")
        return text.removeprefix("\ufeff")

    def _separator_line(self, text: str) -> tuple[str, str]:
        """Take off the line “sep=;”, which spreadsheet programs read and do not show."""
        found = re.match(r'"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)', text, re.I)
        if not found:
            return text, ""
        self.report.note(0, "", f"the line “sep={found[1]}” above the table was left out")
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
            header = self.finder.best(rows)[1]
            if header and header.fit > most:
                best, most = delimiter, header.fit
        if most and best != ",":
            self.report.note(
                0, "", f"the cells are separated by {DELIMITERS.get(best, f'“{best}”')} instead of commas"
            )
        return best

    def _records(self, text: str, delimiter: str) -> Sheet | None:
        csv.field_size_limit(FIELD_LIMIT)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
        sheet = Sheet("", csv=True)
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
        self.report.problem(line, "", "", rule)


# Letters that no language written in Windows-1252 puts one after the other.
NO_WORD = re.compile(r"[^\W\d_a-zA-Z]{4,}|(?:[\xa1-\xff][\x40-\x7e\xa1-\xff]){5,}")
ALPHABETS = {
    "cp1256": "Arabic letters in Windows-1256", "cp1251": "Cyrillic letters in Windows-1251",
    "cp1253": "Greek letters in Windows-1253", "gb18030": "Chinese letters in GB 18030",
    "shift_jis": "Japanese letters in Shift JIS", "cp949": "Korean letters in Windows-949",
    "cp1250": "letters of Central Europe in Windows-1250", "cp1252": "",
}  # fmt: skip
SURE = 0.3  # how well the letters must fit a language before one alphabet alone is named
NEAR = 0.05  # how much worse another alphabet may fit to be named too


def _other_alphabet(content: bytes) -> None:
    """Refuse a file of another alphabet; charset-normalizer names it where it is sure.

    Among the code pages of Latin letters it guesses too often wrong for a table of a few names
    (“Côte d'Ivoire” is Big5 to it); there the words of the tables decide (`_other_encoding`).
    """
    words = [word for word in content.split() if NO_WORD.search(word.decode("cp1252", "replace"))][:500]
    if not words:
        return
    found = charset_normalizer.from_bytes(b" ".join(words), cp_isolation=list(ALPHABETS), threshold=0.5)
    near = [one for one in found if one.chaos <= found[0].chaos + NEAR] if found else []
    if near and near[0].coherence >= SURE:
        near = near[:1]
    named = [ALPHABETS[one.encoding] for one in near if ALPHABETS.get(one.encoding)][:3]
    raise Refused(
        "the letters of the file make no words in Windows-1252"
        + (f"; they are probably {' or '.join(named)}" if named else "; they are of another alphabet")
        + ". Save the table as “CSV UTF-8”, XLSX or ODS"
    )


def _accented(text: str) -> set[str]:
    """The words with a letter that is not of the English alphabet."""
    return {word for word in WORD.findall(text) if not word.isascii()}
