"""What translators work with: the template of all messages, how complete a catalogue is, what is wrong in it.

The template is read from the syntax tree, because the usual extraction does not look into f-strings.
"""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from dialogue.snapshot import texts
from dialogue.snapshot.store import Snapshot
from dialogue.words import i18n

SOURCES = Path(__file__).resolve().parent.parent.parent
TEMPLATE = i18n.LOCALES / "messages.pot"
CALLS = {"_": 1, "ngettext": 2, "pgettext": 2}  # the functions of `i18n`, and how many of their arguments are texts
GROUPS = re.compile(r"(?<=\d)[\u202f\u00a0,. ](?=\d{3}(?!\d))")  # signs between thousands, however a text writes them
BRACES = re.compile(r"\{(\w*)\}")


def messages() -> Iterator[tuple[Path, int, str, list[str]]]:
    """Every message of the program: file, line, function, its words_. Raises ValueError for a text that is put together inside the call."""
    for path in sorted([*(SOURCES / "dialogue").rglob("*.py"), *(SOURCES / "pages").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                words_ = node.args[: CALLS[node.func.id]]
                if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in words_):
                    raise ValueError(f"{path.relative_to(SOURCES)}, line {node.lineno}: a text put together inside {node.func.id}()")
                yield path, node.lineno, node.func.id, [text.value for text in words_]


def template() -> bytes:
    """The template of all catalogues, `messages.pot`."""
    found = Catalog(charset="utf-8")
    for _path, _line, call, words_ in messages():
        if call == "pgettext":
            found.add(words_[1], context=words_[0])
        else:
            found.add(tuple(words_) if call == "ngettext" else words_[0])
    return written(found, omit_header=True)


def written(catalogue: Catalog, *, omit_header: bool = False) -> bytes:
    """A catalogue as it stands in the project: sorted by message, without places in the program, so that a comparison shows texts alone."""
    out = BytesIO()
    write_po(out, catalogue, no_location=True, sort_output=True, omit_header=omit_header, ignore_obsolete=True)
    return out.getvalue()


def catalogue(code: str) -> Catalog:
    """The catalogue of a language as its file holds it. Raises FileNotFoundError."""
    with i18n.catalogue_file(code).open("rb") as file:
        return read_po(file, locale=code)


def refreshed(code: str) -> bytes:
    """The catalogue of a language with the messages of today: new ones are empty, those that are gone are left out."""
    own = catalogue(code)
    own.update(read_po(BytesIO(template())), no_fuzzy_matching=True)
    return written(own)


def texts_of_tables(code: str, snapshot: Snapshot) -> bytes:
    """The texts of the tables of today with what is known of them in a language: `data/translations/CODE.po`."""
    known, found = texts.catalogue(code), Catalog(locale=code, charset="utf-8")
    for table, cells in texts.english(snapshot).items():
        for text in cells:
            found.add(text, known.get(text, ""), auto_comments=[table])
    return written(found, omit_header=True)


def untranslated(code: str) -> list[str]:
    """Messages of today that have no text in a language, or one that is marked fuzzy."""
    own = catalogue(code)
    return [_first(each) for each in read_po(BytesIO(template())) if each.id and not _filled(own.get(each.id, each.context))]


def problems(code: str) -> list[str]:
    """What no text of a catalogue may be: with other braces than its English text, or with as many plurals as the language has not."""
    return [f"{_first(each)[:70]}: {what}" for each in catalogue(code) if each.id and _filled(each) for what in _wrong(each)]


def wrong_figures(code: str) -> list[str]:
    """Texts of the tables that hold other figures in a language than in English.

    Looked at are figures of three digits and more: days and small numbers may be written in words,
    and a billion is a thousand millions elsewhere.
    """
    found = []
    for text, told in texts.catalogue(code).items():
        before, after = _figures(text), _figures(told)
        lost = set() if "billion" in text else before - after
        added = {figure for figure in after - before if len(figure) == 4 and figure[:2] in ("19", "20")}
        found += [f"{text[:70]}: {', '.join(sorted(lost | added))}"] if lost | added else []
    return found


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d{3,}", GROUPS.sub("", text)))


def _wrong(message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    known = set(BRACES.findall(ids[-1])) | set(BRACES.findall(ids[0]))
    needed = set(BRACES.findall(ids[-1]))
    for n, text in enumerate(texts):
        used = set(BRACES.findall(text))
        if used - known:
            yield f"{sorted(used - known)} stands for nothing here"
        # a plural form of one or two things may say them in words: “دولتان”
        elif needed - used and (len(texts) == 1 or n == len(texts) - 1):
            yield f"{sorted(needed - used)} is missing"


def _filled(message: Message | None) -> bool:
    texts = () if message is None or message.fuzzy else message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(texts) and all(texts)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
