"""Where the pictures of a batch come from."""

import hashlib
from collections.abc import Callable

from writetex_desktop.core.batch import Source
from writetex_desktop.core.image import Bitmap, EncodedImage, ImageLimits
from writetex_desktop.ports import ImageCodec


class Sources:
    """The `SourceReader` of the program.

    Args:
        read: Gives the bytes of a picture file; raises an `ImageError`.
        codec: Decodes and prepares.
    """

    def __init__(self, read: Callable[[str], bytes], codec: ImageCodec) -> None:
        self._read = read
        self._codec = codec

    def digest(self, source: Source) -> str:
        """See `SourceReader.digest`."""
        return hashlib.sha256(self._read(source.path)).hexdigest()

    def bitmap(self, source: Source) -> Bitmap:
        """See `SourceReader.bitmap`."""
        return self._codec.decode(self._read(source.path))

    def encode(self, source: Source, bitmap: Bitmap) -> EncodedImage:  # noqa: ARG002 - pages will have limits
        """See `SourceReader.encode`."""
        return self._codec.prepare(bitmap, ImageLimits())
