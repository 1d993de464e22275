"""What stands in an ODS beside the values: formulas, errors, percents, hidden and struck-out rows, comments.

One pass over `content.xml`. It also counts repeated cells before a reader lays them out: a few
bytes of an ODS may claim 17,000,000,000 cells.
"""

from dialogue.intake.guard import Guard, Marks, Refused, Xml, letters, local

TRUTHS = ("of:=TRUE()", "of:=FALSE()")  # how LibreOffice keeps a truth value that came from elsewhere


class Content(Xml):
    """Marks by sheet, in the order of the file; `names` and `hidden` of the sheets beside them."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.names: list[str] = []
        self.hidden: list[bool] = []
        self.sheets: list[Marks] = []
        self.parts: set[str] = set()  # formats of dates that hide the day or the year
        self.styles: dict[str, tuple[str, bool]] = {}  # style → format, struck out
        self.off: set[str] = set()  # styles of sheets that are not shown
        self.style = self.date_format = ""
        self.seen: set[str] = set()
        self.depth = 0  # inside an annotation or a frame
        self.row = self.column = self.rows = self.columns = 0
        self.cell: dict[str, str] | None = None
        self.pieces: list[str] = []

    # ---- styles ----

    def start(self, tag, attributes):
        if tag in ("table-cell", "covered-table-cell", "table-row", "table-column", "table", "p", "annotation"):
            getattr(self, "_" + tag.replace("-", "_"))({local(k): v for k, v in attributes.items()})
        elif tag == "date-style":
            self.date_format, self.seen = attributes.get("style:name", ""), set()
        elif tag in ("day", "month", "year") and self.date_format:
            self.seen.add(tag)
        elif tag == "style":
            self.style = attributes.get("style:name", "")
            self.styles[self.style] = (attributes.get("style:data-style-name", ""), False)
        elif tag == "text-properties" and self.style:
            struck = attributes.get("style:text-line-through-style", "none") != "none"
            self.styles[self.style] = (self.styles[self.style][0], struck)
        elif tag == "table-properties" and self.style and attributes.get("table:display") == "false":
            self.off.add(self.style)

    def end(self, tag):
        if tag == "date-style":
            if not {"day", "year"} <= self.seen:
                self.parts.add(self.date_format)
            self.date_format = ""
        elif tag == "style":
            self.style = ""
        elif tag == "annotation":
            self.depth -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell_ends()
        elif tag == "p":
            self.listen(None)

    # ---- sheets ----

    def _table(self, given):
        if self.cell is not None:
            raise ValueError("a table inside a cell")
        self.names.append(given.get("name", ""))
        self.hidden.append(given.get("style-name", "") in self.off)
        self.sheets.append(Marks())
        self.row = self.rows = 0

    def _table_column(self, given):
        if given.get("visibility") in ("collapse", "filter"):
            self.sheets[-1].hidden_columns = True

    def _table_row(self, given):
        self.row += self.rows
        self.rows = _times(given, "number-rows-repeated")
        self.row = self.row or 1
        self.column, self.columns = 1, 0
        self.collapsed = given.get("visibility") in ("collapse", "filter")

    def _table_cell(self, given):
        self.column += self.columns
        self.columns = _times(given, "number-columns-repeated")
        self.cell, self.pieces = given, []
        if "value-type" in given or "formula" in given:
            self._filled()
        wide, high = _times(given, "number-columns-spanned"), _times(given, "number-rows-spanned")
        if wide > 1 or high > 1:
            first, last = letters(self.column), letters(self.column + wide - 1)
            self.sheets[-1].merged.append(f"{first}{self.row}:{last}{self.row + high - 1}")

    _covered_table_cell = _table_cell

    def _annotation(self, _given):
        self.depth += 1
        if self.cell is not None:
            self.sheets[-1].comments.append(f"{letters(self.column)}{self.row}")

    def _p(self, _given):
        if self.cell is not None and not self.depth:
            self._filled()
            self.listen(self.pieces)

    def _filled(self) -> None:
        last = self.row + self.rows - 1, self.column + self.columns - 1
        self.guard.extent(*last)
        self.sheets[-1].reach(*last)

    def _cell_ends(self) -> None:
        given, self.cell = self.cell, None
        marks, kind, text = self.sheets[-1], "", ""
        if given is None:
            raise ValueError("a cell ends that has not begun")
        formula, value = given.get("formula", ""), given.get("value-type", "")
        style, struck = self.styles.get(given.get("style-name", ""), ("", False))
        shown = "".join(self.pieces)
        # `calcext:value-type` overwrites `office:value-type` where it stands later, and says more
        if value == "error":
            kind, text = "error", shown
        elif value == "boolean" or formula in TRUTHS:
            kind, text = "boolean", shown.upper()
        elif formula:
            kind, text = "formula", formula.removeprefix("of:")
        elif value in ("percentage", "time"):
            kind = "percent" if value == "percentage" else "time"
        elif value == "date" and style in self.parts:
            kind = "part"
        filled = bool(value or formula or shown)
        rows = range(self.row, self.row + self.rows) if filled else ()
        if kind:
            if len(marks.cells) + len(rows) * self.columns > self.guard.cells:
                raise Refused(f"the file has more than {self.guard.cells:,} cells; send it in parts")
            for row in rows:
                for column in range(self.column, self.column + self.columns):
                    marks.cells[row, column] = (kind, text)
        if filled and struck and marks.struck[-1:] != [rows[-1]]:
            marks.struck += rows
        if filled and self.collapsed and marks.hidden_rows[-1:] != [rows[-1]]:
            marks.hidden_rows += rows


def _times(given: dict[str, str], name: str) -> int:
    times = int(given.get(name, 1))
    if not 1 <= times <= 1_048_576:
        raise ValueError("a number of repetitions that cannot be")
    return times


def read(parts: dict[str, bytes], guard: Guard) -> Content:
    """Go through the content of an ODS."""
    content = Content(guard)
    if parts.get("styles.xml"):
        content.run(parts["styles.xml"], guard)
    content.run(parts["content.xml"], guard)
    return content
