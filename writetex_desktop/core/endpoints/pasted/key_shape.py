"""How keys look, so that one in the wrong field is neither asked of the DNS, shown nor saved."""

import re

from writetex_desktop.core.redaction import KEY_BEGINNINGS

_VENDOR = re.compile(rf"(?:{KEY_BEGINNINGS})[\w+/=-]{{6,}}|bce-v3/[\w/-]+", re.IGNORECASE)
"""A whole word that begins as vendors' keys do, be it as short as the examples of their guides."""

_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?", re.IGNORECASE)
"""A signed token (https://www.rfc-editor.org/rfc/rfc7519): `eyJ` begins a JSON object in base64."""

_TWO_PARTS = re.compile(r"[0-9a-f]{32}\.[0-9a-z]{12,20}", re.IGNORECASE)
"""Keys of Zhipu and Z.ai: a name in hexadecimal, a dot, a secret."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""Keys of Volcano Engine Ark."""

_SHAPES = (_VENDOR, _TOKEN, _TWO_PARTS, _UUID)
_SHORTEST_NAME = 12
"""Signs of a key without digits; names of machines that begin like one are shorter, or have a port."""

_DIGITS_OF_KEYS = 4
"""So many digits are no number of a machine."""

_RANDOM_LENGTH = 20
_RANDOM = re.compile(r"[\w+=~-]{20,}")
"""A long word without dots and slashes; it is a key where it has digits among its letters."""


def looks_like_key(word: str) -> bool:
    """Say whether a word, whole as it stands, is a key rather than an address or a name.

    Args:
        word: Without blanks and quotes.
    """
    if any(shape.fullmatch(word) for shape in _SHAPES):
        return True
    if len(word) < _RANDOM_LENGTH or not _RANDOM.fullmatch(word):
        return False
    parts = re.split(r"[-_]", word)
    return any(_is_random(part) for part in parts) or sum(map(_is_mixed, parts)) > len(parts) // 2


def holds_key(text: str) -> bool:
    """Say whether a key stands anywhere in a text, as a word of its own."""
    words = (each.rstrip(".!?)]}*") for each in re.split(r"[\s/?&=#:@,;|<>()\"'`“”‘’«»]+", text))
    return any(
        bool(_TOKEN.fullmatch(each) or _TWO_PARTS.fullmatch(each))
        or (_VENDOR.fullmatch(each) is not None and any(sign.isdigit() for sign in each))
        for each in words
    )


def host_is_key(host: str, *, has_port: bool) -> bool:
    """Say whether what stands in place of a host is a key; names such as `hf-mirror.com` are none.

    Args:
        host: In small letters, as `urllib.parse` gives it.
        has_port: Whether a port follows it, which no key has.
    """
    has_digit = any(each.isdigit() for each in host)
    if "." not in host:
        is_bare = not has_port and (has_digit or len(host) >= _SHORTEST_NAME)
        is_random = len(host) >= _RANDOM_LENGTH or sum(map(str.isdigit, host)) >= _DIGITS_OF_KEYS
        return looks_like_key(host) and (is_bare or is_random)
    whole = _TOKEN.fullmatch(host) or _TWO_PARTS.fullmatch(host)
    return bool(whole) or any(
        len(each) >= _RANDOM_LENGTH and has_digit and _VENDOR.fullmatch(each)
        for each in (host, *host.split("."))
    )


def _is_random(part: str) -> bool:
    """Whether a part has digits among its letters, in a length that no name has."""
    digits = sum(each.isdigit() for each in part)
    most = 16
    return len(part) >= most and 0 < digits < len(part)


def _is_mixed(part: str) -> bool:
    return any(each.isdigit() for each in part) and any(each.isalpha() for each in part)
