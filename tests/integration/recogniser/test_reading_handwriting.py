"""Handwriting is read with no network: as ink and as a picture, on ruled paper too; scribbles are not."""

import io
import math
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.recogniser.handwriting.reader import OfflineInkReader, class_of, command_of
from writetex_desktop.adapters.recogniser.loaded import LoadedModel
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.ink.ink import Ink, Point, Stroke
from writetex_desktop.core.ink.signs import Choice, SignsSeen
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Completed, Mode, RecognitionRequest, TextDelta

RESOURCES = Path(__file__).parents[3] / "resources"

Line = list[tuple[float, float]]


def _round(middle: tuple[float, float], wide: float, tall: float, begin: float, end: float) -> Line:
    x, y = middle
    angles = [math.radians(begin + (end - begin) * step / 30) for step in range(31)]
    return [(x + wide * math.cos(angle), y + tall * math.sin(angle)) for angle in angles]


def _two(x: float, y: float, size: float) -> Line:
    arc = _round((x + 0.3 * size, y + 0.28 * size), 0.28 * size, 0.28 * size, 190, 400)
    return [*arc, (x + 0.02 * size, y + size), (x + 0.65 * size, y + 0.98 * size)]


def _x(x: float, y: float, size: float) -> list[Line]:
    return [[(x, y), (x + 0.8 * size, y + size)], [(x + 0.78 * size, y + 0.02 * size), (x, y + 0.98 * size)]]


def _plus(x: float, y: float, size: float) -> list[Line]:
    return [[(x + size / 2, y), (x + size / 2, y + size)], [(x, y + size / 2), (x + size, y + size / 2)]]


SUM_OF_POWERS: list[Line] = [
    *_x(0, 30, 34), _two(34, 2, 26), *_plus(80, 32, 30), *_x(134, 30, 34), _two(168, 4, 26),
]  # fmt: skip
HALF: list[Line] = [
    [(22, 0), (21, 44)], [(-4, 58), (50, 57)], _two(6, 70, 44),
]  # fmt: skip


def _ink(lines: list[Line]) -> Ink:
    return Ink(tuple(Stroke(tuple(Point(x, y) for x, y in line)) for line in lines))


def _picture(lines: list[Line], *, ruled: bool = False) -> EncodedImage:
    points = [point for line in lines for point in line]
    width = int(max(x for x, _ in points) * 1.5) + 80
    height = int(max(y for _, y in points) * 1.5) + 80
    page = Image.new("L", (width, height), 236)
    pen = ImageDraw.Draw(page)
    if ruled:
        for y in range(18, height, 44):
            pen.line((0, y, width, y), 205, 1)
    for line in lines:
        pen.line([(x * 1.5 + 40, y * 1.5 + 40) for x, y in line], 70, 4, "curve")
    stream = io.BytesIO()
    page.save(stream, "PNG")
    return EncodedImage("image/png", stream.getvalue(), width, height)


@pytest.fixture(scope="module")
def model() -> LoadedModel:
    return LoadedModel(RESOURCES / "ink", SUMS["ink"])


@pytest.fixture(scope="module")
def recognizer(model: LoadedModel) -> OfflineRecognizer:
    return OfflineRecognizer(RESOURCES / "model", hand=model)


async def _told(recognizer: OfflineRecognizer, image: EncodedImage, mode: Mode) -> tuple[str, Completed]:
    events = [event async for event in recognizer.recognize(RecognitionRequest(image, mode))]
    end = events[-1]
    assert isinstance(end, Completed)
    return "".join(event.text for event in events if isinstance(event, TextDelta)), end


async def test_ink_is_read_with_its_signs_and_their_strokes(model: LoadedModel) -> None:
    reader = OfflineInkReader(model)
    events = [event async for event in reader.read(_ink(SUM_OF_POWERS))]
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert text.replace(" ", "").lower() == "x^2+x^2"
    (seen,) = (event for event in events if isinstance(event, SignsSeen))
    assert [sign.strokes for sign in seen.signs] == [(0, 1), (2,), (3, 4), (5, 6), (7,)]
    assert isinstance(events[-1], Completed)


async def test_what_the_user_says_of_a_sign_holds(model: LoadedModel) -> None:
    reader = OfflineInkReader(model)
    ink = _ink(SUM_OF_POWERS)
    (found,) = [event async for event in reader.read(ink) if isinstance(event, SignsSeen)]
    seen = found.signs
    choice = Choice(seen[1].strokes, seen[1].box, "z")
    events = [event async for event in reader.read(ink, [choice])]
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert "z" in text


@pytest.mark.parametrize("ruled", [False, True], ids=["plain", "ruled"])
async def test_a_picture_of_handwriting_is_read(recognizer: OfflineRecognizer, *, ruled: bool) -> None:
    text, end = await _told(recognizer, _picture(SUM_OF_POWERS, ruled=ruled), Mode.HANDWRITING)
    assert text.replace(" ", "").lower() == "x^2+x^2"
    assert end.model.startswith("writetex-hand")


async def test_a_fraction_is_read(model: LoadedModel) -> None:
    events = [event async for event in OfflineInkReader(model).read(_ink(HALF))]
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert text.replace(" ", "") == "\\frac{1}{2}"


async def test_print_is_read_as_print_whatever_was_said_of_it(recognizer: OfflineRecognizer) -> None:
    data = (RESOURCES / "samples" / "01-quadratic.png").read_bytes()
    image = EncodedImage("image/png", data, 0, 0)
    text, end = await _told(recognizer, image, Mode.FORMULA)
    other, also = await _told(recognizer, image, Mode.HANDWRITING)
    assert other == text
    assert not any("reader of" in warning for warning in end.warnings)
    if also.model == end.model:
        assert any("reader of print" in warning for warning in also.warnings)


async def test_handwriting_is_read_as_such_in_the_mode_formula_and_said(
    recognizer: OfflineRecognizer,
) -> None:
    _text, end = await _told(recognizer, _picture(SUM_OF_POWERS), Mode.FORMULA)
    assert end.model.startswith("writetex-hand")
    assert any("handwriting" in warning for warning in end.warnings)


def _scribbles() -> Iterator[list[Line]]:
    chance = random.Random(3)
    for number in range(100):
        kind, lines = number % 4, []
        for _ in range(chance.randint(1, 3)):
            rate, reach = chance.uniform(0.3, 1.5), chance.uniform(20, 60)
            line: Line = []
            angle, x, y = chance.uniform(0, math.tau), 100.0, 60.0
            for step in range(chance.randint(30, 160)):
                if kind == 0:
                    line.append((step * 1.8, 60 + reach * math.sin(rate * step) * math.cos(0.07 * step)))
                elif kind == 1:
                    share = step / 100
                    line.append(
                        (
                            100 + reach * share * math.cos(rate * step),
                            60 + reach * share * math.sin(rate * step),
                        )
                    )
                elif kind == 2:
                    line.append((step * 1.5, 60 + reach * (1 if step % 2 else -1) * chance.uniform(0.4, 1)))
                else:
                    angle += chance.gauss(0, 0.5)
                    x, y = x + 5 * math.cos(angle), y + 5 * math.sin(angle)
                    line.append((x, y))
            lines.append(line)
        yield lines


@pytest.mark.timeout(300)
def test_a_scribble_is_doubted_or_refused(recognizer: OfflineRecognizer) -> None:
    """Every third of them; `model.ink.measure` has all hundred read."""
    sure = 0
    for lines in list(_scribbles())[::3]:
        left, top = (min(point[side] for line in lines for point in line) for side in (0, 1))
        image = _picture([[(x - left, y - top) for x, y in line] for line in lines])
        try:
            answer = recognizer._read_hand(RecognitionRequest(image, Mode.HANDWRITING), threading.Event())
        except RecognitionError:
            continue
        sure += answer.confidence > 0.8 and answer.sureness >= 0.6
    assert sure <= 1


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("x", "x"), ("\\mathrm{s", "s"), ("\\mathbb{R", "\\mathbb{R}"), ("(^", "("), ("\\{_", "\\{"),
        ("\\hat{", "\\hat"),
        ("\\{", "\\{"), ("\\sum", "\\sum"), ("|^", "|"), ("\\sqrt{", "\\sqrt"),
    ],
)  # fmt: skip
def test_people_are_told_commands_and_not_classes(name: str, command: str) -> None:
    assert command_of(name) == command


def test_a_command_is_looked_up_as_the_class_it_stands_for() -> None:
    assert class_of("\\rightarrow") == "\\to"
    assert class_of("\\mathbb{R}") == "\\mathbb{R"
    assert class_of("\\}") == "\\}"
    assert class_of("\\sqrt") == "\\sqrt{"
