"""Words, numbers and dates in the reader's language.

Interface texts go through gettext (``_`` and ``ngettext``; catalogues in
``dialogue/locale``), names of codes come from the label tables, numbers,
dates and lists are written by ``habits``. English is there; a language is added by a catalogue.
"""

import gettext as _gettext
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dialogue.snapshot import reader
from dialogue.words import habits

LOCALES = Path(__file__).resolve().parent.parent / "locale"
FORMS = ("the_state", "in_state", "of_state", "to_state")


def language() -> str:
    """The language of the reader."""
    return reader.current().language


def direction(code: str) -> str:
    """“ltr” or “rtl”: the way a language is written."""
    return "rtl" if Locale.parse(code).text_direction == "rtl" else "ltr"


def catalogue_file(code: str) -> Path:
    """Where the catalogue of a language stands, or would stand."""
    return LOCALES / code / "LC_MESSAGES" / "messages.po"


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    """The catalogue of a language, read once a process (a fifth of a second); messages marked fuzzy stay in English."""
    if not catalogue_file(code).is_file():
        return _gettext.NullTranslations()
    with catalogue_file(code).open("rb") as file:
        read = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """The message in the reader's language."""
    return _catalogue(language()).gettext(message)


def pgettext(context: str, message: str) -> str:
    """The same for a message that means several things in English: `context` says which, to translators only."""
    return _catalogue(language()).pgettext(context, message)


def ngettext(one: str, many: str, n: int) -> str:
    """The message in the singular or plural that `n` asks for."""
    return _catalogue(language()).ngettext(one, many, n)


def number(value, count_type: str = "recorded") -> str:
    """A count as text: thousands as the language writes them (a comma in English), “≥” before a minimum, “about” before an estimate."""
    if value is None or value != value:
        return "–"
    text = habits.number(value, language())
    if count_type == "minimum":
        return habits.minimum(text, language())
    return _("about {n}").format(n=text) if count_type == "estimate" else text


def percent(share: float, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return habits.percent(share, digits, language())


def day(value) -> str:
    """A date, or a partial date such as “2026” or “2026-05”, in words."""
    if value is None or value != value or value == "":
        return ""
    if isinstance(value, date):
        return habits.day(value, language())
    text = str(value)
    if len(text) == 4:
        return text
    if len(text) == 7:
        return habits.month(date.fromisoformat(f"{text}-01"), language())
    return habits.day(date.fromisoformat(text), language())


def _labels(code: str) -> dict[tuple[str, str], str]:
    return reader.snapshot().keep(("labels", code), lambda: _read_labels(code))


def _read_labels(code: str) -> dict[tuple[str, str], str]:
    cursor = reader.snapshot().cursor()
    found = {
        (list_, code_): text
        for list_, code_, text in cursor.execute(
            f"SELECT list, code, coalesce({code}, en) FROM labels"
        ).fetchall()
    }
    own = f"name_{code}" if code in ("en", "fr", "es") else "NULL"
    for iso3, name in cursor.execute(
        f"SELECT iso3, coalesce({own}, name, name_en) FROM (FROM states SELECT iso3, COLUMNS('name_.*') UNION ALL FROM areas SELECT iso3, COLUMNS('name_.*'))"
        " LEFT JOIN (FROM state_names WHERE language = ?) USING (iso3)", [code]
    ).fetchall():  # fmt: skip
        found["state", iso3] = name
    for iso3, article in cursor.execute("SELECT iso3, article_en FROM states WHERE article_en IS NOT NULL").fetchall() if code == "en" else []:
        found["the_state", iso3] = f"{article} {found['state', iso3]}"
    for iso3, *forms in cursor.execute(f"SELECT iso3, {', '.join(FORMS)} FROM state_names WHERE language = ?", [code]).fetchall():
        found |= {(form, iso3): text for form, text in zip(FORMS, forms, strict=True) if text}
    return found


def label(list_: str, code) -> str:
    """What a code is called; the code itself where no label is known."""
    return _labels(language()).get((list_, str(code)), str(code))


def state(iso3: str) -> str:
    """The UN name of a State, or the name of an area, for a label or a list."""
    return label("state", iso3)


def _form(form: str, iso3: str, english: str) -> str:
    labels = _labels(language())
    if (form, iso3) in labels:
        return labels[form, iso3]
    name = labels.get(("the_state", iso3)) or state(iso3)
    return english.format(name) if language() == "en" else name


def the_state(iso3: str) -> str:
    """The UN name as it stands in a sentence, with its article (“the Lao People’s Democratic Republic”)."""
    return _form("the_state", iso3, "{}")


def in_state(iso3: str) -> str:
    """Where something is: “in the Lao People’s Democratic Republic”, “au Liban”."""
    return _form("in_state", iso3, "in {}")


def of_state(iso3: str) -> str:
    """Whose something is: “of Lebanon”, “du Liban”."""
    return _form("of_state", iso3, "of {}")


def in_states(codes: Sequence[str]) -> str:
    """Where something is, of several States: “in Lebanon and Yemen”, “au Liban et au Yémen”."""
    if language() == "en":
        return f"in {listing([the_state(iso3) for iso3 in codes])}"
    return listing([in_state(iso3) for iso3 in codes])


def to_state(iso3: str) -> str:
    """To whom something goes: “to Lebanon”, “au Liban”."""
    return _form("to_state", iso3, "to {}")


def codes(list_: str) -> list[str]:
    """The codes of a list in their order on screen."""
    rows = reader.snapshot().cursor().execute(
        "SELECT code FROM labels WHERE list = ? ORDER BY position NULLS LAST, code", [list_]
    )
    return [row[0] for row in rows.fetchall()]


def listing(items: Sequence[str]) -> str:
    """“A, B and C”."""
    return habits.listing(items, language())


def commas(items: Iterable[str]) -> str:
    """“A, B, C”."""
    return habits.LANGUAGES[language()].comma.join(items)


def colon(left: object, right: object) -> str:
    """“A: B”."""
    return f"{left}{habits.LANGUAGES[language()].colon}{right}"


def quoted(name: str) -> str:
    """“A”."""
    return name.join(habits.LANGUAGES[language()].quotes)


def semicolons(items: Iterable[str]) -> str:
    """“A; B; C”."""
    return habits.LANGUAGES[language()].semicolon.join(items)
