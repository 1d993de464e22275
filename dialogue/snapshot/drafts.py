"""Drafts: data that are sound but not published, each seen by one visitor alone."""

import weakref
from collections.abc import Mapping

from dialogue.snapshot import live, store
from dialogue.snapshot.store import Snapshot
from dialogue.tables import write
from dialogue.tables.rows import Checked

MARK = "draft-"  # before the version that visitors will see once it is published
DRAFTS = 12  # drafts that a server holds at once; each takes some memory
_drafts: "weakref.WeakSet[Snapshot]" = weakref.WeakSet()


class Full(Exception):
    """The server holds as many drafts as it can."""


def make(checked: Checked, files: Mapping[str, bytes] | None = None) -> Snapshot:
    """A snapshot of rows that are sound but not published; it lives as long as somebody holds it.

    `files` are the files as they will stand once it is published: they give the version to wait for.
    Without them they are written anew from the rows.
    Raises Full when too many are held.
    """
    if len(_drafts) >= DRAFTS:
        raise Full
    if files is None:
        tables = checked.description.tables.items()
        files = {table.file: write.table(table, checked.rows[name]).encode() for name, table in tables}
    made = store.snapshot(
        checked, f"{MARK}{store.version(files)}", kind="draft", files=files, withdrawals=live.withdrawals()
    )
    _drafts.add(made)
    return made
