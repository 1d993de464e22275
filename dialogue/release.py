"""Releases: a dated state of the data, what it changed and why, and the way back to it.

`prepare` works out a release, `publish` writes it: an archive of the tables
(``data/releases/NAME.zip``), its rows in releases.csv and changes.csv, and the
dated part of the changelog. releases.csv is written last: a release that is not
listed there does not exist, whatever else a power cut has left behind.
"""

import csv
import hashlib
import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from dialogue import check, corrections, difference, package, store, write
from dialogue.check import Checked
from dialogue.i18n import day, ngettext, number
from dialogue.package import Description

ARCHIVES = "releases"  # folder of the archives, beside the tables
NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-\d{1,3})?")
OWN = ("releases", "changes")  # tables that a release writes itself: no part of what is compared
COORDINATORS = frozenset({"what-changed", "data-desk", "freshness"})  # pages that tell of the data, not of the world
UNPACKED = 100_000_000  # bytes that an archive may hold
ENTRIES = 500
LONG = 400  # characters of a value that the list of changes repeats
SOURCES_NAMED = 3
FIGURES = "## Figures"  # the half of the changelog that releases write into


class Unknown(Exception):
    """There is no such release, or it can no longer be shown; the message says why."""


class Refused(Exception):
    """Why no release is made, in one line."""


@dataclass(frozen=True)
class Prepared:
    """A release worked out and not yet written: its name, what it says, and every file with its content in order."""

    name: str
    summary: str
    files: tuple[tuple[Path, bytes], ...]


# --- releases that exist ---


def names(folder: Path) -> list[str]:
    """The releases that can be looked at, newest first: those listed whose archive is there."""
    return [row["release"] for row in _listed(folder) if _archive(folder, row["release"]).is_file()]


def current(folder: Path) -> str | None:
    """The newest release whose data are those of the folder, or None."""
    rows = _listed(folder)
    version = data_version(folder) if rows else ""
    return next((row["release"] for row in rows if row["data_version"] == version), None)


def data_version(folder: Path) -> str:
    """Twelve characters that change with any table or its description, but not when a release is made."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).glob("*.csv")):
        if path.stem not in OWN:
            # the same table, whatever line ends a copy has given it
            content = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            digest.update(path.name.encode() + b"\0" + content + b"\0")
    described = json.loads((Path(folder) / package.DESCRIPTION).read_text("utf-8"))
    resources = [each for each in described["resources"] if each.get("name") not in OWN]
    digest.update(json.dumps([described.get("as_of"), resources], sort_keys=True).encode())
    return digest.hexdigest()[:12]


def load(folder: Path, name: str) -> store.Snapshot:
    """The snapshot of an earlier release, under the queries and the description of today.

    Raises Unknown for a release that does not exist or no longer fits them. An answer
    of a State is shown only if it may be shown today.
    """
    return _snapshot(name, *_earlier(folder, name, as_published=True))


def _snapshot(name: str, checked: Checked, version: str) -> store.Snapshot:
    problem = checked.problems[0] if checked.problems else None
    try:
        if problem is None:
            return store.snapshot(checked, version, kind="release", release=name)
    except duckdb.Error as error:
        problem = _one_line(error)
    raise Unknown(f"The release {name} cannot be shown: its data do not fit the questions of today ({problem}).")


def _listed(folder: Path) -> list[dict[str, str]]:
    """The rows of releases.csv, newest first; rows without a proper name are left out."""
    try:
        text = (Path(folder) / "releases.csv").read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    rows = [row for row in csv.DictReader(io.StringIO(text)) if NAME.fullmatch(row.get("release") or "")]
    return sorted(rows, key=lambda row: _order(row["release"]), reverse=True)


def _order(name: str) -> tuple[str, int]:
    return name[:10], int(name[11:] or 1)


def _archive(folder: Path, name: str) -> Path:
    return Path(folder) / ARCHIVES / f"{name}.zip"


def _earlier(folder: Path, name: str, *, as_published: bool = False) -> tuple[Checked, str]:
    """The rows of a release in the columns of today, checked as if they stood in the folder, and its version.

    `as_published` keeps back the answers that may not be shown today. Raises Unknown.
    """
    if not NAME.fullmatch(name) or name not in names(folder):
        shown = "".join(char for char in name[:40] if char.isprintable())
        raise Unknown(f"There is no release “{shown}” here. The present figures are shown instead.")
    then, rows, version = _unpacked(folder, name)
    description = package.read(folder)
    aligned = {table.name: _aligned(table, then, rows) for table in description.tables.values()}
    if as_published:
        aligned["responses"] = _may_be_shown(folder, description, aligned.get("responses", []))
    try:
        checked = check.check(folder, {name_: (found, []) for name_, found in aligned.items()})
    except duckdb.Error as error:
        rule = f"its data do not fit the questions of today ({_one_line(error)})"
        raise Unknown(f"The release {name} cannot be shown: {rule}.") from error
    checked.description = replace(description, as_of=then.as_of, version=then.version)
    return checked, version


def _unpacked(folder: Path, name: str) -> tuple[Description, dict[str, list[tuple]], str]:
    """Description, rows and version of an archive, read in a folder of its own. Raises Unknown."""
    damaged = f"The archive of release {name} is damaged: it cannot be shown."
    with tempfile.TemporaryDirectory() as place:
        try:
            unpack(_archive(folder, name).read_bytes(), Path(place))
            description, version = package.read(Path(place)), store.fingerprint(Path(place))
            rows: dict[str, list[tuple]] = {}
            for table in description.tables.values():
                path = Path(place) / table.file
                text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
                rows[table.name], problems = check.parse(text, table) if text else ([], [])
                if problems:
                    raise Unknown(damaged)
        except (OSError, ValueError, zipfile.BadZipFile, zlib.error, package.DescriptionError) as error:
            raise Unknown(damaged) from error
    return description, rows, version


def _aligned(table: package.Table, then: Description, rows: dict[str, list[tuple]]) -> list[tuple]:
    """Rows of an earlier table in the columns of today; a column that came later is empty."""
    earlier = then.tables.get(table.name)
    if earlier is None:
        return []
    before = [f.name for f in earlier.fields]
    at = [before.index(f.name) + 1 if f.name in before else None for f in table.fields]
    return [(row[0], *(None if i is None else row[i] for i in at)) for row in rows[table.name]]


def _may_be_shown(folder: Path, description: Description, rows: list[tuple]) -> list[tuple]:
    """Answers of States as they stood, without the consent of any that may not be shown today."""
    table = description.tables.get("responses")
    if table is None:
        return rows
    names_ = [f.name for f in table.fields]
    consent = names_.index("consent") + 1
    key = [names_.index(name) + 1 for name in table.primary_key]
    path = Path(folder) / table.file
    now, _problems = check.parse(path.read_bytes().decode("utf-8-sig"), table) if path.is_file() else ([], [])
    agreed = {tuple(row[i] for i in key) for row in now if row[consent] == "yes"}
    return [row if tuple(row[i] for i in key) in agreed else (*row[:consent], "no", *row[consent + 1 :]) for row in rows]


def unpack(content: bytes, folder: Path) -> None:
    """Write the tables of an archive into an empty folder; nothing outside it, and no more than fits.

    Raises ValueError or zipfile.BadZipFile for anything that is no archive of tables.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
            raise ValueError("the archive is too large")
        for entry in entries:
            name = entry.filename
            if name != package.DESCRIPTION and not (name.endswith(".csv") and name[:-4].isidentifier()):
                raise ValueError("the archive holds files that are no tables")
            with packed.open(entry) as file:
                text = file.read(entry.file_size + 1)
            if len(text) > entry.file_size:
                raise ValueError("the archive is too large")
            (folder / name).write_bytes(text)


def pack(files: dict[str, bytes]) -> bytes:
    """An archive of files by name: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()


# --- a new release ---


def prepare(folder: Path, by: str, why: str, on: date | None = None, title: str = "") -> Prepared:
    """Work out the next release of a folder; nothing is written. Raises Refused."""
    folder, on = Path(folder), on or date.today()
    by, why, title = (" ".join(text.split()) for text in (by, why, title))
    if not by or not why:
        raise Refused("say who makes the release (--by) and why the data changed (--why)")
    checked = _sound(folder)
    past = _listed(folder)
    if on > date.today():
        raise Refused(f"{on} is in the future")
    if past and on.isoformat() < past[0]["release"][:10]:
        raise Refused(f"{on} is before the last release, {past[0]['release']}")
    version = data_version(folder)
    if past and past[0]["data_version"] == version:
        raise Refused(f"nothing has changed since the release {past[0]['release']}")
    name = _next_name(on.isoformat(), [row["release"] for row in past])
    listed, rows = _differences(folder, past[0]["release"], checked, by, why) if past else ([], 0)
    counted = {
        "release": name, "date": on.isoformat(), "title": title or None, "made_by": by, "why": why,
        "table_count": len(_compared(checked.description).tables),
        "row_count": sum(len(found) for table, found in checked.rows.items() if table not in OWN),
        "rows_changed": rows if past else None,
        "figures_changed": sum(change["kind"] == "figure" for change in listed) if past else None,
        "data_version": version,
    }  # fmt: skip
    if not past:
        listed = [_first(counted)]
    for place, change in enumerate(listed, start=1):
        change.update(release=name, number=place)
    tables = _own_tables(checked, past, counted, listed)
    log = folder.parent / "CHANGELOG.md"
    written = _with_part(log.read_text("utf-8"), name, _part(counted, listed, checked)) if log.is_file() else None
    archive = pack({**_files(folder), **{f"{table}.csv": text for table, text in tables.items()}})
    files = [(_archive(folder, name), archive), (folder / "changes.csv", tables["changes"])]
    if written is not None:
        files.append((log, written.encode()))
    files.append((folder / "releases.csv", tables["releases"]))
    return Prepared(name, _summary(counted), tuple(files))


def publish(prepared: Prepared) -> None:
    """Write a release; whatever goes wrong, either all its files stand or all are as they were."""
    before = [(path, path.read_bytes() if path.is_file() else None) for path, _content in prepared.files]
    done = 0
    try:
        for path, content in prepared.files:
            path.parent.mkdir(exist_ok=True)
            write.put(path, content)
            done += 1
    except BaseException:
        for path, content in reversed(before[:done]):
            if content is None:
                path.unlink()
            else:
                write.put(path, content)
        raise


def _sound(folder: Path) -> Checked:
    checked = check.check(folder)
    missing = [problem for problem in checked.missing if problem.file.removesuffix(".csv") not in OWN]
    found = [*checked.problems, *missing]
    if found:
        raise Refused(f"a check of the data finds {len(found)}; the first: {found[0]}. Run check to see all")
    return checked


def _next_name(day_: str, taken: Sequence[str]) -> str:
    numbers = [_order(name)[1] for name in taken if name[:10] == day_]
    return f"{day_}-{max(numbers) + 1}" if numbers else day_


def _compared(description: Description) -> Description:
    """The description without the tables that a release writes itself."""
    return replace(description, tables={n: t for n, t in description.tables.items() if n not in OWN})


def _differences(folder: Path, last: str, checked: Checked, by: str, why: str) -> tuple[list[dict], int]:
    """Every figure and cell that differs from the last release, as rows of changes.csv; and how many rows differ."""
    try:
        old, version = _earlier(folder, last)
        before = _snapshot(last, old, version)
    except Unknown as error:
        raise Refused(
            f"nothing can be compared with the last release: {error} Put {ARCHIVES}/{last}.zip back as it was released"
        ) from error
    now = store.snapshot(checked, store.fingerprint(folder))
    rows = corrections.apply(old), corrections.apply(checked)
    changes = difference.rows(_compared(checked.description), *rows)
    figures = _figures(before, now)
    if not changes and not figures:
        raise Refused(f"nothing has changed since the release {last}")
    words = difference.Words(checked, checked.description).also(old, checked.description)
    told = _Told(checked, words, by, why)
    causes = _Causes(figures, changes, told.correction)
    causes.try_each(before, checked, *rows)
    listed = [*told.figures(figures, causes), *told.rows(changes)]
    return listed, sum(sum(counted.values()) for counted in difference.counts(changes).values())


def _figures(old: store.Snapshot, new: store.Snapshot) -> list:
    """Figures that pages show to readers and that differ; texts and sources stand among the rows of the tables."""
    from dialogue import impact

    return [
        figure
        for figure in impact.figures(old, new)
        if figure.kind == impact.FIGURE and set(figure.pages) - COORDINATORS
    ]


class _Causes:
    """Finds the changed rows that a changed figure comes from.

    Where a figure reads rows of several changed tables, or rows that were corrected and
    others, each of these changes is made alone on the old data: a figure that then
    changes comes from it.
    """

    def __init__(self, figures: Sequence, changes: Sequence[difference.Change], correction_of: Callable):
        self.groups: dict[tuple[str, str], list[difference.Change]] = {}
        for change in changes:
            correction = correction_of(change)
            self.groups.setdefault((change.table, correction.id if correction else ""), []).append(change)
        self.moved: dict[tuple[str, str], set[tuple]] = {}  # by group: figures that change with it alone
        several = [behind for behind in map(self._behind, figures) if len(behind) > 1]
        self.unclear = {group for behind in several for group in behind}

    def try_each(self, before: store.Snapshot, checked: Checked, old: dict, new: dict) -> None:
        """Make each unclear change alone; `old` and `new` are the rows as they are shown."""
        for group in self.unclear:
            alone = _only(checked, old, new, self.groups[group])
            alone.description = replace(alone.description, as_of=str(before.as_of))
            found = _figures(before, store.snapshot(alone, f"{before.fingerprint}+{group}"))
            self.moved[group] = {_place(figure) for figure in found}

    def _behind(self, figure) -> list[tuple[str, str]]:
        from dialogue import impact

        tables = impact.tables_behind(figure.query)
        return [group for group in self.groups if group[0] in tables]

    def of(self, figure) -> list[difference.Change]:
        """The changed rows, as few as can be told apart."""
        behind = self._behind(figure)
        moving = [group for group in behind if _place(figure) in self.moved.get(group, ())]
        read = [change for group in moving or behind for change in self.groups[group]]
        same_place = [change for change in read if change.iso3 == figure.iso3] or read
        return [change for change in same_place if _exact(change, figure)] or same_place


def _place(figure) -> tuple:
    return figure.query, figure.key, figure.column, figure.what


def _exact(change: difference.Change, figure) -> bool:
    return change.kind == difference.CHANGED and (change.old, change.new) == (figure.old, figure.new)


def _only(checked: Checked, old: dict, new: dict, changes: Sequence[difference.Change]) -> Checked:
    """The old rows with these changes of one table and no others."""
    table = checked.description.tables[changes[0].table]
    fields = [f.name for f in table.fields]
    keys = {change.key for change in changes}

    def touched(row: tuple) -> bool:
        return tuple((name, difference.text(row[fields.index(name) + 1])) for name in table.primary_key) in keys

    rows = {**old, corrections.TABLE: []}  # corrected already
    rows[table.name] = [row for row in old[table.name] if not touched(row)]
    rows[table.name] += [row for row in new[table.name] if touched(row)]
    return Checked(checked.description, rows)


class _Told:
    """Writes changes as rows of changes.csv: what, from, to, why and on whose word."""

    def __init__(self, checked: Checked, words: difference.Words, by: str, why: str) -> None:
        self.words, self.by, self.why = words, by, why
        self.corrected = corrections.places(checked)
        self.confidential = {t.name for t in checked.description.tables.values() if t.file in check.CONFIDENTIAL}

    def rows(self, changes: Iterable[difference.Change]) -> list[dict]:
        """The changed cells and rows; a correction is told by what it changes."""
        told = {correction.id for correction in map(self.correction, changes) if correction}
        return [
            self._row(change)
            for change in changes
            if not (change.table == corrections.TABLE and change.kind == difference.ADDED and change.of("id") in told)
        ]

    def _row(self, change: difference.Change) -> dict:
        why, said = self._said([change])
        title = self.words.table(change.table)
        before = after = None
        if change.table in self.confidential or not change.key:
            what = difference.sentence(change, self.words)
        elif change.kind == difference.CHANGED:
            what = f"{difference.where(change, self.words)}: {self.words.column(change.table, change.field)}"
            before, after = difference.words_of(change, self.words)
        else:
            what = difference.where(change, self.words)
            before, after = _value(change.old), _value(change.new)
        if title not in what:
            what = f"{title}: {what}"
        return _cells(
            kind="row", change=change.kind, table_names=change.table, iso3=change.iso3 or None, what=what,
            before=before, after=after, why=why, source_ids=said, said_by=self._named(said, [change]),
        )  # fmt: skip

    def figures(self, figures: Iterable, causes: "_Causes") -> list[dict]:
        """The figures as rows; one that stands in several places, or on several pages, is listed once."""
        groups: dict[tuple, list] = {}
        for figure in figures:
            because = causes.of(figure)
            one_cause = because[0] if len(because) == 1 and _exact(because[0], figure) else figure.column
            groups.setdefault((figure.iso3, figure.old, figure.new, one_cause or figure.key), []).append((figure, because))
        listed = [self._figure(group) for group in groups.values()]
        return sorted(listed, key=lambda row: (self.words.state(row["iso3"] or ""), row["what"], row["query"]))

    def _figure(self, group: Sequence[tuple]) -> dict:
        from dialogue import impact

        figure, because = group[0]
        why, said = self._said(because)
        old, new = difference.excerpts(figure.old or "", figure.new or "", LONG)
        kind = difference.ADDED if figure.old is None else difference.REMOVED if figure.new is None else difference.CHANGED
        if impact.tables_behind(figure.query) & self.confidential and kind != difference.CHANGED:
            old = new = ""  # a State may yet take its answer back
        if figure.column:
            old, new = (self.words.answer(figure.column, value) for value in (old, new))
        pages = dict.fromkeys(page for each, _because in group for page in each.pages if page != "all")
        return _cells(
            kind="figure", change=kind, table_names=" ".join(sorted({c.table for c in because})) or None,
            query=figure.query, question=figure.question, iso3=figure.iso3 or None, what=_dated(_what(group)),
            before=_value(old), after=_value(new), why=why, source_ids=said, said_by=self._named(said, because),
            pages=" ".join(page for page in pages if page not in COORDINATORS) or None,
        )  # fmt: skip

    def correction(self, change: difference.Change) -> corrections.Correction | None:
        """The correction that made a change, if one did."""
        return self.corrected.get((change.table, change.line, change.field))

    def _said(self, changes: Sequence[difference.Change]) -> tuple[str, str | None]:
        """Why these rows changed, and the documents on whose word."""
        reasons, sources = [], []
        for change in changes:
            correction = self.correction(change)
            reasons.append(_sentence(correction.reason if correction else self.why))
            sources.append(correction.source_id if correction else change.source_id)
        return " ".join(dict.fromkeys(reasons)) or _sentence(self.why), " ".join(sorted({s for s in sources if s})) or None

    def _named(self, said: str | None, changes: Sequence[difference.Change]) -> str:
        """The documents in words, and the persons where no document says so."""
        sources = (said or "").split()
        named = [self.words.source(source) for source in sources[:SOURCES_NAMED]]
        more = len(sources) - len(named)
        if more > 0:
            named.append(ngettext("and {n} more document", "and {n} more documents", more).format(n=more))
        named += dict.fromkeys(c.who for c in map(self.correction, changes) if c and c.who and not c.source_id)
        return "; ".join(named) or self.by


def _what(group: Sequence[tuple]) -> str:
    """What a figure is: its own words, or those that all its places share, and how many they are."""
    names = list(dict.fromkeys(figure.what or figure.question for figure, _because in group if figure.query == group[0][0].query))
    if len(names) == 1:
        return names[0]
    parts = [name.split(", ") for name in names]
    shared = [part for part in parts[0] if all(part in other for other in parts[1:])]
    places = ngettext("{n} place", "{n} places", len(names)).format(n=len(names))
    return f"{', '.join(shared)} ({places})" if shared else f"{names[0]} ({places})"


def _value(text: str) -> str:
    """Dates in words, a whole number with spaces between its thousands; years stay as they are."""
    return number(int(text)) if re.fullmatch(r"\d{5,15}", text) else _dated(text)


def _dated(text: str) -> str:
    def in_words(found: re.Match) -> str:
        try:
            return day(found[0])
        except ValueError:
            return found[0]

    return re.sub(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])", in_words, text)


def _cells(**cells) -> dict:
    """A row of changes.csv: one line a cell, long values cut."""
    return {name: _clipped(value) if isinstance(value, str) else value for name, value in cells.items()}


def _clipped(text: str) -> str | None:
    # thin spaces between thousands stay
    text = re.sub(r"[^\S\u202f]+", " ", text.replace("\x00", "")).strip()
    return (text if len(text) <= LONG else text[: LONG - 1].rstrip() + "…") or None


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _first(counted: dict) -> dict:
    return _cells(kind="first", what=f"First release: {_size(counted)}", why=counted["why"], said_by=counted["made_by"])


def _size(counted: dict) -> str:
    tables, rows = counted["table_count"], counted["row_count"]
    text = ngettext("{n} table", "{n} tables", tables).format(n=number(tables))
    return ngettext("{tables} with {n} row", "{tables} with {n} rows", rows).format(tables=text, n=number(rows))


def _summary(counted: dict) -> str:
    if counted["rows_changed"] is None:
        return f"first release, {_size(counted)}"
    figures, rows = counted["figures_changed"], counted["rows_changed"]
    text = ngettext("{n} figure changed", "{n} figures changed", figures).format(n=number(figures))
    return ngettext("{figures}, {n} row of the tables", "{figures}, {n} rows of the tables", rows).format(
        figures=text, n=number(rows)
    )


def _own_tables(checked: Checked, past: Sequence[dict], counted: dict, listed: Sequence[dict]) -> dict[str, bytes]:
    """releases.csv and changes.csv with the new release, checked like any table."""
    kept = {row["release"] for row in past}
    out = {}
    for name, new in (("releases", [counted]), ("changes", listed)):
        table = checked.description.tables[name]
        fields = [f.name for f in table.fields]
        at = fields.index("release") + 1
        # changes of a release that is not listed are what an interrupted one left behind
        rows = [row for row in checked.rows[name] if row[at] in kept]
        rows += [(0, *(row.get(field) for field in fields)) for row in new]
        text = write.table(table, rows)
        _read_again, problems = check.parse(text, table)
        if problems:
            raise Refused(f"the release cannot be written: {problems[0]}")
        out[name] = text.encode()
    return out


def _files(folder: Path) -> dict[str, bytes]:
    paths = [*sorted(folder.glob("*.csv")), folder / package.DESCRIPTION]
    return {path.name: path.read_bytes() for path in paths}


# --- the changelog ---


def _part(counted: dict, listed: Sequence[dict], checked: Checked) -> str:
    """The dated part of the changelog: what, from, to, why and on whose word, figure by figure."""
    name, escape = counted["release"], difference.escape
    title = counted["title"] or f"data as of {day(checked.description.as_of)}"
    lines = [
        f"### Release {name} · {escape(title)}", "",
        f"{escape(_sentence(counted['why']))} Made by {escape(counted['made_by'])}: {_summary(counted)}. "
        f"Data version {counted['data_version']}.",
    ]  # fmt: skip
    urls = _addresses(checked)
    figures: dict[str, list[dict]] = {}
    for change in listed:
        if change["kind"] == "figure":
            figures.setdefault(change["question"], []).append(change)
    if figures:
        lines += ["", "#### Figures on the pages", ""]
    for question, found in figures.items():
        lines += [f"- {escape(question)}", *(f"  {line}" for line in _bullets(found, counted, checked, urls))]
    rows = [change for change in listed if change["kind"] == "row"]
    if rows:
        lines += ["", "#### Rows of the tables", "", *_bullets(rows, counted, checked, urls)]
    return "\n".join(lines) + "\n"


def _bullets(found: Sequence[dict], counted: dict, checked: Checked, urls: dict[str, str]) -> Iterable[str]:
    escape, words = difference.escape, difference.Words(checked, checked.description)
    for change in found:
        place = words.state(change["iso3"]) if change.get("iso3") else ""
        start = f"**{escape(place)}**: " if place and place not in change["what"] else ""
        # the reason of the whole release stands above the list
        reason = "" if change["why"] == _sentence(counted["why"]) else f" {escape(change['why'])}"
        values = f": {escape(before(change))} → {escape(after(change))}" if change.get("before") or change.get("after") else ""
        yield f"- {start}{escape(change['what'])}{values}.{reason} {_on_word(change, words, urls)}"


def _on_word(change: dict, words: difference.Words, urls: dict[str, str]) -> str:
    sources = (change.get("source_ids") or "").split()
    if not sources or any(source not in urls for source in sources) or len(sources) > SOURCES_NAMED:
        return f"On the word of: {difference.escape(change['said_by'])}."
    links = "; ".join(f"[{difference.escape(words.source(source))}]({urls[source]})" for source in sources)
    return f"On the word of: {links}."


def before(change: dict) -> str:
    """The value before a change, in words where there was none."""
    return change.get("before") or ("not there" if change.get("change") == difference.ADDED else "no value")


def after(change: dict) -> str:
    """The value after a change, in words where there is none."""
    return change.get("after") or ("no longer there" if change.get("change") == difference.REMOVED else "no value")


def _addresses(checked: Checked) -> dict[str, str]:
    """Web addresses of documents, by code, where a Markdown link can hold them."""
    table = checked.description.tables["sources"]
    names_ = [f.name for f in table.fields]
    at, url = names_.index("id") + 1, names_.index("url") + 1
    return {
        row[at]: row[url].replace("(", "%28").replace(")", "%29")
        for row in checked.rows["sources"]
        if row[url] and re.fullmatch(r"https?://[^\s<>]+", row[url])
    }


def _with_part(text: str, name: str, part: str) -> str:
    """The changelog with the part of a release first under “Figures”; the rest stays as it is."""
    if not re.search(rf"(?m)^{FIGURES}\s*$", text):
        raise Refused(f"CHANGELOG.md has no line “{FIGURES}” under which the release could be written")
    # what an interrupted release of the same name has left behind
    text = re.sub(rf"(?ms)^### Release {re.escape(name)} · .*?(?=^##? |^### |\Z)", "", text)
    head, line, rest = re.split(rf"(?m)^({FIGURES})\s*$", text, maxsplit=1)
    rest = rest.lstrip("\n")
    return f"{head}{line}\n\n{part}\n{rest}"


def _one_line(error: object) -> str:
    return difference.shorten(str(error), 160)
