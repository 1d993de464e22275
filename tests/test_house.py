"""The house: rooms that use only what lies below them, no module that needs itself, a map that is right."""

import graphlib
import re

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.browser import ROOT


def test_no_room_knows_the_rooms_above_it_and_streamlit_stays_on_the_screen(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    # the linter would switch off the loggers that other tests of this process read
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_module_needs_itself_imports_inside_functions_counted():
    graph = grimp.build_graph("dialogue", cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        list(graphlib.TopologicalSorter(needs).static_order())
    except graphlib.CycleError as error:
        pytest.fail("a cycle of imports: " + " → ".join(error.args[1]))


def test_every_room_says_what_lives_there():
    rooms = [p for p in (ROOT / "dialogue").rglob("*/") if p.is_dir() and any(p.glob("*.py"))]
    assert len(rooms) >= 8
    for room in rooms:
        text = (room / "__init__.py").read_text("utf-8")
        assert re.search(r"May use: .+\. Open first: `\w+\.py`", text), room


def test_the_map_of_the_house_names_files_that_exist():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([\w./-]+\.(?:py|sql|csv|json|md|toml|po))`", text))
    assert len(named) > 10
    missing = [name for name in named if not (ROOT / name).exists()]
    assert not missing
