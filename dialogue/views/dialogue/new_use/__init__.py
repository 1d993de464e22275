"""Psychosocial impact and new use: attacks by year and State, who the victims are, support, a figure corrected.

May use: `views` beside it and the rooms below. Open first: `words.py` for what is said,
`figure.py` for how it is drawn, `table.py` for rows and twins in words.
"""

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared, strokes
from dialogue.views.dialogue import questions
from dialogue.views.dialogue.new_use.figure import (
    STYLE,
    correction_html,
    named,
    support_html,
    who_html,
    years_above_states,
)
from dialogue.views.dialogue.new_use.table import (
    UKRAINE,
    WHO,
    WORLD,
    attacks_table,
    correction_table,
    support_table,
    who_table,
)
from dialogue.views.dialogue.new_use.words import attacks_notes, attacks_title, parties, who_title
from dialogue.views.evidence import victims
from dialogue.views.view import View, kept
from dialogue.words.i18n import _, colon, ngettext, number, semicolons

__all__ = [
    "STYLE", "attacks", "correction", "correction_html", "named", "parties", "support", "support_html", "who",
    "who_html",
]  # fmt: skip


@kept(widths=("narrow",))
def attacks() -> View:
    """Casualties of attacks worldwide by year, above the States that are named for each year."""
    world, places = queries.run("world_attacks"), queries.run("attacks_by_state")
    first, last = int(world["year"].min()), int(world["year"].max())
    places = places[places["year"].between(first, last)]
    gaps = shared.years_without(world, first, last)
    drawn = years_above_states(world, places, first, last)
    kicker = _("Casualties from attacks with cluster munitions by year: persons killed or injured, {first}–{last}").format(
        first=first, last=last
    )  # fmt: skip
    edition = _("Cluster Munition Monitor, latest edition for each year")
    strokes.source_line_below(drawn, kicker, [edition], 44 if strokes.narrow() else 32)
    unknown, title = queries.run("attacks_not_counted"), attacks_title(world, places)
    return View(
        key="attacks", kicker=kicker, title=title,
        how=shared.with_newer(_("Above: worldwide. Below: States named; a diamond means named without a number for attacks, an empty place that the texts read do not name the State."), "cmm"),
        figure=drawn, alt=f"{kicker}. {title}. " + semicolons(colon(row.year, number(row.count, row.count_type)) for row in world.itertuples()),
        data=pd.concat([world.assign(iso3=WORLD, known="count"), places])[
            ["iso3", "year", "known", "count", "count_type", "edition", "other_values", "source_id"]
        ].astype({"count": "Int64"}),
        table=attacks_table(world, places, gaps),
        tables=("casualties", "casualty_names", "recent_findings", "treaty_actions"),
        source_ids=shared.cited(world["source_id"], places["source_id"], unknown["source_id"]),
        as_of=shared.as_of(),
        missing=shared.no_figure_for(gaps), notes=attacks_notes(world, unknown),
    )  # fmt: skip


@kept
def who() -> View:
    """The latest shares of civilians, children and women among cluster munition casualties."""
    rows = queries.run("victim_shares", weapon="cluster_munition", iso3=WORLD)
    newest = rows.groupby("who")["year"].transform("max")
    rows = rows[rows["year"] == newest]
    rows = rows.sort_values("who", key=lambda who: who.map(WHO.index), kind="stable").reset_index(drop=True)
    title = who_title(rows)
    return View(
        key="who", kicker=_("Who the victims of cluster munitions are, latest year found for each"), title=title,
        how=shared.with_newer(_("Each share has its own base; shares are not added."), "cmm"), figure=None, alt=title, data=rows, table=who_table(rows),
        tables=("casualty_shares",), source_ids=tuple(dict.fromkeys(rows["source_id"])), as_of=shared.as_of(),
        notes=(
            _("Shares are of attacks and remnants together, except where the base says otherwise: who the victims of attacks alone are was not published in the texts read."),
            *(f"{row.year}, {victims.share_name(row)}: {row.note}" for row in rows.itertuples() if row.note),
        ),
    )  # fmt: skip


@kept
def support() -> View:
    """What the evidence on the twelve says, and what instruments ask for."""
    rows = questions.support().data.assign(part="evidence")
    clauses = queries.run("va_crosswalk")
    clauses = clauses[clauses["pillar"] == "psych"].assign(part="clause")
    data = pd.concat(
        [
            rows[["part", "iso3", "indicator", "status", "as_of", "age", "finding", "source_id"]],
            clauses[["part", "instrument", "article", "nature", "summary", "text_seen", "source_id"]],
        ],
        ignore_index=True,
    ).astype(object)
    unknown = int((rows["status"] == "no_information").sum())
    return View(
        key="psychosocial", kicker=_("Mental health and psychosocial support"), title=questions.support_finding(),
        how="", figure=None, alt=questions.support_finding(), data=data.where(data.notna(), None), table=support_table(rows, clauses),
        tables=("obligation_findings", "obligation_lists", "va_crosswalk"),
        source_ids=tuple(dict.fromkeys([*rows["source_id"].dropna(), *clauses["source_id"]])), as_of=shared.as_of(),
        missing=ngettext("{n} State without information", "{n} States without information", unknown).format(n=number(unknown)),
        notes=(
            _("The evidence speaks of services that exist or are missing. How many people need or receive such support was not found in any of it."),
            *questions.support().notes,
        ),
    )  # fmt: skip


@kept
def correction() -> View:
    """The statement of the work plan on Ukraine, and what other sources say."""
    rows = queries.run("work_plan_claims")
    rows = rows[rows["claim_id"] == UKRAINE].reset_index(drop=True)
    others = [source for cell in rows["other_sources"].dropna() for source in cell.split(" ")]
    return View(
        key="correction", kicker=_("A figure of the work plan, updated"),
        title=_("On Ukraine, the source of the figure counts persons with registered disabilities"), how="", figure=None,
        alt=_("A figure of the work plan, updated"), data=rows, table=correction_table(rows), tables=("work_plan_claims", "work_plan_claim_sources"),
        source_ids=tuple(dict.fromkeys([*rows["source_id"], *others])), as_of=shared.as_of(),
    )  # fmt: skip
