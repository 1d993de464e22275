"""What is said of one file: what was put in form, and what is asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from dialogue.tables.package import Description, Table
from dialogue.tables.rows import CONFIDENTIAL, Problem

EXAMPLES = 5


@dataclass(frozen=True, order=True)
class Note:
    """Something that was put in the form of the table. `line` 0 and `column` "" mean the whole file."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        place = [f"row {self.line}"] if self.line else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.text}" if place else self.text


class Report:
    """Gathers notes and problems of the file `name`.

    `wanted` is the table that the name of the file or a person says, `table` the one that it was
    read as. What a confidential table holds is repeated in no message.
    """

    def __init__(self, name: str, description: Description, wanted: Table | None) -> None:
        self.name, self.description, self.wanted = name, description, wanted
        self.table: Table | None = None
        self.notes: list[tuple[int, str, str, str]] = []
        self.problems: list[Problem] = []

    @property
    def secret(self) -> bool:
        """Whether nothing of the file may be repeated in a message."""
        table = self.table or self.wanted
        return bool(table and table.file in CONFIDENTIAL)

    def problem(self, line: int, column: str, value: object, rule: str, hint: str = "") -> None:
        """Report a problem; `hint` and `value` may repeat what the file holds."""
        table = self.table or self.wanted
        if self.secret:
            names = [f.name for f in table.fields]
            column, value, hint = (column if column in names else ""), "", ""
        text = f"{rule}; {hint}" if hint else rule
        self.problems.append(Problem(table.file if table else self.name, line, column, str(value), text))

    def note(self, line: int, column: str, text: str, examples: str = "") -> None:
        """Note what was done; `examples` may repeat what the file holds."""
        self.notes.append((line, column, text, examples))


def say_rows(lines: Iterable[int]) -> str:
    """“rows 3, 5–9 and 14”; at most ten places."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    said = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs[:10]]
    if len(runs) > 10:
        rest = sum(b - a + 1 for a, b in runs[10:])
        return f"rows {', '.join(said)} and {rest} more"
    word = "row" if len(runs) == 1 and runs[0][0] == runs[0][1] else "rows"
    return f"{word} {', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else f"{word} {said[0]}"


def also_rows(lines: list[int]) -> str:
    """Where more than the first row is meant."""
    return f" ({say_rows(lines)})" if len(lines) > 1 else ""


def nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
