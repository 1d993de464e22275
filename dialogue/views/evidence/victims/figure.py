"""Drawing shares in lanes, and the marks of the four States of guiding question (g)."""

import textwrap

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import reader
from dialogue.views import strokes, theme
from dialogue.views.evidence.victims.words import (
    WHO,
    aspect_name,
    known_name,
    of_whom_name,
    percent_of,
    share_hover,
    who_name,
)
from dialogue.views.view import plain
from dialogue.words import i18n
from dialogue.words.i18n import number

ASPECTS = ("number", "number_all", "cause", "sex", "age", "status", "activity")
LANE = 1.55  # a lane of shares is 1 high and leaves room for figures and name
SYMBOLS = {
    "cluster_munition": "circle",
    "not_split": "circle-open",
    "named": "triangle-up-open",
    "incident": "square-open",
    "not_named": "line-ew",
}
COLUMNS = {"narrow": 1, "medium": 2}  # States in a row, by the reader's width; else all four
BAND = 292  # pixels of a row of States


# --- shares ----------------------------------------------------------------------------


def lanes_of(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """The lanes that `rows` need: who, of whom."""
    lanes = list(dict.fromkeys(zip(rows["who"], rows["of_whom"], strict=True)))
    return sorted(lanes, key=lambda lane: (WHO.index(lane[0]), lane[1] != "casualties", lane[1]))


def lanes(rows: pd.DataFrame, first: int, last: int) -> go.Figure:
    """A lane for each share, a bar for each year, on one pair of axes; not yet signed."""
    narrow, colours, figure = strokes.narrow(), theme.palette(), go.Figure()
    lanes = lanes_of(rows)
    feet = {lane: round(-n * LANE, 2) for n, lane in enumerate(lanes)}
    known = {lane: rows[(rows["who"] == lane[0]) & (rows["of_whom"] == lane[1])] for lane in lanes}
    _lane_grounds(figure, feet, known, first, last)
    _lane_bars(figure, feet, known)
    values = [
        (row.year, round(feet[lane] + _high(row), 3), _written(row, narrow))
        for lane in lanes
        for row in known[lane].itertuples()
    ]
    if narrow and last - first > 11:  # crowded
        for x, y, text in values:
            figure.add_annotation(x=x, y=y, text=text, textangle=-90, yanchor="bottom", font_size=14)
    else:
        strokes.write(figure, values, "top center", 14 if narrow else 15, colours.ink)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="overlay", margin={"t": 30 if narrow else 8, "l": 4, "r": 4},
        height=len(lanes) * (104 if narrow else 60) + 48,
    )  # fmt: skip
    figure.update_xaxes(
        range=[first - 0.55, last + 0.55], dtick=1, tickangle=-90 if narrow else 0, showline=False, ticks="", fixedrange=True
    )
    figure.update_yaxes(
        visible=False, range=[-(len(lanes) - 1) * LANE - 0.02, 1.42 if narrow else 1.08], rangemode="normal", fixedrange=True
    )
    if not narrow:
        figure.update_layout(margin_l=230)
    return figure


def _lane_grounds(figure: go.Figure, feet: dict, known: dict, first: int, last: int) -> None:
    """Name and grey ground of every lane; years with a share on white."""
    narrow, colours = strokes.narrow(), theme.palette()
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
    years = [(year, feet[lane]) for lane in feet for year in known[lane]["year"]]
    figure.add_bar(
        x=[year for year, _foot in years], y=[1] * len(years), base=[foot for _year, foot in years], width=1,
        marker={"color": colours.paper, "line": {"width": 0}}, hoverinfo="skip",
    )  # fmt: skip


def _lane_bars(figure: go.Figure, feet: dict, known: dict) -> None:
    """The shares; outlined only where sources word the base differently."""
    colours = theme.palette()
    for outlined in (False, True):
        bars = [
            (row.year, _high(row), feet[lane], share_hover(row), _colour(row))
            for lane in feet
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


def _high(row) -> float:
    """How high the bar of a share stands in its lane."""
    return round(float(row.percent) / 100 * 0.72, 3)


def _written(row, narrow: bool) -> str:
    star = "*" if row.known else ""
    return f"{number(row.percent) if narrow else percent_of(row.percent)}{star}"


def _colour(row) -> str:
    colours = theme.palette().casualties
    return colours["remnant"] if row.of_whom == "remnants" else colours["not_split"]


# --- question (g) ----------------------------------------------------------------------


def matrix(rows: pd.DataFrame, states: list[str], first: int, last: int) -> go.Figure:
    """A small table of marks for each State: aspects down, years across; not yet signed."""
    colours, figure = theme.palette(), go.Figure()
    columns = COLUMNS.get(reader.current().width, 4)
    span, height = last - first + 1, len(ASPECTS)
    labels = 3.7 if columns > 1 else 3.1  # room for the aspects' names, in years
    step = span + labels + 0.4 if columns > 1 else span + labels

    def place(iso3: str, year: float, aspect: float) -> tuple[float, float]:
        n = states.index(iso3)
        x = (n % columns) * step + labels + year - first + 0.5
        return round(x, 2), round(-(n // columns) * (height + 2.2) - aspect - 0.5, 2)

    _grounds(figure, states, first, last, labels, place)
    cells = rows[rows["known"] != "none"]
    at = [place(row.iso3, row.year, ASPECTS.index(row.aspect)) for row in cells.itertuples()]
    figure.add_bar(
        x=[x for x, _y in at], y=[1] * len(at), base=[round(y - 0.5, 2) for _x, y in at], width=1, hoverinfo="skip", showlegend=False,
        marker={"color": colours.paper, "line": {"color": colours.grid, "width": 1}},
    )  # fmt: skip
    _known_marks(figure, cells, at)
    bands = -(-len(states) // columns)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="overlay", showlegend=True,
        legend={"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
        margin={"t": {1: 190, 2: 90}.get(columns, 66), "l": 4, "r": 4}, height=bands * BAND,
    )  # fmt: skip
    figure.update_xaxes(
        visible=False, range=[0, (min(columns, len(states)) - 1) * step + labels + span], fixedrange=True
    )
    figure.update_yaxes(
        visible=False, range=[-(bands - 1) * (height + 2.2) - height, 2.0], rangemode="normal", fixedrange=True
    )
    return figure


def _grounds(figure: go.Figure, states: list[str], first: int, last: int, labels: float, place) -> None:
    """Name, years, aspects and grey ground of every State."""
    colours = theme.palette()
    names, years, aspects = [], [], []
    for iso3 in states:
        left, top = place(iso3, first - 0.5, -0.5)
        right, bottom = place(iso3, last + 0.5, len(ASPECTS) - 0.5)
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
    strokes.write(figure, names, "top right", 17, colours.ink)
    strokes.write(figure, years, "top center", 14, colours.secondary)
    strokes.write(figure, aspects, "middle left", 14, colours.secondary)


def _known_marks(figure: go.Figure, cells: pd.DataFrame, at: list[tuple[float, float]]) -> None:
    """A sign for how each cell is known, all in the legend; nothing known stays grey."""
    colours = theme.palette()
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
