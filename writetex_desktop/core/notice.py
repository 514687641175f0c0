"""What the program tells the user in passing."""

from dataclasses import dataclass, field
from enum import StrEnum

from writetex_desktop.core.errors import Remedy, WriteTexError


class Level(StrEnum):
    """How grave a notice is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence and what can be done about it."""

    level: Level
    message: str
    remedy: Remedy = field(default_factory=lambda: Remedy(""))

    @classmethod
    def of(cls, error: WriteTexError) -> "Notice":
        """Make the notice that tells of an error."""
        return cls(Level.ERROR, error.message, error.remedy)
