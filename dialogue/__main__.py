"""Command line: ``python -m dialogue check | query | describe``."""

import argparse
import csv
import json
import sys
from datetime import date
from pathlib import Path

import pandas as pd

from dialogue import check, geo, package, queries, store


class Refused(Exception):
    """One line that says what is wrong and what is allowed."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 if all is well, 1 if `check` found something, 2 for a bad call."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        if not Path(options.data).is_dir():
            raise Refused(f"there is no folder {options.data}")
        return options.run(options)
    except (Refused, queries.QueryError, package.DescriptionError) as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    class OneLine(argparse.ArgumentParser):
        def error(self, message):
            raise Refused(message)

    parser = OneLine(prog="python -m dialogue", description="The data behind the dashboard, from the shell.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name, run, text):
        one = commands.add_parser(name, help=text, description=text)
        one.add_argument("--data", default=str(store.data_folder()), help="folder of the CSV files")
        one.set_defaults(run=run)
        return one

    command("check", _check, "Check every CSV file against its description and every rule.")
    one = command("query", _query, "Answer a query. Without a name: list the queries.")
    one.add_argument("name", nargs="?")
    one.add_argument("parameters", nargs="*", metavar="key=value")
    one.add_argument("--format", choices=["table", "csv", "json"], default="table")
    one = command("describe", _describe, "Describe a table. Without a name: list the tables.")
    one.add_argument("table", nargs="?")
    return parser


def _check(options) -> int:
    checked = check.check(Path(options.data))
    found = sorted([*checked.problems, *checked.missing, *geo.check(Path(options.data))])
    for problem in found:
        print(problem)
    rows = sum(len(rows) for rows in checked.rows.values())
    rules = len(list((store.QUERIES / "checks").glob("*.sql")))
    if found:
        print(f"{len(found)} {'finding' if len(found) == 1 else 'findings'}")
        return 1
    print(f"All is well: {len(checked.rows)} tables, {rows} rows, {rules} rules, the boundary layers.")
    return 0


def _query(options) -> int:
    if options.name is None:
        for name in queries.names():
            print(f"{name:28} {queries.get(name).question}")
        return 0
    query = queries.get(options.name)
    given = {}
    for text in options.parameters:
        key, equals, value = text.partition("=")
        if not equals:
            takes = ", ".join(p.name for p in query.parameters) or "none"
            raise Refused(f"“{text[:80]}” is not a parameter; write key=value ({query.name} takes: {takes})")
        given[key] = value
    snapshot = store.load(Path(options.data))
    if snapshot.problems:
        raise Refused(
            f"the data have {len(snapshot.problems)} problems; the first: {snapshot.problems[0]}. Run check to see all."
        )
    frame = queries.run(options.name, snapshot, **given)
    rows = [[None if _empty(v) else v for v in row] for row in frame.itertuples(index=False)]
    _print(list(frame.columns), rows, options.format)
    return 0


def _describe(options) -> int:
    description = package.read(Path(options.data))
    if options.table is None:
        for table in description.tables.values():
            print(f"{table.name:26} {table.title}")
        return 0
    if options.table not in description.tables:
        raise Refused(f"there is no table “{options.table[:80]}”; tables: {', '.join(description.tables)}")
    table = description.tables[options.table]
    print(f"{table.file}: {table.title}\n{table.description}\nkey: {', '.join(table.primary_key)}\n")
    references = {column: f"{other}.{name}" for column, other, name in table.foreign_keys}
    rows = []
    for field in table.fields:
        rules = [f"{k} {v}" for k, v in field.constraints.items() if k not in ("required", "enum")]
        if "enum" in field.constraints:
            rules.append("one of " + ", ".join(field.constraints["enum"]))
        if field.name in references:
            rules.append(f"a code of {references[field.name]}")
        required = "required" if field.required else ""
        rows.append([field.name, field.type, field.unit, required, field.description, "; ".join(rules)])
    _print(["column", "type", "unit", "required", "meaning", "rules"], rows, "table")
    return 0


def _empty(value) -> bool:
    return value is None or value is pd.NA or value != value


def _print(columns: list[str], rows: list[list], style: str) -> None:
    if style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if v is None else v for v in row] for row in rows])
    elif style == "json":
        dates = lambda v: v.isoformat() if isinstance(v, date) else v  # noqa: E731
        records = [dict(zip(columns, (dates(_plain(v)) for v in row), strict=True)) for row in rows]
        json.dump(records, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        texts = [["" if v is None else str(v) for v in row] for row in rows]
        widths = [
            min(60, max([len(name), *(len(row[i]) for row in texts)])) for i, name in enumerate(columns)
        ]
        for row in [columns, ["-" * width for width in widths], *texts]:
            print("  ".join(cell[:60].ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _plain(value):
    return value.item() if hasattr(value, "item") else value


if __name__ == "__main__":
    sys.exit(main())
