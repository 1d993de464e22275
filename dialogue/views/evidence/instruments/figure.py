"""Drawing the instruments: signs of a standing, the table of who is bound, the lines of joining."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from plotly import graph_objects as go

from dialogue.views import strokes, theme
from dialogue.views.shared import short, source
from dialogue.views.signs import Mark, drawing
from dialogue.views.view import plain
from dialogue.words.i18n import _, colon, day, label, ngettext, number, state

STANDINGS = ("state_party", "signatory", "withdrawn", "not_party")
SHAPES = {"state_party": "disc", "signatory": "half", "withdrawn": "cross", "not_party": "dash"}
HEIGHT = 560


# --- tables of signs -------------------------------------------------------------------


def standing_marks() -> list[Mark]:
    """The four signs of a standing, in the order of STANDINGS."""
    colours = theme.palette()
    fills = {**colours.treaty, "not_party": colours.quiet}
    tints = {"state_party": 0.13, "signatory": 0.1, "withdrawn": 0.13, "not_party": 0.0}
    return [Mark(SHAPES[s], fills[s], label("treaty_status", s), tints[s]) for s in STANDINGS]


def bound(states: Sequence[str], instruments: Sequence[str], cells: dict, counts: Sequence, kicker: str, sources: Sequence[str], on: date) -> dict:  # fmt: skip
    """Who is bound, for ``crosstable``: rows of `counts`, then a row for each State."""
    listed = [
        (state(iso3), [[STANDINGS.index(cells[iso3, i][0]), cells[iso3, i][1]] for i in instruments])
        for iso3 in states
    ]
    return drawing(
        "dates", standing_marks(), _("State"), [short(i) for i in instruments], [("", counts), ("", listed)],
        source(kicker, sources, on), codes=([*[""] * len(counts), *states], ()), links="states?state=",
    )  # fmt: skip


# --- joining over time -----------------------------------------------------------------


def joining(acts: pd.DataFrame, starts: pd.DataFrame, counts: pd.Series, everyone: int, start: date, end: date) -> go.Figure:  # fmt: skip
    """A step line for each instrument, with entries into force and withdrawals; not yet signed."""
    narrow, figure = strokes.narrow(), go.Figure()
    for instrument in counts.index:
        _line(figure, instrument, acts[acts["instrument"] == instrument], start, end)
    _marks(figure, starts, acts[acts["change"] < 0], start)
    _end_labels(figure, counts, end, everyone)
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
        xaxis={"range": [str(start), str(end)], "type": "date", "nticks": 5 if narrow else 12},
        yaxis={"range": [0, everyone], "tickvals": [*range(0, everyone - 20, 50), everyone]},
    )  # fmt: skip
    return figure


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
        customdata=[day(each) for each in x], hovertemplate="%{fullData.name}, %{customdata}: %{y}<extra></extra>",
    )  # fmt: skip


def _marks(figure: go.Figure, starts: pd.DataFrame, leaving: pd.DataFrame, start: date) -> None:
    """Entries into force and withdrawals, each sign in the colour of its line, once in the legend."""
    colours = theme.palette()
    starts, leaving = starts[starts["day"] >= start], leaving[leaving["day"] >= start]
    kinds = (
        ("diamond", _("Entry into force of the instrument"), starts, [short(i) for i in starts["instrument"]]),
        (
            "triangle-down", _("A withdrawal takes effect"), leaving,
            [colon(short(row.instrument), state(row.iso3)) for row in leaving.itertuples(index=False)],
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
                text=[plain(text) for text in texts], customdata=[day(d) for d in rows["day"]],
                hovertemplate="%{text}<br>%{fullData.name}, %{customdata}<br>%{y}<extra></extra>",
            )  # fmt: skip


def _end_labels(figure: go.Figure, counts: pd.Series, end: date, top: float) -> None:
    """Name and last value of each line at its end, moved apart where they would overlap."""
    colours, narrow = theme.palette(), strokes.narrow()
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
