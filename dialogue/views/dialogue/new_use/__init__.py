"""Psychosocial impact and new use: attacks by year and State, who the victims are, what is known of their support."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly import graph_objects as go
from plotly.subplots import make_subplots

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.dialogue import questions
from dialogue.views.evidence import obligations, victims
from dialogue.views.evidence.obligations import detail
from dialogue.views.shared import short
from dialogue.views.view import LINE, View, kept, plain, sign
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, listing, ngettext, number, state, the_state

WORLD = "WLD"
UKRAINE = "C07"  # the statement of the work plan on persons with disabilities in Ukraine
WHO = ("civilian", "child", "female", "male")
NATURES = ("obligation", "commitment", "guidance", "none")
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


# --- attacks by year and State -----------------------------------------------------------------


@kept
def attacks(narrow: bool = False) -> View:
    """Casualties of attacks worldwide by year, above the States that are named for each year."""
    world, places = queries.run("world_attacks"), queries.run("attacks_by_state")
    first, last = int(world["year"].min()), int(world["year"].max())
    places = places[places["year"].between(first, last)]
    gaps = sorted(set(range(first, last + 1)) - set(world["year"]))
    names = sorted(places["iso3"].unique(), key=state)
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.09,
        row_heights=[0.46, 0.54] if narrow else [0.56, 0.44],
    )
    _bars(figure, world, gaps, narrow)
    _grid(figure, places, names, first, narrow)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), height=700 if narrow else 540, bargap=0.35,
        margin={"t": 30, "r": 4, "l": 4},
    )  # fmt: skip
    figure.update_xaxes(
        dtick=1, range=[first - 0.6, last + 0.6], tickangle=-90 if narrow else 0, fixedrange=True
    )
    figure.update_xaxes(showticklabels=True, row=1, col=1)
    kicker = _("Casualties of attacks with cluster munitions by year: persons killed or injured, {first}–{last}").format(
        first=first, last=last
    )  # fmt: skip
    edition = _("Cluster Munition Monitor, latest edition for each year")
    sign(
        figure, kicker, [edition], day(reader.snapshot().as_of), bottom=44 if narrow else 32, line_length=LINE if narrow else 2 * LINE
    )  # fmt: skip
    unknown = queries.run("attacks_not_counted")
    return View(
        key="attacks", kicker=kicker, title=_title(world, places),
        how=_("Above: worldwide. Below: States named; a diamond means named without a number for attacks, an empty place that the texts read do not name the State."),
        figure=figure, alt=f"{kicker}. {_title(world, places)}. " + "; ".join(f"{row.year}: {number(row.count, row.count_type)}" for row in world.itertuples()),
        data=pd.concat([world.assign(iso3=WORLD, known="count"), places])[
            ["iso3", "year", "known", "count", "count_type", "edition", "other_values", "source_id"]
        ].astype({"count": "Int64"}),
        table=_attack_table(world, places, gaps),
        tables=("casualties", "casualty_names", "recent_findings", "treaty_actions"),
        source_ids=tuple(dict.fromkeys([*world["source_id"], *places["source_id"], *unknown["source_id"]])),
        as_of=str(reader.snapshot().as_of),
        missing=ngettext("No figure was found for {n} year: {years}", "No figure was found for {n} years: {years}", len(gaps)).format(
            n=len(gaps), years=listing([str(year) for year in gaps])
        ) if gaps else "",
        notes=(
            _("New use is seen here through its casualties: attacks in which nobody was recorded killed or injured do not show."),
            *(f"{row.edition}: {row.fact}: {row.value}." for row in unknown.itertuples()),
            *(
                _("{year}: a later edition prints another total for all causes ({total}, {edition}); its part for attacks was not found.").format(
                    year=row.year, total=number(row.total), edition=row.total_edition
                )
                for row in world[world["revised"].astype(bool)].itertuples()
            ),
            _("A world total is never the sum of the States: not every State’s figure is public."),
            parties(),
        ),
    )  # fmt: skip


def _title(world: pd.DataFrame, places: pd.DataFrame) -> str:
    latest = world.iloc[-1]
    named = places[places["year"] == latest["year"]]["iso3"].nunique()
    found = ngettext(
        "{n} casualty of attacks with cluster munitions was recorded in {year}",
        "{n} casualties of attacks with cluster munitions were recorded in {year}",
        int(latest["count"]),
    ).format(n=number(latest["count"], latest["count_type"]), year=latest["year"])
    if not named:
        return _("{found}; no State is named").format(found=found)
    return ngettext("{found}, in {n} State", "{found}, in {n} States", named).format(
        found=found, n=number(named)
    )


def parties() -> str:
    """How many of the States named for attacks are States Parties to the Convention."""
    named = set(queries.run("attacks_by_state")["iso3"])
    standing = queries.run("treaty_status", instrument="CCM")
    standing = standing[standing["iso3"].isin(named)]
    n = int((standing["status"] == "state_party").sum())
    if not n:
        return _(
            "No State Party to the Convention on Cluster Munitions is among the States named for casualties of attacks ({all})."
        ).format(all=number(len(standing)))
    return ngettext(
        "Of the {all} States named for casualties of attacks, {n} is a State Party to the Convention on Cluster Munitions.",
        "Of the {all} States named for casualties of attacks, {n} are States Parties to the Convention on Cluster Munitions.",
        n,
    ).format(n=number(n), all=number(len(standing)))


def _bars(figure: go.Figure, world: pd.DataFrame, gaps: Sequence[int], narrow: bool) -> None:
    colours = theme.palette()
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
    for year in gaps:
        figure.add_shape(
            type="rect", x0=year - 0.45, x1=year + 0.45, y0=0, y1=top, layer="below", fillcolor=colours.grid, opacity=0.6, line_width=0, **at
        )  # fmt: skip
        figure.add_annotation(
            x=year, y=top * 0.03, text=_("no figure found"), textangle=-90, yanchor="bottom", font={"size": 14, "color": colours.quiet}, **at
        )  # fmt: skip
    if world["revised"].any():
        words = _("Hatched: the year’s total has been revised since")
        figure.add_annotation(
            x=0 if narrow else 1, xref="x domain", xanchor="left" if narrow else "right", y=1, yref="y domain", yanchor="bottom", yshift=6,
            text=words, font={"size": 14, "color": colours.secondary}, showarrow=False,
        )  # fmt: skip
    figure.update_yaxes(range=[0, top], tickformat=",d", nticks=5, fixedrange=True, **at)


def _grid(figure: go.Figure, places: pd.DataFrame, names: Sequence[str], first: int, narrow: bool) -> None:
    """States by years: a number, or a diamond for a State that is named without one."""
    colours = theme.palette()
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


def _attack_table(world: pd.DataFrame, places: pd.DataFrame, gaps: Sequence[int]) -> pd.DataFrame:
    lines = [(str(year), i18n.state(WORLD), _("no figure found"), "", "") for year in gaps]
    lines += [
        (
            str(row.year),
            i18n.state(WORLD),
            number(row.count, row.count_type),
            row.edition,
            row.other_values or "",
        )
        for row in world.itertuples()
    ]
    lines += [
        (
            str(row.year), state(row.iso3),
            number(row.count, row.count_type) if row.known == "count" else _("named without a number for attacks"),
            row.edition, row.other_values or "",
        )
        for row in places.itertuples()
    ]  # fmt: skip
    lines.sort(key=lambda line: (line[0], line[1] != i18n.state(WORLD), line[1]))
    return pd.DataFrame(
        lines, columns=[_("Year"), _("Place"), _("Casualties of attacks"), _("Edition"), _("Also printed")]
    )


# --- who the victims are -----------------------------------------------------------------------


@kept
def who() -> View:
    """The latest shares of civilians, children and women among cluster munition casualties."""
    rows = queries.run("victim_shares", weapon="cluster_munition", iso3=WORLD)
    newest = rows.groupby("who")["year"].transform("max")
    rows = rows[rows["year"] == newest]
    rows = rows.sort_values("who", key=lambda who: who.map(WHO.index), kind="stable").reset_index(drop=True)
    civilian = rows[(rows["who"] == "civilian") & (rows["of_whom"] == "casualties")]
    title = (
        _("Civilians were {share} of the casualties recorded in {year}").format(
            share=victims.percent_of(civilian["percent"].iloc[0]), year=civilian["year"].iloc[0]
        )
        if len(civilian)
        else _("No share of civilians was found")
    )
    table = pd.DataFrame(
        [
            (victims.percent_of(row.percent), victims.share_name(row), str(row.year), row.edition, row.note or "")
            for row in rows.itertuples()
        ],
        columns=[_("Share"), _("Of whom"), _("Year"), _("Edition"), _("Remark")],
    )  # fmt: skip
    return View(
        key="who", kicker=_("Who the victims of cluster munitions are, latest year found for each"), title=title,
        how=_("Each share has its own base; shares are not added."), figure=None, alt=title, data=rows, table=table,
        tables=("casualty_shares",), source_ids=tuple(dict.fromkeys(rows["source_id"])), as_of=str(reader.snapshot().as_of),
        notes=(
            _("Shares are of attacks and remnants together, except where the base says otherwise: who the victims of attacks alone are was not published in the texts read."),
            *(f"{row.year}, {victims.share_name(row)}: {row.note}" for row in rows.itertuples() if row.note),
        ),
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


# --- mental health and psychosocial support ----------------------------------------------------


@kept
def support() -> View:
    """What the evidence on the twelve says, and what instruments ask for."""
    rows = questions.support().data.assign(part="evidence")
    clauses = queries.run("va_crosswalk")
    clauses = clauses[clauses["pillar"] == "psych"].assign(part="clause")
    table = pd.DataFrame(
        [
            *(
                (_("Evidence"), state(row.iso3), label("obligation_status", row.status), "–" if row.status == "no_information" else obligations.year_words(row.as_of), row.finding or "–")
                for row in rows.itertuples()
            ),
            *((_("Instrument"), short(row.instrument), label("nature", row.nature), row.article, row.summary) for row in clauses.itertuples()),
        ],
        columns=[_("Part"), _("State or instrument"), _("Status or nature"), _("Year or article"), _("What was found")],
    )  # fmt: skip
    data = pd.concat(
        [
            rows[["part", "iso3", "indicator", "status", "as_of", "age", "finding", "source_id"]],
            clauses[["part", "instrument", "article", "nature", "summary", "text_seen", "source_id"]],
        ],
        ignore_index=True,
    ).astype(object)
    unknown = int((rows["status"] == "no_information").sum())
    return View(
        key="psychosocial", kicker=_("Mental health and psychosocial support"), title=questions.support_finding(),
        how="", figure=None, alt=questions.support_finding(), data=data.where(data.notna(), None), table=table,
        tables=("obligation_findings", "obligation_lists", "va_crosswalk"),
        source_ids=tuple(dict.fromkeys([*rows["source_id"].dropna(), *clauses["source_id"]])), as_of=str(reader.snapshot().as_of),
        missing=ngettext("{n} State without information", "{n} States without information", unknown).format(n=number(unknown)),
        notes=(
            _("The evidence speaks of services that exist or are missing. How many people need or receive such support was not found in any of it."),
            *questions.support().notes,
        ),
    )  # fmt: skip


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


# --- a figure of the work plan -----------------------------------------------------------------


@kept
def correction() -> View:
    """The statement of the work plan on Ukraine, and what other sources say."""
    rows = queries.run("work_plan_claims")
    rows = rows[rows["claim_id"] == UKRAINE].reset_index(drop=True)
    others = [source for cell in rows["other_sources"].dropna() for source in cell.split(" ")]
    table = pd.DataFrame(
        [(row.claim, row.finding, row.locator) for row in rows.itertuples()],
        columns=[_("Statement of the work plan"), _("What other sources say"), _("Place in the work plan")],
    )
    return View(
        key="correction", kicker=_("A figure of the work plan, checked"),
        title=_("On Ukraine: persons with registered disabilities, not casualties"), how="", figure=None,
        alt=_("A figure of the work plan, checked"), data=rows, table=table, tables=("work_plan_claims", "work_plan_claim_sources"),
        source_ids=tuple(dict.fromkeys([*rows["source_id"], *others])), as_of=str(reader.snapshot().as_of),
    )  # fmt: skip


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
