"""Glossary terms, linked from the words where they first appear on a page."""

import html
import re
import textwrap
from typing import NamedTuple
from urllib.parse import quote

from dialogue.snapshot import queries, reader
from dialogue.words import i18n

SHORTEST = 3  # letters of an abbreviation; “AT” or “OP” stand for too many things
ADDRESS = "resources?view=glossary&amp;term="
TITLE = 300  # characters of a meaning that the link itself tells


class _Terms(NamedTuple):
    """The glossary made ready: what to look for, and the link of each term."""

    pattern: re.Pattern | None
    names: list[str]
    openings: dict[str, str]


def linked(text: str, first: dict[str, tuple[str, int]]) -> str:
    """Plain text as safe HTML, each glossary term a link where it first stands.

    `first` remembers, by term, the text and place that has its link: one dictionary a page.

    The text that has a term's link keeps it when a part of the page is drawn
    again; every other text shows the term unlinked.
    """
    parts, at = [], 0
    for begin, end, term, opening in _found(text):
        parts.append(html.escape(text[at:begin]))
        words = html.escape(text[begin:end])
        # a term that stands twice in one text is linked once
        own = first.setdefault(term, (text, begin)) == (text, begin)
        parts.append(f"{opening}{words}</a>" if own else words)
        at = end
    return "".join([*parts, html.escape(text[at:])])


def _found(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """Where glossary terms stand in a text: begin, end, term, opening tag of its link."""
    return reader.snapshot().keep(("terms in", text, i18n.language()), lambda: _find(text))


def _find(text: str) -> tuple[tuple[int, int, str, str], ...]:
    language = i18n.language()
    terms = reader.snapshot().keep(("terms", language), lambda: _terms(language))
    if terms.pattern is None:
        return ()
    hits = ((hit, terms.names[hit.lastindex - 1]) for hit in terms.pattern.finditer(text))
    return tuple((hit.start(), hit.end(), name, terms.openings[name]) for hit, name in hits)


def _terms(language: str) -> _Terms:
    wanted: list[tuple[str, str, str]] = []  # what is written, pattern, term
    openings = {}
    for row in queries.run("glossary").itertuples(index=False):
        written = getattr(row, f"term_{language}", None) or row.term_en
        wanted.append((written, f"(?i:{_words(written)})", row.term_en))
        if row.abbreviation and len(row.abbreviation) >= SHORTEST:
            wanted.append((row.abbreviation, f"{re.escape(row.abbreviation)}s?", row.term_en))
        openings[row.term_en] = (
            f'<a class="va-term" target="_self" href="{ADDRESS}{quote(row.term_en, safe="")}"'
            f' title="{html.escape(textwrap.shorten(row.definition, TITLE, placeholder="…"))}">'
        )
    # the longest term first: “cluster munition victim” before “cluster munition”
    wanted.sort(key=lambda each: -len(each[0]))
    joined = "|".join(f"({pattern})" for _written, pattern, _term in wanted)
    # whole words, and no part of a word with a hyphen or of the name of a publication
    pattern = re.compile(rf"(?<![\w-])(?:{joined})(?![\w-]|\s+Monitor\b)") if wanted else None
    return _Terms(pattern, [term for _written, _pattern, term in wanted], openings)


def _words(term: str) -> str:
    """A pattern for a term; each of its words may stand in the plural (“States Parties”)."""

    def either(word: str) -> str:
        if word.endswith("y"):
            return f"{re.escape(word[:-1])}(?:y|ies)"
        return re.escape(word.removesuffix("s") if not word.endswith("ss") else word) + "s?"

    return r"\s+".join(either(word) for word in term.split())
