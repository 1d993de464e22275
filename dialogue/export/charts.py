"""Which views are bars or lines that an office program can draw itself, and the numbers that it draws.

The numbers come from the rows of the view, never from what stands on a screen: a figure
draws marks and bands that are no values. A view that is not listed here goes out as a
table, and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import strokes, theme
from dialogue.views.evidence import obligations
from dialogue.views.shared import cause_name, short
from dialogue.views.view import View
from dialogue.words.i18n import _, day, label, the_state

CAUSES = ("not_split", "remnant", "attack")  # from the baseline up
Value = int | float | None


@dataclass(frozen=True)
class Series:
    """One row of marks: its name, a value for each category (None: nothing known), its colour."""

    name: str
    values: tuple[Value, ...]
    colour: str


@dataclass(frozen=True)
class Chart:
    """A native chart. `kind`: columns, bars (horizontal) or lines; bars and columns are stacked.

    `title` names the chart where a view has more than one; `note` says what the chart leaves out.
    """

    kind: Literal["columns", "bars", "lines"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    note: str = ""


def of(shown: View) -> list[Chart]:
    """The native charts of a view; none where it is a map, a table, small multiples or has nothing to draw."""
    build = NATIVE.get(shown.name)
    if build is None or shown.figure is None:
        return []
    return [chart for chart in build(shown) if chart.categories and any(v is not None for s in chart.series for v in s.values)]


def instead(shown: View) -> str:
    """What to say where a figure goes out as a table; "" where the view is a table or has a native chart."""
    if shown.figure is None or of(shown):
        return ""
    return _("This figure cannot be drawn by an office program: its table stands here instead. The page shows the figure.")


def _plain(value: object) -> Value:
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def _colours() -> Mapping[str, str]:
    return theme.palette().casualties


def _not_drawn() -> str:
    return _("The chart draws the numbers alone: “at least”, “about” and what other editions print stand in the table. A year without a column is a year without a figure, not zero.")


def _by_cause(rows: pd.DataFrame, first: int, last: int, title: str = "") -> Chart:
    """Columns by year, split where the rows are: columns year, total, attack, remnant, basis."""
    found: dict[tuple[str, int], Value] = {}
    for row in rows.itertuples():
        if _plain(row.basis) is None:
            found["not_split", int(row.year)] = _plain(row.total)
        else:
            found |= {(cause, int(row.year)): _plain(getattr(row, cause)) for cause in ("remnant", "attack")}
    return _columns(found, first, last, title)


def _columns(found: Mapping[tuple[str, int], Value], first: int, last: int, title: str) -> Chart:
    """Stacked columns of causes by year."""
    years = range(first, last + 1)
    series = tuple(
        Series(cause_name(cause), tuple(found.get((cause, year)) for year in years), _colours()[cause])
        for cause in CAUSES
        if any(at == cause and value is not None for (at, _year), value in found.items())
    )
    return Chart("columns", tuple(map(str, years)), series, title, _not_drawn())


def _world(shown: View) -> list[Chart]:
    rows = shown.data[shown.data["mark"] == "shown"]
    return [_by_cause(rows, int(rows["year"].min()), int(rows["year"].max()))]


def _pair(shown: View) -> list[Chart]:
    first, last = int(shown.data["year"].min()), int(shown.data["year"].max())
    titles = {
        "cluster_munition": _("Cluster munitions: attacks and remnants"),
        "mine_erw": _("Mines and explosive remnants of war: with remnants of cluster munitions, without attacks"),
    }
    return [_by_cause(shown.data[shown.data["weapon"] == weapon], first, last, title) for weapon, title in titles.items()]


def _attacks(shown: View) -> list[Chart]:
    rows = shown.data[(shown.data["iso3"] == "WLD") & shown.data["count"].notna()]
    found = {int(year): _plain(count) for year, count in zip(rows["year"], rows["count"], strict=True)}
    years = range(min(found), max(found) + 1) if found else ()
    series = Series(_("Worldwide"), tuple(found.get(year) for year in years), _colours()["attack"])
    return [Chart("columns", tuple(map(str, years)), (series,), note=_not_drawn())]


def _state(shown: View) -> list[Chart]:
    """The years of one State; none where two parts without a total stand side by side, which no stack may show as a sum."""
    rows = shown.data
    if rows["iso3"].nunique() != 1 or rows["year"].duplicated().any():
        return []
    found: dict[tuple[str, int], Value] = {}
    for row in rows.itertuples():
        for cause, count, _foot, shift, _width in strokes.bars_of(row):
            if shift:
                return []
            found[cause, int(row.year)] = _plain(count)
    return [_columns(found, int(rows["year"].min()), int(rows["year"].max()), the_state(rows["iso3"].iloc[0]))]


def _indicators(shown: View) -> list[Chart]:
    colours = theme.palette().obligation
    # a program draws horizontal bars from the bottom up
    rows = shown.data.iloc[::-1]
    series = tuple(
        Series(label("obligation_status", status), tuple(map(_plain, rows[status])), colours.get(status, colours["no_info"]))
        for status in obligations.STATUSES
    )
    return [Chart("bars", tuple(label("indicator", code) for code in rows["indicator"]), series)]


def _ages(shown: View) -> list[Chart]:
    rows, colours = shown.data, theme.palette()
    fills = {"older": colours.obligation["no_info"], "recent": colours.accent, "undated": colours.grid}
    series = tuple(
        Series(obligations.ages()[age], tuple(_plain(n) if at == age else None for at, n in zip(rows["age"], rows["pairs"], strict=True)), fill)
        for age, fill in fills.items()
        if age in set(rows["age"])
    )
    return [Chart("columns", tuple(map(str, shown.table.iloc[:, 0])), series)]


def _joining(shown: View) -> list[Chart]:
    """States bound at the end of each year; of the last year on the day of the view."""
    rows = queries.run("treaty_by_year", as_of=shown.as_of)
    first = int(shown.given["first"])
    rows = rows[rows["year"] >= min(first, int(shown.given["last"]))]
    if rows.empty:
        return []
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    found = {(row.instrument, int(row.year)): _plain(row.state_parties) for row in rows.itertuples()}
    series = tuple(
        Series(short(code), tuple(found.get((code, year)) for year in years), theme.palette().instruments[code])
        for code in dict.fromkeys(rows["instrument"])
    )
    note = _("States bound at the end of each year; in the last year on {day}.").format(day=day(shown.as_of))
    return [Chart("lines", tuple(map(str, years)), series, note=note)]


NATIVE: Mapping[str, Callable[[View], list[Chart]]] = {
    "trends.world_cluster_munitions": _world,
    "trends.world_pair": _pair,
    "new_use.attacks": _attacks,
    "profile_casualties.by_year": _state,
    "obligations.by_indicator": _indicators,
    "obligations.by_year": _ages,
    "instruments.joining": _joining,
}
