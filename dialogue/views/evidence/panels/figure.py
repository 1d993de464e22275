"""Drawing the panels: one small panel a State or area, all on one pair of axes."""

import math
import textwrap
from dataclasses import dataclass

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import reader
from dialogue.views import strokes, theme
from dialogue.views.evidence.panels.words import hover
from dialogue.views.shared import by_name, place
from dialogue.views.view import plain
from dialogue.words.i18n import _, number

COLUMNS = {"narrow": 2, "medium": 4, "wide": 8, "large": 8}  # panels in a row, by the reader's width
HEAD = 0.62  # room above the bars of a panel for its name, in heights of the bars
FOOT = 0.3  # room below them for the years
MARK = 0.17  # height that a mark “named” takes up
ZERO = 0.32  # height that a written 0 takes up
SPARE = 1.38  # room for a written figure above the highest bar
PIXELS = 145  # of a row of panels, and of one where a window of 720 pixels is to hold most of them
FLAT = 120


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


def draw(rows: pd.DataFrame, own_scale: bool) -> go.Figure:
    """Panels of all States and areas in `rows`, which have a column `drawn`; not yet signed, see `fit`."""
    columns = COLUMNS[reader.current().width]
    grid = _grid(rows, columns, int(rows["year"].min()), int(rows["year"].max()), own_scale)
    figure = go.Figure()
    _panels(figure, grid, rows, own_scale)
    _bars(figure, grid, rows)
    _marks(figure, grid, rows)
    _labels(figure, grid, rows)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="overlay", height=grid.rows * (PIXELS if reader.current().width in ("narrow", "medium") else FLAT),
        showlegend=True, legend={"x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        margin={"t": 96 if strokes.narrow() else 40, "l": 4, "r": 4},
    )  # fmt: skip
    left = 0 if own_scale else grid.step * 0.16 + grid.span * 0.02 * columns
    figure.update_xaxes(visible=False, range=[-left, grid.step * (columns - 1) + grid.span + 0.01], fixedrange=True)
    figure.update_yaxes(
        visible=False, range=[-(grid.rows - 1) * (1 + HEAD + FOOT) - FOOT, 1 + HEAD], fixedrange=True, rangemode="normal"
    )
    return figure


def _grid(rows: pd.DataFrame, columns: int, first: int, last: int, own_scale: bool) -> Grid:
    order = by_name(rows["iso3"])
    columns = min(columns, max(len(order), 2))
    places = {iso3: (n % columns, n // columns) for n, iso3 in enumerate(order)}
    highest = rows.groupby("iso3")["drawn"].max().fillna(0).clip(lower=1).astype(float)
    tops = {iso3: (highest[iso3] if own_scale else float(highest.max())) * SPARE for iso3 in order}
    return Grid(places, columns, first, last, tops)


def _panels(figure: go.Figure, grid: Grid, rows: pd.DataFrame, own_scale: bool) -> None:
    """Draw name, background, scale and years of every panel; years with a row on white."""
    colours = theme.palette()
    ticks = [] if own_scale else _ticks(max(grid.tops.values()))
    wrap = {2: 21, 4: 27, 8: 19}.get(grid.columns, 25)
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
            "<b>" + "<br>".join(textwrap.wrap(plain(place(iso3)), wrap)) + "</b>",
        )
        for iso3 in grid.places
    ]
    strokes.write(figure, names, "top right", 14 if grid.columns == COLUMNS["wide"] else 15, colours.ink)
    strokes.write(
        figure,
        [(left[iso3], low[iso3], str(grid.first)) for iso3 in grid.places],
        "bottom right",
        13,
        colours.quiet,
    )
    strokes.write(
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
    strokes.write(figure, scale, "middle left", 13, colours.quiet)


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
    drawn: dict[str, list[tuple]] = {}
    for row in rows[rows["publisher_kind"] == "monitor"].itertuples():
        for cause, count, base, shift, width in strokes.bars_of(row):
            if count:
                height = round(grid.height(row.iso3, count), 4)
                foot = grid.y(row.iso3, grid.height(row.iso3, base))
                bar = (grid.x(row.iso3, row.year) + shift, height, foot, width, hover(row))
                drawn.setdefault(cause, []).append(bar)
    strokes.cause_bars(figure, drawn)


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
        [f"<b>{plain(place(r.iso3))}, {r.year}</b><br>{_('named without a number')} ({plain(r.edition)})" for r in named.itertuples()],
        mode="markers", marker=strokes.named_sign(),
    )  # fmt: skip
    zero = rows[monitor & rows["drawn"].eq(0).fillna(False)]
    add(
        zero, _("Recorded: 0"), [0.0] * len(zero), [hover(row) for row in zero.itertuples()], mode="markers+text",
        marker=strokes.zero_sign(9), text=_zero_texts(zero),
        textposition="top center", textfont={"size": 13, "color": colours.ink},
    )  # fmt: skip
    beside = rows[~monitor]
    add(
        beside, _("Another publisher's figure"), [grid.height(r.iso3, r.drawn) for r in beside.itertuples()],
        [hover(row) for row in beside.itertuples()], mode="markers",
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
    strokes.write(figure, texts, "top center", 14, theme.palette().ink)
