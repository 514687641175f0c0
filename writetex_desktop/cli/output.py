"""Results to standard output, everything else to standard error."""

import sys

OK, FAILED, USAGE, NOT_CONFIGURED = 0, 1, 2, 3
"""The exit statuses; `USAGE` is what argparse ends with."""


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
