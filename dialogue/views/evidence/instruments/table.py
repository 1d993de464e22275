"""What can be asked for on instruments, the rows of each table of words, and the twins."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views.evidence.instruments import words
from dialogue.views.evidence.instruments.figure import STANDINGS
from dialogue.views.shared import as_of, by_name, cited, short, source
from dialogue.views.signs import Mark, TableView, drawing
from dialogue.words.i18n import _, commas, day, label, number, state

Line = tuple[str, list]  # name of a row, its cells
Section = tuple[str, list[Line]]  # heading or "", its rows


# --- what can be asked for -------------------------------------------------------------


def days() -> tuple[date, date, date]:
    """First day anybody acted, the day on which the depositary's lists were read, last day an act known to the data counts from."""
    as_of = reader.snapshot().treaties_as_of
    first = min(queries.run("treaty_joining")["day"], default=as_of)
    last = max(queries.run("treaty_acts_after")["counts_from"], default=as_of)
    return min(first, as_of), as_of, max(last, as_of)


def years() -> tuple[int, int]:
    """First and last year that joining can be shown for."""
    first, as_of, _last = days()
    return first.year, as_of.year


def every_day() -> list[date]:
    """Every day between the first and the last of `days`."""
    first, _as_of, last = days()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def every_year() -> list[int]:
    """Every year that joining can be shown for."""
    first, last = years()
    return list(range(first, last + 1))


# --- tables of words -------------------------------------------------------------------


def of_words(
    key: str, kicker: str, title: str, how: str, columns: Sequence[str], sections: Sequence[Section], rows: pd.DataFrame,
    tables: tuple[str, ...], widths: tuple[str, ...], *, notes: tuple[str, ...] = (), missing: str = "",
    marks: Sequence[Mark] = (), on: date | None = None, lead: str = "",
) -> TableView:  # fmt: skip
    """A view that is a table of words, with the same rows as its twin; as of `on`. `lead` heads the first column: a State, if not given."""
    lead = lead or _("State")
    flat = [
        [name, *(_text(cell, marks) for cell in cells)]
        for _heading, lines in sections
        for name, cells in lines
    ]
    return TableView(
        key=key, kicker=kicker, title=title, how=how, figure=None, alt=f"{kicker}. {title}", data=rows,
        table=pd.DataFrame(flat, columns=[lead, *columns]),
        tables=tables, source_ids=cited(rows["source_id"]), as_of=str(on or as_of()), notes=notes, missing=missing,
        drawing=drawing(
            "words", marks, lead, columns, [section for section in sections if section[1]],
            source(kicker, rows["source_id"].dropna(), on), widths=widths,
        ),
    )  # fmt: skip


def _text(cell, marks: Sequence[Mark]) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return cell[1] or marks[cell[0]].label


def acts_after(rows: pd.DataFrame) -> list[Section]:
    return _flat(
        rows,
        lambda row: [
            short(row.instrument), label("treaty_action", row.action), day(row.date), day(row.counts_from),
            words.effect_name(row.effect), row.note or "",
        ],
    )  # fmt: skip


def disputed(rows: pd.DataFrame) -> list[Section]:
    return _flat(
        rows,
        lambda row: [
            short(row.instrument), label("treaty_action", row.action), day(row.used) or "–", day(row.other), row.note or "",
        ],
    )  # fmt: skip


def suspensions(rows: pd.DataFrame) -> list[Section]:
    return _flat(rows, lambda row: [short(row.instrument), words.event(row.event), day(row.date), row.note or ""])


def withdrawals(rows: pd.DataFrame) -> list[Section]:
    return _flat(
        rows, lambda row: [short(row.instrument), day(row.notified) or _("no date found"), day(row.effective)]
    )


def _flat(rows: pd.DataFrame, cells: Callable[..., list]) -> list[Section]:
    """One section without a heading: a row for each act, by State."""
    return [("", [(state(row.iso3), cells(row)) for row in rows.itertuples(index=False)])]


def survivors_named(rows: pd.DataFrame) -> list[Section]:
    """A line for each part: how many States, and their names."""
    lines = []
    for part, heading in words.survivor_parts().items():
        codes = by_name(rows[rows["part"] == part]["iso3"])
        lines.append((heading, [number(len(codes)), commas(state(iso3) for iso3 in codes) or "–"]))
    return [("", lines)]


def survivors(rows: pd.DataFrame) -> list[Section]:
    """A section for each part, with the newest evidence on each State."""

    def cells(row) -> list:
        standing = [
            [STANDINGS.index(code), label("treaty_status", code)] for code in (row["ccm"], row["apmbc"])
        ]
        if not row["evidence"]:
            return [*standing, _("none found"), "0", ""]
        return [*standing, day(row["newest"]), number(row["evidence"]), row["basis"]]

    sections = []
    for part, heading in words.survivor_parts().items():
        codes = by_name(rows[rows["part"] == part]["iso3"])
        lines = [(state(iso3), cells(rows.loc[iso3])) for iso3 in codes]
        sections.append((f"{heading} ({number(len(codes))})", lines))
    return sections


def protocol_v(rows: pd.DataFrame) -> list[Section]:
    """What States presented or reported, then the Protocol and its plan of action."""

    def lines(found: pd.DataFrame, name: Callable[[str], str]) -> list[Line]:
        return [
            (name(row.iso3), [day(row.date) or _("undated"), row.detail, row.note or ""])
            for row in found.itertuples(index=False)
        ]

    named, general = rows[rows["iso3"].notna()], rows[rows["iso3"].isna()]
    named = named.assign(rank=[by_name(named["iso3"]).index(iso3) for iso3 in named["iso3"]]).sort_values(
        ["rank", "date"]
    )
    return [
        (_("What States presented or reported"), lines(named, state)),
        (_("The Protocol and its plan of action"), lines(general, lambda _code: short("CCW_PV"))),
    ]


# --- twins in words --------------------------------------------------------------------


def bound_table(
    states: Sequence[str], instruments: Sequence[str], cells: dict, counts: Sequence
) -> pd.DataFrame:
    table = [[name, *numbers] for name, numbers in counts]
    table += [[state(iso3), *(words.standing_since(*cells[iso3, i]) for i in instruments)] for iso3 in states]
    return pd.DataFrame(table, columns=[_("State"), *(short(i) for i in instruments)])


def year_table(first: int, end: date) -> pd.DataFrame:
    rows = queries.run("treaty_by_year", as_of=end)
    rows = rows[rows["year"] >= first]
    instruments = list(dict.fromkeys(rows["instrument"]))

    def cell(row) -> str:
        changes = [f"+{row.joined}" if row.joined else "", f"−{row.left_it}" if row.left_it else ""]
        said = commas(change for change in changes if change)
        return f"{number(row.state_parties)} ({said})" if said else number(row.state_parties)

    cells = {(row.year, row.instrument): cell(row) for row in rows.itertuples(index=False)}
    lasts = rows.groupby("year")["day"].max()
    table = [
        [day(lasts[y]), *(cells.get((y, i), "–") for i in instruments)]
        for y in sorted(set(rows["year"]), reverse=True)
    ]
    return pd.DataFrame(table, columns=[_("On"), *(short(i) for i in instruments)])
