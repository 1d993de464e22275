"""What a cell says, and what kind of value its column takes."""

from dataclasses import dataclass, field

from dialogue.tables.package import Field

LONGEST_NUMBER = 40  # characters; what is longer is no number and not looked at as one
PARTIAL_DATE = r"\d{4}(-(0[1-9]|1[0-2])"

NOTHING = frozenset(
    "na n.a. n.a n/a nd n.d. n.d n/d s/d sd nr n/r n/k nk - -- --- – — ? ?? ??? . .. ... … * / x none nil null unknown unk"
    " tbc tbd tba missing inconnu inconnue desconocido desconocida aucun ninguno".split()
) | {
    "not available",
    "not known",
    "not reported",
    "not recorded",
    "no data",
    "no information",
    "not applicable",
    "sin datos",
}
NONE = frozenset("none nil aucun ninguno zero cero zéro".split())


@dataclass
class Reading:
    """What a cell says in the form of the tables.

    `did`: what was done, for a note; `rule`: why it is refused, and `hint` what to
    write instead. Only `hint` may repeat what the cell or the data hold.
    """

    text: str = ""
    did: list[str] = field(default_factory=list)
    rule: str = ""
    hint: str = ""


def is_partial_date(spec: Field) -> bool:
    """Whether a column holds dates of which the day or month may be left out."""
    return spec.type == "string" and spec.constraints.get("pattern", "").lstrip("^(").startswith(PARTIAL_DATE)


def is_year(spec: Field) -> bool:
    """Whether a column holds years as numbers."""
    return spec.type == "integer" and (spec.unit == "year" or spec.constraints.get("minimum", 0) >= 1900)
