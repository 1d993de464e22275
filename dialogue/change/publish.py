"""The desk's parcel on a server: judged as everywhere, released with its reasons, and put in place at one stroke.

Whoever runs the server calls this from the command line; nothing on the web writes. The
files of the update and those of its release take their places together
(`write.together`), and the running server shows them as it shows any new files.
"""

import io
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dialogue.change import desk, difference, new_release, reasons
from dialogue.change.new_release import Prepared
from dialogue.change.reasons import Reason
from dialogue.change.release_notes import Refused
from dialogue.intake.questions import Answered
from dialogue.snapshot import release, store
from dialogue.snapshot.store import Snapshot
from dialogue.tables import answers, check, package, write, zipped

# A table of the ZIP; whoever packs it again may have put a folder around it.
TABLE = re.compile(r"(?:[^/]+/)?data/([a-z0-9_]+\.csv)")
ABOUT = re.compile(rf"(?:[^/]+/)?{re.escape(desk.PARCEL)}")
PACKED, UNPACKED, ENTRIES = 50_000_000, 100_000_000, 500  # bytes of a parcel, of its files, and how many


@dataclass(frozen=True)
class Parcel:
    """What a ZIP of the desk holds: tables by file name, marks of those that they were made from, the days for which both speak, reasons."""

    tables: Mapping[str, bytes]
    before: Mapping[str, str]
    days: tuple[package.Days, package.Days]
    reasons: object


def unpacked(content: bytes) -> Parcel:
    """Read a ZIP of the desk. Raises Refused for anything else; nothing is written, and no name in it is opened."""
    if len(content) > PACKED:
        raise Refused("the file is too large for a parcel of the data desk")
    tables, about = {}, None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
                raise Refused("the file holds too much for a parcel of the data desk")
            for entry in entries:
                if found := TABLE.fullmatch(entry.filename):
                    tables[found[1]] = packed.read(entry)
                elif ABOUT.fullmatch(entry.filename):
                    about = json.loads(packed.read(entry))
    except zipped.DAMAGED as error:
        raise Refused("the file is no ZIP, or a damaged one; take “Everything (ZIP)” from the data desk again") from error
    except ValueError as error:
        raise Refused(f"{desk.PARCEL} in the ZIP is damaged; take the ZIP from the data desk again") from error
    if not isinstance(about, dict) or not isinstance(about.get("before"), dict):
        raise Refused(f"this is no parcel of the data desk: it holds no {desk.PARCEL}; take “Everything (ZIP)” there")
    try:
        before, after = (package.Days(*days) for days in about["days"])
    except (KeyError, TypeError, ValueError):
        before = after = package.Days("", "")
    if not all(map(package.is_day, (*before, *after))):
        raise Refused(f"{desk.PARCEL} in the ZIP says no day of the calendar for which the data speak; take the ZIP from the data desk again")
    return Parcel(tables, about["before"], (before, after), about.get("reasons") or [])


def standing(folder: Path) -> Snapshot:
    """The data of a folder, whole and released: only then an update has one state from which it starts. Raises Refused."""
    write.finish(folder)  # what was interrupted is decided already
    base = store.load(folder)
    if base.problems:
        raise Refused(
            f"the data in {folder} have {len(base.problems)} problems; the first: {base.problems[0]}. Mend them, or go back "
            "to the last release with publish --undo"
        )
    newest = release.listed(folder)[:1]
    if not newest:
        raise Refused("nothing has been released here yet: first make a release of the data as they stand (release --by … --why …)")
    if newest[0]["data_version"] != base.fingerprint:
        raise Refused(
            f"the data in {folder} (version {base.fingerprint}) are not those of the last release, {newest[0]['release']} "
            f"(version {newest[0]['data_version']}): first make a release of them, with their own reason (release --by … --why …)"
        )
    return base


def judge(parcel: Parcel, base: Snapshot, answered: Answered) -> desk.Answer:
    """The desk's answer to the tables of a parcel, as they would stand beside the data of the server. Raises Refused."""
    for name, content in parcel.tables.items():
        here = base.files.get(name, b"")
        if desk.mark(here) not in (parcel.before.get(name), desk.mark(content)):
            raise Refused(
                f"{name} has changed on this server since the parcel was made, and that change would be lost: take the table "
                "from the data desk again, edit it, and make a new parcel"
            )
    before, after = parcel.days
    if before != after and base.description.days not in parcel.days:
        raise Refused("the days for which the data speak have changed on this server since the parcel was made: make a new one at the data desk")
    return desk.answer(sorted(parcel.tables.items()), None, answered, after if before != after else None, base)


def prepare(
    folder: Path, files: Mapping[str, bytes], by: str, why: str, on: date | None = None, title: str = "",
    given: Sequence[Reason] = (), answered: Answered = lambda _question: True,
) -> Prepared:  # fmt: skip
    """Work out an update of a folder with its release: `files` by name, in place of those that stand there. Raises Refused."""
    with _copy(folder, files) as copy:
        made = new_release.prepare(copy, by, why, on, title, given, answered)
        listed = [(folder / name, content) for name, content in sorted(files.items())]
        listed += [(folder / path.relative_to(copy) if path.is_relative_to(copy) else folder.parent / path.name, content) for path, content in made.files]
        return replace(made, folder=folder, files=tuple(listed))


@contextmanager
def _copy(folder: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder of its own with the data, their releases and their changelog, and `files` in it."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        copy.mkdir()
        for name, content in {**package.contents(folder), **files}.items():
            (copy / name).write_bytes(content)
        if (folder / release.ARCHIVES).is_dir():
            shutil.copytree(folder / release.ARCHIVES, copy / release.ARCHIVES)
        if (folder.parent / "CHANGELOG.md").is_file():
            shutil.copy(folder.parent / "CHANGELOG.md", place)
        yield copy


def changed(given: desk.Answer, base: Snapshot) -> dict[str, bytes]:
    """The files of the data that an answer of the desk would change, by name."""
    return {name: content for name, content in given.draft.files.items() if base.files.get(name) != content}


@dataclass(frozen=True)
class Undone:
    """What an undo brings back: the release that it returns to, what it takes back, and the files that differ by name."""

    back_to: str
    takes_back: str
    files: Mapping[str, bytes]
    told: tuple[str, ...]


def undo(folder: Path, confirmed: bool) -> Undone:
    """Work out the way back to what stood before. Raises Refused.

    That is the last release before the present one that differs from it; or the last one where the files have been
    changed or damaged since, which is lost then and therefore needs `confirmed`. An answer of a State comes back only
    as it stands today.
    """
    write.finish(folder)
    past = [row["release"] for row in release.listed(folder)]
    if not past:
        raise Refused("nothing has been released here: there is nothing to go back to")
    for target in past:
        if files := _files_of(folder, target):
            break
    else:
        raise Refused("nothing differs from what was released before: there is nothing to go back to")
    with _copy(folder, files) as copy:
        back = store.load(copy)
    if back.problems:
        raise Refused(f"the way back to {target} is closed: its tables do not fit those of today; the first problem: {back.problems[0]}")
    told = _told(folder, back)
    if target == past[0] and not confirmed:
        raise Refused(
            f"the files in {folder} are not those of the last release, {target}: what was changed there since would be lost "
            f"({'; '.join(told)}). If so: --confirm"
        )
    return Undone(target, past[0] if target != past[0] else "", files, told)


def _files_of(folder: Path, name: str) -> dict[str, bytes]:
    """The files of a release that differ from those that stand in the folder, answers of States as they may stand today."""
    try:
        then, _version = release.earlier(folder, name)
    except release.Unknown as error:
        raise Refused(f"the way back is closed: {error}") from error
    now = check.read(folder)
    if now.description is None:
        raise Refused(str(now.problems[0]))
    faulty = {problem.file for problem in now.problems}
    files = {}
    for table in now.description.tables.values():
        rows = then.rows.get(table.name, [])
        if table.name == answers.TABLE:
            rows = _as_agreed_today(now.rows[table.name], rows, table)
        content = write.table(table, rows)
        if table.name not in release.OWN and (table.file in faulty or content != write.table(table, now.rows[table.name])):
            files[table.file] = content.encode()
    if then.description.days != now.description.days:
        files[package.DESCRIPTION] = package.with_days(package.contents(folder)[package.DESCRIPTION], then.description.days)
    return files


def _told(folder: Path, back: Snapshot) -> tuple[str, ...]:
    """What going back does to the rows of the tables that can be read now."""
    now = check.read(folder)
    if now.description is None:
        return ("the description of the tables is damaged",)
    told = [difference.summary(difference.rows(back.description, now.rows, back.checked.rows, now.description))]
    return (*told, *(f"{what}: {old} → {new}" for what, old, new in difference.days(now.description, back.description)))


def _as_agreed_today(now: Sequence[tuple], rows: Sequence[tuple], table: package.Table) -> list[tuple]:
    """Answers of an earlier state as they may stand today: as today, without a text to which the State did not agree then.

    A row that is gone today stays away.
    """
    at = [[field.name for field in table.fields].index(name) + 1 for name in (*answers.KEY, "consent")]

    def known(row: tuple) -> tuple:
        return tuple(row[i] for i in at[:-1])

    today = {known(row): row for row in now}
    back = []
    for row in rows:
        here = today.get(known(row))
        if here is not None:
            taken_back = here[at[-1]] == answers.AGREED != row[at[-1]]
            back.append(row if taken_back else here)
    return back


def reasons_of(parcel: Parcel, description: package.Description) -> list[Reason]:
    """The reasons that were given at the desk. Raises Refused."""
    try:
        return reasons.from_plain(parcel.reasons, description)
    except reasons.Unfit as error:
        raise Refused(f"a reason of the parcel cannot be read: {error}") from error
