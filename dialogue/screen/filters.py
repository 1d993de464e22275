"""Widgets that stand in the address of their page, by codes: every page uses these.

Each takes the name of its parameter (which is its key too) and the words above it,
and returns what is chosen. The page calls `address.read` before them and
`head.link()` after them; further arguments go to Streamlit's widget.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from dialogue.screen import address


def one(name: str, words: str, options: Mapping[str, str], *, first: str | None = None, **more) -> str:
    """A list to choose one of `{code: label}` from; `first` is chosen where the address is silent."""
    codes = list(options)
    first = codes[0] if first is None else first
    address.seed(name, _among(codes, first), first)
    chosen = st.selectbox(words, codes, index=codes.index(first), format_func=options.get, key=name, **more)
    address.tell(name, chosen)
    return chosen


def one_or_none(name: str, words: str, options: Mapping[str, str], **more) -> str | None:
    """A list from which nothing need be chosen."""
    codes = list(options)
    address.seed(name, _among(codes, None), None)
    chosen = st.selectbox(words, codes, index=None, format_func=options.get, key=name, **more)
    address.tell(name, chosen)
    return chosen


def unless_all(name: str, words: str, options: Mapping[str, str], **more) -> str | None:
    """A list whose first option stands for all of them: then None."""
    chosen = one(name, words, options, **more)
    return None if chosen == next(iter(options)) else chosen


def some(name: str, words: str, options: Mapping[str, str], **more) -> tuple[str, ...]:
    """A list to choose several from, in the order of `options`; empty where the address is silent."""
    codes = list(options)
    most = more.get("max_selections")
    address.seed(name, lambda texts: [code for code in texts if code in options][:most], [])
    chosen = st.multiselect(words, codes, format_func=options.get, key=name, **more)
    address.tell(name, list(chosen))
    return tuple(code for code in codes if code in chosen)


def parts(name: str, words: str, options: Mapping[str, str], *, first: str | None = None, **more) -> str:
    """A row of buttons of which one is always pressed."""
    codes = list(options)
    first = codes[0] if first is None else first
    address.seed(name, _among(codes, first), first)
    chosen = st.segmented_control(
        words, codes, format_func=options.get, default=first, required=True, key=name, **{"wrap": True, **more}
    )
    address.tell(name, chosen)
    return chosen


def stop(name: str, words: str, values: Sequence, *, first=None, **more):
    """A slider that stops at each of `values`, at the last one where the address is silent."""
    first = values[-1] if first is None else first
    address.seed(name, _among(values, first), first)
    chosen = st.select_slider(words, values, value=first, key=name, **more)
    address.tell(name, chosen)
    return chosen


def value(name: str, words: str, values: Sequence, *, first=None, **more):
    """A list of values that are their own labels, such as years."""
    first = values[0] if first is None else first
    address.seed(name, _among(values, first), first)
    chosen = st.selectbox(words, values, index=list(values).index(first), key=name, **more)
    address.tell(name, chosen)
    return chosen


def span(name: str, words: str, low: int, high: int, **more) -> tuple[int, int]:
    """A slider with two ends between `low` and `high`."""

    def ends(texts: list[str]) -> tuple[int, int]:
        years = sorted(min(max(int(text), low), high) for text in texts)
        return (years[0], years[-1]) if len(years) > 1 else (low, high)

    address.seed(name, ends, (low, high))
    chosen = st.slider(words, low, high, value=(low, high), key=name, **more)
    address.tell(name, list(chosen))
    return chosen


def day(name: str, words: str, low: date, high: date, *, first: date, **more) -> date:
    """A day between `low` and `high`; a reader who empties the box gets `first`."""
    address.seed(name, lambda texts: min(max(date.fromisoformat(texts[0]), low), high), first)
    chosen = st.date_input(
        words, value=first, min_value=low, max_value=high, format="YYYY-MM-DD", key=name, **more
    )
    address.tell(name, chosen)
    return chosen or first


def text(name: str, words: str, longest: int, **more) -> str:
    """A box for words of at most `longest` characters, without blanks at its ends."""
    address.seed(name, lambda texts: texts[0][:longest], "")
    given = (st.text_input(words, key=name, max_chars=longest, **more) or "")[:longest].strip()
    address.tell(name, given or None)
    return given


def page(turns: int, name: str = "page") -> int:
    """The numbers of the pages of a long table; the number chosen, 1 where one page is enough."""
    if turns < 2:
        return 1
    address.seed(name, lambda texts: min(max(int(texts[0] or 1), 1), turns), 1)
    if st.session_state.get(name, 1) > turns:  # fewer rows than before
        st.session_state[name] = 1
    chosen = st.pagination(turns, key=name)
    address.tell(name, chosen)
    return chosen


def is_page(text: str) -> bool:
    """Whether a text of the address is the number of a page."""
    return text.isascii() and text.isdigit() and len(text) < 6


def is_day(first: date, last: date) -> Callable[[str], bool]:
    """A function that tells whether a text of the address is a day between two (YYYY-MM-DD)."""

    def known(text: str) -> bool:
        try:
            return first <= date.fromisoformat(text) <= last
        except ValueError:
            return False

    return known


def is_year(first: int, last: int) -> Callable[[str], bool]:
    """A function that tells whether a text of the address is a year between two."""
    return lambda text: text.isascii() and text.isdigit() and len(text) == 4 and first <= int(text) <= last


def first_page() -> None:
    """Turn back to the first page, because another choice has other pages (for `on_change`)."""
    if "page" in st.session_state:
        st.session_state["page"] = 1


def _among(values: Sequence, otherwise: object) -> Callable[[list[str]], object]:
    by_text = {str(each): each for each in values}
    return lambda texts: by_text.get(texts[0], otherwise)
