"""The command line: ``python -m dialogue COMMAND``."""

import csv
import io
import json
import zipfile

import pytest

from dialogue.__main__ import main
from dialogue.change import compare
from dialogue.tables import package
from tests.support import copy_of_data


def test_check_passes_on_the_project_s_data(capsys):
    assert main(["check"]) == 0
    assert "All is well" in capsys.readouterr().out


def test_check_prints_every_finding_and_exits_1(tmp_path, capsys):
    data = copy_of_data(tmp_path)
    path = data / "casualties.csv"
    path.write_text(path.read_text("utf-8").replace(",recorded,", ",about,", 2), "utf-8")
    assert main(["check", "--data", str(data)]) == 1
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
        (["figure", "treaty_state"], "treaty_status"),
        (["figure", "casualties_world", "yaer=2023"], "other_values"),
        (["figure", "casualties_world", "2023"], "key=value"),
        (["diff", "no/such/folder", "."], "no/such/folder"),
        (["add-source", "--title", "T"], "--publisher"),
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
    data = copy_of_data(tmp_path)
    (data / "casualties.csv").write_text("nonsense\n", "utf-8")
    assert main(["query", "treaty_counts", "--data", str(data)]) == 2
    assert "casualties.csv, row 1" in capsys.readouterr().err


def archive(path, folder=package.DATA):
    """A ZIP of a data folder, as a release has it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for each in [*folder.glob("*.csv"), folder / "datapackage.json"]:
            zipped.write(each, each.name)
    return path


@pytest.mark.long
def test_diff_tells_rows_and_figures_between_a_release_and_a_file(tmp_path, capsys):
    text = (package.DATA / "casualties.csv").read_text("utf-8")
    (tmp_path / "casualties.csv").write_text(text.replace("LAO,2006,cluster_munition,remnant,all,all,all,all,,31,", "LAO,2006,cluster_munition,remnant,all,all,all,all,,32,"), "utf-8")
    assert main(["diff", str(archive(tmp_path / "old.zip")), str(tmp_path / "casualties.csv")]) == 1
    out = capsys.readouterr().out
    assert out.startswith("casualties: 1 row changed\n")
    assert "2006, cluster munitions, remnants: persons 31 → 32 (Landmine Monitor 2008" in out
    figures = out.partition("Figures that change:")[2]
    assert "(New victims, State profiles)" in figures and "2006, casualties of cluster munition remnants: 31 → 32" in figures


@pytest.mark.long
def test_diff_of_the_same_data_is_empty_and_exits_0(tmp_path, capsys):
    folder = str(package.DATA)
    assert main(["diff", folder, folder, "--markdown"]) == 0
    out = capsys.readouterr().out
    assert "nothing changed" in out and "No figure changes." in out


def test_diff_refuses_what_is_no_data_in_one_line(tmp_path, capsys, monkeypatch):
    (tmp_path / "picture.zip").write_bytes(b"\x89PNG not a zip")
    with zipfile.ZipFile(tmp_path / "outside.zip", "w") as zipped:
        zipped.writestr("../outside.csv", "a,b\n")
        zipped.writestr("/etc/outside.csv", "a,b\n")
    with zipfile.ZipFile(tmp_path / "large.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("casualties.csv", "0" * 5_000_000)
    (copy_of_data(tmp_path) / "casualties.csv").write_text("nonsense\n", "utf-8")
    monkeypatch.setattr(compare, "UNZIPPED", 1_000_000)
    for name, says in {
        "picture.zip": "not an archive",
        "outside.zip": "the description of the tables is missing",
        "large.zip": "too large",
        "data": "casualties.csv, row 1",
    }.items():
        assert main(["diff", str(tmp_path / name), str(package.DATA)]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1 and says in error
    assert not list(tmp_path.parent.rglob("outside.csv"))


def test_figure_explains_a_number_down_to_its_row(capsys):
    assert main(["figure", "casualties_world", "year=2009"]) == 0
    out = capsys.readouterr().out
    assert "count = 100" in out and "casualties.csv, 1 row with the same year" in out and "://" in out


def test_figure_says_when_there_is_none(capsys):
    assert main(["figure", "casualties_world", "year=1900"]) == 2
    assert "casualties_world has no row with year=1900" in capsys.readouterr().err


SOURCE = {
    "publisher": "Cluster Munition Coalition", "title": "Cluster Munition Monitor 2031, Préface", "published": "2031-09",
    "url": "https://example.org/cmm-2031", "language": "en", "kind": "monitor",
}  # fmt: skip


def add_source(folder, **cells) -> int:
    options = [text for name, value in {**SOURCE, **cells}.items() for text in (f"--{name}", value)]
    return main(["add-source", "--data", str(folder), *options])


def test_add_source_writes_one_row_in_order_and_proposes_a_code(tmp_path, capsys):
    data = copy_of_data(tmp_path)
    before = (data / "sources.csv").read_text("utf-8").splitlines()
    assert add_source(data) == 0
    code = capsys.readouterr().out.rpartition(" ")[2].strip()
    after = (data / "sources.csv").read_text("utf-8").splitlines()
    (added,) = set(after) - set(before)
    assert added.startswith(f"{code},Cluster Munition Coalition,") and code.startswith("cluster-munition-coalition-")
    assert [line for line in after if line != added] == before
    codes = [row[0] for row in csv.reader(after[1:])]
    assert codes == sorted(codes)

    # the same address again, with other faults: every one is a sentence, and nothing is written
    assert add_source(data, kind="moniter", published="2031-9", url="https://example.org/cmm-2031/") == 1
    out = capsys.readouterr().out
    assert "sources.csv, column kind: “moniter”: must be one of" in out and "did you mean “monitor”?" in out
    assert "column published: “2031-9”" in out and f"stands already in row {after.index(added) + 1}: {code}" in out
    assert add_source(data, id=code, url="https://example.org/another") == 1
    assert (data / "sources.csv").read_text("utf-8").splitlines() == after
