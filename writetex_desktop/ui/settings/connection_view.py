"""What a trial of the endpoint found, step by step."""

from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from writetex_desktop.core.connection import ConnectionReport, Outcome, Step
from writetex_desktop.core.notice import Level
from writetex_desktop.ui.icons import IconName, pixmap
from writetex_desktop.ui.notices import level_colour, sentences

_SIGN_PX = 16


class ConnectionView(QWidget):
    """One row a step with its sign, and below them what happened and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = {step: QLabel() for step in Step}
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setAccessibleName(self.tr("Result of the test"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (step, sign) in enumerate(self._signs.items()):
            sign.setFixedSize(_SIGN_PX, _SIGN_PX)
            grid.addWidget(sign, row, 0)
            grid.addWidget(QLabel(self._name(step)), row, 1)
        self._steps = QWidget()
        self._steps.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._steps)
        column.addWidget(self._said)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._steps.hide()
        self._said.clear()

    def show_running(self) -> None:
        """Say that the trial runs."""
        self._steps.hide()
        self._said.setText(self.tr("Sending a small picture of x²…"))

    def show_report(self, report: ConnectionReport) -> None:
        """Show what was found."""
        for result in report.steps:
            sign = self._signs[result.step]
            match result.outcome:
                case Outcome.PASSED:
                    colour = level_colour(Level.INFO, self.palette())
                    sign.setPixmap(pixmap(IconName.CHECK, colour, _SIGN_PX, self.devicePixelRatioF()))
                    sign.setAccessibleName(self.tr("passed"))
                case Outcome.FAILED:
                    colour = level_colour(Level.ERROR, self.palette())
                    sign.setPixmap(pixmap(IconName.ERROR, colour, _SIGN_PX, self.devicePixelRatioF()))
                    sign.setAccessibleName(self.tr("failed"))
                case Outcome.UNTRIED:
                    sign.clear()
                    sign.setAccessibleName(self.tr("not tried"))
                case _:
                    assert_never(result.outcome)
        self._steps.show()
        seconds = self.locale().toString(report.seconds, "f", 1)
        measured = [self.tr("{seconds} s").format(seconds=seconds)]
        if report.usage is not None:
            measured.append(self.tr("{count} tokens").format(count=report.usage.total_tokens))
        self._said.setText(f"{sentences(report.notice) if report.notice else ''} ({' · '.join(measured)})")

    def _name(self, step: Step) -> str:
        match step:
            case Step.REACH:
                return self.tr("The base URL leads to an API")
            case Step.KEY:
                return self.tr("The key is accepted")
            case Step.MODEL:
                return self.tr("The model answers")
            case Step.VISION:
                return self.tr("The model sees pictures")
        assert_never(step)
