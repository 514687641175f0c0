"""How many prompt tokens a picture costs, by the formulas that vendors publish.

Estimates: what counts in the end is the usage that the server reports.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType

_FAMILIES = (
    ("claude", "Claude"),
    ("gemini-2", "Gemini 2.5"),
    ("gpt-4", "GPT-4o, 4.1"),
    ("gpt-5-mini", "GPT-5 mini"),
    ("gpt-5.4", "GPT-5.4"),
    ("gpt-5", "GPT-5, 5.1"),
    ("qwen3-vl", "Qwen3-VL"),
)
"""Parts of model IDs, the more special ones first, and the family whose formula goes for them."""


def token_range(model: str, width: int, height: int) -> tuple[int, int]:
    """Say between what numbers the tokens of one picture lie for a model; both are one where it is known.

    Args:
        model: Model ID; one of no known family may be like any of them.
        width: Width in pixels, at least 1.
        height: Height in pixels, at least 1.
    """
    estimates = estimate_tokens(width, height)
    for part, family in _FAMILIES:
        if part in model.lower():
            return estimates[family], estimates[family]
    return min(estimates.values()), max(estimates.values())


def estimate_tokens(width: int, height: int) -> Mapping[str, int]:
    """Estimate the tokens of one picture for each family of models.

    OpenAI's families from GPT-5 mini on count patches (platform.openai.com/docs/guides/images-vision).

    Args:
        width: Width in pixels, at least 1.
        height: Height in pixels, at least 1.

    Returns:
        Name of the family to tokens, in the order of the vendors' names.
    """
    qwen3 = max(1, round(width / 32)) * max(1, round(height / 32)) + 2
    return MappingProxyType(
        {
            "Claude": _claude(width, height),
            "Gemini 2.5": _gemini(width, height),
            "GPT-4o, 4.1": _openai_tiles(width, height, fixed=85, per_tile=170),
            "GPT-5, 5.1": _openai_tiles(width, height, fixed=70, per_tile=140),
            "GPT-5 mini": math.ceil(_patches(width, height, side=32, budget=1536) * 1.62),
            "GPT-5.4": _patches(width, height, side=32, budget=2500),
            "Qwen3-VL": qwen3,
        }
    )


def _patches(width: float, height: float, *, side: int, budget: int) -> int:
    """Count the patches of `side` pixels, after scaling down to whole ones if the budget is exceeded."""
    patches = math.ceil(width / side) * math.ceil(height / side)
    if patches <= budget:
        return patches
    scale = math.sqrt(budget * side * side / (width * height))
    columns, rows = width * scale / side, height * scale / side
    scale *= min(max(1, math.floor(columns)) / columns, max(1, math.floor(rows)) / rows)
    return min(budget, math.ceil(width * scale / side) * math.ceil(height * scale / side))


def _openai_tiles(width: int, height: int, *, fixed: int, per_tile: int) -> int:
    """Tiles of 512 pixels after fitting into 2048 x 2048 and a short side of 768 (same page as above)."""
    scale = min(1.0, 2048 / max(width, height))
    scale *= min(1.0, 768 / (min(width, height) * scale))
    tiles = math.ceil(width * scale / 512) * math.ceil(height * scale / 512)
    return fixed + per_tile * tiles


def _claude(width: int, height: int) -> int:
    """28-pixel patches after fitting the long side into 1568, at most 1568 (platform.claude.com, Vision)."""
    scale = min(1.0, 1568 / max(width, height))
    return _patches(math.ceil(width * scale), math.ceil(height * scale), side=28, budget=1568)


def _gemini(width: int, height: int) -> int:
    """258 tokens for a small picture or for each tile of 768 pixels (ai.google.dev, Image understanding)."""
    if max(width, height) <= 384:  # noqa: PLR2004 - stated above
        return 258
    return 258 * math.ceil(width / 768) * math.ceil(height / 768)
