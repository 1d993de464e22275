import streamlit as st

from dialogue.screen import crosstable, frame, links
from dialogue.views.evidence import obligation_detail
from dialogue.views.evidence import obligations as charts
from dialogue.words import i18n
from dialogue.words.i18n import _, label, state

STATES = {"all": _("All States")} | charts.options(charts.states_in_order(), state)
INDICATORS = {"all": _("All indicators")} | charts.options(
    charts.indicators(), lambda code: label("indicator", code)
)
OPTIONS = {
    "action": {"all": _("All actions")} | charts.options(i18n.codes("action"), lambda n: f"{n} · {label('action', n)}"),
    "question": {"all": _("All questions")} | charts.options(i18n.codes("question"), lambda q: f"({q}) {label('question', q)}"),
    "states": {code: name for code, name in STATES.items() if code != "all"},
    "status": charts.options(charts.STATUSES, lambda code: label("obligation_status", code)),
    "age": {"any": _("Any age")} | {code: words[:1].upper() + words[1:] for code, words in charts.ages().items()},
    "order": {"name": _("Alphabetical"), "region": _("By region")},
    "state": STATES,
    "indicator": INDICATORS,
}  # fmt: skip


def choose(name: str, words: str) -> str | None:
    """A bound filter; None for its first option, “all”."""
    labels = OPTIONS[name]
    chosen = st.selectbox(words, list(labels), format_func=labels.get, key=name, bind="query-params")
    return None if chosen == "all" else chosen


def choose_some(name: str, words: str) -> tuple[str, ...]:
    """A bound filter of several values; empty for all."""
    labels = OPTIONS[name]
    chosen = st.multiselect(
        words, list(labels), format_func=labels.get, key=name, bind="query-params", placeholder=_("All")
    )
    return tuple(code for code in labels if code in chosen)


def take_cell(indicator: str, chosen_state: str) -> None:
    """Show a cell in detail, or nothing in particular when it was the one shown."""
    if (st.session_state["state"], st.session_state["indicator"]) == (chosen_state, indicator):
        chosen_state = indicator = ""
    st.session_state["state"] = chosen_state or "all"
    st.session_state["indicator"] = indicator or "all"


links.note_bad_address(OPTIONS)
top = st.container()
with st.container(horizontal=True, key="va-filters"):
    action = choose("action", _("Action"))
    question = choose("question", _("Guiding question"))
    states = choose_some("states", _("States"))
    status = choose_some("status", _("Status"))
    age = choose("age", _("Age of evidence"))
    order = choose("order", _("Order of States"))
with top:
    head = frame.page(
        _("Evidence"),
        charts.finding(action, question, states),
        _("This project’s own reading of short findings: no score. “No information” is not “not met”."),
    )  # fmt: skip

left, right = st.columns([0.78, 0.22], gap="medium")
with right, st.container(key="va-detail"):
    with st.container(horizontal=True):
        chosen_state = choose("state", _("State in detail"))
        indicator = choose("indicator", _("Indicator in detail"))
    st.html(obligation_detail.detail(chosen_state or "", indicator or "", action, question, states))
empty = charts.nothing_asked(action, question, states)
with left, st.container(gap="xsmall"):
    if empty:
        st.write(
            _(
                "Choose another action or guiding question. Who the new victims are, question (g), is on the page New victims."
            )
        )
    else:
        cells = charts.matrix(action, question, states, status, age, order)
        chosen = (indicator or "", chosen_state or "")
        crosstable.show(cells, heading=False, chosen=chosen, on_pick=take_cell)

if not empty:
    for column, view in zip(st.columns(2, gap="large"), (charts.by_indicator, charts.by_year), strict=True):
        with column:
            frame.show(view(action, question, states))

head.link(
    action=action or "all", question=question or "all", states=list(states), status=list(status), age=age, order=order,
    state=chosen_state or "all", indicator=indicator or "all",
)  # fmt: skip
