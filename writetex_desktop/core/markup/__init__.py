"""What is done to an engine's text: `clean` makes it markup, `repair` makes a piece of it renderable."""

from writetex_desktop.core.markup.cleaning import clean
from writetex_desktop.core.markup.repairing import repair
from writetex_desktop.core.markup.repetition import is_repeating

__all__ = ["clean", "is_repeating", "repair"]
