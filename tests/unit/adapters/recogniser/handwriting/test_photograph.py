"""A pen on paper is told from the paper: pictures that are made here as a camera would take them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from writetex_desktop.adapters.recogniser.handwriting.photograph import written_ink

Levels = NDArray[np.float32]
HEIGHT, WIDTH = 160, 420


def _paper(light: float = 1.0, shadow: float = 0.0) -> Levels:
    along = np.linspace(0, 1, WIDTH, dtype=np.float32)
    return np.tile(230 * (light - shadow * along), (HEIGHT, 1)).astype(np.float32)


def _written(paper: Levels, share: float) -> NDArray[np.bool_]:
    """Write a bar, an upright and a slanted stroke; gives where they are."""
    mark = np.zeros(paper.shape, bool)
    mark[78:82, 130:250] = True
    mark[40:130, 300:304] = True
    for step in range(70):
        mark[45 + step : 49 + step, 60 + step // 2] = True
    paper[mark] *= 1 - share
    return mark


def _read(paper: Levels) -> NDArray[np.uint8]:
    noise = np.random.default_rng(4).normal(0, 1.5, paper.shape)
    grey = np.clip(paper + noise, 0, 255).astype(np.uint8)
    ink = written_ink(grey.tobytes(), grey.shape[1])
    assert ink is not None
    return np.frombuffer(ink, np.uint8).reshape(grey.shape)


@pytest.mark.parametrize("shadow", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("share", [0.25, 0.5, 0.85], ids=["pencil", "blue", "black"])
def test_strokes_stay_and_uneven_light_goes(shadow: float, share: float) -> None:
    paper = _paper(shadow=shadow)
    mark = _written(paper, share)
    ink = _read(paper)
    assert (ink[mark] > 79).mean() > 0.97
    assert (ink[~mark] > 79).mean() < 0.01


@pytest.mark.parametrize("gap", [30, 44])
@pytest.mark.parametrize("is_squared", [False, True], ids=["ruled", "squared"])
def test_printed_lines_go_and_what_is_written_on_them_stays(gap: int, *, is_squared: bool) -> None:
    paper = _paper(shadow=0.2)
    paper[12::gap] *= 0.82
    if is_squared:
        paper[:, 20::gap] *= 0.82
    mark = _written(paper, 0.6)
    ink = _read(paper)
    assert (ink[mark] > 79).mean() > 0.9
    assert (ink[~mark] > 79).mean() < 0.01


def test_lines_that_are_a_little_slanted_go_too() -> None:
    paper = _paper()
    columns = np.arange(WIDTH)
    for first in (20, 60, 100, 140):
        paper[
            np.clip(first + np.round(0.02 * (columns - WIDTH / 2)).astype(int), 0, HEIGHT - 1), columns
        ] *= 0.8
    mark = _written(paper, 0.6)
    ink = _read(paper)
    assert (ink[mark] > 79).mean() > 0.9
    assert (ink[~mark] > 79).mean() < 0.01


def test_the_bar_of_a_fraction_is_no_printed_line() -> None:
    paper = _paper()
    mark = np.zeros(paper.shape, bool)
    mark[80:83, 30:390] = True
    paper[mark] *= 0.4
    assert (_read(paper)[mark] > 79).mean() > 0.97


def test_empty_paper_holds_no_ink() -> None:
    grey = np.full((HEIGHT, WIDTH), 230, np.uint8)
    assert written_ink(grey.tobytes(), WIDTH) is None
