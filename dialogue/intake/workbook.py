"""A table as a file for a spreadsheet program, to be edited offline and handed back.

The workbook has the table (first sheet), an explanation of every column, and the
codes that the drop-down lists offer. `incoming` reads it back without a
change; so it does the CSV.
"""

import csv
import io

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dialogue.intake.forms import is_partial_date
from dialogue.intake.guard import CELL_LIMIT
from dialogue.intake.incoming import OWN_SHEETS
from dialogue.intake.lookup import Lookup
from dialogue.tables import write
from dialogue.tables.package import Description, Field, Table
from dialogue.tables.rows import Checked

MOST_CODES = 250  # a longer list is not read to its end
MOST_ROWS = 50_000  # rows for which the lists and limits hold
DANGEROUS = "=+-@\t\r"
COLUMNS, CODES = OWN_SHEETS
INK, KEY_FILL, HEAD_FILL = "FF1B1B1B", "FFFFF2CC", "FFD9E8F5"
TEXT = "@"
PROMPT = 255  # characters of a message beside a cell
WIDTHS = (8, 60)


def xlsx(description: Description, checked: Checked, name: str) -> bytes:
    """The workbook of a table: the table as `checked` has it, its columns explained, its codes."""
    table = description.tables[name]
    book = Workbook()
    lookup = Lookup(table, description, checked.rows)
    sheet = book.active
    sheet.title = table.name[:31]
    rows = sorted(checked.rows.get(name, ()), key=write.order(table))
    _styles(book)
    _table(sheet, table, rows)
    places = _codes(book, table, lookup)
    for number, spec in enumerate(table.fields, start=1):
        _limit(sheet, number, spec, places.get(spec.name, ""), lookup)
    _explain(book, description, table, lookup, places)
    _protect(sheet)
    book.move_sheet(CODES, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_for_spreadsheet(table: Table, rows: list[tuple]) -> bytes:
    """The table as a CSV that spreadsheet programs open in the right encoding and run nothing of."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f.name for f in table.fields])
    for row in sorted(rows, key=write.order(table)):
        writer.writerow([_safe(value) for value in row[1:]])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _safe(value: object) -> str:
    text = write.cell(value)
    return f"'{text}" if isinstance(value, str) and text[:1] and text[0] in DANGEROUS else text


def _styles(book: Workbook) -> None:
    edge = Side(style="thin", color="FFB7B7B7")
    top = Alignment(vertical="top")
    plain = Font(name="Calibri", size=11, color=INK)
    bold = Font(name="Calibri", size=11, bold=True, color=INK)
    key, head = PatternFill("solid", fgColor=KEY_FILL), PatternFill("solid", fgColor=HEAD_FILL)
    border = Border(bottom=edge)
    for style in (
        NamedStyle("da text", plain, number_format=TEXT, alignment=top, protection=Protection(locked=False)),
        NamedStyle("da number", plain, number_format="0", alignment=top, protection=Protection(locked=False)),
        NamedStyle(
            "da decimal", plain, number_format="General", alignment=top, protection=Protection(locked=False)
        ),
        NamedStyle(
            "da key text", plain, key, number_format=TEXT, alignment=top, protection=Protection(locked=True)
        ),
        NamedStyle(
            "da key number", plain, key, number_format="0", alignment=top, protection=Protection(locked=True)
        ),
        NamedStyle("da head", bold, head, border, top, TEXT, Protection(locked=True)),
        NamedStyle("da key head", bold, key, border, top, TEXT, Protection(locked=True)),
        NamedStyle("da title", Font(name="Calibri", size=14, bold=True, color=INK), number_format=TEXT),
        NamedStyle(
            "da words", plain, number_format=TEXT, alignment=Alignment(wrap_text=True, vertical="top")
        ),
    ):
        book.add_named_style(style)


def _style(table: Table, spec: Field, of_row: bool) -> str:
    kind = {"integer": "number", "number": "decimal"}.get(spec.type, "text")
    # the key of a row that stands says which row it is; a new row gets a new key
    if of_row and spec.name in table.primary_key:
        return f"da key {'text' if kind == 'text' else 'number'}"
    return f"da {kind}"


def _table(sheet: Worksheet, table: Table, rows: list[tuple]) -> None:
    keys = set(table.primary_key)
    for number, spec in enumerate(table.fields, start=1):
        letter = get_column_letter(number)
        head = sheet.cell(1, number, spec.name)
        head.style = "da key head" if spec.name in keys else "da head"
        longest = max([len(spec.name) + 3, *(len(write.cell(row[number])) for row in rows[:500])])
        column = sheet.column_dimensions[letter]
        column.width = min(max(longest + 2, WIDTHS[0]), WIDTHS[1])
        # the form of the empty rows below, so that what is typed there stays text
        column.number_format = {"integer": "0", "number": "General"}.get(spec.type, TEXT)
        column.protection = Protection(locked=False)
        column.alignment = Alignment(vertical="top")
    styles = [_style(table, spec, True) for spec in table.fields]
    # a style is looked up by name once, and then copied: a look-up for every cell takes seconds
    made = {}
    for line, row in enumerate(rows, start=2):
        for number, value in enumerate(row[1:], start=1):
            style = styles[number - 1]
            if value is None and not style.startswith("da key"):
                continue  # as the column says
            cell = sheet.cell(line, number)
            text = isinstance(value, str)
            quoted = text and value[:1] in DANGEROUS
            if (style, quoted) not in made:
                cell.style = style
                if quoted:
                    cell.quotePrefix = True
                made[style, quoted] = cell._style
            else:
                cell._style = made[style, quoted]
            if text:
                put(cell, value)
            else:
                cell.value = value
    sheet.freeze_panes = sheet.cell(2, 2 if table.fields[0].name in keys else 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.fields))}{max(len(rows) + 1, 2)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def put(cell: Cell, text: str) -> None:
    """Write a text as text, also one that looks like a formula or an error."""
    if len(text) > CELL_LIMIT:
        raise ValueError(f"a text of {len(text):,} characters does not fit in a cell of a spreadsheet")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text) or None
    if cell.value is not None:
        cell.data_type = "s"


def _protect(sheet: Worksheet) -> None:
    """Guard header and keys against a slip; there is no password, so that nobody is locked out."""
    guard = sheet.protection
    guard.sheet = True
    for allowed in (
        "formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter",
        "selectLockedCells", "selectUnlockedCells",
    ):  # fmt: skip
        setattr(guard, allowed, False)  # False: not forbidden


# ---- codes and limits ----


def _listed(spec: Field, lookup: Lookup) -> dict[str, str]:
    """Codes that a drop-down list offers; none where there are too many or the text is free."""
    codes = lookup.codes(spec)
    closed = "enum" in spec.constraints or lookup.target(spec)
    return codes if closed and spec.type in ("string", "integer") and 0 < len(codes) <= MOST_CODES else {}


def _codes(book: Workbook, table: Table, lookup: Lookup) -> dict[str, str]:
    """Write the codes of every column side by side; returns the cells of each list by column."""
    sheet = book.create_sheet(CODES)
    sheet["A1"] = f"{OWN_SHEETS[CODES]} of the sheet {table.name}; nothing needs to be changed here"
    sheet["A1"].style = "da title"
    places: dict[str, str] = {}
    same: dict[tuple, str] = {}
    at = 1
    for spec in table.fields:
        codes = _listed(spec, lookup)
        if not codes:
            continue
        key = tuple(codes)
        if key not in same:
            for offset, words in enumerate((spec.name, "meaning")):
                head = sheet.cell(3, at + offset, words)
                head.style = "da head"
            for line, (code, name) in enumerate(codes.items(), start=4):
                cell = sheet.cell(line, at)
                put(cell, code) if spec.type == "string" else setattr(cell, "value", int(code))
                cell.number_format = TEXT if spec.type == "string" else "0"
                put(sheet.cell(line, at + 1), name or "")
            first = get_column_letter(at)
            sheet.column_dimensions[first].width = min(max(map(len, codes)) + 4, 40)
            sheet.column_dimensions[get_column_letter(at + 1)].width = 36
            same[key] = f"{quote_sheetname(CODES)}!${first}$4:${first}${len(codes) + 3}"
            at += 3
        places[spec.name] = same[key]
    sheet.freeze_panes = "A4"
    return places


def _limit(sheet: Worksheet, number: int, spec: Field, place: str, lookup: Lookup) -> None:
    """What a column accepts, as the spreadsheet program can tell while one types."""
    low, high = spec.constraints.get("minimum"), spec.constraints.get("maximum")
    error = ""
    if place:
        rule = DataValidation(type="list", formula1=place)
        error = "Choose one of the codes of the list; the sheet Codes says what they mean."
    elif spec.type in ("integer", "number"):
        kind = "whole" if spec.type == "integer" else "decimal"
        if low is not None and high is not None:
            rule = DataValidation(type=kind, operator="between", formula1=str(low), formula2=str(high))
            error = f"Write a {'whole ' if kind == 'whole' else ''}number from {low} to {high}."
        else:
            low = -(10**9) if low is None else low
            rule = DataValidation(type=kind, operator="greaterThanOrEqual", formula1=str(low))
            error = f"Write a {'whole ' if kind == 'whole' else ''}number" + (
                f" of {low} or more." if low >= 0 else "."
            )
        error += " “At least” and “about” belong in count_type or note." if spec.unit == "persons" else ""
    elif lookup.codes(spec) or spec.constraints.get("pattern"):
        rule = DataValidation()  # a message only
    else:
        return
    rule.allow_blank = True
    rule.showErrorMessage = bool(error)
    rule.errorTitle, rule.error, rule.errorStyle = spec.title[:31], error[:PROMPT] or None, "stop"
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = spec.title[:31], _prompt(spec)
    letter = get_column_letter(number)
    rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(rule)


def _prompt(spec: Field) -> str:
    text = spec.description if not spec.required else f"{spec.description} Required."
    return text if len(text) <= PROMPT else text[: PROMPT - 1] + "…"


# ---- explanations ----


def _explain(book: Workbook, description: Description, table: Table, lookup: Lookup, places: dict) -> None:
    """The sheet that says what every column means and how the file is handed back."""
    sheet = book.create_sheet(COLUMNS)
    keys = ", ".join(table.primary_key)
    words = [
        (f"{OWN_SHEETS[COLUMNS]}: {table.title}", "da title"),
        (table.description, "da words"),
        (
            f"Data of {description.title}, version {description.version}, as of {description.as_of}.",
            "da words",
        ),
        (
            "How to use it: change cells or add rows below on the first sheet, keep its column names, save as XLSX or "
            f"“CSV UTF-8” and drop the file on the page “Data desk”, or run: python -m dialogue check FILE --table {table.name}",
            "da words",
        ),
        (
            f"The yellow cells are the key of a row ({keys}): it names the row and stands once. The keys of the rows that stand "
            "and the column names are protected against a slip. To sort rows, delete a row or change its key, unprotect the sheet first "
            "(there is no password).",
            "da words",
        ),
        (
            "Leave a cell empty where nothing is known; 0 says that a source counted and found none. Write no formulas. "
            "Every figure needs a source: a code of the table sources.",
            "da words",
        ),
    ]
    for line, (text, style) in enumerate(words, start=1):
        cell = sheet.cell(line, 1)
        put(cell, text)
        cell.style = style
        if style == "da words":
            sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=7)
            sheet.row_dimensions[line].height = 15 * (1 + len(text) // 130)
    head = len(words) + 2
    for number, (title, width) in enumerate(
        (
            ("Column", 20), ("Title", 24), ("Meaning", 60), ("Unit", 10), ("Required", 10), ("Key", 6),
            ("What is allowed", 60),
        ),
        start=1,
    ):  # fmt: skip
        sheet.cell(head, number, title).style = "da head"
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, spec in enumerate(table.fields, start=head + 1):
        cells = (
            spec.name, spec.title, spec.description, spec.unit, "yes" if spec.required else "",
            "yes" if spec.name in table.primary_key else "", _allowed(spec, lookup, places),
        )  # fmt: skip
        for number, text in enumerate(cells, start=1):
            cell = sheet.cell(line, number)
            cell.style = "da words"
            put(cell, text)
    sheet.freeze_panes = sheet.cell(head + 1, 2)


def _allowed(spec: Field, lookup: Lookup, places: dict) -> str:
    limits = spec.constraints
    targets = " or ".join(f"{other}.csv ({column})" for other, column in lookup.target(spec))
    if "enum" in limits:
        return f"one of {', '.join(map(str, limits['enum']))}"
    if targets:
        listed = "; see the list" if spec.name in places else "; too many for a list: look the code up there"
        return f"a code of {targets}{listed}"
    if spec.type in ("integer", "number"):
        kind = "a whole number" if spec.type == "integer" else "a number"
        low, high = limits.get("minimum"), limits.get("maximum")
        if low is not None and high is not None:
            return f"{kind} from {low} to {high}"
        return kind if low is None else f"{kind} of {low} or more"
    if is_partial_date(spec):
        return "a date as YYYY-MM-DD, YYYY-MM or YYYY, as much as is known"
    if limits.get("pattern"):
        return f"a text of the form {limits['pattern']}"
    return "text" if not limits.get("unique") else "text, once in the table"
