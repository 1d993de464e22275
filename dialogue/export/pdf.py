"""PDF: a brief as tagged PDF/UA-1, set by typst, which is optional (``requirements-pdf.txt``).

Texts reach the template as data, never as its markup.
"""

import io
import json
from dataclasses import asdict
from pathlib import Path

import segno

from dialogue.export import contents
from dialogue.export.briefs import Brief, Heading, Table
from dialogue.snapshot import reader
from dialogue.views import theme
from dialogue.words import i18n
from dialogue.words.i18n import _

try:
    import typst
except ImportError:
    typst = None

TEMPLATE = Path(__file__).with_name("brief.typ")
STANDARD = "ua-1"
LETTERS = 118, 185  # of a line of a table on a sheet that stands, and on one that lies


class NotHere(Exception):
    """What writes this format is not on this machine; the message says how to get it."""


def written(brief: Brief) -> bytes:
    """The brief as PDF. Raises NotHere where typst is not installed."""
    if typst is None:
        raise NotHere(
            _("A PDF needs the optional package typst, which is not on this machine: run `pip install -r requirements-pdf.txt` there. The same brief is there as docx.")
        )
    told = {"brief": json.dumps(_told(brief))}
    try:
        return typst.compile(str(TEMPLATE), sys_inputs=told, pdf_standards=[STANDARD])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # a letter that no font of this machine has: a box in a tagged document, but not one that may call itself PDF/UA
        return typst.compile(str(TEMPLATE), sys_inputs=told)


def _told(brief: Brief) -> dict:
    """The brief as the template reads it."""
    colours, day = theme.PALETTES["light"], reader.snapshot().as_of
    code = io.BytesIO()
    if brief.site:
        segno.make(brief.site, error="m").save(code, kind="svg", scale=6, border=1, dark=colours.ink)
    return {
        "title": contents.readable(brief.title), "kicker": contents.readable(brief.kicker), "version": brief.version, "foot": contents.version(),
        "author": _("Dialogue on Victim Assistance"), "language": i18n.language(), "day": [day.year, day.month, day.day],
        "contents": _("Contents") if brief.listed else "", "blocks": list(map(_block, brief.blocks)),
        "lies": brief.lies, "site": brief.site, "code": code.getvalue().decode(), "code_alt": brief.code,
        "colours": {"ink": colours.ink, "accent": colours.accent, "secondary": colours.secondary, "panel": colours.panel, "outline": colours.outline},
    }  # fmt: skip


def _block(block: object) -> dict:
    if isinstance(block, Table):
        widths = contents.widths(block.rows, LETTERS[block.across])
        return {"kind": "table", "across": block.across, "widths": widths, **asdict(block)}
    return {"kind": "heading", **asdict(block)} if isinstance(block, Heading) else asdict(block)
