"""What a document says of its own letters, beside a picture of its page."""

from dataclasses import dataclass

from writetex_desktop.core.pictures.geometry import Box


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A letter of a document.

    Attributes:
        text: As the document has it: one character, or the few that a ligature stands for; never a blank.
        box: Its ink, in pixels of the picture.
        follows_blank: Whether the document has a blank or a new line before it.
    """

    text: str
    box: Box
    follows_blank: bool = False
