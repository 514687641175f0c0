"""What was recognised before: one entry, and how entries are searched."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from writetex_desktop.core.history.tags import TAG, as_tags, folded
from writetex_desktop.core.reading.recognition import Engine, Mode, Usage
from writetex_desktop.core.reading.trust import Trust

THUMBNAIL_WIDTH_PX = 320
THUMBNAIL_HEIGHT_PX = 96
"""The room into which the preview of an entry is scaled down."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

FAVOURITES = "fav:"
DOUBTFUL = "doubt:"
MODEL = "model:"
MODE = "mode:"
"""What stands before, or in place of, a word of a search that asks for something else than text."""

_TOKEN = re.compile(r'tag:"([^"]*)"?|"([^"]*)"?|(\S+)')
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One result, as it is kept.

    Attributes:
        id: When it was finished, in microseconds since 1970 UTC; a store moves one of two that came at the
            same moment, so that it names the entry.
        markup: The text, with the user's changes.
        mode: What the picture held.
        engine: What recognised.
        model: The model's name.
        seconds: From asking to the end of the answer.
        usage: Tokens, when known.
        cost: What it cost, written for a reader; None when unknown.
        favourite: Whether the user marked it; retention spares it.
        thumbnail: PNG of the picture within `THUMBNAIL_WIDTH_PX` x `THUMBNAIL_HEIGHT_PX`.
        has_picture: Whether the picture itself is kept too; `HistoryStore.picture` gives it.
        trust: How far the result could be trusted when it came; None where nobody could say, or for text that
            the user has changed since.
        tags: The groups that the user put it into; see `as_tags`.
    """

    id: int
    markup: str = field(repr=False)
    mode: Mode
    engine: Engine
    model: str
    seconds: float
    usage: Usage | None = None
    cost: str | None = None
    favourite: bool = False
    thumbnail: bytes = field(default=b"", repr=False)
    has_picture: bool = False
    trust: Trust | None = None
    tags: tuple[str, ...] = field(default=(), repr=False)

    @property
    def created(self) -> datetime:
        """When it was finished, in UTC."""
        return EPOCH + timedelta(microseconds=self.id)


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which entries are wanted; all conditions hold together.

    Attributes:
        words: Each must stand in the markup or in a tag; small and capital letters are alike.
        models: Each must stand in the model's name.
        modes: One of them must be the mode; empty for any.
        since: The smallest `id`; None for no limit.
        until: The first `id` that is too late; None for no limit.
        favourites: Whether only favourites are wanted.
        doubtful: Whether only those are wanted that somebody should look at.
        tags: With each a tag must begin.
    """

    words: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    modes: frozenset[Mode] = frozenset()
    since: int | None = None
    until: int | None = None
    favourites: bool = False
    doubtful: bool = False
    tags: tuple[str, ...] = ()


def moment_id(moment: datetime) -> int:
    """Give the `id` of an aware moment; `HistoryEntry.created` is its inverse."""
    return (moment - EPOCH) // _MICROSECOND


def parse_search(text: str, today: date) -> HistoryQuery:
    r"""Read what the user typed into the search field; anything is a search.

    Words are looked for in the markup and in the tags, `"in quotes"` with their spaces. `2026-11`,
    `2026-11-23`, `today` and `yesterday` ask for a time, `2026-11-01..2026-11-15` for all days from one to
    the other, `fav:` for favourites, `doubt:` for what somebody should look at, `model:gpt` for a model,
    `mode:table` for a mode, and `tag:thesis` or `tag:"linear algebra"` for a tag. In quotes they are words
    like others.
    Days begin and end as the system's time zone has it.

    Args:
        text: The search; unfinished ones are searches too.
        today: The day it is.
    """
    words: list[str] = []
    models: list[str] = []
    modes: set[Mode] = set()
    spans: list[tuple[date, date]] = []
    tags: list[str] = []
    favourites = doubtful = False
    for tag, quoted, plain in _TOKEN.findall(text):
        if tag or plain.startswith(TAG):
            tags += as_tags([tag or plain.removeprefix(TAG)])
        elif not plain:
            words += [quoted] if quoted.strip() else []
        elif plain == FAVOURITES:
            favourites = True
        elif plain == DOUBTFUL:
            doubtful = True
        elif plain.startswith(MODEL):
            models += [plain.removeprefix(MODEL)] if plain != MODEL else []
        elif plain.startswith(MODE) and (found := _modes(plain.removeprefix(MODE))):
            modes |= found
        elif (span := _span(plain, today)) is not None:
            spans.append(span)
        else:
            words.append(plain)
    return HistoryQuery(
        tuple(words),
        tuple(models),
        frozenset(modes),
        max((_day_start(first) for first, _ in spans), default=None),
        min((_day_start(end) for _, end in spans), default=None),
        favourites,
        doubtful,
        tuple(tags),
    )


def matches(entry: HistoryEntry, query: HistoryQuery) -> bool:
    """Say whether an entry is wanted."""
    markup, model = entry.markup.casefold(), entry.model.casefold()
    return (
        all(
            word.casefold() in markup or any(word.casefold() in folded(tag) for tag in entry.tags)
            for word in query.words
        )
        and all(any(folded(tag).startswith(folded(start)) for tag in entry.tags) for start in query.tags)
        and all(name.casefold() in model for name in query.models)
        and (not query.modes or entry.mode in query.modes)
        and (query.since is None or entry.id >= query.since)
        and (query.until is None or entry.id < query.until)
        and (entry.favourite or not query.favourites)
        and ((entry.trust is not None and entry.trust.is_doubtful) or not query.doubtful)
    )


def _modes(start: str) -> set[Mode]:
    """Give the modes whose name begins so: the user may still be typing."""
    return {mode for mode in Mode if mode.startswith(start.casefold())}


def _span(text: str, today: date) -> tuple[date, date] | None:
    """Give the first day of a time, and the one after its last; None when it is no time."""
    first, dots, last = text.partition("..")
    if ".." in last:
        return None
    if dots:
        start, end = _span(first, today), _span(last, today)
        return (start[0], end[1]) if start and end else None
    if text in {"today", "yesterday"}:
        day = today if text == "today" else today - timedelta(days=1)
        return day, day + timedelta(days=1)
    try:
        if month := _MONTH.match(text):
            day = date(int(month[1]), int(month[2]), 1)
            return day, day + timedelta(days=monthrange(day.year, day.month)[1])
        if found := _DAY.match(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return day, day + timedelta(days=1)
    except (ValueError, OverflowError):
        pass  # 2026-13 is no month: then it is a word
    return None


def _day_start(day: date) -> int:
    try:
        return moment_id(datetime.combine(day, time()).astimezone())
    except (ValueError, OverflowError, OSError):
        # Years near 1 and 9999 have no local time.
        return moment_id(datetime.combine(day, time(), UTC))
