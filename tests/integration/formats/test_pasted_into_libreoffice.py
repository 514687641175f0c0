"""What LibreOffice makes of what we put on the clipboard: equations of its own, that can be edited."""

from collections.abc import Iterator

import pytest

from tests.libreoffice import Office, office
from tests.x11 import virtual_display
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import ExportService

pytestmark = pytest.mark.timeout(120)

FORMULA = r"\frac{a}{2}+\sqrt{b}=\sum_{i=1}^n c_i"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with virtual_display(1024, 768) as display, office(display, tmp_path_factory.mktemp("office")) as started:
        yield started


@pytest.fixture(scope="module")
def exports(qapp: object) -> Iterator[ExportService]:
    renderer = MathJaxRenderer(resource_dir())
    yield make_exports(renderer)
    renderer.close()


@pytest.mark.parametrize("kind", ["swriter", "simpress"])
@pytest.mark.parametrize("output_format", [OutputFormat.WORD, OutputFormat.OMML])
async def test_an_equation_is_pasted_as_an_equation(
    running: Office, exports: ExportService, output_format: OutputFormat, kind: str
) -> None:
    content = await exports.export(FORMULA, Mode.FORMULA, output_format)
    (formula,) = running.pasted(content, kind)["formulas"]
    assert formula == "{{a} over {2}} + sqrt {b} = sum from {i = 1} to {n} c _{i}"


async def test_writer_takes_rtf_math_alone_for_an_equation(running: Office, exports: ExportService) -> None:
    content = await exports.export(FORMULA, Mode.FORMULA, OutputFormat.WORD)
    rtf = ClipboardContent(flavours={"text/rtf": content.flavours["text/rtf"]})
    (formula,) = running.pasted(rtf, "swriter")["formulas"]
    assert formula == "{a} over {2} + sqrt {b} = sum from {i = 1} to {n} {{c} rsub {i}}"
