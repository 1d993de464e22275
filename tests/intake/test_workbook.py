"""The download for a spreadsheet program explains itself, and comes back without a change."""

import csv
import io

import pytest
from openpyxl import load_workbook

from dialogue.intake import incoming, workbook
from dialogue.tables import check, package
from dialogue.tables.rows import Checked

CURRENT = check.read(package.DATA)
DESCRIPTION = CURRENT.description


def rows_with(table: str, **cells) -> Checked:
    """The tables with cells of the first row of one table replaced."""
    names = ["_line", *(f.name for f in DESCRIPTION.tables[table].fields)]
    first, *others = CURRENT.rows[table]
    changed = dict(zip(names, first, strict=True)) | cells
    return Checked(DESCRIPTION, CURRENT.rows | {table: [tuple(changed.values()), *others]})


@pytest.mark.long
@pytest.mark.parametrize("name", CURRENT.rows)
def test_every_table_comes_back_as_it_went(name):
    table, rows = DESCRIPTION.tables[name], CURRENT.rows[name]
    for content in (
        workbook.xlsx(DESCRIPTION, CURRENT, name),
        workbook.csv_for_spreadsheet(table, rows),
        (package.DATA / table.file).read_bytes(),
    ):
        # with nothing but the file, and beside the data
        for current in (None, CURRENT) if len(rows) < 200 else (CURRENT,):
            found = incoming.read(content, table.file, DESCRIPTION, None, current)
            assert (found.rows, found.notes, found.problems) == (rows, [], [])


@pytest.fixture(scope="module")
def casualties():
    return load_workbook(io.BytesIO(workbook.xlsx(DESCRIPTION, CURRENT, "casualties")))


def lists(sheet) -> dict:
    """Validations by the column that they hold for."""
    return {
        str(v.sqref).rstrip("0123456789:").split("2:")[0]: v for v in sheet.data_validations.dataValidation
    }


@pytest.mark.long
def test_codes_are_offered_in_drop_down_lists(casualties):
    sheet = casualties["casualties"]
    header = {cell.value: cell.column_letter for cell in sheet[1]}
    found = lists(sheet)
    for column, codes in (
        ("cause", ["all", "attack", "remnant"]),
        ("iso3", [row[1] for table in ("states", "areas") for row in CURRENT.rows[table]]),
        ("edition", [row[1] for row in CURRENT.rows["editions"]]),
    ):
        rule = found[header[column]]
        place, _, cells = rule.formula1.rpartition("!")
        assert rule.type == "list" and place.strip("'") == "Codes"
        assert [row[0].value for row in casualties["Codes"][cells.replace("$", "")]] == codes
    # too many to choose from: explained, not listed
    assert found[header["source_id"]].type is None and "sources.csv" in found[header["source_id"]].prompt
    count = found[header["count"]]
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    year = found[header["year"]]
    assert (year.type, year.formula1, year.formula2) == ("whole", "1960", "2100")


def test_keys_and_header_are_protected_and_everything_else_is_open(casualties):
    sheet = casualties["casualties"]
    header = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.protection.sheet and not sheet.protection.password
    assert sheet.protection.insertRows is sheet.protection.sort is sheet.protection.autoFilter is False
    assert all(cell.protection.locked for cell in sheet[1])
    for name, at in header.items():
        key = name in DESCRIPTION.tables["casualties"].primary_key
        assert sheet.cell(2, at).protection.locked is key or sheet.cell(2, at).value is None
        # the rows below the last are for new ones
        assert not sheet.column_dimensions[sheet.cell(1, at).column_letter].protection.locked
    assert (
        sheet.freeze_panes == "B2" and sheet.auto_filter.ref == f"A1:R{len(CURRENT.rows['casualties']) + 1}"
    )


def test_text_stays_text_in_rows_that_stand_and_in_new_ones():
    book = load_workbook(io.BytesIO(workbook.xlsx(DESCRIPTION, CURRENT, "states")))
    sheet = book["states"]
    at = next(cell.column for cell in sheet[1] if cell.value == "m49_code")
    assert sheet.cell(2, at).value == "004" and sheet.cell(2, at).number_format == "@"
    assert sheet.column_dimensions[sheet.cell(1, at).column_letter].number_format == "@"


def test_every_column_is_explained_with_what_is_allowed(casualties):
    rows = [[cell.value or "" for cell in row] for row in casualties["Columns"].iter_rows()]
    text = "\n".join(map(" | ".join, rows))
    assert DESCRIPTION.as_of in text and "--table casualties" in text and "no password" in text
    for spec in DESCRIPTION.tables["casualties"].fields:
        row = next(row for row in rows if row[0] == spec.name)
        assert row[1:4] == [spec.title, spec.description, spec.unit] and row[6]
        assert (row[4] == "yes") is spec.required
    assert "one of all, attack, remnant" in text and "a code of sources.csv (id)" in text


def test_a_text_that_looks_like_a_formula_is_a_text_in_both_downloads():
    texts = ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", "#REF!", "1e5", "004", "TRUE"]
    table = DESCRIPTION.tables["to_verify"]
    rows = [(line, f"Topic {line:02}", text, text) for line, text in enumerate(texts, start=2)]
    changed = Checked(DESCRIPTION, CURRENT.rows | {"to_verify": rows})
    book = workbook.xlsx(DESCRIPTION, changed, "to_verify")
    for row, text in zip(
        load_workbook(io.BytesIO(book))["to_verify"].iter_rows(min_row=2), texts, strict=True
    ):
        assert row[1].value == text and row[1].data_type == "s"
        assert row[1].quotePrefix is (text[0] in workbook.DANGEROUS)
    content = workbook.csv_for_spreadsheet(table, rows)
    for record, text in zip(list(csv.reader(io.StringIO(content.decode())))[1:], texts, strict=True):
        assert record[1] == (f"'{text}" if text[0] in workbook.DANGEROUS else text)
    for file in (content, book):
        found = incoming.read(file, "to_verify.csv", DESCRIPTION, None, changed)
        assert (found.rows, found.notes, found.problems) == (rows, [], [])


def test_the_csv_opens_in_the_right_encoding():
    content = workbook.csv_for_spreadsheet(DESCRIPTION.tables["states"], CURRENT.rows["states"])
    assert content.startswith(b"\xef\xbb\xbf") and "Côte".encode() in content


def test_a_text_too_long_for_a_cell_is_not_cut_silently():
    with pytest.raises(ValueError, match="does not fit"):
        workbook.xlsx(DESCRIPTION, rows_with("states", note="x" * 40_000), "states")
