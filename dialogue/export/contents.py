"""What every export of a view says around its figures: title, sources, dates, address, licence, meaning of its columns."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlencode

from dialogue.present import light
from dialogue.snapshot import queries, reader
from dialogue.views import addresses, catalogue, places, quote, view
from dialogue.views.dialogue import library, questions, responses
from dialogue.views.method import changes
from dialogue.views.view import View
from dialogue.words import method
from dialogue.words.i18n import _, day, semicolons

NAMED = 3  # publishers that a source line names
SHORT, WORD, LONG = 22, 15, 90  # characters of a date or a name, of a word that is not broken, of a text that asks for room
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def readable(text: object) -> str:
    """A text without the characters that no XML file may hold."""
    return UNREADABLE.sub("\ufffd", str(text))


def steady(content: bytes) -> bytes:
    """A file of an office program without the moment at which it was written: the same data give the same bytes."""
    out, day_ = io.BytesIO(), f"{reader.snapshot().as_of}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as packed:
        for name in given.namelist():
            part = given.read(name)
            if name.endswith(".xlsx"):  # the numbers of a chart
                part = steady(part)
            elif name == "docProps/core.xml":
                part = MOMENT.sub(rb"\g<1>" + day_, part)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, part)
    return out.getvalue()


def file_name(parts: Iterable[str], ending: str) -> str:
    """A name in plain ASCII: what it is, the day of the data, their version."""
    snapshot = reader.snapshot()
    words = [ascii_word(part) for part in parts]
    return "_".join([*filter(None, words), str(snapshot.as_of), snapshot.fingerprint]) + f".{ending}"


def ascii_word(text: str) -> str:
    """A text as a part of a file name: letters, digits and hyphens, at most 60 of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60]


def of_view(shown: View) -> list[str]:
    """What the file of a view is called after: the view, and what was chosen."""
    return [shown.name, "-".join(catalogue.chosen(shown).values())]


def of_state(iso3: str) -> list[View]:
    """What is told of a State, in this order: standing, casualties, findings, everything else, its answers, its practices."""
    told = [name for name in light.STATE if name != "profile.findings" or iso3 in set(queries.run("obligation_matrix")["iso3"])]
    return [*(catalogue.build(name, {"chosen": iso3}) for name in told), responses.answers(iso3=iso3), library.practices(iso3=iso3)]


def of_question(code: str) -> list[View]:
    """What is told of a guiding question: the evidence, what States answered, practices."""
    return [questions.evidence(code), responses.answers(question=code), library.practices(question=code)]


def dialogue() -> str:
    """The title of what is told on all guiding questions together."""
    return _("Dialogue on Victim Assistance: what is known on the guiding questions")


def page(shown: View, site: str) -> str:
    """The address of the page that shows a view, with the release and the language that are read; "" without a site."""
    return addresses.for_reader(site + places.address(shown)) if site else ""


def data_address(shown: View, ending: str, site: str = "") -> str:
    """The stable address of a view's data: “…/data/view/trends.world_pair.csv”; relative to the site where none is named."""
    return file_address(f"view/{shown.name}", ending, catalogue.chosen(shown), site)


def file_address(what: str, ending: str, given: Mapping[str, str] = MappingProxyType({}), site: str = "", *, seen: bool = False) -> str:
    """The address of a file below data/: “state/LBN” as “docx”; an earlier release and another language stay those of the reader.

    `seen` is for a link on a page: the file then holds what stands on that page, or it is none.
    """
    asked = {**given, **addresses.riding()} | ({"data": reader.snapshot().fingerprint} if seen else {})
    return f"{site}data/{what}.{ending}" + (f"?{urlencode(asked)}" if asked else "")


def version() -> str:
    """The day and the version of the reader's data, in words."""
    snapshot = reader.snapshot()
    return _("Data as of {date}, version {version}").format(date=day(snapshot.as_of), version=snapshot.fingerprint)


def licence() -> str:
    """Under which terms the tables may be used."""
    return _("Tables: CC BY 4.0. Cite the source named beside a figure together with the dashboard.")


def standing() -> str:
    """Whose figures these are where they are not the present ones; "" else."""
    snapshot = reader.snapshot()
    if snapshot.kind == "release" and snapshot.release:
        return _("Figures as released on {date}; they may have been corrected since.").format(date=day(snapshot.release[:10]))
    return ""


def caveats(shown: View) -> list[str]:
    """Everything that must be said beside a view: corrected misprints, what is missing, notes, the words under a map."""
    said = [standing(), *(text for _place, text in changes.notes_for(shown)), shown.missing, *shown.notes]
    if shown.name.startswith("world_map."):
        said.append(method.disclaimer())
    return [text for text in said if text]


def source_line(shown: View) -> str:
    """Whose figures these are, their day and version: the line that stays with a figure wherever it goes."""
    publishers = list(dict.fromkeys(view.documents(shown)["publisher"]))
    named = publishers[:NAMED]
    if len(publishers) > NAMED:
        named.append(_("{n} more").format(n=len(publishers) - NAMED))
    return _("Source: {sources}. As of {as_of}. Data version {version}. Dialogue on Victim Assistance.").format(
        sources=semicolons(named) or _("this project’s own tables"), as_of=day(shown.as_of), version=reader.snapshot().fingerprint
    )


def about(shown: View, site: str) -> list[tuple[str, str]]:
    """The read-me of a view: what a line is about, and the line."""
    sources = ", ".join(dict.fromkeys(row for row in shown.source_ids))
    lines = [
        (_("Finding"), shown.title), (_("What is shown"), shown.kicker), (_("How to read it"), shown.how),
        (_("To quote"), quote.sentence(shown)), (_("In words"), shown.alt), (_("Sources (codes)"), sources), (_("Data"), version()),
        (_("Page"), page(shown, site)), (_("Data address"), data_address(shown, "json", site) if site else ""),
        *((_("Note"), text) for text in caveats(shown)),
        (_("Cite as"), quote.citation(shown)), (_("Licence"), licence()),
    ]  # fmt: skip
    return [(name, text) for name, text in lines if text]


def meanings(shown: View) -> list[tuple[str, str, str]]:
    """The columns of a view's data: name, meaning, unit; from the query that has them, else from the description of the tables."""
    columns = [str(name) for name in shown.data.columns]
    shared = {name: len(set(columns) & set(queries.get(name).columns)) for name in queries.names()}
    likely = sorted((name for name, n in shared.items() if 2 * n > len(columns)), key=lambda name: (-shared[name], name))
    described = reader.snapshot().description.tables
    own = [described[name] for name in shown.tables if name in described]
    found = []
    for column in columns:
        fields = [field for table in (*own, *described.values()) for field in table.fields if field.name == column]
        texts = [queries.get(name).columns[column] for name in likely if column in queries.get(name).columns]
        # a document is a document in every table; all else means what it means in a table of this view
        fields = [field for field in fields if column == "source_id" or any(field in table.fields for table in own)]
        text = texts[0] if texts else fields[0].description if fields else ""
        found.append((column, text, fields[0].unit if fields else ""))
    return found


def widths(rows: Sequence[Sequence[str]], letters: float) -> list[float]:
    """The width of each column of a table on paper, as a share of the line, which holds so many letters; the first row is the head.

    No word of a head or a cell is broken and no date; the room that is left goes to the long texts.
    """
    least, words, wanted = [], [], []
    for texts in zip(*rows, strict=True):
        lengths = sorted(map(len, texts[1:]))
        usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
        word = min(max((len(word) for text in texts for word in text.split()), default=1), WORD)
        words.append(3 + word)
        least.append(5 + max(word, usual if usual <= SHORT else 0))
        wanted.append(min(usual, LONG))
    if sum(least) > 0.7 * letters:  # the long texts need the room more than a date needs its line
        least = words
    more = [max(want - floor, 0) for want, floor in zip(wanted, least, strict=True)]
    room = max(letters - sum(least), 0)
    found = [floor + room * (extra / sum(more) if any(more) else 1 / len(more)) for floor, extra in zip(least, more, strict=True)]
    return [each / sum(found) for each in found]
