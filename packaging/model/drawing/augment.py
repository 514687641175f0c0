"""Makes a drawn formula look as a screen or a scan shows it, and brings it to the size the model reads.

Pictures are ink: 0 for paper, 255 for full ink.
"""

import io
import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

EM_PX = 24.0
"""Size of the text in the model's pictures: pixels to the em of a formula's main font."""

PT_PER_EM = 10.0
FILTERS = (
    Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS, Image.Resampling.BOX,
    Image.Resampling.HAMMING,
)  # fmt: skip


def resize(ink: NDArray[np.uint8], width: int, height: int, resample: Image.Resampling) -> NDArray[np.uint8]:
    """The picture at another size."""
    return np.asarray(Image.fromarray(ink).resize((max(1, width), max(1, height)), resample))


def degrade(ink: NDArray[np.uint8], chance: random.Random) -> NDArray[np.uint8]:
    """What happens between the typesetter and the snip; the size stays."""
    picture = np.pad(ink, 3)
    if chance.random() < 0.12:
        picture = _filtered(picture, ImageFilter.GaussianBlur(chance.uniform(0.3, 0.9)))
    elif chance.random() < 0.1:
        picture = _filtered(
            picture, ImageFilter.UnsharpMask(chance.uniform(0.5, 1.5), chance.randint(40, 200), 0)
        )
    if chance.random() < 0.5:
        gamma = math.exp(chance.uniform(-0.55, 0.55))
        picture = (255 * (picture / 255.0) ** gamma).astype(np.uint8)
    if chance.random() < 0.15:
        picture = _jpeg(picture, chance)
    if chance.random() < 0.12:
        noise = np.random.default_rng(chance.getrandbits(32)).normal(0, chance.uniform(2, 18), picture.shape)
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    if chance.random() < 0.02:
        picture = np.where(picture > chance.randint(50, 110), 255, 0).astype(np.uint8)
    return picture[3:-3, 3:-3]


def _filtered(picture: NDArray[np.uint8], kernel: ImageFilter.Filter) -> NDArray[np.uint8]:
    return np.asarray(Image.fromarray(picture).filter(kernel))


def _jpeg(picture: NDArray[np.uint8], chance: random.Random) -> NDArray[np.uint8]:
    """Compressed and read again, on light or dark paper of some contrast."""
    low = chance.randint(0, 60)
    high = chance.randint(170, 255)
    shown = (low + picture / 255.0 * (high - low)).astype(np.uint8)
    if chance.random() < 0.6:
        shown = 255 - shown
        low, high = 255 - high, 255 - low
        dark_on_light = True
    else:
        dark_on_light = False
    stream = io.BytesIO()
    Image.fromarray(shown).save(stream, "JPEG", quality=chance.randint(25, 90))
    read = np.asarray(Image.open(stream)).astype(np.float32)
    ink = (high - read if dark_on_light else read - low) / (high - low)
    return (np.clip(ink, 0, 1) * 255).astype(np.uint8)


def to_model(ink: NDArray[np.uint8], factor: float, chance: random.Random) -> NDArray[np.uint8]:
    """The picture scaled by `factor`, through another zoom now and then, as a snip is before it is read."""
    height, width = ink.shape
    if chance.random() < 0.2:
        zoom = math.exp(chance.uniform(-0.4, 0.6)) * max(1.0, factor * 0.8)
        ink = resize(ink, round(width * zoom), round(height * zoom), chance.choice(FILTERS))
    scaled = resize(
        ink,
        round(width * factor),
        round(height * factor),
        chance.choice(FILTERS[:3] if chance.random() < 0.7 else FILTERS),
    )
    strongest = max(40, int(scaled.max()))
    return np.minimum(scaled.astype(np.uint16) * 255 // strongest, 255).astype(np.uint8)
