"""Views of the page What changed: releases, what they changed, and corrections of misprints."""

import html

import pandas as pd

from dialogue import navigation
from dialogue.change import difference
from dialogue.snapshot import queries, reader, release, store
from dialogue.tables import corrections as misprints
from dialogue.views import shared
from dialogue.views.dialogue.library import LibraryView
from dialogue.views.view import View, kept
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, ngettext, number, pgettext, state, the_state

KINDS = {"figures": "figure", "tables": "row"}
# Pages that open on a State when the address names one.
OF_A_STATE = {"states", "affected-states"}
STATUS = {
    "applied": lambda: _("Shown corrected"),
    "mended": lambda: _("Mended by the source"),
    "withdrawn": lambda: _("No misprint after all"),
}


def names() -> dict[str, str]:
    """The releases by name, newest first, each with its date in words."""
    return {name: _date(name) for name in queries.run("releases")["release"]}


def places() -> dict[str, str]:
    """States and areas of which something changed, in the alphabetical order of their names."""
    found = queries.run("release_changes")["iso3"].dropna().unique()
    return {iso3: state(iso3) for iso3 in sorted(found, key=state)}


def _date(name: str) -> str:
    of_the_day = name[11:]
    return f"{day(name[:10])} ({of_the_day})" if of_the_day else day(name[:10])


def _chosen(of: str | None):
    """The row of the release asked for, or of the newest."""
    rows = queries.run("releases")
    return next(row for row in rows.itertuples() if of in (None, row.release))


@kept(allowed={"of": names, "iso3": places, "kind": lambda: KINDS})
def changes(of: str | None = None, iso3: str | None = None, kind: str = "figures") -> LibraryView:
    """What changed in one release or in all, for one State or all; `kind` is figures or tables."""
    rows = queries.run("release_changes", release=of, iso3=iso3, kind=KINDS[kind])
    titles = _page_titles()
    what = pgettext("number", "Figure") if kind == "figures" else _("Table and row")
    heads = [what, _("From"), _("To"), _("Why"), _("On whose word")]
    lines, cells = [], []
    for row in rows.itertuples():
        before, after = _before(row), _after(row)
        pages = [page for page in (row.pages or "").split() if page in titles]
        line = [row.what, before, after, row.why, row.said_by or _("not recorded")]
        first = f"<strong>{html.escape(_capital(row.what))}</strong>"
        first += f"<small>{html.escape(row.question)}</small>" if row.question else ""
        first += (
            f"<small>{commas(_page(page, titles[page], row.iso3) for page in pages)}</small>"
            if pages
            else ""
        )
        cell = [
            first,
            _value(row.before, before),
            _value(row.after, after),
            html.escape(row.why),
            _outside(line[4], row.url),
        ]
        if of is None:
            line.append(_date(row.release))
            cell.append(html.escape(line[-1]))
        lines.append(line)
        cells.append(cell)
    if of is None:
        heads.append(_("Release"))
    title = _title(of, iso3, kind, rows)
    tables = sorted({name for names_ in rows["table_names"].dropna() for name in names_.split()})
    return LibraryView(
        key="changes", kicker=_("Figures on the pages") if kind == "figures" else _("Rows of the tables"), title=title,
        how=_("What stood there, what stands there now, why, and on whose word.")
        if len(rows)
        else _("Nothing of this kind changed."),
        figure=None, alt=title, data=rows, table=pd.DataFrame(lines, columns=heads),
        tables=tuple(name for name in tables if name in reader.snapshot().description.tables),
        source_ids=tuple(rows["source_id"].dropna().unique()), as_of=shared.as_of(),
        notes=(
            _("A figure is listed once, with every page that shows it. Texts that changed stand among the rows of the tables."),
        )
        if kind == "figures"
        else (),
        cells=cells,
    )  # fmt: skip


def _title(of: str | None, iso3: str | None, kind: str, rows: pd.DataFrame) -> str:
    """The finding of the page: what the release changed, and how much of it for the State."""
    if not len(queries.run("releases")):
        return _("No release has been made yet")
    if of is None and iso3:
        n, dated = len(rows), rows["release"].nunique()
        found = (
            ngettext("{n} figure changed for {state}", "{n} figures changed for {state}", n)
            if kind == "figures"
            else ngettext("{n} change in the tables for {state}", "{n} changes in the tables for {state}", n)
        ).format(n=number(n), state=the_state(iso3))
        return (
            ngettext("{changes}, in {n} release", "{changes}, in {n} releases", dated).format(
                changes=found, n=number(dated)
            )
            if n
            else found
        )
    chosen = _chosen(of)
    head = (
        _("Release of {date}: {changes}")
        if of or len(names()) == 1
        else _("Latest release, {date}: {changes}")
    )
    if pd.isna(chosen.rows_changed):
        return head.format(date=_date(chosen.release), changes=_first(chosen))
    text = _counted(chosen, kind)
    if iso3:
        n = len(rows)
        text = ngettext("{changes}, {n} of them for {state}", "{changes}, {n} of them for {state}", n).format(
            changes=text, n=number(n), state=the_state(iso3)
        )
    return head.format(date=_date(chosen.release), changes=text)


def _counted(chosen, kind: str) -> str:
    if kind == "figures":
        n = int(chosen.figures_changed)
        return ngettext("{n} figure changed", "{n} figures changed", n).format(n=number(n))
    cells = len(queries.run("release_changes", release=chosen.release, kind="row"))
    return ngettext("{n} change in the tables", "{n} changes in the tables", cells).format(n=number(cells))


def _first(chosen) -> str:
    tables, rows = int(chosen.table_count), int(chosen.row_count)
    text = ngettext("{n} table", "{n} tables", tables).format(n=number(tables))
    text = ngettext("{tables} with {n} row", "{tables} with {n} rows", rows).format(
        tables=text, n=number(rows)
    )
    return _("first release, {size}").format(size=text)


def _before(row) -> str:
    if row.change == "changed" and not row.after:
        return row.before or ""  # a change whose values are not told
    return row.before or _("not there")


def _after(row) -> str:
    if row.change == "changed" and not row.before:
        return row.after or ""
    return row.after or (_("no longer there") if row.change == "removed" else _("there"))


def _value(value: str | None, words: str) -> str:
    if value or not words:
        return html.escape(value or "")
    return f'<span class="va-unknown">{html.escape(words)}</span>'


def _page_titles() -> dict[str, str]:
    return {page.path or "overview": page.title for pages in navigation.sections().values() for page in pages}


def _page(path: str, title: str, iso3: str | None) -> str:
    address = "./" if path == "overview" else path
    if path in OF_A_STATE and iso3 in set(queries.run("treaty_status", instrument="CCM")["iso3"]):
        address += f"?state={iso3}"
    return f'<a href="{html.escape(address)}" target="_self">{html.escape(title)}</a>'


def _outside(text: str, url: str | None) -> str:
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return html.escape(text)
    return f'<a href="{html.escape(url)}" target="_blank" rel="noopener">{html.escape(text)}</a>'


# --- releases ---


@kept
def releases() -> LibraryView:
    """Every release, newest first: when, by whom, why, how much changed."""
    rows = queries.run("releases")
    n = len(rows)
    title = (
        ngettext("{n} release", "{n} releases", n).format(n=number(n))
        if n
        else _("No release has been made yet")
    )
    table = pd.DataFrame(
        {
            _("Release"): [_date(name) for name in rows["release"]],
            _("Title"): rows["title"].fillna(""),
            _("Changes"): [_size(row) for row in rows.itertuples()],
            _("Why"): rows["why"],
            _("Made by"): rows["made_by"],
            _("Data version"): rows["data_version"],
        }
    )
    return LibraryView(
        key="releases", kicker=_("Releases, the newest first"), title=title,
        how=_("A release is a dated state of all tables. It is kept, and can be looked at as it was."),
        figure=None, alt=title, data=rows, table=table, tables=(), source_ids=(), as_of=shared.as_of(),
    )  # fmt: skip


def _size(row) -> str:
    if pd.isna(row.rows_changed):
        return _first(row)
    n = int(row.rows_changed)
    return ngettext("{figures}, {n} row of the tables", "{figures}, {n} rows of the tables", n).format(
        figures=_counted(row, "figures"), n=number(n)
    )


def cards(first: int, last: int, shown_now: str | None) -> str:
    """Releases as HTML, each with the way to look at it; `shown_now` is the one that is on screen."""
    known = set(release.names(store.data_folder()))
    boxes = []
    for row in list(queries.run("releases").itertuples())[first:last]:
        title = f"<p>{html.escape(row.title)}</p>" if row.title else ""
        if row.release == shown_now:
            look = f'<span class="va-here">{html.escape(_("On screen now"))}</span>'
        elif row.release in known:
            label = html.escape(_("Look at the release of {date}").format(date=_date(row.release)))
            look = f'<a href="./?release={html.escape(row.release)}" target="_self" aria-label="{label}">{html.escape(_("Look at this release"))}</a>'
        else:
            look = f'<span class="va-unknown">{html.escape(_("Its archive is not on this server."))}</span>'
        made = _("Made by {who}. Data version {version}.").format(who=row.made_by, version=row.data_version)
        boxes.append(
            f'<li class="va-card"><h3>{html.escape(_date(row.release))}</h3>{title}<p>{html.escape(_capital(_size(row)))}</p>'
            f'<p>{html.escape(row.why)}</p><p class="va-source">{html.escape(made)}</p><p>{look}</p></li>'
        )
    return f'<ul class="va-cards va-releases">{"".join(boxes)}</ul>' if boxes else ""


# --- corrections of misprints ---


@kept
def corrections() -> LibraryView:
    """Known misprints of sources: what was printed, what is shown, why and on whose word."""
    rows = queries.run("corrections_applied")
    applied = int((rows["status"] == "applied").sum())
    title = _("No figure shown is a correction of a misprint")
    if len(rows):
        title = ngettext(
            "{n} misprint of a source is shown corrected",
            "{n} misprints of sources are shown corrected",
            applied,
        ).format(n=number(applied))
    said = [_said_by(row) for row in rows.itertuples()]
    table = pd.DataFrame(
        {
            pgettext("number", "Figure"): [_where(row) for row in rows.itertuples()],
            _("Printed"): [_written(row, row.published) for row in rows.itertuples()],
            _("Shown"): [_written(row, row.shown) for row in rows.itertuples()],
            _("Why"): [_sentence(reason) for reason in rows["reason"]],
            _("On whose word"): said,
            _("Status"): [STATUS[status]() for status in rows["status"]],
        }
    )
    cells = [
        [
            f"<strong>{html.escape(line[0])}</strong>",
            *map(html.escape, line[1:4]),
            _outside(line[4], row.url),
            html.escape(line[5]),
        ]
        for line, row in zip(table.itertuples(index=False, name=None), rows.itertuples(), strict=True)
    ]
    return LibraryView(
        key="corrections", kicker=_("Corrections of misprints"), title=title,
        how=_("The tables keep what a source prints. Where it is known to be a misprint, the pages show the corrected value and say so."),
        figure=None, alt=title, data=rows, table=table, tables=("corrections",),
        source_ids=tuple(rows["source_id"].dropna().unique()), as_of=shared.as_of(), cells=cells,
    )  # fmt: skip


def notes_for(shown: View) -> list[tuple[dict[str, str], str]]:
    """What to say beside a view whose rows hold corrected misprints: printed, shown, and why.

    Each with the State and the year whose rows it is about, where it has them.
    """
    if not shown.tables or "corrections" not in reader.snapshot().description.tables:
        return []
    found = queries.run("corrections_applied", status="applied")
    if found.empty:  # asked at every view of every page
        return []
    found = found[found["table_name"].isin(shown.tables)]
    for column in ("iso3", "year"):
        if column in shown.data:
            seen = {str(value) for value in shown.data[column].dropna()}
            found = found[found[column].isna() | found[column].astype(str).isin(seen)]
    texts = [
        _("Corrected: {figure}: {published} printed, {shown} shown, because {reason}").format(
            figure=_where(row),
            published=_written(row, row.published),
            shown=_written(row, row.shown),
            reason=row.reason if row.reason.endswith(".") else f"{row.reason}.",
        )  # fmt: skip
        for row in found.itertuples()
    ]
    of = [{name: str(value) for name, value in (("iso3", row.iso3), ("year", row.year)) if not pd.isna(value)} for row in found.itertuples()]
    return list(zip(of, texts, strict=True))


def _rows_corrected() -> dict[str, str]:
    """The rows that corrections change, in words, by correction: “World, 2016, cluster munitions, attacks”."""
    shown = reader.snapshot()
    words = difference.Words(shown.checked, shown.description)
    found = {}
    for (name, line, column), one in misprints.places(shown.checked).items():
        table = shown.description.tables[name]
        row = next(row for row in shown.checked.rows[name] if row[0] == line)
        cells = dict(zip((field.name for field in table.fields), row[1:], strict=True))
        key = tuple((part, difference.text(cells[part])) for part in table.primary_key)
        found[one.id] = difference.where(difference.Change(name, difference.CHANGED, key, column, "", "", line, "", ""), words)
    return found


def _where(row) -> str:
    """The figure that a correction changes: its row and column in words; State and year where the row is no longer corrected."""
    table = reader.snapshot().description.tables.get(row.table_name)
    field = next((f for f in table.fields if f.name == row.column_name), None) if table else None
    column = field.title[:1].lower() + field.title[1:] if field else row.column_name
    parts = [state(row.iso3) if row.iso3 else "", "" if pd.isna(row.year) else str(row.year)]
    place = reader.snapshot().keep(("rows corrected", reader.current().language), _rows_corrected).get(row.id) or (
        " ".join(part for part in parts if part)
        or f"{table.title if table else row.table_name} ({row.row_key})"
    )
    return f"{place}, {column}"


def _written(row, text: str) -> str:
    """A printed or shown value: a number as all numbers, everything else as it stands."""
    table = reader.snapshot().description.tables.get(row.table_name)
    field = next((f for f in table.fields if f.name == row.column_name), None) if table else None
    if field and field.unit == "persons" and text.isdigit():
        return number(int(text))
    list_ = row.column_name
    return i18n.label(list_, text)


def _said_by(row) -> str:
    if not row.title:
        return row.who or _("not recorded")
    return commas(part for part in (row.publisher, row.title, row.locator) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    text = _capital(text)
    return text if text.endswith((".", "!", "?")) else f"{text}."
