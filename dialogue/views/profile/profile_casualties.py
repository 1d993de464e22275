"""New casualties of one State by year, or of two or three on a common scale; a year without a figure stays a gap."""

import textwrap

import pandas as pd
from plotly import graph_objects as go
from plotly.subplots import make_subplots

from dialogue.snapshot import queries
from dialogue.views import shared, strokes, theme
from dialogue.views.profile.profile import states
from dialogue.views.profile.profile_record import without_codes
from dialogue.views.view import View, kept, plain
from dialogue.words import i18n
from dialogue.words.i18n import _, colon, label, ngettext, number

HEIGHT = 190  # pixels of one panel's plot


@kept(widths=("narrow",), allowed={"chosen": states})
def by_year(chosen: tuple[str, ...]) -> View:
    """Cluster munition casualties of each State by year as the Monitor prints them.

    The panels share their years (all for which the Monitor says anything) and
    their scale; on a phone they stand under each other.
    """
    rows = queries.run("casualties_state_years", weapon="cluster_munition")
    rows = rows[rows["iso3"].isin(chosen)]
    rows = rows.assign(drawn=strokes.drawn_heights(rows))
    years = queries.run("map_years")["year"].astype(int)
    first, last = int(years.min()), int(years.max())
    kicker = _(
        "New casualties of cluster munitions, persons killed or injured by year, {first}–{last}"
    ).format(first=first, last=last)
    title = _title(rows, chosen, last - first + 1)
    view = {
        "key": "profile_casualties",
        "kicker": kicker,
        "title": title,
        "alt": f"{kicker}. {title}",
        "data": rows.drop(columns=["region", "twelve", "drawn"]),
        "table": _table(rows),
        "tables": ("casualties", "casualty_names"),
        "source_ids": cited(rows),
        "as_of": shared.as_of(),
        "notes": _notes(),
    }
    if not len(rows):
        how = _("Nothing found is not zero: no edition read gives a figure, and none names the State.")
        return View(how=how, figure=None, **view)
    return View(
        how=shared.with_newer(_("Grey: no figure found, which is not zero. The table has editions and other values."), "cmm"),
        figure=_figure(rows, chosen, first, last, kicker),
        **view,
    )


def cited(rows: pd.DataFrame) -> tuple[str, ...]:
    """The documents of the figures, the oldest year first."""
    return shared.cited(*rows[["source_id", "attack_source_id", "remnant_source_id"]].itertuples(index=False))


def _title(rows: pd.DataFrame, chosen: tuple[str, ...], years: int) -> str:
    counts = []
    for iso3 in chosen:
        part = rows[rows["iso3"] == iso3]
        named = int((part["basis"] == "named").sum())
        counts.append((iso3, len(part) - named, named))
    if len(counts) > 1:
        each = [
            _("{n} ({state})").format(state=i18n.state(iso3), n=number(figures))
            for iso3, figures, _named in counts
        ]
        return _("A casualty figure was found for {each} of {years} years").format(
            years=number(years), each=i18n.listing(each)
        )
    ((_iso3, figures, named),) = counts
    if not figures and not named:
        return _("No casualty figure and no mention was found for any of {years} years").format(
            years=number(years)
        )
    text = ngettext(
        "A casualty figure was found for {n} of {years} years",
        "A casualty figure was found for {n} of {years} years",
        figures,
    ).format(n=number(figures), years=number(years))
    if not named:
        return text
    return ngettext(
        "{figures}; for {n} more the State is named without a number",
        "{figures}; for {n} more the State is named without a number",
        named,
    ).format(figures=text, n=number(named))


def _figure(
    rows: pd.DataFrame, chosen: tuple[str, ...], first: int, last: int, kicker: str
) -> go.Figure:
    narrow = strokes.narrow()
    count = len(chosen)
    lines, columns = (count, 1) if narrow else (1, count)
    figure = make_subplots(
        lines,
        columns,
        shared_yaxes="all",
        horizontal_spacing=0.025,
        vertical_spacing=0.2 if count < 3 else 0.14,
    )
    top = max(float(rows["drawn"].max()) if rows["drawn"].notna().any() else 1.0, 1.0) * 1.24
    shown: set[str] = set()
    for n, iso3 in enumerate(chosen):
        place = {"row": n + 1, "col": 1} if narrow else {"row": 1, "col": n + 1}
        part = rows[rows["iso3"] == iso3]
        _gaps(figure, part, first, last, top, place, shown)
        _bars(figure, part, place, shown)
        _signs(figure, part, top, place, shown)
        _labels(figure, part, top, place, everything=count == 1 and not narrow)
        if count > 1:
            axis = "" if n == 0 else n + 1
            figure.add_annotation(
                text=f"<b>{plain(i18n.state(iso3))}</b>", x=0, y=1, xref=f"x{axis} domain", yref=f"y{axis} domain",
                xanchor="left", yanchor="bottom", font={"size": 15},
            )  # fmt: skip
    ticks = [year for year in range(first, last + 1) if year % 5 == 0 or year == last]
    figure.update_xaxes(range=[first - 0.5, last + 0.5], tickvals=ticks, fixedrange=True, tickangle=0)
    figure.update_yaxes(range=[0, top], nticks=4, fixedrange=True)
    if top < 2:  # a scale without a figure would only be air
        figure.update_yaxes(showticklabels=False, showgrid=False)
    legend = 78 if narrow else 34
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="overlay", showlegend=True,
        legend={"x": 0, "y": 1, "yref": "container", "yanchor": "top", "traceorder": "normal", "font": {"size": 14}},
        margin={"t": legend + (22 if count > 1 else 6), "l": 4, "r": 4},
    )  # fmt: skip
    publisher = _("Landmine and Cluster Munition Monitor, latest edition for each figure")
    strokes.source_line_below(figure, kicker, [publisher], 26)
    plots = lines * HEIGHT + (lines - 1) * 50
    figure.update_layout(height=plots + figure.layout.margin.t + figure.layout.margin.b)
    return figure


def _once(name: str, shown: set[str]) -> dict:
    """A trace's name; only the first of its kind stands in the legend."""
    first = name not in shown
    shown.add(name)
    return {"name": name, "legendgroup": name, "showlegend": first}


def _gaps(
    figure, part: pd.DataFrame, first: int, last: int, top: float, place: dict, shown: set[str]
) -> None:
    known = set(part["year"].astype(int))
    gaps = [year for year in range(first, last + 1) if year not in known]
    if gaps:
        figure.add_bar(
            x=gaps, y=[top] * len(gaps), width=1, marker={"color": theme.palette().grid, "line": {"width": 0}},
            opacity=0.6, legendrank=2000, hovertemplate="%{x}: " + _("no figure found") + "<extra></extra>",
            **_once(_("No figure found"), shown), **place,
        )  # fmt: skip


def _bars(figure, part: pd.DataFrame, place: dict, shown: set[str]) -> None:
    drawn: dict[str, list[tuple]] = {}
    for row in part[part["basis"] != "named"].itertuples():
        causes = strokes.bars_of(row)
        if row.basis == "one_cause":  # the one cause is the total, and its colour says which
            cause = "remnant" if pd.isna(row.attack) else "attack"
            causes = [(cause, row.total, 0, 0, strokes.BAR)]
        for cause, count, base, shift, width in causes:
            if count:
                drawn.setdefault(cause, []).append((row.year + shift, count, base, width, _hover(row)))
    strokes.cause_bars(figure, drawn, lambda name: _once(name, shown), **place)


def _signs(figure, part: pd.DataFrame, top: float, place: dict, shown: set[str]) -> None:
    named = part[part["basis"] == "named"]
    if len(named):
        texts = [
            f"{row.year}: {_('named without a number')}<br>{plain(row.edition)}" for row in named.itertuples()
        ]
        figure.add_scatter(
            x=named["year"].tolist(), y=[top * 0.06] * len(named), customdata=texts, hovertemplate="%{customdata}<extra></extra>",
            mode="markers", marker=strokes.named_sign(),
            **_once(_("Named without a number"), shown), **place,
        )  # fmt: skip
    zero = part[part["drawn"].eq(0).fillna(False)]
    if len(zero):
        figure.add_scatter(
            x=zero["year"].tolist(), y=[0] * len(zero), customdata=[_hover(row) for row in zero.itertuples()],
            hovertemplate="%{customdata}<extra></extra>", mode="markers",
            marker=strokes.zero_sign(10),
            **_once(_("Recorded: 0"), shown), **place,
        )  # fmt: skip


def _labels(figure, part: pd.DataFrame, top: float, place: dict, everything: bool) -> None:
    """Write the figures over their bars; where there is no room, the highest and the latest."""
    figures = part[part["drawn"].notna()]
    if not everything and len(figures):
        highest = figures.loc[figures["drawn"].astype(float).idxmax()]
        latest = figures.iloc[-1]
        near = latest["year"] - highest["year"] < 4 and latest["year"] != highest["year"]
        years = {highest["year"]} if near else {highest["year"], latest["year"]}
        figures = figures[figures["year"].isin(years)]
    if len(figures):
        figure.add_scatter(
            x=figures["year"].tolist(), y=[float(value) for value in figures["drawn"]], mode="text", textposition="top center",
            text=[number(row.drawn, row.count_type) for row in figures.itertuples()],
            textfont={"size": 13, "color": theme.palette().ink}, hoverinfo="skip", showlegend=False, **place,
        )  # fmt: skip


def _hover(row) -> str:
    lines = [colon(row.year, shared.counts(row)), *textwrap.wrap(plain(row.edition), 40)]
    if row.other_values:
        printed = _("also printed: {values}").format(values=without_codes(row.other_values))
        lines += textwrap.wrap(plain(textwrap.shorten(printed, 160, placeholder="…")), 40)
    return "<br>".join(lines)


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for row in rows.itertuples():
        if row.basis == "named":
            total = _("named without a number")
        else:
            total = _("no total found") if pd.isna(row.total) else number(row.total, row.count_type)
        causes = ("" if pd.isna(value) else number(value) for value in (row.attack, row.remnant))
        other = without_codes(row.other_values) if row.other_values else ""
        lines.append((i18n.state(row.iso3), str(row.year), total, *causes, row.edition, other))
    titles = [
        _("State"),
        _("Year"),
        _("Casualties"),
        _("Attacks"),
        _("Remnants"),
        _("Edition"),
        _("Also printed"),
    ]
    return pd.DataFrame(lines, columns=titles).set_index(titles[0])


def _notes() -> tuple[str, ...]:
    return (
        _("Figures of the {publisher}: one edition a State and year, the latest.").format(
            publisher=label("publisher_kind", "monitor")
        ),
        _("“Named without a number”: an edition names the State for that year, and no number was found."),
        _("Mine and ERW casualties overlap with these and are never added to them."),
    )
