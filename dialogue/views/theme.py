"""Colours, type and the one stylesheet: how every page and figure looks.

Colours of text and widgets stand a second time in .streamlit/config.toml,
which Streamlit reads before any code; a test keeps the two equal.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from dialogue.snapshot import reader
from dialogue.snapshot.reader import Mode
from dialogue.words import habits

if TYPE_CHECKING:
    from plotly.graph_objects.layout import Template

SANS = "'Source Sans 3', 'Noto Sans', sans-serif"
SERIF = "'Source Serif 4', 'Noto Serif', serif"


@dataclass(frozen=True)
class Palette:
    """The colours of one mode; the groups are keyed by the codes of the data."""

    ink: str
    secondary: str
    quiet: str
    paper: str
    panel: str
    accent: str
    grid: str
    outline: str
    casualties: dict[str, str]
    obligation: dict[str, str]
    treaty: dict[str, str]
    instruments: dict[str, str]
    land: str
    undetermined: str


# Fills below 3:1 against the paper: a figure draws them with a line in `outline`.
OUTLINED: dict[Mode, frozenset[str]] = {
    "light": frozenset({"remnant", "partly", "signatory", "not_party"}),
    "dark": frozenset({"not_party"}),
}

PALETTES: dict[Mode, Palette] = {
    "light": Palette(
        ink="#1B2A38",
        secondary="#4A5A68",
        quiet="#5F6E7B",
        paper="#FFFFFF",
        panel="#F6F5F1",
        accent="#0B5A8A",
        grid="#E4E7EA",
        outline="#4A5A68",
        casualties={"attack": "#8C2F39", "remnant": "#D98E32", "not_split": "#33475B"},
        obligation={
            "met": "#1B7F6B",
            "partly": "#D99A2B",
            "not_met": "#3F4A5A",
            "expired": "#6E6AA8",
            "no_info": "#8A929B",
        },
        treaty={
            "state_party": "#0B4F7A",
            "signatory": "#7FB3D1",
            "withdrawn": "#C8662B",
            "not_party": "#D5DADF",
        },
        instruments={
            "CCM": "#0B4F7A",
            "APMBC": "#B2711A",
            "CCW": "#8C9297",
            "CCW_PV": "#2B9362",
            "CRPD": "#9725B5",
            "CRPD_OP": "#D558CA",
        },
        land="#EFEFEF",
        undetermined="#E6E1D6",
    ),
    "dark": Palette(
        ink="#E8EDF1",
        secondary="#C9D3DB",
        quiet="#A9B8C4",
        paper="#10212F",
        panel="#182C3C",
        accent="#6FB7E0",
        grid="#26394A",
        outline="#C9D3DB",
        casualties={"attack": "#E2737C", "remnant": "#F2C06B", "not_split": "#8FA6BC"},
        obligation={
            "met": "#5FD1A5",
            "partly": "#E8B93E",
            "not_met": "#E3E8EE",
            "expired": "#7F86DB",
            "no_info": "#B4BCC4",
        },
        treaty={
            "state_party": "#8CCBF0",
            "signatory": "#4580A8",
            "withdrawn": "#EC8A4A",
            "not_party": "#3A4F61",
        },
        instruments={
            "CCM": "#C4E8F5",
            "APMBC": "#E3B23C",
            "CCW": "#7C898F",
            "CCW_PV": "#45B878",
            "CRPD": "#A866D9",
            "CRPD_OP": "#E87CCB",
        },
        land="#22374A",
        undetermined="#3D4238",
    ),
}


def mode() -> Mode:
    """Return the mode the reader sees."""
    return reader.current().mode


def palette() -> Palette:
    """Return the colours of the mode the reader sees."""
    return PALETTES[mode()]


@cache
def counterparts() -> dict[str, str]:
    """Return by each colour of the dark palette the light one: what is printed is light always. The paper comes first."""

    def flat(palette: Palette) -> list[str]:
        named = [getattr(palette, each.name) for each in fields(palette)]
        return [colour for value in named for colour in (value.values() if isinstance(value, dict) else [value])]

    pairs = dict(zip(flat(PALETTES["dark"]), flat(PALETTES["light"]), strict=True))
    paper = PALETTES["dark"].paper
    return {paper: pairs.pop(paper), **pairs}


def plotly_template(mode: Mode) -> "Template":
    """Return the template of every figure, for ``layout.template``, with the reader's signs in numbers.

    The paper is solid, because a downloaded image has no page behind it.
    """
    return _template(mode, reader.current().language)


@cache
def _template(mode: Mode, language: str) -> "Template":
    from plotly import graph_objects as go

    colours = PALETTES[mode]
    text = {"family": SANS, "size": 15, "color": colours.ink}
    axis = {
        "gridcolor": colours.grid,
        "linecolor": colours.quiet,
        "zerolinecolor": colours.quiet,
        "tickcolor": colours.quiet,
        "tickfont": {"color": colours.secondary, "size": 15},
        "title": {"font": {"color": colours.secondary, "size": 15}},
        "automargin": True,
        "zeroline": False,
    }
    layout = go.Layout(
        font=text,
        title={"font": {"family": SERIF, "size": 20}, "x": 0, "xanchor": "left"},
        paper_bgcolor=colours.paper,
        plot_bgcolor=colours.paper,
        colorway=list(colours.instruments.values()),
        # Thousands as in the tables.
        separators=habits.LANGUAGES[language].decimal + habits.LANGUAGES[language].group,
        xaxis={**axis, "showgrid": False, "showline": True, "ticks": "outside"},
        yaxis={**axis, "showgrid": True, "rangemode": "tozero"},
        margin={"l": 8, "r": 8, "t": 8, "b": 48},
        hoverlabel={
            "bgcolor": colours.panel,
            "bordercolor": colours.quiet,
            "font": {**text, "size": 15},
            "align": "left",
        },
        hovermode="closest",
        dragmode=False,
        showlegend=False,
        legend={"font": {"color": colours.ink}, "orientation": "h"},
        annotationdefaults={"font": {"color": colours.ink}, "showarrow": False},
        modebar={
            "bgcolor": "rgba(0,0,0,0)",
            "color": colours.quiet,
            "activecolor": colours.accent,
        },
        geo={
            "bgcolor": colours.paper,
            "visible": False,
            "projection": {"type": "equal earth", "rotation": {"lon": 11}},
            "lataxis": {"range": [-65, 90]},
        },
    )
    data = {
        "bar": [{"marker": {"line": {"width": 0}}, "textfont": {"color": colours.ink}}],
        "choropleth": [{"marker": {"line": {"color": colours.paper, "width": 0.5}}}],
        "scatter": [{"line": {"width": 2.5}, "cliponaxis": False}],
    }
    return go.layout.Template(layout=layout, data=data)
