"""One picture of a whole desktop, cut into its screens.

Where screens have a place in *logical* pixels (Wayland), a desktop draws the picture of all of them in one
scale, the largest: each screen is then the same piece of the picture as it is of the layout.
"""

from collections.abc import Sequence

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame, crop

_SLACK_PX = 2
"""How much a picture may differ from a whole number of logical pixels, because sizes are rounded."""


def logical_area(screen: Screen) -> Rect:
    """Give the place of a screen in logical pixels, where the origin is logical anyway."""
    area, scale = screen.area, screen.scale
    return Rect(area.x, area.y, round(area.width / scale), round(area.height / scale))


def with_pixels(screen: Screen, bitmap: Bitmap) -> ScreenFrame:
    """Make the frame of a screen from its picture, which knows best how many pixels it has.

    A toolkit may round the scale of a screen up (Qt has 2 for a Wayland output of 1.5).
    """
    logical = logical_area(screen)
    area = Rect(screen.area.x, screen.area.y, bitmap.width, bitmap.height)
    return ScreenFrame(Screen(screen.name, area, bitmap.width / max(1, logical.width)), bitmap)


def split_desktop(picture: Bitmap, screens: Sequence[Screen]) -> tuple[ScreenFrame, ...]:
    """Cut the picture of a desktop into one frame a screen.

    Args:
        picture: All screens, in one scale.
        screens: As the toolkit sees them, at least one; origins in logical pixels.

    Raises:
        CaptureError: The picture does not have the shape of these screens. There is no second guess: a piece
            of the wrong screen would be a wrong crop.
    """
    places = [logical_area(screen) for screen in screens]
    left, top = min(place.x for place in places), min(place.y for place in places)
    width = max(place.right for place in places) - left
    height = max(place.bottom for place in places) - top
    scale = picture.width / width
    if abs(picture.height - height * scale) > _SLACK_PX * max(1.0, scale):
        raise CaptureError(
            tr("The picture of the desktop does not have the shape of the screens."),
            tr("Choose the region in the desktop's own dialog."),
        )
    frames = []
    for screen, place in zip(screens, places, strict=True):
        x0, y0 = round((place.x - left) * scale), round((place.y - top) * scale)
        x1, y1 = round((place.right - left) * scale), round((place.bottom - top) * scale)
        piece = Rect(x0, y0, x1 - x0, y1 - y0).intersected(Rect(0, 0, picture.width, picture.height))
        frames.append(with_pixels(screen, crop(picture, piece)))
    return tuple(frames)
