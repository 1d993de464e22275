"""Who the victims are: shares as published, and the four States of guiding question (g).

May use: `views` beside it and the rooms below. Open first: `words.py` for what is said,
`figure.py` for how it is drawn, `table.py` for the twins in words, `statements.py` for the cards of question (g).
"""

from dialogue.snapshot import queries
from dialogue.views import shared, strokes
from dialogue.views.evidence.victims import figure, table, words
from dialogue.views.evidence.victims.figure import ASPECTS
from dialogue.views.evidence.victims.statements import cards
from dialogue.views.evidence.victims.table import WEAPONS, all_places, places
from dialogue.views.evidence.victims.words import (
    WORLD,
    aspect_name,
    known_name,
    known_of,
    of_whom_name,
    percent_of,
    share_name,
    who_name,
)
from dialogue.views.view import View, kept
from dialogue.words import i18n
from dialogue.words.i18n import _

__all__ = [
    "ASPECTS", "WEAPONS", "WORLD", "all_places", "aspect_name", "cards", "four_states", "known_name", "known_of",
    "of_whom_name", "percent_of", "places", "share_name", "shares", "who_name",
]  # fmt: skip


@kept(widths=("narrow",), allowed={"weapon": lambda: WEAPONS, "iso3": all_places})
def shares(weapon: str = "cluster_munition", iso3: str = WORLD) -> View:
    """Civilians, children, women and men among casualties, each with what it is a share of."""
    rows = queries.run("victim_shares", weapon=weapon, iso3=iso3)
    kicker, key = words.shares_kicker(weapon, iso3), f"shares_{weapon}"
    if not len(rows):
        return View(
            key=key, kicker=kicker, title=_("No share was found for this choice"), how=_("Nothing found is not zero."),
            figure=None, alt="", data=rows, table=rows, tables=("casualty_shares",), source_ids=(), as_of=shared.as_of(),
        )  # fmt: skip
    first, last = int(rows["year"].min()), int(rows["year"].max())
    first = min(first, last - 4)
    kicker = f"{kicker}, {first}–{last}"
    drawn = figure.lanes(rows, first, last)
    strokes.source_line_below(
        drawn, kicker, [_("editions of the Monitor as listed under Sources and notes")], 44 if strokes.narrow() else 26
    )
    drawn.update_layout(height=drawn.layout.height + drawn.layout.margin.b)
    title = words.shares_title(rows, weapon, iso3)
    return View(
        key=key, kicker=kicker, title=title, how=shared.with_newer(words.shares_how(), "lm" if weapon == "mine_erw" else "cmm"), figure=drawn,
        alt=_("{kicker}. {title}. The table lists every share with its base.").format(kicker=kicker, title=title),
        data=rows, table=table.shares_table(rows), tables=("casualty_shares",),
        source_ids=tuple(sorted(set(rows["source_id"]))), as_of=shared.as_of(), notes=words.shares_notes(rows),
    )  # fmt: skip


@kept(widths=("narrow", "medium"))
def four_states() -> View:
    """What is known of new victims in the four States of question (g), by year and aspect."""
    rows = queries.run("victims_known")
    profile = queries.run("victims_profile")
    first, last = int(rows["year"].min()), int(rows["year"].max())
    states = sorted(rows["iso3"].unique(), key=i18n.state)
    drawn = figure.matrix(rows, states, first, last)
    kicker = words.four_kicker(states, first, last)
    strokes.source_line_below(drawn, kicker, [_("Cluster Munition Monitor and the documents under Sources and notes")], 8)
    drawn.update_layout(height=drawn.layout.height + drawn.layout.margin.t + drawn.layout.margin.b)
    title = words.four_title(rows, len(states))
    return View(
        key="question_g", kicker=kicker, title=title, how=words.remnants_only(int((profile["cause"] == "attack").sum())),
        figure=drawn, alt=f"{kicker}. {title}", data=rows, table=table.profile_table(profile),
        tables=("new_victims", "casualty_names", "casualties"), source_ids=tuple(sorted(set(profile["source_id"]))),
        as_of=shared.as_of(), notes=words.four_notes(),
    )  # fmt: skip
