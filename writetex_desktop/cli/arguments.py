"""The words of the command line."""

import argparse
from collections.abc import Sequence

from writetex_desktop import __version__
from writetex_desktop.cli.endpoint_options import add_endpoint_options, add_offline
from writetex_desktop.cli.parsing import Parser, count, one_of, patience, seconds, unknown
from writetex_desktop.cli.program_options import add_doctor, add_update_providers
from writetex_desktop.cli.serve_options import add_serve_options
from writetex_desktop.core.language.words import mark, tr

COMMANDS = (
    *("window", "snip", "write", "recognize", "batches", "convert"),
    *("install-desktop", "doctor", "test-connection", "update-providers", "serve", "mcp"),
)

ENGINES = ("auto", "endpoint", "offline")

MODES = ("formula", "text", "table", "tikz", "chemistry", "handwriting", "auto")
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

SOURCES = ("latex", "mathml", "omml", "docx", "unicode", "asciimath")
"""The names of `services.output.importing.InputFormat`, which a test compares with them."""

SHELLS = ("bash", "powershell", "cmd")
"""The names of `core.endpoints.wire.curl.Shell`, which a test compares with them."""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Give what the words of a command line ask for; `command` is the command, or None.

    Raises:
        SystemExit: They ask for help, which is printed, or are wrong, which is said (status 2).
    """
    whole = parser()
    if words and words[0] not in COMMANDS and not words[0].startswith("-"):
        # `writetex formula.png`: no command has a dot in it.
        if "." not in words[0]:
            whole.error(unknown(mark("command"), words[0], COMMANDS))
        words = ["window", *words]
    return whole.parse_args(words)


def parser() -> argparse.ArgumentParser:
    """Make the parser; `command` of what it gives is the command, or None."""
    whole = Parser(
        prog="writetex",
        description=tr("Snip a formula on the screen, get its LaTeX on the clipboard."),
        epilog=tr(
            "Without a command the window opens, with the picture files that are named. "
            "`writetex COMMAND --help` tells more."
        ),
    )
    whole.add_argument("--version", action="version", version=f"writetex {__version__}")
    whole.add_argument(
        "--lang", metavar="CODE", help=tr("the language of this run, such as fr; stands anywhere in the line")
    )
    _add_commands(whole)
    return whole


def _add_snip_mode(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--mode",
        type=one_of(mark("mode"), MODES),
        metavar="MODE",
        help=tr("what is snipped: {names}; in place of the mode in force", names=", ".join(MODES)),
    )


def _add_commands(whole: Parser) -> None:
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")

    window = commands.add_parser("window", help=tr("open the window (the default)"))
    window.add_argument("files", nargs="*", metavar="FILE", help=tr("picture files to recognise"))
    window.add_argument("--hidden", action="store_true", help=tr("start in the tray"))
    add_offline(window)
    window.add_argument("--snip", action="store_true", help=tr("snip as soon as the program is up"))
    window.add_argument("--profile", default="", metavar="NAME", help=tr("for --snip: who reads the picture"))
    _add_snip_mode(window)

    snip = commands.add_parser("snip", help=tr("snip with the running program; starts it if none runs"))
    snip.add_argument("--delay", type=seconds, default=0.0, metavar="S", help=tr("seconds to wait before"))
    snip.add_argument("--repeat", action="store_true", help=tr("take the region of the last snip again"))
    snip.add_argument(
        "--profile", default="", metavar="NAME", help=tr("have this saved endpoint read this one picture")
    )
    _add_snip_mode(snip)

    commands.add_parser("write", help=tr("write a formula by hand, in a small window"))

    recognize = commands.add_parser("recognize", help=tr("recognise picture files and print the markup"))
    recognize.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=tr("picture or ink (.inkml), PDF file, folder of these, or - for standard input"),
    )
    recognize.add_argument(
        "--engine",
        type=one_of(mark("engine"), ENGINES),
        metavar="ENGINE",
        help=tr("endpoint, offline (the built-in recogniser) or auto, what there is; as in the settings"),
    )
    add_offline(recognize)
    add_endpoint_options(recognize)
    recognize.add_argument(
        "--format",
        type=one_of(mark("format"), FORMATS),
        default="raw",
        metavar="FORMAT",
        help=tr("the form of the output (raw): {names}", names=", ".join(FORMATS)),
    )
    _add_export(recognize)
    _add_definitions(recognize)
    recognize.add_argument(
        "--mode",
        type=one_of(mark("mode"), MODES),
        metavar="MODE",
        help=tr(
            "what the pictures hold (formula; text for the pages of a PDF file): {names}",
            names=", ".join(MODES),
        ),
    )
    recognize.add_argument(
        "--instructions",
        metavar="TEXT",
        help=tr(
            'what to mind, such as "use \\bm for vectors"; sent to the endpoint, in place of the settings'
        ),
    )
    recognize.add_argument(
        "--context",
        metavar="FILE",
        help=tr(
            "the .tex, .md or .typ file that the result goes into: its commands and its last lines are sent "
            "to the endpoint"
        ),
    )
    recognize.add_argument("--copy", action="store_true", help=tr("copy the markup as well"))
    recognize.add_argument("--json", action="store_true", help=tr("one JSON object a line"))
    recognize.add_argument(
        "--jobs", type=count, default=1, metavar="N", help=tr("files read at the same time")
    )
    recognize.add_argument(
        "--patience",
        type=patience,
        metavar="SECONDS",
        help=tr(
            "how long several pictures wait for a busy server before they stop; in place of the settings"
        ),
    )
    recognize.add_argument(
        "-o",
        "--output",
        default="",
        metavar="FILE",
        help=tr(
            "write there instead: .jsonl, which the same command goes on with, .csv, .md, .tex, or a "
            "document: .docx, .odt, .typ, .html or .ipynb"
        ),
    )
    recognize.add_argument(
        "--pdf-passwords",
        default="",
        metavar="FILE",
        help=tr("passwords for locked PDF files, one a line; without it a terminal is asked"),
    )
    recognize.add_argument("--estimate", action="store_true", help=tr("only say what it would cost"))
    recognize.add_argument(
        "--batch-api",
        action="store_true",
        help=tr(
            "hand them to the provider's own batch service: cheaper where it is offered, done within hours; "
            "needs -o FILE.jsonl"
        ),
    )
    recognize.add_argument("--wait", action="store_true", help=tr("with --batch-api: wait for the results"))

    _add_batches(commands)

    _add_convert(commands)

    desktop = commands.add_parser(
        "install-desktop", help=tr("put the program into the menu of the desktop (Linux)")
    )
    desktop.add_argument("--uninstall", action="store_true", help=tr("take it out again"))

    add_doctor(commands)

    _add_test_connection(commands)

    add_update_providers(commands)
    add_serve_options(commands)


def _add_batches(commands: "argparse._SubParsersAction[Parser]") -> None:
    batches = commands.add_parser(
        "batches",
        help=tr("how far the pictures are that were handed to a batch service; fetches the results"),
    )
    action = batches.add_mutually_exclusive_group()
    action.add_argument("--wait", action="store_true", help=tr("until everything is fetched"))
    action.add_argument("--cancel", default="", metavar="ID", help=tr("let the provider stop"))
    action.add_argument("--forget", default="", metavar="ID", help=tr("follow these pictures no longer"))
    add_endpoint_options(batches)
    add_offline(batches)
    batches.add_argument("--json", action="store_true", help=tr("one JSON object a line"))


def _add_test_connection(commands: "argparse._SubParsersAction[Parser]") -> None:
    test = commands.add_parser("test-connection", help=tr("try the endpoint with a small picture"))
    add_endpoint_options(test)
    test.add_argument("--json", action="store_true", help=tr("as one JSON object"))
    instead = test.add_mutually_exclusive_group()
    instead.add_argument(
        "--show-url", action="store_true", help=tr("print the effective URL; connect to nothing")
    )
    shell = one_of(mark("shell"), SHELLS)
    instead.add_argument(
        "--curl",
        type=shell,
        metavar="SHELL",
        help=tr("print a greeting as a curl line for {names}; connect to nothing", names=", ".join(SHELLS)),
    )
    instead.add_argument(
        "--curl-picture", type=shell, metavar="SHELL", help=tr("the same for the test picture")
    )


def _add_convert(commands: "argparse._SubParsersAction[Parser]") -> None:
    convert = commands.add_parser("convert", help=tr("turn LaTeX into MathML, Typst, a picture and more"))
    convert.add_argument("file", nargs="?", default="-", metavar="FILE", help=tr("LaTeX, or - (the default)"))
    convert.add_argument(
        "--to",
        type=one_of(mark("format"), (*FORMATS, *FILES)),
        required=True,
        metavar="FORMAT",
        help=tr(
            "the form of the output: {names}; or a document: {names_2}",
            names=", ".join(FORMATS),
            names_2=", ".join(FILES),
        ),
    )
    _add_export(convert)
    convert.add_argument(
        "--from",
        dest="source",
        type=one_of(mark("input format"), SOURCES),
        default="latex",
        metavar="FORMAT",
        help=tr("what comes in (latex): {names}; --to raw gives its LaTeX", names=", ".join(SOURCES)),
    )
    convert.add_argument(
        "--function",
        action="append",
        default=[],
        metavar="LETTER",
        help=tr(
            "for code and SymPy: this letter, such as sigma, is a function where a parenthesis follows; "
            "may be given several times"
        ),
    )
    _add_definitions(convert)
    convert.add_argument(
        "--context",
        metavar="FILE",
        help=tr("a .tex, .sty or .md file whose commands the formula may use"),
    )
    convert.add_argument(
        "--jsonl", action="store_true", help=tr('one {"id","latex"} a line in, one result a line out')
    )
    convert.add_argument("-o", "--output", metavar="FILE", help=tr("write there instead of standard output"))


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dpi", type=count, default=300, metavar="N", help=tr("resolution of a PNG (300)"))
    parser.add_argument(
        "--template",
        default="{latex}",
        metavar="TEXT",
        help=tr(
            "for the format template: a text with {latex}, {mathml}, {unicode}, {date} and others in it, or "
            "the name of a template, your own or one of ours, such as Wikipedia"
        ),
    )


def _add_definitions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--macros",
        metavar="FILE",
        help=tr("a file with commands of your own, as LaTeX: \\newcommand, \\def, \\DeclareMathOperator"),
    )
    parser.add_argument("--numbered", action="store_true", help=tr("number the formulas of a document"))
