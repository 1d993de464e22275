"""What a server prepares at its start: the default view of every page.

Light colours only: a visitor in the dark waits a moment once, for all others.
"""

from dialogue import geo, search
from dialogue.charts import crosswalk, method, new_use, obligations, overview, plan, trends, world_map


def run() -> None:
    """Build the views that most visitors ask for first."""
    for view in (
        overview.headlines(),
        overview.changes(),
        world_map.small(),
        world_map.obligations(wide=True),
        obligations.matrix(),
        crosswalk.asks(),
        plan.timeline(),
        new_use.attacks(),
        trends.world_cluster_munitions(),
        trends.world_pair(),
        method.documents("all", ""),
    ):
        if view.figure is not None:
            view.prepared  # noqa: B018 (building it keeps it)
    geo.bounds("africa")
    search.index()
