"""A brief: what is told of a State, of a guiding question, of the whole dialogue, of a deck or of a single view.

Headings, texts, tables and numbered references to the documents that are used, in the
order in which they are read; `word` and `pdf` write it. The brief of the whole dialogue is
the backbone of a guidance document: what was asked, what the evidence says, what States
answered, practices, what is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from dialogue.export import charts, contents
from dialogue.present import decks
from dialogue.present.decks import Deck
from dialogue.views import view
from dialogue.views.dialogue import questions
from dialogue.views.view import View
from dialogue.words import i18n, method
from dialogue.words.i18n import _, day

MANY = 8  # columns from which a table is laid across the sheet


@dataclass(frozen=True)
class Heading:
    """`level` 1 to 3."""

    text: str
    level: int


@dataclass(frozen=True)
class Text:
    """A paragraph, a caption above a table, or a point of a list."""

    text: str
    kind: Literal["paragraph", "caption", "point"] = "paragraph"


@dataclass(frozen=True)
class Table:
    """`rows` as text, the head first; `title` says what it is, `alt` what it shows."""

    rows: list[list[str]]
    title: str
    alt: str

    @property
    def across(self) -> bool:
        """Whether it needs the long side of the sheet."""
        return len(self.rows[0]) >= MANY


@dataclass
class Brief:
    """A brief in the making: `kicker` stands above the title, `listed` asks for a contents list, `site` for links and a QR code."""

    title: str
    kicker: str
    site: str
    listed: bool = True
    blocks: list[Heading | Text | Table] = field(default_factory=list)
    _used: dict[str, tuple[int, str]] = field(default_factory=dict)  # by document: number and line

    @property
    def version(self) -> str:
        """The line below the title: day and version of the data, and whose they are."""
        return f"{contents.version()}. {contents.standing()}".strip()

    @property
    def code(self) -> str:
        """The QR code in words."""
        return _("QR code: {address}").format(address=self.site)

    @property
    def lies(self) -> bool:
        """Whether all its sheets lie across: a single view with a wide table."""
        return not self.listed and any(isinstance(each, Table) and each.across for each in self.blocks)

    def heading(self, text: str, level: int) -> None:
        self.blocks.append(Heading(contents.readable(text), level))

    def text(self, text: str, kind: Literal["paragraph", "caption", "point"] = "paragraph") -> None:
        if text:
            self.blocks.append(Text(contents.readable(text), kind))

    def view(self, shown: View, level: int, *, missing: bool = True) -> None:
        """Finding, what is shown, table, caveats, and the numbers of the documents."""
        self.heading(shown.title, level)
        self.text(f"{shown.kicker}. {self.cited(shown)}".strip(), "caption")
        self.text(" ".join(filter(None, (shown.how if shown.figure is None else "", charts.instead(shown)))))
        self.table(shown)
        for text in contents.caveats(shown):
            if missing or text != shown.missing:
                self.text(text, "point")
        address = contents.page(shown, self.site)
        if address:
            self.text(_("Page: {address}").format(address=address))

    def answers(self, shown: View, level: int) -> None:
        """What States have answered and agreed to see published."""
        self.heading(_("What States answered"), level)
        if not len(shown.table):
            self.text(_("No answer is published. An answer stands here only where its State agrees."))
            return
        self.text(f"{shown.title}. {shown.how}")
        self.table(shown)

    def practices(self, shown: View, level: int) -> None:
        self.heading(_("Practices"), level)
        if not len(shown.table):
            self.text(_("No practice is recorded."))
            return
        self.text(f"{shown.title}. {self.cited(shown)}".strip())
        self.table(shown)

    def cited(self, shown: View) -> str:
        """The numbers of the documents of a view: “[1, 3–5]”."""
        numbers = []
        for row in view.documents(shown).drop_duplicates("source_id").itertuples(index=False):
            if row.source_id not in self._used:
                parts = (row.publisher, row.title, day(row.published) if row.published else _("undated"), row.locators, row.url)
                self._used[row.source_id] = (len(self._used) + 1, ". ".join(str(part) for part in parts if part))
            numbers.append(self._used[row.source_id][0])
        return f"[{_ranges(sorted(numbers))}]" if numbers else ""

    def table(self, shown: View) -> None:
        table = view.twin(shown)
        if len(table):
            rows = [list(map(str, table.columns)), *([_cell(value) for value in line] for line in table.itertuples(index=False))]
            self.blocks.append(Table([list(map(contents.readable, line)) for line in rows], contents.readable(shown.kicker), contents.readable(shown.alt)))

    def whole(self) -> "Brief":
        """The brief with its documents, and how to cite it."""
        self.heading(_("Documents"), 1)
        for number, line in self._used.values():
            self.text(f"[{number}] {line}")
        self.heading(_("How to cite, licence"), 1)
        for text in (method.citation(), contents.licence(), method.disclaimer()):
            self.text(text)
        return self


def of_view(shown: View, site: str = "") -> Brief:
    """A single view, with its table, caveats and documents."""
    brief = Brief(shown.title, shown.kicker, site, listed=False)
    brief.view(shown, level=1)
    return brief.whole()


def of_deck(deck: Deck, site: str = "") -> Brief:
    """The figures of a deck one after the other, with its sections and messages; what is for the speaker alone stands in the slides."""
    brief = Brief(deck.title, _("Deck"), site)
    level = 1
    for item in deck.items:
        if item.kind == "section":
            brief.heading(item.title, 1)
            level = 2
        if item.kind != "end":
            brief.text(item.message)
        for shown in decks.views(item):
            brief.view(shown, level)
    return brief.whole()


def of_state(iso3: str, site: str = "") -> Brief:
    """What is known of a State: standing, casualties, findings, its answers, its practices, and what is not known."""
    brief = Brief(i18n.state(iso3), _("Brief on victim assistance"), site)
    *told, answers, practices = contents.of_state(iso3)
    for shown in told:
        brief.view(shown, level=1)
    brief.answers(answers, level=1)
    brief.practices(practices, level=1)
    return brief.whole()


def of_question(code: str, site: str = "") -> Brief:
    """A guiding question: what was asked, what the evidence says, what States answered, practices, what is not known."""
    brief = Brief(questions.codes()[code], _("Guiding question"), site)
    _question(brief, code)
    return brief.whole()


def of_dialogue(site: str = "") -> Brief:
    """All guiding questions, one after the other."""
    brief = Brief(contents.dialogue(), _("Convention on Cluster Munitions"), site)
    for code in questions.codes():
        brief.heading(questions.codes()[code], 1)
        _question(brief, code, level=2)
    return brief.whole()


def _question(brief: Brief, code: str, level: int = 1) -> None:
    brief.heading(_("What was asked"), level)
    brief.text(questions.asked(code))
    evidence, answers, practices = contents.of_question(code)
    brief.heading(_("What the evidence says"), level)
    brief.view(evidence, level=level + 1, missing=False)
    brief.answers(answers, level)
    brief.practices(practices, level)
    brief.heading(_("What is not known"), level)
    brief.text(evidence.missing or _("Nothing is recorded as missing here. That does not mean that everything is known."))


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _ranges(numbers: Sequence[int]) -> str:
    """“1, 3–5” for 1, 3, 4, 5."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" if len(part) > 2 else f"{part[0]}, {part[1]}" for part in parts)
