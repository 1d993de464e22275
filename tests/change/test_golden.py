"""Every query gives the result that was last reviewed (``tests/golden/NAME.csv``).

After a wanted change: ``python -m pytest tests/change/test_golden.py --rewrite-golden``,
then read the git diff.
"""

import re

import pytest

from dialogue.change import reviewed
from dialogue.snapshot import queries
from tests.browser import ROOT

GOLDEN = ROOT / "tests" / "golden"

@pytest.mark.parametrize("name", queries.names())
def test_query_gives_its_reviewed_result(name, request):
    result = reviewed.result(name)
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
    frame = reviewed.answer(name)
    assert list(query.columns) == list(frame.columns)
    bound = set(re.findall(r"\$(\w+)", query.sql))
    assert bound == {parameter.name for parameter in query.parameters}
    assert query.question.endswith("?")
