"""State profiles: one State, or two or three side by side, on two or three pages of paper."""

import streamlit as st

from dialogue.screen import address, filters, frame, links, printing
from dialogue.views.evidence import obligations, overview
from dialogue.views.profile import profile, profile_casualties, profile_html
from dialogue.words import method
from dialogue.words.i18n import _, listing, the_state

NAMES = profile.states()


def choose() -> tuple[str, ...]:
    """The States to show: one, and up to two beside it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="va-profile-filters"):
        first = filters.one_or_none(
            "state", _("State (the twelve of the work plan first)"), NAMES, placeholder=_("Choose a State"), width=360
        )
        others = filters.some(
            "with", _("Compare with one or two others"), NAMES,
            max_selections=profile.MOST - 1, placeholder=_("Choose States"), width=460,
        )  # fmt: skip
        printing.button()
    return tuple(dict.fromkeys(iso3 for iso3 in (first, *others) if iso3))[: profile.MOST]


def section(shown: profile.Section, numbers: dict[str, int]) -> None:
    """A part of the profile: its finding, its table, its documents."""
    frame.text(shown)
    st.html(profile_html.table(shown, numbers))
    frame.details(shown, table=False)


def draw(chosen: tuple[str, ...]) -> None:
    """The profile; two columns for one State; for several, whose tables need the width, one below the other."""
    standing, record, coded = profile.standing(chosen), profile.record(chosen), profile.coded(chosen)
    findings = [profile.findings(chosen)] if coded else []
    casualties = profile_casualties.by_year(chosen)
    cited = tuple(dict.fromkeys(source for view in (standing, casualties, *findings, record) for source in view.source_ids))
    numbers = {source: n for n, source in enumerate(cited, 1)}

    def halves(apart: bool):
        return st.columns([3, 2], gap="large") if apart and len(chosen) == 1 else (st.container(), st.container())

    st.html(profile_html.signs())
    with st.container(key="va-profile"):
        with st.container(key="va-profile-top"):
            left, right = halves(True)
            with left:
                frame.show(casualties)
            with right:
                section(standing, numbers)
        with st.container(key="va-profile-rest"):
            left, right = halves(bool(coded))
            with left:
                for shown in findings:
                    section(shown, numbers)
            with right:
                section(record, numbers)
            st.html(
                f'<h2 class="va-finding">{_("Sources of this profile")}</h2>'
                + profile_html.sources(profile.sources(chosen, cited))
            )


top = st.container()
address.read({"state": address.Several(profile.code_of, most=1), "with": address.Several(profile.code_of, most=profile.MOST - 1)})
chosen = choose()
with top:
    head = frame.page(
        _("State profiles"),
        # who opens the page before a room singles no State out
        profile.finding(chosen) if chosen else obligations.finding(),
        _("What is known of a State, and what is not. Numbers in brackets lead to the sources."),
        place=listing([NAMES[iso3] for iso3 in chosen]),
    )
if chosen:
    if method.contact():
        frame.lead("sources?section=contact", _("Is this your State? Tell us what is missing or wrong."))
    draw(chosen)
    for iso3 in chosen:
        links.files(f"state/{iso3}", ("docx", "pdf", "pptx", "xlsx"), _("Brief on {state}:").format(state=the_state(iso3)))
else:
    st.html(overview.profiles())
head.link()
