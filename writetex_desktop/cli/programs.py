"""The commands that open no window."""

import argparse
import sys
from typing import TYPE_CHECKING

from writetex_desktop.cli.output import FAILED, NOT_CONFIGURED, OK, USAGE, print_result, say, stop

if TYPE_CHECKING:
    from writetex_desktop.core.batch import BatchItem
    from writetex_desktop.core.errors import WriteTexError


def recognize(options: argparse.Namespace) -> int:
    """`writetex recognize`: pictures in, markup out."""
    import asyncio

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.batch import Batch, BatchItem, Source
    from writetex_desktop.core.batch_record import format_record
    from writetex_desktop.core.errors import WriteTexError
    from writetex_desktop.core.output_format import OutputFormat
    from writetex_desktop.core.recognition import EngineChoice, Mode
    from writetex_desktop.services.export_service import ExportOptions

    output_format = OutputFormat(options.format)
    if output_format.is_binary and not options.json:
        return stop("A picture cannot be printed as text.", "Add --json, which gives it in base64.", USAGE)
    mode = Mode(options.mode)
    batch = Batch(tuple(BatchItem(Source(file), mode, output_format) for file in options.files))
    results: dict[int, BatchItem] = {}
    printed = 0

    def show(at: int, item: BatchItem) -> None:
        """Print the results in the order of the files, each as soon as it is its turn."""
        nonlocal printed
        results[at] = item
        while printed in results:
            if options.json:
                print_result(format_record(results[printed]))
            else:
                _print_item(results[printed])
            printed += 1

    async def program() -> None:
        await command_line.recognize(
            batch,
            engine=EngineChoice(options.engine) if options.engine else None,
            offline=options.offline,
            base_url=options.base_url,
            model=options.model,
            wishes=command_line.Wishes(options.instructions, options.context),
            options=ExportOptions(dpi=options.dpi, template=options.template),
            at_once=options.jobs,
            on_result=show,
            tell=say,
        )
        outputs = [item.output for _, item in sorted(results.items()) if item.output]
        if options.copy and outputs:
            await command_line.copy("\n\n".join(outputs))

    try:
        asyncio.run(program())
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, _status(error))
    missing = len(batch.items) - len(results)
    if missing:
        say(f"writetex: {missing} of {len(batch.items)} pictures were not read.")
    return FAILED if missing or any(item.failure for item in results.values()) else OK


def _print_item(item: "BatchItem") -> None:
    """Print the output of one picture, and beside it what is to be said about it."""
    if item.failure is not None:
        say(f"{item.source.path}: {item.failure.message} {item.failure.remedy}".rstrip())
        return
    for warning in item.recognition.warnings if item.recognition else ():
        say(f"{item.source.path}: {warning}")
    print_result(item.output)


def _status(error: "WriteTexError") -> int:
    from writetex_desktop.core.errors import EndpointError, Fault

    unset = isinstance(error, EndpointError) and error.fault is Fault.NOT_CONFIGURED
    return NOT_CONFIGURED if unset else FAILED


def convert(options: argparse.Namespace) -> int:
    """`writetex convert`: LaTeX in, a rendered form out."""
    import asyncio

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.errors import WriteTexError
    from writetex_desktop.core.output_format import OutputFormat
    from writetex_desktop.services.export_service import ExportOptions

    output_format = OutputFormat(options.to)
    export_options = ExportOptions(dpi=options.dpi, template=options.template)
    try:
        data = command_line.read_text(options.file)
        if options.jsonl:
            lines: list[str] = []
            emit = lines.append if options.output else print_result
            asyncio.run(
                command_line.convert_many(data.splitlines(), output_format, export_options, on_line=emit)
            )
            result = "".join(f"{line}\n" for line in lines).encode()
        else:
            result = asyncio.run(
                command_line.convert_one(data.decode("utf-8", "replace"), output_format, export_options)
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
    if not data.startswith((b"\x89PNG", b"%PDF")) and not data.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def install_desktop(*, uninstall: bool) -> int:
    """`writetex install-desktop`: the entry in the menu, which portals know us by as well."""
    from writetex_desktop.composition import desktop
    from writetex_desktop.core.errors import WriteTexError

    on_linux = sys.platform == "linux"
    if not on_linux:
        return stop("This is for Linux.", "Elsewhere the installer does it.")
    try:
        if uninstall:
            desktop.uninstall()
            say("WriteTex is no longer in the menu of the desktop.")
        else:
            desktop.install()
            say("WriteTex is in the menu of the desktop. A second call with --uninstall takes it out again.")
    except WriteTexError as error:
        return stop(error.message, error.remedy.text)
    return OK


def doctor(*, as_json: bool) -> int:
    """`writetex doctor`: what works on this machine."""
    import asyncio
    import json

    from writetex_desktop.composition.doctor import examine
    from writetex_desktop.services.diagnosis import as_record, as_text

    findings = asyncio.run(examine())
    print_result(json.dumps(as_record(findings), indent=2) if as_json else as_text(findings))
    return OK


def test_connection(options: argparse.Namespace) -> int:
    """`writetex test-connection`: try the endpoint."""
    import asyncio
    import json

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.curl import Shell
    from writetex_desktop.core.errors import WriteTexError
    from writetex_desktop.services.connection_text import as_record, as_text

    try:
        if options.show_url:
            print_result(asyncio.run(command_line.effective_url(base_url=options.base_url, tell=say)))
            return OK
        shell = options.curl or options.curl_picture
        if shell:
            line = command_line.curl(
                Shell(shell),
                picture=bool(options.curl_picture),
                base_url=options.base_url,
                model=options.model,
                tell=say,
            )
            print_result(asyncio.run(line))
            return OK
        report = asyncio.run(
            command_line.test_connection(base_url=options.base_url, model=options.model, tell=say)
        )
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, _status(error))
    print_result(json.dumps(as_record(report)) if options.json else as_text(report))
    if report.passed:
        return OK
    return FAILED if report.is_set_up else NOT_CONFIGURED
