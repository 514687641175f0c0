"""One formula in every form that its readers want, each made once."""

from collections.abc import Set as AbstractSet
from typing import Final, assert_never

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats import web
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.flavour import Content, Flavour
from writetex_desktop.core.formats.mathml.browser import for_browsers
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.mathml.word import for_word
from writetex_desktop.core.formats.meaning.reading import Meaning, read_meaning
from writetex_desktop.core.formats.odf import formula_package
from writetex_desktop.core.formats.output_format import OutputFormat, Way
from writetex_desktop.core.formats.rtf import to_rtf
from writetex_desktop.core.language.words import tr
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.output.file_exporters import FileExporters
from writetex_desktop.services.output.text_forms import from_tree

_EM_MM: Final = 12 * 25.4 / 72


class FormulaForms:
    """Makes text and flavours of a formula; what several of them need is made once.

    Attributes:
        body: What `formula_body` gives.

    Args:
        body: The same.
        renderer: Draws it and gives its MathML.
        files: Makes files of the drawing.
        dpi: Pixels per inch of a PNG.
        display: Display style; False for a formula in a line.
        functions: Letters that are functions before a parenthesis, for forms that calculate.
    """

    def __init__(
        self,
        body: str,
        renderer: FormulaRenderer,
        files: FileExporters,
        dpi: int,
        *,
        display: bool = True,
        functions: AbstractSet[str] = frozenset(),
    ) -> None:
        self.body = body
        self._renderer = renderer
        self._files = files
        self._dpi = dpi
        self._display = display
        self._functions = functions
        self._mathml = ""
        self._drawing: RenderedFormula | None = None
        self._made: dict[Content, bytes] = {}

    async def text(self, output_format: OutputFormat) -> str:
        """Give the text of a format.

        Raises:
            ConversionError: The form cannot carry it.
            RenderError: It cannot be parsed.
        """
        match output_format.row.way:
            case Way.TREE:
                return await self._from_tree(output_format)
            case Way.MATHML:
                mathml = await self.mathml()
                if output_format is OutputFormat.WORD:
                    return for_word(mathml)
                return for_browsers(mathml if output_format is OutputFormat.MATHML else for_word(mathml))
            case Way.SPOKEN:
                return await self._files.speak(await self.mathml(), output_format is OutputFormat.BRAILLE)
            case Way.DRAWING:
                return (await self.file(Content.SVG)).decode() if output_format is OutputFormat.SVG else ""
            case _:
                return self.body

    async def flavours(self, wanted: tuple[Flavour, ...]) -> dict[str, bytes]:
        """Give what is beside the text: media type to bytes.

        A formula that OMML cannot carry still goes as MathML to those who take that.

        Raises:
            RenderError: It cannot be parsed.
        """
        made: dict[str, bytes] = {}
        for flavour in wanted:
            data = await self._content(flavour.content)
            if data is not None:
                made[await self._sized(flavour.media_type)] = data
        return made

    async def mathml(self) -> str:
        """Give the MathML as it was parsed.

        Raises:
            RenderError: It cannot be parsed.
        """
        if not self._mathml:
            self._mathml = await self._renderer.mathml(self.body, display=self._display)
        return self._mathml

    async def meaning(self) -> Meaning:
        """Give what the formula says to a program that calculates.

        Raises:
            ConversionError: It says nothing that could be calculated.
            RenderError: It cannot be parsed.
        """
        return read_meaning(read_mathml(await self.mathml()), self._functions)

    async def _content(self, content: Content) -> bytes | None:  # noqa: PLR0911 - one case a content
        match content:
            case Content.MATHML:
                return (await self.mathml()).encode()
            case Content.OFFICE_MATHML:
                return for_word(await self.mathml()).encode()
            case Content.RTF:
                omml = await self._omml()
                return None if omml is None else to_rtf(omml).encode("ascii")
            case Content.OFFICE_PAGE:
                omml, mathml = await self._omml(), for_word(await self.mathml())
                shown = for_browsers(mathml)
                return (web.page(shown) if omml is None else web.office_page(omml, shown)).encode()
            case Content.MATHML_PAGE:
                return web.page(for_browsers(for_word(await self.mathml()))).encode()
            case Content.PICTURE_PAGE:
                drawing, png = await self._drawn(), await self.file(Content.PNG)
                size = {"width_em": drawing.width_em, "height_em": drawing.height_em}
                return web.page(web.picture(png, self.body, **size)).encode()
            case Content.FORMULA_OBJECT:
                return formula_package(await self.mathml())
            case Content.OBJECT_NAME:
                return b"Formula"
            case Content.PNG | Content.SVG | Content.PDF:
                return await self.file(content)
            case _ as never:
                assert_never(never)

    async def _sized(self, media_type: str) -> str:
        """Say how large the formula is in text of 12 points, where the name of a flavour says it."""
        if "{width}" not in media_type:
            return media_type
        drawing = await self._drawn()
        width, height = (str(round(side * _EM_MM * 100)) for side in (drawing.width_em, drawing.height_em))
        return media_type.replace("{width}", width).replace("{height}", height)

    async def _from_tree(self, output_format: OutputFormat) -> str:
        try:
            return from_tree(output_format, read_mathml(await self.mathml()), self._functions)
        except RecursionError as error:
            raise ConversionError(tr("The formula is nested too deeply."), tr("Copy it in parts.")) from error

    async def _omml(self) -> str | None:
        try:
            return await self._from_tree(OutputFormat.OMML)
        except ConversionError:
            return None

    async def file(self, content: Content) -> bytes:
        """Give the drawing as a file: `PNG`, `SVG` or `PDF`.

        Raises:
            RenderError: It cannot be parsed.
        """
        if content not in self._made:
            drawing = await self._drawn()
            match content:
                case Content.PNG:
                    self._made[content] = self._files.png(drawing, self._dpi)
                case Content.SVG:
                    self._made[content] = self._files.svg(drawing)
                case _:
                    self._made[content] = self._files.pdf(drawing)
        return self._made[content]

    async def _drawn(self) -> RenderedFormula:
        if self._drawing is None:
            self._drawing = await self._renderer.render(self.body, display=self._display)
        return self._drawing
