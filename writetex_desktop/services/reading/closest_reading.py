"""Among several readings of a picture, takes the one that looks like it."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Final, Protocol

from writetex_desktop.core.errors import ImageError, RenderError
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import (
    Alternative,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.reading.trust import Likeness
from writetex_desktop.services.reading.snip_flow import Recognise
from writetex_desktop.services.reading.visual_check import VisualVerdict

ALIKE_ENOUGH: Final = 0.9
"""Likeness from which on another reading takes the first place: in 180 pictures of three sets
it did in four, which made three of them right and none wrong."""

LIKELY_ENOUGH: Final = 0.1
"""How sure an engine must be of another reading, as a share of how sure it is of the first: what it hardly
believes is not looked at."""

SURE_BY_LOOK: Final = 0.8
"""How sure a reading that was chosen by its look can be at most."""


class Check(Protocol):
    """Compares a picture with a formula; see `VisualCheck.check`."""

    async def check(self, crop: Bitmap, latex: str) -> VisualVerdict | None:
        """Compare them."""
        ...


class ClosestReading:
    """Asks an engine, and where its first reading does not look like the picture, sees whether another does.

    Args:
        recognise: Asks the engine.
        check: Gives what compares, when it is first wanted; None where nothing can be drawn.
    """

    def __init__(self, recognise: Recognise, check: Callable[[], Check | None]) -> None:
        self._recognise = recognise
        self._check = check

    async def recognise(
        self, request: RecognitionRequest, *, profile: str
    ) -> AsyncIterator[RecognitionEvent]:
        """See `Recognise`."""
        async for event in self._recognise(request, profile=profile):
            if isinstance(event, Recognition) and event.alternatives and request.bitmap is not None:
                yield await self._closest(event, request.bitmap)
            else:
                yield event

    async def _closest(self, answer: Recognition, bitmap: Bitmap) -> Recognition:
        check = self._check() if answer.is_doubtful else None
        if check is None or await _likeness(check, bitmap, answer.markup) is not Likeness.DIFFERS:
            return answer
        least = LIKELY_ENOUGH * (answer.confidence or 0.0)
        for other in answer.alternatives:
            if other.confidence >= least and (
                await _likeness(check, bitmap, other.markup, ALIKE_ENOUGH) is Likeness.ALIKE
            ):
                return _with_first(answer, other)
        return answer


async def _likeness(check: Check, bitmap: Bitmap, markup: str, least: float = 0.0) -> Likeness:
    """What the comparison says; what looks less alike than wanted is not known to be."""
    with contextlib.suppress(RenderError, ImageError):
        verdict = await check.check(bitmap, markup)
        if verdict is not None and (verdict.summary is not Likeness.ALIKE or verdict.likeness >= least):
            return verdict.summary
    return Likeness.UNKNOWN


def _with_first(answer: Recognition, chosen: Alternative) -> Recognition:
    """The answer with one of its other readings in the first place."""
    before = Alternative(answer.markup, answer.confidence or 0.0)
    return replace(
        answer,
        markup=chosen.markup,
        confidence=min(SURE_BY_LOOK, before.confidence + chosen.confidence),
        alternatives=tuple(before if other is chosen else other for other in answer.alternatives),
    )
