"""What can be asked for on victims, and the twins in words."""

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.evidence.victims.words import WORLD, kind, percent_of, share_name
from dialogue.words import i18n
from dialogue.words.i18n import _

WEAPONS = ("cluster_munition", "mine_erw")


def places(weapon: str) -> list[str]:
    """World first, then every State and area of which a share was published, in alphabetical order."""
    found = queries.run("victim_share_places", weapon=weapon)["iso3"]
    return [WORLD, *sorted((iso3 for iso3 in found if iso3 != WORLD), key=i18n.state)]


def all_places() -> list[str]:
    """World first, then every State and area of which a share of one weapon or the other was published."""
    return list(dict.fromkeys(iso3 for weapon in WEAPONS for iso3 in places(weapon)))


def shares_table(rows: pd.DataFrame) -> pd.DataFrame:
    lines = [
        (
            str(row.year), percent_of(row.percent), share_name(row),
            _("sources word the base differently") if row.base_differs else (row.base or _("not stated further")),
            row.edition, row.other_values or "",
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    titles = [_("Year"), _("Share"), _("Of whom"), _("Base as printed"), _("Edition"), _("Also printed")]
    return pd.DataFrame(sorted(lines, key=lambda line: (line[2], line[0])), columns=titles).set_index(
        _("Year")
    )


def profile_table(profile: pd.DataFrame) -> pd.DataFrame:
    lines = [
        (
            i18n.state(row.iso3), _("not dated") if row.year is pd.NA else str(row.year), kind(row), row.measure, row.value,
            row.edition, row.note or "",
        )
        for row in profile.itertuples()
    ]  # fmt: skip
    titles = [
        _("State"),
        _("Year"),
        _("Kind"),
        _("What is stated"),
        _("As published"),
        _("Origin"),
        _("Remark"),
    ]
    return pd.DataFrame(lines, columns=titles).set_index(_("State"))
