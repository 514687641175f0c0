"""The command line: `writetex`.

Scripts depend on the words, the exit statuses and the JSON keys that are described here.

Exit status: 0 all done; 1 something failed; 2 wrong usage; 3 no engine is configured.

Nothing but the standard library is imported before a command is known, so that `--help` answers at once and
`writetex snip`, bound to a key of the desktop, reaches the running program within milliseconds.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from writetex_desktop import __version__

if TYPE_CHECKING:
    from writetex_desktop.native.instance_protocol import Request

OK, FAILED, USAGE, NOT_CONFIGURED = 0, 1, 2, 3

FORMATS = ("raw", "inline", "display", "paren", "bracket", "equation", "align")
"""The names of `core.output_format.OutputFormat`, which a test compares with them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `writetex`; gives the exit status."""
    options = _parser().parse_args(argv)
    match options.command:
        case "snip":
            return _snip(options)
        case "recognize":
            return _recognize(options)
        case "convert":
            return _convert(options)
        case "doctor":
            return _doctor(options)
        case "test-connection":
            return _test_connection(options)
        case _:
            return _window(options)


def main_gui() -> int:
    """Run `writetex-desktop`: the window, whatever else is on the command line."""
    return main(["window", *sys.argv[1:]])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="writetex",
        description="Snip a formula on the screen, get its LaTeX on the clipboard.",
        epilog="Without a command the window opens. `writetex COMMAND --help` tells more.",
    )
    parser.add_argument("--version", action="version", version=f"writetex {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    window = commands.add_parser("window", help="open the window (the default)")
    window.add_argument("files", nargs="*", metavar="FILE", help="picture files to recognise")
    window.add_argument("--hidden", action="store_true", help="start in the tray")
    window.add_argument("--snip", action="store_true", help="snip as soon as the program is up")

    snip = commands.add_parser("snip", help="snip with the running program; starts it if none runs")
    snip.add_argument("--delay", type=_seconds, default=0.0, metavar="S", help="seconds to wait before")

    recognize = commands.add_parser("recognize", help="recognise picture files and print the markup")
    recognize.add_argument("files", nargs="+", metavar="FILE", help="picture file, or - for standard input")
    recognize.add_argument("--engine", choices=("auto", "endpoint", "offline"), default="auto")
    _add_endpoint(recognize)
    recognize.add_argument("--format", choices=FORMATS, default="raw", help="how the markup is wrapped")
    recognize.add_argument("--mode", choices=("formula", "text", "table", "tikz"), default="formula")
    recognize.add_argument("--copy", action="store_true", help="copy the markup as well")
    recognize.add_argument("--json", action="store_true", help="one JSON object a line")
    recognize.add_argument("--jobs", type=_count, default=1, metavar="N", help="files read at the same time")

    convert = commands.add_parser("convert", help="render LaTeX as SVG, PNG or MathML")
    convert.add_argument("file", nargs="?", default="-", metavar="FILE", help="LaTeX, or - (the default)")
    convert.add_argument("--to", choices=("svg", "png", "mathml"), required=True)
    convert.add_argument(
        "--jsonl", action="store_true", help='one {"id","latex"} a line in, one result a line out'
    )
    convert.add_argument("--dpi", type=_count, default=300, help="resolution of a PNG (300)")
    convert.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")

    doctor = commands.add_parser("doctor", help="tell what works on this machine, and why the rest does not")
    doctor.add_argument("--json", action="store_true", help="as one JSON object")

    test = commands.add_parser("test-connection", help="try the endpoint with a small picture")
    _add_endpoint(test)
    test.add_argument("--json", action="store_true", help="as one JSON object")
    test.add_argument("--show-url", action="store_true", help="print the effective URL; connect to nothing")
    return parser


def _add_endpoint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base-url", metavar="U", help="in place of the settings and WRITETEX_BASE_URL")
    parser.add_argument("--model", metavar="M", help="in place of the settings and WRITETEX_MODEL")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 60:  # noqa: PLR2004 - said in the message
        raise argparse.ArgumentTypeError("a delay is 0 to 60 seconds")
    return seconds


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def say(text: str) -> None:
    """Print a line of progress or a notice; standard output is for results."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def print_result(text: str) -> None:
    """Print a line of results."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop(message: str, remedy: str, status: int = FAILED) -> int:
    """Say what went wrong and what to do, and give the exit status."""
    say(f"writetex: {message} {remedy}".rstrip())
    return status


# --- The window and what speaks to it -------------------------------------------------------------


def _window(options: argparse.Namespace) -> int:
    from pathlib import Path

    from writetex_desktop.native.instance_protocol import Request, Verb

    files = tuple(str(Path(file).absolute()) for file in getattr(options, "files", ()))
    hidden, snip = getattr(options, "hidden", False), getattr(options, "snip", False)
    if snip:
        request = Request(Verb.SNIP)
    elif files:
        request = Request(Verb.OPEN, files=files)
    else:
        request = Request(Verb.PING if hidden else Verb.SHOW)
    status = _ask_running(request)
    if status is not None:
        return status
    obstacle = _obstacle()
    if obstacle:
        return stop(*obstacle)
    try:
        from writetex_desktop.composition.window import run_window
    except ImportError as error:
        return _explain_import(error)
    return run_window(files, hidden=hidden, snip=snip)


def _snip(options: argparse.Namespace) -> int:
    from writetex_desktop.native.instance_protocol import Request, Verb

    status = _ask_running(Request(Verb.SNIP, options.delay))
    if status is not None:
        return status
    obstacle = _obstacle()
    if obstacle:
        return stop(*obstacle)
    import subprocess

    say("WriteTex was not running; it is starting, and snips when it is up.")
    subprocess.Popen(
        [sys.executable, "-m", "writetex_desktop", "window", "--hidden", "--snip"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return OK


def _ask_running(request: "Request") -> int | None:
    """Hand a wish to the program that runs; None when none runs."""
    from writetex_desktop.native.instance_client import forward, socket_path

    reply = forward(request, socket_path(os.environ.get("XDG_RUNTIME_DIR"), os.getuid()))
    if reply is None:
        return None
    return OK if reply.ok else stop(reply.message, reply.remedy)


def _obstacle() -> tuple[str, str] | None:
    """Say what would end the process when Qt starts: Qt itself would abort without a word that helps."""
    from writetex_desktop.native.preflight import find_obstacle

    found = find_obstacle(os.environ, sys.platform, frozen=getattr(sys, "frozen", False))
    return (found.reason, found.remedy) if found else None


def _explain_import(error: ImportError) -> int:
    from writetex_desktop.native.preflight import find_missing_libraries

    missing = find_missing_libraries(os.environ)
    if missing is None:
        raise error
    return stop(missing.reason, missing.remedy)


# --- Programs without a window --------------------------------------------------------------------


def _recognize(options: argparse.Namespace) -> int:
    import asyncio
    import json

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
    from writetex_desktop.core.output_format import OutputFormat, wrap
    from writetex_desktop.core.recognition import EngineChoice, Mode
    from writetex_desktop.services.batch import FileResult, as_record

    output_format = OutputFormat(options.format)
    markups: list[str] = []
    failures = 0

    def show(result: FileResult) -> None:
        nonlocal failures
        outcome = result.outcome
        if isinstance(outcome, WriteTexError):
            failures += 1
            if not options.json:
                say(f"{result.file}: {outcome.message} {outcome.remedy.text}".rstrip())
        else:
            markups.append(wrap(outcome.markup, output_format))
            for warning in () if options.json else outcome.warnings:
                say(f"{result.file}: {warning}")
            if not options.json:
                print_result(markups[-1])
        if options.json:
            print_result(json.dumps(as_record(result, output_format), ensure_ascii=False))

    async def program() -> None:
        await command_line.recognize(
            options.files,
            engine=EngineChoice(options.engine),
            base_url=options.base_url,
            model=options.model,
            mode=Mode(options.mode),
            at_once=options.jobs,
            on_result=show,
            tell=say,
        )
        if options.copy and markups:
            await command_line.copy("\n\n".join(markups))

    try:
        asyncio.run(program())
    except WriteTexError as error:
        unset = isinstance(error, EndpointError) and error.fault is Fault.NOT_CONFIGURED
        return stop(error.message, error.remedy.text, NOT_CONFIGURED if unset else FAILED)
    return FAILED if failures else OK


def _convert(options: argparse.Namespace) -> int:
    import asyncio

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.errors import WriteTexError
    from writetex_desktop.services.conversion import Target

    target = Target(options.to)
    try:
        data = command_line.read_text(options.file)
        if options.jsonl:
            lines: list[str] = []
            emit = lines.append if options.output else print_result
            many = command_line.convert_many(data.splitlines(), target, dpi=options.dpi, on_line=emit)
            asyncio.run(many)
            result = "".join(f"{line}\n" for line in lines).encode()
        else:
            result = asyncio.run(
                command_line.convert_one(data.decode("utf-8", "replace"), target, dpi=options.dpi)
            )
        if options.output:
            command_line.write_file(options.output, result)
        elif not options.jsonl:
            _print_bytes(result)
    except WriteTexError as error:
        return stop(error.message, error.remedy.text)
    return OK


def _print_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    if not data.startswith(b"\x89PNG") and not data.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def _doctor(options: argparse.Namespace) -> int:
    import asyncio
    import json

    from writetex_desktop.composition.doctor import examine
    from writetex_desktop.services.diagnosis import as_record, as_text

    findings = asyncio.run(examine())
    print_result(json.dumps(as_record(findings), indent=2) if options.json else as_text(findings))
    return OK


def _test_connection(options: argparse.Namespace) -> int:
    import asyncio
    import json

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
    from writetex_desktop.services.connection_test import as_record, as_text

    try:
        if options.show_url:
            print_result(asyncio.run(command_line.effective_url(base_url=options.base_url, tell=say)))
            return OK
        report = asyncio.run(
            command_line.test_connection(base_url=options.base_url, model=options.model, tell=say)
        )
    except WriteTexError as error:
        unset = isinstance(error, EndpointError) and error.fault is Fault.NOT_CONFIGURED
        return stop(error.message, error.remedy.text, NOT_CONFIGURED if unset else FAILED)
    print_result(json.dumps(as_record(report)) if options.json else as_text(report))
    return OK if report.passed else FAILED
