"""Freshness: how old the evidence is, where nothing is known, newer editions, dates to come, all as a to-do list."""

from datetime import date
from functools import partial

import streamlit as st

from dialogue.screen import frame, links, window
from dialogue.snapshot import reader
from dialogue.views.method import documents, freshness, freshness_tasks
from dialogue.words import i18n
from dialogue.words.i18n import _, state

PARTS = {
    "age": _("Age of the evidence"),
    "gaps": _("No information"),
    "editions": _("Newer editions and leads"),
    "dates": _("Next dates"),
    "todo": _("To-do list"),
}
AXES = {"state": _("By State"), "indicator": _("By indicator"), "table": _("By table")}
ORDERS = {"name": _("Alphabetical"), "region": _("By region")}
KINDS = {"all": _("All kinds")} | freshness_tasks.kind_words()
STATES = {"all": _("All States")} | {code: state(code) for code in freshness.states_in_order()}
PER_PAGE = 25

# ages and dates are counted from the day of the visit; a text, because views are kept by their arguments
today = date.today().isoformat()
narrow = window.width() in ("narrow", "medium")
links.note_bad_address(
    {"view": PARTS, "by": AXES, "order": ORDERS, "kind": KINDS, "state": STATES, "page": str.isdigit}
)  # fmt: skip


def choose(words: str, key: str, labels: dict[str, str], width: int = 260) -> str:
    """A bound filter."""
    return st.selectbox(words, list(labels), format_func=labels.get, key=key, bind="query-params", width=width)


def segments(words: str, key: str, labels: dict[str, str], first: str) -> str:
    """A bound choice of which all options are seen."""
    return st.segmented_control(
        words, list(labels), format_func=labels.get, default=first, required=True, key=key, bind="query-params", wrap=True
    )  # fmt: skip


head = frame.page(
    _("Coordinators"), freshness.finding(today),
    _("What to update next. A cell is one indicator of Article 5 in one State; ages are counted on {today}. No score, no ranking.").format(
        today=i18n.day(today)
    ),
)  # fmt: skip
with st.container(horizontal=True, key="va-filters", vertical_alignment="bottom"):
    part = segments(_("Show"), "view", PARTS, "age")
    chosen = {"view": part}
    if part == "age":
        chosen["by"] = segments(_("Rows"), "by", AXES, "state")
        if chosen["by"] == "state":
            chosen["order"] = choose(_("Order of States"), "order", ORDERS, 180)
    if part == "todo":
        chosen["kind"] = choose(_("Kind of task"), "kind", KINDS)
    if part in ("gaps", "todo"):
        chosen["state"] = choose(_("State"), "state", STATES)

if part == "age" and chosen["by"] == "table":
    frame.listing(freshness.by_table())
elif part == "age":
    frame.show(freshness.ages(today, chosen["by"], chosen.get("order", "name"), narrow), heading=False)
    if chosen["by"] == "state":
        frame.listing(freshness.newest_by_state(chosen["order"]))
elif part == "gaps":
    frame.listing(freshness.gaps(chosen["state"]))
elif part == "editions":
    frame.listing(freshness.editions(today))
    frame.listing(freshness.newer_documents())
    frame.listing(documents.leads())
elif part == "dates":
    frame.listing(freshness.dates(today))
else:
    shown = freshness_tasks.todo(today, chosen["kind"], chosen["state"])
    frame.listing(shown, per_page=PER_PAGE)
    st.download_button(
        _("To-do list (Markdown)"),
        data=partial(freshness_tasks.markdown, shown, reader.snapshot().fingerprint),
        file_name=f"todo_{today}_{reader.snapshot().fingerprint[:8]}.md",
        mime="text/markdown",
        on_click="ignore",
        key="todo_markdown",
    )
head.link(**chosen)
