"""Casualties by State: one small panel a State or area, all on the same scale."""

import math
import textwrap
from dataclasses import dataclass

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.evidence.trends import cause_name
from dialogue.views.view import LINE, View, kept, plain, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, ngettext, number

ALL, TWELVE = "all", "twelve"
SERIES = ("cluster_munition", "mine_erw")
HEAD = 0.62  # room above the bars of a panel for its name, in heights of the bars
FOOT = 0.3  # room below them for the years
MARK = 0.17  # height that a mark “named” takes up
ZERO = 0.32  # height that a written 0 takes up
SPARE = 1.22  # room for a written figure above the highest bar


@dataclass(frozen=True)
class Grid:
    """Where panels stand: all share one pair of axes, so that the figure stays small.

    A panel is `span` years wide and 1 high; `places` gives column and row of each.
    """

    places: dict[str, tuple[int, int]]
    columns: int
    first: int
    last: int
    tops: dict[str, float]

    @property
    def span(self) -> int:
        return self.last - self.first + 1

    @property
    def step(self) -> float:
        return self.span * 1.14

    @property
    def rows(self) -> int:
        return math.ceil(len(self.places) / self.columns)

    def x(self, iso3: str, year: float) -> float:
        return round(self.places[iso3][0] * self.step + year - self.first + 0.5, 2)

    def y(self, iso3: str, height: float) -> float:
        return round(height - self.places[iso3][1] * (1 + HEAD + FOOT), 4)

    def height(self, iso3: str, count: float) -> float:
        return float(count) / self.tops[iso3]


@kept
def by_state(
    weapon: str = "cluster_munition",
    cause: str = "all",
    year_from: int = 1960,
    year_to: int = 2100,
    group: str = ALL,
    publisher: str = "monitor",
    own_scale: bool = False,
    columns: int = 6,
) -> View:
    """Casualties of each State and area with a figure or a mention, by year.

    `group` is all, twelve or a region; `own_scale` gives every panel its own
    scale instead of the common one; `columns` is how many panels stand in a row.
    """
    rows = queries.run(
        "casualties_state_years",
        weapon=weapon,
        cause=cause,
        year_from=year_from,
        year_to=year_to,
        publisher=publisher,
    )
    rows = _of_group(rows, group)
    heading = (
        label("weapon", weapon)
        if cause == "all"
        else f"{label('weapon', weapon)}, {cause_name(cause).lower()}"
    )
    if not len(rows):
        return _nothing(heading, weapon)
    rows = rows.assign(drawn=_drawn(rows))
    first, last = int(rows["year"].min()), int(rows["year"].max())
    grid = _grid(rows, columns, first, last, own_scale)
    figure = go.Figure()
    _panels(figure, grid, rows, own_scale)
    _bars(figure, grid, rows)
    _marks(figure, grid, rows)
    _labels(figure, grid, rows)
    legend = 96 if columns == 2 else 40
    pixels = 145
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="overlay", height=grid.rows * pixels + legend + 70,
        showlegend=True, legend={"x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        margin={"t": legend, "l": 4, "r": 4},
    )  # fmt: skip
    left = 0 if own_scale else grid.step * 0.16 + grid.span * 0.02 * columns
    figure.update_xaxes(visible=False, range=[-left, grid.step * (columns - 1) + grid.span], fixedrange=True)
    figure.update_yaxes(
        visible=False,
        range=[-(grid.rows - 1) * (1 + HEAD + FOOT) - FOOT, 1 + HEAD],
        fixedrange=True,
        rangemode="normal",
    )
    kicker = _("{what}: casualties by State and year, persons killed or injured, {first}–{last}").format(
        what=heading, first=first, last=last
    )
    sign(
        figure,
        kicker,
        [_publishers(rows)],
        day(reader.snapshot().as_of),
        line_length=LINE if columns == 2 else 2 * LINE,
    )
    figure.update_layout(height=grid.rows * pixels + legend + figure.layout.margin.b)
    title = _title(rows, weapon, cause, last)
    return View(
        key="states",
        kicker=kicker,
        title=title,
        how=_how(own_scale, weapon, cause),
        figure=figure,
        alt=f"{kicker}. {title}. " + _alt(rows),
        data=rows.drop(columns=["region", "twelve", "drawn"]),
        table=_table(rows),
        tables=("casualties", "casualty_names"),
        source_ids=_cited(rows),
        as_of=str(reader.snapshot().as_of),
        missing=_missing(rows, group),
        notes=_caveats(rows, weapon, publisher, group),
    )


def years() -> list[int]:
    """Every year from the first to the last of which some State has a figure or a mention."""
    found = [
        queries.run("casualties_state_years", weapon=weapon, publisher="any")["year"] for weapon in SERIES
    ]
    return list(range(int(min(each.min() for each in found)), int(max(each.max() for each in found)) + 1))


def _of_group(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    if group == ALL:
        return rows
    return rows[rows["twelve"].astype(bool)] if group == TWELVE else rows[rows["region"] == group]


def _drawn(rows: pd.DataFrame) -> pd.Series:
    """How high a row stands: its total, or the larger part where no total is known."""
    parts = rows[["attack", "remnant"]].max(axis=1)
    return rows["total"].fillna(parts)


def _grid(rows: pd.DataFrame, columns: int, first: int, last: int, own_scale: bool) -> Grid:
    order = sorted(rows["iso3"].unique(), key=lambda iso3: _sortable(i18n.state(iso3)))
    columns = min(columns, max(len(order), 2))
    places = {iso3: (n % columns, n // columns) for n, iso3 in enumerate(order)}
    highest = rows.groupby("iso3")["drawn"].max().fillna(0).clip(lower=1).astype(float)
    tops = {iso3: (highest[iso3] if own_scale else float(highest.max())) * SPARE for iso3 in order}
    return Grid(places, columns, first, last, tops)


def _sortable(name: str) -> str:
    return name.casefold().replace("ô", "o").replace("ü", "u")


def _panels(figure: go.Figure, grid: Grid, rows: pd.DataFrame, own_scale: bool) -> None:
    """Draw name, background, scale and years of every panel; years with a row on white."""
    colours = theme.palette()
    ticks = [] if own_scale else _ticks(max(grid.tops.values()))
    wrap = {2: 21, 4: 27, 6: 26}.get(grid.columns, 25)
    left = {iso3: grid.x(iso3, grid.first - 0.5) for iso3 in grid.places}
    right = {iso3: grid.x(iso3, grid.last + 0.5) for iso3 in grid.places}
    foot = {iso3: grid.y(iso3, 0) for iso3 in grid.places}
    low = {iso3: grid.y(iso3, -0.03) for iso3 in grid.places}
    plots = [((left[iso3] + right[iso3]) / 2, foot[iso3]) for iso3 in grid.places]
    _columns(figure, plots, grid.span, colours.grid, 0.6)
    known = rows.drop_duplicates(["iso3", "year"])
    _columns(
        figure, [(grid.x(r.iso3, r.year), foot[r.iso3]) for r in known.itertuples()], 1, colours.paper, 1
    )
    levels = [
        (x, grid.y(iso3, grid.height(iso3, tick)))
        for iso3 in grid.places
        for tick in ticks
        for x in (left[iso3], right[iso3])
    ]
    _segments(figure, levels, colours.grid)
    _segments(
        figure, [(x, foot[iso3]) for iso3 in grid.places for x in (left[iso3], right[iso3])], colours.quiet
    )
    names = [
        (
            left[iso3],
            grid.y(iso3, 1),
            "<b>" + "<br>".join(textwrap.wrap(plain(i18n.state(iso3)), wrap)) + "</b>",
        )
        for iso3 in grid.places
    ]
    write(figure, names, "top right", 15, colours.ink)
    write(
        figure,
        [(left[iso3], low[iso3], str(grid.first)) for iso3 in grid.places],
        "bottom right",
        13,
        colours.quiet,
    )
    write(
        figure,
        [(right[iso3], low[iso3], str(grid.last)) for iso3 in grid.places],
        "bottom left",
        13,
        colours.quiet,
    )
    scale = [
        (left[iso3], grid.y(iso3, grid.height(iso3, tick)), number(tick))
        for iso3, (column, _row) in grid.places.items()
        for tick in ticks
        if column == 0
    ]
    write(figure, scale, "middle left", 13, colours.quiet)


def write(
    figure: go.Figure, texts: list[tuple[float, float, str]], place: str, size: int, colour: str
) -> None:
    """Write many short texts as one trace: a tenth of what as many annotations weigh."""
    if texts:
        x, y, text = zip(*texts, strict=True)
        figure.add_scatter(
            x=x, y=y, text=text, mode="text", textposition=place, textfont={"size": size, "color": colour},
            hoverinfo="skip", showlegend=False,
        )  # fmt: skip


def _columns(
    figure: go.Figure, feet: list[tuple[float, float]], width: float, colour: str, opacity: float
) -> None:
    """Fill the height of a panel over every foot (x, y)."""
    x, y = zip(*feet, strict=True)
    figure.add_bar(
        x=x, y=[1] * len(x), base=y, width=width, marker={"color": colour, "line": {"width": 0}}, opacity=opacity,
        hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _segments(figure: go.Figure, ends: list[tuple[float, float]], colour: str) -> None:
    """Draw a thin line between every two points of `ends`."""
    x, y = [], []
    for n in range(0, len(ends), 2):
        x += [ends[n][0], ends[n + 1][0], None]
        y += [ends[n][1], ends[n + 1][1], None]
    figure.add_scatter(
        x=x, y=y, mode="lines", line={"color": colour, "width": 1}, hoverinfo="skip", showlegend=False
    )


def _ticks(top: float) -> list[int]:
    """One or two round numbers below the top of the scale."""
    size = 10 ** math.floor(math.log10(max(top, 1)))
    step = next(step for step in (size / 2, size, size * 2, size * 5) if top / step < 3.5)
    return [n for n in (math.floor(step), math.floor(2 * step)) if 0 < n <= top]


def _bars(figure: go.Figure, grid: Grid, rows: pd.DataFrame) -> None:
    colours = theme.palette()
    monitor = rows[rows["publisher_kind"] == "monitor"]
    drawn: dict[str, list[tuple]] = {"not_split": [], "remnant": [], "attack": []}
    for row in monitor.itertuples():
        for cause, count, base, shift, width in parts(row):
            if count:
                height = grid.height(row.iso3, count)
                foot = grid.y(row.iso3, grid.height(row.iso3, base))
                drawn[cause].append((grid.x(row.iso3, row.year) + shift, height, foot, width, _hover(row)))
    for cause, bars in drawn.items():
        if not bars:
            continue
        x, y, base, width, text = zip(*bars, strict=True)
        figure.add_bar(
            x=x, y=[round(each, 4) for each in y], base=base, width=width, name=cause_name(cause), customdata=text,
            marker={"color": colours.casualties[cause], "line": {"color": colours.outline, "width": 0.5}},
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip


def parts(row) -> list[tuple[str, int, int, float, float]]:
    """The bars of one State and year: cause, count, what they stand on, shift, width.

    Attacks and remnants stand on each other only where they make the total; known
    without a total they stand side by side, because nobody has published their sum.
    """
    attack, remnant = (None if value is pd.NA else value for value in (row.attack, row.remnant))
    if row.basis == "adds_up":
        return [("remnant", remnant, 0, 0, 0.84), ("attack", attack, remnant, 0, 0.84)]
    if row.basis == "not_split":
        return [("not_split", row.total, 0, 0, 0.84)]
    both = attack is not None and remnant is not None
    parts = []
    if attack is not None:
        parts.append(("attack", attack, 0, -0.22 if both else 0, 0.44 if both else 0.84))
    if remnant is not None:
        parts.append(("remnant", remnant, 0, 0.22 if both else 0, 0.44 if both else 0.84))
    return parts


def _hover(row) -> str:
    """Year, figures and edition; whose panel it is stands above it."""
    parts = [] if row.total is pd.NA else [number(row.total, row.count_type)]
    parts += [
        f"{cause_name(cause).lower()} {number(getattr(row, cause))}"
        for cause in ("attack", "remnant")
        if getattr(row, cause) is not pd.NA
    ]
    edition = plain(textwrap.shorten(row.edition, 26, placeholder="…"))
    whose = "" if row.publisher_kind == "monitor" else f", {label('publisher_kind', row.publisher_kind)}"
    return f"{row.year}: {'; '.join(parts)}<br>{edition}{whose}"


def _marks(figure: go.Figure, grid: Grid, rows: pd.DataFrame) -> None:
    colours = theme.palette()

    def add(part: pd.DataFrame, name: str, heights: list[float], texts: list[str], **look) -> None:
        if len(part):
            figure.add_scatter(
                x=[grid.x(row.iso3, row.year) for row in part.itertuples()],
                y=[grid.y(row.iso3, height) for row, height in zip(part.itertuples(), heights, strict=True)],
                customdata=texts, hovertemplate="%{customdata}<extra></extra>", name=name, **look,
            )  # fmt: skip

    monitor = rows["publisher_kind"] == "monitor"
    named = rows[rows["basis"] == "named"]
    add(
        named, _("Named without a number"), [MARK / 2.5] * len(named),
        [f"<b>{plain(i18n.state(r.iso3))}, {r.year}</b><br>{_('named without a number')} ({plain(r.edition)})" for r in named.itertuples()],
        mode="markers", marker={"symbol": "triangle-up-open", "size": 9, "color": colours.ink, "line": {"width": 1.5}},
    )  # fmt: skip
    zero = rows[monitor & rows["drawn"].eq(0).fillna(False)]
    add(
        zero, _("Recorded: 0"), [0.0] * len(zero), [_hover(row) for row in zero.itertuples()], mode="markers+text",
        marker={"symbol": "line-ew", "size": 9, "line": {"width": 3, "color": colours.ink}}, text=_zero_texts(zero),
        textposition="top center", textfont={"size": 13, "color": colours.ink},
    )  # fmt: skip
    beside = rows[~monitor]
    add(
        beside, _("Another publisher's figure"), [grid.height(r.iso3, r.drawn) for r in beside.itertuples()],
        [_hover(row) for row in beside.itertuples()], mode="markers",
        marker={"symbol": "diamond-open", "size": 9, "color": colours.accent, "line": {"width": 2}},
    )  # fmt: skip
    figure.add_bar(x=[None], y=[None], name=_("No figure found"), marker_color=colours.grid)


def _zero_texts(zero: pd.DataFrame) -> list[str]:
    """“0” once for years in a row: written at each they would read as one number."""
    follows = zero["year"].diff().eq(1) & zero["iso3"].eq(zero["iso3"].shift())
    return ["" if after else "0" for after in follows]


def _labels(figure: go.Figure, grid: Grid, rows: pd.DataFrame) -> None:
    """Write the highest and the latest figure of every panel above their bars."""
    texts = []
    for iso3, part in rows[rows["publisher_kind"] == "monitor"].groupby("iso3"):
        heights = {
            row.year: MARK if row.basis == "named" else grid.height(iso3, row.drawn) or ZERO
            for row in part.itertuples()
        }
        figures = part[part["drawn"].gt(0).fillna(False)]
        if not len(figures):
            continue
        highest, latest = figures.loc[figures["drawn"].astype(float).idxmax()], figures.iloc[-1]
        apart = latest["year"] - highest["year"] >= grid.span * 0.2
        for row in (highest, latest) if apart else (highest,):
            reach = max(1, round(grid.span * 0.06 * (2 if grid.columns > 6 or grid.columns == 2 else 1)))
            near = [heights.get(row["year"] + n, 0) for n in range(-reach, reach + 1)]
            texts.append(
                (grid.x(iso3, row["year"]), grid.y(iso3, max(near)), number(row["drawn"], row["count_type"]))
            )
    write(figure, texts, "top center", 14, theme.palette().ink)


def _how(own_scale: bool, weapon: str, cause: str) -> str:
    scale = (
        _("Every panel has its own scale: compare years within a State, not States.")
        if own_scale
        else _(
            "All panels share one scale; the highest figure is written out, the latest where there is room."
        )
    )
    if weapon == "mine_erw" or cause != "all":
        return _("{scale} Grey years: no figure found, which is not zero.").format(scale=scale)
    return _(
        "{scale} Grey years: no figure found, which is not zero. A bar of attacks or remnants alone: no total was found."
    ).format(scale=scale)


def _publishers(rows: pd.DataFrame) -> str:
    if set(rows["publisher_kind"]) - {"monitor"}:
        return _("Landmine and Cluster Munition Monitor, and other publishers where marked")
    return _("Landmine and Cluster Munition Monitor, latest edition for each figure")


def _counted(rows: pd.DataFrame) -> str:
    """“Two States and one area”."""
    areas = rows[rows["region"].isna()]["iso3"].nunique()
    states = rows["iso3"].nunique() - areas
    parts = []
    if states or not areas:
        parts.append(ngettext("{n} State", "{n} States", states).format(n=number(states)))
    if areas:
        parts.append(ngettext("{n} other area", "{n} other areas", areas).format(n=number(areas)))
    return i18n.listing(parts)


def _title(rows: pd.DataFrame, weapon: str, cause: str, last: int) -> str:
    """What is known of the latest year: how many have a number, how many only a mention."""
    monitor = rows[rows["publisher_kind"] == "monitor"]
    # a recorded zero is a figure, but not a State with casualties
    latest = monitor[(monitor["year"] == last) & ~monitor["drawn"].eq(0).fillna(False)]
    number_known = latest[latest["basis"] != "named"]
    if weapon == "mine_erw" or not len(latest):
        known = monitor[monitor["basis"] != "named"]
        return _("Casualty figures by year were found for {counted}").format(counted=_counted(known))
    found = number_known["iso3"].nunique()
    of = {
        "all": _("cluster munition casualties"),
        "attack": _("casualties of cluster munition attacks"),
        "remnant": _("casualties of cluster munition remnants"),
    }[cause]
    what = _("For {year}, the Monitor names {named} with {casualties}").format(
        year=last, named=_counted(latest), casualties=of
    )
    if not found:
        return _("{what}; a number was found for none of them").format(what=what)
    if found == latest["iso3"].nunique():
        return _("{what}; the number is known").format(what=what)
    return _("{what}; a number was found for {n} of them").format(what=what, n=number(found))


def _alt(rows: pd.DataFrame) -> str:
    return _("One panel each for {names}.").format(
        names=i18n.listing(
            [
                i18n.state(iso3)
                for iso3 in sorted(rows["iso3"].unique(), key=lambda i: _sortable(i18n.state(i)))
            ]
        )
    )


def _missing(rows: pd.DataFrame, group: str) -> str:
    states = rows[rows["region"].notna()]["iso3"].nunique()
    total = len(queries.run("states_in_group", group=group))
    return _("No figure and no mention found: {n} of {all} States").format(
        n=number(total - states), all=number(total)
    )


def _caveats(rows: pd.DataFrame, weapon: str, publisher: str, group: str) -> tuple[str, ...]:
    notes = [
        _("The figure of the latest edition is shown; the table lists what other editions or sources print."),
        _(
            "“Named without a number”: an edition names the State for that year, and no number was found. It is neither zero nor nothing."
        ),
        _("The States shown do not add up to the world total: not every State's figure is public."),
    ]
    if weapon == "mine_erw":
        notes.append(
            _(
                "Mine and ERW casualties include those of cluster munition remnants, not those of attacks: never add the two."
            )
        )
    if publisher == "any":
        notes.append(
            _(
                "Figures of States, the United Nations and others stand beside the Monitor's and never in its series. Those of the Lao People's Democratic Republic since 2018 count all unexploded ordnance."
            )
        )
    shown = set(rows["iso3"])
    notes += [
        f"{i18n.state(row.iso3)}: {row.note}"
        for row in queries.run("area_notes").itertuples()
        if row.iso3 in shown
    ]
    if group not in (ALL, TWELVE):
        notes.append(_("Areas that are not States belong to no region here; they are shown under “All”."))
    return tuple(notes)


def _cited(rows: pd.DataFrame) -> tuple[str, ...]:
    columns = [rows[name] for name in ("source_id", "attack_source_id", "remnant_source_id")]
    return tuple(sorted(set(pd.concat(columns).dropna())))


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for row in rows.itertuples():
        if row.basis == "named":
            total = _("named without a number")
        else:
            unknown = "" if row.basis == "asked" else _("no total found")
            total = unknown if row.total is pd.NA else number(row.total, row.count_type)
        lines.append(
            (
                i18n.state(row.iso3),
                str(row.year),
                total,
                *("" if value is pd.NA else number(value) for value in (row.attack, row.remnant)),
                label("publisher_kind", row.publisher_kind),
                row.edition,
                row.other_values or "",
            )  # fmt: skip
        )
    lines.sort(key=lambda line: (_sortable(line[0]), line[1]))
    titles = [
        _("State or area"), _("Year"), _("Casualties"), _("Attacks"), _("Remnants"), _("Whose figure"), _("Edition"), _("Also printed"),
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=titles).set_index(_("State or area"))


def _nothing(heading: str, weapon: str) -> View:
    empty = pd.DataFrame({"iso3": [], "year": []})
    return View(
        key="states", kicker=heading, title=_("No figure was found for this choice"),
        how=_("Nothing found is not zero. Choose other years or another group."), figure=None, alt="",
        data=empty, table=empty, tables=("casualties",), source_ids=(), as_of=str(reader.snapshot().as_of),
    )  # fmt: skip
