"""The database: checked rows in memory, typed and keyed, as every rule and every query asks them."""

from pathlib import Path

import duckdb
import pyarrow

from dialogue.tables import corrections
from dialogue.tables.rows import Checked

QUERIES = Path(__file__).resolve().parent.parent.parent / "queries"

# Nothing in the database may reach a file, the network or an extension once it stands.
LOCK = """
SET autoinstall_known_extensions = false;
SET autoload_known_extensions = false;
SET allow_community_extensions = false;
SET enable_external_access = false;
SET lock_configuration = true;
"""

ARROW = {
    "BIGINT": pyarrow.int64(), "DOUBLE": pyarrow.float64(), "VARCHAR": pyarrow.string(), "BOOLEAN": pyarrow.bool_(),
}  # fmt: skip


def build(checked: Checked) -> duckdb.DuckDBPyConnection:
    """An in-memory database of the checked rows, with the shared views and macros.

    Each table has a column ``_line``: the row in its CSV, as a spreadsheet counts.
    """
    shown = corrections.apply(checked)  # `checked.rows` keep what the sources print
    connection = duckdb.connect(":memory:", config={"threads": 2})
    for table in checked.description.tables.values():
        columns = [f'"{f.name}" {f.sql_type}{" NOT NULL" if f.required else ""}' for f in table.fields]
        required = {f.name for f in table.fields if f.required}
        # a key with an optional column (an activity, a period start) cannot be a SQL primary key
        keyword = "PRIMARY KEY" if set(table.primary_key) <= required else "UNIQUE"
        key = f"{keyword} ({', '.join(table.primary_key)})"
        connection.execute(
            f"CREATE TABLE {table.name} (_line INTEGER NOT NULL, {', '.join([*columns, key])})"
        )
        rows = shown[table.name]
        if rows:
            names = ["_line", *(f.name for f in table.fields)]
            kinds = ["BIGINT", *(f.sql_type for f in table.fields)]
            values = [_column(kind, cells) for kind, cells in zip(kinds, zip(*rows, strict=True), strict=True)]
            connection.register("incoming", pyarrow.table(values, names=names))
            connection.execute(f"INSERT INTO {table.name} SELECT * FROM incoming")
            connection.unregister("incoming")
    connection.execute("CREATE MACRO treaties_as_of() AS DATE '" + checked.description.depositary_read + "'")
    connection.execute("CREATE MACRO data_as_of() AS DATE '" + checked.description.as_of + "'")
    for path in sorted((QUERIES / "views").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    return connection


def _column(kind: str, cells: tuple) -> pyarrow.Array:
    if kind == "DOUBLE":  # read as decimals
        cells = [None if cell is None else float(cell) for cell in cells]
    return pyarrow.array(cells, type=ARROW[kind])


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Shut the database against files, the network and extensions, for good."""
    connection.execute(LOCK)
