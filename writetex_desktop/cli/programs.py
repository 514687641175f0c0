"""The smaller commands that open no window."""

import argparse
import sys

from writetex_desktop.cli.ending import run
from writetex_desktop.cli.endpoint_options import endpoint_of
from writetex_desktop.cli.output import FAILED, NOT_CONFIGURED, OK, exit_status, print_result, say, stop
from writetex_desktop.core.language.words import tr


def install_desktop(*, uninstall: bool) -> int:
    """`writetex install-desktop`: the entry in the menu, which portals know us by as well."""
    from writetex_desktop.composition import desktop
    from writetex_desktop.core.errors import WriteTexError

    on_linux = sys.platform == "linux"
    if not on_linux:
        return stop(tr("This is for Linux."), tr("Elsewhere the installer does it."))
    try:
        if uninstall:
            desktop.uninstall()
            say(tr("WriteTex is no longer in the menu of the desktop."))
        else:
            desktop.install()
            say(
                tr(
                    "WriteTex is in the menu of the desktop. A second call with "
                    "--uninstall takes it out again."
                )
            )
    except WriteTexError as error:
        return stop(error.message, error.remedy.text)
    return OK


def doctor(*, as_json: bool, connect: bool) -> int:
    """`writetex doctor`: what works on this machine."""
    import json

    from writetex_desktop.composition.doctor import examine
    from writetex_desktop.services.diagnosis import as_record, as_text

    findings = run(examine(connect=connect))
    print_result(json.dumps(as_record(findings), indent=2) if as_json else as_text(findings))
    return OK


def test_connection(options: argparse.Namespace) -> int:
    """`writetex test-connection`: try the endpoint."""
    import json

    from writetex_desktop.composition import command_line
    from writetex_desktop.core.endpoints.wire.curl import Shell
    from writetex_desktop.core.errors import WriteTexError
    from writetex_desktop.services.endpoints.connection_text import as_record, as_text

    choice = endpoint_of(options)
    try:
        if options.show_url:
            print_result(run(command_line.effective_url(choice, tell=say)))
            return OK
        shell = options.curl or options.curl_picture
        if shell:
            line = command_line.curl(
                Shell(shell),
                picture=bool(options.curl_picture),
                choice=choice,
                tell=say,
            )
            print_result(run(line))
            return OK
        report = run(command_line.test_connection(choice, tell=say))
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, exit_status(error))
    print_result(json.dumps(as_record(report)) if options.json else as_text(report))
    if report.passed:
        return OK
    return FAILED if report.is_set_up else NOT_CONFIGURED


def update_providers(source: str, *, offline: bool) -> int:
    """`writetex update-providers`: take a list of providers; an empty source stands for the built-in one."""
    from writetex_desktop.composition import catalogue_program
    from writetex_desktop.core.errors import WriteTexError

    try:
        print_result(run(catalogue_program.update(source, offline=offline, tell=say)))
    except WriteTexError as error:
        return stop(error.message, error.remedy.text)
    return OK
