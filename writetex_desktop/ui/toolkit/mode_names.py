"""What the modes are called where there is no action to ask."""

from typing import assert_never

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode


def mode_name(mode: Mode) -> str:  # noqa: PLR0911 - one for each
    """Give the name of a mode for the user."""
    match mode:
        case Mode.FORMULA:
            return tr("Formula")
        case Mode.TEXT:
            return tr("Text")
        case Mode.TABLE:
            return tr("Table")
        case Mode.TIKZ:
            return tr("TikZ")
        case Mode.CHEMISTRY:
            return tr("Chemistry")
        case Mode.HANDWRITING:
            return tr("Handwriting")
        case Mode.AUTO:
            return tr("Automatic")
    assert_never(mode)
