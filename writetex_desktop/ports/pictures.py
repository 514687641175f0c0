"""Picture files, documents made of pictures, and what is made of them before an engine sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from writetex_desktop.core.pictures.geometry import Size
    from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, ImageLimits
    from writetex_desktop.core.secret import Secret


class ImageCodec(Protocol):
    """Picture files and the preparation of what is sent. Pure, deterministic, callable from any thread."""

    def prepare(self, bitmap: Bitmap, limits: ImageLimits) -> EncodedImage:
        """Flatten, trim, pad, scale and encode a crop for an engine.

        Raises:
            ImageError: The picture holds nothing but background, or is too large to be handled.
        """
        ...

    def decode(self, data: bytes) -> Bitmap:
        """Read a picture file of any common form; the first page or frame, rightly turned (EXIF).

        Raises:
            ImageError: It is no picture that we can read.
        """
        ...

    def encode_png(self, bitmap: Bitmap) -> bytes:
        """Write a PNG file, in colour, pixel for pixel."""
        ...

    def thumbnail(self, bitmap: Bitmap, room: Size) -> bytes:
        """Write a PNG file, in colour, scaled down to fit into a room; small pictures keep their size."""
        ...


class DocumentReader(Protocol):
    """Documents of pages, such as PDF files. Callable from any thread."""

    def page_count(self, path: str, password: Secret | None = None) -> int:
        """Count the pages of a document.

        Args:
            path: The file.
            password: What opens it; one that is open takes any.

        Raises:
            LockedError: It is locked, and not with this password.
            ImageError: It is not there, or no document that we can read.
        """
        ...

    def page(self, path: str, number: int, limits: ImageLimits, password: Secret | None = None) -> Bitmap:
        """Draw a page on white, as large as the limits allow.

        Args:
            path: The file.
            number: Which page, from 1.
            limits: How large the picture may be.
            password: As for `page_count`.

        Raises:
            LockedError: As for `page_count`.
            ImageError: As for `page_count`; or there is no such page.
        """
        ...
