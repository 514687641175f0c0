"""A plot as an SVG drawing: the curve, the axes, and numbers at their ends."""

from collections.abc import Sequence
from typing import Final

WIDTH: Final = 480
HEIGHT: Final = 320

_MARGIN: Final = 40
_POLE: Final = 3
"""How often what is seen of nearly all places goes into the whole where there is a pole."""

_JUMP: Final = 0.5
"""Of the height: a step that is larger is taken for a place where the curve breaks off."""


def plot_svg(points: Sequence[tuple[float, float]]) -> str:
    """Draw points, from left to right, as a curve; there are two at least."""
    left, right = points[0][0], points[-1][0]
    ordered = sorted(y for _, y in points)
    low, high = ordered[0], ordered[-1]
    cut = len(ordered) // 50
    most = ordered[-1 - cut] - ordered[cut]
    if high - low > _POLE * most > 0:
        # A few places near a pole would press the rest flat.
        low, high = ordered[cut], ordered[-1 - cut]
    if low == high:
        low, high = low - 1, high + 1

    def across(x: float) -> float:
        return _MARGIN + (x - left) / (right - left) * (WIDTH - 2 * _MARGIN)

    def up(y: float) -> float:
        return HEIGHT - _MARGIN - (y - low) / (high - low) * (HEIGHT - 2 * _MARGIN)

    path = ""
    before: float | None = None
    for x, y in points:
        height = up(y)
        is_seen = -HEIGHT < height < 2 * HEIGHT
        joined = before is not None and abs(height - before) < _JUMP * HEIGHT
        if is_seen:
            path += f"{'L' if joined else 'M'}{across(x):.1f},{height:.1f} "
        before = height if is_seen else None
    base = up(min(max(0.0, low), high))
    side = across(min(max(0.0, left), right))
    labels = (
        (across(left), base + 16, left),
        (across(right), base + 16, right),
        (side + 4, up(low) + 4, low),
        (side + 4, up(high) + 4, high),
    )
    texts = "".join(
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="12">{value:.4g}</text>' for x, y, value in labels
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<path d="M{_MARGIN},{base:.1f}H{WIDTH - _MARGIN}M{side:.1f},{_MARGIN}V{HEIGHT - _MARGIN}" '
        'stroke="#888888" fill="none"/>'
        f'<path d="{path.strip()}" stroke="#1f5fbf" stroke-width="2" fill="none"/>{texts}</svg>'
    )
