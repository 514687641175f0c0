"""Settings that two programs changed at the same time, brought together item by item."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from writetex_desktop.core.settings.client import Client
from writetex_desktop.core.settings.settings import Profile, Settings

T = TypeVar("T")


def merged(base: Settings, mine: Settings, theirs: Settings) -> Settings:
    """Give what was changed on either side; where both changed the same, mine.

    Profiles, and what is set for each profile or each mode, count one by one: a profile that was made,
    changed or removed elsewhere is so here as well, unless it was changed here.

    Args:
        base: What both began with.
        mine: What one side made of it.
        theirs: What the other side made of it.
    """
    values: dict[str, Any] = {}
    for each in fields(Settings):
        old, own, other = (getattr(side, each.name) for side in (base, mine, theirs))
        if own == old:
            values[each.name] = other
        elif other == old or each.name not in _KEYS:
            values[each.name] = own
        else:
            values[each.name] = _merged_items(old, own, other, _KEYS[each.name])
    return Settings(**values)


def _merged_items(
    base: Sequence[T], mine: Sequence[T], theirs: Sequence[T], key: Callable[[T], Hashable]
) -> tuple[T, ...]:
    """Merge sequences whose items have keys; mine says the order, what they added comes last."""
    old, own, other = ({key(each): each for each in side} for side in (base, mine, theirs))
    kept: list[T] = []
    for name, item in own.items():
        if item != old.get(name):
            kept.append(item)
        elif name in other:
            kept.append(other[name])
    return (*kept, *(item for name, item in other.items() if name not in own and name not in old))


def _profile_key(profile: Profile) -> Hashable:
    return profile.id


def _client_key(client: Client) -> Hashable:
    return client.id


def _pair_key(pair: tuple[Hashable, object]) -> Hashable:
    return pair[0]


_KEYS: dict[str, Callable[[Any], Hashable]] = {
    "profiles": _profile_key,
    "profile_hotkeys": _pair_key,
    "mode_hotkeys": _pair_key,
    "mode_formats": _pair_key,
    "mode_instructions": _pair_key,
    "shortcuts": _pair_key,
    "serve_clients": _client_key,
}
"""The settings that are sequences of items, and how each item is known again."""
