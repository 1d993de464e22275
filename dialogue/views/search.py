"""Site search: a plain index of everything that has a place on these pages.

One query (``search_entries``) names what can be found, ``navigation`` adds the
pages and ``responses_published`` the answers that States have released. All
words of a question must be found, each as the beginning of a word or in the
singular; accents and capitals make no difference. A word that stands nowhere is
read with one letter changed, added, left out or swapped.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale
from babel.core import get_global

from dialogue import navigation
from dialogue.snapshot import queries, reader
from dialogue.views.dialogue import victim_definitions
from dialogue.views.evidence import trends, victims
from dialogue.words import i18n, method
from dialogue.words.i18n import _, label, state

LONGEST = 200  # characters of a question that are read
MOST_WORDS = 10
TYPO_FROM = 5  # letters; shorter words with another letter are other words

WORD = re.compile(r"[^\W_]+")
BRACKETS = re.compile(r"\([^)]*\)")
# NFKD takes no accent off these.
LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "’": "'"}
)
# Words that say nothing about what is sought, in the languages of the data.
SMALL_WORDS = frozenset(
    "an and at by for from in is of on or the to with au aux de des du en et la le les un une del el los las por y".split()
)
# Where a word was found, the better place first.
TITLE, ALIAS, TEXT = 0, 1, 4
PART_OF_WORD, TYPO = 2, 6


def kinds() -> dict[str, str]:
    """What can be found, in the order on screen: code and name."""
    return {
        "page": _("Pages"),
        "state": _("States"),
        "instrument": _("Instruments and plans"),
        "question": _("Guiding questions"),
        "action": _("Lausanne actions"),
        "indicator": _("Indicators"),
        "pillar": _("Pillars of the integrated approach"),
        "term": _("Terms"),
        "response": _("Responses of States"),
        "practice": _("Good practices"),
        "resource": _("Resources"),
        "meeting": _("Meetings"),
        "partner": _("People and partners"),
        "source": _("Documents"),
    }


@dataclass(frozen=True)
class Entry:
    """One thing that can be found; `aliases` find it and are never shown."""

    kind: str
    code: str
    title: str
    text: str
    aliases: str
    address: str


@dataclass(frozen=True)
class Found:
    """The answer to a question.

    `entries` by kind, the best first, the kind with the best entry first.
    `marked` are the beginnings of words that were found, `corrected` what was
    read in place of a word that stands nowhere, `alone` how many entries each
    word finds by itself, where all together find nothing.
    """

    entries: dict[str, list[Entry]]
    marked: tuple[str, ...]
    corrected: dict[str, tuple[str, ...]]
    alone: dict[str, int]

    @property
    def total(self) -> int:
        """How many entries were found."""
        return sum(len(entries) for entries in self.entries.values())


def fold(text: str) -> str:
    """Text without accents and capitals."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.casefold().translate(LETTERS)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return WORD.findall(fold(text))


class Index:
    """All entries, and for every word where it stands."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        # word -> {number of the entry: the best place it stands in}
        self.places: dict[str, dict[int, int]] = defaultdict(dict)
        # a code or a whole title -> numbers of the entries
        self.codes: dict[str, set[int]] = defaultdict(set)
        self.titles: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            title = words(entry.title)
            for name in (entry.title, BRACKETS.sub("", entry.title)):
                self.titles[" ".join(words(name))].add(number)
            if entry.code:
                self.codes[" ".join(words(entry.code))].add(number)
            # "Viet Nam" is found as "Vietnam" too
            together = "".join(title) if len(title) == 2 else ""
            for place, text in (
                (TEXT, entry.text),
                (ALIAS, f"{entry.aliases} {entry.code} {together}"),
                (TITLE, entry.title),
            ):
                for word in words(text):
                    self.places[word][number] = place
        self.vocabulary = sorted(self.places)

    def find(self, question: str) -> Found:
        """Find what `question` asks for."""
        asked = asked_words(question)
        hits = [self._word(word) for word in asked]
        corrected = {}
        if not all(hits) or not _common(hits):
            for position, word in enumerate(asked):
                # a word that is found keeps its reading unless the others leave nothing
                if hits[position] and not all(hits):
                    continue
                near = self._near(word)
                if near and not hits[position]:
                    corrected[word] = tuple(near)
                for other in near:
                    for number, rank in self._beginning(other).items():
                        hits[position].setdefault(number, rank + TYPO)
        numbers = _common(hits)
        whole = " ".join(words(question[:LONGEST]))
        exact, titled = self.codes.get(whole, set()), self.titles.get(whole, set())
        ranked = sorted(
            numbers,
            key=lambda n: (
                n not in exact,
                n not in titled,
                max(hit[n] for hit in hits),
                sum(hit[n] for hit in hits),
                n,
            ),
        )
        by_kind: dict[str, list[Entry]] = {}
        if ranked:
            order = list(kinds())
            best = {}
            for n in ranked:
                place = 0 if n in exact else 1 + max(hit[n] for hit in hits) // TEXT
                best.setdefault(self.entries[n].kind, place)
            for name in sorted(best, key=lambda name: (best[name], order.index(name))):
                by_kind[name] = [self.entries[n] for n in ranked if self.entries[n].kind == name]
        marked = tuple(w for word in asked for w in corrected.get(word) or (word, *_singular(word)))
        alone = {} if numbers or len(asked) < 2 else {w: len(hit) for w, hit in zip(asked, hits, strict=True)}
        return Found(by_kind, marked, corrected if numbers else {}, alone)

    def _word(self, word: str) -> dict[int, int]:
        """Entries with a word that begins with `word`, or with its singular."""
        hits = self._beginning(word)
        for one in _singular(word):
            for number, place in self.places.get(one, {}).items():
                hits[number] = min(hits.get(number, 99), place + PART_OF_WORD)
        return hits

    def _beginning(self, word: str) -> dict[int, int]:
        """Entries with a word that begins with `word`, and how well it fits."""
        hits: dict[int, int] = {}
        for position in range(bisect_left(self.vocabulary, word), len(self.vocabulary)):
            known = self.vocabulary[position]
            if not known.startswith(word):
                break
            part = PART_OF_WORD if known != word else 0
            for number, place in self.places[known].items():
                hits[number] = min(hits.get(number, 99), place + part)
        return hits

    def _near(self, word: str) -> list[str]:
        """Known words that differ from `word` in one letter."""
        if len(word) < TYPO_FROM:
            return []
        return sorted(
            known for known in _one_edit(word) if known in self.places and len(known) >= TYPO_FROM - 1
        )


def asked_words(question: str) -> list[str]:
    """The words of a question that say something; all of them where none does."""
    found = list(dict.fromkeys(words(question[:LONGEST])))[:MOST_WORDS]
    return [word for word in found if word not in SMALL_WORDS] or found


def _singular(word: str) -> list[str]:
    """“survivor” for “survivors”, “casualty” for “casualties”."""
    if len(word) < TYPO_FROM or not word.endswith("s") or word.endswith("ss"):
        return []
    return [word[:-1]] + ([word[:-3] + "y"] if word.endswith("ies") else [])


def _common(hits: list[dict[int, int]]) -> set[int]:
    return set.intersection(*map(set, hits)) if hits else set()


def _one_edit(word: str) -> set[str]:
    """Every text one edit away: a letter left out, swapped with the next, changed, added."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + c + b[1:] for a, b in cuts if b for c in letters} | {
        a + c + b for a, b in cuts for c in letters
    }
    return near - {word}


# ---- what is in the index ----


def index() -> Index:
    """The index of the data this server shows, built once."""
    return reader.snapshot().keep(
        ("search", i18n.language()), lambda: Index([*_pages(), *_rows(), *_responses()])
    )


def _rows() -> Iterable[Entry]:
    for row in queries.run("search_entries").itertuples(index=False):
        aliases = row.aliases or ""
        title = row.title
        if row.kind == "state":
            aliases += " " + " ".join(_short_names(row.code))
            title = state(row.code)
        yield Entry(row.kind, row.code or "", title, row.text or "", aliases, row.address)


def _short_names(iso3: str) -> list[str]:
    """What a country is called in everyday English, French and Spanish (Unicode's lists of names)."""
    codes = get_global("territory_aliases").get(iso3) or [""]
    names = [Locale(language).territories.get(codes[0], "") for language in ("en", "fr", "es")]
    return [name for name in names if name]


def _responses() -> Iterable[Entry]:
    """Answers that may be shown: that query alone reads them."""
    if "responses_published" not in queries.names():
        return
    for row in queries.run("responses_published").itertuples(index=False):
        title = _("{state}: response to question ({letter})").format(
            state=state(row.iso3), letter=row.question
        )
        text = " · ".join(part for part in (row.summary_en, row.answer) if part)
        aliases = f"{row.iso3} {' '.join(_short_names(row.iso3))} {label('question', row.question)} {row.document or ''}"
        yield Entry(
            "response", "", title, text, aliases, f"responses?question={row.question}&state={row.iso3}"
        )


def _pages() -> Iterable[Entry]:
    about = _about()
    for heading, entries in navigation.sections().items():
        for page in entries:
            if page.path != "search":
                yield Entry("page", "", page.title, about.get(page.path, ""), heading, page.path or ".")
    for address, (title, text, *aliases) in _places().items():
        yield Entry("page", "", title, text, " ".join(aliases), address)


def _about() -> dict[str, str]:
    """What a page answers, by its path."""
    return {
        "": _("Headline figures, what has changed, and a map"),
        "affected-states": _(
            "World map: obligations, casualties, membership of the Convention; a card for each State"
        ),
        "new-victims": _("Casualties by year and by State, and who the victims are: sex, age, civilians"),
        "obligations": _(
            "What was found in place on each obligation, State by State; evidence and its age"
        ),
        "comparisons": _(
            "Instruments beside each other: who is party and since when, and what each asks for"
        ),
        "questions": _("The seven questions of the dialogue, (a) to (g), each with its evidence"),
        "states": _("All that is known of one State on one page; two or three States side by side"),
        "responses": _("What States have answered to the guiding questions, and good practices"),
        "integrated-approach": _(
            "Pillars of victim assistance across the instruments; what obliges a State; who counts as a victim; a timeline"
        ),
        "new-use": _("Mental health, psychosocial support and new use of cluster munitions, from the data"),
        "work-plan": _("Objectives, activities, outputs, drafts and meetings, and where each is found"),
        "resources": _("Stakeholders, tools and guidance, good practices, glossary"),
        "sources": _("Every document, the method, the data dictionary, boundaries, licence, citation"),
    }


def _places() -> dict[str, tuple[str, ...]]:
    """Places within a page that visitors look for by name: address, title, what is there, other words that find it."""
    world, shares = trends.world_cluster_munitions(), victims.shares()
    places = {
        "new-victims?view=world": (
            _("Casualties worldwide by year"), world.title,
            _("how many people killed injured dead wounded total number figure new casualties victims"),
        ),
        "new-victims?view=states": (
            _("Casualties by State"), _("Killed and injured in each State and area by year, where a figure was found"),
            _("how many people killed injured dead wounded country number figure"),
        ),
        "new-victims?view=who": (
            _("Who the victims are"), shares.title,
            _("women woman men man girls boys children child sex gender age civilians share how many percentage"),
        ),
        "affected-states?show=all_time": (
            _("All-time casualties"), _("Casualties recorded in each State over all years, and estimates beside them"), _("how many total ever number"),
        ),
        "states": (
            _("Survivors counted, Article 7 reports, focal points"), _("In the profile of each State: survivors counted and estimated, its reports under Article 7, its focal point"),
            _("how many survivors number registered transparency report reporting due who to write to"),
        ),
        "obligations?indicator=rehabilitation": (
            _("Rehabilitation and prostheses"), _("Whether prosthetic, orthotic and other rehabilitation services were found, State by State"),
            _("prosthesis prosthetics prosthetic orthosis limb wheelchair orthopaedic physiotherapy assistive devices"),
        ),
        "questions?question=f": (
            _("Psychosocial care"), _("What was found on mental health and psychosocial support, State by State"),
            _("psychologist psychological trauma counselling therapy peer support"),
        ),
        "resources?view=people": (
            _("People and partners"), _("Who coordinates victim assistance and who takes part, as far as recorded"), _("contact coordinators who to write to"),
        ),
        "integrated-approach?view=victims": (
            victim_definitions.heading(), victim_definitions.named().title, _("definition of victim who is a victim family families community dead"),
        ),
    }
    if method.contact():
        places["sources?section=contact"] = (_("Contact and corrections"), _("Where to write, and how a State asks for a correction"), _("e-mail address write us wrong mistake error"))
    return places | {
        "sources?section=rules": (_("Method and rules"), _("How figures are chosen and counted")),
        "sources?section=dictionary": (_("Data dictionary"), _("Tables, columns, units and codes")),
        "sources?section=workplan": (
            _("Work plan, updated"),
            _("Statements of the work plan and what other sources say since"),
        ),
        "sources?section=boundaries": (_("Boundaries and names"), _("What the maps say and do not say")),
        "sources?section=licence": (
            _("Licence and citation"),
            _("How to quote and reuse figures, CSV downloads"),
        ),
        "comparisons?view=joining": (
            _("Joining over time"),
            _("How membership of each instrument grew, and withdrawals"),
        ),
        "comparisons?view=survivors": (
            _("Survivors under two conventions"),
            _("CCM, APMBC and Protocol V compared"),
        ),
        "resources?view=glossary": (_("Glossary"), _("Terms in English, French and Spanish")),
    }
