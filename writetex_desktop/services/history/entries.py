"""Entries made of results."""

from writetex_desktop.core.costs.cost import format_cost
from writetex_desktop.core.history.entry import THUMBNAIL_HEIGHT_PX, THUMBNAIL_WIDTH_PX, HistoryEntry
from writetex_desktop.core.history.export import Kept
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.png import with_ink
from writetex_desktop.core.pictures.geometry import Size
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.ports.pictures import ImageCodec


def made_entry(
    codec: ImageCodec,
    moment: int,
    bitmap: Bitmap,
    recognition: Recognition,
    *,
    ink: Ink | None,
    with_picture: bool,
) -> Kept:
    """Make what is kept of a result; takes long enough for a thread.

    Args:
        codec: Makes the pictures.
        moment: The `id` of the entry.
        bitmap: The picture.
        recognition: What was read.
        ink: Its strokes, if it was written here; they are kept inside the picture.
        with_picture: Whether the picture itself is kept.
    """
    entry = HistoryEntry(
        moment,
        recognition.markup,
        recognition.mode,
        recognition.engine,
        recognition.model,
        recognition.seconds,
        recognition.usage,
        None if recognition.cost is None else format_cost(recognition.cost),
        thumbnail=codec.thumbnail(bitmap, Size(THUMBNAIL_WIDTH_PX, THUMBNAIL_HEIGHT_PX)),
    )
    if not with_picture:
        return entry, None
    picture = codec.encode_png(bitmap)
    return entry, with_ink(picture, ink) if ink else picture
