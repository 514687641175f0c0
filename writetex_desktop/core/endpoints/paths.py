"""Where else on its host the interface may stand, when it is not where a base URL says."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit, urlunsplit

from writetex_desktop.core.endpoints.hosts import complete_path
from writetex_desktop.core.endpoints.origin import is_same_origin

_VERSION = re.compile(r"/v\d++[a-z]*+\d*+\Z", re.IGNORECASE)
_USUAL = ("/api", "/api/v1", "/openai/v1", "/api/v3", "")
"""Where servers of all kinds keep their interface."""


def other_base_urls(base_url: str, own: str = "") -> tuple[str, ...]:
    """Give the base URLs of the same host that are worth a try, the likeliest first.

    After `/v1`, which most have, comes what the user may have typed: the path without the version that was
    added to it, then with one; then what is usual.

    Args:
        base_url: As `normalise_base_url` gave it.
        own: The base URL that the provider itself names; empty for none.

    Returns:
        Base URLs as `normalise_base_url` gives them, of the same scheme, host and port, without this one.
    """
    parts = urlsplit(base_url)
    typed = _VERSION.sub("", parts.path.rstrip("/"))
    paths = dict.fromkeys(("/v1", typed, f"{typed}/v1", *_USUAL))
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


class AnsweredPaths:
    """Which base URL answered in place of the one that was typed; holds nothing secret.

    Args:
        known: What earlier runs found.
        keep: Is told of each one that is found, to keep it: the one typed, and the one that answered.
    """

    def __init__(
        self,
        known: Mapping[str, str] | None = None,
        keep: Callable[[str, str], None] = lambda _typed, _answered: None,
    ) -> None:
        self._known = dict(known or {})
        self._keep = keep

    def of(self, base_url: str) -> str:
        """Give the base URL that answers; the very one where nothing else is known.

        Args:
            base_url: As `normalise_base_url` gave it.
        """
        found = self._known.get(base_url, base_url)
        # The file may have been touched by others: nobody is sent to another host by it.
        return found if is_same_origin(found, base_url) else base_url

    def learn(self, base_url: str, answered: str) -> None:
        """Remember which one answered.

        Args:
            base_url: The one that was typed, normalised.
            answered: The one that answered.
        """
        if self.of(base_url) != answered:
            self._known[base_url] = answered
            self._keep(base_url, answered)
