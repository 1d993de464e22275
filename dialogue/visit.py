"""Which data a visitor sees: those of the server, an earlier release, or a draft of their own."""

import functools
import hashlib
import html
import weakref

import streamlit as st

from dialogue import live, release, store, write
from dialogue.check import Checked
from dialogue.i18n import _, day
from dialogue.store import Snapshot

DRAFT = "_draft"
RELEASE = "_release"
DRAFTS = 12  # drafts that a server holds at once; each takes some memory
_drafts: "weakref.WeakSet[Snapshot]" = weakref.WeakSet()


class Full(Exception):
    """The server holds as many drafts as it can."""


def draft(checked: Checked) -> Snapshot:
    """A snapshot of rows that are sound but not published; it lives as long as somebody holds it.

    Raises Full when too many are held.
    """
    if len(_drafts) >= DRAFTS:
        raise Full
    digest = hashlib.sha256()
    for name, table in checked.description.tables.items():
        digest.update(write.table(table, checked.rows[name]).encode())
    made = store.snapshot(checked, f"draft-{digest.hexdigest()[:6]}", kind="draft")
    _drafts.add(made)
    return made


def start(shown: Snapshot) -> None:
    """Show this draft to this visitor alone, until `stop` or until the page is closed."""
    st.session_state[DRAFT] = shown


def stop() -> None:
    """Back to the data of the server (for a button's `on_click`)."""
    st.session_state.pop(DRAFT, None)
    st.session_state.pop(RELEASE, None)
    st.query_params.pop("release", None)


def drafting() -> Snapshot | None:
    """The draft this visitor looks at, or None."""
    return st.session_state.get(DRAFT)


def choose() -> tuple[Snapshot, str]:
    """Pin the snapshot of the page that is about to be drawn.

    Returns it with a note for the reader, "" where there is nothing to say.
    """
    shown, note = live.latest(), ""
    asked = st.query_params.get("release")
    if asked is not None:
        st.session_state[RELEASE] = asked
    asked = st.session_state.get(RELEASE)
    if drafting() is not None:
        shown = drafting()
    elif asked and not shown.problems and asked != released(shown):
        try:
            shown = _earlier(asked)
        except release.Unknown as error:
            st.session_state.pop(RELEASE)
            note = str(error)
    if not (note or asked or drafting()) and not shown.problems:
        note = _other_version(shown)
    store.pin(shown)
    return shown, note


def released(shown: Snapshot) -> str | None:
    """The release that a snapshot equals, or None."""
    if shown.kind == "current" and not shown.problems:
        return shown.keep("release", lambda: release.current(store.data_folder()))
    return shown.release


@functools.lru_cache(maxsize=2)
def _earlier(name: str) -> Snapshot:
    return release.load(store.data_folder(), name)


def _other_version(shown: Snapshot) -> str:
    """What to tell a reader whose link was copied from other data, on the first page they see."""
    copied = st.query_params.get("data", "")
    if not copied.isalnum() or len(copied) != 8 or st.session_state.setdefault("_copied", copied) != copied:
        return ""
    if shown.fingerprint.startswith(copied):
        return ""
    return _(
        "This link was copied when the data version was {copied}; the figures here are of version {shown}. "
        "What changed is listed under “What changed”."
    ).format(copied=copied, shown=shown.fingerprint[:8])


def banner(shown: Snapshot, note: str) -> None:
    """Mark a draft or an earlier release at the head of every page; say a note."""
    if note:
        with st.container(border=True, key="va-note-data"):
            st.text(note)
    if shown.kind == "current":
        return
    if shown.kind == "draft":
        mark = _("Draft")
        text = _("Only you see these figures, until you leave the draft or close this page. Move between pages with the menu.")
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
