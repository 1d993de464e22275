"""The rows on freshness: their counts, their order, and where a spreadsheet shows them."""

from datetime import date

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.words import i18n
from dialogue.words.i18n import _, state

AGES = ("recent", "older", "undated", "none")


def count(today: date) -> pd.Series:
    """How many cells are recent, older, undated or without information on a day."""
    return queries.run("freshness_count", as_of=today).iloc[0]


def in_order(codes, order: str) -> list[str]:
    """States alphabetically (`name`) or by region; indicators by action."""
    if order == "region":
        regions = i18n.codes("region")
        by_state = queries.run("freshness_states").set_index("iso3")["region"]
        return sorted(codes, key=lambda iso3: (regions.index(by_state[iso3]), state(iso3)))
    return sorted(codes, key=state)


def states_in_order() -> list[str]:
    """The twelve States, alphabetically."""
    return in_order(queries.run("freshness_states")["iso3"], "name")


def by_action(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["action", "indicator"], kind="stable")


def line(table: str, key: str | None) -> int | None:
    """The row of a key (its parts joined by “|”) as a spreadsheet shows it; None where there is no row yet."""

    def read() -> dict[str, int]:
        parts = ", ".join(reader.snapshot().description.tables[table].primary_key)
        # outside the named queries, because a row that moves in its file is no change of a figure
        return dict(reader.snapshot().cursor().execute(f"SELECT concat_ws('|', {parts}), _line FROM {table}").fetchall())

    return reader.snapshot().keep(("rows", table), read).get(key) if key else None


def place(table: str, key: str | None) -> str:
    """“obligation_findings.csv, row 12”: where a spreadsheet shows it."""
    file, row = f"{table}.csv", line(table, key)
    return _("{file}, row {row}").format(file=file, row=row) if row else file
