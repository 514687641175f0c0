"""Mending a request that a server refuses because of one parameter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from writetex_desktop.core.wire_body import read_body

REPAIRABLE_STATUSES = frozenset((400, 422))

_ESSENTIAL = frozenset(("model", "messages"))
_ONLY_WHEN_NAMED = frozenset(("stream", "thinking", "reasoning"))
"""Parameters whose names are ordinary words: a message that holds one does not mean the parameter."""

_OTHER_NAME: Mapping[str, str] = MappingProxyType(
    {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
)


@dataclass(frozen=True, slots=True)
class Repair:
    """What to do with a parameter: rename it, or drop it when there is no other name."""

    parameter: str
    new_name: str = ""


def find_repair(
    status: int, body: str, request: Mapping[str, object], done: tuple[Repair, ...]
) -> Repair | None:
    """Find the parameter that a server does not take.

    Args:
        status: HTTP status of the refusal.
        body: The refusal's text.
        request: What was sent.
        done: Repairs that were made already; none is tried twice, so repairing ends.

    Returns:
        The repair, or None when the refusal names no parameter of ours.
    """
    if status not in REPAIRABLE_STATUSES:
        return None
    told = read_body(body)
    candidates = sorted(request.keys() - _ESSENTIAL, key=len, reverse=True)
    name = _named(told.parameter, candidates) or _mentioned(f"{told.message} {told.inner}", candidates)
    if not name:
        return None
    spoilt = {repair.parameter for repair in done}
    other = _OTHER_NAME.get(name, "")
    if other and other not in spoilt and other not in request:
        return Repair(name, other)
    return Repair(name)


def repaired(request: Mapping[str, object], repairs: tuple[Repair, ...]) -> dict[str, object]:
    """Give the request with the repairs made, in their order."""
    mended = dict(request)
    for repair in repairs:
        if repair.parameter in mended:
            value = mended.pop(repair.parameter)
            if repair.new_name:
                mended[repair.new_name] = value
    return mended


def _named(path: str, candidates: list[str]) -> str:
    steps = re.split(r"[.\[\]]+", path)
    return next((name for name in candidates if name in steps), "")


def _mentioned(message: str, candidates: list[str]) -> str:
    for name in candidates:
        if name not in _ONLY_WHEN_NAMED and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", message):
            return name
    # "Unsupported parameter: 'thinking'": quoted, an ordinary word is the parameter after all.
    return next((name for name in candidates if re.search(rf"[`'\"]{re.escape(name)}[`'\"]", message)), "")
