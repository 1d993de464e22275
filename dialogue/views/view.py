"""A view: one figure with everything that must stand around it.

Functions in the folders beside this file build views from queries; ``screen/frame.py``
draws them. A view is built once for the same parameters, language, colours and
data, and then kept.
"""

import csv
import dataclasses
import functools
import inspect
import io
import re
import textwrap
import types
import typing
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from plotly import graph_objects as go

from dialogue.snapshot import queries, reader, store
from dialogue.snapshot.reader import Width
from dialogue.views import theme
from dialogue.views.plot import Prepared
from dialogue.words.habits import embedded, spoken
from dialogue.words.i18n import _, semicolons

LARGE = 1.25  # so that no letter of a figure is smaller than 16 pixels on a large window
LINE = 58  # characters of the source line that fit on a phone


@dataclass(frozen=True)
class View:
    """One finding, its figure, its numbers and where they come from.

    key: stable name, used in widget keys and file names.
    kicker: what is shown, unit, period. title: the finding, computed.
    how: how to read the figure, one sentence. alt: the figure in words, to be read aloud.
    data: what is drawn, in codes, with a column source_id where rows have one.
    table: the same for readers, with column titles in words.
    tables: the CSV tables the rows come from. source_ids: documents cited.
    missing: how many States have no information, in words. notes: caveats.
    cards: whether its table is a set of headline figures, a card a row.
    name, given: what to ask `catalogue.build` for to get it again; filled in by `kept`.
    """

    key: str
    kicker: str
    title: str
    how: str
    figure: go.Figure | None
    alt: str
    data: pd.DataFrame
    table: pd.DataFrame
    tables: tuple[str, ...]
    source_ids: tuple[str, ...]
    as_of: str
    missing: str = ""
    notes: tuple[str, ...] = ()
    config: dict = field(default_factory=dict)
    cards: bool = False
    name: str = ""
    given: dict = field(default_factory=dict)

    @functools.cached_property
    def prepared(self) -> Prepared:
        """The figure as finished JSON; written once, shown to every visitor."""
        return Prepared(self.figure)

    @functools.cached_property
    def large(self) -> Prepared:
        """The same for a large window, on which letters, signs and lines grow."""
        return Prepared(self.figure, LARGE)


# What `kept` found, by name: see `catalogue`, which lists and builds them for whoever is no page.
BUILDERS: dict[str, Callable[..., View]] = {}


def kept(
    build: Callable[..., View] | None = None,
    *,
    widths: Collection[Width] = (),
    allowed: Mapping[str, Callable[[], Collection[object]]] = types.MappingProxyType({}),
    usual: Mapping[str, Callable[[], object]] = types.MappingProxyType({}),
) -> Callable[..., View]:
    """Keep what `build` returns for the same arguments, language, colours and data.

    `widths` are those of the reader for which the view is another one; all others share one.
    `allowed` gives, by parameter, a function that lists the codes it may have; an address or
    a command that asks for another is refused with that list.
    `usual` gives, by parameter, a function for what stands for None: a day, the first State.
    A builder of a View gets a name, its family and its own: “trends.world_pair”. The view
    bears it, with the arguments, so that an address, a deck or an export can ask for it again.
    """
    if build is None:
        return functools.partial(kept, widths=widths, allowed=allowed, usual=usual)
    signature = inspect.signature(build)
    made = typing.get_type_hints(build).get("return")
    named = isinstance(made, type) and issubclass(made, View)
    name = f"{_family(build.__module__)}.{build.__name__}" if named else ""

    def new(given: dict) -> View:
        found = build(**given)
        return dataclasses.replace(found, name=name, given=given, alt=spoken(found.alt)) if named else found

    @functools.wraps(build)
    def find(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        for parameter, find_usual in usual.items():
            if bound.arguments[parameter] is None:
                bound.arguments[parameter] = find_usual()
        for_whom = reader.current()
        width = for_whom.width if for_whom.width in widths else ""
        key = (
            "view", build.__module__, build.__name__, tuple(bound.arguments.items()),
            for_whom.language, for_whom.mode, width,
        )  # fmt: skip
        return for_whom.snapshot.keep(key, lambda: new(dict(bound.arguments)))

    find.allowed, find.usual = allowed, usual
    if named:
        BUILDERS[name] = find
    return find


def _family(module: str) -> str:
    """The family of views that a module belongs to: the module or folder below its section."""
    return module.removeprefix("dialogue.views.").split(".")[1]


def sign(figure: go.Figure, kicker: str, sources: Sequence[str], as_of: str, bottom: int = 0, line_length: int = LINE, notes: Sequence[str] = ()) -> go.Figure:
    """Write what is shown, the sources, the date and the data version into the figure's bottom edge.

    There they survive a screenshot and a downloaded image. `sources` are short
    names; `notes` are sentences that must not part from the figure, such as those on areas;
    `bottom` is the room in pixels that the axis needs above the line;
    `line_length` may be larger in a figure that is never drawn on a phone.
    """
    line = " ".join([source_line(kicker, sources, as_of), *notes])
    lines = textwrap.wrap(line, line_length)
    figure.update_layout(
        title={
            "text": "<br>".join(plain(text) for text in lines),
            "font": {"family": theme.SANS, "size": 13, "color": theme.palette().quiet},
            "x": 0, "xref": "container", "xanchor": "left",
            "y": 0, "yref": "container", "yanchor": "bottom",
            # Plotly counts from the first line: the others need their room below it
            "pad": {"b": 17 * (len(lines) - 1) + 6, "l": 4},
            "automargin": False,
        },
        margin_b=18 * len(lines) + 14 + bottom,
        # for a picture, which has its own edge: see `picture`
        meta={"edge": line, "bottom": bottom},
    )
    return figure


def source_line(kicker: str, sources: Sequence[str], as_of: str) -> str:
    """What is shown, the sources, the date and the data version: the line that stays with a figure."""
    return _("{kicker}. Source: {sources}. As of {as_of}. Data version {version}. Dialogue on Victim Assistance.").format(
        kicker=kicker.rstrip("."), sources=semicolons(sources), as_of=as_of, version=reader.snapshot().fingerprint
    )


def plain(text: object) -> str:
    """Text for a Plotly label: its few HTML tags are not read as tags, and it runs as its language does."""
    return embedded(str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>=])")


def literal(text: object) -> str:
    """Text for a Streamlit table or caption: shown as it is, Markdown and HTML unread."""
    if text is None or text is pd.NA or text != text:
        return ""
    return MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))


def link(text: str, url: str | None) -> str:
    """A Markdown link, or the bare text where there is no address."""
    if not url or not re.fullmatch(r"https?://[^\s<>()]+", url):
        url = (url or "").replace("(", "%28").replace(")", "%29")
        if not re.fullmatch(r"https?://[^\s<>]+", url):
            return literal(text)
    return f"[{literal(text)}]({url})"


def twin(view: View) -> pd.DataFrame:
    """The table of a view for readers; names of rows become its first column."""
    table = view.table
    return table if isinstance(table.index, pd.RangeIndex) else table.reset_index(names=table.index.name or "")


def documents(view: View) -> pd.DataFrame:
    """The documents a view cites: publisher, title, published, locators, grade, url."""
    parts = [queries.run("citations", table=name) for name in view.tables]
    found = pd.concat(parts) if parts else queries.run("citations")
    found = found[found["source_id"].isin(view.source_ids)]
    return found.drop_duplicates(["source_id", "locators", "grade"]).sort_values(["publisher", "title"])


def export(view: View, snapshot: store.Snapshot, corrected: Sequence[tuple[Mapping[str, str], str]] = ()) -> bytes:
    """The rows of a view as CSV (UTF-8 with BOM, so that spreadsheet programs read it).

    `snapshot` is the one that the view was built from, `corrected` says which misprints
    of sources are corrected, each with the State and year of its rows; where there are any,
    a column tells it on these rows. Source columns, as-of date and data version stand on every row. Cells that a
    spreadsheet would run as a formula begin with an apostrophe.
    """
    cited = queries.run("citations", snapshot).drop_duplicates("source_id").set_index("source_id")
    extra = ["publisher", "title", "published", "url"]
    columns = list(view.data.columns)
    has_source = "source_id" in columns
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [*columns, *(f"source_{name}" for name in extra if has_source), "as_of_date", "data_version", *(["corrected"] if corrected else [])]
    )
    for row in view.data.itertuples(index=False):
        cells = list(row)
        if has_source:
            source = cells[columns.index("source_id")]
            known = cited.loc[source] if source in cited.index else None
            cells += [None if known is None else known[name] for name in extra]
        of = dict(zip(columns, map(str, cells), strict=False))
        told = " ".join(text for place, text in corrected if all(of.get(name, value) == value for name, value in place.items()))
        cells += [view.as_of, snapshot.fingerprint, *([told] if corrected else [])]
        writer.writerow([safe(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def safe(cell: object) -> object:
    """A cell that no spreadsheet program runs as a formula."""
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    if isinstance(cell, str) and cell[:1] in "=+-@\t\r":
        return "'" + cell
    return cell
