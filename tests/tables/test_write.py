"""Tables are written in one form, and never half."""

import random

import pytest

from dialogue.snapshot import queries, store
from dialogue.tables import check, database, package, write

CHECKED = check.check()


@pytest.mark.parametrize("name", CHECKED.rows)
def test_every_table_of_the_project_stands_in_its_canonical_form(name):
    table = CHECKED.description.tables[name]
    rows = list(CHECKED.rows[name])
    random.Random(1).shuffle(rows)
    assert write.table(table, rows) == (package.DATA / table.file).read_text("utf-8")


@pytest.mark.long
def test_the_order_of_rows_changes_no_figure():
    turned = check.check()
    for name, rows in turned.rows.items():
        turned.rows[name] = [(line, *row[1:]) for line, row in enumerate(reversed(rows), start=2)]
    snapshot = store.load()
    other = store.Snapshot("turned", snapshot.as_of, [], [], snapshot.description, database.build(turned))
    for name in queries.names():
        assert queries.run(name, snapshot).equals(queries.run(name, other)), name


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old")
    with pytest.raises(TypeError):
        write.put(path, "not bytes")
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["table.csv"]
    write.put(path, b"new")
    assert path.read_bytes() == b"new"
