"""How new use is drawn: the years above the States that are named; sections of words beside them."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly import graph_objects as go
from plotly.subplots import make_subplots

from dialogue.snapshot import queries
from dialogue.views import shared, strokes, theme
from dialogue.views.dialogue.new_use.words import parties
from dialogue.views.evidence import obligations, victims
from dialogue.views.evidence.obligations import detail
from dialogue.views.shared import short
from dialogue.views.view import View, plain
from dialogue.words.i18n import _, label, listing, number, state, the_state

STYLE = """<style>
.va-use { display: grid; gap: .3rem; }
.va-use h2 { font-size: 1.02rem; line-height: 1.25; margin: 0; padding: 0; }
.va-use dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem .7rem; margin: .2rem 0 0; padding: 0; align-items: baseline; }
.va-use dl.signs { grid-template-columns: 1fr; gap: 0; }
.va-use dt { font-weight: 600; font-size: .87rem; margin: 0; padding: 0; }
.va-use dl.signs dt { margin-top: .3rem; }
.va-use dt.va-number { font-size: 1.5rem; text-align: right; }
.va-use dd, .va-use p { margin: 0; padding: 0; font-size: .87rem; line-height: 1.32; overflow-wrap: anywhere; }
.va-use small { color: var(--va-secondary); font-size: .78rem; }
.va-use a { color: var(--va-accent); }
@media (min-width: 1200px) { h1.va-page { max-width: none !important; } .va-lead, .va-how { max-width: 120ch !important; } }
</style>"""
NATURES = ("obligation", "commitment", "guidance", "none")


def years_above_states(world: pd.DataFrame, places: pd.DataFrame, first: int, last: int) -> go.Figure:
    """The world by year, and below it, under the same years, the States that are named."""
    narrow = strokes.narrow()
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.09, row_heights=[0.46, 0.54] if narrow else [0.56, 0.44]
    )
    _bars(figure, world, shared.years_without(world, first, last))
    _grid(figure, places, sorted(places["iso3"].unique(), key=state), first)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), height=700 if narrow else 540, bargap=0.35,
        margin={"t": 30, "r": 4, "l": 4},
    )  # fmt: skip
    figure.update_xaxes(**strokes.year_axis(first, last))
    figure.update_xaxes(showticklabels=True, row=1, col=1)
    return figure


def _bars(figure: go.Figure, world: pd.DataFrame, gaps: Sequence[int]) -> None:
    colours, narrow = theme.palette(), strokes.narrow()
    top = float(world["count"].max()) * 1.18
    at = {"row": 1, "col": 1}
    fill = colours.casualties["attack"]
    figure.add_bar(
        x=world["year"].tolist(), y=world["count"].tolist(), name=_("Worldwide"), showlegend=False,
        marker={
            "color": fill, "line": {"color": fill, "width": 1.5},
            # the total of the year has been revised since: the part is drawn hatched
            "pattern": {"shape": ["/" if row.revised else "" for row in world.itertuples()], "fgcolor": fill, "bgcolor": colours.paper, "fillmode": "overlay"},
        },
        customdata=[
            f"<b>{row.year}</b><br>{number(row.count, row.count_type)} ({plain(row.edition)})" for row in world.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>", **at,
    )  # fmt: skip
    for row in world.itertuples():
        figure.add_annotation(
            x=row.year, y=row.count, text=number(row.count, row.count_type), yanchor="bottom", yshift=2, font_size=15, **at
        )  # fmt: skip
        if row.count == 0:
            figure.add_shape(type="line", x0=row.year - 0.34, x1=row.year + 0.34, y0=0, y1=0, line={"color": fill, "width": 5}, **at)  # fmt: skip
    strokes.no_figure_bands(figure, gaps, top, **at)
    if world["revised"].any():
        words = _("Hatched: the year’s total has been revised since")
        figure.add_annotation(
            x=0 if narrow else 1, xref="x domain", xanchor="left" if narrow else "right", y=1, yref="y domain", yanchor="bottom", yshift=6,
            text=words, font={"size": 14, "color": colours.secondary}, showarrow=False,
        )  # fmt: skip
    figure.update_yaxes(range=[0, top], tickformat=",d", nticks=5, fixedrange=True, **at)


def _grid(figure: go.Figure, places: pd.DataFrame, names: Sequence[str], first: int) -> None:
    """States by years: a number, or a diamond for a State that is named without one."""
    colours, narrow = theme.palette(), strokes.narrow()
    at = {"row": 2, "col": 1}
    # on a phone the name stands above its row, because beside it there is no room
    line = {iso3: -n for n, iso3 in enumerate(names)}
    named = places[places["known"] == "named"]
    figure.add_scatter(
        x=named["year"].tolist(), y=[line[iso3] for iso3 in named["iso3"]], mode="markers", showlegend=False,
        marker={"symbol": "diamond-open", "size": 13, "color": colours.casualties["attack"], "line": {"width": 2}},
        customdata=[
            _("{state}, {year}: named without a number for attacks ({edition})").format(
                state=plain(state(row.iso3)), year=row.year, edition=plain(row.edition)
            ) for row in named.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>", **at,
    )  # fmt: skip
    for row in places[places["known"] == "count"].itertuples():
        figure.add_annotation(
            x=row.year, y=line[row.iso3], text=f"<b>{number(row.count, row.count_type)}</b>", font={"size": 15, "color": colours.ink}, **at
        )  # fmt: skip
    labels = [plain(state(iso3)) for iso3 in names]
    if narrow:
        for iso3, text in zip(names, labels, strict=True):
            figure.add_annotation(
                x=first - 0.55, y=line[iso3] + 0.36, text=text, xanchor="left", font={"size": 13, "color": colours.secondary}, **at
            )  # fmt: skip
    figure.update_yaxes(
        tickvals=[] if narrow else [line[iso3] for iso3 in names], ticktext=[] if narrow else labels, rangemode="normal",
        range=[-len(names) + 0.4, 0.9 if narrow else 0.6], showgrid=not narrow, fixedrange=True, **at,
    )  # fmt: skip


def who_html(view: View) -> str:
    """The shares as a list of large figures, each with what it is a share of."""
    lines = []
    for row in view.data.itertuples():
        base = f"{victims.of_whom_name(row.of_whom)} {victims.known_of(row.known)}".strip()
        when = _("{base}, {year} ({edition})").format(base=base, year=row.year, edition=row.edition)
        if row.base_differs:
            when = _("{when}; sources word the base differently").format(when=when)
        lines.append(
            f'<dt class="va-number">{html.escape(victims.percent_of(row.percent))}</dt>'
            f"<dd><b>{html.escape(victims.who_name(row.who))}</b> <small>{html.escape(when)}</small></dd>"
        )
    return _section(view, f"<dl>{''.join(lines)}</dl>")


def _section(view: View, body: str) -> str:
    return (
        f'<section class="va-use"><p class="va-kicker">{html.escape(view.kicker)}</p>'
        f"<h2>{html.escape(view.title)}</h2>{body}</section>"
    )


def support_html(view: View) -> str:
    """States by status, then instruments by nature."""
    rows = view.data[view.data["part"] == "evidence"]
    parts = []
    for status in obligations.STATUSES:
        found = rows[rows["status"] == status]
        if not len(found):
            continue
        told = [
            state(row.iso3) if row.as_of is None else f"{state(row.iso3)} ({obligations.year_words(row.as_of)})"
            for row in found.itertuples()
        ]  # fmt: skip
        heading = _("{status}: {n}").format(status=label("obligation_status", status), n=number(len(found)))
        parts.append(
            f"<dt>{detail.mark(status)}{html.escape(heading)}</dt>"
            f"<dd>{html.escape(listing(told))}</dd>"
        )
    link = _("Findings and documents: question (f)")
    return _section(
        view,
        f'<dl class="signs">{"".join(parts)}</dl><p><a href="questions?question=f" target="_self">{html.escape(link)}</a></p>'
        f"<h2>{html.escape(_('What instruments and plans ask for'))}</h2>{_clauses(view.data)}",
    )


def _clauses(data: pd.DataFrame) -> str:
    rows = data[data["part"] == "clause"]
    parts = []
    for nature in NATURES:
        found = rows[rows["nature"] == nature]
        if not len(found):
            continue
        told = []
        for row in found.itertuples():
            words = short(row.instrument) if nature == "none" else f"{short(row.instrument)} {row.article}"
            told.append(words + (_(" (wording not read)") if row.text_seen == "no" else ""))
        parts.append(
            f"<dt>{html.escape(label('nature', nature))}</dt><dd>{html.escape('; '.join(told))}</dd>"
        )
    return f'<dl class="signs">{"".join(parts)}</dl>'


def correction_html(view: View) -> str:
    """The statement beside what other sources say."""
    lines = "".join(
        f"<p><small>{html.escape(_('Work plan ({place}):').format(place=place))}</small> {html.escape(claim)}</p>"
        f"<p><small>{html.escape(_('Other sources:'))}</small> {html.escape(finding)}</p>"
        for claim, finding, place in view.table.itertuples(index=False)
    )
    return _section(view, lines)


def named() -> str:
    """Who is named for the latest year, and the attacks of which no casualties are known, as HTML."""
    places = queries.run("attacks_by_state")
    last = places["year"].max()
    latest = sorted(places[places["year"] == last]["iso3"], key=state)
    lines = [
        _("Named for {year}: {states}.").format(
            year=last, states=listing([the_state(iso3) for iso3 in latest])
        ),
        parties(),
        *(
            _("{fact}: {value}.").format(fact=row.fact, value=row.value)
            for row in queries.run("attacks_not_counted").itertuples()
        ),
    ]
    return f'<section class="va-use"><p>{html.escape(" ".join(lines))}</p></section>'
