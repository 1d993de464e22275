"""The tables on freshness in words."""

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from dialogue.snapshot import queries, reader, texts
from dialogue.views.method.freshness.rows import AGES, place
from dialogue.views.method.freshness.words import comes, date_words, edition_words
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, label, number, semicolons, state


def year_or_dash(value) -> str:
    return "–" if value is None or value is pd.NA else str(value)


def ages_table(rows, column: str, names: dict[str, str], words: dict[str, str], by: str) -> pd.DataFrame:
    lines = []
    for code, name in names.items():
        part = rows[rows[column] == code]
        years = Counter(part["year"].dropna())
        counts = part["age"].value_counts()
        listed = commas(f"{year} ({n})" if n > 1 else str(year) for year, n in sorted(years.items(), reverse=True))
        lines.append((name, listed or "–", *(number(int(counts.get(age, 0))) for age in AGES)))
    first = _("State") if by == "state" else _("Indicator")
    return pd.DataFrame(lines, columns=[first, _("Years of the evidence that counts (entries)"), *(words[age] for age in AGES)])


def to_confirm_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The findings that a person should see first, with what is open."""
    documents = queries.run("sources_used").set_index("source_id")
    return pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Indicator"): [label("indicator", code) for code in rows["indicator"]],
            _("Year"): [year_or_dash(y) for y in rows["year"]],
            _("What is open"): rows["to_confirm"],
            _("Gives the cell"): [_("yes") if given else _("no") for given in rows["in_cell"]],
            _("Document"): [documents.loc[source, "title"] for source in rows["source_id"]],
            _("Row"): [place("obligation_findings", key) for key in rows["row_key"]],
        }
    )


def newest_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest of each kind of evidence, a row each State."""
    return pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Finding on an indicator"): [year_or_dash(y) for y in rows["finding"]],
            _("Casualty figure"): [year_or_dash(y) for y in rows["casualties"]],
            _("Named with casualties"): [year_or_dash(y) for y in rows["named"]],
            _("Article 7 report found"): [year_or_dash(y) for y in rows["article7"]],
            _("Survivors"): [day(d) or "–" for d in rows["survivors"]],
            _("Observations under the CRPD"): [day(d) or "–" for d in rows["crpd"]],
        }
    )


def tables_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Newest, median and oldest year of each table, and its newest document."""
    tables = reader.snapshot().description.tables
    documents = queries.run("sources_used").set_index("source_id")
    return pd.DataFrame(
        {
            _("Table"): [tables[name].title for name in rows["table_name"]],
            _("Rows"): [number(n) for n in rows["rows"]],
            _("Newest year"): [year_or_dash(y) for y in rows["newest"]],
            _("Median year"): [year_or_dash(y) for y in rows["median"]],
            _("Oldest year"): [year_or_dash(y) for y in rows["oldest"]],
            _("Rows without a date"): [number(n) for n in rows["undated"]],
            _("Newest document"): [
                f"{documents.loc[source, 'publisher']}, {day(published)}" if source else "–"
                for source, published in zip(rows["source_id"], rows["published"], strict=True)
            ],
            **_still_english(rows["table_name"]),
        }
    )


def _still_english(tables: Iterable[str]) -> dict[str, list[str]]:
    """For a reader of another language, how many texts of each table have no translation; nothing in English."""
    language = i18n.language()
    if language == "en":
        return {}
    gaps = texts.missing(language, reader.snapshot())
    said = _("{n} of {all}")
    return {_("Texts still in English"): [said.format(n=number(gaps[name][0]), all=number(gaps[name][1])) if name in gaps else "–" for name in tables]}


def gaps_table(rows: pd.DataFrame, states: list[str]) -> pd.DataFrame:
    """What is not known, a row each State."""
    items = rows.groupby(["iso3", "kind"])["item"].agg(list).to_dict()
    return pd.DataFrame(
        {
            _("State"): [state(code) for code in states],
            _("Indicators without information"): [
                semicolons(label("indicator", i) for i in items.get((code, "indicator"), [])) or "–" for code in states
            ],
            _("Years without a casualty figure"): [commas(items.get((code, "casualties"), [])) or "–" for code in states],
            _("Questions without an answer"): [commas(items.get((code, "question"), [])) or "–" for code in states],
        }
    )


def editions_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Publications in use, and what is known of newer editions."""
    documents = queries.run("sources_used").set_index("source_id")["title"]
    return pd.DataFrame(
        {
            _("In use"): rows["in_use"],
            _("Published"): [day(d) or _("undated") for d in rows["published"]],
            _("Rows that rest on it"): [number(n) for n in rows["rows"]],
            _("Newer edition"): [
                f"{newer}, {day(published)}" if newer and published else newer or "–"
                for newer, published in zip(rows["newer"], rows["newer_published"], strict=True)
            ],
            _("What is known of it"): [edition_words(kind) for kind in rows["kind"]],
            _("Seen in"): [
                documents.get(source) if source else (_("Lead: {topic}").format(topic=lead) if lead else "–")
                for source, lead in zip(rows["source_id"], rows["lead"], strict=True)
            ],
            _("Remark"): [note or "–" for note in rows["note"]],
        }
    )


def documents_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Cells with the document in use and the newer one."""
    documents = queries.run("sources_used").set_index("source_id")["title"]
    return pd.DataFrame(
        {
            _("State"): [state(iso3) for iso3 in rows["iso3"]],
            _("Indicator"): [label("indicator", code) for code in rows["indicator"]],
            _("Document in use"): [documents[source] for source in rows["source_id"]],
            _("Newer document at hand"): rows["newer_title"],
            _("Row"): [place("obligation_findings", key) for key in rows["row_key"]],
        }
    )


def dates_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Each date with what it is about, whom and whether it comes again."""
    return pd.DataFrame(
        {
            _("Date"): [day(d) for d in rows["date"]],
            _("What"): [date_words(row) for row in rows.itertuples()],
            _("State"): [state(iso3) if iso3 else "–" for iso3 in rows["iso3"]],
            _("Comes"): [comes(row) for row in rows.itertuples()],
            _("Article"): [article or "–" for article in rows["article"]],
            _("Remark"): [note or "–" for note in rows["note"]],
        }
    )
