"""What is done to the text an engine gives: `clean` makes it markup, `repair` makes a piece of it renderable."""

from writetex_desktop.core.markup.cleaning import clean
from writetex_desktop.core.markup.repetition import is_repeating
from writetex_desktop.core.markup.repairing import repair

__all__ = ["clean", "is_repeating", "repair"]
