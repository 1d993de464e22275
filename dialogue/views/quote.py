"""What a reader quotes of a view: the finding as one sentence with its year and its source, and how to cite the view."""

import re
from collections.abc import Iterable

from dialogue.snapshot import reader
from dialogue.views import addresses, places, view
from dialogue.views.method import changes
from dialogue.views.shared import known
from dialogue.views.view import View
from dialogue.words import method
from dialogue.words.i18n import _, day, listing, ngettext, number, semicolons, state

NAMED = 3  # editions or publishers that a sentence names
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
STATES = ("iso3", "chosen")  # parameters that say whom a view is about


def sentence(shown: View) -> str:
    """The finding, ready for a statement: what was found, for which year, in which edition, who published or quoted it, and as of when.

    “314 … were recorded in 2024 (Cluster Munition Monitor 2025, as quoted by UN News; Dialogue on Victim
    Assistance, data as of 5 March 2026).” A finding that tells no year, or not of which State, is led by what says so.
    """
    snapshot = reader.snapshot()
    said = _("{finding} ({source}; Dialogue on Victim Assistance, data as of {date}).")
    if snapshot.kind == "release" and snapshot.release:
        said = _("{finding} ({source}; Dialogue on Victim Assistance, data as of {date}, as released on {released}).")
    finding = said.format(
        finding=_finding(shown), source=_source(shown), date=day(shown.as_of), released=day((snapshot.release or "")[:10])
    )
    corrected = len(changes.notes_for(shown))
    if not corrected:
        return finding
    text = ngettext("{n} misprint of a source is corrected here", "{n} misprints of sources are corrected here", corrected)
    return f"{finding} {text.format(n=number(corrected))}."


def citation(shown: View) -> str:
    """How to cite the view: what it shows, whose figures these are, and the dashboard with its day and version."""
    return _("“{figure}” ({source}). In: {dashboard}").format(figure=shown.kicker.rstrip("."), source=_source(shown), dashboard=method.citation())


def taken(shown: View) -> dict[str, str]:
    """What the button “Copy” gives: link (relative to the site's root), citation, sentence; kept with the reader's data."""

    def made() -> dict[str, str]:
        return {"link": addresses.for_reader(places.address(shown)), "citation": citation(shown), "sentence": sentence(shown)}

    for_whom = reader.current()
    key = ("taken", shown.name, tuple((name, repr(value)) for name, value in shown.given.items()), for_whom.language)
    return for_whom.snapshot.keep(key, made) if shown.name else made()


def _finding(shown: View) -> str:
    found = shown.title.rstrip(".")
    if found in map(state, _codes(shown.given.get("iso3"))):
        found = shown.alt.rstrip(".")  # a card is called after its State
    if not YEAR.search(found) and shown.kicker.rstrip(".") not in found:
        found = _("{subject}: {finding}").format(subject=shown.kicker.rstrip("."), finding=found)
    given = [value for name in STATES for value in _codes(shown.given.get(name))]
    names = [state(iso3) for iso3 in given if state(iso3) != iso3]
    if names and not all(name in found for name in names):
        found = _("{subject}: {finding}").format(subject=listing(names), finding=found)
    return found


def _codes(value: object) -> list[str]:
    return [] if not value else [value] if isinstance(value, str) else [str(each) for each in value]


def _source(shown: View) -> str:
    """Editions that the figures come from and, where they were read in another document, who quoted them."""
    rows, columns = _rows_told(shown)
    documents = view.documents(shown).drop_duplicates("source_id").set_index("source_id")
    editions = titles()
    in_rows = {source for column in columns for source in shown.data[column].dropna()}
    used = [(editions.get(edition), source) for edition, source in rows if source in documents.index]
    # a document of no row stands behind what the finding has from elsewhere, unless it is older than that
    latest = max(YEAR.findall(shown.title), default="") if used else ""
    elsewhere = [source for source in shown.source_ids if source not in in_rows and source in documents.index]
    used += [(None, source) for source in elsewhere if (documents.loc[source]["published"] or latest)[:4] >= latest]
    named, others = [], []
    of_edition = any(title for title, _source in used)
    primary = [source for source in dict.fromkeys(source for _title, source in used) if "primary" in documents.loc[source]["grade"]]
    for title, source in used:
        if title or not of_edition or source in primary:
            named.append(title or documents.loc[source]["publisher"])
        if of_edition and source not in primary:
            others.append(documents.loc[source]["publisher"])
    if not named:
        return _("this project’s own tables")
    if not others:
        return _several(named)
    words = _("{sources}, in part as quoted by {others}") if primary else _("{sources}, as quoted by {others}")
    return words.format(sources=_several(named), others=_several(others))


def _several(names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    left = len(names) - NAMED
    if left > 0:
        names = [*names[:NAMED], ngettext("{n} more source", "{n} more sources", left).format(n=number(left))]
    # a name may hold a comma itself: “Department of Foreign Affairs, Philippines”
    return semicolons(names) if any("," in name for name in names) else listing(names)


def _rows_told(shown: View) -> tuple[list[tuple[str | None, str]], list[str]]:
    """Edition and document of the rows that the finding tells of: those of its year, first those that hold its numbers; and the columns of documents."""
    columns = [name for name in shown.data.columns if name == "source_id" or str(name).endswith("_source_id")]
    if not columns:
        return [], []
    rows = shown.data
    if {"edition", "year", "source_id"} <= set(rows):
        years = {int(year) for year in YEAR.findall(shown.title)}
        of_year = rows[[known(year) and int(year) in years for year in rows["year"]]]
        # a finding may tell of acts as well, whose rows have no edition
        rows = of_year if len(of_year) and rows["edition"].notna().sum() == rows["source_id"].notna().sum() else rows
    found = []
    for record in rows.to_dict("records"):
        title = record.get("edition") if known(record.get("edition")) else None
        numbers = [value for value in record.values() if isinstance(value, (int, float)) and not isinstance(value, bool) and known(value)]
        first = any(_stands(value, shown.title) for value in numbers if not 1900 < value < 2100)
        for column in columns:
            if known(record[column]):
                split = record.get(column.removesuffix("source_id") + "edition")
                found.append((not first, split if known(split) and split else title, record[column]))
    found.sort(key=lambda each: each[0])
    return [(edition, source) for _later, edition, source in found], columns


def _stands(value: float, text: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(number(value))}(?!\d)", text) is not None


def titles() -> dict[str, str]:
    """The title of each edition: “CMM 2025” is Cluster Munition Monitor 2025."""
    snapshot = reader.snapshot()
    return snapshot.keep(("edition titles",), lambda: dict(snapshot.cursor().execute("SELECT edition, title FROM editions").fetchall()))
