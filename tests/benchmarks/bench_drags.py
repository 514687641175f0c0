"""Five hundred drags at random places, in random layouts and scales: how many are exact to the pixel.

The tests do sixty of them; run all from the repository's root: `python -m tests.benchmarks drags`.
"""

import random
import sys

from tests.gui.overlay.test_snipper_on_x11 import WHOLE, noisy_desk, wrong_drags
from writetex_desktop.core.pictures.geometry import Rect

LAYOUTS = 25
DRAGS = 20
SCALES = ("1", "1.25", "1.5", "1.75", "2", "2.25", "2.5", "3")


def a_layout(chance: random.Random) -> tuple[Rect, ...]:
    """Give one to four screens that do not overlap, with gaps between them, the first anywhere."""
    if chance.random() < 1 / LAYOUTS:
        return (WHOLE,)
    x, y = chance.randrange(400, 880), chance.randrange(250, 550)
    corners = (
        Rect(0, 0, x - chance.randrange(50), y - chance.randrange(50)),
        Rect(x, 0, WHOLE.width - x, y - chance.randrange(50)),
        Rect(0, y, x - chance.randrange(50), WHOLE.height - y),
        Rect(x, y, WHOLE.width - x, WHOLE.height - y),
    )
    return tuple(chance.sample(corners, chance.randint(2, 4)))


def main() -> None:
    """Drag, and print the figure and what was wrong."""
    chance = random.Random(20261123)
    wrong = []
    for number in range(LAYOUTS):
        monitors = a_layout(chance)
        scales = ";".join(chance.choice(SCALES) for _ in monitors)
        with noisy_desk() as desk:
            wrong += wrong_drags(desk, monitors, scales, drags=DRAGS, seed=number)
    done = LAYOUTS * DRAGS
    sys.stdout.write(f"{done - len(wrong)} of {done} drags in {LAYOUTS} layouts exact (bar: all)\n")
    for drag in wrong:
        sys.stdout.write(f"  {drag}\n")
