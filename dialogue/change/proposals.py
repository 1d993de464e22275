"""What States propose in a questionnaire, as rows of the tables they would stand in.

They are handed to a coordinator and enter no draft by themselves: what a finding is coded as is the project's
own judgement, and a State does not code itself. Only proposals with consent come here.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from dialogue.intake.questionnaire import Proposal
from dialogue.intake.workbook import DANGEROUS
from dialogue.tables import zipped
from dialogue.tables.package import Description
from dialogue.tables.rows import Checked

HEADS = ("state", "question", "reply", "about", "old", "old_year", "new", "year", "document", "received", "language")
TO_CONFIRM = "Said in the State's own answer. The coding is that of the entry it corrects: look at both, and put the text into the project's own words."


def packed(found: Sequence[Proposal], description: Description, current: Checked) -> bytes:
    """A ZIP: `proposals.csv` with old and new of each, and the rows to be added to obligation_findings, new_victims and sources.

    What has no coding yet (an addition, or an entry of which nothing was held) is left empty there: the desk asks for it.
    Each row cites the answer, a new row of sources.
    """
    files = {"proposals.csv": _csv(HEADS, ([one.iso3, one.question, one.kind, one.subject or one.key, one.old, one.old_year, one.new, one.year, one.document, one.received, one.language] for one in found))}
    for name, rows in tables(found, description, current).items():
        columns = [field.name for field in description.tables[name].fields]
        files |= {f"{name}.csv": _csv(columns, ([row.get(column, "") for column in columns] for row in rows))} if rows else {}
    return zipped.pack(files)


def tables(found: Sequence[Proposal], description: Description, current: Checked) -> dict[str, list[dict[str, str]]]:
    """The rows to be added, by table, each by column."""
    findings, victims = [], []
    for one in found:
        if one.kind == "victims":
            victims.append(_victims(one))
        elif one.kind in ("correct", "add") and one.question != "g":
            findings.append(_finding(one, description, current))
    there = {row[1] for row in current.rows["sources"]}
    names = {row[1]: row[2] for row in current.rows["states"]}
    cited = {_source(one): one for one in found if one.kind == "victims" or (one.kind != "confirm" and one.question != "g")}
    sources = [
        {
            "id": source, "publisher": names.get(one.iso3, one.iso3), "title": f"{names.get(one.iso3, one.iso3)}, answer to the guiding questions, {one.received}",
            "published": one.received, "accessed": one.received, "language": one.language, "kind": "state",
        }
        for source, one in cited.items() if source not in there
    ]  # fmt: skip
    return {"obligation_findings": findings, "new_victims": victims, "sources": sources}


def _source(one: Proposal) -> str:
    return f"answer-{one.iso3.lower()}-{one.received}"


def _finding(one: Proposal, description: Description, current: Checked) -> dict[str, str]:
    names = [field.name for field in description.tables["obligation_findings"].fields]
    rows = [dict(zip(names, row[1:], strict=True)) for row in current.rows["obligation_findings"]]
    indicator, _sep, rest = one.key.partition("|")
    year, _sep, source = rest.partition("|")
    alike = [row for row in rows if row["indicator"] == indicator]
    old = next((row for row in alike if (row["iso3"], str(row["as_of"] or ""), row["source_id"]) == (one.iso3, year, source)), {})
    known = one.kind == "correct"
    made = {
        "iso3": one.iso3, "action": alike[0]["action"] if known and alike else "", "indicator": indicator if known else "",
        "evidence_kind": old.get("evidence_kind") or "", "status": old.get("status") or "", "as_of": one.year or one.received[:4],
        "finding": one.new, "source_id": _source(one), "locator": f"question ({one.question})", "grade": "primary",
        "to_confirm": TO_CONFIRM, "note": "; ".join(filter(None, (f"in {one.language}" if one.language else "", one.document))),
    }  # fmt: skip
    return {name: str(value) for name, value in made.items()}


def _victims(one: Proposal) -> dict[str, str]:
    return {
        "iso3": one.iso3, "measure": "new victims, as the State counts them", **one.cells, "edition": f"Answer of the State, {one.received}",
        "source_id": _source(one), "locator": "question (g)", "grade": "primary", "note": one.document,
    }  # fmt: skip


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table that a spreadsheet program opens in the right encoding and runs nothing of."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([f"'{text}" if text[:1] and text[0] in DANGEROUS else text for text in map(str, row)] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
