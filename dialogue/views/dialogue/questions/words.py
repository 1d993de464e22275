"""What is said of each guiding question: its words, its findings, the names in its tables."""

import pandas as pd

from dialogue.views.dialogue.questions.rows import PLANS, SPLITS, count_of, newest
from dialogue.views.evidence import obligations
from dialogue.words import i18n
from dialogue.words.i18n import _, label, ngettext, number


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


def asked(question: str) -> str:
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


def caveats(question: str) -> tuple[str, ...]:
    return obligations.matrix(question=question).notes


def missing_cells(n: int, whole: int) -> str:
    if not n:
        return ""
    return ngettext(
        "{n} of {all} entries without information", "{n} of {all} entries without information", n
    ).format(n=number(n), all=number(whole))


def coding_note() -> str:
    return _(
        "The sign is this project’s coding, the year that of the evidence. “No information” does not mean “not found in place”."
    )


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


def plan_years(row) -> str:
    seen = obligations.year_words(row.as_of)
    return seen if row.valid_to is pd.NA else _("to {last} ({year})").format(last=row.valid_to, year=seen)


def support_finding() -> str:
    """How thin the evidence on mental health and psychosocial support is."""
    rows = newest("f", ["mhpss"])
    unknown, recent = count_of(rows, "no_information"), int((rows["age"] == "recent").sum())
    return ngettext(
        "On mental health and psychosocial support, nothing was found for {unknown} of {all} States; it is coded “met” in {met}, and {n} finding is of the last five years",
        "On mental health and psychosocial support, nothing was found for {unknown} of {all} States; it is coded “met” in {met}, and {n} findings are of the last five years",
        recent,
    ).format(
        unknown=number(unknown), all=number(len(rows)), met=number(count_of(rows, "met")), n=number(recent)
    )  # fmt: skip


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


def plans_finding(rows: pd.DataFrame, states: int) -> str:
    """In how many States a plan was found whose years still run."""
    runs = {plan: int(((rows["indicator"] == plan) & (rows["standing"] == "runs")).sum()) for plan in PLANS}
    return _(
        "A current national disability plan was found in {disability} of {all} States, a victim assistance plan in {va}"
    ).format(disability=number(runs[PLANS[0]]), va=number(runs[PLANS[1]]), all=number(states))


def split_name(aspect: str) -> str:
    """What is looked for in data on victims: a system, or figures of a kind."""
    return {"system": _("Data system"), "sex": _("Sex"), "age": _("Age"), "disability": _("Disability")}[aspect]


def data_finding(rows: pd.DataFrame, states: int) -> str:
    """In how many States a data system is met, and figures by sex, age and on disability were found."""
    split = {
        aspect: int(((rows["aspect"] == aspect) & (rows["known"] == "named")).sum()) for aspect in SPLITS[1:]
    }
    met = int(((rows["aspect"] == "system") & (rows["known"] == "met")).sum())
    return _(
        "A data system is coded “met” in {met} of {all} States; figures by sex were found for {sex}, by age for {age} and on disability for {disability}"
    ).format(met=number(met), all=number(states), **{aspect: number(n) for aspect, n in split.items()})


def services_finding(rows: pd.DataFrame) -> str:
    """For how many pairs of State and indicator evidence was found, met or recent."""
    everything = len(rows)
    return _(
        "Evidence on services, coordination and budgets was found for {n} of {all} entries (a State and an indicator); {met} are coded “met” and {recent} rest on the last five years"
    ).format(
        n=number(everything - count_of(rows, "no_information")), all=number(everything), met=number(count_of(rows, "met")),
        recent=number(int((rows["age"] == "recent").sum())),
    )  # fmt: skip


def roles_finding(focal: pd.DataFrame, coordination: pd.DataFrame) -> str:
    """For how many States a focal point was found, and coordination is met."""
    return _(
        "A designated focal point was found for {found} of {all} States; a coordination mechanism was coded “met” for {met}"
    ).format(found=number(count_of(focal, "met")), all=number(len(focal)), met=number(count_of(coordination, "met")))


def participation_finding(rows: pd.DataFrame) -> str:
    """In how many States survivors take part."""
    return _(
        "Participation of survivors is coded “met” in {met} and “partly” in {partly} of {all} States; nothing was found for {unknown}"
    ).format(
        met=number(count_of(rows, "met")), partly=number(count_of(rows, "partly")), all=number(len(rows)),
        unknown=number(count_of(rows, "no_information")),
    )  # fmt: skip
