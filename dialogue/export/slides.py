"""PPTX: a view, a deck or a State as slides whose charts, tables and maps are the program's own.

A slide says the finding as its title, and carries sources, day, version and address in
its foot. Nothing is copied from another file: the template is built here.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd
import segno
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu, Inches, Pt

from dialogue.export import charts, contents, maps
from dialogue.present import decks
from dialogue.present.decks import Deck, Item
from dialogue.snapshot import reader
from dialogue.views import catalogue, quote, theme, view
from dialogue.views.dialogue import questions
from dialogue.views.signs import TableView
from dialogue.views.view import BUILDERS, View
from dialogue.words import i18n, method
from dialogue.words.i18n import _, ngettext

WIDE, HIGH = Inches(13.333), Inches(7.5)
EDGE = Inches(0.5)
ACROSS = WIDE - 2 * EDGE
FOOT = Inches(6.72)
QR = Inches(0.62)
HEADINGS, TEXTS = "Georgia", "Calibri"  # on every machine of an office, or replaced by one of the same widths
LINE = 0.19  # inches of a line of a table
LETTERS = 14.5  # of such a line, in an inch
LONGEST = 420  # characters of a cell of a slide
MOST, IN_A_DECK = 12, 3  # slides that one table may take: by itself, in a deck
TITLE_ONLY = 5  # the layout that is kept of those the library begins with
FORMS = {"rect": MSO_SHAPE.RECTANGLE, "ellipse": MSO_SHAPE.OVAL, "diamond": MSO_SHAPE.DIAMOND, "mathMultiply": MSO_SHAPE.MATH_MULTIPLY}
KINDS = {"columns": XL_CHART_TYPE.COLUMN_STACKED, "bars": XL_CHART_TYPE.BAR_STACKED, "lines": XL_CHART_TYPE.LINE}


def of_view(shown: View, site: str = "") -> bytes:
    """One view as slides: the figure, then its whole table."""
    with _on_paper():
        book = _Slides(shown.title, site)
        book.view(_again(shown), table=True)
        return book.done()


def of_deck(deck: Deck, site: str = "") -> bytes:
    """A deck as slides, in its order, with the words of its speakers as notes."""
    with _on_paper():
        book = _Slides(deck.title, site)
        for item in deck.items:
            book.item(item, deck)
        return book.done()


def of_state(iso3: str, site: str = "") -> bytes:
    """What is known of a State."""
    title = i18n.state(iso3)
    return of_deck(Deck("", title, (Item("cover", title=title), *_items(contents.of_state(iso3)), Item("end"))), site)


def of_questions(title: str, codes: Sequence[str], site: str = "") -> bytes:
    """Guiding questions, each with what was asked before what is known."""
    kind = "section" if len(codes) > 1 else "cover"
    told = [[Item(kind, title=questions.codes()[code], message=questions.asked(code)), *_items(contents.of_question(code))] for code in codes]
    cover = (Item("cover", title=title),) if len(codes) > 1 else ()
    return of_deck(Deck("", title, (*cover, *(item for each in told for item in each), Item("end"))), site)


def _items(views: Sequence[View]) -> list[Item]:
    """The slides of views; one without a row, such as the answers of a State that gave none, has none."""
    return [decks.item(shown) for shown in views if len(shown.table)]


def _on_paper():
    """Slides are light and wide, whatever the reader's screen."""
    return reader.reading(replace(reader.current(), mode="light", width="wide"))


def _again(shown: View) -> View:
    return BUILDERS[shown.name](**shown.given)


class _Slides:
    def __init__(self, title: str, site: str) -> None:
        self.book, self.site, self.colours = _template(), site, theme.palette()
        core = self.book.core_properties
        core.title, core.author, core.subject = contents.readable(title)[:250], _("Dialogue on Victim Assistance"), contents.version()
        core.language = i18n.language()

    def done(self) -> bytes:
        for part in self.book.part.package.iter_parts():
            if str(part.partname).startswith("/ppt/charts/") and hasattr(part, "_element"):
                _positive_axes(part._element)
        if i18n.direction(i18n.language()) == "rtl":
            for slide in self.book.slides:
                _right_to_left(slide._element)
        out = io.BytesIO()
        self.book.save(out)
        return contents.steady(out.getvalue())

    # --- kinds of slides ---

    def item(self, item: Item, deck: Deck) -> None:
        """One row of a deck."""
        if item.kind == "cover":
            foot = f"{contents.version()}. {method.disclaimer()}"
            self._words(item.title or deck.title, _("Dialogue on Victim Assistance"), item.message, foot, item.note, 40)
        elif item.kind == "section":
            self._words(item.title, "", item.message, contents.version(), item.note, 36)
        elif item.kind == "end":
            said = "\n\n".join(filter(None, (item.message, method.citation(), contents.licence())))
            self._words(item.title or _("Every figure, with its source"), "", said, contents.version(), item.note, 32, self.site)
        else:
            try:
                views = decks.views(item)
            except catalogue.ViewError as error:
                self._words(_("This slide cannot be shown"), "", str(error), contents.version(), item.note, 32)
                return
            if item.kind == "two" and len(views) > 1 and all(map(_drawable, views[:2])):
                self._two(views[:2], item)
            else:
                for shown in views:
                    self.view(shown, item)

    def view(self, shown: View, item: Item | None = None, *, table: bool = False) -> None:
        """A view: its native figure, or its table and the words that say why; `table` adds the table to a figure."""
        item = item or Item("figure")
        title, note = item.title or shown.title, "\n\n".join(filter(None, (item.note, item.message)))
        if _drawable(shown):
            slide = self._slide(title, shown, shown.kicker, _how(shown, item), note)
            self._figure(slide, shown, EDGE, Inches(1.78), ACROSS, Inches(4.86))
            if not table:
                return
        instead = charts.instead(shown) if not maps.is_map(shown.figure) else ""
        self._tables(title, shown, " ".join(filter(None, (_how(shown, item), instead))), note, MOST if table else IN_A_DECK)

    def _two(self, views: Sequence[View], item: Item) -> None:
        title = item.title or views[0].title
        slide = self._slide(title, views[0], _("Two figures, side by side"), "", "\n\n".join(filter(None, (item.note, *(each.alt for each in views)))))
        half = (ACROSS - EDGE) // 2
        for n, shown in enumerate(views):
            left = EDGE + n * (half + EDGE)
            self._text(slide, left, Inches(1.62), half, Inches(0.5), shown.title, 13, bold=True)
            self._figure(slide, shown, left, Inches(2.15), half, Inches(4.4))

    def _words(self, title: str, kicker: str, text: str, foot: str, note: str, size: int, address: str = "") -> None:
        slide = self._bare(title, size, Inches(1.7), Inches(1.6))
        if kicker:
            self._text(slide, EDGE, Inches(1.2), ACROSS, Inches(0.4), kicker, 16, colour=self.colours.secondary)
        if text:
            self._text(slide, EDGE, Inches(3.5), ACROSS - Inches(2.4), Inches(2.6), text, 18)
        if address:
            self._code(slide, address, WIDE - EDGE - Inches(2), Inches(3.5), Inches(2))
        self._text(slide, EDGE, FOOT, ACROSS - Inches(1), Inches(0.6), foot, 10, colour=self.colours.secondary)
        self._number(slide)
        self._note(slide, note)

    def _slide(self, title: str, shown: View, kicker: str, how: str, note: str) -> object:
        """A slide with title, kicker, foot and notes, ready for what is drawn."""
        size = 26 if len(title) <= 90 else 22 if len(title) <= 150 else 18
        slide = self._bare(title, size, Inches(0.55), Inches(0.85))
        self._text(slide, EDGE, Inches(0.25), ACROSS, Inches(0.3), kicker, 12, colour=self.colours.secondary)
        if how:
            self._text(slide, EDGE, Inches(1.38), ACROSS, Inches(0.4), how, 12, colour=self.colours.secondary)
        address = contents.page(shown, self.site)
        disclaimer = [method.disclaimer()] if maps.is_map(shown.figure) else []
        foot = [contents.source_line(shown), *filter(None, (contents.standing(),)), *([address] if address else []), *disclaimer]
        self._text(slide, EDGE, FOOT, ACROSS - Inches(1.2), Inches(0.7), "\n".join(foot), 9, colour=self.colours.secondary)
        if address:
            self._code(slide, address, WIDE - EDGE - QR, FOOT, QR)
        self._number(slide)
        self._note(slide, "\n\n".join(filter(None, (note, shown.alt, shown.how, *contents.caveats(shown), quote.sentence(shown), contents.source_line(shown)))))
        return slide

    # --- what stands on them ---

    def _bare(self, title: str, size: int, top: int, height: int) -> object:
        slide = self.book.slides.add_slide(self.book.slide_layouts[0])
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = EDGE, top, ACROSS, height
        frame = holder.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        self._run(frame.paragraphs[0], title, size, bold=False)
        return slide

    def _text(self, slide, left, top, width, height, text: str, size: float, *, bold: bool = False, colour: str = "") -> None:
        frame = slide.shapes.add_textbox(left, top, width, height).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for n, line in enumerate(text.split("\n")):
            self._run(frame.paragraphs[0] if n == 0 else frame.add_paragraph(), line, size, bold=bold, colour=colour)

    def _run(self, paragraph, text: str, size: float, *, bold: bool = False, colour: str = "") -> None:
        if not text:  # an empty line is as high as its end says
            etree.SubElement(paragraph._p, f"{{{A}}}endParaRPr", lang=i18n.language(), sz=str(int(size * 100)))
            return
        run = paragraph.add_run()
        run.text = contents.readable(text)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _rgb(colour or self.colours.ink)
        run._r.get_or_add_rPr().set("lang", i18n.language())

    def _code(self, slide, address: str, left, top, size) -> None:
        out = io.BytesIO()
        segno.make(address, error="m").save(out, kind="png", scale=4, border=1, dark=self.colours.ink)
        out.seek(0)
        _described(slide.shapes.add_picture(out, left, top, size, size), _("QR code: {address}").format(address=address))

    def _number(self, slide) -> None:
        box = slide.shapes.add_textbox(WIDE - EDGE - Inches(1.15), HIGH - Inches(0.3), Inches(0.45), Inches(0.2))
        frame = box.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        field = etree.SubElement(frame.paragraphs[0]._p, f"{{{A}}}fld", id="{6F2B9A51-0D3E-4C55-8F4F-6A2C3C0B7B11}", type="slidenum")
        etree.SubElement(field, f"{{{A}}}rPr", lang=i18n.language(), sz="900")
        etree.SubElement(field, f"{{{A}}}t").text = str(len(self.book.slides))

    def _note(self, slide, text: str) -> None:
        if text:
            slide.notes_slide.notes_text_frame.text = contents.readable(text)

    def _figure(self, slide, shown: View, left, top, width, height) -> None:
        if maps.is_map(shown.figure):
            self._map(slide, shown, left, top, width, height)
            return
        drawn = charts.of(shown)
        each = (width - EDGE * (len(drawn) - 1)) // len(drawn)
        for n, chart in enumerate(drawn):
            # with room for it every column says its number
            self._chart(slide, chart, shown, left + n * (each + EDGE), top, each, height - Inches(0.3), named=len(drawn) == 1 and each > WIDE // 2)
        note = " ".join(dict.fromkeys(chart.note for chart in drawn if chart.note))
        if note:
            self._text(slide, left, top + height - Inches(0.28), width, Inches(0.28), note, 10, colour=self.colours.secondary)

    def _map(self, slide, shown: View, left, top, width, height) -> None:
        legend = maps.key(shown.figure)
        aside = Inches(2.6) if legend else 0
        frame = maps.Frame(int(left), int(top), int(width - aside), int(height))
        number = max((shape.shape_id for shape in slide.shapes), default=1) + 1
        slide.shapes._spTree.append(etree.fromstring(maps.group(shown.figure, frame, _("Map"), shown.alt, number)))
        for n, (form, colour, words) in enumerate(legend):
            at = top + Inches(0.1) + n * Inches(0.52)
            mark = slide.shapes.add_shape(FORMS[form], left + width - aside + Inches(0.1), at, Inches(0.2), Inches(0.2))
            mark.shadow.inherit = False
            if colour:
                mark.fill.solid()
                mark.fill.fore_color.rgb = RGBColor.from_string(colour)
            else:
                mark.fill.background()
            mark.line.color.rgb, mark.line.width = _rgb(self.colours.outline if colour else self.colours.ink), Pt(0.75 if colour else 1.5)
            _described(mark, _("Key: {words}").format(words=words))
            self._text(slide, left + width - aside + Inches(0.4), at - Inches(0.03), aside - Inches(0.4), Inches(0.5), words, 11)

    def _chart(self, slide, chart: charts.Chart, shown: View, left, top, width, height, *, named: bool) -> None:
        data = CategoryChartData(number_format="General")
        data.categories = [contents.readable(each) for each in chart.categories]
        for series in chart.series:
            data.add_series(contents.readable(series.name), series.values)
        alone = chart.kind == "columns" and len(chart.series) == 1
        placed = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED if alone else KINDS[chart.kind], left, top, width, height, data)
        alt = f"{chart.title}. {shown.alt}" if chart.title else shown.alt
        _described(placed, alt)
        drawn = placed.chart
        drawn.font.size, drawn.font.color.rgb = Pt(12), _rgb(self.colours.ink)
        drawn.has_title = bool(chart.title)
        if chart.title:
            drawn.chart_title.text_frame.text = contents.readable(chart.title)
            drawn.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
        drawn.has_legend = len(chart.series) > 1
        if drawn.has_legend:
            drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.value_axis.major_gridlines.format.line.color.rgb = _rgb(self.colours.grid)
        drawn.value_axis.format.line.fill.background()
        drawn.value_axis.tick_labels.number_format, drawn.value_axis.tick_labels.number_format_is_linked = "#,##0", False
        plot = drawn.plots[0]
        if chart.kind == "lines":
            for series, line in zip(chart.series, plot.series, strict=True):
                line.format.line.color.rgb, line.format.line.width, line.smooth = _rgb(series.colour), Pt(2.25), False
                line.marker.style = None
                etree.SubElement(line.marker._element.get_or_add_marker(), f"{{{C}}}symbol", val="none")
            return
        plot.gap_width = 45
        if not alone:
            plot.overlap = 100
        for series, bars in zip(chart.series, plot.series, strict=True):
            bars.format.fill.solid()
            bars.format.fill.fore_color.rgb = _rgb(series.colour)
            bars.format.line.color.rgb, bars.format.line.width = _rgb(self.colours.outline), Pt(0.5)
        if alone and named:
            plot.has_data_labels = True
            plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
            plot.data_labels.font.size, plot.data_labels.show_value = Pt(11), True
            plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "#,##0", False

    # --- tables ---

    def _tables(self, title: str, shown: View, how: str, note: str, most: int) -> None:
        """The table of a view on at most `most` slides; what is left out is said."""
        table = _crossed(shown)
        if table is None:
            table = view.twin(shown)
        if not len(table):
            self._slide(title, shown, shown.kicker, how, note)
            return
        size = 11 if len(table.columns) <= 9 else 9
        weights = _weights(table, _letters(size))
        parts = list(_parts(table, weights, 4.8, size))
        left_out = sum(len(part) for part in parts[most:])
        for n, rows in enumerate(parts[:most], start=1):
            kicker = shown.kicker + (f" · {_('part {n} of {all}').format(n=n, all=min(len(parts), most))}" if len(parts) > 1 else "")
            said = how if n == 1 else ""
            if left_out and n == min(len(parts), most):
                rest = ngettext("{n} more row stands on the page and in the workbook.", "{n} more rows stand on the page and in the workbook.", left_out)
                said = " ".join(filter(None, (said, rest.format(n=i18n.number(left_out)))))
            slide = self._slide(title, shown, kicker, said, note if n == 1 else "")
            self._table(slide, table, rows, weights, shown.alt, size)

    def _table(self, slide, table: pd.DataFrame, rows: Sequence[int], weights: Sequence[float], alt: str, size: int) -> None:
        placed = slide.shapes.add_table(len(rows) + 1, len(table.columns), EDGE, Inches(1.82), ACROSS, Inches(0.3))
        _described(placed, alt)
        grid = placed.table
        for column, weight in zip(grid.columns, weights, strict=True):
            column.width = Emu(int(ACROSS * weight))
        for down, cells in enumerate([list(table.columns), *(list(table.iloc[row]) for row in rows)]):
            grid.rows[down].height = Inches(_height(cells, weights, size))
            for at, value in enumerate(cells):
                cell = grid.cell(down, at)
                cell.margin_left = cell.margin_right = Inches(0.06)
                cell.margin_top = cell.margin_bottom = Inches(0.025)
                cell.text_frame.word_wrap = True
                self._run(cell.text_frame.paragraphs[0], _cell(value), size, bold=down == 0, colour=self.colours.paper if down == 0 else "")
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(self.colours.accent if down == 0 else self.colours.panel if down % 2 == 0 else self.colours.paper)


def _right_to_left(slide) -> None:
    """Let paragraphs and tables of a slide run from right to left; what stands in the middle stays there."""
    for paragraph in slide.iter(f"{{{A}}}p"):
        told = paragraph.get_or_add_pPr()
        told.set("rtl", "1")
        if told.get("algn") != "ctr":
            told.set("algn", "r")
    for told in slide.iter(f"{{{A}}}tblPr"):
        told.set("rtl", "1")


def _crossed(shown: View) -> pd.DataFrame | None:
    """A table of signs as a table of their meanings, a row a row; None where a view is none, or is as well told by its plain table."""
    if not isinstance(shown, TableView) or shown.drawing["layout"] not in ("signs", "cells"):
        return None
    drawing = shown.drawing
    columns = [column if isinstance(column, str) else column[0] for column in drawing["columns"]]

    def words(cell: object) -> str:
        if cell is None or isinstance(cell, str):
            return cell or drawing["empty"]
        mark, *more = cell
        told = [drawing["marks"][mark][1], more[0] if more else ""]
        if len(more) > 1 and more[1] is not None:
            told.append(drawing["flags"][more[1]][0])
        return " ".join(filter(None, told))

    lines = [[row[0], *map(words, row[1])] for _heading, rows in drawing["sections"] for row in rows]
    return pd.DataFrame(lines, columns=[drawing["first"], *columns]) if lines else None


def _drawable(shown: View) -> bool:
    return maps.is_map(shown.figure) or bool(charts.of(shown))


def _how(shown: View, item: Item) -> str:
    """What a speaker's audience is told, or how to read the figure."""
    return item.message or (shown.how if _drawable(shown) and len(shown.how) <= 200 else "")


def _cell(value: object) -> str:
    text = "" if value is None or value != value else " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[:LONGEST] + " " + _("[more on the page]")


def _weights(table: pd.DataFrame, letters: float) -> list[float]:
    rows = [list(map(str, table.columns)), *([_cell(value) for value in row] for row in table.itertuples(index=False))]
    return contents.widths(rows, ACROSS / Inches(1) * letters)


def _height(cells: Sequence[object], weights: Sequence[float], size: int) -> float:
    """Inches of a row."""
    wide, letters = ACROSS / Inches(1), _letters(size)
    lines = [-(-len(_cell(value)) // max(int((wide * weight - 0.12) * letters), 1)) for value, weight in zip(cells, weights, strict=True)]
    return 0.06 + LINE * size / 11 * max(max(lines, default=1), 1)


def _letters(size: int) -> float:
    """Letters of a line in an inch."""
    return LETTERS * 11 / size


def _parts(table: pd.DataFrame, weights: Sequence[float], room: float, size: int) -> Iterator[list[int]]:
    """The rows of a table by slide."""
    head = _height(list(table.columns), weights, size)
    part, used = [], head
    for row in range(len(table)):
        height = _height(list(table.iloc[row]), weights, size)
        if part and used + height > room:
            yield part
            part, used = [], head
        part.append(row)
        used += height
    if part:
        yield part


# --- the file ---

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def _template():
    """An empty book of 16:9 in the colours of the site, with one layout: a title and room."""
    book = Presentation()
    book.slide_width, book.slide_height = WIDE, HIGH
    master, listed = book.slide_master, book.slide_master.slide_layouts
    for layout in [each for n, each in enumerate(listed) if n != TITLE_ONLY]:
        listed.remove(layout)
    for holder in [*master.placeholders, *listed[0].placeholders]:
        if holder.placeholder_format.type is not None and holder.placeholder_format.idx != 0:
            if holder.placeholder_format.idx >= 10:  # day, foot and number, which the slides write themselves
                holder._element.getparent().remove(holder._element)
            else:
                holder.left, holder.top, holder.width, holder.height = EDGE, Inches(1.8), ACROSS, Inches(4.8)
    for each in (master, listed[0]):
        holder = next(found for found in each.placeholders if found.placeholder_format.idx == 0)
        holder.left, holder.top, holder.width, holder.height = EDGE, Inches(0.55), ACROSS, Inches(0.85)
    for properties in master._element.iterfind(f".//{{*}}titleStyle/{{{A}}}lvl1pPr"):
        properties.set("algn", "l")
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    part._blob = _themed(part.blob.decode("utf-8")).encode("utf-8")
    return book


def _themed(text: str) -> str:
    colours = theme.palette()
    named = {
        "dk2": colours.secondary, "lt2": colours.panel, "accent1": colours.accent, "accent2": colours.casualties["attack"],
        "accent3": colours.casualties["remnant"], "accent4": colours.obligation["met"], "accent5": colours.obligation["expired"],
        "accent6": colours.casualties["not_split"], "hlink": colours.accent, "folHlink": colours.secondary,
    }  # fmt: skip
    for name, colour in named.items():
        text = re.sub(rf"(<a:{name}>)<a:srgbClr val=\"[0-9A-F]+\"/>", rf'\g<1><a:srgbClr val="{colour.lstrip("#")}"/>', text)
    for kind, font in (("majorFont", HEADINGS), ("minorFont", TEXTS)):
        text = re.sub(rf"(<a:{kind}>\s*<a:latin typeface=\")[^\"]*", rf"\g<1>{font}", text)
    return text


def _described(shape, text: str) -> None:
    """Alternative text, for which the library has no word."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", contents.readable(text))


def _positive_axes(root) -> None:
    """The library numbers axes below zero, which the format forbids."""
    for each in root.iter(f"{{{C}}}axId", f"{{{C}}}crossAx"):
        each.set("val", each.get("val").lstrip("-"))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))
