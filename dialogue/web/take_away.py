"""Routes of the data: a table, the answer to a query, a view, everything, and the indexes that lead to them.

Stateless: an address says everything, and the same data give the same bytes. An answer
that a program holds already is told so by its ETag before anything is built; what has to
be built is built off the event loop, at most two at a time, so that no visitor waits for
it: what takes long in a process of its own (`builders`). Last-Modified is told for readers; only the ETag decides, because one second may see
two versions of the data.
"""

import asyncio
import gzip
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import cache, partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import dialogue
from dialogue.export import files, indexes, pdf
from dialogue.export.files import File
from dialogue.present import decks
from dialogue.snapshot import live, queries, reader, release, store
from dialogue.snapshot.reader import Reader
from dialogue.tables import database, package
from dialogue.views import catalogue
from dialogue.web import builders, shell
from dialogue.web.builders import Job
from dialogue.web.compress import accepted_encoding
from dialogue.words import languages
from dialogue.words.i18n import _

SETTINGS = ("lang", "release", "data")  # parameters of the address; all others are those of the view or query
LEAST = 1_000  # bytes that are worth compressing
LONG = ("xlsx", "pptx", "docx", "pdf", "zip")
PACKED = tuple(files.MEDIA[ending] for ending in LONG)  # compressed in themselves
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Last-Modified, Content-Disposition"}

# what is quick does not wait behind what takes long
_quick = ThreadPoolExecutor(max_workers=2, thread_name_prefix="data")
_builders = ThreadPoolExecutor(max_workers=2, thread_name_prefix="export")
Build = Callable[[Request], Job]
Rest = Callable[[], Response]  # what is left to do where the file must be built

log = logging.getLogger(__name__)


class _Unfit(ValueError):
    """What is asked for is there, but not so; the message says what is allowed."""


def routes(base: str) -> list[Route]:
    """The addresses of the data below the site's base path."""
    built: list[tuple[str, Build]] = [
        ("/data/datapackage.json", _description), ("/data.zip", lambda _request: files.data_package),
        ("/data/query/{name}.{ending}", _query), ("/data/view/{name}.{ending}", _view), ("/data/deck/{name}.{ending}", _deck),
        ("/data/state/{name}.{ending}", _state), ("/data/question/{name}.{ending}", _question),
        ("/data/questionnaire/{name}.{ending}", _questionnaire), ("/data/{name}.{ending}", _table),
        ("/feed.atom", _feed), ("/llms.txt", _for_models), ("/sitemap.xml", _sitemap),
    ]  # fmt: skip
    return [*(Route(f"{base}{path}", _off_the_loop(build)) for path, build in built), Route(f"{base}/data/{{path:path}}", _off_the_loop(_nothing))]


def _off_the_loop(build: Build) -> Callable:
    async def answer(request: Request) -> Response:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(_quick, _guarded, request, partial(_answer, build, request))
        if isinstance(found, Response):
            return found
        return await loop.run_in_executor(_builders if _takes_long(request) else _quick, _guarded, request, found)

    return answer


def _takes_long(request: Request) -> bool:
    return request.url.path.rpartition(".")[2] in LONG


def _guarded(request: Request, work: Callable[[], Response | Rest]) -> Response | Rest:
    """What `work` gives, or a sentence that says what there is, or why there is nothing."""
    try:
        return work()
    except (release.Unknown, files.NoSuchFile) as error:
        return _told(str(error), 404)
    except pdf.NotHere as error:
        return _told(str(error), 501)
    except (catalogue.ViewError, queries.QueryError, decks.DeckError, indexes.NoSuchState, _Unfit) as error:
        return _told(str(error), 400)
    except Exception as error:
        log.exception("A file could not be built: %s", request.url.path)
        return _told(_("This file could not be put together ({why}). Nothing was written; the log of the server says more.").format(why=type(error).__name__), 500)


def _answer(build: Build, request: Request) -> Response | Rest:
    """“You have it already”, a sentence that says what there is, or what builds the file."""
    language = request.query_params.get("lang", "en")
    if language not in languages.offered():
        return _told(_("There is no language “{name}” here; languages: {codes}").format(name=language[:20], codes=", ".join(languages.offered())), 400)
    shown, asked = live.latest(), request.query_params.get("release", "")
    if shown.problems:
        return _told(_("The data need a correction"), 503)
    if asked:
        shown = release.of_server(asked, shown.fingerprint)
    seen = request.query_params.get("data", shown.fingerprint)
    if seen != shown.fingerprint:
        released = release.current(store.data_folder(), seen)
        if released is None:
            return _told(_renewed(request, seen, shown.fingerprint), 409)
        shown = release.of_server(released, live.latest().fingerprint)
    with reader.reading(Reader(shown, language)):
        return _asked(build, request)


def _renewed(request: Request, seen: str, now: str) -> str:
    text = _("The figures have been renewed since that page was drawn: it showed version {seen}, now it is {now}. Load the page again, or take the newest figures: {address}")
    return text.format(seen="".join(filter(str.isalnum, seen))[:12], now=now, address=request.url.remove_query_params("data"))


def _told(sentence: str, status: int) -> Response:
    return Response(sentence + "\n", status, {**OPEN, "Cache-Control": "no-store"}, "text/plain")


def _asked(build: Build, request: Request) -> Response | Rest:
    encoding = accepted_encoding(request.headers.get("accept-encoding", ""), ("gzip",))
    tag = f'"{_version(request)}{"-gzip" if encoding else ""}"'
    headers = {**OPEN, "Cache-Control": "no-cache", "ETag": tag, "Last-Modified": _modified(), "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return partial(_sent, request, build(request), headers, encoding, reader.current())


def _sent(request: Request, job: Job, headers: dict[str, str], encoding: str, for_whom: Reader) -> Response:
    with reader.reading(for_whom):
        made = builders.made(job) if _takes_long(request) else job()
    content = made.content
    # a link on a page saves the file; an address may be looked at
    kind = "attachment" if "data" in request.query_params else "inline"
    headers["Content-Disposition"] = f'{kind}; filename="{made.name}"'
    if encoding and made.media not in PACKED and len(content) > LEAST:
        content = gzip.compress(content, 6, mtime=0)
        headers["Content-Encoding"] = encoding
    return Response(content, headers=headers, media_type=made.media)


def _version(request: Request) -> str:
    """Of what an answer is made: the address, the data, the program, and the day, by which the age of evidence is counted."""
    snapshot = reader.snapshot()
    parts = [str(request.url), snapshot.fingerprint, str(snapshot.release), builders.state(live.latest()), _program(), str(date.today())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


@cache
def _program() -> str:
    """What this program would write of the same data: its code and its queries."""
    digest = hashlib.sha256()
    for folder, kind in ((Path(dialogue.__file__).parent, "*.py"), (database.QUERIES, "*.sql")):
        for path in sorted(folder.rglob(kind)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _modified() -> str:
    """When the data came: the day of the release that is read, else when the newest of their files was written."""
    snapshot = reader.snapshot()
    if snapshot.kind == "release" and snapshot.release:
        when = datetime.fromisoformat(snapshot.release[:10]).replace(tzinfo=UTC)
    else:
        paths = [store.data_folder() / name for name in (*snapshot.files, package.DESCRIPTION)]
        when = datetime.fromtimestamp(max((int(path.stat().st_mtime) for path in paths if path.is_file()), default=0), UTC)
    return format_datetime(when, usegmt=True)


def _given(request: Request) -> dict[str, str]:
    return {name: text for name, text in request.query_params.items() if name not in SETTINGS}


def _no_more(request: Request, *allowed: str) -> None:
    """Raise _Unfit for a parameter that an address does not take."""
    for name in _given(request):
        if name not in allowed:
            takes = ", ".join((*allowed, "lang", "release"))
            raise _Unfit(_("“{name}” is no parameter of this address; it takes {names}").format(name=name[:40], names=takes))


# --- what stands at each address ---


def _view(request: Request) -> Job:
    name = request.path_params["name"]
    if name not in catalogue.names():
        raise files.NoSuchFile(_why(catalogue.get, name, catalogue.ViewError))
    return partial(files.of_named_view, name, _given(request), request.path_params["ending"], shell.site(request))


def _query(request: Request) -> Job:
    name = request.path_params["name"]
    if name not in queries.names():
        raise files.NoSuchFile(_why(queries.get, name, queries.QueryError))
    return partial(files.of_query, name, _given(request), request.path_params["ending"])


def _why(get: Callable[[str], object], name: str, kind: type[Exception]) -> str:
    """What the catalogue says of a name that it does not know."""
    try:
        get(name)
    except kind as error:
        return str(error)
    return name


def _deck(request: Request) -> Job:
    if request.path_params["name"] == "mine":
        _no_more(request, "deck")
        return partial(files.of_own_deck, request.query_params.get("deck", ""), request.path_params["ending"], shell.site(request))
    return partial(files.of_deck, request.path_params["name"], _given(request), request.path_params["ending"], shell.site(request))


def _questionnaire(request: Request) -> Job:
    _no_more(request)
    return partial(files.of_questionnaire, request.path_params["name"], request.path_params["ending"], shell.site(request))


def _state(request: Request) -> Job:
    _no_more(request)
    return partial(files.of_state, request.path_params["name"], request.path_params["ending"], shell.site(request))


def _question(request: Request) -> Job:
    _no_more(request)
    return partial(files.of_question, request.path_params["name"], request.path_params["ending"], shell.site(request))


def _table(request: Request) -> Job:
    _no_more(request)
    name, ending = request.path_params["name"], request.path_params["ending"]
    if name == files.DIALOGUE:
        return _question(request)
    return partial(files.everything, ending, shell.site(request)) if name == files.EVERYTHING else partial(files.of_table, name, ending)


def _description(request: Request) -> Job:
    _no_more(request)
    return lambda: File(package.DESCRIPTION, files.MEDIA["json"], files.description())


def _nothing(_request: Request) -> Job:
    several = "pptx|docx|pdf|xlsx|json"
    known = (
        "datapackage.json, TABLE.csv|json|xlsx, everything.xlsx|zip, query/NAME.csv|json|xlsx, view/NAME.csv|json|xlsx|pptx|docx|pdf, "
        f"deck/NAME.{several}, state/CODE.{several}, question/LETTER.{several}, dialogue.{several}"
    )
    tables = ", ".join(files.tables())
    raise files.NoSuchFile(_("There is nothing at this address; below data/ there are {addresses}; tables: {tables}").format(addresses=known, tables=tables))


def _feed(request: Request) -> Job:
    _no_more(request, "state")
    return lambda: File("feed.atom", "application/atom+xml", indexes.feed(shell.site(request), request.query_params.get("state", "")))


def _for_models(request: Request) -> Job:
    _no_more(request)
    return lambda: File("llms.txt", "text/plain", indexes.for_models(shell.site(request)).encode())


def _sitemap(request: Request) -> Job:
    _no_more(request)
    return lambda: File("sitemap.xml", "application/xml", indexes.sitemap(shell.site(request)))
