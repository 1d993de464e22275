"""The tables beside the drawings of the integrated approach, in words, and the rows they come from."""

from collections.abc import Sequence

import pandas as pd

from dialogue.views.dialogue import crosswalk
from dialogue.views.dialogue.approach.figure import marks
from dialogue.views.dialogue.approach.words import BONDS, days_between, event_words, pillar_heads
from dialogue.views.shared import short
from dialogue.words.i18n import _, colon, label


def binds_table(columns: Sequence[str], heads: dict[str, str], cells: dict) -> pd.DataFrame:
    signs = marks()

    def words(row) -> str:
        if row is None:
            return _("No information")
        said = signs[BONDS.index(row.bond)].label
        if row.bond == "none":
            return said
        if row.qualified:
            said = _("{nature} of States in a position to assist").format(nature=said)
        return colon(said, row.article)

    table = [
        [name, *(words(cells.get((code, i))) for i in columns)] for code, name in crosswalk.pillars().items()
    ]
    return pd.DataFrame(table, columns=[_("Pillar"), *(f"{short(i)} ({heads[i]})" for i in columns)])


def timeline_table(rows: pd.DataFrame) -> pd.DataFrame:
    lines = [
        (
            days_between(row.start, row.end),
            short(row.instrument),
            event_words(row),
            label("grade", row.grade),
        )
        for row in rows.itertuples(index=False)
    ]
    return pd.DataFrame(lines, columns=[_("Date"), _("Instrument"), _("Event"), _("How it was read")])


def pillar_table(sections: list[tuple]) -> pd.DataFrame:
    """The drawn sections of one pillar as rows; `sections` are (heading, lines)."""
    rows = [
        [heading, name, *(cell if isinstance(cell, str) else cell[1] for cell in cells)]
        for heading, lines in sections
        for name, cells in lines
    ]
    return pd.DataFrame(rows, columns=[_("For the State"), *pillar_heads()])


def overlap_table(sections: list[tuple], heads: Sequence[str]) -> pd.DataFrame:
    """The drawn sections of overlaps as rows; `sections` are (heading, lines)."""
    rows = [[heading, name, *cells] for heading, lines in sections for name, cells in lines]
    return pd.DataFrame(rows, columns=[_("Obligation"), _("Pillar"), *heads])
