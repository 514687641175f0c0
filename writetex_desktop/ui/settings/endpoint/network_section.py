"""How an endpoint is reached: proxy, trust, headers, patience. For the few who need it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from writetex_desktop.core.endpoints.connection import FixKind
from writetex_desktop.core.endpoints.held import part
from writetex_desktop.core.endpoints.network import (
    Network,
    format_headers,
    normalise_proxy,
    parse_headers,
)
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.calm_box import CalmSpinBox
from writetex_desktop.ui.settings.endpoint.file_field import FileField
from writetex_desktop.ui.settings.page import WarningPrint, add_explained, make_form

_LONGEST_WAIT_S = 600
_HEADER_LINES = 3


class NetworkSection(QWidget):
    """The fields of a `Network`; what cannot be used is said and not handed on."""

    edited = Signal(object)
    """The `Network` as it shall be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._network = Network()
        self._proxy = QLineEdit()
        self._proxy.setPlaceholderText(tr("As the system has it"))
        kinds = (tr("Certificates (*.pem *.crt *.cer *.key)"), tr("All files (*)"))
        self._ca_file = FileField(
            tr("Certificates"),
            tr("The system's certificates"),
            tr("Choose a file with certificates"),
            kinds,
        )
        self._certificate = FileField(
            tr("Client certificate"), tr("None"), tr("Choose a client certificate"), kinds
        )
        self._client_key = FileField(
            tr("Key of the client certificate"),
            tr("In the same file"),
            tr("Choose the key of the certificate"),
            kinds,
        )
        self._headers = QPlainTextEdit()
        self._headers.setTabChangesFocus(True)
        self._headers.setPlaceholderText("X-Title: WriteTex")
        self._headers.setFixedHeight(self._headers.fontMetrics().lineSpacing() * _HEADER_LINES + 16)
        self._headers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._headers.installEventFilter(self)
        self._connect = self._seconds(1)
        self._first = self._seconds(0)
        self._first.setSpecialValueText(tr("automatic"))
        self._total = self._seconds(1)
        self._plain = QCheckBox(tr("Send key and headers unencrypted"))
        self._problem = WarningPrint()
        form = make_form(self)
        form.setContentsMargins(0, 0, 0, 0)
        self._fill(form)
        for field in (self._proxy, self._connect, self._first, self._total):
            field.editingFinished.connect(self._edit)
        for file in (self._ca_file, self._certificate, self._client_key):
            file.edited.connect(self._edit)
        self._plain.clicked.connect(lambda: self._edit())
        self.show_network(Network())

    def show_network(self, network: Network) -> None:
        """Show what is in force without telling anybody."""
        self._network = network
        self._proxy.setText(network.proxy)
        self._ca_file.show_path(network.ca_file)
        self._certificate.show_path(network.client_certificate)
        self._client_key.show_path(network.client_key)
        self._headers.setPlainText(format_headers(network.headers))
        for box, seconds in (
            (self._connect, network.connect_s),
            (self._first, network.first_byte_s),
            (self._total, network.total_s),
        ):
            with QSignalBlocker(box):
                box.setValue(seconds)
        self._plain.setChecked(network.plain_http)
        self._say()

    def mend(self, kind: FixKind) -> bool:
        """Do what a click on a remedy asks of this section; gives whether that is done already."""
        match kind:
            case FixKind.CHOOSE_CA_FILE:
                self._ca_file.choose()
            case FixKind.CHOOSE_CLIENT_CERTIFICATE:
                self._certificate.choose()
            case _:
                self._proxy.clear()
                self._edit()
        return kind is FixKind.USE_SYSTEM_PROXY

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the headers over when their field is left."""
        if watched is self._headers and event.type() is QEvent.Type.FocusOut:
            self._edit()
        return super().eventFilter(watched, event)

    def _edit(self) -> None:
        try:
            network = replace(
                self._network,
                proxy=normalise_proxy(self._proxy.text()),
                ca_file=self._ca_file.path,
                client_certificate=self._certificate.path,
                client_key=self._client_key.path,
                headers=parse_headers(self._headers.toPlainText()),
                connect_s=self._connect.value(),
                first_byte_s=self._first.value(),
                total_s=self._total.value(),
                plain_http=self._plain.isChecked(),
            )
        except SettingsError as error:
            self._say(f"{error.message} {error.remedy.text}")
            return
        self._say()
        if network != self._network:
            self.edited.emit(network)
            self.show_network(part(network)[0])

    def _say(self, *sentences: str) -> None:
        self._problem.setText("\n".join(sentences))
        self._problem.setVisible(bool(sentences))

    def _seconds(self, least: int) -> CalmSpinBox:
        box = CalmSpinBox()
        box.setRange(least, _LONGEST_WAIT_S)
        box.setDecimals(0)
        box.setSuffix(tr(" s"))
        return box

    def _fill(self, form: QFormLayout) -> None:
        add_explained(
            form,
            tr("Pro&xy"),
            self._proxy,
            tr(
                "Such as http://proxy.example:3128 or socks5://127.0.0.1:1080; “direct” for none. Servers on "
                "this machine are never asked through a proxy."
            ),
        )
        add_explained(
            form,
            tr("Cert&ificates"),
            self._ca_file,
            tr("A PEM file that is trusted beside the system's certificates."),
        )
        add_explained(
            form,
            tr("Client certificate"),
            self._certificate,
            tr("A PEM file by which the server knows you, where it asks for one."),
        )
        add_explained(
            form,
            tr("Its key"),
            self._client_key,
            tr("A PEM file without a password; empty where it stands in the certificate's file."),
        )
        add_explained(
            form,
            tr("&Headers"),
            self._headers,
            tr(
                "Sent along with each request, one “Name: value” a line; some gateways ask for them. Bullets "
                "stand for a value that the key store holds; type over them to change it."
            ),
        )
        for label, box, explanation in (
            (tr("C&onnection"), self._connect, tr("The longest wait for a connection.")),
            (
                tr("&First answer"),
                self._first,
                tr("For the first sign of an answer; servers of your own get longer, to load a model."),
            ),
            (tr("Whole &answer"), self._total, tr("For all of the answer.")),
        ):
            add_explained(form, label, box, explanation)
        add_explained(
            form,
            "",
            self._plain,
            tr("Only for an http:// address outside your own network: everybody on the way can read them."),
        )
        form.addRow("", self._problem)
