"""A picture that is kept: as it is while it is looked at, and in little memory later."""

import zlib

from writetex_desktop.core.pictures.image import Bitmap

_LEVEL = 1
"""zlib's quickest; a formula on its paper becomes a twentieth, and better levels take twice as long."""


class KeptPicture:
    """A bitmap that can be packed while nobody needs its pixels.

    Args:
        bitmap: The picture.
    """

    __slots__ = ("_bitmap", "_packed", "_size")

    def __init__(self, bitmap: Bitmap) -> None:
        self._size = bitmap.size
        self._bitmap: Bitmap | None = bitmap
        self._packed = b""

    @property
    def bitmap(self) -> Bitmap:
        """The picture, pixel for pixel; unpacked for whoever asks, some milliseconds for a large one."""
        bitmap = self._bitmap
        if bitmap is not None:
            return bitmap
        return Bitmap(self._size.width, self._size.height, zlib.decompress(self._packed))

    def pack(self) -> None:
        """Keep it in little memory from now on; may run in any thread beside those that look at it."""
        bitmap = self._bitmap
        if bitmap is not None:
            self._packed = zlib.compress(bitmap.data, _LEVEL)
            self._bitmap = None
