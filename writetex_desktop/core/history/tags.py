"""Tags: words by which the user groups entries of the history.

A slash makes groups of groups: `thesis/chapter 2` is found by `thesis` too.
"""

import re
import unicodedata
from collections.abc import Iterable

TAG = "tag:"
"""What stands before a tag in a search."""

MOST_SIGNS = 60
"""Of a tag."""

MOST_TAGS = 50
"""Of an entry."""

_PARTS = re.compile(r"[,;\uff0c\uff1b\u3001\u060c\u061b\n]")
"""What stands between tags, as the languages of the program write it."""

_UNWANTED = re.compile(r'["\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')


def parse_tags(text: str) -> tuple[str, ...]:
    """Read tags as the user types them, with commas between; a leading `#` is no part of one.

    Anything is read; `format_tags` is the inverse for tags that this gives.
    """
    return as_tags(_PARTS.split(text))


def as_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Make tags of texts: in one normal form, each once whether in small or capital letters, sorted.

    What is too long is cut, and what comes after the first `MOST_TAGS` is left out.
    """
    tags: dict[str, str] = {}
    for text in texts:
        tag = " ".join(_UNWANTED.sub(" ", _PARTS.sub(" ", unicodedata.normalize("NFC", text))).split())
        tag = tag.lstrip("#\uff03 ")[:MOST_SIGNS].strip(" /")
        if tag and len(tags) < MOST_TAGS:
            tags.setdefault(folded(tag), tag)
    return tuple(tags[key] for key in sorted(tags))


def format_tags(tags: Iterable[str]) -> str:
    """Write tags into the field in which they are edited."""
    return ", ".join(tags)


def folded(tag: str) -> str:
    """Give a tag as it is compared."""
    return unicodedata.normalize("NFC", tag).casefold()


def search_for(tag: str) -> str:
    """Write the word of a search that finds a tag."""
    return f'{TAG}"{tag}"' if " " in tag else f"{TAG}{tag}"


def united(tags: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Give the tags of both, those of the first as they are written there."""
    return as_tags((*tags, *others))
