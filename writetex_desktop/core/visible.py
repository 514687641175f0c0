"""Foreign text made safe for a terminal: what acts on it, or cannot be seen, is written out."""

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # what a terminal obeys, but for tab and line feed
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufeff"  # turns text round, or hides
    "\u2028\u2029\ufff9-\ufffb"  # breaks lines; interlinear notes
    "\ud800-\udfff"  # bytes of a file name that are no text
    "\U000e0000-\U000e007f]"  # tags
)


def visible(text: str) -> str:
    r"""Write signs that act on a terminal, or that cannot be seen, as JSON escapes them: `\u001b`, `\u202e`.

    A file may bear any name, and a terminal would take a colour, a title or even the clipboard from it. In a
    line of JSON the escapes stand for the signs themselves, so that nothing is lost to who reads it.

    Args:
        text: Any text; line feeds and tabs stay.
    """
    return _HIDDEN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
