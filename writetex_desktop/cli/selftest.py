"""`--selftest`: the program tries itself, for those who build packages of it."""

import json
from collections.abc import Sequence

from writetex_desktop.cli.output import FAILED, OK, print_result, speak_utf8, stop


def selftest(words: Sequence[str]) -> int:
    """Try everything and print the report as JSON, or write it into the file that is named.

    A program without a console on Windows has nowhere to print to.

    Args:
        words: What stands after the option: nothing, or the name of a file.
    """
    from writetex_desktop.composition.command_line import write_file
    from writetex_desktop.composition.selftest.program import run_selftest
    from writetex_desktop.composition.selftest.report import as_record
    from writetex_desktop.core.errors import WriteTexError

    speak_utf8()
    record = as_record(run_selftest())
    text = json.dumps(record, indent=2, ensure_ascii=False)
    if words:
        try:
            write_file(words[0], f"{text}\n".encode())
        except WriteTexError as error:
            return stop(error.message, error.remedy.text)
    else:
        print_result(text)
    return OK if record["passed"] else FAILED
