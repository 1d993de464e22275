"""What a whole table makes one ask before it is taken: only new rows, many rows gone, one column sorted by itself.

A `Question` is no error: it can be answered with yes, at the desk by a tick, on the command line by an option.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dialogue.intake.report import say_rows
from dialogue.tables.package import Table
from dialogue.tables.rows import Problem

Answered = Callable[["Question"], bool]  # whether a question is answered with yes
ADDS, REMOVES, SORTED, DOUBTED = "adds", "removes", "sorted", "doubted"
MANY = 20  # rows gone, of any table
FEW, SHARE = 3, 0.1  # rows gone, where they are such a share of the table
ALIKE = 0.95  # share of the rows that are the same but for one column
MOVED = 10  # cells of it that hold another value


@dataclass(frozen=True)
class Question:
    """Something that is asked about. `key` stays the same as long as the question does."""

    kind: str
    table: str
    key: str
    text: str


def keys(table: Table, rows: Iterable[tuple]) -> dict[tuple, tuple]:
    """Rows (line, *values) by primary key."""
    at = [[f.name for f in table.fields].index(name) + 1 for name in table.primary_key]
    return {tuple(row[i] for i in at): row for row in rows}


def of_table(table: Table, old: Sequence[tuple], new: Sequence[tuple], faulty: int = 0) -> list[Question]:
    """What is to be asked before `new` takes the place of `old`.

    `faulty`: rows of the file that have a problem and are not among the new ones.
    """
    was, now = keys(table, old), keys(table, new)
    gone, come = was.keys() - now.keys(), now.keys() - was.keys()
    found = []
    if new and old and len(come) == len(now):
        # what replaces a whole small table looks the same: both can be meant
        return [adding(table, len(now), len(was), 0), removing(table, len(gone), len(was), len(now))]
    if faulty and not many(len(gone) - faulty, len(was)):
        return []
    if new and come and many(len(gone), len(was)) and len(now) < len(was) / 2:
        found.append(adding(table, len(come), len(was), len(now) - len(come)))
    column = sorted_alone(table, old, new)
    if column:
        name, cells = column
        found.append(
            Question(
                SORTED, table.name, f"{table.name} sorted {name}",
                f"{table.file}: column {name} has another value in {cells:,} rows and holds the same values in another order. "
                "Was it sorted by itself? Then undo that and sort the whole table. Or are these values right?",
            )
        )  # fmt: skip
    elif many(len(gone), len(was)):
        found.append(removing(table, len(gone), len(was), len(now)))
    return found


def gone(table: Table, old: Sequence[tuple], new: Sequence[tuple]) -> list[Question]:
    """Whether many rows of a table are to go, asked where nothing else is of account."""
    was, now = keys(table, old), keys(table, new)
    lost = len(was.keys() - now.keys())
    return [removing(table, lost, len(was), len(now))] if many(lost, len(was)) else []


def adding(table: Table, new: int, old: int, known: int) -> Question:
    """Whether the rows of a file are to be added to its table."""
    rows = "row" if new == 1 else "rows"
    text = f"{table.file}: the file holds {new:,} {rows} that {'is' if new == 1 else 'are'} not in the table of {old:,} rows"
    text += f", and {known:,} that {'is' if known == 1 else 'are'}" if known else ", and none of the table's own"
    return Question(ADDS, table.name, f"{table.name} adds {new}", f"{text}. Add {'it' if new == 1 else 'them'} to the table?")


def removing(table: Table, gone: int, old: int, new: int) -> Question:
    """Whether many rows are to go."""
    percent = 100 * gone // old
    said = "all" if gone == old else f"{percent}%" if percent else "less than 1%"
    return Question(
        REMOVES, table.name, f"{table.name} removes {gone}",
        f"{table.file}: {gone:,} of {old:,} rows ({said}) are not in the file, which holds {new:,}. Are they to be removed?",
    )  # fmt: skip


def many(gone: int, rows: int) -> bool:
    """Whether so many rows of a table are gone that they may be lost and not removed."""
    return gone >= MANY or (gone >= FEW and gone >= SHARE * rows) or (gone == rows > 1)


def sorted_alone(table: Table, old: Sequence[tuple], new: Sequence[tuple]) -> tuple[str, int] | None:
    """The column that was sorted apart from all others, and how many of its cells moved; None as a rule."""
    if len(old) != len(new) or len(old) < MOVED:
        return None
    if {row[1:] for row in old} == {row[1:] for row in new}:
        return None
    whole = (Counter(row[1:] for row in old) & Counter(row[1:] for row in new)).total()
    moved = []
    for at, spec in enumerate(table.fields, start=1):
        before, after = Counter(row[at] for row in old), Counter(row[at] for row in new)
        if (before & after).total() < ALIKE * len(old):
            return None  # values came or went: this is more than sorting
        rest = Counter(row[1:at] + row[at + 1 :] for row in old) & Counter(row[1:at] + row[at + 1 :] for row in new)
        cells = rest.total() - whole
        if rest.total() >= ALIKE * len(old) and cells >= MOVED:
            moved.append((cells, spec.name))
    if not moved:
        return None
    cells, name = max(moved)
    return name, cells


def added(table: Table, old: Sequence[tuple], new: Sequence[tuple]) -> tuple[list[tuple], list[Problem]]:
    """The table with the rows of a file added; a row that stands there with other values is a problem."""
    was = keys(table, old)
    rows, problems = list(old), []
    for key, row in keys(table, new).items():
        if key not in was:
            rows.append(row)
        elif was[key][1:] != row[1:]:
            rule = f"a row with this {', '.join(table.primary_key)} stands in the table with other values; leave it out, or send the whole table"
            problems.append(Problem(table.file, row[0], table.primary_key[0], str(key[0] or ""), rule))
    return rows, problems


def gathered(problems: Sequence[Problem], least: int = 4) -> list[Problem]:
    """Problems in which those of one cause (file, column, rule) are one, with how many there are and where."""
    groups: dict[tuple, list[Problem]] = {}
    for problem in problems:
        rule = problem.rule.partition("; did you mean")[0].partition("; write ")[0].partition("; it is probably")[0]
        groups.setdefault((problem.file, problem.column, rule), []).append(problem)
    found = []
    for (_file, _column, rule), same in groups.items():
        if len(same) < least:
            found += same
            continue
        values = list(dict.fromkeys(problem.value for problem in same if problem.value))
        also = f"; {len(values)} different values" if len(values) > 3 else ""
        rules = {problem.rule for problem in same}
        where = say_rows(problem.line for problem in same if problem.line)
        told = f"{rules.pop() if len(rules) == 1 else rule} ({len(same):,} times: {where}{also})"
        found.append(replace(same[0], line=0, value=", ".join(values[:3]), rule=told))
    return found
