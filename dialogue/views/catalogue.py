"""Every view by its name: what there is, which parameters it takes, and how to have it built without a page.

A name is the family and the builder: “world_map.victims”. Parameters are given as text,
as an address, a deck or the command line holds them.
"""

import difflib
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dialogue.views import dialogue, evidence, method, profile, view
from dialogue.views.view import View

SECTIONS = (evidence, dialogue, method, profile)
LISTED = 24  # allowed values that a message names
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


class ViewError(ValueError):
    """A wrong name or parameter; the message says in one line what is allowed."""


@dataclass(frozen=True)
class Parameter:
    """`kind` is text, number, date, yes/no or list (values with commas between).

    `default` as text, None where one must be given; `codes` says whether only listed values are allowed.
    """

    name: str
    kind: str
    default: str | None
    codes: bool


@dataclass(frozen=True)
class Listed:
    """One view as the command line lists it: its name, what it shows, its parameters in order."""

    name: str
    shows: str
    parameters: tuple[Parameter, ...]


@cache
def builders() -> Mapping[str, typing.Callable[..., View]]:
    """The builder of every view, by name, in alphabetical order."""
    for section in SECTIONS:
        for module in pkgutil.walk_packages(section.__path__, f"{section.__name__}."):
            importlib.import_module(module.name)
    return types.MappingProxyType(dict(sorted(view.BUILDERS.items())))


def names() -> list[str]:
    """The names of all views, in alphabetical order."""
    return list(builders())


@cache
def get(name: str) -> Listed:
    """What is known of a view. Raises ViewError for an unknown name."""
    if name not in builders():
        near = difflib.get_close_matches(name, names(), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise ViewError(f"there is no view “{name[:80]}”.{hint} Views: {', '.join(names())}")
    build = builders()[name]
    shows = (inspect.getdoc(build) or "").partition("\n")[0]
    parameters = tuple(
        Parameter(each.name, _kind(each), None if each.default is each.empty else written(each.default), each.name in build.allowed)
        for each in _signature(name)
    )
    return Listed(name, shows, parameters)


def allowed(name: str, parameter: str) -> list[str]:
    """The values that a parameter may have in the reader's data, as text; empty where any text will do."""
    listed = builders()[name].allowed.get(parameter)
    return [] if listed is None else [str(each) for each in listed()]


def build(name: str, given: Mapping[str, str] | None = None) -> View:
    """Build a view for the present reader; `given` are its parameters as text.

    Raises ViewError for an unknown view, an unknown or missing parameter or a value that cannot be read.
    """
    given = dict(given or {})
    listed = get(name)
    known = {parameter.name: parameter for parameter in listed.parameters}
    for each in given:
        if each not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise ViewError(f"{name} has no parameter “{each[:80]}”; {takes}")
    missing = [each for each, parameter in known.items() if parameter.default is None and each not in given]
    if missing:
        codes = allowed(name, missing[0])
        raise ViewError(f"{name} needs {', '.join(missing)}, for example {missing[0]}={codes[0] if codes else '…'}")
    values = {each.name: _value(name, each, given[each.name]) for each in _signature(name) if each.name in given}
    return builders()[name](**values)


def written(value: object) -> str:
    """An argument of a view as text, as an address, a deck or the command line holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def chosen(shown: View) -> dict[str, str]:
    """What to give `build` to get this view again: the arguments that are not the usual ones, as text."""
    usual = builders()[shown.name].usual
    expected = {each.name: each.default for each in get(shown.name).parameters} | {name: written(find()) for name, find in usual.items()}
    return {name: written(value) for name, value in shown.given.items() if value is not None and written(value) != expected[name]}


@cache
def _signature(name: str) -> list[inspect.Parameter]:
    build = builders()[name]
    hints = typing.get_type_hints(build)
    return [p.replace(annotation=hints.get(p.name, str)) for p in inspect.signature(build).parameters.values()]


def _plain(annotation: object) -> object:
    """The type without “or nothing”."""
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return next(each for each in typing.get_args(annotation) if each is not type(None))
    return annotation


def _kind(parameter: inspect.Parameter) -> str:
    wanted = _plain(parameter.annotation)
    if typing.get_origin(wanted) is tuple:
        return "list"
    return {int: "number", date: "date", bool: "yes/no"}.get(wanted, "text")


def _listed(codes: list[str], kind: str) -> str:
    """The allowed values in one line; of many days or years the first and the last."""
    if not codes:
        return "none, because nothing of the kind is recorded"
    if len(codes) <= LISTED:
        return ", ".join(code or "nothing" for code in codes)
    if kind in ("date", "number"):
        return f"{codes[0]} to {codes[-1]}"
    return f"{', '.join(code or 'nothing' for code in codes[:LISTED])}, … ({len(codes)} values)"


def _value(name: str, parameter: inspect.Parameter, text: str) -> object:
    kind = _kind(parameter)

    def refuse(allowed: str) -> ViewError:
        return ViewError(f"{name}: {parameter.name}=“{text[:80]}” is not allowed; {allowed}")

    if text == "" and parameter.default is None:
        return None
    if text == written(parameter.default):
        return parameter.default
    codes = allowed(name, parameter.name)
    parts = [part.strip() for part in text.split(",") if part.strip()] if kind == "list" else [text]
    if parameter.name in builders()[name].allowed and not (parts and set(parts) <= set(codes)):
        raise refuse(f"allowed: {_listed(codes, kind)}")
    if kind == "list":
        return tuple(dict.fromkeys(parts))
    if kind == "yes/no":
        if text.lower() not in TRUE + FALSE:
            raise refuse("yes or no")
        return text.lower() in TRUE
    if kind == "number":
        if not text.isascii() or not text.isdigit():
            raise refuse("a whole number is needed")
        return int(text)
    if kind == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise refuse("a date is written YYYY-MM-DD") from None
    return text
