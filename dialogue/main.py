"""The frame around every page; Streamlit runs this script for each visitor."""

import logging
from collections.abc import Iterable
from html import escape

import streamlit as st

from dialogue import navigation
from dialogue.present import light
from dialogue.screen import failure, search_page, style, visit, window
from dialogue.snapshot import store
from dialogue.views.addresses import ROOT, STATIC, for_reader
from dialogue.words.i18n import _, day


def problems(found: Iterable[object]) -> None:
    """List for the coordinator what is wrong in the data, as plain text."""
    listed = [str(problem) for problem in found]
    st.title(_("The data need a correction"))
    st.write(
        _(
            "No figures are shown, because a check of the data files found the problems "
            "below. Correct the files, wait a few seconds and load this page again; "
            "`python -m dialogue check` prints the same list."
        )
    )
    # st.code shows text exactly as it is, whatever a broken cell contains.
    st.code("\n".join(listed), language=None, wrap_lines=True)


def missing(found: Iterable[object]) -> None:
    """Name the optional tables whose file is absent; the pages show what is left."""
    listed = [str(problem) for problem in found]
    if listed:
        with st.container(border=True, key="va-missing"):
            st.text(_("Some data are missing, so parts of these pages are empty:") + "\n" + "\n".join(listed))


def footer(snapshot: store.Snapshot, path: str) -> None:
    """Draw what holds for every page: data version, method, terms, contact, the light edition of the page."""
    version = _("Data as of {date}, version {version}").format(
        date=day(snapshot.as_of), version=snapshot.fingerprint
    )
    if snapshot.treaties_as_of != snapshot.as_of:
        version += " · " + _("treaties as listed on {date}").format(date=day(snapshot.treaties_as_of))
    released = visit.released(snapshot)
    if released:
        version += " · " + _("release {name}").format(name=released)
    links = navigation.footer(bool(snapshot.description and snapshot.description.contact))
    if snapshot.kind == "draft":  # only its owner sees it
        plainly = ""
    else:
        light_page = for_reader(f"light/{path if path in light.PAGES else ''}")
        plainly = f'<li><a href="{escape(light_page)}">{escape(_("Light edition"))}</a></li>'
    # Plain links, because st.page_link cannot lead to a place within a page.
    listed = "".join(
        f'<li><a href="sources?section={place}" target="_self">{label}</a></li>'
        for place, label in links.items()
    )
    st.html(f'<footer class="va-footer"><ul><li>{escape(version)}</li>{listed}{plainly}</ul></footer>')


def main() -> None:
    """Draw one page in its frame."""
    visit.begin()
    style.css()
    folder = ROOT / "pages"
    pages = {
        entry.path: st.Page(
            folder / entry.script,
            title=entry.title,
            url_path=entry.path or None,
            default=not entry.path,
        )
        for entries in navigation.sections().values()
        for entry in entries
    }
    menu = {
        heading: [pages[entry.path] for entry in entries]
        for heading, entries in navigation.sections().items()
    }
    page = st.navigation(menu, position="top")
    # Only now: a browser that tells its width before it knows which page this is asks for the first page instead.
    window.watch()
    st.set_page_config(page_title=navigation.title(page.title), page_icon=STATIC / "icon.svg", layout="wide")
    snapshot, note = visit.choose()
    visit.banner(snapshot, note)
    if snapshot.problems:
        problems(snapshot.problems)
    else:
        if "search" in pages:
            search_page.link(pages["search"])
        missing(snapshot.missing)
        try:
            page.run()
        except Exception as error:
            # Not left to the server's handler, so that the footer still follows.
            logging.getLogger(__name__).exception("A page failed: %s", page.url_path or "overview")
            failure.show(error)
    footer(snapshot, page.url_path)


main()
