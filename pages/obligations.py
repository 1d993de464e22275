import streamlit as st

from dialogue.screen import address, crosstable, filters, frame
from dialogue.views.evidence import obligations as charts
from dialogue.views.evidence.obligations import detail
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
    "kind": {"any": _("Both kinds")} | {code: words[:1].upper() + words[1:] for code, words in charts.options(charts.KINDS, charts.kind_words).items()},
    "order": {"name": _("Alphabetical"), "region": _("By region")},
    "state": STATES,
    "indicator": INDICATORS,
}  # fmt: skip


def take_cell(indicator: str, chosen_state: str) -> None:
    """Show a cell in detail, or nothing in particular when it was the one shown."""
    if (st.session_state["state"], st.session_state["indicator"]) == (chosen_state, indicator):
        chosen_state = indicator = ""
    st.session_state["state"] = chosen_state or "all"
    st.session_state["indicator"] = indicator or "all"


address.read({**OPTIONS, **{name: address.Several(OPTIONS[name]) for name in ("states", "status")}})
top = st.container()
with st.container(horizontal=True, key="va-filters"):
    action = filters.unless_all("action", _("Action"), OPTIONS["action"])
    question = filters.unless_all("question", _("Guiding question"), OPTIONS["question"])
    states = filters.some("states", _("States"), OPTIONS["states"], placeholder=_("All"))
    status = filters.some("status", _("Status"), OPTIONS["status"], placeholder=_("All"))
    age = filters.one("age", _("Age of evidence"), OPTIONS["age"])
    kind = filters.one("kind", _("Kind of evidence"), OPTIONS["kind"])
    order = filters.one("order", _("Order of States"), OPTIONS["order"])
empty = charts.nothing_asked(action, question, states)
counts = None if empty else charts.by_indicator(action, question, states)
with top:
    head = frame.page(
        _("Obligations and gaps"),
        counts.title if counts else charts.finding(action, question, states),
        _("This project’s own reading of short findings: no score. “No information” does not mean “not found in place”."),
    )  # fmt: skip

if counts:  # first, because a room reads them in seconds; then every cell
    frame.show(counts, heading=False)

left, right = st.columns([0.78, 0.22], gap="medium")
with right, st.container(key="va-detail"):
    with st.container(horizontal=True):
        chosen_state = filters.unless_all("state", _("State in detail"), STATES)
        indicator = filters.unless_all("indicator", _("Indicator in detail"), INDICATORS)
    st.html(detail.detail(chosen_state or "", indicator or "", action, question, states))
with left, st.container(gap="xsmall"):
    if empty:
        st.write(
            _(
                "Choose another action or guiding question. Who the new victims are, question (g), is on the page New victims."
            )
        )
    else:
        cells = charts.matrix(action, question, states, status, age, order, kind)
        chosen = (indicator or "", chosen_state or "")
        crosstable.show(cells, chosen=chosen, on_pick=take_cell)

if not empty:
    frame.show(charts.by_year(action, question, states))

head.link()
