"""Where else on its host the interface may stand, when it is not where a base URL says."""

import re
from urllib.parse import urlsplit, urlunsplit

from writetex_desktop.core.endpoints.hosts import complete_path
from writetex_desktop.core.endpoints.origin import is_same_origin

_VERSION = re.compile(r"/v\d+[a-z]*\d*\Z", re.IGNORECASE)
_USUAL = ("/v1", "/api", "/api/v1", "/openai/v1", "/api/v3", "")
"""Where servers of all kinds keep their interface."""


def other_base_urls(base_url: str, own: str = "") -> tuple[str, ...]:
    """Give the base URLs of the same host that are worth a try, the likeliest first.

    What the user typed comes before what is usual: the path without the version that was added to it, then
    with one.

    Args:
        base_url: As `normalise_base_url` gave it.
        own: The base URL that the provider itself names; empty for none.

    Returns:
        Base URLs as `normalise_base_url` gives them, of the same scheme, host and port, without this one.
    """
    parts = urlsplit(base_url)
    typed = _VERSION.sub("", parts.path.rstrip("/"))
    paths = dict.fromkeys((typed, f"{typed}/v1", *_USUAL))
    found = [at_path(base_url, path) for path in paths]
    if own and is_same_origin(own, base_url):
        found.insert(0, own)
    return tuple(each for each in dict.fromkeys(found) if each != base_url)


def at_path(base_url: str, path: str) -> str:
    """Give the base URL of the same host at exactly a path, whatever is usual there.

    Args:
        base_url: As `normalise_base_url` gave it; its query goes along.
        path: Without a slash at its end; empty for the root.
    """
    parts = urlsplit(base_url)
    whole = parts._replace(path=path, fragment="")
    if complete_path((parts.hostname or "").lower(), parts.port, path) == path:
        return urlunsplit(whole)
    if not path:
        return f"{urlunsplit(whole._replace(path='/chat/completions'))}#"
    return urlunsplit(whole._replace(path=f"{path}/"))
