"""The embedded recogniser on the pictures that the program ships."""

import contextlib
import io
import json
import random
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.recogniser import choice
from writetex_desktop.adapters.recogniser import recognizer as offline_recognizer
from writetex_desktop.adapters.recogniser.model import FormulaModel
from writetex_desktop.adapters.recogniser.picture import FormulaPicture
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.errors import InternalError, RecognitionError
from writetex_desktop.core.formats.table import parse_table
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.latex.printed_signs import printed_signs
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage
from writetex_desktop.core.reading.recognition import (
    DOUBTFUL,
    Completed,
    Engine,
    Mode,
    RecognitionRequest,
    TextDelta,
)

RESOURCES = Path(__file__).parents[3] / "resources"
SAMPLES = RESOURCES / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text())


@pytest.fixture(scope="module")
def recognizer() -> OfflineRecognizer:
    return OfflineRecognizer(RESOURCES / "model")


def request_for(data: bytes, mode: Mode = Mode.FORMULA) -> RecognitionRequest:
    return RecognitionRequest(EncodedImage("image/png", data, 0, 0), mode)


def png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


async def read(
    recognizer: OfflineRecognizer, data: bytes, mode: Mode = Mode.FORMULA
) -> tuple[str, Completed]:
    *deltas, end = [event async for event in recognizer.recognize(request_for(data, mode))]
    assert isinstance(end, Completed)
    assert all(isinstance(delta, TextDelta) for delta in deltas)
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)), end


async def test_it_reads_samples_of_every_answer_it_is_sure_of(recognizer: OfflineRecognizer) -> None:
    sure = right = 0
    for sample in TRUTH:
        try:
            text, end = await read(recognizer, (SAMPLES / sample["file"]).read_bytes())
        except RecognitionError:
            continue
        assert end.engine is Engine.OFFLINE
        assert end.confidence is not None
        is_right = canonicalize(text) == canonicalize(sample["latex"])
        right += is_right
        if end.confidence > 0.9:
            sure += 1
            assert is_right, sample["file"]
    assert right >= 14, "the weights of another training may lose one"
    assert sure >= 1


def test_the_signs_that_it_sees_are_those_that_the_truth_prints() -> None:
    model = FormulaModel(RESOURCES / "model")
    like = 0
    for sample in TRUTH:
        picture = FormulaPicture(EncodedImage("image/png", (SAMPLES / sample["file"]).read_bytes(), 0, 0))
        glance = model.look(picture.at_size(model.em_px))
        size = model.size(glance, range(len(glance.signs)))
        glance = model.look(picture.at_size(model.em_px / size))
        seen = model.understand(glance, range(len(glance.signs))).signs
        printed = printed_signs(canonicalize(sample["latex"]).split())
        assert sum(seen.values()) > 0
        like += sum(abs(count - printed[sign]) for sign, count in seen.items()) < 1
    assert like >= 12, "the weights of another training may doubt some"


def with_paper(picture: Image.Image, margin: int) -> Image.Image:
    return ImageOps.expand(picture.convert("RGB"), margin, "white")


def framed(picture: Image.Image) -> Image.Image:
    return with_paper(ImageOps.expand(with_paper(picture, 24), 1, "#999999"), 6)


def in_a_table(picture: Image.Image) -> Image.Image:
    page = with_paper(picture, 30)
    draw = ImageDraw.Draw(page)
    for y in (10, page.height - 10):
        draw.line((0, y, page.width, y), "#555555")
    for x in (10, page.width - 10):
        draw.line((x, 0, x, page.height), "#555555")
    return page


def under_words(picture: Image.Image) -> Image.Image:
    page = ImageOps.expand(picture.convert("RGB"), (10, 50, 10, 10), "white")
    font = ImageFont.load_default(15)
    ImageDraw.Draw(page).text((10, 8), "This gives the required bound:", "black", font)
    return page


def numbered(picture: Image.Image) -> Image.Image:
    page = ImageOps.expand(picture.convert("RGB"), (10, 10, 130, 10), "white")
    font = ImageFont.load_default(20)
    ImageDraw.Draw(page).text((page.width - 50, page.height / 2 - 12), "(7)", "black", font)
    return page


def half_marked(picture: Image.Image) -> Image.Image:
    page = with_paper(picture, 12)
    marker = Image.new("RGB", page.size, "white")
    ImageDraw.Draw(marker).rectangle((page.width // 3, 0, page.width * 2 // 3, page.height), "#ffff66")
    return ImageChops.multiply(page, marker)


def on_a_dark_panel(picture: Image.Image) -> Image.Image:
    panel = ImageOps.colorize(with_paper(picture, 20).convert("L"), "#e6e6e6", "#1e1e1e")
    return ImageOps.expand(ImageOps.expand(panel, 1, "#888888"), 12, "#1e1e1e")


@pytest.mark.parametrize("place", [framed, in_a_table, under_words, numbered, half_marked, on_a_dark_panel])
@pytest.mark.parametrize("name", ["01-quadratic.png", "08-sum-times.png", "10-arithmetic.png"])
async def test_it_reads_the_formula_alone_whatever_stands_round_it(
    recognizer: OfflineRecognizer, place: Callable[[Image.Image], Image.Image], name: str
) -> None:
    truth = next(sample["latex"] for sample in TRUTH if sample["file"] == name)
    text, _ = await read(recognizer, png(place(Image.open(SAMPLES / name))))
    assert canonicalize(text) == canonicalize(truth)


async def test_the_number_beside_a_formula_is_told_apart(recognizer: OfflineRecognizer) -> None:
    text, end = await read(recognizer, png(numbered(Image.open(SAMPLES / "01-quadratic.png"))))
    assert end.number == "7"
    assert "7" not in text


@pytest.mark.parametrize("place", [numbered, under_words])
async def test_what_is_left_out_is_told_by_its_place_and_read_when_asked_for(
    recognizer: OfflineRecognizer, place: Callable[[Image.Image], Image.Image]
) -> None:
    formula = Image.open(SAMPLES / "01-quadratic.png")
    picture = place(formula)
    beside = ImageChops.difference(picture, place(Image.new("RGB", formula.size, "white")))
    inside, bitmap = beside.getbbox(), Bitmap(*picture.size, picture.convert("RGBA").tobytes("raw", "BGRA"))
    assert inside is not None
    request = replace(request_for(png(picture)), bitmap=bitmap)
    *_, end = [event async for event in recognizer.recognize(request)]
    assert isinstance(end, Completed)
    assert end.left_out
    ink = ImageOps.invert(picture.convert("L")).point(lambda level: 255 if level > 96 else 0)
    ImageDraw.Draw(ink).rectangle(inside, 0)
    assert ink.getbbox() is not None
    for piece in end.left_out:
        ImageDraw.Draw(ink).rectangle((piece.x - 1, piece.y - 1, piece.right, piece.bottom), 0)
        covered = Rect(inside[0], inside[1], inside[2] - inside[0], inside[3] - inside[1])
        assert piece.intersected(covered).is_empty, "no part of the formula is greyed"
    assert ink.getbbox() is None, "all ink beside the formula is greyed"
    everything = [event async for event in recognizer.recognize(replace(request, whole=True))]
    assert isinstance(everything[-1], Completed)
    assert everything[-1].left_out == ()
    assert everything[-1].number == ""


async def test_other_readings_differ_and_the_surest_comes_first(recognizer: OfflineRecognizer) -> None:
    some = 0
    for name in ("05-matrix.png", "09-maxwell-typst.png", "07-aligned.png"):
        picture = Image.open(SAMPLES / name).convert("L")
        small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BICUBIC)
        try:
            text, end = await read(recognizer, png(small))
        except RecognitionError:
            continue
        markups = [text, *(other.markup for other in end.alternatives)]
        assert len(set(markups)) == len(markups) <= 5
        chances = [other.confidence for other in end.alternatives]
        assert chances == sorted(chances, reverse=True)
        some += bool(chances)
    assert some >= 1, "half the size leaves doubts"


@pytest.mark.parametrize("name", ["1", "2", "7", "="])
async def test_one_sign_alone_is_read(recognizer: OfflineRecognizer, name: str) -> None:
    picture = Image.new("L", (60, 60), 255)
    ImageDraw.Draw(picture).text((20, 12), name, 0, ImageFont.load_default(28))
    text, _ = await read(recognizer, png(picture))
    assert text == name


async def test_two_formulas_under_one_another_are_two_rows(recognizer: OfflineRecognizer) -> None:
    one, other = (Image.open(SAMPLES / name).convert("L") for name in ("02-euler.png", "10-arithmetic.png"))
    page = Image.new("L", (max(one.width, other.width), one.height + other.height + 12), 255)
    page.paste(one, ((page.width - one.width) // 2, 0))
    page.paste(other, ((page.width - other.width) // 2, one.height + 12))
    text, _ = await read(recognizer, png(page))
    rows = canonicalize(text)
    assert rows.count("\\\\") == 1
    assert "e ^ { i \\pi }" in rows
    assert rows.startswith(("\\begin{gathered}", "\\begin{aligned}"))


async def test_it_reads_the_crop_itself_and_not_what_would_be_sent(recognizer: OfflineRecognizer) -> None:
    data = (SAMPLES / TRUTH[1]["file"]).read_bytes()
    bitmap = PillowCodec().decode(data)
    request = RecognitionRequest(EncodedImage("image/png", b"for the endpoint", 1, 1), bitmap=bitmap)
    events = [event async for event in recognizer.recognize(request)]
    assert events[0] == TextDelta((await read(recognizer, data))[0])
    plain = request.plain_image
    assert PillowCodec().decode(plain.data) == bitmap


async def test_a_doubtful_answer_asks_to_be_checked(
    recognizer: OfflineRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline_recognizer, "DOUBTFUL", 1.1)
    monkeypatch.setattr(choice, "HOPELESS", 0.0)
    _, end = await read(recognizer, (SAMPLES / TRUTH[1]["file"]).read_bytes())
    assert any("check" in warning for warning in end.warnings)


async def test_it_opens_no_socket(recognizer: OfflineRecognizer, monkeypatch: pytest.MonkeyPatch) -> None:
    await recognizer.warm()

    def refuse(*_arguments: object, **_options: object) -> socket.socket:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(choice, "HOPELESS", 0.0)
    text, _ = await read(recognizer, (SAMPLES / TRUTH[1]["file"]).read_bytes())
    assert text


async def test_it_says_that_it_draws_no_diagrams(recognizer: OfflineRecognizer) -> None:
    with pytest.raises(RecognitionError, match="only"):
        await read(recognizer, b"", Mode.TIKZ)


async def test_a_paragraph_with_formulas_is_read_as_text_though_a_formula_was_asked_for(
    recognizer: OfflineRecognizer,
) -> None:
    text, end = await read(recognizer, (SAMPLES / "17-paragraph.png").read_bytes())
    assert end.mode is Mode.TEXT
    assert "is called continuous at the point \\(x_0\\) if for every" in text
    assert "there is a \\(\\delta > 0\\) such that" in text


@pytest.mark.parametrize(
    ("sample", "mode"),
    [("01-quadratic.png", Mode.FORMULA), ("17-paragraph.png", Mode.TEXT), ("18-table.png", Mode.TABLE)],
)
async def test_a_picture_is_told_by_itself(recognizer: OfflineRecognizer, sample: str, mode: Mode) -> None:
    _, end = await read(recognizer, (SAMPLES / sample).read_bytes(), Mode.AUTO)
    assert end.mode is mode
    assert bool(end.formulas) == (mode is not Mode.FORMULA)


async def test_a_page_in_two_columns_is_read_in_its_order(recognizer: OfflineRecognizer) -> None:
    text, _ = await read(recognizer, (SAMPLES / "16-page-two-columns.png").read_bytes(), Mode.TEXT)
    places = [
        text.index(words) for words in ("Introduction", "The equation", "Discussion", "It follows that")
    ]
    assert places == sorted(places)
    assert "\\tag{1}" in text
    assert "[^1]: The reader who" in text
    assert "- the speed does not depend" in text


async def test_a_table_with_formulas_is_read_cell_by_cell(recognizer: OfflineRecognizer) -> None:
    text, _ = await read(recognizer, (SAMPLES / "18-table.png").read_bytes(), Mode.TABLE)
    table = parse_table(text)
    assert table is not None
    assert table.rows[0] == ("Function", "Derivative", "Value at 2")
    assert table.rows[2] == ("power \\(x^n\\)", "\\(nx^{n-1}\\)", "12.00")
    assert table.is_ruled


@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.TABLE])
async def test_without_the_reader_of_pages_it_says_how_to_get_it(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline_recognizer, "find_weights", lambda: None)
    bare = OfflineRecognizer(RESOURCES / "model")
    assert not bare.reads_pages
    with pytest.raises(RecognitionError, match="not installed") as caught:
        await read(bare, b"", mode)
    assert "[pages]" in caught.value.remedy.text


async def test_without_its_model_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="missing") as caught:
        await OfflineRecognizer(tmp_path).warm()
    assert caught.value.remedy.text


async def test_blank_paper_is_no_formula(recognizer: OfflineRecognizer) -> None:
    with pytest.raises(RecognitionError, match="no formula"):
        await read(recognizer, png(Image.new("L", (300, 100), 255)))


@pytest.mark.parametrize("kind", ["gradient", "blobs", "stripes"])
async def test_junk_is_never_read_with_confidence(recognizer: OfflineRecognizer, kind: str) -> None:
    await recognizer.warm()
    picture = {
        "gradient": Image.linear_gradient("L").resize((400, 200)),
        "blobs": Image.effect_noise((50, 25), 90).resize((400, 200), Image.Resampling.BICUBIC),
        "stripes": Image.radial_gradient("L")
        .resize((300, 300))
        .point([255 * (level // 16 % 2) for level in range(256)]),
    }[kind]
    with contextlib.suppress(RecognitionError):
        _, end = await read(recognizer, png(picture))
        assert end.confidence is not None
        assert end.confidence < DOUBTFUL
        assert end.warnings


def scribble(seed: int) -> Image.Image:
    """Lines of a hand that draws something, no sign among them."""
    chance = random.Random(seed)
    picture = Image.new("L", (chance.randint(60, 400), chance.randint(40, 200)), 255)
    draw = ImageDraw.Draw(picture)
    for _ in range(chance.randint(2, 5)):
        corners = [
            (chance.uniform(0, picture.width), chance.uniform(0, picture.height))
            for _ in range(chance.randint(3, 8))
        ]
        draw.line(corners, 0, chance.randint(1, 5), "curve")
    return picture


@pytest.mark.parametrize("seed", range(12))
async def test_a_scribble_is_refused_or_doubted(recognizer: OfflineRecognizer, seed: int) -> None:
    with contextlib.suppress(RecognitionError):
        text, end = await read(recognizer, png(scribble(seed)))
        assert end.confidence is not None
        assert end.confidence < DOUBTFUL, text


def test_importing_it_loads_neither_onnxruntime_nor_numpy() -> None:
    code = (
        "import sys, writetex_desktop.adapters.recogniser.recognizer; "
        "sys.exit(bool({'onnxruntime', 'numpy', 'PIL'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
