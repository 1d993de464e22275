"""The rows behind the views of obligations, and their twins in words."""

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.evidence.obligations.asked import STATUSES, Scope
from dialogue.views.evidence.obligations.words import ages, beside, kind_words, standing_words, year_words
from dialogue.words.i18n import _, label, number, state

DERIVED = "crpd_standing"


# --- rows ------------------------------------------------------------------------------


def crpd_standing(columns: list[str]) -> pd.DataFrame:
    """Standing under the CRPD, derived from the treaty acts; never coding."""
    rows = queries.run("treaty_status", instrument="CRPD").set_index("iso3", drop=False)
    return rows.loc[columns]


def in_order(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    place = {iso3: i for i, iso3 in enumerate(columns)}
    return (
        rows.assign(_place=rows["iso3"].map(place))
        .sort_values(["action", "indicator", "_place"])
        .drop(columns="_place")
    )


def matrix_data(shown: pd.DataFrame, standing: pd.DataFrame | None, columns: list[str]) -> pd.DataFrame:
    """What is drawn, in codes; the derived standing is marked as such in `basis`."""
    data = in_order(shown, columns).assign(basis="coding")
    if standing is None:
        return data
    derived = pd.DataFrame(
        {
            "iso3": standing["iso3"], "action": 32, "indicator": DERIVED, "status": standing["status"],
            "as_of": [None if since is None else int(since[:4]) for since in standing["since"]],
            "finding": [standing_words(row) for row in standing.itertuples()],
            "source_id": standing["source_id"], "basis": "derived from treaty_actions",
        }
    )  # fmt: skip
    return pd.concat([data.astype(object), derived.astype(object)], ignore_index=True)[data.columns].where(
        lambda f: f.notna(), None
    )


def sources(shown: pd.DataFrame, standing: pd.DataFrame | None) -> tuple[str, ...]:
    listed = queries.run("obligation_lists")
    found = set(shown["source_id"].dropna()) | set(shown["other_source_id"].dropna()) | set(listed[listed["list"] == "work_plan_2024"]["source_id"])
    if standing is not None:
        found |= set(standing["source_id"].dropna())
    return tuple(sorted(found))


def sources_asked(asked: Scope) -> tuple[str, ...]:
    """The documents behind what is asked for."""
    return sources(queries.run("obligation_matrix", **asked.asking), None)


# --- twins in words --------------------------------------------------------------------


def matrix_table(shown: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    rows = in_order(shown, columns)
    return pd.DataFrame(
        {
            _("Action"): [str(n) for n in rows["action"]],
            _("Indicator"): [label("indicator", code) for code in rows["indicator"]],
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Status"): [label("obligation_status", code) for code in rows["status"]],
            _("Year"): [
                "–" if s == "no_information" else year_words(y)
                for s, y in zip(rows["status"], rows["as_of"], strict=True)
            ],
            _("Kind of evidence"): [kind_words(kind) or "–" for kind in rows["evidence_kind"]],
            _("Finding"): [text or "–" for text in rows["finding"]],
            _("Beside it"): [beside(row) or "–" for row in rows.itertuples()],
            _("Should be seen by a person first"): [text or "–" for text in rows["to_confirm"]],
        }
    )


def indicator_table(rows: pd.DataFrame) -> pd.DataFrame:
    columns = {
        _("Action"): [str(n) for n in rows["action"]],
        _("Indicator"): [label("indicator", c) for c in rows["indicator"]],
    }
    for status in STATUSES:
        columns[label("obligation_status", status)] = [number(n) for n in rows[status]]
    columns[ages()["recent"]] = [number(n) for n in rows["recent"]]
    return pd.DataFrame(columns)


def year_table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Year"): [year_words(y) for y in rows["year"]],
            _("Age"): [ages()[a] for a in rows["age"]],
            _("Entries (a State and an indicator)"): [number(n) for n in rows["pairs"]],
        }
    )
