"""What templates may ask for that is no output format of its own."""

import base64
import html
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.flavour import Content
from writetex_desktop.core.formats.mathtext import to_mathtext
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.services.output.formula_forms import FormulaForms


async def _body(forms: FormulaForms) -> str:
    return " ".join(forms.body.split())


async def _mathtext(forms: FormulaForms) -> str:
    return to_mathtext(forms.body)


async def _png(forms: FormulaForms) -> str:
    data = base64.b64encode(await forms.file(Content.PNG)).decode("ascii")
    return f"data:image/png;base64,{data}"


async def _alt(forms: FormulaForms) -> str:
    """Say in plain text what a picture shows; as LaTeX where plain text cannot."""
    try:
        text = await forms.text(OutputFormat.UNICODE)
    except ConversionError:
        text = forms.body
    return html.escape(" ".join(text.split()))


OWN_FORMS: Final[Mapping[str, Callable[[FormulaForms], Awaitable[str]]]] = {
    "body": _body,
    "mathtext": _mathtext,
    "png": _png,
    "alt": _alt,
}
"""To add a placeholder: a line here and its name in `core.formats.template.PLACEHOLDERS`."""
