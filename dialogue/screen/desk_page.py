"""How the data desk stands on screen."""

import functools
import hashlib
import html
from collections.abc import Sequence
from datetime import UTC, date
from threading import Thread

import streamlit as st

from dialogue.change import desk, difference, impact, mending, reasons
from dialogue.change.desk import Answer
from dialogue.change.difference import ADDED, CHANGED, REMOVED
from dialogue.change.impact import FigureChange
from dialogue.change.reasons import Reason
from dialogue.intake import questions, workbook
from dialogue.intake.incoming import MAX_BYTES
from dialogue.intake.questionnaire import Proposal
from dialogue.screen import desk_given, filters, visit
from dialogue.screen.desk_given import WHY, YES
from dialogue.snapshot import drafts, live, store
from dialogue.snapshot.store import Snapshot
from dialogue.tables.package import Days
from dialogue.tables.rows import Problem, shorten
from dialogue.views import ready, view
from dialogue.words.i18n import _, commas, day, ngettext, number, state

LISTED = 100  # problems, changes and figures shown of a kind; all of them can be downloaded
ANSWER, READY = "_desk", "_desk_ready"
SINGLE = 20  # changed rows of a table up to which each may have a reason of its own here


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
    """The place where files are dropped, and the desk's answer once something is there or another day was set."""
    # In a frame of another site the browser keeps back the cookie that an upload needs; static/site.js tells.
    said = _("Files cannot be dropped while this page stands inside another site.")
    st.html(
        f'<p class="va-only-framed">{html.escape(said)} '
        f'<a href="data-desk" target="_blank">{html.escape(_("Open in a window of its own"))}</a></p>'
    )
    desk_given.arrive()
    files = st.file_uploader(
        _("Drop one or more edited tables here (XLSX, ODS, XLS or CSV)"),
        type=["csv", "xlsx", "ods", "xls", "xlsm", "xlsb"], accept_multiple_files=True, key=desk_given.UPLOAD, max_upload_size=MAX_BYTES // 1_000_000,
        help=_("A new edition often needs two tables at once: the figures and their source. A questionnaire that a State has filled in (XLSX) may be dropped as it is. Nothing is stored; nobody else sees it."),
    )  # fmt: skip
    carried = desk_given.carried()
    if carried:
        with st.container(border=True, key="desk_carried"):
            names = commas(name for name, _content in carried)
            st.text(_("Still here from before you looked at other pages: {files}.").format(files=names))
            st.button(_("Put these files away"), on_click=desk_given.put_away, key="desk_put_away")
    kept, shown = desk_given.kept(), live.latest()
    days = _days(shown.description.days, kept.days or shown.description.days)
    kept.days = days if days != shown.description.days else None
    given = [*carried, *((file.name, file.getvalue()) for file in files)]
    if kept.corrections:
        given.insert(0, mending.file(shown, kept.corrections))
    if not given and not kept.days:
        st.session_state.pop(ANSWER, None)
        desk_given.hold([])
        # While the table is being edited, the figures it will be compared with are worked out.
        if live.serving():
            shown.keep("prepared for the desk", Thread(target=impact.prepare, args=(shown,), daemon=True).start)
        return None
    seen = hashlib.sha256(repr([(name, hashlib.sha256(data).digest()) for name, data in given]).encode()).hexdigest()
    asked = (seen, chosen, shown.fingerprint, days, frozenset(kept.yes))
    held = st.session_state.get(ANSWER)
    if held is None or held[0] != asked:
        with st.spinner(_("Reading and comparing …")):
            try:
                held = (asked, desk.answer(given, chosen, lambda question: question.key in kept.yes, kept.days))
            except drafts.Full:
                st.warning(_("Too many drafts are open on this server. Try again in a few minutes."))
                return None
        st.session_state[ANSWER] = held
    # what was refused is not kept, nor a questionnaire, which may hold what is not to be published
    desk_given.hold(desk.without_forms([*carried, *((file.name, file.getvalue()) for file in files)], held[1]) if held[1].draft else [])
    return held[1]


def _days(now: Days, chosen: Days) -> Days:
    """The days for which the data speak, to be set to others."""
    with st.expander(_("The data speak for {date}: set another day").format(date=day(now.as_of)), key="desk_days"):
        st.text(
            _("The first day stands on every page as “as of”: set it when the newest sources were read. The second is the day on which the depositary's lists were read; treaties are counted for it.")
        )
        last = date.today()
        as_of = st.date_input(
            _("Day for which the data speak"), date.fromisoformat(chosen.as_of), date(1997, 1, 1), last, format="YYYY-MM-DD", key=f"desk_as_of {now.as_of}"
        )
        read = st.date_input(
            _("Day on which the depositary's lists were read"), date.fromisoformat(chosen.depositary_read), date(1997, 1, 1), last,
            format="YYYY-MM-DD", key=f"desk_read {now.depositary_read}",
        )  # fmt: skip
    return Days(str(as_of or now.as_of), str(read or now.depositary_read))


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
    forms(given)
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
        st.checkbox(_yes(question), question.key in desk_given.kept().yes, key=YES + question.key)
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
    head = f"<strong>{html.escape(commas(place))}:</strong> " if place else ""
    end = "" if problem.rule.endswith(("?", ".")) else "."
    return f"<li>{head}{html.escape(value + problem.rule)}{end}</li>"


def forms(given: Answer) -> None:
    """The questionnaires among the files: what was taken of each, what was left unread, and each proposal with old and new."""
    for form in given.forms:
        if form.problems:
            continue
        told = [
            ngettext("{n} answer", "{n} answers", len(form.answers)).format(n=number(len(form.answers))),
            ngettext("{n} reply on single entries", "{n} replies on single entries", len(form.proposals)).format(n=number(len(form.proposals))),
            ngettext("{n} text left unread, because nothing says that it may be published", "{n} texts left unread, because nothing says that they may be published", form.withheld).format(n=number(form.withheld)),
        ]
        st.markdown("**" + view.literal(_("Questionnaire of {state}: {told}").format(state=state(form.iso3), told=commas(told))) + "**")
    if not given.proposals:
        return
    with st.expander(_("What States propose, old and new"), expanded=len(given.proposals) <= SINGLE, key="desk_proposals"):
        _list([_proposal(each) for each in given.proposals])
        st.text(_("A proposal is no row yet: how a finding is coded is for the coordinators to say. The ZIP holds the rows to be added; fill in what is empty there, and drop its tables here."))
        st.download_button(
            _("Proposed rows (ZIP)"), functools.partial(desk.proposed, given), "proposals.zip", "application/zip", on_click="ignore", key="desk_proposed"
        )


def _proposal(one: Proposal) -> str:
    place = f"{state(one.iso3)}, ({one.question}) {one.subject}".strip()
    if one.kind == "confirm":
        return _("{place}: confirmed: “{old}”").format(place=place, old=shorten(one.old, 200))
    if one.kind == "victims":
        split = commas(text for text in one.cells.values() if text and text != "all")
        return _("{place}: new victims: {cells}").format(place=place, cells=split)
    new = shorten(one.new, 300) + (f" ({one.year})" if one.year else "")
    return _("{place}: “{old}” → “{new}”").format(place=place, old=shorten(one.old, 200) or "–", new=new)


def changes(given: Answer) -> None:
    """What differs from the data on the server, in words; removed rows first, because they are easily overlooked."""
    if not given.differs:
        st.subheader(_("Nothing differs from the data on the server"))
        return
    st.subheader(_("What changes in the tables"))
    if given.another_day:
        _list([f"{what}: {old} → {new}" for what, old, new in difference.days(given.base.description, given.draft.description)])
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
    """Which figures on which pages change; what tells of the data only, and what changes only in its sources, stands behind a click."""
    with st.spinner(_("Comparing the figures on all pages …")):
        told = [change for change in given.figures if change.kind != impact.SOURCE]
        changed = [change for change in told if impact.for_readers(change)]
        kept_house = [change for change in told if not impact.for_readers(change)]
        cited = [change for change in given.figures if change.kind == impact.SOURCE]
    st.subheader(_figures_heading(changed))
    _told(changed, given)
    if kept_house:
        words = ngettext("Housekeeping: {n} entry on the data themselves", "Housekeeping: {n} entries on the data themselves", len(kept_house))
        with st.expander(words.format(n=number(len(kept_house))), key="desk_housekeeping"):
            _told(kept_house, given)
    if cited:
        words = ngettext("{n} change of what a figure cites", "{n} changes of what figures cite", len(cited))
        with st.expander(words.format(n=number(len(cited))), key="desk_cited"):
            _told(cited, given)


def _told(changed: Sequence[FigureChange], given: Answer) -> None:
    for told in impact.told(changed, given.words, LISTED):
        pages = commas(impact.page_titles(told.pages)) or _("only on the command line")
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


def _look(draft: Snapshot) -> None:
    visit.start(draft)
    st.toast(_("You are looking at the draft: open any page from the menu."))


def preview(given: Answer) -> None:
    """Look at the whole dashboard with the draft; nobody else sees it."""
    if visit.drafting() is given.draft:
        st.text(_("You are looking at the draft: open any page from the menu. The mark at the head of every page ends it."))
        return
    st.button(
        _("Look at the pages with this draft"), on_click=_look, args=(given.draft,), type="primary", key="desk_preview",
        help=_("Only you see it, until you leave the draft or close this page."),
    )  # fmt: skip


def why(given: Answer) -> list[Reason]:
    """Boxes for why each table changed, and single rows of it; what is said there goes with the parcel."""
    said: list[Reason] = []
    st.text(_("Say why, in a sentence each: it stands in the release and on “What changed” beside the figures. What is left empty gets the reason of the whole release."))
    for table, found in difference.by_table(given.changes).items():
        said += _box(Reason(table, (), ""), _("Why did the table “{table}” change?").format(table=given.words.table(table)))
        single = {change.key: change for change in found if change.key}
        if 1 < len(single) <= SINGLE:
            with st.expander(_("A reason of its own for single rows of “{table}”").format(table=given.words.table(table)), key=f"desk_single_{table}"):
                for key, change in single.items():
                    said += _box(Reason(table, key, ""), difference.where(change, given.words))
    return said


def _box(place: Reason, label: str) -> list[Reason]:
    where = reasons.written(place)
    told = st.text_input(label, desk_given.kept().why.get(where, ""), key=WHY + where, max_chars=300).strip()
    return [Reason(place.table, place.row, told)] if told else []


def hand_over(given: Answer, said: Sequence[Reason]) -> None:
    """Everything for the repository or the server in one parcel, its parts one by one, and what to do next."""
    st.markdown(
        _("Once it is published, the footer and /healthz show data version **{version}**: wait for it.").format(version=given.version)
    )
    with st.container(horizontal=True):
        st.download_button(
            _("Everything (ZIP)"), functools.partial(desk.parcel, given, said), "update.zip", "application/zip",
            on_click="ignore", key="desk_parcel", type="primary",
        )  # fmt: skip
        for file in given.files:
            st.download_button(
                _("Cleaned {file}").format(file=file.table.file), functools.partial(desk.cleaned, file), file.table.file,
                "text/csv", on_click="ignore", key=f"desk_clean_{file.table.name}",
            )  # fmt: skip
        st.download_button(
            _("Commit message"), functools.partial(desk.commit_message, given, said), "commit-message.txt", "text/plain", on_click="ignore"
        )
        st.download_button(
            _("Change note"), functools.partial(desk.change_note, given, said), "change-note.md", "text/markdown", on_click="ignore"
        )
    _as_the_tests_will(given)
    st.markdown(
        "**" + _("Where the dashboard runs on a server of your own") + "**  \n"
        + _("Give the ZIP file to whoever runs it. One command checks it again, makes a release with your reasons and shows it: `python -m dialogue publish update.zip`. Another takes it back: `publish --undo`.")
    )  # fmt: skip
    st.markdown("**" + _("Where the data are kept in a repository") + "**")
    steps = [
        _("Unpack the ZIP file. Its folders “data” and “tests” hold the cleaned tables and the reviewed results that they change, in the places where they belong."),
        _("Put both folders into the repository: on its web page choose “Add file”, “Upload files”, and drop them there."),
        _("Use the commit message as it is, choose to propose the change (a pull request), and use the change note as its text. The checks run there by themselves."),
        _("Once a second person has compared and accepted it, whoever runs the dashboard brings it to the server."),
    ]
    st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(steps, start=1)))


def _as_the_tests_will(given: Answer) -> None:
    """A button that judges the draft as the tests of the repository will, and what they would refuse."""
    st.button(_("Check the draft as the tests will"), key="desk_ready", on_click=st.session_state.__setitem__, args=(READY, (given.version, None)))
    version, found = st.session_state.get(READY, ("", None))
    if version != given.version:
        return
    if found is None:  # also in the run after one that was cut short
        with st.spinner(_("Drawing every figure with the draft …")):
            found = ready.findings(given.draft, store.data_folder(), handed_over=True)
        st.session_state[READY] = (given.version, found)
    if found:
        st.markdown("**" + ngettext("{n} thing that the tests would refuse", "{n} things that the tests would refuse", len(found)).format(n=number(len(found))) + "**")
        _list(found)
    else:
        st.markdown("**" + _("The tests will find nothing: every figure can be drawn, and the reviewed results go with the ZIP.") + "**")


def mend() -> None:
    """A misprint corrected from its figure: the row is chosen, its key is written here; what is added goes to the draft."""
    base, kept = live.latest(), desk_given.kept()
    titles = mending.tables(base)
    if not titles:
        return
    st.text(
        _("The table keeps what the source prints; the pages show the corrected value and say so. Choose the figure; its key is filled in. For a mistake of our own, correct the table itself.")
    )
    name = filters.one_or_none("correct", _("Table that holds the figure"), titles, placeholder=_("Choose a table"))
    if name is None:
        return
    table = base.description.tables[name]
    held = {field.name for field in table.fields}
    of = {"iso3": "", "year": ""}
    with st.container(horizontal=True):
        words = difference.Words(base.checked, base.description)
        every = mending.rows(base, name)
        if "iso3" in held:
            places = {code: words.state(code) for code in sorted({one.cells["iso3"] for one in every if one.cells["iso3"]}, key=words.state)}
            of["iso3"] = filters.one_or_none("state", _("State"), places, placeholder=_("All")) or ""
        if "year" in held:
            years = {year: year for year in sorted({one.cells["year"] for one in every if one.cells["year"]}, reverse=True)}
            of["year"] = filters.one_or_none("year", _("Year"), years, placeholder=_("All")) or ""
    found = {one.line: one for one in mending.rows(base, name, **of)}
    line = st.selectbox(_("Row, as the source prints it"), list(found), format_func=lambda each: found[each].words, key=f"desk_row {name} {of}")
    if line is None:
        return
    column = st.selectbox(
        _("Column that holds the misprint"), list(mending.columns(table)), format_func=mending.columns(table).get, key=f"desk_column {name}"
    )
    printed = found[line].cells[column]
    st.code(f"{mending.key(base, name, line)}\n{column}: {printed or '–'}", language=None, wrap_lines=True)
    documents = {code: words.source(code) for code in sorted((row[1] for row in base.checked.rows["sources"]), key=words.source)}
    with st.form("desk_mend", clear_on_submit=True):
        shown = st.text_input(_("Shown instead"), key="desk_shown")
        reason = st.text_input(_("Why it is a misprint, after “because”"), key="desk_reason")
        source = st.selectbox(_("Document that says so"), list(documents), index=None, format_func=documents.get, key="desk_says", placeholder=_("None"))
        who = st.text_input(_("Or who says so, where no document does"), key="desk_who")
        added = st.form_submit_button(_("Add the correction to the draft"))
    if added:
        said = {
            "reason": reason.strip(), "source_id": source or "", "locator": "", "grade": "primary" if source else "",
            "who": who.strip(), "date": str(date.today()),
        }  # fmt: skip
        kept.corrections.append(mending.correction(base, name, line, column, shown.strip(), said))


def corrections() -> None:
    """The corrections that were made here, each to be left out again."""
    for index, one in enumerate(desk_given.kept().corrections):
        with st.container(horizontal=True, vertical_alignment="center", key=f"desk_correction_{index}"):
            st.text(_("Correction: {row}; {column}: {published} → {shown}").format(row=one["row_key"], column=one["column_name"], published=one["published"], shown=one["shown"] or "–"))
            st.button(_("Leave it out"), on_click=desk_given.forget_correction, args=(index,), key=f"desk_forget_{index}")
