"""What the evidence says today on each of the seven guiding questions, as small tables of signs and words."""

from collections.abc import Sequence

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.evidence import obligations, victims
from dialogue.views.shared import publishers
from dialogue.views.signs import Flag, Mark, TableView, drawing
from dialogue.views.view import kept, source_line
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, ngettext, number, state

AGES = obligations.AGES
STATUSES = obligations.STATUSES
PLANS = ("national_disability_plan", "national_va_plan")
STANDINGS = ("runs", "end_not_stated", "partly", "expired", "not_met", "no_information")
SERVICES = ("medical_care", "rehabilitation", "socio_economic_inclusion", "training_va_professionals", "coordination_mechanism", "national_budget")  # fmt: skip
SPLITS = ("system", "sex", "age", "disability")


def codes() -> dict[str, str]:
    """The questions with a short name each, for the row of buttons."""
    names = {
        "a": _("Plans"),
        "b": _("Data"),
        "c": _("Roles"),
        "d": _("Cooperation"),
        "e": _("Participation"),
        "f": _("Mental health"),
        "g": _("New victims"),
    }
    return {code: f"({code}) {names.get(code, label('question', code))}" for code in i18n.codes("question")}


def words(question: str) -> str:
    """The question in this project's own words."""
    return {
        "a": _("What keeps States from making national action plans on disability and on victim assistance?"),
        "b": _("How can States collect and use better data on victims, split by gender, age and disability?"),
        "c": _("What helps to see which national authority does what for victims?"),
        "d": _(
            "How can cooperation, assistance and shared good practice make victim assistance lasting and integrated?"
        ),
        "e": _("What helps victims take a full part in the policies and decisions that concern them?"),
        "f": _("How can States do more for the mental health and psychosocial support of victims?"),
        "g": _(
            "Who are the new victims: civilians or clearance personnel, of which gender, and doing what when they were killed or injured?"
        ),
    }[question]


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


# --- the parts every table shares --------------------------------------------------------------


def _table(
    question: str, kicker: str, title: str, how: str, columns: Sequence[str], lines: Sequence[tuple], rows: pd.DataFrame,
    table: pd.DataFrame, marks: Sequence[Mark], *, layout: str = "cells", flags: Sequence[Flag] = (), widths: Sequence[str] = (),
    first: str = "", tables: Sequence[str] = ("obligation_findings",), missing: str = "", notes: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> TableView:  # fmt: skip
    """One view in the form that every question shares; `lines` are (name, cells)."""
    as_of = reader.snapshot().as_of
    cited = tuple(sorted(set(rows["source_id"].dropna()))) if "source_id" in rows else tuple(sources)
    basis = queries.run("question_basis", question=question)
    return TableView(
        key=f"question_{question}", kicker=kicker, title=title, how=how, figure=None, alt=f"{kicker}. {title}",
        data=rows, table=table, tables=(*tables, "obligation_lists", "questions", "actions"),
        source_ids=tuple(dict.fromkeys([*cited, *basis["source_id"]])), as_of=str(as_of), missing=missing, notes=tuple(notes),
        drawing=drawing(
            layout, marks, first or _("State"), columns, [("", lines)], source_line(kicker, publishers(cited), day(as_of)),
            flags=flags, widths=widths,
        ),
    )  # fmt: skip


def _caveats(question: str) -> tuple[str, ...]:
    return obligations.matrix(question=question).notes


def _rows(question: str, indicators: Sequence[str]) -> pd.DataFrame:
    """The newest evidence on some indicators of a question, by State name."""
    rows = queries.run("obligation_matrix", question=question)
    rows = rows[rows["indicator"].isin(indicators)]
    place = {code: n for n, code in enumerate(indicators)}
    order = rows["iso3"].map({iso3: n for n, iso3 in enumerate(obligations.states_in_order())}) * 100
    return rows.assign(_at=order + rows["indicator"].map(place)).sort_values("_at").drop(columns="_at")


def _count(rows: pd.DataFrame, *statuses: str) -> int:
    return int(rows["status"].isin(statuses).sum())


def _present(codes: Sequence[str], used: pd.Series, marks: Sequence[Mark]) -> tuple[list[str], list[Mark]]:
    """The codes that occur, in their order, with their signs: the key shows no other."""
    found = [(code, mark) for code, mark in zip(codes, marks, strict=True) if (used == code).any()]
    return [code for code, _mark in found], [mark for _code, mark in found]


def _cell(code: str, row, signs: Sequence[str]) -> list:
    """The sign of a code with the year of the evidence, framed by its age."""
    sign = signs.index(code)
    return [sign] if row.age is None else [sign, obligations.year_words(row.as_of), AGES.index(row.age)]


def _missing(n: int, whole: int) -> str:
    if not n:
        return ""
    return ngettext(
        "{n} of {all} cells without information", "{n} of {all} cells without information", n
    ).format(n=number(n), all=number(whole))


def _found(rows: pd.DataFrame) -> pd.DataFrame:
    """The table for readers: what was found, in words."""
    return pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Indicator"): [label("indicator", code) for code in rows["indicator"]],
            _("Status"): [label("obligation_status", code) for code in rows["status"]],
            _("Year"): [
                "–" if row.status == "no_information" else obligations.year_words(row.as_of)
                for row in rows.itertuples()
            ],
            _("Finding"): [text or "–" for text in rows["finding"]],
        }
    )


def _coding() -> str:
    return _(
        "The sign is this project’s coding, the year that of the evidence. “No information” is not “not met”."
    )


# --- (a) plans ---------------------------------------------------------------------------------


def standing_name(standing: str) -> str:
    """How a plan stands, in words."""
    return {
        "runs": _("Plan whose years still run"),
        "end_not_stated": _("Plan found, last year not stated"),
        "partly": _("Partly: draft, policy or part of another document"),
        "expired": label("obligation_status", "expired"),
        "not_met": label("obligation_status", "not_met"),
        "no_information": label("obligation_status", "no_information"),
    }[standing]


def _plan_marks() -> list[Mark]:
    colours = theme.palette().obligation
    looks = (("disc", "met"), ("ring", "met"), ("half", "partly"), ("hourglass", "expired"), ("cross", "not_met"), ("hatch", "no_info"))  # fmt: skip
    return [
        Mark(shape, colours[colour], standing_name(code))
        for code, (shape, colour) in zip(STANDINGS, looks, strict=True)
    ]


def _plan_years(row) -> str:
    seen = obligations.year_words(row.as_of)
    return seen if row.valid_to is pd.NA else _("to {last} ({year})").format(last=row.valid_to, year=seen)


@kept
def plans() -> TableView:
    """Question (a): plans on disability and on victim assistance in the twelve."""
    rows = queries.run("plans_found")
    states = obligations.states_in_order()
    rows = (
        rows.assign(_at=rows["iso3"].map(states.index)).sort_values(["_at", "indicator"]).drop(columns="_at")
    )
    runs = {plan: int(((rows["indicator"] == plan) & (rows["standing"] == "runs")).sum()) for plan in PLANS}

    signs, marks = _present(STANDINGS, rows["standing"], _plan_marks())

    def cell(row) -> list:
        sign = signs.index(row.standing)
        return [sign] if row.age is None else [sign, _plan_years(row), AGES.index(row.age)]

    cells = {(row.iso3, row.indicator): cell(row) for row in rows.itertuples()}
    table = pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Plan"): [label("indicator", code) for code in rows["indicator"]],
            _("Standing"): [standing_name(code) for code in rows["standing"]],
            _("Last year of the plan"): ["–" if year is pd.NA else str(year) for year in rows["valid_to"]],
            _("Year of the evidence"): [
                "–" if row.standing == "no_information" else obligations.year_words(row.as_of) for row in rows.itertuples()
            ],
            _("Finding"): [text or "–" for text in rows["finding"]],
        }
    )  # fmt: skip
    unknown = int((rows["standing"] == "no_information").sum())
    return _table(
        "a",
        _("National action plans found in {n} States Parties, newest evidence").format(n=number(len(states))),
        _(
            "Plans whose years still run were found in {disability} of {all} States for disability and in {va} of {all} for victim assistance"
        ).format(disability=number(runs[PLANS[0]]), va=number(runs[PLANS[1]]), all=number(len(states))),
        _(
            "“to”: last year of the plan. In brackets, or alone: year of the evidence."
        ),
        [_("Disability"), _("Victim assistance")],
        [(state(iso3), [cells[iso3, plan] for plan in PLANS]) for iso3 in states],
        rows, table, marks, flags=obligations.flags(), widths=("34%", "33%", "33%"),
        missing=_missing(unknown, len(rows)), notes=_caveats("a"),
    )  # fmt: skip


# --- (b) data ----------------------------------------------------------------------------------


@kept
def data() -> TableView:
    """Question (b): data systems, and figures by sex, age and on disability."""
    rows = queries.run("data_split")
    states = obligations.states_in_order()
    split = {
        aspect: int(((rows["aspect"] == aspect) & (rows["known"] == "named")).sum()) for aspect in SPLITS[1:]
    }
    systems = rows[rows["aspect"] == "system"]
    present, signs = _present(STATUSES, systems["known"], obligations.marks())
    kinds = [*present, "named", "not_named"]
    colours = theme.palette()
    signs += [
        Mark("diamond", colours.accent, _("Figures of this kind published at least once")),
        Mark("dash", colours.quiet, _("No such figure in the findings read")),
    ]
    cells = {(row.iso3, row.aspect): _cell(row.known, row, kinds) for row in rows.itertuples()}
    names = {"system": _("Data system"), "sex": _("Sex"), "age": _("Age"), "disability": _("Disability")}
    shown = {
        "named": _("Published at least once"),
        "not_named": _("No such figure in the findings read"),
    }
    rows = rows.assign(_at=rows["iso3"].map(states.index) * 10 + rows["aspect"].map(SPLITS.index))
    rows = rows.sort_values("_at").drop(columns="_at")
    table = pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("What"): [names[aspect] for aspect in rows["aspect"]],
            _("Status"): [shown.get(code) or label("obligation_status", code) for code in rows["known"]],
            _("Year"): ["–" if row.age is None else obligations.year_words(row.as_of) for row in rows.itertuples()],
            _("Finding"): [text or "–" for text in rows["finding"]],
        }
    )  # fmt: skip
    unknown = int((systems["known"] == "no_information").sum())
    return _table(
        "b",
        _("Data on victims in {n} States Parties, newest evidence").format(n=number(len(states))),
        _(
            "A data system is coded “met” in {met} of {all} States; figures by sex were found for {sex}, by age for {age} and on disability for {disability}"
        ).format(
            met=number(int((systems["known"] == "met").sum())), all=number(len(states)),
            **{aspect: number(n) for aspect, n in split.items()},
        ),
        _(
            "First the data system, then kinds of figures that a finding names: one figure does not make a system."
        ),
        list(names.values()),
        [(state(iso3), [cells[iso3, aspect] for aspect in SPLITS]) for iso3 in states],
        rows, table, signs, flags=obligations.flags(), widths=("28%", "18%", "18%", "18%", "18%"),
        missing=_missing(unknown, len(states)),
        notes=(
            _(
                "Sex, age and disability are read from the words of the findings on data: a sign says that figures of that kind were published at least once, not that all data of the State are split."
            ),
            _("Figures on disability may count persons with disabilities of all causes."),
            *_caveats("b"),
        ),
    )  # fmt: skip


# --- (c), (e), (f): what was found, in words ---------------------------------------------------


def _told(question: str, main: str, beside: Sequence[tuple[str, str]], kicker: str, title: str) -> TableView:
    """A table that tells the finding on `main` and gives the status of the indicators `beside`."""
    indicators = [main, *(code for code, _name in beside)]
    rows = _rows(question, indicators)
    signs, marks = _present(STATUSES, rows["status"], obligations.marks())
    by_pair = {(row.iso3, row.indicator): row for row in rows.itertuples()}

    def line(iso3: str) -> tuple:
        told, *others = (by_pair[iso3, code] for code in indicators)
        cells = [_cell(row.status, row, signs) for row in (told, *others)]
        return state(iso3), [cells[0], told.finding or "", *cells[1:]]

    return _table(
        question, kicker, title, _coding(),
        [_("Status"), _("What was found"), *(name for _code, name in beside)],
        [line(iso3) for iso3 in obligations.states_in_order()],
        rows, _found(rows), marks, layout="words", flags=obligations.flags(),
        widths=("20%", "11%", f"{69 - 14 * len(beside)}%", *["14%"] * len(beside)),
        missing=_missing(_count(rows, "no_information"), len(rows)), notes=_caveats(question),
    )  # fmt: skip


@kept
def roles() -> TableView:
    """Question (c): the focal point in each State, and coordination."""
    focal, coordination = (_rows("c", [code]) for code in ("focal_point", "coordination_mechanism"))
    n = len(focal)
    return _told(
        "c",
        "focal_point",
        [("coordination_mechanism", _("Coordination"))],
        _("Government focal points and coordination in {n} States Parties, newest evidence").format(
            n=number(n)
        ),
        _(
            "A designated focal point was found for {found} of {all} States; a coordination mechanism was coded “met” for {met}"
        ).format(found=number(_count(focal, "met")), all=number(n), met=number(_count(coordination, "met"))),
    )


@kept
def participation() -> TableView:
    """Question (e): where survivors take part."""
    rows = _rows("e", ["participation"])
    return _told(
        "e",
        "participation",
        [],
        _("Participation of survivors in {n} States Parties, newest evidence").format(n=number(len(rows))),
        _(
            "Participation of survivors is coded “met” in {met} and “partly” in {partly} of {all} States; nothing was found for {unknown}"
        ).format(
            met=number(_count(rows, "met")), partly=number(_count(rows, "partly")), all=number(len(rows)),
            unknown=number(_count(rows, "no_information")),
        ),
    )  # fmt: skip


@kept
def support() -> TableView:
    """Question (f): the evidence on mental health and psychosocial support."""
    rows = _rows("f", ["mhpss"])
    return _told("f", "mhpss", [], _("Mental health and psychosocial support in {n} States Parties, newest evidence").format(n=number(len(rows))), support_finding())  # fmt: skip


def support_finding() -> str:
    """How thin the evidence on mental health and psychosocial support is."""
    rows = _rows("f", ["mhpss"])
    unknown, recent = _count(rows, "no_information"), int((rows["age"] == "recent").sum())
    return ngettext(
        "On mental health and psychosocial support, nothing was found for {unknown} of {all} States; it is coded “met” in {met}, and {n} finding is of the last five years",
        "On mental health and psychosocial support, nothing was found for {unknown} of {all} States; it is coded “met” in {met}, and {n} findings are of the last five years",
        recent,
    ).format(
        unknown=number(unknown), all=number(len(rows)), met=number(_count(rows, "met")), n=number(recent)
    )  # fmt: skip


# --- (d) services and cooperation --------------------------------------------------------------


def service_name(indicator: str) -> str:
    """A short name, for the head of a narrow column."""
    return {
        "medical_care": _("Medical care"),
        "rehabilitation": _("Rehabilitation"),
        "socio_economic_inclusion": _("Inclusion"),
        "training_va_professionals": _("Training"),
        "coordination_mechanism": _("Coordination"),
        "national_budget": _("Budget"),
    }[indicator]


@kept
def services() -> TableView:
    """Question (d): services, training, coordination and budget."""
    rows = _rows("d", SERVICES)
    states = obligations.states_in_order()
    signs, marks = _present(STATUSES, rows["status"], obligations.marks())
    cells = {(row.iso3, row.indicator): _cell(row.status, row, signs) for row in rows.itertuples()}
    unknown, everything = _count(rows, "no_information"), len(rows)
    return _table(
        "d",
        _("Services, coordination and budget in {n} States Parties, newest evidence").format(n=number(len(states))),
        _(
            "Evidence on services, coordination and budgets was found for {n} of {all} pairs of State and indicator; {met} are coded “met” and {recent} rest on the last five years"
        ).format(
            n=number(everything - unknown), all=number(everything), met=number(_count(rows, "met")),
            recent=number(int((rows["age"] == "recent").sum())),
        ),
        _coding(),
        [service_name(code) for code in SERVICES],
        [(state(iso3), [cells[iso3, code] for code in SERVICES]) for iso3 in states],
        rows, _found(rows), marks,
        flags=obligations.flags(), widths=("22%", *["13%"] * len(SERVICES)),
        missing=_missing(unknown, everything), notes=_caveats("d"),
    )  # fmt: skip


# --- (g) new victims ---------------------------------------------------------------------------


@kept
def new_victims() -> TableView:
    """Question (g): what is known of the new victims of the four States in the latest year recorded."""
    whole = victims.four_states()
    known = queries.run("victims_known")
    recorded = known[(known["aspect"] == "number") & known["known"].isin(["named", "cluster_munition"])]
    year = int((recorded if len(recorded) else known)["year"].max())
    rows = known[known["year"] == year].reset_index(drop=True)
    states = sorted(rows["iso3"].unique(), key=state)
    kinds = [kind for kind in ("cluster_munition", "not_split", "named", "incident", "not_named", "none") if (rows["known"] == kind).any()]  # fmt: skip
    cells = {}
    for row in rows.itertuples():
        told = [] if row.known == "none" else [victims.known_name(row.known)]
        cells[row.iso3, row.aspect] = [kinds.index(row.known), *told]
    unknown = int((rows["known"] == "none").sum())
    table = pd.DataFrame(
        [
            (state(row.iso3), str(row.year), victims.aspect_name(row.aspect), victims.known_name(row.known))
            for row in rows.itertuples()
        ],
        columns=[_("State"), _("Year"), _("What"), _("What is known")],
    )
    return _table(
        "g",
        _("What is known of new victims in {n} States Parties in {year}").format(n=number(len(states)), year=year),
        whole.title,
        _("Each cell says how well something is known, not how many people were killed or injured."),
        [state(iso3) for iso3 in states],
        [(victims.aspect_name(aspect), [cells[iso3, aspect] for iso3 in states]) for aspect in victims.ASPECTS],
        rows, table, _victim_marks(kinds), layout="words", first=_("What"), widths=("20%", *["20%"] * len(states)),
        tables=whole.tables, sources=whole.source_ids, missing=_missing(unknown, len(rows)), notes=whole.notes,
    )  # fmt: skip


def _victim_marks(kinds: Sequence[str]) -> list[Mark]:
    colours = theme.palette()
    looks: dict[str, tuple[str, str]] = {
        "cluster_munition": ("disc", colours.casualties["remnant"]),
        "not_split": ("ring", colours.ink),
        "named": ("diamond", colours.accent),
        "incident": ("square", colours.ink),
        "not_named": ("dash", colours.quiet),
        "none": ("hatch", colours.obligation["no_info"]),
    }
    return [Mark(*looks[kind], victims.known_name(kind)) for kind in kinds]
