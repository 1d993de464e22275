"""What the evidence says today on each of the seven guiding questions, as small tables of signs and words.

May use: `views` beside it and the rooms below. Open first: `words.py` for what is said, `figure.py` for how it
is drawn, `table.py` for rows and twins in words, `sides.py` for what stands beside the evidence.
"""

from collections.abc import Sequence

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.dialogue.questions.figure import (
    cell_of,
    data_marks,
    occurring,
    plan_cell,
    plan_marks,
    victim_cells,
    victim_marks,
)
from dialogue.views.dialogue.questions.rows import (
    PLANS,
    SERVICES,
    SPLITS,
    STANDINGS,
    STATUSES,
    count_of,
    latest_victims,
    newest,
)
from dialogue.views.dialogue.questions.table import data_table, found_table, plans_table, victims_table
from dialogue.views.dialogue.questions.words import (
    asked,
    caveats,
    codes,
    coding_note,
    data_finding,
    missing_cells,
    participation_finding,
    plans_finding,
    roles_finding,
    service_name,
    services_finding,
    split_name,
    support_finding,
)
from dialogue.views.evidence import obligations, victims
from dialogue.views.signs import Flag, Mark, TableView, drawing
from dialogue.views.view import kept
from dialogue.words.i18n import _, number, state

__all__ = [
    "SPLITS", "asked", "codes", "data", "evidence", "new_victims", "participation", "plans", "roles", "services",
    "support", "support_finding",
]  # fmt: skip


def evidence(question: str) -> TableView:
    """What the evidence says today on one guiding question (a to g)."""
    return {
        "a": plans,
        "b": data,
        "c": roles,
        "d": services,
        "e": participation,
        "f": support,
        "g": new_victims,
    }[question]()


def _table(
    question: str, kicker: str, title: str, how: str, columns: Sequence[str], lines: Sequence[tuple], rows: pd.DataFrame,
    table: pd.DataFrame, marks: Sequence[Mark], *, layout: str = "cells", flags: Sequence[Flag] = (), widths: Sequence[str] = (),
    first: str = "", tables: Sequence[str] = ("obligation_findings",), missing: str = "", notes: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> TableView:  # fmt: skip
    """One view in the form that every question shares; `lines` are (name, cells)."""
    cited = tuple(sorted(set(rows["source_id"].dropna()))) if "source_id" in rows else tuple(sources)
    basis = queries.run("question_basis", question=question)
    return TableView(
        key=f"question_{question}", kicker=kicker, title=title, how=how, figure=None, alt=f"{kicker}. {title}",
        data=rows, table=table, tables=(*tables, "obligation_lists", "questions", "actions"),
        source_ids=tuple(dict.fromkeys([*cited, *basis["source_id"]])), as_of=shared.as_of(), missing=missing, notes=tuple(notes),
        drawing=drawing(
            layout, marks, first or _("State"), columns, [("", lines)], shared.source(kicker, cited),
            flags=flags, widths=widths,
        ),
    )  # fmt: skip


@kept
def plans() -> TableView:
    """Question (a): plans on disability and on victim assistance in the twelve."""
    rows = queries.run("plans_found")
    states = obligations.states_in_order()
    rows = (
        rows.assign(_at=rows["iso3"].map(states.index)).sort_values(["_at", "indicator"]).drop(columns="_at")
    )
    signs, marks = occurring(STANDINGS, rows["standing"], plan_marks())

    cells = {(row.iso3, row.indicator): plan_cell(row, signs) for row in rows.itertuples()}
    table = plans_table(rows)
    unknown = int((rows["standing"] == "no_information").sum())
    return _table(
        "a",
        _("National action plans found in {n} States Parties, evidence that counts").format(n=number(len(states))),
        plans_finding(rows, len(states)),
        _("“to”: last year of the plan. In brackets, or alone: year of the evidence."),
        [_("Disability"), _("Victim assistance")],
        [(state(iso3), [cells[iso3, plan] for plan in PLANS]) for iso3 in states],
        rows, table, marks, flags=obligations.flags(), widths=("34%", "33%", "33%"),
        missing=missing_cells(unknown, len(rows)), notes=caveats("a"),
    )  # fmt: skip


@kept
def data() -> TableView:
    """Question (b): data systems, and figures by sex, age and on disability."""
    rows = queries.run("data_split")
    states = obligations.states_in_order()
    systems = rows[rows["aspect"] == "system"]
    present, signs = occurring(STATUSES, systems["known"], obligations.marks())
    kinds = [*present, "named", "not_named"]
    signs += data_marks()
    cells = {(row.iso3, row.aspect): cell_of(row.known, row, kinds) for row in rows.itertuples()}
    rows = rows.assign(_at=rows["iso3"].map(states.index) * 10 + rows["aspect"].map(SPLITS.index))
    rows = rows.sort_values("_at").drop(columns="_at")
    table = data_table(rows)
    unknown = int((systems["known"] == "no_information").sum())
    return _table(
        "b",
        _("Data on victims in {n} States Parties, evidence that counts").format(n=number(len(states))),
        data_finding(rows, len(states)),
        _("First the data system, then kinds of figures that a finding names: one figure does not make a system."),
        [split_name(aspect) for aspect in SPLITS],
        [(state(iso3), [cells[iso3, aspect] for aspect in SPLITS]) for iso3 in states],
        rows, table, signs, flags=obligations.flags(), widths=("28%", "18%", "18%", "18%", "18%"),
        missing=missing_cells(unknown, len(states)),
        notes=(
            _(
                "Sex, age and disability are read from the words of the findings on data: a sign says that figures of that kind were published at least once, not that all data of the State are split."
            ),
            _("Figures on disability may count persons with disabilities of all causes."),
            *caveats("b"),
        ),
    )  # fmt: skip


def _told(question: str, main: str, beside: Sequence[tuple[str, str]], kicker: str, title: str) -> TableView:
    """A table that tells the finding on `main` and gives the status of the indicators `beside`."""
    indicators = [main, *(code for code, _name in beside)]
    rows = newest(question, indicators)
    signs, marks = occurring(STATUSES, rows["status"], obligations.marks())
    by_pair = {(row.iso3, row.indicator): row for row in rows.itertuples()}

    def line(iso3: str) -> tuple:
        told, *others = (by_pair[iso3, code] for code in indicators)
        cells = [cell_of(row.status, row, signs) for row in (told, *others)]
        return state(iso3), [cells[0], told.finding or "", *cells[1:]]

    return _table(
        question, kicker, title, coding_note(),
        [_("Status"), _("What was found"), *(name for _code, name in beside)],
        [line(iso3) for iso3 in obligations.states_in_order()],
        rows, found_table(rows), marks, layout="words", flags=obligations.flags(),
        widths=("20%", "11%", f"{69 - 14 * len(beside)}%", *["14%"] * len(beside)),
        missing=missing_cells(count_of(rows, "no_information"), len(rows)), notes=caveats(question),
    )  # fmt: skip


@kept
def roles() -> TableView:
    """Question (c): the focal point in each State, and coordination."""
    focal, coordination = (newest("c", [code]) for code in ("focal_point", "coordination_mechanism"))
    n = len(focal)
    return _told(
        "c",
        "focal_point",
        [("coordination_mechanism", _("Coordination"))],
        _("Government focal points and coordination in {n} States Parties, evidence that counts").format(
            n=number(n)
        ),
        roles_finding(focal, coordination),
    )


@kept
def participation() -> TableView:
    """Question (e): where survivors take part."""
    rows = newest("e", ["participation"])
    return _told(
        "e",
        "participation",
        [],
        _("Participation of survivors in {n} States Parties, evidence that counts").format(n=number(len(rows))),
        participation_finding(rows),
    )  # fmt: skip


@kept
def support() -> TableView:
    """Question (f): the evidence on mental health and psychosocial support."""
    rows = newest("f", ["mhpss"])
    return _told("f", "mhpss", [], _("Mental health and psychosocial support in {n} States Parties, evidence that counts").format(n=number(len(rows))), support_finding())  # fmt: skip


@kept
def services() -> TableView:
    """Question (d): services, training, coordination and budget."""
    rows = newest("d", SERVICES)
    states = obligations.states_in_order()
    signs, marks = occurring(STATUSES, rows["status"], obligations.marks())
    cells = {(row.iso3, row.indicator): cell_of(row.status, row, signs) for row in rows.itertuples()}
    unknown, everything = count_of(rows, "no_information"), len(rows)
    return _table(
        "d",
        _("Services, coordination and budget in {n} States Parties, evidence that counts").format(n=number(len(states))),
        services_finding(rows),
        coding_note(),
        [service_name(code) for code in SERVICES],
        [(state(iso3), [cells[iso3, code] for code in SERVICES]) for iso3 in states],
        rows, found_table(rows), marks,
        flags=obligations.flags(), widths=("22%", *["13%"] * len(SERVICES)),
        missing=missing_cells(unknown, everything), notes=caveats("d"),
    )  # fmt: skip


@kept
def new_victims() -> TableView:
    """Question (g): what is known of the new victims of the four States in the latest year recorded."""
    whole = victims.four_states()
    rows = latest_victims()
    states = sorted(rows["iso3"].unique(), key=state)
    kinds = [kind for kind in ("cluster_munition", "not_split", "named", "incident", "not_named", "none") if (rows["known"] == kind).any()]  # fmt: skip
    cells = victim_cells(rows, kinds)
    unknown = int((rows["known"] == "none").sum())
    table = victims_table(rows)
    return _table(
        "g",
        _("What is known of new victims in {n} States Parties in {year}").format(n=number(len(states)), year=int(rows["year"].max())),
        whole.title,
        _("Each cell says how well something is known, not how many people were killed or injured."),
        [state(iso3) for iso3 in states],
        [(victims.aspect_name(aspect), [cells[iso3, aspect] for iso3 in states]) for aspect in victims.ASPECTS],
        rows, table, victim_marks(kinds), layout="words", first=_("What"), widths=("20%", *["20%"] * len(states)),
        tables=whole.tables, sources=whole.source_ids, missing=missing_cells(unknown, len(rows)), notes=whole.notes,
    )  # fmt: skip
