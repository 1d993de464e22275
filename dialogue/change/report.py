"""A change told as a text: Markdown for a pull request, or a commit message."""

import textwrap
from collections import Counter
from collections.abc import Sequence

from dialogue.change import difference, impact
from dialogue.change.difference import ADDED, CHANGED, LONG, REMOVED, Change, Words
from dialogue.tables.rows import CONFIDENTIAL, shorten
from dialogue.words.i18n import _, ngettext

LISTED = 200  # rows of one table that a report lists
TOLD = 50  # sentences in a commit message


def markdown(
    changes: Sequence[Change], words: Words, figures: Sequence | None = None, listed: int = LISTED, also: Sequence[str] = ()
) -> str:
    """The whole report for a pull request: figures that change, then the rows by table.

    `figures` are what `impact.figures` found; None where they could not be compared. `also` is told first.
    """
    lines = ["## " + _("Changes in the data"), "", difference.escape(difference.summary(changes)), ""]
    lines += [*(f"- {difference.escape(line)}" for line in also), *([""] if also else [])]
    if figures is not None:
        lines += ["### " + _("Figures that change"), "", *impact.bullets(figures, words), ""]
    for table, found in difference.by_table(changes).items():
        lines += [
            f"### {difference.escape(words.table(table))} (`{words.description.tables[table].file}`)"
            if table in words.description.tables
            else f"### {difference.escape(table)}",
            "",
        ]
        lines += [
            "| " + " | ".join((_("Row"), _("Change"), _("Old"), _("New"))) + " |",
            "| --- | --- | --- | --- |",
        ]
        lines += ["| " + " | ".join(map(difference.escape, _cells(change, words))) + " |" for change in found[:listed]]
        if len(found) > listed:
            lines += ["", _more(len(found) - listed)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _cells(change: Change, words: Words) -> tuple[str, str, str, str]:
    if not change.key:
        return difference.sentence(change, words), change.kind, "", ""
    place = difference.where(change, words) + difference.origin(change, words)
    table = words.description.tables.get(change.table)
    if table and table.file in CONFIDENTIAL:
        return place, _("confidential, {kind}").format(kind=change.kind), "", ""
    if change.kind == CHANGED:
        return place, words.column(change.table, change.field), *difference.words_of(change, words)
    says = shorten(difference.reading(change, words, change.of("count_type")), 2 * LONG)
    return (place, _("row added"), "", says) if change.kind == ADDED else (place, _("row removed"), says, "")


def _more(n: int) -> str:
    return ngettext("… and {n} more", "… and {n} more", n).format(n=n)


def commit_message(table: str, changes: Sequence[Change], words: Words) -> str:
    """A ready commit message: a subject of at most 72 characters, then every change in a sentence."""
    number = difference.counts(changes).get(table, Counter())
    says = ", ".join(
        f"{number[kind]} {word}"
        for kind, word in ((ADDED, _("added")), (REMOVED, _("removed")), (CHANGED, _("changed")))
        if number[kind]
    )
    subject = shorten(_("Update {table}: {counts}").format(table=table, counts=says or _("columns")), 72)
    body = [
        textwrap.fill(
            difference.sentence(change, words), 72, initial_indent="- ", subsequent_indent="  ", break_long_words=False
        )
        for change in changes[:TOLD]
    ]
    if len(changes) > TOLD:
        body.append(_more(len(changes) - TOLD))
    return "\n".join([subject, "", *body]).rstrip() + "\n"
