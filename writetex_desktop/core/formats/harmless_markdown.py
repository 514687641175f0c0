r"""Markdown in which no link runs a program and no markup of HTML acts: a picture can carry both.

The signs that would make one get a backslash (https://spec.commonmark.org/0.31.2/#backslash-escapes), so that
every reader shows the same words.
"""

import html
import re

_SIGN = re.compile(r"!\[|\]\(\s*|\]:\s*|<")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset(("http", "https", "mailto"))
_FILLING = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\\<]+")
"""What readers and browsers skip within an address, or before it."""

_LONGEST_SCHEME = 200
"""Signs within which a scheme is looked for: entities make it longer than it is."""

_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:table|thead|tbody|tr|t[dh]|caption|br|hr|sub|sup|[biu]|em|strong|p|[uo]l|li|div|span|code|pre)"
    r"(?:\s++(?:colspan|rowspan|align|border)\s*+=\s*+[\"']?\w{0,20}[\"']?){0,4}\s*+/?>",
    re.IGNORECASE,
)
"""Tags that only say how text looks, without anything that could act."""


def harmless(text: str) -> str:
    """Give Markdown without pictures, without HTML that acts, and with links to pages and addresses alone.

    Args:
        text: Markdown that is neither code nor a formula, or any part of it.
    """
    return _SIGN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "![":
        return "!\\["
    if sign == "<":
        after = found.string[found.end() : found.end() + 1]
        acts = after.isalpha() or after in {"/", "!", "?"}
        known = _TAG.match(found.string, found.start()) or _AUTOLINK.match(found.string, found.start())
        return "\\<" if after and acts and not known else "<"
    address = html.unescape(found.string[found.end() : found.end() + _LONGEST_SCHEME])
    scheme = _SCHEME.match(_FILLING.sub("", address))
    return f"\\{sign}" if scheme and scheme[1].lower() not in _SCHEMES else sign
