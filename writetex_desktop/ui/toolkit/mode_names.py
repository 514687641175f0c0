"""What the modes are called where there is no action to ask."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from writetex_desktop.core.reading.recognition import Mode


def mode_name(mode: Mode) -> str:
    """Give the name of a mode for the user."""
    match mode:
        case Mode.FORMULA:
            return QCoreApplication.translate("Mode", "Formula")
        case Mode.TEXT:
            return QCoreApplication.translate("Mode", "Text")
        case Mode.TABLE:
            return QCoreApplication.translate("Mode", "Table")
        case Mode.TIKZ:
            return QCoreApplication.translate("Mode", "TikZ")
        case Mode.CHEMISTRY:
            return QCoreApplication.translate("Mode", "Chemistry")
        case Mode.HANDWRITING:
            return QCoreApplication.translate("Mode", "Handwriting")
    assert_never(mode)
