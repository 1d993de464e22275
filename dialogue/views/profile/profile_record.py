"""What else is known of a State, subject by subject: each fact with its date and source, each gap in words."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views.dialogue import victim_definitions
from dialogue.views.evidence import obligations
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, label, ngettext, number, semicolons

TABLES = (
    "apmbc_findings", "apmbc_survivor_states", "article7_context", "article7_reports", "casualty_totals", "crpd_reports",
    "good_practices", "obligation_findings", "obligation_lists", "protocol_v", "survivors", "treaty_actions",
    "treaty_conflicts", "treaty_events", "victim_definitions",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One statement: `lead` in bold, the text, in small what it rests on, and its documents.

    `quiet` marks the absence of information, `mark` is a status code with a
    sign, `age` says that the evidence is old or undated. `gap` is "none" where
    nothing was found and "skip" where the subject does not arise for a State.
    """

    text: str
    lead: str = ""
    where: str = ""
    mark: str = ""
    age: str = ""
    sources: tuple[str, ...] = ()
    quiet: bool = False
    gap: str = ""

    @property
    def plain(self) -> str:
        """The statement as one line of text."""
        words = [part for part in (self.lead, self.age) if part]
        text = ": ".join(part for part in (commas(words), self.text) if part)
        return f"{text} ({self.where})" if self.where else text


Items = tuple[Item, ...]


def subjects(iso3: str) -> Iterator[tuple[str, Items]]:
    """Subject by subject what was found on a State; an item of a gap is quiet."""
    yield _("Focal point"), _found(_coded(iso3, "focal_point"), _apmbc_item(iso3, "focal_point"))
    yield (
        _("Coordination"),
        _found(_coded(iso3, "coordination_mechanism"), _apmbc_item(iso3, "coordination_mechanism")),
    )
    yield _("Casualties over all years"), _found(*_all_time(iso3))
    yield _("Survivors, counted"), _found(*_survivors(iso3, "recorded"))
    yield _("Survivors, estimated"), _found(*_survivors(iso3, "estimate"))
    yield _("CCM Article 7 reports"), _article7(iso3)
    yield _("CRPD reporting"), _crpd(iso3)
    yield _("APMBC: responsibility for survivors"), _found(_apmbc_item(iso3, "responsibility"))
    yield _("APMBC: other findings"), _found(*_apmbc(iso3))
    yield _("CCW Protocol V"), _found(*_protocol_v(iso3))
    yield _("Lists of States with cluster munition victims"), _lists(iso3)
    yield _("Who counts as a victim"), _found(*_victims(iso3))
    yield _("Good practices"), _found(*_practices(iso3))
    if {"responses_board", "responses_published"} <= set(queries.names()):
        yield _("Responses to the guiding questions"), _responses(iso3)
    yield _("Other events and disputed dates"), _found(*_events(iso3))


def _found(*items: Item | None) -> Items:
    given = tuple(item for item in items if item)
    return given or (Item(_("No information found"), quiet=True, gap="none"),)


def _records(name: str, iso3: str) -> list[dict]:
    return queries.run(name, iso3=iso3).to_dict("records")


def _coded(iso3: str, indicator: str) -> Item | None:
    """The finding that gives the cell of the matrix, in words."""
    rows = queries.run("obligation_status", iso3=iso3)
    for row in rows[rows["indicator"] == indicator].itertuples():
        return Item(row.finding, where=obligations.year_words(row.as_of), sources=(row.source_id,))
    return None


def _apmbc_item(iso3: str, topic: str) -> Item | None:
    for row in _records("profile_apmbc", iso3):
        if row["topic"] == topic:
            return _finding(row, _("Under the APMBC") if topic != "responsibility" else "")
    return None


def _apmbc(iso3: str) -> Iterator[Item]:
    names = {
        "action_plan": _("Action plan"),
        "article7_reporting": _("Article 7 reporting"),
        "data": _("Data"),
        "disability_sector_integration": _("Integration with the disability sector"),
        "needs_assessment": _("Needs assessment"),
        "services": _("Services"),
        "survivor_participation": _("Participation of survivors"),
    }
    for row in _records("profile_apmbc", iso3):
        if row["topic"] not in ("responsibility", "focal_point", "coordination_mechanism"):
            name = names.get(row["topic"], row["topic"].replace("_", " "))
            yield _finding(row, _("{topic}, {status}").format(topic=name, status=row["status"]))


def _finding(row: dict, lead: str) -> Item:
    where = day(row["as_of"])
    if row["older"]:
        more = ngettext("{n} older row of evidence", "{n} older rows of evidence", row["older"])
        where = f"{where}; " + more.format(n=number(row["older"]))
    return Item(row["detail"], lead=lead, where=where, sources=(row["source_id"],))


def _all_time(iso3: str) -> Iterator[Item]:
    for row in _records("profile_all_time", iso3):
        count = number(row["count"], row["count_type"])
        if row["part"] == "estimate":
            if pd.notna(row["count_high"]):
                count = _("about {low}–{high}").format(
                    low=number(row["count"]), high=number(row["count_high"])
                )
            text = _("{n} estimated to {end}, apart from those recorded").format(
                n=count, end=day(row["period_end"])
            )
        else:
            text = _("{n} recorded to {end} ({measure})").format(
                n=count, end=day(row["period_end"]), measure=row["measure"]
            )
        where = row["edition_title"] or row["edition"]
        if row["mark"] == "other":
            where = _("{edition}, not a Monitor figure").format(edition=where)
        if row["other_values"]:
            where += "; " + _("also printed: {values}").format(values=without_codes(row["other_values"]))
        yield Item(text, where=where, sources=(row["source_id"],))


def without_codes(printed: str) -> str:
    """“193 (CMM 2016; code) | …” without the codes of the documents, each once."""
    values = [part.rsplit("; ", 1)[0] + (")" if "; " in part else "") for part in printed.split(" | ")]
    return semicolons(dict.fromkeys(values))


def _survivors(iso3: str, part: str) -> Iterator[Item]:
    names = {
        "mine_erw_survivors": _("mine and ERW survivors"),
        "estimated_mine_erw_survivors": _("mine and ERW survivors"),
        "mine_erw_survivors_identified": _("mine and ERW survivors identified"),
        "registered_mine_erw_survivors": _("mine and ERW survivors registered"),
        "mine_erw_survivors_since_1992": _("mine and ERW survivors since 1992"),
        "mine_erw_survivors_incl_abandoned_ordnance": _("survivors of mines, ERW and abandoned ordnance"),
        "mine_erw_victims": _("mine and ERW victims"),
        "mine_erw_victims_estimate": _("mine and ERW victims"),
        "survivors_recorded": _("survivors"),
        "survivors_and_family_members_registered": _("survivors and family members registered"),
        "people_injured_recorded_1999_2017": _("people injured, 1999–2017"),
        "all_known_casualties": _("casualties, survivors among them"),
        "all_known_casualties_since_1979": _("casualties since 1979, survivors among them"),
        "all_recorded_casualties_1991_2019": _("casualties 1991–2019, survivors among them"),
        "all_recorded_casualties_1991_2020": _("casualties 1991–2020, survivors among them"),
    }
    for row in _records("profile_survivors", iso3):
        if row["part"] != part:
            continue
        count = number(row["count"], row["count_type"])
        if pd.notna(row["count_high"]):
            count = _("about {low}–{high}").format(low=number(row["count"]), high=number(row["count_high"]))
        name = names.get(row["measure"], row["measure"].replace("_", " "))
        # the remark is part of how the source words the figure
        where = semicolons(part for part in (day(row["as_of"]), row["note"]) if part)
        yield Item(f"{count} {name}", where=where, sources=(row["source_id"],))


def _article7(iso3: str) -> Items:
    items = [
        _report(row) if row["kind"] == "report" else _fact(row) for row in _records("profile_article7", iso3)
    ]
    if items:
        return tuple(items)
    (summary,) = _records("profile_summary", iso3)
    if summary["status"] != "state_party":  # the article binds States Parties
        return _found()
    return (Item(_("No report found in the documents read"), quiet=True),)


def _report(row: dict) -> Item:
    words = {
        "yes": _("Found"),
        "late": _("Found, dated after it was due"),
        "no": _("Not found"),
    }
    text = words[row["found"]]
    if row["date"]:
        text = _("{found}, {date}").format(found=text, date=day(row["date"]))
    if row["va_section"] == "yes":
        text = _("{found}; its part on victim assistance was seen").format(found=text)
    return Item(
        text,
        lead=_("Report of {year}").format(year=row["year"]),
        where=row["note"] or "",
        sources=(row["source_id"],),
    )


def _fact(row: dict) -> Item:
    text = row["fact"][:1].upper() + row["fact"][1:]
    where = semicolons(
        part for part in (day(row["date"]) if row["date"] else _("undated"), row["note"]) if part
    )
    return Item(text, where=where, sources=(row["source_id"],))


def _crpd(iso3: str) -> Items:
    (row,) = _records("profile_crpd", iso3)
    if not row["source_id"]:
        return _found()
    sources = (row["source_id"],)
    items = [Item(_due(row), lead=_("Initial report"), sources=sources)]
    observations = _("none found")
    if row["observations"]:
        observations = _("newest found: {date}").format(date=day(row["observations"]))
    items.append(Item(observations, lead=_("Concluding observations"), sources=sources))
    return tuple(items)


def _due(row: dict) -> str:
    """When the initial report was due and came; never that one is missing."""
    due, parts = day(row["due"]) if row["due"] else "", []
    if row["due_when"] == "impossible":
        parts.append(
            _("the report prints {due} as its due date, which is before the State joined ({since})").format(
                due=due, since=day(row["since"])
            )
        )
    elif due:
        basis = _("as printed") if row["due_basis"] == "printed" else _("computed from Article 35")
        parts.append(_("due {date} ({basis})").format(date=due, basis=basis))
    if row["submitted"]:
        parts.append(_("submitted {date}").format(date=day(row["submitted"])))
    elif row["due_when"] == "coming":
        parts.append(_("not due yet"))
    elif row["observations"]:
        parts.append(_("date of submission not found"))
    else:
        parts.append(_("no report found"))
    return semicolons(parts)


def _protocol_v(iso3: str) -> Iterator[Item]:
    rows = queries.run("protocol_v")
    for row in rows[rows["iso3"] == iso3].itertuples():
        text = row.detail[:1].upper() + row.detail[1:]
        yield Item(text, where=day(row.date) if row.date else _("undated"), sources=(row.source_id,))


def _victims(iso3: str) -> Iterator[Item]:
    for row in victim_definitions.of_state(iso3):
        where = row["place"] if pd.isna(row["year"]) else _("{place}, {year}").format(place=row["place"], year=row["year"])
        yield Item(victim_definitions.in_words(row), lead=row["instrument"], where=where, sources=(row["source_id"],))


def _lists(iso3: str) -> Items:
    rows = _records("profile_lists", iso3)
    named = [row for row in rows if row["named"]]
    # a list of signatories says nothing by leaving out a State Party
    others = [row for row in rows if not row["named"] and row["list"] != "monitor_2012_signatories"]
    names = {True: _("Named by"), False: _("Not named by")}
    items = [
        Item(
            semicolons(label("obligation_list", row["list"]) for row in part),
            lead=names[part is named],
            sources=tuple(dict.fromkeys(row["source_id"] for row in part)),
        )
        for part in (named, others)
        if part
    ]
    return tuple(items) if named else (Item(_("On none of the lists found"), quiet=True),)


def _practices(iso3: str) -> Iterator[Item]:
    for row in _records("profile_practices", iso3):
        where = _("undated") if pd.isna(row["year"]) else str(row["year"])
        lead = _("Question ({letter})").format(letter=row["question"])
        yield Item(row["description"], lead=lead, where=where, sources=(row["source_id"],))


def _responses(iso3: str) -> Items:
    """Published answers; of the others only how many have come in."""
    board = queries.run("responses_board")
    board = board[board["iso3"] == iso3]
    if not len(board):
        return (
            Item(_("The questions are put to the twelve States of the work plan"), quiet=True, gap="skip"),
        )
    received, published = int(board["received"].sum()), int(board["published"].sum())
    if not received:
        return (Item(_("No response recorded"), quiet=True),)
    items = [
        Item(
            row["summary_en"] or row["answer"],
            lead=_("Question ({letter})").format(letter=row["question"]),
            where=semicolons([day(row["received"]), row["document"]]),
        )
        for row in _records("responses_published", iso3)
    ]
    if received > published:
        more = ngettext(
            "{n} answer received, not published", "{n} answers received, not published", received - published
        )
        items.append(Item(more.format(n=number(received - published))))
    return tuple(items)


def _events(iso3: str) -> Iterator[Item]:
    names = {
        "communication": _("Communication circulated by the depositary"),
        "domestic_decree_approving_accession": _("Decree approving accession"),
        "provisional_application": _("Provisional application"),
        "suspension_announced": _("Suspension announced"),
        "suspension_circulated_by_depositary": _("Announcement of a suspension circulated by the depositary"),
        "territorial_application": _("Territorial application"),
        "territorial_exclusion": _("Territorial exclusion"),
    }
    for row in _records("profile_events", iso3):
        instrument = label("instrument_short", row["instrument"])
        if row["kind"] == "date":
            text = _("{act}: {used} is used here, another source prints {other}").format(
                act=label("treaty_action", row["event"]),
                used=day(row["used"]) if row["used"] else _("no date"),
                other=day(row["date"]),
            )
        elif row["event"].startswith("objection_to_suspension_by_"):
            against = i18n.the_state(row["event"].rsplit("_", 1)[1])
            text = _("{date}: {state} objects to the suspension announced by {against}").format(
                date=day(row["date"]), state=i18n.state(row["actor"]), against=against
            )
        else:
            name = names.get(row["event"], row["event"].replace("_", " "))
            text = _("{date}: {event}").format(date=day(row["date"]), event=name)
        yield Item(text, lead=instrument, where=row["note"] or "", sources=(row["source_id"],))
