"""DOCX: a brief for a State, for a guiding question, for the whole dialogue, or a single view.

Headings, native tables, a contents list, and numbered references to the documents that
are used. The brief of the whole dialogue is the backbone of a guidance document: what was
asked, what the evidence says, what States answered, practices, what is not known.
"""

import datetime
import io
from collections.abc import Iterable, Sequence

import segno
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dialogue.export import charts, contents
from dialogue.present import decks
from dialogue.present.decks import Deck
from dialogue.snapshot import reader
from dialogue.views import theme, view
from dialogue.views.dialogue import questions
from dialogue.views.view import View
from dialogue.words import i18n, method
from dialogue.words.i18n import _, day

HEADINGS, TEXTS = "Georgia", "Calibri"
WIDE = 17.0  # centimetres of a line
LETTERS = 105  # of a line of a table
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA"}


def of_view(shown: View, site: str = "") -> bytes:
    """A single view, with its table, caveats and documents."""
    brief = _Brief(shown.title, shown.kicker, site, listed=False)
    brief.view(shown, level=1)
    return brief.done()


def of_deck(deck: Deck, site: str = "") -> bytes:
    """The figures of a deck one after the other, with its sections and messages; what is for the speaker alone stands in the slides."""
    brief = _Brief(deck.title, _("Deck"), site)
    level = 1
    for item in deck.items:
        if item.kind == "section":
            brief.heading(item.title, 1)
            level = 2
        if item.kind != "end":
            brief.text(item.message)
        for shown in decks.views(item):
            brief.view(shown, level)
    return brief.done()


def of_state(iso3: str, site: str = "") -> bytes:
    """What is known of a State: standing, casualties, findings, its answers, its practices, and what is not known."""
    brief = _Brief(i18n.state(iso3), _("Brief on victim assistance"), site)
    *told, answers, practices = contents.of_state(iso3)
    for shown in told:
        brief.view(shown, level=1)
    brief.answers(answers, level=1)
    brief.practices(practices, level=1)
    return brief.done()


def of_question(code: str, site: str = "") -> bytes:
    """A guiding question: what was asked, what the evidence says, what States answered, practices, what is not known."""
    brief = _Brief(questions.codes()[code], _("Guiding question"), site)
    _question(brief, code)
    return brief.done()


def of_dialogue(site: str = "") -> bytes:
    """All guiding questions, one after the other."""
    brief = _Brief(contents.dialogue(), _("Convention on Cluster Munitions"), site)
    for code in questions.codes():
        brief.heading(questions.codes()[code], 1)
        _question(brief, code, level=2)
    return brief.done()


def _question(brief: "_Brief", code: str, level: int = 1) -> None:
    brief.heading(_("What was asked"), level)
    brief.text(questions.asked(code))
    evidence, answers, practices = contents.of_question(code)
    brief.heading(_("What the evidence says"), level)
    brief.view(evidence, level=level + 1, missing=False)
    brief.answers(answers, level)
    brief.practices(practices, level)
    brief.heading(_("What is not known"), level)
    brief.text(evidence.missing or _("Nothing is recorded as missing here. That does not mean that everything is known."))


class _Brief:
    """A document in the making; references are numbered in the order in which they are used."""

    def __init__(self, title: str, kicker: str, site: str, *, listed: bool = True) -> None:
        self.document, self.site, self.colours = _template(), site, theme.PALETTES["light"]
        self._used: dict[str, tuple[int, str]] = {}  # by document: number and line
        self._headings: list[tuple[str, int, str]] = []
        core = self.document.core_properties
        core.title, core.author, core.language = contents.readable(title)[:250], _("Dialogue on Victim Assistance"), i18n.language()
        core.comments = contents.version()
        core.created = core.modified = datetime.datetime.combine(reader.snapshot().as_of, datetime.time())
        self.text(kicker, "Subtitle")
        self.text(title, "Title")
        self.text(f"{contents.version()}. {contents.standing()}".strip())
        self._contents = None
        if listed:
            self.text(_("Contents"), "TOC Heading")
            self._contents = self.document.add_paragraph()

    def heading(self, text: str, level: int) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        name = f"_Toc{len(self._headings) + 1:06}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(len(self._headings) + 1))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        paragraph.add_run(contents.readable(text))
        paragraph._p.append(end)
        self._headings.append((contents.readable(text), level, name))

    def text(self, text: str, style: str = "Normal") -> None:
        if text:
            self.document.add_paragraph(contents.readable(text), style=style)

    def view(self, shown: View, level: int, *, missing: bool = True) -> None:
        """Finding, what is shown, table, caveats, and the numbers of the documents."""
        self.heading(shown.title, level)
        self.text(f"{shown.kicker}. {self.cited(shown)}".strip(), "Caption")
        self.text(" ".join(filter(None, (shown.how if shown.figure is None else "", charts.instead(shown)))))
        self.table(shown)
        for text in contents.caveats(shown):
            if missing or text != shown.missing:
                self.text(text, "List Bullet")
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
        if not len(table):
            return
        rows = [[str(name) for name in table.columns], *([_cell(value) for value in line] for line in table.itertuples(index=False))]
        weights = contents.widths(rows, LETTERS)
        drawn = self.document.add_table(len(rows), len(table.columns), style="Table Grid")
        drawn.autofit = False
        for tag, text in (("w:tblCaption", shown.kicker), ("w:tblDescription", shown.alt)):
            said = OxmlElement(tag)
            said.set(qn("w:val"), contents.readable(text)[:2000])
            drawn._tbl.tblPr.append(said)
        for column, weight in zip(drawn.columns, weights, strict=True):
            column.width = Cm(WIDE * weight)
        cells = iter(drawn._cells)  # asked for once: each look at a cell walks the whole table
        for down, line in enumerate(rows):
            for at, text in enumerate(line):
                cell = next(cells)
                cell.width = Cm(WIDE * weights[at])
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(contents.readable(text))
                run.font.size, run.font.bold = Pt(9), down == 0
        for down, line in enumerate(drawn._tbl.tr_lst):
            properties = line.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if down == 0:
                properties.append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph().paragraph_format.space_after = Pt(4)

    def done(self) -> bytes:
        self.heading(_("Documents"), 1)
        for number, line in self._used.values():
            self.text(f"[{number}] {line}")
        self.heading(_("How to cite, licence"), 1)
        self.text(method.citation())
        self.text(contents.licence())
        self.text(method.disclaimer())
        if self.site:
            self._code()
        if self._contents is not None:
            _fill_contents(self._contents, self._headings)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _code(self) -> None:
        out = io.BytesIO()
        segno.make(self.site, error="m").save(out, kind="png", scale=6, border=1, dark=self.colours.ink)
        out.seek(0)
        picture = self.document.add_picture(out, Cm(2.5))
        picture._inline.docPr.set("descr", _("QR code: {address}").format(address=self.site))
        self.text(self.site)


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


def _fill_contents(paragraph, headings: Iterable[tuple[str, int, str]]) -> None:
    """A contents list that leads to its headings, and that the program brings up to date when asked."""

    def field(kind: str, text: str = "") -> object:
        run = OxmlElement("w:r")
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run.append(part)
        return run

    listed, last = [(text, level, name) for text, level, name in headings if level < 3], paragraph
    paragraph._p.extend([field("begin"), field("", ' TOC \\o "1-2" \\h \\z \\u '), field("separate")])
    for n, (text, level, name) in enumerate(listed):
        if n:
            new = OxmlElement("w:p")
            last._p.addnext(new)
            last = type(paragraph)(new, paragraph._parent)
        last.style = f"TOC {level}"
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        last._p.append(link)
        run = last.add_run(text)
        link.append(run._r)
    last._p.append(field("end"))


def _template():
    """An empty document on A4 in the site's look; without the second set of styles, of which the format has no need."""
    document = Document()
    for relation in [key for key, each in document.part.rels.items() if each.reltype.endswith("/stylesWithEffects")]:
        document.part.rels.pop(relation)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    colours = theme.PALETTES["light"]
    ink, accent = (RGBColor.from_string(each.lstrip("#")) for each in (colours.ink, colours.accent))
    for n in (1, 2):
        style = document.styles.add_style(f"TOC {n}", 1)
        style.base_style, style.paragraph_format.left_indent, style.paragraph_format.space_after = document.styles["Normal"], Cm(0.8 * (n - 1)), Pt(2)
    sizes = {"Normal": 10.5, "Title": 24, "Subtitle": 11, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Caption": 9.5, "TOC Heading": 13, "List Bullet": 10}
    for name, size in sizes.items():
        style = document.styles[name]
        font = HEADINGS if name in ("Title", "Heading 1", "Heading 2", "Heading 3", "TOC Heading") else TEXTS
        style.font.name, style.font.size, style.font.italic = font, Pt(size), False
        style.font.color.rgb = accent if name.startswith("Heading") else ink
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[kind]
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), font)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGES.get(i18n.language(), "en-GB"))
    _numbered(section, contents.version())
    return document


def _numbered(section, text: str) -> None:
    """The foot of every page: version and page number."""
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{text} · ").font.size = Pt(8)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)

