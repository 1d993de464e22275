"""Views of the page on sources and method."""

import pandas as pd

from dialogue.snapshot import queries, reader
from dialogue.views import shared
from dialogue.views.view import View, kept
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, label, ngettext, number

AGREES = {
    "yes": lambda: _("Other sources agree"),
    "partly": lambda: _("Other sources agree in part"),
    "no": lambda: _("Updated since"),
    "not_found": lambda: _("Not found in the source named"),
}


def tables() -> list[str]:
    """The tables that are described, in the order of their description."""
    return list(reader.snapshot().description.tables)


@kept(allowed={"kind": lambda: ["all", *i18n.codes("source_kind")]})
def documents(kind: str = "all", search: str = "") -> View:
    """Every document and what rests on it; `kind` a code or "all", `search` words or ""."""
    rows = queries.run("sources_used", kind=kind, search=search or None)
    n = len(rows)
    title = ngettext(
        "{n} document, cited by {rows} row of the tables", "{n} documents, cited by {rows} rows of the tables", n
    ).format(n=number(n), rows=number(int(rows["rows"].sum())))
    table = pd.DataFrame(
        {
            _("Document"): rows["title"],
            _("Publisher"): rows["publisher"],
            _("Published"): [day(d) or _("undated") for d in rows["published"]],
            _("Kind"): [label("source_kind", k) for k in rows["kind"]],
            _("Copy read at"): rows["copy_on"].fillna(""),
            _("Read as"): [
                commas(label("grade", g) for g in (gs or "").split(", ") if g) for gs in rows["grade"]
            ],
            _("Rests on it"): rows["rests_on_it"],
        }
    )
    return View(
        key="documents", kicker=_("Documents"), title=title,
        how=_("A primary source was read in the publisher’s own text; a secondary source quotes it, or is a copy of it on another site."),
        figure=None, alt=title, data=rows, table=table, tables=(), source_ids=(), as_of=shared.as_of(),
    )  # fmt: skip


@kept(usual={"table_name": lambda: next(iter(tables()))}, allowed={"table_name": tables})
def dictionary(table_name: str | None = None) -> View:
    """The columns of one table, from the description that the checks use too."""
    table = reader.snapshot().description.tables[table_name]
    references = {column: f"{other}.csv" for column, other, _column in table.foreign_keys}
    rows = pd.DataFrame(
        [
            {
                "column": field.name,
                "title": field.title,
                "meaning": field.description,
                "type": field.type,
                "unit": field.unit,
                "required": _("yes") if field.required else "",
                "allowed": ", ".join(field.constraints.get("enum", []))
                or (_("codes of {file}").format(file=references[field.name]) if field.name in references else ""),
            }
            for field in table.fields
        ]
    )
    shown = rows.set_axis(
        [_("Column"), _("Title"), _("Meaning"), _("Type"), _("Unit"), _("Required"), _("Allowed")], axis=1
    )
    title = ngettext("{title}: {n} column", "{title}: {n} columns", len(rows)).format(
        title=table.title, n=len(rows)
    )
    return View(
        key="dictionary", kicker=table.file, title=title, how=table.description, figure=None, alt=title,
        data=rows, table=shown, tables=(), source_ids=(), as_of=shared.as_of(),
    )  # fmt: skip


@kept
def claims() -> View:
    """Statements of the work plan that other sources confirm, qualify or update."""
    rows = queries.run("work_plan_claims")
    wrong = int((rows["agrees"] == "no").sum())
    title = ngettext(
        "On {n} statement of the work plan there is an update", "On {n} statements of the work plan there is an update", wrong
    ).format(n=number(wrong))
    table = pd.DataFrame(
        {
            _("Statement"): rows["claim"],
            _("Place"): rows["locator"],
            _("Beside other sources"): [AGREES[a]() for a in rows["agrees"]],
            _("What other sources say"): rows["finding"],
        }
    )
    ids = {i for others in rows["other_sources"].dropna() for i in others.split()}
    return View(
        key="claims", kicker=_("Work plan 2024–2025 and what other sources say since"), title=title,
        how=_("The work plan spoke as of November 2024; what other sources say stands beside it."),
        figure=None, alt=title, data=rows, table=table, tables=("work_plan_claims", "work_plan_claim_sources"),
        source_ids=(*sorted(ids), *rows["source_id"].unique()), as_of=shared.as_of(),
    )  # fmt: skip


@kept
def leads() -> View:
    """Leads that a person has to check before they can become figures."""
    rows = queries.run("leads")
    title = ngettext("{n} lead awaits verification", "{n} leads await verification", len(rows)).format(n=len(rows))
    table = rows.assign(topic=[topic.replace("_", " ") for topic in rows["topic"]]).set_axis([_("Topic"), _("Lead"), _("Why it is not shown as a figure")], axis=1)
    return View(
        key="leads", kicker=_("Leads"), title=title, how=_("No chart or count uses them."), figure=None,
        alt=title, data=rows, table=table, tables=(), source_ids=(), as_of=shared.as_of(),
    )  # fmt: skip
