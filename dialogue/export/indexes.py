"""Indexes for programs: a feed of changed figures, a plain text for language models, a map of the site."""

import uuid
import xml.etree.ElementTree as xml
from collections.abc import Iterable
from datetime import UTC, datetime, time
from urllib.parse import urlencode

from dialogue import navigation
from dialogue.export import contents, files
from dialogue.present import decks, light
from dialogue.snapshot import queries, reader
from dialogue.views import catalogue
from dialogue.views.dialogue import questions
from dialogue.views.method import changes
from dialogue.views.profile import profile
from dialogue.words import i18n, method
from dialogue.words.i18n import _, ngettext

ATOM, SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWEST = 2_000  # entries of the feed
SPACE = uuid.UUID("5b1f4c1e-1f0e-5d3c-9a53-0c7a9be4d8a1")  # in which the names of entries are told apart


class NoSuchState(ValueError):
    """A feed was asked for of a State that there is not; the message lists those with a feed."""


def feed(site: str, state: str = "") -> bytes:
    """Atom: every figure that a release changed, newest first; of one State where `state` (code or UN name) says so.

    The feed of all States also tells of each release, so that it is never empty where nothing on a page changed.
    Raises NoSuchState.
    """
    code = profile.code_of(state) if state else None
    if state and code is None:
        known = ", ".join(f"{iso3}" for iso3 in sorted(profile.states()))
        raise NoSuchState(_("there is no State “{name}”; States: {codes}").format(name=state[:80], codes=known))
    releases = {row.release: row for row in queries.run("releases").itertuples()}
    rows = []
    if releases:
        shown = changes.changes(iso3=code if code in changes.places() else None)
        both = zip(shown.data.itertuples(), shown.table.itertuples(index=False), strict=True)
        rows = [(row, words) for row, words in both if code in (None, row.iso3)]
    root = xml.Element("feed", {"xmlns": ATOM, "xml:lang": i18n.language()})
    name = _("Changed figures: {state}").format(state=i18n.state(code)) if code else _("Changed figures")
    _text(root, "title", f"{name} · {_('Dialogue on Victim Assistance')}")
    _text(root, "id", _id("feed", code or ""))
    own = f"{site}feed.atom" + (f"?{urlencode({'state': code})}" if code else "")
    xml.SubElement(root, "link", {"rel": "self", "href": own})
    xml.SubElement(root, "link", {"rel": "alternate", "href": f"{site}what-changed" + (f"?{urlencode({'state': code})}" if code else "")})
    days = [row.date for row in releases.values()]
    _text(root, "updated", _moment(max(map(str, days))) if days else _moment(str(reader.snapshot().as_of)))
    _text(root, "rights", contents.licence())
    author = xml.SubElement(root, "author")
    _text(author, "name", _("Dialogue on Victim Assistance"))
    entries = [] if code else [_release(row, site) for row in releases.values()]
    entries += [_figure(row, words, site) for row, words in rows]
    entries.sort(key=lambda found: found[0], reverse=True)
    left = len(entries) - NEWEST
    if left > 0:
        _text(root, "subtitle", ngettext("{n} older entry stands on the page What changed.", "{n} older entries stand on the page What changed.", left).format(n=left))
    for _when, entry in entries[:NEWEST]:
        root.append(entry)
    return xml.tostring(root, encoding="utf-8", xml_declaration=True)


def _figure(row, words, site: str) -> tuple[str, xml.Element]:
    """A changed figure; `words` is its line for readers: what, before, after, why, on whose word."""
    what, before, after, why, said_by = words[:5]
    title = _("{what}: {before} → {after}").format(what=what, before=before, after=after)
    said = [row.question, title, why, _("On whose word: {who}").format(who=said_by)]
    given = {"of": row.release} | ({"state": row.iso3} if row.iso3 else {})
    return str(row.date), _entry(_id(row.release, str(row.number)), title, str(row.date), f"{site}what-changed?{urlencode(given)}", said)


def _release(row, site: str) -> tuple[str, xml.Element]:
    title = _("Release of {date}").format(date=i18n.day(str(row.date))) + (f": {row.title}" if row.title else "")
    address = f"{site}what-changed?{urlencode({'of': row.release})}"
    return str(row.date), _entry(_id(row.release, ""), title, str(row.date), address, [row.why, _("Released by {who}").format(who=row.made_by)])


def _entry(name: str, title: str, when: str, address: str, said: Iterable[str | None]) -> xml.Element:
    entry = xml.Element("entry")
    _text(entry, "title", title)
    _text(entry, "id", name)
    _text(entry, "updated", _moment(when))
    xml.SubElement(entry, "link", {"href": address})
    _text(entry, "content", "\n".join(line for line in said if line), type="text")
    return entry


def _text(parent: xml.Element, tag: str, text: str, **given: str) -> None:
    xml.SubElement(parent, tag, given).text = contents.readable(text)


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(SPACE, ' '.join(parts))}"


def _moment(day: str) -> str:
    return datetime.combine(datetime.fromisoformat(day[:10]).date(), time(), UTC).isoformat().replace("+00:00", "Z")


def sitemap(site: str) -> bytes:
    """Every page, every State, every page of the light edition, and the indexes of the data."""
    profiles = [f"states?{urlencode({'state': iso3})}" for iso3 in light.states()]
    plain = [f"light/{path}" for path in light.titles()]
    pages = [*navigation.paths(), *profiles, *plain, "llms.txt", "feed.atom", "data/datapackage.json", "data.zip"]
    root = xml.Element("urlset", {"xmlns": SITEMAP})
    for path in pages:
        xml.SubElement(xml.SubElement(root, "url"), "loc").text = site + path
    return xml.tostring(root, encoding="utf-8", xml_declaration=True)


def for_models(site: str) -> str:
    """llms.txt: what this is, the rules for quoting it, the pages, and the address of every table, query and view."""
    snapshot = reader.snapshot()
    lines = [
        f"# {_('Dialogue on Victim Assistance under the Convention on Cluster Munitions: dashboard')}", "",
        f"> {contents.version()}. {contents.licence()}", "",
        _("Every figure has a source. Quote it with its year, its edition and that source. A gap is not zero. Casualties of cluster munitions and of mines and explosive remnants of war overlap and are never added; a world total is never the sum of States."), "",
        method.citation(), "", f"## {_('Pages')}", "",
    ]  # fmt: skip
    for pages in navigation.sections().values():
        lines += [f"- [{page.title}]({site}{page.path}): {page.about}" for page in pages]
    lines += ["", f"## {_('The same pages without scripts')}", ""]
    lines += [f"- [{title}]({site}light/{path})" for path, title in light.titles().items()]
    lines += ["", f"## {_('Tables')}", ""]
    lines.append(f"- [{_('Description of all tables (Data Package)')}]({site}data/datapackage.json), [ZIP]({site}data.zip), [XLSX]({site}data/{files.EVERYTHING}.xlsx)")
    lines += [f"- [{table.title}]({site}data/{name}.csv): {table.description}" for name, table in files.tables().items()]
    lines += ["", f"## {_('Views: a finding with its rows and sources; also as .csv and .xlsx')}", ""]
    lines += [_view(name, site) for name in catalogue.names()]
    lines += ["", f"## {_('Decks, States and guiding questions, each as .pptx, .docx, .pdf, .xlsx and .json')}", ""]
    lines += [_deck(name, site) for name in decks.names()]
    lines.append(f"- [{_('A State by its code: here Lebanon')}]({site}data/state/LBN.docx)")
    lines += [f"- [{name}]({site}data/question/{code}.docx)" for code, name in questions.codes().items()]
    lines.append(f"- [{_('All guiding questions')}]({site}data/{files.DIALOGUE}.docx)")
    lines += ["", f"## {_('Queries; also as .csv')}", ""]
    lines += [_query(name, site) for name in queries.names()]
    lines += ["", f"## {_('Changes')}", "", f"- [{_('Changed figures (Atom)')}]({site}feed.atom)", ""]
    if snapshot.release:
        lines += [contents.standing(), ""]
    return "\n".join(lines)


def _view(name: str, site: str) -> str:
    listed = catalogue.get(name)
    takes = ", ".join(each.name if each.default is not None else f"{each.name} ({_('needed')})" for each in listed.parameters)
    return f"- [{name}]({site}data/view/{name}.json): {listed.shows}" + (f" [{takes}]" if takes else "")


def _deck(name: str, site: str) -> str:
    takes = ", ".join(decks.wants(name))
    return f"- [{name}]({site}data/deck/{name}.pptx)" + (f" [{takes} ({_('needed')})]" if takes else "")


def _query(name: str, site: str) -> str:
    query = queries.get(name)
    takes = ", ".join(each.name for each in query.parameters)
    return f"- [{name}]({site}data/query/{name}.json): {query.question}" + (f" [{takes}]" if takes else "")
