"""What a batch will use, before it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from writetex_desktop.core.costs.cost import NO_TOKENS, Price, Tokens, cost_of
from writetex_desktop.core.endpoints.prompt import plan_for
from writetex_desktop.core.money import CostRange
from writetex_desktop.core.pictures.geometry import Size
from writetex_desktop.core.pictures.tokens import token_range
from writetex_desktop.core.reading.guidance import Guidance
from writetex_desktop.core.reading.recognition import Mode

_ANSWERS: dict[Mode, tuple[int, int]] = {
    Mode.FORMULA: (10, 100),
    Mode.CHEMISTRY: (10, 100),
    Mode.HANDWRITING: (10, 100),
    Mode.TEXT: (100, 1500),
    Mode.TABLE: (60, 800),
    Mode.TIKZ: (100, 1500),
    Mode.AUTO: (10, 1500),
}
"""Tokens of a usual answer, from short to long; for a formula as in `core.costs.cost`."""

_LETTERS_PER_TOKEN = 4
"""Of English prose, as vendors give it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a batch will use, when all goes as usual.

    Attributes:
        count: How many pictures will be read.
        model: Model ID of the endpoint that is asked; empty for the embedded recogniser, which costs nothing.
        low: Tokens at least.
        high: Tokens at most.
        cost: What they cost; None where the price is not known.
        is_over_limit: Whether it may take the month's costs over the user's limit.
    """

    count: int
    model: str = ""
    low: Tokens = NO_TOKENS
    high: Tokens = NO_TOKENS
    cost: CostRange | None = None
    is_over_limit: bool = False


def estimate_batch(
    model: str,
    price: Price | None,
    counts: dict[Mode, int],
    samples: Sequence[tuple[Mode, Size]],
    guidance: Mapping[Mode, Guidance],
) -> Estimate:
    """Estimate a batch by some of its pictures.

    Args:
        model: Model ID.
        price: What it costs, when known.
        counts: How many pictures of each mode there are.
        samples: Some of them: their mode and their size as they are sent, in pixels.
        guidance: What goes along with each picture of a mode.
    """
    count = sum(counts.values())
    ranges = [token_range(model, size.width, size.height) for _, size in samples]
    picture_low = fmean(low for low, _ in ranges) if ranges else 0.0
    picture_high = fmean(high for _, high in ranges) if ranges else 0.0
    prompts = {mode: plan_for(model, mode, guidance=guidance[mode]).text or "" for mode in counts}
    words = sum(len(prompts[mode]) / _LETTERS_PER_TOKEN * many for mode, many in counts.items())
    low = Tokens(
        round(words + picture_low * count), sum(_ANSWERS[mode][0] * many for mode, many in counts.items())
    )
    high = Tokens(
        round(words + picture_high * count), sum(_ANSWERS[mode][1] * many for mode, many in counts.items())
    )
    cost = None if price is None else CostRange(cost_of(low, price), cost_of(high, price))
    return Estimate(count, model, low, high, cost)
