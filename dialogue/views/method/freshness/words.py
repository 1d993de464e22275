"""What is said of the age of the evidence, of gaps, editions and dates."""

from datetime import date

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.method.freshness.rows import count
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, label, ngettext, number, state

GAPS = ("indicator", "casualties", "question")


def age_words(today: date) -> dict[str, str]:
    """What the ages of evidence are called on a day."""
    since = int(count(today)["recent_from"])
    return {
        "recent": _("{year} or later").format(year=since),
        "older": _("{year} or before").format(year=since - 1),
        "undated": _("undated"),
        "none": _("no information"),
    }


def cells_missing(today: date) -> str:
    found = count(today)
    return ngettext("{n} entry of {all} without information", "{n} entries of {all} without information", int(found["none"])).format(
        n=number(int(found["none"])), all=number(int(found["cells"]))
    )


def gaps_title(rows: pd.DataFrame, iso3: str) -> str:
    """How many indicators, years and answers are missing, in one sentence."""
    n = rows["kind"].value_counts()
    cells, years, answers = (int(n.get(kind, 0)) for kind in GAPS)
    parts = [
        ngettext("{n} indicator without information", "{n} indicators without information", cells).format(n=number(cells))
        if iso3 != "all"
        else ngettext("{n} entry without information", "{n} entries without information", cells).format(n=number(cells)),
        ngettext("{n} year without a casualty figure", "{n} years without a casualty figure", years).format(n=number(years)),
        ngettext("{n} answer still to come", "{n} answers still to come", answers).format(n=number(answers)),
    ]
    listed = i18n.listing(parts)
    return listed if iso3 == "all" else _("{state}: {listed}").format(state=state(iso3), listed=listed)


def edition_words(kind: str) -> str:
    """What is known of a newer edition."""
    return {
        "known": _("known to exist"),
        "said": _("said to exist: only a lead tells of it"),
        "announced": _("announced"),
        "due": _("a year or more since the newest edition in use: look for the next"),
        "current": _("none known of"),
    }[kind]


def date_subject(instrument: str, kind: str, what: str | None) -> str:
    """“CCM, yearly report”: what a date is about."""
    what = _("initial report") if kind == "initial_report" else what
    return _("{instrument}, {what}").format(instrument=label("instrument_short", instrument), what=what)


def date_words(row) -> str:
    subject = date_subject(row.instrument, row.kind, row.what)
    return {"plan": _("{plan}: its last year"), "meeting": _("{meeting}: meeting")}.get(row.kind, "{subject}").format(
        plan=subject, meeting=subject, subject=subject
    )


def with_state(row) -> str:
    what = date_subject(row.instrument, row.kind, row.what)
    return _("{what} {of_state}").format(what=what, of_state=i18n.of_state(row.iso3)) if row.iso3 else what


def comes(row) -> str:
    if row.stands == "passed":
        return _("has passed")
    if row.rule == "yearly":
        return ngettext("every year; in {n} day", "every year; in {n} days", row.days).format(n=number(row.days))
    if len(row.date) < 10:
        return _("once")
    return ngettext("once; in {n} day", "once; in {n} days", row.days).format(n=number(row.days))


def without_date() -> str:
    names = [label("instrument_short", code) for code in queries.run("freshness_without_date")["instrument"]]
    if not names:
        return ""
    return _("No date of a report was found in the documents read for: {names}").format(names=commas(names))


def newest_title(rows: pd.DataFrame) -> str:
    """For how many States no report under Article 7 was found."""
    without = int(rows["article7"].isna().sum())
    return ngettext(
        "For {n} of {all} States no report under Article 7 was found",
        "For {n} of {all} States no report under Article 7 was found",
        without,
    ).format(n=number(without), all=number(len(rows)))


def tables_title(rows: pd.DataFrame) -> str:
    """How many tables carry no date of their own."""
    undated = int((rows["dated"] == 0).sum())
    return ngettext(
        "{n} of {all} tables with sources carries no date of its own",
        "{n} of {all} tables with sources carry no date of their own",
        undated,
    ).format(n=number(undated), all=number(len(rows)))


def editions_title(rows: pd.DataFrame) -> str:
    """How many newer editions are not yet in the tables."""
    n = int(rows["kind"].isin(["known", "announced", "said"]).sum())
    return ngettext(
        "{n} newer edition is known, announced or said to exist and not yet in the tables",
        "{n} newer editions are known, announced or said to exist and not yet in the tables",
        n,
    ).format(n=number(n))


def to_confirm_title(rows: pd.DataFrame) -> str:
    """How many findings a person should see in the document first, and how many of them give a cell."""
    n, cells = len(rows), int(rows["in_cell"].sum())
    if not n:
        return _("No finding waits for a person to see its document")
    found = ngettext(
        "{n} finding should be seen in its document by a person first",
        "{n} findings should be seen in their documents by a person first",
        n,
    ).format(n=number(n))
    return ngettext("{found}; {n} of them gives a cell", "{found}; {n} of them give a cell", cells).format(
        found=found, n=number(cells)
    )


def documents_title(n: int) -> str:
    """In how many cells a newer document is at hand."""
    return ngettext(
        "In {n} cell the evidence that counts rests on a document of which a newer one is already among the sources",
        "In {n} entries the evidence that counts rests on a document of which a newer one is already among the sources",
        n,
    ).format(n=number(n))


def dates_title(rows: pd.DataFrame) -> str:
    """The next report that is known to be due."""
    coming = rows[rows["stands"] == "coming"]
    reports = coming[coming["kind"].isin(["report", "initial_report"])]
    if len(reports):
        row = reports.iloc[0]
        title = _("Next report known to be due ({date}): {what}").format(what=with_state(row), date=day(row.date))
    else:
        title = _("No date of a report to come is known")
    return title
