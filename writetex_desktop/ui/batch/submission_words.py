"""What is said of pictures at a provider's batch service."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.batches.wire import RemoteState
from writetex_desktop.core.costs.cost import format_range
from writetex_desktop.core.endpoints.failures.words import host_of
from writetex_desktop.core.language.words import tr
from writetex_desktop.services.batches.submissions import Followed
from writetex_desktop.ui.batch.words import pictures


def offer_words(estimate: Estimate) -> str:
    """Offer the batch service, with what it would cost."""
    if estimate.cost is None:
        return tr("Through the provider's batch service: cheaper, may take hours.")
    words = tr("Through the provider's batch service: {cost}; may take hours.")
    return words.format(cost=format_range(estimate.cost))


def preparing_words(count: int, total: int) -> str:
    """Say how many pictures are prepared before they are handed in."""
    words = tr("Handing in: {count} of {total} are prepared.")
    locale = QLocale()
    return words.format(count=locale.toString(count), total=locale.toString(total))


def handed_words(count: int) -> str:
    """Say that pictures were handed in."""
    words = tr("{pictures} handed in. The program may be closed; it fetches the results when it runs.")
    return words.format(pictures=pictures(count))


def fetched_words(count: int) -> str:
    """Say that results have come."""
    words = tr("The batch service is through with {pictures}; the page Batch shows them.")
    return words.format(pictures=pictures(count))


def followed_words(followed: Followed) -> str:
    """Say in a line where pictures are and how far."""
    submission = followed.submission
    words = tr("{pictures} at {host} since {time}: {state}.")
    line = words.format(
        pictures=pictures(submission.count),
        host=host_of(submission.base_url),
        time=_moment(submission.made),
        state=_state(submission),
    )
    return f"{line} {followed.trouble.message}" if followed.trouble is not None else line


def _state(submission: Submission) -> str:
    if submission.is_over:
        return tr("the results are here")
    match submission.state:
        case RemoteState.VALIDATING:
            return tr("waiting to begin")
        case RemoteState.CANCELLING:
            return tr("being cancelled")
        case RemoteState.IN_PROGRESS if submission.unknown_state:
            words = tr("in a state called “{word}” there")
            return words.format(word=submission.unknown_state)
        case RemoteState.IN_PROGRESS:
            words = tr("{count} of them read")
            return words.format(count=QLocale().toString(submission.answered))
        case _:
            return tr("the results are being fetched")


def _moment(made: datetime) -> str:
    local = QDateTime.fromSecsSinceEpoch(int(made.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
