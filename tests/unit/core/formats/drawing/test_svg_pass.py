"""What MathJax draws becomes what QtSvg can paint."""

import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.colours import is_colour
from writetex_desktop.core.formats.drawing.formula import INK, with_ink
from writetex_desktop.core.formats.drawing.svg_pass import MAX_SIDE_EM, UNITS_PER_EM, to_formula

SVG = "{http://www.w3.org/2000/svg}"


def drawing(content: str, view_box: str = "0 -750 2000 1000") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" width="4ex">{content}</svg>'


def elements(content: str, name: str) -> list[ET.Element]:
    return ET.fromstring(to_formula(drawing(content)).svg).findall(f".//{SVG}{name}")


def test_the_size_comes_from_the_view_box_with_room_for_slanted_letters() -> None:
    formula = to_formula(drawing(""))
    assert formula.width_em == pytest.approx(2.0, abs=0.3)
    assert formula.width_em > 2.0
    assert formula.height_em == pytest.approx(1.0, abs=0.1)
    assert formula.depth_em == pytest.approx(0.25, abs=0.05)
    view_box = [float(part) for part in ET.fromstring(formula.svg).attrib["viewBox"].split()]
    assert view_box[2:] == pytest.approx([formula.width_em * UNITS_PER_EM, formula.height_em * UNITS_PER_EM])


def test_a_formula_above_the_baseline_has_no_depth() -> None:
    assert to_formula(drawing("", "0 -900 500 500")).depth_em == 0.0


def test_current_colour_becomes_the_ink_that_can_be_replaced() -> None:
    formula = to_formula(drawing('<g fill="currentColor" stroke="currentColor"><path d="M0 0H9"/></g>'))
    assert formula.svg.count(INK) == 2
    assert "currentColor" not in formula.svg
    assert with_ink(formula, "#ffeedd").count("#ffeedd") == 2


@pytest.mark.parametrize(
    "colour", ["red", "#228B22", "#f0f", "rebeccapurple", "url(#x)", "red;x:y", "expression()"]
)
def test_a_colour_that_is_none_becomes_ink(colour: str) -> None:
    (group,) = elements(f'<g fill="{colour}"><path d="M0 0"/></g>', "g")
    assert group.get("fill") == (colour if is_colour(colour) else INK)


def test_only_numbers_and_the_keywords_of_svg_are_colours() -> None:
    assert [
        text for text in ("red", "Red", "#abc", "#aabbcc", "#abcd", "reddish", "#ggg", "") if is_colour(text)
    ] == [
        "red",
        "Red",
        "#abc",
        "#aabbcc",
    ]


def test_a_ground_whose_colour_is_none_does_not_hide_what_stands_on_it() -> None:
    grounds = elements(
        '<rect data-bgcolor="true" fill="nosuch" width="1" height="1"/>'
        '<rect data-bgcolor="true" fill="yellow" width="1" height="1"/>',
        "rect",
    )
    assert [ground.get("fill") for ground in grounds] == ["none", "yellow"]


def test_transparent_is_no_paint() -> None:
    (shape,) = elements('<rect fill="transparent" width="1" height="1"/>', "rect")
    assert shape.get("fill") == "none"


def test_a_nested_svg_becomes_a_group_at_its_place() -> None:
    formula = to_formula(
        drawing('<svg x="100" y="-30" width="50" height="60" viewBox="10 20 50 60"><path d="M1 1H2"/></svg>')
    )
    root = ET.fromstring(formula.svg)
    assert not root.findall(f".//{SVG}svg")
    (group,) = root.findall(f"{SVG}g")
    assert group.attrib == {"transform": "translate(90,-50)"}
    assert group.find(f"{SVG}path") is not None


def test_frames_and_lines_of_tables_are_lines() -> None:
    (frame,) = elements('<rect data-frame="true" class="mjx-dashed" width="9" height="9"/>', "rect")
    assert (frame.get("fill"), frame.get("stroke-width"), frame.get("stroke-dasharray")) == (
        "none",
        "40",
        "140",
    )
    (line,) = elements('<line data-line="v" class="mjx-solid" stroke-width="70px" x1="0" y2="9"/>', "line")
    assert line.get("stroke-width") == "70"
    assert line.get("stroke-dasharray") is None


def test_shapes_that_qtsvg_would_complain_of_are_dropped() -> None:
    assert len(elements('<path d=""/><path/><path d="M0 0H1"/><path d="M NaN 0"/>', "path")) == 1
    assert not elements('<rect width="Infinity" height="1"/>', "rect")


def test_nothing_but_shapes_and_their_geometry_gets_through() -> None:
    formula = to_formula(
        drawing(
            '<style>x</style><script>alert(1)</script><image href="http://127.0.0.1/"/>'
            '<a href="javascript:alert(1)" onclick="x()">'
            '<path d="M0 0H1" class="c" style="fill:url(#a)" id="i"/></a>'
        )
    )
    assert not re.search(r"style|script|image|href|onclick|class|url|\bid=", formula.svg)
    assert formula.svg.count("<path") == 1


def test_letters_that_the_fonts_lack_stay_text() -> None:
    (text,) = elements(
        '<text font-size="884px" font-family="serif" data-variant="n">é &lt; 中</text>', "text"
    )
    assert text.text == "é < 中"
    assert text.attrib == {"font-size": "884", "font-family": "serif"}


def test_what_was_repaired_is_marked() -> None:
    assert to_formula(drawing(""), repaired=True).repaired
    assert not to_formula(drawing("")).repaired


@pytest.mark.parametrize(
    "view_box",
    ["", "0 0 1", "0 0 a b", "0 0 nan 1", "0 0 inf 1", "nan 0 1 1", "0 0 -1 1", f"0 0 {MAX_SIDE_EM}001 1"],
)
def test_a_drawing_without_a_usable_size_is_refused(view_box: str) -> None:
    with pytest.raises(RenderError):
        to_formula(drawing("", view_box))


@pytest.mark.parametrize("text", ["", "<svg", "<svg>&nbsp;</svg>", "<svg>\x01</svg>", "<svg>\ud800</svg>"])
def test_what_is_no_xml_is_refused(text: str) -> None:
    with pytest.raises(RenderError):
        to_formula(text)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2), st.floats(0, 1e6), st.floats(0, 1e6))
def test_every_finite_size_gives_a_formula_that_is_not_empty(
    corner: list[float], width: float, height: float
) -> None:
    formula = to_formula(drawing("", f"{corner[0]} {corner[1]} {width} {height}"))
    assert formula.width_em > 0
    assert formula.height_em > 0
    assert math.isfinite(formula.depth_em)
    assert formula.depth_em >= 0
