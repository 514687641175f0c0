"""The command line: `writetex`.

Scripts depend on the words, the exit statuses and the JSON keys that are described here.

Exit status: 0 all done; 1 something failed; 2 wrong usage; 3 no engine is configured;
130 stopped by Ctrl+C, 143 by SIGTERM, 129 by a terminal that was closed.

Nothing but the standard library is imported before a command is known, so that `--help` answers at once and
`writetex snip`, bound to a key of the desktop, reaches the running program within milliseconds.
"""

import sys
from collections.abc import Callable, Sequence

from writetex_desktop.core.language.words import tr


def main(argv: Sequence[str] | None = None) -> int:
    """Run `writetex`; gives the exit status."""
    from writetex_desktop.cli import conversion, programs, recognition, serving, submission, window
    from writetex_desktop.cli.arguments import parse
    from writetex_desktop.cli.ending import stopped_status
    from writetex_desktop.cli.language import take_language
    from writetex_desktop.cli.output import USAGE, speak_utf8, stop

    words = sys.argv[1:] if argv is None else argv
    apart = _apart(words)
    if apart is not None:
        return apart()
    speak_utf8()
    try:
        words, language = take_language(words)
    except ValueError as error:
        return stop(
            tr("There are no translations into this language."), tr("There are: {error}.", error=error), USAGE
        )
    options = parse(words)
    commands: dict[str | None, Callable[[], int]] = {
        "snip": lambda: window.snip(
            options.delay, repeat=options.repeat, profile=options.profile, mode=options.mode or ""
        ),
        "write": window.write,
        "recognize": lambda: recognition.recognize(options),
        "batches": lambda: submission.batches(options),
        "convert": lambda: conversion.convert(options),
        "install-desktop": lambda: programs.install_desktop(uninstall=options.uninstall),
        "doctor": lambda: programs.doctor(as_json=options.json, connect=options.connect),
        "test-connection": lambda: programs.test_connection(options),
        "update-providers": lambda: programs.update_providers(options.source, offline=options.offline),
        "serve": lambda: serving.serve(options),
        "mcp": lambda: serving.assist(options),
        "window": lambda: window.open_window(
            options.files,
            hidden=options.hidden,
            snip=options.snip,
            profile=options.profile,
            mode=options.mode or "",
            offline=options.offline,
            language=language,
        ),
        None: lambda: window.open_window((), hidden=False, snip=False, offline=False, language=language),
    }
    try:
        return commands[options.command]()
    except KeyboardInterrupt as stopped:
        return stopped_status(stopped)
    except ImportError as error:
        from writetex_desktop.services.tasks import missing_library

        told = missing_library(error)
        return stop(told.message, told.remedy.text)


def _apart(words: Sequence[str]) -> Callable[[], int] | None:
    """Give what is done for words that are no command for people: two start another process of ours."""
    if list(words) == ["decode-apart"]:
        from writetex_desktop.adapters.pictures import decoder

        return decoder.main
    if list(words) == ["compute-apart"]:
        from writetex_desktop.adapters.computing import child

        return child.main
    if list(words[:1]) == ["--selftest"]:
        from writetex_desktop.cli.selftest import selftest

        return lambda: selftest(words[1:])
    return None


def main_gui() -> int:
    """Run `writetex-desktop`: the window, or with `write` the pad, whatever else is on the command line."""
    words = sys.argv[1:]
    return main(words if words[:1] in (["--version"], ["--selftest"], ["write"]) else ["window", *words])
