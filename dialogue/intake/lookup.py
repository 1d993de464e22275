"""The codes that a column may hold, and the names they go by."""

import difflib
import re
from collections.abc import Iterator
from functools import cache, cached_property

from babel import Locale
from babel.core import get_global

from dialogue.intake.dates import LANGUAGES
from dialogue.intake.texts import fold
from dialogue.tables import write
from dialogue.tables.package import Description, Field, Table

NAMES = ("name_en", "name_fr", "name_es", "name", "title", "term_en", "label", "summary")

# Names in everyday use that are in neither the tables nor Unicode's lists; understood, never shown.
EVERYDAY = {
    "ivory coast": "CIV", "lao pdr": "LAO", "lao": "LAO", "burma": "MMR", "swaziland": "SWZ", "cape verde": "CPV",
    "east timor": "TLS", "drc": "COD", "dr congo": "COD", "democratic republic of congo": "COD",
    "south korea": "KOR", "republic of korea": "KOR", "north korea": "PRK", "dprk": "PRK", "macedonia": "MKD",
    "czech republic": "CZE", "turkey": "TUR", "holland": "NLD", "usa": "USA", "us": "USA", "uk": "GBR",
    "great britain": "GBR", "uae": "ARE", "bosnia": "BIH", "bih": "BIH", "palestine": "PSE", "car": "CAF",
}  # fmt: skip


class Lookup:
    """The codes that a column may hold and the names they go by."""

    def __init__(self, table: Table, description: Description, rows: dict[str, list[tuple]]) -> None:
        self.table, self.description, self.rows = table, description, rows
        self._codes: dict[str, dict[str, str]] = {}
        self._names: dict[str, dict[str, set[str]]] = {}

    def codes(self, spec: Field) -> dict[str, str]:
        """Code and name of everything that may stand in a column; empty for free text."""
        if spec.name not in self._codes:
            self._codes[spec.name] = dict(self._find(spec))
        return self._codes[spec.name]

    def _find(self, spec: Field) -> Iterator[tuple[str, str]]:
        target = self.target(spec)
        if target:
            for other, column in target:
                for row in self._dicts(other):
                    yield (
                        row[column],
                        next((row[n] for n in NAMES if row.get(n)), "") or self._label(column, row[column]),
                    )
        elif "enum" in spec.constraints:
            for code in spec.constraints["enum"]:
                yield code, self._label(spec.name, code)
        else:
            for (name, code), labels in self.labels.items():
                if name == spec.name:
                    yield code, labels[0]

    def target(self, spec: Field) -> list[tuple[str, str]]:
        """Tables and columns that a column refers to."""
        found = [(other, to) for column, other, to in self.table.foreign_keys if column == spec.name]
        if not found and spec.name == "iso3" and self.table.name not in ("states", "areas"):
            found = [("states", "iso3"), ("areas", "iso3")]
        return [
            (other, to)
            for other, to in found
            if other in self.description.tables and other != self.table.name
        ]

    def _dicts(self, name: str) -> Iterator[dict]:
        columns = [f.name for f in self.description.tables[name].fields]
        for row in self.rows.get(name, ()):
            yield {column: write.cell(value) for column, value in zip(columns, row[1:], strict=True)}

    @cached_property
    def labels(self) -> dict[tuple[str, str], list[str]]:
        """Labels in all languages by (list, code)."""
        found = {}
        if "labels" in self.description.tables:
            for row in self._dicts("labels"):
                found[row["list"], row["code"]] = [row[n] for n in LANGUAGES if row.get(n)]
        return found

    def _label(self, name: str, code: str) -> str:
        labels = self.labels.get((name, code))
        if labels is None:
            labels = next((texts for (_, other), texts in self.labels.items() if other == code), [""])
        return labels[0] if labels else ""

    def names(self, spec: Field) -> dict[str, set[str]]:
        """Codes by every name they go by, folded."""
        if spec.name not in self._names:
            found: dict[str, set[str]] = {}

            def add(name: str, code: str) -> None:
                for form in (name, re.sub(r"\([^)]*\)", "", name)):
                    if words := fold(form):
                        found.setdefault(words, set()).add(code)

            for code in self.codes(spec):
                add(code, code)
            for other, column in self.target(spec):
                for row in self._dicts(other):
                    for name in NAMES:
                        add(row.get(name, ""), row[column])
            enum = spec.constraints.get("enum")
            for (name, code), labels in self.labels.items():
                # a list of this column first; codes of other lists may read the same and mean something else
                if code in self.codes(spec) and (name == spec.name or enum):
                    for label in labels:
                        add(label, code)
            if any(other == "states" for other, _ in self.target(spec)):
                for code in self.codes(spec):
                    for name in country_names(code):
                        add(name, code)
                for name, code in EVERYDAY.items():
                    if code in self.codes(spec):
                        found.setdefault(name, set()).add(code)
            self._names[spec.name] = found
        return self._names[spec.name]

    def code(self, spec: Field, text: str) -> str:
        """The one code that a text is a name of, or ""."""
        words = fold(text)
        for form in (words, words.removeprefix("the ")):
            codes = self.names(spec).get(form, set())
            if len(codes) == 1:
                return next(iter(codes))
        return ""

    def is_place(self, spec: Field) -> bool:
        """Whether a column holds codes of States, and they are known."""
        return bool(self.codes(spec)) and any(other == "states" and to == "iso3" for other, to in self.target(spec))

    def nearest(self, spec: Field, text: str) -> str:
        """The code whose name is most like a text, or ""."""
        words = fold(text)
        near = difflib.get_close_matches(words, list(self.names(spec)), 1, 0.8)
        if near and self.is_place(spec) and not _slip(words, near[0]):
            return ""  # Somaliland is not Somalia written wrongly
        codes = self.names(spec)[near[0]] if near else set()
        return next(iter(codes)) if len(codes) == 1 else ""

    def write(self, spec: Field, code: str, before: str = "write ") -> str:
        """“write LAO (Lao People’s Democratic Republic)”."""
        name = self.codes(spec).get(code, "")
        return f"{before}{code} ({name})" if name and name != code else f"{before}{code}"


def _slip(one: str, other: str) -> bool:
    """Whether two names of at least five letters differ by a letter or two, and not by an ending of its own."""
    if min(len(one), len(other)) < 5:
        return False
    same = sum(block.size for block in difflib.SequenceMatcher(None, one, other).get_matching_blocks())
    return max(len(one), len(other)) - same <= (1 if min(len(one), len(other)) < 8 else 2)


@cache
def country_names(iso3: str) -> tuple[str, ...]:
    """What a country is called in everyday English, French and Spanish, and its code of two letters."""
    two = (get_global("territory_aliases").get(iso3) or [""])[0]
    names = [Locale(language).territories.get(two, "") for language in LANGUAGES]
    return tuple(name for name in (*names, two) if name)
