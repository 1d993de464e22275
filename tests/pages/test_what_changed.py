"""The page What changed: what a visitor finds there before, at and after the first release."""

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dialogue.change import new_release
from dialogue.snapshot import live, release, store
from dialogue.tables import package
from tests.browser import open_page
from tests.support import SOUND, append, body, read, run_page, unreleased

HOSTILE = "<img src=x onerror=alert(1)> *a*"
OLD, NEW = "2026-11-01", "2026-11-02"


def show(monkeypatch, folder: Path, snapshot: store.Snapshot | None = None) -> None:
    """Let this process show another folder, as a server would."""
    monkeypatch.setenv("DIALOGUE_DATA", str(folder))
    monkeypatch.setattr(live, "_latest", snapshot or store.load(folder))


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> tuple[Path, store.Snapshot]:
    """A folder with two releases, read once."""
    folder = released(tmp_path_factory.mktemp("two"))
    return folder, store.load(folder)


def released(place: Path, *, second: bool = True) -> Path:
    """A folder with one release, and a second one that changed 30 figures and a row."""
    folder = unreleased(place)
    both = {"made_by": "Coordinators", "table_count": 49, "row_count": 6000, "data_version": "0" * 12}
    append(folder, "releases", **both, release=OLD, date=OLD, why="First compilation")
    append(
        folder, "changes", release=OLD, number=1, kind="first", what="First release", why="First compilation"
    )
    if second:
        append(
            folder,
            "releases",
            **both,
            release=NEW,
            date=NEW,
            why="New edition",
            rows_changed=1,
            figures_changed=30,
        )
        told = {
            "release": NEW,
            "change": "changed",
            "table_names": "casualties",
            "why": "New edition.",
            "before": 12,
            "after": 15,
        }
        source = {
            "source_ids": "cmm-2019-cluster-munition-casualties",
            "said_by": "Cluster Munition Monitor 2019",
        }
        for n in range(1, 31):
            iso3 = "LAO" if n <= 3 else "IRQ"
            what = f"Figure {n}" if n > 1 else HOSTILE
            append(
                folder,
                "changes",
                **told,
                **source,
                number=n,
                kind="figure",
                iso3=iso3,
                what=what,
                question="How many?",
                pages="states",
            )
        append(
            folder,
            "changes",
            **told,
            number=31,
            kind="row",
            iso3="LAO",
            what="Casualties: Lao row",
            said_by="A person",
        )
        # left by a release that was interrupted: it is listed nowhere
        append(
            folder,
            "changes",
            **{**told, "release": "2026-11-03"},
            number=1,
            kind="figure",
            iso3="LBN",
            what="Ghost",
        )
    append(folder, "corrections", **SOUND)
    return folder


def shown(app) -> str:
    return html.unescape(body(app))


def finding(app) -> str:
    return shown(app).partition('va-page">')[2].partition("</h1>")[0]


def test_before_the_first_release_the_page_says_so(tmp_path, monkeypatch):
    show(monkeypatch, unreleased(tmp_path))
    app = run_page("what_changed.py")
    assert finding(app) == "No release has been made yet" and not app.selectbox
    assert "No figure shown is a correction of a misprint" in shown(app)


@pytest.mark.long
def test_the_first_release_is_a_finding_without_filters(tmp_path, monkeypatch):
    show(monkeypatch, released(tmp_path, second=False))
    app = run_page("what_changed.py")
    assert finding(app) == "Release of 1 November 2026: first release, 49 tables with 6,000 rows"
    assert not app.selectbox and "1 misprint of a source is shown corrected" in shown(app)
    assert "Its archive is not on this server." in shown(app)


@pytest.mark.long
def test_changes_are_listed_by_release_state_and_kind(two, monkeypatch):
    show(monkeypatch, *two)
    monkeypatch.setattr(release, "names", lambda _folder: [NEW, OLD])
    app = run_page("what_changed.py")
    assert finding(app) == "Latest release, 2 November 2026: 30 figures changed"
    text = shown(app)
    assert text.count('<td role="cell" data-name="From">12</td>') == 10  # the first page of three
    assert html.escape(HOSTILE, quote=False) in body(app)
    assert 'href="states?state=LAO"' in text and f'href="./?release={OLD}"' in text
    assert "archives2.the-monitor.org" in text and "Ghost" not in text
    app = run_page("what_changed.py", of=NEW, state="LAO", view="figures")
    assert finding(app).endswith("30 figures changed, 3 of them for the Lao People's Democratic Republic")
    assert shown(app).count('data-name="From"') == 3
    app = run_page("what_changed.py", state="LAO", view="tables")
    assert finding(app) == "1 change in the tables for the Lao People's Democratic Republic, in 1 release"
    assert "Casualties: Lao row" in shown(app) and "A person" in shown(app)


@pytest.mark.parametrize("address", [{"of": "2020-01-01"}, {"state": "XXX"}, {"view": "all"}, {"page": "x"}])
def test_a_bad_address_is_noted_and_everything_is_shown(two, monkeypatch, address):
    show(monkeypatch, *two)
    app = run_page("what_changed.py", **address)
    ((name, value),) = address.items()
    assert f"{name}={value}" in app.text[0].value
    assert "30 figures changed" in finding(app)


def test_the_project_s_own_list_holds_together():
    """Once there is a release: what is listed belongs to one, and its archive is there."""
    listed = [row["release"] for row in read("releases")]
    assert {row["release"] for row in read("changes")} <= set(listed)
    assert set(release.names(package.DATA)) == set(listed)


def test_a_visitor_looks_at_an_earlier_release_and_comes_back(browser, serve, tmp_path):
    folder = unreleased(tmp_path)
    new_release.publish(new_release.prepare(folder, "Test", "First compilation"))
    (name,) = release.names(folder)
    append(folder, "corrections", **SOUND)  # not released yet
    with serve(DIALOGUE_DATA=str(folder)) as server:
        visit = open_page(browser, server, "/what-changed")
        page = visit.page
        expect(page.get_by_text("not in a release yet")).to_be_visible()
        expect(page.get_by_text("951", exact=True)).to_be_visible()
        page.get_by_role("link", name="Look at the release of").click()
        expect(page.get_by_role("status").filter(has_text="Earlier release")).to_be_visible()
        version = release.listed(folder)[0]["data_version"]
        page.locator(".va-footer").get_by_role("link", name="Method").click()  # the release rides on, in the address and below
        expect(page).to_have_url(re.compile(f"sources.*release={name}"))
        expect(page.locator(".va-footer")).to_contain_text(f"version {version}")
        page.get_by_role("button", name="Show the present figures").click()
        expect(page.get_by_text("Earlier release")).to_have_count(0)
        assert name not in page.url
        visit.close()
