"""One verdict on a result that nobody has looked at yet."""

import contextlib
from collections.abc import Awaitable, Callable

from writetex_desktop.core.errors import ImageError, RenderError
from writetex_desktop.core.latex.syntax import check_syntax
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Mode, Recognition
from writetex_desktop.core.reading.trust import Likeness, Trust, judged
from writetex_desktop.services.reading.visual_check import VisualCheck

Judge = Callable[[Bitmap, Recognition], Awaitable[Trust | None]]
"""Says how far a result can be trusted; None where nobody can say."""


async def judge_by_itself(_bitmap: Bitmap, recognition: Recognition) -> Trust | None:
    """Say how far a result can be trusted where nothing can draw it: by its source and its engine alone."""
    return judged(recognition, Likeness.UNKNOWN, is_sound=_is_sound(recognition))


class PictureJudge:
    """Says how far results can be trusted, comparing each with its picture.

    Args:
        check: Compares.
    """

    def __init__(self, check: VisualCheck) -> None:
        self._check = check

    async def judge(self, bitmap: Bitmap, recognition: Recognition) -> Trust | None:
        """Say it of one; None where nobody can say."""
        likeness = Likeness.UNKNOWN
        if recognition.mode.is_formula:
            # What cannot be drawn is told by the syntax, or by the one who wants it in another form.
            with contextlib.suppress(RenderError, ImageError):
                verdict = await self._check.check(bitmap, recognition.markup)
                likeness = verdict.summary if verdict is not None else Likeness.UNKNOWN
        return judged(recognition, likeness, is_sound=_is_sound(recognition))


def _is_sound(recognition: Recognition) -> bool:
    return recognition.mode is Mode.TEXT or check_syntax(recognition.markup) is None
