"""What a release says of itself: rows of changes.csv and the dated part of the changelog."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from dialogue.change import difference, headings, impact, reasons
from dialogue.snapshot import store
from dialogue.tables import corrections
from dialogue.tables.package import Description
from dialogue.tables.rows import CONFIDENTIAL, Checked
from dialogue.words.i18n import day, ngettext, number

LONG = 400  # characters of a value that the list of changes repeats
SOURCES_NAMED = 3
FIGURES = "## Figures"  # the half of the changelog that releases write into


class Refused(Exception):
    """Why no release is made, in one line."""


def figures_changed(old: store.Snapshot, new: store.Snapshot) -> list[impact.FigureChange]:
    """Figures that pages show to readers and that differ; texts and sources stand among the rows of the tables.

    Raises Refused where a query cannot be answered from both.
    """
    shown = [figure for figure in impact.figures(old, new) if impact.for_readers(figure)]
    for figure in shown:
        if figure.kind == impact.UNKNOWN:
            raise Refused(f"the figures of the query {figure.query} cannot be compared with the last release")
    return [figure for figure in shown if figure.kind == impact.FIGURE]


class Causes:
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
            alone.description = replace(alone.description, as_of=str(before.as_of), depositary_read=str(before.treaties_as_of))
            found = figures_changed(before, store.snapshot(alone, f"{before.fingerprint}+{group}"))
            self.moved[group] = {_place(figure) for figure in found}

    def _behind(self, figure) -> list[tuple[str, str]]:
        tables = impact.tables_behind(figure.query)
        return [group for group in self.groups if group[0] in tables]

    def of(self, figure) -> list[difference.Change]:
        """The changed rows, as few as can be told apart."""
        behind = self._behind(figure)
        moving = [group for group in behind if _place(figure) in self.moved.get(group, ())]
        read = [change for group in moving or behind for change in self.groups[group]]
        found = [change for change in read if change.iso3 == figure.iso3] or read
        for name, value in figure.key:  # the same year, weapon, instrument …
            found = [change for change in found if change.of(name) in ("", value)] or found
        return [change for change in found if _exact(change, figure)] or found


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
        return (
            tuple((name, difference.text(row[fields.index(name) + 1])) for name in table.primary_key) in keys
        )

    rows = {**old, corrections.TABLE: []}  # corrected already
    rows[table.name] = [row for row in old[table.name] if not touched(row)]
    rows[table.name] += [row for row in new[table.name] if touched(row)]
    return Checked(checked.description, rows)


class Told:
    """Writes changes as rows of changes.csv: what, from, to, why and on whose word."""

    def __init__(
        self, checked: Checked, words: difference.Words, by: str, why: str, given: Sequence[reasons.Reason] = ()
    ) -> None:
        self.words, self.by, self.why, self.given = words, by, why, given
        self.corrected = corrections.places(checked)
        self.confidential = {
            t.name for t in checked.description.tables.values() if t.file in CONFIDENTIAL
        }

    def rows(self, changes: Iterable[difference.Change]) -> list[dict]:
        """The changed cells and rows; a correction is told by what it changes."""
        told = {correction.id for correction in map(self.correction, changes) if correction}
        return [
            self._row(change)
            for change in changes
            if not (
                change.table == corrections.TABLE
                and change.kind == difference.ADDED
                and change.of("id") in told
            )
        ]

    def days(self, old: Description, new: Description) -> list[dict]:
        """The days for which the data speak, where they became others."""
        return [
            _cells(
                kind="row", change=difference.CHANGED, what=what, before=before, after=after, why=_sentence(self.why), said_by=self.by
            )
            for what, before, after in difference.days(old, new)
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

    def figures(self, figures: Iterable, causes: "Causes") -> list[dict]:
        """The figures as rows; one that stands in several places, or on several pages, is listed once."""
        groups: dict[tuple, list] = {}
        for figure in figures:
            because = causes.of(figure)
            groups.setdefault((figure.iso3, figure.old, figure.new, _same(figure, because)), []).append(
                (figure, because)
            )
        listed = [self._figure(group) for group in groups.values()]
        return sorted(
            listed, key=lambda row: (self.words.state(row["iso3"] or ""), row["what"], row["query"])
        )

    def _figure(self, group: Sequence[tuple]) -> dict:
        figure, because = group[0]
        why, said = self._said(because)
        old, new = difference.excerpts(figure.old or "", figure.new or "", LONG)
        kind = _kind(figure)
        if impact.tables_behind(figure.query) & self.confidential and kind != difference.CHANGED:
            old = new = ""  # a State may yet take its answer back
        if figure.column and (old or new):  # both are empty where what changed is not told
            old, new = (headings.value(figure.column, value, self.words) for value in (old, new))
        pages = dict.fromkeys(page for each, _because in group for page in each.pages if page != "all")
        return _cells(
            kind="figure", change=kind, table_names=" ".join(sorted({c.table for c in because})) or None,
            query=figure.query, question=figure.question, iso3=figure.iso3 or None, what=_dated(_what(group)),
            before=_value(old), after=_value(new), why=why, source_ids=said, said_by=self._named(said, because),
            pages=" ".join(page for page in pages if page not in impact.HOUSEKEEPING) or None,
        )  # fmt: skip

    def correction(self, change: difference.Change) -> corrections.Correction | None:
        """The correction that made a change, if one did."""
        return self.corrected.get((change.table, change.line, change.field))

    def _said(self, changes: Sequence[difference.Change]) -> tuple[str, str | None]:
        """Why these rows changed, and the documents on whose word."""
        whys, sources = [], []
        for change in changes:
            correction = self.correction(change)
            said = correction.reason if correction else reasons.of(change, self.given) or self.why
            whys.append(_sentence(said))
            sources.append(correction.source_id if correction else change.source_id)
        why = " ".join(dict.fromkeys(whys)) or _sentence(self.why)
        return why, " ".join(sorted({source for source in sources if source})) or None

    def _named(self, said: str | None, changes: Sequence[difference.Change]) -> str:
        """The documents in words, and the persons where no document says so."""
        sources = (said or "").split()
        named = [self.words.source(source) for source in sources[:SOURCES_NAMED]]
        more = len(sources) - len(named)
        if more > 0:
            named.append(ngettext("and {n} more document", "and {n} more documents", more).format(n=more))
        named += dict.fromkeys(
            c.who for c in map(self.correction, changes) if c and c.who and not c.source_id
        )
        return "; ".join(named) or self.by


def _same(figure, because: Sequence[difference.Change]) -> tuple:
    """What tells a figure from others of its State that changed from and to the same."""
    if because and all(_exact(change, figure) for change in because):
        return tuple(because)  # the very rows, shown on several pages
    counted = all(re.fullmatch(r"[\d.]*", value or "") for value in (figure.old, figure.new))
    if figure.column and not counted:
        when = tuple(value for name, value in figure.key if name in ("year", "date"))
        return figure.column, when  # a status, shown for each of several things
    return _place(figure)


def _kind(figure) -> str:
    if figure.old is None:
        return difference.ADDED
    return difference.REMOVED if figure.new is None else difference.CHANGED


def _what(group: Sequence[tuple]) -> str:
    """What a figure is: its own words, or those that all its places share, and how many they are."""
    names = list(
        dict.fromkeys(
            figure.what or figure.question for figure, _because in group if figure.query == group[0][0].query
        )
    )
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


def first(counted: dict) -> dict:
    return _cells(
        kind="first", what=f"First release: {_size(counted)}", why=counted["why"], said_by=counted["made_by"]
    )


def _size(counted: dict) -> str:
    tables, rows = counted["table_count"], counted["row_count"]
    text = ngettext("{n} table", "{n} tables", tables).format(n=number(tables))
    return ngettext("{tables} with {n} row", "{tables} with {n} rows", rows).format(
        tables=text, n=number(rows)
    )


def summary(counted: dict) -> str:
    if counted["rows_changed"] is None:
        return f"first release, {_size(counted)}"
    figures, rows = counted["figures_changed"], counted["rows_changed"]
    text = ngettext("{n} figure changed", "{n} figures changed", figures).format(n=number(figures))
    return ngettext("{figures}, {n} row of the tables", "{figures}, {n} rows of the tables", rows).format(
        figures=text, n=number(rows)
    )


def part(counted: dict, listed: Sequence[dict], checked: Checked, remark: str = "") -> str:
    """The dated part of the changelog: what, from, to, why and on whose word, figure by figure; `remark` stands in its head."""
    name, escape = counted["release"], difference.escape
    title = counted["title"] or f"data as of {day(checked.description.as_of)}"
    lines = [
        f"### Release {name} · {escape(title)}", "",
        f"{escape(_sentence(counted['why']))} Made by {escape(counted['made_by'])}: {summary(counted)}. "
        f"Data version {counted['data_version']}.", *(["", escape(_sentence(remark))] if remark else []),
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
        values = (
            f": {escape(_before(change))} → {escape(_after(change))}"
            if change.get("before") or change.get("after")
            else ""
        )
        yield f"- {start}{escape(change['what'])}{values}.{reason} {_on_word(change, words, urls)}"


def _on_word(change: dict, words: difference.Words, urls: dict[str, str]) -> str:
    sources = (change.get("source_ids") or "").split()
    if not sources or any(source not in urls for source in sources) or len(sources) > SOURCES_NAMED:
        return f"On the word of: {difference.escape(change['said_by'])}."
    links = "; ".join(f"[{difference.escape(words.source(source))}]({urls[source]})" for source in sources)
    return f"On the word of: {links}."


def _before(change: dict) -> str:
    """The value before a change, in words where there was none."""
    return change.get("before") or ("not there" if change.get("change") == difference.ADDED else "no value")


def _after(change: dict) -> str:
    """The value after a change, in words where there is none."""
    return change.get("after") or (
        "no longer there" if change.get("change") == difference.REMOVED else "no value"
    )


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


def with_part(text: str, name: str, part: str) -> str:
    """The changelog with the part of a release first under “Figures”; the rest stays as it is."""
    if not re.search(rf"(?m)^{FIGURES}\s*$", text):
        raise Refused(f"CHANGELOG.md has no line “{FIGURES}” under which the release could be written")
    # what an interrupted release of the same name has left behind
    text = re.sub(rf"(?ms)^### Release {re.escape(name)} · .*?(?=^##? |^### |\Z)", "", text)
    head, line, rest = re.split(rf"(?m)^({FIGURES})\s*$", text, maxsplit=1)
    rest = rest.lstrip("\n")
    return f"{head}{line}\n\n{part}\n{rest}"
