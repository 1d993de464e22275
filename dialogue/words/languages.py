"""Which languages the dashboard speaks, and in which of them a visitor reads.

A language of ``data/languages.csv`` appears as soon as its catalogue is there and every label
and every name of a State is filled. What stands in an address comes first, then what the
visitor's browser prefers.
"""

from dataclasses import dataclass

from dialogue.snapshot import live
from dialogue.snapshot.store import Snapshot
from dialogue.words import habits, i18n
from dialogue.words.i18n import _


@dataclass(frozen=True)
class Language:
    """`name`: what the language calls itself. `reviewed`: whether a native speaker has read the catalogue."""

    code: str
    name: str
    reviewed: bool


USUAL = Language("en", "English", True)


def offered() -> dict[str, Language]:
    """The languages of the server by code, in the order of the menu; English alone where the data cannot be read."""
    shown = live.latest()
    if shown.problems:
        return {"en": USUAL}
    return shown.keep("languages", lambda: {"en": USUAL} | {each.code: each for each in _read(shown)})


def _read(shown: Snapshot) -> list[Language]:
    cursor = shown.cursor()
    rows = cursor.execute("SELECT code, name, reviewed_by IS NOT NULL FROM languages WHERE code <> 'en' ORDER BY position").fetchall()
    return [Language(*row) for row in rows if i18n.catalogue_file(row[0]).is_file() and not missing(row[0], shown)]


def missing(code: str, shown: Snapshot) -> list[str]:
    """What has no text in a language: labels as “list: code”, States by their codes."""
    cursor, names = shown.cursor(), f"name_{code}" if code in ("fr", "es") else "NULL"
    labels = cursor.execute(f"SELECT list || ': ' || code FROM labels WHERE {code} IS NULL ORDER BY ALL").fetchall()
    states = cursor.execute(
        f"SELECT iso3 FROM states LEFT JOIN (FROM state_names WHERE language = ?) USING (iso3) WHERE coalesce({names}, name) IS NULL ORDER BY ALL",
        [code],
    ).fetchall()
    return [row[0] for row in (*labels, *states)]


def of(asked: str | None, wished: str | None = None) -> str:
    """The code of the language in which somebody reads: the one asked for, else the first that the browser wishes for.

    `wished` is a header Accept-Language: “fr-CH, fr;q=0.9, en;q=0.8”. What is not offered is passed over.
    """
    if asked in offered():
        return asked
    weighed = []
    for part in (wished or "")[:500].split(","):
        tag, _semicolon, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), tag.partition("-")[0].lower()))
        except ValueError:
            continue
    return next((code for weight, code in sorted(weighed, key=lambda each: each[0]) if weight < 0 and code in offered()), "en")


def notice() -> str:
    """That nobody whose language it is has read the reader's catalogue; "" where somebody has."""
    spoken = offered().get(i18n.language())
    if spoken is None or spoken.reviewed:
        return ""
    return _("This translation has not been reviewed by a native speaker yet; the English text is the one that was checked. [EN]: not translated yet.")


def known() -> list[str]:
    """Every language whose numbers and dates can be written, offered or not."""
    return list(habits.LANGUAGES)
