"""The integrated approach: what each instrument and plan asks for, whom it binds, and since when they exist.

May use: `views` beside it and the rooms below. Open first: `words.py` for what is said,
`figure.py` for how it is drawn, `table.py` for the twins in words.
"""

from dialogue.snapshot import queries
from dialogue.views import shared, strokes
from dialogue.views.dialogue import crosswalk
from dialogue.views.dialogue.approach.figure import (
    binds_grid,
    events_list,
    marks,
    overlap_sections,
    pillar_sections,
    timeline_figure,
)
from dialogue.views.dialogue.approach.table import (
    binds_table,
    overlap_table,
    pillar_table,
    timeline_table,
)
from dialogue.views.dialogue.approach.words import (
    binds_finding,
    caveats,
    conditional_words,
    empty_cells,
    later_acts,
    on_every_pillar,
    overlap_finding,
    overlap_heads,
    pillar_finding,
    pillar_heads,
    said_once,
    since_when,
    standings,
    timeline_finding,
    timeline_notes,
    undated_words,
    without_clause,
)
from dialogue.views.shared import by_name, publishers, short
from dialogue.views.signs import Flag, TableView, drawing
from dialogue.views.view import View, kept, sign
from dialogue.words.i18n import _, day, label, number, state, the_state

__all__ = [
    "binds", "events_list", "pillar", "standings", "states", "timeline", "together",
]  # fmt: skip


def states() -> dict[str, str]:
    """Every State, by UN name: code and name."""
    return {iso3: state(iso3) for iso3 in by_name(queries.run("treaty_status", instrument="CCM")["iso3"])}


FIRST = {"iso3": lambda: next(iter(states()))}


@kept(
    usual={"code": lambda: next(iter(crosswalk.pillars())), **FIRST},
    allowed={"code": crosswalk.pillars, "iso3": states},
)
def pillar(code: str | None = None, iso3: str | None = None) -> TableView:
    """Every instrument and plan on one pillar, by what it means for one State."""
    everything = queries.run("pillar_bonds", iso3=iso3)
    rows = everything[everything["pillar"] == code]
    order = list(crosswalk.instruments())
    rows = (
        rows.assign(place=[order.index(i) for i in rows["instrument"]])
        .sort_values("place")
        .drop(columns="place")
    )
    absent = [i for i in order if i not in set(rows["instrument"])]
    heads, sections = pillar_heads(), pillar_sections(rows, absent, iso3)
    kicker = _(
        "{pillar}: what instruments and plans ask for, and what they mean for {state} on {date}"
    ).format(pillar=label("pillar", code), state=the_state(iso3), date=day(shared.treaty_day()))
    return TableView(
        key="pillar", kicker=kicker, title=pillar_finding(code, iso3, rows),
        how=_("“No clause” means none in the text read: it is not a legal finding."),
        figure=None, alt=kicker, data=rows.assign(iso3=iso3), table=pillar_table(sections),
        tables=("va_crosswalk", "treaty_actions", "instrument_facts"),
        source_ids=shared.cited(rows["source_id"], rows["standing_source_id"]), as_of=str(shared.treaty_day()),
        missing=without_clause(absent), notes=(*later_acts(iso3), *caveats()),
        drawing=drawing(
            "words", marks(), heads[0], heads[1:], sections,
            shared.source(kicker, [*rows["source_id"], *rows["standing_source_id"].dropna()], shared.treaty_day()),
            widths=("14%", "14%", "13%", "34%", "9%", "16%"),
        ),
    )  # fmt: skip


@kept(usual=FIRST, allowed={"iso3": states})
def binds(iso3: str | None = None) -> TableView:
    """Pillars by instruments and plans for one State: what obliges it, what commits it, since when."""
    rows = queries.run("pillar_bonds", iso3=iso3)
    rows = rows[rows["bond"] != "nobody"]
    columns = [code for code in crosswalk.instruments() if code in set(rows["instrument"])]
    cells = {(row.pillar, row.instrument): row for row in rows.itertuples(index=False)}
    grid = binds_grid(columns, cells)
    kicker = _("What obliges or commits {state} on {date}: pillars of victim assistance by instrument and plan").format(
        state=the_state(iso3), date=day(shared.treaty_day())
    )
    heads = {row.instrument: since_when(row) for row in rows.itertuples(index=False)}
    return TableView(
        key="binds", kicker=kicker, title=binds_finding(iso3, rows),
        how=_("Each cell names the article or action; the heads say since when."),
        figure=None, alt=kicker, data=rows.assign(iso3=iso3), table=binds_table(columns, heads, cells),
        tables=("va_crosswalk", "treaty_actions", "instrument_facts"),
        source_ids=shared.cited(rows["source_id"], rows["standing_source_id"]), as_of=str(shared.treaty_day()),
        missing=empty_cells(len(grid) * len(columns) - len(cells)), notes=(*later_acts(iso3), *caveats()),
        drawing=drawing(
            "signs", marks()[:-1], _("Pillar"), [(short(i), heads[i]) for i in columns], [("", grid)],
            shared.source(kicker, [*rows["source_id"], *rows["standing_source_id"].dropna()], shared.treaty_day()),
            flags=[Flag("†", _("of States in a position to assist")), Flag(_("Empty:"), _("no information"))],
            empty=_("no information"), codes=(list(crosswalk.pillars()), columns),
        ),
    )  # fmt: skip


@kept
def together() -> TableView:
    """Pillars by the instruments that oblige on them, with plans, guidance and what is missing."""
    rows = queries.run("pillar_overlap")
    everywhere = {column: on_every_pillar(rows[column]) for column in ("unread", "bind_nobody")}
    heads, sections = overlap_heads(), overlap_sections(rows, everywhere)
    kicker = _("Who obliges, commits and guides on {n} pillars of victim assistance").format(
        n=number(len(rows))
    )
    sources = [source for row in rows["source_ids"] for source in row.split()]
    return TableView(
        key="together", kicker=kicker, title=overlap_finding(rows),
        how=" ".join([_("Pillars stand under the instruments that oblige on them."), *conditional_words(rows), *said_once(everywhere)]),
        figure=None, alt=kicker, data=rows, table=overlap_table(sections, heads),
        tables=("va_crosswalk", "instrument_facts", "treaty_actions"), source_ids=shared.cited(sources), as_of=str(shared.treaty_day()),
        notes=(
            _("“No clause” means none in the text read: it is not a legal finding."),
            _("The States with Article 5 obligations are those that the work plan of November 2024 names; other lists differ."),
            *caveats(),
        ),
        drawing=drawing(
            "words", (), _("Pillar"), heads, sections,
            shared.source(kicker, sources, shared.treaty_day()), widths=("22%", "25%", "13%", "25%", "15%"),
        ),
    )  # fmt: skip


@kept(widths=("narrow",))
def timeline() -> View:
    """Instruments, plans of action and meetings since the first of them was adopted; a phone has no room for the figure."""
    rows = queries.run("instrument_timeline")
    dated = rows[rows["start"].notna()]
    first = int(min(dated["start"])[:4])
    last = max(int(max(dated["start"])[:4]), int(max(dated["last_year"].dropna(), default=0)))
    kicker = _("Instruments, plans of action and meetings, {first}–{last}").format(first=first, last=last)
    figure = None if strokes.narrow() else timeline_figure(dated, first, last)
    sources = publishers(rows["source_id"])
    if figure is not None:
        sign(figure, kicker, sources, day(shared.as_of()), bottom=30, line_length=120)
    title = timeline_finding(dated)
    return View(
        key="time", kicker=kicker, title=title,
        how=_("Each band is an instrument, with its plans of action and its meetings below."),
        figure=figure, alt=_("{kicker}. {title}. The table lists every date.").format(kicker=kicker, title=title), data=rows, table=timeline_table(rows),
        tables=("instruments", "instrument_facts", "meetings"), source_ids=shared.cited(rows["source_id"]), as_of=shared.as_of(),
        missing=undated_words(rows[rows["start"].isna()]), notes=timeline_notes(rows),
    )  # fmt: skip
