"""The address of a page: what it asks for, what could not be understood, and how it follows the reader.

The address holds codes, which mean the same in every language. A page reads it when
the reader arrives by it (a link, Reload, Back and Forward); from then on the widgets
lead and the address follows them, one entry of the history for each choice.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dialogue.snapshot import drafts, reader
from dialogue.words import languages
from dialogue.words.i18n import _, commas

Known = Mapping[object, str] | Collection[object] | Callable[[str], bool | str | None]

# A note shows no more of a bad value than this.
SHOWN = 40
# Told apart from the page's own: which data were seen; what mail programs and search engines add.
ELSEWHERE = re.compile(r"data|release|draft|lang|embed|embed_options|utm_\w+|fbclid|gclid|msclkid|mc_[ce]id")
# “&” as it arrives from a mail program or an editor that wrote the link for a page.
ENTITY = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
LEFT_OVER = re.compile(r"^(?:amp;|#0*38;|#x0*26;)+", re.IGNORECASE)
# “&region” and “&section”, taken for the signs ® and §.
SIGNS = {"®": "&reg", "§": "&sect"}
_HELD = "_address"
_LANGUAGE = "_language"


@dataclass(frozen=True)
class Several:
    """A parameter with several values, at most `most`: repeated, or with commas between them."""

    known: Known
    most: int = 300


@dataclass
class _Held:
    """What is known of the address since the reader arrived by it."""

    page: str
    asked: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    repaired: bool = False
    taken: set[str] = field(default_factory=set)  # whose widget has had its value from the address
    # Whether widgets tell the browser once more what they show: a run cut short, or begun before the browser had
    # drawn the one before, leaves it with their usual values beside a page that shows what the address asks for.
    anew: bool = True
    now: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, list[str]] | None = None


def read(allowed: Mapping[str, Known | Several]) -> None:
    """Read the address and say what this page does not understand; once a run, before the widgets.

    `allowed` gives by parameter the values it may have: `{code: label}` (a label is
    read as its code, as in links copied before the address held codes), a collection,
    or a function that tells whether a text is one or gives the code that it means;
    `Several(…)` where it may be repeated.
    The note stays until the reader changes something.
    """
    held, context = st.session_state.get(_HELD), get_script_run_ctx()
    again = st.session_state.pop("_note_again", False)
    if held is None or held.page != context.page_script_hash or context.is_history_navigation:
        held = st.session_state[_HELD] = _arrive(context.page_script_hash, allowed)
        again = True
    held.now = {}
    held.anew = again or held.shown is None
    if again:
        _write_note(held.notes)


def keep_note() -> None:
    """Show the note in the coming run too: a callback for runs that no reader asked for."""
    st.session_state["_note_again"] = True


def plain(name: str) -> str | None:
    """A parameter of the address that belongs to no page, or None."""
    for given in st.query_params:
        if LEFT_OVER.sub("", given) == name:
            return st.query_params[given]
    return None


def language() -> str | None:
    """The language that this visitor has asked for, by the address of this page or of an earlier one; None where they never have."""
    asked_for = plain("lang")
    if asked_for in languages.offered():
        st.session_state[_LANGUAGE] = asked_for
    return st.session_state.get(_LANGUAGE)


def riding() -> dict[str, str]:
    """What stands in every address of this visitor: language, and an earlier release or a draft."""
    shown = reader.snapshot()
    spoken = {"lang": reader.current().language} if language() or reader.current().language != "en" else {}
    if shown.kind == "draft":
        return spoken | {"draft": shown.fingerprint.removeprefix(drafts.MARK)}
    return spoken | ({"release": shown.release} if shown.kind == "release" else {})


def site(page: str) -> str:
    """The address of the dashboard as this visitor typed it, with a slash at its end; `page` is the path of this page."""
    return (st.context.url or "").partition("?")[0].rpartition(f"/{page}")[0] + "/"


def asked(name: str) -> str:
    """The code that the reader arrived with, or ""."""
    return (st.session_state[_HELD].asked.get(name) or [""])[0]


def seed(name: str, value: Callable[[list[str]], object], default: object) -> None:
    """Give the widget `name` what the address asks for, when the reader has just arrived by it.

    `value` turns the codes into the value of the widget, `default` stands where the address is silent.
    """
    held: _Held = st.session_state[_HELD]
    if name not in held.taken:
        held.taken.add(name)
        codes = held.asked.get(name)
        st.session_state[name] = default if codes is None else value(codes)
    elif held.anew and name in st.session_state:
        st.session_state[name] = st.session_state[name]


def tell(name: str, value: object) -> None:
    """Note what the widget `name` shows now; None and an empty list, the usual, stay out of the address."""
    texts = [] if value is None else _as_text(value)
    if texts:
        st.session_state[_HELD].now[name] = texts


def state() -> dict[str, list[str]]:
    """What the page shows now, by parameter, defaults too."""
    return dict(st.session_state[_HELD].now)


def write() -> None:
    """Let the address follow the widgets; once a run, after them.

    Where nobody has chosen anything the address stays as it came, so that the plain
    address of a page goes on meaning the page. Otherwise it holds everything that is
    shown, and the version of the data. An earlier release or a draft stays in it on every
    page, so that nobody sees figures for others than they are after a reload; so does a
    language that is not English, so that whoever opens the link reads what was sent.
    """
    held: _Held = st.session_state[_HELD]
    shown = reader.snapshot()
    always = riding()
    chosen = held.shown is not None and held.shown != held.now
    repaired = held.shown is None and held.repaired
    held.shown = dict(held.now)
    if not (chosen or repaired or any(plain(name) != value for name, value in always.items())):
        return
    spelled: dict[str, str | list[str]] = dict(held.now if chosen or repaired else held.asked) | always
    if chosen and shown.kind == "current":
        spelled["data"] = shown.fingerprint
    elif plain("data"):  # mended only: the link goes on telling which data it was copied from
        spelled["data"] = plain("data")
    st.query_params.from_dict(spelled)


def _as_text(value: object) -> list[str]:
    values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    return [str(each) for each in values]


def _arrive(page: str, allowed: Mapping[str, Known | Several]) -> _Held:
    given = [(name, text) for name in st.query_params for text in st.query_params.get_all(name)]
    found: list[tuple[str, str]] = []
    unknown: list[tuple[str, str]] = []
    for name, text in given:
        _understand(name, text, allowed, found, unknown)
    held = _Held(page, repaired=set(found) != {pair for pair in given if not ELSEWHERE.fullmatch(pair[0])})
    repeated = []
    for name, code in found:
        most = allowed[name].most if isinstance(allowed[name], Several) else 1
        before = held.asked.setdefault(name, [])
        if code in before:
            continue
        if len(before) < most:
            before.append(code)
        else:
            repeated.append(f"{name}={code}")
    for name, codes in held.asked.items():
        if isinstance(allowed[name], Several):
            held.asked[name] = [code for code in codes if code]
    held.notes = _sentences(
        [f"{name}={text}" for name, text in unknown if name in allowed],
        [f"{name}={text}" if text else name for name, text in unknown if name not in allowed],
        repeated,
    )
    held.repaired = held.repaired or bool(repeated)
    return held


def _understand(name: str, text: str, allowed, found: list, unknown: list, depth: int = 4) -> None:
    """Sort one parameter into `found` (name and code) or `unknown`.

    What is not understood as it stands may have been written for a page or encoded
    once too often on its way: then it is undone and its pieces are tried.
    """
    if name in allowed:
        codes = _codes(text, allowed[name])
        if codes:
            found += [(name, code) for code in codes]
            return
    elif ELSEWHERE.fullmatch(name):
        return
    whole = f"{name}={text}" if text else name
    undone = LEFT_OVER.sub("", ENTITY.sub("&", unquote_plus(whole)))
    for sign, meant in SIGNS.items():
        undone = undone.replace(sign, meant)
    if depth and (undone != whole or "&" in undone or "=" in name):
        for piece in undone.split("&"):
            first, _equals, rest = piece.partition("=")
            if first:
                _understand(LEFT_OVER.sub("", first), rest, allowed, found, unknown, depth - 1)
    else:
        unknown.append((name, text))


def _codes(text: str, known: Known | Several) -> list[str]:
    """The codes that a text of the address means; none where it means nothing here."""
    if text == "":
        return [""]
    if not isinstance(known, Several):
        code = _code(text, known)
        return [] if code is None else [code]
    codes = [_code(text, known.known)]
    if codes == [None]:
        codes = [_code(part.strip(), known.known) for part in text.split(",")]
    return [] if None in codes else codes


def _code(text: str, known: Known) -> str | None:
    """The code that a text of the address means, or None."""
    if callable(known):
        code = known(text)
        return text if code is True else (code or None)
    codes = {str(code) for code in known}
    if text in codes:
        return text
    named = {code.casefold(): code for code in codes}
    if isinstance(known, Mapping):
        named |= {str(label).casefold(): str(code) for code, label in known.items()}
    return named.get(text.casefold())


def _sentences(values: list[str], names: list[str], repeated: list[str]) -> list[str]:
    said = []
    if values:
        said.append(
            _(
                "The link asked for {values}, which is not available here. The usual selection is shown instead."
            ).format(values=_quoted(values))
        )
    if names:
        said.append(_("The link holds {values}, which this page does not know. It was left out.").format(values=_quoted(names)))
    if repeated:
        said.append(
            _("The link asks for more than this page can show at once. {values} was left out.").format(values=_quoted(repeated))
        )
    return said


def _quoted(texts: Iterable[str]) -> str:
    return _clipped(commas(f"“{_clipped(text)}”" for text in dict.fromkeys(texts)), 5 * SHOWN)


def _write_note(sentences: Collection[str]) -> None:
    if sentences:
        with st.container(border=True, key="va-note"):
            # st.text, because the address may hold anything: it is never read as
            # Markdown or HTML.
            st.text(" ".join(sentences))


def _clipped(text: str, length: int = SHOWN) -> str:
    """Return printable text of at most ``length`` characters."""
    # Marks that turn the direction of writing would garble the whole note.
    printable = "".join(char if char.isprintable() else " " for char in text[: length + 1])
    return printable if len(text) <= length else printable[:length] + "…"
