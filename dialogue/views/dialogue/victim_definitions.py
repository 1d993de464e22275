"""Who counts as a victim: the words of instruments, standards and laws side by side."""

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared, theme
from dialogue.views.signs import Mark, TableView, drawing
from dialogue.views.view import kept
from dialogue.words import i18n
from dialogue.words.i18n import _, label, listing, ngettext, number, semicolons, state

STATED = ("yes", "not_stated", "no")


def _persons() -> dict[str, str]:
    """Who may be named, by column of the query."""
    return {
        "covers_killed": _("People killed"), "covers_injured": _("People injured"),
        "covers_family": _("Families"), "covers_community": _("Communities"),
    }  # fmt: skip


def harms() -> dict[str, str]:
    """The kinds of harm that a text may name, in the order of the Convention."""
    return {
        "physical": _("Physical"), "psychological": _("Psychological"), "economic": _("Economic"), "social": _("Social"),
        "rights": _("Rights"),
    }  # fmt: skip


def _parts() -> dict[str, str]:
    return {
        "convention": _("The Convention on Cluster Munitions"),
        "national": _("Laws, standards and usage of States"),
        "treaty": _("Other conventions, plans of action and declarations"),
        "guidance": _("Guidance and standards"),
    }


def _marks(rows: pd.DataFrame) -> list[Mark]:
    """The signs; the one for words that leave somebody out only where there are such words."""
    colours = theme.palette()
    signs = [
        Mark("disc", colours.treaty["state_party"], _("Named"), 0.16),
        Mark("square", colours.quiet, _("Not stated in the words read: not the same as left out")),
    ]
    if (rows[list(_persons())] == "no").any(axis=None):
        signs.append(Mark("cross", colours.secondary, _("Left out by the words read")))
    return signs


@kept
def named() -> TableView:
    """Texts by whom and what they name: people killed and injured, families, communities, five kinds of harm."""
    rows = queries.run("victim_definitions")
    marks, persons, kinds = _marks(rows), _persons(), harms()

    def cells(row) -> list:
        found = [getattr(row, column) for column in persons]
        found += ["yes" if kind in harms_of(row) else "not_stated" for kind in kinds]
        return [[STATED.index(code), ""] for code in found]

    sections = [
        (heading, [(_short(row), cells(row)) for row in rows[rows["part"] == part].itertuples()])
        for part, heading in _parts().items()
    ]
    kicker = _("Who counts as a victim: {n} texts side by side").format(n=number(len(rows)))
    return TableView(
        key="victims", kicker=kicker, title=finding(rows), how=how(rows), figure=None, alt=kicker, data=rows, table=_twin(rows),
        tables=("victim_definitions",), source_ids=shared.cited(rows["source_id"]), as_of=shared.as_of(),
        missing=_missing(rows), notes=_notes(rows),
        drawing=drawing(
            "signs", marks, _("Text"), [*persons.values(), *kinds.values()], [each for each in sections if each[1]],
            shared.source(kicker, rows["source_id"]), groups=[(_("Who counts"), len(persons)), (_("Kinds of harm"), len(kinds))],
            widths=("31.4%", "7.2%", "7.2%", "7.2%", "8.6%", "7.2%", "9.2%", "7.6%", "7.2%", "7.2%"),
        ),
    )  # fmt: skip


@kept
def texts() -> TableView:
    """What limits who counts in each text, its nature and year, and what it says in short."""
    rows = queries.run("victim_definitions")
    heads = [_("Limited to"), _("Military persons"), _("Nature and year"), _("In short")]
    sections = [
        (heading, [(_name(row), [row.cause_limit or _("not stated"), _stated(row.military_included), _nature(row), row.summary]) for row in rows[rows["part"] == part].itertuples()])
        for part, heading in _parts().items()
    ]
    kicker = _("What limits who counts, and what each text says in short")
    return TableView(
        key="victim_texts", kicker=kicker, title=_limits(rows),
        how=_("Summaries are this project’s own words, not the text of an instrument."),
        figure=None, alt=kicker, data=rows, table=_twin(rows), tables=("victim_definitions",),
        source_ids=shared.cited(rows["source_id"]), as_of=shared.as_of(), notes=_notes(rows),
        drawing=drawing(
            "words", (), _("Text"), heads, [each for each in sections if each[1]], shared.source(kicker, rows["source_id"]),
            widths=("20%", "24%", "10%", "12%", "34%"),
        ),
    )  # fmt: skip


def harms_of(row) -> list[str]:
    """The kinds of harm that a row names."""
    return (row.harm_kinds or "").split(";")


def finding(rows: pd.DataFrame) -> str:
    """How many texts name all four groups of people, and how many name people killed."""
    if rows.empty:
        return _("These data hold no text on who counts as a victim")
    everybody = int((rows[list(_persons())] == "yes").all(axis=1).sum())
    said = ngettext(
        "{n} of {all} texts names people killed, people injured, families and communities",
        "{n} of {all} texts name people killed, people injured, families and communities", everybody,
    ).format(n=number(everybody), all=number(len(rows)))  # fmt: skip
    killed = int((rows["covers_killed"] == "yes").sum())
    return ngettext("{said}; {n} names people killed", "{said}; {n} name people killed", killed).format(said=said, n=number(killed))


def how(rows: pd.DataFrame) -> str:
    """Which texts name every kind of harm, and how the empty sign is to be read."""
    every = rows[[set(harms()) <= set(harms_of(row)) for row in rows.itertuples()]]
    said = [_("“Not stated” means: not in the words that were read. It never means that somebody is left out.")]
    if len(every):
        said.append(_("All five kinds of harm are named by: {texts}.").format(texts=listing(list(every["name"]))))
    return " ".join(said)


def _limits(rows: pd.DataFrame) -> str:
    """Who sets a share of impairment below which nobody counts."""
    own, others = rows[rows["part"] == "national"], rows[rows["part"] != "national"]
    set_ = own["threshold"].dropna()
    elsewhere = int(others["threshold"].notna().sum())
    if set_.empty:
        return _("No law or standard of a State read here sets a least share of impairment")
    low, high = int(set_.min()), int(set_.max())
    return ngettext(
        "{n} of {all} texts of States sets a least share of impairment ({low} to {high} per cent), {k} of the {others} others",
        "{n} of {all} texts of States set a least share of impairment ({low} to {high} per cent), {k} of the {others} others",
        len(set_),
    ).format(n=number(len(set_)), all=number(len(own)), low=low, high=high, k=number(elsewhere) if elsewhere else _("none"), others=number(len(others)))  # fmt: skip


def _missing(rows: pd.DataFrame) -> str:
    """For which of the twelve no text of their own was read."""
    lists = queries.run("obligation_lists")
    twelve = set(lists[lists["list"] == "work_plan_2024"]["iso3"])
    without = sorted((state(iso3) for iso3 in twelve - set(rows["iso3"].dropna())), key=shared.letters)
    if not without:
        return ""
    return ngettext(
        "No text of its own was read for {n} of the {all} States with Article 5 obligations: {states}",
        "No text of their own was read for {n} of the {all} States with Article 5 obligations: {states}", len(without),
    ).format(n=number(len(without)), all=number(len(twelve)), states=listing(without))  # fmt: skip


def _notes(rows: pd.DataFrame) -> tuple[str, ...]:
    said = [_("A row speaks of the words named as its place, not of the whole text; what each was read in stands under Sources.")]
    said += [_("{text}: {note}").format(text=row.name, note=row.note) for row in rows.itertuples(index=False) if row.note]
    return tuple(said)


def _name(row) -> str:
    return _("{text}: {place}").format(text=row.instrument, place=row.place)


def _short(row) -> str:
    return _("{text}: {nature}").format(text=row.name, nature=_nature(row).lower())


def _nature(row) -> str:
    nature = label("nature", row.nature)
    return nature if pd.isna(row.year) else _("{nature}, {year}").format(nature=nature, year=row.year)


def _stated(code: str) -> str:
    return {"yes": _("included"), "no": _("not included")}.get(code, _("not stated"))


def _twin(rows: pd.DataFrame) -> pd.DataFrame:
    words = {"yes": _("named"), "no": _("left out")}
    kinds = harms()
    return pd.DataFrame(
        {
            _("Text"): [_name(row) for row in rows.itertuples()],
            **{name: [words.get(code, _("not stated")) for code in rows[column]] for column, name in _persons().items()},
            _("Kinds of harm"): [listing([kinds[kind] for kind in kinds if kind in harms_of(row)]) or _("not stated") for row in rows.itertuples()],
            _("Limited to"): rows["cause_limit"].fillna(_("not stated")),
            _("Military persons"): [_stated(code) for code in rows["military_included"]],
            _("Nature and year"): [_nature(row) for row in rows.itertuples()],
            _("In short"): rows["summary"],
            _("How it was read"): [label("grade", grade) for grade in rows["grade"]],
        }
    )  # fmt: skip


def of_state(iso3: str) -> list[dict]:
    """The texts of one State as records of the query."""
    rows = queries.run("victim_definitions")
    return rows[rows["iso3"] == iso3].to_dict("records")


def in_words(row: dict) -> str:
    """Whom and what a text names, as a sentence without its name."""
    people = [name for column, name in _persons().items() if row[column] == "yes"]
    kinds = [name for kind, name in harms().items() if kind in (row["harm_kinds"] or "").split(";")]
    said = [_("Names: {people}").format(people=i18n.listing([each.lower() for each in people]) or _("nobody in the words read"))]
    if kinds:
        said.append(_("harm: {kinds}").format(kinds=i18n.listing([each.lower() for each in kinds])))
    if row["cause_limit"]:
        said.append(_("limited to: {limit}").format(limit=row["cause_limit"]))
    return semicolons(said)


def heading() -> str:
    """What the part of the page is called, with the number of texts: for links that lead to it."""
    n = len(queries.run("victim_definitions"))
    return ngettext("Who counts as a victim: {n} text side by side", "Who counts as a victim: {n} texts side by side", n).format(n=number(n))
