"""The window with what copies behind it: the real renderer and exporters, a clipboard of its own."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from tests.bare_shapes import BareShapes
from tests.fakes import (
    FakeClipboard,
    FakeClock,
    FakeFocusPaster,
    FakeNotifier,
    FakeSecretStore,
    FakeSettingsStore,
)
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.pdf import to_pdf
from writetex_desktop.adapters.exporters.png import PngExporter
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.exporters.svg import to_svg
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.job import Origin
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.output.assumptions import Assumptions
from writetex_desktop.services.output.clipboard_keeper import ClipboardKeeper
from writetex_desktop.services.output.copying import Copying
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.file_exporters import FileExporters
from writetex_desktop.services.output.paste_back import PasteBack
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.reading.visual_check import VisualCheck
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.result.presenter import JobPresenter
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.toolkit.actions import Actions

RESOURCES = Path(__file__).parents[3] / "resources"
CROP = Bitmap(60, 20, b"\xff\xff\xff\xff" * 1190 + b"\x00\x00\x00\xff" * 10)


async def _speak(_mathml: str, braille: bool) -> str:
    return "braille" if braille else "spoken"


async def until(condition: Callable[[], object]) -> None:
    """Let the loop turn until something holds that no signal tells of."""
    while not condition():  # noqa: ASYNC110 - see above
        await asyncio.sleep(0.01)


class CopyDesk:
    """A window in which a result is shown, and what it copies."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        self.actions = Actions()
        self.window = MainWindow(self.actions)
        self.clipboard = FakeClipboard()
        self.notifier = FakeNotifier()
        self.tasks = Tasks(self.notifier)
        self.settings = SettingsService(FakeSettingsStore(), FakeSecretStore(), settings, Overrides())
        self.renderer = MathJaxRenderer(RESOURCES)
        self.markup = ""
        codec = PillowCodec()
        self.draft: Recognition | None = None
        self.answer: Callable[[], AsyncIterator[RecognitionEvent]] | None = None
        self.jobs = Jobs(codec, self._recognise, FakeClock(), self.tasks, self._draft)
        self.paster = FakeFocusPaster()
        self.paste_back = PasteBack(self.paster, self.settings.settings)
        exports = ExportService(
            self.renderer,
            FileExporters(
                speak=_speak,
                png=lambda formula, dpi: PngExporter().to_png(formula, dpi=dpi),
                svg=to_svg,
                pdf=to_pdf,
            ),
        )
        self.assumptions = Assumptions()
        self.presenter = JobPresenter(
            window=self.window,
            pane=self.window.pane,
            wait=self.window.wait,
            actions=self.actions,
            popup=SnipPopup(),
            show_activity=Tray(self.actions, app).set_state,
            jobs=self.jobs,
            settings=self.settings,
            copying=Copying(ClipboardKeeper(self.clipboard), exports, self.settings.settings),
            exports=exports,
            assumptions=self.assumptions,
            paste_back=self.paste_back,
            renderer=self.renderer,
            visual_check=VisualCheck(self.renderer, to_bitmap, codec.read_ink, BareShapes),
            notifier=self.notifier,
            tasks=self.tasks,
        )
        pane = self.window.pane
        self.actions.copy.triggered.connect(self.presenter.copy)
        pane.copy_as_requested.connect(self.presenter.copy_as)
        pane.format_changed.connect(self._choose)
        pane.remedy_requested.connect(lambda _action: self.presenter.repair())
        pane.source_edited.connect(self.presenter.edit)

    def read(self, markup: str, mode: Mode = Mode.FORMULA) -> None:
        """Have a picture read as this markup."""
        self.markup = markup
        self.jobs.start(CROP, Origin.PASTE, mode)

    def close(self) -> None:
        """End the renderer's thread."""
        self.renderer.close()
        self.window.hide()

    def _choose(self, output_format: OutputFormat) -> None:
        self.settings.change(lambda settings: settings.with_format(self.presenter.mode, output_format))
        self.presenter.copy()

    async def _draft(self, _request: RecognitionRequest, _profile: str) -> Recognition | None:
        return self.draft

    async def _recognise(
        self, request: RecognitionRequest, *, profile: str
    ) -> AsyncIterator[RecognitionEvent]:
        if self.answer is not None:
            async for event in self.answer():
                yield event
            return
        yield Recognition(self.markup, request.mode, Engine.ENDPOINT, f"gpt{profile}", 0.5)


def play(
    app: QApplication,
    story: Callable[[CopyDesk], Coroutine[None, None, None]],
    settings: Settings | None = None,
) -> None:
    """Play a story at a desk of its own."""
    desk = CopyDesk(app, settings or Settings())

    async def whole() -> None:
        desk.window.show()
        await story(desk)
        await desk.tasks.cancel_all()

    with qasync.QEventLoop(app) as loop:
        try:
            loop.run_until_complete(asyncio.wait_for(whole(), 40))
        finally:
            desk.close()
    gc.collect()  # not in a worker thread, where no widget may end
