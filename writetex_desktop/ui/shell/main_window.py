"""The one window: a tool bar, a notice bar, and below it the invitation or the result."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.result.wait_bar import WaitBar
from writetex_desktop.ui.shell.empty_page import EmptyPage
from writetex_desktop.ui.shell.tool_bar import WindowToolBar
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.image_input import PictureFiles, holds_picture, read_mime
from writetex_desktop.ui.toolkit.paged_window import PagedWindow
from writetex_desktop.ui.toolkit.views.drop_frame import DropFrame
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic, set_help_topic
from writetex_desktop.ui.toolkit.views.window_size import resize_within_screen

_ENDINGS = (
    "*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff *.avif *.heic *.heif *.svg *.svgz *.pdf *.inkml"
)


class MainWindow(PagedWindow):
    """Holds the views; what they ask for goes out as signals, and nothing is decided here.

    Requests without a value are the `triggered` signals of the `Actions`.

    Attributes:
        pane: The result.
        wait: The bar below it that counts until the next try.
        document: The chip of the document that goes along.
    """

    input_given = Signal(object)
    """Something was dropped or files were chosen: an `ImageInput`."""

    profile_chosen = Signal(str)
    """The user chose another saved endpoint: the profile's `id`."""

    remedy_requested = Signal(object)
    """The user pressed the button of a notice: a `RemedyAction`."""

    updates_chosen = Signal(bool)
    """The user wants newer versions to be looked for, or no longer."""

    close_requested = Signal()
    """The user closed the window; it stays until the presenter hides it."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.setWindowTitle(tr("WriteTex"))
        self.setAcceptDrops(True)
        self._drop_frame = DropFrame(self)
        self.pane = ResultPane(actions)
        set_help_topic(self.pane, HelpTopic.RESULT)
        self.wait = WaitBar()
        self._empty = EmptyPage(actions)
        self.pages.addWidget(self._empty)
        self.pages.addWidget(self.pane)
        self.show_empty()
        self._bar = WindowToolBar(actions)
        self._bar.profile_chosen.connect(self.profile_chosen)
        self.document = self._bar.document
        self.addActions(list(actions))
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.notices)
        column.addWidget(self.wait)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(middle)
        self.notices.remedy_requested.connect(self.remedy_requested)
        self._empty.remedy_requested.connect(self.remedy_requested)
        self._empty.updates_chosen.connect(self.updates_chosen)
        self.pane.input_given.connect(self.input_given)
        actions.open_files.triggered.connect(self._choose_files)
        resize_within_screen(self, self.sizeHint())

    def sizeHint(self) -> QSize:
        """Ask for room in which both pictures and five lines of source are comfortable."""
        return QSize(960, 640)

    def show_empty(self) -> None:
        """Show the invitation in place of the result pane."""
        self.show_home(self._empty)

    def offer_updates(self, wanted: bool) -> None:
        """Ask on the invitation whether newer versions shall be looked for; `wanted` is the answer so far."""
        self._empty.offer_updates(wanted)

    def set_offline(self, offline: bool) -> None:
        """Say in the tool bar that no endpoint is asked."""
        self._bar.set_offline(offline)

    def set_private(self, private: bool) -> None:
        """Say in the title that nothing is kept."""
        self.setWindowTitle(tr("WriteTex (private)") if private else tr("WriteTex"))

    def set_hotkey(self, hotkey: str) -> None:
        """Write out the global hotkey.

        Args:
            hotkey: As `format_hotkey` writes it; empty when there is none.
        """
        self._empty.set_hotkey(hotkey)
        self._actions.set_hotkey(hotkey)

    def set_mode(self, mode: Mode) -> None:
        """Check a mode without telling anybody."""
        self._actions.set_mode(mode)

    def set_profiles(self, profiles: Sequence[Profile], active: str, *, elsewhere: bool = False) -> None:
        """Offer the saved endpoints.

        Args:
            profiles: All of them.
            active: `id` of the one in use; empty for none.
            elsewhere: Whether the environment names an endpoint, which stands above them.
        """
        self._bar.set_profiles(profiles, active, elsewhere=elsewhere)
        self._empty.set_configured(self._bar.has_profile or elsewhere)
        self.pane.set_profiles(profiles)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave it to the presenter whether the window goes away or the program ends."""
        event.ignore()
        self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept pictures and files of other programs."""
        if event.source() is None and holds_picture(event.mimeData()):
            event.acceptProposedAction()
            self._drop_frame.show_over(self.rect())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Say no more that something may be dropped."""
        super().dragLeaveEvent(event)
        self._drop_frame.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        self._drop_frame.hide()
        event.acceptProposedAction()
        self.input_given.emit(read_mime(event.mimeData()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._actions.retint()

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, tr("Open pictures"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                tr("Pictures, PDF and ink ({endings})", endings=_ENDINGS),
                tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(self._files_chosen)
        dialog.open()

    def _files_chosen(self, names: list[str]) -> None:
        self.input_given.emit(PictureFiles(tuple(Path(name) for name in names)))
