"""The data a server shows, renewed while it runs.

The files are looked at every second. New ones are read once they lie still,
checked as a whole, and take the place of the old at one stroke. Faulty ones do
not: the last good snapshot stays, and `refused()` and the log say why. A copy of
the last good files lies beside them (`.last-good.zip`), so that a server that
starts on half a file still has whole data to show. A table that lost rows is taken
for a broken copy, unless the files are those of the newest release: its version is
worked out from all of them, so that nothing can be missing.
"""

import gc
import logging
import re
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dialogue.intake import questions
from dialogue.snapshot import release, store
from dialogue.snapshot.store import Snapshot
from dialogue.tables import answers, package, write, zipped
from dialogue.tables.package import Table
from dialogue.tables.rows import Problem

POLL = 1.0  # seconds between two looks at the files
LAST_GOOD = ".last-good.zip"
LOGGED = 50  # problems written to the log at once
TRIES = 5  # readings while somebody is still writing

NO_CSV = re.compile("cannot be read as CSV|is not UTF-8|the column is missing|is not in the description|another order")

log = logging.getLogger(__name__)

Signature = tuple[tuple[str, int, int, int, int], ...]


@dataclass(frozen=True)
class Refused:
    """Files that were not taken over: when they were read, what is wrong with them."""

    at: datetime
    version: str
    problems: list[Problem]


_latest: Snapshot | None = None
_refused: Refused | None = None
_read: Signature | None = None  # the files last read, good or not
_since: datetime | None = None
_withdrawals = 0
_noted: set[tuple[str, str]] = set()  # files that are no tables, by folder and name
_serving = False  # in a web server, not in a test or on the command line
_lock = threading.RLock()


def latest() -> Snapshot:
    """The snapshot this server shows, built at the first call."""
    if _latest is None:
        with _lock:
            if _latest is None:
                _start()
    return _latest


def serve() -> None:
    """Say that visitors are served: a start on faulty files then shows the last good ones."""
    global _serving
    _serving = True


def serving() -> bool:
    """Whether a web server shows the data, and not a test or a command."""
    return _serving


def refused() -> Refused | None:
    """The files that are on the server but not shown, or None."""
    return _refused


def since() -> datetime | None:
    """When the data shown were taken over."""
    return _since


def signature(data: Path) -> Signature:
    """Name, size and times of every file of the data: another one after any change."""
    found = []
    for path in (*package.files(data), Path(data) / package.PENDING):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((path.name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))
    return tuple(found)


def _start() -> None:
    data = store.data_folder()
    if _serving:
        _finish(data)
    fresh = _load(data)
    good = None
    # Only for visitors: a test or a command must fail on faulty files, not pass on their predecessors.
    if _serving:
        good = None if _as_remembered(data) else _last_good(data)
        if good and not _released(data, fresh):
            fresh.problems = [*fresh.problems, *_cut_off(good, fresh)]
    if good and fresh.problems:
        _refuse(fresh, _without_withdrawn(good, data))
        _keep(data)
    else:
        _show(fresh)


def _load(data: Path) -> Snapshot:
    """Read the folder as one state: once more if it changed meanwhile."""
    global _read
    for _attempt in range(TRIES):
        before = signature(data)
        _read = before  # also where reading fails: the same files are not tried again and again
        fresh = store.load(data)
        if signature(data) == before:
            break
    _note_strangers(data)
    fresh.problems = _explained(fresh, data)
    return fresh


def _show(fresh: Snapshot, refused: Refused | None = None) -> None:
    global _latest, _refused, _since, _withdrawals
    if _latest is not None and _shown_answers(_latest) - _shown_answers(fresh):
        _withdrawals += 1
    _refused = refused
    # One assignment: a page that begins now has the new data, one that began before keeps the old.
    _latest = fresh
    _since = datetime.now().astimezone()


def _refuse(fresh: Snapshot, shown: Snapshot) -> None:
    """Show other data, the last good ones, in place of faulty files."""
    global _refused
    refused = Refused(datetime.now().astimezone(), fresh.fingerprint, fresh.problems)
    if shown is _latest:
        _refused = refused
    else:
        _show(shown, refused)
    n = len(fresh.problems)
    log.error(
        "The data files (version %s) have %d %s; version %s stays on screen.",
        fresh.fingerprint, n, "problem" if n == 1 else "problems", _latest.fingerprint,
    )  # fmt: skip
    for problem in fresh.problems[:LOGGED]:
        log.error("%s", problem)


def withdrawals() -> int:
    """How many times on this server an answer has ceased to be shown: what was made before such a time is not to be shown."""
    return _withdrawals


def _shown_answers(shown: Snapshot) -> set[answers.Key]:
    return answers.keys(shown.files.get(f"{answers.TABLE}.csv", b""))


def _without_withdrawn(good: Snapshot, data: Path) -> Snapshot:
    """Good data without the answers to which the files, whatever else is wrong with them, no longer agree."""
    may = answers.agreed(data / f"{answers.TABLE}.csv")
    files = None if may is None else answers.withheld(good.files, may)
    if files is None:
        return good
    fresh = _from_files(files)
    log.warning("Answers of States without consent are no longer shown: data version %s.", fresh.fingerprint)
    return fresh


def _note_strangers(data: Path) -> None:
    """Say once of each file that it is left aside."""
    for name in package.strangers(data):
        if (str(data), name) not in _noted:
            _noted.add((str(data), name))
            log.warning("Left aside, because it is no table of %s: %s", package.DESCRIPTION, ascii(name))


def renew() -> bool:
    """Read the files again and show them if they are sound. Returns whether the data shown changed."""
    data = store.data_folder()
    with _lock:
        _finish(data)
        fresh = _load(data)
        if not _latest.problems and not _released(data, fresh):
            fresh.problems = [*fresh.problems, *_cut_off(_latest, fresh)]
        if fresh.problems:
            if _latest.problems:  # no good data yet: the page lists what is wrong now
                _show(fresh)
                return False
            before = _latest
            shown = _without_withdrawn(before, data)
            _refuse(fresh, shown)
            if shown is not before:
                _keep(data)
            return shown is not before
        if fresh.files == _latest.files and not _latest.problems:
            _show(_latest)  # the files are again what is shown
            return False
        old = _latest
        _show(fresh)
        log.warning("Data version %s took the place of %s.", fresh.fingerprint, old.fingerprint)
        remember()
        return True


def watch(stop: threading.Event, warm: Callable[[], None] = lambda: None) -> None:
    """Look at the files until `stop` is set; `warm` prepares views after a change."""
    latest()
    before = _read
    while not stop.wait(POLL):
        now = signature(store.data_folder())
        still, before = now == before, now
        if now == _read or not still:
            continue  # nothing new, or somebody is still writing
        try:
            if renew():
                warm()
                gc.collect()
                gc.freeze()
        except Exception:
            log.exception("The data files could not be read; the data on screen stay.")


def remember() -> None:
    """Keep a copy of the files that are shown, where the folder can be written to."""
    with _lock:
        if not (latest().problems or _refused):
            _keep(store.data_folder())


def _keep(data: Path) -> None:
    path, content = data / LAST_GOOD, zipped.pack(_latest.files)
    try:
        if not path.is_file() or path.read_bytes() != content:
            write.put(path, content)
    except OSError as error:
        log.warning("No copy of the good data is kept: %s", error)


def _explained(fresh: Snapshot, data: Path) -> list[Problem]:
    """The problems, where a file is no plain CSV in the words of the data desk, which reads what it is."""
    if fresh.description is None:
        return fresh.problems
    found = list(fresh.problems)
    for table in fresh.description.tables.values():
        mine = [problem for problem in found if problem.file == table.file]
        if not any(NO_CSV.search(problem.rule) for problem in mine):
            continue
        from dialogue.intake import incoming  # with its spreadsheet reader, for faulty files only

        try:
            content = (data / table.file).read_bytes()[: incoming.MAX_BYTES + 1]
        except OSError:
            continue
        read = incoming.read(content, table.file, fresh.description, table.name)
        told = read.problems
        if not told:
            form = "; ".join(note.text for note in read.notes if not note.line) or "it is no plain CSV"
            rule = f"{form}. Save it as “CSV UTF-8”, or let the data desk or the command check with --fix clean it"
            told = [Problem(table.file, 0, "", "", rule)]
        found = [problem for problem in found if problem.file != table.file] + told
    return sorted(found)


def _finish(data: Path) -> None:
    """Put the files of an update in their places whose writer was interrupted: everybody reads them as they are already."""
    try:
        if write.finish(data):
            log.warning("An update that was interrupted has been finished.")
    except OSError as error:
        log.warning("An update was interrupted, and its files cannot be put in their places here: %s", error)


def _released(data: Path, fresh: Snapshot) -> bool:
    """Whether files are those of the newest release: then what is gone was removed on purpose, and somebody said why."""
    newest = release.listed(data)[:1]
    return bool(newest) and newest[0].get("data_version") == fresh.fingerprint


def _cut_off(old: Snapshot, new: Snapshot) -> list[Problem]:
    """Tables of which rows are gone: the last, as a copy leaves that was broken off between two rows, or many.

    Nothing in such a file looks wrong, so that only a comparison finds it.
    """
    found = []
    if new.description is None:
        return found
    faulty = {problem.file for problem in new.problems}
    for name, table in new.description.tables.items():
        if table.file in faulty:
            continue
        before = old.checked.rows.get(name)
        known = old.description.tables.get(name)
        # rows gone from the answers of States are a withdrawal, and it takes effect at once
        if name == answers.TABLE or not before or [known.field(k).type for k in known.primary_key] != [table.field(k).type for k in table.primary_key]:
            continue
        order = write.order(table)
        last = max((order(row) for row in new.checked.rows[name]), default=None)
        gone = [row for row in before if last is None or order(row) > last]
        if gone:
            rule = f"the last {len(gone)} of {len(before)} rows are gone: was the file cut off? {_on_purpose(len(gone))}"
            found.append(Problem(table.file, 0, "", "", rule))
        elif questions.many(lost := _lost(table, before, new.checked.rows[name]), len(before)):
            rule = f"{lost} of {len(before)} rows ({100 * lost // len(before)}%) are gone: was a part of the file lost? {_on_purpose(lost)}"
            found.append(Problem(table.file, 0, "", "", rule))
    return found


def _on_purpose(rows: int) -> str:
    return (
        "Copy it again. If the rows were removed on purpose, whoever runs the server says so by a release: "
        f"python -m dialogue release --removes {rows} --by NAME --why TEXT"
    )


def _lost(table: Table, before: Sequence[tuple], now: Sequence[tuple]) -> int:
    """How many keys of a table are gone."""
    return len(questions.keys(table, before).keys() - questions.keys(table, now).keys())


def archive(data: Path) -> bytes:
    """The tables and their description as a ZIP file; the same data give the same bytes."""
    return zipped.pack(package.contents(data))


def _as_remembered(data: Path) -> bool:
    """Whether the files are those of the copy."""
    try:
        return zipped.read((data / LAST_GOOD).read_bytes()) == package.contents(data)
    except (OSError, ValueError):
        return False


def _last_good(data: Path) -> Snapshot | None:
    """The copy of the last good files, if there is one and it still fits the queries."""
    path = data / LAST_GOOD
    try:
        if not path.is_file():
            return None
        found = _from_files(zipped.read(path.read_bytes()))
    except (OSError, ValueError) as error:
        log.error("The copy of the last good data cannot be read: %s", error)
        return None
    return None if found.problems else found


def _from_files(files: Mapping[str, bytes]) -> Snapshot:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return store.load(Path(folder))
