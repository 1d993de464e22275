"""How a State profile is drawn: tables with a column a State, numbered sources, signs of status."""

from collections.abc import Mapping, Sequence
from html import escape

from dialogue.views.evidence import obligations
from dialogue.views.evidence.obligations.detail import mark
from dialogue.views.profile.profile import Row, Section, Source
from dialogue.views.profile.profile_record import Item
from dialogue.words import i18n
from dialogue.words.i18n import _


def signs() -> str:
    """The rules that draw the signs of status; once a page, because a sign is used many times."""
    rules = "".join(
        f".va-{code}::before{{content:url({_address(mark(code))})}}" for code in obligations.STATUSES
    )
    return f"<style>{rules}</style>"


def _address(image: str) -> str:
    # a style sheet with an angle bracket would be taken out
    return image.split("src=")[1].split(" alt=")[0].replace("<", "%3C").replace(">", "%3E")


def table(section: Section, numbers: Mapping[str, int]) -> str:
    """A section as an HTML table; `numbers` are those of the documents in the list of sources."""
    columns = section.states
    single = len(columns) == 1
    named = "".join(f'<th scope="col">{escape(i18n.state(iso3))}</th>' for iso3 in columns)
    hidden = ' class="va-sr"' if single else ""
    body, group = [], ""
    for row in section.rows:
        if row.group != group:
            group = row.group
            body.append(
                f'<tr class="va-group"><th scope="colgroup" colspan="{len(columns) + 1}">'
                f"{escape(group)}</th></tr>"
            )
        body.append(_row(row, columns, numbers))
    return (
        f'<table class="va-profile{" va-one" if single else ""}"><caption class="va-sr">{escape(section.alt)}</caption>'
        f'<colgroup><col class="va-first">{"<col>" * len(columns)}</colgroup>'
        f'<thead{hidden}><tr><th scope="col"><span class="va-sr">{escape(_("Subject"))}</span></th>'
        f"{named}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def _row(row: Row, columns: Sequence[str], numbers: Mapping[str, int]) -> str:
    heading = escape(row.heading)
    if row.link:
        heading = f'<a href="{escape(row.link)}" target="_self">{heading}</a>'
    cells = ""
    for iso3, items in zip(columns, row.cells, strict=True):
        # on a phone the columns stand under each other, each with the name of its State
        who = (
            f'<span class="va-who" aria-hidden="true">{escape(i18n.state(iso3))}</span>'
            if len(columns) > 1
            else ""
        )
        cells += f"<td>{who}{''.join(_item(item, numbers) for item in items)}</td>"
    return f'<tr><th scope="row">{heading}</th>{cells}</tr>'


def _item(item: Item, numbers: Mapping[str, int]) -> str:
    lead = f"<strong>{escape(item.lead)}</strong>" if item.lead else ""
    if item.mark:
        lead = f'<i class="va-mark va-{item.mark}"></i>{lead}'
    if item.age:
        lead += f' <span class="va-age">{escape(item.age)}</span>'
    parts = [lead, escape(item.text)]
    if item.where:
        parts.append(f'<span class="va-where">{escape(item.where)}</span>')
    cited = [
        f'<a href="#s{numbers[source]}">[{numbers[source]}]</a>'
        for source in item.sources
        if source in numbers
    ]
    text = (
        " <br>".join(parts[:2]) if item.mark and item.text else " ".join(part for part in parts[:2] if part)
    )
    quiet = ' class="va-quiet"' if item.quiet else ""
    return f"<p{quiet}>{' '.join(part for part in [text, *parts[2:], ' '.join(cited)] if part)}</p>"


def sources(listed: Sequence[Source]) -> str:
    """The numbered list of documents at the end of a profile."""
    items = ""
    for n, source in enumerate(listed, 1):
        title = escape(source.title)
        if source.url:
            title = f'<a href="{escape(source.url)}" target="_blank">{title}</a>'
        items += f'<li id="s{n}">{title} · {escape(source.facts)}</li>'
    return f'<ol class="va-refs">{items}</ol>'
