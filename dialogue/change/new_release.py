"""The next release: worked out as a whole, then written so that all of it stands or nothing.

A release writes its archive, changes.csv, the dated part of the changelog and
releases.csv at one stroke: what is not listed there is no release.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dialogue.change import difference, reasons, release_notes
from dialogue.change.reasons import Reason
from dialogue.change.release_notes import Refused
from dialogue.intake import questions
from dialogue.intake.questions import Answered, Question
from dialogue.snapshot import release, store
from dialogue.tables import answers, check, corrections, package, write, zipped
from dialogue.tables.package import Description
from dialogue.tables.rows import Checked, parse


@dataclass(frozen=True)
class Prepared:
    """A release of `folder` worked out and not yet written: its name, its data version, what it says, and every file with its content."""

    folder: Path
    name: str
    version: str
    summary: str
    files: tuple[tuple[Path, bytes], ...]


class Unchanged(Refused):
    """The data are those of the last release."""


class Asked(Refused):
    """Questions that are to be answered with yes before anything is released."""

    def __init__(self, asked: Sequence[Question]) -> None:
        super().__init__("; ".join(question.text for question in asked))
        self.questions = tuple(asked)


def prepare(
    folder: Path, by: str, why: str, on: date | None = None, title: str = "",
    given: Sequence[Reason] = (), answered: Answered = lambda _question: True,
) -> Prepared:  # fmt: skip
    """Work out the next release of a folder; nothing is written.

    `given` are reasons of single tables and rows; all other changes have the reason `why`. `answered` says which
    questions (many rows gone since the last release) are answered with yes. Raises Refused, Asked for the others.
    """
    folder, on = Path(folder), on or date.today()
    by, why, title = (" ".join(text.split()) for text in (by, why, title))
    if not by or not why:
        raise Refused("say who makes the release (--by) and why the data changed (--why)")
    checked = _sound(folder)
    past = release.listed(folder)
    if on > date.today():
        raise Refused(f"{on} is in the future")
    if past and on.isoformat() < past[0]["release"][:10]:
        raise Refused(f"{on} is before the last release, {past[0]['release']}")
    bared = _bared(folder)
    versions = {row["release"]: store.version(bared[row["release"]]) for row in past if row["release"] in bared}
    version = store.fingerprint(folder)
    last = versions.get(past[0]["release"], past[0]["data_version"]) if past else ""
    if last == version:
        if not bared:
            raise Unchanged(f"nothing has changed since the release {past[0]['release']}")
        tables = _own_tables(checked, past, versions)
        files = [*_archives(folder, bared, versions), (folder / "releases.csv", tables["releases"])]
        return Prepared(folder, past[0]["release"], version, f"nothing else has changed; {_taken_out(bared)}", tuple(files))
    name = _next_name(on.isoformat(), [row["release"] for row in past])
    listed, rows = _differences(folder, past[0]["release"], checked, (by, why, given), answered) if past else ([], 0)
    counted = {
        "release": name, "date": on.isoformat(), "title": title or None, "made_by": by, "why": why,
        "table_count": len(_compared(checked.description).tables),
        "row_count": sum(len(found) for table, found in checked.rows.items() if table not in release.OWN),
        "rows_changed": rows if past else None,
        "figures_changed": sum(change["kind"] == "figure" for change in listed) if past else None,
        "data_version": version,
    }  # fmt: skip
    if not past:
        listed = [release_notes.first(counted)]
    for place, change in enumerate(listed, start=1):
        change.update(release=name, number=place)
    tables = _own_tables(checked, past, versions, counted, listed)
    remark = _taken_out(bared) if bared else ""
    log = folder.parent / "CHANGELOG.md"
    written = (
        release_notes.with_part(log.read_text("utf-8"), name, release_notes.part(counted, listed, checked, remark))
        if log.is_file()
        else None
    )
    archive = zipped.pack({**package.contents(folder), **{f"{table}.csv": text for table, text in tables.items()}})
    files = [*_archives(folder, bared, versions), (release.archive(folder, name), archive), (folder / "changes.csv", tables["changes"])]
    if written is not None:
        files.append((log, written.encode()))
    files.append((folder / "releases.csv", tables["releases"]))
    summary = release_notes.summary(counted)
    return Prepared(folder, name, version, f"{summary}; {remark}" if remark else summary, tuple(files))


def publish(prepared: Prepared) -> None:
    """Write a release; whatever goes wrong, either all its files stand or all are as they were."""
    write.together(prepared.folder, prepared.files)


def _sound(folder: Path) -> Checked:
    checked = check.check(folder)
    missing = [problem for problem in checked.missing if problem.file.removesuffix(".csv") not in release.OWN]
    found = [*checked.problems, *missing]
    if found:
        raise Refused(f"a check of the data finds {len(found)}; the first: {found[0]}. Run check to see all")
    return checked


def _next_name(day_: str, taken: Sequence[str]) -> str:
    numbers = [release.order(name)[1] for name in taken if name[:10] == day_]
    return f"{day_}-{max(numbers) + 1}" if numbers else day_


def _compared(description: Description) -> Description:
    """The description without the tables that a release writes itself."""
    return replace(description, tables={n: t for n, t in description.tables.items() if n not in release.OWN})


def _differences(
    folder: Path, last: str, checked: Checked, said: tuple[str, str, Sequence[Reason]], answered: Answered
) -> tuple[list[dict], int]:
    """Every figure and cell that differs from the last release, as rows of changes.csv; and how many rows differ.

    `said`: who makes the release, why, and reasons of single tables and rows.
    """
    by, why, given = said
    if last not in release.names(folder):
        raise Refused(
            f"the last release has no archive: put {release.ARCHIVES}/{last}.zip back as it was released"
        )
    try:
        old, version = release.earlier(folder, last)
        before = release.snapshot(last, old, version)
    except release.Unknown as error:
        raise Refused(f"nothing can be compared with the last release. {error}") from error
    now = store.snapshot(checked, store.fingerprint(folder))
    rows = corrections.apply(old), corrections.apply(checked)
    changes = difference.rows(_compared(checked.description), *rows)
    figures = release_notes.figures_changed(before, now)
    another_day = old.description.days != checked.description.days
    if not changes and not figures and not another_day:
        raise Unchanged(f"nothing has changed since the release {last}")
    if idle := reasons.idle(given, changes):
        raise Refused(f"nothing changed that the reason for “{reasons.written(idle[0])}” fits: “{idle[0].why}”")
    asked = [
        one for name, table in _compared(checked.description).tables.items() if name != answers.TABLE
        for one in questions.gone(table, old.rows.get(name, []), checked.rows[name]) if not answered(one)
    ]  # fmt: skip
    if asked:
        raise Asked(asked)
    words = difference.Words(checked, checked.description).also(old, checked.description)
    told = release_notes.Told(checked, words, by, why, given)
    causes = release_notes.Causes(figures, changes, told.correction)
    causes.try_each(before, checked, *rows)
    listed = [*told.figures(figures, causes), *told.rows(changes)]
    listed += told.days(old.description, checked.description)
    return listed, sum(sum(counted.values()) for counted in difference.counts(changes).values())


def _bared(folder: Path) -> dict[str, dict[str, bytes]]:
    """The archives that still hold an answer whose State does not agree today, by name, without it."""
    may, found = release.may_be_shown(folder), {}
    for path in sorted((folder / release.ARCHIVES).glob("*.zip")):
        try:
            files = answers.withheld(zipped.read(path.read_bytes()), may)
        except (OSError, ValueError) as error:
            raise Refused(
                f"{release.ARCHIVES}/{path.name} cannot be read ({error}), so that nobody knows whether it holds an answer "
                "that may not be published; put it back as it was released, or delete it"
            ) from error
        if files:
            found[path.stem] = files
    return found


def _archives(folder: Path, bared: dict[str, dict[str, bytes]], versions: dict[str, str]) -> Iterator[tuple[Path, bytes]]:
    """The rewritten archives; each tells of itself and of others the version that they now have."""
    for name, files in bared.items():
        text = files.get("releases.csv", b"").decode("utf-8-sig")
        table = list(csv.DictReader(io.StringIO(text, newline="")))
        for row in table:
            row["data_version"] = versions.get(row["release"], row["data_version"])
        if table:
            out = io.StringIO()
            writer = csv.DictWriter(out, table[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
            files = {**files, "releases.csv": out.getvalue().encode()}
        yield release.archive(folder, name), zipped.pack(files)


def _taken_out(bared: dict) -> str:
    return f"answers whose States no longer agree were taken out of the archives kept of {', '.join(sorted(bared))}"


def _own_tables(
    checked: Checked, past: Sequence[dict], versions: dict[str, str], counted: dict | None = None, listed: Sequence[dict] = ()
) -> dict[str, bytes]:
    """releases.csv and changes.csv with the new release, checked like any table; `versions` replaces those of rewritten archives."""
    kept = {row["release"] for row in past}
    out = {}
    for name, new in (("releases", [counted] if counted else []), ("changes", listed)):
        table = checked.description.tables[name]
        fields = [f.name for f in table.fields]
        at = fields.index("release") + 1
        # changes of a release that is not listed are what an interrupted one left behind
        rows = [row for row in checked.rows[name] if row[at] in kept]
        if name == "releases":
            of = fields.index("data_version") + 1
            rows = [(*row[:of], versions.get(row[at], row[of]), *row[of + 1 :]) for row in rows]
        rows += [(0, *(row.get(field) for field in fields)) for row in new]
        text = write.table(table, rows)
        _read_again, problems = parse(text, table)
        if problems:
            raise Refused(f"the release cannot be written: {problems[0]}")
        out[name] = text.encode()
    return out
