"""Foreign text made safe for where it is shown: for a terminal, and for what takes tags for markup."""

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # what a terminal obeys, but for tab and line feed
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufeff"  # turns text round, or hides
    "\u2028\u2029\ufff9-\ufffb"  # breaks lines; interlinear notes
    "\ud800-\udfff"  # bytes of a file name that are no text
    "\U000e0000-\U000e007f]"  # tags
)

_MARKUP = re.compile("<(?!\u2060)|&(?=lt;)")
"""What may begin a tag for Qt (https://doc.qt.io/qt-6/qt.html#mightBeRichText)."""


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


def tagless(text: str) -> str:
    """Give a text in which nobody sees a tag, for places that show rich text where they find some.

    Tooltips of Qt and the notifications of desktops do, and `<img src="/dev/zero">` in an answer would have
    them read that file. A sign without width, U+2060, keeps what looks like a tag from being one.

    Args:
        text: Any text; one without `<` stays as it is.
    """
    return _MARKUP.sub("\\g<0>\u2060", text)


def untagged(text: str) -> str:
    """Give the text of which `tagless` made another."""
    return text.replace("<\u2060", "<").replace("&\u2060lt;", "&lt;")
