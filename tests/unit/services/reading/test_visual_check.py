"""The visual check with the renderer's fake and drawings made by hand."""

import asyncio

import pytest

from tests.bare_shapes import BareShapes
from tests.fakes import FakeFormulaRenderer, FakeNotifier
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.pictures.ink import Ink
from writetex_desktop.services.reading.visual_check import Checks, VisualCheck, VisualVerdict
from writetex_desktop.services.tasks import Tasks

MARGIN = 10
SIDE = 24
PIXEL = 4


def bars(heights: list[int]) -> Bitmap:
    """Bars of ink beside each other on the ground."""
    width, height = 2 * MARGIN + SIDE * len(heights), 2 * MARGIN + SIDE
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    for number, tall in enumerate(heights):
        for y in range(MARGIN + SIDE - tall, MARGIN + SIDE):
            left = MARGIN + number * SIDE
            rows[y][left : left + SIDE // 2] = bytes(SIDE // 2)
    data = b"".join(bytes([grey]) * PIXEL for row in rows for grey in row)
    return Bitmap(width, height, data)


def rasterise(formula: RenderedFormula, em_px: float) -> Bitmap:
    """The fake draws one em a character; here each is a bar of full height."""
    return bars([SIDE] * round(formula.width_em))


def read_ink(bitmap: Bitmap, scale: float | None = None) -> Ink:
    grey = bytes(bitmap.data)[::PIXEL]
    width = bitmap.width - 2 * MARGIN
    rows = [
        grey[y * bitmap.width + MARGIN : (y + 1) * bitmap.width - MARGIN]
        for y in range(MARGIN, MARGIN + SIDE)
    ]
    mask = b"".join(rows).translate(bytes(255 - level for level in range(256)))
    return Ink(width, mask, Rect(MARGIN, MARGIN, width, SIDE))


@pytest.fixture
def check() -> VisualCheck:
    return VisualCheck(FakeFormulaRenderer(), rasterise, read_ink, BareShapes)


async def test_the_right_markup_looks_alike(check: VisualCheck) -> None:
    verdict = await check.check(bars([SIDE] * 5), "abcde")
    assert verdict is not None
    assert verdict.differs == ()
    assert verdict.likeness > 0.95


async def test_the_place_of_a_difference_is_given_in_pixels_of_the_picture(check: VisualCheck) -> None:
    verdict = await check.check(bars([SIDE, SIDE, SIDE, 4, SIDE]), "abcde")
    assert verdict is not None
    (place,) = verdict.differs
    assert place.x <= MARGIN + 3 * SIDE < place.right
    assert place.right <= MARGIN + 4 * SIDE


async def test_the_place_of_a_difference_is_given_in_ems_of_the_drawing(check: VisualCheck) -> None:
    verdict = await check.check(bars([SIDE, SIDE, SIDE, 4, SIDE]), "abcde")
    assert verdict is not None
    (part,) = verdict.drawn
    assert part.x_em == pytest.approx(3, abs=0.1)
    assert part.width_em == pytest.approx(0.5, abs=0.1)
    assert part.height_em == pytest.approx(1, abs=0.1)


async def test_markup_that_cannot_be_drawn_is_an_error(check: VisualCheck) -> None:
    with pytest.raises(RenderError):
        await check.check(bars([SIDE]), "\\unknown")


async def test_only_the_last_markup_is_judged_and_errors_are_silence(check: VisualCheck) -> None:
    told: list[VisualVerdict | None] = []
    judged = asyncio.Event()

    def tell(verdict: VisualVerdict | None) -> None:
        told.append(verdict)
        if verdict is not None:
            judged.set()

    notifier = FakeNotifier()
    tasks = Tasks(notifier)
    checks = Checks(check, tasks, tell, pause_s=0.0)
    checks.show(bars([SIDE] * 2), "\\unknown")
    checks.show(bars([SIDE] * 2), "ab")
    await judged.wait()
    assert [each is not None for each in told] == [False, False, True]
    checks.show(bars([SIDE] * 2), "\\unknown")
    await asyncio.sleep(0.05)
    checks.clear()
    assert told[3:] == [None, None]
    assert notifier.notices == []
