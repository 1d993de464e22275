"""What a coordinator can do at the data desk, and what nobody else sees of it."""

import csv
import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from playwright.sync_api import expect

from dialogue.change import desk, mending
from dialogue.screen import desk_given, desk_page
from dialogue.snapshot import drafts, live
from dialogue.tables import corrections, package
from dialogue.views.evidence import trends
from tests.browser import ROOT, open_page
from tests.support import in_2009, read, run_page, world


def as_csv(rows: list[dict], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def casualties(**cells) -> list[dict]:
    """The table with the world total of 2009 changed."""
    rows = read("casualties")
    next(row for row in rows if world(row)).update(cells)
    return rows


@pytest.mark.long
def test_a_changed_figure_is_told_in_words_with_the_pages_that_show_it():
    given = desk.answer([("my edits.csv", as_csv(casualties(count="101"), ";", "utf-16"))])
    assert given.problems == () and given.tables == ["casualties"]
    (change,) = given.changes
    assert (change.field, change.old, change.new) == ("count", "100", "101")
    told = next(f for f in given.figures if f.query == "casualties_world")
    assert (told.old, told.new) == ("100", "101") and "affected-states" in told.pages
    assert in_2009(given.draft) == 101
    assert in_2009() == 100  # for everybody else nothing has changed
    # canonical again: only the changed line differs from the project's file
    old = (package.DATA / "casualties.csv").read_bytes().splitlines()
    new = desk.cleaned(given.files[0]).splitlines()
    assert len(old) == len(new) and sum(a != b for a, b in zip(old, new, strict=True)) == 1
    with zipfile.ZipFile(io.BytesIO(desk.parcel(given))) as parcel:
        names = parcel.namelist()
        assert parcel.read("data/casualties.csv") == desk.cleaned(given.files[0])
        reviewed = parcel.read("tests/golden/casualties_world.csv").decode()
    assert reviewed == (ROOT / "tests/golden/casualties_world.csv").read_text("utf-8").replace("2009,100,", "2009,101,")
    assert "tests/golden/treaty_counts.csv" not in names  # what does not change stays out
    subject, blank, *_body = desk.commit_message(given).splitlines()
    assert "casualties" in subject.lower() and len(subject) <= 72 and not blank
    assert "100" in desk.change_note(given) and "101" in desk.change_note(given)


def test_a_new_edition_and_its_source_are_judged_together():
    source = read("sources")
    source.append({**source[0], "id": "zz-new-document", "title": "A new document", "url": "https://example.org/zz"})
    figures = casualties()
    row = next(row for row in figures if world(row))
    figures.append({**row, "source_id": "zz-new-document"})
    alone = desk.answer([("casualties.csv", as_csv(figures))])
    assert alone.draft is None
    assert any("zz-new-document" in str(p) and "sources.csv" in str(p) for p in alone.problems)
    both = desk.answer([("casualties.csv", as_csv(figures)), ("sources.csv", as_csv(source))])
    assert both.problems == () and {change.kind for change in both.changes} == {"added"}


@pytest.mark.long
def test_each_file_is_read_as_the_table_that_it_tells_whatever_stands_in_the_list():
    files = [(f"{name}.csv", as_csv(read(name))) for name in ("meetings", "sources", "treaty_conflicts")]
    files.append(("src_new.xlsx", as_csv(read("editions"))))
    given = desk.answer(files, "casualties")
    assert given.problems == () and given.tables == ["meetings", "sources", "treaty_conflicts", "editions"]
    given = desk.answer([files[2]], "treaty_actions")  # the same columns: the name tells
    assert given.problems == () and given.tables == ["treaty_conflicts"] and not given.changes


def test_a_file_that_does_not_tell_is_read_as_the_table_of_the_list():
    content = as_csv(read("treaty_conflicts"))
    assert desk.answer([("x.csv", content)], "treaty_conflicts").tables == ["treaty_conflicts"]
    given = desk.answer([("x.csv", content)], "casualties")
    assert given.draft is None and "treaty_actions" in str(given.problems[0]) and "treaty_conflicts" in str(given.problems[0])


def test_a_corrected_file_takes_the_place_of_the_one_dropped_before():
    faulty = as_csv(casualties(count="many"))
    given = desk.answer([("casualties.csv", faulty), ("casualties (1).csv", as_csv(casualties(count="101")))])
    assert given.problems == () and [(change.old, change.new) for change in given.changes] == [("100", "101")]
    assert "casualties.csv, dropped before, holds the same table; this file takes its place" in str(given.files[0].notes[0])


def test_a_file_of_new_rows_is_offered_as_an_addition_and_added_once_confirmed():
    new = {**read("sources")[0], "id": "zz-new-document", "title": "A new document", "url": "https://example.org/zz"}
    files = [("sources.csv", as_csv([new]))]
    given = desk.answer(files)
    assert given.draft is None and not given.problems and not given.changes
    question = given.open[0]
    assert "1 row that is not in the table" in question.text and "Add it to the table?" in question.text
    given = desk.answer(files, answered=lambda one: one == question)
    assert not given.open and [change.kind for change in given.changes] == ["added"]
    assert len(desk.cleaned(given.files[0]).splitlines()) == len(read("sources")) + 2


def test_many_rows_gone_are_asked_about_before_anything_is_drafted():
    half = casualties()[::2]
    given = desk.answer([("casualties.csv", as_csv(half))])
    assert given.draft is None and not given.problems
    (question,) = given.open
    gone = len(read("casualties")) - len(half)
    assert question.text.startswith(f"casualties.csv: {gone:,} of {len(read('casualties')):,} rows (")
    given = desk.answer([("casualties.csv", as_csv(half))], answered=lambda one: one == question)
    assert not given.open and given.asked == (question,)


def test_one_column_sorted_by_itself_is_named_and_not_each_sum_that_it_spoils():
    rows = casualties()
    for row, value in zip(rows, sorted((row["count"] for row in rows), key=int), strict=True):
        row["count"] = value
    given = desk.answer([("casualties.csv", as_csv(rows))])
    assert given.draft is None and not given.problems
    assert "column count has another value" in given.open[0].text and "sorted by itself" in given.open[0].text


@pytest.mark.long
def test_the_desk_asks_on_the_page_and_a_tick_answers():
    half = as_csv(casualties()[::2])
    app = run_page("data_desk.py")
    app.file_uploader(key="desk_files").set_value(("casualties.csv", half, "text/csv"))
    app.run()
    (tick,) = [box for box in app.checkbox if box.key.startswith(desk_given.YES)]
    assert "remove" in tick.label and not [button for button in app.button if button.key == "desk_preview"]
    tick.check().run()
    assert not app.exception


def test_faulty_cells_are_named_by_row_and_column_and_nothing_is_drafted():
    rows = casualties(count="≥ 100")
    rows[4]["iso3"] = "Laos"
    given = desk.answer([("casualties.csv", as_csv(rows))])
    said = [str(problem) for problem in given.problems]
    assert given.draft is None and not given.changes
    assert any("row 6, column iso3" in text and "LAO" in text for text in said)
    assert any("column count" in text and "minimum" in text for text in said)


def test_the_same_file_changes_nothing():
    given = desk.answer([("casualties.csv", as_csv(casualties()))])
    assert not given.problems and not given.changes and not given.figures


def test_drafts_are_limited_and_go_with_whoever_holds_them(monkeypatch):
    held = drafts.make(live.latest().checked)
    monkeypatch.setattr(drafts, "DRAFTS", len(drafts._drafts))
    with pytest.raises(drafts.Full):
        drafts.make(live.latest().checked)
    del held
    drafts.make(live.latest().checked)


def test_page_says_what_visitors_see_and_offers_every_table():
    app = run_page("data_desk.py")
    assert live.latest().fingerprint in app.text[0].value
    assert len(app.selectbox("table").options) == len(live.latest().description.tables)


@pytest.mark.long
def test_coordinator_edits_a_spreadsheet_and_alone_sees_the_draft(browser, server, tmp_path):
    visit_ = open_page(browser, server, "/data-desk?table=casualties")
    page = visit_.page
    with page.expect_download() as download:
        page.get_by_role("button", name="Spreadsheet (XLSX)").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if world({name: "" if cell.value is None else str(cell.value) for name, cell in zip(names, row, strict=True)}):
            row[names.index("count")].value = 101
    book.save(tmp_path / "casualties.xlsx")
    page.locator('input[type="file"]').set_input_files(tmp_path / "casualties.xlsx")
    main = page.locator('[data-testid="stMain"]')
    expect(main).to_contain_text("1 row changed")
    expect(main).to_contain_text(re.compile("2009.*100 → 101"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Cleaned casualties.csv").click()
    assert sum(a != b for a, b in zip(
        download.value.path().read_bytes().splitlines(), (package.DATA / "casualties.csv").read_bytes().splitlines(), strict=True
    )) == 1  # fmt: skip
    page.get_by_role("button", name="Look at the pages with this draft").click()
    banner = page.locator(".st-key-va-banner")
    expect(banner).to_contain_text("Only you see these figures")
    page.get_by_role("button", name="Evidence").click()
    page.get_by_role("menuitem", name="New victims").click()
    expect(page.locator("h1")).not_to_contain_text("Put in new data")
    expect(banner).to_be_visible()
    expect(page.locator(".va-footer")).to_contain_text("version draft-")
    visit_.settle()
    other = open_page(browser, server, "/new-victims")
    assert not other.page.locator(".st-key-va-banner").count()
    expect(other.page.locator(".va-footer")).not_to_contain_text("draft-")
    other.close()
    page.locator(".va-footer").get_by_role("link", name="Method").click()  # within the page: the draft stays
    expect(page).to_have_url(re.compile("sources.*draft="))
    expect(page.locator(".va-footer")).to_contain_text("version draft-")
    expect(banner).to_be_visible()
    visit_.settle()
    left = open_page(browser, server, page.url.removeprefix(server.url))
    expect(left.page.get_by_text("The draft has been left")).to_be_visible()
    left.close()
    page.get_by_role("button", name="Coordinators").click()
    page.get_by_role("menuitem", name="Data desk").click()
    expect(main).to_contain_text("Still here from before")
    expect(page.get_by_role("button", name="Everything (ZIP)")).to_be_visible()
    page.get_by_role("button", name="Leave the draft").click()
    expect(banner).to_have_count(0)
    expect(page.locator(".va-footer")).not_to_contain_text("draft-")
    assert not visit_.outside and not visit_.errors_of_the_site()
    visit_.close()


def test_the_desk_says_what_may_stand_in_the_table_of_answers():
    app = run_page("data_desk.py", table="responses")
    (told,) = [each for each in app.expander if each.label == "Answers of States and confidentiality"]
    assert "only where the State has agreed" in told.markdown[0].value and "write no" in told.markdown[0].value
    assert not any("confidentiality" in each.label for each in run_page("data_desk.py", table="casualties").expander)


@pytest.mark.long
def test_a_correction_is_made_from_the_figure_with_its_key_filled_in():
    shown = trends.world_cluster_munitions()
    asked = mending.address(shown.tables, shown.data, live.latest())
    assert (asked["correct"], asked["state"]) == ("casualties", "WLD") and asked["year"] == str(shown.data["year"].max())
    app = run_page("data_desk.py", **{**asked, "year": "2009"})
    row = next(box for box in app.selectbox if box.key.startswith("desk_row"))
    assert row.options and all("2009" in told for told in row.options)
    at = next(line for line, one in enumerate(mending.rows(live.latest(), "casualties", "WLD", "2009")) if world(one.cells))
    row.select_index(at).run()
    app.text_input("desk_shown").input("101")
    app.text_input("desk_reason").input("the table of the same edition says 101")
    app.text_input("desk_who").input("The editors")
    next(button for button in app.button if "Add the correction" in button.label).click().run()
    assert not app.exception
    given = app.session_state[desk_page.ANSWER][1]
    assert given.problems == () and in_2009(given.draft) == 101 and in_2009() == 100
    (added,) = [change for change in given.changes if change.table == "corrections"]
    assert "iso3=WLD; year=2009; " in added.new
    assert all("=" in part for part in added.new.split("; ")[1:3])
    next(button for button in app.button if button.label == "Leave it out").click().run()
    assert desk_page.ANSWER not in app.session_state


def test_every_row_has_a_key_that_names_it_alone():
    base = live.latest()
    for name in ("casualties", "editions", "treaty_actions", "obligation_findings"):
        rows = mending.rows(base, name)
        for one in rows[:: max(1, len(rows) // 20)]:
            column = next(column for column in mending.columns(base.description.tables[name]) if one.cells[column] and column not in base.description.tables[name].primary_key)
            made = mending.correction(base, name, one.line, column, "x", {})
            found = corrections.Correction(2, *(made.get(field, "") for field in "id table_name row_key column_name".split()), *[""] * 8)
            assert corrections._conditions(found, base.description.tables[name])
            wanted = corrections._conditions(found, base.description.tables[name])
            names = [field.name for field in base.description.tables[name].fields]
            fitting = [row for row in base.checked.rows[name] if all(row[names.index(key) + 1] == value for key, value in wanted.items())]
            assert [row[0] for row in fitting] == [one.line]


@pytest.mark.long
def test_what_was_dropped_is_still_there_after_a_look_at_the_draft_and_its_version_is_told():
    app = run_page("data_desk.py")
    app.file_uploader(key="desk_files").set_value(("casualties.csv", as_csv(casualties(count="101")), "text/csv"))
    app.run()
    given = app.session_state[desk_page.ANSWER][1]
    assert any(given.version in text.value for text in app.markdown) and given.version != live.latest().fingerprint
    app.button("desk_ready").click().run()
    assert any("The tests will find nothing" in text.value for text in app.markdown)
    next(box for box in app.text_input if box.key == "desk_why casualties").input("Read again").run()
    again = run_page("data_desk.py", session={key: app.session_state[key] for key in ("_desk_kept",)})  # as after another page
    assert any("casualties.csv" in text.value and "Still here" in text.value for text in again.text)
    assert again.session_state[desk_page.ANSWER][1].version == given.version
    assert next(box for box in again.text_input if box.key == "desk_why casualties").value == "Read again"
    next(button for button in again.button if button.key == "desk_put_away").click().run()
    assert desk_page.ANSWER not in again.session_state


def test_nothing_that_was_refused_is_kept():
    app = run_page("data_desk.py")
    app.file_uploader(key="desk_files").set_value(("casualties.csv", as_csv(casualties(count="many")), "text/csv"))
    app.run()
    assert app.session_state[desk_page.ANSWER][1].problems and not app.session_state["_desk_kept"].files


@pytest.mark.long
def test_another_day_for_the_data_is_set_at_the_desk():
    app = run_page("data_desk.py")
    box = next(each for each in app.date_input if each.key.startswith("desk_as_of"))
    box.set_value(date(2026, 11, 1)).run()
    given = app.session_state[desk_page.ANSWER][1]
    assert str(given.draft.as_of) == "2026-11-01" and not given.changes
    assert any("1 November 2026" in text.value for text in app.markdown)
    with zipfile.ZipFile(io.BytesIO(desk.parcel(given))) as parcel:
        assert b'"as_of": "2026-11-01"' in parcel.read("data/datapackage.json")
