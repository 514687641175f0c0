"""What the detector sees in one picture, as the reader is given it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from writetex_desktop.core.pictures.parting.signs import Sign

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Glance:
    """What the detector sees in one picture, a row a sign, from left to right.

    Attributes:
        classes: The likeliest classes of each.
        shares: Their probabilities.
        boxes: Left, top, right and bottom in ems of the size at which the model reads.
        signs: The same signs as values.
    """

    classes: NDArray[np.int64]
    shares: NDArray[np.float32]
    boxes: NDArray[np.float32]
    signs: tuple[Sign, ...]

    @property
    def presence(self) -> float:
        """Probability that the surest of them is a sign at all."""
        return max((sign.chance for sign in self.signs), default=0.0)

    def kept(self, numbers: list[int]) -> Glance:
        """Some of them, by their numbers."""
        signs = tuple(self.signs[number] for number in numbers)
        return Glance(self.classes[numbers], self.shares[numbers], self.boxes[numbers], signs)
