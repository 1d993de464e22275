"""Texts of the tables in other languages: findings, practices, summaries, notes.

`data/translations/LANGUAGE.po` holds them by their English text, so that a text that has changed
falls back to English by itself. Codes, names and numbers have no place here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd
from babel import Locale
from babel.messages.pofile import read_po

from dialogue.snapshot import store
from dialogue.snapshot.store import Snapshot

FOLDER = "translations"
ENGLISH = "[EN]"  # stands before a text that has no translation yet
LEFT = "\u2066{}\u2069"  # keeps its own order, left to right, in a text that runs right to left
# Columns whose cells are words for readers.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "areas": ("note",), "treaty_actions": ("note",), "treaty_events": ("note",), "treaty_conflicts": ("note",),
    "instrument_facts": ("value", "note"), "casualties": ("note",), "casualty_periods": ("measure", "note"),
    "casualty_totals": ("measure", "note"), "casualty_shares": ("measure", "base", "note"),
    "new_victims": ("measure", "activity", "item_type", "note"), "incidents": ("activity", "note"), "survivors": ("note",),
    "annotations": ("en",), "obligation_findings": ("finding", "to_confirm", "note"), "indicators": ("note",),
    "actions": ("summary", "predecessor_action", "note"), "questions": ("data_indicators", "note"), "obligation_lists": ("listed", "note"),
    "obligation_list_notes": ("note",), "article7_reports": ("note",), "article7_context": ("fact", "note"), "crpd_reports": ("note",),
    "apmbc_survivor_states": ("basis",), "apmbc_findings": ("detail",), "protocol_v": ("detail", "note"),
    "va_crosswalk": ("article", "summary", "note"), "meetings": ("meeting", "place", "what", "note"),
    "work_plan": ("label", "who", "status", "note"), "work_plan_claims": ("claim", "finding"),
    "stakeholders": ("name", "role_in_seed", "who_today", "note"), "resources": ("type", "note"), "good_practices": ("description", "note"),
    "glossary": ("definition", "legal_source"), "recent_findings": ("fact", "value", "note"),
    "work_plan_elements": ("section", "element", "note"), "reporting_dates": ("what", "note"), "newer_editions": ("note",),
    "decks": ("title", "message", "note"), "victim_definitions": ("name", "instrument", "place", "cause_limit", "summary", "note"),
}  # fmt: skip
# Columns of a query's answer that hold what a text may look like and is none: names, documents, addresses.
NEVER = re.compile(r"name_\w\w|publisher|edition(_title)?|url|.*_id|id|iso3|locators?|version|made_by|said_by|before|after")
# Numbers of articles and targets: where the language runs right to left, they keep their own order all the same.
REFERENCES = re.compile(r"(\w+_)?articles?|sdg_targets")
WORDS = re.compile(r"[^\W\d_]{2,}.*\s|\s.*[^\W\d_]{2,}", re.DOTALL)  # several words: no code has a blank


def english(snapshot: Snapshot) -> dict[str, dict[str, None]]:
    """By table, its texts in English, each once, in the order of the rows."""
    return snapshot.keep("texts", lambda: {table: dict.fromkeys(_cells(snapshot, table)) for table in COLUMNS})


def _cells(snapshot: Snapshot, table: str) -> Iterator[str]:
    fields = [field.name for field in snapshot.description.tables[table].fields]
    places = [fields.index(name) + 1 for name in COLUMNS[table] if name in fields]
    for row in snapshot.checked.rows[table]:
        yield from (row[at] for at in places if isinstance(row[at], str) and WORDS.search(row[at]))


def file(language: str) -> Path:
    """Where the texts of a language stand, or would stand."""
    return store.data_folder() / FOLDER / f"{language}.po"


def catalogue(language: str) -> dict[str, str]:
    """English texts and their translations; empty where there is no file."""
    path = file(language)
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=12)
def _read(path: Path, _written: int) -> dict[str, str]:
    with path.open("rb") as content:
        return {each.id: each.string for each in read_po(content) if each.id and each.string and not each.fuzzy}


def missing(language: str, snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """By table with texts: how many have no translation, and how many there are."""
    known = catalogue(language)
    return {table: (sum(text not in known for text in texts), len(texts)) for table, texts in english(snapshot).items() if texts}


def translated(answer: pd.DataFrame, language: str, snapshot: Snapshot) -> pd.DataFrame:
    """The answer to a query with its texts in a language; a text without a translation stays English and says so.

    Where the language runs right to left, English keeps its own order, with its full stop at its end.
    """
    if not catalogue(language):
        return answer
    from_right = Locale(language).text_direction == "rtl"
    known = snapshot.keep(("texts", language), lambda: _said(language, snapshot, from_right))
    columns = [name for name in answer.columns if answer[name].dtype == object and not NEVER.fullmatch(name)]
    changed = {
        name: pd.Series([known.get(cell, cell) if isinstance(cell, str) else cell for cell in answer[name]], index=answer.index, dtype=object) for name in columns
    }
    if from_right:
        for name in filter(REFERENCES.fullmatch, changed):
            changed[name] = changed[name].map(lambda cell: LEFT.format(cell) if isinstance(cell, str) and cell.isascii() else cell)
    return answer.assign(**changed)


def _said(language: str, snapshot: Snapshot, from_right: bool) -> dict[str, str]:
    """What stands for each English text: its translation, or itself with the mark of what has none."""
    marked = LEFT.format(f"{ENGLISH} {{}}") if from_right else f"{ENGLISH} {{}}"
    return {text: marked.format(text) for table in english(snapshot).values() for text in table} | catalogue(language)
