"""Formulas as files that other programs can read."""

import asyncio
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.mathml import clean_mathml
from writetex_desktop.adapters.exporters.png import MAX_PIXELS, PngExporter
from writetex_desktop.adapters.exporters.svg import to_svg
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "tests" / "data" / "render-corpus.json"


@pytest.fixture(scope="module")
def fraction() -> Iterator[RenderedFormula]:
    renderer = MathJaxRenderer(resource_dir())
    yield asyncio.run(renderer.render(r"\frac{a}{\color{red}b}"))
    renderer.close()


@pytest.fixture
def exporter(qapp: object) -> PngExporter:
    return PngExporter()


def draw(renderer: MathJaxRenderer, latex: str) -> RenderedFormula:
    return asyncio.run(renderer.render(latex))


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_png_has_the_size_that_resolution_and_font_say(
    exporter: PngExporter, fraction: RenderedFormula
) -> None:
    with opened(exporter.to_png(fraction, dpi=144, font_pt=10)) as picture:
        assert picture.format == "PNG"
        assert picture.width == pytest.approx(fraction.width_em * 20, abs=1)
        assert picture.height == pytest.approx(fraction.height_em * 20, abs=1)
        assert picture.info["dpi"] == pytest.approx((144, 144), abs=0.1)


def test_a_png_is_drawn_in_the_ink_on_nothing_or_on_paper(
    exporter: PngExporter, fraction: RenderedFormula
) -> None:
    with opened(exporter.to_png(fraction, ink="#0000ff")) as picture:
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
        colours = {colour for _, colour in picture.getcolors(1 << 20) or []}
        assert {(0, 0, 255, 255), (255, 0, 0, 255)} <= colours
    with opened(exporter.to_png(fraction, paper="#ffffff")) as picture:
        assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_qtsvg_paints_every_formula_of_the_corpus_without_complaint(exporter: PngExporter) -> None:
    # A warning of Qt fails a test (qt_log_level_fail).
    entries = json.loads(CORPUS.read_text("utf-8"))
    renderer = MathJaxRenderer(resource_dir())
    for entry in entries:
        if entry["expect"] == "ok":
            with (
                suppress(RenderError),
                opened(exporter.to_png(draw(renderer, entry["latex"]), dpi=96)) as picture,
            ):
                assert picture.getbbox() is not None, entry["id"]
    renderer.close()


@pytest.mark.parametrize(
    "source",
    [
        r"\color{#12}{x} \color{nosuchcolour}{y} \color[rgb]{0.1,2,0.3}{z} \color{url(#a)}{v}",
        r"\colorbox{transparent}{x} \fcolorbox{red}{#ff}{y} \bbox[red,border:2px dotted blue]{z}",
        r"\rule{0em}{0em}\rule{1em}{0pt} \hspace{-3em} x",
        r"\mmlToken{mi}[mathcolor='url(x)' style='fill:red' href='javascript:x']{x}",
        r"\text{\unicode{x2028} é 中 🎉}",
        r"\enclose{circle,longdiv,radical,box,roundedbox,updiagonalstrike}{x}",
    ],
)
def test_qtsvg_paints_odd_formulas_without_complaint(exporter: PngExporter, source: str) -> None:
    renderer = MathJaxRenderer(resource_dir())
    with suppress(RenderError), opened(exporter.to_png(draw(renderer, source))) as picture:
        assert picture.format == "PNG"
    renderer.close()


@pytest.mark.parametrize(
    ("source", "share"),
    [
        (r"\xrightarrow{abcdefghi}", 0.9),
        (r"\overleftrightarrow{ABCDEF}", 0.9),
        (r"\xlongequal{abcdef}", 0.9),
        (r"\overbrace{a+b+c+d}", 0.4),  # its middle stands above the line
    ],
)
def test_a_stretched_sign_is_one_line_without_gaps(exporter: PngExporter, source: str, share: float) -> None:
    renderer = MathJaxRenderer(resource_dir())
    with opened(exporter.to_png(draw(renderer, source), paper="#ffffff")) as picture:
        grey = picture.convert("L")
    renderer.close()
    rows = [grey.crop((0, y, grey.width, y + 1)).tobytes() for y in range(grey.height)]
    longest = max(len(run) for row in rows for run in re.findall(rb"[\x00-\xa0]+", row))
    ink = ImageOps.invert(grey).getbbox()
    assert ink is not None
    assert longest > share * (ink[2] - ink[0])


def test_the_same_formula_gives_the_same_bytes(exporter: PngExporter, fraction: RenderedFormula) -> None:
    assert exporter.to_png(fraction) == exporter.to_png(fraction)


def test_a_png_of_absurd_size_is_refused(exporter: PngExporter, fraction: RenderedFormula) -> None:
    with pytest.raises(RenderError):
        exporter.to_png(fraction, dpi=MAX_PIXELS)


def test_a_png_can_be_made_without_a_display() -> None:
    program = """
import asyncio, sys
from writetex_desktop.adapters.exporters.png import PngExporter
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
exporter = PngExporter()
renderer = MathJaxRenderer(resource_dir())
sys.stdout.buffer.write(exporter.to_png(asyncio.run(renderer.render(r"x \\text{é中}"))))
renderer.close()
"""
    blind = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=blind, capture_output=True, check=True, timeout=50
    )
    with opened(done.stdout) as picture:
        assert picture.getbbox() is not None


def test_an_svg_file_stands_alone_and_knows_its_size(fraction: RenderedFormula) -> None:
    data = to_svg(fraction, ink="#123456", font_pt=10)
    root = ET.fromstring(data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(fraction.width_em * 10, abs=0.01)
    assert float(root.attrib["height"].removesuffix("pt")) == pytest.approx(fraction.height_em * 10, abs=0.01)
    assert b"#123456" in data
    assert data.startswith(b"<?xml")


def test_mathml_loses_what_only_a_page_can_use() -> None:
    cleaned = clean_mathml(
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" onclick="x()">\n  '
        '<mi class="c" id="i" href="x:y" style="a:b" data-mjx-texclass="ORD" mathvariant="bold">x</mi>\n'
        "  <mtext mathcolor='url(x)'> a\n b </mtext><mn mathcolor='red'>1</mn></math>"
    )
    assert cleaned == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        '<mi mathvariant="bold">x</mi><mtext> a\n b </mtext><mn mathcolor="red">1</mn></math>'
    )


@pytest.mark.parametrize("markup", ["<math>\x01</math>", "<math>\ud800</math>", "<math>"])
def test_mathml_that_is_no_xml_is_refused(markup: str) -> None:
    with pytest.raises(RenderError):
        clean_mathml(markup)
