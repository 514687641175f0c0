"""The row below the markup: how it is copied, and what it took to get it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from writetex_desktop.core.costs.cost import format_cost
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Engine, Recognition
from writetex_desktop.core.reading.trust import Likeness, Trust, judged
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.result.clipboard_state import ClipboardState
from writetex_desktop.ui.toolkit.action_button import ActionButton, split_button
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.document_menu import document_menu
from writetex_desktop.ui.toolkit.format_names import fill_box, fill_menu, fill_templates
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.trust_words import trust_words
from writetex_desktop.ui.toolkit.views.announcing import Announcer
from writetex_desktop.ui.toolkit.views.elided_label import ElidedLabel
from writetex_desktop.ui.toolkit.views.labels import PlainLabel
from writetex_desktop.ui.toolkit.views.progress import ElapsedLabel


class ResultFooter(QWidget):
    """Copies on the left; on the right what the result took, or while working the time and Cancel."""

    format_changed = Signal(object)
    """The user chose another `OutputFormat`."""

    copy_as_requested = Signal(object)
    """The user wants a copy in another `OutputFormat`, this once."""

    template_requested = Signal(object)
    """The user wants a copy in the form of a `NamedTemplate`, this once."""

    compute_requested = Signal()
    """The user wants the panel that computes."""

    save_requested = Signal(object)
    """The user wants it in a file: a `DocumentWish`."""

    retry_with_requested = Signal(str)
    """Read the picture again with another saved endpoint: the profile's `id`."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = QComboBox()
        self._format.setAccessibleName(tr("Format"))
        self._format.setToolTip(tr("How the formula is wrapped when it is copied"))
        fill_box(self._format)
        self._format.currentIndexChanged.connect(self._tell_format)
        label = PlainLabel(tr("F&ormat"))
        label.setBuddy(self._format)
        self._copy = ActionButton(actions.copy)
        self._copy.reserve(tr("Copied"))
        self._templates = QMenu(tr("Templates (&5)"), self)
        self._copy_as = self._copy_as_button(actions)
        self._hint_action = actions.retry_with_hint
        self._retry_with = QMenu(self)
        self._retry_with.setToolTipsVisible(True)
        self._retry = ActionButton(actions.retry)
        self._retry_or_with = split_button(actions.retry)
        self._retry_or_with.setMenu(self._retry_with)
        self._retry_or_with.setMinimumHeight(self._retry.sizeHint().height())
        self._retry_or_with.hide()
        self._profiles = 0
        self._took = ""
        self._is_copied = False
        self._announcer, self._copied = Announcer(self), Announcer(self)
        self._about = ElidedLabel()
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._elapsed = ElapsedLabel()
        self._elapsed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._right = QStackedWidget()
        self._right.addWidget(_row(self._about, self._retry, self._retry_or_with))
        self._right.addWidget(_row(self._elapsed, ActionButton(actions.cancel)))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 12)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._format)
        row.addWidget(self._copy)
        row.addWidget(self._copy_as)
        row.addWidget(self._right, 1)

    @property
    def output_format(self) -> OutputFormat:
        """The format that is chosen."""
        return OutputFormat(self._format.currentData())

    @property
    def about(self) -> str:
        """What the result took, as it is written now."""
        return self._about.text()

    def set_format(self, output_format: OutputFormat) -> None:
        """Choose a format without telling anybody."""
        with QSignalBlocker(self._format):
            self._format.setCurrentIndex(self._format.findData(output_format))

    def set_templates(self, own: Sequence[NamedTemplate]) -> None:
        """Offer the user's own templates, and below a line those that come with the program."""
        fill_templates(self._templates, own, self.template_requested.emit)

    def set_profiles(self, profiles: Sequence[Profile]) -> None:
        """Offer other saved endpoints under Retry; the plain button is enough when there are few."""
        self._retry_with.clear()
        for profile in profiles:
            action = self._retry_with.addAction(tr("Retry with {name}", name=profile.name))
            action.setToolTip(tagless(profile.model))
            action.triggered.connect(
                lambda _checked=False, id_=profile.id: self.retry_with_requested.emit(id_)
            )
        self._retry_with.addSeparator()
        self._retry_with.addAction(self._hint_action)
        self._profiles = len(profiles)
        self._offer_profiles(self._profiles > 1)

    def focus_copy(self) -> None:
        """Put the keyboard on the copy button."""
        self._copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_clipboard(self, state: ClipboardState) -> None:
        """Say on the button whether the clipboard has it, and below the pointer what it has."""
        self._copy.set_done(state.is_copied, state.words)
        if state.is_copied and not self._is_copied:
            self._copied.say(state.words)
        self._is_copied = state.is_copied

    def show_working(self, doing: str) -> None:
        """Count the time, beside Cancel."""
        self._elapsed.start(doing)
        self._right.setCurrentIndex(1)

    def say_working(self, doing: str) -> None:
        """Change what is said beside the time."""
        self._elapsed.say(doing)

    def show_idle(self, about: str = "") -> None:
        """Stop counting and say what the result took."""
        self._elapsed.stop()
        self._about.setText(about)
        self._right.setCurrentIndex(0)

    def show_recognition(self, recognition: Recognition, profile: str = "") -> None:
        """Stop counting and say who read it (`profile` only where not the active one), and what it took."""
        is_ours = recognition.engine is Engine.OFFLINE
        # After the built-in recogniser a single endpoint is another one to ask.
        self._offer_profiles(self._profiles > (0 if is_ours else 1))
        parts = [profile] if profile else []
        parts.append(tr("Built-in recogniser") if is_ours else recognition.model)
        parts.append(tr("{seconds} s", seconds=self.locale().toString(recognition.seconds, "f", 1)))
        if recognition.usage is not None:
            parts.append(tr("{count} tokens", count=self.locale().toString(recognition.usage.total_tokens)))
        if recognition.cost is not None:
            parts.append(format_cost(recognition.cost))
        if not recognition.complete:
            parts.append(tr("incomplete"))
        self._took = " · ".join(parts)
        self.show_idle()
        self.show_trust(judged(recognition, Likeness.UNKNOWN))

    def show_trust(self, trust: Trust | None) -> None:
        """Say first, where a narrow window does not cut it off, how far the result can be trusted."""
        self._about.setText(" · ".join(part for part in (trust_words(trust), self._took) if part))
        self._announcer.say(self._about.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._copy_as.setIcon(icon(IconName.COPY, self.palette()))

    def _offer_profiles(self, offered: bool) -> None:
        self._retry.setVisible(not offered)
        self._retry_or_with.setVisible(offered)

    def _tell_format(self) -> None:
        self.format_changed.emit(self.output_format)

    def _copy_as_button(self, actions: Actions) -> QPushButton:
        menu = QMenu(self)
        fill_menu(menu, self.copy_as_requested.emit)
        menu.addSeparator()
        menu.addMenu(self._templates)
        menu.addMenu(document_menu(self, "formula", self.save_requested.emit))
        menu.addAction(tr("Compute… (&=)")).triggered.connect(lambda: self.compute_requested.emit())
        button = QPushButton(icon(IconName.COPY, self.palette()), tr("Copy &as"))
        button.setToolTip(tagless(actions.copy_as.toolTip()))
        button.setEnabled(actions.copy_as.isEnabled())
        button.setMenu(menu)
        actions.copy_as.enabledChanged.connect(button.setEnabled)
        # QPushButton.showMenu would run an event loop of its own.
        actions.copy_as.triggered.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(widgets[0], 1)
    for widget in widgets[1:]:
        row.addWidget(widget)
    return holder
