"""DOCX: a brief with the headings, tables, contents list and page numbers of the program itself."""

import datetime
import io
from collections.abc import Iterable

import segno
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dialogue.export import contents
from dialogue.export.briefs import Brief, Heading, Table
from dialogue.snapshot import reader
from dialogue.views import theme
from dialogue.words import i18n
from dialogue.words.i18n import _

HEADINGS, TEXTS = "Georgia", "Calibri"
SHORT, LONG, EDGE = 21.0, 29.7, 2.0  # centimetres of the sheet (A4) and its edges
LETTERS = 6.2  # of a line of a table, in a centimetre
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA"}
STYLES = {"paragraph": "Normal", "caption": "Caption", "point": "List Bullet"}


def written(brief: Brief) -> bytes:
    """The brief as a document of a word processor."""
    return _Written(brief).done()


class _Written:
    def __init__(self, brief: Brief) -> None:
        self.brief, self.document = brief, _template()
        self._headings: list[tuple[str, int, str]] = []
        self._across = brief.lies
        if brief.lies:
            _laid(self.document.sections[0], True)
        core = self.document.core_properties
        core.title, core.author, core.language = contents.readable(brief.title)[:250], _("Dialogue on Victim Assistance"), i18n.language()
        core.comments = contents.version()
        core.created = core.modified = datetime.datetime.combine(reader.snapshot().as_of, datetime.time())

    def done(self) -> bytes:
        brief = self.brief
        self.text(brief.kicker, "Subtitle")
        self.text(brief.title, "Title")
        self.text(brief.version)
        listed = None
        if brief.listed:
            self.text(_("Contents"), "TOC Heading")
            listed = self.document.add_paragraph()
        for block in self.blocks():
            if isinstance(block, Heading):
                self.heading(block)
            elif isinstance(block, Table):
                self.table(block)
            else:
                self.text(block.text, STYLES[block.kind])
        self.turn(False)
        if brief.site:
            self.code()
        if listed is not None:
            _fill_contents(listed, self._headings)
        if i18n.direction(i18n.language()) == "rtl":
            _right_to_left(self.document)
        out = io.BytesIO()
        self.document.save(out)
        return contents.steady(out.getvalue())

    def blocks(self) -> Iterable[object]:
        """The blocks in their order; the sheet is turned before the heading of a view whose table lies across it."""
        blocks = self.brief.blocks
        for n, block in enumerate(blocks):
            if isinstance(block, Heading):
                part = blocks[n + 1 : next((at for at in range(n + 1, len(blocks)) if isinstance(blocks[at], Heading)), len(blocks))]
                self.turn(any(isinstance(each, Table) and each.across for each in part))
            yield block

    def turn(self, across: bool) -> None:
        """Go on on a sheet that lies, or stands."""
        if across != self._across and not self.brief.lies:
            self._across = across
            _laid(self.document.add_section(WD_SECTION.NEW_PAGE), across)

    def heading(self, heading: Heading) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {heading.level}")
        name = f"_Toc{len(self._headings) + 1:06}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(len(self._headings) + 1))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        paragraph.add_run(heading.text)
        paragraph._p.append(end)
        self._headings.append((heading.text, heading.level, name))

    def text(self, text: str, style: str = "Normal") -> None:
        self.document.add_paragraph(contents.readable(text), style=style)

    def table(self, table: Table) -> None:
        rows, wide = table.rows, (LONG if self._across else SHORT) - 2 * EDGE
        weights = contents.widths(rows, LETTERS * wide)
        drawn = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        drawn.autofit = False
        for tag, text in (("w:tblCaption", table.title), ("w:tblDescription", table.alt)):
            said = OxmlElement(tag)
            said.set(qn("w:val"), text[:2000])
            drawn._tbl.tblPr.append(said)
        for column, weight in zip(drawn.columns, weights, strict=True):
            column.width = Cm(wide * weight)
        cells = iter(drawn._cells)  # asked for once: each look at a cell walks the whole table
        for down, line in enumerate(rows):
            for at, text in enumerate(line):
                cell = next(cells)
                cell.width = Cm(wide * weights[at])
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(text)
                run.font.size, run.font.bold = Pt(9), down == 0
        for down, line in enumerate(drawn._tbl.tr_lst):
            properties = line.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if down == 0:
                properties.append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph().paragraph_format.space_after = Pt(4)

    def code(self) -> None:
        out = io.BytesIO()
        segno.make(self.brief.site, error="m").save(out, kind="png", scale=6, border=1, dark=theme.PALETTES["light"].ink)
        out.seek(0)
        picture = self.document.add_picture(out, Cm(2.5))
        picture._inline.docPr.set("descr", self.brief.code)
        self.text(self.brief.site)


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
    section.page_width, section.page_height = Cm(SHORT), Cm(LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(EDGE)
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


def _right_to_left(document) -> None:
    """Let the paragraphs, letters and tables of a document run from right to left."""
    usual = document.styles.element.find(qn("w:docDefaults"))
    paragraphs, letters = (usual.find(f"{qn(f'w:{kind}PrDefault')}/{qn(f'w:{kind}Pr')}") for kind in ("p", "r"))
    paragraphs.insert(0, OxmlElement("w:bidi"))  # the order of these elements is laid down
    spoken = letters.find(qn("w:lang"))
    spoken.set(qn("w:bidi"), LANGUAGES[i18n.language()])
    spoken.addprevious(OxmlElement("w:rtl"))
    for table in document.element.body.iter(qn("w:tblPr")):
        table.insert(1 if table.find(qn("w:tblStyle")) is not None else 0, OxmlElement("w:bidiVisual"))
    # letters from the right have a size and a weight of their own, which are to be those of all others
    for root in (document.element, document.styles.element):
        for properties in root.iter(qn("w:rPr")):
            for kind, same in (("w:b", "w:bCs"), ("w:sz", "w:szCs")):
                for old in properties.findall(qn(same)) if properties.find(qn(kind)) is not None else []:
                    properties.remove(old)
                for found in properties.findall(qn(kind)):
                    found.addnext(OxmlElement(same, attrs=dict(found.attrib)))


def _laid(section, across: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Cm(LONG), Cm(SHORT)) if across else (Cm(SHORT), Cm(LONG))


def _numbered(section, text: str) -> None:
    """The foot of every page: version and page number."""
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{text} · ").font.size = Pt(8)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)

