"""Points and rectangles, and the one mapping from logical to device pixels.

A *logical pixel* is what the toolkit counts in; a *device pixel* is a dot of the screen. The *scale* of a
screen is device pixels per logical pixel. Qt scales the size of a screen and leaves its origin in device
pixels, so the mapping is made per screen, inside that screen, and never for the whole desktop.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height; the unit is said where it is used."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: its left top corner, its width and its height. Origin left top, y downwards."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of the rectangle."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below the rectangle."""
        return self.y + self.height

    @property
    def is_empty(self) -> bool:
        """Whether it holds no pixel."""
        return self.width <= 0 or self.height <= 0

    def intersected(self, other: "Rect") -> "Rect":
        """Give the part inside both; empty when they do not meet."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(
            x,
            y,
            max(0, min(self.right, other.right) - x),
            max(0, min(self.bottom, other.bottom) - y),
        )

    def moved(self, dx: int, dy: int) -> "Rect":
        """Give the same rectangle elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle with fractions; the unit is said where it is used. Origin left top, y downwards.

    One without an inside is a line or a point.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def grown(self, by: float) -> "Box":
        """Give the box with a margin round it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        """Say whether they have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Say whether a place is inside, the edge counted."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def holds_middle_of(self, other: "Box") -> bool:
        """Say whether the middle of another lies inside."""
        return self.holds(other.centre, other.middle)

    def shared_height(self, other: "Box") -> float:
        """How much of the lower of both stands beside the other, 0 to 1."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, common / max(1e-6, min(self.height, other.height)))

    def shared_width(self, other: "Box") -> float:
        """How much of the narrower of both stands under or over the other, 0 to 1."""
        common = min(self.right, other.right) - max(self.left, other.left)
        return max(0.0, common / max(1e-6, min(self.width, other.width)))


class Sided(Protocol):
    """Whatever has four sides."""

    @property
    def left(self) -> float:
        """Its left edge."""
        ...

    @property
    def top(self) -> float:
        """Its upper edge."""
        ...

    @property
    def right(self) -> float:
        """Its right edge."""
        ...

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        ...


def around(things: Iterable[Sided]) -> Box:
    """Give the smallest box round things; at least one."""
    sides = [(each.left, each.top, each.right, each.bottom) for each in things]
    lefts, tops, rights, bottoms = zip(*sides, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class PointF:
    """A position with fractions, in logical pixels of one screen."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen as the system describes it.

    Attributes:
        name: The system's name for it, such as `HDMI-1`; unique among the screens present.
        area: Its place on the desktop, in device pixels.
        scale: Device pixels per logical pixel.
    """

    name: str
    area: Rect
    scale: float


def device_region(start: PointF, end: PointF, scale: float, bounds: Size) -> Rect:
    """Map a drag inside one screen to the device pixels it covers.

    Args:
        start: Where the drag began, in logical pixels from the screen's left top corner.
        end: Where it ended; any direction.
        scale: Device pixels per logical pixel of that screen.
        bounds: Size of the screen in device pixels; the region is clipped to it.

    Returns:
        The region in device pixels from the screen's left top corner; may be empty.
    """
    x0, x1 = sorted((round(start.x * scale), round(end.x * scale)))
    y0, y1 = sorted((round(start.y * scale), round(end.y * scale)))
    return Rect(x0, y0, x1 - x0, y1 - y0).intersected(Rect(0, 0, bounds.width, bounds.height))
