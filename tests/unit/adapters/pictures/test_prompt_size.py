"""What is sent for the sample pictures stays as small as the user guide promises."""

import json
import math
import statistics
from pathlib import Path

import pytest

from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.storage.catalogue_file import load_catalogue
from writetex_desktop.core.endpoints.catalogue.provider import Provider
from writetex_desktop.core.endpoints.prompt import prompt_for
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, ImageLimits
from writetex_desktop.core.pictures.tokens import estimate_tokens
from writetex_desktop.core.reading.recognition import Mode

RESOURCES = Path(__file__).parents[4] / "resources"
SAMPLES = RESOURCES / "samples"
CATALOGUE = load_catalogue(RESOURCES, Path("/nowhere")).catalogue
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


def stroke(width: int, height: int) -> Bitmap:
    """A black line on white, away from the edges."""
    white, black = b"\xff\xff\xff\xff", b"\0\0\0\xff"
    line = white + black * (width - 2) + white
    rows = [white * width] * height
    rows[height // 2] = line
    return Bitmap(width, height, b"".join(rows))


@pytest.fixture(scope="module")
def extremes() -> list[EncodedImage]:
    """What is sent for the smallest, the flattest, the tallest and the largest crops."""
    sizes = ((3, 3), (4000, 8), (8, 2000), (3840, 2160))
    return [PillowCodec().prepare(stroke(*size), ImageLimits()) for size in sizes]


@pytest.mark.parametrize("provider", CATALOGUE.providers, ids=lambda provider: provider.id)
def test_what_is_sent_keeps_to_each_providers_rules_for_images(
    extremes: list[EncodedImage], provider: Provider
) -> None:
    rules = provider.image
    for sent in extremes:
        assert sent.media_type in rules.media_types
        assert min(sent.width, sent.height) >= rules.min_side_px
        assert max(sent.width, sent.height) <= (rules.max_side_px or math.inf)
        assert len(sent.data) * 4 / 3 <= (rules.max_bytes or math.inf)
