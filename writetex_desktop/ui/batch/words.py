"""What is said of a batch: its size, what it will cost, how far it is."""

from PySide6.QtCore import QLocale

from writetex_desktop.core.batches.batch import BatchItem, ItemState, Totals
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.costs.cost import format_cost, format_range
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.trust_words import trust_words
from writetex_desktop.ui.toolkit.views.labels import source_line

_MINUTE_S = 60
_HOUR_MIN = 60
_LINE_CHARACTERS = 300
"""How much of a long result one row can show."""


def pictures(count: int) -> str:
    """Name a number of pictures."""
    if count == 1:
        return tr("1 picture")
    return tr("{count} pictures", count=QLocale().toString(count))


def estimate_words(estimate: Estimate) -> str:
    """Say in whole sentences what a batch will use."""
    if not estimate.model:
        return tr("Read on this computer, at no cost.")
    low = estimate.low.prompt_tokens + estimate.low.completion_tokens
    high = estimate.high.prompt_tokens + estimate.high.completion_tokens
    sentence = tr("With {model}: about {low} to {high} tokens.")
    parts = [sentence.format(model=estimate.model, low=_about(low), high=_about(high))]
    if estimate.cost is None:
        parts.append(tr("The cost is unknown: no price of this model is set."))
    else:
        words = tr("Estimated cost: {cost}.")
        parts.append(words.format(cost=format_range(estimate.cost)))
    if estimate.is_over_limit:
        parts.append(tr("This may go over your monthly limit."))
    return " ".join(parts)


def plan_words(estimate: Estimate) -> str:
    """Say beside the button how many pictures it starts, and what they will cost."""
    count = pictures(estimate.count)
    if not estimate.model:
        cost = tr("no cost")
    elif estimate.cost is None:
        cost = tr("cost unknown")
    else:
        cost = format_range(estimate.cost)
    return f"{count} · {cost}"


def progress_words(totals: Totals, seconds_left: float | None) -> str:
    """Say how far a batch is.

    Args:
        totals: What is over and what is left.
        seconds_left: How long it will still take; None while nobody knows, and when nothing is read.
    """
    locale = QLocale()
    read = tr("{over} of {count}")
    parts = [read.format(over=locale.toString(totals.looked_at), count=locale.toString(totals.count))]
    failed = totals.states[ItemState.FAILED]
    if failed:
        words = tr("{count} failed")
        parts.append(words.format(count=locale.toString(failed)))
    if totals.doubtful:
        words = tr("{count} to look at")
        parts.append(words.format(count=locale.toString(totals.doubtful)))
    parts += [format_cost(cost) for cost in totals.costs]
    if totals.unpriced and totals.costs:
        parts.append(tr("cost partly unknown"))
    elif totals.unpriced:
        parts.append(tr("cost unknown"))
    if seconds_left is not None:
        words = tr("{time} left")
        parts.append(words.format(time=_duration(seconds_left)))
    return " · ".join(parts)


def state_words(item: BatchItem) -> str:
    """Name the state of an item, for a tooltip and for a screen reader."""
    match item.state:
        case ItemState.WAITING:
            return tr("waiting")
        case ItemState.WORKING:
            return tr("being read")
        case ItemState.DONE:
            read = tr("read")
            return f"{read}, {trust_words(item.trust)}" if item.trust is not None else read
        case ItemState.FAILED:
            return tr("failed")
        case ItemState.CANCELLED:
            return tr("cancelled")


def result_words(item: BatchItem) -> str:
    """Give the result of an item, or why there is none, in one line."""
    if item.failure is not None:
        return item.failure.message
    if item.state is ItemState.CANCELLED:
        return tr("Cancelled")
    if item.state is ItemState.WORKING:
        return tr("Reading…")
    return source_line(" ".join(item.latex[:_LINE_CHARACTERS].split()))


def _about(count: int) -> str:
    """Write two digits that count: an estimate has no more."""
    step = 10 ** max(0, len(str(count)) - 2)
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    return locale.toString(round(count / step) * step)


def _duration(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return tr("{count} s", count=round(seconds))
    minutes = round(seconds / _MINUTE_S)
    if minutes < _HOUR_MIN:
        return tr("{count} min", count=minutes)
    words = tr("{hours} h {minutes} min")
    return words.format(hours=minutes // _HOUR_MIN, minutes=minutes % _HOUR_MIN)
