"""The tables of the work plan in words."""

import pandas as pd

from dialogue.views.dialogue.approach.words import days_between
from dialogue.views.dialogue.plan.words import (
    capital,
    date_as_known,
    dates_in_words,
    kinds,
    meeting_name,
    meeting_status,
    place_name,
    quarter_words,
    sections,
    step_names,
    topics,
)
from dialogue.views.shared import short
from dialogue.words.i18n import _, day, label


def items_table(items: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    names = kinds()
    lines = [
        (
            row.id, names[row.kind], row.label,
            quarter_words(row.quarter_start) if row.quarter_start == row.quarter_end
            else _("{start} to {end}").format(start=quarter_words(row.quarter_start), end=quarter_words(row.quarter_end)),
            row.who or "", (row.depends_on or "").replace(";", ", "), capital(row.status),
        )
        for row in items.itertuples(index=False)
    ]  # fmt: skip
    lines += [
        (
            "",
            _("Meeting"),
            meeting_name(row),
            days_between(row.start, row.end),
            short(row.instrument),
            "",
            meeting_status(row),
        )
        for row in meetings[meetings["item"].isna()].itertuples(index=False)
    ]
    return pd.DataFrame(
        lines,
        columns=[_("Code"), _("Kind"), _("Item"), _("When"), _("Who"), _("After"), _("What is recorded")],
    )


def versions_twin(rows: pd.DataFrame) -> pd.DataFrame:
    """Versions of the working document."""
    statuses = step_names()
    return pd.DataFrame(
        [
            (row.version, day(row.date), statuses[row.status], row.title, row.note or "", row.url or "")
            for row in rows.itertuples(index=False)
        ],
        columns=[_("Version"), _("Date"), _("Status"), _("Title"), _("What changed"), _("Address")],
    )  # fmt: skip


def elements_twin(rows: pd.DataFrame) -> pd.DataFrame:
    """Every element with the page that carries it."""
    return pd.DataFrame(
        [
            (str(row.position), sections()[row.section], row.element, place_name(row.place), row.locator or "", row.note or "")
            for row in rows.itertuples(index=False)
        ],
        columns=[_("No."), _("Part"), _("Element"), _("Where it is found"), _("Place in the work plan"), _("Note")],
    )  # fmt: skip


def follows_twin(rows: pd.DataFrame) -> pd.DataFrame:
    """What is known of what follows, with date and publisher."""
    names = topics()
    return pd.DataFrame(
        [
            (names[row.topic], row.fact, dates_in_words(row.value), date_as_known(row), row.publisher, label("grade", row.grade), row.note or "")
            for row in rows.itertuples(index=False)
        ],
        columns=[_("Topic"), _("Fact"), _("As read"), _("Date"), _("Publisher"), _("How it was read"), _("Note")],
    )  # fmt: skip
