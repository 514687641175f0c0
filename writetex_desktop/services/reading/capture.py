"""What happens when the hotkey is pressed, from frozen screen to crop; `reading.snip_flow` goes on.

It stands apart for the start of the program: what reads a picture is loaded once the hotkey works.
"""

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap, Place, crop, is_black
from writetex_desktop.ports.screens import RegionSelector, ScreenGrabber


async def capture(
    grabber: ScreenGrabber, selector: RegionSelector, *, repeat: bool = False
) -> tuple[Place, Bitmap] | None:
    """Freeze the screens, let the user choose a region, and cut it out.

    A frame that the user chose in a dialog of the desktop is the crop as it is.

    Args:
        grabber: Takes the frames.
        selector: Lets the user choose.
        repeat: Whether the region of the time before is taken without asking, where it can be.

    Returns:
        Where the selection was and its pixels, or None when the user chose nothing.

    Raises:
        CaptureError: The screens cannot be read, or came back black.
    """
    frames = await grabber.grab()
    if not frames:
        return None
    if all(is_black(frame.bitmap) for frame in frames):
        raise CaptureError(
            tr("The picture of the screen is black: the desktop keeps programs from seeing it."),
            tr("Run `writetex doctor`; it says which way to read the screen your desktop allows."),
        )
    chosen = next((frame for frame in frames if frame.is_chosen), None)
    if chosen is not None:
        whole = Rect(0, 0, chosen.bitmap.width, chosen.bitmap.height)
        return Place(chosen.screen, whole), chosen.bitmap
    last = selector.last(frames) if repeat else None
    selection = last or await selector.select(frames)
    if selection is None:
        return None
    place = Place(selection.frame.screen, selection.region)
    return place, crop(selection.frame.bitmap, selection.region)
