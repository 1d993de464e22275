"""Freshness: how old the evidence is, where nothing is known, newer editions, dates to come, all as a to-do list."""

from datetime import date

import streamlit as st

from dialogue.screen import address, filters, frame, links
from dialogue.views import catalogue
from dialogue.views.method import documents, freshness
from dialogue.views.method.freshness import tasks
from dialogue.words import i18n
from dialogue.words.i18n import _, state

PARTS = {
    "age": _("Age of the evidence"),
    "gaps": _("No information"),
    "confirm": _("To be seen first"),
    "editions": _("Newer editions and leads"),
    "dates": _("Next dates"),
    "todo": _("To-do list"),
}
AXES = {"state": _("By State"), "indicator": _("By indicator"), "table": _("By table")}
ORDERS = {"name": _("Alphabetical"), "region": _("By region")}
KINDS = {"all": _("All kinds")} | tasks.kind_words()
STATES = {"all": _("All States")} | {code: state(code) for code in freshness.states_in_order()}
PER_PAGE = 25

today = date.today()  # ages and dates are counted from the day of the visit
address.read({"view": PARTS, "by": AXES, "order": ORDERS, "kind": KINDS, "state": STATES, "page": filters.is_page})

head = frame.page(
    _("Freshness"), freshness.finding(today),
    _("What to update next. An entry is one indicator of Article 5 in one State; ages are counted on {today}. No score, no ranking.").format(
        today=i18n.day(today)
    ),
)  # fmt: skip
with st.container(horizontal=True, key="va-filters", vertical_alignment="bottom"):
    part, by, order = filters.parts("view", _("Show"), PARTS), "state", "name"
    if part == "age":
        by = filters.parts("by", _("Rows"), AXES)
        if by == "state":
            order = filters.one("order", _("Order of States"), ORDERS, width=180)
    if part == "todo":
        kind = filters.one("kind", _("Kind of task"), KINDS, width=260)
    if part in ("gaps", "todo"):
        iso3 = filters.one("state", _("State"), STATES, width=260)

if part == "age" and by == "table":
    frame.listing(freshness.by_table())
elif part == "age":
    frame.show(freshness.ages(today, by, order), heading=False)
    if by == "state":
        frame.listing(freshness.newest_by_state(order))
elif part == "gaps":
    frame.listing(freshness.gaps(iso3))
elif part == "confirm":
    frame.listing(freshness.to_confirm())
elif part == "editions":
    frame.listing(freshness.editions(today))
    frame.listing(freshness.newer_documents())
    frame.listing(documents.leads())
elif part == "dates":
    frame.listing(freshness.dates(today))
else:
    shown = tasks.todo(today, kind, iso3)
    frame.listing(shown, per_page=PER_PAGE)
    links.files(f"view/{shown.name}", ["md"], _("The list to tick off, as a text file (Markdown):"), catalogue.chosen(shown))
head.link()
