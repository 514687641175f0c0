"""Another program that may ask this one, as the settings know it; its token stands in the key store."""

from dataclasses import dataclass

DEFAULT_PORT = 50906
"""Where other programs find this one, unless something else listens there."""


@dataclass(frozen=True, slots=True)
class Client:
    """A program that was given a token.

    Attributes:
        id: Stable name; the token's hash stands under it in the key store.
        name: What the user calls it.
        history: Whether it may search the history.
        origins: Origins of web pages (`https://example.org`, `app://obsidian.md`) that may use its token.
    """

    id: str
    name: str
    history: bool = False
    origins: tuple[str, ...] = ()
