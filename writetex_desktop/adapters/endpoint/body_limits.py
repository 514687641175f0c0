"""Bounds on what is read of a response: of its bytes as they come, and of what they unfold to.

Nothing packed is asked for (`accept-encoding: identity`), but some gateways pack all the same. What is packed
is unpacked here, a bounded piece at a time, for the HTTP client unpacks each piece whole, however large it
gets.
"""

import zlib
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

_WINDOW_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
"""Has zlib find out which of the two it is (https://docs.python.org/3/library/zlib.html#zlib.decompress)."""

_PIECE = 64 * 1024
_PACKINGS = frozenset(("gzip", "x-gzip", "deflate"))


def bound(response: "httpx2.Response", most: int) -> None:
    """Have a response break off after so many bytes, unpacked if it is packed.

    Args:
        response: One of which nothing has been read; its stream is replaced.
        most: The bytes that may come.
    """
    import httpx2  # noqa: PLC0415  # loaded with the client

    packing = response.headers.get("content-encoding", "identity").strip().lower()
    stream = response.stream
    assert isinstance(stream, httpx2.AsyncByteStream)
    inner: httpx2.AsyncByteStream = stream
    if packing in _PACKINGS:
        del response.headers["content-encoding"]  # so that nobody unpacks it once more
    elif packing not in {"", "identity"}:
        raise httpx2.DecodingError("The response is packed in a way that was not asked for.")

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = most
            unpack = _Unpacker() if packing in _PACKINGS else None
            async for packed in inner:
                for piece in unpack.pieces(packed) if unpack else (packed,):
                    left -= len(piece)
                    if left < 0:
                        raise httpx2.DecodingError("The response is longer than any answer.")
                    yield piece

        async def aclose(self) -> None:
            await inner.aclose()

    response.stream = Bounded()


class _Unpacker:
    """Unpacks gzip or zlib; `deflate` without the frame of zlib, which some servers send, too."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(_WINDOW_GZIP_OR_ZLIB)
        self._is_first = True

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """Give what bytes unfold to, never more than a piece at once.

        Raises:
            httpx2.DecodingError: They are not packed so.
        """
        import httpx2  # noqa: PLC0415  # loaded with the client

        rest = packed
        while rest:
            try:
                piece = self._unpack.decompress(rest, _PIECE)
            except zlib.error as error:
                if not self._is_first:
                    raise httpx2.DecodingError("The response cannot be unpacked.") from error
                self._is_first = False
                self._unpack = zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._is_first = False
            rest = self._unpack.unconsumed_tail
            if piece:
                yield piece
