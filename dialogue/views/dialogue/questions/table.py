"""The tables on the guiding questions in words."""

import pandas as pd

from dialogue.views.dialogue.questions.words import split_name, standing_name
from dialogue.views.evidence import obligations, victims
from dialogue.words.i18n import _, label, state


def found_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The table for readers: what was found, in words."""
    return pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Indicator"): [label("indicator", code) for code in rows["indicator"]],
            _("Status"): [label("obligation_status", code) for code in rows["status"]],
            _("Year"): [
                "–" if row.status == "no_information" else obligations.year_words(row.as_of)
                for row in rows.itertuples()
            ],
            _("Finding"): [text or "–" for text in rows["finding"]],
        }
    )


def plans_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The plans found, with their standing and their years."""
    return pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Plan"): [label("indicator", code) for code in rows["indicator"]],
            _("Standing"): [standing_name(code) for code in rows["standing"]],
            _("Last year of the plan"): ["–" if year is pd.NA else str(year) for year in rows["valid_to"]],
            _("Year of the evidence"): [
                "–" if row.standing == "no_information" else obligations.year_words(row.as_of) for row in rows.itertuples()
            ],
            _("Finding"): [text or "–" for text in rows["finding"]],
        }
    )  # fmt: skip


def data_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Data systems and kinds of figures, with the year of the evidence."""
    shown = {
        "named": _("Published at least once"),
        "not_named": _("No such figure in the findings read"),
    }
    return pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("What"): [split_name(aspect) for aspect in rows["aspect"]],
            _("Status"): [shown.get(code) or label("obligation_status", code) for code in rows["known"]],
            _("Year"): ["–" if row.age is None else obligations.year_words(row.as_of) for row in rows.itertuples()],
            _("Finding"): [text or "–" for text in rows["finding"]],
        }
    )  # fmt: skip


def victims_table(rows: pd.DataFrame) -> pd.DataFrame:
    """What is known of each aspect, State by State."""
    return pd.DataFrame(
        [
            (state(row.iso3), str(row.year), victims.aspect_name(row.aspect), victims.known_name(row.known))
            for row in rows.itertuples()
        ],
        columns=[_("State"), _("Year"), _("What"), _("What is known")],
    )
