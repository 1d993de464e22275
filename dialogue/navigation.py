"""The pages of the site: one list for the menu, the web server and links."""

from typing import NamedTuple

from dialogue.words.i18n import _


class Page(NamedTuple):
    """One page: its address below the site's root, its script, its title."""

    path: str
    script: str
    title: str


def sections() -> dict[str, list[Page]]:
    """Return the pages by section of the menu, titles in the reader's language.

    The section "" stands first in the menu, without a heading.
    """
    return {
        "": [Page("", "overview.py", _("Overview"))],
        _("Evidence"): [
            Page("affected-states", "affected_states.py", _("Affected States")),
            Page("new-victims", "new_victims.py", _("New victims")),
            Page("obligations", "obligations.py", _("Obligations and gaps")),
            Page("comparisons", "comparisons.py", _("Comparisons")),
        ],
        _("Dialogue"): [
            Page("questions", "questions.py", _("Guiding questions")),
            Page("states", "states.py", _("State profiles")),
            Page("responses", "responses.py", _("Responses")),
            Page("integrated-approach", "integrated_approach.py", _("Integrated approach")),
            Page("new-use", "new_use.py", _("Psychosocial impact and new use")),
            Page("work-plan", "work_plan.py", _("Work plan")),
            Page("resources", "resources.py", _("People and resources")),
        ],
        _("Method"): [
            Page("sources", "sources.py", _("Sources and method")),
            Page("what-changed", "what_changed.py", _("What changed")),
            Page("search", "search.py", _("Search")),
        ],
        _("Coordinators"): [
            Page("data-desk", "data_desk.py", _("Data desk")),
            Page("freshness", "freshness.py", _("Freshness")),
        ],
    }


def paths() -> list[str]:
    """Return the address of every page, "" for the first."""
    return [page.path for pages in sections().values() for page in pages]
