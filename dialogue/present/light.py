"""The light edition: each page's default views as plain HTML, readable without a script, a socket or a cookie.

The server sends it at ``/light/PAGE``, the offline ZIP holds it as files; what differs is
how an address is written, and `Addresses` says that.
"""

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dialogue import navigation
from dialogue.present import decks, page
from dialogue.snapshot import queries, reader, texts
from dialogue.views import catalogue, quote, view
from dialogue.views.view import View
from dialogue.words import i18n, method
from dialogue.words.i18n import _, commas, day, label, ngettext, number

# What stands on a page before anybody chooses: views in their order.
PAGES: dict[str, tuple[str, ...]] = {
    "": ("overview.headlines", "world_map.small", "overview.changes"),
    "affected-states": ("world_map.obligations", "world_map.differences"),
    "new-victims": ("trends.world_cluster_munitions", "panels.by_state", "victims.shares", "victims.four_states", "trends.world_pair"),
    "obligations": ("obligations.by_indicator", "obligations.matrix", "obligations.by_year"),
    "comparisons": ("instruments.who_is_bound", "instruments.joining", "crosswalk.asks", "instruments.survivors_named", "instruments.survivors", "instruments.protocol_v"),
    "questions": tuple(f"questions.{name}" for name in ("plans", "data", "roles", "services", "participation", "support", "new_victims")),
    "responses": ("responses.board",),
    "integrated-approach": ("approach.together", "approach.timeline"),
    "new-use": ("new_use.attacks", "new_use.who", "new_use.support"),
    "work-plan": ("plan.timeline", "plan.documents", "plan.follows"),
    "resources": ("library.people", "library.resources", "library.practices", "library.glossary"),
    "sources": ("documents.documents",),
    "what-changed": ("changes.changes", "changes.corrections", "changes.releases"),
}
STATE = ("profile.standing", "profile_casualties.by_year", "profile.findings", "profile.record")
FIRST = 40  # rows of a table that stand open; the others unfold


@dataclass(frozen=True)
class Addresses:
    """How addresses are written.

    page(path): a light page. state(iso3): a profile. figure(view): a figure drawn by the
    player. deck(name): a deck. full(path): the full page, "" where
    there is none.
    """

    page: Callable[[str], str]
    state: Callable[[str], str]
    figure: Callable[[View], str]
    deck: Callable[[str], str]
    full: Callable[[str], str]
    files: str  # of the player and the fonts


def titles() -> dict[str, str]:
    """The pages of the light edition by path, in the order of the menu."""
    return {each.path: each.title for pages in navigation.sections().values() for each in pages if each.path in PAGES}


def views_of(path: str) -> Iterator[View]:
    """The default views of a page. One that cannot be built by itself is left out."""
    for name in PAGES[path]:
        if name in catalogue.names():
            listed = catalogue.get(name)
            if all(parameter.default is not None for parameter in listed.parameters):
                yield catalogue.build(name)


def of_page(path: str, to: Addresses) -> str:
    """A page of the light edition as HTML. Raises KeyError for an unknown page."""
    shown = list(views_of(path))
    heading = titles()[path]
    body = "".join(_view(each, to) for each in shown)
    lead = shown[0].title if shown else heading
    return _document(f"{heading} · {_site()}", heading, lead, body, to, path)


def of_state(iso3: str, to: Addresses) -> str:
    """The profile of a State as HTML. Raises catalogue.ViewError for an unknown code."""
    shown = [catalogue.build(name, {"chosen": iso3}) for name in STATE if name != "profile.findings" or _asked(iso3)]
    name = i18n.state(iso3)
    body = "".join(_view(each, to) for each in shown)
    return _document(f"{name} · {_site()}", _("State profiles"), name, body, to, "states", {"state": iso3})


def trouble(text: str, to: Addresses) -> str:
    """A page that says what is wrong, with the way to all others."""
    return _document(f"{text} · {_site()}", _("light edition"), text, "", to, "")


def _asked(iso3: str) -> bool:
    """Whether findings on Article 5 are collected on this State."""
    return iso3 in set(queries.run("obligation_matrix")["iso3"])


def states() -> dict[str, str]:
    """States with a profile: code and name, in the alphabetical order of their names."""
    names = {iso3: i18n.state(iso3) for iso3 in queries.run("states_in_group", group="all")["iso3"]}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def _site() -> str:
    return _("Dialogue on Victim Assistance")


def _document(title: str, kicker: str, lead: str, body: str, to: Addresses, path: str, given: Mapping[str, str] | None = None) -> str:
    snapshot = reader.snapshot()
    full = to.full(path + (f"?{urlencode(given)}" if given else ""))
    links = "".join(
        f'<li><a href="{html.escape(to.page(each))}"{" aria-current=page" if each == path else ""}>{html.escape(name)}</a></li>'
        for each, name in titles().items()
    )
    shown = "".join(f'<li><a href="{html.escape(to.deck(name))}">{html.escape(decks.read(name).title)}</a></li>' for name in decks.names() if not decks.wants(name))
    profiles = "".join(f'<li><a href="{html.escape(to.state(iso3))}">{html.escape(name)}</a></li>' for iso3, name in states().items())
    version = _("Data as of {date}, version {version}").format(date=day(snapshot.as_of), version=snapshot.fingerprint)
    whole = f'<p><a href="{html.escape(full)}">{html.escape(_("Full page, with filters"))}</a></p>' if full else ""
    return f"""<!doctype html>
<html lang="{i18n.language()}" dir="{i18n.direction(i18n.language())}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{html.escape(lead)}">
<title>{html.escape(title)}</title>
<link rel="icon" href="{html.escape(to.files)}../icon.svg">
<style>:root{{{page.variables()}}}</style>
<link rel="stylesheet" href="{html.escape(to.files)}light.css">
</head>
<body>
<a class="skip" href="#content">{html.escape(_("Skip to main content"))}</a>
<header><p class="site">{html.escape(_site())} · {html.escape(_("light edition"))}</p></header>
<nav aria-label="{html.escape(_("Pages"))}"><ul>{links}</ul></nav>
<main id="content">
<p class="kicker">{html.escape(kicker)}</p>
<h1>{html.escape(lead)}</h1>
{whole}
{body}
</main>
<footer>
<details><summary>{html.escape(_("State profiles"))}</summary><ul class="columns">{profiles}</ul></details>
<details><summary>{html.escape(_("Decks for presenting"))}</summary><ul>{shown}</ul></details>
<p>{html.escape(version)}. {html.escape(method.disclaimer())}</p>
</footer>
</body>
</html>
"""


def _view(shown: View, to: Addresses) -> str:
    figure = ""
    if shown.figure is not None:
        figure = f'<p><a class="figure" href="{html.escape(to.figure(shown))}">{html.escape(_("Draw the figure"))}</a></p>'
    notes = "".join(f"<li>{html.escape(note)}</li>" for note in shown.notes)
    documents = "".join(_document_line(row) for row in view.documents(shown).itertuples(index=False))
    missing = f'<p class="how">{html.escape(shown.missing)}</p>' if shown.missing else ""
    return f"""<section>
<p class="kicker">{html.escape(shown.kicker)}</p>
<h2>{html.escape(shown.title)}</h2>
<p class="how">{html.escape(shown.how)}</p>
{figure}{_table(shown)}{missing}
<details><summary>{html.escape(_("Sources and notes"))}</summary><ul>{notes}{documents}</ul></details>
<details><summary>{html.escape(_("To quote"))}</summary><p>{html.escape(quote.sentence(shown))}</p></details>
</section>
"""


def _document_line(row) -> str:
    grades = commas(label("grade", grade) for grade in row.grade.split(", "))
    facts = [row.publisher, day(row.published) if row.published else _("undated"), row.locators or "", grades]
    title = html.escape(str(row.title))
    if row.url:
        title = f'<a href="{html.escape(row.url)}">{title}</a>'
    return f"<li>{title}: {html.escape(' · '.join(filter(None, facts)))}</li>"


def _foreign(value: object) -> str:
    """The mark of a cell whose text is still English."""
    return ' lang="en" dir="ltr"' if isinstance(value, str) and value.lstrip("\u2066").startswith(texts.ENGLISH) else ""


def _table(shown: View) -> str:
    """The table of a view; on a phone each row is a block that names its columns."""
    table = view.twin(shown)
    names = [html.escape(str(name)) for name in table.columns]
    # roles in words: where rows are laid out as blocks, browsers forget that it is a table
    heads = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in names)

    def rows(part) -> str:
        lines = (
            "".join(f'<td role="cell" data-name="{name}"{_foreign(value)}>{html.escape(_cell(value))}</td>' for name, value in zip(names, row, strict=True))
            for row in part.itertuples(index=False)
        )
        return "".join(f'<tr role="row">{line}</tr>' for line in lines)

    def drawn(part, words: str) -> str:
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(words)}"><table role="table" aria-label="{html.escape(words)}">'
            f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows(part)}</tbody></table></div>'
        )

    left = len(table) - FIRST
    if left <= 0:
        return drawn(table, shown.alt)
    more = ngettext("{n} more row", "{n} more rows", left).format(n=number(left))
    return f"{drawn(table.iloc[:FIRST], shown.alt)}<details><summary>{html.escape(more)}</summary>{drawn(table.iloc[FIRST:], more)}</details>"


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value)
