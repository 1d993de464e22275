"""Put one more document into sources.csv, judged as every check judges it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dialogue.tables import check, package, write
from dialogue.tables.rows import Problem, collect
from dialogue.words.i18n import _

TABLE = "sources"
LONGEST = 50  # characters of a proposed code
FILLERS = frozenset("a an and at by for from in of on or the to via with".split())


def propose(publisher: str, title: str, taken: set[str]) -> str:
    """A code for a document: words of publisher and title in plain letters, unlike every code taken."""
    text = title if title.lower().startswith(publisher.lower()) else f"{publisher} {title}"
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in FILLERS]
    code = (
        "-".join(words)[: LONGEST + 1].rpartition("-")[0]
        if len("-".join(words)) > LONGEST
        else "-".join(words)
    )
    code = code or "source"
    n = 2
    proposed = code
    while proposed in taken:
        proposed = f"{code}-{n}"
        n += 1
    return proposed


def add(data: Path, given: Mapping[str, str]) -> tuple[str, list[Problem]]:
    """Append a document to the folder's sources.csv and write it in canonical form.

    `given` are cells by column; without an id, one is proposed. Returns the id and
    what is wrong; the file is written only where nothing is.
    """
    data = Path(data)
    table = package.read(data).tables[TABLE]
    checked = check.read(data)
    rows = checked.rows.get(TABLE, [])
    names = ["line", *(f.name for f in table.fields)]
    known = [dict(zip(names, row, strict=True)) for row in rows]
    cells = {f.name: given.get(f.name) or "" for f in table.fields}
    cells["id"] = cells["id"] or propose(cells["publisher"], cells["title"], {row["id"] for row in known})
    here = max((row[0] for row in rows), default=1) + 1
    added: list[tuple] = []
    problems = _twice(table, cells, known)
    collect(table, [(here, list(cells.values()))], added, problems)
    if not problems:
        added = [*rows, *added]
        faults = [problem for problem in checked.problems if problem.file == table.file]
        problems = check.check(data, instead={TABLE: (added, faults)}).problems
    if problems:
        # the row stands in no file yet: its number would mislead
        problems = [replace(each, line=0) if each.line == here else each for each in problems]
        return cells["id"], check.shown(problems, checked.description)
    write.put(data / table.file, write.table(table, added).encode("utf-8"))
    return cells["id"], []


def _twice(table: package.Table, cells: Mapping[str, str], known: list[dict]) -> list[Problem]:
    """The same code or the same address as a document that is there already."""
    found = []
    for column in ("id", "url"):
        for row in known:
            if cells[column] and _same(cells[column]) == _same(row[column] or ""):
                rule = _("stands already in row {line}: {id}, “{title}”; cite that one").format(
                    line=row["line"], id=row["id"], title=row["title"]
                )
                found.append(Problem(table.file, 0, column, cells[column], rule))
                break
    return found


def _same(text: str) -> str:
    return text.strip().rstrip("/").lower()
