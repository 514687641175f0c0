"""A language that is none: every text in brackets, longer, and still readable.

What stands without brackets on the screen was not translated; what is cut had room for English only.
"""

import re

_LETTERS = str.maketrans("AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz", "ÁáÇçÐđÉéĞğĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž")
_KEPT = re.compile(r"(\{[^{}]*\}|`[^`]*`|&\w|%[a-z]|\\[A-Za-z]+|</?\w+[^<>]*>|https?://\S+)")
"""What has to stay: placeholders, code, the letter of a key, commands, tags, addresses."""

_LONGER = 0.4
"""German and French are a third longer than English, short words half."""


class PseudoCatalogue:
    """Makes the translations as they are asked for."""

    def gettext(self, message: str, /) -> str:
        """Give a text in brackets."""
        parts = _KEPT.split(message)
        changed = "".join(part if at % 2 else part.translate(_LETTERS) for at, part in enumerate(parts))
        more = max(1, round(len(message) * _LONGER))
        words = "·" * more if more < _WORD else " ".join("·" * _WORD for _ in range(more // _WORD))
        return f"[{changed} {words}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """Give the form for a number, as English has it."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str, /) -> str:  # noqa: ARG002 - as catalogues have it
        """Give a text in brackets; what it means is the same."""
        return self.gettext(message)


_WORD = 8
"""Letters after which a line may break."""
