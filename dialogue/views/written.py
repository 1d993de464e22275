"""A view as plain data: what ``python -m dialogue view`` prints, and the base of every export."""

import json
from decimal import Decimal

import pandas as pd

from dialogue.snapshot import reader
from dialogue.views import quote, view
from dialogue.views.signs import TableView
from dialogue.views.view import View


def as_data(shown: View) -> dict:
    """Words, numbers and sources of a view, ready for JSON.

    name, given: what was asked for. title, kicker, how, alt, missing, notes: its words.
    data: rows in codes; table: rows for readers. sources: documents (publisher, title,
    published, locators, grade, url). figure (Plotly) or drawing (a table of signs), None
    for a view without one. as_of, version, language, mode, width: of the reader.
    """
    for_whom = reader.current()
    return {
        "name": shown.name,
        "given": {name: plain(value) for name, value in shown.given.items()},
        "title": shown.title, "kicker": shown.kicker, "how": shown.how, "alt": shown.alt,
        "missing": shown.missing, "notes": list(shown.notes),
        "sentence": quote.sentence(shown), "citation": quote.citation(shown),
        "data": records(shown.data), "table": records(shown.table),
        "sources": records(view.documents(shown)),
        "figure": None if shown.figure is None else json.loads(shown.figure.to_json()),
        "drawing": shown.drawing if isinstance(shown, TableView) else None,
        "as_of": shown.as_of, "version": for_whom.snapshot.fingerprint, "release": for_whom.snapshot.release,
        "language": for_whom.language, "mode": for_whom.mode, "width": for_whom.width,
    }  # fmt: skip


def records(frame: pd.DataFrame) -> list[dict]:
    """The rows of a table; nothing known is None, a day is written YYYY-MM-DD."""
    columns = [str(name) for name in frame.columns]
    return [dict(zip(columns, map(plain, row), strict=True)) for row in frame.itertuples(index=False)]


def plain(value: object) -> object:
    """A value for JSON: nothing known is None, a day is written YYYY-MM-DD, lists stay lists."""
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, Decimal):  # of a sum or a rounded share in a query
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
