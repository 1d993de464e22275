"""What several test files need: a page run without a server, and a table read as it stands."""

import copy
import csv
import io
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import queries, release, store
from dialogue.tables import package
from dialogue.tables.check import check
from dialogue.views.addresses import ROOT

# How many seconds a test waits at the most for what has to come: a page, a file, the end of a
# process. Only a test that fails waits that long, however busy the machine is.
PATIENCE = 120
# The States that the work plan asks.
TWELVE = frozenset("AFG ALB BIH TCD HRV IRQ LAO LBN MRT MNE SOM SSD".split())
# What a missing value looks like when it slips through to the screen.
LEAKED = re.compile(r"\b(?:None|nan|NaN|NaT|null|undefined)\b|<NA>|&lt;NA&gt;|\{\w*\}")


# What a document prints for the world in 2016, where the edition it reports on prints 971.
ROW = (
    "iso3=WLD; year=2016; weapon=cluster_munition; cause=all; edition=CMM 2019; "
    "source_id=humanity-inclusion-us-cmm-2019-29-aug-2019"
)
SOUND = {
    "id": "wld-2016", "table_name": "casualties", "row_key": ROW, "column_name": "count", "published": "951", "shown": "971",
    "reason": "the edition prints 971", "source_id": "cmm-2019-cluster-munition-casualties", "locator": "Casualties",
    "grade": "primary", "who": "", "date": "2026-11-20", "status": "applied",
}  # fmt: skip
CHANGELOG = (
    "# Changelog\n\nTwo halves.\n\n## Figures\n\n### 2026-02-03\n\n- By hand.\n\n## Software\n\n- Stays.\n"
)

# A test of figures that were read in a document: see the fixture.
as_read_in_2026 = pytest.mark.usefixtures("known_in_2026")


def copy_of_data(folder: Path) -> Path:
    """The project's data in `folder`/data, for a test to spoil; without the copy that a server left beside them."""
    return shutil.copytree(package.DATA, folder / "data", ignore=shutil.ignore_patterns(".last-good.zip"))


def project_files() -> list[Path]:
    """The files of the project below its folder, without what git ignores."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    paths = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [Path(path) for path in paths if (ROOT / path).is_file()]


def app_of(script: str, **address: str | list[str]) -> AppTest:
    """A script of the project with this address, ready to run without a server."""
    app = AppTest.from_file(str(ROOT / script), default_timeout=PATIENCE)
    for name, value in address.items():
        app.query_params[name] = value
    return app


def run_page(script: str, session: Mapping[str, object] = MappingProxyType({}), **address: str | list[str]) -> AppTest:
    """Run a page's script with this address, in a window that remembers `session`; it must not fail."""
    app = app_of(f"pages/{script}", **address)
    for name, value in session.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


def wait_until(condition: Callable[[], object]) -> None:
    """Look again and again until `condition()` holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "what was waited for has not come"
        time.sleep(0.05)


def body(app: AppTest) -> str:
    """The HTML that a page has drawn."""
    return " ".join(element.proto.body for element in app.get("html"))


def read(table: str, folder: Path = package.DATA) -> list[dict[str, str]]:
    """The rows of a CSV file, past every query."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def newest_of_world(cause: str = "all") -> dict[str, str]:
    """The row of the latest year's world total of cluster munitions, as the latest edition prints it."""
    published = {row["edition"]: row["published"] for row in read("editions")}
    whole = {
        "iso3": "WLD", "weapon": "cluster_munition", "cause": cause, "publisher_kind": "monitor", "scope": "full_year",
        "activity": "", "outcome": "all", "sex": "all", "age_group": "all", "status": "all",
    }  # fmt: skip
    rows = [row for row in read("casualties") if whole.items() <= row.items()]
    return max(rows, key=lambda row: (row["year"], published[row["edition"]]))


def changed(snapshot: store.Snapshot, table: str, change) -> store.Snapshot:
    """A snapshot of the same rows after `change(list of dicts)` on one table."""
    checked = copy.copy(snapshot.checked)
    fields = ["line", *(f.name for f in checked.description.tables[table].fields)]
    rows = [dict(zip(fields, row, strict=True)) for row in checked.rows[table]]
    rows = change(rows) or rows
    checked.rows = {**checked.rows, table: [tuple(row[name] for name in fields) for row in rows]}
    checked.database = None
    return store.snapshot(checked, "changed")


def findings_that_count() -> dict[tuple[str, str], list[dict[str, str]]]:
    """By State and indicator the findings of the kind and year that give the cell, worked out from the files alone."""
    general_counts = {row["indicator"]: row["general_counts"] == "yes" for row in read("indicators")}
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in read("obligation_findings"):
        found.setdefault((row["iso3"], row["indicator"]), []).append(row)
    for pair, rows in found.items():
        rows = [row for row in rows if row["as_of"]] or rows  # an undated finding never outranks a dated one
        if not general_counts[pair[1]]:
            rows = [row for row in rows if row["evidence_kind"] == "direct"] or rows
        year = max(row["as_of"] for row in rows)
        found[pair] = [row for row in rows if row["as_of"] == year]
    return found


def edit(path: Path, change) -> None:
    """Rewrite a CSV with `change(rows)`, where rows are lists of cells, the header first."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    changed = change(rows) or rows
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(changed)


def shorten(folder: Path, kept: set[str]) -> None:
    """Leave of the data only these tables, casualties of the world and one State, and the sources that they cite."""
    for each in folder.glob("*.csv"):
        if each.stem not in kept:
            edit(each, lambda rows: rows[:1])
    edit(folder / "casualties.csv", lambda rows: rows[:1] + [row for row in rows if row[0] in ("LAO", "WLD")])
    cited = {row["source_id"] for name in kept - {"sources", "labels"} for row in read(name) if "source_id" in row}
    edit(folder / "sources.csv", lambda rows: [row for row in rows if row[0] in cited | {"id"}])


def put(folder: Path, table: str, where, **cells) -> int:
    """Set cells in the first row that `where(row)` accepts; returns the line a spreadsheet shows."""
    found = []

    def change(rows):
        header = rows[0]
        for line, row in enumerate(rows[1:], start=2):
            if where(dict(zip(header, row, strict=True))):
                for name, value in cells.items():
                    row[header.index(name)] = value
                found.append(line)
                return

    edit(folder / f"{table}.csv", change)
    return found[0]


def add(folder: Path, table: str, **cells) -> int:
    """Append a row that copies the last one except for `cells`; returns its line."""
    lines = []

    def change(rows):
        row = list(rows[-1])
        for name, value in cells.items():
            row[rows[0].index(name)] = value
        rows.append(row)
        lines.append(len(rows))

    edit(folder / f"{table}.csv", change)
    return lines[0]


def messages(folder: Path) -> list[str]:
    checked = check(folder)
    return [str(problem) for problem in [*checked.problems, *checked.missing]]


def world(row):
    """Whether this is the world total of casualties of cluster munitions in 2009: 100, read in one document."""
    told = ("WLD", "2009", "cluster_munition", "all", "all", "all", "all", "all", "monitor", "CMM 2010")
    names = "iso3 year weapon cause outcome sex age_group status publisher_kind edition".split()
    return tuple(row[name] for name in names) == told


def in_2009(snapshot: store.Snapshot | None = None) -> int:
    """What a query gives for `world`."""
    rows = queries.run("casualties_world", snapshot)
    return int(rows[rows["year"] == 2009]["count"].iloc[0])


def append(folder: Path, table: str, **cells) -> None:
    with (folder / f"{table}.csv").open("a+", encoding="utf-8", newline="") as file:
        file.seek(0)
        names = next(csv.reader(file))
        file.seek(0, io.SEEK_END)
        csv.writer(file, lineterminator="\n").writerow([cells.get(name, "") for name in names])


def unreleased(place: Path) -> Path:
    """A copy of the project, small, in which nothing has been released."""
    folder = place / "data"
    shutil.copytree(package.DATA, folder, ignore=shutil.ignore_patterns("*.zip", "geo", "releases"))
    for table in release.OWN:
        path = folder / f"{table}.csv"
        path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    (place / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    return folder
