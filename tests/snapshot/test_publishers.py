"""Which document is named where several print the same figure, and what a copy may claim."""

from dialogue.snapshot import queries, reader
from dialogue.tables import package
from dialogue.views.evidence import overview
from tests.support import messages, put, read


def order() -> dict[str, tuple[int, bool, str]]:
    """Place of every document, worked out from the tables alone; a copy after what was read at its publisher."""
    place = {row["kind"]: int(row["position"]) for row in read("publisher_kinds")}
    return {row["id"]: (place[row["kind"]], bool(row["copy_on"]), row["id"]) for row in read("sources")}


def test_of_documents_that_print_the_same_figure_the_one_nearest_to_its_publisher_is_named():
    places = order()
    whole = {"scope": "full_year", "outcome": "all", "sex": "all", "age_group": "all", "status": "all", "activity": ""}
    several = 0
    for shown in queries.run("casualties_world").itertuples():
        rows = [
            row for row in read("casualties")
            if row["iso3"] == "WLD" and row["publisher_kind"] == "monitor" and row["weapon"].startswith("cluster_munition")
            and row["cause"] == "all" and all(row[name] == value for name, value in whole.items())
            and (int(row["year"]), int(row["count"]), row["count_type"], row["edition"])
            == (shown.year, shown.count, shown.count_type, shown.edition)
        ]  # fmt: skip
        assert shown.source_id == min(rows, key=lambda row: (row["grade"], places[row["source_id"]]))["source_id"]
        several += len(rows) > 1
    assert several


def test_a_headline_does_not_name_the_press_where_a_publisher_before_it_prints_the_figure():
    kinds = {row["id"]: row["kind"] for row in read("sources")}
    rows = queries.run("headline").dropna(subset=["source_id"]).set_index("headline")
    for name in ("casualties", "remnants"):
        figure = rows.loc[name]
        printing = {
            kinds[row["source_id"]] for row in read("casualties")
            if row["iso3"] == "WLD" and row["year"] == figure["period"] and row["edition"] == figure["edition"]
            and int(row["count"]) == figure["value"] and row["count_type"] == figure["count_type"]
            and row["publisher_kind"] == "monitor"
        }  # fmt: skip
        assert kinds[figure["source_id"]] != "press" or printing == {"press"}


def test_a_tile_says_when_its_figure_is_quoted_and_spells_the_edition_out():
    table = overview.headlines().table
    grades = queries.run("citations").groupby("source_id")["grade"].agg(" ".join)
    kinds = {row["id"]: row["kind"] for row in read("sources")}
    codes = {row["edition"] for row in read("editions") if row["title"] != row["edition"]}
    sources = queries.run("headline").set_index("headline")["source_id"]
    for name, publisher in zip(["state_parties", "article5_states", "casualties", "remnants", "all_time"], table["Publisher"], strict=False):
        quoted = "primary" not in grades[sources[name]] and kinds[sources[name]] != "monitor"
        assert publisher.startswith("as quoted by ") == quoted
    assert not [when for when in table["When"] for code in codes if f"({code})" in when]


def test_a_row_read_in_a_copy_cannot_be_primary(data):
    copies = {row["id"]: row["copy_on"] for row in read("sources") if row["copy_on"]}
    line = put(data, "casualty_totals", lambda row: row["source_id"] in copies, grade="primary")
    assert line
    assert any("was read in a copy" in message and "casualty_totals" in message for message in messages(data))


def test_every_kind_of_publisher_has_a_place(data):
    put(data, "publisher_kinds", lambda row: row["kind"] == "press", kind="papers")
    assert any("has no place in publisher_kinds.csv" in message for message in messages(data))
    described = package.read(package.DATA).tables["sources"].field("kind").constraints["enum"]
    assert set(described) == {row["kind"] for row in read("publisher_kinds")}
    assert reader.snapshot().description.tables["publisher_kinds"]


def test_a_finding_without_its_kind_is_named(data):
    line = put(data, "obligation_findings", lambda row: True, evidence_kind="")
    assert any(f"obligation_findings.csv, row {line}, column evidence_kind" in message for message in messages(data))
