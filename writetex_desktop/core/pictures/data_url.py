"""Pictures as text: `data:image/png;base64,...`, as browsers and chat programs copy them."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.language.words import tr

_PREFIX = re.compile(r"data:image/[\w.+-]+((?:;[^,;]*)*),", re.IGNORECASE | re.ASCII)
"""RFC 2397: media type, parameters, a comma."""

_SPACE = re.compile(r"\s+")


def is_data_url(text: str) -> bool:
    """Whether a text claims to be a picture."""
    return _PREFIX.match(text.lstrip()) is not None


def parse_data_url(text: str) -> bytes:
    """Give the bytes of the picture in a data URL (RFC 2397).

    Line breaks and blanks, missing padding, and the URL-safe alphabet are forgiven.

    Raises:
        ImageError: It is none, or it is damaged.
    """
    match = _PREFIX.match(text.lstrip())
    if match is None:
        raise ImageError(
            tr("The text is no picture."), tr("Copy a picture, or text that begins with data:image/.")
        )
    body = text.lstrip()[match.end() :]
    data = unquote_to_bytes(body)
    if ";base64" in match.group(1).lower():
        data = _from_base64(_SPACE.sub("", data.decode("latin-1")))
    if not data:
        raise _damaged()
    return data


def _from_base64(text: str) -> bytes:
    stripped = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(stripped + "=" * (-len(stripped) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _damaged() from error


def _damaged() -> ImageError:
    return ImageError(tr("The picture in the text is damaged."), tr("Copy it again, as a whole."))
