"""Ink in files: InkML in and out, SVG, and inside a PNG."""

import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.ink.inks import PLUS, inks
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.ink.ink import Ink, Point
from writetex_desktop.core.ink.inkml import format_inkml, parse_inkml
from writetex_desktop.core.ink.png import ink_in, with_ink
from writetex_desktop.core.ink.svg import format_svg
from writetex_desktop.core.ink.trace_data import Channel, read_trace

SPACE = "{http://www.w3.org/2003/InkML}"


def places(ink: Ink) -> list[list[tuple[float, float]]]:
    return [[(point.x, point.y) for point in stroke.points] for stroke in ink.strokes]


@given(inks)
def test_what_is_written_as_inkml_is_read_back(ink: Ink) -> None:
    assert parse_inkml(format_inkml(ink)) == ink
    assert parse_inkml(format_inkml(ink).encode()) == ink


def test_the_file_has_the_form_of_the_recommendation() -> None:
    root = ET.fromstring(format_inkml(PLUS).encode())
    assert root.tag == f"{SPACE}ink"
    (trace_format,) = root.iter(f"{SPACE}traceFormat")
    assert [channel.get("name") for channel in trace_format] == ["X", "Y", "T", "F"]
    names = {value for element in root.iter() for key, value in element.items() if key.endswith("}id")}
    for trace in root.iter(f"{SPACE}trace"):
        for reference in (trace.get("contextRef"), trace.get("brushRef")):
            assert reference is not None
            assert reference.removeprefix("#") in names


def test_the_example_of_the_recommendation_is_read() -> None:
    text = """<ink xmlns="http://www.w3.org/2003/InkML">
      <trace>10 0, 9 14, 8 28, 7 42</trace>
      <trace>130 155, 144 159</trace>
    </ink>"""
    assert places(parse_inkml(text)) == [[(10, 0), (9, 14), (8, 28), (7, 42)], [(130, 155), (144, 159)]]


def test_differences_are_read_as_the_recommendation_says() -> None:
    # Section 3.2.1 there: absolute, then velocities, then accelerations, which hold until told otherwise.
    text = """<ink xmlns="http://www.w3.org/2003/InkML"><traceFormat><channel name="X"/><channel name="Y"/>
      </traceFormat><trace>1125 18432,'23'43,"7"-8,3-5,7 -3,6 2,6 8,3 6,2 5,3 1</trace></ink>"""
    (found,) = places(parse_inkml(text))
    assert found[:4] == [(1125, 18432), (1148, 18475), (1178, 18510), (1211, 18540)]


def test_repeated_and_missing_values_are_read() -> None:
    text = """<ink><trace>1 2, * 5, ? 6, 4 *</trace></ink>"""
    assert places(parse_inkml(text)) == [[(1, 2), (1, 5), (4, 6)]]


def test_channels_in_another_order_and_pressure_are_read() -> None:
    text = """<ink xmlns="http://www.w3.org/2003/InkML"><definitions>
      <context xml:id="c"><inkSource><traceFormat>
        <channel name="F" type="integer" min="0" max="1024"/>
        <channel name="T" type="decimal" units="s"/>
        <channel name="Y" type="integer"/><channel name="X" type="integer"/>
        <intermittentChannels><channel name="B1" type="boolean" default="F"/></intermittentChannels>
      </traceFormat></inkSource></context></definitions>
      <traceGroup contextRef="#c"><trace>512 0.5 7 3, 1024 1 8 4 T</trace></traceGroup></ink>"""
    (stroke,) = parse_inkml(text).strokes
    assert stroke.points == (Point(3, 7, 500, 0.5), Point(4, 8, 1000, 1.0))


def test_strokes_in_the_air_are_left_out() -> None:
    text = """<ink><trace>1 1</trace><trace type="penUp">5 5</trace></ink>"""
    assert places(parse_inkml(text)) == [[(1, 1)]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<svg/>",
        "<ink>",
        "<ink/>",
        "<ink><trace/></ink>",
        "<ink><trace>a b</trace></ink>",
        "<ink><trace>1 2 3 4</trace></ink>",
        "<ink><traceFormat><channel name='A'/></traceFormat><trace>1</trace></ink>",
        '<!DOCTYPE ink [<!ENTITY a "1 2">]><ink><trace>&a;</trace></ink>',
        "<ink><context xml:id='a' contextRef='#a'/><trace contextRef='#a'>x</trace></ink>",
        "\x00",
    ],
)
def test_what_is_no_ink_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ImageError) as caught:
        parse_inkml(text)
    assert caught.value.remedy.text.endswith(".")


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="0123456789 ,'\"!*?TF.-e#").map(lambda t: f"<ink><trace>{t}</trace></ink>"),
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        ink = parse_inkml(text)
    except ImageError:
        return
    assert ink


@given(inks)
def test_the_drawing_as_svg_is_well_formed_and_holds_every_stroke(ink: Ink) -> None:
    root = ET.fromstring(format_svg(ink).encode())
    left, top, width, height = (float(number) for number in root.get("viewBox", "").split())
    box = ink.box
    assert box is not None
    assert left <= box.left
    assert top <= box.top
    assert left + width >= box.right
    assert top + height >= box.bottom
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) >= len(ink.strokes)


def test_an_empty_drawing_is_an_empty_picture() -> None:
    assert "path" not in format_svg(Ink())


def a_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@given(inks)
def test_a_png_carries_its_ink(ink: Ink) -> None:
    assert ink_in(with_ink(a_png(), ink)) == ink
    assert ink_in(with_ink(with_ink(a_png(), PLUS), ink)) == ink


@pytest.mark.parametrize("data", [b"", a_png(), b"GIF89a", a_png()[:20]])
def test_a_picture_without_ink_has_none(data: bytes) -> None:
    assert ink_in(data) is None


@given(st.integers(0, 400), st.binary(max_size=3))
def test_a_damaged_picture_has_ink_or_none(at: int, put: bytes) -> None:
    whole = with_ink(a_png(), PLUS)
    ink_in(whole[:at] + put + whole[at + len(put) :])


@pytest.mark.parametrize("number", ["#" + "F" * 400, "1e999", "-1e999"])
def test_a_number_that_no_pen_has_written_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="no pen"):
        read_trace(number, [Channel("X")], 10)
