"""Hostile texts made from a function's own patterns, and how its cost grows with them.

A pattern that costs more than its text is long does so where something in it repeats: so every repeat of
every pattern that a function can reach is pumped, with and without what stands before it and with and without
an end on which it fails. To these come repeated signs and pieces of LaTeX, HTML, JSON and addresses, and many
openings before many closings.
"""

import enum
import gc
import importlib
import inspect
import pkgutil
import re
import sys
import time
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined] # the patterns' own parser has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from zlib import crc32

import writetex_desktop.core
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.settings.forms import Unfit

_ATOMS = '{ } [ ] ( ) $ \\ & ^ _ < > " | ` * # % = / : . , ; - ~ @ a 0 é √ \u0301 A1'
_PIECES = (
    *(" ", "\n", "\t", "\\(", "\\[", "$$", "{}", "^{", "_{", "x^", "\\frac{", "\\left(", "\\right)", "\\\\"),
    *(
        "\\begin{a}",
        "\\end{a}",
        "\\sqrt[",
        "a ",
        "a\n",
        "\n\n",
        "0.",
        "\\text{",
        "a|",
        "<b>",
        "</b>",
        "%\n",
        "~{",
    ),
    *(
        "\\not",
        "\\cmidrule{",
        "\\ ",
        "# ",
        "- a\n",
        "```\n",
        "http://",
        "a.",
        "=1&",
        "\\def\\a{\\b",
        '{"a":',
        "x_1",
    ),
)
_NUMBERED = (
    "\\def\\%{\\def\\%x{",
    "\\def\\%{\\!\\!}",
    "\\newcommand{\\%}{\\!}",
    "\\begin{%}",
    "\\% ",
    "% ",
    '{"%":',
    "<%>",
)
"""Pieces in which `%` is a name that has not been before, and `!` the name that comes after it."""

_MANY = 40
"""A repeat of fewer times costs a constant."""

_GROWTH = 9.0
"""Cost at four times the length over cost: 4 is linear, 5 is n log n, 8 is n to the 1.5, 16 is quadratic."""

_MOST_SEEDS = 120
_FEW_MEMBERS = 8
"""Of an enumeration of more some are taken."""

_SMALL, _LARGE = 250, 16_000
"""Characters; an answer has 16,000 at most, and other texts are longer than that only in files."""

_CHEAP_S, _MEASURABLE_S, _DEAR_S = 0.0005, 0.002, 0.05
"""Seconds of the processor: not worth a look, enough to compare, and too many to go on."""

_DEARER = 2.0


@dataclass(frozen=True, slots=True)
class Seed:
    """A text of any length: something before, something over and over, something after or over and over."""

    before: str
    pump: str
    after: str = ""
    closing: str = ""

    def text(self, size: int) -> str:
        """Give the text at about so many characters."""
        return _text(self, size)


@lru_cache(maxsize=4096)
def _text(seed: Seed, size: int) -> str:
    """Make a text; most are asked for by hundreds of functions."""
    if seed.closing:
        return seed.pump * (size // len(seed.pump) // 2) + seed.closing * (size // len(seed.closing) // 2)
    if "\0" not in seed.pump:
        return seed.before + seed.pump * (size // len(seed.pump)) + seed.after
    pump = seed.pump[1:]
    count = size // (len(pump) + 3)
    return "".join(pump.replace("%", _name(at)).replace("!", _name(at + 1)) for at in range(count))


def _name(number: int) -> str:
    letters = ""
    while number or not letters:
        letters, number = chr(97 + number % 26) + letters, number // 26
    return letters + "q"


_ORDINARY = Seed("", "\\frac{a}{b} + x_1 = 2 \\text{ if } c\n")
_OPENINGS = ("{", "(", "[", "\\left(", "\\begin{a}", "$", "<b>", "\\frac{")
_CLOSINGS = ("}", ")", "]", "\\right)", "\\end{a}", "$$", "</b>", "^")

GENERAL = (
    *(Seed("", opening, "", closing) for opening in _OPENINGS for closing in _CLOSINGS),
    *(Seed("", piece, after) for piece in (*_ATOMS.split(), *_PIECES) for after in ("", "!")),
    *(Seed("", "\0" + piece) for piece in _NUMBERED),
)


def seeds_for(subject: "Subject") -> list[Seed]:
    """Give seeds for a function: from the patterns of what its module imports, and the general ones.

    Of very many patterns each function meets a part, and another one each.
    """
    own = list(
        dict.fromkeys(
            seed
            for each in _reached(subject.module)
            for value in vars(each).values()
            if isinstance(value, re.Pattern)
            for seed in _seeds_of(value)
        )
    )
    step = 1 + len(own) // _MOST_SEEDS
    return [*own[crc32(subject.name.encode()) % step :: step], *GENERAL]


def _reached(module: types.ModuleType) -> list[types.ModuleType]:
    seen: dict[str, types.ModuleType] = {}
    waiting = [module]
    while waiting:
        each = waiting.pop()
        if each.__name__ in seen:
            continue
        seen[each.__name__] = each
        for value in vars(each).values():
            name = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", "")
            if isinstance(name, str) and name.startswith(writetex_desktop.core.__name__):
                waiting.append(importlib.import_module(name))
    return list(seen.values())


def _seeds_of(pattern: re.Pattern[typing.Any]) -> Iterator[Seed]:
    if not isinstance(pattern.pattern, str):
        return
    tree = parser.parse(pattern.pattern, pattern.flags)
    for before, pump in _pumps(tree, ""):
        yield Seed(before, pump, "!")
        yield Seed("", before + pump)
    for which in range(2):
        whole = _sample(tree, which)
        for pump in {whole, whole[:-1], whole[: len(whole) // 2]} - {""}:
            yield Seed("", pump)


def _pumps(tree: typing.Any, before: str) -> Iterator[tuple[str, str]]:
    """Give each repeat without a bound: an example of what stands before it, and of what it repeats."""
    for code, value in tree:
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            least, most, inner = value
            if most > _MANY:
                yield from ((before, each) for each in {_sample(inner, which) for which in range(2)} - {""})
            yield from _pumps(inner, before)
            before += _sample(inner, 0) * max(least, 1)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before)
            before += _sample(value[1][0], 0)
        elif code is codes.SUBPATTERN:
            yield from _pumps(value[3], before)
            before += _sample(value[3], 0)
        elif code not in {codes.AT, codes.ASSERT, codes.ASSERT_NOT, codes.GROUPREF}:
            before += _sample([(code, value)], 0)


def _sample(tree: typing.Any, which: int) -> str:
    """Give a text that a part of a pattern takes; `which` chooses among what it offers."""
    out = ""
    for code, value in tree:
        if code is codes.LITERAL:
            out += chr(value)
        elif code is codes.NOT_LITERAL:
            out += "b" if value == ord("a") else "a"
        elif code is codes.ANY:
            out += "a"
        elif code is codes.IN:
            out += _one_of(value, which)
        elif code is codes.BRANCH:
            out += _sample(value[1][which % len(value[1])], which)
        elif code is codes.SUBPATTERN:
            out += _sample(value[3], which)
        elif code is codes.ATOMIC_GROUP:
            out += _sample(value, which)
        elif code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            out += _sample(value[2], which) * max(value[0], which % 2 if value[1] else 0)
    return out


def _one_of(members: typing.Any, which: int) -> str:
    spans = {
        codes.CATEGORY_SPACE: " \n",
        codes.CATEGORY_DIGIT: "0",
        codes.CATEGORY_WORD: "a",
        codes.CATEGORY_NOT_SPACE: "a",
        codes.CATEGORY_NOT_DIGIT: "a",
        codes.CATEGORY_NOT_WORD: ".",
    }
    named = "".join(
        chr(value)
        if code is codes.LITERAL
        else chr(value[0]) + chr(value[1])
        if code is codes.RANGE
        else spans[value]
        if code is codes.CATEGORY
        else ""
        for code, value in members
    )
    if members[0][0] is codes.NEGATE:
        named = "".join(sign for sign in "a \\{\n1" if sign not in named) or "a"
    return named[which % len(named)]


@dataclass(frozen=True, slots=True)
class Subject:
    """A function that sees text, one way of calling it, and the seeds for it."""

    name: str
    call: Callable[[str], None]
    module: types.ModuleType


def subjects(package: types.ModuleType) -> Iterator[Subject]:
    """Find the public functions under a package that take text in any form that can be built."""
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        module = importlib.import_module(info.name)
        for name, function in tuple(vars(module).items()):
            if not name.startswith("_") and inspect.isfunction(function) and function.__module__ == info.name:
                yield from _subjects_of(function, module)


def pure_subjects(module: types.ModuleType) -> Iterator[Subject]:
    """Find the functions of a module, its own helpers too, that take text and ask nothing of the system.

    Whether one does is seen by calling it: what would open a file, start a program or speak to
    a network is kept from it, and it is left out.
    """
    for function in tuple(vars(module).values()):
        if not inspect.isfunction(function) or function.__module__ != module.__name__:
            continue
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            continue
        try:
            found = list(_subjects_of(function, module))
        except NameError:  # it names types that are imported for the checker alone
            continue
        yield from (replace(each, call=_unnested(each.call)) for each in found if _is_pure(each.call))


def _unnested(call: Callable[[str], None]) -> Callable[[str], None]:
    """Let a helper refuse what is nested without end by Python's own error: its caller takes that."""

    def called(text: str) -> None:
        with suppress(RecursionError):
            call(text)

    return called


def _subjects_of(function: types.FunctionType, module: types.ModuleType) -> Iterator[Subject]:
    hints = typing.get_type_hints(function)
    hints.pop("return", None)
    texts = [each for each, kind in hints.items() if _holds_text(kind)]
    ways = [(tuple(texts), label, fixed) for label, fixed in _variants(hints)]
    ways += [((each,), "", {}) for each in texts if len(texts) > 1]
    for chosen, label, fixed in ways if texts else ():
        call = _calling(function, hints, frozenset(chosen), fixed)
        if call is not None:
            name = f"{module.__name__}.{function.__name__}({', '.join(chosen)}{label})"
            yield Subject(name, call, module)


class _ImpureError(BaseException):
    """A function asks something of the system; no `except` of its own takes it."""


_OUTSIDE = ("open", "os.", "subprocess.", "socket.", "shutil.", "sqlite3.", "tempfile.", "glob.", "_thread.")
"""Beginnings of the events (https://docs.python.org/3/library/audit_events.html) that are seen outside."""


class _Watch:
    """Keeps a call from the system, once it is on."""

    is_on = False
    is_added = False

    @classmethod
    def hear(cls, event: str, _arguments: tuple[object, ...]) -> None:
        if cls.is_on and event.startswith(_OUTSIDE) and not cls._imports():
            raise _ImpureError(event)

    @staticmethod
    def _imports() -> bool:
        """Whether Python is just loading a module, which opens files."""
        frame = sys._getframe()
        while frame.f_back is not None:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return True
            frame = frame.f_back
        return False


def _is_pure(call: Callable[[str], None]) -> bool:
    if not _Watch.is_added:
        sys.addaudithook(_Watch.hear)  # there is no way to take it off again
        _Watch.is_added = True
    _Watch.is_on = True
    try:
        for text in ("x", ".", "/"):  # names of what is not there, and of folders, which may be walked
            call(text)
    except (_ImpureError, Exception):  # noqa: BLE001 - it wants more than any text, or something of the system
        return False
    finally:
        _Watch.is_on = False
    return True


def _variants(hints: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    yield "", {}
    for name, kind in hints.items():
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            members = list(kind)[1:]
            for member in members[:: 1 + len(members) // _FEW_MEMBERS]:
                yield f", {name}={member.name}", {name: member}


def _calling(
    function: Callable[..., object],
    hints: Mapping[str, object],
    chosen: frozenset[str],
    fixed: Mapping[str, object],
) -> Callable[[str], None] | None:
    def call(text: str) -> None:
        made = {name: _made(kind, text if name in chosen else "x") for name, kind in hints.items()}
        try:
            result = function(**{**made, **fixed})
            if isinstance(result, Iterator):
                for _each in result:
                    pass
        except (WriteTexError, ValueError, TypeError, LookupError, SyntaxError, Unfit):
            pass  # a refusal is an answer, too, and so is a text where one letter is wanted

    try:
        {name: _made(kind, "x") for name, kind in hints.items()}
    except _CannotBuildError:
        return None
    return call


class _CannotBuildError(Exception):
    """A value of that type takes more than text."""


def _made(kind: typing.Any, text: str) -> object:  # noqa: C901, PLR0911 - one line for each type
    """Build a value of a type with a text in every place that holds one."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    simple: dict[object, object] = {
        str: text,
        bytes: text.encode("utf-8", "replace"),
        bool: False,
        int: 3,
        float: 1.0,
        object: {text: [text]},
        Decimal: Decimal(1),
        datetime: datetime(2026, 1, 1, tzinfo=UTC),
        date: date(2026, 1, 1),
    }
    if isinstance(kind, type) and kind in simple:
        return simple[kind]
    if origin in {types.UnionType, typing.Union}:
        for each in inner:
            try:
                return None if each is type(None) else _made(each, text)
            except _CannotBuildError:
                continue
        raise _CannotBuildError
    if origin is tuple:
        return (_made(inner[0], text),) if inner[-1] is ... else tuple(_made(each, text) for each in inner)
    if origin in {list, Sequence, typing.get_origin(typing.Iterable[str])}:
        return [_made(inner[0], text)]
    if origin in {dict, Mapping}:
        return {_made(inner[0], text): _made(inner[1], text)}
    if origin in {frozenset, set}:
        return frozenset((_made(inner[0], text),))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        wanted = [
            each
            for each in fields(kind)
            if each.init
            and each.default_factory is MISSING
            and (each.default is MISSING or hints[each.name] is str)
        ]
        made = {each.name: _made(hints[each.name], text) for each in wanted}
        try:
            return kind(**made)
        except (ValueError, TypeError, WriteTexError) as error:
            raise _CannotBuildError from error
    raise _CannotBuildError


def _holds_text(kind: typing.Any, depth: int = 0) -> bool:
    if kind is str or kind is bytes or kind is object:
        return True
    if inner := typing.get_args(kind):
        return any(_holds_text(each, depth + 1) for each in inner if each is not ...)
    if is_dataclass(kind) and isinstance(kind, type) and depth < 3:
        return any(_holds_text(each, depth + 1) for each in typing.get_type_hints(kind).values())
    return False


def fitting_size(call: Callable[[str], None]) -> tuple[int, float]:
    """Give a length at which an ordinary text costs about a millisecond, and what it costs then."""
    size = _LARGE
    while (cost := _best(call, _ORDINARY.text(size), 2)) > _MEASURABLE_S and size > _SMALL:
        size //= 4
    return size, cost


def slow_seeds(subject: Subject) -> dict[Seed, str]:
    """Give the seeds at which a function's cost grows faster than its text, and what is said of each."""
    size, ordinary_s = fitting_size(subject.call)
    seeds = seeds_for(subject)
    if size <= _SMALL and ordinary_s > _MEASURABLE_S:  # as drawing letters: a part has to do
        seeds = seeds[:: 1 + round(ordinary_s / _MEASURABLE_S)]
    return {seed: said for seed in seeds if (said := grows(subject.call, seed, size, ordinary_s))}


def grows(call: Callable[[str], None], seed: Seed, size: int, ordinary_s: float) -> str:
    """Say how the cost of a call grows, where it grows faster than n to the 1.5; else nothing.

    Processor time of this thread is compared with itself at lengths that rise by four; only a growth that is
    seen twice, by the best of several runs, counts.

    Args:
        call: What is called with the text.
        seed: The text.
        size: The greatest length in characters.
        ordinary_s: What an ordinary text of that length costs; one that costs hardly more is not looked at.
    """
    length = _SMALL
    while _best(call, seed.text(length), 1) < _CHEAP_S + _DEARER * ordinary_s * length / size:
        if length >= size:
            return ""
        length *= 4
    size = length
    before = cost = 0.0
    for _time in range(2):
        before, cost = _best(call, seed.text(size // 4), 5), _best(call, seed.text(size), 3)
        if cost < _GROWTH * before:
            return ""
        if cost < _DEAR_S:
            size *= 4
    return f"{size // 4} characters cost {before * 1000:.1f} ms, {size} cost {cost * 1000:.1f} ms"


def _best(call: Callable[[str], None], text: str, runs: int) -> float:
    costs: list[float] = []
    gc.disable()
    try:
        for _run in range(runs):
            start = time.thread_time()
            call(text)
            costs.append(time.thread_time() - start)
    finally:
        gc.enable()
    return min(costs)
