"""The small window at the corner of a snip: what was read, what was copied, and three ways on."""

from enum import IntEnum
from typing import Final

from PySide6.QtCore import QEvent, QPropertyAnimation, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr, tr_marked
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.image import Bitmap, Place
from writetex_desktop.core.reading.recognition import Engine, Recognition
from writetex_desktop.core.reading.trust import Likeness, Trust, judged
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.result import popup_parts
from writetex_desktop.ui.result.popup_keyboard import PopupKeyboard
from writetex_desktop.ui.result.popup_place import GAP, place, region_of, screen_of
from writetex_desktop.ui.toolkit.format_names import fill_menu
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.notice_words import remedy_label, sentences
from writetex_desktop.ui.toolkit.theme import is_still
from writetex_desktop.ui.toolkit.trust_words import trust_words
from writetex_desktop.ui.toolkit.views.announcing import Announcer
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.dragging import let_drag_out
from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.labels import source_line
from writetex_desktop.ui.toolkit.views.menu_button import MenuButton
from writetex_desktop.ui.toolkit.views.progress import ElapsedLabel, ProgressLine

_FADE_MS: Final = 400
_SIZE: Final = QSize(448, 256)


class _Row(IntEnum):
    WORKING = 0
    DONE = 1
    FAILED = 2


class SnipPopup(QWidget):
    """Takes no focus unless it is wished: the user goes on typing where the formula is wanted.

    Everything it offers is also in the window. With the keyboard, Tab goes through its buttons, Enter presses
    one, and Escape cancels a reading and closes the popup.
    """

    cancel_requested = Signal()
    undo_copy_requested = Signal()
    edit_requested = Signal()
    retry_requested = Signal()
    copy_as_requested = Signal(object)
    """The user wants a copy in another `OutputFormat`, this once."""

    remedy_requested = Signal(object)
    """The user pressed the button of a failure: a `RemedyAction`."""

    def __init__(self) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)  # else it hides with our window
        self.setWindowTitle(tr("WriteTex result"))
        self._action: RemedyAction | None = None
        self._progress = ProgressLine()
        self._crop = CropView()
        self._render = FormulaView()
        self._elapsed = ElapsedLabel()
        self._said = popup_parts.line()
        self._lines: list[str] = []
        self._failure = popup_parts.line()
        self._failure.setWordWrap(True)
        self._undo = popup_parts.button(tr("Undo copy"))
        self._source = popup_parts.line()
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self._source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._source.setContentsMargins(12, 4, 12, 0)
        self._markup = ""
        self._formats = QMenu(self)
        fill_menu(self._formats, self.copy_as_requested.emit)
        self._remedy = popup_parts.button("")
        self._rows = QStackedWidget()
        self._pin = QToolButton(self)
        self._pin.setAutoRaise(True)
        self._pin.setCheckable(True)
        self._pin.setToolTip(tr("Keep this until it is closed"))
        self._pin.setAccessibleName(tr("Keep"))
        self._pin.toggled.connect(lambda _on: self._wait())
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setToolTip(tr("Close"))
        self._close.setAccessibleName(tr("Close"))
        self._close.clicked.connect(self.close_now)
        self._lay_out()
        self._stay = QTimer(self, singleShot=True)
        self._stays_ms = 0
        self._announcer = Announcer(self)
        self._keyboard = PopupKeyboard(self, self._rows)
        self._stay.timeout.connect(self._fade)
        self._fading = QPropertyAnimation(self, b"windowOpacity", self)
        self._fading.setDuration(_FADE_MS)
        self._fading.setEndValue(0.0)
        self._fading.finished.connect(self.hide)

    @property
    def said(self) -> str:
        """The sentence beside the buttons, as it is now."""
        return self._failure.text() if self._rows.currentIndex() == _Row.FAILED else self._said.text()

    def set_stay(self, seconds: int, *, keyboard: bool = False) -> None:
        """Say how it behaves from the next snip on.

        Args:
            seconds: How long it stays when it is done and nobody points at it; 0 for until it is closed.
            keyboard: Whether it takes the keyboard when it comes; it stays as long as it has it.
        """
        self._stays_ms = 1000 * seconds
        self._keyboard.is_wished = keyboard

    def show_working(self, origin: Place, bitmap: Bitmap) -> None:
        """Come up at the corner of a snip while it is read."""
        self._stop_fading()
        self._pin.setChecked(False)
        self._show_source("")
        self._crop.set_bitmap(bitmap)
        self._render.set_formula(None)
        self._progress.set_running(True)
        self._elapsed.start(tr("Reading…"))
        self._rows.setCurrentIndex(_Row.WORKING)
        screen = screen_of(origin)
        self.move(place(region_of(origin, screen), screen.availableGeometry(), self.size()))
        self._keyboard.prepare()
        self.show()
        self._keyboard.take()

    def say_working(self, doing: str) -> None:
        """Say something else beside the time."""
        self._elapsed.say(doing)

    def show_crop(self, bitmap: Bitmap) -> None:
        """Show another picture."""
        self._crop.set_bitmap(bitmap)

    def show_render(self, formula: RenderedFormula | None) -> None:
        """Show a drawing, also while the text streams."""
        self._render.set_formula(formula)

    def show_done(self, recognition: Recognition, copied: OutputFormat | None, profile: str = "") -> None:
        """Say what was read and copied, then fade.

        Args:
            recognition: The result.
            copied: How it was copied; None when it was not.
            profile: Who read it, where that is not the active profile.
        """
        self._end_work()
        parts = [
            tr("Not copied")
            if copied is None
            else tr("Copied as {format}", format=tr_marked(copied.row.label))
        ]
        parts += [profile] if profile else []
        parts.append(tr("{seconds} s", seconds=self.locale().toString(recognition.seconds, "f", 1)))
        if not recognition.complete:
            parts.append(tr("incomplete"))
        self._lines = [" · ".join(parts)]
        if recognition.engine is Engine.OFFLINE:
            self._lines.append(tr("Built-in recogniser"))
        self._show_source(recognition.markup)
        self.show_trust(judged(recognition, Likeness.UNKNOWN))
        self._undo.setEnabled(copied is not None)
        self._rows.setCurrentIndex(_Row.DONE)
        self._wait()

    def _show_source(self, markup: str) -> None:
        self._markup = " ".join(markup.split())
        cut, room = QFontMetrics(self._source.font()).elidedText, self._source.width() - 24
        self._source.setText(source_line(cut(self._markup, Qt.TextElideMode.ElideRight, room)))
        self._source.setToolTip(tagless(self._markup))

    def show_words(self, words: str, mathml: str) -> None:
        """See `ResultPane.show_words`."""
        self._render.set_words(words, mathml)

    def show_trust(self, trust: Trust | None) -> None:
        """Say below the rest how far the result can be trusted."""
        words = trust_words(trust)
        self._said.setText("\n".join([*self._lines, *([words.capitalize()] if words else [])]))
        self._announcer.say(self.said)

    def show_copy_undone(self) -> None:
        """Say that the clipboard holds again what it held before."""
        self._said.setText(tr("The clipboard is as it was before."))
        self._undo.setEnabled(False)

    def show_failed(self, notice: Notice) -> None:
        """Say what happened; stays until it is closed or pointed at and left."""
        self._end_work()
        self._action = notice.remedy.action
        self._failure.setText(sentences(notice))
        self._announcer.say(self._failure.text())
        self._remedy.setVisible(self._action is not None)
        if self._action is not None:
            self._remedy.setText(remedy_label(self._action))
        self._rows.setCurrentIndex(_Row.FAILED)

    def close_now(self) -> None:
        """Go away at once."""
        self._end_work()
        self._stop_fading()
        self.hide()

    def give_way(self) -> None:
        """Go away where the window shows the same, unless the user pinned this.

        While a picture is read it stays: the overlay that goes may have given the focus back to the window.
        """
        if not self._pin.isChecked() and self._rows.currentIndex() != _Row.WORKING:
            self.close_now()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while pointed at."""
        super().enterEvent(event)
        self._stop_fading()

    def leaveEvent(self, event: QEvent) -> None:
        """Fade some time after the pointer has gone."""
        super().leaveEvent(event)
        if self._rows.currentIndex() != _Row.WORKING:
            self._wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keyboard, or go."""
        if event.key() == Qt.Key.Key_Escape:
            if self._rows.currentIndex() == _Row.WORKING:
                self.cancel_requested.emit()
            self.close_now()
        elif not self._keyboard.presses(event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and edge; there is no frame from the window manager."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme; stay while the keyboard is here."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._retint()
        elif event.type() is QEvent.Type.ActivationChange:
            self._wait()

    def _retint(self) -> None:
        self._close.setIcon(icon(IconName.CLOSE, self.palette()))
        self._pin.setIcon(icon(IconName.PIN, self.palette()))

    def _wait(self) -> None:
        self._stop_fading()
        is_held = self.underMouse() or self._pin.isChecked() or self.isActiveWindow()
        if self._rows.currentIndex() == _Row.DONE and self._stays_ms and not is_held:
            self._stay.start(self._stays_ms)

    def _fade(self) -> None:
        # Wayland has no opacity of windows, and Qt prints that at every step.
        if is_still(QGuiApplication.instance()) or QGuiApplication.platformName() == "wayland":
            self.hide()
            return
        self._fading.setStartValue(self.windowOpacity())
        self._fading.start()

    def _stop_fading(self) -> None:
        self._stay.stop()
        self._fading.stop()
        if self.windowOpacity() < 1.0:
            self.setWindowOpacity(1.0)

    def _end_work(self) -> None:
        self._progress.set_running(False)
        self._elapsed.stop()

    def _lay_out(self) -> None:
        cancel = popup_parts.button(tr("Cancel"), self.cancel_requested)
        edit = popup_parts.button(tr("Edit"), self.edit_requested)
        retry = popup_parts.button(tr("Retry"), self.retry_requested)
        copy_as = MenuButton()
        copy_as.setText(tr("Copy as"))
        copy_as.setMenu(self._formats)
        self._undo.clicked.connect(self.undo_copy_requested)
        self._remedy.clicked.connect(self._ask_remedy)
        for page in (
            popup_parts.row(self._elapsed, cancel),
            popup_parts.row(self._said, self._undo, copy_as, edit, retry),
            popup_parts.row(self._failure, self._remedy),
        ):
            self._rows.addWidget(page)
        self._rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        pictures = QHBoxLayout()
        pictures.setSpacing(1)
        let_drag_out(self._crop, self._render, lambda: self._markup)
        pictures.addWidget(self._crop, 1)
        pictures.addWidget(self._render, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._progress)
        column.addLayout(pictures, 1)
        column.addWidget(self._source)
        column.addWidget(self._rows)
        # Large fonts and long words of other languages need more.
        self.setFixedSize(_SIZE.expandedTo(self.minimumSizeHint()))
        side = self._close.sizeHint().height()
        for number, button in enumerate((self._close, self._pin), 1):
            button.setGeometry(self.width() - number * (side + GAP), GAP, side, side)
            button.raise_()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._retint()

    def _ask_remedy(self) -> None:
        if self._action is not None:
            self.remedy_requested.emit(self._action)
