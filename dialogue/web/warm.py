"""What a server prepares at its start: the default view of every page.

Light colours only: a visitor in the dark waits a moment once, for all others.
"""

from dialogue.tables import geo
from dialogue.views import search
from dialogue.views.dialogue import crosswalk, new_use, plan
from dialogue.views.evidence import obligations, overview, trends, world_map
from dialogue.views.method import documents


def run() -> None:
    """Build the views that most visitors ask for first."""
    for view in (
        overview.headlines(),
        overview.changes(),
        world_map.small(),
        world_map.obligations(),
        obligations.matrix(),
        crosswalk.asks(),
        plan.timeline(),
        new_use.attacks(),
        trends.world_cluster_munitions(),
        trends.world_pair(),
        documents.documents("all", ""),
    ):
        if view.figure is not None:
            view.prepared  # noqa: B018 (building it keeps it)
    geo.bounds("africa")
    search.index()
