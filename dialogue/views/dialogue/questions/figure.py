"""How the evidence on the guiding questions is drawn: signs in cells."""

from collections.abc import Sequence

import pandas as pd

from dialogue.views import theme
from dialogue.views.dialogue.questions.rows import AGES, STANDINGS
from dialogue.views.dialogue.questions.words import plan_years, standing_name
from dialogue.views.evidence import obligations, victims
from dialogue.views.signs import Mark
from dialogue.words.i18n import _


def occurring(codes: Sequence[str], used: pd.Series, marks: Sequence[Mark]) -> tuple[list[str], list[Mark]]:
    """The codes that occur, in their order, with their signs: the key shows no other."""
    found = [(code, mark) for code, mark in zip(codes, marks, strict=True) if (used == code).any()]
    return [code for code, _mark in found], [mark for _code, mark in found]


def cell_of(code: str, row, signs: Sequence[str]) -> list:
    """The sign of a code with the year of the evidence, framed by its age."""
    sign = signs.index(code)
    return [sign] if row.age is None else [sign, obligations.year_words(row.as_of), AGES.index(row.age)]


def plan_marks() -> list[Mark]:
    colours = theme.palette().obligation
    looks = (("disc", "met"), ("ring", "met"), ("half", "partly"), ("hourglass", "expired"), ("barred", "not_met"), ("hatch", "no_info"))  # fmt: skip
    return [
        Mark(shape, colours[colour], standing_name(code))
        for code, (shape, colour) in zip(STANDINGS, looks, strict=True)
    ]


def victim_marks(kinds: Sequence[str]) -> list[Mark]:
    colours = theme.palette()
    looks: dict[str, tuple[str, str]] = {
        "cluster_munition": ("disc", colours.casualties["remnant"]),
        "not_split": ("ring", colours.ink),
        "named": ("diamond", colours.accent),
        "incident": ("square", colours.ink),
        "not_named": ("dash", colours.quiet),
        "none": ("hatch", colours.obligation["no_info"]),
    }
    return [Mark(*looks[kind], victims.known_name(kind)) for kind in kinds]


def plan_cell(row, signs: Sequence[str]) -> list:
    """The sign of a plan with its last year and the year of the evidence, framed by its age."""
    sign = signs.index(row.standing)
    return [sign] if row.age is None else [sign, plan_years(row), AGES.index(row.age)]


def data_marks() -> list[Mark]:
    """The signs of kinds of figures: named in a finding, or not."""
    colours = theme.palette()
    return [
        Mark("diamond", colours.accent, _("Figures of this kind published at least once")),
        Mark("dash", colours.quiet, _("No such figure in the findings read")),
    ]


def victim_cells(rows: pd.DataFrame, kinds: Sequence[str]) -> dict[tuple[str, str], list]:
    """By State and aspect: the sign of how well it is known, and what that means."""
    return {
        (row.iso3, row.aspect): [
            kinds.index(row.known), *([] if row.known == "none" else [victims.known_name(row.known)])
        ]
        for row in rows.itertuples()
    }  # fmt: skip
