"""The offline edition: one ZIP to unpack and open, without network, rights or Python.

It holds the light edition of every page and State, every deck, every figure, the tables
as CSV and a search, all built for the present reader from one snapshot.
"""

import html
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from dialogue.present import decks, light, pack, page
from dialogue.snapshot import reader
from dialogue.tables import write
from dialogue.views import catalogue
from dialogue.views.addresses import STATIC
from dialogue.views.view import View
from dialogue.words import i18n
from dialogue.words.i18n import _

FILES = "app/static/player/"
STAMP = (1980, 1, 1, 0, 0, 0)
Progress = Callable[[int, int], None]


def write_to(out: Path, *, notes: bool = False, site: str = "", progress: Progress = lambda done, all_: None) -> None:
    """Write the ZIP to a file, whole or not at all.

    `notes`: with what speakers wrote for themselves. `site`: the address of the dashboard,
    for links to the full pages. `progress` is told how many of how many files are done.
    """
    write.put(Path(out), whole(notes=notes, site=site, progress=progress))


def whole(*, notes: bool = False, site: str = "", progress: Progress = lambda done, all_: None) -> bytes:
    """The ZIP as bytes; the same data give the same bytes. See `write_to`."""
    made = _Bundle(notes, site)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        jobs = list(made.jobs())
        for n, (name, build) in enumerate(jobs, start=1):
            _put(packed, name, build())
            progress(n, len(jobs) + made.figures_to_come())
        for n, (name, content) in enumerate(made.figures(), start=len(jobs) + 1):
            _put(packed, name, content)
            progress(n, len(jobs) + made.figures_to_come())
    return out.getvalue()


def _put(packed: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    packed.writestr(entry, content, compresslevel=6)


SCRIPTS = {"ar": "-arabic-", "ru": "-cyrillic-"}  # fonts that an edition in these languages needs beside the Latin ones


class _Bundle:
    def __init__(self, notes: bool, site: str) -> None:
        self.notes, self.site = notes, site
        self._figures: dict[str, View] = {}  # asked for by a page: file name, view

    def addresses(self, up: str) -> light.Addresses:
        """Addresses from a file that lies `up` below the top."""
        return light.Addresses(
            page=lambda path: f"{up}pages/{path or 'overview'}.html",
            state=lambda iso3: f"{up}states/{iso3}.html",
            figure=lambda shown: f"{up}figures/{self._figure(shown)}.html",
            deck=lambda name: f"{up}decks/{name}.html",
            full=lambda path: f"{self.site}{path}" if self.site else "",
            files=f"{up}{FILES}",
        )

    def _figure(self, shown: View) -> str:
        given = "-".join(catalogue.chosen(shown).values())
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in f"{shown.name.replace('.', '-')}-{given}".strip("-"))
        self._figures[name] = shown
        return name

    def jobs(self) -> Iterator[tuple[str, Callable[[], str | bytes]]]:
        """Every file but the figures, which the pages ask for."""
        yield "index.html", self._index
        yield "read-me.txt", self._read_me
        yield "search.js", self._search
        for path in light.titles():
            yield f"pages/{path or 'overview'}.html", lambda path=path: light.of_page(path, self.addresses("../"))
        for iso3 in light.states():
            yield f"states/{iso3}.html", lambda iso3=iso3: light.of_state(iso3, self.addresses("../"))
        for name, given in self._decks():
            yield from self._deck(name, given)
        snapshot = reader.snapshot()
        for name, table in snapshot.description.tables.items():
            yield f"data/{table.file}", lambda name=name, table=table: write.table(table, snapshot.checked.rows[name]).encode()
        yield from self._player()

    def _decks(self) -> Iterator[tuple[str, dict[str, str]]]:
        for name in decks.names():
            if decks.wants(name) == ("state",):
                for iso3 in sorted(decks.briefings()):
                    yield name, {"state": iso3}
            elif not decks.wants(name):
                yield name, {}

    def _deck(self, name: str, given: dict[str, str]) -> Iterator[tuple[str, Callable[[], str | bytes]]]:
        file = "-".join((name, *given.values()))
        deck = decks.read(name, given)
        yield f"decks/{file}.html", lambda: page.shell(f"{file}.js", title=deck.title, folder=f"../{FILES}", live=self.site)
        yield f"decks/{file}.js", lambda: pack.script(pack.pack(deck, self.site, notes=self.notes))

    def figures_to_come(self) -> int:
        """How many files `figures` has, as far as pages have asked for them."""
        return 2 * len(self._figures)

    def figures(self) -> Iterator[tuple[str, str]]:
        """The figures that the pages lead to, each with its page."""
        for name, shown in self._figures.items():
            yield f"figures/{name}.html", page.shell(f"{name}.js", title=shown.title, folder=f"../{FILES}", live=self.site, player="embed")
            yield f"figures/{name}.js", pack.script(pack.one(shown.name, catalogue.chosen(shown), self.site))

    def _player(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        for file in sorted(page.PLAYER.rglob("*")):
            if file.is_file():
                yield f"{FILES}{file.relative_to(page.PLAYER).as_posix()}", file.read_bytes
        yield f"{FILES}plotly.min.js", page.PLOTLY.read_bytes
        yield f"{FILES}geo.js", page.geography
        yield f"{FILES}crosstable.js", (STATIC / "crosstable.js").read_bytes
        for name in ("crosstable.css", "icon.svg"):
            yield f"app/static/{name}", (STATIC / name).read_bytes
        for font in sorted((STATIC / "fonts").glob("*.woff2")):
            if "-latin-ext-" in font.name or ("-latin-wght-" not in font.name and SCRIPTS.get(reader.current().language, "-") not in font.name):
                continue
            yield f"app/static/fonts/{font.name}", font.read_bytes
        for licence in sorted((STATIC / "fonts").glob("LICENSE*")):
            yield f"app/static/fonts/{licence.name}", licence.read_bytes

    def _index(self) -> str:
        """The first page: the overview, with what else is there and a search."""
        text = light.of_page("", self.addresses(""))
        shown = "".join(
            f'<li><a href="decks/{"-".join((name, *given.values()))}.html">{html.escape(decks.read(name, given).title)}</a></li>'
            for name, given in self._decks()
        )
        search = (
            f'<form role="search" class="search"><label>{html.escape(_("Search in this edition"))} <input type="search" name="q"></label>'
            '<ul aria-live="polite"></ul></form>'
        )
        extra = f"{search}<h2>{html.escape(_('Decks for presenting'))}</h2><ul>{shown}</ul>"
        scripts = f'<script src="{FILES}search.js" defer></script><script src="search.js" defer></script>'
        return text.replace("</main>", f"{extra}</main>").replace("</body>", f"{scripts}</body>")

    def _search(self) -> str:
        entries = [[title, f"pages/{path or 'overview'}.html", ""] for path, title in light.titles().items()]
        for path in light.titles():
            entries += [[shown.title, f"pages/{path or 'overview'}.html", shown.kicker] for shown in light.views_of(path)]
        entries += [[name, f"states/{iso3}.html", _("State profiles")] for iso3, name in light.states().items()]
        text = json.dumps(entries, ensure_ascii=False).replace("</", "<\\/")
        return f"va.search({text});\n"

    def _read_me(self) -> str:
        snapshot = reader.snapshot()
        lines = [
            _("Dialogue on Victim Assistance: offline edition"),
            _("Unpack everything into one folder, then open index.html. No network is needed."),
            _("Data as of {date}, version {version}").format(date=i18n.day(snapshot.as_of), version=snapshot.fingerprint),
        ]
        if self.notes:
            lines.append(_("The decks hold speaker notes: whoever is given these files can read them."))
        return "\r\n".join(lines) + "\r\n"

