"""Letters in fonts of the system, where Qt can be loaded: a server has neither fonts nor Qt's libraries.

Qt is loaded at the first letter that MathJax's own font lacks; who asks for MathML only need not wait for it.
"""

from writetex_desktop.core.formats.drawing.lettering import Extent, Lettering, LetteringPicture


def measure(lettering: Lettering) -> Extent | None:
    """See `letters.measure`; None also where Qt cannot be loaded."""
    try:
        from writetex_desktop.adapters.exporters import letters  # noqa: PLC0415 - see the module
    except ImportError:
        return None
    return letters.measure(lettering)


def outline(lettering: Lettering, size: float) -> str | LetteringPicture | None:
    """See `letters.outline`; None also where Qt cannot be loaded."""
    try:
        from writetex_desktop.adapters.exporters import letters  # noqa: PLC0415 - see the module
    except ImportError:
        return None
    return letters.outline(lettering, size)
