"""The words of the page on sources and method: rules, boundaries, licence, citation."""

from datetime import date
from urllib.parse import quote

from dialogue.snapshot import reader
from dialogue.words.i18n import _, day, ngettext, number

MONTHS = 6  # after so many the day of the data is said to be long ago


def rules() -> str:
    """The rules that keep the figures true, as Markdown."""
    lines = [
        _("A casualty is a person killed or injured. Recorded casualties are those that could be recorded: not every casualty is."),
        _("Casualties of cluster munitions and of mines and explosive remnants of war overlap: the second include remnants of cluster munitions, not attacks. They are never added."),
        _("One value is shown for a State and year: the one of the latest edition, a primary source before a secondary one. What other editions or sources print stays visible."),
        _("Where several documents print the same figure, one is named in this order: the depositary, the Monitor, the United Nations, the International Committee of the Red Cross, members of the campaign, States, other organizations, agencies and press. A figure read only where it is quoted says so."),
        _("A copy on another site than its publisher’s is marked as a copy and is never a primary source."),
        _("A total is split into attacks and remnants only where both come with the total or add up to it."),
        _("A world total is never the sum of the States listed, because not every State’s figure is public."),
        _("Nothing found is shown as “no information”, a published zero as 0, and a State that is named without a number has its own mark."),
        _("Figures of other publishers stay out of the Monitor’s series; they can be shown beside it."),
        _("The United Nations counts a party from its deposit, not from entry into force. An act known to the year only counts from the last day of that year."),
        _("“Since” is the day of the act that counts: the deposit by which a State became a party, for a withdrawal the day it took effect. The day of entry into force for a State is called so. Where “party” stands here, it is as the depositary counts, which is not yet “bound”."),
        _("The European Union is a party to the Convention on the Rights of Persons with Disabilities. It is not a State and is not counted among States."),
        _("The status of an Article 5 indicator (met, partly met, not found in place) is this project’s own coding of a short finding. A dated finding that speaks of victims or victim assistance gives the cell before a general measure, and the newest of the kind counts; on the national disability plan, alignment with the CRPD and the law, the newest of both. No finding means no information, never “not found in place”."),
        _("A plan past its last year is shown as expired whatever its status."),
        _("The numbers of Lausanne actions 31 to 37 follow the order of topics in the work plan and await confirmation against the plan."),
    ]  # fmt: skip
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))


def disclaimer() -> str:
    """The line under every map."""
    return _(
        "Borders, names and markings are for orientation only. They express no view on the legal status of any "
        "country, territory, city or area or its authorities, or on the course of its frontiers, and are neither "
        "endorsed nor accepted by the United Nations, the States Parties or the Convention’s Implementation Support Unit."
    )


def boundaries() -> str:
    """Notes on boundaries and the map’s credit, as Markdown."""
    notes = [
        _("The designations used and the presentation of material here imply no opinion on the legal status of any country, territory, city or area or of its authorities, or on its frontiers; the notes below name some and leave none out on purpose."),
        _("Dashed lines are boundaries that are not final or are lines of separation. The boundary between the Sudan and South Sudan and the status of the Abyei area remain to be settled."),
        _("The dotted line marks roughly the Line of Control in Jammu and Kashmir on which India and Pakistan agreed; the parties have not agreed on the final status of Jammu and Kashmir."),
        _("Argentina and the United Kingdom dispute sovereignty over the Falkland Islands (Malvinas)."),
        _("Mentions of Kosovo are to be read in the light of Security Council resolution 1244 (1999)."),
        _("Areas in beige have undetermined status; Non-Self-Governing and other territories are in light grey. Neither carries a treaty status on the map."),
        _("Borders are simplified for display at world scale and must not be used for delimitation."),
        _("Made with Natural Earth (public domain); boundaries adjusted by this project to follow the depiction on United Nations maps. Not a United Nations product."),
    ]  # fmt: skip
    return disclaimer() + "\n\n" + "\n".join(f"- {note}" for note in notes)


def licence() -> str:
    """Licence of code, tables and boundaries, as Markdown."""
    return "\n".join(
        f"- {line}"
        for line in (
            _("Compiled tables: Creative Commons Attribution 4.0 (CC BY 4.0). The documents cited keep their own terms."),
            _("Code: MIT licence."),
            _("Boundaries: Natural Earth, public domain; the adjusted layers may be used under CC0."),
            _("Fonts: Source Serif 4 and Source Sans 3, SIL Open Font License."),
        )
    )  # fmt: skip


def aged(as_of: date, today: date) -> str:
    """A calm sentence where the day of the data is more than MONTHS behind `today`; "" else."""
    months = (today.year - as_of.year) * 12 + today.month - as_of.month - (today.day < as_of.day)
    if months < MONTHS:
        return ""
    return ngettext("{n} month ago: later events may be missing", "{n} months ago: later events may be missing", months).format(n=number(months))


def contact(subject: str = "") -> str:
    """The address, as a link, where States and readers write to, with a `subject` where it is of e-mail; "" while none is set."""
    address = reader.snapshot().description.contact
    if not address or address.startswith("https://"):
        return address
    return f"mailto:{address}" + (f"?subject={quote(subject)}" if subject else "")


def correction() -> str:
    """How a State or a reader asks for a correction, as Markdown."""
    return "\n".join(
        f"- {line}"
        for line in (
            _("Name the page and the State, and what is missing or wrong."),
            _("Name the document that says it, with the page: every figure here rests on a document."),
            _("What is corrected stands under What changed, with the reason and on whose word."),
        )
    )


def citation() -> str:
    """How to cite the dashboard, as plain text."""
    snapshot = reader.snapshot()
    return _(
        "Dialogue on Victim Assistance under the Convention on Cluster Munitions: dashboard. "
        "Data as of {date} (treaties as the depositary listed them on {read}), version {version}. Cite the source named beside a figure together with it."
    ).format(date=day(snapshot.as_of), read=day(snapshot.treaties_as_of), version=snapshot.fingerprint)
