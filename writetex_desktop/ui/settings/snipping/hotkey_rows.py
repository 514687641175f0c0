"""The rows of the snipping page in which hotkeys are chosen: one for each thing that a hotkey can ask for."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from writetex_desktop.core.desktop.snip_wish import SNIP, SNIP_AGAIN, WRITE, SnipWish
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.ui.settings.disclosure import Disclosure
from writetex_desktop.ui.settings.page import WarningPrint, add_explained, fine_print
from writetex_desktop.ui.settings.snipping.hotkey_field import HotkeyField
from writetex_desktop.ui.toolkit.mode_names import mode_name
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class HotkeyRows(QObject):
    """Rows at the top of a form: the plain snip, the last region, each mode, and each of several profiles.

    Args:
        form: Takes the rows; nothing may be put above them later.
    """

    recording_changed = Signal(bool)
    """A hotkey is being recorded; those in force must sleep meanwhile."""

    hotkey_chosen = Signal(object, object)
    """The user wants another hotkey (`Hotkey`), or none (None), for a `SnipWish`."""

    def __init__(self, form: QFormLayout) -> None:
        super().__init__(form)
        self._form = form
        self._fields: dict[SnipWish, HotkeyField] = {}
        self._problems: dict[SnipWish, WarningPrint] = {}
        self._profiles: tuple[Profile, ...] = ()
        snip, again, write = self._made(SNIP), self._made(SNIP_AGAIN), self._made(WRITE)
        self._modes = Disclosure(tr("A hotkey for each mode"), self._mode_rows())
        self.words = (
            tr("&Hotkey"),
            tr("Works in every program. Click and press a combination; Backspace takes it away."),
            tr("&Last region"),
            tr("Snips the region of the last snip again, at once and without the overlay."),
            tr("&Write by hand"),
            tr("Shows the small window to write in; Insert puts the formula where you came from."),
            self._modes.title,
        )
        add_explained(form, self.words[0], snip, self.words[1])
        add_explained(form, self.words[2], again, self.words[3])
        add_explained(form, self.words[4], write, self.words[5])
        form.addRow("", self._modes)
        self._about_profiles = fine_print(
            tr("These snip as well, and another of your endpoints reads that one picture.")
        )
        self._about_profiles.hide()
        form.addRow("", self._about_profiles)
        self._rows_above = form.rowCount()

    def show_settings(self, settings: Settings) -> None:
        """Show the hotkeys in force, without telling anybody."""
        several = len(settings.profiles) > 1 or bool(settings.profile_hotkeys)
        self._show_profiles(settings.profiles if several else ())
        if settings.mode_hotkeys:
            self._modes.set_open(True)
        for wish, field in self._fields.items():
            field.set_hotkey(settings.hotkeys.get(wish))

    def show_problem(self, wish: SnipWish, sentence: str) -> None:
        """Say below a hotkey what is wrong with it, or that nothing is."""
        problem = self._problems[wish]
        problem.setText(sentence)
        problem.setVisible(bool(sentence))

    def problem(self, wish: SnipWish) -> str:
        """Give what is said below a hotkey."""
        return self._problems[wish].text()

    def field(self, wish: SnipWish) -> HotkeyField:
        """Give the field of a hotkey."""
        return self._fields[wish]

    def _show_profiles(self, profiles: Sequence[Profile]) -> None:
        named = [(each.id, each.name) for each in profiles]
        if named == [(each.id, each.name) for each in self._profiles]:
            return
        for place, profile in reversed(list(enumerate(self._profiles))):
            self._form.removeRow(self._rows_above + place)
            wish = SnipWish(profile=profile.id)
            del self._fields[wish], self._problems[wish]
        self._profiles = tuple(profiles)
        for place, profile in enumerate(profiles):
            holder = self._made(SnipWish(profile=profile.id))
            field = self._fields[SnipWish(profile=profile.id)]
            label = PlainLabel(tr("To {name}", name=profile.name.replace("&", "&&")))
            label.setBuddy(field)
            label.setContentsMargins(0, 4, 0, 0)
            field.setAccessibleName(tr("Hotkey that snips to {name}", name=profile.name))
            field.setAccessibleDescription(self._about_profiles.text())
            self._form.insertRow(self._rows_above + place, label, holder)
        self._about_profiles.setVisible(bool(profiles))

    def _mode_rows(self) -> QWidget:
        """Make a row for each mode, below what they are for."""
        holder = QWidget()
        rows = QFormLayout(holder)
        rows.setContentsMargins(0, 0, 0, 8)
        rows.setVerticalSpacing(8)
        about = fine_print(tr("These snip as well, and that one picture is read in their mode."))
        rows.addRow(about)
        for mode in Mode:
            wish = SnipWish(mode=mode.value)
            made = self._made(wish)
            label = PlainLabel(mode_name(mode))
            label.setBuddy(self._fields[wish])
            label.setContentsMargins(0, 4, 0, 0)
            self._fields[wish].setAccessibleName(tr("Hotkey that snips as {mode}", mode=mode_name(mode)))
            self._fields[wish].setAccessibleDescription(about.text())
            rows.addRow(label, made)
        return holder

    def _made(self, wish: SnipWish) -> QWidget:
        """Make a field, with the line below it that says what is wrong."""
        field, problem = HotkeyField(), WarningPrint()
        field.recording_changed.connect(self.recording_changed)
        field.hotkey_chosen.connect(lambda hotkey: self.hotkey_chosen.emit(wish, hotkey))
        self._fields[wish], self._problems[wish] = field, problem
        holder = QWidget()
        holder.setFocusProxy(field)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field)
        column.addWidget(problem)
        return holder
