"""`writetex convert`: LaTeX in, another form out."""

import argparse
import sys
from typing import TYPE_CHECKING

from writetex_desktop.cli.arguments import FILES
from writetex_desktop.cli.ending import run
from writetex_desktop.cli.output import OK, USAGE, print_result, say, stop
from writetex_desktop.core.language.words import tr

if TYPE_CHECKING:
    from writetex_desktop.composition.conversion_program import Definitions


def convert(options: argparse.Namespace) -> int:
    """Convert what is named, and give the exit status."""
    from writetex_desktop.composition import conversion_program
    from writetex_desktop.composition.command_line import read_text, write_file
    from writetex_desktop.core.errors import WriteTexError

    is_file = options.to in FILES
    if is_file and options.jsonl:
        return stop(tr("A document is not written line by line."), tr("Leave out --jsonl."), USAGE)
    try:
        known = conversion_program.definitions(options.macros, options.context)
        data = read_text(options.file)
        result = _document(data, options, known) if is_file else _form(data, options, known)
        if result is None:
            return USAGE
        if options.output:
            write_file(options.output, result)
        elif result:
            _print_bytes(result)
    except WriteTexError as error:
        return stop(error.message, error.remedy.text)
    return OK


def _document(data: bytes, options: argparse.Namespace, known: "Definitions") -> bytes | None:
    from writetex_desktop.composition.conversion_program import convert_to_document
    from writetex_desktop.core.documents.document import DocumentForm

    form = DocumentForm("html" if options.to == "webpage" else options.to)
    if form.is_binary and _shows_on_terminal(options):
        return None
    written = run(convert_to_document(_source(data, options), form, known, count=options.numbered))
    for problem in written.problems:
        say(tr("writetex: {problem}", problem=problem))
    return written.data


def _form(data: bytes, options: argparse.Namespace, known: "Definitions") -> bytes | None:
    from writetex_desktop.composition import conversion_program
    from writetex_desktop.composition.configuration import chosen_template
    from writetex_desktop.core.formats.meaning.names import letter_named
    from writetex_desktop.core.formats.output_format import OutputFormat
    from writetex_desktop.services.output.export import ExportOptions

    output_format = OutputFormat(options.to)
    is_template = output_format is OutputFormat.TEMPLATE
    export_options = ExportOptions(
        dpi=options.dpi,
        template=chosen_template(options.template) if is_template else options.template,
        functions=frozenset(map(letter_named, options.function)),
    )
    if not options.jsonl:
        if output_format.is_binary and _shows_on_terminal(options):
            return None
        latex = _source(data, options)
        return run(conversion_program.convert_one(latex, output_format, export_options, known))
    lines: list[str] = []
    run(
        conversion_program.convert_many(
            data.splitlines(),
            output_format,
            export_options,
            known,
            on_line=lines.append if options.output else print_result,
        )
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _shows_on_terminal(options: argparse.Namespace) -> bool:
    """Whether a file that is no text would be printed; says so then."""
    if options.output or not sys.stdout.isatty():
        return False
    stop(tr("This file is nothing for a terminal."), tr("Name a file for it with -o."), USAGE)
    return True


def _source(data: bytes, options: argparse.Namespace) -> str:
    """Give the LaTeX of what comes in.

    Raises:
        ConversionError: It is not what it should be.
    """
    from writetex_desktop.composition.conversion_program import read_source
    from writetex_desktop.services.output.importing import InputFormat

    return read_source(data, InputFormat(options.source))


def _print_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    if not data.startswith((b"\x89PNG", b"%PDF", b"PK")) and not data.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
