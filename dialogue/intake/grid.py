"""The rows below the header, in the order of the table's columns."""

import re

from dialogue.intake.guard import Refused
from dialogue.intake.header import Finder, Header, is_hashtags
from dialogue.intake.reading import Sheet
from dialogue.intake.report import Report, also_rows
from dialogue.intake.texts import fold
from dialogue.tables.rows import Checked

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


class Grid:
    """Lays out the rows of a sheet; rows of another shape are told in `report`."""

    def __init__(self, report: Report, finder: Finder, current: Checked | None, most: int) -> None:
        self.report, self.finder, self.current, self.most = report, finder, current, most

    def grid(self, sheet: Sheet, header: Header) -> list[tuple[int, list]]:
        """The rows in the order of the table's columns; reports rows that have another shape."""
        names = [f.name for f in self.report.table.fields]
        at = [header.columns.index(name) for name in names]
        width = len(header.columns)
        straight = at == list(range(width))
        rows = sheet.rows[header.at + 1 :]
        last = rows[-1][0] if rows else 0
        self._merged(sheet, header)
        grid, empty, again, shorten, tags = [], [], [], [], []
        required = [i for i, f in enumerate(self.report.table.fields) if f.required]
        previous = header.line
        standing: set[tuple] | None = None
        for line, row in rows:
            if line > previous + 1:
                empty += range(previous + 1, min(line, previous + 1000))
            previous = line
            if not any(str(c).strip() for c in row):
                empty.append(line)
                continue
            if is_hashtags(row):
                tags.append(line)
                continue
            if len(row) > width:
                # in a CSV one empty cell too many says that a separator stands where none belongs
                if sheet.csv or any(str(c).strip() for c in row[width:]):
                    self._too_long(line, row, width, sheet.csv)
                    continue
                row = row[:width]
            if len(row) < width:
                if sheet.csv:
                    if standing is None:
                        standing = self._standing_rows()
                    padded = [*row, *[""] * (width - len(row))]
                    if (line == last and sheet.cut) or tuple(padded[i] for i in at) not in standing:
                        rule = f"the row has {len(row)} cells, the header has {width}; a separator or a cell is missing"
                        self.report.problem(line, "", ",".join(map(str, row)), rule)
                        continue
                    shorten.append(line)
                row = [*row, *[""] * (width - len(row))]
            if row[at[0]].__class__ is str and fold(row[at[0]]) in (
                fold(names[0]),
                fold(self.report.table.fields[0].title),
            ):
                if self.finder.repeats(header, row):
                    again.append(line)
                    continue
            if sheet.csv and (column := self._run_together(row, width)):
                rule = "several rows have run together in one cell; a quotation mark is missing or too many"
                self.report.problem(line, header.columns[column - 1], "", rule)
                continue
            row = row if straight else [row[i] for i in at]
            blank = sum(row[i] == "" for i in required)
            if blank > 2 and blank > len(required) / 2:
                rule = f"{blank} of the {len(required)} cells that need a value are empty; fill them, or delete the row if it is a total or a remark"
                self.report.problem(line, "", next(str(c) for c in row if str(c).strip()), rule)
                continue
            grid.append((line, row))
        if len(grid) > self.most:
            raise Refused(f"the file has more than {self.most:,} rows; send it in parts")
        for lines, text in (
            (tags, "hashtags (HXL), as humanitarian files carry below the column names, left out"),
            (again, "the column names stand once more, left out"),
            (empty, "empty, left out"),
            (shorten, "empty cells added at the end of the row"),
        ):
            if lines:
                self.report.note(lines[0], "", text + also_rows(lines))
        return grid

    def _too_long(self, line: int, row: list, width: int, csv: bool) -> None:
        rule = f"the row has {len(row)} cells, the header has {width}"
        if any(str(c).strip().startswith(("“", "„")) and not str(c).strip().endswith("”") for c in row):
            rule += "; curly quotation marks (“ ”) do not hold a cell together: use straight ones"
        elif csv:
            rule += "; a cell that holds a separator must stand in quotation marks"
        else:
            rule += "; something stands beside the table: move or delete it"
        beyond = next((str(c) for c in row[width:] if str(c).strip()), "")
        self.report.problem(line, "", ",".join(map(str, row)) if csv else beyond, rule)

    def _standing_rows(self) -> set[tuple]:
        """The rows of the table as they stand, as texts."""
        rows = self.current.rows.get(self.report.table.name, []) if self.current else []
        return {tuple("" if v is None else str(v) for v in row[1:]) for row in rows}

    def _run_together(self, row: list, width: int) -> int:
        for at, cell in enumerate(row, start=1):
            if len(cell) > width and ("\n" in cell or "\r" in cell):
                for piece in cell.splitlines()[1:]:
                    if any(piece.count(delimiter) >= width - 1 > 0 for delimiter in DELIMITERS):
                        return at
        return 0

    def _merged(self, sheet: Sheet, header: Header) -> None:
        for reference in sheet.merged:
            found = re.fullmatch(r"[A-Z]+(\d+):[A-Z]+(\d+)", reference)
            if found and int(found[2]) > header.line:
                rule = f"the cells {reference} are merged, and only the first of them holds a value; unmerge them and fill each"
                self.report.problem(int(found[1]), "", "", rule)
            elif found and int(found[2]) == header.line:
                self.report.problem(
                    header.line, "", "", f"the cells {reference} with column names are merged; unmerge them"
                )
