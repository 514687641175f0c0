"""Copies results, and says so where they are shown."""

from collections.abc import Set as AbstractSet

from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.output.copying import Copying
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.toolkit.paged_window import PagedWindow


class ResultCopier:
    """Copies what pane and popup show.

    Args:
        window: Comes up where the clipboard takes nothing from a program without the focus.
        pane: Says what was copied.
        popup: Says that it was undone.
        copying: Brings results to the clipboard.
        notifier: Where the user is told the rest.
    """

    def __init__(
        self, *, window: PagedWindow, pane: ResultPane, popup: SnipPopup, copying: Copying, notifier: Notifier
    ) -> None:
        self._window = window
        self._pane = pane
        self._popup = popup
        self._copying = copying
        self._notifier = notifier
        copying.copied.subscribe(pane.show_clipboard)

    async def copy(
        self,
        markup: str,
        mode: Mode,
        output_format: OutputFormat,
        functions: AbstractSet[str] = frozenset(),
    ) -> None:
        """Copy markup in a format; `functions` are letters that are functions before a parenthesis.

        Raises:
            ConversionError: The format cannot carry it.
            RenderError: It cannot be parsed.
            ClipboardError: The clipboard did not take it.
        """
        await self._copying.copy(markup, mode, output_format, functions)

    async def copy_unasked(self, markup: str, mode: Mode, output_format: OutputFormat) -> None:
        """Copy a result that has just come; where that fails, come up with the copy button focused.

        Some desktops take nothing for the clipboard from a program without the focus: then one key copies.

        Raises:
            ConversionError: The format cannot carry it.
            RenderError: It cannot be parsed.
            ClipboardError: The clipboard did not take it.
        """
        try:
            await self.copy(markup, mode, output_format)
        except ClipboardError:
            self._window.bring_to_front()
            self._pane.focus_copy()
            raise

    async def copy_table(self, markup: str, *, markdown: bool) -> None:
        """Copy the cells: as a pipe table, or as spreadsheets and documents take them (TSV with HTML)."""
        await self._copying.copy_table(markup, markdown=markdown)

    async def restore(self) -> None:
        """Put back what other programs had on the clipboard before we copied."""
        if await self._copying.restore():
            self._popup.show_copy_undone()
            message = tr("The clipboard holds again what was there before.")
            self._notifier.notify(Notice(Level.INFO, message))
