"""Lines in a picture that are no fraction bar: rules above and below, lines beside, dashes in a row, a caret.

All lengths without a unit in their name are in pixels.
"""

from collections.abc import Sequence

from writetex_desktop.core.pictures.parting.blobs import Blob, union
from writetex_desktop.core.pictures.parting.frames import AWAY_EM, LONG_EM, STRAIGHT, THICKEST_EM

ASIDE_EM = 0.45
"""The same for a standing line: the bars of a determinant are nearer, or two."""

UNDERLINED_EM = 0.2
"""The same for a line that is longer than all else, of a link or a heading; LaTeX's own is at 0.12."""

BEFORE_EM = 0.22
"""Paper between a text cursor and the formula behind it; the bar of a ket is nearer."""

CARET_EM = (0.8, 2.0)
"""How tall a text cursor is."""

DASHES = 6
"""Dashes or dots in a row that make a line."""


def outer_lines(blobs: Sequence[Blob], size: tuple[int, int], em_px: float) -> list[Blob]:
    """Lines above, below and beside everything else, away from it or from edge to edge of the picture."""
    found: list[Blob] = []
    lines = [blob for blob in blobs if _is_line(blob, em_px)]
    others = [blob for blob in blobs if not any(blob is line for line in lines)]
    if not others:
        return []
    whole = union(others)
    for line in lines:
        if line.width > line.height:
            gap = max(whole.top - line.bottom, line.top - whole.bottom)
            across = line.left <= 2 and line.right >= size[0] - 2  # noqa: PLR2004
            wide = line.width >= 0.8 * (whole.right - whole.left)
            longer = line.left < whole.left and line.right > whole.right
            outside = gap >= (UNDERLINED_EM if longer else AWAY_EM) * em_px and wide
        else:
            gap = max(whole.left - line.right, line.left - whole.right)
            across = line.top <= 2 and line.bottom >= size[1] - 2  # noqa: PLR2004
            twin = any(other is not line and _is_twin(line, other) for other in lines)
            caret = CARET_EM[0] * em_px <= line.height <= CARET_EM[1] * em_px and gap >= 0.12 * em_px
            near = line.left >= whole.right or gap >= BEFORE_EM * em_px
            outside = not twin and (gap >= ASIDE_EM * em_px or (caret and near))
        if outside or (across and gap > 0):
            found.append(line)
    return found


def _is_twin(line: Blob, other: Blob) -> bool:
    """Whether two standing lines are of one height, as the bars of a determinant or a norm are."""
    return abs(line.top - other.top) <= 2 and abs(line.bottom - other.bottom) <= 2  # noqa: PLR2004


def _is_line(blob: Blob, em_px: float) -> bool:
    thin, long = sorted((blob.width, blob.height))
    return (
        thin <= max(3.0, THICKEST_EM * em_px)
        and long >= (LONG_EM if blob.width > blob.height else CARET_EM[0]) * em_px
        and long > 4 * thin
        and blob.ink >= STRAIGHT * blob.width * blob.height
    )


def dashed(blobs: Sequence[Blob], _size: tuple[int, int], em_px: float) -> list[Blob]:
    """Dashes and dots that make a line above, below or beside everything else."""
    small = [
        blob
        for blob in blobs
        if min(blob.width, blob.height) <= max(3.0, THICKEST_EM * em_px)
        and max(blob.width, blob.height) <= 0.9 * em_px
    ]
    if len(small) < DASHES:
        return []
    lines: list[tuple[bool, list[Blob]]] = []
    for lies in (True, False):
        rows: dict[int, list[Blob]] = {}
        for blob in small:
            rows.setdefault((blob.top if lies else blob.left) // 3, []).append(blob)
        for place, members in rows.items():
            line = members + rows.get(place + 1, [])
            if len(line) >= DASHES:
                lines.append((lies, line))
    dashes = [blob for _, line in lines for blob in line]
    corners = [blob for blob in blobs if _is_corner(blob, lines)]
    dashes += corners
    others = [blob for blob in blobs if not any(blob is dash for dash in dashes)]
    if not others:
        return []
    whole = union(others)
    found: list[Blob] = []
    for lies, line in lines:
        box = union(line)
        if lies:
            gap = max(whole.top - box.bottom, box.top - whole.bottom)
            wide = box.right - box.left >= 0.7 * (whole.right - whole.left)
        else:
            gap = max(whole.left - box.right, box.left - whole.right)
            wide = box.bottom - box.top >= 0.7 * (whole.bottom - whole.top)
        if wide and gap >= AWAY_EM * em_px:
            found += [blob for blob in line if not any(blob is other for other in found)]
    return [*found, *(blob for blob in corners if found and not any(blob is other for other in found))]


def _is_corner(blob: Blob, lines: Sequence[tuple[bool, Sequence[Blob]]]) -> bool:
    """Whether a lying and a standing line of dashes meet in a blob."""
    lying = any(blob.top - 3 <= line[0].top <= blob.bottom + 2 for lies, line in lines if lies)
    standing = any(blob.left - 3 <= line[0].left <= blob.right + 2 for lies, line in lines if not lies)
    return lying and standing
