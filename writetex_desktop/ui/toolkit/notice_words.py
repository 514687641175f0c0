"""Notices in words, and the colours of their levels."""

from typing import assert_never

from PySide6.QtGui import QColor, QPalette

from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.ui.toolkit.theme import is_dark


def sentences(notice: Notice) -> str:
    """Write message and remedy as one line of text."""
    return " ".join(part for part in (notice.message, notice.remedy.text) if part)


def remedy_label(action: RemedyAction) -> str:
    """Name the button that does a remedy."""
    labels = {
        RemedyAction.RETRY: tr("Try again"),
        RemedyAction.OPEN_ENDPOINT_SETTINGS: tr("Endpoint settings…"),
        RemedyAction.OPEN_NETWORK_SETTINGS: tr("Network settings…"),
        RemedyAction.CHOOSE_CA_FILE: tr("Choose a CA file…"),
        RemedyAction.CHOOSE_CLIENT_CERTIFICATE: tr("Choose a certificate…"),
        RemedyAction.OPEN_SNIPPING_SETTINGS: tr("Snipping settings…"),
        RemedyAction.OPEN_SCREEN_PERMISSION: tr("Open System Settings"),
        RemedyAction.COPY_AGAIN: tr("Copy again"),
        RemedyAction.REPAIR: tr("Repair"),
        RemedyAction.SPEND_ON: tr("Go on this month"),
        RemedyAction.ASK_ENDPOINT: tr("Ask the endpoint"),
        RemedyAction.GO_ONLINE: tr("Go online"),
        RemedyAction.OPEN_RELEASE: tr("Show it"),
    }
    return labels[action]


def level_colour(level: Level, palette: QPalette) -> QColor:
    """Give the colour of a level, legible on the palette's ground.

    The hues are ours, since palettes have none for warnings; each has a form for light and for dark grounds
    with a contrast of at least 4.5 to 1 (https://www.w3.org/TR/WCAG22/#contrast-minimum).
    """
    dark = is_dark(palette)
    match level:
        case Level.INFO:
            return palette.color(QPalette.ColorRole.Link)
        case Level.WARNING:
            return QColor("#e0b050" if dark else "#8a5a00")
        case Level.ERROR:
            return QColor("#f0837a" if dark else "#b3261e")
    assert_never(level)
