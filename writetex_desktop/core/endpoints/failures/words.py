"""Words that all failures share: whose host it is, and how long or until when one waits."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from writetex_desktop.core.language.numbers import day_and_month
from writetex_desktop.core.language.words import tr, tr_plural

_MINUTE_FROM_S = 90
_HOUR_FROM_MIN = 90
_DAY_FROM_H = 48
_HOUR_IS_SAID_FROM_S = 90
"""From so many seconds on the clock says more than a number of minutes."""


def host_of(url: str) -> str:
    """Give the host and port of a URL, as shown to the user."""
    return urlsplit(url).netloc.rsplit("@", 1)[-1] or url


def format_wait(seconds: float) -> str:
    """Say a span of time, rounded up: seconds below 90, minutes below 90, hours below 48, else days."""
    whole = max(1, -int(-seconds // 1))
    if whole < _MINUTE_FROM_S:
        return tr_plural("{count} second", "{count} seconds", count=whole)
    minutes = -(-whole // 60)
    if minutes < _HOUR_FROM_MIN:
        return tr_plural("{count} minute", "{count} minutes", count=minutes)
    hours = -(-minutes // 60)
    if hours < _DAY_FROM_H:
        return tr_plural("{count} hour", "{count} hours", count=hours)
    return tr_plural("{count} day", "{count} days", count=-(-hours // 24))


def format_when(seconds: float | None, now: datetime) -> str:
    """Say when to ask again: `in a moment`, `in 40 seconds`, `in 2 hours, at 14:05`.

    Args:
        seconds: The wait; None where the server did not say.
        now: The moment from which it counts, in the time zone of the user's clock.
    """
    if seconds is None:
        return tr("in a moment")
    said = tr("in {wait}", wait=format_wait(seconds))
    if seconds < _HOUR_IS_SAID_FROM_S:
        return said
    # Rounded up, so that nobody comes a few seconds too early.
    moment = (now + timedelta(seconds=seconds + 59)).replace(second=0, microsecond=0)
    days = (moment.date() - now.date()).days
    clock = f"{moment:%H:%M}"
    if days == 0:
        return tr("{wait}, at {clock}", wait=said, clock=clock)
    if days == 1:
        return tr("{wait}, tomorrow at {clock}", wait=said, clock=clock)
    return tr("{wait}, on {day} at {clock}", wait=said, day=day_and_month(moment), clock=clock)
