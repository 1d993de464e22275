"""The sentences on obligations: findings, kickers, caveats, names of ages and actions."""

import pandas as pd

from dialogue.snapshot import reader
from dialogue.views.evidence.obligations.asked import Scope, count_of, states_in_order
from dialogue.views.view import kept
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, label, ngettext, number, state

# --- names -----------------------------------------------------------------------------


def action_name(action) -> str:
    """“Action 33 · National action plans and focal points”."""
    return _("Action {n} · {topic}").format(n=action, topic=label("action", action))


@kept
def ages() -> dict[str, str]:
    """What the ages of evidence are called."""
    since = int(count_of()["recent_from"])
    return {
        "recent": _("{year} or later").format(year=since),
        "older": _("older than five years ({year} or before)").format(year=since - 1),
        "undated": _("undated"),
    }


def year_words(as_of) -> str:
    return _("undated") if as_of is pd.NA or as_of is None else str(as_of)


def kind_words(kind) -> str:
    """What a kind of evidence is called within a sentence; "" where none is known."""
    words = {
        "direct": _("speaks of victims or victim assistance"),
        "general": _("general measure that does not name victims"),
    }
    return words.get(kind, "")


def beside(row) -> str:
    """What the other kind of evidence says beside the cell, as a sentence; "" where there is none."""
    return _of_other_kind(
        row,
        direct=_("Beside it, speaking of victims or victim assistance ({status}, {year}): {finding}"),
        general=_("Beside it, a general measure that does not name victims ({status}, {year}): {finding}"),
    )


def beside_in_short(row) -> str:
    """That a finding of the other kind stands beside, without its words."""
    return _of_other_kind(
        row, direct=_("Beside it, on victims: {status}, {year}."), general=_("Beside it, a general measure: {status}, {year}.")
    )


def _of_other_kind(row, **words: str) -> str:
    """The sentence for the kind that stands beside; "" where there is none."""
    if not isinstance(row.other_kind, str):
        return ""
    status = label("obligation_status", row.other_status).lower()
    return words[row.other_kind].format(status=status, year=year_words(row.other_as_of), finding=row.other_finding)


def seen_first(text: str) -> str:
    """That a person should see the document first, and why."""
    return _("Should be seen by a person first: {why}").format(why=text)


def to_confirm(rows: pd.DataFrame) -> tuple[str, ...]:
    """Which of the cells shown rest on a finding that a person should see first."""
    return tuple(
        f"{state(row.iso3)}, {label('indicator', row.indicator)}: {seen_first(row.to_confirm)}"
        for row in rows[rows["to_confirm"].notna()].itertuples()
    )


def standing_words(row) -> str:
    standing = label("treaty_status", row.status)
    if not row.action:
        return standing
    return f"{standing}: {label('treaty_action', row.action).lower()}, {day(row.since)}"


def scope_words(asked: Scope) -> str:
    """What a view is limited to, for its kicker."""
    words = [action_name(asked.action)] if asked.action else []
    if asked.question:
        words.append(_("question ({letter})").format(letter=asked.question))
    count = len(asked.states) or len(states_in_order())
    words.append(ngettext("{n} State Party", "{n} States Parties", count).format(n=number(count)))
    return commas(words)


# --- findings --------------------------------------------------------------------------


@kept
def finding(action: str | None = None, question: str | None = None, states: tuple[str, ...] = ()) -> str:
    """The finding of the page: how many pairs have evidence, and how recent it is."""
    count = count_of(action, question, states)
    evidence, recent = int(count["evidence"]), int(count["recent"])
    if not count["pairs"]:
        return _("None of the indicators belongs to what was asked for")
    found = ngettext(
        "Evidence was found for {n} of {pairs} entries (a State and an indicator)",
        "Evidence was found for {n} of {pairs} entries (a State and an indicator)",
        evidence,
    ).format(n=number(evidence), pairs=number(int(count["pairs"])))
    if not evidence:
        return found
    if not recent:
        return _("{found}; none of it is dated {year} or later").format(
            found=found, year=count["recent_from"]
        )
    return ngettext(
        "{found}; for {n} of them it dates from the last five years",
        "{found}; for {n} of them it dates from the last five years",
        recent,
    ).format(found=found, n=number(recent))


def gap_title(rows: pd.DataFrame) -> str:
    gap = rows[rows["no_information"] > 0]
    if gap.empty:
        return _("On every indicator shown, something was found for every State")
    most = gap[gap["no_information"] == gap["no_information"].max()]
    names = i18n.listing([i18n.quoted(label("indicator", code)) for code in most["indicator"]])
    if len(most) > 3:
        return ngettext(
            "Something is missing on {n} of {all} indicator", "Something is missing on {n} of {all} indicators", len(rows)
        ).format(n=number(len(gap)), all=number(len(rows)))  # fmt: skip
    n = int(most["no_information"].iloc[0])
    return ngettext(
        "Least is known about {names}: no information on {n} of {all} States",
        "Least is known about {names}: no information on {n} of {all} States",
        n,
    ).format(names=names, n=number(n), all=number(int(most["states"].iloc[0])))


def years_title(count: pd.Series) -> str:
    """For how many pairs the evidence that counts is old."""
    older = int(count["older"])
    return ngettext(
        "For {n} of {all} entries with evidence, what counts is older than five years",
        "For {n} of {all} entries with evidence, what counts is older than five years",
        older,
    ).format(n=number(older), all=number(int(count["evidence"])))


# --- kickers, how to read, what is missing, what holds ---------------------------------


def matrix_kicker(asked: Scope) -> str:
    return _("Evidence that counts on the indicators of Article 5, {scope}, data as of {date}").format(
        scope=scope_words(asked), date=day(reader.snapshot().as_of)
    )


def matrix_how(matches: int | None) -> str:
    """`matches`: how many pairs fit the filters, None without a filter."""
    how = _("Choose a cell to read the finding and its document (keyboard: arrow keys, Enter). In a box: a general measure that does not name victims.")
    if matches is None:
        return how
    return ngettext(
        "{n} entry fits the filters; other evidence is left out. ", "{n} entries fit the filters; other evidence is left out. ", matches
    ).format(n=number(matches)) + how  # fmt: skip


def missing(asked: Scope) -> str:
    """How many pairs have no information, and in how many States."""
    count = count_of(*asked)
    return ngettext(
        "{pairs} of {all} entries without information, in {n} of {states} States",
        "{pairs} of {all} entries without information, in {n} of {states} States",
        int(count["states_with_gaps"]),
    ).format(
        pairs=number(int(count["no_information"])), all=number(int(count["pairs"])),
        n=number(int(count["states_with_gaps"])), states=number(int(count["states"])),
    )  # fmt: skip


def caveats() -> tuple[str, ...]:
    """What holds for every view of the coding."""
    since = int(count_of()["recent_from"])
    return (
        _(
            "The coding is this project’s own reading of short findings; it is no score and no ranking of States."
        ),
        _("Action numbers follow the order of topics in the work plan and await confirmation."),
        _("“No information” means that nothing was found in the documents read. It does not mean “not found in place”."),
        _(
            "A finding that speaks of victims or victim assistance gives the cell before a general measure, whatever their years; the newest of the kind counts. On the national disability plan, alignment with the CRPD and the law a general measure is what is asked for: there the newest of both counts. The other kind is shown beside it."
        ),
        _("An undated finding never outranks a dated one."),
        _("A plan past its last year is shown as past its end year, whatever its coding."),
        _(
            "Evidence is known to the year only. A year counts as within the last five years while any day of it may be: {year} or later."
        ).format(year=since),
    )


def matrix_source(kicker: str, documents: int) -> str:
    """The source line of the matrix."""
    return _("{kicker}. Own coding of findings in {n} documents, listed under Sources and notes; action numbers await confirmation. No score, no ranking. Data version {version}. Dialogue on Victim Assistance.").format(
        kicker=kicker, n=number(documents), version=reader.snapshot().fingerprint
    )  # fmt: skip


def own_coding() -> str:
    """What the figures name as their source."""
    return _("own coding of the documents under Sources and notes")
