"""Open two states of the data, wherever they stand, and say what differs between them.

A state is a folder of CSV files, a ZIP of one (a release), or a single CSV or workbook
file that takes the place of its table in the project's data.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dialogue.change import difference, impact, report
from dialogue.change.difference import Change, Words
from dialogue.change.impact import FigureChange
from dialogue.snapshot import store
from dialogue.tables import check, package
from dialogue.tables.rows import Checked
from dialogue.words.i18n import _, commas

MEMBER = re.compile(r"[a-z0-9_]+\.csv|datapackage\.json")
MEMBERS = 300  # files in a ZIP
ZIPPED = 100_000_000  # bytes of a ZIP
UNZIPPED = 200_000_000  # bytes of its files together


class Trouble(Exception):
    """A state that cannot be compared; one sentence says why."""


@dataclass(frozen=True)
class State:
    """Sound rows, and their snapshot, or None where the queries of this version do not fit them."""

    checked: Checked
    snapshot: store.Snapshot | None


@dataclass(frozen=True)
class Comparison:
    """What differs; `figures` is None where they could not be compared."""

    changes: list[Change]
    figures: list[FigureChange] | None
    words: Words


def compare(old: Path, new: Path, data: Path = package.DATA) -> Comparison:
    """Compare two states; a single file is read as a table of `data`. Raises Trouble."""
    was, now = opened(old, data), opened(new, data)
    changes = difference.rows(
        now.checked.description, was.checked.rows, now.checked.rows, was.checked.description
    )
    words = Words(now.checked, now.checked.description).also(was.checked, was.checked.description)
    figures = None
    if was.snapshot and now.snapshot:
        figures = impact.figures(was.snapshot, now.snapshot)
    return Comparison(changes, figures, words)


def opened(path: Path, data: Path) -> State:
    """Read and check one state. Raises Trouble where it is missing or faulty."""
    path = Path(path)
    if path.is_dir():
        return _folder(path, path)
    if not path.is_file():
        raise Trouble(_("there is no file or folder {path}").format(path=path))
    if path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory() as folder:
            unpack(path, Path(folder))
            return _folder(Path(folder), path)
    from dialogue.intake import incoming, questions  # with their spreadsheet reader, for files only

    # nothing is taken over here: what is lost is told as a difference, and only new rows are additions
    judged = incoming.judge(
        path.read_bytes(), path.name, Path(data), answered=lambda one: one.kind != questions.ADDS
    )
    found = [*judged.problems, *judged.standing]
    if found or judged.checked is None:
        raise _faulty(path, found)
    return State(judged.checked, store.snapshot(judged.checked, path.name))


def _folder(folder: Path, path: Path) -> State:
    try:
        checked = check.check(folder)
        if not checked.problems:
            return State(checked, store.snapshot(checked, store.fingerprint(folder)))
    except duckdb.Error:  # tables of an earlier version, which today's queries do not fit
        checked = check.read(folder)
    if checked.problems:
        raise _faulty(path, checked.problems)
    return State(checked, None)


def _faulty(path: Path, problems: list) -> Trouble:
    told = _("{path} has {n} problems; the first: {problem}")
    if len(problems) == 1:
        told = _("{path} has a problem: {problem}")
    return Trouble(told.format(path=path, n=len(problems), problem=problems[0]))


def unpack(path: Path, folder: Path) -> None:
    """Write the tables and the description of a ZIP into a folder; nothing else, and not too much. Raises Trouble."""
    refused = _("{path} is not an archive of the data: {why}")
    try:
        if path.stat().st_size > ZIPPED:
            raise Trouble(refused.format(path=path, why=_("it is too large")))
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS:
                raise Trouble(refused.format(path=path, why=_("it holds too many files")))
            left = UNZIPPED
            for member in members:
                # only plain names: no member can reach another folder
                if not MEMBER.fullmatch(member.filename):
                    continue
                with archive.open(member) as file:
                    content = file.read(left + 1)  # whatever size the archive claims
                left -= len(content)
                if left < 0:
                    raise Trouble(refused.format(path=path, why=_("its files are too large")))
                (folder / member.filename).write_bytes(content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Trouble(refused.format(path=path, why=error)) from error


def lines(found: Comparison) -> Iterator[str]:
    """The comparison in words, for a terminal."""
    if not found.changes and not found.figures:
        yield _("The same: no row and no figure differs.")
        return
    yield difference.summary(found.changes)
    for table, changes in difference.by_table(found.changes).items():
        yield ""
        yield f"{found.words.table(table)}:"
        yield from (
            f"  {difference.sentence(change, found.words)}" for change in changes[: report.LISTED]
        )
        if len(changes) > report.LISTED:
            yield "  " + impact.more(len(changes) - report.LISTED)
    yield ""
    if found.figures is None:
        yield _(
            "The figures cannot be compared: the tables of one side do not fit the queries of this version."
        )
        return
    yield _("Figures that change:") if found.figures else _("No figure changes.")
    for each in impact.told(found.figures, found.words):
        pages = commas(impact.page_titles(each.pages)) or _("only on the command line")
        yield f"  {each.question} ({pages})"
        yield from (f"    {line}" for line in each.lines)
        if each.more:
            yield "    " + impact.more(each.more)
