"""What stands in an XLSX beside the values: formulas, errors, formats, hidden and struck-out rows, comments.

One pass over each part. openpyxl tells the same, but ten times as slowly (2.7 s for 10,000
rows), not of Strict Open XML, and it stops at many a workbook that spreadsheet programs open.
"""

import posixpath
import re

from dialogue.intake.guard import Guard, Marks, Xml, local

FORMAT_LIMIT = 255  # characters of a number format
KINDS_MARKED = ("percent", "part", "time")


def sheets(parts: dict[str, bytes], guard: Guard) -> list[str]:
    """The part of each sheet, in the order of the workbook."""
    book = next((p for kind, p in links("", parts, guard).values() if kind.endswith("/officeDocument")), "")
    if not parts.get(book):
        return []
    targets = links(book, parts, guard)
    found = []

    class Book(Xml):
        def start(self, tag, attributes):
            if tag == "sheet":
                link = next((v for k, v in attributes.items() if local(k) == "id" and ":" in k), "")
                found.append(targets.get(link, ("", ""))[1])

    Book().run(parts[book], guard)
    return found


def marks(parts: dict[str, bytes], guard: Guard) -> dict[str, Marks]:
    """The marks of every part that is a sheet; every other part is gone through as well."""
    styles = _Styles()
    found = {}
    for name, data in parts.items():
        if name.endswith("styles.xml"):
            styles.run(data, guard)
    for name, data in parts.items():
        if data and not name.endswith("styles.xml"):
            sheet = _Sheet(guard, styles)
            sheet.run(data, guard)
            if sheet.is_sheet:
                guard.extent(*sheet.marks.last)
                found[name] = sheet.marks
    for name, sheet in found.items():
        for kind, part in links(name, parts, guard).values():
            if kind.endswith("/comments") and parts.get(part):
                sheet.comments += _comments(parts[part], guard)
    return found


def links(part: str, parts: dict[str, bytes], guard: Guard) -> dict[str, tuple[str, str]]:
    """What a part points at inside the file: id → kind, part."""
    folder, name = posixpath.split(part)
    found = {}

    class Relations(Xml):
        def start(self, tag, attributes):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"]
                path = posixpath.normpath(posixpath.join("/", folder, target))
                found[attributes["Id"]] = (attributes["Type"], path.lstrip("/"))

    data = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if data:
        Relations().run(data, guard)
    return found


def _comments(data: bytes, guard: Guard) -> list[str]:
    found = []

    class Comments(Xml):
        def start(self, tag, attributes):
            if tag == "comment":
                found.append(attributes.get("ref", ""))

    Comments().run(data, guard)
    return found


class _Styles(Xml):
    """What a number in a cell of each style is, and whether its letters are struck out."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.fonts: list[bool] = []
        self.kinds: list[str] = []
        self.struck: list[bool] = []
        self.inside = ""

    def start(self, tag, attributes):
        if tag == "numFmt":
            self.formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:FORMAT_LIMIT]
        elif tag in ("cellXfs", "fonts", "dxfs", "cellStyleXfs"):
            self.inside = tag
        elif tag == "font" and self.inside == "fonts":
            self.fonts.append(False)
        elif tag == "strike" and self.inside == "fonts" and self.fonts:
            self.fonts[-1] = attributes.get("val", "1") in ("1", "true")
        elif tag == "xf" and self.inside == "cellXfs":
            number, font = int(attributes.get("numFmtId", 0)), int(attributes.get("fontId", 0))
            self.kinds.append(kind_of(number, self.formats.get(number, "")))
            self.struck.append(0 <= font < len(self.fonts) and self.fonts[font])


KINDS = {"b", "d", "e", "inlineStr", "n", "s", "str"}  # of cells, as the format names them


class _Sheet(Xml):
    """The cells of one sheet that are more than their value."""

    def __init__(self, guard: Guard, styles: _Styles) -> None:
        self.guard, self.styles = guard, styles
        self.marks = Marks()
        self.is_sheet = False
        self.row = self.column = 0
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.columns: dict[str, int] = {}
        self.struck = any(styles.struck)

    def start(self, tag, attributes):
        if tag == "c":
            self._place(attributes.get("r"))
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            if self.kind not in KINDS:
                raise ValueError("a cell of no known kind")  # programs differ in what they read there
        elif tag == "v":
            self._filled()
        elif tag == "f":
            self.marks.reach(self.row, self.column)
            self.pieces = []
            self.kind = "formula"
            self.listen(self.pieces)
        elif tag == "is":
            self._filled()
        elif tag == "row":
            number = int(attributes.get("r", self.row + 1))
            if number <= self.row:
                raise ValueError("rows out of order")
            self.row, self.column = number, 0
            if attributes.get("hidden") in ("1", "true"):
                self.marks.hidden_rows.append(number)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.marks.hidden_columns |= int(attributes["min"]) <= self.guard.columns
        elif tag == "sheetData":
            self.is_sheet = True

    def end(self, tag):
        if tag == "f":
            self.listen(None)
            self.marks.cells[self.row, self.column] = ("formula", "=" + "".join(self.pieces))
        elif tag == "v" and self.kind == "e":
            self.listen(None)
            self.marks.cells[self.row, self.column] = ("error", "".join(self.pieces))

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters) or self.columns.setdefault(letters, _column(letters))
        if column <= self.column or reference[len(letters) :] != str(self.row):
            raise ValueError("a cell of another row, or twice the same")
        self.column = column

    def _filled(self) -> None:
        marks = self.marks
        marks.reach(self.row, self.column)
        if self.kind == "e":
            self.pieces = []
            self.listen(self.pieces)
        if not self.style:
            return
        style = int(self.style)
        if not 0 <= style < len(self.styles.kinds):
            return
        if self.kind == "n" and self.styles.kinds[style] in KINDS_MARKED:
            marks.cells[self.row, self.column] = (self.styles.kinds[style], "")
        if self.struck and self.styles.struck[style] and marks.struck[-1:] != [self.row]:
            marks.struck.append(self.row)


def _column(letters: str) -> int:
    if not re.fullmatch(r"[A-Z]{1,3}", letters):
        raise ValueError("no column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def kind_of(number: int, code: str) -> str:
    """What a number format shows: number, percent, date, part (of a date) or time; below 164 they are built in."""
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


def other_zip(names: set[str]) -> str:
    """What a ZIP file is that holds no workbook; "" where it should be one."""
    if any(name.startswith("word/") for name in names):
        return "is a Word document, not a table"
    if any(name.startswith("ppt/") for name in names):
        return "is a presentation, not a table"
    if "Index/Document.iwa" in names or "index.zip" in names:
        return "is a Numbers document; export it as XLSX, ODS or CSV"
    if "mimetype" in names and "content.xml" in names:
        return "is an OpenDocument file, but no spreadsheet (ODS)"
    if "[Content_Types].xml" in names:
        return ""
    return "is a ZIP archive that holds no workbook; take the table out of it"


