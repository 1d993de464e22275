"""The six instruments: who is bound on a day, joining over time, survivors under two conventions.

May use: `views` beside it and the rooms below. Open first: `words.py` for what is said,
`figure.py` for how it is drawn, `table.py` for rows, tables of words and twins.
"""

from datetime import date

from dialogue.snapshot import queries, reader
from dialogue.views import shared
from dialogue.views.evidence.instruments import figure, table, words
from dialogue.views.evidence.instruments.figure import STANDINGS, standing_marks
from dialogue.views.evidence.instruments.table import days, every_day, every_year, of_words, years
from dialogue.views.evidence.instruments.words import groups
from dialogue.views.shared import by_name, publishers
from dialogue.views.signs import TableView
from dialogue.views.view import View, kept, sign
from dialogue.words.i18n import _, day, number

__all__ = [
    "STANDINGS", "acts_after", "days", "disputed", "groups", "joining", "protocol_v", "standing_marks", "survivors",
    "suspensions", "who_is_bound", "withdrawals", "years",
]  # fmt: skip


@kept(usual={"on": shared.treaty_day}, allowed={"on": every_day, "group": groups})
def who_is_bound(on: date | None = None, group: str = "twelve") -> TableView:
    """Standing of the States of a group under the six instruments on a day (usually that of the depositary's lists), and since when."""
    rows = queries.run("bound_by", as_of=on, state_group=group)
    world = queries.run("treaty_counts", as_of=on).set_index("instrument")
    others = queries.run("organizations_bound", as_of=on)
    instruments, states = list(world.index), by_name(rows["iso3"])
    cells = {
        (row.iso3, row.instrument): (row.status, row.since or "", row.action)
        for row in rows.itertuples(index=False)
    }
    everyone = int(queries.run("bound_together", as_of=on, state_group="all")["states"].iloc[0])
    counts = [(words.parties_of_all(everyone), [number(world.loc[i, "state_parties"]) for i in instruments])]
    if group != "all":
        parties = rows[rows["status"] == "state_party"]["instrument"].value_counts()
        these = [number(int(parties.get(i, 0))) for i in instruments]
        counts.append((words.parties_of_these(len(states)), these))
    kicker = words.bound_kicker(len(instruments), on, group)
    sources = [*rows["source_id"].dropna(), *others["source_id"]]
    return TableView(
        key="bound", kicker=kicker, title=words.bound_finding(on, group), how=" ".join(words.bound_rules(on, world, others)),
        figure=None, alt=kicker, data=rows, table=table.bound_table(states, instruments, cells, counts),
        tables=("treaty_actions", "treaty_conflicts", "treaty_events"), source_ids=shared.cited(sources), as_of=str(on),
        notes=words.bound_notes(group), drawing=figure.bound(states, instruments, cells, counts, kicker, sources, on),
    )  # fmt: skip


@kept
def acts_after() -> TableView:
    """Acts known to the data that count only after the day on which the depositary's lists were read."""
    rows, as_of = queries.run("treaty_acts_after"), reader.snapshot().treaties_as_of
    return of_words(
        "acts_after", _("Acts after the day on which the depositary’s lists were read"), words.acts_after_title(len(rows), as_of), words.acts_after_how(as_of),
        [_("Instrument"), _("Act"), _("Date as known"), _("Counts from"), _("Effect"), _("Remark")],
        table.acts_after(rows), rows, ("treaty_actions",), ("15%", "8%", "13%", "12%", "12%", "9%", "31%"),
        on=as_of,
    )  # fmt: skip


@kept
def disputed() -> TableView:
    """Acts for which another source prints another date."""
    rows = queries.run("treaty_disputed")
    return of_words(
        "disputed", _("Dates on which sources differ"), words.disputed_title(len(rows)),
        _("The date used stands in the tables above; the other date is shown here with its source and the reason for the choice."),
        [_("Instrument"), _("Act"), _("Date used"), _("Other source"), _("Remark")],
        table.disputed(rows), rows, ("treaty_conflicts", "treaty_actions"), ("15%", "9%", "13%", "14%", "14%", "35%"),
    )  # fmt: skip


@kept(usual={"on": shared.treaty_day}, allowed={"on": every_day})
def suspensions(on: date | None = None) -> TableView:
    """Announced suspensions of an instrument up to a day (usually that of the depositary's lists): they end no standing."""
    rows = queries.run("treaty_suspensions", as_of=on)
    return of_words(
        "suspensions", _("Communications on a suspension"),
        words.suspensions_title(rows[rows["event"] == "suspension_announced"], on),
        _("The dashboard shows the depositary’s list: there, only a withdrawal that has taken effect ends a standing."),
        [_("Instrument"), _("Event"), _("Date"), _("Remark")], table.suspensions(rows), rows, ("treaty_events",),
        ("16%", "9%", "22%", "13%", "40%"), on=on,
    )  # fmt: skip


@kept(
    widths=("narrow",), usual={"first": lambda: years()[0], "last": lambda: years()[1]},
    allowed={"first": every_year, "last": every_year},
)  # fmt: skip
def joining(first: int | None = None, last: int | None = None) -> View:
    """States Parties to each instrument, day by day, from the year `first` (of the first act) to the year `last` (of the data)."""
    first, last = sorted((first, last))
    start, end = date(first, 1, 1), min(date(last, 12, 31), reader.snapshot().treaties_as_of)
    acts = queries.run("treaty_joining", as_of=end)
    starts = queries.run("treaty_starts", as_of=end)
    left = queries.run("treaty_withdrawals", as_of=end)
    counts = queries.run("treaty_counts", as_of=end).set_index("instrument")["state_parties"]
    everyone = int(queries.run("bound_together", state_group="all")["states"].iloc[0])
    drawn = figure.joining(acts, starts, counts, everyone, start, end)
    kicker = words.joining_kicker(first, end.year)
    sign(drawn, kicker, publishers(acts["source_id"]), day(end), bottom=34)
    title = words.joining_finding(counts, len(left), end)
    shown = acts[acts["day"] >= start]
    return View(
        key="joining", kicker=kicker, title=title,
        how=_("Each step is a State that joins or leaves, on the day from which it counts: its deposit, or the day its withdrawal takes effect."),
        figure=drawn, alt=words.joining_alt(kicker, title, counts), data=shown, table=table.year_table(first, end),
        tables=("treaty_actions", "instruments"), source_ids=shared.cited(shown["source_id"], starts["source_id"]),
        as_of=str(end), notes=words.joining_notes(counts, starts),
    )  # fmt: skip


@kept
def withdrawals() -> TableView:
    """Withdrawals that have taken effect, with the day of notification."""
    rows = queries.run("treaty_withdrawals")
    notes = words.withdrawals_notes(queries.run("treaty_acts_after"))
    return of_words(
        "withdrawals", _("Withdrawals from the instruments compared"), words.withdrawals_title(len(rows), reader.snapshot().treaties_as_of),
        " ".join([_("In order of instrument and date; a withdrawal takes effect some time after its notification."), *notes]),
        [_("Instrument"), _("Notified"), _("Took effect")], table.withdrawals(rows), rows, ("treaty_actions",),
        ("34%", "18%", "24%", "24%"), notes=notes, on=shared.treaty_day(),
    )  # fmt: skip


@kept
def survivors_named() -> TableView:
    """The same States by name alone: under both conventions, or under one of them."""
    rows = queries.run("apmbc_survivors").set_index("iso3", drop=False)
    n = rows["part"].value_counts()
    both, only, other = (int(n.get(part, 0)) for part in words.survivor_parts())
    return of_words(
        "survivors_named", _("States named under the APMBC for significant numbers of survivors, and States with CCM Article 5 obligations"),
        words.survivors_title(both, only, other), _("Alphabetical within each part. The evidence on each State follows below."),
        [_("How many"), _("States")], table.survivors_named(rows), rows.reset_index(drop=True), ("apmbc_survivor_states",),
        ("32%", "8%", "60%"), notes=words.survivors_notes(), missing=words.survivors_missing(only), on=shared.treaty_day(),
        lead=_("Under which convention"),
    )  # fmt: skip


@kept
def survivors() -> TableView:
    """States named as responsible for many mine survivors beside the States with Article 5 obligations."""
    rows = queries.run("apmbc_survivors").set_index("iso3", drop=False)
    n = rows["part"].value_counts()
    both, only, other = (int(n.get(part, 0)) for part in words.survivor_parts())
    return of_words(
        "survivors", _("States named under the APMBC for significant numbers of survivors, beside the States with CCM Article 5 obligations"),
        words.survivors_title(both, only, other), words.survivors_how(max(rows["newest"].dropna(), default="")),
        [_("CCM"), _("APMBC"), _("Newest evidence"), _("Pieces of evidence"), _("How the newest source words it")],
        table.survivors(rows), rows.reset_index(drop=True), ("apmbc_survivor_states",),
        ("19%", "12%", "12%", "13%", "9%", "35%"), notes=words.survivors_notes(), missing=words.survivors_missing(only),
        marks=standing_marks(), on=shared.treaty_day(),
    )  # fmt: skip


@kept
def protocol_v() -> TableView:
    """What the documents read say on victim assistance under CCW Protocol V: a list, not a chart."""
    rows = queries.run("protocol_v")
    presented = rows[rows["iso3"].notna() & (rows["kind"] == "va_presentation")]["iso3"].nunique()
    return of_words(
        "protocol_v", _("CCW Protocol V and victim assistance: what was read"), words.protocol_v_title(presented),
        _("A list of what was found. No chart of compliance can be drawn from it: a presentation is not proof of a national report, and a State not listed may have reported."),
        [_("Date"), _("What was read"), _("Remark")], table.protocol_v(rows), rows, ("protocol_v",),
        ("17%", "13%", "45%", "25%"),
    )  # fmt: skip
