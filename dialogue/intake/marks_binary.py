"""What stands in an XLS or XLSB beside the values: formulas, errors, percents, hidden and struck-out rows.

Both are rows of records (kind, length, content), of which a few are looked at. The reader of
values takes the result of a formula in an XLS for 0 where it is a text, so that formulas must be
seen here. Merged cells of an XLSB are not told.
"""

import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from dialogue.intake.guard import LOCKED, Guard, Marks, Refused, letters
from dialogue.intake.marks_xlsx import FORMAT_LIMIT, KINDS_MARKED, kind_of, links

ERRORS = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"
}  # fmt: skip


class _Styles:
    """Number formats and fonts, as the cells point at them."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.fonts: list[bool] = []
        self.cells: list[tuple[int, int]] = []  # format and font

    def of(self, style: int) -> tuple[str, bool]:
        """What a number in such a cell is, and whether it is struck out."""
        if style >= len(self.cells):
            return "", False
        number, font = self.cells[style]
        struck = font < len(self.fonts) and self.fonts[font]
        return kind_of(number, self.formats.get(number, "")), struck


def _mark(marks: Marks, guard: Guard, styles: _Styles, row: int, column: int, style: int, number: bool) -> None:
    marks.reach(row, column)
    guard.extent(*marks.last)
    kind, struck = styles.of(style)
    if number and kind in KINDS_MARKED:
        marks.cells[row, column] = (kind, "")
    if struck and marks.struck[-1:] != [row]:
        marks.struck.append(row)


# ---- XLS ----

FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, MULRK, RSTRING = 6, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xBD, 0xD6
BOF, FILEPASS, FONT, FORMAT, XF, COLINFO, ROW, NOTE, BOUNDSHEET = 0x809, 0x2F, 0x31, 0x41E, 0xE0, 0x7D, 0x208, 0x1C, 0x85


def xls(content: bytes, guard: Guard) -> list[Marks]:
    """The marks of every sheet of an XLS, in the order of the workbook."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused(LOCKED)
    with olefile.OleFileIO(BytesIO(content)) as container:
        name = next((name for name in ("Workbook", "Book") if container.exists(name)), "")
        if not name:
            raise Refused("is an old document of an office program, but no spreadsheet")
        stream = container.openstream(name).read()
    styles, begins, found = _Styles(), [], {}
    sheet: Marks | None = None
    for at, kind, data in _records(stream, guard):
        if kind == BOF:
            found[at] = sheet = Marks()
        elif kind == FILEPASS:
            raise Refused(LOCKED)
        elif kind == BOUNDSHEET:
            begins.append(struct.unpack_from("<I", data)[0])
        elif kind == FONT:
            if len(styles.fonts) == 4:  # the fifth is left out in every file
                styles.fonts.append(False)
            styles.fonts.append(bool(struct.unpack_from("<H", data, 2)[0] & 8))
        elif kind == FORMAT and len(data) > 5:
            number, length, wide = struct.unpack_from("<HHB", data)
            text = data[5 : 5 + min(length, FORMAT_LIMIT) * (2 if wide & 1 else 1)]
            styles.formats[number] = text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        elif kind == XF:
            font, number = struct.unpack_from("<HH", data)
            styles.cells.append((number, font))
        elif sheet is not None:
            _xls_cell(sheet, guard, styles, kind, data)
    return [found.get(begin, Marks()) for begin in begins]


def _xls_cell(sheet: Marks, guard: Guard, styles: _Styles, kind: int, data: bytes) -> None:
    if kind in (FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING):
        row, column, style = struct.unpack_from("<HHH", data)
        row, column = row + 1, column + 1
        _mark(sheet, guard, styles, row, column, style, kind in (NUMBER, RK))
        if kind == FORMULA:
            sheet.cells[row, column] = ("formula", "=…")
        elif kind == BOOLERR and data[7]:
            sheet.cells[row, column] = ("error", ERRORS.get(data[6], "#?"))
    elif kind == MULRK:
        row, first = struct.unpack_from("<HH", data)
        for place in range((len(data) - 6) // 6):
            style = struct.unpack_from("<H", data, 4 + 6 * place)[0]
            _mark(sheet, guard, styles, row + 1, first + place + 1, style, True)
    elif kind == COLINFO:
        first, _last, _width, _style, flags = struct.unpack_from("<HHHHH", data)
        sheet.hidden_columns |= bool(flags & 1) and first < guard.columns
    elif kind == ROW:
        row, flags = struct.unpack_from("<H", data)[0], struct.unpack_from("<H", data, 12)[0]
        if flags & 0x20:
            sheet.hidden_rows.append(row + 1)
    elif kind == NOTE:
        row, column = struct.unpack_from("<HH", data)
        sheet.comments.append(f"{letters(column + 1)}{row + 1}")


def _records(stream: bytes, guard: Guard) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:
            return
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        guard.time()


# ---- XLSB ----


def xlsb(parts: dict[str, bytes], guard: Guard) -> list[Marks]:
    """The marks of every sheet of an XLSB, in the order of the workbook."""
    styles = _Styles()
    inside = False
    for kind, data in _bin_records(parts.get("xl/styles.bin", b""), guard):
        if kind == 44:
            number, length = struct.unpack_from("<HI", data)
            styles.formats[number] = data[6 : 6 + 2 * min(length, FORMAT_LIMIT)].decode("utf-16-le", "replace")
        elif kind == 43:
            styles.fonts.append(bool(struct.unpack_from("<H", data, 2)[0] & 8))
        elif kind in (617, 618):
            inside = kind == 617
        elif kind == 47 and inside:
            _parent, number, font = struct.unpack_from("<HHH", data)
            styles.cells.append((number, font))
    found = {
        name: _xlsb_sheet(data, guard, styles)
        for name, data in parts.items()
        if name.endswith(".bin") and not name.endswith(("styles.bin", "vbaProject.bin"))
    }
    targets = links("xl/workbook.bin", parts, guard)
    order = []
    for kind, data in _bin_records(parts["xl/workbook.bin"], guard):
        if kind == 156:
            length = struct.unpack_from("<I", data, 8)[0]
            order.append(targets.get(data[12 : 12 + 2 * length].decode("utf-16-le"), ("", ""))[1])
    return [found.get(part, Marks()) for part in order]


def _xlsb_sheet(data: bytes, guard: Guard, styles: _Styles) -> Marks:
    sheet, row, inside = Marks(), 0, False
    for kind, record in _bin_records(data, guard):
        if kind in (145, 146):  # the rows begin and end
            inside = kind == 145
        elif not inside:
            continue
        elif kind == 0:
            row = struct.unpack_from("<I", record)[0] + 1
            if len(record) > 11 and record[11] & 0x10:
                sheet.hidden_rows.append(row)
        elif 2 <= kind <= 11:
            column, style = struct.unpack_from("<II", record)
            _mark(sheet, guard, styles, row, column + 1, style & 0xFFFFFF, kind in (2, 5))
            if kind >= 8:
                sheet.cells[row, column + 1] = ("formula", "=…")
            elif kind == 3:
                sheet.cells[row, column + 1] = ("error", ERRORS.get(record[8], "#?"))
    return sheet


def _bin_records(stream: bytes, guard: Guard) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(stream):
        kind, at = stream[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (stream[at] & 0x7F) << 7, at + 1
        length = shift = 0
        for _ in range(4):
            byte, at = stream[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, stream[at : at + length]
        at += length
        guard.time()

