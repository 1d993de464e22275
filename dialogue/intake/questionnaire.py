"""A questionnaire that a State has filled in, as a workbook, read as rows of `responses` and as proposals for other tables.

`dialogue/export/questionnaire.py` writes it; what both must agree on stands here. Each sheet says in its first
cell what it is, each row in its first column which question or entry it is about: so it is read whatever its
language, its order, or the program that saved it. A choice is read by its code, what stands before “ · ”.

Text of an answer to be counted only is read by nobody here: its row says State, question, day, language and consent.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dialogue.intake.guard import Guard, Refused
from dialogue.intake.incoming import Incoming, shown_name
from dialogue.intake.reading import Cell, Workbook, is_workbook
from dialogue.intake.report import Note
from dialogue.tables import answers
from dialogue.tables.package import Description
from dialogue.tables.rows import Checked, Problem

MARK = re.compile(r"dva-questionnaire 1 (about|answers|held|victims) ([A-Z]{3})")
SEPARATOR = " · "
CHANNEL = "questionnaire"
QUESTIONS = "abcdefg"
# The columns of each sheet after the first, which holds the key of a row.
ABOUT = ("label", "value")
ANSWERS = ("asked", "answer", "consent", "language", "document", "url")
HELD = ("asked", "subject", "held", "year", "source", "reply", "correction", "corrected_year", "document")
VICTIMS = ("year", "count", "cause", "outcome", "sex", "age_group", "status", "activity", "item_type", "document")
FIELDS = {"about": ABOUT, "answers": ANSWERS, "held": HELD, "victims": VICTIMS}
CONSENT = {"yes": "yes", "no": "no"}
SHORT = 20  # characters of a value that a message may name
REPLIES = ("confirm", "correct", "add")


def marked(kind: str, iso3: str) -> str:
    """What stands in the first cell of a sheet."""
    return f"dva-questionnaire 1 {kind} {iso3}"


def choice(code: str, words: str) -> str:
    """A choice as a list offers it: “yes · publish it”."""
    return f"{code}{SEPARATOR}{words}"


@dataclass(frozen=True)
class Proposal:
    """What a State says of one entry: `kind` confirm, correct, add, or victims (a row of the table of question (g)).

    old: what the dashboard holds, new: what the State says ("" where it confirms), year and document as the State
    gives them; key: of the entry, as the form has it; cells: of a row of new victims.
    """

    iso3: str
    question: str
    kind: str
    key: str
    subject: str
    old: str
    old_year: str
    new: str
    year: str
    document: str
    received: str
    language: str
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """One form as read. `answers` are rows of the table responses in the order of its columns; `withheld` says how many
    texts were left unread because they are to be counted only, or because nothing says that they may be published."""

    name: str
    iso3: str
    answers: tuple[tuple, ...]
    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    withheld: int


def is_form(content: bytes) -> bool:
    """Whether the bytes are a questionnaire."""
    if not is_workbook(content):
        return False
    try:
        book = Workbook(content, Guard())
        # a table as the desk hands it out has three sheets
        return len(book.sheets) > 3 and any(_kind(book.read(at, 1).rows) for at in range(len(book.sheets)))
    except (Refused, ValueError):
        return False


def _kind(rows: Sequence[tuple[int, list]]) -> re.Match | None:
    return MARK.fullmatch(str(rows[0][1][0]).strip()) if rows and rows[0][1] else None


def read(content: bytes, name: str, description: Description, current: Checked) -> Form:
    """Read a questionnaire. Never raises for what it holds: what cannot be taken is a problem that names sheet, row, column, value and rule."""
    reading = _Reading(shown_name(name), description, current)
    try:
        reading.run(Workbook(content, Guard()))
    except Refused as refused:
        reading.problem("", 0, "", "", str(refused))
    good = not reading.problems
    return Form(
        reading.name, reading.iso3, tuple(reading.answers) if good else (), tuple(reading.proposals) if good else (),
        tuple(reading.problems), tuple(reading.notes), reading.withheld,
    )  # fmt: skip


def _code(value: object) -> str:
    return str("" if value is None else value).partition(SEPARATOR.strip())[0].strip().casefold()


class _Reading:
    """One reading of one form."""

    def __init__(self, name: str, description: Description, current: Checked) -> None:
        self.name, self.description, self.current = name, description, current
        self.iso3 = ""
        self.answers: list[tuple] = []
        self.proposals: list[Proposal] = []
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.withheld = 0

    def problem(self, sheet: str, row: int, column: str, value: object, rule: str) -> None:
        # a longer text in the place of a choice may be an answer, and no message repeats one
        told = str(value or "")
        self.problems.append(Problem(f"{self.name}, sheet “{sheet}”" if sheet else self.name, row, column, told if len(told) <= SHORT else "", rule))

    def run(self, book: Workbook) -> None:
        sheets: dict[str, tuple[str, list]] = {}
        for at in range(len(book.sheets)):
            sheet = book.read(at)
            found = _kind(sheet.rows)
            if not found:
                continue
            if found[1] in sheets:
                self.problem(sheet.name, 1, "A", "", "this sheet stands twice in the file; keep the one that is meant")
            if self.iso3 and found[2] != self.iso3:
                self.problem(sheet.name, 1, "A", found[2], f"this sheet is of another State than the first, {self.iso3}")
            self.iso3 = self.iso3 or found[2]
            sheets[found[1]] = (sheet.name, sheet.rows[1:])
        states = {row[1] for row in self.current.rows["states"]}
        if self.iso3 not in states:
            self.problem("", 0, "", self.iso3, "is no State of states.csv; take the form anew from the page Responses")
        for kind in ("about", "answers"):
            if kind not in sheets:
                self.problem("", 0, "", "", f"the sheet of the {kind} is gone; take the form anew and copy the answers into it")
        if self.problems:
            return
        about = self._about(*sheets["about"])
        consents = self._answers(*sheets["answers"], about)
        if "held" in sheets:
            self._held(*sheets["held"], about, consents)
        if "victims" in sheets:
            self._victims(*sheets["victims"], about, consents)
        if self.withheld:
            self.notes.append(Note(0, "", f"{self.withheld} texts were not taken: nothing says that they may be published. They stay in the file, which belongs with the coordinators"))

    def _rows(self, kind: str, sheet: str, rows: Sequence[tuple[int, list]]) -> Iterator[tuple[int, str, dict[str, str]]]:
        """The rows of a sheet: number on screen, key, cells by field. A formula or an error is a problem."""
        fields = FIELDS[kind]
        for number, cells in rows:
            texts, key = {}, str(cells[0] if cells else "").strip()
            for at, name in enumerate(fields, start=1):
                cell = cells[at] if at < len(cells) else ""
                if isinstance(cell, Cell) and cell.kind in ("formula", "error"):
                    self.problem(sheet, number, chr(65 + at), "", "holds a formula or an error; write what it comes to")
                    continue
                texts[name] = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(cell if cell is not None else "")).strip()
            given = [name for name in fields if texts.get(name) and name not in ("label", "asked", "subject", "held", "source", "year" if kind == "held" else "")]
            if key.startswith("#"):
                continue  # the head
            if not key and given:
                self.problem(sheet, number, "A", "", "the key of this row is gone, so nothing tells what it is about; copy its cells into a row that has one")
                continue
            if key:
                yield number, key, texts

    def _place(self, kind: str, name: str) -> str:
        return chr(65 + 1 + FIELDS[kind].index(name))

    def _about(self, sheet: str, rows: Sequence[tuple[int, list]]) -> dict[str, str]:
        said = {"date": "", "language": "", "document": ""}
        where = dict.fromkeys(said, 0)
        for number, key, cells in self._rows("about", sheet, rows):
            if key in said:
                said[key], where[key] = cells.get("value", ""), number
        text = said["date"].partition(" ")[0]
        try:
            when = date.fromisoformat(text)
        except ValueError:
            self.problem(sheet, where["date"], "C", said["date"], "the day of the answer is written YYYY-MM-DD, for example 2026-11-25")
        else:
            if when > date.today() + timedelta(days=1):  # it may be tomorrow already where the State is
                self.problem(sheet, where["date"], "C", text, "lies in the future; write the day on which the form was filled in")
        said["date"] = text
        if said["language"]:
            said["language"] = self._language(sheet, where["language"], "C", said["language"])
        return said

    def _language(self, sheet: str, row: int, column: str, text: str) -> str:
        code = _code(text)
        if not re.fullmatch(r"[a-z]{2}", code):
            self.problem(sheet, row, column, text, "is no code of a language; choose one from the list, or write its two letters: ar, en, es, fr")
        return code

    def _one_of(self, kind: str, sheet: str, row: int, name: str, text: str, allowed: Sequence[str]) -> str:
        code = _code(text)
        if code not in allowed:
            self.problem(sheet, row, self._place(kind, name), text, f"choose from the list: {', '.join(allowed)}")
            return ""
        return code

    def _answers(self, sheet: str, rows: Sequence[tuple[int, list]], about: dict[str, str]) -> dict[str, str]:
        """Take the answers; returns the consent said for each question, “no” where nothing is said."""
        consents = dict.fromkeys(QUESTIONS, "no")
        table = self.description.tables[answers.TABLE]
        seen = set()
        for number, key, cells in self._rows("answers", sheet, rows):
            if key not in QUESTIONS:
                self.problem(sheet, number, "A", key, f"is no guiding question; questions: {', '.join(QUESTIONS)}")
                continue
            if key in seen:
                self.problem(sheet, number, "A", key, "this question stands twice; put the answer into one row")
                continue
            seen.add(key)
            said = cells.get("consent", "")
            if said:
                consents[key] = self._one_of("answers", sheet, number, "consent", said, tuple(CONSENT)) or "no"
            answer = cells.get("answer", "")
            if not answer:
                continue
            language = cells.get("language", "")
            code = self._language(sheet, number, self._place("answers", "language"), language) if language else about["language"]
            row = {"iso3": self.iso3, "question": key, "received": about["date"], "language": code, "consent": consents[key]}
            if consents[key] == answers.AGREED:
                if not code:
                    self.problem(sheet, number, self._place("answers", "language"), "", "say in which language the answer is written: choose it from the list")
                url = cells.get("url", "")
                if url and not re.fullmatch(r"https://[^\s/]+\.[^\s]+", url):
                    self.problem(sheet, number, self._place("answers", "url"), "", "an address begins with https://; leave it empty where there is none")
                title = cells.get("document") or about["document"] or f"Questionnaire filled in, {about['date']}"
                row |= {"channel": CHANNEL, "answer": answer, "document": title, "url": url}
            else:
                self.withheld += 1
                if not said:
                    self.notes.append(Note(number, "", f"question ({key}): nothing is said on publication, so the answer is counted only"))
            self.answers.append(tuple(row.get(one.name) or None for one in table.fields))
        return consents

    def _held(self, sheet: str, rows: Sequence[tuple[int, list]], about: dict[str, str], consents: dict[str, str]) -> None:
        for number, key, cells in self._rows("held", sheet, rows):
            question, _colon, entry = key.partition(":")
            if question not in consents or not entry:
                self.problem(sheet, number, "A", key, "is no key of this form; copy the cells into a row that has one")
                continue
            said, new = cells.get("reply", ""), cells.get("correction", "")
            if not said and not new and not cells.get("corrected_year"):
                continue
            if consents[question] != answers.AGREED:
                self.withheld += 1
                continue
            kind = self._one_of("held", sheet, number, "reply", said, REPLIES) if said else "add" if entry.startswith("new") else "correct"
            if kind == "confirm" and new:
                self.problem(sheet, number, self._place("held", "reply"), "confirm", "says that the entry is right, and a correction stands beside it; choose correct, or empty the correction")
            if kind in ("correct", "add") and not new:
                self.problem(sheet, number, self._place("held", "correction"), "", f"is empty, and “{kind}” was chosen; write what is to stand there, or empty the choice")
            year = cells.get("corrected_year", "")
            if year and not re.fullmatch(r"(?:19|20)\d\d", year):
                self.problem(sheet, number, self._place("held", "corrected_year"), year, "a year is written with four digits")
            if kind:
                old = self._now(entry)
                if old is None:
                    self.notes.append(Note(number, "", f"question ({question}): this entry has changed since the form was made; what the form said of it is shown as the old value"))
                self.proposals.append(
                    Proposal(
                        self.iso3, question, kind, entry, cells.get("subject", ""), old or cells.get("held", ""), cells.get("year", ""), new if kind != "confirm" else "",
                        year, cells.get("document", ""), about["date"], about["language"],
                    )  # fmt: skip
                )

    def _now(self, entry: str) -> str | None:
        """The finding that an entry of the form is in the tables, as they hold it now; None where it is there no more, "" where it is no finding."""
        indicator, _sep, rest = entry.partition("|")
        year, _sep, source = rest.partition("|")
        if not source or indicator == "casualties":
            return ""
        names = [one.name for one in self.description.tables["obligation_findings"].fields]
        for row in self.current.rows["obligation_findings"]:
            cells = dict(zip(names, row[1:], strict=True))
            if (cells["iso3"], cells["indicator"], str(cells["as_of"] or ""), cells["source_id"]) == (self.iso3, indicator, year, source):
                return cells["finding"]
        return None

    def _victims(self, sheet: str, rows: Sequence[tuple[int, list]], about: dict[str, str], consents: dict[str, str]) -> None:
        allowed = {one.name: one.constraints["enum"] for one in self.description.tables["new_victims"].fields if "enum" in one.constraints}
        for number, _key, cells in self._rows("victims", sheet, rows):
            filled = {name: text for name, text in cells.items() if text}
            if not filled:
                continue
            if consents["g"] != answers.AGREED:
                self.withheld += 1
                continue
            year, count = filled.get("year", ""), filled.get("count", "")
            if not re.fullmatch(r"(?:19|20)\d\d", year):
                self.problem(sheet, number, self._place("victims", "year"), year, "the year is written with four digits")
            if not re.fullmatch(r"\d{1,7}", count):
                self.problem(sheet, number, self._place("victims", "count"), count, "a whole number of persons is needed, without signs between its digits; write what is not certain under question (g)")
            coded = {}
            for name in ("cause", "outcome", "sex", "age_group", "status"):
                coded[name] = self._one_of("victims", sheet, number, name, filled[name], allowed[name]) if name in filled else "all"
            row = {"year": year, "value": count, **coded, "activity": filled.get("activity", ""), "item_type": filled.get("item_type", "")}
            self.proposals.append(
                Proposal(self.iso3, "g", "victims", f"row {number}", "", "", "", count, year, filled.get("document", ""), about["date"], about["language"], row)
            )


def merged(forms: Sequence[Form], description: Description, rows: Sequence[tuple]) -> Incoming | None:
    """The table responses (`rows` as they stand: line, *values) with the answers of the forms; None where no form was read.

    An answer of the same State, question and day takes the place of the earlier one.
    """
    if not forms:
        return None
    table = description.tables[answers.TABLE]
    at = [[one.name for one in table.fields].index(name) for name in answers.KEY]
    found = {tuple(row[1 + place] for place in at): tuple(row[1:]) for row in rows}
    for form in forms:
        found |= {tuple(row[place] for place in at): row for row in form.answers}
    numbered = [(line, *row) for line, row in enumerate(found.values(), start=2)]
    notes = [replace(note, text=f"{form.name}: {note.text}") for form in forms for note in form.notes]
    problems = [problem for form in forms for problem in form.problems]
    return Incoming(", ".join(form.name for form in forms), table, numbered, notes, problems)
