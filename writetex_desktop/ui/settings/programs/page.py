"""Settings: other programs that may have pictures read here."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QSpinBox, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.client import Client
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.settings.page import SettingsPage, WarningPrint, fine_print, tick
from writetex_desktop.ui.toolkit.action_button import ActionButton
from writetex_desktop.ui.toolkit.icons import IconName, icon

_FIRST_PORT = 1024
"""Lower ones are the system's."""

_LAST_PORT = 65_535
_ROWS = 4


class _PortBox(QSpinBox):
    """A port, told when it is finished, that leaves the wheel to the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(_FIRST_PORT, _LAST_PORT)
        self.setGroupSeparatorShown(False)
        self.setKeyboardTracking(False)  # "5" on the way to "50906" is no port that anybody wants

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class ProgramsPage(SettingsPage):
    """The switch of the door, and the programs that have a token."""

    token_wanted = Signal(str)
    """A program of this name shall have a token."""

    rights_edited = Signal(str, bool, str)
    """The program of that `id`: whether it may search the history, and its origins, with blanks between."""

    revoked = Signal(str)
    """The token of the program of that `id` shall hold no longer."""

    copy_wanted = Signal(str)
    """This text shall be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Other programs")
        self.add_words("API", "HTTP", "token", "server")
        self._clients: tuple[Client, ...] = ()
        self._add_switch()
        self._add_new()
        self._add_known()
        self.show_clients(())

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        tick(self._serve, settings.serve)
        with QSignalBlocker(self._port):
            self._port.setValue(settings.serve_port)
        if settings.serve_clients != self._clients:
            self.show_clients(settings.serve_clients)

    def show_state(self, address: str, problem: str) -> None:
        """Show where the door is open, or why it is not."""
        self._address.setText(f"{address}/v1" if address else "")
        self._copy_address.setEnabled(bool(address))
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            self.grown.emit(self._problem)

    def show_clients(self, clients: tuple[Client, ...]) -> None:
        """Show the programs that have a token; the one that is chosen stays so."""
        chosen = self._chosen()
        self._clients = clients
        with QSignalBlocker(self._list):
            self._list.clear()
            self._list.addItems([client.name for client in clients])
            ids = [client.id for client in clients]
            row = ids.index(chosen.id) if chosen is not None and chosen.id in ids else min(0, len(ids) - 1)
            self._list.setCurrentRow(row)
        self._list.setEnabled(bool(clients))
        self._show_chosen()

    def show_token(self, token: Secret, *, keeps: bool) -> None:
        """Show a new token, this once.

        Args:
            token: The token.
            keeps: Whether it holds longer than this run.
        """
        self._token.setText(token.reveal())
        self._token_row.show()
        self._token.selectAll()
        self._token.setFocus()
        self._name.clear()
        self._said.setText("" if keeps else tr("There is no key store here: it holds until WriteTex ends."))
        self._said.setVisible(not keeps)
        self._list.setCurrentRow(len(self._clients) - 1)
        self.grown.emit(self._token_row)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with a name or an origin; empty for nothing."""
        self._said.setText(problem)
        self._said.setVisible(bool(problem))
        if problem:
            self.grown.emit(self._said)

    def forget_token(self) -> None:
        """Show the token no longer."""
        self._token.clear()
        self._token_row.hide()
        self.show_problem("")

    def _add_switch(self) -> None:
        self._serve = QCheckBox(tr("&Answer other programs on this computer"))
        self._serve.toggled.connect(self._edit)
        self.add_field(
            self._serve.text(),
            self._serve,
            tr(
                "Editors, note takers and browsers can then have pictures read here, each with a token that "
                "you make for it. Nobody outside this computer can ask."
            ),
        )
        self._address = QLineEdit()
        self._address.setReadOnly(True)
        self._address.setPlaceholderText(tr("The door is shut"))
        self._copy_address = self._action(tr("Copy the address"), IconName.COPY)
        self._copy_address.triggered.connect(lambda: self.copy_wanted.emit(self._address.text()))
        self._address.addAction(self._copy_address, QLineEdit.ActionPosition.TrailingPosition)
        self._problem = WarningPrint()
        holder = _column(self._address, self._problem)
        holder.setFocusProxy(self._address)
        self.add_field(
            tr("A&ddress"), holder, tr("What other programs want as base URL; the token is their API key.")
        )
        self._port = _PortBox()
        self._port.valueChanged.connect(self._edit)
        self.add_field(
            tr("&Port"), self._port, tr("If another program has it, the next that is free is taken.")
        )

    def _add_new(self) -> None:
        self._name = QLineEdit()
        self._name.setPlaceholderText(tr("Such as: my editor"))
        self._name.returnPressed.connect(self._want_token)
        self._name.textChanged.connect(lambda: self._make.setEnabled(bool(self._name.text().strip())))
        self._make: QAction = self._action(tr("&Make a token"), IconName.CHECK)
        self._make.setEnabled(False)
        self._make.triggered.connect(lambda: self._want_token())
        self._token = QLineEdit()
        self._token.setReadOnly(True)
        self._token.setAccessibleName(tr("The new token"))
        copy = self._action(tr("&Copy the token"), IconName.COPY)
        copy.triggered.connect(lambda: self.copy_wanted.emit(self._token.text()))
        self._token_row = _column(
            _row(self._token, _button(copy)),
            fine_print(tr("Paste it into the other program now: it is shown this once.")),
        )
        self._token_row.hide()
        self._said = WarningPrint()
        holder = _column(_row(self._name, _button(self._make)), self._token_row, self._said)
        holder.setFocusProxy(self._name)
        self.add_field(
            tr("&New program"), holder, tr("Give it a name of your own, so that you know it in the list.")
        )

    def _add_known(self) -> None:
        self._list = QListWidget()
        self._list.setFixedHeight(_ROWS * self.fontMetrics().height() + 16)
        self._list.currentRowChanged.connect(lambda: self._show_chosen())
        self._revoke = self._action(tr("Re&voke its token"), IconName.DELETE)
        self._revoke.triggered.connect(lambda: self._revoke_chosen())
        self._history = QCheckBox(tr("It may search the &history"))
        self._history.toggled.connect(lambda: self._edit_rights())
        self._origins = QLineEdit()
        self._origins.setPlaceholderText(tr("https://example.org"))
        self._origins.editingFinished.connect(self._edit_rights)
        rights = _row(self._history, _button(self._revoke))
        holder = _column(self._list, rights)
        holder.setFocusProxy(self._list)
        self.add_field(
            tr("P&rograms"), holder, tr("A program whose token is revoked is out from that moment on.")
        )
        self.add_field(
            tr("&Web pages"),
            self._origins,
            tr(
                "Of the chosen program: pages in a browser that may use its token, with blanks between. "
                "Most programs need none."
            ),
        )

    def _action(self, text: str, name: IconName) -> QAction:
        action = QAction(icon(name), text, self)
        action.setToolTip(tagless(text.replace("&", "")))
        self.addAction(action)
        return action

    def _chosen(self) -> Client | None:
        row = self._list.currentRow()
        return self._clients[row] if 0 <= row < len(self._clients) else None

    def _show_chosen(self) -> None:
        client = self._chosen()
        for part in (self._history, self._origins):
            part.setEnabled(client is not None)
        self._revoke.setEnabled(client is not None)
        tick(self._history, client is not None and client.history)
        with QSignalBlocker(self._origins):
            self._origins.setText(" ".join(client.origins) if client is not None else "")

    def _want_token(self) -> None:
        if self._name.text().strip():
            self.token_wanted.emit(self._name.text())

    def _revoke_chosen(self) -> None:
        client = self._chosen()
        if client is not None:
            self.revoked.emit(client.id)

    def _edit_rights(self) -> None:
        client = self._chosen()
        if client is None:
            return
        origins = self._origins.text()
        if self._history.isChecked() != client.history or tuple(origins.split()) != client.origins:
            self.rights_edited.emit(client.id, self._history.isChecked(), origins)

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(self.settings, serve=self._serve.isChecked(), serve_port=self._port.value())
        )


def _button(action: QAction) -> ActionButton:
    button = ActionButton(action)
    button.setAutoDefault(False)
    return button


def _row(wide: QWidget, narrow: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(wide, 1)
    row.addWidget(narrow)
    return holder


def _column(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in parts:
        column.addWidget(part)
    return holder
