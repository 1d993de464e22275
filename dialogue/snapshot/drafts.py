"""Drafts: data that are sound but not published, each seen by one visitor alone."""

import hashlib
import weakref

from dialogue.snapshot import store
from dialogue.snapshot.store import Snapshot
from dialogue.tables import write
from dialogue.tables.rows import Checked

DRAFTS = 12  # drafts that a server holds at once; each takes some memory
_drafts: "weakref.WeakSet[Snapshot]" = weakref.WeakSet()


class Full(Exception):
    """The server holds as many drafts as it can."""


def make(checked: Checked) -> Snapshot:
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
