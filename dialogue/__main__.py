"""Command line: ``python -m dialogue COMMAND``; ``-h`` lists the commands."""

import argparse
import csv
import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from dialogue.change import difference, new_release, publish, reasons, report
from dialogue.export import files, pdf, pictures
from dialogue.intake import incoming, questions
from dialogue.present import bundle, decks
from dialogue.snapshot import queries, reader, release, store, texts
from dialogue.tables import check, database, geo, package, write
from dialogue.views import catalogue, ready, written
from dialogue.words import i18n, languages, translating


class Refused(Exception):
    """One line that says what is wrong and what is allowed."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 if all is well, 1 if `check` found something, 2 for a bad call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # whatever the console: Windows would write a file in its own alphabet
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        if not Path(options.data).is_dir():
            raise Refused(f"there is no folder {options.data}")
        code = options.run(options)
        sys.stdout.flush()
        return code
    except (Refused, queries.QueryError, catalogue.ViewError, package.DescriptionError) as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever reads has seen enough; what is left goes nowhere, so that Python's end does not stumble over it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    class OneLine(argparse.ArgumentParser):
        def error(self, message):
            raise Refused(message)

    parser = OneLine(prog="python -m dialogue", description="The data behind the dashboard, from the shell.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name, run, text):
        one = commands.add_parser(name, help=text, description=text)
        one.add_argument("--data", default=str(store.data_folder()), help="folder of the CSV files")
        one.set_defaults(run=run)
        return one

    one = command(
        "check", _check, "Check every CSV file and every rule; or one file (XLSX, ODS, XLS, CSV) that is to replace a table."
    )
    one.add_argument("file", nargs="?", metavar="FILE", help="a table from a spreadsheet program (XLSX, ODS, XLS, CSV)")
    one.add_argument("--as-ci", action="store_true", help="judge the folder as the tests will: also reviewed results, every view, releases")
    one.add_argument("--table", metavar="NAME", help="the table that FILE is; else its name or header says")
    one.add_argument("--fix", metavar="OUT", help="write FILE, if it is sound, in the form of the tables to OUT")
    _may_answer(one)
    one = command("query", _query, "Answer a query. Without a name: list the queries.")
    one.add_argument("name", nargs="?")
    one.add_argument("parameters", nargs="*", metavar="key=value")
    one.add_argument("--format", choices=["table", "csv", "json"], default="table")
    command("views", _views, "List the views with their parameters and defaults.")
    one = command("view", _view, "Print a view as JSON: words, numbers, sources, figure or drawing.")
    one.add_argument("name", metavar="NAME")
    one.add_argument("parameters", nargs="*", metavar="key=value")
    one.add_argument("--language", choices=languages.known(), default="en")
    one.add_argument("--mode", choices=reader.MODES, default="light")
    one.add_argument("--width", choices=reader.WIDTHS, default="wide")
    one.add_argument("--release", metavar="DATE", help="the figures as they were released then")
    one = command("export", _export, "Write a view, a deck, a State, a table or everything as a file of somebody else’s program.")
    one.add_argument("name", metavar="NAME", help="a view, a deck, a State (code or UN name), a guiding question (a to g), “dialogue”, a table, or “everything”: all tables")
    one.add_argument("parameters", nargs="*", metavar="key=value")
    one.add_argument(
        "--to", nargs=2, required=True, metavar=("FORMAT", "OUT"),
        help="csv, json, xlsx, pptx, docx, pdf, zip, or of a view png or svg, and the file to write, or a folder, in which it gets its name",
    )  # fmt: skip
    one.add_argument("--language", choices=languages.known(), default="en")
    one.add_argument("--release", metavar="DATE", help="the figures as they were released then")
    one.add_argument("--site", default="", help="address of the dashboard, for links back to it")
    one = command("bundle", _bundle, "Write the offline edition: one ZIP to unpack and open without a network.")
    one.add_argument("out", metavar="OUT.zip")
    one.add_argument("--language", choices=languages.known(), default="en")
    one.add_argument("--with-notes", action="store_true", help="with speaker notes: whoever is given the file can read them")
    one.add_argument("--site", default="", help="address of the dashboard, for links to the full pages")
    one = command("describe", _describe, "Describe a table. Without a name: list the tables.")
    one.add_argument("table", nargs="?")
    one = command("release", _release, "Make a dated release of the data and write what it changed.")
    _may_say(one)
    one.add_argument("--parcel", metavar="PARCEL.zip", help="the ZIP of the data desk, for the reasons that were given there")
    _removes(one)
    one = command(
        "publish", _publish, "On a server: check the ZIP of the data desk, make a release of it, and put it in place. Or go back."
    )
    one.add_argument("parcel", nargs="?", metavar="PARCEL.zip", help="“Everything (ZIP)” of the data desk")
    one.add_argument("--undo", action="store_true", help="go back to what stood before the last release")
    _may_say(one)
    _may_answer(one)
    one = command("diff", _diff, "Say what differs between two states of the data, and which figures change.")
    one.add_argument("old", help="a folder of CSV files, a ZIP of one, or one file of a spreadsheet program")
    one.add_argument("new", help="the same; a single file takes the place of its table in --data")
    one.add_argument("--markdown", action="store_true", help="as Markdown, for a pull request")
    one = command("figure", _figure, "Explain a figure: question, pages, documents, other values, CSV rows.")
    one.add_argument("name", metavar="query")
    one.add_argument("chosen", nargs="*", metavar="name=value", help="a parameter of the query, or a column")
    one = command("translate", _translate, "Catalogues: how complete they are, new messages put into them, what is wrong in them.")
    one.add_argument("what", choices=["status", "extract", "check"])
    one = command("add-source", _add_source, "Put one more document into sources.csv.")
    one.add_argument("--id", default="", help="code of the document; proposed if left out")
    for name in ("publisher", "title", "published", "url", "language", "kind"):
        one.add_argument(f"--{name}", required=True)
    for name in ("edition", "accessed"):
        one.add_argument(f"--{name}", default="")
    return parser


def _removes(one: argparse.ArgumentParser) -> None:
    text = "say that N rows of a table are to be removed; once for each table"
    one.add_argument("--removes", metavar="N", type=int, action="append", default=[], help=text)


def _may_answer(one: argparse.ArgumentParser) -> None:
    """The options that answer what is asked about a file."""
    _removes(one)
    one.add_argument("--add", action="store_true", help="add the rows of the file to the table instead of replacing it")
    one.add_argument("--confirm", action="store_true", help="say yes to what else is asked")


def _may_say(one: argparse.ArgumentParser) -> None:
    """The options that say who released what, and why."""
    one.add_argument("--by", required=True, help="who makes the release")
    one.add_argument("--why", required=True, help="why the data changed, in a sentence")
    one.add_argument(
        "--reason", nargs=2, metavar=("WHERE", "TEXT"), action="append", default=[],
        help="why one table, or rows of it, changed; WHERE is casualties, or “casualties iso3=LAO; year=2024”",
    )  # fmt: skip
    one.add_argument("--title", default="", help="what the release is about, in a few words")
    one.add_argument("--date", type=_day, default=None, help="day of the release, YYYY-MM-DD; today if left out")


def _answered(options) -> questions.Answered:
    """What the options of the call say to a question."""

    def answered(question: questions.Question) -> bool:
        if question.kind == questions.REMOVES:
            return int(question.key.rpartition(" ")[2]) in options.removes
        if question.kind == questions.ADDS:
            return options.add
        return options.confirm

    return answered


def _check(options) -> int:
    if options.file is not None:
        if options.as_ci:
            raise Refused("--as-ci judges the whole folder: leave FILE out")
        return _check_file(options)
    if options.table or options.fix or options.add or options.confirm or options.removes:
        raise Refused("--table, --fix, --add, --removes and --confirm go with a FILE")
    checked = check.check(Path(options.data))
    found = sorted([*checked.problems, *checked.missing, *geo.check(Path(options.data))])
    for problem in questions.gathered(found):
        print(problem)
    rows = sum(len(rows) for rows in checked.rows.values())
    rules = len(list((database.QUERIES / "checks").glob("*.sql")))
    if found:
        print(f"{len(found)} {'finding' if len(found) == 1 else 'findings'}")
        return 1
    refused = ready.findings(store.load(Path(options.data)), Path(options.data)) if options.as_ci else []
    for line in refused:
        print(line)
    if refused:
        return 1
    also = ", every view, the reviewed results" if options.as_ci else ""
    print(f"All is well: {len(checked.rows)} tables, {rows} rows, {rules} rules, the boundary layers{also}.")
    if options.as_ci and (told := ready.unreleased(Path(options.data))):
        print(told)
    return 0


def _check_file(options) -> int:
    """Judge one file as the data desk does; print what was put in form and every problem."""
    tables = package.read(Path(options.data)).tables
    if options.table and options.table not in tables:
        raise Refused(f"there is no table “{options.table[:80]}”; tables: {', '.join(tables)}")
    out = Path(options.fix) if options.fix else None
    if out and out.is_dir():
        raise Refused(f"{out} is a folder; --fix takes the name of a file")
    try:
        with Path(options.file).open("rb") as file:
            # a little more than is allowed, so that too much is seen and never read
            content = file.read(incoming.MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused(f"{options.file[:200]} cannot be read: {reason}") from error

    judged = incoming.judge(content, options.file, Path(options.data), options.table, _answered(options))
    for note in judged.incoming.notes:
        print(f"put in form: {note}")
    for problem in questions.gathered(judged.problems):
        print(problem)
    for problem in questions.gathered(judged.standing):
        print(f"in the data without this file too: {problem}")
    _ask(judged.open)
    found = len(judged.problems) + len(judged.standing)
    if not judged.good:
        if found:
            print(f"{found} {'finding' if found == 1 else 'findings'}")
        return 1
    table, rows = judged.incoming.table, judged.incoming.rows
    if out:
        try:
            write.put(out, write.table(table, rows).encode("utf-8"))
        except OSError as error:
            raise Refused(f"{out} cannot be written: {error.strerror or error}") from error
    before = judged.before
    was = f" ({before} before)" if before != len(rows) else ""
    print(f"All is well: {len(rows)} {'row' if len(rows) == 1 else 'rows'} of {table.name}{was}")
    return 0


def _ask(open_: Iterable[questions.Question]) -> None:
    for question in open_:
        print(f"{question.text} If so: {_yes(question)}")


def _yes(question: questions.Question) -> str:
    """The option that answers a question with yes."""
    if question.kind == questions.REMOVES:
        return f"--removes {question.key.rpartition(' ')[2]}"
    return "--add" if question.kind == questions.ADDS else "--confirm"


def _query(options) -> int:
    if options.name is None:
        for name in queries.names():
            print(f"{name:28} {queries.get(name).question}")
        return 0
    query = queries.get(options.name)
    given = _pairs(options.parameters, query)
    frame = queries.run(options.name, _sound(Path(options.data)), **given)
    rows = [[None if _empty(v) else v for v in row] for row in frame.itertuples(index=False)]
    _print(list(frame.columns), rows, options.format)
    return 0


def _pairs(texts: list[str], asked: queries.Query | catalogue.Listed) -> dict[str, str]:
    given = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            takes = ", ".join(p.name for p in asked.parameters) or "none"
            raise Refused(f"“{text[:80]}” is not a parameter; write key=value ({asked.name} takes: {takes})")
        given[key] = value
    return given


def _views(_options) -> int:
    for name in catalogue.names():
        listed = catalogue.get(name)
        takes = [p.name if p.default is None else f"{p.name}={p.default}" for p in listed.parameters]
        print(f"{name:28} {listed.shows}" + (f" [{' '.join(takes)}]" if takes else ""))
    return 0


def _translate(options) -> int:
    """Status of the catalogues; messages of today written into them; or what is wrong in them (exit code 1 if anything is)."""
    spoken, shown = [code for code in languages.known() if i18n.catalogue_file(code).is_file()], _sound(Path(options.data))
    if options.what == "extract":
        write.put(translating.TEMPLATE, translating.template())
        for code in spoken:
            write.put(i18n.catalogue_file(code), translating.refreshed(code))
            texts.file(code).parent.mkdir(exist_ok=True)
            write.put(texts.file(code), translating.texts_of_tables(code, shown))
        print(f"written: messages.pot, {', '.join(spoken) or 'no catalogue'}")
        return 0
    found = 0
    for code in spoken:
        problems = [*translating.problems(code), *translating.wrong_figures(code)] if options.what == "check" else []
        gaps = texts.missing(code, shown).values()
        tables = f"{sum(n for n, _all in gaps)} of {sum(all_ for _n, all_ in gaps)} texts of the tables in English"
        print(f"{code}: {len(translating.untranslated(code))} messages without a text, {tables}" + "".join(f"\n  {problem}" for problem in problems))
        found += len(problems)
    return int(bool(found))


def _view(options) -> int:
    listed = catalogue.get(options.name)
    given = _pairs(options.parameters, listed)
    with reader.reading(reader.Reader(_asked(options), options.language, options.mode, options.width)):
        json.dump(written.as_data(catalogue.build(listed.name, given)), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def _export(options) -> int:
    """Write one file, whole or not at all."""
    with reader.reading(reader.Reader(_asked(options), options.language)):
        try:
            made = files.named(options.name, _words(options.parameters), options.to[0], _site(options))
        except (files.NoSuchFile, pdf.NotHere, pictures.Undrawn, decks.DeckError) as error:
            raise Refused(error) from error
    out = Path(options.to[1])
    out = out / made.name if out.is_dir() else out
    try:
        write.put(out, made.content)
    except OSError as error:
        raise Refused(f"{out} cannot be written: {error.strerror or error}") from error
    print(f"{out}: {len(made.content)} bytes")
    return 0


def _words(texts: list[str]) -> dict[str, str]:
    given = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise Refused(f"“{text[:80]}” is not a parameter; write key=value")
        given[key] = value
    return given


def _asked(options) -> store.Snapshot:
    """The data that a command speaks of: those of the folder, or an earlier release of them."""
    try:
        return release.load(Path(options.data), options.release) if options.release else _sound(Path(options.data))
    except release.Unknown as error:
        raise Refused(error) from error


def _site(options) -> str:
    return options.site if options.site.endswith("/") or not options.site else f"{options.site}/"


def _sound(data: Path) -> store.Snapshot:
    snapshot = store.load(data)
    if snapshot.problems:
        raise Refused(
            f"the data have {len(snapshot.problems)} problems; the first: {snapshot.problems[0]}. Run check to see all."
        )
    return snapshot


def _bundle(options) -> int:
    out = Path(options.out)

    def progress(done: int, every: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done * 100 // every:3} %", end="", file=sys.stderr, flush=True)

    site = _site(options)
    with reader.reading(reader.Reader(_sound(Path(options.data)), options.language)):
        try:
            bundle.write_to(out, notes=options.with_notes, site=site, progress=progress)
        except OSError as error:
            raise Refused(f"{out} cannot be written: {error.strerror or error}") from error
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")
    return 0


def _diff(options) -> int:
    """As diff(1): 0 the same, 1 different, 2 trouble."""
    from dialogue.change import compare

    try:
        found = compare.compare(Path(options.old), Path(options.new), Path(options.data))
    except compare.Trouble as error:
        raise Refused(error) from error
    if options.markdown:
        print(report.markdown(found.changes, found.words, found.figures), end="")
    else:
        print("\n".join(compare.lines(found)))
    return 1 if found.changes or found.figures else 0


def _figure(options) -> int:
    from dialogue.change import explain

    query = queries.get(options.name)
    given = _pairs(options.chosen, query)
    try:
        explain.split(query, given)  # a wrong name is told before the data are read
        print("\n".join(explain.figure(_sound(Path(options.data)), query.name, given)))
    except explain.Unknown as error:
        raise Refused(error) from error
    return 0


def _add_source(options) -> int:
    from dialogue.change import add_source

    columns = ("id", "publisher", "title", "edition", "published", "url", "accessed", "language", "kind")
    code, problems = add_source.add(Path(options.data), {name: getattr(options, name) for name in columns})
    for problem in problems:
        print(problem)
    if problems:
        return 1
    print(f"sources.csv: added {code}")
    return 0


def _describe(options) -> int:
    description = package.read(Path(options.data))
    if options.table is None:
        for table in description.tables.values():
            print(f"{table.name:26} {table.title}")
        return 0
    if options.table not in description.tables:
        raise Refused(f"there is no table “{options.table[:80]}”; tables: {', '.join(description.tables)}")
    table = description.tables[options.table]
    print(f"{table.file}: {table.title}\n{table.description}\nkey: {', '.join(table.primary_key)}\n")
    references = {column: f"{other}.{name}" for column, other, name in table.foreign_keys}
    rows = []
    for field in table.fields:
        rules = [f"{k} {v}" for k, v in field.constraints.items() if k not in ("required", "enum")]
        if "enum" in field.constraints:
            rules.append("one of " + ", ".join(field.constraints["enum"]))
        if field.name in references:
            rules.append(f"a code of {references[field.name]}")
        required = "required" if field.required else ""
        rows.append([field.name, field.type, field.unit, required, field.description, "; ".join(rules)])
    _print(["column", "type", "unit", "required", "meaning", "rules"], rows, "table")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text[:80]}” is not a date; write YYYY-MM-DD") from None


def _release(options) -> int:
    folder = Path(options.data)
    try:
        write.finish(folder)
        given = _given(options, folder)
        if options.parcel:
            given = [*given, *publish.reasons_of(publish.unpacked(_content(options.parcel)), package.read(folder))]
        prepared = new_release.prepare(folder, options.by, options.why, options.date, options.title, given, _answered(options))
    except new_release.Asked as asked:
        _ask(asked.questions)
        return 1
    except new_release.Refused as error:
        raise Refused(error) from error
    new_release.publish(prepared)
    print(f"Release {prepared.name}: {prepared.summary}. Written:")
    for path, content in prepared.files:
        print(f"  {path} ({len(content)} bytes)")
    if not any(path.suffix == ".md" for path, _content in prepared.files):
        print(f"  (there is no {folder.parent / 'CHANGELOG.md'} to write into)")
    print("Read what it says, then commit these files together with the data.")
    return 0


def _given(options, folder: Path) -> list[reasons.Reason]:
    """The reasons of single tables and rows that the call gives."""
    try:
        return [reasons.read(where, why, package.read(folder)) for where, why in options.reason]
    except reasons.Unfit as error:
        raise Refused(error) from error


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise Refused(f"{path[:200]} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _publish(options) -> int:
    """Publish a parcel of the data desk, or go back. 1 where the parcel is refused, with every reason."""
    folder = Path(options.data)
    if bool(options.parcel) == options.undo:
        raise Refused("say what to publish: PARCEL.zip, or --undo to go back to what stood before")
    try:
        return _undo(options, folder) if options.undo else _put_in_place(options, folder)
    except new_release.Asked as asked:
        _ask(asked.questions)
        return 1
    except new_release.Refused as error:
        raise Refused(error) from error


def _put_in_place(options, folder: Path) -> int:
    parcel = publish.unpacked(_content(options.parcel))
    base = publish.standing(folder)
    given = [*_given(options, folder), *publish.reasons_of(parcel, base.description)]
    answer = publish.judge(parcel, base, _answered(options))
    for problem in questions.gathered(answer.problems):
        print(problem)
    _ask(answer.open)
    if answer.problems or answer.open:
        print("Nothing was published.")
        return 1
    if not answer.differs:
        raise Refused("the parcel holds nothing that is not here already")
    files = publish.changed(answer, base)
    prepared = publish.prepare(folder, files, options.by, options.why, options.date, options.title, given, _answered(options))
    new_release.publish(prepared)
    print(f"Release {prepared.name}: {prepared.summary}.")
    print(difference.summary(answer.changes))
    _wait_for(prepared.version)
    return 0


def _undo(options, folder: Path) -> int:
    undone = publish.undo(folder, options.confirm)
    why = f"{options.why.rstrip('.')}. The release {undone.takes_back} is taken back" if undone.takes_back else options.why
    try:
        prepared = publish.prepare(folder, undone.files, options.by, why, options.date, options.title, _given(options, folder))
    except new_release.Unchanged:
        files = [(folder / name, content) for name, content in undone.files.items()]
        write.together(folder, files)
        print(f"The files stand again as in the release {undone.back_to}.")
    else:
        new_release.publish(prepared)
        print(f"Release {prepared.name}: {prepared.summary}. The data stand again as in the release {undone.back_to}.")
    print("Undone: " + "; ".join(undone.told))
    print("Answers of States stand as their consent stands today.")
    _wait_for(store.fingerprint(folder))
    return 0


def _wait_for(version: str) -> None:
    print(f"Wait for version {version}: it stands in the footer and in /healthz once the server has read the files (some seconds).")


def _empty(value) -> bool:
    return value is None or value is pd.NA or value != value


def _print(columns: list[str], rows: list[list], style: str) -> None:
    if style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if v is None else v for v in row] for row in rows])
    elif style == "json":
        dates = lambda v: v.isoformat() if isinstance(v, date) else v  # noqa: E731
        records = [dict(zip(columns, (dates(_plain(v)) for v in row), strict=True)) for row in rows]
        json.dump(records, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        texts = [["" if v is None else str(v) for v in row] for row in rows]
        widths = [
            min(60, max([len(name), *(len(row[i]) for row in texts)])) for i, name in enumerate(columns)
        ]
        for row in [columns, ["-" * width for width in widths], *texts]:
            print("  ".join(cell[:60].ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _plain(value):
    return value.item() if hasattr(value, "item") else value


if __name__ == "__main__":
    sys.exit(main())
