"""Draws the markup and compares its ink with the picture it was read from."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from writetex_desktop.core.errors import ImageError, RenderError
from writetex_desktop.core.formats.drawing.formula import FormulaPart, RenderedFormula
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.pictures.ink import Ink
from writetex_desktop.core.pictures.ink_match import CompareShapes
from writetex_desktop.core.pictures.ink_profile import Band, compare_ink
from writetex_desktop.core.reading.trust import Likeness
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.tasks import Tasks

_FIRST_EM_PX: Final = 24.0
_MOST_EM_PX: Final = 200.0

LEGIBLE_EM_PX: Final = 17.0
"""A picture with fewer pixels an em does not show which of two like signs it holds."""

ANOTHER_SHAPE: Final = 1.5
"""How much wider or taller a drawing must be than its picture to be of something else: the same formula in
other fonts, sizes and spacings came to 1.2 at most."""


_FLAT_PX: Final = 8
"""Of a lower or narrower picture a pixel more or less is another shape."""


class ReadInk(Protocol):
    """Gives the strokes of a picture; see `PillowCodec.read_ink`."""

    def __call__(self, bitmap: Bitmap, scale: float | None = None) -> Ink:
        """Read them, enlarged by `scale` or to a size at which signs can be compared."""
        ...


@dataclass(frozen=True, slots=True)
class VisualVerdict:
    """What the comparison of picture and drawing says.

    Attributes:
        likeness: 0 to 1; 0.8 and more when nothing stands out.
        differs: Where the picture differs from the drawing, in its pixels, from left to right.
        drawn: The same places in the drawing.
        is_too_small: Whether the picture has too few pixels for the rest to mean anything.
        is_another: Whether the drawing is of something else altogether: all of both is then marked.
        em_px: Pixels of the picture in an em of the drawing; 0 where they do not show the same.
    """

    likeness: float
    differs: tuple[Rect, ...]
    drawn: tuple[FormulaPart, ...] = ()
    is_too_small: bool = False
    is_another: bool = False
    em_px: float = 0.0

    @property
    def summary(self) -> Likeness:
        """What it comes to."""
        if self.is_too_small:
            return Likeness.UNKNOWN
        return Likeness.DIFFERS if self.differs else Likeness.ALIKE


class VisualCheck:
    """Compares pictures with what their markup looks like.

    Args:
        renderer: Draws the markup.
        rasterise: Makes pixels of a drawing, black on white, at so many pixels an em; callable in a thread.
        read_ink: Gives the strokes of a picture; callable in a thread.
        compare_shapes: Judges whether two pieces of ink are one sign; callable in a thread.
    """

    def __init__(
        self,
        renderer: FormulaRenderer,
        rasterise: Callable[[RenderedFormula, float], Bitmap],
        read_ink: ReadInk,
        compare_shapes: CompareShapes,
    ) -> None:
        self._renderer = renderer
        self._rasterise = rasterise
        self._read_ink = read_ink
        self._compare_shapes = compare_shapes

    async def check(self, crop: Bitmap, latex: str) -> VisualVerdict | None:
        """Compare a picture with a formula.

        Args:
            crop: The picture.
            latex: The body of the formula.

        Returns:
            The verdict; None when the picture is not one that can be compared.

        Raises:
            RenderError: The markup cannot be drawn.
            ImageError: The picture is blank or too large, or the drawing is.
        """
        formula = await self._renderer.render(latex)
        return await asyncio.to_thread(self._compare, crop, formula)

    def _compare(self, crop: Bitmap, formula: RenderedFormula) -> VisualVerdict | None:
        ink = self._read_ink(crop)
        scale = ink.width / ink.place.width
        # The drawing is made with as few pixels as the picture has, and then enlarged as much, so that
        # both have lost the same.
        first = self._read_ink(self._rasterise(formula, _FIRST_EM_PX), 1.0).place
        em = ink.place.height / first.height * _FIRST_EM_PX
        # A wrong answer of another shape says nothing of how large the picture's signs are.
        taller = em / (ink.place.width / first.width * _FIRST_EM_PX)
        is_flat = min(ink.place.width, ink.place.height) < _FLAT_PX
        has_its_shape = is_flat or 1 / ANOTHER_SHAPE < taller < ANOTHER_SHAPE
        if em < LEGIBLE_EM_PX:
            too_small = VisualVerdict(0.0, (), is_too_small=True, em_px=em)
            return too_small if has_its_shape else _another(ink, formula)
        picture_em, em = em, min(em, _MOST_EM_PX)
        raster = self._rasterise(formula, em)
        drawing = self._read_ink(raster, scale)
        comparison = compare_ink(ink, drawing, em * scale, self._compare_shapes)
        if comparison is None:
            return None if has_its_shape else _another(ink, formula)
        if not (comparison.bands or has_its_shape):
            return _another(ink, formula)
        # All round the drawing is the same margin.
        margin = (raster.width - formula.width_em * em) / 2, (raster.height - formula.height_em * em) / 2
        return VisualVerdict(
            comparison.likeness,
            tuple(_columns(band, ink.place) for band in comparison.bands),
            tuple(_part(band, drawing.place, margin, em) for band in comparison.drawn_bands),
            em_px=picture_em,
        )


def _another(picture: Ink, formula: RenderedFormula) -> VisualVerdict:
    whole = FormulaPart(0.0, 0.0, formula.width_em, formula.height_em)
    return VisualVerdict(0.0, (picture.place,), (whole,), is_another=True)


def _part(band: Band, place: Rect, margin: tuple[float, float], em_px: float) -> FormulaPart:
    return FormulaPart(
        (place.x + band.start * place.width - margin[0]) / em_px,
        (place.y - margin[1]) / em_px,
        (band.end - band.start) * place.width / em_px,
        place.height / em_px,
    )


def _columns(band: Band, place: Rect) -> Rect:
    start, end = round(band.start * place.width), round(band.end * place.width)
    return Rect(place.x + start, place.y, max(1, end - start), place.height)


class Checks:
    """Keeps the verdict on what is shown: asks for one when the user pauses, and forgets older ones.

    Args:
        check: Compares.
        tasks: Runs the comparisons.
        on_verdict: Is called with each verdict, and with None as soon as the last one is out of date.
        on_silence: Is called in place of a verdict, where picture and drawing cannot be compared.
        pause_s: How long nothing must change before there is a comparison.
    """

    def __init__(
        self,
        check: VisualCheck,
        tasks: Tasks,
        on_verdict: Callable[[VisualVerdict | None], None],
        on_silence: Callable[[], None] = lambda: None,
        *,
        pause_s: float = 0.4,
    ) -> None:
        self._check = check
        self._tasks = tasks
        self._on_verdict = on_verdict
        self._on_silence = on_silence
        self._pause_s = pause_s
        self._task: asyncio.Task[None] | None = None

    def show(self, crop: Bitmap, latex: str) -> None:
        """Compare these in a while."""
        self.clear()
        self._task = self._tasks.spawn(self._compare(crop, latex), name="visual check")

    def clear(self) -> None:
        """Forget the last verdict."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._on_verdict(None)

    async def _compare(self, crop: Bitmap, latex: str) -> None:
        await asyncio.sleep(self._pause_s)
        # What cannot be compared has been said elsewhere, by the parser or when the picture was prepared.
        verdict = None
        with contextlib.suppress(RenderError, ImageError):
            verdict = await self._check.check(crop, latex)
        if verdict is None:
            self._on_silence()
        else:
            self._on_verdict(verdict)
