"""The two networks for text: one finds lines on a page, one reads the letters of a line.

Both are PaddleOCR's (https://github.com/PaddlePaddle/PaddleOCR, Apache-2.0); its `DBPostProcess` and
`CTCLabelDecode` tell what they give. numpy is imported inside the functions, for the reason given in `model`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.sessions import open_graph
from writetex_desktop.core.errors import InternalError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pages.marks import Letter
from writetex_desktop.core.pictures.geometry import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writetex_desktop.adapters.recogniser.pages.weights import Weights

LINE_PX = 48
"""Height of the line that the second network reads."""

STEP_PX = 8
"""Columns of that line to a column of its answer."""

SIDE_PX = 32
"""The first network wants sides that are multiples of it."""

TEXT_ABOVE = 0.3
"""Probability from which on a pixel is text."""

SURE_ABOVE = 0.5
"""Mean probability of a line's pixels at least."""

BESIDE = 0.6
"""The network marks the core of a line: what is missing at its ends, over the core's height."""

LOWEST_PX = 3
"""What is lower is no line."""

_MEAN = (0.485, 0.456, 0.406)
_SPREAD = (0.229, 0.224, 0.225)


class TextNetworks:
    """Finds and reads lines of text.

    Args:
        weights: Where they lie.

    Raises:
        InternalError: They are missing or broken.
    """

    def __init__(self, weights: Weights) -> None:
        self._lines = open_graph(weights.lines)
        self._letters = open_graph(weights.letters)
        try:
            # The first is "no letter", the last the blank.
            self._alphabet = weights.alphabet.read_text(encoding="utf-8").split("\n")[:-1]
        except (OSError, UnicodeDecodeError) as error:
            raise InternalError(
                tr("The reader of pages is broken: its alphabet is missing."), tr("Install the program anew.")
            ) from error

    def lines(self, picture: NDArray[np.uint8]) -> list[Box]:
        """Find the lines of a page.

        Args:
            picture: Grey levels, dark on light, rows by columns, both multiples of `SIDE_PX`.

        Returns:
            Boxes in pixels of that picture, in no order; they are as high as an `x`.
        """
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        mean = np.array(_MEAN, np.float32).reshape(3, 1, 1)
        spread = np.array(_SPREAD, np.float32).reshape(3, 1, 1)
        given = (picture.astype(np.float32)[None] / 255 - mean) / spread
        (answer,) = self._lines.run(None, {"x": given[None]})
        chances: NDArray[np.float32] = answer[0, 0]
        return [
            _whole(box)
            for box in boxes_of(chances > TEXT_ABOVE)
            if box.height >= LOWEST_PX and _mean(chances, box)
        ]

    def letters(self, line: NDArray[np.uint8]) -> list[Letter]:
        """Read a line.

        Args:
            line: Grey levels, dark on light, `LINE_PX` rows.

        Returns:
            Its letters and blanks; their middles in columns of the picture.
        """
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        given = line.astype(np.float32) / 127.5 - 1
        (answer,) = self._letters.run(None, {"x": np.broadcast_to(given, (1, 3, *given.shape))})
        chances: NDArray[np.float32] = answer[0]
        best = chances.argmax(1)
        step = line.shape[1] / len(best)
        found: list[Letter] = []
        start = 0
        for end in range(1, len(best) + 1):
            if end < len(best) and best[end] == best[start]:
                continue
            if best[start]:
                text = self._alphabet[best[start]] if best[start] < len(self._alphabet) else " "
                chance = float(chances[start:end, best[start]].max())
                found.append(Letter(text, (start + end) / 2 * step, chance))
            start = end
        return found


def _mean(chances: NDArray[np.float32], box: Box) -> bool:
    part = chances[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
    return float(part[part > TEXT_ABOVE].mean()) >= SURE_ABOVE


def _whole(box: Box) -> Box:
    missing = BESIDE * box.height
    return Box(box.left - missing, box.top, box.right + missing, box.bottom)


def boxes_of(mask: NDArray[np.bool_]) -> list[Box]:
    """Give the boxes of what hangs together in a mask, corners not counted."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    padded = np.pad(mask.astype(np.int8), ((0, 0), (1, 1)))
    edges = np.diff(padded, axis=1)
    parents: list[int] = []
    boxes: list[list[int]] = []
    above: list[tuple[int, int, int]] = []
    starts_at, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    row_before = -1
    row: list[tuple[int, int, int]] = []
    for y, left, right in zip(starts_at.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if y != row_before:
            above = row if y == row_before + 1 else []
            row, row_before = [], y
        owner = -1
        for other_left, other_right, number in above:
            if other_left < right and left < other_right:
                root = _root(parents, number)
                if owner < 0:
                    owner = root
                elif root != owner:
                    parents[root] = owner
                    boxes[owner] = _joined(boxes[owner], boxes[root])
        if owner < 0:
            owner = len(parents)
            parents.append(owner)
            boxes.append([left, y, right, y + 1])
        else:
            boxes[owner] = _joined(boxes[owner], [left, y, right, y + 1])
        row.append((left, right, owner))
    return [Box(*box) for number, box in enumerate(boxes) if parents[number] == number]


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _joined(box: list[int], other: list[int]) -> list[int]:
    return [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])]
