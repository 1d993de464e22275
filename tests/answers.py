"""Answers of States for the tests, and texts without consent: those are refused, and must never leave the server."""

from pathlib import Path

from tests.support import edit

SECRET = "Zq7marker"  # stands in every text of an answer that may not be published
SECRET_DAY = "2025-05-02"  # the day of no other row
ARABIC = "وضعت الوزارة خطة وطنية."
HOSTILE = '<img src=x onerror="alert(1)"> **bold** \u202ereversed'


def row(iso3: str, question: str, received: str, consent: str = "yes", **cells: str) -> dict[str, str]:
    usual = {
        "iso3": iso3, "question": question, "received": received, "channel": "note verbale", "language": "en",
        "answer": "An answer.", "summary_en": "A summary.", "consent": consent, "document": "Note of 2025", "url": "", "note": "",
    }  # fmt: skip
    return usual | cells


def bare(iso3: str, question: str, received: str) -> dict[str, str]:
    """An answer without consent as it may stand in the table: State, question, day."""
    return dict.fromkeys(row(iso3, question, received), "") | {
        "iso3": iso3, "question": question, "received": received, "consent": "no",
    }  # fmt: skip


def secret(iso3: str, question: str, received: str) -> dict[str, str]:
    """The same with its text, which may not stand there."""
    return row(
        iso3, question, received, "no", answer=SECRET, summary_en=SECRET, document=SECRET, note=SECRET,
        url=f"https://example.org/{SECRET}", channel=SECRET,
    )  # fmt: skip


PUBLISHED = [
    row("LBN", "a", "2025-03-10", language="ar", answer=ARABIC, summary_en="A national plan is drawn up."),
    row("LBN", "b", "2025-03-11", answer=HOSTILE + "A" * 10_000, summary_en="", document=HOSTILE),
    row("LAO", "b", "2025-04", summary_en="A data system stands."),
]
FILLED = [*PUBLISHED, bare("LAO", "b", SECRET_DAY), bare("IRQ", "g", SECRET_DAY)]
REFUSED = [*PUBLISHED, secret("LAO", "b", SECRET_DAY), secret("IRQ", "g", SECRET_DAY)]


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    def change(lines):
        return [lines[0], *([cells[name] for name in lines[0]] for cells in rows)]

    edit(folder / f"{table}.csv", change)
