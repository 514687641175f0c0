"""Results on their way to the clipboard, in the form the user wants."""

import asyncio
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.table import format_html, format_markdown, format_tsv, parse_table
from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.output.clipboard_keeper import ClipboardKeeper
from writetex_desktop.services.output.export import ExportOptions, ExportService


@dataclass(frozen=True, slots=True)
class Copied:
    """What of ours is on the clipboard.

    Attributes:
        markup: The source that it was made of.
        form: The form that it has; None for the cells of a table.
    """

    markup: str = field(repr=False)
    form: OutputFormat | None = None


class Copying:
    """Copies markup and tables, and puts back what was on the clipboard before.

    Attributes:
        copied: What was copied last, until it is taken back.

    Args:
        clipboard: Takes them.
        exports: Makes the forms.
        settings: Say resolution and template.
    """

    def __init__(
        self, clipboard: ClipboardKeeper, exports: ExportService, settings: Observable[Settings]
    ) -> None:
        self.copied: Observable[Copied | None] = Observable(None)
        self._clipboard = clipboard
        self._exports = exports
        self._settings = settings
        self._turn = asyncio.Lock()

    async def copy_filled(self, markup: str, mode: Mode, template: NamedTemplate) -> None:
        """Copy markup in the form of a template.

        Raises:
            ConversionError: The template asks for a form that cannot carry it.
            RenderError: It cannot be parsed.
            SettingsError: The template uses a placeholder that there is not.
            ClipboardError: The clipboard did not take it.
        """
        await self._copy(markup, mode, OutputFormat.TEMPLATE, template.text)

    async def copy(
        self,
        markup: str,
        mode: Mode,
        output_format: OutputFormat,
        functions: AbstractSet[str] = frozenset(),
    ) -> None:
        """Copy markup in a form.

        Args:
            markup: The source.
            mode: What it is.
            output_format: The form.
            functions: Letters that are functions where a parenthesis follows, for forms that calculate.

        Raises:
            ConversionError: The form cannot carry it.
            RenderError: It cannot be parsed.
            ClipboardError: The clipboard did not take it.
        """
        await self._copy(markup, mode, output_format, self._settings.value.template, functions)

    async def _copy(
        self,
        markup: str,
        mode: Mode,
        output_format: OutputFormat,
        template: str,
        functions: AbstractSet[str] = frozenset(),
    ) -> None:
        dpi = self._settings.value.image_dpi
        options = ExportOptions(dpi=dpi, template=template, functions=functions)
        async with self._turn:  # a form that takes longer must not come after one that was wanted later
            await self._clipboard.copy(await self._exports.export(markup, mode, output_format, options))
            self.copied.set(Copied(markup, output_format))

    async def copy_table(self, markup: str, *, markdown: bool) -> bool:
        """Copy cells as a pipe table, or as spreadsheets and documents take them (TSV with HTML).

        Returns:
            Whether there was a table.

        Raises:
            ClipboardError: The clipboard did not take it.
        """
        table = parse_table(markup)
        if table is None:
            return False
        if markdown:
            content = ClipboardContent(format_markdown(table))
        else:
            content = ClipboardContent(format_tsv(table), {"text/html": format_html(table).encode()})
        await self._clipboard.copy(content)
        self.copied.set(Copied(markup))
        return True

    async def restore(self) -> bool:
        """Put back what other programs had there; see `ClipboardKeeper.restore`."""
        restored = await self._clipboard.restore()
        if restored:
            self.copied.set(None)
        return restored
