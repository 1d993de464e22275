"""How the data desk stands on screen."""

import functools
import hashlib
import html
from collections.abc import Sequence
from datetime import UTC
from threading import Thread

import streamlit as st

from dialogue.change import desk, difference, impact
from dialogue.change.desk import Answer
from dialogue.change.difference import ADDED, CHANGED, REMOVED
from dialogue.change.impact import FigureChange
from dialogue.intake import questions, workbook
from dialogue.intake.incoming import MAX_BYTES
from dialogue.screen import visit
from dialogue.snapshot import drafts, live
from dialogue.tables.rows import Problem, shorten
from dialogue.views import view
from dialogue.words.i18n import _, day, ngettext, number

LISTED = 100  # problems, changes and figures shown of a kind; all of them can be downloaded
ANSWER = "_desk"
YES = "desk_yes "  # and the key of a question: its tick


def server_state() -> None:
    """Which data visitors see now, and why newer files are not shown."""
    shown, refused = live.latest(), live.refused()
    since = live.since().astimezone(UTC)  # visitors sit in other time zones than the server
    st.text(
        _("Visitors see data version {version}, as of {date}, on this server since {time}.").format(
            version=shown.fingerprint, date=day(shown.as_of), time=f"{since:%H:%M} UTC, {day(since.date())}"
        )
    )
    if refused:
        with st.container(border=True, key="va-refused"):
            st.markdown("**" + _("The files in the data folder are not shown.") + "**")
            st.text(
                _("They were read at {time} and have {n}. Version {version} stays on screen until they are mended.").format(
                    time=f"{refused.at.astimezone(UTC):%H:%M:%S} UTC", n=_problems(len(refused.problems)), version=shown.fingerprint
                )
            )
            told = questions.gathered(refused.problems)
            st.code("\n".join(map(str, told[:LISTED])), language=None, wrap_lines=True)


def download(table_name: str) -> None:
    """The chosen table as a workbook and as CSV, and what its columns mean."""
    base = live.latest()
    table = base.description.tables[table_name]
    rows = base.checked.rows[table_name]
    st.text(
        table.description + " "
        + ngettext("{n} row.", "{n} rows.", len(rows)).format(n=number(len(rows)))
    )  # fmt: skip
    with st.container(horizontal=True):
        st.download_button(
            _("Spreadsheet (XLSX)"),
            data=lambda: workbook.xlsx(base.description, base.checked, table_name),
            file_name=f"{table_name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore", key="desk_xlsx", type="primary",
        )  # fmt: skip
        st.download_button(
            "CSV",
            data=lambda: workbook.csv_for_spreadsheet(table, rows),
            file_name=table.file, mime="text/csv", on_click="ignore", key="desk_csv",
        )  # fmt: skip
    st.text(
        _("The spreadsheet explains every column on its second sheet and offers the allowed codes as lists. Save it as XLSX, ODS or CSV; keep the first row. Prefer the spreadsheet to the CSV, in which letters are lost on computers set to other languages.")
    )


def confidentiality() -> None:
    """What may stand in the table of answers, for whoever fills it."""
    with st.expander(_("Answers of States and confidentiality"), key="desk_confidentiality"):
        lines = [
            _("These tables are public: anybody can download them here, and the repository keeps every state of them."),
            _("Write yes under consent, and the text of an answer, only where the State has agreed that it is published."),
            _("Without consent write no, and nothing but State, question and day received. The text stays with the coordinators, in files of your own. A file that holds it is refused everywhere, and no message repeats it; nor does the desk keep it."),
            _("When a State takes its consent back, write no and empty the other cells, or delete the row. On a running server it takes effect within seconds, also in earlier releases, and whatever else is wrong with the files. Then make a release: it takes the text out of the archives kept."),
            _("A repository keeps earlier commits. Whoever runs it can remove a text from its history; copies that others have made stay with them. So publish only what the State has agreed to in writing."),
            _("Note under Outreach when a State was contacted and when it answered."),
        ]  # fmt: skip
        st.markdown("\n".join(f"- {line}" for line in lines))


def drop(chosen: str) -> Answer | None:
    """The place where files are dropped, and the desk's answer once they are there."""
    # In a frame of another site the browser keeps back the cookie that an upload needs; static/site.js tells.
    said = _("Files cannot be dropped while this page stands inside another site.")
    st.html(
        f'<p class="va-only-framed">{html.escape(said)} '
        f'<a href="data-desk" target="_blank">{html.escape(_("Open in a window of its own"))}</a></p>'
    )
    files = st.file_uploader(
        _("Drop one or more edited tables here (XLSX, ODS, XLS or CSV)"),
        type=["csv", "xlsx", "ods", "xls", "xlsm", "xlsb"], accept_multiple_files=True, key="desk_files", max_upload_size=MAX_BYTES // 1_000_000,
        help=_("A new edition often needs two tables at once: the figures and their source. Nothing is stored; nobody else sees it."),
    )  # fmt: skip
    shown = live.latest()
    if not files:
        st.session_state.pop(ANSWER, None)
        # While the table is being edited, the figures it will be compared with are worked out.
        if live.serving():
            shown.keep("prepared for the desk", Thread(target=impact.prepare, args=(shown,), daemon=True).start)
        return None
    given = [(file.name, file.getvalue()) for file in files]
    base = shown.fingerprint
    seen = hashlib.sha256(repr([(name, hashlib.sha256(data).digest()) for name, data in given]).encode()).hexdigest()
    held = st.session_state.get(ANSWER)
    confirmed = frozenset(key.removeprefix(YES) for key, value in st.session_state.items() if str(key).startswith(YES) and value)
    if held is None or held[0] != (seen, chosen, base, confirmed):
        with st.spinner(_("Reading and comparing …")):
            try:
                held = ((seen, chosen, base, confirmed), desk.answer(given, chosen, lambda question: question.key in confirmed))
            except drafts.Full:
                st.warning(_("Too many drafts are open on this server. Try again in a few minutes."))
                return None
        st.session_state[ANSWER] = held
    return held[1]


def judgement(given: Answer) -> None:
    """What was read, what was tidied, and every problem."""
    for file in given.files:
        name = view.literal(file.name)
        if file.table:
            st.markdown(
                _("**{name}** was read as {table} ({file}). Rows: {old} → {new}.").format(
                    name=name, table=view.literal(file.table.title), file=view.literal(file.table.file),
                    old=number(len(given.base.checked.rows.get(file.table.name, ()))), new=number(len(file.rows)),
                )
            )
        if file.notes:
            with st.expander(ngettext("{n} thing was tidied", "{n} things were tidied", len(file.notes)).format(n=len(file.notes))):
                st.code("\n".join(map(str, file.notes)), language=None, wrap_lines=True)
    ask(given)
    if given.problems:
        told = questions.gathered(given.problems)
        st.subheader(_heading(given.problems))
        st.html(_problem_list(told[:LISTED]))
        if len(told) > LISTED:
            st.text(_("… and {n} more, all in the list to download.").format(n=number(len(told) - LISTED)))
        st.download_button(
            _("All problems (text)"), "\n".join(map(str, given.problems)), "problems.txt", "text/plain", on_click="ignore"
        )
        st.text(_("Correct them in your spreadsheet program, save, and drop the file here again. Your file has not been changed."))


def ask(given: Answer) -> None:
    """The questions about the files, each with a tick that says yes."""
    if not given.asked:
        return
    st.subheader(ngettext("{n} question", "{n} questions", len(given.asked)).format(n=number(len(given.asked))))
    for question in given.asked:
        st.text(question.text)
        st.checkbox(_yes(question), key=YES + question.key)
    if given.open:
        st.text(_("Tick what is meant to go on. Otherwise correct the files and drop them here again."))


def _yes(question: questions.Question) -> str:
    return {
        questions.ADDS: _("Yes, add the rows to the table"),
        questions.REMOVES: _("Yes, remove these rows"),
    }.get(question.kind, _("Yes, it is right as it is"))


def _heading(problems: Sequence[Problem]) -> str:
    return ngettext("{n} problem to correct", "{n} problems to correct", len(problems)).format(n=number(len(problems)))


def _problems(n: int) -> str:
    return ngettext("{n} problem", "{n} problems", n).format(n=n)


def _problem_list(problems: Sequence[Problem]) -> str:
    """Every problem as a sentence, by table: where, what stands there, what is wrong."""
    parts = []
    for file in dict.fromkeys(problem.file for problem in problems):
        lines = "".join(_problem_line(problem) for problem in problems if problem.file == file)
        parts.append(f"<h4>{html.escape(file)}</h4><ul>{lines}</ul>")
    return f'<div class="va-problems">{"".join(parts)}</div>'


def _problem_line(problem: Problem) -> str:
    place = [_("Row {n}").format(n=problem.line)] if problem.line else []
    if problem.column:
        titled = problem.title and problem.title.lower() != problem.column.lower()
        place.append(f"{problem.title} ({problem.column})" if titled else problem.title or problem.column)
    value = f"“{shorten(problem.value, 80)}” " if problem.value else ""
    head = f"<strong>{html.escape(', '.join(place))}:</strong> " if place else ""
    end = "" if problem.rule.endswith(("?", ".")) else "."
    return f"<li>{head}{html.escape(value + problem.rule)}{end}</li>"


def changes(given: Answer) -> None:
    """What differs from the data on the server, in words; removed rows first, because they are easily overlooked."""
    if not given.changes:
        st.subheader(_("Nothing differs from the data on the server"))
        return
    st.subheader(_("What changes in the tables"))
    st.text(difference.summary(given.changes))
    kinds = {REMOVED: _("Removed"), CHANGED: _("Changed"), ADDED: _("Added")}
    for kind, title in kinds.items():
        found = [change for change in given.changes if change.kind == kind]
        if not found:
            continue
        label = f"{title}: {number(len(found))}"
        with st.expander(label, expanded=len(found) <= 20 or kind == REMOVED, key=f"desk_{kind}"):
            _list([difference.sentence(change, given.words) for change in found])


def figures(given: Answer) -> None:
    """Which figures on which pages change; what changes only in its sources stands behind a click."""
    with st.spinner(_("Comparing the figures on all pages …")):
        changed = [change for change in given.figures if change.kind != impact.SOURCE]
        cited = [change for change in given.figures if change.kind == impact.SOURCE]
    st.subheader(_figures_heading(changed))
    _told(changed, given)
    if cited:
        words = ngettext("{n} change of what a figure cites", "{n} changes of what figures cite", len(cited))
        with st.expander(words.format(n=number(len(cited))), key="desk_cited"):
            _told(cited, given)


def _told(changed: Sequence[FigureChange], given: Answer) -> None:
    for told in impact.told(changed, given.words, LISTED):
        pages = ", ".join(impact.page_titles(told.pages)) or _("only on the command line")
        st.markdown(f"**{view.literal(told.question)}**  \n{view.literal(_('On: {pages}').format(pages=pages))}")
        _list([*told.lines, *([impact.more(told.more)] if told.more else [])])


def _figures_heading(changed: Sequence[FigureChange]) -> str:
    if not changed:
        return _("No figure on any page changes")
    pages = {page for change in changed for page in change.pages}
    return _("{figures} on {pages}").format(
        figures=ngettext("{n} figure changes", "{n} figures change", len(changed)).format(n=number(len(changed))),
        pages=ngettext("{n} page", "{n} pages", len(pages)).format(n=len(pages)),
    )


def _list(lines: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {view.literal(line)}" for line in lines[:LISTED]))
    if len(lines) > LISTED:
        st.text(_("… and {n} more").format(n=number(len(lines) - LISTED)))


def preview(given: Answer) -> None:
    """Look at the whole dashboard with the draft; nobody else sees it."""
    if visit.drafting() is given.draft:
        st.text(_("You are looking at the draft: open any page from the menu. The mark at the head of every page ends it."))
        return
    st.button(
        _("Look at the pages with this draft"), on_click=visit.start, args=(given.draft,), type="primary", key="desk_preview",
        help=_("Only you see it, until you leave the draft or close this page."),
    )  # fmt: skip


def hand_over(given: Answer) -> None:
    """Everything for the repository in one parcel, its parts one by one, and what to do next."""
    with st.container(horizontal=True):
        st.download_button(
            _("Everything (ZIP)"), functools.partial(desk.parcel, given), "update.zip", "application/zip",
            on_click="ignore", key="desk_parcel", type="primary",
        )  # fmt: skip
        for file in given.files:
            st.download_button(
                _("Cleaned {file}").format(file=file.table.file), functools.partial(desk.cleaned, file), file.table.file,
                "text/csv", on_click="ignore", key=f"desk_clean_{file.table.name}",
            )  # fmt: skip
        st.download_button(
            _("Commit message"), functools.partial(desk.commit_message, given), "commit-message.txt", "text/plain", on_click="ignore"
        )
        st.download_button(
            _("Change note"), functools.partial(desk.change_note, given), "change-note.md", "text/markdown", on_click="ignore"
        )
    steps = [
        _("Unpack the ZIP file. Its folders “data” and “tests” hold the cleaned tables and the reviewed results that they change, in the places where they belong."),
        _("Upload both folders to the repository: on its web page choose “Add file”, “Upload files”, and drop them there; or copy them into a checkout."),
        _("Use the commit message as it is, start a pull request, and use the change note as its text. The checks run there by themselves."),
        _("Once it is merged, redeploy. On a server with a data folder of its own it is enough to copy the tables there: they show within five seconds."),
        _("The data version in the footer tells that the new data have arrived."),
    ]  # fmt: skip
    st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(steps, start=1)))
