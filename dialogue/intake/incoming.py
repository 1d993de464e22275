"""A table as somebody's spreadsheet program made it, turned into rows or into questions.

`read` takes the bytes of one CSV or workbook (XLSX, ODS, XLS, XLSM, XLSB). What can mean one thing only is put in
the form of the tables and noted; everything else becomes a problem that says
where it stands and what to write. `judge` has the result judged with all other
tables, as every check does. Nothing is written, and the name of the file is
shown, never opened.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from dialogue.intake import doubts, questions
from dialogue.intake.cells import Cells
from dialogue.intake.csv_text import CsvFile
from dialogue.intake.grid import Grid
from dialogue.intake.guard import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED,
    SECONDS,
    Guard,
    Refused,
)
from dialogue.intake.header import FITS, HEADER_ROWS, Finder, Header
from dialogue.intake.questions import Answered, Question
from dialogue.intake.reading import Sheet, Workbook, is_workbook
from dialogue.intake.report import EXAMPLES, Note, Report, also_rows, say_rows
from dialogue.intake.texts import NO_WIDTH
from dialogue.tables import check
from dialogue.tables.package import Description, Table
from dialogue.tables.rows import Checked, Problem, collect, shorten

__all__ = [
    "MAX_BYTES", "MAX_CELLS", "MAX_COLUMNS", "MAX_PARTS", "MAX_PROBLEMS", "MAX_RATIO", "MAX_ROWS", "MAX_UNPACKED",
    "SECONDS", "Incoming", "Judged", "Note", "judge", "read", "shown_name",
]  # fmt: skip

MAX_BYTES = 10_000_000
MAX_PROBLEMS = 20_000
NAME_SHOWN = 80  # characters of the file's name
# what programs and people add to the name of a copy: “(1)”, “- copy”, a date
COPY = re.compile(r"(\s*\(\d+\)|[ _-]+(copy|copie|copia|kopie|\d[\d.]*))+$")
# Sheets that the download adds; their first cell says so, and they are passed over without a word.
OWN_SHEETS = {"Columns": "About this table", "Codes": "Codes for the lists"}


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
    adds: bool = False  # only new rows were in the file, and they were added to the table

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
    open: list[Question] = field(default_factory=list)
    before: int = 0  # rows of the table as it stands

    @property
    def problems(self) -> list[Problem]:
        """What stands against this file: in it, or caused by it elsewhere."""
        found = self.checked.problems if self.checked else self.incoming.problems
        return [problem for problem in found if problem not in self.standing]

    @property
    def good(self) -> bool:
        """Whether the data with this file are sound."""
        return self.incoming.good and not self.open and self.checked is not None and not self.checked.problems


def judge(
    content: bytes, name: str, data: Path, table: str | None = None, answered: Answered = lambda _question: False
) -> Judged:
    """Read a file and check the whole of `data` with it in place of its table, or added to it.

    `answered` says which questions are answered with yes (`questions.py`); while one is not, it
    stands in `open`, and nothing but the file itself is judged.
    """
    current = check.read(Path(data))
    if current.description is None:
        found = Incoming(shown_name(name), problems=list(current.problems))
        return Judged(found, None, list(current.problems))
    found = read(content, name, current.description, table, current)
    if found.table is None or (found.problems and not found.rows):
        return Judged(found)
    asked = settle(found, current, answered)
    if asked:
        return Judged(found, None, [], asked)
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
    asked = []
    if not checked.problems:
        asked = [one for one in doubts.of(checked.description, current.rows, checked.rows) if not answered(one)]
    return Judged(found, checked, standing, asked, before=len(current.rows.get(found.table.name, [])))


def settle(found: Incoming, current: Checked, answered: Answered) -> list[Question]:
    """Ask what is to be asked of a table before it is judged; where rows are to be added, add them.

    Returns the questions, empty when those that matter are answered with yes.
    """
    old = current.rows.get(found.table.name, [])
    faulty = len({problem.line for problem in found.problems})
    asked = questions.of_table(found.table, old, found.rows, faulty)
    if any(one.kind == questions.ADDS and answered(one) for one in asked):
        found.rows, problems = questions.added(found.table, old, found.rows)
        found.problems += check.shown(problems, current.description)
        found.adds = True
        return []
    left = [one for one in asked if one.kind != questions.ADDS and not answered(one)]
    return [one for one in asked if not answered(one)] if left else []


def read(
    content: bytes,
    name: str,
    description: Description,
    table: str | None = None,
    current: Checked | None = None,
    likely: str | None = None,
) -> Incoming:
    """Read the bytes of a CSV or workbook as rows of a table.

    `table`: the name of the table; without it the file's name or its header says.
    `likely`: the table meant where neither tells.
    `current`: the tables as they stand, for names of codes and texts known already.
    Never raises for what the file holds.
    """
    reading = _Reading(name, description, table, current, likely)
    try:
        reading.run(content)
    except Refused as refused:
        reading.rows = []
        reading.report.problem(0, "", "", str(refused))
    return reading.result()


def shown_name(name: str) -> str:
    """A file's name as it is shown: its last part, what can be read of it, 80 characters."""
    last = re.split(r"[/\\]", str(name))[-1]
    last = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in last)
    last = " ".join(NO_WIDTH.sub("", last).split())
    return (last if len(last) <= NAME_SHOWN else last[: NAME_SHOWN - 1] + "…") or "the file"


class _Reading:
    """One reading of one file."""

    def __init__(
        self, name, description: Description, table: str | None, current: Checked | None, likely: str | None
    ) -> None:
        self.name = shown_name(name)
        self.description, self.current = description, current
        self.chosen = bool(table)
        if table is not None and table not in description.tables:
            tables = ", ".join(description.tables)
            self.unknown = f"there is no table “{shorten(str(table))}”; tables: {tables}"
            table = None
        else:
            self.unknown = ""
        stem = COPY.sub("", self.name.rpartition(".")[0].casefold())
        named = description.tables.get(stem)
        if not table and named:
            table = stem
        elif table and named and _same_columns(named, description.tables[table]) and table != stem:
            self.unknown = (
                f"the name of the file says {stem}, but {table} was chosen, and both have the same columns; "
                f"choose {stem}, or give the file another name"
            )
        self.report = Report(self.name, description, description.tables[table] if table else None)
        self.guard = Guard(MAX_ROWS + HEADER_ROWS + 1, MAX_COLUMNS, MAX_CELLS, SECONDS)
        self.sheet = ""
        self.rows: list[tuple] = []
        self.finder = Finder(self.report, self.chosen, description.tables.get(likely or ""))

    # ---- what comes out ----

    def result(self) -> Incoming:
        problems = check.shown(self.report.problems, self.description)
        if len(problems) > MAX_PROBLEMS:
            more = len(problems) - MAX_PROBLEMS
            rule = f"{more:,} more problems are not listed; mend these first, or send fewer rows"
            problems = [
                *problems[:MAX_PROBLEMS],
                replace(problems[0], line=0, column="", value="", rule=rule, title=""),
            ]
        table = self.report.table or (self.report.wanted if self.report.problems else None)
        notes = sorted(
            Note(line, column, f"{text}: {examples}" if examples and not self.report.secret else text)
            for line, column, text, examples in self.report.notes
        )
        return Incoming(self.name, table, self.rows, notes, problems, "" if self.report.secret else self.sheet)

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
        if is_workbook(content):
            sheet = self._workbook(content)
        else:
            sheet = CsvFile(self.report, self.finder, self.guard, self.current).read(content)
        if sheet is None:
            return
        header = self.finder.choose(sheet)
        if header:
            self._judge(sheet, header)

    # ---- workbooks ----

    def _workbook(self, content: bytes) -> Sheet | None:
        book = Workbook(content, self.guard)
        fits: list[tuple[int, Table, Header]] = []
        others = []
        for position, (name, _) in enumerate(book.sheets):
            head = book.read(position, HEADER_ROWS)
            if not head.rows or _own(head):
                continue
            table, header = self.finder.best(head.rows)
            if header and header.fit >= FITS:
                fits.append((position, table, header))
            else:
                others.append(name)
        wanted = self.report.wanted or self.finder.likely
        if wanted and len(fits) > 1:
            mine = [
                fit
                for fit in fits
                if self.finder.best(book.read(fit[0], HEADER_ROWS).rows, [wanted])[1].fit >= FITS
            ]
            others += [book.sheets[fit[0]][0] for fit in fits if fit not in mine]
            fits = mine or fits[:1]
        if len(fits) > 1:
            names = ", ".join(f"“{shorten(book.sheets[position][0])}”" for position, _, _ in fits)
            raise Refused(
                "more than one sheet holds a table; keep one and delete the others"
                if self.report.secret
                else f"the sheets {names} hold tables; keep the one that is meant and delete the others"
            )
        position = fits[0][0] if fits else 0
        if not fits and others:
            position = next(i for i, (name, _) in enumerate(book.sheets) if name == others[0])
            others = others[1:] if len(others) > 1 else []
        sheet = book.read(position)
        self.sheet = shown_name(sheet.name)
        if not sheet.rows:
            raise Refused("the workbook is empty: no sheet has a cell with something in it")
        if others and fits:
            names = ", ".join(f"“{shorten(name)}”" for name in others)
            self.report.note(0, "", f"only the sheet with the table was read; {len(others)} left out", names)
        if sheet.hidden:
            self.report.note(0, "", "the sheet with the table is hidden in the workbook; it was read")
        if sheet.hidden_rows:
            rows = say_rows(sheet.hidden_rows)
            self.report.note(0, "", f"hidden rows were read like all others ({rows})")
        if sheet.hidden_columns:
            self.report.note(0, "", "hidden columns were read like all others")
        if sheet.struck:
            rows = say_rows(sheet.struck)
            self.report.note(0, "", f"struck-out cells were read like all others ({rows}); delete the rows that do not count")
        if sheet.comments:
            cells = ", ".join(sheet.comments[:EXAMPLES]) + (" …" if len(sheet.comments) > EXAMPLES else "")
            self.report.note(0, "", f"comments on cells were not read ({cells}); what they say belongs in a column of the table")
        return sheet

    # ---- the rows ----

    def _judge(self, sheet: Sheet, header: Header) -> None:
        cells = Cells(self.report.table, self.description, self.current, sheet.commas, self.guard.time)
        grid = Grid(self.report, self.finder, self.current, MAX_ROWS).grid(sheet, header)
        self.guard.time()
        cells.look_over(grid)
        collect(self.report.table, grid, self.rows, self.report.problems, cells)
        self._cell_notes(grid, cells)
        if not grid and not self.report.problems and self.current and self.current.rows.get(self.report.table.name):
            self.report.note(0, "", "the table has no rows")
        if sheet.cut and grid:
            self.report.note(
                grid[-1][0], "", "the last line has no line end; if the file was cut off, its last row may be shortened"
            )  # fmt: skip

    def _cell_notes(self, grid: list[tuple[int, list]], cells: Cells) -> None:
        """One note for each column and each kind of change, with rows and examples."""
        names = [f.name for f in self.report.table.fields]
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
                self.report.note(where[0], name, what + also_rows(where), ", ".join(said[:EXAMPLES]) + more)


def _same_columns(one: Table, other: Table) -> bool:
    return [f.name for f in one.fields] == [f.name for f in other.fields]


def _own(sheet: Sheet) -> bool:
    """Whether it is a sheet of explanations that the download has added."""
    first = sheet.rows[0][1][0] if sheet.rows else ""
    return isinstance(first, str) and first.startswith(OWN_SHEETS.get(sheet.name, "\x00"))
