"""Which figures on which pages change, and that every query says truly which pages show it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from dialogue import navigation
from dialogue.change import explain, headings, impact
from dialogue.change.difference import Words
from dialogue.snapshot import live, queries, store
from tests.browser import ROOT
from tests.support import changed, run_page

PAGES = {page.path or "overview": page for pages in navigation.sections().values() for page in pages}
# Enough addresses to draw every page and its most different parts; the rest is read from the code.
ADDRESSES = [
    "overview", "affected-states", "affected-states?show=victims&state=LAO", "affected-states?show=membership", "new-victims?view=states",
    "new-victims?view=who", "obligations?state=LAO", "comparisons", "comparisons?view=survivors", "questions?question=f",
    "states?state=LAO", "responses", "integrated-approach", "integrated-approach?view=time", "new-use", "work-plan", "work-plan?view=next", "resources",
    "sources?section=workplan", "search?q=lebanon", "what-changed", "data-desk", "freshness",
    "my-deck", "take-it-with-you", "use-the-data",
]  # fmt: skip
# They ask queries by the names they are handed, about the data as a whole: no page shows figures through them.
BY_NAME = {"dialogue.change.impact", "dialogue.change.explain", "dialogue.change.compare", "dialogue.present.offline"}
# Asked, but not shown: (query, page) and what for.
NOT_SHOWN = {
    ("treaty_status", "what-changed"): "which codes are States",
    ("obligation_matrix", "my-deck"): "which States have a briefing",
    ("obligation_matrix", "use-the-data"): "which States have a briefing",
}


@pytest.fixture(scope="module")
def before(read_in_2026) -> store.Snapshot:
    return read_in_2026


def sentences(old: store.Snapshot, new: store.Snapshot) -> list[str]:
    words = Words(new.checked, new.description)
    return [impact.sentence(change, words) for change in impact.figures(old, new)]


# --- figures that change ---


@pytest.fixture(scope="module")
def corrected(before) -> store.Snapshot:
    """The world total of 2023 printed as 231 by every source of the latest edition."""

    def change(rows):
        for row in rows:
            total = all(row[name] == "all" for name in ("cause", "outcome", "sex", "age_group", "status"))
            if (row["iso3"], row["year"], row["weapon"], row["count"]) == (
                "WLD",
                2023,
                "cluster_munition",
                219,
            ) and total:
                row["count"] = 231

    return changed(before, "casualties", change)


@pytest.fixture(scope="module")
def found(before, corrected) -> list[impact.FigureChange]:
    return impact.figures(before, corrected)


@pytest.mark.long
def test_a_changed_count_is_told_with_its_question_its_year_and_its_pages(found, corrected):
    told = {
        impact.sentence(change, Words(corrected.checked, corrected.description)): change for change in found
    }
    one = told["How many casualties did the Monitor record worldwide in each year? 2023, persons: 219 → 231"]
    assert one.pages == ("affected-states", "new-victims", "search") and (one.old, one.new) == ("219", "231")
    assert one.kind == impact.FIGURE
    # a part that no longer adds up is not shown as nothing recorded
    assert any(told.endswith("2023, casualties of attacks: 118 → no value") for told in told)


@pytest.mark.long
def test_numbers_come_before_what_changes_only_in_its_sources(found):
    kinds = [change.kind for change in found]
    assert kinds == sorted(kinds, key=impact.ORDER.index) and {impact.FIGURE, impact.SOURCE} <= set(kinds)


def test_the_same_data_change_no_figure(before):
    def turn(rows):
        return rows[::-1]

    assert impact.figures(before, changed(before, "casualties", turn)) == []


@pytest.mark.long
def test_a_row_that_comes_or_goes_is_told_as_such_never_as_a_zero(before):
    def without(rows):
        return [row for row in rows if (row["iso3"], row["year"]) != ("WLD", 2023)]

    gone = changed(before, "casualties", without)
    question = "How many casualties did the Monitor record worldwide in each year? "
    assert f"{question}2023: no longer there (persons 219)" in sentences(before, gone)
    assert f"{question}2023: new (persons 219)" in sentences(gone, before)
    assert not any(change.new == "0" for change in impact.figures(before, gone) if change.column == "count")


def test_a_change_of_one_state_is_found_on_its_profile(before):
    def change(rows):
        for row in rows:
            if row["iso3"] == "IRQ":
                row["initial_report_submitted"] = "2026-10"

    found = impact.figures(before, changed(before, "crpd_reports", change))
    assert [(f.query, f.iso3, f.new) for f in found if f.column == "submitted"] == [
        ("profile_crpd", "IRQ", "2026-10")
    ]


def response(consent: str) -> dict:
    return {
        "line": 2, "iso3": "LAO", "question": "a", "received": "2026-10-01", "channel": "letter", "language": "en",
        "answer": "SECRET", "summary_en": "SECRET", "consent": consent, "document": "SECRET", "url": None, "note": None,
    }  # fmt: skip


@pytest.mark.long
def test_an_answer_that_may_not_be_published_is_counted_and_never_shown(before):
    kept = changed(before, "responses", lambda rows: [response("no")])
    public = changed(before, "responses", lambda rows: [response("yes")])
    counted = "How many answers of each of the twelve States"
    for old, new in ((before, kept), (kept, public), (public, kept), (public, before)):
        told = sentences(old, new)
        assert "SECRET" not in repr(told) and any(each.startswith(counted) for each in told)


def test_at_most_a_few_changes_of_one_query_are_told(found, corrected):
    told = impact.told(found * 30, Words(corrected.checked, corrected.description), cap=5)
    assert all(len(one.lines) <= 5 for one in told) and sum(
        len(one.lines) + one.more for one in told
    ) == 30 * len(found)


@pytest.mark.long
def test_a_query_that_the_earlier_tables_cannot_answer_is_named(before):
    def change(rows):
        rows[0]["title"] = "Read again"

    earlier = changed(before, "sources", change)
    earlier.connection.execute("DROP VIEW cited")
    (one,) = (each for each in impact.figures(earlier, before) if each.query == "sources_used")
    assert one.kind == impact.UNKNOWN
    assert impact.sentence(one, Words(before.checked, before.description)).startswith(
        "What rests on each document? cannot be compared"
    )


def test_what_a_query_reads_is_known_through_every_view(before):
    """DuckDB's own plan of every query reads no table that is not named."""
    for name in queries.names():
        query = queries.get(name)
        values = queries._bind(query, {}, before)
        plan = before.cursor().execute(f"EXPLAIN (FORMAT json) {query.sql}", values).fetchall()[0][1]
        read = set(re.findall(r'"Table": "(?:\w+\.)*(\w+)"', plan))
        assert read <= impact.tables_behind(name), name


def test_parameters_of_pages_are_allowed_by_their_queries(before):
    for name, sets in impact.PARAMETERS.items():
        for given in sets:
            queries._bind(queries.get(name), given, before)


# --- explaining a figure ---


def test_a_figure_is_explained_down_to_its_row_and_document(before):
    lines = list(explain.figure(before, "casualties_world", {"year": "2023"}))
    text = "\n".join(lines)
    assert lines[0] == queries.get("casualties_world").question
    assert "count = 219: Persons killed or injured" in text and "Shown on: Affected States" in text
    row = next(line for line in lines if line.startswith("  row "))
    line = int(re.match(r"  row (\d+):", row)[1])
    csv = (store.package.DATA / "casualties.csv").read_text("utf-8").splitlines()
    assert csv[line - 1].startswith("WLD,2023,cluster_munition,all,all,all,all,all,,219,")
    code = csv[line - 1].split(",")[14]
    assert any(line.startswith(f"  {code}: ") and "http" in line for line in lines)


@pytest.mark.long
def test_every_query_can_be_explained(before, monkeypatch):
    monkeypatch.setattr(explain, "ROWS", 1)
    for name in queries.names():
        rows = queries.run(name, before)
        if len(rows):
            lines = list(explain.figure(before, name, {}))
            assert len(lines) > 3 and not any(re.search(r"= (None|nan|<NA>)", line) for line in lines), name


# --- which page shows what ---


class Code:
    """The functions of the package: what each refers to, and which queries it asks by name."""

    def __init__(self) -> None:
        self.trees = {
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(path.read_text("utf-8"))
            for path in sorted((ROOT / "dialogue").rglob("*.py"))
        }
        self.names = set(queries.names())
        self.known: dict[str, tuple[ast.AST, str, dict, set]] = {}
        for module, tree in self.trees.items():
            nodes, imported = dict(self._named(tree)), self._imported(tree)
            for name, node in nodes.items():
                self.known[f"{module}.{name}"] = (node, module, imported, set(nodes))
        # a name that a folder of views hands on is where it comes from
        self.handed_on = {f"{module}.{name}": whole for module, tree in self.trees.items() for name, whole in self._imported(tree).items()}
        self.read: dict[str, tuple[set, list]] = {}  # by function: queries it asks, names it refers to
        # functions that are handed a query's name: calling one asks that query
        self.askers = {"run"} | {
            node.name
            for node, *_rest in self.known.values()
            if isinstance(node, ast.FunctionDef)
            and node.args.args
            and self._asks(node, node.args.args[0].arg)
        }

    @staticmethod
    def _named(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node.name, node
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        yield target.id, node

    @staticmethod
    def _imported(tree: ast.Module) -> dict[str, str]:
        return {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dialogue")
            for alias in node.names
        }

    @staticmethod
    def _asks(node: ast.AST, name: str) -> bool:
        return any(
            isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "run"
            and call.args and isinstance(call.args[0], ast.Name) and call.args[0].id == name
            for call in ast.walk(node)
        )  # fmt: skip

    def reached(self, script: str) -> set[str]:
        """The queries that a page's script can ask, through everything it refers to."""
        tree = ast.parse((ROOT / "pages" / script).read_text("utf-8"))
        found = self._queries(tree)
        waiting, seen = list(self._references(tree, "", self._imported(tree), set())), set()
        while waiting:
            name = waiting.pop()
            name = name if name in self.known else self.handed_on.get(name, name)
            if name not in seen and name in self.known and self.known[name][1] not in BY_NAME:
                if name not in self.read:
                    node, *where = self.known[name]
                    self.read[name] = self._queries(node), list(self._references(node, *where))
                found |= self.read[name][0]
                waiting += self.read[name][1]
            seen.add(name)
        return found

    def _queries(self, node: ast.AST) -> set[str]:
        return {
            call.args[0].value
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
            and getattr(call.func, "attr", getattr(call.func, "id", "")) in self.askers
            and call.args[0].value in self.names
        }  # fmt: skip

    @staticmethod
    def _references(node: ast.AST, module: str, imported: dict, own: set) -> Iterator[str]:
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and each.id in own:
                yield f"{module}.{each.id}"
            elif isinstance(each, ast.Name) and each.id in imported:
                yield imported[each.id]
            elif (
                isinstance(each, ast.Attribute)
                and isinstance(each.value, ast.Name)
                and each.value.id in imported
            ):
                yield f"{imported[each.value.id]}.{each.attr}"


@pytest.fixture(scope="module")
def asked() -> dict[str, set[str]]:
    """The queries that each page was seen asking."""
    found: dict[str, set[str]] = defaultdict(set)
    run, keep = queries.run, store.Snapshot.keep
    page = ""

    def recording(name, *args, **given):
        found[page].add(name)
        return run(name, *args, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "run", recording)
        # a view is built anew for every page, so that its queries are seen
        patch.setattr(
            store.Snapshot,
            "keep",
            lambda own, key, build: build() if key[0] == "view" else keep(own, key, build),
        )
        for address in ADDRESSES:
            page, _question, given = address.partition("?")
            live.latest()._kept.clear()  # what other pages and tests have asked
            run_page(PAGES[page].script, **dict(pair.split("=") for pair in given.split("&") if pair))
    return found


@pytest.mark.long
def test_every_page_shows_only_queries_that_name_it(asked):
    assert set(asked) == set(PAGES)
    for page, names in asked.items():
        for name in names:
            named = {page, "all"} & set(queries.get(name).pages)
            assert named or (name, page) in NOT_SHOWN, f"queries/{name}.sql: add {page} to “-- pages:”"


@pytest.mark.long
def test_the_pages_of_a_query_are_those_whose_code_asks_it():
    code = Code()
    shown = defaultdict(set)
    for page, entry in PAGES.items():
        for name in code.reached(entry.script):
            if (name, page) not in NOT_SHOWN:
                shown[name].add(page)
    for name in queries.names():
        declared = set(queries.get(name).pages)
        if declared != {"all"}:
            assert declared == shown[name], (
                f"queries/{name}.sql: “-- pages:” should be {', '.join(sorted(shown[name]))}"
            )


def test_a_query_without_a_page_says_why_it_is_there():
    for name in queries.names():
        header = re.findall(r"^-- pages: (.+)$", queries.get(name).sql, re.MULTILINE)
        assert len(header) == 1, f"queries/{name}.sql needs one line “-- pages: …”"
        assert set(queries.get(name).pages) <= {*PAGES, "all"}
        assert queries.get(name).pages or re.fullmatch(r"none \(.+\)", header[0])


@pytest.mark.long
def test_a_change_is_told_in_the_words_of_the_pages(before):
    def leave_out(rows):
        return [row for row in rows if (row["iso3"], row["weapon"]) != ("AFG", "cluster_munition")]

    after = changed(before, "casualties", leave_out)
    words = Words(after.checked, after.description).also(before.checked, before.description)
    found = impact.figures(before, after)
    told = "\n".join(line for each in impact.told(found, words, 500) for line in each.lines)
    assert "among the twelve States Parties that the work plan names" in told and "persons" in told
    for code in ("twelve True", "count_type", "True", "False", "kind of number recorded", "mark part", "place state", "not_split"):
        assert code not in told, code
    order = [impact.for_readers(change) for change in found if change.kind == impact.FIGURE]
    assert order == sorted(order, reverse=True) and True in order and False in order  # housekeeping after what readers see


def test_every_column_that_pages_show_has_words_without_the_sign_of_a_code(before):
    words = Words(before.checked, before.description)
    for name in queries.names():
        query = queries.get(name)
        for column in query.columns:
            assert "_" not in headings.of(query, column, words, impact.tables_behind(name)), (name, column)
