"""Views of the page People and resources: who takes part, tools and guidance, good practices, terms."""

import html
from dataclasses import dataclass, field
from urllib.parse import quote

import pandas as pd
from babel import Locale

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.dialogue import victim_definitions
from dialogue.views.view import View, kept
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, label, ngettext, number, state

GROUPS = {
    "coordinators": lambda: _("Coordinators"),
    "convention": lambda: _("Bodies of the Convention"),
    "states": lambda: _("States with obligations"),
    "counterparts": lambda: _("Counterparts in other conventions"),
    "un": lambda: _("United Nations"),
    "organizations": lambda: _("Other international organizations"),
    "civil_society": lambda: _("Civil society and survivors’ organizations"),
    "donors": lambda: _("Donors and partners"),
    "other": lambda: _("Others"),
}
KINDS = {
    "guidance": lambda: _("Guidance and guides"),
    "standard": lambda: _("Standards and tools"),
    "plan": lambda: _("Plans, policies and strategies"),
    "norm": lambda: _("Treaty texts, resolutions, general comments"),
    "report": lambda: _("Reports and assessments"),
    "paper": lambda: _("Papers, studies and articles"),
    "meeting": lambda: _("Meetings and their documents"),
    "web": lambda: _("Web sites and libraries"),
    "other": lambda: _("Other"),
}


@dataclass(frozen=True)
class LibraryView(View):
    """A view drawn as HTML: `cells` holds finished cells row by row, or `body` the whole."""

    cells: list[list[str]] = field(default_factory=list)
    body: str = ""


def kinds() -> dict[str, str]:
    """Kinds of resources that occur, with their names."""
    found = set(queries.run("resources")["kind"])
    return {code: name() for code, name in KINDS.items() if code in found}


def languages() -> dict[str, str]:
    """Languages of resources that occur, with their names."""
    found = sorted(
        {code for codes in queries.run("resources")["languages"].dropna() for code in codes.split(";")}
    )
    return {code: language_name(code) for code in found}


def language_name(code: str) -> str:
    """What a language is called."""
    return _("several") if code == "several" else Locale.parse(i18n.language()).languages.get(code, code)


def years() -> dict[str, str]:
    """Years in which resources were published, the latest first."""
    found = queries.run("resources")["year"]
    listed = {str(year): str(year) for year in sorted(found.dropna().unique(), reverse=True)}
    return listed | ({"undated": _("Year not read")} if found.isna().any() else {})


def states() -> dict[str, str]:
    """States whose practices are described, in the alphabetical order of their names."""
    return {iso3: state(iso3) for iso3 in sorted(queries.run("good_practices")["iso3"].unique(), key=state)}


def table(shown: LibraryView, offset: int = 0, rows: int | None = None, *, blocks: bool = True) -> str:
    """Rows of a view as an HTML table; with `blocks` a phone shows each row as a block that names its columns."""
    heads = list(shown.table.columns)
    head = "".join(f'<th scope="col" role="columnheader">{html.escape(name)}</th>' for name in heads)
    # roles in words: where rows are laid out as blocks, browsers forget that it is a table
    lines = [
        '<tr role="row">'
        + "".join(
            f'<td role="cell" data-name="{html.escape(name)}">{cell}</td>'
            for name, cell in zip(heads, row, strict=True)
        )
        + "</tr>"
        for row in shown.cells[offset : None if rows is None else offset + rows]
    ]
    return (
        f'<table class="va-table va-{shown.key}{" va-blocks" if blocks else ""}" role="table" aria-label="{html.escape(shown.title)}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{"".join(lines)}</tbody></table>'
    )


@kept
def people() -> LibraryView:
    """Stakeholders and partners by group: their role in the work plan and who holds it today."""
    rows = queries.run("stakeholders")
    unknown = int((rows["today"] == "not_recorded").sum())
    title = ngettext(
        "{all} people and bodies; who holds the role today is not recorded for {n}",
        "{all} people and bodies; who holds the role today is not recorded for {n}",
        unknown,
    ).format(all=number(len(rows)), n=number(unknown))
    blocks = "".join(
        f"<section><h2>{html.escape(GROUPS[group]())}</h2><dl>{''.join(map(_person, members.itertuples()))}</dl></section>"
        for group, members in rows.groupby("role_group", sort=False)
    )
    table_ = pd.DataFrame(
        {
            _("Group"): [GROUPS[group]() for group in rows["role_group"]],
            _("Name"): rows["name"],
            _("Role in the work plan"): rows["role"],
            _("Today"): [_today(row) for row in rows.itertuples()],
            _("Remark"): rows["note"].fillna(""),
        }
    )
    return LibraryView(
        key="people", kicker=_("Stakeholders and partners of the work plan"), title=title,
        how=_("Under each name its role in the work plan, then what was found on who holds it, with the date where known."),
        figure=None, alt=title, data=rows, table=table_, tables=("stakeholders",),
        source_ids=tuple(rows["source_id"].unique()), as_of=shared.as_of(),
        notes=(_("“Not recorded” stays until somebody records it. It does not say that nobody holds the role."),),
        body=f'<div class="va-people">{blocks}</div>',
    )  # fmt: skip


def _person(row) -> str:
    unknown = ' class="va-unknown"' if row.today == "not_recorded" else ""
    note = f'<dd class="va-source">{html.escape(row.note)}</dd>' if row.note else ""
    return (
        f"<dt>{html.escape(row.name)} <span>{html.escape(row.role)}</span></dt>"
        f"<dd{unknown}>{html.escape(_today(row))}</dd>{note}"
    )


def _today(row) -> str:
    if not row.who_today:
        return _("Not recorded.")
    if row.today == "not_recorded" and not row.who_today.lower().startswith("not recorded"):
        return _("Not recorded who today. {found}.").format(found=row.who_today.rstrip("."))
    return row.who_today


@kept(allowed={"question": lambda: i18n.codes("question"), "kind": kinds, "language": languages, "year": years})
def resources(
    question: str | None = None, kind: str | None = None, language: str | None = None, year: str | None = None
) -> LibraryView:
    """Tools, guidance and documents, of all kinds or narrowed by question, kind, language, year."""
    rows = queries.run("resources", question=question, type=kind, language=language, year=year)
    every = len(queries.run("resources"))
    chosen = [question and f"({question}) {label('question', question)}", kind and KINDS[kind]()]
    chosen += [language and language_name(language), year and years()[year]]
    if any(chosen):
        title = ngettext(
            "{n} of {all} resources: {chosen}", "{n} of {all} resources: {chosen}", len(rows)
        ).format(n=number(len(rows)), all=number(every), chosen=commas(part for part in chosen if part))
    else:
        title = ngettext("{n} resource from {publishers}", "{n} resources from {publishers}", every).format(
            n=number(every), publishers=_publishers(rows["publisher"].nunique())
        )
    table_ = pd.DataFrame(
        {
            _("Resource"): rows["title"],
            _("Publisher"): rows["publisher"],
            _("Year"): [_("not read") if pd.isna(y) else str(y) for y in rows["year"]],
            _("Kind"): rows["type"],
            _("Questions"): [commas((q or "").split(";")) for q in rows["questions"]],
            _("Language"): [
                commas(language_name(c) for c in (codes or "").split(";") if c) for codes in rows["languages"]
            ],
            _("Remark"): rows["note"].fillna(""),
        }
    )
    cells = [
        [
            _outside(line[0], row.url),
            *map(html.escape, line[1:4]),
            _questions(row.questions),
            *map(html.escape, line[5:]),
        ]
        for line, row in zip(table_.itertuples(index=False, name=None), rows.itertuples(), strict=True)
    ]
    return LibraryView(
        key="resources", kicker=_("Tools, guidance and documents, the newest first"), title=title,
        how=_("Each leads to the page of its publisher or to the copy that was read. A remark says what was not read."),
        figure=None, alt=title, data=rows, table=table_, tables=("resources",),
        source_ids=tuple(rows["source_id"].unique()), as_of=shared.as_of(),
        notes=(_("Kinds are grouped by this project; the column “Kind” keeps the word of the list."),), cells=cells,
    )  # fmt: skip


def _publishers(n: int) -> str:
    return ngettext("{n} publisher", "{n} publishers", n).format(n=number(n))


@kept(allowed={"iso3": states, "question": lambda: i18n.codes("question")})
def practices(iso3: str | None = None, question: str | None = None) -> LibraryView:
    """Good practices of States, of one State or on one question."""
    rows = queries.run("good_practices", iso3=iso3, question=question)
    cited = (
        queries.run("citations", table="good_practices").drop_duplicates("source_id").set_index("source_id")
    )
    where = [
        part
        for part in (iso3 and state(iso3), question and f"({question}) {label('question', question)}")
        if part
    ]
    table_ = pd.DataFrame(
        {
            _("State"): [state(code) for code in rows["iso3"]],
            _("Question"): [f"({q})" for q in rows["question"]],
            _("Described in"): [_("not read") if pd.isna(y) else str(y) for y in rows["year"]],
            _("Practice"): rows["description"],
            _("Remark"): rows["note"].fillna(""),
            _("Document"): [cited.loc[source, "title"] for source in rows["source_id"]],
        }
    )
    cells = [
        [
            _inside(f"states?state={row.iso3}", line[0]), _questions(row.question), *map(html.escape, line[2:5]),
            _outside(line[5], cited.loc[row.source_id, "url"]),
        ]
        for line, row in zip(table_.itertuples(index=False, name=None), rows.itertuples(), strict=True)
    ]  # fmt: skip
    title = _practices_found(rows)
    if where:
        title = _("{finding}: {chosen}").format(finding=title, chosen=commas(where))
    return LibraryView(
        key="practices", kicker=_("Good practices by State and guiding question"), title=title,
        how=_("What a document describes, in the year it was described; whether it still runs was not checked."),
        figure=None, alt=title, data=rows, table=table_, tables=("good_practices",),
        source_ids=tuple(rows["source_id"].unique()), as_of=shared.as_of(),
        notes=(_("Some States of the list are not Parties to the Convention; the remark says so where it was noted."),),
        cells=cells,
    )  # fmt: skip


def _practices_found(rows: pd.DataFrame) -> str:
    if rows.empty:
        return _("No good practice is recorded")
    of = rows["iso3"].nunique()
    title = ngettext("{n} good practice", "{n} good practices", len(rows)).format(n=number(len(rows)))
    title = ngettext("{practices} of {n} State", "{practices} of {n} States", of).format(
        practices=title, n=number(of)
    )
    if rows["year"].isna().all():
        return title
    return _("{practices}, the latest described in {year}").format(practices=title, year=rows["year"].max())


@kept
def glossary(term: str = "") -> LibraryView:
    """Terms in three languages, all or those that hold the words looked for."""
    rows = queries.run("glossary", term=term or None)
    every = queries.run("glossary")
    title = ngettext(
        "{n} term: {fr} with a French form, {es} with a Spanish form",
        "{n} terms: {fr} with a French form, {es} with a Spanish form",
        len(every),
    ).format(
        n=number(len(every)),
        fr=number(every["term_fr"].notna().sum()),
        es=number(every["term_es"].notna().sum()),
    )
    if term:
        found = ngettext("{n} term holds “{words}”", "{n} terms hold “{words}”", len(rows))
        title = (
            found.format(n=number(len(rows)), words=term)
            if len(rows)
            else _("No term holds “{words}”").format(words=term)
        )
    names = [
        f"{row.term_en} ({row.abbreviation})" if row.abbreviation else row.term_en
        for row in rows.itertuples()
    ]
    unknown = _("not recorded")
    table_ = pd.DataFrame(
        {
            _("Term"): names,
            _("Meaning in general terms"): rows["definition"],
            _("Defined in"): rows["legal_source"].fillna(unknown),
            _("French"): rows["term_fr"].fillna(unknown),
            _("Spanish"): rows["term_es"].fillna(unknown),
        }
    )
    cells = [
        [
            f"<strong>{html.escape(name)}</strong>", _meaning(row), html.escape(row.legal_source or unknown),
            _foreign("fr", row.term_fr, unknown), _foreign("es", row.term_es, unknown),
        ]
        for name, row in zip(names, rows.itertuples(), strict=True)
    ]  # fmt: skip
    return LibraryView(
        key="glossary", kicker=_("Glossary: English, French and Spanish"), title=title,
        how=_("Meanings are in general terms; the wording that binds is in the text named under “Defined in”."),
        figure=None, alt=title, data=rows, table=table_, tables=("glossary",),
        source_ids=tuple(rows["source_id"].unique()), as_of=shared.as_of(),
        notes=(_("French and Spanish forms stand only where they were read in a text."),), cells=cells,
    )  # fmt: skip


def _meaning(row) -> str:
    """What a term means; from those who are called victims or survivors a link leads to the words of every text."""
    more = ""
    if row.term_en.lower().endswith(("victim", "survivor")):
        more = " " + _inside("integrated-approach?view=victims", victim_definitions.heading())
    return html.escape(row.definition) + more


def _foreign(code: str, text: str | None, unknown: str) -> str:
    return (
        f'<span lang="{code}">{html.escape(text)}</span>'
        if text
        else f'<span class="va-unknown">{unknown}</span>'
    )


def _questions(letters: str | None) -> str:
    return " ".join(
        _inside(f"questions?question={quote(q)}", f"({q})", label("question", q))
        for q in (letters or "").split(";")
        if q
    )


def _inside(address: str, text: str, title: str = "") -> str:
    hint = f' title="{html.escape(title)}"' if title else ""
    return f'<a href="{html.escape(address)}" target="_self"{hint}>{html.escape(text)}</a>'


def _outside(text: str, url: str | None) -> str:
    if not isinstance(url, str) or not url.startswith("https://"):
        return html.escape(text)
    return f'<a href="{html.escape(url)}" target="_blank" rel="noopener">{html.escape(text)}</a>'
