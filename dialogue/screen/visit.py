"""Which data a visitor sees: those of the server, an earlier release, or a draft of their own."""

import functools
import html
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dialogue.screen import address, window
from dialogue.snapshot import live, reader, release, store
from dialogue.snapshot.reader import Reader
from dialogue.snapshot.store import Snapshot
from dialogue.words import languages
from dialogue.words.i18n import _, day

DRAFT = "_draft"
RELEASE = "_release"
READER = "_reader"  # for whom the page was drawn


def start(shown: Snapshot) -> None:
    """Show this draft to this visitor alone, until `stop` or until the page is closed."""
    st.session_state[DRAFT] = shown


def stop() -> None:
    """Back to the data of the server (for a button's `on_click`)."""
    st.session_state.pop(DRAFT, None)
    st.session_state.pop(RELEASE, None)
    for name in ("release", "draft"):
        st.query_params.pop(name, None)


def drafting() -> Snapshot | None:
    """The draft this visitor looks at, or None."""
    return st.session_state.get(DRAFT)


def begin() -> None:
    """Say for whom this run draws: the visitor's language, colours and width, and the data of the server for now."""
    language = languages.of(address.language(), st.context.headers.get("Accept-Language"))
    reader.use(Reader(live.latest(), language, window.mode(), window.width()))


def part(draw: Callable | None = None, *, every: float | None = None) -> Callable:
    """A part of a page that is drawn again by itself (`st.fragment`), for the reader for whom the page was drawn.

    `every`: after so many seconds, again and again.
    """
    if draw is None:
        return functools.partial(part, every=every)

    @functools.wraps(draw)
    def drawn(*args, **kwargs):
        if READER in st.session_state:
            reader.use(st.session_state[READER])
        return draw(*args, **kwargs)

    return st.fragment(drawn, run_every=every)


def choose() -> tuple[Snapshot, str]:
    """Pin the snapshot of the page that is about to be drawn.

    Returns it with a note for the reader, "" where there is nothing to say.
    """
    shown, note = live.latest(), ""
    asked = address.plain("release")
    if asked is not None:
        st.session_state[RELEASE] = asked
    asked = st.session_state.get(RELEASE)
    if drafting() is not None and drafting().withdrawals != live.withdrawals():
        stop()
        note = _("The draft was ended: since it was made a State has withdrawn its consent to an answer. Drop the files again on the data desk.")
    elif drafting() is not None:
        shown = drafting()
    elif asked and not shown.problems and asked != released(shown):
        try:
            shown = release.of_server(asked, shown.fingerprint)
        except release.Unknown as error:
            st.session_state.pop(RELEASE)
            note = str(error)
    if not (note or drafting()) and address.plain("draft") is not None:
        note = _("The draft has been left: it was kept in one window, until that page was closed or loaded again. These are the figures of the server.")
    if not (note or asked or drafting()) and not shown.problems:
        note = _other_version(shown)
    held = replace(reader.current(), snapshot=shown)
    st.session_state[READER] = held
    reader.use(held)
    return shown, note


def released(shown: Snapshot) -> str | None:
    """The release that a snapshot equals, or None."""
    if shown.kind == "current" and not shown.problems:
        return shown.keep("release", lambda: release.current(store.data_folder(), shown.fingerprint))
    return shown.release


def _other_version(shown: Snapshot) -> str:
    """What to tell a reader whose address was copied from other data, until they choose something."""
    copied = address.plain("data") or ""
    if not copied.isalnum() or not 8 <= len(copied) <= len(shown.fingerprint):  # links once held eight signs of the twelve
        return ""
    if shown.fingerprint.startswith(copied):
        return ""
    return _(
        "This link was copied when the data version was {copied}; the figures here are of version {shown}. "
        "What changed is listed under “What changed”."
    ).format(copied=copied, shown=shown.fingerprint)


def banner(shown: Snapshot, note: str) -> None:
    """Mark a draft or an earlier release at the head of every page; say a note."""
    if note:
        with st.container(border=True, key="va-note-data"):
            st.text(note)
    if shown.kind == "current":
        return
    if shown.kind == "draft":
        mark = _("Draft")
        text = _("Only you see these figures, until you leave the draft or close this page. Reload or a new window leaves the draft.")
        leave = _("Leave the draft")
    else:
        mark = _("Earlier release")
        text = _("You see the figures as released on {date}. They can be read, not changed, and may have been corrected since.").format(
            date=day(shown.release[:10])
        )
        leave = _("Show the present figures")
    with st.container(horizontal=True, vertical_alignment="center", key="va-banner"):
        st.html(f'<p class="va-mode" role="status"><strong>{html.escape(mark)}</strong> {html.escape(text)}</p>')
        st.button(leave, key="leave", on_click=stop)
