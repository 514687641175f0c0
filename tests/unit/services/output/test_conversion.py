"""`writetex convert`: every line gets its answer, in order, whatever it holds."""

import base64
import json
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeClock, FakeFormulaRenderer
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.services.output.conversion import convert, convert_lines
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.file_exporters import FileExporters


def export(formula: RenderedFormula) -> bytes:
    return f"picture of {formula.width_em:g} em".encode()


def export_nothing(formula: RenderedFormula) -> bytes:
    raise RuntimeError("secret of the exporter")


def exports(
    renderer: FakeFormulaRenderer | None = None, svg: Callable[[RenderedFormula], bytes] = export
) -> ExportService:
    files = FileExporters(png=lambda formula, _dpi: svg(formula), svg=svg, pdf=svg)
    return ExportService(renderer or FakeFormulaRenderer(), files)


async def collect(answers: AsyncIterator[str]) -> list[dict[str, object]]:
    return [json.loads(answer) async for answer in answers]


async def answers_to(*lines: bytes, target: OutputFormat = OutputFormat.SVG) -> list[dict[str, object]]:
    return await collect(convert_lines(lines, target, exports(), FakeClock()))


async def test_a_formula_becomes_the_file_that_the_exporter_makes() -> None:
    assert await convert("xyz", OutputFormat.SVG, exports()) == b"picture of 3 em"


async def test_mathml_needs_no_exporter() -> None:
    output = await convert("x", OutputFormat.MATHML, exports(svg=export_nothing))
    assert output.startswith(b"<math ")


@pytest.mark.parametrize(
    "latex", [r"\[ xyz \]", "$$xyz$$", r"\begin{equation}xyz\end{equation}", "$xyz$\n", " xyz "]
)
async def test_delimiters_are_taken_away(latex: str) -> None:
    renderer = FakeFormulaRenderer()
    await convert(latex, OutputFormat.SVG, exports(renderer))
    assert renderer.sources == ["xyz"]


async def test_a_formula_that_cannot_be_drawn_is_an_error() -> None:
    with pytest.raises(RenderError):
        await convert(r"\unknown", OutputFormat.SVG, exports())


async def test_each_line_is_answered_in_order() -> None:
    answers = await answers_to(
        b'{"id": "a", "latex": "x"}\n', b'{"id": 2, "latex": "xx"}', b'{"latex": "xxx"}\r\n'
    )
    assert answers == [
        {"id": "a", "ok": True, "output": "picture of 1 em", "seconds": 0.0},
        {"id": 2, "ok": True, "output": "picture of 2 em", "seconds": 0.0},
        {"id": None, "ok": True, "output": "picture of 3 em", "seconds": 0.0},
    ]


async def test_a_png_is_base64() -> None:
    (answer,) = await answers_to(b'{"id": 1, "latex": "x"}', target=OutputFormat.PNG)
    assert base64.b64decode(str(answer["output"])) == b"picture of 1 em"


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        (b"", None),
        (b"\n", None),
        (b"not json", None),
        (b"\xff\xfe\x00", None),
        (b"[" * 100_000, None),
        (b"9" * 5000, None),
        (b'"text"', None),
        (b"null", None),
        (b'{"id": "a"}', "a"),
        (b'{"id": "a", "latex": 5}', "a"),
        (b'{"id": "a", "latex": "\\\\unknown"}', "a"),
        (b'{"id": {"deep": []}, "latex": "x{"}', None),
        (b'{"id": 1.5, "latex": "x{"}', None),
        (b'{"id": NaN, "latex": "x{"}', None),
    ],
)
async def test_a_wrong_line_is_answered_and_the_next_one_has_its_turn(
    line: bytes, identifier: str | None
) -> None:
    wrong, right = await answers_to(line, b'{"id": "next", "latex": "x"}')
    assert wrong["ok"] is False
    assert wrong["id"] == identifier
    assert "output" not in wrong
    assert str(wrong["error"]).endswith(".")
    assert right["ok"] is True


async def test_a_fault_of_ours_ends_neither_the_run_nor_the_silence(caplog: pytest.LogCaptureFixture) -> None:
    lines = [b'{"id": "a", "latex": "x"}', b'{"id": "b", "latex": "x{"}']
    first, second = await collect(
        convert_lines(lines, OutputFormat.SVG, exports(svg=export_nothing), FakeClock())
    )
    assert (first["id"], first["ok"]) == ("a", False)
    assert "secret" not in str(first["error"])
    assert second["error"] == "Missing close brace."
    assert len(caplog.records) == 1
    caplog.clear()


async def test_the_time_that_a_line_took_is_told() -> None:
    clock = FakeClock()

    def export_slowly(formula: RenderedFormula) -> bytes:
        clock.now += 0.25
        return export(formula)

    lines = [b'{"latex": "x"}', b'{"latex": "x"}']
    answers = await collect(convert_lines(lines, OutputFormat.SVG, exports(svg=export_slowly), clock))
    assert [answer["seconds"] for answer in answers] == [0.25, 0.25]


@given(st.lists(st.one_of(st.binary(), st.text().map(lambda text: json.dumps({"latex": text}).encode()))))
async def test_there_are_as_many_answers_as_lines(lines: list[bytes]) -> None:
    answers = [answer async for answer in convert_lines(lines, OutputFormat.SVG, exports(), FakeClock())]
    assert len(answers) == len(lines)
    assert not any("\n" in answer for answer in answers)
