"""Every query gives the result that was last reviewed (``tests/golden/NAME.csv``).

After a wanted change: ``python -m pytest tests/test_golden.py --rewrite-golden``,
then read the git diff.
"""

import csv
import io
import re
from pathlib import Path

import pytest

from dialogue import queries

GOLDEN = Path(__file__).parent / "golden"

# Parameters that keep a result small enough to be read in review; all others run on defaults.
SMALL = {
    "citations": {"table": "annotations"},
    "obligation_history": {"iso3": "LAO"},
    "search_entries": {"kind": "instrument"},
    "sources_used": {"kind": "depositary"},
    "treaty_joining": {"as_of": "1998-12-31"},
    "treaty_status": {"instrument": "CCM"},
}


def as_csv(frame) -> str:
    out = io.StringIO()
    frame.to_csv(out, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return out.getvalue()


@pytest.mark.parametrize("name", queries.names())
def test_query_gives_its_reviewed_result(name, request):
    result = as_csv(queries.run(name, **SMALL.get(name, {})))
    path = GOLDEN / f"{name}.csv"
    if request.config.getoption("--rewrite-golden"):
        path.write_text(result, encoding="utf-8", newline="\n")
    assert path.is_file(), f"no golden result for {name}: run with --rewrite-golden and review it"
    assert result == path.read_text(encoding="utf-8")


def test_no_golden_result_outlives_its_query():
    assert {path.stem for path in GOLDEN.glob("*.csv")} <= set(queries.names())


@pytest.mark.parametrize("name", queries.names())
def test_header_describes_every_column_and_parameter(name):
    query = queries.get(name)
    frame = queries.run(name, **SMALL.get(name, {}))
    assert list(query.columns) == list(frame.columns)
    bound = set(re.findall(r"\$(\w+)", query.sql))
    assert bound == {parameter.name for parameter in query.parameters}
    assert query.question.endswith("?")
