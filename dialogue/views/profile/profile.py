"""State profiles: standing, obligations and everything else found, for one State or for two or three side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.evidence import obligations
from dialogue.views.profile import profile_record
from dialogue.views.profile.profile_record import Item
from dialogue.views.view import View, kept
from dialogue.words import i18n
from dialogue.words.i18n import _, colon, commas, day, label, ngettext, number, semicolons

MOST = 3  # States side by side


@dataclass(frozen=True)
class Row:
    """A row of a profile: its subject and, State by State, what is known. `group` stands above the first of its kind."""

    heading: str
    cells: tuple[tuple[Item, ...], ...]
    group: str = ""
    link: str = ""


@dataclass(frozen=True)
class Section(View):
    """A part of a profile that is drawn as a table with one column a State."""

    states: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@kept
def states() -> dict[str, str]:
    """All States: the twelve of the work plan first, then the others, each by UN name."""
    names = {iso3: i18n.state(iso3) for iso3 in queries.run("states_in_group", group="all")["iso3"]}
    first = obligations.states_in_order()
    return {iso3: names[iso3] for iso3 in first} | dict(
        sorted(((iso3, name) for iso3, name in names.items() if iso3 not in first), key=lambda item: item[1])
    )


@kept
def _spellings() -> dict[str, str]:
    return {_folded(text): iso3 for iso3, name in states().items() for text in (iso3, name)}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().replace("’", "'")


def code_of(text: str) -> str | None:
    """The State that a text in an address means: its code or UN name, or a part that only one name has."""
    text = _folded(text)
    if text in _spellings():
        return _spellings()[text]
    found = {iso3 for name, iso3 in _spellings().items() if len(text) > 3 and text in name}
    return found.pop() if len(found) == 1 else None


def coded(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the States whose obligations are coded: the twelve."""
    return tuple(iso3 for iso3 in chosen if iso3 in obligations.states_in_order())


# --- the sentence on top -------------------------------------------------------------------------


@kept
def finding(chosen: tuple[str, ...]) -> str:
    """What is known of a State in one sentence; of several, their standing."""
    rows = [queries.run("profile_summary", iso3=iso3).iloc[0] for iso3 in chosen]
    if len(chosen) == 1:
        return semicolons([colon(i18n.state(chosen[0]), _standing(rows[0])), *_known(rows[0])])
    named = [
        _("{state} ({standing})").format(state=i18n.state(row["iso3"]), standing=_standing(row))
        for row in rows
    ]
    return _("Side by side: {states}").format(states=i18n.listing(named))


def _standing(row: pd.Series) -> str:
    words = {
        "state_party": _("CCM State Party since {year}"),
        "signatory": _("CCM signatory since {year}"),
        "withdrawn": _("withdrawn from the CCM since {year}"),
        "not_party": _("not party to the CCM"),
    }
    return words[row["status"]].format(year=(row["since"] or "")[:4])


def _known(row: pd.Series) -> list[str]:
    parts = []
    if row["indicators"]:
        parts.append(
            ngettext(
                "evidence on {n} of {all} indicator",
                "evidence on {n} of {all} indicators",
                int(row["indicators"]),
            ).format(n=number(row["evidence"]), all=number(row["indicators"]))
        )
    figure, named = row["figure_year"], row["named_year"]
    if pd.isna(figure) and pd.isna(named):
        return [*parts, _("no casualty figure found")]
    if pd.isna(figure):
        return [*parts, _("casualties named without a number, last for {year}").format(year=named)]
    latest = _("latest casualty figure for {year}").format(year=figure)
    if pd.notna(named):
        latest = _("{figure}, named without a number for {year}").format(figure=latest, year=named)
    return [*parts, latest]


# --- sections ------------------------------------------------------------------------------------


@kept(allowed={"chosen": states})
def standing(chosen: tuple[str, ...]) -> Section:
    """Under which of the six instruments each State stands, since when, and by which act."""
    found = queries.run("treaty_status")
    found = found[found["iso3"].isin(chosen)]
    by_cell = {(row.instrument, row.iso3): row for row in found.itertuples()}
    rows = tuple(
        Row(label("instrument", code), tuple((_act(by_cell[code, iso3]),) for iso3 in chosen))
        for code in dict.fromkeys(found["instrument"])
    )
    return _section(
        "standing",
        _("Standing under the six instruments"),
        _bound(found, chosen),
        _("A State counts as a party from the deposit of its act, not from the entry into force for it."),
        chosen,
        rows,
        ("treaty_actions",),
        data=found,
        on=str(shared.treaty_day()),
    )


def _act(row) -> Item:
    if row.status == "not_party":
        return Item(label("treaty_status", row.status))
    return Item(
        _("since {date} · {act}").format(date=day(row.since), act=label("treaty_action", row.action).lower()),
        lead=label("treaty_status", row.status),
        sources=(row.source_id,),
    )


def _bound(found: pd.DataFrame, chosen: tuple[str, ...]) -> str:
    parties = found[found["status"] == "state_party"].groupby("instrument", sort=False)["iso3"].nunique()
    count, whole = int((parties == len(chosen)).sum()), found["instrument"].nunique()
    if len(chosen) > 1:
        return ngettext(
            "All of these States are parties to {n} of {all} instruments, as the depositary counts",
            "All of these States are parties to {n} of {all} instruments, as the depositary counts",
            count,
        ).format(n=number(count), all=number(whole))
    return _("Party to {n} of {all} instruments, as the depositary counts").format(n=number(count), all=number(whole))


@kept(allowed={"chosen": states})
def findings(chosen: tuple[str, ...]) -> Section:
    """What the evidence that counts says on each indicator; only for States among the twelve."""
    rows = queries.run("obligation_matrix")
    rows = rows[rows["iso3"].isin(chosen)]
    cells = {(row.iso3, row.indicator): row for row in rows.itertuples()}
    lines = []
    for line in queries.run("obligation_gaps").itertuples():
        link = f"obligations?state={chosen[0]}&indicator={line.indicator}" if len(chosen) == 1 else ""
        given = tuple((_evidence(cells.get((iso3, line.indicator))),) for iso3 in chosen)
        lines.append(
            Row(label("indicator", line.indicator), given, obligations.action_name(line.action), link)
        )
    return _section(
        "findings",
        _("Obligations under Article 5, evidence that counts by Lausanne action (numbering to be confirmed)"),
        _evidence_title(chosen),
        _("This project’s own reading of short findings, no score. “No information” does not mean “not found in place”. A general measure does not name victims."),
        chosen,
        tuple(lines),
        ("obligation_findings",),
        notes=obligations.caveats(),
        data=rows,
    )


def _evidence(row) -> Item:
    if row is None:
        return Item(_not_coded(), quiet=True)
    if row.status == "no_information":
        return Item("", lead=label("obligation_status", row.status), mark=row.status, quiet=True)
    since = {"older": _("older than five years"), "undated": _("year of the evidence not known")}
    year = "" if row.age == "undated" else obligations.year_words(row.as_of)
    general = label("evidence_kind", "general").lower() if row.evidence_kind == "general" else ""
    seen = obligations.seen_first(row.to_confirm) if isinstance(row.to_confirm, str) else ""
    plan = "" if pd.isna(row.valid_to) else _("plan to {year}").format(year=row.valid_to)
    return Item(
        " ".join(part for part in (row.finding, seen, obligations.beside_in_short(row)) if part),
        lead=" · ".join(part for part in (label("obligation_status", row.status), year, plan, general) if part),
        mark=row.status,
        age=since.get(row.age, ""),
        sources=tuple(source for source in (row.source_id, row.other_source_id) if isinstance(source, str)),
    )


def _not_coded() -> str:
    return _("Not coded: the State is not among the twelve of the work plan")


def _evidence_title(chosen: tuple[str, ...]) -> str:
    rows = [queries.run("profile_summary", iso3=iso3).iloc[0] for iso3 in chosen]
    rows = [row for row in rows if row["indicators"]]
    if not rows:
        return _not_coded()
    if len(rows) == 1:
        (row,) = rows
        recent = int(row["recent"])
        text = ngettext(
            "Evidence on {n} of {all} indicators, on {recent} of them from {year} or later",
            "Evidence on {n} of {all} indicators, on {recent} of them from {year} or later",
            recent,
        )
        if not recent:
            text = _("Evidence on {n} of {all} indicators, on none of them from {year} or later")
        return text.format(
            n=number(row["evidence"]),
            all=number(row["indicators"]),
            recent=number(recent),
            year=row["recent_from"],
        )
    each = [
        _("{n} ({state})").format(state=i18n.state(row["iso3"]), n=number(row["evidence"])) for row in rows
    ]
    return _("Evidence on {each} of {all} indicators").format(
        all=number(rows[0]["indicators"]), each=i18n.listing(each)
    )


@kept(allowed={"chosen": states})
def record(chosen: tuple[str, ...]) -> Section:
    """Everything else found, subject by subject."""
    given = [dict(profile_record.subjects(iso3)) for iso3 in chosen]
    rows = [Row(name, tuple(each[name] for each in given)) for name in given[0]]
    rows = [row for row in rows if not _all(row, "skip")]
    subjects, found = len(rows), sum(not _quiet(row) for row in rows)
    empty = [row.heading for row in rows if _all(row, "none")]
    if len(chosen) == 1 and empty:  # what nothing was found on is said in one row
        rows = [row for row in rows if row.heading not in empty]
        rows.append(Row(_("No information found on"), ((Item(semicolons(empty), quiet=True, gap="none"),),)))
    return _section(
        "record",
        _("Focal point, totals, reporting, lists, practices"),
        _record_title(found, subjects, len(chosen)),
        _("As found in the documents read: nothing found does not mean that there is nothing."),
        chosen,
        tuple(rows),
        profile_record.TABLES,
        notes=(_("All dates are those of the evidence or of the report, not of this page."),),
    )


def _all(row: Row, gap: str) -> bool:
    return all(item.gap == gap for cell in row.cells for item in cell)


def _quiet(row: Row) -> bool:
    return all(item.quiet for cell in row.cells for item in cell)


def _record_title(found: int, subjects: int, columns: int) -> str:
    if columns > 1:
        return ngettext(
            "Information was found on {n} of {all} further subjects, for at least one of these States",
            "Information was found on {n} of {all} further subjects, for at least one of these States",
            found,
        ).format(n=number(found), all=number(subjects))
    return ngettext(
        "Information was found on {n} of {all} further subjects",
        "Information was found on {n} of {all} further subjects",
        found,
    ).format(n=number(found), all=number(subjects))


def _section(
    key: str, kicker: str, title: str, how: str, chosen: tuple[str, ...], rows: tuple[Row, ...], tables: Sequence[str],
    *, notes: tuple[str, ...] = (), data: pd.DataFrame | None = None, on: str = "",
) -> Section:  # fmt: skip
    return Section(
        key=f"profile_{key}",
        kicker=kicker,
        title=title,
        how=how,
        figure=None,
        alt=colon(kicker, i18n.listing([i18n.state(iso3) for iso3 in chosen])),
        data=_data(rows, chosen) if data is None else data,
        table=_twin(rows, chosen),
        tables=tuple(tables),
        source_ids=shared.cited(_cited(rows)),
        as_of=on or shared.as_of(),
        notes=notes,
        states=chosen,
        rows=rows,
    )


def _cited(rows: Sequence[Row]) -> list[str]:
    return [source for row in rows for cell in row.cells for item in cell for source in item.sources]


def _data(rows: Sequence[Row], chosen: tuple[str, ...]) -> pd.DataFrame:
    lines = [
        (iso3, row.heading, item.lead, item.text, item.where, " ".join(item.sources))
        for row in rows
        for iso3, cell in zip(chosen, row.cells, strict=True)
        for item in cell
    ]
    return pd.DataFrame(lines, columns=["iso3", "subject", "what", "found", "where", "source_id"])


def _twin(rows: Sequence[Row], chosen: tuple[str, ...]) -> pd.DataFrame:
    lines = [(row.heading, *(semicolons(item.plain for item in cell) for cell in row.cells)) for row in rows]
    return pd.DataFrame(lines, columns=[_("Subject"), *map(i18n.state, chosen)]).set_index(_("Subject"))


# --- sources -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """One document of the list at the end of a profile."""

    source_id: str
    title: str
    url: str
    facts: str


@kept
def sources(chosen: tuple[str, ...], cited: tuple[str, ...]) -> tuple[Source, ...]:
    """The documents of a profile in the order in which they are cited first."""
    rows = queries.run("citations")
    rows = rows[rows["source_id"].isin(cited)]
    grades = rows.groupby("source_id")["grade"].agg(lambda each: sorted(set(", ".join(each).split(", "))))
    known = rows.drop_duplicates("source_id").set_index("source_id")
    found = []
    for source_id in cited:
        row = known.loc[source_id]
        facts = [
            # many titles begin with it
            "" if row["title"].startswith(row["publisher"]) else row["publisher"],
            day(row["published"]) if row["published"] else _("undated"),
            commas(label("grade", grade).lower() for grade in grades[source_id]),
        ]
        safe = re.fullmatch(r"https?://[^\s<>\"']+", row["url"] or "")
        found.append(
            Source(source_id, row["title"], row["url"] if safe else "", " · ".join(f for f in facts if f))
        )
    return tuple(found)
