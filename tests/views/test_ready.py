"""A coordinator learns before a pull request what the tests would refuse."""

import shutil

import pytest

from dialogue.__main__ import main
from dialogue.change import reviewed
from dialogue.snapshot import release
from dialogue.views import catalogue
from tests.browser import ROOT
from tests.support import edit, put, world


@pytest.mark.long
def test_what_the_tests_would_refuse_is_told_before_they_run(data, capsys, monkeypatch):
    shutil.copytree(ROOT / reviewed.FOLDER, data.parent / reviewed.FOLDER)
    put(data, "casualties", world, count="101")
    edit(data / "glossary.csv", lambda rows: [rows[0], *rows[:0:-1]])
    (data / release.ARCHIVES / f"{release.listed(data)[-1]['release']}.zip").unlink()
    build = catalogue.build

    def one_fails(name, given=None):
        if name == "trends.world_pair":
            raise ZeroDivisionError("nobody")
        return build(name, given)

    monkeypatch.setattr(catalogue, "build", one_fails)
    assert main(["check", "--data", str(data)]) == 0  # sound, and still not ready
    capsys.readouterr()
    assert main(["check", "--data", str(data), "--as-ci"]) == 1
    said = capsys.readouterr().out
    assert "glossary.csv is not written in the form of the tables" in said and "casualties_world.csv" in said
    assert "“trends.world_pair” cannot be drawn: ZeroDivisionError" in said and "treaty_counts.csv" not in said
    assert f"archive of the release {release.listed(data)[-1]['release']} is missing" in said
    assert main(["check", "x.csv", "--as-ci"]) == 2
