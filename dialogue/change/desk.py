"""The data desk: what files from a spreadsheet program would change, before anybody else sees it.

Nothing here writes: files are read, judged together with all other tables as
`check.check` judges them everywhere, and compared with the data on the server.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from dialogue.change import difference, impact, report, reviewed
from dialogue.change.difference import Change, Words
from dialogue.change.impact import FigureChange
from dialogue.intake import doubts, incoming
from dialogue.intake.incoming import Incoming
from dialogue.intake.questions import Question
from dialogue.intake.report import Note
from dialogue.snapshot import drafts, live, store
from dialogue.snapshot.store import Snapshot
from dialogue.tables import check, write, zipped
from dialogue.tables.rows import Problem, shorten


@dataclass(frozen=True)
class Answer:
    """What the desk says of the files it was given.

    `problems` is empty when they can be taken; only then `changes` to the tables and the
    `draft` that shows them are worked out. `base` is the snapshot they were compared with.
    `asked` are questions about them, `open` those not answered with yes: until then nothing is to be published,
    and where it is not known which rows are meant, nothing else is judged.
    """

    files: tuple[Incoming, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    words: Words
    base: Snapshot
    draft: Snapshot | None
    asked: tuple[Question, ...] = ()
    open: tuple[Question, ...] = ()

    @cached_property
    def figures(self) -> tuple[FigureChange, ...]:
        """The figures on the pages that change; asked for after the rest, because every query is run twice."""
        return tuple(impact.figures(self.base, self.draft)) if self.changes else ()

    @property
    def tables(self) -> list[str]:
        """The tables the files were read as."""
        return [file.table.name for file in self.files if file.table]


def answer(
    files: Sequence[tuple[str, bytes]], chosen: str | None = None, confirmed: Container[str] = ()
) -> Answer:
    """Judge files (name, content) together, as they would stand on the server.

    `chosen` is the table meant where a file does not tell by itself; of two files of one table the
    later counts. `confirmed` are the keys of questions that are answered with yes.
    Raises drafts.Full when the server holds too many drafts.
    """
    base = live.latest()
    description = base.description
    read = _latest(
        [incoming.read(content, name, description, None, base.checked, chosen) for name, content in files]
    )
    words = Words(base.checked, description)
    problems = [problem for file in read for problem in file.problems]
    if not all(file.table for file in read):
        return Answer(read, tuple(problems), (), words, base, None)
    asked: dict[str, Question] = {}

    def answered(question: Question) -> bool:
        asked[question.key] = question
        return question.key in confirmed

    left = [one for file in read if file.rows or file.good for one in incoming.settle(file, base.checked, answered)]
    if left:
        return Answer(read, tuple(problems), (), words, base, None, tuple(asked.values()), tuple(left))
    # The tables on screen, not the files in the folder: those may be faulty or half copied just now.
    instead = {name: (rows, []) for name, rows in base.checked.rows.items()}
    instead |= {file.table.name: (file.rows, file.problems) for file in read}
    checked = check.check(store.data_folder(), instead=instead)
    if checked.problems:
        return Answer(read, tuple(checked.problems), (), words, base, None, tuple(asked.values()))
    words = Words(checked, description).also(base.checked, description)
    changes = difference.rows(description, base.checked.rows, checked.rows)
    draft = drafts.make(checked, {**base.files, **{file.table.file: cleaned(file) for file in read}})
    left = [one for one in doubts.of(description, base.checked.rows, checked.rows) if not answered(one)]
    return Answer(read, (), tuple(changes), words, base, draft, tuple(asked.values()), tuple(left))


def _latest(read: Sequence[Incoming]) -> tuple[Incoming, ...]:
    """The files of which none holds the table of a later one."""
    found: dict[str, Incoming] = {}
    for at, file in enumerate(read):
        place = file.table.name if file.table else f"file {at}"
        earlier = found.pop(place, None)
        if earlier:
            file.notes.insert(0, Note(0, "", f"{earlier.name}, dropped before, holds the same table; this file takes its place"))
        found[place] = file
    return tuple(found.values())


def cleaned(file: Incoming) -> bytes:
    """A file in the form in which it belongs into the repository."""
    return write.table(file.table, file.rows).encode("utf-8")


def parcel(given: Answer) -> bytes:
    """Everything that belongs into the repository as a ZIP: cleaned tables, and the reviewed results they change."""
    files = {f"data/{file.table.file}": cleaned(file) for file in given.files}
    files |= {name: text.encode() for name, text in reviewed.changed(given.base, given.draft).items()}
    files |= {"commit-message.txt": commit_message(given).encode(), "change-note.md": change_note(given).encode()}
    return zipped.pack(files)


def commit_message(given: Answer) -> str:
    """What to write when the change is committed."""
    parts = difference.by_table(given.changes)
    if len(parts) == 1:
        ((table, changes),) = parts.items()
        return report.commit_message(table, changes, given.words)
    body = [report.commit_message(table, changes, given.words) for table, changes in parts.items()]
    return "\n".join([shorten("Update " + ", ".join(parts), 72), "", *body])


def change_note(given: Answer) -> str:
    """The whole change in Markdown, for a pull request."""
    return report.markdown(given.changes, given.words, given.figures)


