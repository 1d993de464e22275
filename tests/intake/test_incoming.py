"""What spreadsheet programs do to a table is put in form and noted, or asked about; never swallowed."""

import csv
import io
import re
import shutil
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from dialogue.__main__ import main
from dialogue.intake import guard, incoming
from dialogue.tables import check, package, write

CURRENT = check.read(package.DATA)
DESCRIPTION = CURRENT.description


def grid(table: str, rows: int = 4) -> list[list[str]]:
    """The header and the first rows of a table of the project."""
    with (package.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [cells for _, cells in zip(range(rows + 1), csv.reader(file), strict=False)]


def dump(rows, **form) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", **form).writerows(rows)
    return out.getvalue().encode("utf-8")


def workbook(rows, change=None, sheet="Sheet1") -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    if change:
        change(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, name="casualties.csv", table=None, current=CURRENT):
    return incoming.read(content, name, DESCRIPTION, table, current)


def said(found) -> str:
    return "\n".join(map(str, [*found.notes, *found.problems]))


def with_cell(table: str, column: str, value):
    """Read a table with this value in row 3."""
    rows = grid(table)
    rows[2][rows[0].index(column)] = value
    if isinstance(value, str):
        return read(dump(rows), f"{table}.csv")
    return read(workbook(rows), f"{table}.xlsx")


def expected(table="casualties", rows: int = 4) -> list[tuple]:
    return CURRENT.rows[table][:rows]


# ---- cells ----


@pytest.mark.parametrize(
    ("table", "column", "value", "taken"),
    [
        ("casualties", "count", "12.0", 12),
        ("casualties", "count", "12,00", 12),
        ("casualties", "count", "1 172", 1172),
        ("casualties", "count", "1\u202f172", 1172),
        ("casualties", "count", "1\u00a0172", 1172),
        ("casualties", "count", "1'172", 1172),
        ("casualties", "count", "1,172", 1172),
        ("casualties", "count", "1.172.300", 1172300),
        ("casualties", "count", "1.172,00", 1172),
        ("casualties", "count", " 60\u00a0", 60),
        ("casualties", "count", "“60”", 60),
        ("casualties", "count", "'060", 60),
        ("casualties", "count", "٦٠", 60),
        ("casualties", "year", "2004.0", 2004),
        ("casualties", "iso3", "“AFG” ", "AFG"),
        ("casualties", "iso3", "\u200bAFG", "AFG"),
        ("casualties", "edition", "CMM\u00a02025", "CMM 2025"),
        ("casualties", "note", "in two\nlines", "in two lines"),
        ("casualties", "note", "Cafe\u0301", "Café"),
        ("casualty_shares", "percent", "59,5", 59.5),
        ("casualty_shares", "percent", "1 172,5", None),
        ("treaty_actions", "date", "31/12/2024", "2024-12-31"),
        ("treaty_actions", "date", "31.12.2024", "2024-12-31"),
        ("treaty_actions", "date", "31-12-2024", "2024-12-31"),
        ("treaty_actions", "date", "2024/12/31", "2024-12-31"),
        ("treaty_actions", "date", "05/05/2024", "2024-05-05"),
        ("treaty_actions", "date", "2024-12-31 00:00:00", "2024-12-31"),
        ("treaty_actions", "date", "2024.0", "2024"),
        ("treaty_actions", "date", date(2024, 12, 31), "2024-12-31"),
        ("treaty_actions", "date", "31/12/24", "2024-12-31"),
        ("treaty_actions", "date", "12 March 2025", "2025-03-12"),
        ("treaty_actions", "date", "March 12, 2025", "2025-03-12"),
        ("treaty_actions", "date", "31 décembre 2024", "2024-12-31"),
        ("treaty_actions", "date", datetime(2024, 12, 31, 0, 0, 40), "2024-12-31"),
        ("treaty_actions", "date", datetime(2024, 12, 30, 23, 59, 16), "2024-12-31"),
        ("treaty_actions", "date", "2024-12-30T23:59:59.9Z", "2024-12-31"),
        ("treaty_actions", "date", "2024-12-31T00:00:00+02:00", "2024-12-31"),
        ("treaty_actions", "date", "31/12/2024 00:00", "2024-12-31"),
        ("sources", "publisher", "Example Trust &amp;amp; Partners", "Example Trust & Partners"),
        ("sources", "title", "Survivors&#39; networks in C&ocirc;te d&rsquo;Ivoire", "Survivors' networks in Côte d’Ivoire"),
        ("states", "name_en", "Lao People’s Democratic Republic", "Lao People's Democratic Republic"),
    ],
)
def test_what_can_mean_one_thing_only_is_put_in_form_and_noted(table, column, value, taken):
    found = with_cell(table, column, value)
    if taken is None:  # in form, but over the limit of the column
        assert "must be from 0 to 100" in said(found)
        return
    at = [f.name for f in DESCRIPTION.tables[table].fields].index(column) + 1
    assert not found.problems and found.rows[1][at] == taken
    assert found.notes and all((n.line, n.column) == (3, column) for n in found.notes)


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        ("casualties", "count", "1.172", "write 1172 if it separates thousands"),
        ("casualties", "count", "1.17E+03", "cut digits off"),
        ("casualties", "count", "12,5", "must be a whole number"),
        ("casualties", "count", "≥ 60", "write 60 here and minimum in column count_type"),
        ("casualties", "count", "> 60", "write 61 here and minimum in column count_type"),
        ("casualties", "count", "more than 60", "write 61 here and minimum"),
        ("casualties", "count", ">= 60", "write 60 here and minimum"),
        ("casualties", "count", "60+", "write 60 here and minimum in column count_type"),
        ("casualties", "count", "at least 1,172", "write 1172 here and minimum"),
        ("casualties", "count", "about 60", "write 60 here and estimate in column count_type"),
        ("casualties", "count", "~60", "write 60 here and estimate"),
        ("casualties", "count", "c. 60", "write 60 here and estimate"),
        ("casualties", "count", "60-70", "is a range"),
        ("casualty_totals", "count", "60–70", "write 60 here and 70 in column count_high"),
        ("casualties", "count", "up to 60", "an upper limit is not a number of persons"),
        ("casualties", "count", "n/a", "leave the row out, and never write 0"),
        ("casualties", "count", "-", "never write 0"),
        ("casualties", "count", "unknown", "never write 0"),
        ("casualties", "count", "none", "0 says that the source counted and found none"),
        ("obligation_findings", "as_of", "unknown", "leave the cell empty"),
        ("casualties", "count", "0?", "write 0 if it is certain"),
        ("casualties", "count", "60 (est.)", "write 60 if it is certain"),
        ("casualties", "count", "11 72", "a space stands inside the number"),
        ("casualties", "count", "1,17,200", "can be read in two ways"),
        ("casualties", "count", "1_000", "must be a whole number"),
        ("casualties", "count", "nan", "must be a whole number"),
        ("casualties", "count", "12%", "without the percent sign; write 12"),
        ("casualties", "count", "=SUM(J2:J3)", "begins with =, as a formula does"),
        ("casualties", "count", "#REF!", "is an error of the spreadsheet program"),
        ("casualties", "count", date(2024, 12, 31), "is a date; a number is meant here"),
        ("casualties", "count", 12.5, "must be a whole number"),
        ("casualties", "count", True, "is a truth value"),
        ("casualties", "note", "=1+1", "begins with =, as a formula does"),
        ("casualties", "note", "#NAME?", "is an error of the spreadsheet program"),
        ("casualties", "year", "24", "write 2024 if that is meant"),
        ("casualties", "year", "2024-2025", "is not one year"),
        ("casualties", "year", "45657", "31 December 2024 as this number: write 2024"),
        ("casualties", "year", "31/12/2024", "a year is meant here; write 2024"),
        ("casualties", "year", date(1905, 7, 16), "a year is meant here; write 2024"),
        ("casualty_shares", "percent", "1,172", "write 1172 or 1.172"),
        ("treaty_actions", "date", "12/31/24", "write 2024-12-31 if 31 December 2024 is meant"),
        ("treaty_actions", "date", "05/04/2024", "2024-04-05 for 5 April 2024 or 2024-05-04 for 4 May 2024"),
        ("treaty_actions", "date", "Dec-24", "write 2024-12 if December 2024 is meant"),
        ("treaty_actions", "date", "24/12/31", "write 2024-12-31 if 31 December 2024 is meant"),
        ("treaty_actions", "date", "12 Mar 25", "write 2025-03-12 if 12 March 2025 is meant"),
        ("treaty_actions", "date", datetime(2024, 12, 31, 9, 30), "2024-12-31 for 31 December 2024 or 2024-12-30 for"),
        ("treaty_actions", "date", datetime(2025, 6, 25, 22), "2025-06-25 for 25 June 2025 or 2025-06-26 for 26 June 2025"),
        ("treaty_actions", "date", "2025-06-25T22:00:00Z", "2025-06-25 for 25 June 2025 or 2025-06-26 for 26 June 2025"),
        ("treaty_actions", "date", "25/06/2025 10:00 PM", "2025-06-26 for 26 June 2025"),
        ("sources", "published", "1900-01-01", "how programs write that there is no date"),
        ("sources", "accessed", "01/01/1904", "how programs write that there is no date"),
        ("sources", "accessed", "1970-01-01", "how programs write that there is no date"),
        ("sources", "published", date(1900, 1, 1), "how programs write that there is no date"),
        ("sources", "published", "1900", "how programs write that there is no date"),
        ("sources", "publisher", "Lebanon \uf0b7 LMAC", "only one font knows (U+F0B7)"),
        ("sources", "publisher", "C├┤te d'Ivoire", "was read in a wrong encoding"),
        ("sources", "publisher", "C√¥te d'Ivoire", "was read in a wrong encoding"),
        ("sources", "publisher", "Minist?re", "a question mark inside a word"),
        ("new_victims", "value", "0.5", "write 50% if that is meant"),
        ("casualties", "iso3", "Somaliland", "is no State of the table States and no area"),
        ("casualties", "iso3", "Crimea", "is no State of the table States and no area"),
        ("casualties", "iso3", "Abyei", "is no State of the table States and no area"),
        ("casualties", "iso3", "TPE", "is no State of the table States and no area"),
        ("casualties", "iso3", "IRI", "write IRN (Iran (Islamic Republic of)) if it is the code of the International Olympic"),
        ("obligation_findings", "iso3", "LBA", "write LBY (Libya) if"),
        ("casualties", "iso3", "SUD", "write SDN (Sudan) if"),
        ("casualties", "iso3", "CGO", "write COG"),
        ("casualties", "iso3", "HKJ", "write JOR (Jordan) if it is the code of number plates"),
        ("treaty_actions", "date", "45657", "write 2024-12-31 if that is meant"),
        ("treaty_actions", "date", "20241231", "write 2024-12-31"),
        ("treaty_actions", "date", "spring 2024", "is not written as YYYY-MM-DD, YYYY-MM or YYYY"),
        ("treaty_actions", "date", "2023-02-30", "is not a date of the calendar"),
        ("treaty_actions", "date", "1024-12-31", "far from our time"),
        ("states", "m49_code", "4", "write 004"),
        ("states", "m49_code", 4, "leading zeros were lost? It has 3 digits; write 004"),
        ("states", "name_en", "CÃ´te d’Ivoire", "it is probably “Côte d’Ivoire”"),
        ("states", "name_fr", "HaÃ¯ti", "it is probably “Haïti”"),
        ("states", "name_es", "HaitÃ\u00ad", "it is probably “Haití”"),
        ("states", "name_es", "Afganist?n", "it is probably “Afganistán”"),
        ("states", "name_en", "Afghan\ufffdstan", "a letter was lost"),
        ("states", "name_en", "4-May", "looks like a date that the spreadsheet program has made"),
        ("states", "name_en", "+cmd|x", "as a formula does"),
        ("states", "name_en", "a\x01b", "a character that is not text"),
        ("casualties", "cause", "remnants", "write remnant (Remnants)"),
        ("casualties", "cause", "Attack", "must be one of all, attack, remnant; write attack"),
        ("casualties", "edition", "Cluster Munition Monitor 2025", "write CMM 2025"),
        ("va_crosswalk", "article", "@x", "as a formula does"),
    ],
)
def test_what_can_mean_several_things_is_asked(table, column, value, says):
    found = with_cell(table, column, value)
    assert not found.good and len(found.problems) == 1
    assert (
        str(found.problems[0]).startswith(f"{table}.csv, row 3, column {column}")
        and says in found.problems[0].rule
    )


@pytest.mark.parametrize(
    "name",
    ["Lao PDR", "Laos", "Lao People’s Democratic Republic", "lao", "LAOS", "LA", "République démocratique populaire lao"],
)  # fmt: skip
def test_a_name_of_a_state_is_answered_by_its_code(name):
    for table in ("casualties", "obligation_findings"):  # with and without a reference to states.csv
        found = with_cell(table, "iso3", name)
        assert "write LAO (Lao People's Democratic Republic)" in said(found)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ivory Coast", "CIV"), ("Côte d’Ivoire", "CIV"), ("Líbano", "LBN"), ("Irak", "IRQ"), ("Bolivia", "BOL"),
     ("The Gambia", "GMB"), ("Kosovo", "XKX"), ("World", "WLD"), ("Afganistan", "AFG")],
)  # fmt: skip
def test_names_in_three_languages_and_small_slips_lead_to_the_code(name, code):
    assert f" {code} (" in said(with_cell("casualties", "iso3", name))


def test_a_date_of_the_spreadsheet_without_a_day_is_asked_about():
    rows = grid("treaty_actions")

    def change(book, sheet):
        sheet["D3"] = datetime(2023, 5, 1)
        sheet["D3"].number_format = "mmm-yy"
        sheet["D4"] = 0.12
        sheet["D4"].number_format = "0%"

    found = read(workbook(rows, change), "treaty_actions.xlsx")
    assert "write 2023-05-01 if it is, 2023-05 if only the month is known" in said(found)
    assert "row 4" in said(found) and "percent sign" in said(found)


def test_no_name_that_is_no_area_of_the_tables_is_given_to_a_state():
    for name in ("Somaliland", "Crimea", "Abyei", "Puntland", "Northern Cyprus", "Transnistria", "Donetsk", "Kashmir"):
        for table in ("casualties", "treaty_actions"):
            (problem,) = with_cell(table, "iso3", name).problems
            assert "write the code of one that stands there" in problem.rule and "did you mean" not in problem.rule


def test_a_code_that_is_another_state_elsewhere_is_asked_about_where_the_file_uses_that_system():
    rows = grid("casualties")
    rows[2][0] = "BRN"  # Brunei to ISO, Bahrain to the Olympic Committee
    assert read(dump(rows)).good
    rows[3][0] = "IRI"
    said_ = [(p.line, p.rule) for p in read(dump(rows)).problems]
    assert [line for line, _ in said_] == [3, 4] and "in the system of other codes in this file" in said_[0][1]


def test_a_row_of_hashtags_is_left_out_with_one_note():
    rows = grid("casualties")
    tags = ["#country+code", "#date+year", *(f"#meta + {name}" for name in rows[0][2:])]
    for at in (1, 0):
        found = read(dump([*rows[:at], tags, *rows[at:]]))
        assert found.problems == [] and len(found.rows) == len(rows) - 1
        assert len(found.notes) == 1 and ("hashtags (HXL)" in said(found) or "above the column names" in said(found))


def test_a_percent_in_a_column_of_text_is_offered_as_the_table_writes_it():
    def change(book, sheet):
        at = next(cell.column for cell in sheet[1] if cell.value == "value")
        sheet.cell(3, at, 0.89).number_format = "0%"

    assert "write 89% as text" in said(read(workbook(grid("new_victims"), change), "new_victims.xlsx"))


def test_a_form_is_shown_by_an_example():
    found = with_cell("sources", "id", "CMM 2026 Casualties")
    assert "for example “cmm-2026-casualties”" in said(found) and "is not written as it should be" not in said(found)


def test_the_table_of_answers_offers_its_codes_and_repeats_nothing():
    header = [f.name for f in DESCRIPTION.tables["responses"].fields]
    row = {"iso3": "HUSH", "question": "(f)", "received": "2025-05-05", "language": "English", "consent": "no"}
    found = read(dump([header, [row.get(name, "") for name in header]]), "responses.csv")
    text = said(found)
    assert "HUSH" not in text and "English" not in text and "such as AFG (Afghanistan)" in text


@pytest.mark.parametrize(
    ("encoding", "words", "says"),
    [
        ("cp1251", "Пример центра по разминированию", "Cyrillic letters in Windows-1251"),
        ("cp1256", "المركز اللبناني للأعمال المتعلقة بالألغام", "Arabic letters in Windows-1256"),
        ("cp1253", "Κέντρο δράσης κατά των ναρκών", "Greek letters in Windows-1253"),
        ("iso8859_6", "المركز اللبناني للأعمال المتعلقة", "make no words in Windows-1252"),
        ("koi8_r", "Пример центра по разминированию", "make no words in Windows-1252"),
        ("gb18030", "集束弹药受害者援助", "make no words in Windows-1252"),
    ],
)
def test_letters_of_another_alphabet_are_refused_and_never_shown_as_gibberish(encoding, words, says):
    rows = grid("sources")
    rows[2][rows[0].index("publisher")] = words
    found = read(dump(rows).decode().encode(encoding, "replace"), "sources.csv")
    assert not found.good and says in said(found)


def test_a_small_table_in_windows_1252_is_still_read():
    rows = grid("states", 197)
    content = dump([rows[0], *(row for row in rows if row[0] in ("CIV", "STP", "HTI"))]).decode().encode("cp1252")
    found = read(content, "states.csv")
    assert found.good and "Windows-1252" in said(found)


# ---- files ----

PLAIN = dump(grid("casualties"))


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (dump(grid("casualties"), delimiter=";"), "separated by semicolons"),
        (dump(grid("casualties"), delimiter="\t"), "separated by tabs"),
        (dump(grid("casualties"), delimiter="|"), "separated by vertical bars"),
        (b"sep=;\n" + dump(grid("casualties"), delimiter=";"), "the line “sep=;”"),
        (b"\xef\xbb\xbf" + PLAIN, ""),
        (PLAIN.replace(b"\n", b"\r\n"), ""),
        (PLAIN.replace(b"\n", b"\r"), "Macintosh"),
        (PLAIN.decode().encode("utf-16"), "read as UTF-16"),
        (b"\xfe\xff" + PLAIN.decode().encode("utf-16-be"), "read as UTF-16"),
        (PLAIN.decode().encode("utf-16-le"), "UTF-16 without a mark"),
        (PLAIN.decode().encode("utf-16-be"), "UTF-16 without a mark"),
        (b"Casualties of 2025\n\n" + PLAIN, "row 1: above the column names, left out: “Casualties of 2025”"),
        (
            dump([[f.title for f in DESCRIPTION.tables["casualties"].fields], *grid("casualties")[1:]]),
            "“State or area” is iso3",
        ),
        (
            dump([[f.title for f in DESCRIPTION.tables["casualties"].fields], *grid("casualties")]),
            "above the column names",
        ),
        (PLAIN.replace(b"iso3,year", b"ISO3, Year ", 1), "“ISO3” is iso3"),
        (dump(row[::-1] for row in grid("casualties")), "another order"),
        (
            dump([[*grid("casualties")[0], "x", ""], *([*row, "", ""] for row in grid("casualties")[1:])]),
            "“x”",
        ),
        (PLAIN + PLAIN.split(b"\n")[0] + b"\n", "row 6: the column names stand once more"),
        (PLAIN + b",,,,,,,,,,,,,,,,,\n\n , ,,,,,,,,,,,,,,,,\n", "row 6: empty, left out (rows 6–8)"),
        (
            dump([*grid("casualties")[:3], *(row[:-1] for row in grid("casualties")[3:])]),
            "empty cells added at the end",
        ),
        (PLAIN.rstrip(b"\n"), "the last line has no line end"),
    ],
)
def test_another_form_of_the_same_file_gives_the_same_rows(content, note):
    found = read(content)
    assert found.problems == [] and [row[1:] for row in found.rows] == [row[1:] for row in expected()]
    assert note in said(found) and bool(found.notes) == bool(note)


def test_a_file_in_windows_1252_is_read_and_the_letters_are_shown():
    content = (package.DATA / "states.csv").read_text("utf-8").encode("cp1252")
    found = read(content, "states.csv")
    assert found.good and found.rows == CURRENT.rows["states"]
    assert "Windows-1252" in said(found) and "é" in said(found)


def test_letters_that_fit_another_old_encoding_better_are_refused():
    content = dump([row for row in grid("states", 197) if row[0] in ("iso3", "CZE", "ARM")]).decode()
    found = read(content.encode("mac_roman"), "states.csv")
    assert "Mac OS Roman" in said(found) or "neither" in said(found)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "0 bytes"),
        (b" \n\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture (PNG), not a table"),
        (b"\xff\xd8\xff\xe0\0", "is a picture (JPEG), not a table"),
        (b"GIF89a\0", "is a picture (GIF), not a table"),
        (b"%PDF-1.7\n", "is a PDF document"),
        (sheets_ole := b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "the XLS file is broken"),
        (sheets_ole + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"PK\x03\x04 broken", "broken"),
        (b"<html><table></table>", "is a web page"),
        (PLAIN[:250] + b"\0" + PLAIN[250:], "row 2: holds a character that is not text (NUL)"),
        (PLAIN + "Côte".encode("cp1252") + b"\x81\n", "row 6 holds a byte that is neither"),
        ("Afganistán".encode()[:-2], "none of the first 10 rows"),
        (dump([["é" * 10]])[:-2], "cut off"),
        (PLAIN[:-40], "the header has 18"),
        (PLAIN.replace(b'"', "“".encode()), "curly quotation marks"),
        (PLAIN.replace(b"\n", b'\n"', 1).replace(b'"Monitor', b"Monitor"), "quotation mark"),
        (PLAIN + b'"AFG,', "row 6: a quotation mark opens a cell in this row and never closes"),
        (b'"' + PLAIN.replace(b'"', b'""').replace(b"\n", b'"\n"')[:-1], "all columns stand in the first cell"),
        (dump(row[:3] + row[4:] for row in grid("casualties")), "column cause: the column is missing"),
        (PLAIN.replace(b"cause", b"casue", 1), "the column is missing; is it “casue”?"),
        (dump([*row, row[0]] for row in grid("casualties")), "stands more than once (1st and 19th column)"),
        (dump([[*grid("casualties")[0], "mine"], *([*r, "x"] for r in grid("casualties")[1:])]), "column mine: the column is not"),
        (dump([[*grid("casualties")[0], ""], *([*r, "x"] for r in grid("casualties")[1:])]), "the 19th column has no name"),
        (dump([grid("casualties")[0], *([*r, ""] for r in grid("casualties")[1:])]), "the row has 19 cells"),
        (dump([*grid("casualties")[1:3], grid("casualties")[0], *grid("casualties")[3:]]), "row 1: the row stands above"),
        (dump([*grid("casualties"), ["Total", *[""] * 8, "5000", *[""] * 8]]), "13 of the 15 cells that need a value"),
        (dump([*grid("casualties"), grid("casualties")[1]]), "row 6, column iso3 (State or area): “AFG”: this row is a copy of row 2; a row stands once"),
        (dump([*grid("casualties"), [*grid("casualties")[1][:-1], "a\nb" + "," * 17]]), "several rows have run together"),
        (dump(grid("states")), "these are the columns of the table “States” (states.csv)"),
        (b"a,b\n1,2\n", "they must be: iso3, year, weapon"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(content, says):
    found = read(content)
    assert not found.good and says in said(found)


def test_a_number_with_a_comma_in_a_file_of_semicolons_is_asked_about():
    rows = grid("casualties")
    rows[2][9] = "1,172"
    assert "the comma can separate thousands or decimals" in said(read(dump(rows, delimiter=";")))


def test_the_table_is_told_by_name_choice_or_header():
    content = dump(grid("states"))
    for name in ("x.csv", "states.csv", "States (2).csv", "states-2026-11-23.csv", "STATES - Copy.CSV"):
        assert read(content, name).table.name == "states"
    assert read(content, "casualties.csv", "states").good
    assert "but “Casualties” was chosen" in said(read(content, "states.csv", "casualties"))
    assert "there is no table “nope”" in said(read(content, "x.csv", "nope"))
    assert "treaty_actions (“Treaty acts”) and treaty_conflicts" in said(
        read(dump(grid("treaty_actions")), "x.csv")
    )


def test_a_name_from_outside_is_shown_cleaned_and_opens_nothing():
    hostile = "../../etc/" + "<b>\u202egpj.\x00\n" + "x" * 300 + ".csv"
    found = read(b"a,b\n", hostile)
    assert len(found.name) <= incoming.NAME_SHOWN and found.name.isprintable() and "/" not in found.name
    assert incoming.shown_name("..\\..\\a\tb.csv") == "a b.csv" and incoming.shown_name("/") == "the file"
    # not even the name of a file that exists
    assert not read(b"", str(package.DATA / "states.csv")).good


def test_nothing_of_a_confidential_table_is_repeated():
    header = [f.name for f in DESCRIPTION.tables["responses"].fields]
    row = [
        "HUSH Laos",
        "HUSH",
        "05/04/2024",
        "HUSH",
        "HUSHL",
        "=HUSH",
        "CÃ´HUSH",
        "HUSH",
        "HUSH",
        "HUSH ",
        "HUSH\n",
    ]
    good = ["LAO", "a ", "05.05.2025", " HUSH", "en", "HUSH\nHUSH", "", "no", "HUSH", "", ""]
    for rows in (
        [header, row, good],
        [["HUSH title"], [], header, good],
        [[*header, "HUSH"], [*row, "HUSH"]],
        [header, [*row, "HUSH"], row[:3], good, good],
        [["HUSH", *header[1:]], good],
        [[*header[:4], f"{header[4]} HUSH", *header[5:]], good],
    ):
        for content in (dump(rows), workbook(rows, sheet="HUSH"), dump(rows).decode().encode("utf-16")):
            for name, table in (("responses.csv", None), ("HUSH.csv", "responses")):
                found = read(content, name, table)
                text = said(found) + found.sheet
                assert found.notes or found.problems
                assert "HUSH" not in text and "2024" not in text and "Laos" not in text


# ---- workbooks ----


def test_a_workbook_gives_the_same_rows_as_the_csv():
    def change(book, sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        book.create_sheet("Empty")
        book.create_sheet("Remarks")["A1"] = "to do"

    rows = [[int(c) if c.isdigit() else c or None for c in row] for row in grid("casualties")]
    found = read(workbook(rows, change), "mine.xlsx")
    assert found.rows == expected() and found.problems == [] and found.sheet == "Sheet1"
    text = said(found)
    assert "hidden rows were read like all others (row 3)" in text and "hidden columns" in text
    assert "1 left out: “Remarks”" in text


def test_rows_of_a_workbook_keep_the_numbers_that_the_screen_shows():
    def change(book, sheet):
        sheet.insert_rows(1, 3)
        sheet["A1"] = "Casualties"
        sheet.merge_cells("A1:R2")
        sheet.insert_rows(6)
        sheet["J8"] = "many"

    found = read(workbook(grid("casualties"), change), "casualties.xlsx")
    assert [str(p)[:45] for p in found.problems] == ["casualties.csv, row 8, column count (Persons)"]
    assert "row 1: above the column names" in said(found) and "row 6: empty" in said(found)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda b, s: s.cell(3, 10, "=J2*2"), "row 3, column count (Persons): “=J2*2”: is a formula"),
        (lambda b, s: s.cell(3, 10, "#N/A"), "is an error of the spreadsheet program"),
        (lambda b, s: s.merge_cells("R2:R4"), "the cells R2:R4 are merged"),
        (lambda b, s: s.cell(3, 20, "x"), "something stands beside the table"),
        (lambda b, s: s.cell(3, 250, "x"), "more than 200 columns"),
        (lambda b, s: b.copy_worksheet(s), "hold tables; keep the one that is meant"),
        (lambda b, s: s.delete_rows(1, 99), "the workbook is empty"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_taken_is_refused_with_a_sentence(change, says):
    assert says in said(read(workbook(grid("casualties"), change), "casualties.xlsx"))


def repacked(content: bytes, **parts) -> bytes:
    """An XLSX with some parts replaced; the name is the end of the part's path without its ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            stem = part.filename.rpartition("/")[2].partition(".")[0]
            data = old.read(part)
            change = parts.get(stem)
            new.writestr(part.filename, change(data) if change and part.filename.endswith(".xml") else data)
    return out.getvalue()


def test_a_workbook_with_entities_of_its_own_is_not_opened():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for part in ("sheet1", "workbook"):
        evil = repacked(workbook(grid("states")), **{part: lambda data: bomb + data})
        assert "declares entities" in said(read(evil, "states.xlsx"))


def test_broken_workbooks_are_named_and_never_raise():
    whole = workbook(grid("states"))
    for content in (
        whole[: len(whole) // 2],
        whole[:-30],
        repacked(whole, sheet1=lambda data: data[: len(data) // 2]),
        repacked(whole, sheet1=lambda data: data.replace(b'r="2"', b'r="-7"')),
        repacked(whole, sheet1=lambda data: data.replace(b"inlineStr", b"s").replace(b"<is><t>", b"<v>").replace(b"</t></is>", b"</v>")),
        repacked(whole, workbook=lambda data: b"<workbook/>"),
        b"PK" + b"\0" * 100,
    ):  # fmt: skip
        found = read(content, "states.xlsx")
        assert not found.good and len(found.problems) == 1, found
        assert any(word in said(found) for word in ("broken", "no sheet")), said(found)


def zipped(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in names.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"readme.txt": b"x"}, "is a ZIP archive that holds no workbook"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, "OpenDocument file, but no spreadsheet"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}, "the ODS file is broken"),
        ({"word/document.xml": b""}, "Word document"),
        ({"xl/workbook.bin": b""}, "the XLSB file is broken"),
        ({"xl/worksheets/sheet1.xml": b"\0" * 5_000_000}, "endless repetition"),
        ({f"x/{n}": b"" for n in range(guard.MAX_PARTS + 1)}, "far more than a workbook"),
    ],
)
def test_a_zip_that_is_no_workbook_or_a_bomb_is_not_unpacked(parts, says):
    assert says in said(read(zipped(parts), "casualties.xlsx"))


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    content = zipped({f"part{n}": bytes(range(256)) * 20 for n in range(3)})
    monkeypatch.setattr(guard, "MAX_UNPACKED", 10_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # nothing may be read
    assert "is not opened" in said(read(content, "casualties.xlsx"))


def test_a_locked_workbook_is_told_apart():
    content = bytearray(zipped({"a": b"x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in said(read(bytes(content), "x.xlsx"))


@pytest.mark.parametrize(
    ("limit", "value", "content", "says"),
    [
        ("MAX_BYTES", 100, PLAIN, "larger than"),
        ("MAX_ROWS", 3, PLAIN, "more than 3 rows"),
        ("MAX_ROWS", 3, workbook(grid("casualties")), "more than 3 rows"),
        ("MAX_CELLS", 30, PLAIN, "more than 30 cells"),
        ("MAX_CELLS", 30, workbook(grid("casualties")), "more than 30 cells"),
        ("MAX_COLUMNS", 5, PLAIN, "more than 5 columns"),
        ("SECONDS", -1, PLAIN, "took longer than"),
        ("SECONDS", -1, workbook(grid("casualties")), "took longer than"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_every_limit_has_its_sentence(monkeypatch, limit, value, content, says):
    monkeypatch.setattr(incoming, limit, value)
    found = read(content, "casualties.x")
    assert not found.good and not found.rows and says in said(found)


def test_a_flood_of_problems_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(incoming, "MAX_PROBLEMS", 5)
    rows = grid("casualties", 20)
    for row in rows[1:]:
        row[9] = "many"
    found = read(dump(rows))
    assert len(found.problems) == 6 and "15 more problems are not listed" in said(found)


# ---- the same judgement everywhere ----


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(package.DATA, folder, ignore=shutil.ignore_patterns("geo"))
    return folder


@pytest.mark.long
def test_a_file_is_judged_by_the_rules_of_the_whole(data):
    rows = grid("casualties", 10_000)
    world = next(row for row in rows if row[:5] == ["WLD", "2024", "mine_erw", "all", "killed"])
    world[rows[0].index("count")] = "1 000 000"
    judged = incoming.judge(dump(rows), "casualties.csv", data)
    direct = check.check(data, {"casualties": (judged.incoming.rows, [])})
    assert not judged.good and judged.problems == direct.problems != []
    assert any(re.search(r"more than the total .*; rows \d+ and \d+ were added", str(p)) for p in judged.problems)


def test_what_a_file_breaks_elsewhere_is_told_from_what_was_broken(data):
    rows = [row for row in grid("areas", 99) if row[0] != "WLD"]
    path = data / "casualty_names.csv"
    path.write_text(path.read_text("utf-8").replace(",primary,", ",best,", 1), "utf-8")
    judged = incoming.judge(dump(grid("areas", 99)), "areas.csv", data)
    assert judged.incoming.good and not judged.good and not judged.problems
    assert [p.file for p in judged.standing] == ["casualty_names.csv"]
    path.write_bytes((package.DATA / path.name).read_bytes())
    judged = incoming.judge(dump(rows), "areas.csv", data)
    assert not judged.standing and {p.file for p in judged.problems} >= {"casualties.csv"}


def test_a_row_that_is_refused_is_not_missed_by_other_tables(data):
    rows = grid("sources", 10_000)
    rows[1][rows[0].index("kind")] = "nonsense"
    judged = incoming.judge(dump(rows), "sources.csv", data)
    assert [p.file for p in judged.problems] == ["sources.csv"]


def test_check_file_prints_notes_and_writes_the_table_in_its_form(tmp_path, capsys):
    path, out = tmp_path / "mine.csv", tmp_path / "out.csv"
    text = (package.DATA / "states.csv").read_text("utf-8")
    head, *lines = text.splitlines()
    path.write_bytes("\r\n".join([head.upper(), *lines[::-1], ""]).encode("utf-16"))
    assert main(["check", str(path), "--table", "states", "--fix", str(out)]) == 0
    said = capsys.readouterr().out
    assert "UTF-16" in said and f"All is well: {len(lines)} rows of states" in said
    assert out.read_text("utf-8") == text


def test_check_file_prints_every_problem_and_writes_nothing(tmp_path, capsys):
    path, out = tmp_path / "casualties.csv", tmp_path / "out.csv"
    rows = grid("casualties")
    rows[2][9], rows[3][0] = "≥ 60", "Laos"
    path.write_bytes(dump(rows))
    assert main(["check", str(path), "--fix", str(out)]) == 1
    said = capsys.readouterr().out
    assert "row 3, column count" in said and "write LAO" in said and "2 findings" in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["check", "no such file.csv"], "cannot be read"),
        (["check", "."], "cannot be read"),
        (["check", "x.csv", "--table", "nope"], "there is no table “nope”"),
        (["check", "x.csv", "--fix", "."], "is a folder"),
        (["check", "--fix", "x.csv"], "go with a FILE"),
    ],
)
def test_a_bad_call_is_one_line(call, says, capsys):
    assert main(call) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and says in error


def test_a_file_saved_again_by_another_program_stays_the_same():
    content = workbook(
        [[int(c) if c.isdigit() else c or None for c in row] for row in grid("casualties", 50)]
    )
    out = io.BytesIO()
    load_workbook(io.BytesIO(content)).save(out)
    assert (
        read(out.getvalue(), "casualties.xlsx").rows
        == read(content, "casualties.xlsx").rows
        == expected(rows=50)
    )
    assert write.table(DESCRIPTION.tables["casualties"], expected(rows=50))
