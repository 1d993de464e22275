"""Thousands of faulty copies of the real tables: each is taken for what it says, told, or refused.

A copy is made from a table by one fault or several, which a seed chooses. What it then
says is worked out here by other means than the code under test: the bytes are decoded,
cut into cells and read anew, strictly. Each copy ends in one class:

identical: accepted, the rows are those of the table;
told:      accepted, other rows, and the difference names every changed cell and row;
refused:   a sentence names the place, nothing is taken;
silent, wrong, crashed, misplaced: a change that is not told, a cell that got another value
           than the file says, an exception, a sentence that names another place. None may occur.
"""

import csv
import io
import random
import re
import traceback
import unicodedata
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from dialogue.change import difference
from dialogue.intake import incoming, questions, workbook
from dialogue.snapshot import queries, store
from dialogue.tables import check, package, write
from dialogue.tables.package import Field, Table
from dialogue.tables.rows import Checked
from tests.support import PATIENCE

SEEDS = 4
CASES = 520  # copies of each seed
JUDGED = 10  # of each seed: copies judged with all other tables, by every rule
WINDOW = 45  # rows of a long table that a copy holds
CURRENT = check.read(package.DATA)
DESCRIPTION = CURRENT.description
TABLES = DESCRIPTION.tables
WORDS = difference.Words(CURRENT, DESCRIPTION)
SOUND, BAD = ("identical", "told", "refused"), ("silent", "wrong", "crashed", "misplaced")


@cache
def texts(table: str) -> list[list[str]]:
    """The cells of a table as its file holds them, the header first."""
    with (package.DATA / TABLES[table].file).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# ---- a copy of a table, and what is done to it ----


@dataclass
class Copy:
    """A table's cells with faults. `touched` are rows (by identity) that have one."""

    table: Table
    rows: list[list[str]]
    current: Checked
    entire: bool  # the whole table, not a window of it
    name: str = ""
    kinds: list[str] = field(default_factory=list)
    harmless: bool = True  # the same rows must come out
    fatal: bool = False  # it must be refused
    anywhere: bool = False  # the fault is not in one row
    touched: list[list[str]] = field(default_factory=list)
    cells: dict[int, set[str]] = field(default_factory=dict)  # columns by id(row), where only cells changed
    form: dict = field(default_factory=dict)
    damage: list[Callable[[bytes], bytes]] = field(default_factory=list)
    book: list[Callable] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.header = self.rows[0]
        self.name = self.name or self.table.file

    @property
    def body(self) -> list[list[str]]:
        """The rows that are rows of the table."""
        return [row for row in self.rows if row is not self.header]

    @property
    def names(self) -> list[str]:
        return [f.name for f in self.table.fields]

    def lines(self) -> set[int]:
        """The rows with a fault, as a spreadsheet counts."""
        marked = {id(row) for row in self.touched}
        return {line for line, row in enumerate(self.rows, start=1) if id(row) in marked}

    def columns(self) -> dict[int, set[str]]:
        return {n: self.cells[id(r)] for n, r in enumerate(self.rows, start=1) if id(r) in self.cells}


CELL: dict[str, Callable] = {}  # (rng, field, text, column) → another text, or None where it does not apply
OTHER: dict[str, Callable] = {}  # (rng, copy) → False where it does not apply


def cell(change: Callable) -> Callable:
    CELL[change.__name__] = change
    return change


def fault(change: Callable) -> Callable:
    OTHER[change.__name__] = change
    return change


def numeric(spec: Field) -> bool:
    return spec.type in ("integer", "number")


def dated(spec: Field) -> bool:
    return spec.constraints.get("pattern", "").startswith(r"^\d{4}(-(0[1-9]|1[0-2])(")


BLANKS = [" ", "\u00a0", "\u2009", "\u202f", "\u2007", "\t", "\u200b", "\ufeff", "\u200e", "  "]


@cell
def other_value(rng, spec, text, column):
    allowed = spec.constraints.get("enum") or column
    return rng.choice([value for value in allowed if value != text] or [None])


@cell
def one_more_or_less(rng, spec, text, column):
    return str(int(text) + rng.choice((-1, 1))) if re.fullmatch(r"\d+", text) else None


@cell
def blank(rng, spec, text, column):
    return rng.choice(["", " ", "\u00a0", "\t", "\u2009 "]) if text else None


@cell
def blanks_around(rng, spec, text, column):
    return rng.choice([*BLANKS, ""]) + text + rng.choice(BLANKS) if text else None


@cell
def blank_inside(rng, spec, text, column):
    at = rng.randint(1, len(text) - 1) if len(text) > 1 else 0
    return text[:at] + rng.choice(BLANKS) + text[at:] if at else None


@cell
def other_spaces(rng, spec, text, column):
    return text.replace(" ", rng.choice(["\u00a0", "\u2009", "  "])) if " " in text else None


@cell
def thousands(rng, spec, text, column):
    if not (numeric(spec) and text.isdigit()):
        return None
    number = int(text) if len(text) > 3 else 1000 + int(text)
    mark = rng.choice([" ", "\u00a0", "\u2009", "\u202f", ",", ",", ".", ".", ".", "'", "’"])
    tail = rng.choice(["", "", "", ".0", ",00"])
    return f"{number:,}".replace(",", mark) + tail


@cell
def qualified(rng, spec, text, column):
    form = rng.choice(
        "≥ {}|{}+|> {}|>={}|~{}|about {}|at least {}|{}-70000|up to {}|{} (est.)|{}?|c. {}|{}*|{} persons|+{}|<{}".split(
            "|"
        )
    )
    return form.format(text) if numeric(spec) and text else None


@cell
def no_number(rng, spec, text, column):
    words = "n/a|-|–|unknown|none|nil|?|tbc|nan|None|inf|1e3|1.17E+03|٣|½|0x10|1_000|--5|-0|TRUE".split("|")
    return rng.choice(words) if numeric(spec) else None


@cell
def decimals(rng, spec, text, column):
    if not (numeric(spec) and re.fullmatch(r"\d+(\.\d+)?", text)):
        return None
    return text.replace(".", ",") if "." in text else text + rng.choice([".0", ",0", ".5", ",5", ".000", "."])


@cell
def zeros(rng, spec, text, column):
    if text.startswith("0"):
        return text.lstrip("0")
    return "0" * rng.randint(1, 2) + text if text[:1].isdigit() else None


@cell
def unknown_code(rng, spec, text, column):
    return rng.choice(["ZZZ", "XX", "qqq", "no-such-source", "CMM 1899", "Z"])


@cell
def letter_case(rng, spec, text, column):
    changed = rng.choice([text.lower(), text.upper(), text.title(), text.swapcase()])
    return changed if changed != text else None


@cell
def name_for_code(rng, spec, text, column):
    if spec.name == "iso3":
        return rng.choice(["Laos", "Lao PDR", "Ivory Coast", "Irak", "Bosnia", "Côte d’Ivoire", "LA"])
    labels = [row[3] for row in texts("labels") if row[1] == text and row[3] != text]
    return rng.choice(labels) if labels else None


@cell
def slip(rng, spec, text, column):
    """A letter too many, too few, two swapped."""
    if len(text) < 2:
        return None
    at = rng.randrange(len(text) - 1)
    changed = rng.choice(
        [text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + text[at + 1] + text[at] + text[at + 2 :]]
    )  # fmt: skip
    return changed if changed != text else None


@cell
def other_date(rng, spec, text, column):
    if not dated(spec) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    year, month, day = text.split("-")
    names = "January February March April May June July August September October November December".split()
    serial = (date.fromisoformat(text) - date(1899, 12, 30)).days
    usual = [
        f"{day}/{month}/{year}",
        f"{month}/{day}/{year}",
        f"{day}.{month}.{year}",
        f"{int(day)}-{int(month)}-{year}",
    ]
    return rng.choice(
        [*usual, *usual, *usual,
         f"{year}/{month}/{day}", f"{month}/{day}/{year[2:]}", f"{text} 00:00:00", f"{text}T00:00", str(serial),
         f"{int(day)} {names[int(month) - 1]} {year}", f"{names[int(month) - 1][:3]}-{year[2:]}", f"{year}{month}{day}",
         f"{year}-{month}-{int(day) + 28}", f"{year}-13-{day}", f"{year}-{month}", year, f"{year}.0", f"0{year}-{month}-{day}"]
    )  # fmt: skip


@cell
def typing_aids(rng, spec, text, column):
    """Quotation marks and dashes as word processors make them."""
    changed = text.replace("'", "’").replace("-", rng.choice("–—")).replace('"', "“").replace("...", "…")
    return changed if changed != text else rng.choice(["“{}”", "‘{}’", "«{}»", '"{}"', "'{}"]).format(text)


@cell
def formula(rng, spec, text, column):
    made = [
        "=1+1",
        "=SUM(A1:A9)",
        "+cmd|'/c calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "'=1+1",
        '=HYPERLINK("http://x.test")',
    ]
    return rng.choice([*made, "=" + text, "@" + text, "-" + text, "+" + text, "'" + text, "'=" + text])


@cell
def error_value(rng, spec, text, column):
    return rng.choice(["#REF!", "#N/A", "#NAME?", "#####", "#DIV/0!", "Err:502", "#NV"])


@cell
def odd_characters(rng, spec, text, column):
    at = rng.randint(0, len(text))
    odd = rng.choice(
        [
            "\x00",
            "\x01",
            "😀",
            "\u202e",
            "\u200f",
            "\ufffd",
            "\x7f",
            "\u0301",
            "\u2028",
            "\x1b[31m",
            "ﬁ",
            "\uffff",
        ]
    )
    return text[:at] + odd + text[at:]


@cell
def marks_of_csv(rng, spec, text, column):
    at = rng.randint(0, len(text))
    return (
        text[:at]
        + rng.choice(['"', ",", ";", "\n", "\r\n", "\r", "\t", '","', "\n\n", "|", '"\n"'])
        + text[at:]
    )


@cell
def hostile(rng, spec, text, column):
    return rng.choice(
        [
            "<script>alert(1)</script>",
            "'; DROP TABLE states; --",
            "${7*7}",
            "../../x",
            "%s%n",
            "[x](y)",
            text * 2,
        ]
    )


@cell
def very_long(rng, spec, text, column):
    piece, many = (
        rng.choice(["long ", "9", "ž", text or "x", "'", " ", "a-", "-1", "é\t "]),
        rng.choice([300, 5_000, 40_000]),
    )
    return rng.choice(["", "é", "https://x."]) + piece * many + rng.choice(["", "x", "!"])


@cell
def damaged_letters(rng, spec, text, column):
    """UTF-8 read as Windows-1252, or letters that an encoding does not have."""
    accented = text if not text.isascii() else text + " é"
    wrong = rng.choice(
        [accented.encode().decode("cp1252", "replace"), accented.encode("ascii", "replace").decode(),
         accented.encode().decode("mac_roman"), unicodedata.normalize("NFD", accented)]
    )  # fmt: skip
    return wrong if wrong != text else None


NUMBERS = ("thousands", "qualified", "no_number", "decimals", "one_more_or_less")
DATES = ("other_date",)


def in_a_cell(rng: random.Random, copy: Copy, change: Callable) -> bool:
    """Change one cell, where the fault applies."""
    body = [row for row in copy.body if len(row) == len(copy.names) == len(copy.header)]
    if copy.header != copy.names or not body:
        return False
    suits = numeric if change.__name__ in NUMBERS else dated if change.__name__ in DATES else bool
    fields = [(at, spec) for at, spec in enumerate(copy.table.fields) if suits(spec)]
    for _ in range(25 if fields else 0):
        row = rng.choice(body)
        at, spec = rng.choice(fields)
        changed = change(rng, spec, row[at], [other[at] for other in body])
        if changed is not None and changed != row[at]:
            row[at] = changed
            copy.touched.append(row)
            copy.cells.setdefault(id(row), set()).add(spec.name)
            copy.harmless = False
            return True
    return False


# ---- faults of rows ----


def whole_row(copy: Copy, *rows: list[str]) -> None:
    """Mark rows as faulty throughout."""
    copy.touched += rows
    copy.harmless = False
    for row in rows:
        copy.cells[id(row)] = {"", *copy.names}


def insert(rng, copy: Copy, row: list[str]) -> None:
    """Put a row somewhere below the header."""
    copy.rows.insert(rng.randint(copy.rows.index(copy.header) + 1, len(copy.rows)), row)


def a_row(rng, copy: Copy) -> list[str] | None:
    full = [row for row in copy.body if len(row) == len(copy.names) and any(row)]
    return rng.choice(full) if full and copy.header == copy.names else None


@fault
def cells_swapped(rng, copy):
    row = a_row(rng, copy)
    if not row or len(row) < 2:
        return False
    a, b = rng.sample(range(len(row)), 2)
    row[a], row[b] = row[b], row[a]
    whole_row(copy, row)


@fault
def cells_swapped_between_rows(rng, copy):
    one, two = a_row(rng, copy), a_row(rng, copy)
    if not one or one is two:
        return False
    at = rng.randrange(len(one))
    one[at], two[at] = two[at], one[at]
    whole_row(copy, one, two)


@fault
def cells_shifted(rng, copy):
    row = a_row(rng, copy)
    if not row:
        return False
    at = rng.randrange(len(row))
    if rng.random() < 0.5:
        row.insert(at, "")
        if not row[-1] or rng.random() < 0.3:
            row.pop()
    else:
        row.pop(at)
        row += [""] if rng.random() < 0.7 else []
    whole_row(copy, row)


@fault
def rows_removed(rng, copy):
    row = a_row(rng, copy)
    if not row:
        return False
    start = next(i for i, other in enumerate(copy.rows) if other is row)
    del copy.rows[start : start + rng.choice([1, 1, 2, 5])]
    copy.harmless = False


@fault
def row_doubled(rng, copy):
    row = a_row(rng, copy)
    if not row:
        return False
    again = list(row)
    insert(rng, copy, again)
    whole_row(copy, row, again)
    copy.fatal = True


@fault
def row_doubled_with_a_change(rng, copy):
    row, other = a_row(rng, copy), a_row(rng, copy)
    if not row:
        return False
    again = list(row)
    at = rng.randrange(len(row))
    again[at] = other[at] if other[at] != row[at] else f"{row[at]} x"
    insert(rng, copy, again)
    whole_row(copy, row, again)
    copy.fatal = copy.names[at] not in copy.table.primary_key


@fault
def rows_swapped(rng, copy):
    if len(copy.body) < 2 or copy.rows[0] is not copy.header:
        return False
    a, b = rng.sample(range(1, len(copy.rows)), 2)
    copy.rows[a], copy.rows[b] = copy.rows[b], copy.rows[a]


@fault
def rows_shuffled(rng, copy):
    if len(copy.body) < 2 or copy.rows[0] is not copy.header:
        return False
    rest = copy.rows[1:]
    rng.shuffle(rest)
    copy.rows[1:] = rest


@fault
def empty_rows(rng, copy):
    for _ in range(rng.choice([1, 2, 6])):
        insert(rng, copy, rng.choice([[], [""] * len(copy.header), [" "] + [""] * (len(copy.header) - 1)]))


@fault
def total_row(rng, copy):
    row = [""] * len(copy.header)
    row[0] = rng.choice(["Total", "TOTAL", "Sum", "Source: Monitor"])
    row[-1 if len(row) < 4 else rng.randrange(1, len(row))] = str(rng.randint(1, 9999))
    copy.rows.append(row)
    whole_row(copy, row)


@fault
def second_header(rng, copy):
    insert(rng, copy, rng.choice([list(copy.header), [name.upper() for name in copy.header]]))


@fault
def row_cut_short(rng, copy):
    row = a_row(rng, copy)
    if not row or len(row) < 2:
        return False
    del row[rng.randrange(1, len(row)) :]
    whole_row(copy, row)


@fault
def extra_cells(rng, copy):
    row = a_row(rng, copy)
    if not row:
        return False
    row += rng.choice([["x"], [""], ["", "", "12"], ["", ""]])
    whole_row(copy, row)


# ---- faults of columns ----


def in_the_header(copy: Copy, fatal: bool) -> None:
    copy.touched.append(copy.header)
    copy.cells[id(copy.header)] = {""} | set(copy.header) | set(copy.names)
    copy.anywhere |= "second_header" in copy.kinds  # which of them is meant?
    copy.harmless, copy.fatal = False, copy.fatal or fatal


def each_row(copy: Copy, change: Callable[[list[str]], object], least: int | None = None) -> None:
    """Change all rows that have every cell, or at least so many."""
    least = len(copy.header) if least is None else least
    for row in copy.rows:
        if len(row) >= max(least, 1):
            change(row)


@fault
def column_removed(rng, copy):
    at = rng.randrange(len(copy.header))
    each_row(copy, lambda row: row.pop(at), at + 1)
    in_the_header(copy, True)


@fault
def column_doubled(rng, copy):
    at, to = rng.randrange(len(copy.header)), rng.randrange(len(copy.header))
    each_row(copy, lambda row: row.insert(to, row[at]))
    in_the_header(copy, True)


@fault
def column_renamed(rng, copy):
    at = rng.randrange(len(copy.header))
    name = copy.header[at]
    others = [n for n in copy.header if n != name]
    copy.header[at] = rng.choice(
        ["Column1", "", name + "x", name[1:], name[::-1] + "q", rng.choice(others or ["?"])]
    )
    in_the_header(copy, True)


@fault
def column_names_swapped(rng, copy):
    """The names change places, the values do not."""
    if len(copy.header) < 2:
        return False
    a, b = rng.sample(range(len(copy.header)), 2)
    copy.header[a], copy.header[b] = copy.header[b], copy.header[a]
    in_the_header(copy, False)
    copy.anywhere = True


@fault
def columns_reordered(rng, copy):
    order = list(range(len(copy.header)))
    rng.shuffle(order)

    def change(row):
        row[:] = [row[at] for at in order] + row[len(order) :]

    each_row(copy, change)


@fault
def column_titles(rng, copy):
    """The words above the columns instead of their names."""
    titles = [f.title for f in copy.table.fields]
    if copy.header != copy.names or len({fold(title) for title in titles}) < len(titles):
        return False
    copy.header[:] = titles


@fault
def header_written_otherwise(rng, copy):
    form = rng.choice(
        [str.upper, str.title, lambda n: f" {n} ", lambda n: n.replace("_", " "), lambda n: f"{n}\u00a0"]
    )
    copy.header[:] = [form(name) for name in copy.header]


@fault
def empty_column(rng, copy):
    at = rng.choice([0, len(copy.header), rng.randrange(len(copy.header))])
    each_row(copy, lambda row: row.insert(at, ""), at)
    copy.header[at] = rng.choice(["", "", "mine", "Remarks"])
    if "second_header" in copy.kinds:  # which of them is meant?
        copy.anywhere, copy.harmless = True, False


@fault
def extra_column(rng, copy):
    at = rng.randrange(len(copy.header) + 1)
    filled = bool(copy.body) and any(any(row) for row in copy.body)
    each_row(copy, lambda row: row.insert(at, rng.choice(["1", "yes", "see above"]) if any(row) else ""))
    copy.header[at] = rng.choice(["", "mine", "total", "per cent"])
    in_the_header(copy, filled)


@fault
def title_above(rng, copy):
    title = rng.choice(["Casualties of 2025", copy.table.title, "Updated 23.11.2026", "DRAFT"])
    copy.rows[:0] = rng.choice(
        [[[title]], [[title], []], [[title] + [""] * (len(copy.header) - 1)], [[], [title], []]]
    )


# ---- faults of files ----


@fault
def encoding(rng, copy):
    copy.form["encoding"] = rng.choice(
        ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-bom", "utf-32", "cp1252"]
    )
    if copy.form["encoding"] in ("cp1252", "utf-16-le", "utf-16-be"):
        # no mark says so: letters that Windows-1252 does not have are lost
        copy.anywhere = True
        said = "".join(map("".join, copy.rows))
        copy.harmless &= said.encode("cp1252", "ignore").decode("cp1252") == said


@fault
def old_encoding(rng, copy):
    copy.form["encoding"] = rng.choice(
        ["mac_roman", "cp1250", "cp850", "latin-1", "cp1251", "utf-32-le", "gb18030"]
    )
    copy.anywhere, copy.harmless = True, False


@fault
def damaged_encoding(rng, copy):
    """The whole file was read in a wrong encoding and saved as UTF-8."""
    wrong = rng.choice(["cp1252", "latin-1", "mac_roman", "ascii"])
    for row in copy.rows:
        row[:] = [
            c.encode("ascii", "replace").decode() if wrong == "ascii" else c.encode().decode(wrong, "replace")
            for c in row
        ]
    copy.anywhere, copy.harmless = True, False


@fault
def separators(rng, copy):
    copy.form["delimiter"] = rng.choice([";", ";", "\t", "|"])
    copy.form["sep"] = rng.random() < 0.4


@fault
def decimal_commas(rng, copy):
    """As a program writes a table where the comma is the decimal sign."""
    copy.form["delimiter"] = ";"
    for at, spec in enumerate(copy.table.fields):
        if spec.type == "number" and copy.header == copy.names:
            for row in copy.body:
                if len(row) == len(copy.names):
                    row[at] = row[at].replace(".", ",")


@fault
def line_ends(rng, copy):
    copy.form["ends"] = rng.choice([["\r"], ["\r\n"], ["\n", "\r\n"], ["\n", "\r\n", "\r"]])
    copy.form["final"] = rng.choice(["", "\n", "\r\n\r\n", None, None])


@fault
def quotation(rng, copy):
    copy.form["quoting"] = rng.choice([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


@fault
def backslashes(rng, copy):
    """Quotation marks inside cells are written with a backslash."""
    copy.form["escape"] = True
    copy.anywhere, copy.harmless = True, False


@fault
def cut_off(rng, copy):
    where = rng.random()
    copy.damage.append(lambda content: content[: int(len(content) * where)])
    copy.anywhere, copy.harmless = True, False


@fault
def cut_near_the_end(rng, copy):
    less = rng.randint(1, 120)
    copy.damage.append(lambda content: content[:-less])
    copy.anywhere, copy.harmless = True, False


def bytes_changed(rng, copy, change: Callable[[bytearray, int], None]) -> None:
    places = [rng.random() for _ in range(rng.choice([1, 1, 2, 5, 20]))]

    def damage(content: bytes) -> bytes:
        changed = bytearray(content)
        for place in places:
            if changed:
                change(changed, int(place * len(changed)))
        return bytes(changed)

    copy.damage.append(damage)
    copy.anywhere, copy.harmless = True, False


@fault
def bits_flipped(rng, copy):
    bits = [1 << rng.randrange(8) for _ in range(20)]

    def flip(content, at):
        content[at] ^= bits[at % 20]

    bytes_changed(rng, copy, flip)


@fault
def bytes_inserted(rng, copy):
    new = [rng.choice(b'",;\n\r =019aZ\x00\xe9\xff\t') for _ in range(20)]
    bytes_changed(rng, copy, lambda content, at: content.insert(at, new[at % 20]))


@fault
def bytes_deleted(rng, copy):
    bytes_changed(rng, copy, lambda content, at: content.pop(at))


@fault
def piece_moved(rng, copy):
    a, b, c = sorted(rng.random() for _ in range(3))

    def move(content: bytes) -> bytes:
        i, j, k = (int(x * len(content)) for x in (a, b, c))
        return content[:i] + content[j:k] + content[i:j] + content[k:]

    copy.damage.append(move)
    copy.anywhere, copy.harmless = True, False


@fault
def wrong_table(rng, copy):
    other = rng.choice([t for t in TABLES.values() if t is not copy.table])
    here, there = set(copy.names), {f.name for f in other.fields}
    copy.rows[:] = [list(row) for row in texts(other.name)[:WINDOW]]
    copy.header = copy.rows[0]
    copy.anywhere, copy.harmless, copy.fatal = True, False, here != there


@fault
def glued(rng, copy):
    """Another table, or the same once more, below."""
    other = rng.choice(list(TABLES)) if rng.random() < 0.6 else copy.table.name
    below = [list(row) for row in texts(other)[: rng.choice([3, 12])]]
    copy.rows += [*rng.choice([[], [[]], [[], []]]), *below]
    copy.anywhere, copy.harmless = True, len(below) == 1 and other == copy.table.name


@fault
def halves_glued(rng, copy):
    """The table in two pieces, each with its header."""
    if len(copy.body) < 2 or copy.rows[0] is not copy.header:
        return False
    copy.rows.insert(
        rng.randrange(2, len(copy.rows)), [name if name in copy.names else "" for name in copy.header]
    )
    copy.anywhere |= copy.header in copy.touched


@fault
def name_of_a_copy(rng, copy):
    stem = copy.table.name
    copy.name = rng.choice(
        [
            f"{stem} (1).csv",
            f"{stem.upper()}.CSV",
            f"{stem} - Copy.csv",
            f"../x/{stem}.csv",
            f"{stem}-2026-11-23.csv",
            f"{stem}{'-1' * 30}.csv",
        ]
    )


# ---- workbooks ----


@fault
def xlsx(rng, copy):
    copy.form["xlsx"] = rng.choice(["typed", "typed", "text"])


@fault
def xlsx_as_opened(rng, copy):
    """Whatever looks like a number was made one, in columns of text too."""
    copy.form["xlsx"] = "opened"
    copy.anywhere, copy.harmless = True, False
    for row in copy.body:
        row[:] = [f"{float(c):.15g}" if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", c) else c for c in row]


@fault
def xlsx_with_more_sheets(rng, copy):
    copy.form["xlsx"] = "typed"
    first = rng.random() < 0.3

    def more(book, sheet):
        other = book.create_sheet("Remarks", 0 if first else None)
        other["A1"], other["B2"] = "to do", 12
        book.create_sheet("Empty")

    copy.book.append(more)


@fault
def xlsx_with_the_table_twice(rng, copy):
    copy.form["xlsx"] = "typed"
    copy.book.append(lambda book, sheet: book.copy_worksheet(sheet))
    copy.anywhere, copy.harmless, copy.fatal = True, False, True


@fault
def xlsx_with_a_merged_title(rng, copy):
    copy.form["xlsx"] = "typed"
    copy.rows.insert(0, [copy.table.title])
    copy.book.append(lambda book, sheet: sheet.merge_cells("A1:C1"))


@fault
def xlsx_with_merged_cells(rng, copy):
    if len(copy.body) < 3 or copy.rows[0] is not copy.header:
        return False
    copy.form["xlsx"] = "typed"
    copy.book.append(lambda book, sheet: sheet.merge_cells("A2:A3"))
    copy.anywhere, copy.harmless, copy.fatal = True, False, True


@fault
def xlsx_with_hidden_rows(rng, copy):
    copy.form["xlsx"] = "typed"

    def hide(book, sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    copy.book.append(hide)


@fault
def xlsx_damaged(rng, copy):
    copy.form["xlsx"] = "text"
    rng.choice([bits_flipped, bytes_deleted, cut_off, cut_near_the_end, piece_moved])(rng, copy)


@fault
def xlsx_with_damaged_parts(rng, copy):
    """A workbook whose packing is sound, but not what is packed."""
    if copy.damage:
        return False
    copy.form["xlsx"] = "parts"
    copy.anywhere, copy.harmless = True, False
    part = rng.choice(
        ["sheet1.xml", "sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", "workbook.xml.rels"]
    )
    inner = Copy(copy.table, copy.rows, copy.current, False)
    for _ in range(rng.choice([1, 1, 3])):
        rng.choice([bits_flipped, bytes_deleted, bytes_inserted, piece_moved, digits_changed])(rng, inner)

    def repack(content: bytes) -> bytes:
        if content[:2] != b"PK":
            return content
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                data = old.read(name)
                for damage in inner.damage if name.endswith(part) else ():
                    data = damage(data)
                new.writestr(name, data)
        return out.getvalue()

    copy.damage.append(repack)


def digits_changed(rng, copy):
    """A number in the file is another one: a value, a row, a style, a place in the list of texts."""
    pick, new = rng.random(), rng.choice([b"-1", b"0", b"7", b"99999999", b"1e308", b"nan", b""])

    def change(content: bytes) -> bytes:
        places = list(re.finditer(rb"\d+", content))
        if not places:
            return content
        place = places[int(pick * len(places))]
        return content[: place.start()] + new + content[place.end() :]

    copy.damage.append(change)


@fault
def xlsx_download(rng, copy):
    """The table as the data desk gives it out."""
    if copy.kinds:
        return False
    copy.form["xlsx"] = "download"


GROUPS = {  # share of the cases, and the faults
    "cells": (40, list(CELL)),
    "rows": (15, "cells_swapped cells_swapped_between_rows cells_shifted rows_removed row_doubled row_doubled_with_a_change"
             " rows_swapped rows_shuffled empty_rows total_row second_header row_cut_short extra_cells".split()),
    "columns": (11, "column_removed column_doubled column_renamed column_names_swapped columns_reordered column_titles"
                " header_written_otherwise empty_column extra_column title_above".split()),
    "encoding": (10, "encoding old_encoding damaged_encoding".split()),
    "form": (7, "separators decimal_commas line_ends quotation backslashes name_of_a_copy".split()),
    "damage": (12, "cut_off cut_near_the_end bits_flipped bytes_inserted bytes_deleted piece_moved".split()),
    "workbook": (10, [name for name in OTHER if name.startswith("xlsx")]),
    "tables": (5, "wrong_table glued halves_glued".split()),
}  # fmt: skip
GROUP = {kind: group for group, (_, kinds) in GROUPS.items() for kind in kinds}
TOGETHER = (
    "cells",
    "cells",
    "rows",
    "columns",
    "form",
    "encoding",
    "workbook",
)  # what comes on top of a fault


def copy_of(rng: random.Random, table: Table) -> Copy:
    """A sound copy of a table, of a long one mostly a window."""
    rows = texts(table.name)
    entire = len(rows) <= 100 or rng.random() < 0.12
    start, end = 1, len(rows)
    if not entire:
        start = rng.randint(1, max(1, len(rows) - WINDOW))
        end = start + WINDOW
    held = CURRENT.rows[table.name][start - 1 : end - 1]
    window = [(line, *row[1:]) for line, row in enumerate(held, start=2)]
    current = Checked(DESCRIPTION, CURRENT.rows | {table.name: window})
    return Copy(table, [list(rows[0]), *(list(row) for row in rows[start:end])], current, entire)


def mutated(seed: int, number: int) -> tuple[Copy, random.Random]:
    """The copy with this number: a table in turn, with one fault or up to four."""
    rng = random.Random(f"{seed}/{number}")
    copy = copy_of(rng, list(TABLES.values())[number % len(TABLES)])
    shares = [share for share, _ in GROUPS.values()]
    wanted = [rng.choices(list(GROUPS), shares)[0]]
    if rng.random() < 0.3:
        wanted += rng.choices(TOGETHER, k=rng.choice([1, 1, 2, 3]))
        wanted.sort(key=list(GROUPS).index)
    for group in wanted:
        for _ in range(6):
            kind = rng.choice(GROUPS[group][1])
            if group == "cells" and rng.random() < 0.4:  # figures and dates are what it is about
                kind = rng.choice([*NUMBERS, *DATES * 3])
            if kind in CELL:
                done = in_a_cell(rng, copy, CELL[kind])
            elif kind in copy.kinds or (kind.startswith("xlsx") and "xlsx" in copy.form):
                continue
            else:
                done = OTHER[kind](rng, copy) is not False
            if done:
                copy.kinds.append(kind)
                break
    if not copy.kinds:  # a table of nothing but a header
        kind = rng.choice(["encoding", "separators", "title_above", "cut_off", "bits_flipped", "xlsx"])
        OTHER[kind](rng, copy)
        copy.kinds.append(kind)
    return copy, rng


# ---- from cells to bytes ----


def as_csv(rng: random.Random, copy: Copy) -> bytes:
    form = copy.form
    pieces = []
    for row in copy.rows:
        out = io.StringIO()
        style = {"quoting": form.get("quoting", csv.QUOTE_MINIMAL)}
        if form.get("escape"):
            style |= {"doublequote": False, "escapechar": "\\"}
        csv.writer(out, lineterminator="\r\n", delimiter=form.get("delimiter", ","), **style).writerow(row)
        pieces.append(out.getvalue()[:-2])
    ends = form.get("ends", ["\n"])
    made = [piece + rng.choice(ends) for piece in pieces]
    if (final := form.get("final")) is not None:
        made[-1] = pieces[-1] + final
    if form.get("sep"):
        made.insert(0, f"sep={form.get('delimiter', ',')}{ends[0]}")
    text, code = "".join(made), form.get("encoding", "utf-8")
    if code == "utf-16-be-bom":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode(code, "replace" if code not in UNICODE else "strict")


UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030")


def as_xlsx(rng: random.Random, copy: Copy) -> bytes:
    how = copy.form["xlsx"]
    if how == "download":
        return workbook.xlsx(DESCRIPTION, copy.current, copy.table.name)
    if any("\uffff" in text for row in copy.rows for text in row):
        raise IllegalCharacterError
    book = Workbook()
    sheet = book.active
    specs = {f.name: f for f in copy.table.fields}
    for number, row in enumerate(copy.rows, start=1):
        for at, text in enumerate(row, start=1):
            spec = specs.get(copy.header[at - 1]) if at <= len(copy.header) else None
            if text:
                sheet.cell(number, at, typed(how, spec, text) if row is not copy.header else text)
    for change in copy.book:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed(how: str, spec: Field | None, text: str) -> object:
    """A cell as a spreadsheet program keeps it."""
    if how == "text" or spec is None:
        return text
    if (how == "opened" or numeric(spec)) and re.fullmatch(r"0|[1-9]\d{0,11}", text):
        return int(text)
    if (how == "opened" or numeric(spec)) and re.fullmatch(r"(0|[1-9]\d{0,8})\.\d{0,5}[1-9]", text):
        return float(text)
    if dated(spec) and re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def content_of(rng: random.Random, copy: Copy) -> bytes:
    content = None
    if "xlsx" in copy.form:
        try:
            content = as_xlsx(rng, copy)
            copy.name = copy.name.rpartition(".")[0] + ".xlsx"
        except IllegalCharacterError:  # a workbook cannot hold what a CSV can
            del copy.form["xlsx"]
            copy.kinds.append("csv_instead")
    content = content or as_csv(rng, copy)
    for damage in copy.damage:
        content = damage(content)
    return content


# ---- what a file says, read by other means than the code under test ----


class Unreadable(Exception):
    """What must be refused."""


def fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in bare if not unicodedata.combining(c))))


def grid_of(copy: Copy, content: bytes) -> list[list[str]]:
    """The cells of the file."""
    if copy.form.get("xlsx") == "parts":
        return cells_of_workbook(content)
    if "xlsx" in copy.form:
        return copy.rows
    code = copy.form.get("encoding", "utf-8")
    code = {"utf-16-be-bom": "utf-16"}.get(code, code)
    try:
        if code.startswith("utf-16"):
            text = content.decode(code)
        elif code == "utf-32":
            text = content.decode(code)
        else:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error
    if "\x00" in text:
        raise Unreadable("NUL")
    text = re.sub(r"^sep=.(\r\n|\r|\n)", "", text) if copy.form.get("sep") else text
    csv.field_size_limit(1_000_000)
    try:
        delimiter = copy.form.get("delimiter", ",")
        return list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable("csv") from error


class Unknown(Exception):
    """Nobody else can say what the file holds."""


def cells_of_workbook(content: bytes) -> list[list[str]]:
    """The cells of a damaged workbook as a general reader sees them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
            return [[as_text(value) for value in row] for row in rows]
    except Exception as error:
        raise Unknown from error


def as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def rows_of(
    table: Table, grid: list[list[str]], standing: set[tuple], strict: bool
) -> list[tuple[int, list[str]]]:
    """The rows by column, as (line, texts); raises Unreadable where no meaning is certain."""
    titles = Counter(fold(f.title) for f in table.fields)
    names = {fold(f.title): f.name for f in table.fields if titles[fold(f.title)] == 1}
    names |= {fold(f.name): f.name for f in table.fields}
    seen = [(line, row) for line, row in enumerate(grid, start=1) if any(c.strip() for c in row)]
    heads = [(len({names[fold(c)] for c in row if fold(c) in names}), -line) for line, row in seen[:10]]
    if not heads or max(heads)[0] < len(table.fields) / 2:
        raise Unreadable("header")
    at = -max(heads)[1]
    header = [names.get(fold(c), "") for c in grid[at - 1]]
    body = grid[at:]
    for spec in table.fields:
        if header.count(spec.name) != 1:
            raise Unreadable(f"column {spec.name}")
    for place, name in enumerate(header):
        if not name and any(len(row) > place and row[place].strip() for row in body):
            raise Unreadable("another column")

    def repeats(row):
        return all(
            names.get(fold(c)) == name != "" for c, name in zip(row, header, strict=False) if c.strip()
        )

    for line, row in seen:
        if line < at and sum(bool(c.strip()) for c in row) > 2 and not repeats(row):
            raise Unreadable("a row above the header")
    order = [header.index(f.name) for f in table.fields]
    found = []
    for line, row in enumerate(body, start=at + 1):
        if not any(c.strip() for c in row) or (len(row) > 1 and repeats(row)):
            continue
        if any(c.strip() for c in row[len(header) :]):
            raise Unreadable("cells beyond the table")
        full = row + [""] * (len(header) - len(row))
        cells = [full[i] for i in order]
        if strict and len(row) < len(header) and tuple(cells) not in standing:
            raise Unreadable("a row too short")
        found.append((line, cells))
    return found


SPACES = "[ \u00a0\u2007\u2009\u200a\u202f]"
SIGNS = "\"'“”„‟«»‘’‚‹›`´"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def loose(text: str) -> str:
    """A text without what nobody sees and what typing aids change."""
    text = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    text = re.sub("[“”„‟«»]", '"', re.sub("[‘’‚‹›`´]", "'", re.sub("[–—‒−]|--", "-", text)))
    return " ".join(text.replace("…", "...").split())


def trimmed(text: str) -> str:
    return re.sub(
        r"^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$",
        "",
        text,
    )


def number(text: str, whole: bool, commas: bool) -> float | None:
    """The one number that a text can be; a point or comma before three digits leaves it open."""
    text = re.sub(rf"^[{SIGNS}]+|[{SIGNS}]+$", "", UNSEEN.sub("", trimmed(text)))
    text = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text).replace("−", "-")
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    grouped = re.fullmatch(rf"(-?[1-9]\d{{0,2}})((?:({SPACES}|['’.,])\d{{3}})(?:\3\d{{3}})*)([.,]\d+)?", text)
    if grouped:
        mark, tail = grouped[3], grouped[4] or ""
        once = len(grouped[2]) == 4 and not tail
        # “1,172” of persons is no fraction; in a file of semicolons or of percentages nobody knows
        if once and (mark == "." or (mark == "," and (commas or not whole))):
            return float(text) if mark == "." and not whole and not commas else None
        if tail[:1] == mark:
            return None
        text = grouped[1] + re.sub(r"\D", "", grouped[2]) + tail
    if not re.fullmatch(r"-?\d+([.,]\d+)?", text):
        return None
    if whole and re.search(r"[.,]\d*[1-9]", text):
        return None
    found = float(text.replace(",", "."))
    return int(found) if whole else found


def day(text: str) -> str | None:
    """The one date that a text can be."""
    text = re.sub(rf"^[{SIGNS}\s]+|[{SIGNS}\s]+$", "", UNSEEN.sub("", trimmed(text)))
    text = re.sub(r"(?<=\d)[T ]\d\d?:\d\d.*$", "", text)
    if re.fullmatch(r"(19|20)\d\d[.,]0+", text):
        return text[:4]
    if re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", text):
        return text
    parts = re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", text)
    pairs = [(parts[3], parts[4])] if parts else []
    year = parts[1] if parts else ""
    if not parts and (parts := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", text)):
        year, pairs = parts[4], [(parts[1], parts[3]), (parts[3], parts[1])]
    for form in ("%d %B %Y", "%d %b %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            pass
    if short := re.fullmatch(r"(\d\d?)([-/.])(\d\d?)\2(\d\d)", text):
        first, second, third = short[1], short[3], short[4]
        century = "20" if int(third) < 50 else "19"
        ways = {f"{century}{third}-{second:>02}-{first:>02}", f"{century}{third}-{first:>02}-{second:>02}", f"20{first:>02}-{second:>02}-{third}"}
        real = {way for way in ways if is_real(way) and int(way[:4]) <= date.today().year + 1}
        return real.pop() if len(real) == 1 else None
    days = set()
    for month, of_month in pairs:
        try:
            days.add(date(int(year), int(month), int(of_month)).isoformat())
        except ValueError:
            pass
    return days.pop() if len(days) == 1 else None


def is_real(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff]|^[=@]|^#(REF|N/A|NAME|DIV|NV|#)")


def says(spec: Field, text: str, value: object, standing: set[str], commas: bool) -> bool:
    """Whether a value is what a cell says in this column."""
    limits = spec.constraints
    bare = trimmed(text)
    if value is None:
        empty = bare.strip(SIGNS + " ") if numeric(spec) or dated(spec) else bare
        return not empty and not spec.required
    if numeric(spec):
        meant = number(text, spec.type == "integer", commas)
        low, high = limits.get("minimum", float("-inf")), limits.get("maximum", float("inf"))
        return meant is not None and float(value) == meant and low <= meant <= high
    if len(text) >= 32_767 or ("enum" in limits and value not in limits["enum"]):
        return False
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        return False
    if value == text and value in standing:
        return True
    if dated(spec):
        return value == day(text) or (value in standing and value == loose(text))
    if FORBIDDEN.search(re.sub(r"^[\s\ufeff]+", "", bare)) and value not in standing:
        return False
    if value == bare:
        return True
    said = loose(re.sub("^'(?=[-=+@])", "", bare))
    stripped = (
        said.strip(SIGNS).strip() if "enum" in limits or "pattern" in limits or value in standing else said
    )
    if loose(value) not in (said, stripped):
        return False
    # what is put back otherwise than blanks and unseen characters stands in the table already
    exact = UNSEEN.sub("", unicodedata.normalize("NFC", re.sub("^'(?=[-=+@])", "", bare)))
    return (
        " ".join(exact.split()) == " ".join(UNSEEN.sub("", value).split())
        or value in standing
        or "pattern" in limits
        or "enum" in limits
    )


# ---- the verdict ----


@dataclass
class Verdict:
    kind: str
    why: str = ""
    found: incoming.Incoming | None = None


def verdict(copy: Copy, content: bytes) -> Verdict:
    """Read a copy and say in which class it ends."""
    try:
        found = incoming.read(content, copy.name, DESCRIPTION, None, copy.current)
    except Exception:
        return Verdict("crashed", traceback.format_exc(limit=-4))
    if found.problems or found.table is None:
        return refused(copy, found)
    try:
        held = copy.current.rows[found.table.name]
        grid = grid_of(copy, content)
        standing = {tuple(write.cell(v) for v in row[1:]) for row in held}
        wanted = rows_of(found.table, grid, standing, "xlsx" not in copy.form)
    except Unknown:
        return told(copy, found, held)
    except Unreadable as error:
        return Verdict("wrong", f"accepted, but it must be refused: {error}", found)
    if copy.fatal:
        return Verdict("wrong", "accepted", found)
    why = misread(copy, found, wanted, held) or unnoted(copy, content, found, wanted)
    if why:
        return Verdict("wrong", why, found)
    return told(copy, found, held)


def refused(copy: Copy, found: incoming.Incoming) -> Verdict:
    """Every sentence is one for people and names the place of the fault."""
    if not found.problems or found.good:
        return Verdict("wrong", "neither accepted nor refused", found)
    if copy.harmless:
        return Verdict("wrong", f"harmless, but refused: {found.problems[0]}", found)
    lines, columns = copy.lines(), copy.columns()
    named = False
    for problem in found.problems:
        text = str(problem)
        place = problem.file in (copy.name.rpartition("/")[2], found.name, copy.table.file) or found.table
        if (
            not place
            or len(problem.rule) < 10
            or re.search(PROGRAM, own_words(problem.rule))
            or not text.startswith(problem.file)
        ):
            return Verdict("wrong", f"no sentence: {text[:300]}", found)
        if copy.anywhere:
            continue
        here = problem.line in lines and (
            not problem.column
            # a header that is written otherwise besides names the same column
            or fold(problem.column) in set(map(fold, columns.get(problem.line, ())))
            or problem.column == copy.table.primary_key[0]
        )
        mentions = {int(n) for n in re.findall(r"\brow (\d+)", problem.rule)} & lines
        if not here and not mentions:
            return Verdict(
                "misplaced", f"the fault is in {sorted(lines)} {columns}, but: {text[:300]}", found
            )
        named = True
    if not copy.anywhere and not named:
        return Verdict("misplaced", "no place named", found)
    return Verdict("refused", "", found)


def own_words(rule: str) -> str:
    """A rule without what it repeats of the tables, where a text may well begin with “None”."""
    return re.sub("“[^”]*”?", "", rule)


PROGRAM = r"Traceback|\bNone\b|\bnan\b|Exception|[A-Z]\w+Error|object at 0x|<class|\bNoneType|\[Errno"


def misread(copy: Copy, found: incoming.Incoming, wanted: list, held: list[tuple]) -> str:
    """What of the rows is not what the file says, or ""."""
    if [row[0] for row in found.rows] != [line for line, _ in wanted]:
        return f"rows {[row[0] for row in found.rows][:9]}… instead of {[line for line, _ in wanted][:9]}…"
    commas = copy.form.get("delimiter") == ";"
    for at, spec in enumerate(found.table.fields, start=1):
        standing = {row[at] for row in held}
        for (line, cells), row in zip(wanted, found.rows, strict=True):
            text, value = cells[at - 1], row[at]
            if value.__class__ is str and value == text and value in standing:
                continue
            if not says(spec, text, value, standing, commas):
                return f"row {line}, {spec.name}: {text[:80]!r} was read as {value!r}"
    keys = [
        tuple(row[1 + [f.name for f in found.table.fields].index(k)] for k in found.table.primary_key)
        for row in found.rows
    ]
    return "a key stands twice" if len(set(keys)) < len(keys) else ""


def unnoted(copy: Copy, content: bytes, found: incoming.Incoming, wanted: list) -> str:
    """What was put in form without a note, or ""."""
    notes = {(note.column, note.line) for note in found.notes}
    spread = {note.column for note in found.notes if "(row" in note.text}
    for at, spec in enumerate(found.table.fields, start=1):
        for (line, cells), row in zip(wanted, found.rows, strict=True):
            text, value = cells[at - 1], row[at]
            same = text == ("" if value is None else str(value)) or (
                numeric(spec) and number(text, 0, 0) == value and "," not in text
            )
            if not (same or (spec.name, line) in notes or spec.name in spread or text == f"'{value}"):
                return f"row {line}, {spec.name}: {text[:80]!r} became {str(value)[:80]!r} without a note"
    said = "\n".join(map(str, found.notes))
    if "xlsx" not in copy.form:
        if not content.endswith((b"\n", b"\r", b"\x00")) and found.rows and "no line end" not in said:
            if copy.form.get("encoding", "") not in ("utf-16-be", "utf-16-be-bom"):
                return "no note that the last line has no end"
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            if "Windows-1252" not in said and "UTF-" not in said:
                return "no note on the encoding"
    return ""


def told(copy: Copy, found: incoming.Incoming, held: list[tuple]) -> Verdict:
    """Whether the difference names exactly the rows and cells that differ."""
    table, new = found.table, found.rows
    names = [f.name for f in table.fields]
    key_at = [names.index(name) + 1 for name in table.primary_key]

    def text(value):
        return "" if value is None else str(value) if isinstance(value, (str, int)) else f"{float(value):g}"

    def keyed(rows):
        return {tuple(text(row[i]) for i in key_at): row[1:] for row in rows}

    was, now = keyed(held), keyed(new)
    wanted = {("added", key, "", "") for key in now.keys() - was.keys()}
    wanted |= {("removed", key, "", "") for key in was.keys() - now.keys()}
    for key in was.keys() & now.keys():
        for name, a, b in zip(names, was[key], now[key], strict=True):
            if a != b:
                wanted.add(("changed", key, name, f"{text(a)} → {text(b)}"))
    try:
        changes = difference.rows(DESCRIPTION, {table.name: held}, {table.name: new})
        sentences = [difference.sentence(change, WORDS) for change in changes]
    except Exception:
        return Verdict("crashed", traceback.format_exc(limit=-4), found)
    if not wanted:
        if changes:
            return Verdict("wrong", f"nothing changed, but {changes[0]}", found)
        # a number may have another form in a workbook (59 for 59.0), nothing else may
        if write.table(table, new) != write.table(table, held) and not any(
            f.type == "number" for f in table.fields
        ):
            return Verdict("silent", "another cleaned file without a difference", found)
        return Verdict("identical", "", found)
    if copy.harmless:
        return Verdict("wrong", f"harmless, but {sorted(wanted)[:3]}", found)
    given = set()
    for change in changes:
        key = tuple(value for _, value in change.key)
        values = f"{change.old} → {change.new}" if change.kind == "changed" else ""
        given.add((change.kind, key, change.field, values))
    if given != wanted:
        return Verdict(
            "silent", f"not told {sorted(wanted - given)[:3]}, told {sorted(given - wanted)[:3]}", found
        )
    for change, sentence in zip(changes, sentences, strict=True):
        unseen = change.kind == "changed" and seen(change.old) == seen(change.new)
        if len(sentence) < 5 or unseen or re.search(r"Traceback|object at 0x|<class", sentence):
            return Verdict("silent", f"a sentence that says nothing: {sentence[:200]!r}", found)
    return Verdict("told", "", found)


def seen(text: str) -> str:
    """What the eye sees of a text."""
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


# ---- the tests ----


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """The reading's own time limit is not to be met because the machine is busy."""
    monkeypatch.setattr(incoming, "SECONDS", PATIENCE)


def test_what_the_tables_say_is_read_alike_by_other_means():
    for table in TABLES.values():
        copy = Copy(table, [list(row) for row in texts(table.name)], CURRENT, True)
        found = incoming.Incoming(table.file, table, CURRENT.rows[table.name])
        assert not misread(copy, found, rows_of(table, copy.rows, set(), True), CURRENT.rows[table.name])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_faulty_copy_changes_a_figure_silently(seed, record_property):
    counts: dict[str, Counter] = {}
    faults = []
    chosen = []
    letters = 0
    for number_ in range(CASES):
        copy, rng = mutated(seed, number_)
        content = content_of(rng, copy)
        result = verdict(copy, content)
        group = GROUP.get(copy.kinds[0], "form") if len(copy.kinds) == 1 else "several at once"
        counts.setdefault(group, Counter())[result.kind] += 1
        if result.kind in BAD:
            faults.append(
                f"{result.kind}: copy {seed}/{number_} of {copy.table.name} ({', '.join(copy.kinds)}): {result.why}"
            )
        elif result.kind == "told":
            letters += "old_encoding" in copy.kinds
            if copy.entire and result.found.table is copy.table:
                chosen.append((rng.random(), number_, copy, content, result))
    total = sum(counts.values(), Counter())
    print(*report(counts, total), f"told with letters of another encoding: {letters}", sep="\n")
    for kind in (*SOUND, *BAD):
        record_property(kind, total[kind])
    assert not faults, "\n".join(faults[:12])
    assert total.total() == CASES and SEEDS * CASES >= 2_000
    assert all(total[kind] > CASES / 20 for kind in SOUND)
    answers = Counter(judged(random.Random(number_), *one) for _, number_, *one in few(chosen))
    print(f"told, judged by the rules: {dict(answers)}")
    assert answers and set(answers) <= {"a rule refuses it", "its queries run"}


def report(counts: dict[str, Counter], total: Counter) -> list[str]:
    """How many of each class, by kind of fault."""
    heads = [*SOUND, *BAD]
    lines = ["", f"{'':18}" + "".join(f"{head:>11}" for head in heads)]
    for group in [*sorted(counts), "all"]:
        numbers = total if group == "all" else counts[group]
        lines.append(f"{group:18}" + "".join(f"{numbers[head]:>11}" for head in heads))
    return lines


def few(chosen: list[tuple]) -> list[tuple]:
    """Some of the copies, of as many tables as can be."""
    by_table = {copy.table.name: (order, number_, copy, *rest) for order, number_, copy, *rest in chosen}
    return sorted(by_table.values(), key=lambda one: one[0])[:JUDGED]


def judged(rng: random.Random, copy: Copy, content: bytes, result: Verdict) -> str:
    """Judge a told copy with all other tables: refused by a rule, or every query about the table runs."""
    given = incoming.judge(content, copy.name, package.DATA, answered=lambda one: one.kind != questions.ADDS)
    if given.incoming.rows != result.found.rows:
        return f"{copy.table.name}: it was judged otherwise than read"
    if not given.good:
        odd = [str(p) for p in given.problems if len(p.rule) < 10 or re.search(PROGRAM, own_words(p.rule))]
        return (
            f"{copy.table.name}: {odd or given.standing}"
            if odd or not given.problems
            else "a rule refuses it"
        )
    snapshot = store.snapshot(given.checked, "draft")
    asked = [name for name in queries.names() if re.search(rf"\b{copy.table.name}\b", queries.get(name).sql)]
    for name in rng.sample(asked, min(len(asked), 12)):
        try:
            queries.run(name, snapshot)
        except Exception as error:
            return f"{copy.table.name} ({', '.join(copy.kinds)}): {name}: {error}"
    return "its queries run"


# ---- faults that such copies have found ----


def read_cell(table: str, column: str, text: str, name: str = "", times: int = 1) -> incoming.Incoming:
    """A table of three rows with this text in row 3, or of more rows with it in as many."""
    rows = [list(row) for row in texts(table)[: 3 + times]]
    for row in rows[2 : 2 + times]:
        row[rows[0].index(column)] = text
    copy = Copy(TABLES[table], rows, CURRENT, False)
    return incoming.read(as_csv(random.Random(0), copy), name or copy.name, DESCRIPTION, None, CURRENT)


@pytest.mark.parametrize(
    ("table", "column", "text", "name"),
    [
        ("states", "region", "'" * 30_000 + "x", ""),
        ("sources", "published", "“" * 30_000 + "x", ""),
        ("states", "note", "é" + " " * 30_000 + "x\ty", ""),
        ("states", "note", "é" + " " * 30_000 + "x\r\ny", ""),
        ("sources", "id", "a-" * 15_000 + "!", ""),
        ("states", "note", "x", f"states{'-1' * 30}x.csv"),
    ],
)
def test_no_text_from_outside_holds_the_reading_up(table, column, text, name):
    """Where each letter is looked at once per letter, so many cells are stopped by the reading's own limit."""
    found = read_cell(table, column, text, name, times=150)
    assert found.problems or found.rows
    assert "took longer" not in " ".join(map(str, found.problems))


def test_a_file_of_one_long_word_in_an_old_encoding_is_read_to_its_end():
    content = b"iso3,name_en\nLAO,\xe9" + b"a" * 1_000_000  # a million times a million looks never end
    found = incoming.read(content, "states.csv", DESCRIPTION, None, CURRENT)
    assert found.problems and "took longer" not in " ".join(map(str, found.problems))


def test_marks_that_nobody_sees_are_taken_out_and_noted():
    for mark in "\u200e\u200f\u202e\u2066\u200d":
        found = read_cell("states", "name_en", f"An{mark}gola")
        assert found.good and found.rows == [
            (line, *row[1:]) for line, row in enumerate(CURRENT.rows["states"][:3], 2)
        ]
        assert [(note.line, note.column) for note in found.notes] == [(3, "name_en")]
    arabic = "أنغولا\u200f (لواندا)"  # where a script is written from the right they are of use
    assert read_cell("states", "note", arabic).rows[1][-1] == arabic
    found = read_cell("states", "name_en", "Burkina  Faso")  # on screen two spaces look like one
    assert found.rows[1][2] == "Burkina Faso" and found.notes


def test_a_text_as_long_as_a_cell_may_be_is_asked_about():
    found = read_cell("states", "note", "long " * 8_000)
    assert "longer than the 32,767 characters" in str(found.problems[0])


def test_half_a_letter_in_a_workbook_is_no_letter():
    book = Workbook()
    for row in texts("states")[:3]:
        book.active.append(row)
    book.active["B3"] = "An_xD83D_gola"
    out = io.BytesIO()
    book.save(out)
    found = incoming.read(out.getvalue(), "states.xlsx", DESCRIPTION, None, CURRENT)
    assert "a letter was lost" in str(found.problems[0]) and str(found.problems[0]).encode("utf-8")
