"""What is sent for the sample pictures stays as small as the user guide promises."""

import json
import statistics
from pathlib import Path

import pytest

from writetex_desktop.adapters.image_codec import PillowCodec
from writetex_desktop.core.image import ImageLimits
from writetex_desktop.core.image_tokens import estimate_tokens
from writetex_desktop.core.prompt import prompt_for
from writetex_desktop.core.recognition import Mode

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"
CHARACTERS_PER_TOKEN = 4
"""The rule of thumb for English that vendors give (https://platform.openai.com/tokenizer)."""


@pytest.fixture(scope="module")
def sizes() -> list[tuple[int, int]]:
    """Width and height, in pixels, of each sample as it is sent."""
    codec = PillowCodec()
    names = [each["file"] for each in json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))]
    sent = [codec.prepare(codec.decode((SAMPLES / name).read_bytes()), ImageLimits()) for name in names]
    return [(each.width, each.height) for each in sent]


@pytest.mark.parametrize("family", estimate_tokens(32, 32))
def test_the_mean_prompt_is_at_most_450_tokens(sizes: list[tuple[int, int]], family: str) -> None:
    words = len(prompt_for(Mode.FORMULA)) / CHARACTERS_PER_TOKEN
    mean = statistics.mean(estimate_tokens(width, height)[family] for width, height in sizes)
    assert mean + words <= 450
