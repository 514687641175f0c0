"""The words of the command line."""

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from writetex_desktop import __version__
from writetex_desktop.cli.endpoint_options import add_endpoint_options, add_offline
from writetex_desktop.cli.program_options import add_doctor, add_update_providers
from writetex_desktop.cli.serve_options import add_serve_options
from writetex_desktop.core.visible import visible

COMMANDS = (
    *("window", "snip", "recognize", "batches", "convert"),
    *("install-desktop", "doctor", "test-connection", "update-providers", "serve"),
)

ENGINES = ("auto", "endpoint", "offline")

MODES = ("formula", "text", "table", "tikz", "chemistry", "handwriting")
"""The names of `core.reading.recognition.Mode`, which a test compares with them."""

FORMATS = (
    *("raw", "inline", "paren", "display", "bracket", "equation", "equation-star", "align", "align-star"),
    *("gather", "multline", "subequations", "markdown", "obsidian", "typst", "asciimath", "unicode"),
    *(
        "word",
        "docs",
        "mathml",
        "html",
        "omml",
        "starmath",
        "speech",
        "braille",
        "sympy",
        "mathematica",
        "python",
        "matlab",
        "julia",
        "maple",
        "geogebra",
        "png",
        "svg",
        "pdf",
        "template",
    ),
)
"""The names of `core.formats.output_format.OutputFormat`, which a test compares with them."""

FILES = ("docx", "odt", "tex", "md", "typ", "webpage", "ipynb")
"""The names of `core.documents.document.DocumentForm`, which a test compares with them; but `webpage` for
`html`, which is a format."""

SOURCES = ("latex", "mathml", "omml", "docx", "unicode")
"""The names of `services.output.importing.InputFormat`, which a test compares with them."""

SHELLS = ("bash", "powershell", "cmd")
"""The names of `core.endpoints.wire.curl.Shell`, which a test compares with them."""


class Parser(argparse.ArgumentParser):
    """A parser that says in two lines what is wrong, where the library's own lists every word first."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with status 2."""
        sentence = message.removeprefix("argument ").rstrip(".?")
        mark = "?" if message.endswith("?") else "."
        self.exit(2, f"{self.prog}: {visible(sentence)}{mark}\n`{self.prog} --help` tells what there is.\n")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Give what the words of a command line ask for; `command` is the command, or None.

    Raises:
        SystemExit: They ask for help, which is printed, or are wrong, which is said (status 2).
    """
    whole = parser()
    if words and words[0] not in COMMANDS and not words[0].startswith("-"):
        # `writetex formula.png`: no command has a dot in it.
        if "." not in words[0]:
            whole.error(_unknown("command", words[0], COMMANDS))
        words = ["window", *words]
    return whole.parse_args(words)


def parser() -> argparse.ArgumentParser:
    """Make the parser; `command` of what it gives is the command, or None."""
    whole = Parser(
        prog="writetex",
        description="Snip a formula on the screen, get its LaTeX on the clipboard.",
        epilog="Without a command the window opens, with the picture files that are named. "
        "`writetex COMMAND --help` tells more.",
    )
    whole.add_argument("--version", action="version", version=f"writetex {__version__}")
    whole.add_argument(
        "--lang", metavar="CODE", help="the language of this run, such as fr; stands anywhere in the line"
    )
    _add_commands(whole)
    return whole


def _add_commands(whole: Parser) -> None:
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")

    window = commands.add_parser("window", help="open the window (the default)")
    window.add_argument("files", nargs="*", metavar="FILE", help="picture files to recognise")
    window.add_argument("--hidden", action="store_true", help="start in the tray")
    add_offline(window)
    window.add_argument("--snip", action="store_true", help="snip as soon as the program is up")
    window.add_argument("--profile", default="", metavar="NAME", help="for --snip: who reads the picture")

    snip = commands.add_parser("snip", help="snip with the running program; starts it if none runs")
    snip.add_argument("--delay", type=_seconds, default=0.0, metavar="S", help="seconds to wait before")
    snip.add_argument("--repeat", action="store_true", help="take the region of the last snip again")
    snip.add_argument(
        "--profile", default="", metavar="NAME", help="have this saved endpoint read this one picture"
    )

    recognize = commands.add_parser("recognize", help="recognise picture files and print the markup")
    recognize.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="picture file, PDF file, folder of these, or - for standard input",
    )
    recognize.add_argument(
        "--engine",
        type=_one_of("engine", ENGINES),
        metavar="ENGINE",
        help="endpoint, offline (the built-in recogniser) or auto, what there is; as in the settings",
    )
    add_offline(recognize)
    add_endpoint_options(recognize)
    recognize.add_argument(
        "--format",
        type=_one_of("format", FORMATS),
        default="raw",
        metavar="FORMAT",
        help=f"the form of the output (raw): {', '.join(FORMATS)}",
    )
    _add_export(recognize)
    _add_definitions(recognize)
    recognize.add_argument(
        "--mode",
        type=_one_of("mode", MODES),
        metavar="MODE",
        help=f"what the pictures hold (formula; text for the pages of a PDF file): {', '.join(MODES)}",
    )
    recognize.add_argument(
        "--instructions",
        metavar="TEXT",
        help='what to mind, such as "use \\bm for vectors"; sent to the endpoint, in place of the settings',
    )
    recognize.add_argument(
        "--context",
        metavar="FILE",
        help="the .tex, .md or .typ file that the result goes into: its commands and its last lines are sent "
        "to the endpoint",
    )
    recognize.add_argument("--copy", action="store_true", help="copy the markup as well")
    recognize.add_argument("--json", action="store_true", help="one JSON object a line")
    recognize.add_argument("--jobs", type=_count, default=1, metavar="N", help="files read at the same time")
    recognize.add_argument(
        "--patience",
        type=_patience,
        metavar="SECONDS",
        help="how long several pictures wait for a busy server before they stop; in place of the settings",
    )
    recognize.add_argument(
        "-o",
        "--output",
        default="",
        metavar="FILE",
        help="write there instead: .jsonl, which the same command goes on with, .csv, .md, .tex, or a "
        "document: .docx, .odt, .typ, .html or .ipynb",
    )
    recognize.add_argument("--estimate", action="store_true", help="only say what it would cost")
    recognize.add_argument(
        "--batch-api",
        action="store_true",
        help="hand them to the provider's own batch service: cheaper where it is offered, done within hours; "
        "needs -o FILE.jsonl",
    )
    recognize.add_argument("--wait", action="store_true", help="with --batch-api: wait for the results")

    _add_batches(commands)

    _add_convert(commands)

    desktop = commands.add_parser(
        "install-desktop", help="put the program into the menu of the desktop (Linux)"
    )
    desktop.add_argument("--uninstall", action="store_true", help="take it out again")

    add_doctor(commands)

    _add_test_connection(commands)

    add_update_providers(commands)
    add_offline(add_serve_options(commands))


def _add_batches(commands: "argparse._SubParsersAction[Parser]") -> None:
    batches = commands.add_parser(
        "batches", help="how far the pictures are that were handed to a batch service; fetches the results"
    )
    action = batches.add_mutually_exclusive_group()
    action.add_argument("--wait", action="store_true", help="until everything is fetched")
    action.add_argument("--cancel", default="", metavar="ID", help="let the provider stop")
    action.add_argument("--forget", default="", metavar="ID", help="follow these pictures no longer")
    add_endpoint_options(batches)
    add_offline(batches)
    batches.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_test_connection(commands: "argparse._SubParsersAction[Parser]") -> None:
    test = commands.add_parser("test-connection", help="try the endpoint with a small picture")
    add_endpoint_options(test)
    test.add_argument("--json", action="store_true", help="as one JSON object")
    instead = test.add_mutually_exclusive_group()
    instead.add_argument(
        "--show-url", action="store_true", help="print the effective URL; connect to nothing"
    )
    shell = _one_of("shell", SHELLS)
    instead.add_argument(
        "--curl",
        type=shell,
        metavar="SHELL",
        help=f"print a greeting as a curl line for {', '.join(SHELLS)}; connect to nothing",
    )
    instead.add_argument("--curl-picture", type=shell, metavar="SHELL", help="the same for the test picture")


def _add_convert(commands: "argparse._SubParsersAction[Parser]") -> None:
    convert = commands.add_parser("convert", help="turn LaTeX into MathML, Typst, a picture and more")
    convert.add_argument("file", nargs="?", default="-", metavar="FILE", help="LaTeX, or - (the default)")
    convert.add_argument(
        "--to",
        type=_one_of("format", (*FORMATS, *FILES)),
        required=True,
        metavar="FORMAT",
        help=f"the form of the output: {', '.join(FORMATS)}; or a document: {', '.join(FILES)}",
    )
    _add_export(convert)
    convert.add_argument(
        "--from",
        dest="source",
        type=_one_of("input format", SOURCES),
        default="latex",
        metavar="FORMAT",
        help=f"what comes in (latex): {', '.join(SOURCES)}; --to raw gives its LaTeX",
    )
    convert.add_argument(
        "--function",
        action="append",
        default=[],
        metavar="LETTER",
        help="for code and SymPy: this letter, such as sigma, is a function where a parenthesis follows; "
        "may be given several times",
    )
    _add_definitions(convert)
    convert.add_argument(
        "--context",
        metavar="FILE",
        help="a .tex, .sty or .md file whose commands the formula may use",
    )
    convert.add_argument(
        "--jsonl", action="store_true", help='one {"id","latex"} a line in, one result a line out'
    )
    convert.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dpi", type=_count, default=300, metavar="N", help="resolution of a PNG (300)")
    parser.add_argument(
        "--template",
        default="{latex}",
        metavar="TEXT",
        help="for the format template: a text with {latex}, {mathml}, {unicode}, {date} and others in it, or "
        "the name of a template, your own or one of ours, such as Wikipedia",
    )


def _add_definitions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--macros",
        metavar="FILE",
        help="a file with commands of your own, as LaTeX: \\newcommand, \\def, \\DeclareMathOperator",
    )
    parser.add_argument("--numbered", action="store_true", help="number the formulas of a document")


def _one_of(what: str, names: Sequence[str]) -> Callable[[str], str]:
    """Give what takes one of some names, and says which one was meant where it is none."""

    def known(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(_unknown(what, text, names))
        return text

    return known


def _unknown(what: str, text: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(text, names, 1)
    hint = f"Did you mean {near[0]}?" if near else f"Choose from {', '.join(names)}."
    return f"there is no {what} {text!r}. {hint}"


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 60:  # noqa: PLR2004 - said in the message
        raise argparse.ArgumentTypeError("a delay is a number of seconds from 0 to 60")
    return seconds


def _patience(text: str) -> float:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("give a whole number of seconds, 0 or more")
    return float(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a whole number, 1 or more")
    return int(text)
