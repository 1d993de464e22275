"""What several test files need: a page run without a server, and a table read as it stands."""

import csv
import shutil
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dialogue import package, server


def copy_of_data(folder: Path) -> Path:
    """The project's data in `folder`/data, for a test to spoil; without the copy that a server left beside them."""
    return shutil.copytree(package.DATA, folder / "data", ignore=shutil.ignore_patterns(".last-good.zip"))


def run_page(script: str, **address: str) -> AppTest:
    """Run a page's script with this address; it must not fail."""
    app = AppTest.from_file(str(server.ROOT / "pages" / script), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def read(table: str) -> list[dict[str, str]]:
    """The rows of a CSV file, past every query."""
    with (package.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
