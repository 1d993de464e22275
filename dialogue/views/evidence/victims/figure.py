"""Who the victims are: shares as published, and the four States of guiding question (g)."""

import html
import textwrap

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.evidence.panels import write
from dialogue.views.view import LINE, View, kept, plain, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, ngettext, number

WORLD = "WLD"
ASPECTS = ("number", "number_all", "cause", "sex", "age", "status", "activity")
CARDS = """
.va-four { display: grid; gap: 1rem; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
.va-four h2 { margin: 0; padding: 0; font-size: 1.2rem; }
.va-four p { margin: .35rem 0; }
.va-four section > p, .va-four small { color: var(--va-secondary); font-size: .89rem; }
.va-four details { border-top: 1px solid var(--va-grid); padding: .35rem 0; }
.va-four summary { cursor: pointer; font-weight: 600; }
.va-four ul { margin: .2rem 0; padding-left: 1.1rem; }
.va-four li { margin: .35rem 0; overflow-wrap: anywhere; }
"""
LANE = 1.55  # a lane of shares is 1 high and leaves room for figures and name
SYMBOLS = {
    "cluster_munition": "circle",
    "not_split": "circle-open",
    "named": "triangle-up-open",
    "incident": "square-open",
    "not_named": "line-ew",
}


def places(weapon: str) -> list[str]:
    """World first, then every State and area of which a share was published, in alphabetical order."""
    found = queries.run("victim_share_places", weapon=weapon)["iso3"]
    return [WORLD, *sorted((iso3 for iso3 in found if iso3 != WORLD), key=i18n.state)]


@kept
def shares(weapon: str = "cluster_munition", iso3: str = WORLD, narrow: bool = False) -> View:
    """Civilians, children, women and men among casualties, each with what it is a share of."""
    rows = queries.run("victim_shares", weapon=weapon, iso3=iso3)
    kicker = _("{weapon}, {place}: shares of the persons killed or injured, per cent").format(
        weapon=label("weapon", weapon), place=i18n.state(iso3)
    )
    key = f"shares_{weapon}"
    if not len(rows):
        return View(
            key=key, kicker=kicker, title=_("No share was found for this choice"), how=_("Nothing found is not zero."),
            figure=None, alt="", data=rows, table=rows, tables=("casualty_shares",), source_ids=(),
            as_of=str(reader.snapshot().as_of),
        )  # fmt: skip
    first, last = int(rows["year"].min()), int(rows["year"].max())
    first = min(first, last - 4)
    lanes = list(dict.fromkeys(zip(rows["who"], rows["of_whom"], strict=True)))
    lanes.sort(key=lambda lane: (_WHO.index(lane[0]), lane[1] != "casualties", lane[1]))
    figure = _lanes(rows, lanes, first, last, narrow)
    kicker = f"{kicker}, {first}–{last}"
    sign(
        figure, kicker, [_("editions of the Monitor as listed under Sources and notes")], day(reader.snapshot().as_of),
        bottom=44 if narrow else 26, line_length=LINE if narrow else 2 * LINE,
    )  # fmt: skip
    figure.update_layout(height=len(lanes) * (104 if narrow else 74) + 48 + figure.layout.margin.b)
    title = _shares_title(rows, weapon, iso3)
    return View(
        key=key,
        kicker=kicker,
        title=title,
        how=_(
            "Each row has its own base, written beside it. * only those whose age, sex, status or details were recorded. "
            "Outlined: sources word the base differently. Grey: no figure found."
        ),
        figure=figure,
        alt=_("{kicker}. {title}. The table lists every share with its base.").format(
            kicker=kicker, title=title
        ),
        data=rows,
        table=_shares_table(rows),
        tables=("casualty_shares",),
        source_ids=tuple(sorted(set(rows["source_id"]))),
        as_of=str(reader.snapshot().as_of),
        notes=(
            _(
                "Percentages are shown as published, the latest edition for each year. They are never averaged, and shares with different bases are never compared or joined."
            ),
            _(
                "Shares of cluster munition casualties and of mine and ERW casualties come from different series and are kept apart."
            ),
            *sorted({f"{row.year}, {share_name(row)}: {row.note}" for row in rows.itertuples() if row.note}),
        ),
    )


_WHO = ["civilian", "child", "female", "male"]


def who_name(who: str) -> str:
    return {
        "civilian": _("Civilians"),
        "child": _("Children"),
        "female": _("Women and girls"),
        "male": _("Men and boys"),
    }[who]


def of_whom_name(of_whom: str) -> str:
    return {
        "casualties": _("of casualties"),
        "remnants": _("of casualties of remnants"),
        "civilians": _("of civilian casualties"),
    }[of_whom]


def known_of(known: str | None) -> str:
    return {
        "age": _("whose age was recorded"),
        "sex": _("whose sex was recorded"),
        "age_sex": _("whose age and sex were recorded"),
        "status": _("whose status was recorded"),
        "details": _("whose details were known"),
    }.get(known, "")


def share_name(row) -> str:
    return " ".join(part for part in (who_name(row.who), of_whom_name(row.of_whom), known_of(row.known)) if part)


def percent_of(value: float) -> str:
    return i18n.percent(float(value) / 100, 0 if float(value).is_integer() else 1)


def _lanes(
    rows: pd.DataFrame, lanes: list[tuple[str, str]], first: int, last: int, narrow: bool
) -> go.Figure:
    """Draw a lane for each share, a bar for each year, on one pair of axes."""
    colours = theme.palette()
    figure = go.Figure()
    feet = {lane: round(-n * LANE, 2) for n, lane in enumerate(lanes)}
    known = {lane: rows[(rows["who"] == lane[0]) & (rows["of_whom"] == lane[1])] for lane in lanes}
    crowded = narrow and last - first > 11
    for lane, foot in feet.items():
        figure.add_shape(
            type="rect", x0=first - 0.5, x1=last + 0.5, y0=foot, y1=foot + 1, layer="below", fillcolor=colours.grid,
            opacity=0.6, line_width=0,
        )  # fmt: skip
        name = f"<b>{who_name(lane[0])}</b>{' ' if narrow else '<br>'}{of_whom_name(lane[1])}"
        figure.add_annotation(
            x=0, xref="paper", xshift=0 if narrow else -10, y=foot + (1.02 if narrow else 0.5), text=name,
            xanchor="left" if narrow else "right", yanchor="bottom" if narrow else "middle", font_size=15, align="left" if narrow else "right",
        )  # fmt: skip
    known_years = [(year, feet[lane]) for lane in lanes for year in known[lane]["year"]]
    figure.add_bar(
        x=[year for year, _foot in known_years], y=[1] * len(known_years), base=[foot for _year, foot in known_years], width=1,
        marker={"color": colours.paper, "line": {"width": 0}}, hoverinfo="skip",
    )  # fmt: skip
    for outlined in (False, True):
        bars = [
            (row.year, _high(row), feet[lane], _share_hover(row), _colour(row))
            for lane in lanes
            for row in known[lane].itertuples()
            if bool(row.base_differs) is outlined
        ]
        if not bars:
            continue
        x, y, base, text, colour = zip(*bars, strict=True)
        figure.add_bar(
            x=x, y=y, base=base, width=0.7, customdata=text, hovertemplate="%{customdata}<extra></extra>",
            marker={
                "color": [colours.paper] * len(x) if outlined else list(colour),
                "line": {"color": list(colour) if outlined else colours.outline, "width": 2.5 if outlined else 0.5},
            },
        )  # fmt: skip
    values = [
        (row.year, round(feet[lane] + _high(row), 3), _written(row, narrow))
        for lane in lanes
        for row in known[lane].itertuples()
    ]
    if crowded:
        for x, y, text in values:
            figure.add_annotation(x=x, y=y, text=text, textangle=-90, yanchor="bottom", font_size=14)
    else:
        write(figure, values, "top center", 14 if narrow else 15, colours.ink)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="overlay", margin={"t": 30 if narrow else 8, "l": 4, "r": 4},
    )  # fmt: skip
    figure.update_xaxes(
        range=[first - 0.55, last + 0.55],
        dtick=1,
        tickangle=-90 if narrow else 0,
        showline=False,
        ticks="",
        fixedrange=True,
    )
    figure.update_yaxes(
        visible=False,
        range=[-(len(lanes) - 1) * LANE - 0.02, 1.42 if narrow else 1.08],
        rangemode="normal",
        fixedrange=True,
    )
    if not narrow:
        figure.update_layout(margin_l=230)
    return figure


def _high(row) -> float:
    """How high the bar of a share stands in its lane."""
    return round(float(row.percent) / 100 * 0.72, 3)


def _written(row, narrow: bool) -> str:
    star = "*" if row.known else ""
    return f"{number(row.percent) if narrow else percent_of(row.percent)}{star}"


def _colour(row) -> str:
    colours = theme.palette().casualties
    return colours["remnant"] if row.of_whom == "remnants" else colours["not_split"]


def _share_hover(row) -> str:
    lines = [f"<b>{row.year}: {percent_of(row.percent)}</b>", plain(share_name(row))]
    if row.base:
        lines.append(_("base as printed: {base}").format(base=plain(row.base)))
    if row.base_differs:
        lines.append(_("sources word the base differently"))
    return "<br>".join([*lines, plain(textwrap.shorten(row.edition, 44, placeholder="…"))])


def _shares_title(rows: pd.DataFrame, weapon: str, iso3: str) -> str:
    year = int(rows["year"].max())
    latest = rows[rows["year"] == year]
    parts = []
    for who in _WHO:
        # the share whose base nobody contradicts, of all casualties first
        found = latest[latest["who"] == who].sort_values(["base_differs", "of_whom"])
        if not len(found):
            continue
        row = next(found.itertuples())
        if row.base_differs:
            base = _("of a base that sources word differently")
        else:
            base = f"{of_whom_name(row.of_whom)} {known_of(row.known)}".strip()
        told = _("{who} were {percent}").format(who=who_name(who).lower(), percent=percent_of(row.percent))
        plain_base = row.of_whom == "casualties" and not row.known and not row.base_differs
        parts.append(told if plain_base else f"{told}, {base}")
    series = (
        _("cluster munition casualties") if weapon == "cluster_munition" else _("mine and ERW casualties")
    )
    if iso3 != WORLD:
        series = _("{series} in {state}").format(series=series, state=i18n.the_state(iso3))
    return _("Among {series} of {year}, {shares}").format(
        series=series, year=year, shares="; ".join(parts[:2])
    )


def _shares_table(rows: pd.DataFrame) -> pd.DataFrame:
    lines = [
        (
            str(row.year), percent_of(row.percent), share_name(row),
            _("sources word the base differently") if row.base_differs else (row.base or _("not stated further")),
            row.edition, row.other_values or "",
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    titles = [_("Year"), _("Share"), _("Of whom"), _("Base as printed"), _("Edition"), _("Also printed")]
    return pd.DataFrame(sorted(lines, key=lambda line: (line[2], line[0])), columns=titles).set_index(
        _("Year")
    )


# --- Question (g) -----------------------------------------------------------------


def aspect_name(aspect: str) -> str:
    """Name what may be known of new victims."""
    return {
        "number": _("Number"),
        "number_all": _("Number, all ordnance"),
        "cause": _("Cause"),
        "sex": _("Sex"),
        "age": _("Age"),
        "status": _("Civilian or not"),
        "activity": _("Activity"),
    }[aspect]


def known_name(known: str) -> str:
    """Say how something is known."""
    return {
        "cluster_munition": _("Found for cluster munitions"),
        "not_split": _("Found with other ordnance, not split"),
        "named": _("Named without a number"),
        "incident": _("Single events only"),
        "not_named": _("Not among the States named"),
        "none": _("No information found"),
    }[known]


@kept
def four_states(columns: int = 4) -> View:
    """What is known of new victims in the four States of question (g), by year and aspect."""
    rows = queries.run("victims_known")
    profile = queries.run("victims_profile")
    first, last = int(rows["year"].min()), int(rows["year"].max())
    states = sorted(rows["iso3"].unique(), key=i18n.state)
    figure = _matrix(rows, states, first, last, columns)
    kicker = _("New victims in {states}: what is known, {first}–{last}").format(
        states=i18n.listing([i18n.the_state(iso3) for iso3 in states]), first=first, last=last
    )
    sign(
        figure, kicker, [_("Cluster Munition Monitor and the documents under Sources and notes")], day(reader.snapshot().as_of),
        bottom=8, line_length=LINE if columns == 1 else 2 * LINE,
    )  # fmt: skip
    bands = -(-len(states) // columns)
    figure.update_layout(height=bands * 292 + figure.layout.margin.t + figure.layout.margin.b)
    title = _four_title(rows, len(states))
    attacks = int((profile["cause"] == "attack").sum())
    return View(
        key="question_g",
        kicker=kicker,
        title=title,
        how=_remnants_only(attacks),
        figure=figure,
        alt=f"{kicker}. {title}",
        data=rows,
        table=_profile_table(profile),
        tables=("new_victims", "casualty_names", "casualties"),
        source_ids=tuple(sorted(set(profile["source_id"]))),
        as_of=str(reader.snapshot().as_of),
        notes=(
            _(
                "The work plan notes that all new victims of these States appear to have been injured by cluster munition remnants. The Monitor's texts seen name remnants, too."
            ),
            _(
                "Single events are shown one by one and never summed: nobody knows how many others there were."
            ),
            _(
                "Figures “not split” count all mines and explosive ordnance, or all unexploded ordnance in the Lao People's Democratic Republic: how many were caused by cluster munitions is not known."
            ),
            _(
                "“Not among the States named”: the list of the edition does not name the State. That is not a recorded zero."
            ),
        ),
    )


def _remnants_only(attacks: int) -> str:
    told = (
        _("Every text seen that names cluster munitions here speaks of remnants, none of attacks.")
        if not attacks
        else ngettext("{n} statement speaks of attacks.", "{n} statements speak of attacks.", attacks).format(
            n=attacks
        )
    )
    return _("{told} Grey: no information found, which is not zero.").format(told=told)


def _four_title(rows: pd.DataFrame, states: int) -> str:
    numbers = rows[rows["aspect"] == "number"]
    recorded = numbers[numbers["known"].isin(["named", "cluster_munition"])]
    if not len(recorded):
        return _("No new victims of cluster munitions were found for these States")
    year = int(recorded["year"].max())
    latest = recorded[recorded["year"] == year]
    counted = int((latest["known"] == "cluster_munition").sum())
    found = (
        _("a number was found for none of them")
        if not counted
        else _("a number was found for {n}").format(n=number(counted))
    )
    if len(latest) == states:
        where = _("all {n} States").format(n=number(states))
    else:
        where = _("{n} of the {all} States").format(n=number(len(latest)), all=number(states))
    return _("For {year}, new victims of cluster munition remnants are recorded in {where}; {found}").format(
        year=year, where=where, found=found
    )


def _matrix(rows: pd.DataFrame, states: list[str], first: int, last: int, columns: int) -> go.Figure:
    """Draw a small table of marks for each State: aspects down, years across."""
    colours = theme.palette()
    figure = go.Figure()
    span, height = last - first + 1, len(ASPECTS)
    labels = 3.7 if columns > 1 else 3.1  # room for the aspects' names, in years
    step = span + labels + 0.4 if columns > 1 else span + labels

    def place(iso3: str, year: float, aspect: float) -> tuple[float, float]:
        n = states.index(iso3)
        x = (n % columns) * step + labels + year - first + 0.5
        return round(x, 2), round(-(n // columns) * (height + 2.2) - aspect - 0.5, 2)

    names, years, aspects = [], [], []
    for iso3 in states:
        left, top = place(iso3, first - 0.5, -0.5)
        right, bottom = place(iso3, last + 0.5, height - 0.5)
        figure.add_shape(
            type="rect", x0=left, x1=right, y0=bottom, y1=top, layer="below", fillcolor=colours.grid, opacity=0.6,
            line_width=0,
        )  # fmt: skip
        name = "<br>".join(textwrap.wrap(plain(i18n.state(iso3)), 34))
        names.append((round(max(left - labels, 0), 2), round(top + 0.9, 2), f"<b>{name}</b>"))
        years += [(place(iso3, year, 0)[0], top, str(year)) for year in range(first, last + 1)]
        aspects += [
            (left, place(iso3, first, n)[1], f"{aspect_name(aspect)} ") for n, aspect in enumerate(ASPECTS)
        ]
    write(figure, names, "top right", 17, colours.ink)
    write(figure, years, "top center", 14, colours.secondary)
    write(figure, aspects, "middle left", 14, colours.secondary)
    cells = rows[rows["known"] != "none"]
    at = [place(row.iso3, row.year, ASPECTS.index(row.aspect)) for row in cells.itertuples()]
    figure.add_bar(
        x=[x for x, _y in at], y=[1] * len(at), base=[round(y - 0.5, 2) for _x, y in at], width=1, hoverinfo="skip", showlegend=False,
        marker={"color": colours.paper, "line": {"color": colours.grid, "width": 1}},
    )  # fmt: skip
    for known, symbol in SYMBOLS.items():
        chosen = [(row, xy) for row, xy in zip(cells.itertuples(), at, strict=True) if row.known == known]
        figure.add_scatter(
            x=[xy[0] for _row, xy in chosen] or [None], y=[xy[1] for _row, xy in chosen] or [None], mode="markers",
            name=known_name(known), customdata=[f"{plain(i18n.state(row.iso3))}, {row.year}: {aspect_name(row.aspect)}" for row, _xy in chosen],
            hovertemplate="%{customdata}<extra></extra>",
            marker={
                "symbol": symbol, "size": 13, "color": colours.casualties["remnant"] if known == "cluster_munition" else colours.ink,
                "line": {"width": 2, "color": colours.ink},
            },
        )  # fmt: skip
    figure.add_bar(x=[None], y=[None], name=known_name("none"), marker_color=colours.grid)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="overlay", showlegend=True,
        legend={"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
        margin={"t": {1: 190, 2: 90}.get(columns, 66), "l": 4, "r": 4},
    )  # fmt: skip
    bands = -(-len(states) // columns)
    figure.update_xaxes(
        visible=False, range=[0, (min(columns, len(states)) - 1) * step + labels + span], fixedrange=True
    )
    figure.update_yaxes(
        visible=False,
        range=[-(bands - 1) * (height + 2.2) - height, 2.0],
        rangemode="normal",
        fixedrange=True,
    )
    return figure


def _profile_table(profile: pd.DataFrame) -> pd.DataFrame:
    lines = [
        (
            i18n.state(row.iso3), _("not dated") if row.year is pd.NA else str(row.year), _kind(row), row.measure, row.value,
            row.edition, row.note or "",
        )
        for row in profile.itertuples()
    ]  # fmt: skip
    titles = [
        _("State"),
        _("Year"),
        _("Kind"),
        _("What is stated"),
        _("As published"),
        _("Origin"),
        _("Remark"),
    ]
    return pd.DataFrame(lines, columns=titles).set_index(_("State"))


def _kind(row) -> str:
    if row.kind == "incident":
        return _("Single event")
    if row.kind in ("named", "not_named"):
        return known_name(row.kind)
    return (
        _("Cluster munition remnants")
        if row.series == "cluster_munition"
        else _("Not split by cluster munition")
    )


def cards() -> str:
    """The four States as HTML cards: by year what is known, named without a number, not known."""
    profile, known = queries.run("victims_profile"), queries.run("victims_known")
    latest = queries.run("casualties_state_years", weapon="cluster_munition")
    states = sorted(known["iso3"].unique(), key=i18n.state)
    parts = [
        _card(iso3, *(frame[frame["iso3"] == iso3] for frame in (profile, known, latest))) for iso3 in states
    ]
    return f'<style>{CARDS}</style><div class="va-four">{"".join(parts)}</div>'


def _card(iso3: str, profile: pd.DataFrame, known: pd.DataFrame, figures: pd.DataFrame) -> str:
    counted = figures[figures["basis"] != "named"]
    if len(counted):
        row = counted.iloc[-1]
        count = row["total"] if row["total"] is not pd.NA else row["remnant"]
        last = _("Latest number of the Monitor found: {n} in {year} ({edition})").format(
            n=number(count, row["count_type"]), year=row["year"], edition=row["edition"]
        )
    else:
        last = _("No number of the Monitor was found for any year")
    years = sorted(set(known["year"]) | set(profile["year"].dropna()), reverse=True)
    years = [year for year in years if year >= known["year"].min()]
    told = known[(known["aspect"] == "number") & known["known"].isin(["named", "cluster_munition"])][
        "year"
    ].max()
    blocks = [
        _year_block(
            year,
            profile[profile["year"].eq(year).fillna(False)],
            known[known["year"] == year],
            opened=year == told,
        )
        for year in years
    ]
    undated = profile[profile["year"].isna()]
    if len(undated):
        blocks.append(_details(_("Year not visible in the source"), _statements(undated), False))
    return (
        f'<section class="va-card"><h2>{html.escape(i18n.state(iso3))}</h2>'
        f"<p>{html.escape(last)}</p>{''.join(blocks)}</section>"
    )


def _year_block(year: int, profile: pd.DataFrame, known: pd.DataFrame, opened: bool) -> str:
    named = sorted(set(profile[profile["kind"] == "named"]["edition"]))
    parts = [_line(known_name("named"), i18n.listing(named))] if named else []
    parts.append(_statements(profile[profile["kind"] != "named"]))
    unknown = [aspect_name(aspect) for aspect in known[known["known"] == "none"]["aspect"]]
    if unknown:
        parts.append(_line(known_name("none"), ", ".join(unknown)))
    number_known = known[known["aspect"] == "number"]["known"]
    summary = f"{year} · {known_name(number_known.iloc[0])}" if len(number_known) else f"{year}"
    return _details(summary, "".join(parts), opened)


def _details(summary: str, inside: str, opened: bool) -> str:
    return f"<details{' open' if opened else ''}><summary>{html.escape(summary)}</summary>{inside}</details>"


def _line(term: str, text: str) -> str:
    return f"<p><b>{html.escape(term)}:</b> {html.escape(text)}</p>"


def _statements(rows: pd.DataFrame) -> str:
    """The statements under what they count: remnants, all ordnance, single events."""
    rows = rows.drop_duplicates(["measure", "value", "note"])
    kinds = [_kind(row) for row in rows.itertuples()]
    parts = []
    for kind in sorted(set(kinds), key=lambda kind: (kind == _("Single event"), kind)):
        lines = [_statement(row) for row, of in zip(rows.itertuples(), kinds, strict=True) if of == kind]
        heading = _("Single events, not summed") if kind == _("Single event") else kind
        parts.append(f"<p><b>{html.escape(heading)}</b></p><ul>{''.join(lines)}</ul>")
    return "".join(parts)


def _statement(row) -> str:
    origin = "" if row.kind == "incident" else row.edition
    details = " · ".join(part for part in (_persons(row), origin, row.note) if part)
    measure = row.measure[:1].upper() + row.measure[1:]
    return f"<li>{html.escape(measure)}: <b>{html.escape(row.value)}</b><br><small>{html.escape(details)}</small></li>"


def _persons(row) -> str:
    """Who a statement is about, in the words of the label tables."""
    facts = [
        label(name, code)
        for name, code in (
            ("sex", row.sex),
            ("age_group", row.age_group),
            ("status", row.status),
            ("outcome", row.outcome),
        )
        if code != "all"
    ]
    if row.activity:
        facts.append(row.activity)
    return ", ".join(facts)
