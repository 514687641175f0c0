"""The commands that open no window."""

import argparse
import sys

from writetex_desktop.cli.output import FAILED, NOT_CONFIGURED, OK, print_result, say, stop


def recognize(options: argparse.Namespace) -> int:
    """`writetex recognize`: pictures in, markup out."""
    import asyncio
    import json

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
    from writetex_desktop.core.output_format import OutputFormat
    from writetex_desktop.core.recognition import EngineChoice, Mode
    from writetex_desktop.core.wrapping import wrap
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


def convert(options: argparse.Namespace) -> int:
    """`writetex convert`: LaTeX in, a rendered form out."""
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
    from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
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
        unset = isinstance(error, EndpointError) and error.fault is Fault.NOT_CONFIGURED
        return stop(error.message, error.remedy.text, NOT_CONFIGURED if unset else FAILED)
    print_result(json.dumps(as_record(report)) if options.json else as_text(report))
    return OK if report.passed else FAILED
