"""What each instrument or plan asks for on the pillars of victim assistance."""

import html
from typing import NamedTuple

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views import theme
from dialogue.views.shared import publishers, short
from dialogue.views.signs import Flag, Mark, TableView, drawing
from dialogue.views.view import kept, source_line
from dialogue.words import i18n
from dialogue.words.i18n import _, colon, day, label, ngettext, number

# Each treaty is followed by its plan of action. A code that is not here comes last.
ORDER = ("CCM", "LAP", "APMBC", "OAP", "SRAAP", "CCW_PV", "PV_POA", "CRPD", "SDG", "IMAS1310")
NATURES = ("obligation", "commitment", "guidance", "none")
UNREAD = len(NATURES)  # index of the sign for an article that was not read


class Cell(NamedTuple):
    """What is recorded for one pillar and one instrument."""

    article: str
    nature: str
    summary: str
    text_seen: str
    source_id: str


def pillars() -> dict[str, str]:
    """The pillars in their order: code and name."""
    used = set(_rows()["pillar"])
    return {code: label("pillar", code) for code in i18n.codes("pillar") if code in used}


def instruments() -> dict[str, str]:
    """The instruments and plans in their order: code and name."""
    used = dict.fromkeys(_rows()["instrument"])
    return {
        code: short(code)
        for code in sorted(used, key=lambda c: (ORDER.index(c) if c in ORDER else len(ORDER), c))
    }


def _rows() -> pd.DataFrame:
    return queries.run("va_crosswalk")


def _cells() -> dict[tuple[str, str], Cell]:
    return {
        (row.pillar, row.instrument): Cell(row.article, row.nature, row.summary, row.text_seen, row.source_id)
        for row in _rows().itertuples(index=False)
    }


@kept
def asks() -> TableView:
    """Pillars by instruments: obligation, commitment, guidance or no clause in the text read."""
    rows, cells = _rows(), _cells()
    columns, lines, common = instruments(), pillars(), _common(rows)
    kicker = _("What instruments and plans ask for on {n} pillars of victim assistance").format(n=len(lines))

    def drawn(cell: Cell | None, instrument: str):
        if cell is None:
            return None
        text = "" if cell.nature == "none" or instrument in common else cell.article
        if cell.text_seen == "no":
            return [UNREAD, text]
        return [NATURES.index(cell.nature), text, *([0] if cell.text_seen == "partial" else [])]

    grid = [(name, [drawn(cells.get((pillar, i)), i) for i in columns]) for pillar, name in lines.items()]
    unread = sorted({short(row.instrument) for row in rows[rows["text_seen"] == "no"].itertuples()})
    return TableView(
        key="asks", kicker=kicker, title=_finding(rows, len(lines)),
        how=_("Each cell names the article, action or section. “No clause” means none in the text read: it is not a legal finding. Choose a cell for the summary and its source."),
        figure=None, alt=kicker, data=rows, table=_table(columns, lines, cells),
        tables=("va_crosswalk",), source_ids=tuple(dict.fromkeys(rows["source_id"])), as_of=str(reader.snapshot().as_of),
        missing=_missing(len(lines) * len(columns) - len(cells)),
        notes=(
            _("Summaries are this project’s own words, not the text of an instrument."),
            _("An obligation may be qualified, for instance by “in a position to do so”: read the summary."),
            *(_("{name}: the wording of its actions was not available, so no pillar is tied to an action.").format(name=name) for name in unread),
            _("Actions of the Lausanne Action Plan follow the order of topics in the work plan: numbering to be confirmed."),
        ),
        drawing=drawing(
            "signs", _marks(), _("Pillar"), [(name, common[i]) if i in common else name for i, name in columns.items()], [("", grid)],
            source_line(kicker, publishers(rows["source_id"]), day(reader.snapshot().as_of)),
            flags=[Flag("†", _("article itself read in part only")), Flag(_("Empty:"), _("no information"))],
            empty=_("no information"), codes=(list(lines), list(columns)),
        ),
    )  # fmt: skip


def _common(rows: pd.DataFrame) -> dict[str, str]:
    """Places in the text that are the same on every pillar: said once, in the head of the column."""
    found = rows.groupby("instrument")["article"].agg(["first", "nunique", "size"])
    found = found[(found["nunique"] == 1) & (found["size"] > 1)]
    return dict(found["first"])


def _marks() -> list[Mark]:
    colours = theme.palette()
    strong, middle = colours.treaty["state_party"], colours.treaty["signatory"]
    return [
        Mark("disc", strong, label("nature", "obligation"), 0.16),
        Mark("half", middle, label("nature", "commitment"), 0.12),
        Mark("ring", colours.secondary, label("nature", "guidance"), 0.05),
        Mark("dash", colours.quiet, label("nature", "none")),
        Mark("square", colours.quiet, _("Article itself not read")),
    ]


def _finding(rows: pd.DataFrame, n: int) -> str:
    """How many pillars each treaty covers with an obligation, from the table."""
    duties = rows[rows["nature"] == "obligation"].groupby("instrument")["pillar"].nunique()
    ccm, crpd, apmbc, protocol = (int(duties.get(i, 0)) for i in ("CCM", "CRPD", "APMBC", "CCW_PV"))
    return ngettext(
        "In the texts read, the CCM sets an obligation on {ccm} of {n} pillar, the CRPD on {crpd}, the APMBC on {apmbc} and Protocol V on {protocol}",
        "In the texts read, the CCM sets an obligation on {ccm} of {n} pillars, the CRPD on {crpd}, the APMBC on {apmbc} and Protocol V on {protocol}",
        n,
    ).format(ccm=number(ccm), n=number(n), crpd=number(crpd), apmbc=number(apmbc), protocol=number(protocol))


def _missing(n: int) -> str:
    return (
        ngettext("{n} entry without information", "{n} entries without information", n).format(n=number(n))
        if n
        else ""
    )


def _seen() -> dict[str, str]:
    return {
        "yes": _("The article itself was read."),
        "partial": _("The article itself was read in part only, or in a summary."),
        "no": _("The article itself was not read."),
    }


def _table(
    columns: dict[str, str], lines: dict[str, str], cells: dict[tuple[str, str], Cell]
) -> pd.DataFrame:
    def words(cell: Cell | None) -> str:
        if cell is None:
            return _("No information")
        if cell.nature == "none":
            return label("nature", cell.nature)
        said = colon(label('nature', cell.nature), cell.article)
        return said if cell.text_seen == "yes" else f"{said}. {_seen()[cell.text_seen]}"

    table = [[name, *(words(cells.get((pillar, i))) for i in columns)] for pillar, name in lines.items()]
    return pd.DataFrame(table, columns=[_("Pillar"), *columns.values()])


def detail(pillar: str, instrument: str) -> str:
    """One cell in full, as HTML: nature, article, summary, how it was read, document."""
    cell = _cells().get((pillar, instrument))
    heading = f"{short(instrument)} · {label('pillar', pillar)}"
    parts = [f'<h2 class="va-kicker" style="margin:0 0 .4rem;padding:0">{html.escape(heading)}</h2>']
    if cell is None:
        parts.append(
            f"<p>{html.escape(_('No information: nothing is recorded for this instrument and pillar.'))}</p>"
        )
    else:
        said = (
            label("nature", cell.nature)
            if cell.nature == "none"
            else colon(label('nature', cell.nature), cell.article)
        )
        parts.append(
            f'<p class="va-finding" style="font-size:1.2rem;margin-bottom:.4rem">{html.escape(said)}</p>'
        )
        parts.append(f"<p>{html.escape(cell.summary)}</p>")
        parts.append(f'<p class="va-how" style="margin:.4rem 0">{html.escape(_seen()[cell.text_seen])}</p>')
        parts.append(f'<p class="va-source">{_document(cell.source_id)}</p>')
    return f'<div class="va-card">{"".join(parts)}</div>'


def _document(source_id: str) -> str:
    found = queries.run("citations", table="va_crosswalk")
    found = found[found["source_id"] == source_id]
    if found.empty:
        return ""
    row = found.iloc[0]
    words = html.escape(
        " · ".join(str(t) for t in (row["publisher"], row["title"], day(row["published"])) if t)
    )
    url = row["url"] or ""
    if url.startswith(("https://", "http://")):
        return f'<a href="{html.escape(url, quote=True)}" target="_blank" rel="noopener" style="color:var(--va-accent)">{words}</a>'
    return words
