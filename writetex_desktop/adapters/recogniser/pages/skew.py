"""By how much a scanned page lies askew.

numpy is imported inside the function, for the reason given in `model`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST: Final = 5.0
"""Degrees up to which a page is straightened; what lies further askew is a photograph."""

LEAST: Final = 0.15
"""Degrees from which on it is worth it: a line of a page drifts by a sixth of its height."""

COARSE, FINE = 0.5, 0.1
"""Steps in degrees."""

CLEARER: Final = 1.1
"""By how much clearer the lines must part then."""

_INK: Final = 100


def skew_of(ink: NDArray[np.uint8]) -> float:
    """Give the angle in degrees by which lines of text fall to the right; 0 where that is not plain.

    Lines that lie straight leave rows of paper between them: the sharper the profile of the rows, the
    straighter the page (W. Postl, "Detection of linear oblique structures and skew scan in digitized
    documents", ICPR 1986).

    Args:
        ink: A page, rows by columns, some 1000 columns wide: 0 is paper, 255 is ink.
    """
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    down, across = np.nonzero(ink > _INK)
    if not len(down):
        return 0.0

    def clearness(angle: float) -> float:
        rows = np.rint(down - math.tan(math.radians(angle)) * across).astype(np.int64)
        counts = np.bincount(rows - rows.min()).astype(np.float64)
        return float((counts * counts).sum())

    steps = round(MOST / COARSE)
    coarse = max((COARSE * step for step in range(-steps, steps + 1)), key=clearness)
    near = round(COARSE / FINE)
    best = max((coarse + FINE * step for step in range(-near, near + 1)), key=clearness)
    if abs(best) < LEAST or abs(best) > MOST or clearness(best) < CLEARER * clearness(0.0):
        return 0.0
    return best
