"""The command line: ``python -m dialogue check | query | describe``."""

import csv
import io
import json
import shutil

import pytest

from dialogue import package
from dialogue.__main__ import main


def test_check_passes_on_the_project_s_data(capsys):
    assert main(["check"]) == 0
    assert "All is well" in capsys.readouterr().out


def test_check_prints_every_finding_and_exits_1(tmp_path, capsys):
    shutil.copytree(package.DATA, tmp_path / "d")
    path = tmp_path / "d" / "casualties.csv"
    path.write_text(path.read_text("utf-8").replace(",recorded,", ",about,", 2), "utf-8")
    assert main(["check", "--data", str(tmp_path / "d")]) == 1
    out = capsys.readouterr().out
    assert out.count("casualties.csv, row ") == 2 and "2 findings" in out


@pytest.mark.parametrize("style", ["table", "csv", "json"])
def test_query_prints_a_result_in_three_formats(style, capsys):
    assert main(["query", "treaty_counts", "as_of=2026-02-03", "--format", style]) == 0
    out = capsys.readouterr().out
    if style == "json":
        assert json.loads(out)[0] == {
            "instrument": "CCM", "state_parties": 112, "signatories": 12, "withdrawn": 1,
        }  # fmt: skip
    elif style == "csv":
        assert next(csv.DictReader(io.StringIO(out)))["state_parties"] == "112"
    else:
        assert "CCM         112" in out


def test_describe_explains_a_table(capsys):
    assert main(["describe", "casualties"]) == 0
    out = capsys.readouterr().out
    assert "casualties.csv" in out and "count_type" in out and "minimum" in out


def test_without_a_name_the_names_are_listed(capsys):
    assert main(["query"]) == 0
    assert "treaty_status" in capsys.readouterr().out
    assert main(["describe"]) == 0
    assert "casualties" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["query", "treaty_state"], "treaty_status"),
        (["query", "treaty_status", "as_of=yesterday"], "YYYY-MM-DD"),
        (["query", "treaty_status", "instrument=NPT"], "CCM"),
        (["query", "treaty_status", "State=LAO"], "as_of"),
        (["query", "treaty_status", "LAO"], "key=value"),
        (["query", "casualties_world", "weapon=gun"], "cluster_munition"),
        (["query", "casualties_by_state", "year_from=abc"], "whole number"),
        (["query", "obligation_status", "iso3=LAS"], "AFG, AGO, ALB"),
        (["query", "treaty_counts", "--format", "xml"], "table"),
        (["describe", "casualty"], "casualties"),
        (["check", "--data", "no/such/folder"], "no/such/folder"),
        (["chek"], "check"),
        ([], "COMMAND"),
    ],
)
def test_a_bad_call_is_one_line_that_says_what_is_allowed(call, says, capsys):
    assert main(call) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and says in error


def test_query_on_broken_data_says_so_in_one_line(tmp_path, capsys):
    shutil.copytree(package.DATA, tmp_path / "d")
    (tmp_path / "d" / "casualties.csv").write_text("nonsense\n", "utf-8")
    assert main(["query", "treaty_counts", "--data", str(tmp_path / "d")]) == 2
    assert "casualties.csv, row 1" in capsys.readouterr().err
