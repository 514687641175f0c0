"""What a trial of the endpoint found, step by step, with a button for each remedy."""

from typing import assert_never

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.endpoints.connection import (
    ConnectionReport,
    Fix,
    FixKind,
    Outcome,
    Step,
    StepResult,
)
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level
from writetex_desktop.services.endpoints.connection_text import cost_text
from writetex_desktop.ui.settings.page import fine_print
from writetex_desktop.ui.settings.step_grid import StepGrid
from writetex_desktop.ui.toolkit.icons import IconName, pixmap
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_SIGN_PX = 16


class ConnectionView(QFrame):
    """One row a step with its sign; below the step that failed, what to do, as text and as buttons."""

    fix_requested = Signal(object)
    """The user wants a `Fix`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: ConnectionReport | None = None
        self._grid = StepGrid()
        self._measured = fine_print("")
        self._measured.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addWidget(self._measured)
        self.setAccessibleName(tr("Result of the test"))
        self.clear()

    @property
    def fixes(self) -> list[QPushButton]:
        """The buttons that are offered now."""
        return self._grid.buttons

    def clear(self) -> None:
        """Show nothing."""
        self._report = None
        self._grid.clear()
        self.hide()

    def show_report(self, report: ConnectionReport | None) -> None:
        """Show what was found; None, or a report without its notice, for a trial that runs."""
        self._report = report
        self._grid.clear()
        steps = report.steps if report else tuple(StepResult(step, Outcome.UNTRIED) for step in Step)
        running = report is None or report.notice is None
        for result in steps:
            is_next = running and result.outcome is Outcome.UNTRIED
            self._show_step(result, is_running=is_next)
            running = running and not is_next
        self._measured.setText(self._measures(report) if report and report.notice else "")
        self._measured.setVisible(bool(self._measured.text()))
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._report is not None:
            self.show_report(self._report)

    def _show_step(self, result: StepResult, *, is_running: bool) -> None:
        sign, name = PlainLabel(), PlainLabel(self._name(result.step))
        sign.setFixedWidth(_SIGN_PX)
        sign.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        match result.outcome:
            case Outcome.PASSED:
                self._draw(sign, IconName.CHECK, Level.INFO)
                sign.setAccessibleName(tr("passed"))
            case Outcome.FAILED:
                self._draw(sign, IconName.ERROR, Level.ERROR)
                sign.setAccessibleName(tr("failed"))
            case Outcome.UNTRIED:
                sign.setText("…" if is_running else "·")
                sign.setAccessibleName(tr("being tried") if is_running else tr("not tried"))
                if not is_running:
                    name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            case _:
                assert_never(result.outcome)
        said = [fine_print(result.message)] if result.message else []
        if result.remedy:
            remedy = PlainLabel(result.remedy)
            remedy.setWordWrap(True)
            said.append(remedy)
        buttons = [self._button(fix) for fix in result.fixes]
        self._grid.add_step(sign, name, said, buttons)

    def _draw(self, sign: QLabel, name: IconName, level: Level) -> None:
        colour = level_colour(level, self.palette())
        sign.setPixmap(pixmap(name, colour, _SIGN_PX, self.devicePixelRatioF()))

    def _button(self, fix: Fix) -> QPushButton:
        button = QPushButton(self._label(fix).replace("&", "&&"))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.fix_requested.emit(fix))
        return button

    def _label(self, fix: Fix) -> str:
        labels = {
            FixKind.USE_BASE_URL: tr("Use {value}"),
            FixKind.USE_MODEL: tr("Use {value}"),
            FixKind.PICK_MODEL: tr("Pick a model…"),
            FixKind.PICK_PROVIDER: tr("Choose a provider…"),
            FixKind.ENTER_KEY: tr("Enter the key"),
            FixKind.OPEN_PAGE: tr("Open the page with the keys"),
            FixKind.ASK_AGAIN: tr("Test again"),
            FixKind.CHOOSE_CA_FILE: tr("Trust a CA file…"),
            FixKind.CHOOSE_CLIENT_CERTIFICATE: tr("Choose a client certificate…"),
            FixKind.USE_SYSTEM_PROXY: tr("Use the system's proxy"),
        }
        return labels[fix.kind].format(value=fix.value)

    def _measures(self, report: ConnectionReport) -> str:
        if not report.seconds and report.usage is None:
            return ""
        seconds = self.locale().toString(report.seconds, "f", 1)
        parts = [tr("{seconds} s", seconds=seconds)]
        if report.usage is not None:
            parts.append(tr("{count} tokens", count=report.usage.total_tokens))
        if report.cost is not None:
            parts.append(cost_text(report.cost))
        return tr("This test: {measures}.", measures=" · ".join(parts))

    def _name(self, step: Step) -> str:
        match step:
            case Step.REACH:
                return tr("The base URL leads to an API")
            case Step.KEY:
                return tr("The key is accepted")
            case Step.MODEL:
                return tr("The model answers")
            case Step.VISION:
                return tr("The model sees pictures")
        assert_never(step)
