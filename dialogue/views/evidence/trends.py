"""Views on new victims worldwide by year."""

import textwrap

import pandas as pd
from plotly import graph_objects as go
from plotly.subplots import make_subplots

from dialogue.snapshot import queries
from dialogue.views import shared, strokes, theme
from dialogue.views.shared import cause_name, years_without
from dialogue.views.view import View, kept, plain
from dialogue.words import i18n
from dialogue.words.i18n import _, colon, ngettext, number, semicolons

CAUSES = ("not_split", "remnant", "attack")  # from the baseline up
SERIES = ("cluster_munition", "mine_erw")
NOTE = 24  # characters of an annotation on one line
NOTE_YEARS = 3  # years that such a line may pass over


@kept(widths=("narrow",))
def world_cluster_munitions() -> View:
    """Cluster munition casualties worldwide by year, split where the rule allows.

    On a phone figures stand upright and notes are left to the list below.
    """
    rows = queries.run("casualties_world_split", weapon="cluster_munition")
    others = queries.run("casualties_world_revisions", weapon="cluster_munition")
    notes = _notes("cluster_munition")
    first, last = int(rows["year"].min()), int(rows["year"].max())
    gaps = years_without(rows, first, last)
    figure = _world_figure(rows, others, notes, gaps)
    kicker = _(
        "Cluster munition casualties worldwide by year: persons killed or injured, {first}–{last}"
    ).format(first=first, last=last)
    editions = _("Cluster Munition Monitor, latest edition for each year ({first} to {last})").format(
        first=rows["edition"].iloc[0], last=rows["edition"].iloc[-1]
    )
    strokes.source_line_below(figure, kicker, [editions], 44 if strokes.narrow() else 34)
    title = _world_title(rows.iloc[-1])
    return View(
        key="world", kicker=kicker, title=title,
        how=shared.with_newer(
            _("Each bar is a year, split only where attacks and remnants were published with the total or add up to it. Hollow marks are other values, mostly of earlier editions. “≥” means at least."),
            "cmm",
        ),
        figure=figure, alt=_alt(kicker, title, rows, gaps), data=_world_data(rows, others),
        table=_world_table(rows, others, gaps), tables=("casualties", "annotations"),
        source_ids=_cited(rows, others, notes), as_of=shared.as_of(), missing=shared.no_figure_for(gaps),
        notes=(
            *(colon(row.year, row.text) for row in notes.itertuples()),
            _("A casualty is a person killed or injured. The Monitor revises earlier years in later editions: the latest edition is drawn, and the total of a year is left whole where attacks and remnants of an older edition no longer add up to it."),
            _("The world total is never the sum of the States shown: not every State's figure is public."),
        ),
    )  # fmt: skip


def _world_figure(rows: pd.DataFrame, others: pd.DataFrame, notes: pd.DataFrame, gaps: list[int]) -> go.Figure:
    narrow = strokes.narrow()
    first, last = int(rows["year"].min()), int(rows["year"].max())
    top = float(rows["total"].max()) * (1.14 if narrow else 1.36)
    figure = go.Figure()
    _bars(figure, rows)
    strokes.no_figure_bands(figure, gaps, top)
    _other_values(figure, others)
    _zeros(figure, rows, named=not narrow)
    _value_labels(figure, rows, others)
    if narrow:
        figure.update_layout(showlegend=True, legend={"x": 0, "y": 1.0, "yanchor": "bottom"})
    else:
        _cause_labels(figure, rows, top)
        _other_label(figure, rows, others)
        _note_labels(figure, rows, notes, top)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="stack", bargap=0.25 if narrow else 0.35,
        height=580 if narrow else 560, margin={"t": 56 if narrow else 8, "r": 4 if narrow else 96},
    )  # fmt: skip
    figure.update_xaxes(**strokes.year_axis(first, last))
    figure.update_yaxes(range=[0, top], tickformat=",d", nticks=5)
    return figure


@kept(widths=("narrow",))
def world_pair() -> View:
    """Cluster munition and mine/ERW casualties, the same years in two panels with own scales.

    The two overlap and are never added: the second includes casualties of cluster
    munition remnants, but not of attacks.
    """
    series = {code: queries.run("casualties_world_split", weapon=code) for code in SERIES}
    first = int(max(rows["year"].min() for rows in series.values()))
    last = int(max(rows["year"].max() for rows in series.values()))
    panels = [rows[rows["year"].between(first, last)] for rows in series.values()]
    headings = (
        _("Cluster munitions: attacks and remnants"),
        _("Mines and explosive remnants of war: with remnants of cluster munitions, without attacks"),
    )
    figure = _pair_figure(panels, headings, first, last)
    kicker = _(
        "Casualties worldwide by year in two overlapping series, persons killed or injured, {first}–{last}"
    ).format(first=first, last=last)
    strokes.source_line_below(
        figure, kicker, [_("Cluster Munition Monitor and Landmine Monitor, latest edition for each year")],
        44 if strokes.narrow() else 34,
    )  # fmt: skip
    title = _pair_title(panels)
    data = pd.concat([rows.assign(weapon=weapon) for weapon, rows in zip(SERIES, panels, strict=True)])
    data = data[
        ["weapon", "year", "total", "count_type", "attack", "remnant", "basis", "edition", "source_id"]
    ]
    return View(
        key="pair", kicker=kicker, title=title,
        how=shared.with_newer(
            _("The panels share the years, not the scale: compare the shape, not the height. A casualty of a cluster munition remnant may stand in both."),
            "cmm", "lm",
        ),
        figure=figure,
        alt=_("{kicker}. {title}. Upper panel: {upper}. Lower panel: {lower}.").format(
            kicker=kicker, title=title, upper=headings[0], lower=headings[1]
        ),
        data=data.astype({"year": "Int64"}), table=_pair_table(panels, first, last), tables=("casualties",),
        source_ids=_cited(*panels), as_of=shared.as_of(),
        notes=(
            _("Cluster munition casualties are those of attacks with cluster munitions and of their remnants."),
            _("Mine and ERW casualties are those of anti-personnel mines, improvised mines, anti-vehicle mines and explosive remnants of war. They include remnants of cluster munitions, but no attacks."),
            _("A person injured by a cluster munition remnant can therefore be counted in both series. The sum of the two would count that person twice, so it is never shown."),
        ),
    )  # fmt: skip


def _pair_figure(panels: list[pd.DataFrame], headings: tuple[str, str], first: int, last: int) -> go.Figure:
    narrow = strokes.narrow()
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.17)
    for place, (rows, heading) in enumerate(zip(panels, headings, strict=True), start=1):
        at = {"row": place, "col": 1}
        top = float(rows["total"].max()) * (1.4 if narrow else 1.16)
        _bars(figure, rows, legend=place == 1, **at)
        strokes.no_figure_bands(figure, years_without(rows, first, last), top, **at)
        _zeros(figure, rows, named=False, **at)
        _value_labels(figure, rows, **at)
        lines = textwrap.wrap(f"{heading} ({_('own scale')})", 44 if narrow else 120)
        figure.add_annotation(
            text="<b>" + "<br>".join(plain(line) for line in lines) + "</b>",
            x=0, xref="paper", xanchor="left", align="left", y=1, yref=f"y{place if place > 1 else ''} domain",
            yanchor="bottom", yshift=2, font_size=14 if narrow else 16,
        )  # fmt: skip
        figure.update_yaxes(range=[0, top], tickformat=",d", nticks=4, **at)
    figure.update_layout(
        template=theme.plotly_template(theme.mode()), barmode="stack", bargap=0.25 if narrow else 0.35,
        height=680 if narrow else 560, showlegend=True,
        legend={"x": 0, "y": 1, "yanchor": "top", "yref": "container", "traceorder": "normal"},
        margin={"t": 76 if narrow else 62, "r": 4},
    )  # fmt: skip
    figure.update_xaxes(**strokes.year_axis(first, last))
    return figure


def _pair_title(panels: list[pd.DataFrame]) -> str:
    """Both figures of the latest year that both series have."""
    year = max(set(panels[0]["year"]) & set(panels[1]["year"]))
    of_cluster, of_mines = (rows[rows["year"] == year].iloc[0] for rows in panels)
    return _(
        "In {year}, {cluster} cluster munition casualties and {mines} mine and ERW casualties were "
        "recorded; the two overlap and cannot be added"
    ).format(
        year=year,
        cluster=number(of_cluster.total, of_cluster.count_type),
        mines=number(of_mines.total, of_mines.count_type),
    )


def _world_title(latest) -> str:
    found = ngettext(
        "{n} cluster munition casualty was recorded in {year}",
        "{n} cluster munition casualties were recorded in {year}",
        int(latest.total),
    ).format(n=number(latest.total, latest.count_type), year=latest.year)
    if latest.basis is None:
        return _unsplit(found, latest.year)
    return _("{found}: {attack} from attacks and {remnant} from cluster munition remnants").format(
        found=found, attack=number(latest.attack), remnant=number(latest.remnant)
    )


def _unsplit(found: str, year: int) -> str:
    """The finding on a year without a split, with the parts where they were published and belong to another total."""
    parts = {cause: queries.run("casualties_world", weapon="cluster_munition", cause=cause) for cause in ("attack", "remnant")}
    counts = {cause: rows.loc[rows["year"] == year, "count"].tolist() for cause, rows in parts.items()}
    if all(counts.values()):
        return _("{found}; the figures for attacks ({attack}) and remnants ({remnant}) do not add up to it").format(
            found=found, attack=number(counts["attack"][0]), remnant=number(counts["remnant"][0])
        )
    return _("{found}; attacks and remnants cannot be told apart for that year").format(found=found)


def _alt(kicker: str, title: str, rows: pd.DataFrame, gaps: list[int]) -> str:
    values = semicolons(colon(row.year, number(row.total, row.count_type)) for row in rows.itertuples())
    missing = (
        _("No figure found: {years}.").format(years=i18n.listing([str(year) for year in gaps]))
        if gaps
        else ""
    )
    return f"{kicker}. {title}. {values}. {missing}"


def _notes(series: str) -> pd.DataFrame:
    found = queries.run("annotations", series=series)
    translated = found.get(i18n.language(), found["en"])
    return found.assign(text=translated.where(translated.notna(), found["en"]))


def _bars(figure: go.Figure, rows: pd.DataFrame, legend: bool = True, **at) -> None:
    """Add one stacked trace a cause; a year that cannot be split has one part only."""
    colours = theme.palette()
    whole, split = rows[rows["basis"].isna()], rows[rows["basis"].notna()]
    for cause in CAUSES:
        part = whole if cause == "not_split" else split
        if not len(part):
            continue
        values = part["total"] if cause == "not_split" else part[cause]
        figure.add_bar(
            x=part["year"].tolist(), y=values.tolist(), name=cause_name(cause),
            marker={"color": colours.casualties[cause], "line": {"color": colours.outline, "width": 0.5}},
            customdata=[_hover(row, cause) for row in part.itertuples()],
            hovertemplate="%{customdata}<extra></extra>", showlegend=legend, **at,
        )  # fmt: skip


def _hover(row, cause: str) -> str:
    lines = [f"<b>{row.year}</b>"]
    if cause != "not_split":
        lines.append(f"{cause_name(cause)}: {number(getattr(row, cause))} ({plain(row.split_edition)})")
    lines.append(
        _("All casualties: {n} ({edition})").format(
            n=number(row.total, row.count_type), edition=plain(row.edition)
        )
    )
    return "<br>".join(lines)


def _other_values(figure: go.Figure, others: pd.DataFrame) -> None:
    colours = theme.palette()
    figure.add_scatter(
        x=others["year"].tolist(), y=others["count"].tolist(), mode="markers", name=_("Other values"),
        marker={"symbol": "circle", "size": 9, "color": colours.paper, "line": {"color": colours.ink, "width": 2}},
        customdata=[
            f"<b>{row.year}</b><br>"
            + _("Also printed: {n} ({edition})").format(n=number(row.count, row.count_type), edition=plain(row.edition))
            for row in others.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _zeros(figure: go.Figure, rows: pd.DataFrame, named: bool, **at) -> None:
    """Draw a published zero as a tick, `named` with its cause: nobody, which is not the same as nothing known."""
    colours = theme.palette()
    for cause in ("attack", "remnant"):
        zero = rows[rows[cause].eq(0).fillna(False)]
        for row in zero.itertuples():
            place = row.total if cause == "attack" else 0
            figure.add_shape(
                type="line", x0=row.year - 0.42, x1=row.year + 0.42, y0=place, y1=place,
                line={"color": colours.casualties[cause], "width": 4}, **at,
            )  # fmt: skip
            if named:
                figure.add_annotation(
                    x=row.year, y=row.total, yanchor="bottom", yshift=20, text=f"{cause_name(cause)}: 0",
                    font={"size": 14, "color": colours.secondary},
                )  # fmt: skip


def _value_labels(figure: go.Figure, rows: pd.DataFrame, marks: pd.DataFrame | None = None, **at) -> None:
    """Name each bar's value at its top, or above the hollow mark that would lie on the words."""
    narrow = strokes.narrow()
    reach = float(rows["total"].max()) * (0.13 if narrow else 0.06)
    for row in rows.itertuples():
        near = [] if marks is None else marks.loc[marks["year"] == row.year, "count"].tolist()
        near = [count for count in near if abs(count - row.total) < reach]
        figure.add_annotation(
            x=row.year, y=max([row.total, *near]), text=number(row.total, row.count_type), yanchor="bottom",
            textangle=-90 if narrow else 0, yshift=(8 if near else 2) + (2 if narrow else 0), font_size=14 if narrow else 15, **at,
        )  # fmt: skip


def _cause_labels(figure: go.Figure, rows: pd.DataFrame, top: float) -> None:
    """Name the parts beside the last bar that is split, and a bar that is not on that bar."""
    colours = theme.palette()
    split = rows[rows["basis"].notna()]
    if len(split) and split["year"].iloc[-1] == rows["year"].iloc[-1]:
        row = split.iloc[-1]
        low = max(row.remnant / 2, top * 0.02)
        for cause, height in (
            ("remnant", low),
            ("attack", max(row.remnant + row.attack / 2, low + top * 0.06)),
        ):
            figure.add_annotation(
                x=row.year + 0.4, y=height, xanchor="left", align="left",
                text=f"<b>{cause_name(cause)}</b> {number(row[cause])}", font={"color": colours.ink, "size": 15},
            )  # fmt: skip
    whole = rows[rows["basis"].isna()]
    if len(whole):
        row = whole.loc[whole["total"].astype(float).idxmax()]
        figure.add_annotation(
            x=row.year,
            y=row.total / 2,
            text=_("Not split"),
            font={"color": colours.paper, "size": 15},
            textangle=-90,
        )


def _other_label(figure: go.Figure, rows: pd.DataFrame, others: pd.DataFrame) -> None:
    """Say once on the figure what a hollow mark is, at the value that changed most."""
    earlier = others[others["earlier"]].merge(rows[["year", "total"]], on="year")
    if len(earlier):
        row = earlier.loc[(earlier["total"] - earlier["count"]).abs().astype(float).idxmax()]
        figure.add_annotation(
            x=row.year, y=row.total, yanchor="bottom", yshift=22, font={"size": 14, "color": theme.palette().secondary},
            text=_("earlier: {n}").format(n=number(row["count"], row.count_type)),
        )  # fmt: skip


def _note_labels(figure: go.Figure, rows: pd.DataFrame, notes: pd.DataFrame, top: float) -> None:
    totals = rows.set_index("year")["total"].astype(float)
    before, beside = None, 0  # the note to the left, and how many lines of text it would be written over
    for note in notes.itertuples():
        lines = textwrap.wrap(plain(note.text), NOTE)
        raised = beside if before is not None and note.year - before < NOTE_YEARS else 0
        before, beside = note.year, len(lines) + raised
        # above the bars that the text, written to the left of its year, passes over
        under = max(totals.get(year, 0.0) for year in (note.year - 2, note.year - 1, note.year))
        figure.add_annotation(
            x=note.year + 0.42, y=max(under, totals.get(note.year, 0.0)), xanchor="right", yanchor="bottom", align="right",
            text="<br>".join(lines), font={"size": 14, "color": theme.palette().secondary}, yshift=26 + 19 * raised,
        )  # fmt: skip


def _cited(*frames: pd.DataFrame) -> tuple[str, ...]:
    columns = [frame[name] for frame in frames for name in ("source_id", "split_source_id") if name in frame]
    return tuple(sorted(shared.cited(*columns)))


def _world_data(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    shown = rows.assign(mark="shown").drop(columns="other_values")
    beside = others.rename(columns={"count": "total"}).drop(columns="earlier").assign(mark="other_value")
    return pd.concat([shown, beside]).sort_values(["year", "mark"], ascending=[True, False], ignore_index=True)


def also_printed(others: pd.DataFrame) -> dict[int, str]:
    """By year the other values and who prints them, in words."""
    texts = others.apply(lambda row: f"{number(row['count'], row.count_type)} ({row.edition})", axis=1)
    return texts.groupby(others["year"]).agg("; ".join).to_dict() if len(others) else {}


def _world_table(rows: pd.DataFrame, others: pd.DataFrame, gaps: list[int]) -> pd.DataFrame:
    printed = also_printed(others)
    not_split, nothing = _("not split"), _("no figure found")
    lines = [
        (
            str(row.year),
            number(row.total, row.count_type),
            not_split if row.basis is None else number(row.attack),
            not_split if row.basis is None else number(row.remnant),
            row.edition,
            printed.get(row.year, ""),
        )
        for row in rows.itertuples()
    ]
    lines += [(str(year), nothing, "", "", "", "") for year in gaps]
    titles = [_("Year"), _("Casualties"), _("Attacks"), _("Remnants"), _("Edition"), _("Also printed")]
    return pd.DataFrame(sorted(lines), columns=titles).set_index(_("Year"))


def _pair_table(panels: list[pd.DataFrame], first: int, last: int) -> pd.DataFrame:
    cluster, mines = (rows.set_index("year") for rows in panels)

    def cell(rows: pd.DataFrame, year: int) -> tuple[str, str]:
        if year not in rows.index:
            return _("no figure found"), ""
        row = rows.loc[year]
        return number(row.total, row.count_type), row.edition

    lines = [(str(year), *cell(cluster, year), *cell(mines, year)) for year in range(first, last + 1)]
    titles = [
        _("Year"),
        _("Cluster munitions"),
        _("Edition"),
        _("Mines and ERW"),
        _("Edition (mines and ERW)"),
    ]
    return pd.DataFrame(lines, columns=titles).set_index(_("Year"))
