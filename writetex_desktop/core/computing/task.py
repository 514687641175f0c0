"""What is to be computed, and the answer."""

from dataclasses import dataclass
from enum import StrEnum


class Task(StrEnum):
    """What is done with an expression or an equation; the values are the names on the command line."""

    SIMPLIFY = "simplify"
    EXPAND = "expand"
    FACTOR = "factor"
    SOLVE = "solve"
    DIFFERENTIATE = "differentiate"
    INTEGRATE = "integrate"
    EVALUATE = "evaluate"
    PLOT = "plot"

    @property
    def needs_letter(self) -> bool:
        """Whether it is done for one letter, which is found where there is only one."""
        return self in {Task.SOLVE, Task.DIFFERENTIATE, Task.INTEGRATE, Task.PLOT}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be computed.

    Attributes:
        source: The formula as SymPy, without comments.
        task: What is done.
        letter: The letter it is done for, by SymPy's name; empty for the only one.
    """

    source: str
    task: Task
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it.

    Attributes:
        latex: The outcome; empty for a plot.
        text: The same as SymPy writes it.
        points: Of a plot, from left to right; a place without a value is left out.
    """

    latex: str = ""
    text: str = ""
    points: tuple[tuple[float, float], ...] = ()
