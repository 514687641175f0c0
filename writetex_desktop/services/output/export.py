"""A result in the form that the target wants: what is copied, printed and saved."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, assert_never

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.mathml.chemistry import is_chemical_source
from writetex_desktop.core.formats.output_format import Family, OutputFormat, Way
from writetex_desktop.core.formats.template import fill, find_template, placeholders
from writetex_desktop.core.formats.wrapping import formula_body, holds_several, wrap
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.output.file_exporters import FileExporters

if TYPE_CHECKING:
    from writetex_desktop.core.formats.meaning.reading import Meaning
    from writetex_desktop.services.output.formula_forms import FormulaForms

DEFAULT_DPI: Final = 300


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a format may be told.

    Attributes:
        dpi: Pixels per inch of a PNG.
        template: The text of a template, or the name of one that comes with the program; see
            `core.formats.template`.
        functions: Letters that are functions where a parenthesis follows, for forms that calculate.
    """

    dpi: int = DEFAULT_DPI
    template: str = "{latex}"
    functions: AbstractSet[str] = frozenset()


class ExportService:
    """Makes every output format.

    Args:
        renderer: Draws formulas and gives their MathML.
        files: Makes files of drawings.
        today: The date for templates.
    """

    def __init__(
        self, renderer: FormulaRenderer, files: FileExporters, today: Callable[[], date] = date.today
    ) -> None:
        self._renderer = renderer
        self._files = files
        self._today = today

    async def export(
        self,
        markup: str,
        mode: Mode,
        output_format: OutputFormat,
        options: ExportOptions | None = None,
    ) -> ClipboardContent:
        """Make what is copied.

        Args:
            markup: What `clean` gives, or what the user made of it.
            mode: What it is.
            output_format: The form.
            options: What the form is told.

        Returns:
            The text, and beside it what other programs take better. A picture has no text, but SVG has.

        Raises:
            ConversionError: The form cannot carry it; the message names what.
            RenderError: The markup is not one that can be parsed.
            SettingsError: The template uses a placeholder that there is not.
        """
        options = options or ExportOptions()
        match output_format.row.way:
            case Way.SOURCE:
                return ClipboardContent(_wrapped(markup, output_format, mode))
            case Way.TEMPLATE:
                return ClipboardContent(await self._filled(markup, mode, options))
            case Way.TREE | Way.MATHML | Way.DRAWING | Way.LABELLED | Way.SPOKEN:
                return await self._converted(_single_formula(markup, mode), output_format, options)
            case _ as never:
                assert_never(never)

    async def _converted(
        self, body: str, output_format: OutputFormat, options: ExportOptions
    ) -> ClipboardContent:
        if output_format.row.family is Family.CALCULATION:
            _refuse_chemistry(body)
        forms = self.forms(body, options.dpi, functions=options.functions)
        return ClipboardContent(
            await forms.text(output_format), await forms.flavours(output_format.row.beside)
        )

    async def meaning(self, markup: str, mode: Mode, functions: AbstractSet[str]) -> "Meaning":
        """Give what a formula says to a program that calculates.

        Args:
            markup: What `clean` gives, or what the user made of it.
            mode: What it is.
            functions: Letters that are functions where a parenthesis follows.

        Raises:
            ConversionError: It says nothing that could be calculated.
            RenderError: It cannot be parsed.
        """
        body = _single_formula(markup, mode)
        _refuse_chemistry(body)
        return await self.forms(body, DEFAULT_DPI, functions=functions).meaning()

    def forms(
        self, body: str, dpi: int, *, display: bool = True, functions: AbstractSet[str] = frozenset()
    ) -> "FormulaForms":
        """Give what makes the forms of one formula; see there."""
        # Nine modules that the start of the program need not wait for.
        from writetex_desktop.services.output.formula_forms import FormulaForms  # noqa: PLC0415

        return FormulaForms(body, self._renderer, self._files, dpi, display=display, functions=functions)

    async def _filled(self, markup: str, mode: Mode, options: ExportOptions) -> str:
        from writetex_desktop.services.output.template_forms import OWN_FORMS  # noqa: PLC0415 - see `forms`

        values: dict[str, str] = {}
        inner = ExportOptions(functions=options.functions)
        known = find_template(options.template, ())
        template = known.text if known is not None else options.template
        for name in placeholders(template):
            if name == "date":
                values[name] = self._today().isoformat()
            elif name == "latex":
                values[name] = wrap(markup, OutputFormat.RAW, mode)
            elif name in OWN_FORMS:
                forms = self.forms(_single_formula(markup, mode), options.dpi)
                values[name] = await OWN_FORMS[name](forms)
            else:
                values[name] = (await self.export(markup, mode, OutputFormat(name), inner)).text
        return fill(template, values)


def as_bytes(content: ClipboardContent, output_format: OutputFormat) -> bytes:
    """Give what is exported as the bytes of a file; text is in UTF-8."""
    if output_format.row.way is not Way.DRAWING:
        return content.text.encode()
    (file,) = content.flavours.values()
    return file


def _refuse_chemistry(body: str) -> None:
    """For what calculates, letters side by side are factors."""
    if is_chemical_source(body):
        raise ConversionError(
            tr("A chemical formula cannot be written in code."),
            tr("Choose another format, such as plain text."),
        )


def _wrapped(markup: str, output_format: OutputFormat, mode: Mode) -> str:
    text = wrap(markup, output_format, mode)
    if markup.strip() and not text:
        raise ConversionError(tr("There is no formula to convert."), tr("Write one first."))
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ConversionError(
            tr("The source holds half of a character, which no text can carry."),
            tr("Remove the unreadable character."),
        )
    return text


def _single_formula(markup: str, mode: Mode) -> str:
    """Give the formula without what stands round it.

    Raises:
        ConversionError: It is none, or more than one.
    """
    body = formula_body(markup)
    if not mode.is_formula or holds_several(body):
        raise ConversionError(
            tr("Only a single formula can be converted to this format."),
            tr("Choose a LaTeX or Markdown format for text, tables and drawings."),
        )
    if not body:
        raise ConversionError(tr("There is no formula to convert."), tr("Write one first."))
    return body
