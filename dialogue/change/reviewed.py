"""The reviewed results of all queries (``tests/golden/NAME.csv``): what a change of the data does to them.

A test compares them; the data desk hands out those that a draft changes, so that
data and reviewed results go into the repository together.
"""

import csv
import io

import pandas as pd

from dialogue.snapshot import queries
from dialogue.snapshot.store import Snapshot

FOLDER = "tests/golden"

# Parameters that keep a result small enough to be read in review; all others run on defaults.
SMALL = {
    "citations": {"table": "annotations"},
    "obligation_history": {"iso3": "LAO"},
    "search_entries": {"kind": "instrument"},
    "sources_used": {"kind": "depositary"},
    "treaty_joining": {"as_of": "1998-12-31"},
    "treaty_status": {"instrument": "CCM"},
}


def answer(name: str, snapshot: Snapshot | None = None) -> pd.DataFrame:
    """The part of a query's answer that is reviewed."""
    return queries.run(name, snapshot, **SMALL.get(name, {}))


def result(name: str, snapshot: Snapshot | None = None) -> str:
    """The reviewed part of a query's answer as the text of its file."""
    out = io.StringIO()
    answer(name, snapshot).to_csv(out, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return out.getvalue()


def changed(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """The files that differ between two snapshots, with their new text."""
    found = {}
    for name in queries.names():
        if not answer(name, old).equals(answer(name, new)):
            found[f"{FOLDER}/{name}.csv"] = result(name, new)
    return found
