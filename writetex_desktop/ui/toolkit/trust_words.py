"""How far a result can be trusted, in words; the same in window, popup and batch."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from writetex_desktop.core.reading.trust import Trust


def trust_words(trust: Trust | None) -> str:
    """Name a verdict; nothing where nobody can say."""
    match trust:
        case None:
            return ""
        case Trust.SURE:
            return QCoreApplication.translate("Trust", "sure")
        case Trust.LOOK:
            return QCoreApplication.translate("Trust", "look at this")
        case Trust.DIFFERS:
            return QCoreApplication.translate("Trust", "differs from the picture")
    assert_never(trust)
