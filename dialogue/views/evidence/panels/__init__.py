"""Casualties by State: one small panel a State or area, all on the same scale.

May use: `views` beside it and the rooms below. Open first: `words.py` for what the panels say,
`figure.py` for how they are drawn, `table.py` for their rows and their twin in words.
"""

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared, strokes
from dialogue.views.evidence.panels import figure, table, words
from dialogue.views.evidence.panels.table import CAUSES, PUBLISHERS, SERIES, groups, years
from dialogue.views.evidence.panels.words import ALL, TWELVE
from dialogue.views.view import View, kept
from dialogue.words.i18n import _

__all__ = ["ALL", "CAUSES", "PUBLISHERS", "SERIES", "TWELVE", "by_state", "groups", "years"]


@kept(
    widths=("narrow", "medium", "large"),
    usual={"year_from": lambda: years()[0], "year_to": lambda: years()[-1]},
    allowed={
        "weapon": lambda: SERIES, "cause": lambda: CAUSES, "year_from": years, "year_to": years, "group": groups,
        "publisher": lambda: PUBLISHERS,
    },
)  # fmt: skip
def by_state(
    weapon: str = "cluster_munition", cause: str = "all", year_from: int | None = None, year_to: int | None = None,
    group: str = ALL, publisher: str = "monitor", own_scale: bool = False,
) -> View:  # fmt: skip
    """Casualties of each State and area with a figure or a mention, by year.

    From the first year known to the last where none is given; `group` is all, twelve or
    a region; `own_scale` gives every panel its own scale instead of the common one.
    """
    rows = queries.run(
        "casualties_state_years", weapon=weapon, cause=cause, year_from=year_from, year_to=year_to, publisher=publisher
    )
    rows = table.of_group(rows, group)
    heading = words.heading(weapon, cause)
    if not len(rows):
        return _nothing(heading)
    rows = rows.assign(drawn=strokes.drawn_heights(rows))
    first, last = int(rows["year"].min()), int(rows["year"].max())
    drawn = figure.draw(rows, own_scale)
    kicker = words.kicker(heading, first, last)
    strokes.source_line_below(drawn, kicker, [words.publishers(rows)], notes=shared.area_notes(rows["iso3"]))
    drawn.update_layout(height=drawn.layout.height + drawn.layout.margin.t + drawn.layout.margin.b)
    title = words.title(rows, weapon, cause, last)
    return View(
        key="states", kicker=kicker, title=title, how=shared.with_newer(words.how(own_scale, weapon, cause), "lm" if weapon == "mine_erw" else "cmm"), figure=drawn,
        alt=f"{kicker}. {title}. " + words.alt(rows), data=rows.drop(columns=["region", "twelve", "drawn"]),
        table=table.twin(rows), tables=("casualties", "casualty_names"), source_ids=table.cited(rows),
        as_of=shared.as_of(), missing=words.missing(rows, group), notes=words.caveats(rows, weapon, publisher, group),
    )  # fmt: skip


def _nothing(heading: str) -> View:
    empty = pd.DataFrame({"iso3": [], "year": []})
    return View(
        key="states", kicker=heading, title=_("No figure was found for this choice"),
        how=_("Nothing found is not zero. Choose other years or another group."), figure=None, alt="",
        data=empty, table=empty, tables=("casualties",), source_ids=(), as_of=shared.as_of(),
    )  # fmt: skip
