"""The four States of guiding question (g) as HTML cards: what is stated of their new victims, year by year."""

import html

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.evidence.victims.words import aspect_name, kind, known_name
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, label, number

CARDS = """
.va-four { display: grid; gap: 1rem; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
.va-four h2 { margin: 0; padding: 0; font-size: 1.2rem; }
.va-four p { margin: .35rem 0; }
.va-four section > p, .va-four small { color: var(--va-secondary); font-size: .89rem; }
.va-four details { border-top: 1px solid var(--va-grid); padding: .35rem 0; }
.va-four summary { cursor: pointer; font-weight: 600; }
.va-four ul { margin: .2rem 0; padding-inline-start: 1.1rem; }
.va-four li { margin: .35rem 0; overflow-wrap: anywhere; }
"""


def cards() -> str:
    """The four States as HTML cards: by year what is known, named without a number, not known."""
    profile, known = queries.run("victims_profile"), queries.run("victims_known")
    latest = queries.run("casualties_state_years", weapon="cluster_munition")
    states = sorted(known["iso3"].unique(), key=i18n.state)
    parts = [
        _card(iso3, *(frame[frame["iso3"] == iso3] for frame in (profile, known, latest))) for iso3 in states
    ]
    return f'<style>{CARDS}</style><div class="va-four">{"".join(parts)}</div>'


def _card(iso3: str, profile: pd.DataFrame, known: pd.DataFrame, figures: pd.DataFrame) -> str:
    counted = figures[figures["basis"] != "named"]
    if len(counted):
        row = counted.iloc[-1]
        count = row["total"] if row["total"] is not pd.NA else row["remnant"]
        last = _("Latest number of the Monitor found: {n} in {year} ({edition})").format(
            n=number(count, row["count_type"]), year=row["year"], edition=row["edition"]
        )
    else:
        last = _("No number of the Monitor was found for any year")
    years = sorted(set(known["year"]) | set(profile["year"].dropna()), reverse=True)
    years = [year for year in years if year >= known["year"].min()]
    told = known[(known["aspect"] == "number") & known["known"].isin(["named", "cluster_munition"])][
        "year"
    ].max()
    blocks = [
        _year_block(
            year,
            profile[profile["year"].eq(year).fillna(False)],
            known[known["year"] == year],
            opened=year == told,
        )
        for year in years
    ]
    undated = profile[profile["year"].isna()]
    if len(undated):
        blocks.append(_details(_("Year not visible in the source"), _statements(undated), False))
    return (
        f'<section class="va-card"><h2>{html.escape(i18n.state(iso3))}</h2>'
        f"<p>{html.escape(last)}</p>{''.join(blocks)}</section>"
    )


def _year_block(year: int, profile: pd.DataFrame, known: pd.DataFrame, opened: bool) -> str:
    named = sorted(set(profile[profile["kind"] == "named"]["edition"]))
    parts = [_line(known_name("named"), i18n.listing(named))] if named else []
    parts.append(_statements(profile[profile["kind"] != "named"]))
    unknown = [aspect_name(aspect) for aspect in known[known["known"] == "none"]["aspect"]]
    if unknown:
        parts.append(_line(known_name("none"), ", ".join(unknown)))
    number_known = known[known["aspect"] == "number"]["known"]
    summary = f"{year} · {known_name(number_known.iloc[0])}" if len(number_known) else f"{year}"
    return _details(summary, "".join(parts), opened)


def _details(summary: str, inside: str, opened: bool) -> str:
    return f"<details{' open' if opened else ''}><summary>{html.escape(summary)}</summary>{inside}</details>"


def _line(term: str, text: str) -> str:
    return f"<p><b>{html.escape(term)}:</b> {html.escape(text)}</p>"


def _statements(rows: pd.DataFrame) -> str:
    """The statements under what they count: remnants, all ordnance, single events."""
    rows = rows.drop_duplicates(["measure", "value", "note"])
    kinds = [kind(row) for row in rows.itertuples()]
    parts = []
    for name in sorted(set(kinds), key=lambda name: (name == _("Single event"), name)):
        lines = [_statement(row) for row, of in zip(rows.itertuples(), kinds, strict=True) if of == name]
        heading = _("Single events, not summed") if name == _("Single event") else name
        parts.append(f"<p><b>{html.escape(heading)}</b></p><ul>{''.join(lines)}</ul>")
    return "".join(parts)


def _statement(row) -> str:
    origin = "" if row.kind == "incident" else row.edition
    details = " · ".join(part for part in (_persons(row), origin, row.note) if part)
    measure = row.measure[:1].upper() + row.measure[1:]
    return f"<li>{html.escape(measure)}: <b>{html.escape(row.value)}</b><br><small>{html.escape(details)}</small></li>"


def _persons(row) -> str:
    """Who a statement is about, in the words of the label tables."""
    facts = [
        label(name, code)
        for name, code in (
            ("sex", row.sex),
            ("age_group", row.age_group),
            ("status", row.status),
            ("outcome", row.outcome),
        )
        if code != "all"
    ]
    if row.activity:
        facts.append(row.activity)
    return commas(facts)
