"""How the words of the command line are read: the parser, and what takes a word for a value."""

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.visible import visible

LIBRARY = (
    *(mark("usage: "), mark("positional arguments"), mark("options")),
    *(mark("show this help message and exit"), mark("show program's version number and exit")),
    *(mark("the following arguments are required: %s"), mark("unrecognized arguments: %s")),
    *(mark("expected one argument"), mark("expected at least one argument")),
    *(mark("not allowed with argument %s"), mark("one of the arguments %s is required")),
)
"""What argparse itself says; it asks the standard library's `gettext` for it (`cli/language.py`)."""


class Parser(argparse.ArgumentParser):
    """A parser that says in two lines what is wrong, where the library's own lists every word first."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with status 2."""
        sentence = message.removeprefix("argument ").rstrip(".?")
        mark = "?" if message.endswith("?") else "."
        self.exit(
            2,
            tr(
                "{prog}: {text}{mark}\n`{prog} --help` tells what there is.\n",
                prog=self.prog,
                text=visible(sentence),
                mark=mark,
            ),
        )


def one_of(what: str, names: Sequence[str]) -> Callable[[str], str]:
    """Give what takes one of some names, and says which one was meant where it is none."""

    def known(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(unknown(what, text, names))
        return text

    return known


def unknown(what: str, text: str, names: Sequence[str]) -> str:
    """Say that a word is none of some names, and which one may be meant."""
    from difflib import get_close_matches

    near = get_close_matches(text, names, 1)
    hint = (
        tr("Did you mean {near}?", near=near[0])
        if near
        else tr("Choose from {names}.", names=", ".join(names))
    )
    return tr("there is no {what} {name}. {hint}", what=tr_marked(what), name=repr(text), hint=hint)


def seconds(text: str) -> float:
    """Read a delay."""
    try:
        delay = float(text)
    except ValueError:
        delay = -1
    if not 0 <= delay <= 60:  # noqa: PLR2004 - said in the message
        raise argparse.ArgumentTypeError(tr("a delay is a number of seconds from 0 to 60"))
    return delay


def patience(text: str) -> float:
    """Read how long a busy server is waited for."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(tr("give a whole number of seconds, 0 or more"))
    return float(text)


def count(text: str) -> int:
    """Read a number of things."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(tr("give a whole number, 1 or more"))
    return int(text)
