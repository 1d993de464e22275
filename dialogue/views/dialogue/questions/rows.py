"""The rows on each guiding question."""

from collections.abc import Sequence

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.evidence import obligations

AGES = obligations.AGES
STATUSES = obligations.STATUSES
PLANS = ("national_disability_plan", "national_va_plan")
STANDINGS = ("runs", "end_not_stated", "partly", "expired", "not_met", "no_information")
SERVICES = ("medical_care", "rehabilitation", "socio_economic_inclusion", "training_va_professionals", "coordination_mechanism", "national_budget")  # fmt: skip
SPLITS = ("system", "sex", "age", "disability")


def newest(question: str, indicators: Sequence[str]) -> pd.DataFrame:
    """The evidence that counts on some indicators of a question, by State name."""
    rows = queries.run("obligation_matrix", question=question)
    rows = rows[rows["indicator"].isin(indicators)]
    place = {code: n for n, code in enumerate(indicators)}
    order = rows["iso3"].map({iso3: n for n, iso3 in enumerate(obligations.states_in_order())}) * 100
    return rows.assign(_at=order + rows["indicator"].map(place)).sort_values("_at").drop(columns="_at")


def count_of(rows: pd.DataFrame, *statuses: str) -> int:
    return int(rows["status"].isin(statuses).sum())


def latest_victims() -> pd.DataFrame:
    """What is known of new victims in the latest year recorded: iso3, year, aspect, known, source_id."""
    known = queries.run("victims_known")
    recorded = known[(known["aspect"] == "number") & known["known"].isin(["named", "cluster_munition"])]
    year = int((recorded if len(recorded) else known)["year"].max())
    return known[known["year"] == year].reset_index(drop=True)
