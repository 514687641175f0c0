"""What pieces of ink look like, whatever font they are set in: the `CompareShapes` of the visual check.

A small network turns a shape into a vector, so that one sign in two fonts gives vectors that point the same
way. `resources/signs/signs.npz` holds it, and the vectors of several hundred signs in twenty fonts, made by
`packaging/model/training/shapes.py`. A sign of the drawing is looked up there; then the picture's ink need
not look like the drawing, only like that sign in the font of the picture.
"""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Final

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.integrity import check_files
from writetex_desktop.core.errors import ImageError, InternalError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.ink import GRID, Piece, unlikeness

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

DIRECTIONS: Final = 8
"""In how many directions edges are counted."""

_CELLS: Final = 6
_TILES: Final = 8
_SAME: Final = 0.08
"""Signs whose likeness to a piece is within this of the best are one sign for us: v and upsilon."""

_SURE: Final = 0.72
"""A piece of the drawing that is less like every sign is none that is known."""

_FONTS: Final = 4
"""How many fonts are taken for that of the picture; sizes of one family differ as two fonts do."""

_BAR: Final = 5.0
_FULL: Final = 0.78 * GRID * GRID
"""Bars, dots and full boxes all look alike once they are stretched to a square: their shape says nothing."""

_SPECK_EM: Final = 0.14
_BAR_AND_SIGN: Final = 0.6


class SignShapes:
    """Makes vectors of shapes, and compares pieces by them.

    Args:
        file: `resources/signs/signs.npz`; loaded when first wanted.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._network: _Network | None = None
        self._loading = threading.Lock()

    def __call__(self, ones: Sequence[Piece], others: Sequence[Piece], em_px: float) -> FontShapes:
        """Compare the pieces of a picture with those of a drawing; callable in any thread.

        Raises:
            ImageError: The file is missing or broken.
        """
        with self._loading:
            if self._network is None:
                self._network = _Network(self._file)
        return FontShapes(self._network, ones, others, em_px)


class FontShapes:
    """The `Shapes` of one picture and one drawing."""

    def __init__(
        self, network: _Network, ones: Sequence[Piece], others: Sequence[Piece], em_px: float
    ) -> None:
        import numpy as np  # noqa: PLC0415 - it takes a tenth of a second

        self._network = network
        self._ones, self._others = ones, others
        looks, other_looks = network.looks(ones), network.looks(others)
        self._alike: Floats = looks @ other_looks.T
        plain = np.array([_is_plain(one, em_px) for one in ones])[:, None]
        other_plain = np.array([_is_plain(other, em_px) for other in others])[None]
        self._plain: NDArray[np.bool_] = plain | other_plain
        self._both_plain: NDArray[np.bool_] = plain & other_plain
        drawn = other_looks @ network.signs[:, 0].T
        best = drawn.max(axis=1, keepdims=True)
        near = drawn >= np.maximum(best - _SAME, _SURE)
        # What is near brings its upright, bold and larger kin.
        kin = np.stack([np.isin(network.kind, network.kind[each]) for each in near])
        self._mates: NDArray[np.bool_] = kin & ~other_plain.T
        self._known: NDArray[np.bool_] = self._mates.any(axis=1)
        # How like each piece is to each sign in each font.
        self._likeness: Floats = np.einsum("ne,sfe->nsf", looks, network.signs)
        self._likeness[:, ~network.known] = -1.0
        self._in_fonts: Floats = np.full((len(ones), len(others), network.known.shape[1]), -1.0, np.float32)
        for number in np.flatnonzero(self._known):
            self._in_fonts[:, number] = self._likeness[:, self._mates[number]].max(axis=1)
        self._best: Floats = np.maximum(self._alike, self._in_fonts.max(axis=2))
        first = np.where(self._plain, np.where(self._both_plain, 0.0, _BAR_AND_SIGN), 1 - self._best)
        self._first: list[list[float]] = first.tolist()
        self._fonts: NDArray[np.intp] = np.zeros(1, np.intp)

    def at_first(self, one: int, other: int) -> float:
        """See `Shapes.at_first`."""
        return self._first[one][other]

    def settle(self, pairs: Sequence[tuple[int, int]]) -> float:
        """See `Shapes.settle`."""
        import numpy as np  # noqa: PLC0415 - see above

        known = [(one, other) for one, other in pairs if self._known[other] and not self._plain[one, other]]
        if not known:
            return 0.0
        ones, others = zip(*known, strict=True)
        votes = self._in_fonts[list(ones), list(others)]
        votes = np.where(votes < -0.5, 0.5, np.maximum(votes, 0.3)).mean(axis=0)  # noqa: PLR2004 - not in that font
        self._fonts = np.argsort(-votes)[:_FONTS]
        return max(0.0, 1 - float(np.median(self._alike[list(ones), list(others)])))

    def in_font(self, one: int, other: int) -> float:
        """See `Shapes.in_font`."""
        if self._plain[one, other]:
            return (
                0.0 if self._both_plain[one, other] else _BAR_AND_SIGN * (1 - float(self._alike[one, other]))
            )
        bare = unlikeness(self._ones[one], self._others[other])
        if not self._known[other]:
            return min(0.5 * (1 - float(self._alike[one, other])), 1.2 * bare)
        here = max(float(self._in_fonts[one, other, self._fonts].max()), float(self._alike[one, other]))
        like = 0.5 * here + 0.5 * float(self._best[one, other])
        strangers = self._likeness[one][~self._mates[other]][:, self._fonts]
        another = max(0.0, float(strangers.max()))
        return min(0.5 * (1 - like) + max(0.0, another - like + 0.05), 1.6 * bare)

    def of_groups(self, one: Piece, other: Piece) -> float:
        """See `Shapes.of_groups`."""
        look, other_look = self._network.looks((one, other))
        return 0.8 * min(1 - float(look @ other_look), 1.6 * unlikeness(one, other))


def _is_plain(piece: Piece, em_px: float) -> bool:
    return (
        not 1 / _BAR <= piece.width / piece.height <= _BAR
        or max(piece.width, piece.height) < _SPECK_EM * em_px
        or piece.shape.bit_count() > _FULL
    )


class _Network:
    """Two layers over the edges and the darkness of a shape.

    Attributes:
        signs: Vectors of unit length: a sign, a font (the first is that of our drawings), an element.
        known: Whether a sign is known in a font.
        kind: A number for each sign; upright, bold and larger forms of one letter have the same.
    """

    def __init__(self, file: Path) -> None:
        import numpy as np  # noqa: PLC0415 - see above

        try:
            check_files(file.parent, SUMS["signs"])
            with np.load(file) as data:
                self._hidden: Floats = data["hidden"].astype(np.float32)
                self._hidden_bias: Floats = data["hidden_bias"]
                self._look: Floats = data["look"].astype(np.float32)
                self._look_bias: Floats = data["look_bias"]
                self.known: NDArray[np.bool_] = data["known"]
                self.kind: NDArray[np.int16] = data["kind"]
                self.signs: Floats = np.zeros((*self.known.shape, len(self._look)), np.float32)
                self.signs[self.known] = _of_unit_length(data["signs"].astype(np.float32))
        except (OSError, KeyError, ValueError, InternalError) as error:
            raise ImageError(
                tr("The shapes of signs are missing."), tr("Install the program anew.")
            ) from error

    def looks(self, pieces: Sequence[Piece]) -> Floats:
        """Give a vector of unit length for each piece."""
        import numpy as np  # noqa: PLC0415 - see above

        data = b"".join(piece.shape.to_bytes(GRID * GRID // 8, "little") for piece in pieces)
        bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little").reshape(-1, GRID, GRID)
        aspects = np.array([math.log(piece.width / piece.height) for piece in pieces], np.float32)
        # Products this small take longer when a library shares them out among busy cores; einsum does not.
        seen = features(bits.astype(np.float32), aspects)
        hidden = np.maximum(np.einsum("pf,hf->ph", seen, self._hidden) + self._hidden_bias, 0)
        return _of_unit_length(np.einsum("ph,eh->pe", hidden, self._look) + self._look_bias)


def features(shapes: Floats, aspects: Floats) -> Floats:
    """Give what the network sees: edges by direction, coarse darkness, the aspect.

    Args:
        shapes: `(pieces, GRID, GRID)`, 1 for ink and 0 for paper.
        aspects: Logarithm of width over height of each piece.
    """
    import numpy as np  # noqa: PLC0415 - see above

    number, cell, tile = len(shapes), GRID // _CELLS, GRID // _TILES
    soft = _blurred(_blurred(shapes))
    padded = np.pad(soft, ((0, 0), (1, 1), (1, 1)))
    across = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
    down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
    edges = []
    for direction in range(DIRECTIONS):
        angle = 2 * math.pi * direction / DIRECTIONS
        edge = _blurred(np.maximum(across * math.cos(angle) + down * math.sin(angle), 0))
        edges.append(edge.reshape(number, _CELLS, cell, _CELLS, cell).mean(axis=(2, 4)).reshape(number, -1))
    dark = soft.reshape(number, _TILES, tile, _TILES, tile).mean(axis=(2, 4)).reshape(number, -1)
    columns = [3 * np.sqrt(np.concatenate(edges, axis=1)), dark, np.clip(aspects, -2, 2)[:, None]]
    return np.concatenate(columns, axis=1).astype(np.float32)


def _blurred(shapes: Floats) -> Floats:
    import numpy as np  # noqa: PLC0415 - see above

    tall = np.pad(shapes, ((0, 0), (1, 1), (0, 0)))
    tall = (tall[:, :-2] + 2 * tall[:, 1:-1] + tall[:, 2:]) * np.float32(0.25)
    wide = np.pad(tall, ((0, 0), (0, 0), (1, 1)))
    blurred: Floats = (wide[:, :, :-2] + 2 * wide[:, :, 1:-1] + wide[:, :, 2:]) * np.float32(0.25)
    return blurred


def _of_unit_length(vectors: Floats) -> Floats:
    import numpy as np  # noqa: PLC0415 - see above

    scaled: Floats = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return scaled
