"""A dozen formulas in every language of text, to the letter; what one cannot carry is refused in words."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.pdf import to_pdf
from writetex_desktop.adapters.exporters.png import PngExporter
from writetex_desktop.adapters.exporters.svg import to_svg
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.file_exporters import FileExporters

GOLDENS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "data" / "format-goldens.json").read_text(encoding="utf-8")
)
REFUSED = "refused: "


@pytest.fixture(scope="module")
def exports(qapp: object) -> Iterator[ExportService]:
    renderer = MathJaxRenderer(resource_dir())
    pictures = PngExporter()
    files = FileExporters(png=lambda formula, dpi: pictures.to_png(formula, dpi=dpi), svg=to_svg, pdf=to_pdf)
    yield ExportService(renderer, files, lambda: date(2026, 11, 23))
    renderer.close()


@pytest.mark.parametrize("latex", GOLDENS)
async def test_a_formula_is_written_to_the_letter(exports: ExportService, latex: str) -> None:
    written: dict[str, str] = {}
    for name in GOLDENS[latex]:
        try:
            written[name] = (await exports.export(latex, Mode.FORMULA, OutputFormat(name))).text
        except ConversionError as refusal:
            written[name] = REFUSED + refusal.message
    assert written == GOLDENS[latex]


def test_each_language_of_text_has_a_dozen_formulas() -> None:
    languages = {each.value for each in OutputFormat if not each.is_binary} - {
        "svg",
        "template",
        "speech",
        "braille",
    }
    assert len(GOLDENS) >= 12
    assert all(goldens.keys() == languages for goldens in GOLDENS.values())
