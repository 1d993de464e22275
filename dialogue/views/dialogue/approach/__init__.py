"""Views on the integrated approach: what each instrument and plan asks for, whom it binds, and since when they exist."""

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.dialogue import crosswalk
from dialogue.views.shared import by_name, publishers, short
from dialogue.views.signs import Flag, Mark, TableView, drawing
from dialogue.views.view import View, kept, plain, sign, source_line
from dialogue.words.i18n import _, day, label, listing, ngettext, number, state, the_state

# What a clause means for a State, in the order of the sections.
BONDS = ("obligation", "commitment", "guidance", "unread", "past", "not_party", "none", "nobody")


def states() -> dict[str, str]:
    """Every State, by UN name: code and name."""
    return {iso3: state(iso3) for iso3 in by_name(queries.run("treaty_status", instrument="CCM")["iso3"])}


def _marks() -> list[Mark]:
    colours = theme.palette()
    strong, middle = colours.treaty["state_party"], colours.treaty["signatory"]
    return [
        Mark("disc", strong, _("Obligation"), 0.16),
        Mark("half", middle, _("Commitment in a plan of action"), 0.12),
        Mark("ring", colours.secondary, _("Guidance"), 0.05),
        Mark("square", colours.quiet, _("Plan covers it, text not read")),
        Mark("hourglass", colours.quiet, _("Plan past its end year")),
        Mark("cross", colours.quiet, _("Not bound: not a party")),
        Mark("dash", colours.quiet, _("No clause in the text read")),
        Mark("diamond", colours.quiet, _("Goal or standard: binds nobody")),
    ]


def _as_of() -> date:
    return reader.snapshot().as_of


def _cited(*columns: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for column in columns for source in column if source))


def _names(codes: str | None) -> str:
    """“CCM, APMBC and CRPD” from codes separated by spaces."""
    return listing([short(code) for code in (codes or "").split()])


# ---- one pillar, one State ----


@kept
def pillar(code: str, iso3: str) -> TableView:
    """Every instrument and plan on one pillar, by what it means for one State."""
    everything = queries.run("pillar_bonds", iso3=iso3)
    rows = everything[everything["pillar"] == code]
    order = list(crosswalk.instruments())
    rows = (
        rows.assign(place=[order.index(i) for i in rows["instrument"]])
        .sort_values("place")
        .drop(columns="place")
    )
    absent = [i for i in order if i not in set(rows["instrument"])]
    columns = [
        _("Nature"),
        _("Article or action"),
        _("What it asks for"),
        _("Text read"),
        _("Standing of the State"),
    ]
    sections = []
    for index, bond in enumerate(BONDS):
        found = rows[rows["bond"] == bond]
        lines = [(short(row.instrument), _pillar_cells(row, index)) for row in found.itertuples(index=False)]
        sections.append((_sections(iso3)[bond], lines))
    if absent:
        nothing = _("No information: no clause is recorded for this plan")
        sections.append((_("No information"), [(short(i), ["", "", nothing, "", ""]) for i in absent]))
    sections = [section for section in sections if section[1]]
    kicker = _(
        "{pillar}: what instruments and plans ask for, and whether they bind {state} on {date}"
    ).format(pillar=label("pillar", code), state=the_state(iso3), date=day(_as_of()))
    words = [_("Instrument or plan"), *columns]
    flat = [
        [heading, name, *(cell if isinstance(cell, str) else cell[1] for cell in cells)]
        for heading, lines in sections
        for name, cells in lines
    ]
    return TableView(
        key="pillar", kicker=kicker, title=_pillar_finding(code, iso3, rows),
        how=_("“No clause” means none in the text read: it is not a legal finding."),
        figure=None, alt=kicker, data=rows.assign(iso3=iso3), table=pd.DataFrame(flat, columns=[_("For the State"), *words]),
        tables=("va_crosswalk", "treaty_actions", "instrument_facts"),
        source_ids=_cited(rows["source_id"], rows["standing_source_id"]), as_of=str(_as_of()),
        missing=_without_clause(absent), notes=(*_later(iso3), *_caveats()),
        drawing=drawing(
            "words", _marks(), words[0], columns, sections,
            source_line(kicker, publishers([*rows["source_id"], *rows["standing_source_id"].dropna()]), day(_as_of())),
            widths=("14%", "14%", "13%", "34%", "9%", "16%"),
        ),
    )  # fmt: skip


def _sections(iso3: str) -> dict[str, str]:
    name = the_state(iso3)
    return {
        "obligation": _("Obliges {state}").format(state=name),
        "commitment": _("A commitment {state} shares, as party to the convention").format(state=name),
        "guidance": _("Guides {state}, as party to the convention").format(state=name),
        "unread": _("A commitment {state} shares, text not read").format(state=name),
        "past": _("Plan past its end year"),
        "not_party": _("Has a clause, does not bind {state}: not a party").format(state=name),
        "none": _("No clause in the text read"),
        "nobody": _("Goals and standards: they bind nobody"),
    }


def _pillar_cells(row, index: int) -> list:
    nature = (
        label("nature", row.nature)
        if row.bond != "nobody"
        else _("Goal")
        if row.instrument == "SDG"
        else _("Standard")
    )
    if row.qualified:
        nature = _("{nature} of States in a position to assist").format(nature=nature)
    article = "" if row.nature == "none" else row.article
    seen = {"yes": _("Yes"), "partial": _("In part"), "no": _("No")}[row.text_seen]
    return [[index, nature], article, row.summary, seen, _standing(row)]


def _standing(row) -> str:
    """What the State is to the instrument, or to the convention of a plan."""
    if row.convention is None:
        return ""
    status = label("treaty_status", row.status)
    if row.since:
        status = _("{status} since {date}").format(status=status, date=day(row.since))
    if row.convention == row.instrument:
        return status
    standing = _("{instrument}: {status}").format(instrument=short(row.convention), status=status)
    if row.last_year is pd.NA:
        return standing
    return _("{standing}; plan of {first}–{last}").format(
        standing=standing, first=row.first_year, last=row.last_year
    )


def _pillar_finding(code: str, iso3: str, rows: pd.DataFrame) -> str:
    """Who obliges the State, who only where it is in a position to assist, and how many plans commit it."""
    obliging = rows[rows["bond"] == "obligation"]
    conditional = [short(row.instrument) for row in obliging.itertuples(index=False) if row.qualified]
    firm = [short(row.instrument) for row in obliging.itertuples(index=False) if not row.qualified]
    plans = int((rows["bond"] == "commitment").sum())
    said = _("none of the instruments compared obliges {state}")
    if firm:
        said = ngettext("{names} obliges {state}", "{names} oblige {state}", len(firm))
    elif conditional:
        said = _("instruments oblige {state} only where it is in a position to assist: {others}")
    parts = [said.format(names=listing(firm), state=the_state(iso3), others=listing(conditional))]
    if firm and conditional:
        parts.append(
            _("where it is in a position to assist, also {others}").format(others=listing(conditional))
        )
    if plans:
        parts.append(
            ngettext(
                "{n} plan of action adds a commitment", "{n} plans of action add commitments", plans
            ).format(n=number(plans))
        )
    return _("{pillar}: {said}").format(pillar=label("pillar", code), said="; ".join(parts))


def _without_clause(absent: Sequence[str]) -> str:
    if not absent:
        return ""
    return ngettext(
        "{n} instrument or plan without information",
        "{n} instruments or plans without information",
        len(absent),
    ).format(n=number(len(absent)))


def _later(iso3: str) -> tuple[str, ...]:
    """Acts of the State that count only after the day the data speak for."""
    acts = queries.run("treaty_acts_after")
    return tuple(
        _("{state}, {instrument}: {act} of {date} is not counted here; it counts from {day}.").format(
            state=state(iso3),
            instrument=short(row.instrument),
            act=label("treaty_action", row.action).lower(),
            date=day(row.date),
            day=day(row.counts_from),
        )  # fmt: skip
        for row in acts[acts["iso3"] == iso3].itertuples(index=False)
    )


def _caveats() -> tuple[str, ...]:
    return (
        _("The United Nations counts a party from its deposit, not from entry into force."),
        _("A plan of action is a commitment of the States Parties of its convention, not a treaty obligation. The Sustainable Development Goals and IMAS 13.10 bind nobody."),
        _("An obligation “of States in a position to assist” is owed by those able to help, not by the affected State as such."),
        _("Article 5 of the CCM concerns victims in areas under a State's jurisdiction or control; the CRPD concerns persons with disabilities, while victims under the CCM include affected families and communities."),
        _("Summaries are this project's own words. “Obligation”, “commitment” and “guidance” are its own reading, not a legal opinion."),
        _("Actions of the Lausanne Action Plan follow the order of topics in the work plan: numbering to be confirmed. Links between targets of the Sustainable Development Goals and pillars are the project's reading."),
    )  # fmt: skip


# ---- what binds one State ----


@kept
def binds(iso3: str) -> TableView:
    """Pillars by instruments and plans for one State: what obliges it, what commits it, since when."""
    rows = queries.run("pillar_bonds", iso3=iso3)
    rows = rows[rows["bond"] != "nobody"]
    columns = [code for code in crosswalk.instruments() if code in set(rows["instrument"])]
    cells = {(row.pillar, row.instrument): row for row in rows.itertuples(index=False)}

    def drawn(row) -> list | None:
        if row is None:
            return None
        text = "" if row.bond == "none" else row.article if row.text_seen != "no" else ""
        return [BONDS.index(row.bond), text, *([0] if row.qualified and row.bond == "obligation" else [])]

    grid = [
        (name, [drawn(cells.get((code, i))) for i in columns]) for code, name in crosswalk.pillars().items()
    ]
    kicker = _("What binds {state} on {date}: pillars of victim assistance by instrument and plan").format(
        state=the_state(iso3), date=day(_as_of())
    )
    heads = {row.instrument: _column(row) for row in rows.itertuples(index=False)}
    return TableView(
        key="binds", kicker=kicker, title=_binds_finding(iso3, rows),
        how=_("Each cell names the article or action; the heads say since when."),
        figure=None, alt=kicker, data=rows.assign(iso3=iso3), table=_binds_table(columns, heads, cells),
        tables=("va_crosswalk", "treaty_actions", "instrument_facts"),
        source_ids=_cited(rows["source_id"], rows["standing_source_id"]), as_of=str(_as_of()),
        missing=_empty_cells(len(grid) * len(columns) - len(cells)), notes=(*_later(iso3), *_caveats()),
        drawing=drawing(
            "signs", _marks()[:-1], _("Pillar"), [(short(i), heads[i]) for i in columns], [("", grid)],
            source_line(kicker, publishers([*rows["source_id"], *rows["standing_source_id"].dropna()]), day(_as_of())),
            flags=[Flag("†", _("of States in a position to assist")), Flag(_("Empty:"), _("no information"))],
            empty=_("no information"), codes=(list(crosswalk.pillars()), columns),
        ),
    )  # fmt: skip


def _column(row) -> str:
    """The date since which an instrument binds the State, or the years of a plan, for the head of its column."""
    if row.convention != row.instrument:
        return (
            _("no end year")
            if row.last_year is pd.NA
            else _("{first}–{last}").format(first=row.first_year, last=row.last_year)
        )
    if row.status == "state_party":
        return _("since {date}").format(date=day(row.since))
    return label("treaty_status", row.status).lower()


def standings(iso3: str) -> str:
    """Two sentences: the instruments the State is party to, with dates, and the others."""
    rows = queries.run("treaty_status")
    rows = rows[rows["iso3"] == iso3]
    parts = [
        f"{short(row.instrument)} {day(row.since)}"
        for row in rows.itertuples(index=False)
        if row.status == "state_party"
    ]
    others = [short(row.instrument) for row in rows.itertuples(index=False) if row.status != "state_party"]
    said = (
        _("State Party since: {names}.").format(names="; ".join(parts))
        if parts
        else _("State Party to none.")
    )
    return said + (" " + _("Not a party: {names}.").format(names=", ".join(others)) if others else "")


def _binds_finding(iso3: str, rows: pd.DataFrame) -> str:
    covered = rows[rows["bond"] == "obligation"]["pillar"].nunique()
    total = rows["pillar"].nunique()
    name = the_state(iso3)
    if not covered:
        return _("None of the instruments compared obliges {state} on any of {n} pillars").format(
            state=name, n=number(total)
        )
    by_instrument = rows[rows["bond"] == "obligation"].groupby("instrument")["pillar"].nunique()
    parts = [
        _("{instrument} on {k}").format(instrument=short(code), k=number(int(by_instrument[code])))
        for code in crosswalk.instruments()
        if code in by_instrument.index
    ]
    return ngettext(
        "On {covered} of {n} pillars of victim assistance an instrument obliges {state}: {parts}",
        "On {covered} of {n} pillars of victim assistance an instrument obliges {state}: {parts}",
        covered,
    ).format(covered=number(covered), n=number(total), state=name, parts=listing(parts))


def _binds_table(columns: Sequence[str], heads: dict[str, str], cells: dict) -> pd.DataFrame:
    signs = _marks()

    def words(row) -> str:
        if row is None:
            return _("No information")
        said = signs[BONDS.index(row.bond)].label
        if row.bond == "none":
            return said
        if row.qualified:
            said = _("{nature} of States in a position to assist").format(nature=said)
        return f"{said}: {row.article}"

    table = [
        [name, *(words(cells.get((code, i))) for i in columns)] for code, name in crosswalk.pillars().items()
    ]
    return pd.DataFrame(table, columns=[_("Pillar"), *(f"{short(i)} ({heads[i]})" for i in columns)])


def _empty_cells(n: int) -> str:
    return (
        ngettext("{n} cell without information", "{n} cells without information", n).format(n=number(n))
        if n
        else ""
    )


# ---- where instruments add to each other ----


@kept
def together() -> TableView:
    """Pillars by the instruments that oblige on them, with plans, guidance and what is missing."""
    rows = queries.run("pillar_overlap")
    columns = [
        _("Commitment (plans of action), guidance"),
        _("No clause in the text read"),
        _("Past, or no information"),
        _("Goals and standards: bind nobody"),
    ]
    everywhere = {column: _everywhere(rows[column]) for column in ("unread", "bind_nobody")}
    clauses = queries.run("va_crosswalk")
    targets = dict(clauses[clauses["instrument"] == "SDG"][["pillar", "article"]].itertuples(index=False))
    sections = []
    for obliging, part in rows.fillna({"oblige": ""}).groupby("oblige", sort=False):
        lines = [
            (label("pillar", row.pillar), _overlap_cells(row, targets.get(row.pillar, ""), everywhere))
            for row in part.itertuples(index=False)
        ]
        sections.append((obliging, _overlap_heading(obliging, part), lines))
    # the pillars that most instruments oblige on come first
    sections.sort(key=lambda section: -len(section[0].split()))
    kicker = _("Who obliges, commits and guides on {n} pillars of victim assistance").format(
        n=number(len(rows))
    )
    sources = [source for row in rows["source_ids"] for source in row.split()]
    flat = [[heading, name, *cells] for _codes, heading, lines in sections for name, cells in lines]
    return TableView(
        key="together", kicker=kicker, title=_overlap_finding(rows),
        how=" ".join([_("Pillars stand under the instruments that oblige on them."), *_conditional(rows), *_said_once(everywhere)]),
        figure=None, alt=kicker, data=rows, table=pd.DataFrame(flat, columns=[_("Obligation"), _("Pillar"), *columns]),
        tables=("va_crosswalk", "instrument_facts", "treaty_actions"), source_ids=_cited(sources), as_of=str(_as_of()),
        notes=(
            _("“No clause” means none in the text read: it is not a legal finding."),
            _("The States with Article 5 obligations are those that the work plan of November 2024 names; other lists differ."),
            *_caveats(),
        ),
        drawing=drawing(
            "words", (), _("Pillar"), columns, [(heading, lines) for _codes, heading, lines in sections],
            source_line(kicker, publishers(sources), day(_as_of())), widths=("22%", "25%", "13%", "25%", "15%"),
        ),
    )  # fmt: skip


def _everywhere(column: pd.Series) -> list[str]:
    """Codes that stand on every pillar: said once, not in each row. Targets differ, so they stay."""
    found = [(codes or "").split() for codes in column]
    return (
        [code for code in found[0] if code != "SDG" and all(code in codes for codes in found)]
        if found
        else []
    )


def _conditional(rows: pd.DataFrame) -> list[str]:
    """On how many pillars an obligation is for States in a position to assist only, and whose."""
    found = [set(codes.split()) for codes in rows["qualified"].dropna()]
    names = [short(code) for code in crosswalk.instruments() if any(code in codes for codes in found)]
    if not found:
        return []
    return [
        ngettext(
            "On {n} pillar an obligation is for States in a position to assist ({names}).",
            "On {n} pillars an obligation is for States in a position to assist ({names}).",
            len(found),
        ).format(n=number(len(found)), names=listing(names))
    ]


def _said_once(everywhere: dict[str, list[str]]) -> list[str]:
    texts = {"unread": _("{name} (text not read)"), "bind_nobody": _("{name} (binds nobody)")}
    said = [texts[part].format(name=short(code)) for part, codes in everywhere.items() for code in codes]
    return [_("On every pillar also: {names}.").format(names=listing(said))] if said else []


def _overlap_cells(row, targets: str, everywhere: dict[str, list[str]]) -> list[str]:
    def others(part: str) -> list[str]:
        return [code for code in (getattr(row, part) or "").split() if code not in everywhere[part]]

    unread, beyond = others("unread"), others("bind_nobody")
    unknown = [
        _("not read: {names}").format(names=_names(" ".join(unread))) if unread else "",
        _("past its end year: {names}").format(names=_names(row.past)) if row.past else "",
        _("no information: {names}").format(names=_names(row.no_information)) if row.no_information else "",
    ]
    softer = [_names(row.commit), _("guidance: {names}").format(names=_names(row.guide)) if row.guide else ""]
    goals = [_("SDG {targets}").format(targets=targets) if code == "SDG" else short(code) for code in beyond]
    return [_words(softer), _names(row.no_clause), _words(unknown), _words(goals)]


def _words(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def _overlap_heading(obliging: str, part: pd.DataFrame) -> str:
    n = len(part)
    pillars = ngettext("{n} pillar", "{n} pillars", n).format(n=number(n))
    if not obliging:
        return _("No instrument obliges ({pillars})").format(pillars=pillars)
    row = part.iloc[0]
    count = len(obliging.split())
    opening = (
        _("Only {names} obliges ({pillars})") if count == 1 else _("{names} oblige ({pillars})")
    ).format(names=_names(obliging), pillars=pillars)
    if row["twelve_bound"] == row["twelve"] > 1:
        return _("{opening}. All {all} States with Article 5 obligations are bound by all of these").format(
            opening=opening, all=number(int(row["twelve"]))
        )
    return ngettext(
        "{opening}. Of the {all} States with Article 5 obligations, {n} is bound by all of these",
        "{opening}. Of the {all} States with Article 5 obligations, {n} are bound by all of these",
        int(row["twelve_bound"]),
    ).format(opening=opening, all=number(int(row["twelve"])), n=number(int(row["twelve_bound"])))


def _overlap_finding(rows: pd.DataFrame) -> str:
    """How many pillars several instruments oblige on, and how many the CCM alone."""
    obliging = [set((codes or "").split()) for codes in rows["oblige"]]
    both = sum({"CCM", "CRPD"} <= codes for codes in obliging)
    more = sum({"CCM", "CRPD"} < codes for codes in obliging)
    alone = sum(codes == {"CCM"} for codes in obliging)
    said = _(
        "CCM and CRPD both oblige on {both} of {n} pillars; other instruments join them on {more}"
    ).format(both=number(both), n=number(len(rows)), more=number(more))
    if not alone:
        return _("{said}; on none does the CCM oblige alone").format(said=said)
    return ngettext(
        "{said}; on {n} pillar the CCM obliges alone", "{said}; on {n} pillars the CCM obliges alone", alone
    ).format(said=said, n=number(alone))


# ---- timeline ----

LINE_HEIGHT = 45  # pixels of one line of a band
NAMES = 4  # years of room for the names of the bands
SHORT_NAME = re.compile(r"(\d+(?:MSP|RC))(?: part \d+)?")  # meetings whose name fits beside their mark


@kept
def timeline(narrow: bool = False) -> View:
    """Instruments, plans of action and meetings since the first of them was adopted."""
    rows = queries.run("instrument_timeline")
    dated = rows[rows["start"].notna()]
    first = int(min(dated["start"])[:4])
    last = max(int(max(dated["start"])[:4]), int(max(dated["last_year"].dropna(), default=0)))
    kicker = _("Instruments, plans of action and meetings, {first}–{last}").format(first=first, last=last)
    undated = rows[rows["start"].isna()]
    figure = None if narrow else _timeline_figure(dated, first, last)
    sources = publishers(rows["source_id"])
    if figure is not None:
        sign(figure, kicker, sources, day(_as_of()), bottom=30, line_length=120)
    title = _timeline_finding(dated)
    return View(
        key="time", kicker=kicker, title=title,
        how=_("Each band is an instrument, with its plans of action and its meetings below."),
        figure=figure, alt=_("{kicker}. {title}. The table lists every date.").format(kicker=kicker, title=title), data=rows, table=_timeline_table(rows),
        tables=("instruments", "instrument_facts", "meetings"), source_ids=_cited(rows["source_id"]), as_of=str(_as_of()),
        missing=ngettext("No date was found for {n} meeting: {names}", "No dates were found for {n} meetings: {names}", len(undated)).format(
            n=number(len(undated)), names=listing(list(undated["name"]))
        ) if len(undated) else "",
        notes=(
            *(f"{row.name}: {row.note}" for row in rows[rows["event"] == "planned"].itertuples(index=False)),
            _("The dates of adoption and entry into force of the CCW itself were not found in the sources."),
            _("The meetings are those found in the sources, not every meeting held."),
        ) if _without_dates("CCW", rows) else (_("The meetings are those found in the sources, not every meeting held."),),
    )  # fmt: skip


def _without_dates(instrument: str, rows: pd.DataFrame) -> bool:
    return not len(rows[(rows["instrument"] == instrument) & (rows["event"] == "adopted")])


def _timeline_finding(rows: pd.DataFrame) -> str:
    """How many instruments since when, and which plans of action run on the day of the data."""
    adopted = rows[rows["event"] == "adopted"]
    plans = rows[rows["event"] == "plan"]
    running = plans[plans["last_year"].isna() | (plans["last_year"] >= _as_of().year)]
    n = adopted["instrument"].nunique()
    said = ngettext("{n} instrument adopted since {year}", "{n} instruments adopted since {year}", n).format(
        n=number(n), year=min(adopted["start"], default="")[:4]
    )
    return ngettext(
        "{said}; on {date}, {n} plan of action had not ended",
        "{said}; on {date}, {n} plans of action had not ended",
        len(running),
    ).format(said=said, n=number(len(running)), date=day(_as_of()))


def _timeline_figure(rows: pd.DataFrame, first: int, last: int) -> go.Figure:
    """A band an instrument, in the order of the six; each kind of event has a line of its own in the band."""
    colours = theme.palette()
    figure = go.Figure()
    top, n = 0.0, 0
    before = first - NAMES  # the years left of the first event hold the names of the bands
    for code in queries.run("treaty_counts")["instrument"]:
        own = rows[rows["instrument"] == code]
        if own.empty:
            continue
        n += 1
        lines = [draw for draw, events in LINES.items() if own["event"].isin(events).any()]
        bottom = top - len(lines)
        if n % 2:  # every other band is tinted
            figure.add_hrect(y0=bottom, y1=top, line_width=0, layer="below", fillcolor=colours.panel)
        figure.add_annotation(
            x=f"{before}-02-01", y=top - 0.5, xanchor="left", yanchor="middle", align="left",
            text=f"<b>{plain(short(code)).replace(' Optional', '<br>Optional')}</b>", font={"size": 16, "color": colours.ink},
        )  # fmt: skip
        for place, draw in enumerate(lines):
            draw(figure, own, top - place - 0.5)
        top = bottom
    figure.add_vline(x=str(_as_of()), layer="below", line={"color": colours.quiet, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=str(_as_of()), y=1, yref="paper", xanchor="right", yanchor="bottom", font={"size": 14, "color": colours.secondary},
        text=plain(_("data as of {date}").format(date=day(_as_of()))),
    )  # fmt: skip
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), height=int(130 - top * LINE_HEIGHT), margin={"t": 30, "l": 4, "r": 4},
        xaxis={"type": "date", "range": [f"{before}-01-01", f"{last + 1}-03-01"], "tickvals": [f"{y}-01-01" for y in range(first + 3 - first % 3, last + 1, 3)], "tickformat": "%Y"},
        yaxis={"visible": False, "range": [top, 0]},
    )  # fmt: skip
    return figure


def _treaty_marks(figure: go.Figure, rows: pd.DataFrame, y: float) -> None:
    """Adoption to entry into force as a line, with one label for its dates."""
    events = {
        row.event: row
        for row in rows.itertuples(index=False)
        if row.event in ("adopted", "opened", "entry_into_force")
    }
    if not events:
        return
    words = {
        "adopted": _("adopted {date}"),
        "opened": _("opened for signature {date}"),
        "entry_into_force": _("in force {date}"),
    }
    said = [text.format(date=day(events[code].start)) for code, text in words.items() if code in events]
    colour = theme.palette().instruments[rows["instrument"].iloc[0]]
    symbols = {"adopted": "circle-open", "opened": "line-ns-open", "entry_into_force": "circle"}
    x = [row.start for row in events.values()]
    figure.add_scatter(
        x=x, y=[y] * len(x), mode="lines+markers", line={"color": colour, "width": 4},
        marker={"symbol": [symbols[code] for code in events], "size": 14, "color": colour, "line": {"width": 3, "color": colour}},
        text=[plain(words[code].format(date=day(row.start))) for code, row in events.items()],
        hovertemplate=f"{plain(short(rows['instrument'].iloc[0]))}: %{{text}}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=max(x),
        y=y,
        xshift=14,
        xanchor="left",
        yanchor="middle",
        align="left",
        text=plain(" · ".join(said)),
        font={"size": 15},
    )


def _plan_bars(figure: go.Figure, rows: pd.DataFrame, y: float) -> None:
    """Years of each plan as a bar; a plan without an end year as a mark on its day."""
    colours = theme.palette()
    for row in rows[rows["event"] == "plan"].itertuples(index=False):
        name = plain(short(row.name))
        colour = colours.instruments[row.instrument]
        if row.last_year is pd.NA:
            figure.add_scatter(
                x=[row.start], y=[y], mode="markers", hoverinfo="skip",
                marker={"symbol": "square", "size": 13, "color": colour},
            )  # fmt: skip
            text = _("{name}, adopted {date}, no end year recorded").format(name=name, date=day(row.start))
            figure.add_annotation(
                x=row.start, y=y, xshift=12, xanchor="left", yanchor="middle", text=text, font={"size": 15}
            )
            continue
        figure.add_shape(
            type="rect", x0=f"{row.first_year}-01-01", x1=f"{row.last_year + 1}-01-01", y0=y - 0.42, y1=y + 0.42,
            line={"color": colour, "width": 2}, fillcolor=colours.paper,
        )  # fmt: skip
        figure.add_annotation(
            x=f"{row.first_year}-01-01", y=y, xshift=7, xanchor="left", yanchor="middle", align="left",
            text=f"{name.replace(' Action Plan', '<br>Action Plan')} {row.first_year}–{row.last_year}", font={"size": 14},
        )  # fmt: skip


def _meeting_marks(figure: go.Figure, rows: pd.DataFrame, y: float) -> None:
    """Meetings as marks; those with a short name are named, a planned one is hollow."""
    rows = rows[rows["event"].isin(["meeting", "planned"])]
    if rows.empty:
        return
    colours = theme.palette()
    names = []
    for row in rows.itertuples(index=False):
        found = SHORT_NAME.fullmatch(row.name)
        text = found[1] if found else row.name if len(rows) == 1 else ""
        names.append(
            _("{meeting} (planned)").format(meeting=text) if text and row.event == "planned" else text
        )
    names = ["" if name in names[:n] else name for n, name in enumerate(names)]  # a meeting in two parts
    figure.add_scatter(
        x=list(rows["start"]), y=[y] * len(rows), mode="markers+text", text=[f"  {plain(name)}" if len(name) > 6 else plain(name) for name in names],
        textposition=["middle right" if len(name) > 6 else "top center" for name in names], textfont={"size": 14, "color": colours.ink},
        marker={
            "symbol": ["diamond-open" if event == "planned" else "diamond" for event in rows["event"]], "size": 11,
            "color": colours.secondary, "line": {"width": 2, "color": colours.secondary},
        },
        customdata=[plain(f"{days_between(row.start, row.end)}: {_event_words(row)}") for row in rows.itertuples(index=False)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def days_between(start: str | None, end: str | None) -> str:
    """“16–19 September 2025”, or one day."""
    if not start:
        return _("no date found")
    if not end or end == start:
        return day(start)
    if len(start) == 10 and start[:7] == end[:7]:
        return f"{int(start[8:])}–{day(end)}"
    return _("{start} to {end}").format(start=day(start), end=day(end))


def _event_words(row) -> str:
    """One event in words, without its date: what happened to which instrument."""
    known = {
        "adopted": _("adopted"),
        "opened": _("opened for signature"),
        "entry_into_force": _("enters into force"),
    }
    if row.event in known:
        return known[row.event]
    if row.event == "plan":
        if row.last_year is pd.NA:
            return _("{plan} adopted").format(plan=short(row.name))
        return _("{plan} adopted, for {first}–{last}").format(
            plan=short(row.name), first=row.first_year, last=row.last_year
        )
    words = ", ".join(part for part in (row.name, row.place) if part)
    if row.what:
        words = f"{words}: {row.what}"
    return (
        _("Planned, outcome not verified: {words}").format(words=words) if row.event == "planned" else words
    )


def _timeline_table(rows: pd.DataFrame) -> pd.DataFrame:
    lines = [
        (
            days_between(row.start, row.end),
            short(row.instrument),
            _event_words(row),
            label("grade", row.grade),
        )
        for row in rows.itertuples(index=False)
    ]
    return pd.DataFrame(lines, columns=[_("Date"), _("Instrument"), _("Event"), _("How it was read")])


# The lines of a band, from the top: which events each holds.
LINES = {
    _treaty_marks: ("adopted", "opened", "entry_into_force"),
    _plan_bars: ("plan",),
    _meeting_marks: ("meeting", "planned"),
}


def events_list(shown: View) -> str:
    """The timeline as a dated list, for a phone."""
    lines = "".join(
        f"<dt>{html.escape(when)}</dt><dd><b>{html.escape(instrument)}</b>: {html.escape(event)}</dd>"
        for when, instrument, event, _read in shown.table.itertuples(index=False)
    )
    return f'<dl class="va-list">{lines}</dl>'
