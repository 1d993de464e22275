"""The data desk: what files from a spreadsheet program would change, before anybody else sees it.

Nothing here writes: files are read, judged together with all other tables as
`check.check` judges them everywhere, and compared with the data on the server.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dialogue.change import difference, impact, proposals, reasons, report, reviewed
from dialogue.change.difference import Change, Words
from dialogue.change.impact import FigureChange
from dialogue.change.reasons import Reason
from dialogue.intake import doubts, incoming, questionnaire
from dialogue.intake.incoming import Incoming
from dialogue.intake.questions import Answered, Question
from dialogue.intake.report import Note
from dialogue.snapshot import drafts, live, store
from dialogue.snapshot.store import Snapshot
from dialogue.tables import answers, check, package, write, zipped
from dialogue.tables.rows import Problem, shorten
from dialogue.words.i18n import _

PARCEL = "parcel.json"  # in the ZIP: what the command publish needs to know of it


@dataclass(frozen=True)
class Answer:
    """What the desk says of the files it was given.

    `problems` is empty when they can be taken; only then `changes` to the tables and the
    `draft` that shows them are worked out. `base` is the snapshot they were compared with.
    `asked` are questions about them, `open` those not answered with yes: until then nothing is to be published,
    and where it is not known which rows are meant, nothing else is judged.
    `forms` are questionnaires among the files, of which only what may be published is left.
    """

    files: tuple[Incoming, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    words: Words
    base: Snapshot
    draft: Snapshot | None
    asked: tuple[Question, ...] = ()
    open: tuple[Question, ...] = ()
    forms: tuple[questionnaire.Form, ...] = ()

    @cached_property
    def proposals(self) -> list[questionnaire.Proposal]:
        """What States say of single entries and agree to see published: no row of any table before somebody has coded it."""
        return [each for form in self.forms for each in form.proposals]

    @cached_property
    def figures(self) -> tuple[FigureChange, ...]:
        """The figures on the pages that change; asked for after the rest, because every query is run twice."""
        return tuple(impact.figures(self.base, self.draft)) if self.differs else ()

    @property
    def another_day(self) -> bool:
        """Whether the data would speak for another day."""
        return self.draft is not None and self.draft.description.days != self.base.description.days

    @property
    def differs(self) -> bool:
        """Whether anything would change."""
        return bool(self.changes) or self.another_day

    @property
    def version(self) -> str:
        """The data version that visitors will see once this is published."""
        return self.draft.fingerprint.removeprefix(drafts.MARK)

    @property
    def tables(self) -> list[str]:
        """The tables the files were read as."""
        return [file.table.name for file in self.files if file.table]


def answer(
    files: Sequence[tuple[str, bytes]], chosen: str | None = None, answered: Answered = lambda _question: False,
    days: package.Days | None = None, base: Snapshot | None = None,
) -> Answer:  # fmt: skip
    """Judge files (name, content) together, as they would stand on the server.

    `chosen` is the table meant where a file does not tell by itself; of two files of one table the
    later counts. `answered` says which questions are answered with yes. `days` are those for which the
    data are to speak, where they become others. `base` are the data with which they are compared, those of
    the server if left out. Raises drafts.Full when the server holds too many drafts.
    """
    base = base or live.latest()
    description = base.description
    is_form = [questionnaire.is_form(content) for _name, content in files]
    forms = tuple(questionnaire.read(content, name, description, base.checked) for (name, content), form in zip(files, is_form, strict=True) if form)
    read = _latest(
        [incoming.read(content, name, description, None, base.checked, chosen) for (name, content), form in zip(files, is_form, strict=True) if not form]
    )
    read = _with_forms(read, forms, base)
    return replace(_judged(read, answered, days, base), forms=forms)


def _with_forms(read: tuple[Incoming, ...], forms: Sequence[questionnaire.Form], base: Snapshot) -> tuple[Incoming, ...]:
    """The files as read, and the table of answers with what the questionnaires add to it."""
    table = base.description.tables[answers.TABLE]
    given = [file for file in read if file.table is table]
    found = questionnaire.merged(forms, base.description, given[0].rows if given else base.checked.rows.get(answers.TABLE, []))
    if found is None:
        return read
    for file in given:
        found.name, found.problems, found.notes = f"{file.name}, {found.name}", [*file.problems, *found.problems], [*file.notes, *found.notes]
    return (*(file for file in read if file not in given), found)


def _judged(read: tuple[Incoming, ...], answered: Answered, days: package.Days | None, base: Snapshot) -> Answer:
    """The files judged together; see `answer`."""
    description = base.description
    words = Words(base.checked, description)
    problems = [problem for file in read for problem in file.problems]
    if not all(file.table for file in read):
        return Answer(read, tuple(problems), (), words, base, None)
    asked: dict[str, Question] = {}

    def noted(question: Question) -> bool:
        asked[question.key] = question
        return answered(question)

    left = [one for file in read if file.rows or file.good for one in incoming.settle(file, base.checked, noted)]
    if left:
        return Answer(read, tuple(problems), (), words, base, None, tuple(asked.values()), tuple(left))
    # The tables on screen, not the files in the folder: those may be faulty or half copied just now.
    instead = {name: (rows, []) for name, rows in base.checked.rows.items()}
    instead |= {file.table.name: (file.rows, file.problems) for file in read}
    checked = check.check(store.data_folder(), instead=instead, days=days)
    if checked.problems:
        return Answer(read, tuple(checked.problems), (), words, base, None, tuple(asked.values()))
    words = Words(checked, description).also(base.checked, description)
    changes = difference.rows(description, base.checked.rows, checked.rows)
    files_ = {**base.files, **{file.table.file: cleaned(file) for file in read}}
    if days and days != description.days:
        files_[package.DESCRIPTION] = package.with_days(files_[package.DESCRIPTION], days)
    draft = drafts.make(checked, files_)
    left = [one for one in doubts.of(checked.description, base.checked.rows, checked.rows) if not noted(one)]
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


def parcel(given: Answer, said: Sequence[Reason] = ()) -> bytes:
    """Everything that belongs into the repository, or to whoever runs a server, as a ZIP.

    Cleaned tables, the reviewed results that they change, what to say of it, and `PARCEL`. `said` are reasons of
    single tables and rows.
    """
    files = {f"data/{file.table.file}": cleaned(file) for file in given.files}
    about = {
        "from": given.base.fingerprint, "version": given.version, "days": [given.base.description.days, given.draft.description.days],
        "before": {file.table.file: mark(given.base.files.get(file.table.file, b"")) for file in given.files},
        "reasons": reasons.plain(said),
    }  # fmt: skip
    if given.another_day:
        files[f"data/{package.DESCRIPTION}"] = given.draft.files[package.DESCRIPTION]
    files |= {name: text.encode() for name, text in reviewed.changed(given.base, given.draft).items()}
    files |= {
        "commit-message.txt": commit_message(given, said).encode(), "change-note.md": change_note(given, said).encode(),
        PARCEL: (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode(),
    }  # fmt: skip
    return zipped.pack(files)


def without_forms(files: Sequence[tuple[str, bytes]], given: Answer) -> list[tuple[str, bytes]]:
    """The files to be kept for a later look: a questionnaire may hold what is to be counted only, so the table that came of it stands instead."""
    if not given.forms:
        return list(files)
    kept = [(name, content) for name, content in files if not questionnaire.is_form(content)]
    table = given.base.description.tables[answers.TABLE]
    return [*kept, *((table.file, cleaned(file)) for file in given.files if file.table is table)]


def proposed(given: Answer) -> bytes:
    """What States propose in questionnaires, as a ZIP; see `proposals.packed`."""
    return proposals.packed(given.proposals, given.base.description, given.base.checked)


def mark(content: bytes) -> str:
    """A short sign of a file, the same whatever its line ends: by it a parcel knows the table that it was made from."""
    return hashlib.sha256(content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")).hexdigest()[:16]


def _why(given: Answer, said: Sequence[Reason]) -> list[str]:
    """What is said of the change beside its rows: another day, and the reasons that were given."""
    told = [f"{what}: {old} → {new}" for what, old, new in difference.days(given.base.description, given.draft.description)] if given.draft else []
    return told + [f"{given.words.place(reason.table, reason.row)}: {reason.why}" for reason in said]


def commit_message(given: Answer, said: Sequence[Reason] = ()) -> str:
    """What to write when the change is committed."""
    head = [f"- {line}" for line in _why(given, said)]
    parts = difference.by_table(given.changes)
    if not parts:
        return "\n".join([_("Set the day for which the data speak"), "", *head]) + "\n"
    if len(parts) == 1:
        ((table, changes),) = parts.items()
        subject, _blank, *body = report.commit_message(table, changes, given.words).split("\n")
    else:
        subject = shorten("Update " + ", ".join(parts), 72)
        body = [report.commit_message(table, changes, given.words) for table, changes in parts.items()]
    return "\n".join([subject, "", *([*head, ""] if head else []), *body])


def change_note(given: Answer, said: Sequence[Reason] = ()) -> str:
    """The whole change in Markdown, for a pull request."""
    return report.markdown(given.changes, given.words, given.figures, also=_why(given, said))


