"""The manual pages, written from the very words of the command line."""

import argparse
import gzip
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bundling.project import SUMMARY, version

STATUSES = (
    ("0", "All done."),
    ("1", "Something failed."),
    ("2", "Wrong usage."),
    ("3", "No engine is configured."),
    ("130", "Stopped by Ctrl+C."),
)


def write_manuals(folder: Path, whole: argparse.ArgumentParser) -> None:
    """Write `man1/writetex.1.gz` and one for the program with the window.

    Args:
        folder: Such as `usr/share/man`.
        whole: The parser of the command line.
    """
    target = folder / "man1"
    target.mkdir(parents=True, exist_ok=True)
    for name, text in (("writetex", command_page(whole)), ("writetex-desktop", window_page(whole))):
        with (
            (target / f"{name}.1.gz").open("wb") as file,
            gzip.GzipFile("", "wb", 9, file, mtime=0) as packed,
        ):
            packed.write(text.encode())


def command_page(whole: argparse.ArgumentParser) -> str:
    """Write the page of `writetex` in the language of man(7)."""
    described = f"{_escaped(str(whole.description))}\n.PP\n{_escaped(str(whole.epilog or ''))}\n"
    sections = {
        "SYNOPSIS": ".B writetex\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n",
        "DESCRIPTION": described,
        "OPTIONS": "".join(_options(whole)),
        "COMMANDS": "".join(_command(*each) for each in _commands(whole)),
        "EXIT STATUS": "".join(f".TP\n.B {number}\n{meaning}\n" for number, meaning in STATUSES),
        "ENVIRONMENT": _ENVIRONMENT,
        "SEE ALSO": ".BR writetex-desktop (1)\n",
    }
    return _page("WRITETEX", "writetex", sections)


def window_page(whole: argparse.ArgumentParser) -> str:
    """Write the page of `writetex-desktop`."""
    window = next(inner for name, _told, inner in _commands(whole) if name == "window")
    sections = {
        "SYNOPSIS": ".B writetex-desktop\n[\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n",
        "DESCRIPTION": _WINDOW,
        "OPTIONS": "".join(_options(window)) + _OWN_OPTIONS,
        "SEE ALSO": ".BR writetex (1)\n",
    }
    return _page("WRITETEX-DESKTOP", "writetex-desktop", sections)


_ENVIRONMENT = """.TP
.BR WRITETEX_BASE_URL ", " WRITETEX_API_KEY ", " WRITETEX_MODEL
The endpoint, in place of the one in the settings.
"""

_WINDOW = """Opens the window, with the picture files that are named, or brings the one to the front that is
there already.
"""

_OWN_OPTIONS = """.TP
.B \\-\\-version
Say the version.
.TP
.BR \\-\\-selftest " [" \\fIFILE\\fR "]"
Try every part of the program and print what was seen as JSON, or write it into the file.
"""


def _page(title: str, name: str, sections: Mapping[str, str]) -> str:
    return _head(title, name, SUMMARY) + "".join(f".SH {title}\n{text}" for title, text in sections.items())


def _head(title: str, name: str, told: str) -> str:
    day = datetime.now(UTC).date()
    return (
        f'.TH {title} 1 "{day.isoformat()}" "WriteTex {version()}" "User Commands"\n'
        f".SH NAME\n{_escaped(name)} \\- {_escaped(told)}\n"
    )


def _commands(whole: argparse.ArgumentParser) -> list[tuple[str, str, argparse.ArgumentParser]]:
    (choice,) = [each for each in whole._actions if isinstance(each, argparse._SubParsersAction)]  # noqa: SLF001
    told = {each.dest: each.help or "" for each in choice._choices_actions}  # noqa: SLF001
    return [(name, told.get(name, ""), inner) for name, inner in choice.choices.items()]


def _command(name: str, told: str, parser: argparse.ArgumentParser) -> str:
    given = "".join(_arguments(parser))
    return (
        f".SS {_escaped(f'writetex {name}')}\n{_escaped(_sentence(told))}\n{given}{''.join(_options(parser))}"
    )


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for each in parser._get_positional_actions():  # noqa: SLF001 - argparse shows them in no other way
        if each.help and each.help != argparse.SUPPRESS:
            yield f".TP\n.I {_escaped(_named(each))}\n{_escaped(_sentence(each.help))}\n"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for each in parser._get_optional_actions():  # noqa: SLF001 - as above
        if each.help == argparse.SUPPRESS:
            continue
        words = ", ".join(f"\\fB{_escaped(word)}\\fR" for word in each.option_strings)
        value = "" if each.nargs == 0 else f" \\fI{_escaped(_named(each))}\\fR"
        default = each.default if each.default not in (None, False, "", argparse.SUPPRESS) else ""
        told = (each.help or "") % {"default": default, "prog": parser.prog}
        yield f".TP\n{words}{value}\n{_escaped(_sentence(told))}\n"


def _named(action: argparse.Action) -> str:
    if action.metavar:
        return action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}." if text and not text.endswith(".") else text


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text
