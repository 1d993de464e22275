"""XLSX: what is shown, its numbers as numbers, its chart, its sources, the meaning of its columns, and a read-me.

No text ever becomes a formula or a link, whatever stands in it.
"""

import datetime
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dialogue.export import charts, contents
from dialogue.snapshot import reader
from dialogue.tables import answers
from dialogue.tables.package import Table
from dialogue.views import theme, view, written
from dialogue.views.view import View
from dialogue.words import i18n, method
from dialogue.words.i18n import _, commas, day, label, number

LONGEST = 32_000  # characters of a cell; the format itself ends at 32 767
WIDEST = 60  # characters of a column
TALLEST = 300  # points of a row
SHORT = 120  # rows that decide how wide a column is


class Book:
    """A workbook in memory whose cells are what they are given as."""

    def __init__(self, title: str) -> None:
        self._out = io.BytesIO()
        settled = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(self._out, settled)
        colours = theme.PALETTES["light"]
        self.head = self.book.add_format({"bold": True, "bg_color": colours.panel, "font_color": colours.ink, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.strong = self.book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        self.count = self.book.add_format({"num_format": "#,##0", "valign": "top"})
        self.plain = self.book.add_format({"valign": "top"})
        # the same data give the same bytes
        made = datetime.datetime.combine(reader.snapshot().as_of, datetime.time())
        self.book.set_properties({"title": _clean(title)[:250], "subject": _("Dialogue on Victim Assistance"), "comments": contents.version(), "created": made})

    def blank(self, name: str) -> Worksheet:
        """An empty sheet; its first column stands on the right where the reader's language runs from there."""
        sheet = self.book.add_worksheet(name[:31])
        if i18n.direction(i18n.language()) == "rtl":
            sheet.right_to_left()
        return sheet

    def sheet(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, first: str = "") -> Worksheet:
        """A sheet with a head that stays in sight; `first` is a line above it."""
        sheet, rows = self.blank(name), [list(row) for row in rows]
        top = 0
        if first:
            sheet.write_string(0, 0, _clean(first), self.plain)  # not wrapped: it runs over the columns
            top = 1
        for at, column in enumerate(columns):
            sheet.write_string(top, at, _clean(str(column)), self.head)
            longest = [len(str(column)), *(len(str(row[at])) for row in rows[:SHORT] if row[at] is not None)]
            sheet.set_column(at, at, min(WIDEST, max(8, max(longest) + 2)))
        for down, row in enumerate(rows, start=top + 1):
            self.high(sheet, down, max((len(str(value)) for value in row), default=0), WIDEST)
            for at, value in enumerate(row):
                self.cell(sheet, down, at, value)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        if rows:
            sheet.autofilter(top, 0, top + len(rows), max(len(columns) - 1, 0))
        return sheet

    @staticmethod
    def high(sheet: Worksheet, row: int, characters: int, wide: int) -> None:
        """Room for the lines of a row: not every program works it out by itself."""
        lines = -(-characters // wide)
        if lines > 1:
            sheet.set_row(row, min(15 * lines, TALLEST))

    def cell(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        """One value: a number as a number, nothing known as an empty cell, all else as text."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.plain)
        elif isinstance(value, _Count):
            sheet.write_number(row, column, int(value), self.count)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.plain)
        else:
            sheet.write_string(row, column, _clean(str(value)), self.text)

    def done(self) -> bytes:
        self.book.close()
        return self._out.getvalue()


class _Count(int):
    """A number that is written for readers."""


def _clean(text: str) -> str:
    """A text that a cell can hold: no character that the format forbids, not longer than a cell."""
    text = contents.readable(text)
    return text if len(text) <= LONGEST else text[:LONGEST] + " " + _("[cut here: a cell holds no more]")


def _known(value: object) -> object:
    """A value for a cell: lists as one text."""
    value = written.plain(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _shown(value: object) -> object:
    """A cell of a table for readers: a number where the text is nothing but one."""
    value = _known(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 and str(int(value)) == value:
        return int(value)  # as it stands: a year has no thousands
    if isinstance(value, str) and (digits := re.sub(r"[\s.,’\u202f]", "", value)).isascii() and digits.isdigit() and len(digits) < 16:
        return _Count(int(digits)) if number(int(digits)) == value else value
    return value


def of_view(shown: View, site: str = "") -> bytes:
    """A view as a workbook: read-me, table for readers (with a native chart where it is bars or lines), data, sources, columns."""
    book = Book(shown.title)
    _read_me(book, contents.about(shown, site), charts.instead(shown))
    table = view.twin(shown)
    book.sheet(_("Shown"), list(table.columns), ([_shown(value) for value in row] for row in table.itertuples(index=False)))
    drawn = charts.of(shown)
    if drawn:
        _charts(book, shown, drawn)
    book.sheet(_("Data"), list(shown.data.columns), ([_known(value) for value in row] for row in shown.data.itertuples(index=False)))
    _sources(book, shown)
    book.sheet(_("Columns of the data"), [_("Column"), _("Meaning"), _("Unit")], contents.meanings(shown))
    return book.done()


def of_views(title: str, views: Sequence[View], site: str = "") -> bytes:
    """Several views as one workbook: a read-me that numbers them, then of each its table for readers, chart and data; all sources, all columns."""
    book = Book(title)
    lines = [(str(n), " ".join([f"{shown.kicker}: {shown.title}.", *contents.caveats(shown), contents.page(shown, site)])) for n, shown in enumerate(views, start=1)]
    _read_me(book, [(_("Data"), contents.version()), *lines, (_("Cite as"), method.citation()), (_("Licence"), contents.licence())])
    for n, shown in enumerate(views, start=1):
        table = view.twin(shown)
        book.sheet(f"{n} {_('Shown')}", list(table.columns), ([_shown(value) for value in row] for row in table.itertuples(index=False)), first=shown.title)
        drawn = charts.of(shown)
        if drawn:
            _charts(book, shown, drawn, f"{n} ")
        book.sheet(f"{n} {_('Data')}", list(shown.data.columns), ([_known(value) for value in row] for row in shown.data.itertuples(index=False)))
    _sources(book, *views)
    columns = [(n, *meaning) for n, shown in enumerate(views, start=1) for meaning in contents.meanings(shown)]
    book.sheet(_("Columns of the data"), [_("Number"), _("Column"), _("Meaning"), _("Unit")], columns)
    return book.done()


def _read_me(book: Book, lines: Iterable[tuple[str, str]], more: str = "") -> None:
    sheet = book.blank(_("Read me"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 110)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for row, (name, text) in enumerate([*lines, *([(_("Figure"), more)] if more else [])]):
        sheet.write_string(row, 0, name, book.strong)
        sheet.write_string(row, 1, _clean(text), book.text)
        book.high(sheet, row, len(text), 105)


def _sources(book: Book, *views: View) -> None:
    heads = [_("Code"), _("Publisher"), _("Title"), _("Published"), _("Place in the document"), _("Grade"), _("Address")]
    rows = [
        (row.source_id, row.publisher, row.title, row.published, row.locators, commas(label("grade", each) for each in row.grade.split(", ")), row.url)
        for shown in views
        for row in view.documents(shown).itertuples(index=False)
    ]
    book.sheet(_("Sources"), heads, ([_known(value) for value in row] for row in dict.fromkeys(rows)))


def _charts(book: Book, shown: View, drawn: Sequence[charts.Chart], before: str = "") -> None:
    """The numbers of each chart, and beside them the chart that refers to them; `before` begins the names of the sheets."""
    kinds = {"columns": ("column", "stacked"), "bars": ("bar", "stacked"), "lines": ("line", None)}
    for n, chart in enumerate(drawn, start=1):
        name = before + (_("Chart") if len(drawn) == 1 else _("Chart {n}").format(n=n))
        rows = [[_number(category), *(series.values[at] for series in chart.series)] for at, category in enumerate(chart.categories)]
        columns = [_("Category"), *(series.name for series in chart.series)]
        sheet = book.sheet(name, columns, rows, first=chart.note)
        kind, subtype = kinds[chart.kind]
        figure = book.book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})
        last = 1 + len(rows)
        for at, series in enumerate(chart.series, start=1):
            marked = {"line": {"color": series.colour, "width": 2.25}} if chart.kind == "lines" else {"fill": {"color": series.colour}, "border": {"color": "#4A5A68", "width": 0.5}}
            gap = {} if chart.kind == "lines" else {"gap": 50, "overlap": 100}
            figure.add_series({"name": [name, 1, at], "categories": [name, 2, 0, last, 0], "values": [name, 2, at, last, at], **marked, **gap})
        figure.set_title({"name": _clean(chart.title or shown.title), "name_font": {"size": 12}, "overlay": False})
        figure.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
        figure.show_blanks_as("gap")
        figure.set_size({"width": 900, "height": 460 if chart.kind != "bars" else 640})
        sheet.insert_chart(1, len(columns) + 1, figure, {"description": _clean(shown.alt)[:1000], "object_position": 3})


def _number(category: str) -> object:
    """A year stands as a number, so that it can be sorted."""
    return int(category) if category.isascii() and category.isdigit() else category


# --- tables ---


def of_rows(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], about: Iterable[tuple[str, str]], meanings: Iterable[Sequence[str]]) -> bytes:
    """The answer to a query, or a table, as a workbook: read-me, data, columns."""
    book = Book(title)
    _read_me(book, [*about, (_("Data"), contents.version()), (_("Cite as"), method.citation()), (_("Licence"), contents.licence())])
    book.sheet(_("Data"), columns, ([_known(value) for value in row] for row in rows))
    book.sheet(_("Columns of the data"), [_("Column"), _("Meaning"), _("Unit")], meanings)
    return book.done()


def of_table(table: Table) -> bytes:
    """One table as it stands in the files."""
    about = [(_("Table"), f"{table.name}: {table.title}"), (_("What it holds"), table.description)]
    meanings = [(field.name, field.description, field.unit) for field in table.fields]
    return of_rows(table.title, [field.name for field in table.fields], rows_of(table), about, meanings)


def rows_of(table: Table) -> list[tuple]:
    """The rows of a table without their line numbers; nothing of an answer whose State has not agreed."""
    rows = reader.snapshot().checked.rows.get(table.name, [])
    if table.name == answers.TABLE:
        rows = answers.bared(table, rows)
    return [row[1:] for row in rows]


def everything(site: str = "") -> bytes:
    """All tables in one workbook: read-me, a sheet for each table, the columns, and how the tables belong together."""
    snapshot = reader.snapshot()
    tables = snapshot.description.tables.values()
    book = Book(snapshot.description.title)
    lines = [
        (_("What it is"), snapshot.description.title), (_("Data"), contents.version()),
        (_("Treaties"), _("as the depositary listed them on {date}").format(date=day(snapshot.treaties_as_of))),
        (_("Whose figures"), contents.standing()), (_("Dashboard"), site),
        (_("Cite as"), method.citation()), (_("Licence"), contents.licence()),
        *((table.name, f"{table.title}. {table.description}") for table in tables),
    ]  # fmt: skip
    _read_me(book, [(name, text) for name, text in lines if text])
    columns = [
        (table.name, field.name, field.title, field.description, field.type, field.unit, field.required, field.name in table.primary_key)
        for table in tables
        for field in table.fields
    ]
    heads = [_("Table"), _("Column"), _("Name"), _("Meaning"), _("Type"), _("Unit"), _("Required"), _("Part of the key")]
    book.sheet(_("Columns of the data"), heads, columns)
    relations = [(table.name, column, other, its) for table in tables for column, other, its in table.foreign_keys]
    book.sheet(_("Relations"), [_("Table"), _("Column"), _("Refers to the table"), _("and its column")], relations)
    for table in tables:
        book.sheet(table.name, [field.name for field in table.fields], rows_of(table))
    return book.done()
