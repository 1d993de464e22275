"""How the age of the evidence is drawn: a row of dots by year."""

import textwrap
from collections import Counter
from datetime import date

from plotly import graph_objects as go

from dialogue.snapshot import reader
from dialogue.views import theme
from dialogue.views.method.freshness.rows import AGES, count
from dialogue.views.view import plain
from dialogue.words.i18n import number

SMALL = ("narrow", "medium")  # widths at which names stand above the rows
DOT = {False: 25, True: 20}  # pixels across a dot with its number; smaller on a phone
NAMED = {False: 72, True: 44}  # characters of a row's name on one line


def small() -> bool:
    """Whether the reader's screen has no room for names beside the rows."""
    return reader.current().width in SMALL


def strip(rows, column: str, names: dict[str, str], words: dict[str, str], today: date) -> go.Figure:
    """Dots with numbers by year, a row each code; undated and missing cells in two columns at the end."""
    colours, narrow = theme.palette(), small()
    dated = rows[rows["year"].notna()]
    since = int(count(today)["recent_from"])
    first = int(min(dated["year"].min(), since - 1)) if len(dated) else since - 1
    last = int(max(dated["year"].max(), since)) if len(dated) else since
    apart = (1.5, 2.9) if narrow else (1.4, 3.1)
    at = {"undated": last + apart[0], "none": last + apart[1]}
    lines = {code: textwrap.wrap(plain(name), NAMED[narrow]) for code, name in names.items()}
    heights, tall = {}, 0
    for code, wrapped in lines.items():
        tall += 34 + (17 * len(wrapped) if narrow else 0)
        heights[code] = tall - 17
    figure = go.Figure()
    for height in heights.values():
        figure.add_shape(
            type="line", x0=first - 0.6, x1=last + 0.5, y0=height, y1=height, layer="below", line={"color": colours.grid, "width": 1.5}
        )  # fmt: skip
    for age in AGES:
        part = rows[rows["age"] == age]
        counted = Counter(zip(part[column], part["year"] if age in ("recent", "older") else [at[age]] * len(part), strict=True))
        places = list(counted)
        figure.add_scatter(
            x=[x for _code, x in places], y=[heights[code] for code, _x in places], mode="markers+text", name=words[age],
            text=[str(counted[key]) for key in places],
            textfont={"size": 13 if narrow else 14, "weight": 600, "color": colours.paper if age == "recent" else colours.ink},
            marker={**_marker(age, colours), "size": DOT[narrow]},
            customdata=[f"{plain(names[code])}<br>{words[age] if age in at else x}" for code, x in places],
            hovertemplate="%{customdata}: %{text}<extra></extra>",
        )  # fmt: skip
    _strip_labels(figure, rows, lines, heights, words, at, since, first, last)
    years = list(range(last, first - 1, -4 if narrow else -1))
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), showlegend=False, height=tall,
        margin={"t": 72 if narrow else 46, "l": 8, "r": 8},
        xaxis={
            "range": [first - 0.8, at["none"] + 0.8], "tickvals": years, "tickangle": 0, "fixedrange": True,
            "showline": False,
        },
        yaxis={
            "range": [tall, 0], "showgrid": False, "fixedrange": True, "visible": not narrow, "rangemode": "normal",
            "tickvals": list(heights.values()), "ticktext": ["<br>".join(wrapped) for wrapped in lines.values()],
        },
    )  # fmt: skip
    return figure


def _marker(age: str, colours: theme.Palette) -> dict:
    """Filled for recent, open for older, another shape for undated and for none: never by colour alone."""
    return {
        "symbol": {"undated": "diamond", "none": "square"}.get(age, "circle"),
        "color": colours.accent if age == "recent" else colours.panel if age == "none" else colours.paper,
        "line": {"color": colours.quiet if age == "none" else colours.accent, "width": 1.6},
    }


def _strip_labels(figure, rows, lines, heights, words, at, since, first, last) -> None:
    """The border between recent and older with both counts, the heads of the last columns, names on a phone."""
    colours, narrow = theme.palette(), small()
    found = rows["age"].value_counts()
    figure.add_shape(
        type="line", x0=since - 0.5, x1=since - 0.5, y0=0, y1=1, yref="paper", line={"color": colours.quiet, "dash": "dash", "width": 1}
    )  # fmt: skip
    for age, x, anchor, shift in (("older", since - 0.5, "right", -6), ("recent", since - 0.5, "left", 6)):
        figure.add_annotation(
            x=x, y=1, yref="paper", xanchor=anchor, yanchor="bottom", xshift=shift, yshift=4, align=anchor,
            text=f"<b>{number(int(found.get(age, 0)))}</b><br>{plain(words[age])}", font={"size": 14},
        )  # fmt: skip
    for age, x in at.items():
        # on a phone the two heads do not fit side by side
        above = narrow and age == "none"
        figure.add_annotation(
            x=x + 0.5 if above else x, y=1, yref="paper", yanchor="bottom", xanchor="right" if above else "center", font={"size": 14},
            text=f"<b>{number(int(found.get(age, 0)))}</b>{' ' if above else '<br>'}{words[age]}", yshift=44 if above else 4,
        )  # fmt: skip
    if narrow:
        for code, height in heights.items():
            figure.add_annotation(
                x=first - 0.8, y=height, xanchor="left", yanchor="bottom", yshift=DOT[narrow] / 2, align="left",
                text="<br>".join(lines[code]), font={"size": 14}, borderpad=0, bgcolor=colours.paper,
            )  # fmt: skip
