"""Views on the six instruments: who is bound on a date, joining over time, survivors under two conventions."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.signs import Mark, TableView, drawing
from dialogue.views.view import View, kept, plain, sign, source_line
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, listing, ngettext, number, state

STANDINGS = ("state_party", "signatory", "withdrawn", "not_party")
SHAPES = {"state_party": "disc", "signatory": "half", "withdrawn": "cross", "not_party": "dash"}
NAMED = 3  # publishers named in a source line; the others stand in “Sources and notes”


def groups() -> dict[str, str]:
    """The groups of States a comparison can be narrowed to: code and name."""
    regions = {code: label("region", code) for code in i18n.codes("region")}
    return {"twelve": _("States with Article 5 obligations"), "all": _("All States"), **regions}


def days() -> tuple[date, date, date]:
    """First day anybody acted, the day the data speak for, last day an act known to the data counts from."""
    as_of = reader.snapshot().as_of
    first = min(queries.run("treaty_joining")["day"], default=as_of)
    last = max(queries.run("treaty_acts_after")["counts_from"], default=as_of)
    return min(first, as_of), as_of, max(last, as_of)


def short(instrument: str) -> str:
    return label("instrument_short", instrument)


def by_name(codes: Iterable[str]) -> list[str]:
    """States in the alphabetical order of their names."""

    def plain_letters(iso3: str) -> str:
        letters = unicodedata.normalize("NFKD", state(iso3).casefold())
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    return sorted(set(codes), key=plain_letters)


def publishers(source_ids: Iterable[str], first: str = "") -> list[str]:
    """Who published what a view rests on, the most used first; “and others” where they are many."""
    known = queries.run("citations").drop_duplicates("source_id").set_index("source_id")["publisher"]
    used = pd.Series([known.get(source) for source in source_ids if source in known.index], dtype=object)
    names = list(used.value_counts().index)
    return [*names[:NAMED], _("and others listed with the figure")] if len(names) > NAMED else names


def standing_marks() -> list[Mark]:
    """The four signs of a standing, in the order of STANDINGS."""
    colours = theme.palette()
    fills = {**colours.treaty, "not_party": colours.quiet}
    tints = {"state_party": 0.13, "signatory": 0.1, "withdrawn": 0.13, "not_party": 0.0}
    return [Mark(SHAPES[s], fills[s], label("treaty_status", s), tints[s]) for s in STANDINGS]


def _present(values: Iterable) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


# ---- who is bound ----


@kept
def who_is_bound(on: date, group: str) -> TableView:
    """Standing of the States of a group under the six instruments on a day, and since when."""
    rows = queries.run("bound_by", as_of=on, state_group=group)
    world = queries.run("treaty_counts", as_of=on).set_index("instrument")
    others = queries.run("organizations_bound", as_of=on)
    instruments = list(world.index)
    cells = {
        (row.iso3, row.instrument): (row.status, row.since or "", row.action)
        for row in rows.itertuples(index=False)
    }
    states = by_name(rows["iso3"])
    parties = rows[rows["status"] == "state_party"]["instrument"].value_counts()
    everyone = int(queries.run("bound_together", as_of=on, state_group="all")["states"].iloc[0])
    counts = [
        (
            ngettext("States Parties, of {n} State", "States Parties, of all {n} States", everyone).format(
                n=everyone
            ),
            [number(world.loc[instrument, "state_parties"]) for instrument in instruments],
        )
    ]
    if group != "all":
        of_these = ngettext(
            "States Parties, of this {n} State", "States Parties, of these {n} States", len(states)
        )
        counts.append((of_these.format(n=len(states)), [number(int(parties.get(i, 0))) for i in instruments]))
    listed = [
        (state(iso3), [[STANDINGS.index(cells[iso3, i][0]), cells[iso3, i][1]] for i in instruments])
        for iso3 in states
    ]
    kicker = _("Standing under {n} instruments on {date}: {group}").format(
        n=len(instruments), date=day(on), group=groups()[group]
    )
    title = _bound_finding(on, group)
    sources = [*rows["source_id"].dropna(), *others["source_id"]]
    return TableView(
        key="bound",
        kicker=kicker,
        title=title,
        how=" ".join(_bound_rules(on, world, others)),
        figure=None,
        alt=kicker,
        data=rows,
        table=_bound_table(states, instruments, cells, counts),
        tables=("treaty_actions", "treaty_conflicts", "treaty_events"),
        source_ids=_present(sources),
        as_of=str(on),
        notes=(
            _("A withdrawal counts from the day it takes effect, not from its notification."),
            *([] if group != "twelve" else [_("The States are those that the work plan of November 2024 names; other lists differ.")]),
        ),
        drawing=drawing(
            "dates", standing_marks(), _("State"), [short(i) for i in instruments],
            [("", counts), ("", listed)], source_line(kicker, publishers(sources), day(on)),
            codes=([*[""] * len(counts), *states], ()), links="states?state=",
        ),
    )  # fmt: skip


def _bound_finding(on: date, group: str) -> str:
    found = queries.run("bound_together", as_of=on, state_group=group).iloc[0]
    n, both, every = int(found["states"]), int(found["ccm_and_crpd"]), int(found["by_all"])
    texts = {
        "twelve": ngettext(
            "On {date}, {both} of the {n} States with Article 5 obligations was bound by the CCM and the CRPD, {every} by all {k} instruments",
            "On {date}, {both} of the {n} States with Article 5 obligations were bound by the CCM and the CRPD, {every} by all {k} instruments",
            both,
        ),
        "all": ngettext(
            "On {date}, {both} of {n} States was bound by the CCM and the CRPD, {every} by all {k} instruments",
            "On {date}, {both} of {n} States were bound by the CCM and the CRPD, {every} by all {k} instruments",
            both,
        ),
    }
    region = ngettext(
        "{region}: on {date}, {both} of {n} States was bound by the CCM and the CRPD, {every} by all {k} instruments",
        "{region}: on {date}, {both} of {n} States were bound by the CCM and the CRPD, {every} by all {k} instruments",
        both,
    )
    if group == "twelve" and both == n > 1:
        texts["twelve"] = _(
            "On {date}, all {n} States with Article 5 obligations were bound by the CCM and the CRPD, {every} by all {k} instruments"
        )
    return texts.get(group, region).format(
        date=day(on), both=number(both), n=number(n), every=number(every), k=number(int(found["instruments"])),
        region=groups()[group],
    )  # fmt: skip


def _bound_rules(on: date, world: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    """How standing is counted, and what the reader must know of this day."""
    said = []
    as_of = reader.snapshot().as_of
    if on > as_of:
        said.append(
            _("The data are complete to {date}; of later acts only those listed below are known.").format(
                date=day(as_of)
            )
        )
    said.append(
        _(
            "The United Nations counts a party from its deposit, not from entry into force; an act known to the year only counts from the last day of that year."
        )
    )
    for instrument, rows in others.groupby("instrument"):
        states = int(world.loc[instrument, "state_parties"])
        said.append(
            ngettext(
                "{names} is party to the {instrument} but not a State: {states} States and {n} other make {total} parties.",
                "{names} are party to the {instrument} but not States: {states} States and {n} others make {total} parties.",
                len(rows),
            ).format(
                names=_the(listing([state(code) for code in rows["iso3"]])), instrument=short(instrument),
                states=number(states), n=number(len(rows)), total=number(states + len(rows)),
            )
        )  # fmt: skip
    return said


def _the(names: str) -> str:
    """Names of organizations at the start of a sentence."""
    return _("The {names}").format(names=names)


def _bound_table(
    states: Sequence[str], instruments: Sequence[str], cells: dict, counts: Sequence
) -> pd.DataFrame:
    def words(status: str, since: str, action: str | None) -> str:
        if not since:
            return label("treaty_status", status)
        return _("{standing} since {date} ({act})").format(
            standing=label("treaty_status", status), date=day(since), act=label("treaty_action", action)
        )

    table = [[name, *numbers] for name, numbers in counts]
    table += [[state(iso3), *(words(*cells[iso3, i]) for i in instruments)] for iso3 in states]
    return pd.DataFrame(table, columns=[_("State"), *(short(i) for i in instruments)])


@kept
def acts_after() -> TableView:
    """Acts known to the data that count only after the day the data speak for."""
    rows = queries.run("treaty_acts_after")
    as_of = reader.snapshot().as_of
    effects = {"joins": _("joins"), "leaves": _("leaves"), "signs": _("signs")}
    columns = [_("Instrument"), _("Act"), _("Date as known"), _("Counts from"), _("Effect"), _("Remark")]
    lines = [
        (
            state(row.iso3),
            [
                short(row.instrument), label("treaty_action", row.action), day(row.date), day(row.counts_from),
                effects.get(row.effect, _("no change of standing")), row.note or "",
            ],
        )
        for row in rows.itertuples(index=False)
    ]  # fmt: skip
    title = ngettext(
        "{n} act known here counts only after {date}",
        "{n} acts known here count only after {date}",
        len(rows),
    ).format(n=number(len(rows)), date=day(as_of))
    kicker = _("Acts after the day the data speak for")
    return _wordy(
        "acts_after", kicker, title,
        _("These acts are not in the standing on {date}; choose a later day above to see them count. Later acts that nobody entered yet are missing.").format(date=day(as_of)),
        _("State"), columns, [("", lines)], rows, ("treaty_actions",), ("15%", "8%", "13%", "12%", "12%", "9%", "31%"),
    )  # fmt: skip


@kept
def disputed() -> TableView:
    """Acts for which another source prints another date."""
    rows = queries.run("treaty_disputed")
    columns = [_("Instrument"), _("Act"), _("Date used"), _("Other source"), _("Remark")]
    lines = [
        (
            state(row.iso3),
            [
                short(row.instrument),
                label("treaty_action", row.action),
                day(row.used) or "–",
                day(row.other),
                row.note or "",
            ],
        )
        for row in rows.itertuples(index=False)
    ]
    title = ngettext(
        "For {n} act another source prints another date",
        "For {n} acts another source prints another date",
        len(rows),
    ).format(n=number(len(rows)))
    return _wordy(
        "disputed", _("Dates on which sources differ"), title,
        _("The date used stands in the tables above; the other date is shown here with its source and the reason for the choice."),
        _("State"), columns, [("", lines)], rows, ("treaty_conflicts", "treaty_actions"),
        ("15%", "9%", "13%", "14%", "14%", "35%"),
    )  # fmt: skip


@kept
def suspensions(on: date) -> TableView:
    """Announced suspensions of an instrument: they end no standing."""
    rows = queries.run("treaty_suspensions", as_of=on)
    announced = rows[rows["event"] == "suspension_announced"]
    if len(announced):
        first = announced.iloc[0]
        title = _("{state} announced a suspension of the {instrument}; its standing on {date} is: {standing}").format(
            state=i18n.the_state(first["iso3"]), instrument=short(first["instrument"]), date=day(on),
            standing=label("treaty_status", first["standing"]),
        )  # fmt: skip
        title = title[:1].upper() + title[1:]
    else:
        title = _("No announced suspension is recorded by {date}").format(date=day(on))
    columns = [_("Instrument"), _("Event"), _("Date"), _("Remark")]
    lines = [
        (state(row.iso3), [short(row.instrument), _event(row.event), day(row.date), row.note or ""])
        for row in rows.itertuples(index=False)
    ]
    return _wordy(
        "suspensions", _("Suspension announced, not a withdrawal"), title,
        _("A suspension is no act that the Convention or this dashboard counts: only a withdrawal that has taken effect ends a standing."),
        _("State"), columns, [("", lines)], rows, ("treaty_events",), ("16%", "9%", "22%", "13%", "40%"),
        as_of=on,
    )  # fmt: skip


def _event(code: str) -> str:
    known = {
        "suspension_announced": _("Suspension announced"),
        "suspension_circulated_by_depositary": _("Announcement circulated by the depositary"),
    }
    opening = "objection_to_suspension_by_"
    if code.startswith(opening):
        return _("Objection to the suspension announced by {state}").format(
            state=i18n.the_state(code[len(opening) :])
        )
    return known.get(code, code)


def _wordy(
    key: str, kicker: str, title: str, how: str, first: str, columns: list[str], sections: list, rows: pd.DataFrame,
    tables: tuple[str, ...], widths: tuple[str, ...], *, notes: tuple[str, ...] = (), missing: str = "",
    marks: Sequence[Mark] = (), as_of: date | None = None,
) -> TableView:  # fmt: skip
    """A view that is a table of words, with the same rows as its twin."""
    as_of = as_of or reader.snapshot().as_of
    flat = [
        [name, *(_text(cell, marks) for cell in cells)]
        for _heading, lines in sections
        for name, cells in lines
    ]
    return TableView(
        key=key, kicker=kicker, title=title, how=how, figure=None, alt=f"{kicker}. {title}", data=rows,
        table=pd.DataFrame(flat, columns=[first, *columns]),
        tables=tables, source_ids=_present(rows["source_id"]), as_of=str(as_of), notes=notes, missing=missing,
        drawing=drawing(
            "words", marks, first, columns, [section for section in sections if section[1]],
            source_line(kicker, publishers(rows["source_id"].dropna()), day(as_of)), widths=widths,
        ),
    )  # fmt: skip


def _text(cell, marks: Sequence[Mark]) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return cell[1] or marks[cell[0]].label


# ---- joining over time ----

HEIGHT = 560


def years() -> tuple[int, int]:
    """First and last year that joining can be shown for."""
    first, as_of, _last = days()
    return first.year, as_of.year


@kept
def joining(first: int, last: int, narrow: bool = False) -> View:
    """States bound by each instrument, day by day, from the year `first` to the year `last`."""
    as_of = reader.snapshot().as_of
    end = min(date(last, 12, 31), as_of)
    start = date(first, 1, 1)
    acts = queries.run("treaty_joining", as_of=end)
    starts = queries.run("treaty_starts", as_of=end)
    left = queries.run("treaty_withdrawals", as_of=end)
    counts = queries.run("treaty_counts", as_of=end).set_index("instrument")["state_parties"]
    everyone = int(queries.run("bound_together", state_group="all")["states"].iloc[0])
    figure = go.Figure()
    for instrument in counts.index:
        _line(figure, instrument, acts[acts["instrument"] == instrument], start, end)
    _marks(figure, starts, acts[acts["change"] < 0], start)
    top = everyone
    _end_labels(figure, counts, end, top, narrow)
    colours = theme.palette()
    figure.add_hline(y=everyone, line={"color": colours.quiet, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=everyone, yanchor="bottom", font={"color": colours.secondary, "size": 14},
        text=plain(ngettext("{n} State in all", "{n} States in all", everyone).format(n=number(everyone))),
    )  # fmt: skip
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), height=HEIGHT, showlegend=True,
        legend={"x": 0, "y": 1, "yref": "container", "yanchor": "top"},
        margin={"t": 84 if narrow else 56, "r": 112 if narrow else 212, "l": 8},
        xaxis={"range": [str(start), str(end)], "type": "date", "hoverformat": "%-d %B %Y", "nticks": 5 if narrow else 12},
        yaxis={"range": [0, top], "tickvals": [*range(0, everyone - 20, 50), everyone]},
    )  # fmt: skip
    kicker = _("States Parties to each instrument, day by day, {first}–{last}").format(
        first=first, last=end.year
    )
    sign(figure, kicker, publishers(acts["source_id"]), day(end), bottom=34)
    title = _joining_finding(counts, len(left), end)
    shown = acts[acts["day"] >= start]
    return View(
        key="joining", kicker=kicker, title=title,
        how=_("Each step is a State that joins or leaves, on the day from which it counts: its deposit, or the day its withdrawal takes effect."),
        figure=figure, alt=_joining_alt(kicker, title, counts), data=shown, table=_year_table(first, end),
        tables=("treaty_actions", "instruments"),
        source_ids=_present([*shown["source_id"], *starts["source_id"]]), as_of=str(end),
        notes=_joining_notes(counts, starts),
    )  # fmt: skip


def _joining_finding(counts: pd.Series, left: int, end: date) -> str:
    return ngettext(
        "By {date}, the CCM bound {ccm} States, the APMBC {apmbc} and the CRPD {crpd}; {n} withdrawal had taken effect",
        "By {date}, the CCM bound {ccm} States, the APMBC {apmbc} and the CRPD {crpd}; {n} withdrawals had taken effect",
        left,
    ).format(
        date=day(end),
        ccm=number(counts["CCM"]),
        apmbc=number(counts["APMBC"]),
        crpd=number(counts["CRPD"]),
        n=number(left),
    )


def _joining_alt(kicker: str, title: str, counts: pd.Series) -> str:
    last = listing([f"{short(instrument)} {number(n)}" for instrument, n in counts.items()])
    return _("{kicker}. {title}. Last values: {values}.").format(kicker=kicker, title=title, values=last)


def _joining_notes(counts: pd.Series, starts: pd.DataFrame) -> tuple[str, ...]:
    without = [
        short(instrument) for instrument in counts.index if instrument not in set(starts["instrument"])
    ]
    said = [
        _("States only: the European Union, a party to the CRPD, is not counted."),
        _("An act known to the year only counts from the last day of that year."),
    ]
    if without:
        said.append(
            _(
                "No date of entry into force by the last day shown was found in the sources for: {names}."
            ).format(names=listing(without))
        )
    return tuple(said)


def _line(figure: go.Figure, instrument: str, acts: pd.DataFrame, start: date, end: date) -> None:
    """One step line: the count at the start, then one point a day on which it changes, to the end."""
    steps = acts.drop_duplicates("day")[["day", "state_parties"]]
    before = steps[steps["day"] < start]["state_parties"]
    inside = steps[steps["day"] >= start]
    if before.empty and inside.empty:
        return
    x = [str(d) for d in inside["day"]]
    y = [int(n) for n in inside["state_parties"]]
    if not before.empty:
        x, y = [str(start), *x], [int(before.iloc[-1]), *y]
    if x[-1] != str(end):
        x, y = [*x, str(end)], [*y, y[-1]]
    figure.add_scatter(
        x=x, y=y, mode="lines", name=plain(short(instrument)), showlegend=False,
        line={"shape": "hv", "width": 3 if instrument == "CCM" else 2.2, "color": theme.palette().instruments[instrument]},
        hovertemplate="%{fullData.name}, %{x}: %{y}<extra></extra>",
    )  # fmt: skip


def _marks(figure: go.Figure, starts: pd.DataFrame, leaving: pd.DataFrame, start: date) -> None:
    """Entries into force and withdrawals, each sign in the colour of its line, once in the legend."""
    colours = theme.palette()
    starts, leaving = starts[starts["day"] >= start], leaving[leaving["day"] >= start]
    kinds = (
        ("diamond", _("Entry into force of the instrument"), starts, [short(i) for i in starts["instrument"]]),
        (
            "triangle-down", _("A withdrawal takes effect"), leaving,
            [f"{short(row.instrument)}: {state(row.iso3)}" for row in leaving.itertuples(index=False)],
        ),
    )  # fmt: skip
    for symbol, name, rows, texts in kinds:
        marker = {"symbol": symbol, "size": 13, "line": {"color": colours.paper, "width": 1.5}}
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=name,
            marker={**marker, "color": colours.secondary},
            hoverinfo="skip",
        )
        if len(rows):
            figure.add_scatter(
                x=[str(d) for d in rows["day"]], y=[int(n) for n in rows["state_parties"]], mode="markers", name=name,
                showlegend=False, marker={**marker, "color": [colours.instruments[i] for i in rows["instrument"]]},
                text=[plain(text) for text in texts],
                hovertemplate="%{text}<br>%{fullData.name}, %{x}<br>%{y}<extra></extra>",
            )  # fmt: skip


def _end_labels(figure: go.Figure, counts: pd.Series, end: date, top: float, narrow: bool) -> None:
    """Name and last value of each line at its end, moved apart where they would overlap."""
    colours = theme.palette()
    line = top * 19 / (HEIGHT - 190)  # height of a line of text in States
    at = top
    for instrument, n in sorted(counts.items(), key=lambda item: -item[1]):
        words = f"{plain(short(instrument))} <b>{number(n)}</b>"
        lines = 1
        if narrow and len(short(instrument)) > 12:
            head, _space, tail = plain(short(instrument)).rpartition(" ")
            words, lines = f"{head}<br>   {tail} <b>{number(n)}</b>", 2
        y = min(float(n), at - line * lines / 2)
        at = y - line * lines / 2
        if n == 0:
            continue
        figure.add_annotation(
            x=str(end), y=y, xanchor="left", yanchor="middle", align="left", xshift=4, font={"size": 14 if narrow else 16},
            text=f'<span style="color:{colours.instruments[instrument]}">■</span> {words}',
        )  # fmt: skip


def _year_table(first: int, end: date) -> pd.DataFrame:
    rows = queries.run("treaty_by_year", as_of=end)
    rows = rows[rows["year"] >= first]
    instruments = list(dict.fromkeys(rows["instrument"]))

    def words(row) -> str:
        changes = [f"+{row.joined}" if row.joined else "", f"−{row.left_it}" if row.left_it else ""]
        said = ", ".join(change for change in changes if change)
        return f"{number(row.state_parties)} ({said})" if said else number(row.state_parties)

    cells = {(row.year, row.instrument): words(row) for row in rows.itertuples(index=False)}
    lasts = rows.groupby("year")["day"].max()
    table = [
        [day(lasts[y]), *(cells.get((y, i), "–") for i in instruments)]
        for y in sorted(set(rows["year"]), reverse=True)
    ]
    return pd.DataFrame(table, columns=[_("On"), *(short(i) for i in instruments)])


@kept
def withdrawals() -> TableView:
    """Withdrawals that have taken effect, with the day of notification."""
    rows = queries.run("treaty_withdrawals")
    columns = [_("Instrument"), _("Notified"), _("Took effect")]
    lines = [
        (
            state(row.iso3),
            [short(row.instrument), day(row.notified) or _("no date found"), day(row.effective)],
        )
        for row in rows.itertuples(index=False)
    ]
    as_of = reader.snapshot().as_of
    title = ngettext(
        "{n} withdrawal had taken effect by {date}", "{n} withdrawals had taken effect by {date}", len(rows)
    ).format(n=number(len(rows)), date=day(as_of))
    later = queries.run("treaty_acts_after")
    leaving = later[later["effect"] == "leaves"]
    notes = tuple(
        _(
            "{state}, {instrument}: the data know of a withdrawal that counts from {date}, after the day they speak for."
        ).format(state=state(row.iso3), instrument=short(row.instrument), date=day(row.counts_from))
        for row in leaving.itertuples(index=False)
    )
    return _wordy(
        "withdrawals", _("Withdrawals from the instruments compared"), title,
        " ".join([_("In order of instrument and date; a withdrawal takes effect some time after its notification."), *notes]),
        _("State"), columns, [("", lines)], rows, ("treaty_actions",), ("34%", "18%", "24%", "24%"), notes=notes,
    )  # fmt: skip


# ---- survivors under the APMBC, and Protocol V ----


@kept
def survivors() -> TableView:
    """States named as responsible for many mine survivors beside the States with Article 5 obligations."""
    rows = queries.run("apmbc_survivors").set_index("iso3", drop=False)
    marks = standing_marks()
    parts = {
        "both": _("Named under the APMBC, and with CCM Article 5 obligations"),
        "article_5": _("With CCM Article 5 obligations; no evidence found under the APMBC"),
        "apmbc": _("Named under the APMBC; not on the work plan’s list of States with Article 5 obligations"),
    }

    def cells(row) -> list:
        standing = [
            [STANDINGS.index(code), label("treaty_status", code)] for code in (row["ccm"], row["apmbc"])
        ]
        if not row["evidence"]:
            return [*standing, _("none found"), "0", ""]
        return [*standing, day(row["newest"]), number(row["evidence"]), row["basis"]]

    sections = []
    for part, heading in parts.items():
        codes = by_name(rows[rows["part"] == part]["iso3"])
        sections.append(
            (f"{heading} ({number(len(codes))})", [(state(iso3), cells(rows.loc[iso3])) for iso3 in codes])
        )
    n = rows["part"].value_counts()
    both, only, other = (int(n.get(part, 0)) for part in parts)
    title = ngettext(
        "Sources name {n} State for significant numbers of mine survivors, {both} among the {all} with CCM Article 5 obligations",
        "Sources name {n} States for significant numbers of mine survivors, {both} of them among the {all} with CCM Article 5 obligations",
        both + other,
    ).format(n=number(both + other), both=number(both), all=number(both + only))
    newest = max(rows["newest"].dropna(), default="")
    how = [
        _(
            "Alphabetical within each part. The newest evidence found gives date and wording; sources word it differently."
        )
    ]
    if newest:
        how.append(_("The most recent of all is of {date}.").format(date=day(newest)))
    return _wordy(
        "survivors", _("States named under the APMBC for significant numbers of survivors, beside the States with CCM Article 5 obligations"),
        title,
        " ".join(how),
        _("State"), [_("CCM"), _("APMBC"), _("Newest evidence"), _("Pieces of evidence"), _("How the newest source words it")],
        sections, rows.reset_index(drop=True), ("apmbc_survivor_states",), ("19%", "12%", "12%", "13%", "9%", "35%"),
        notes=(
            _("The lists of meetings name speakers only: a State absent there may still hold the responsibility."),
            _("No evidence found is not “no responsibility”."),
            _("Standing under both conventions is that of the day the data speak for."),
        ),
        missing=ngettext(
            "No evidence was found for {n} State with Article 5 obligations", "No evidence was found for {n} States with Article 5 obligations", only
        ).format(n=number(only)),
        marks=marks,
    )  # fmt: skip


@kept
def protocol_v() -> TableView:
    """What the documents read say on victim assistance under CCW Protocol V: a list, not a chart."""
    rows = queries.run("protocol_v")
    columns = [_("Date"), _("What was read"), _("Remark")]

    def lines(found: pd.DataFrame, name) -> list:
        return [
            (name(row.iso3), [day(row.date) or _("undated"), row.detail, row.note or ""])
            for row in found.itertuples(index=False)
        ]

    named = rows[rows["iso3"].notna()]
    named = named.assign(rank=[by_name(named["iso3"]).index(iso3) for iso3 in named["iso3"]]).sort_values(
        ["rank", "date"]
    )
    general = rows[rows["iso3"].isna()]
    presented = named[named["kind"] == "va_presentation"]["iso3"].nunique()
    title = ngettext(
        "Under Protocol V, the documents read show {n} State presenting its victim assistance",
        "Under Protocol V, the documents read show {n} States presenting their victim assistance",
        presented,
    ).format(n=number(presented))
    return _wordy(
        "protocol_v", _("CCW Protocol V and victim assistance: what was read"), title,
        _("A list of what was found. No chart of compliance can be drawn from it: a presentation is not proof of a national report, and a State not listed may have reported."),
        _("State"), columns,
        [(_("What States presented or reported"), lines(named, state)), (_("The Protocol and its plan of action"), lines(general, lambda _code: short("CCW_PV")))],
        rows, ("protocol_v",), ("17%", "13%", "45%", "25%"),
    )  # fmt: skip
