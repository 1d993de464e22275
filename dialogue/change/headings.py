"""What the columns of a query's answer are called in a list of changes: the words of the pages, not of the program."""

from functools import cache

from dialogue.change.difference import USUAL, Words
from dialogue.snapshot import queries, reader
from dialogue.words.i18n import _


def of(query: queries.Query, column: str, words: Words, tables: frozenset[str]) -> str:
    """A column in words: its own, or those of the column of a table (of those the query reads) that it comes from."""
    known = _known(reader.current().language)
    if column in known:
        return known[column]
    for table in words.description.tables.values():
        if table.name in tables and any(field.name == column for field in table.fields):
            return words.column(table.name, column)
    return column.removesuffix("_id").removesuffix("_ids").replace("_", " ")


def value(column: str, cell: str, words: Words) -> str:
    """One cell in words; what is true or not reads yes or no, and nothing reads “no value”."""
    if cell in ("True", "False"):
        return _("yes") if cell == "True" else _("no")
    return _values(reader.current().language).get((column, cell)) or words.answer(column, cell)


def reading(column: str, heading: str, told: str, cell: str) -> str:
    """A cell of a row that came or went, with its heading; "" for what is not the case."""
    if cell in ("True", "False"):
        return heading if cell == "True" else ""
    if cell == USUAL.get(column):
        return ""
    if column in ("region", "iso3", "subject", "name", "title"):
        return told  # says what it is by itself
    return f"{heading} {told}"


@cache
def _known(_language: str) -> dict[str, str]:
    return {
        "age": _("age of the evidence"),
        "apmbc": _("standing under the Anti-Personnel Mine Ban Convention"),
        "article7": _("newest report under Article 7"),
        "attack": _("casualties of attacks"),
        "attack_type": _("kind of number for attacks"),
        "attacks": _("casualties of attacks"),
        "beyond": _("after the last quarter of the work plan"),
        "by_all": _("States that are parties to all of them"),
        "by_none": _("States that are party to none of them"),
        "casualties": _("newest year with casualties of cluster munitions"),
        "ccm": _("standing under the Convention on Cluster Munitions"),
        "ccm_status": _("standing under the Convention on Cluster Munitions"),
        "cells": _("entries (a State and an indicator)"),
        "count": _("persons"),
        "count_type": _("kind of number"),
        "counts_from": _("counts from"),
        "dated": _("rows that carry a date"),
        "earlier": _("an older edition says something else"),
        "estimate": _("lower end of the estimate"),
        "estimate_high": _("upper end of the estimate"),
        "evidence": _("pairs or rows with evidence"),
        "figure_year": _("newest year with a figure"),
        "figures": _("States and areas with a figure"),
        "in_cell": _("gives the cell of the matrix"),
        "in_use": _("edition in use"),
        "known": _("what is known"),
        "left_it": _("States that left"),
        "lists": _("lists that name the State"),
        "mark": _("mark on the map"),
        "met": _("met"),
        "months": _("months since then"),
        "named_year": _("newest year in which the State is named"),
        "newest": _("newest"),
        "no_information": _("no information"),
        "none": _("without information"),
        "not_met": _("not found in place"),
        "of": _("out of"),
        "older": _("older evidence"),
        "outcome": _("killed or injured"),
        "pairs": _("entries (a State and an indicator)"),
        "partly": _("partly met"),
        "period": _("period"),
        "place": _("kind of place"),
        "publisher_kind": _("kind of publisher"),
        "recent": _("recent evidence"),
        "remnant": _("casualties of cluster munition remnants"),
        "remnants": _("casualties of cluster munition remnants"),
        "remnant_type": _("kind of number for remnants"),
        "revised": _("revised since by a later edition"),
        "rows": _("rows of the table"),
        "signatories": _("signatories"),
        "standing": _("standing under the instrument"),
        "state_parties": _("States Parties"),
        "states": _("States"),
        "status": _("status"),
        "total": _("casualties of all causes"),
        "twelve": _("among the twelve States Parties that the work plan names"),
        "undated": _("undated evidence"),
        "value": _("number"),
        "withdrawn": _("States that withdrew"),
    }


@cache
def _values(_language: str) -> dict[tuple[str, str], str]:
    return {
        ("mark", "total"): _("all causes"),
        ("mark", "zero"): _("a published zero"),
        ("mark", "part"): _("attacks or remnants only"),
        ("mark", "named"): _("without a number"),
        ("place", "state"): _("State"),
        ("place", "area"): _("area"),
        ("headline", "state_parties"): _("States Parties to the Convention on Cluster Munitions"),
        ("headline", "article5_states"): _("States Parties among the twelve"),
        ("headline", "casualties"): _("New victims"),
        ("headline", "remnants"): _("Casualties of cluster munition remnants"),
        ("headline", "all_time"): _("Casualties of all years"),
        ("headline", "named"): _("States and areas named without a number"),
        ("headline", "evidence"): _("Entries (a State and an indicator) with evidence"),
        ("basis", "same_edition"): _("attacks and remnants of the same edition"),
        ("basis", "adds_up"): _("attacks and remnants make the total"),
        ("basis", "one_cause"): _("one cause makes the total"),
        ("basis", "not_split"): _("not told apart"),
        ("basis", "part"): _("no total is known"),
        ("basis", "asked"): _("only this cause"),
        ("basis", "named"): _("without a number"),
    }
