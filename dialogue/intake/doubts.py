"""What sound tables make one doubt: a value far from its neighbours, a source later than the as-of day, a lead that came true.

Each is a `Question` that can be answered with yes; none says that something is wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from dialogue.intake.dates import say_day
from dialogue.intake.questions import DOUBTED, Question
from dialogue.intake.texts import fold
from dialogue.tables import write
from dialogue.tables.package import Description, Table
from dialogue.tables.rows import CONFIDENTIAL

FAR, WORTH = 10, 100  # times its neighbours; persons of the larger of the two
# Parts of a key that say who counted and when; the rest says what was counted.
COUNTED_BY = ("year", "as_of", "period_start", "period_end", "edition", "source_id", "count_type", "publisher_kind")
MOST = 10  # questions of a kind, of a table

Tables = Mapping[str, Sequence[tuple]]


def of(description: Description, old: Tables, new: Tables) -> list[Question]:
    """The questions about what is in `new` and was not in `old`: rows (line, *values) by table."""
    come = {}
    for name, rows in new.items():
        was = {row[1:] for row in old.get(name, ())}
        come[name] = [row for row in rows if row[1:] not in was]
    found = []
    for name, rows in come.items():
        table = description.tables[name]
        if rows and table.file not in CONFIDENTIAL:
            found += list(_far(table, new[name], rows))[:MOST]
    found += _later(description, come.get("sources", ()))
    return found + list(_came_true(description, come, new))


def _dict(table: Table, row: tuple) -> dict:
    return {"_line": row[0], **dict(zip((f.name for f in table.fields), row[1:], strict=True))}


def _far(table: Table, rows: Sequence[tuple], come: Sequence[tuple]) -> Iterator[Question]:
    measures = [f.name for f in table.fields if f.unit == "persons" and f.name not in table.primary_key]
    if not measures or "iso3" not in table.primary_key:
        return
    series = [name for name in table.primary_key if name not in COUNTED_BY]
    when = next((name for name in ("year", "period_end", "as_of") if name in table.primary_key), "")
    kept = [_dict(table, row) for row in rows]
    for row in (_dict(table, row) for row in come):
        for name in measures:
            value = row[name]
            if value is None:
                continue
            others = [
                other for other in kept
                if other["_line"] != row["_line"] and other[name] is not None and other["iso3"] == row["iso3"]
            ]  # fmt: skip
            same = [other for other in others if all(other[part] == row[part] for part in series)]
            near = [other for other in same if abs(_year(other[when]) - _year(row[when])) <= 1] if when else same
            if near:
                low, high = min(other[name] for other in near), max(other[name] for other in near)
                if value >= WORTH and value >= FAR * high:
                    yield _asked(table, row, name, f"ten times or more what its neighbours say ({_said(near, name, when, high)})")
                elif low >= WORTH and value * FAR <= low:
                    yield _asked(table, row, name, f"a tenth or less of what its neighbours say ({_said(near, name, when, low)})")
            elif others and value >= WORTH and value >= FAR * max(other[name] for other in others):
                high = max(other[name] for other in others)
                yield _asked(table, row, name, f"ten times or more the largest number of this State in the table ({high:,})")
            elif not others and value >= WORTH and row["iso3"] != "WLD":
                high = max((other[name] for other in kept if other["iso3"] not in ("WLD", row["iso3"]) and other[name]), default=0)
                if high and value >= FAR * high:
                    yield _asked(table, row, name, f"ten times or more the largest number of a State in the table ({high:,})")


def _said(near: list[dict], name: str, when: str, value: int) -> str:
    row = next(other for other in near if other[name] == value)
    place = f" for {row[when]}" if when else ""
    edition = f" in {row['edition']}" if row.get("edition") else ""
    return f"{value:,}{place}{edition}"


def _asked(table: Table, row: dict, name: str, what: str) -> Question:
    text = f"{table.file}, row {row['_line']}, column {name}: {row[name]:,} is {what}. Is it right?"
    key = " ".join(write.cell(row[part]) for part in table.primary_key)
    return Question(DOUBTED, table.name, f"{table.name} {key} {name} {row[name]}", text)


def _year(value: object) -> int:
    found = re.match(r"\d{4}", str(value or ""))
    return int(found[0]) if found else 0


def _later(description: Description, sources: Sequence[tuple]) -> list[Question]:
    """A new source that is later than the day for which the data speak."""
    table = description.tables.get("sources")
    days = [_dict(table, row)["published"] or "" for row in sources] if table else []
    newest = max((day for day in days if day > description.as_of[: len(day)]), default="")
    if not newest:
        return []
    text = (
        f"sources.csv: the newest of the new sources is of {say_day(newest)}, later than {say_day(description.as_of)}, "
        "the as-of day that every page shows. Is that day to stay as it is?"
    )
    return [Question(DOUBTED, "sources", f"as of {description.as_of} {newest}", text)]


def _came_true(description: Description, come: Tables, new: Tables) -> Iterator[Question]:
    """A newer edition that was announced or said to exist, and now is in the tables."""
    if not {"newer_editions", "editions", "sources"} <= description.tables.keys():
        return
    editions = [_dict(description.tables["editions"], row) for row in come.get("editions", ())]
    sources = [_dict(description.tables["sources"], row) for row in come.get("sources", ())]
    for row in new.get("newer_editions", ()):
        lead = _dict(description.tables["newer_editions"], row)
        named = fold(lead["newer"])
        here = [one["edition"] for one in editions if lead["series"] and one["series"] == lead["series"] and str(one["year"]) in named.split()]
        here += [one["id"] for one in sources if named and named in fold(one["title"])]
        if here:
            text = (
                f"newer_editions.csv, row {lead['_line']}: “{lead['newer']}” is listed as not yet in the tables, but seems to be "
                f"there now ({here[0]}). Is the row to stay? If not, delete it from the table Newer editions."
            )
            yield Question(DOUBTED, "newer_editions", f"newer {lead['newer']} {here[0]}", text)
