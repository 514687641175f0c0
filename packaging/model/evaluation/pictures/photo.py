"""Adds a set of test pictures that look as if somebody had photographed the page with a telephone.

`python -m model.evaluation.pictures.photo` after `model.evaluation.pictures.latex`: pages of
`pdftoppm-cm-150` under slanting light, seen a little from the side, out of focus, with the sensor's noise
and the camera's JPEG. Simulated: no camera was at hand. Seconds.
"""

import io
import json
import math
import random

import numpy as np
from PIL import Image, ImageFilter

from model.evaluation.pictures.chosen import PICTURES

SOURCE = "pdftoppm-cm-150"
PAPER, INK = 225.0, 45.0
TURN_DEG = 2.0
MARGIN_PX = 14


def photograph(page: Image.Image, chance: random.Random) -> Image.Image:
    """The page as a telephone sees it."""
    grey = Image.new("L", (page.width + 2 * MARGIN_PX, page.height + 2 * MARGIN_PX), 255)
    grey.paste(page, (MARGIN_PX, MARGIN_PX))
    turned = grey.rotate(chance.uniform(-TURN_DEG, TURN_DEG), Image.Resampling.BICUBIC, fillcolor=255)
    tilt = chance.uniform(-2e-4, 2e-4)
    shear = chance.uniform(-0.02, 0.02)
    seen = turned.transform(
        turned.size,
        Image.Transform.PERSPECTIVE,
        (1.0, shear, -shear * turned.height / 2, 0.0, 1.0, 0.0, tilt * 0.5, 0.0),
        Image.Resampling.BICUBIC,
        fillcolor=255,
    ).filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 1.0)))
    level = INK + np.asarray(seen, np.float32) / 255 * (PAPER - INK)
    y, x = np.mgrid[0 : seen.height, 0 : seen.width]
    angle = chance.uniform(0, 2 * math.pi)
    slope = (x / seen.width - 0.5) * math.cos(angle) + (y / seen.height - 0.5) * math.sin(angle)
    level *= 1 + chance.uniform(0.05, 0.25) * slope
    level += np.random.default_rng(chance.getrandbits(32)).normal(0, chance.uniform(2, 6), level.shape)
    stream = io.BytesIO()
    Image.fromarray(np.clip(level, 0, 255).astype(np.uint8)).save(
        stream, "JPEG", quality=chance.randint(60, 90)
    )
    return Image.open(stream).convert("L")


def main() -> None:
    """Write the set."""
    chance = random.Random(17)
    folder = PICTURES / "photo-simulated"
    folder.mkdir(parents=True, exist_ok=True)
    truth = json.loads((PICTURES / SOURCE / "truth.json").read_text())
    for entry in truth:
        photograph(Image.open(PICTURES / SOURCE / entry["file"]).convert("L"), chance).save(
            folder / entry["file"]
        )
    (folder / "truth.json").write_text(json.dumps(truth))
    print(folder.name, len(truth))


if __name__ == "__main__":
    main()
