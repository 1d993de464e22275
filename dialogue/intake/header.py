"""The row that names the columns, and the table that it names."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dialogue.intake.guard import MAX_COLUMNS, Refused
from dialogue.intake.reading import Sheet
from dialogue.intake.report import EXAMPLES, Report, also_rows, nth
from dialogue.intake.texts import fold
from dialogue.tables.package import Table
from dialogue.tables.rows import shorten

HEADER_ROWS = 10  # the header stands in one of them
FITS = 0.5  # share of the columns by which a table is recognised


HASHTAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*", re.I)


def is_hashtags(row: list) -> bool:
    """Whether a row names columns by hashtags, as the Humanitarian Exchange Language does."""
    filled = [str(cell).strip() for cell in row if str(cell).strip()]
    return len(filled) > 1 and all(HASHTAG.fullmatch(text) for text in filled)


@dataclass
class Header:
    """A row that names columns: `columns` by position, "" where the cell names none."""

    at: int  # index among the rows
    line: int
    columns: list[str]
    fit: float
    exact: int  # cells that are the very name


class Finder:
    """Finds the header of a sheet, and so its table; says in `report` what is wrong with it."""

    def __init__(self, report: Report, chosen: bool, likely: Table | None = None) -> None:
        self.report, self.chosen, self.likely = report, chosen, likely
        self._columns: dict[str, dict[str, str]] = {}

    def best(
        self, rows: list[tuple[int, list]], tables: Iterable[Table] = ()
    ) -> tuple[Table | None, Header | None]:
        """The table and the header row that fit best."""
        best: tuple[Table | None, Header | None] = (None, None)
        wanted = [self.report.wanted] if self.report.wanted else []
        heads = []
        for line, cells in rows[:HEADER_ROWS]:
            texts = [str(cell).strip() for cell in cells[: MAX_COLUMNS + 1]]
            heads.append((line, texts, [fold(text) if len(text) < 200 else "" for text in texts]))
        for table in tables or [*wanted, *self.report.description.tables.values()]:
            names = self._names(table)
            for at, (line, texts, folded) in enumerate(heads):
                header = self._header(table, names, at, line, texts, folded)
                old = best[1]
                if header.fit and (old is None or (header.fit, header.exact) > (old.fit, old.exact)):
                    best = (table, header)
        return best

    def _header(
        self, table: Table, names: dict[str, str], at: int, line: int, texts: list, folded: list
    ) -> Header:
        if names.keys().isdisjoint(folded):  # as most rows are
            return Header(at, line, [], 0.0, 0)
        columns = [names.get(form, "") for form in folded]
        exact = sum(name == text != "" for name, text in zip(columns, texts, strict=True))
        other = sum(bool(text) and not name for name, text in zip(columns, texts, strict=True))
        found = len(set(columns) - {""})
        return Header(at, line, columns, found / (len(table.fields) + other), exact)

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

    def choose(self, sheet: Sheet) -> Header | None:
        """The table and its header; reports what is wrong with it."""
        table, header = self.best(sheet.rows)
        if self.likely and not self.report.wanted:
            self._likely(sheet, table, header)
        if self.report.wanted:
            _, mine = self.best(sheet.rows, [self.report.wanted])
            if (
                header
                and table is not self.report.wanted
                and header.fit >= 0.9
                and (not mine or mine.fit < 0.6 or header.fit == 1)
            ):
                said = "was chosen" if self.chosen else "is the name of the file"
                self.report.problem(
                    header.line, "", "",
                    f"these are the columns of the table “{table.title}” ({table.file}), but “{self.report.wanted.title}” {said}; "
                    "choose that table, or take the right file",
                )  # fmt: skip
                return None
            table, header = self.report.wanted, mine
        if table is None or header is None or header.fit < FITS:
            self._no_header(sheet)
            return None
        if not self.report.wanted:
            equal = [
                other
                for other in self.report.description.tables.values()
                if {f.name for f in other.fields} == {f.name for f in table.fields}
            ]
            named = [other for other in equal if other.name == sheet.name]
            if named:
                table = named[0]
            elif len(equal) > 1:
                names = " and ".join(f"{other.name} (“{other.title}”)" for other in equal)
                raise Refused(f"the columns are those of {names}; say which table it is")
        self.report.table = table
        if self._names_right(sheet, header) and self._above(sheet, header):
            return header
        return None

    def _likely(self, sheet: Sheet, table: Table | None, header: Header | None) -> None:
        """Take the likely table for the one that is meant, where the header does not tell of another."""
        _, mine = self.best(sheet.rows, [self.likely])
        tells = header and header.fit >= FITS and header.fit > (mine.fit if mine else 0)
        if table is self.likely or not tells:
            self.report.wanted = self.likely

    def _no_header(self, sheet: Sheet) -> None:
        rows = sheet.rows[:HEADER_ROWS]
        known = {f.name for table in self.report.description.tables.values() for f in table.fields}
        for line, cells in rows:
            filled = [str(c) for c in cells if str(c).strip()]
            if len(filled) == 1 and len(known & set(re.split(r'[,;\t|"]+', filled[0]))) >= 3:
                self.report.problem(
                    line, "", "",
                    "all columns stand in the first cell of the row: the spreadsheet program did not separate them; "
                    "open the XLSX download instead of the CSV, or import the CSV with its separator",
                )  # fmt: skip
                return
        if not self.report.wanted:
            raise Refused(
                f"none of the first {HEADER_ROWS} rows names the columns of a table of this project; "
                "take the download of the table, or say which table it is"
            )
        names = ", ".join(f.name for f in self.report.wanted.fields)
        self.report.problem(
            rows[0][0] if rows else 1, "", "",
            f"none of the first {HEADER_ROWS} rows holds the column names; they must be: {names}",
        )  # fmt: skip

    def _names_right(self, sheet: Sheet, header: Header) -> bool:
        """Every column once and no other; names in another form and order are noted."""
        line, names = header.line, [f.name for f in self.report.table.fields]
        cells = [str(c) for c in sheet.rows[header.at][1]]
        good = True
        if any(c.strip().startswith(("“", "„")) for c in cells):
            rule = "curly quotation marks (“ ”) stand around the cells; they do not hold a cell together: use straight ones"
            self.report.problem(line, "", "", rule)
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
            self.report.problem(
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
                self.report.problem(
                    line, shorten(cell), "", "the column is not in the description of the table", hint
                )
            else:
                rule = (
                    f"the {nth(at + 1)} column has no name, but something stands in it; name it or delete it"
                )
                self.report.problem(line, "", "", rule)
            good = False
        for name in dict.fromkeys(header.columns):
            if name and header.columns.count(name) > 1:
                at = [i for i, other in enumerate(header.columns) if other == name]
                where = " and ".join(nth(i + 1) for i in at)
                self.report.problem(line, name, "", f"the column stands more than once ({where} column); delete one")
                good = False
        if not good:
            return False
        empty = [cell for at, cell in enumerate(cells) if not header.columns[at]]
        if any(cell.strip() for cell in empty):
            said = ", ".join(f"“{shorten(cell)}”" for cell in empty if cell.strip())
            self.report.note(line, "", "empty columns that are not of the table left out", said)
        called = [(n, c) for n, c in zip(header.columns, cells, strict=True) if n and n != c]
        if called:
            said = ", ".join(f"“{shorten(cell)}” is {name}" for name, cell in called[:EXAMPLES])
            more = f" and {len(called) - EXAMPLES} more" if len(called) > EXAMPLES else ""
            self.report.note(line, "", "columns recognised by other forms of their names", said + more)
        order = [name for name in header.columns if name]
        if order != names:
            self.report.note(
                line, "", "the columns stand in another order than in the table; each was read by its name"
            )
        return True

    def _filled(self, sheet: Sheet, header: Header, at: int) -> bool:
        return any(len(cells) > at and str(cells[at]).strip() for _, cells in sheet.rows[header.at + 1 :])

    def _above(self, sheet: Sheet, header: Header) -> bool:
        """Rows above the header: a title is left out, a row of the table is not."""
        good = True
        few = 2 if len(self.report.table.fields) >= 6 else 1
        titles = []
        for line, cells in sheet.rows[: header.at]:
            filled = [str(cell) for cell in cells if str(cell).strip()]
            if len(filled) > few and not self.repeats(header, cells) and not is_hashtags(cells):
                self.report.problem(
                    line, "", "", "the row stands above the column names; move it below them, or delete it"
                )
                good = False
            elif filled:
                titles.append((line, filled[0]))
        if titles:
            said = ", ".join(f"“{shorten(text)}”" for _, text in titles[:EXAMPLES])
            self.report.note(
                titles[0][0],
                "",
                "above the column names, left out" + also_rows([line for line, _ in titles]),
                said,
            )
        return good

    def repeats(self, header: Header, cells: list) -> bool:
        """Whether a row says the names or titles of the columns once more."""
        names = self._names(self.report.table)
        pairs = [(n, str(c)) for n, c in zip(header.columns, cells, strict=False) if str(c).strip()]
        return len(pairs) > 1 and all(n and names.get(fold(c)) == n for n, c in pairs)
