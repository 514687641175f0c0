"""Joins the chip of the document, and the page of instructions, to what is sent."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.guided_reading import GuidedReading
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.shell.document_chip import DocumentChip

if TYPE_CHECKING:
    from writetex_desktop.ui.settings.instructions_page import InstructionsPage


class DocumentPresenter:
    """Shows which document goes along, and lets the user choose it.

    Args:
        chip: Shows the document in the tool bar.
        settings: Those in force.
        edit: Changes them.
        reading: Knows what would be sent.
        open_settings: Shows the page of instructions.
        tasks: Runs what takes time.
    """

    def __init__(
        self,
        *,
        chip: DocumentChip,
        settings: Observable[Settings],
        edit: Callable[[Callable[[Settings], Settings]], None],
        reading: GuidedReading,
        open_settings: Callable[[], None],
        tasks: Tasks,
    ) -> None:
        self._chip = chip
        self._settings = settings
        self._edit = edit
        self._reading = reading
        self._tasks = tasks
        self._seen = Settings()
        chip.wanted_changed.connect(self._use)
        chip.settings_requested.connect(open_settings)
        chip.chosen.connect(self._take)
        settings.subscribe(self._show)
        self._show(settings.value)

    def attach(self, page: "InstructionsPage") -> None:
        """Obey the page of instructions."""
        page.document_wanted.connect(self._chip.choose)
        page.sample_wanted.connect(
            lambda mode: self._tasks.spawn(self._show_sample(page, mode), name="show what is sent")
        )

    def _show(self, settings: Settings) -> None:
        before, self._seen = self._seen, settings
        self._chip.show_document(settings.document, used=settings.use_document)
        if settings.use_document and (before.document, before.use_document) != (settings.document, True):
            # The preview learns its commands now, and the user that it cannot be read.
            self._tasks.spawn(self._look(), name="look at the document")

    async def _look(self) -> None:
        await self._reading.look(self._settings.value.mode)

    async def _show_sample(self, page: "InstructionsPage", mode: Mode) -> None:
        try:
            page.show_sample(await self._reading.look(mode))
        except WriteTexError as error:
            page.show_problem(f"{error.message} {error.remedy.text}")

    def _use(self, wanted: bool) -> None:
        if wanted and not self._settings.value.document:
            self._chip.choose()
        self._edit(lambda settings: replace(settings, use_document=wanted and bool(settings.document)))
        self._show(self._settings.value)

    def _take(self, path: str) -> None:
        self._edit(lambda settings: replace(settings, document=path, use_document=True))
