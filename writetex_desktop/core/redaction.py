"""Taking out of a text what must not be in a log."""

import re
from collections.abc import Iterable

STARS = "***"

MIN_SECRET_LENGTH = 6
"""Shorter ones (`none`, `x`) are what local servers are given; they hide nothing and stand in any text."""

_HEADER = re.compile(
    r"""(?ix)
    (["']?\b (?: (?:proxy-)?authorization | (?:x-)?(?:goog-)?api[-_]?key | (?:set-)?cookie ) ["']?
    \s*[:=,]\s* (?:b?["'])? ) (?: (?:bearer|basic)\s+ )? [^\s"',;&)}\]]+
    """
)
"""A header or a parameter of a URL that holds a key, with its value."""

_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}")

KEY_BEGINNINGS = (
    r"(?:sk|pk|rk|xai|gsk|hf|nvapi|glpat|gh[opsu]|github_pat|pplx|csk|r8|tgp|fw)[-_]"
    r"|AIza|AQ\.|ABSK|AKIA|LTAI|AKLT"
)
"""How vendors' keys begin, as a pattern."""

_KEY = re.compile(rf"\b(?:{KEY_BEGINNINGS}|sk|pk|rk|hf)[A-Za-z0-9_+/=-]{{16,}}")

_ADDRESS = re.compile(r"https?://[^\s\"'<>]++")
_QUERY = re.compile(r"\?.*", re.DOTALL)

_DATA_URL = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.+-]*)*,[A-Za-z0-9+/=%_-]*")

_HOME = re.compile(r"(?:/home/|/Users/|[A-Za-z]:\\Users\\|[A-Za-z]:/Users/)[^/\\\s\"']+")


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Give a text without keys, headers that carry them, URL queries, pictures and the user's name in paths.

    Args:
        text: What is about to be logged or shown.
        secrets: Values that must not be seen wherever they stand, whole or with their signs escaped.
    """
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= MIN_SECRET_LENGTH:
            for form in {secret, repr(secret)[1:-1], secret.encode("unicode_escape").decode("ascii")}:
                text = text.replace(form, STARS)
    text = _HEADER.sub(rf"\1{STARS}", text)
    text = _BEARER.sub(rf"\1 {STARS}", text)
    text = _KEY.sub(STARS, text)
    text = _ADDRESS.sub(lambda found: _QUERY.sub(f"?{STARS}", found[0]), text)
    text = _DATA_URL.sub(f"data:{STARS}", text)
    return _HOME.sub("~", text)
