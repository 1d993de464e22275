"""Whether data, or a draft of them, would pass the tests: judged before anybody proposes them.

The same for the data desk and the command line: the tables in their form, the boundary layers,
every view drawn, the reviewed results beside the data.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dialogue.change import reviewed
from dialogue.snapshot import queries, reader, release, store
from dialogue.snapshot.reader import Reader
from dialogue.snapshot.store import Snapshot
from dialogue.tables import geo, package, write
from dialogue.views import catalogue, written
from dialogue.words.i18n import _, listing

# What a missing value looks like when it slips through to the screen.
LEAKED = re.compile(r"\b(?:None|nan|NaN|NaT|undefined)\b|<NA>")
NAMED = 8  # reviewed results that a sentence names


def findings(shown: Snapshot, folder: Path, *, handed_over: bool = False) -> list[str]:
    """What the tests would refuse in these data, in sentences; empty where nothing is found.

    `folder` holds the boundary layers and lies beside the reviewed results, if they are there. `handed_over`: the
    reviewed results of a draft go with it, so that only those that it does not change must stand there.
    """
    problems = [*shown.problems, *shown.missing, *geo.check(folder)]
    if problems or shown.connection is None:
        return [str(problem) for problem in problems]
    return [*_form(shown), *_views(shown), *_results(shown, folder, handed_over), *_releases(folder)]


def _form(shown: Snapshot) -> Iterator[str]:
    for table in shown.description.tables.values():
        content = shown.files.get(table.file)
        if content is not None and content.decode("utf-8", "replace") != write.table(table, shown.checked.rows[table.name]):
            yield _("{file} is not written in the form of the tables (order of rows, quotes, line ends): take it from the data desk, or from check --fix.").format(file=table.file)  # fmt: skip


def _views(shown: Snapshot) -> Iterator[str]:
    """Every view with its usual parameters: one that fails would be a page without its figure."""
    cells = {cell for rows in shown.checked.rows.values() for row in rows for cell in row if isinstance(cell, str)}
    said = sorted((cell for cell in cells if LEAKED.search(cell)), key=len, reverse=True)  # “None reported.”, by a source
    with reader.reading(Reader(shown)):
        for name in catalogue.names():
            try:
                needed = {each.name: catalogue.allowed(name, each.name)[0] for each in catalogue.get(name).parameters if each.default is None}
                told = written.as_data(catalogue.build(name, needed))
            except Exception as error:  # whatever goes wrong in a view, the others are judged too
                yield _("The figure “{view}” cannot be drawn: {error}").format(view=name, error=f"{type(error).__name__}: {error}"[:200])
                continue
            words = [told["title"], told["kicker"], told["how"], told["alt"], *told["notes"]]
            words += [value for row in told["table"] for value in row.values() if isinstance(value, str)]
            if found := next((leaked for text in words if (leaked := _leaked(text, said))), None):
                yield _("The figure “{view}” shows “{text}” where a value is missing.").format(view=name, text=found[0])


def _leaked(text: str, said: Sequence[str]) -> re.Match | None:
    """A missing value in a text, past what the tables themselves say."""
    if LEAKED.search(text):
        for cell in said:
            text = text.replace(cell, "")
    return LEAKED.search(text)


def _results(shown: Snapshot, folder: Path, handed_over: bool) -> Iterator[str]:
    """Reviewed results that are not those of the data."""
    golden = Path(folder).resolve().parent / reviewed.FOLDER
    if not golden.is_dir():
        return  # a server holds none
    standing = store.load(folder) if handed_over else shown
    wrong = [name for name in queries.names() if not _is(golden / f"{name}.csv", reviewed.result(name, standing))]
    if wrong:
        named = listing([f"{name}.csv" for name in wrong[:NAMED]]) + (" …" if len(wrong) > NAMED else "")
        yield _("The reviewed results in {folder} are not those of the data: {files}. Take them from the ZIP of the data desk, or write them anew and read what differs (README, “On the command line”).").format(folder=reviewed.FOLDER, files=named)  # fmt: skip


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _releases(folder: Path) -> Iterator[str]:
    """Releases that are listed and whose archive is missing."""
    gone = [row["release"] for row in release.listed(folder) if row["release"] not in release.names(folder)]
    if gone:
        yield _("The archive of the release {releases} is missing beside the data.").format(releases=listing(gone))


def unreleased(folder: Path) -> str:
    """A sentence on data that are in no release yet, "" where they are: no fault, but to be done before they are told of."""
    newest = release.listed(folder)[:1]
    version = store.version(package.contents(folder))
    if newest and newest[0]["data_version"] == version:
        return ""
    return _("These data (version {version}) are in no release yet: make one when they are complete (release --by … --why …).").format(version=version)  # fmt: skip
