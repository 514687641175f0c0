"""How far a result can be trusted, in words; the same in window, popup and batch."""

from typing import assert_never

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.trust import Trust


def trust_words(trust: Trust | None) -> str:
    """Name a verdict; nothing where nobody can say."""
    match trust:
        case None:
            return ""
        case Trust.SURE:
            return tr("sure")
        case Trust.LOOK:
            return tr("look at this")
        case Trust.DIFFERS:
            return tr("differs from the picture")
    assert_never(trust)
