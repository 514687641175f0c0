"""What a press on the paper begins: a stroke, rubbing out, a lasso, or moving what the lasso holds."""

import math
from dataclasses import dataclass, field
from enum import Enum

from writetex_desktop.core.ink.ink import USUAL_WIDTH, Point, Stroke
from writetex_desktop.core.ink.smoothing import thinned
from writetex_desktop.core.pictures.geometry import Box

LEAST_FACTOR = 0.1


class Tool(Enum):
    """What the pen is."""

    PEN = "pen"
    RUBBER = "rubber"
    LASSO = "lasso"


@dataclass(slots=True)
class Writing:
    """A stroke in the making.

    Attributes:
        points: So far.
        width: Of the line.
        put_down: How many of its curves have been drawn for good.
    """

    points: list[Point] = field(default_factory=list)
    width: float = USUAL_WIDTH
    put_down: int = 0

    @property
    def newest(self) -> Box:
        """Where the last pieces of the line are, in units of the paper."""
        near = self.points[-4:]
        across, down = [each.x for each in near], [each.y for each in near]
        return Box(min(across), min(down), max(across), max(down))

    def add(self, point: Point, least: float) -> bool:
        """Take a point, unless it is nearer than `least` to the one before; says whether it was taken."""
        if self.points:
            last = self.points[-1]
            if math.dist((last.x, last.y), (point.x, point.y)) < least:
                return False
        self.points.append(point)
        return True

    @property
    def stroke(self) -> Stroke:
        """What there is."""
        return Stroke(tuple(self.points), self.width)

    def finished(self) -> Stroke:
        """Give the stroke without the points that tell nothing."""
        return Stroke(thinned(self.points), self.width)


@dataclass(slots=True)
class Rubbing:
    """What has been rubbed out since the press."""

    last: tuple[float, float]


@dataclass(slots=True)
class Lassoing:
    """The loop so far."""

    corners: list[tuple[float, float]]


@dataclass(slots=True)
class Carrying:
    """What the lasso holds, on its way.

    Attributes:
        start: Where it was taken, on the paper.
        box: Round it, before.
        resizes: Whether it is scaled about its left top corner, and not moved.
        dx: How far it came to the right.
        dy: How far it came down.
        factor: How much larger it became.
    """

    start: tuple[float, float]
    box: Box
    resizes: bool
    dx: float = 0.0
    dy: float = 0.0
    factor: float = 1.0

    def to(self, x: float, y: float) -> None:
        """Follow the pen."""
        if not self.resizes:
            self.dx, self.dy = x - self.start[0], y - self.start[1]
            return
        size = max(math.hypot(self.box.width, self.box.height), 1e-6)
        reach = ((x - self.box.left) * self.box.width + (y - self.box.top) * self.box.height) / size
        self.factor = max(LEAST_FACTOR, reach / size)


@dataclass(slots=True)
class Panning:
    """The paper is being moved under the view: where it was taken, in pixels of the view."""

    last: tuple[float, float]


Gesture = Writing | Rubbing | Lassoing | Carrying | Panning
"""What goes on between a press and its release."""
