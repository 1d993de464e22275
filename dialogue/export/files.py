"""Every file that can be taken away: what there is, in which formats, and how it is called.

The page, the address and the command line ask here, so that each gives the same bytes.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from dialogue.export import briefs, contents, pdf, pictures, questionnaire, sheets, slides, word
from dialogue.present import decks, light
from dialogue.snapshot import queries, reader, store
from dialogue.tables import package, write, zipped
from dialogue.tables.package import Table
from dialogue.views import catalogue, view, written
from dialogue.views.dialogue import questions
from dialogue.views.method import changes
from dialogue.views.method.freshness import tasks
from dialogue.views.profile import profile
from dialogue.views.view import View
from dialogue.words import i18n
from dialogue.words.i18n import _

EVERYTHING, DIALOGUE, QUESTIONNAIRE = "everything", "dialogue", "questionnaire"
TASKS = "freshness.todo"  # the view that is also a list to tick off
MEDIA = {
    "csv": "text/csv", "json": "application/json", "zip": "application/zip", "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "md": "text/markdown",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip


class NoSuchFile(ValueError):
    """There is no such thing, or not in this format; the message lists in one line what there is."""


@dataclass(frozen=True)
class File:
    """A finished file: its name in plain ASCII, its media type, its bytes."""

    name: str
    media: str
    content: bytes


def _file(parts: list[str], ending: str, content: bytes) -> File:
    return File(contents.file_name(parts, ending), MEDIA[ending], content)


def _chosen(formats: Mapping[str, Callable[[], bytes]], ending: str, what: str) -> bytes:
    if ending not in formats:
        raise NoSuchFile(_("{what} cannot be had as “{format}”; formats: {formats}").format(what=what, format=ending[:20], formats=", ".join(formats)))
    return formats[ending]()


# --- a view ---


def of_view(shown: View, ending: str, site: str = "") -> File:
    """A view. `site` is the address of the dashboard, for links; "" where there is none. Raises NoSuchFile."""
    formats = {
        **({"md": lambda: tasks.markdown(shown, reader.snapshot().fingerprint).encode()} if shown.name == TASKS else {}),
        "csv": lambda: view.export(shown, reader.snapshot(), changes.notes_for(shown)),
        "json": lambda: _json(_told(shown, site)),
        "xlsx": lambda: sheets.of_view(shown, site),
        "pptx": lambda: slides.of_view(shown, site),
        **_of_brief(lambda: briefs.of_view(shown, site)),
    }
    return _file(contents.of_view(shown), ending, _chosen(formats, ending, shown.name))


def of_named_view(name: str, given: Mapping[str, str], ending: str, site: str = "") -> File:
    """A view by its name and its parameters as text. Raises catalogue.ViewError and NoSuchFile."""
    return of_view(catalogue.build(name, given), ending, site)


def _told(shown: View, site: str) -> dict:
    """A view as plain data, with what stands around it in every format."""
    return written.as_data(shown) | {"page": contents.page(shown, site), "caveats": contents.caveats(shown), "licence": contents.licence()}


# --- the answer to a query ---


def of_query(name: str, given: Mapping[str, str], ending: str) -> File:
    """The answer to a query. Raises queries.QueryError and NoSuchFile."""
    query, rows = queries.get(name), queries.run(name, **given)
    meanings = [(column, query.columns.get(column, ""), "") for column in rows.columns]
    formats = {
        "csv": lambda: _csv(rows),
        "json": lambda: _json({"query": name, "question": query.question, "given": dict(given), **_whose(), "rows": written.records(rows)}),
        "xlsx": lambda: sheets.of_rows(
            query.question, list(rows.columns), rows.itertuples(index=False), [(_("Query"), name), (_("Question"), query.question)], meanings
        ),
    }  # fmt: skip
    return _file(["query", name, "-".join(given.values())], ending, _chosen(formats, ending, name))


def _csv(rows: pd.DataFrame) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.columns)
    writer.writerows([view.safe(cell) for cell in row] for row in rows.itertuples(index=False))
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8") + b"\n"


def _whose() -> dict[str, object]:
    snapshot = reader.snapshot()
    return {"as_of": str(snapshot.as_of), "version": snapshot.fingerprint, "release": snapshot.release}


# --- tables ---


def tables() -> dict[str, Table]:
    """The tables of the reader's data by name, without those whose file is missing."""
    snapshot = reader.snapshot()
    return {name: table for name, table in snapshot.description.tables.items() if name in snapshot.checked.rows}


def of_table(name: str, ending: str) -> File:
    """A table as it stands in the files. Raises NoSuchFile."""
    if name not in tables():
        raise NoSuchFile(_("there is no table “{name}”; tables: {names}").format(name=name[:80], names=", ".join(tables())))
    table = tables()[name]
    columns = [field.name for field in table.fields]
    formats = {
        "csv": lambda: _table_csv(table),
        "json": lambda: _json(
            {"table": name, "title": table.title, **_whose(), "rows": [dict(zip(columns, map(written.plain, row), strict=True)) for row in sheets.rows_of(table)]}
        ),
        "xlsx": lambda: sheets.of_table(table),
    }  # fmt: skip
    return _file([name], ending, _chosen(formats, ending, name))


def _table_csv(table: Table) -> bytes:
    """The table in the form of the files, but with nothing in it that a spreadsheet would run."""
    rows = ((0, *map(_inert, row)) for row in sheets.rows_of(table))
    return write.table(table, rows).encode("utf-8")


def _inert(value: object) -> object:
    """As `view.safe`, but a lone sign, such as “-” for “no article”, is no formula and stays as it is."""
    return value if value is None or (isinstance(value, str) and len(value) == 1) else view.safe(value)


def description() -> bytes:
    """The description of the tables (Data Package), which names their files as they lie beside it."""
    snapshot = reader.snapshot()
    content = snapshot.files.get(package.DESCRIPTION) or (store.data_folder() / package.DESCRIPTION).read_bytes()
    described = json.loads(content)
    described |= {"as_of": snapshot.description.as_of, "depositary_read": snapshot.description.depositary_read, "data_version": snapshot.fingerprint}
    described["resources"] = [each for each in described["resources"] if each["name"] in tables()]
    return _json(described)


def data_package() -> File:
    """All tables with their description as one ZIP (a Data Package)."""
    packed = {package.DESCRIPTION: description()} | {table.file: _table_csv(table) for table in tables().values()}
    return _file(["dialogue-victim-assistance-data"], "zip", zipped.pack(packed))


def everything(ending: str, site: str = "") -> File:
    """All tables in one file. Raises NoSuchFile."""
    formats = {"xlsx": lambda: sheets.everything(site), "zip": lambda: data_package().content}
    return _file(["dialogue-victim-assistance-data"], ending, _chosen(formats, ending, EVERYTHING))


# --- a deck, a State, a guiding question, the dialogue ---


def of_deck(name: str, given: Mapping[str, str], ending: str, site: str = "") -> File:
    """A deck of decks.csv. Raises decks.DeckError and NoSuchFile."""
    if name not in decks.names():
        raise NoSuchFile(_("there is no deck “{name}”; decks: {names}").format(name=name[:80], names=", ".join(decks.names())))
    deck = decks.read(name, given)
    for each in given:
        if each not in decks.wants(name):
            takes = ", ".join(decks.wants(name)) or _("no parameters")
            raise decks.DeckError(_("the deck “{name}” has no parameter “{parameter}”; it takes {names}").format(name=name, parameter=each[:40], names=takes))
    return _of_deck(deck, [name, *given.values()], ending, site)


def of_own_deck(word: str, ending: str, site: str = "") -> File:
    """A deck that somebody assembled, from the word in its link. Raises decks.DeckError, catalogue.ViewError and NoSuchFile."""
    deck = decks.framed(decks.unpacked(word))
    return _of_deck(deck, ["mine", deck.title], ending, site)


def _of_deck(deck: decks.Deck, called: list[str], ending: str, site: str) -> File:
    def views() -> list[View]:
        return list({shown.key: shown for item in deck.items for shown in decks.views(item)}.values())

    formats = {"pptx": lambda: slides.of_deck(deck, site), **_of_brief(lambda: briefs.of_deck(deck, site)), **_of_views(deck.title, views, site)}
    return _file(["deck", *called], ending, _chosen(formats, ending, called[0]))


def of_state(name: str, ending: str, site: str = "") -> File:
    """What is known of a State, by its code or UN name. Raises NoSuchFile."""
    iso3, known = profile.code_of(name), light.states()
    if iso3 not in known:
        raise NoSuchFile(_("there is no State “{name}” with a profile; States: {codes}").format(name=name[:80], codes=", ".join(sorted(known))))
    title = i18n.state(iso3)
    formats = {
        "pptx": lambda: slides.of_state(iso3, site), **_of_brief(lambda: briefs.of_state(iso3, site)),
        **_of_views(title, lambda: contents.of_state(iso3), site),
    }  # fmt: skip
    return _file(["state", iso3, title], ending, _chosen(formats, ending, title))


def of_question(code: str, ending: str, site: str = "") -> File:
    """The brief of a guiding question; of all of them where `code` is “dialogue”. Raises NoSuchFile."""
    asked = questions.codes()
    if code != DIALOGUE and code not in asked:
        raise NoSuchFile(_("there is no guiding question “{name}”; questions: {codes}, and “{all}”").format(name=code[:40], codes=", ".join(asked), all=DIALOGUE))
    chosen = tuple(asked) if code == DIALOGUE else (code,)
    title = contents.dialogue() if code == DIALOGUE else asked[code]
    formats = {
        "pptx": lambda: slides.of_questions(title, chosen, site),
        **_of_brief(lambda: briefs.of_dialogue(site) if code == DIALOGUE else briefs.of_question(code, site)),
        **_of_views(title, lambda: [shown for each in chosen for shown in contents.of_question(each)], site),
    }  # fmt: skip
    return _file([DIALOGUE if code == DIALOGUE else f"question-{code}"], ending, _chosen(formats, ending, code))


def _of_brief(brief: Callable[[], briefs.Brief]) -> dict[str, Callable[[], bytes]]:
    """What a brief is written as."""
    return {"docx": lambda: word.written(brief()), "pdf": lambda: pdf.written(brief())}


def _of_views(title: str, views: Callable[[], list[View]], site: str) -> dict[str, Callable[[], bytes]]:
    """What several views are as a workbook and as plain data."""
    return {
        "xlsx": lambda: sheets.of_views(title, views(), site),
        "json": lambda: _json({"title": title, **_whose(), "views": [_told(shown, site) for shown in views()]}),
    }


# --- the questionnaire ---


def of_questionnaire(name: str, ending: str, site: str = "") -> File:
    """The questionnaire for a State that is asked, by its code or UN name. Raises NoSuchFile."""
    iso3, asked = profile.code_of(name), questionnaire.states()
    if iso3 not in asked:
        raise NoSuchFile(_("the questionnaire goes to States Parties with obligations under Article 5, and “{name}” is none of them; States: {codes}").format(name=name[:80], codes=", ".join(sorted(asked))))
    formats = {"xlsx": lambda: questionnaire.workbook(iso3), "docx": lambda: word.written(questionnaire.brief(iso3, site))}
    return _file([QUESTIONNAIRE, iso3, i18n.language()], ending, _chosen(formats, ending, QUESTIONNAIRE))


# --- by name ---


def named(name: str, given: Mapping[str, str], ending: str, site: str = "") -> File:
    """What the command line asks for: a view, a table, a deck, a State (code or UN name), a guiding question (a to g), “dialogue”, “questionnaire” (with a State) or “everything”.

    Pictures of views too, which no address gives: they take a browser. Raises NoSuchFile, catalogue.ViewError,
    decks.DeckError, pdf.NotHere and pictures.Undrawn.
    """
    if name in catalogue.names() and ending in pictures.KINDS:
        shown = catalogue.build(name, given)
        return _file(contents.of_view(shown), ending, pictures.drawn(shown, ending, site))
    if name in catalogue.names():
        return of_named_view(name, given, ending, site)
    if name in decks.names():
        return of_deck(name, given, ending, site)
    if name == QUESTIONNAIRE:
        if set(given) != {"state"}:
            raise NoSuchFile(_("the questionnaire takes one parameter, the State: state={code}").format(code=questionnaire.states()[0]))
        return of_questionnaire(given["state"], ending, site)
    if given:
        raise NoSuchFile(_("“{name}” takes no parameters; views and decks do").format(name=name[:80]))
    if name == EVERYTHING:
        return everything(ending, site)
    if name == DIALOGUE or name in questions.codes():
        return of_question(name, ending, site)
    if name in tables():
        return of_table(name, ending)
    if profile.code_of(name):
        return of_state(name, ending, site)
    raise NoSuchFile(
        _("there is nothing called “{name}”; there is “{everything}”, a view (`python -m dialogue views`), a table (`python -m dialogue describe`), a deck ({decks}), a State by its code, a question (a to g), “dialogue” and “questionnaire”").format(
            name=name[:80], everything=EVERYTHING, decks=", ".join(decks.names())
        )
    )
