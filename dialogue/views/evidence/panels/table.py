"""The rows behind the panels, what can be asked for, and the twin in words."""

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.evidence.panels.words import ALL, TWELVE
from dialogue.words import i18n
from dialogue.words.i18n import _, label, number

SERIES = ("cluster_munition", "mine_erw")
CAUSES = ("all", "attack", "remnant")
PUBLISHERS = ("monitor", "any")


def groups() -> list[str]:
    """All, the twelve, and each region."""
    return [ALL, TWELVE, *i18n.codes("region")]


def years() -> list[int]:
    """Every year from the first to the last of which some State has a figure or a mention."""
    found = [
        queries.run("casualties_state_years", weapon=weapon, publisher="any")["year"] for weapon in SERIES
    ]
    return list(range(int(min(each.min() for each in found)), int(max(each.max() for each in found)) + 1))


def of_group(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    if group == ALL:
        return rows
    return rows[rows["twelve"].astype(bool)] if group == TWELVE else rows[rows["region"] == group]


def cited(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(shared.cited(*(rows[name] for name in ("source_id", "attack_source_id", "remnant_source_id")))))


def twin(rows: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for row in rows.itertuples():
        if row.basis == "named":
            total = _("named without a number")
        else:
            unknown = "" if row.basis == "asked" else _("no total found")
            total = unknown if row.total is pd.NA else number(row.total, row.count_type)
        lines.append(
            (
                shared.place(row.iso3),
                str(row.year),
                total,
                *("" if value is pd.NA else number(value) for value in (row.attack, row.remnant)),
                label("publisher_kind", row.publisher_kind),
                row.edition,
                row.other_values or "",
            )  # fmt: skip
        )
    lines.sort(key=lambda line: (shared.letters(line[0]), line[1]))
    titles = [
        _("State or area"), _("Year"), _("Casualties"), _("Attacks"), _("Remnants"), _("Whose figure"), _("Edition"), _("Also printed"),
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=titles).set_index(_("State or area"))
