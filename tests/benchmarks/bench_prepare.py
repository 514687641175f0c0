"""How long a crop takes to be prepared, how many bytes go out and what it costs.

Run it from the repository's root: `python -m tests.benchmarks.bench_prepare`.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median

from PIL import Image, ImageDraw, ImageFont

from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, ImageLimits
from writetex_desktop.core.pictures.tokens import estimate_tokens

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
PICTURES = (".png", ".jpg", ".webp")
ROUNDS = 9
BAR_MS = 10.0
"""What an ordinary crop, 600 x 120, may take (issue 2)."""

LINE = "f(x) = ax + by - c(u + v) = 0, g(t) = p(t) / q(t) "


def picture(width: int, height: int, points: float, lines: int) -> Bitmap:
    """Draw lines of text that fill the width, black on white."""
    image = Image.new("RGB", (width, height), "white")
    font = ImageFont.load_default(points)
    text = LINE * 20
    while font.getlength(text) > width - 24:
        text = text[:-1]
    ImageDraw.Draw(image).multiline_text((12, 8), "\n".join([text] * lines), fill="black", font=font)
    return Bitmap(width, height, image.tobytes("raw", "BGRX"))


CROPS: dict[str, Bitmap] = {
    "200x60": picture(200, 60, 16, 1),
    "600x120": picture(600, 120, 32, 1),
    "600x120, 3 lines at 96 dpi": picture(600, 120, 16, 3),
    "1600x1200 page": picture(1600, 1200, 24, 36),
    "3840x2160 page": picture(3840, 2160, 32, 50),
    "3840x2160, one line": picture(3840, 2160, 32, 1),
}


def samples() -> Iterator[Bitmap]:
    """Give the formula pictures of the repository."""
    codec = PillowCodec()
    for path in sorted(SAMPLES.rglob("*")):
        if path.suffix in PICTURES:
            yield codec.decode(path.read_bytes())


def timed(codec: PillowCodec, bitmap: Bitmap) -> tuple[EncodedImage, float, float]:
    """Prepare a crop several times; give the outcome, and medians of clock and processor in ms."""
    encoded = codec.prepare(bitmap, ImageLimits())
    clock, processor = [], []
    for _ in range(ROUNDS):
        start, busy = time.perf_counter(), time.thread_time()
        encoded = codec.prepare(bitmap, ImageLimits())
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.thread_time() - busy) * 1000)
    return encoded, median(clock), median(processor)


def main() -> None:
    """Print one row for each crop, and the means over the samples."""
    codec = PillowCodec()
    head = f"{'crop':28} {'ms':>6} {'cpu ms':>6} {'sent':>10} {'bytes':>8}  estimated tokens"
    print(head)  # noqa: T201 - it prints
    for name, bitmap in CROPS.items():
        encoded, clock, processor = timed(codec, bitmap)
        estimate = estimate_tokens(encoded.width, encoded.height)
        tokens = ", ".join(f"{family} {count}" for family, count in estimate.items())
        bar = f"  (bar {BAR_MS:.0f} ms)" if name == "600x120" else ""
        size = f"{encoded.width}x{encoded.height}"
        row = f"{name:28} {clock:6.1f} {processor:6.1f} {size:>10} {len(encoded.data):8}  {tokens}{bar}"
        print(row)  # noqa: T201 - it prints
    sent = [codec.prepare(bitmap, ImageLimits()) for bitmap in samples()]
    if sent:
        estimates = [estimate_tokens(each.width, each.height) for each in sent]
        means = ", ".join(
            f"{family} {mean(each[family] for each in estimates):.0f}" for family in estimates[0]
        )
        size = f"{mean(len(each.data) for each in sent):.0f}"
        print(f"{f'{len(sent)} samples, mean':28} {'':6} {'':6} {'':10} {size:>8}  {means}")  # noqa: T201 - it prints


if __name__ == "__main__":
    main()
