"""The pad with everything behind it but the engines: what the tests of the pad drive."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QEventPoint, QInputDevice, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import (
    FakeClock,
    FakeFocusPaster,
    FakeFormulaRenderer,
    FakeInkReader,
    FakeNotifier,
    FakeSymbolFinder,
)
from tests.gui.result.copy_desk import until
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.ink_picture import draw_ink
from writetex_desktop.core.errors import RemedyAction, WriteTexError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.ports.engines import Recognizer
from writetex_desktop.ports.ink import InkReader
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.ink_reading import InkReading
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.ink.canvas import InkCanvas
from writetex_desktop.ui.ink.ink_files import InkFiles
from writetex_desktop.ui.ink.pad_outlet import InkWorld
from writetex_desktop.ui.ink.presenter import InkPresenter
from writetex_desktop.ui.ink.symbol_presenter import SymbolPresenter
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.paged_window import PagedWindow

__all__ = ["PadDesk", "play_pad", "until"]

FINGERS = QPointingDevice(
    "screen",
    76,
    QInputDevice.DeviceType.TouchScreen,
    QPointingDevice.PointerType.Finger,
    QInputDevice.Capability.Position,
    5,
    1,
)
PEN = QPointingDevice(
    "pen",
    77,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    3,
)
RUBBER_END = QPointingDevice(
    "pen",
    78,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Eraser,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    3,
)


class PadDesk:
    """A pad in a window, with fakes behind it.

    Args:
        reader: Reads strokes; None for none.
        print_reader: Reads print; None for none.
    """

    def __init__(self, reader: InkReader | None, print_reader: Recognizer | None = None) -> None:
        self.settings = Observable(Settings())
        self.notifier = FakeNotifier()
        self.tasks = Tasks(self.notifier)
        self.clock = FakeClock()
        self.paster = FakeFocusPaster(PasteTarget(7))
        self.finder = FakeSymbolFinder()
        self.copied: list[tuple[str, OutputFormat]] = []
        self.inserted: list[str] = []
        self.kept: list[tuple[Bitmap, Recognition, Ink]] = []
        self.asked: list[RecognitionRequest] = []
        self.done: list[RemedyAction] = []
        self.answer: Recognition | WriteTexError | None = None
        self.window = PagedWindow()
        self.window.setCentralWidget(self.window.pages)
        self.window.show_home(QWidget())
        self.window.resize(960, 640)
        self.actions = Actions()
        self.codec = PillowCodec()
        renderer = FakeFormulaRenderer()
        self.symbols = SymbolPresenter(
            finder=self.finder,
            renderer=renderer,
            over=lambda: self.window,
            clock=self.clock,
            tasks=self.tasks,
        )
        world = InkWorld(
            reading=InkReading(
                reader=reader,
                print_reader=print_reader,
                recognise=self._recognise,
                asks_endpoint=lambda: self.answer is not None,
                reads_here=lambda: True,
                codec=self.codec,
                draw=draw_ink,
                clock=self.clock,
            ),
            finder=self.finder,
            renderer=renderer,
            copy=self._copy,
            insert=self.inserted.append,
            paste=self.paster.paste,
            keep=self._keep,
            files=InkFiles(Path.read_bytes, self._write, lambda ink: self.codec.encode_png(draw_ink(ink))),
            find_symbol=self.symbols.find,
        )
        self.presenter = InkPresenter(
            window=self.window,
            actions=self.actions,
            world=world,
            settings=self.settings,
            do=self.done.append,
            clock=self.clock,
            tasks=self.tasks,
        )
        self.pad = self.presenter.pad

    @property
    def canvas(self) -> InkCanvas:
        return self.pad.canvas

    @property
    def markup(self) -> str:
        return self.pad.reading.markup

    @property
    def said(self) -> str:
        return self.pad.reading.status.text()

    @property
    def guess_actions(self) -> list[QAction]:
        """The rows of the menu of guesses, as they are now."""
        return [each for each in self.pad._signs_menu.actions() if not each.isSeparator()]

    def close(self) -> None:
        self.presenter.close()
        self.symbols.close()
        self.window.hide()

    # --- Hands ---------------------------------------------------------------------------------------

    def draw(self, *places: tuple[int, int], button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Draw with the mouse."""
        port = self.canvas.viewport()
        first, *others = [QPoint(*place) for place in places]
        QTest.mousePress(port, button, Qt.KeyboardModifier.NoModifier, first)
        for place in others:
            QTest.mouseMove(port, place)
        QTest.mouseRelease(port, button, Qt.KeyboardModifier.NoModifier, QPoint(*places[-1]))

    def touch(self, *places: tuple[int, int]) -> None:
        """Draw with a finger."""
        state = QEventPoint.State
        self._fingers(QEvent.Type.TouchBegin, (0, state.Pressed, places[0]))
        for place in places[1:]:
            self._fingers(QEvent.Type.TouchUpdate, (0, state.Updated, place))
        self._fingers(QEvent.Type.TouchEnd, (0, state.Released, places[-1]))

    def drag_two_fingers(self, one: tuple[int, int], two: tuple[int, int], shift: tuple[int, int]) -> None:
        """Put two fingers down one after the other and drag them."""
        state, touched = QEventPoint.State, QEvent.Type.TouchUpdate
        there = [(x + shift[0], y + shift[1]) for x, y in (one, two)]
        self._fingers(QEvent.Type.TouchBegin, (0, state.Pressed, one))
        self._fingers(touched, (0, state.Stationary, one), (1, state.Pressed, two))
        self._fingers(touched, (0, state.Updated, there[0]), (1, state.Updated, there[1]))
        self._fingers(QEvent.Type.TouchEnd, (0, state.Released, there[0]), (1, state.Released, there[1]))

    def _fingers(self, kind: QEvent.Type, *points: tuple[int, QEventPoint.State, tuple[int, int]]) -> None:
        port = self.canvas.viewport()
        made = [
            QEventPoint(number, state, QPointF(*place), QPointF(port.mapToGlobal(QPoint(*place))))
            for number, state, place in points
        ]
        event = QTouchEvent(kind, FINGERS, Qt.KeyboardModifier.NoModifier, made)
        QApplication.sendEvent(port, event)

    def pen(self, *places: tuple[int, int, float], device: QPointingDevice = PEN) -> None:
        """Draw with a pen: places with pressure."""
        self._pen(QEvent.Type.TabletPress, places[0], device)
        for place in places[1:]:
            self._pen(QEvent.Type.TabletMove, place, device)
        self._pen(QEvent.Type.TabletRelease, places[-1], device)

    def _pen(self, kind: QEvent.Type, place: tuple[int, int, float], device: QPointingDevice) -> None:
        port = self.canvas.viewport()
        x, y, pressure = place
        up = kind is QEvent.Type.TabletRelease
        event = QTabletEvent(
            kind,
            device,
            QPointF(x, y),
            QPointF(port.mapToGlobal(QPoint(x, y))),
            0.0 if up else pressure,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.NoButton if kind is QEvent.Type.TabletMove else Qt.MouseButton.LeftButton,
            Qt.MouseButton.NoButton if up else Qt.MouseButton.LeftButton,
        )
        QApplication.sendEvent(port, event)

    # --- The world -----------------------------------------------------------------------------------

    async def _recognise(
        self,
        request: RecognitionRequest,
        *,
        profile: str,  # noqa: ARG002 - the port's
    ) -> AsyncIterator[RecognitionEvent]:
        self.asked.append(request)
        if isinstance(self.answer, WriteTexError):
            raise self.answer
        assert self.answer is not None
        yield self.answer

    async def _copy(self, markup: str, mode: Mode, form: OutputFormat) -> None:
        assert mode is Mode.HANDWRITING
        self.copied.append((markup, form))

    async def _keep(self, bitmap: Bitmap, recognition: Recognition, ink: Ink) -> None:
        self.kept.append((bitmap, recognition, ink))

    def _write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)


def endpoint_answer(markup: str) -> Recognition:
    return Recognition(markup, Mode.HANDWRITING, Engine.ENDPOINT, "gpt", 1.0)


Story = Callable[[PadDesk], Coroutine[Any, Any, None]]


def play_pad(
    app: QApplication,
    story: Story,
    *,
    reader: InkReader | None = None,
    print_reader: Recognizer | None = None,
    is_bare: bool = False,
) -> None:
    """Tell a story at a pad that is shown as a page; `is_bare` leaves every reader out."""

    chosen = reader if reader is not None or print_reader is not None or is_bare else FakeInkReader()
    desk = PadDesk(chosen, print_reader)

    async def whole() -> None:
        desk.presenter.show_page()
        await until(lambda: desk.canvas.isVisible() and desk.canvas.viewport().width() > 100)
        await until(lambda: desk.window.windowHandle().isExposed() and desk.window.isActiveWindow())
        await story(desk)
        await desk.tasks.cancel_all()

    with qasync.QEventLoop(app) as loop:
        try:
            loop.run_until_complete(asyncio.wait_for(whole(), 40))
        finally:
            desk.close()
    gc.collect()  # not in a worker thread, where no widget may end
