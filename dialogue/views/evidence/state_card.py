"""The card beside the map: one State at a glance, or what the map shows in words."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from dialogue.snapshot import queries
from dialogue.views import shared
from dialogue.views.evidence import world_map
from dialogue.views.view import View, kept
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, label, number, semicolons

Line = tuple[str, str, str]  # what it is, what is known, where it stands


@kept(allowed={"iso3": world_map.states})
def card(iso3: str) -> View:
    """What is known of a State: standing, lists, casualties, what is not known."""
    rows = queries.run("state_card", iso3=iso3)
    name = i18n.state(iso3)
    table = pd.DataFrame(lines(rows), columns=[_("Subject"), _("What was found"), _("Edition")])
    return View(
        key="state",
        kicker=_("State card"),
        title=name,
        how="",
        figure=None,
        alt=_("What is known of {state}").format(state=name),
        data=rows.assign(iso3=iso3),
        table=table,
        tables=("treaty_actions", "obligation_lists", "casualties", "casualty_names", "casualty_totals"),
        source_ids=shared.cited(rows["source_id"]),
        as_of=shared.as_of(),
        notes=(_("Casualty figures are the Monitor’s and concern cluster munitions only."),),
    )


def html(view: View) -> str:
    """The card of a State as HTML."""
    iso3 = view.data["iso3"].iloc[0]
    rows = "".join(
        f"<dt>{escape(what)}</dt><dd>{escape(known)}"
        + (f'<br><span class="va-source">{escape(where)}</span>' if where else "")
        + "</dd>"
        for what, known, where in view.table.itertuples(index=False)
    )
    return (
        f'<section class="va-card va-facts" aria-label="{escape(view.alt)}">'
        f'<p class="va-kicker">{escape(view.kicker)}</p>'
        f'<h2 class="va-finding">{escape(view.title)}</h2><dl>{rows}</dl>{_link(iso3, view)}</section>'
    )


def summary(view: View, happened: Sequence[str] = ()) -> str:
    """What a map shows, in words, for when no State is chosen: what happened, each mark and its States."""
    rows = "".join(
        f"<dt>{escape(name)}</dt>" + (f"<dd>{escape(commas(states))}</dd>" if states else "<dd></dd>")
        for name, states in world_map.groups(view)
    )
    call = _("Click a State, or choose one in the list, to see what is known of it.")
    more = "".join(f"<p>{escape(note)}</p>" for note in happened)
    return (
        f'<section class="va-card va-facts" aria-label="{escape(_("The map in words"))}">'
        f'<p class="va-kicker">{escape(_("The map in words"))}</p>{more}<dl>{rows}</dl>'
        f'<p class="va-how">{escape(call)}</p></section>'
    )


def lines(rows: pd.DataFrame) -> list[Line]:
    """The lines of a card from the rows of the query state_card."""
    known = {topic: list(part.to_dict("records")) for topic, part in rows.groupby("topic", sort=False)}
    years = queries.run("map_years")["year"]
    newest = int(years.max()) if len(years) else None
    return [
        *(_standing(row) for row in known.get("standing", [])),
        _lists(known.get("list", [])),
        *_casualties(known.get("casualties", []), known.get("named", []), newest),
        *_all_time(known.get("all_time", [])),
        *_unknown(known, newest),
    ]


def _standing(row: dict) -> Line:
    status = label("treaty_status", row["code"])
    if row["date"]:
        status = _("{status} since {date} ({act})").format(
            status=status, date=day(row["date"]), act=label("treaty_action", row["action"]).lower()
        )
    return (
        label("instrument", "CCM"),
        status,
        _("Counted from the deposit") if row["code"] == "state_party" else "",
    )


def _lists(rows: list[dict]) -> Line:
    what = _("Lists of States with cluster munition victims")
    if not rows:
        return what, _("On none of the lists found"), ""
    return what, semicolons(label("obligation_list", row["code"]) for row in rows), ""


def _casualties(rows: list[dict], named: list[dict], newest: int | None) -> list[Line]:
    texts = {
        "all": _("{n} killed or injured in {year}"),
        "attack": _("{n} killed or injured in attacks in {year}; no newer figure for all causes"),
        "remnant": _("{n} killed or injured by remnants in {year}; no newer figure for all causes"),
    }
    found = []
    for row in rows:
        text = texts[row["code"]].format(n=number(row["count"], row["count_type"]), year=row["date"])
        if row["other_values"]:
            text += " (" + _("also printed: {values}").format(values=_values(row["other_values"])) + ")"
        found.append((_("Cluster munition casualties"), text, row["edition_title"]))
    totals = {row["date"] for row in rows if row["code"] == "all"}
    for row in named:
        if row["date"] not in totals:
            text = _("Named without a number for {year}").format(year=row["date"])
            found.append((_("Cluster munition casualties"), text, row["edition_title"]))
    return found


def _values(printed: str) -> str:
    """The figures of “193 (edition; source) | …” without their sources, each once."""
    return commas(dict.fromkeys(part.split(" (")[0] for part in printed.split(" | ")))


def _all_time(rows: list[dict]) -> list[Line]:
    return [
        (
            _("Over all years") if row["code"] == "total" else _("Over several years"),
            _("{n} recorded to {end} ({measure})").format(
                n=number(row["count"], row["count_type"]), end=day(row["date"]), measure=row["measure"]
            ),
            row["edition_title"]
            if row["code"] != "other"
            else _("{edition}, not a Monitor figure").format(edition=row["edition_title"]),
        )
        for row in rows
    ]


def _unknown(known: dict[str, list[dict]], newest: int | None) -> list[Line]:
    found = []
    figures = {row["date"] for row in known.get("casualties", []) if row["code"] == "all"}
    names = {row["date"] for row in known.get("named", [])}
    if newest is not None and str(newest) not in figures:
        found.append(
            _("the number for {year}").format(year=newest)
            if str(newest) in names
            else _("whether there were new victims in {year}: no information found").format(year=newest)
        )
    codes = {row["code"] for row in known.get("all_time", [])}
    if "total" not in codes:
        found.append(_("a total over all years and causes"))
    return [(_("Not known here"), semicolons(found), "")] if found else []


def _link(iso3: str, view: View) -> str:
    """The links of a card: the profile of the State and, for one of the twelve, its obligations."""
    name, rows = view.title, view.data
    links = [(f"states?state={iso3}", _("Profile: {state}").format(state=name))]
    if ((rows["topic"] == "list") & (rows["code"] == "work_plan_2024")).any():
        links.append((f"obligations?state={iso3}", _("Obligations and gaps: {state}").format(state=name)))
    return "".join(f'<p><a href="{escape(href)}" target="_self">{escape(text)}</a></p>' for href, text in links)
