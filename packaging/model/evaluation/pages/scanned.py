"""A page as if it had been printed, laid on glass a little askew and scanned."""

import io
import random

import numpy as np
from PIL import Image, ImageFilter

ASKEW_DEG = 1.2


def scanned(page: Image.Image, chance: random.Random) -> Image.Image:
    """The page as a scanner sees it: askew, soft, on grey paper, with noise, as JPEG."""
    grey = page.convert("L")
    turned = grey.rotate(chance.uniform(-ASKEW_DEG, ASKEW_DEG), Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 0.9)))
    paper, ink = chance.uniform(225, 245), chance.uniform(20, 60)
    level = ink + np.asarray(soft, np.float32) / 255 * (paper - ink)
    across = np.linspace(-0.5, 0.5, soft.width)[None]
    level *= 1 + chance.uniform(-0.06, 0.06) * across
    level += np.random.default_rng(chance.getrandbits(32)).normal(0, chance.uniform(2, 6), level.shape)
    stream = io.BytesIO()
    picture = Image.fromarray(np.clip(level, 0, 255).astype(np.uint8))
    picture.save(stream, "JPEG", quality=chance.randint(60, 88))
    return Image.open(stream).convert("RGB")
