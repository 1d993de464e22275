"""How a page and a view stand on screen: heading, figure, sources, table, download."""

import functools
import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from dialogue import navigation
from dialogue.change import mending
from dialogue.screen import address, buttons, filters, links, visit
from dialogue.snapshot import reader
from dialogue.views import view
from dialogue.views.dialogue import library
from dialogue.views.method import changes
from dialogue.views.view import View
from dialogue.words import languages, method, terms
from dialogue.words.i18n import _, commas, day, label, ngettext

CONFIG = {
    # the empty base map: without it Plotly asks an outside host for one
    "topojsonURL": "app/static/topo/",
    "scrollZoom": False,
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoom2d", "pan2d", "autoScale2d", "zoomIn2d", "zoomOut2d", "resetScale2d"],
}


LATIN = "\u024f"  # the last letter of the Latin ones
LINKED = "_terms_linked"  # which text of the page has the link of a glossary term


@dataclass
class Page:
    """The head of a page; `link` stands at its end, when everything that was chosen is known."""

    slot: object

    def link(self) -> None:
        """Let the address follow what is shown, and draw the “Copy link” button."""
        address.write()
        shown = reader.snapshot()
        if shown.kind == "draft":
            return  # nobody else could open it
        with self.slot:
            links.copy_link({**address.state(), **address.riding(), "data": shown.fingerprint, "release": visit.released(shown)})


def page(name: str, title: str, lead: str, *, place: str = "") -> Page:
    """Draw the head of a page: its name and date, its finding, what it answers.

    `name` is the one in the menu; `place`, the State that the page is about, stands in the title of the window.
    """
    st.session_state[LINKED] = {}
    if place:
        st.set_page_config(page_title=navigation.title(name, place))
    shown = reader.snapshot()
    # an earlier release says its date itself
    aged = method.aged(shown.as_of, date.today()) if shown.kind == "current" else ""
    said = f'{name} · {_("as of {date}").format(date=day(shown.as_of))}'
    with st.container(horizontal=True, vertical_alignment="center", key="va-head"):
        st.html(f'<p class="va-kicker">{html.escape(said)}{f", <span class=va-aged role=note>{html.escape(aged)}</span>" if aged else ""}</p>{_languages()}')
        slot = st.container(key="va-link")
    # cards.js fills the list on a phone, where a page is long
    contents = f'<details class="va-contents"><summary>{html.escape(_("On this page"))}</summary><ol></ol></details>'
    st.html(f'<h1 class="va-finding va-page">{html.escape(title)}</h1><p class="va-lead">{_linked(lead)}</p>{contents}')
    return Page(slot)


def _languages() -> str:
    """The menu of languages, and the word that a translation has not been reviewed, as HTML; "" where there is English alone."""
    spoken, offered = reader.current().language, languages.offered()
    if len(offered) == 1:
        return ""
    # A name in other letters is written in a font of the machine: ours for them is fetched where a page is written in them.
    looks = {
        each.code: " aria-current=true" if each.code == spoken else ' style="font-family:system-ui,sans-serif"' if max(each.name) > LATIN else ""
        for each in offered.values()
    }
    # site.js keeps what was chosen on the page
    links = "".join(
        f'<a href="?lang={each.code}" target="_self" lang="{each.code}" hreflang="{each.code}"'
        f"{looks[each.code]}>{html.escape(each.name)}</a>"
        for each in offered.values()
    )
    notice = languages.notice()
    told = f'<p class="va-unreviewed" role="note">{html.escape(notice)}</p>' if notice else ""
    if reader.snapshot().kind == "draft":  # which a new load of the page would end
        return told
    return f'<nav class="va-languages" aria-label="{html.escape(_("Language"))}">{links}</nav>{told}'


def show(
    shown: View, *, on_select: Callable | str = "ignore", level: int = 2, height: int | str = "content", heading: bool = True
):
    """Draw a view: kicker, finding, how to read, figure, and the row of details below.

    `on_select` is handed to the chart; returns the chart's selection, if any.
    `heading=False` leaves out the finding, for the view whose finding is the page's own.
    """
    text(shown, level=level, heading=heading)
    event = None
    if shown.figure is not None:
        event = st.plotly_chart(
            shown.large if reader.current().width == "large" else shown.prepared,
            key=f"{shown.key}_chart",
            theme=None,
            height=height,
            on_select=on_select,
            selection_mode="points",
            config=_config(shown),
            alt=shown.alt,
        )
    details(shown)
    return event


def _config(shown: View) -> dict:
    config = {**CONFIG, **shown.config}
    # pictures are saved below the figure, with their words
    return {**config, "modeBarButtonsToRemove": [*config["modeBarButtonsToRemove"], "toImage"]}


def text(shown: View, *, level: int = 2, heading: bool = True) -> None:
    """The words above a view: kicker, finding, how to read it."""
    finding = f'<h{level} class="va-finding">{html.escape(shown.title)}</h{level}>' if heading else ""
    st.html(
        f'<p class="va-kicker">{html.escape(shown.kicker)}</p>{finding}<p class="va-how">{_linked(shown.how)}</p>'
    )


def _linked(text: str) -> str:
    return terms.linked(text, st.session_state.setdefault(LINKED, {}))


def lead(to: str, text: str) -> None:
    """A line that leads to another part of the site, or out of it."""
    st.html(f'<p class="va-how"><a href="{html.escape(to)}" target="_self">{html.escape(text)}</a></p>')


def cards(rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Figures in a grid of cards: number, what it counts, when, publisher."""
    boxes = "".join(
        f'<li class="va-card"><p class="va-number">{html.escape(figure)}</p><p>{html.escape(counts)}</p>'
        f'<p class="va-source">{html.escape(" · ".join(t for t in (when, publisher) if t))}</p></li>'
        for figure, counts, when, publisher in rows
    )
    st.html(f'<ul class="va-cards">{boxes}</ul>')


@visit.part
def details(shown: View, *, table: bool = True) -> None:
    """Sources and notes, table twin, CSV, buttons, and how many States have no information.

    `table=False` where the view stands as a table already.
    """
    corrected = changes.notes_for(shown)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{shown.key}_details"):
        sources = with_table = None
        if shown.source_ids or shown.notes or corrected:
            sources = st.popover(_("Sources and notes"), key=f"{shown.key}_sources", on_change="rerun")
        if table:
            with_table = st.toggle(_("Table"), key=f"{shown.key}_table")
        if reader.snapshot().kind == "draft":  # only its owner can see it, at no address
            st.download_button(
                _("CSV"),
                data=functools.partial(view.export, shown, reader.snapshot(), corrected),
                file_name=f"{shown.key}_{shown.as_of}_{reader.snapshot().fingerprint}.csv",
                mime="text/csv",
                on_click="ignore",
                key=f"{shown.key}_csv",
            )
        buttons.draw(shown)
        if corrected:
            text = ngettext("{n} misprint of a source is corrected here", "{n} misprints of sources are corrected here", len(corrected))
            st.html(f'<p class="va-how"><strong>{html.escape(text.format(n=len(corrected)))}</strong></p>')
        if shown.missing:
            st.html(f'<p class="va-how">{html.escape(shown.missing)}</p>')
    if sources and sources.open:
        with sources:
            source_list(shown, [text for _place, text in corrected])
    if with_table:
        st.table(shown.table.map(view.literal), alt=f"{shown.kicker}: {shown.title}", border="horizontal")


def source_list(shown: View, corrected: Sequence[str] = ()) -> None:
    """Corrected misprints and notes of a view; then every document with publisher, date, place, grade and link."""
    lines = [f"- {view.literal(note)}" for note in (*corrected, *shown.notes)]
    if lines:
        st.markdown("\n".join(lines))
    lines = []
    for row in view.documents(shown).itertuples(index=False):
        grades = commas(label("grade", grade) for grade in row.grade.split(", "))
        copied = _("read in a copy on {site}").format(site=row.copy_on) if row.copy_on else ""
        facts = [row.publisher, day(row.published) if row.published else _("undated"), row.locators or "", grades, copied]
        lines.append(f"- {view.link(row.title, row.url)}: " + view.literal(" · ".join(f for f in facts if f)))
    st.markdown("\n".join(lines) or _("No document."))
    asked = mending.address(shown.tables, shown.data, reader.snapshot()) if reader.snapshot().kind == "current" else {}
    if asked:
        st.html(f'<p class="va-how"><a href="data-desk?{html.escape(urlencode(asked))}" target="_self">{html.escape(_("Correct this figure at the data desk"))}</a></p>')


def listing(shown: View, *, per_page: int = 0, urls: Sequence[str | None] | None = None) -> None:
    """Draw a view that is a table and nothing else, a page of rows at a time.

    `urls`, one a row, turn the first column into links.
    """
    text(shown)
    rows, offset = shown.table, 0
    if per_page and len(rows) > per_page:
        offset = (filters.page(-(-len(rows) // per_page)) - 1) * per_page
        rows = rows.iloc[offset : offset + per_page]
    cells = rows.map(view.literal)
    if urls is not None:
        first = rows.columns[0]
        cells[first] = [view.link(t, u) for t, u in zip(rows[first], urls[offset:], strict=False)]
    st.table(cells, alt=f"{shown.kicker}: {shown.title}", border="horizontal", hide_index=True)
    details(shown, table=False)


def rows(shown: library.LibraryView, per_page: int, name: str = "page") -> None:
    """Draw the rows of a view as an HTML table, a page of them at a time; `name` is the page's place in the address."""
    turn = filters.page(-(-len(shown.cells) // per_page), name)
    if shown.cells:
        st.html(library.table(shown, (turn - 1) * per_page, per_page))
        details(shown, table=False)
