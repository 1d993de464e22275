"""The pages of the site: one list for the menu, the web server and links."""

from typing import NamedTuple

from dialogue.words.i18n import _


class Page(NamedTuple):
    """One page: its address below the site's root, its script, its title, what it is about in a sentence."""

    path: str
    script: str
    title: str
    about: str = ""


def sections() -> dict[str, list[Page]]:
    """Return the pages by section of the menu, titles in the reader's language.

    The section "" stands first in the menu, without a heading.
    """
    # fmt: off
    return {
        "": [Page("", "overview.py", _("Overview"), _("Where victim assistance stands under the Convention on Cluster Munitions: casualties, obligations and gaps, each figure with its source."))],
        _("Evidence"): [
            Page("affected-states", "affected_states.py", _("Affected States"), _("A map of the States with cluster munition victims, of casualties by year, and of who is party to which convention.")),
            Page("new-victims", "new_victims.py", _("New victims"), _("How many people cluster munitions kill and injure, where, and who they are.")),
            Page("obligations", "obligations.py", _("Obligations and gaps"), _("What is known of victim assistance in the States Parties with obligations under Article 5, indicator by indicator.")),
            Page("comparisons", "comparisons.py", _("Comparisons"), _("Which States are parties to the Convention on Cluster Munitions and to other instruments, and what these ask for.")),
        ],
        _("Dialogue"): [
            Page("questions", "questions.py", _("Guiding questions"), _("The guiding questions of the Dialogue on Victim Assistance, and the evidence on each.")),
            Page("states", "states.py", _("State profiles"), _("What is known of victim assistance in each State, and what is not.")),
            Page("responses", "responses.py", _("Responses"), _("Answers of States to the guiding questions of the Dialogue on Victim Assistance.")),
            Page("integrated-approach", "integrated_approach.py", _("Integrated approach"), _("How conventions and plans of action add to each other on victim assistance, pillar by pillar.")),
            Page("new-use", "new_use.py", _("Psychosocial impact and new use"), _("New use of cluster munitions, who is killed and injured, and what is known of psychosocial support.")),
            Page("work-plan", "work_plan.py", _("Work plan"), _("The work plan on victim assistance: what it foresees and what is recorded of it.")),
            Page("resources", "resources.py", _("People and resources"), _("People, tools, good practices and terms of victim assistance.")),
        ],
        _("Presenting"): [
            Page("my-deck", "my_deck.py", _("My deck"), _("Figures that you gathered on these pages: put them in order, add notes, present them or send them as a link.")),
            Page("take-it-with-you", "take_it_with_you.py", _("Take it with you"), _("All pages, figures and tables as one file to unpack and open without a network, and the light edition for slow lines.")),
        ],
        _("Method"): [
            Page("sources", "sources.py", _("Sources and method"), _("Every document that a figure rests on, the rules for counting, and how to cite.")),
            Page("use-the-data", "use_the_data.py", _("Use the data"), _("The address of every figure, and how Python, R or a spreadsheet asks for it.")),
            Page("what-changed", "what_changed.py", _("What changed"), _("What each release of the data changed: from, to, why and on whose word.")),
            Page("search", "search.py", _("Search"), _("Search all figures, States, terms and documents of the Dialogue on Victim Assistance.")),
        ],
        _("Coordinators"): [
            Page("data-desk", "data_desk.py", _("Data desk"), _("Where coordinators put in new data and see what they change.")),
            Page("freshness", "freshness.py", _("Freshness"), _("How old the evidence is, and what to update next.")),
        ],
    }
    # fmt: on


def paths() -> list[str]:
    """Return the address of every page, "" for the first."""
    return [page.path for pages in sections().values() for page in pages]


def title(page: str = "", place: str = "") -> str:
    """The title of a page, which tabs, bookmarks and previews show: the State, the page, then the site."""
    return " · ".join(part for part in (place, page, _("Dialogue on Victim Assistance")) if part)


def footer(contact: bool) -> dict[str, str]:
    """The sections of Sources and method that the foot of every page leads to; `contact`: whether there is an address to write to."""
    links = {"rules": _("Method"), "boundaries": _("Boundaries"), "licence": _("Licence")}
    return links | ({"contact": _("Contact")} if contact else {})
