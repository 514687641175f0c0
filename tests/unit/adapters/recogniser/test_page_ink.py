"""What ink on a page may be, by its size."""

import pytest

from writetex_desktop.adapters.recogniser.pages.ink import is_too_large
from writetex_desktop.core.pictures.geometry import Box

EM = 20.0
MATRIX = ("\\begin{pmatrix}", "a", "&", "b", "\\\\", "c", "&", "d", "\\end{pmatrix}")


@pytest.mark.parametrize(
    ("width", "height", "words", "expected"),
    [
        (270, 170, ("\\mathcal", "{", "K", "}"), True),
        (600, 400, ("x", "^", "{", "2", "}"), True),
        (270, 100, MATRIX, False),
        (30, 60, ("\\int",), False),
        (700, 60, ("x", "=", "1"), False),
    ],
)
def test_a_figure_is_no_sign(width: float, height: float, words: tuple[str, ...], *, expected: bool) -> None:
    assert is_too_large(Box(0, 0, width, height), words, EM) is expected
