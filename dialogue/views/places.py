"""Where a view stands: the page, and the address that shows it there with the same choices."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from dialogue.views.view import View

Given = Mapping[str, object]
Place = tuple[str, Callable[[Given], dict[str, object]]]


def _fixed(**chosen: str) -> Callable[[Given], dict[str, object]]:
    return lambda given: dict(chosen)


def _named(*, also: Mapping[str, str] | None = None, **names: str) -> Callable[[Given], dict[str, object]]:
    """Parameters of the address by their name in the view: `year="year"`; `also` is fixed."""
    return lambda given: {**(also or {}), **{there: given.get(here) for there, here in names.items()}}


def _profile(given: Given) -> dict[str, object]:
    chosen = list(given.get("chosen") or ())
    return {"state": chosen[:1], "with": chosen[1:]}


def _scope(given: Given) -> dict[str, object]:
    names = ("action", "question", "states", "status", "age", "order")
    return {name: given[name] for name in names if given.get(name)}


def _by_state(given: Given) -> dict[str, object]:
    return {
        "view": "states", "weapon": given.get("weapon"), "cause": given.get("cause"), "from": given.get("year_from"),
        "to": given.get("year_to"), "group": given.get("group"), "publisher": given.get("publisher"),
        "scale": "own" if given.get("own_scale") else "common",
    }  # fmt: skip


# By view, or by family: the page, and how the view's parameters are called in its address.
PLACES: dict[str, Place] = {
    "overview": ("", _fixed()),
    "world_map.small": ("", _fixed()),
    "world_map.obligations": ("affected-states", _named(also={"show": "obligations"}, region="region", state="chosen")),
    "world_map.differences": ("affected-states", _fixed(show="obligations")),
    "world_map.victims": ("affected-states", _named(also={"show": "victims"}, year="year", region="region", state="chosen")),
    "world_map.all_time": ("affected-states", _named(also={"show": "all_time"}, region="region", state="chosen")),
    "world_map.membership": (
        "affected-states",
        _named(also={"show": "membership"}, instrument="instrument", on="on", region="region", state="chosen"),
    ),
    "state_card": ("affected-states", _named(state="iso3")),
    "trends.world_cluster_munitions": ("new-victims", _fixed(view="world")),
    "trends.world_pair": ("new-victims", _fixed(view="pair")),
    "panels": ("new-victims", _by_state),
    "victims.shares": ("new-victims", _named(also={"view": "who"}, place="iso3")),
    "victims.four_states": ("new-victims", _fixed(view="question")),
    "obligations": ("obligations", _scope),
    "instruments": ("comparisons", _fixed(view="bound")),
    "instruments.who_is_bound": ("comparisons", _named(also={"view": "bound"}, on="on", group="group")),
    "instruments.joining": ("comparisons", _fixed(view="joining")),
    "instruments.withdrawals": ("comparisons", _fixed(view="joining")),
    "instruments.survivors": ("comparisons", _fixed(view="survivors")),
    "instruments.protocol_v": ("comparisons", _fixed(view="survivors")),
    "crosswalk": ("comparisons", _fixed(view="asks")),
    "questions.plans": ("questions", _fixed(question="a")),
    "questions.data": ("questions", _fixed(question="b")),
    "questions.roles": ("questions", _fixed(question="c")),
    "questions.participation": ("questions", _fixed(question="e")),
    "questions.support": ("questions", _fixed(question="f")),
    "questions.services": ("questions", _fixed(question="d")),
    "questions.new_victims": ("questions", _fixed(question="g")),
    "responses": ("responses", _named(question="question", state="iso3")),
    "approach.pillar": ("integrated-approach", _named(also={"view": "pillar"}, pillar="code", state="iso3")),
    "approach.binds": ("integrated-approach", _named(also={"view": "state"}, state="iso3")),
    "approach.together": ("integrated-approach", _fixed(view="together")),
    "approach.timeline": ("integrated-approach", _fixed(view="time")),
    "victim_definitions": ("integrated-approach", _fixed(view="victims")),
    "new_use": ("new-use", _fixed()),
    "plan.timeline": ("work-plan", _fixed(view="timeline")),
    "plan.documents": ("work-plan", _fixed(view="documents")),
    "plan.elements": ("work-plan", _named(also={"view": "elements"}, section="section")),
    "plan.follows": ("work-plan", _fixed(view="next")),
    "library.people": ("resources", _fixed(view="people")),
    "library.resources": (
        "resources",
        _named(also={"view": "resources"}, question="question", type="kind", language="language_", year="year"),
    ),
    "library.practices": ("resources", _named(also={"view": "practices"}, state="iso3", question="question")),
    "library.glossary": ("resources", _named(also={"view": "glossary"}, term="term")),
    "documents.documents": ("sources", _named(also={"section": "documents"}, kind="kind", words="search")),
    "documents.dictionary": ("sources", _named(also={"section": "dictionary"}, table="table_name")),
    "documents.claims": ("sources", _fixed(section="workplan")),
    "documents.leads": ("freshness", _fixed(view="editions")),
    "changes": ("what-changed", _named(of="of", state="iso3")),
    "freshness": ("freshness", _fixed()),
    "freshness_tasks": ("freshness", _fixed(view="todo")),
    "profile": ("states", _profile),
    "profile_casualties": ("states", _profile),
}


def address(shown: View) -> str:
    """The page of a view and its choices, relative to the site's root: “new-victims?view=world”.

    Only choices that differ from nothing are written; codes, so that it means the same in every language.
    """
    page, choices = PLACES.get(shown.name) or PLACES.get(shown.name.partition(".")[0], ("", _fixed()))
    chosen = {name: value for name, value in choices(shown.given).items() if value not in (None, "", (), [])}
    query = urlencode({k: [str(v) for v in each] if isinstance(each, (list, tuple)) else str(each) for k, each in chosen.items()}, doseq=True)
    return f"{page}?{query}" if query else page
