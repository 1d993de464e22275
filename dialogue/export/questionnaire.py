"""The questionnaire on the guiding questions for a State with obligations under Article 5: as a document to read and fill in, and as a workbook.

Under each question stands what the dashboard holds about the State, each entry with its year and source, to be
confirmed, corrected or added to; under (g) a table of new victims. The workbook comes back through the data desk:
`dialogue/intake/questionnaire.py` reads it and says what both must agree on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from dialogue.export import contents, sheets
from dialogue.export.briefs import Brief, Table
from dialogue.intake import questionnaire as form
from dialogue.snapshot import queries, reader
from dialogue.views import shared
from dialogue.views.dialogue import questions
from dialogue.words import i18n
from dialogue.words.i18n import _, day, label, the_state

ADDED = 2  # empty rows below each question, for what is to be added
VICTIMS = 20  # empty rows of the table of new victims
YEARS = 5  # of casualties that are listed under (g)
LANGUAGES = ("ar", "en", "es", "fr", "pt", "ru", "zh")


@dataclass(frozen=True)
class Held:
    """One entry of the dashboard: its key, what it is about, what is held ("" for nothing), of when, where it was read."""

    key: str
    subject: str
    text: str
    year: str
    source: str


def states() -> list[str]:
    """The States that are asked, in the alphabetical order of their names."""
    return shared.by_name(queries.run("responses_board")["iso3"])


def held(iso3: str, question: str) -> list[Held]:
    """What the dashboard holds about a State under a question."""
    if question == "g":
        return _casualties(iso3)
    rows = queries.run("obligation_matrix")
    rows = rows[rows["iso3"] == iso3]
    rows = rows[[question in each.split(";") for each in rows["questions"]]]
    found = []
    for row in shared.records(rows):
        told = shared.known(row.finding) and row.finding
        text = f"{row.finding} ({label('obligation_status', row.status)})" if told else ""
        year = str(int(row.as_of)) if shared.known(row.as_of) else _("undated") if told else ""
        found.append(Held(f"{row.indicator}|{year if year.isdigit() else ''}|{row.source_id if told else ''}", label("indicator", row.indicator), text, year, _source(row.source_id, row.locator)))
    return found


def _casualties(iso3: str) -> list[Held]:
    rows = queries.run("casualties_state_years")
    rows = rows[rows["iso3"] == iso3].sort_values("year").tail(YEARS)
    found = []
    for row in shared.records(rows):
        text = shared.counts(row) or _("named by the Monitor, without a number")
        found.append(Held(f"casualties|{row.year}|{row.source_id or ''}", _("Cluster munition casualties, persons killed or injured"), text, str(row.year), _source(row.source_id, row.edition)))
    return found


def _source(source_id: object, locator: object) -> str:
    if not shared.known(source_id) or not source_id:
        return ""
    of = queries.run("citations").drop_duplicates("source_id").set_index("source_id")
    if source_id not in of.index:
        return str(source_id)
    row = of.loc[source_id]
    place = locator if shared.known(locator) and locator else ""
    return ". ".join(part for part in (row["publisher"], row["title"], day(row["published"]) if row["published"] else _("undated"), place) if part)


# --- in words ---


def _title(iso3: str) -> str:
    return _("{state}: questionnaire on the guiding questions").format(state=i18n.state(iso3))


def _purpose(iso3: str) -> list[str]:
    return [
        _("The Dialogue on Victim Assistance seeks the views of States Parties with obligations under Article 5 of the Convention on Cluster Munitions. Please answer as many of the seven questions as you wish."),
        _("Under each question stands what the dashboard of the Dialogue holds about {state}, with its year and source. Please say of each entry whether it is right, or what is to stand there instead, and add what is missing.").format(state=the_state(iso3)),
        _("Consent: for each question, say whether your answer and your corrections may be published, or are to be counted only. Published means: anybody can read the text. Counted only means: your State, the question and the day are noted, and the text stays with the coordinators. If nothing is chosen, it is counted only. You may take your consent back at any time."),
    ]


def _filled() -> list[tuple[str, str]]:
    """What is asked of the form as a whole: key and label."""
    return [
        ("date", _("Day on which it was filled in (YYYY-MM-DD)")),
        ("language", _("Language of the answers")),
        ("document", _("Title or symbol of the document that holds the answers, if there is one")),
        ("contact", _("Contact (may stay empty; it is not published, and the data desk does not read it)")),
    ]


def _asked(question: str) -> str:
    """A question to the letter of the work plan, and before that, in another language, in the words of the pages."""
    words = queries.run("guiding_questions").set_index("question")["wording"][question]
    if not shared.known(words):  # an earlier release
        return questions.asked(question)
    if i18n.language() == "en":
        return words
    said = _("{question} In the words of the work plan: “{words}”")
    return said.format(question=questions.asked(question), words=words)


def _consents() -> list[str]:
    return [form.choice("yes", _("publish it")), form.choice("no", _("count it only"))]


def _replies() -> list[str]:
    return [form.choice("confirm", _("it is right")), form.choice("correct", _("it is to be changed")), form.choice("add", _("it is new"))]


def _languages() -> list[str]:
    names = Locale.parse(i18n.language()).languages
    return [form.choice(code, names.get(code, code)) for code in LANGUAGES]


def _codes(name: str) -> list[str]:
    table = reader.snapshot().description.tables["new_victims"]
    allowed = next(one.constraints["enum"] for one in table.fields if one.name == name)
    return [form.choice(code, label(name, code)) for code in allowed]


def _victim_heads() -> dict[str, str]:
    return {
        "year": _("Year"), "count": _("Persons"), "cause": _("Cause"), "outcome": _("Killed or injured"), "sex": _("Sex"), "age_group": _("Age"),
        "status": _("Civil status"), "activity": _("What they were doing"), "item_type": _("What killed or injured them"), "document": _("Document"),
    }  # fmt: skip


# --- as a document ---


def brief(iso3: str, site: str = "") -> Brief:
    """The questionnaire as headings, texts and tables, for a document."""
    made = Brief(_title(iso3), _("Dialogue on Victim Assistance under the Convention on Cluster Munitions"), site, listed=False)
    made.heading(_("About this questionnaire"), 1)
    for text in _purpose(iso3):
        made.text(text)
    made.text(_("The workbook of the same questionnaire (XLSX) can be handed back to the data desk as it is."))
    made.blocks.append(Table([[_("Please fill in"), ""], *([words, "_" * 50] for _key, words in _filled())], _("About the answers"), _("Four lines to fill in")))
    for code, short in questions.codes().items():
        made.heading(short, 1)
        made.text(_asked(code), "caption")  # which stays with its table
        rows = [[entry.subject, entry.text or _("nothing found"), entry.year, entry.source, _boxes()] for entry in held(iso3, code)]
        heads = [_("About"), _("What the dashboard holds"), _("Year"), _("Source"), _("Your reply")]
        title = _("What the dashboard holds about {state}").format(state=the_state(iso3))
        if rows:
            made.blocks.append(_readable([heads, *rows], f"{short}: {title}"))
        else:
            made.text(_("The dashboard holds nothing on this question."))
        if code == "g":
            made.text(_("New victims: one line for each group of persons of whom all of this is the same. Leave a cell empty where it is not known."))
            made.blocks.append(_readable([list(_victim_heads().values()), *([""] * len(form.VICTIMS) for _line in range(6))], _("New victims, to fill in")))
        made.blocks.append(_readable([[_("Corrections and additions, each with its year and document"), ""], [_("Your answer"), "\n\n\n\n"], [_("Consent"), f"☐ {_('publish it')}\n☐ {_('count it only')}"]], f"{short}: {_('your answer')}"))
    return made


def _boxes() -> str:
    return "\n".join(f"☐ {each}" for each in (_("confirm"), _("correct"), _("add")))


def _readable(rows: Sequence[Sequence[str]], title: str) -> Table:
    return Table([list(map(contents.readable, map(str, row))) for row in rows], contents.readable(title), contents.readable(title))


# --- as a workbook ---


def workbook(iso3: str) -> bytes:
    """The questionnaire as a workbook: keys and heads locked (without a password), choices as lists, heads that stay in sight."""
    made = _Form(_title(iso3), iso3)
    made.about()
    made.questions()
    made.entries()
    made.victims()
    made.lists()
    return made.done()


class _Form(sheets.Book):
    """The workbook in the making. The first column of each sheet holds the keys, in small grey letters."""

    def __init__(self, title: str, iso3: str) -> None:
        super().__init__(title)
        self.title, self.iso3 = title, iso3
        wrapped = {"text_wrap": True, "valign": "top"}
        self.open = self.book.add_format({**wrapped, "locked": False, "bg_color": "#FFF9E5", "border": 1, "border_color": "#B7B7B7", "num_format": "@"})
        self.open_number = self.book.add_format({**wrapped, "locked": False, "bg_color": "#FFF9E5", "border": 1, "border_color": "#B7B7B7", "num_format": "0"})
        self.key = self.book.add_format({"font_size": 8, "font_color": "#767676", "valign": "top"})
        self.big = self.book.add_format({"bold": True, "font_size": 14})
        self._lists: dict[str, list[str]] = {}

    def _sheet(self, name: str, kind: str, heads: Sequence[tuple[str, int]]):
        sheet = self.blank(name)
        sheet.write_string(0, 0, form.marked(kind, self.iso3), self.key)
        sheet.set_column(0, 0, 9)
        if heads:
            sheet.write_string(1, 0, "#", self.key)
            for at, (text, wide) in enumerate(heads, start=1):
                sheet.write_string(1, at, text, self.head)
                sheet.set_column(at, at, wide)
            sheet.freeze_panes(2, 2)
            sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "select_locked_cells": True})
        return sheet

    def _line(self, sheet, row: int, key: str, fixed: Sequence[str], free: int) -> None:
        sheet.write_string(row, 0, key, self.key)
        for at, text in enumerate(fixed, start=1):
            self.cell(sheet, row, at, text)
        for at in range(len(fixed) + 1, len(fixed) + free + 1):
            sheet.write_blank(row, at, None, self.open)

    def _choose(self, sheet, first: int, last: int, column: int, name: str, options: Sequence[str], prompt: str) -> None:
        self._lists.setdefault(name, list(options))
        at = list(self._lists).index(name)
        letter = chr(65 + at)
        sheet.data_validation(first, column, last, column, {
            "validate": "list", "source": f"='{_('Lists')}'!${letter}$3:${letter}${len(options) + 2}", "input_message": prompt[:250],
            "error_message": _("Please choose from the list.")[:250],
        })  # fmt: skip

    def about(self) -> None:
        sheet = self._sheet(_("Start here"), "about", ())
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 2, 50)
        sheet.write_string(1, 0, "#", self.key)
        sheet.write_string(1, 1, self.title, self.big)
        steps = [
            *_purpose(self.iso3),
            _("How to fill it in: the pale yellow cells are yours; all others are locked, so that the form can be read again (there is no password). Where a cell offers a list, choose from it. Save as XLSX, with Excel, LibreOffice or another program, and send the file to the coordinators. On the data desk they see what it would change before anything is published."),
            contents.version() + ".",
        ]
        row = 2
        for text in steps:
            sheet.write_string(row, 0, "#", self.key)
            sheet.merge_range(row, 1, row, 2, "", self.text)
            sheet.write_string(row, 1, text, self.text)
            sheet.set_row(row, 15 * (1 + len(text) // 100))
            row += 1
        row += 1
        for key, words in _filled():
            self._line(sheet, row, key, [words], 1)
            sheet.set_row(row, 32)
            if key == "language":
                self._choose(sheet, row, row, 2, "language", _languages(), _("Choose from the list, or write the two letters of the language."))
            row += 1

    def questions(self) -> None:
        heads = [(_("Question"), 45), (_("Your answer"), 70), (_("Consent"), 20), (_("Language, if it differs"), 18), (_("Document"), 28), (_("Address (https://…)"), 24)]
        sheet = self._sheet(_("Answers"), "answers", heads)
        codes = questions.codes()
        for row, code in enumerate(codes, start=2):
            self._line(sheet, row, code, [f"{codes[code]}: {_asked(code)}"], len(form.ANSWERS) - 1)
            sheet.set_row(row, 90)
        last = 1 + len(codes)
        self._choose(sheet, 2, last, 3, "consent", _consents(), _("May the answer and the corrections under this question be published? If nothing is chosen, they are counted only."))
        self._choose(sheet, 2, last, 4, "language", _languages(), _("Only where this answer is in another language than the others."))

    def entries(self) -> None:
        heads = [
            (_("Question"), 16), (_("About"), 26), (_("What the dashboard holds"), 50), (_("Year"), 9), (_("Source"), 40),
            (_("Your reply"), 22), (_("What is to stand there"), 50), (_("Year"), 9), (_("Document"), 28),
        ]  # fmt: skip
        sheet = self._sheet(_("What is held"), "held", heads)
        row = 2
        for code, short in questions.codes().items():
            entries = held(self.iso3, code)
            for entry in entries:
                self._line(sheet, row, f"{code}:{entry.key}", [short, entry.subject, entry.text or _("nothing found"), entry.year, entry.source], 4)
                self.high(sheet, row, max(len(entry.text), len(entry.source), len(entry.subject) * 2), 44)
                row += 1
            for extra in range(1, ADDED + 1):
                self._line(sheet, row, f"{code}:new{extra}", [short, _("(to add)"), "", "", ""], 4)
                row += 1
        self._choose(sheet, 2, row - 1, 6, "reply", _replies(), _("Is the entry right? Choose from the list; what is to stand there goes into the next cell."))

    def victims(self) -> None:
        wide = {"year": 8, "count": 10, "activity": 28, "item_type": 28, "document": 28}
        heads = [(words, wide.get(name, 20)) for name, words in _victim_heads().items()]
        sheet = self._sheet(_("New victims"), "victims", heads)
        for row in range(2, VICTIMS + 2):
            self._line(sheet, row, f"g{row - 1}", [], len(form.VICTIMS))
            for at in (1, 2):
                sheet.write_blank(row, at, None, self.open_number)
        for name in ("cause", "outcome", "sex", "age_group", "status"):
            self._choose(sheet, 2, VICTIMS + 1, 1 + form.VICTIMS.index(name), name, _codes(name), _("Choose from the list; empty means: not split."))
        whole = _("A whole number of persons; leave the cell empty where it is not known.")
        sheet.data_validation(2, 1, VICTIMS + 1, 1, {"validate": "integer", "criteria": "between", "minimum": 1960, "maximum": 2100, "error_message": _("Write the year with four digits.")})
        sheet.data_validation(2, 2, VICTIMS + 1, 2, {"validate": "integer", "criteria": ">=", "value": 0, "input_message": whole[:250], "error_message": whole[:250]})

    def lists(self) -> None:
        sheet = self.blank(_("Lists"))
        sheet.write_string(0, 0, _("The lists that the cells offer; nothing is to be changed here"), self.plain)
        for at, options in enumerate(self._lists.values()):
            sheet.set_column(at, at, 30)
            for down, option in enumerate(options, start=2):
                sheet.write_string(down, at, option, self.plain)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.protect()
