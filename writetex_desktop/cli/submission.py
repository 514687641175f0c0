"""`writetex recognize --batch-api` and `writetex batches`: the provider's own batch service."""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from writetex_desktop.cli.ending import run, stopped_status
from writetex_desktop.cli.endpoint_options import endpoint_of
from writetex_desktop.cli.output import FAILED, OK, USAGE, exit_status, print_result, say, stop
from writetex_desktop.core.language.numbers import minute
from writetex_desktop.core.language.words import mark, tr, tr_marked, tr_plural

if TYPE_CHECKING:
    from writetex_desktop.composition.batch_program import Order
    from writetex_desktop.composition.endpoint_choice import EndpointChoice
    from writetex_desktop.composition.submission_program import Listeners, Looked
    from writetex_desktop.core.batches.estimate import Estimate
    from writetex_desktop.core.batches.submission import Submission
    from writetex_desktop.services.batches.submissions import Followed
    from writetex_desktop.services.batches.submitting import Handed

STATES = {
    "validating": mark("waiting to begin"),
    "in_progress": mark("being read"),
    "finalizing": mark("almost ready"),
    "completed": mark("read"),
    "failed": mark("refused"),
    "expired": mark("out of time"),
    "cancelling": mark("being cancelled"),
    "cancelled": mark("cancelled"),
}
"""What the states of `core.batches.wire.RemoteState` are called, which a test compares with them."""

_SAID_EVERY = 100
"""Pictures between two lines that say how many are prepared."""


def submit(order: "Order", options: argparse.Namespace) -> int:
    """Hand pictures in, and give the exit status."""
    from writetex_desktop.composition import submission_program
    from writetex_desktop.core.batches.table import TableForm, table_form
    from writetex_desktop.core.errors import WriteTexError
    from writetex_desktop.core.reading.recognition import EngineChoice

    if table_form(order.output) is not TableForm.JSONL and not order.only_estimate:
        return stop(
            tr("The batch service answers into a file."), tr("Name one with -o that ends in .jsonl."), USAGE
        )
    if options.engine == EngineChoice.OFFLINE or options.copy or options.json:
        hint = tr("Leave out --copy, --json and --engine offline.")
        return stop(tr("The batch service answers later."), hint, USAGE)
    try:
        handed = run(submission_program.submit(order, _listeners()))
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, exit_status(error))
    except KeyboardInterrupt as stopped:
        say(tr("writetex: Stopped. The same command hands in what is left."))
        return stopped_status(stopped)
    status = OK
    if handed is not None:
        _say_handed(handed)
        status = FAILED if handed.unreadable else OK
        if handed.submission is not None and options.wait:
            status = _wait(handed.submission.id, order.endpoint) or status
    return status


def batches(options: argparse.Namespace) -> int:
    """`writetex batches`: say how far everything is, and fetch what is finished."""
    from writetex_desktop.composition import submission_program
    from writetex_desktop.core.errors import WriteTexError

    if options.wait:
        return _wait("", endpoint_of(options))
    try:
        looked = run(
            submission_program.look(
                offline=options.offline,
                endpoint=endpoint_of(options),
                cancel=options.cancel,
                forget=options.forget,
                tell=say,
            )
        )
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, exit_status(error))
    if looked is None:
        return stop(
            tr("There are no pictures of that name."), tr("`writetex batches` lists the names."), USAGE
        )
    for each in looked.followed:
        print_result(json.dumps(_record(each)) if options.json else _line(each.submission))
        if each.trouble is not None and not options.json:
            say(f"{each.submission.id}: {each.trouble.message} {each.trouble.remedy.text}".rstrip())
    if not looked.followed and not options.json:
        say(tr("Nothing is handed in that has not been fetched."))
    status = FAILED if any(each.trouble for each in looked.followed) else OK
    return _say_failed(looked) or status


def _wait(submission_id: str, endpoint: "EndpointChoice") -> int:
    from writetex_desktop.composition import submission_program
    from writetex_desktop.core.errors import WriteTexError

    try:
        looked = run(submission_program.wait(submission_id, endpoint, listeners=_listeners()))
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, exit_status(error))
    except KeyboardInterrupt as stopped:
        say(tr("writetex: No longer waiting. `writetex batches` fetches what is finished."))
        return stopped_status(stopped)
    if looked.trouble is not None:
        return stop(looked.trouble.message, looked.trouble.remedy.text, exit_status(looked.trouble))
    if looked.failed:
        return _say_failed(looked)
    say(tr("All that was handed in is fetched."))
    return OK


def _say_failed(looked: "Looked") -> int:
    """Say how many of the pictures that came back have no result, and give the exit status."""
    if not looked.failed:
        return OK
    count = _pictures(looked.done + looked.failed)
    say(
        tr(
            "writetex: {done} of {count} read, {failed} failed; the output file says why.",
            done=looked.done,
            count=count,
            failed=looked.failed,
        )
    )
    return FAILED


def _listeners() -> "Listeners":
    from writetex_desktop.composition import submission_program

    return submission_program.Listeners(
        on_estimate=lambda estimate: say(_estimate_text(estimate)),
        on_progress=_say_progress,
        on_followed=_say_followed,
        tell=say,
    )


def _say_progress(count: int, total: int) -> None:
    if count % _SAID_EVERY == 0 and count < total:
        say(tr("{count} of {total} pictures are prepared.", count=count, total=total))


def _say_followed(followed: "Sequence[Followed]") -> None:
    from writetex_desktop.services.batches.submissions import may_pass

    for each in followed:
        say(_line(each.submission))
        if each.trouble is not None and may_pass(each.trouble):
            say(tr("{id}: {message} It is tried again.", id=each.submission.id, message=each.trouble.message))


def _say_handed(handed: "Handed") -> None:
    if handed.known:
        say(tr("{pictures} had been read or handed in before.", pictures=_pictures(handed.known)))
    if handed.unreadable:
        say(
            tr(
                "{pictures} could not be read; the output file says why.",
                pictures=_pictures(len(handed.unreadable)),
            )
        )
    if handed.submission is not None:
        say(
            tr(
                "{pictures} handed in as {id}.",
                pictures=_pictures(handed.submission.count),
                id=handed.submission.id,
            )
        )
        say(tr("`writetex batches` says how far they are and fetches the results."))


def _pictures(count: int) -> str:
    return tr_plural("{count} picture", "{count} pictures", count=count)


def _line(submission: "Submission") -> str:
    from writetex_desktop.core.endpoints.failures.words import host_of

    place = submission.output or tr("the window")
    made = minute(submission.made.astimezone())
    answered = tr("{answered} of {count}", answered=submission.answered, count=submission.count)
    return (
        f"{submission.id}  {made}  {answered}  {_state(submission)}  {host_of(submission.base_url)}  {place}"
    )


def _state(submission: "Submission") -> str:
    word = submission.unknown_state
    if word:
        return tr('in a state that its provider calls "{word}"', word=word)
    return tr_marked(STATES[submission.state.value])


def _record(followed: "Followed") -> dict[str, object]:
    """Give what is followed as the object that `--json` prints; its keys are promised to scripts."""
    submission, trouble = followed.submission, followed.trouble
    return {
        "id": submission.id,
        "made": submission.made.isoformat(timespec="seconds"),
        "base_url": submission.base_url,
        "model": submission.model,
        "state": submission.state.value,
        "provider_state": submission.unknown_state or submission.state.value,
        "count": submission.count,
        "answered": submission.answered,
        "fetched": submission.is_over,
        "output": submission.output,
        "error": None if trouble is None else trouble.message,
    }


def _estimate_text(estimate: "Estimate") -> str:
    from writetex_desktop.core.costs.cost import format_range

    pictures = _pictures(estimate.count)
    if estimate.cost is None:
        return tr(
            "{pictures} through the batch service: cost unknown, for the model has no price here.",
            pictures=pictures,
        )
    return tr(
        "{pictures} through the batch service: {range}; it may take hours.",
        pictures=pictures,
        range=format_range(estimate.cost),
    )
