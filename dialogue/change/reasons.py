"""Why a table, or a row of it, was changed: said by whoever changes it, and listed with the change by a release."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogue.change.difference import Change
from dialogue.tables.package import Description

ALSO = ("iso3", "source_id")  # columns by which a change is known besides its key


class Unfit(ValueError):
    """A reason that fits no table, column or change; the message says why in one line."""


@dataclass(frozen=True)
class Reason:
    """`why` the rows of `table` changed whose key holds what `row` says; all of them where it says nothing."""

    table: str
    row: tuple[tuple[str, str], ...]
    why: str

    def fits(self, change: Change) -> bool:
        """Whether a change is one of those that the reason is for."""
        known = {"iso3": change.iso3, "source_id": change.source_id, **dict(change.key)}
        return change.table == self.table and all(known.get(column) == value for column, value in self.row)


def read(where: str, why: str, description: Description) -> Reason:
    """A reason as it is written: “casualties” or “casualties iso3=LAO; year=2024”, and a sentence. Raises Unfit."""
    name, _space, rest = " ".join(where.split()).partition(" ")
    table = description.tables.get(name)
    if table is None:
        raise Unfit(f"there is no table “{name[:80]}”; tables: {', '.join(description.tables)}")
    row = []
    for part in re.split(r";\s*(?=\w+\s*=)", rest) if rest else ():
        column, equals, value = (text.strip() for text in part.partition("="))
        allowed = [*table.primary_key, *(name for name in ALSO if name not in table.primary_key)]
        if not equals or column not in allowed:
            raise Unfit(f"“{part[:80]}” names no rows of {name}; write column=value with {', '.join(allowed)}")
        row.append((column, value))
    if not why.strip():
        raise Unfit(f"say why {where} changed")
    return Reason(name, tuple(row), " ".join(why.split()))


def of(change: Change, reasons: Iterable[Reason]) -> str:
    """The reason of a change: of those that fit the one that says most of its row; "" without one."""
    fitting = [reason for reason in reasons if reason.fits(change)]
    return max(fitting, key=lambda reason: len(reason.row)).why if fitting else ""


def idle(reasons: Sequence[Reason], changes: Iterable[Change]) -> list[Reason]:
    """The reasons that fit none of the changes."""
    changes = list(changes)
    return [reason for reason in reasons if not any(map(reason.fits, changes))]


def written(reason: Reason) -> str:
    """Where a reason belongs, as `read` takes it."""
    row = "; ".join(f"{column}={value}" for column, value in reason.row)
    return f"{reason.table} {row}".strip()


def plain(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    """Reasons as they are handed on in a file."""
    return [{"where": written(reason), "why": reason.why} for reason in reasons]


def from_plain(found: object, description: Description) -> list[Reason]:
    """Reasons that were handed on. Raises Unfit."""
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise Unfit("the reasons are not a list")
    return [read(str(each.get("where", "")), str(each.get("why", "")), description) for each in found]
