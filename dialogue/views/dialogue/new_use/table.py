"""The rows on new use, and the tables in words."""

from collections.abc import Sequence

import pandas as pd

from dialogue.views.evidence import obligations, victims
from dialogue.views.shared import short
from dialogue.words import i18n
from dialogue.words.i18n import _, label, number, state

WORLD = "WLD"
WHO = ("civilian", "child", "female", "male")
UKRAINE = "C07"  # the statement of the work plan on persons with disabilities in Ukraine


def attacks_table(world: pd.DataFrame, places: pd.DataFrame, gaps: Sequence[int]) -> pd.DataFrame:
    lines = [(str(year), i18n.state(WORLD), _("no figure found"), "", "") for year in gaps]
    lines += [
        (
            str(row.year),
            i18n.state(WORLD),
            number(row.count, row.count_type),
            row.edition,
            row.other_values or "",
        )
        for row in world.itertuples()
    ]
    lines += [
        (
            str(row.year), state(row.iso3),
            number(row.count, row.count_type) if row.known == "count" else _("named without a number for attacks"),
            row.edition, row.other_values or "",
        )
        for row in places.itertuples()
    ]  # fmt: skip
    lines.sort(key=lambda line: (line[0], line[1] != i18n.state(WORLD), line[1]))
    return pd.DataFrame(
        lines, columns=[_("Year"), _("Place"), _("Casualties from attacks"), _("Edition"), _("Also printed")]
    )


def who_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares with what they are of."""
    return pd.DataFrame(
        [
            (victims.percent_of(row.percent), victims.share_name(row), str(row.year), row.edition, row.note or "")
            for row in rows.itertuples()
        ],
        columns=[_("Share"), _("Of whom"), _("Year"), _("Edition"), _("Remark")],
    )  # fmt: skip


def support_table(rows: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """What was found on the twelve, then what instruments ask for."""
    return pd.DataFrame(
        [
            *(
                (_("Evidence"), state(row.iso3), label("obligation_status", row.status), "–" if row.status == "no_information" else obligations.year_words(row.as_of), row.finding or "–")
                for row in rows.itertuples()
            ),
            *((_("Instrument"), short(row.instrument), label("nature", row.nature), row.article, row.summary) for row in clauses.itertuples()),
        ],
        columns=[_("Part"), _("State or instrument"), _("Status or nature"), _("Year or article"), _("What was found")],
    )  # fmt: skip


def correction_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The statement beside what other sources say."""
    return pd.DataFrame(
        [(row.claim, row.finding, row.locator) for row in rows.itertuples()],
        columns=[_("Statement of the work plan"), _("What other sources say"), _("Place in the work plan")],
    )
