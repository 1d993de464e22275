"""What several families of views draw alike: bars of casualties, signs, years without a figure, the source line.

What they say alike stands in ``shared.py``.
"""

from collections.abc import Iterable, Sequence

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import reader
from dialogue.views import theme
from dialogue.views.shared import cause_name, known
from dialogue.views.view import LINE, sign
from dialogue.words.i18n import _, day

BAR, HALF = 0.84, 0.44  # widths in years of a bar, and of one of two side by side


def narrow() -> bool:
    """Whether the reader has a phone."""
    return reader.current().width == "narrow"


def source_line_below(figure: go.Figure, kicker: str, sources: Sequence[str], bottom: int = 0, notes: Sequence[str] = ()) -> None:
    """Sign a figure as of the day the data speak for, with lines that fit the reader's screen.

    `bottom`: pixels that the axis needs above the line; `notes`: sentences that stay with the figure.
    """
    length = LINE if narrow() else 2 * LINE
    sign(figure, kicker, sources, day(reader.snapshot().as_of), bottom=bottom, line_length=length, notes=notes)


def write(figure: go.Figure, texts: Sequence[tuple[float, float, str]], place: str, size: int, colour: str) -> None:
    """Write many short texts (x, y, text) as one trace: a tenth of what as many annotations weigh."""
    if texts:
        x, y, text = zip(*texts, strict=True)
        figure.add_scatter(
            x=x, y=y, text=text, mode="text", textposition=place, textfont={"size": size, "color": colour},
            hoverinfo="skip", showlegend=False,
        )  # fmt: skip


# --- years -----------------------------------------------------------------------------


def year_axis(first: int, last: int) -> dict:
    """The x axis of a figure with a bar for every year."""
    return {
        "dtick": 1, "range": [first - 0.6, last + 0.6], "tickangle": -90 if narrow() else 0, "fixedrange": True,
    }  # fmt: skip


def no_figure_bands(figure: go.Figure, years: Iterable[int], top: float, **at) -> None:
    """Grey the years without a figure, up to `top`, and say so: a gap is no zero."""
    colours = theme.palette()
    for year in years:
        figure.add_shape(
            type="rect", x0=year - 0.45, x1=year + 0.45, y0=0, y1=top, layer="below",
            fillcolor=colours.grid, opacity=0.6, line_width=0, **at,
        )  # fmt: skip
        figure.add_annotation(
            x=year, y=top * 0.03, text=_("no figure found"), textangle=-90, yanchor="bottom",
            font={"size": 14, "color": colours.quiet}, **at,
        )  # fmt: skip


# --- casualties of a State by year -----------------------------------------------------


def drawn_heights(rows: pd.DataFrame) -> pd.Series:
    """How high a row stands: its total, or the larger part where no total is known."""
    return rows["total"].fillna(rows[["attack", "remnant"]].max(axis=1))


def bars_of(row) -> list[tuple[str, int, int, float, float]]:
    """The bars of one State and year: cause, count, what they stand on, shift, width.

    Attacks and remnants stand on each other only where they make the total; known
    without a total they stand side by side, because nobody has published their sum.
    """
    attack, remnant = (value if known(value) else None for value in (row.attack, row.remnant))
    if row.basis == "adds_up":
        return [("remnant", remnant, 0, 0, BAR), ("attack", attack, remnant, 0, BAR)]
    if row.basis == "not_split":
        return [("not_split", row.total, 0, 0, BAR)]
    both = attack is not None and remnant is not None
    bars = []
    if attack is not None:
        bars.append(("attack", attack, 0, -HALF / 2 if both else 0, HALF if both else BAR))
    if remnant is not None:
        bars.append(("remnant", remnant, 0, HALF / 2 if both else 0, HALF if both else BAR))
    return bars


def cause_bars(figure: go.Figure, bars: dict[str, list[tuple]], named=lambda name: {"name": name}, **at) -> None:
    """Draw bars by cause, each (x, height, foot, width, hover text), one trace a cause.

    `named` makes of a cause's name what the trace says of itself in the legend.
    """
    colours = theme.palette()
    for cause in ("not_split", "remnant", "attack"):  # from the baseline up
        if bars.get(cause):
            x, y, base, width, text = zip(*bars[cause], strict=True)
            figure.add_bar(
                x=x, y=y, base=base, width=width, customdata=text, hovertemplate="%{customdata}<extra></extra>",
                marker={"color": colours.casualties[cause], "line": {"color": colours.outline, "width": 0.5}},
                **named(cause_name(cause)), **at,
            )  # fmt: skip


def named_sign() -> dict:
    """The marker of a State that is named without a number."""
    return {"symbol": "triangle-up-open", "size": 9, "color": theme.palette().ink, "line": {"width": 1.5}}


def zero_sign(size: int) -> dict:
    """The marker of a recorded zero: nobody, which is not the same as nothing known."""
    return {"symbol": "line-ew", "size": size, "line": {"width": 3, "color": theme.palette().ink}}
