"""What can be asked for on obligations, and how much answers it."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.view import kept
from dialogue.words import i18n
from dialogue.words.i18n import state

STATUSES = ("met", "partly", "not_met", "expired", "no_information")
AGES = ("recent", "older", "undated")
KINDS = ("direct", "general")


class Scope(NamedTuple):
    """What a view is limited to: an action, a guiding question, some States; None or empty for all."""

    action: str | None = None
    question: str | None = None
    states: tuple[str, ...] = ()

    @property
    def asking(self) -> dict:
        """The same as parameters of a query."""
        return {"action": self.action, "question": self.question, "states": ",".join(self.states) or "all"}


@kept
def states_in_order(order: str = "name") -> list[str]:
    """The States of the work plan's list, by UN name or by region and UN name."""
    rows = queries.run("obligation_matrix").drop_duplicates("iso3")
    regions = i18n.codes("region")
    place = {r.iso3: regions.index(r.region) if order == "region" else 0 for r in rows.itertuples()}
    return sorted(place, key=lambda iso3: (place[iso3], state(iso3)))


@kept
def indicators() -> list[str]:
    """The indicators, by Lausanne action."""
    return queries.run("obligation_gaps")["indicator"].tolist()


def count_of(
    action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()
) -> pd.Series:
    """How many pairs of State and indicator there are, by what is known of them."""
    return queries.run("obligation_evidence_count", **Scope(action, question, states).asking).iloc[0]


def nothing_asked(action: str | None, question: str | None, states: tuple[str, ...]) -> bool:
    """Whether no indicator belongs to the action and the question together."""
    return not count_of(action, question, states)["pairs"]


def options(codes: Iterable[str], words) -> dict[str, str]:
    """Codes with their labels."""
    return {code: words(code) for code in codes}
