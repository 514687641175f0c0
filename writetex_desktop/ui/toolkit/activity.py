"""What the program is about, as the tray's icon says it."""

from enum import Enum, auto


class Activity(Enum):
    """What became of the newest picture."""

    IDLE = auto()
    WORKING = auto()
    FAILED = auto()
