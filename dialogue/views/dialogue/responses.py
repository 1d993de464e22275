"""Views of the page Responses: what has come in, who has been asked, and the answers that may be shown."""

import html
from collections.abc import Iterable

import pandas as pd
from babel import Locale, UnknownLocaleError

from dialogue.snapshot import queries
from dialogue.views import addresses, shared, theme
from dialogue.views.dialogue.library import LibraryView
from dialogue.views.signs import Mark, TableView, drawing
from dialogue.views.view import View, kept, source_line
from dialogue.words import i18n
from dialogue.words.i18n import _, commas, day, label, ngettext, number, state

WORK_PLAN = "work-plan-2024-2025"
PUBLISHED, SOME, WITHHELD, NOTHING = range(4)  # the signs of the board


def states() -> list[str]:
    """The States that are asked, in the alphabetical order of their names."""
    return sorted(queries.run("responses_board")["iso3"].unique(), key=state)


def _source() -> str:
    return _(
        "records of the coordinators; questions and States from the Work Plan 2024–2025"
    )


def begun() -> bool:
    """Whether anything came in or anybody was contacted; before that, boards would show dashes by name."""
    asked = queries.run("outreach")
    return bool((queries.run("responses_board")["received"] > 0).any() or asked[["contacted", "answered"]].notna().any(axis=None))


@kept
def board() -> TableView:
    """How many answers of each State to each question have come in, and how many may be shown."""
    rows = queries.run("responses_board")
    counts = {(row.iso3, row.question): (row.received, row.published) for row in rows.itertuples()}
    questions, asked = i18n.codes("question"), states()
    grid = [(state(iso3), [_sign(*counts[iso3, q]) for q in questions]) for iso3 in asked]
    silent = [iso3 for iso3 in asked if not any(counts[iso3, q][0] for q in questions)]
    kicker = _("Answers of States to the guiding questions, number received")
    title, colours = _finding(rows), theme.palette()
    table = pd.DataFrame(
        [
            [name, *(_in_words(*counts[iso3, q]) for q in questions)]
            for (name, _cells), iso3 in zip(grid, asked, strict=True)
        ],
        columns=[_("State"), *(f"({q}) {label('question', q)}" for q in questions)],
    )
    return TableView(
        key="responses", kicker=kicker, title=title,
        how=_("A row is a State Party, a column a question. Without the State’s consent an answer is only counted: its text stays with the coordinators."),
        figure=None, alt=title, data=rows, table=table, tables=("questions", "obligation_lists"), source_ids=(WORK_PLAN,),
        as_of=shared.as_of(),
        missing=ngettext("No answer is recorded from {n} State", "No answer is recorded from {n} States", len(silent)).format(
            n=number(len(silent))
        ) if silent else "",
        notes=(
            _("A dash means that no answer is recorded here. It does not say that a State has not answered elsewhere."),
            _("A State may answer a question more than once: every answer counts."),
        ),
        drawing=drawing(
            "signs",
            [
                Mark("disc", colours.accent, _("Received and published"), 0.1),
                Mark("half", colours.accent, _("Some published"), 0.1),
                Mark("ring", colours.secondary, _("Received, not published: counted only"), 0.05),
                Mark("dash", colours.quiet, _("No answer recorded")),
            ],
            _("State Party"), [(q, label("question", q)) for q in questions], [("", grid)],
            source_line(kicker, [_source()], day(shared.as_of())),
            codes=(asked, questions),
        ),
    )  # fmt: skip


def _sign(received: int, published: int) -> tuple:
    if not received:
        return (NOTHING,)
    if not published:
        return (WITHHELD, number(received))
    if published == received:
        return (PUBLISHED, number(received))
    return (SOME, _("{n} of {all}").format(n=number(published), all=number(received)))


def _in_words(received: int, published: int) -> str:
    if not received:
        return _("none recorded")
    return _("{received} received, {published} published").format(
        received=number(received), published=number(published)
    )


def _finding(rows: pd.DataFrame) -> str:
    received, published = int(rows["received"].sum()), int(rows["published"].sum())
    asked, questions = rows["iso3"].nunique(), rows["question"].nunique()
    if not received:
        return _("{states} States Parties are asked {questions} questions").format(
            states=number(asked), questions=number(questions)
        )
    answered = rows[rows["received"] > 0]["iso3"].nunique()
    came = ngettext("{n} answer is recorded", "{n} answers are recorded", received).format(n=number(received))
    return _("{came}, from {answered} of {asked} States; {shown}").format(
        came=came, answered=number(answered), asked=number(asked), shown=_consented(published, received)
    )


def _consented(published: int, received: int) -> str:
    if published == received:
        return ngettext("it is published", "all are published", received)
    if not published:
        return ngettext("it is not published", "none is published", received)
    return ngettext("{n} is published", "{n} are published", published).format(n=number(published))


@kept
def outreach() -> LibraryView:
    """Who has been contacted, who has answered, who takes part in the consultation."""
    rows = queries.run("outreach")
    lines = sorted(rows.itertuples(), key=lambda row: state(row.iso3))
    unknown = "–"
    table = pd.DataFrame(
        {
            _("State Party"): [state(row.iso3) for row in lines],
            _("Contacted"): [day(row.contacted) or unknown for row in lines],
            _("Answered"): [day(row.answered) or (_("yes, not published") if row.received else unknown) for row in lines],
            _("In consultation"): [
                {"yes": _("yes"), "no": _("no")}.get(row.in_consultation, unknown) for row in lines
            ],
        }
    )
    contacted, taking_part = (
        int(rows["contacted"].notna().sum()),
        int((rows["in_consultation"] == "yes").sum()),
    )
    title = _("No contact is recorded yet")
    answered = int((rows["answered"].notna() | (rows["received"] > 0)).sum())
    if answered and not contacted:
        title = ngettext(
            "{n} State has answered; when it was contacted is not recorded",
            "{n} States have answered; when they were contacted is not recorded",
            answered,
        ).format(n=number(answered))
    if contacted:
        title = ngettext(
            "{n} of {all} States is recorded as contacted",
            "{n} of {all} States are recorded as contacted",
            contacted,
        )
        title = _("{contacted}, {n} in consultation").format(
            contacted=title.format(n=number(contacted), all=number(len(rows))), n=number(taking_part)
        )
    return LibraryView(
        key="outreach", kicker=_("Outreach to States with obligations under Article 5"), title=title,
        how=_("A dash means that nothing is recorded. In consultation: takes part in work on the working document."),
        figure=None, alt=title, data=rows, table=table, tables=("obligation_lists",), source_ids=(WORK_PLAN,), as_of=shared.as_of(),
        notes=(
            _("“Answered” is the day that the coordinators noted, or else the day of the first answer published."),
            _("Source: {sources}.").format(sources=_source()),
        ),
        cells=[[html.escape(cell) for cell in line] for line in table.itertuples(index=False, name=None)],
    )  # fmt: skip


@kept(allowed={"question": lambda: i18n.codes("question"), "iso3": states})
def answers(question: str | None = None, iso3: str | None = None) -> View:
    """The answers that may be shown, of all States and questions or of one."""
    rows = queries.run("responses_published", question=question, iso3=iso3)
    chosen = [part for part in (question and f"({question})", iso3 and state(iso3)) if part]
    title = ngettext("{n} answer is published", "{n} answers are published", len(rows)).format(
        n=number(len(rows))
    )
    how = _(
        "Each with a summary in English; the answer itself stands in the language in which the State gave it."
    )
    if rows.empty:
        title = _("No answer is published yet")
        how = _(
            "Where a State agrees, its answer stands here in its own language, with a summary in English."
        )
    if chosen:
        title = _("{finding}: {chosen}").format(finding=title, chosen=commas(chosen))
    table = pd.DataFrame(
        {
            _("State"): [state(code) for code in rows["iso3"]],
            _("Question"): [f"({q})" for q in rows["question"]],
            _("Received"): [day(d) for d in rows["received"]],
            _("Summary in English"): rows["summary_en"].fillna(_("not written yet")),
            _("Answer"): rows["answer"],
            _("Document"): rows["document"],
        }
    )
    return View(
        key="answers", kicker=_("Published answers"), title=title,
        how=how, figure=None, alt=title, data=rows, table=table, tables=("questions",), source_ids=(WORK_PLAN,), as_of=shared.as_of(),
        notes=(_("Summaries are the coordinators’ own; the answer itself is what the State has said."),),
    )  # fmt: skip


def summary(row) -> str:
    """One published answer as HTML: State, question, when and how it came, summary in English."""
    facts = [_("received {date}").format(date=day(row.received)), row.channel]
    document = html.escape(row.document)
    if row.url:
        document = f'<a href="{html.escape(row.url)}" target="_blank" rel="noopener">{document}</a>'
    return (
        f'<h3 class="va-reply">{html.escape(state(row.iso3))} <span>({row.question}) {html.escape(label("question", row.question))}</span></h3>'
        f"<p>{html.escape(row.summary_en or _('No summary in English is written yet.'))}</p>"
        f'<p class="va-source">{html.escape(" · ".join(facts))} · <bdi>{document}</bdi></p>'
    )


def in_own_words(row) -> str:
    """The answer in its own language as HTML; the text's direction is its own."""
    # a block with a direction of its own: marks inside it cannot turn the page around it
    return f'<div class="va-answer" lang="{html.escape(row.language)}" dir="{direction(row.language)}">{_paragraphs(row.answer)}</div>'


def _paragraphs(text: str) -> str:
    return "".join(f'<p dir="auto">{html.escape(line)}</p>' for line in text.splitlines() if line.strip())


def direction(language: str) -> str:
    """rtl or ltr; auto for a language that is not known."""
    try:
        return "rtl" if Locale.parse(language).character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "auto"


def language_name(language: str) -> str:
    """What a language is called; its code where that is not known."""
    return Locale.parse(i18n.language()).languages.get(language, language)


def guide() -> str:
    """What is asked, who is asked, and when an answer is shown here, as three cards in HTML."""
    asked = [(f"questions?question={q}", f"({q}) {label('question', q)}") for q in i18n.codes("question")]
    named = "".join(_asked(iso3) for iso3 in states())
    steps = (
        _("A State sends its answer to the coordinators of the Dialogue."),
        _("It is shown here only where the State has agreed that it is published. Otherwise only the State, the question and the day it came are noted; the text stays with the coordinators."),
        _("A State may take its consent back at any time: its answer then disappears from these pages, from the files behind them and from earlier releases."),
    )  # fmt: skip
    listed = "".join(f"<li>{html.escape(step)}</li>" for step in steps)
    words = html.escape(_("For coordinators: the data desk"))
    desk = f'<a href="data-desk?table=responses" target="_self">{words}</a>'
    cards = (
        (_("What is asked"), f"<ul>{_links(asked)}</ul>"),
        (_("Who is asked"), f"<ul>{named}</ul><p>{html.escape(_('Each State has a questionnaire: under each question what this dashboard holds about it, to be confirmed, corrected or added to.'))}</p>"),
        (_("When an answer is shown"), f"<ul>{listed}</ul><p>{desk}</p>"),
    )
    boxes = "".join(
        f'<section class="va-card"><h3>{html.escape(head)}</h3>{body}</section>' for head, body in cards
    )
    return f'<div class="va-guide">{boxes}</div>'


def _asked(iso3: str) -> str:
    """A State that is asked, with its profile and its questionnaire."""
    files = ", ".join(
        f'<a href="{html.escape(addresses.for_reader(f"data/questionnaire/{iso3}.{ending}"))}" download aria-label="{html.escape(_("Questionnaire: {state}, {format}").format(state=state(iso3), format=ending.upper()))}">{ending.upper()}</a>'
        for ending in ("docx", "xlsx")
    )
    return f'<li><a href="states?state={iso3}" target="_self">{html.escape(state(iso3))}</a> ({files})</li>'


def _links(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<li><a href="{address}" target="_self">{html.escape(text)}</a></li>' for address, text in pairs
    )
