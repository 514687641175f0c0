"""Mending a request that a server refuses because of one parameter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from writetex_desktop.core.endpoints.failures.body import read_body
from writetex_desktop.core.endpoints.wire.request import ORDINARY_FIELDS

REPAIRABLE_STATUSES = frozenset((400, 422))

ALL_WISHES = "*"
"""In place of a parameter's name: every parameter beyond the ordinary ones."""

_ESSENTIAL = frozenset(("model", "messages"))
_ONLY_WHEN_NAMED = frozenset(("stream", "thinking", "reasoning"))
"""Parameters whose names are ordinary words: a message that holds one does not mean the parameter."""

_OTHER_NAME: Mapping[str, str] = MappingProxyType(
    {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
)

_EFFORT = "reasoning_effort"
_EFFORTS = ("none", "minimal", "low", "medium")
"""From no thinking to much; a server that takes none of these is left to its own choice."""

_ALLOWED = re.compile(
    r"(?is)(?:supported|valid|allowed|permitted|possible)\s+(?:values|options)[^:]*:(.*)"
    r"|(?:input should be|one of)(.*)"
)


@dataclass(frozen=True, slots=True)
class Repair:
    """What to do with a parameter: rename it, give it another value, or else drop it.

    Attributes:
        parameter: Its name, or `ALL_WISHES`.
        new_name: The name that it gets, if any.
        new_value: The value that it gets, if any.
    """

    parameter: str
    new_name: str = ""
    new_value: str = ""


class RepairMemory:
    """What endpoints were found not to accept, for as long as the program runs."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Repair, ...]] = {}

    def known(self, base_url: str, model: str) -> tuple[Repair, ...]:
        """Give the repairs that requests to a model need."""
        return self._known.get((base_url, model), ())

    def learn(self, base_url: str, model: str, repairs: tuple[Repair, ...]) -> None:
        """Keep the repairs with which a request was accepted."""
        self._known[base_url, model] = repairs


def find_repair(
    status: int,
    body: str,
    request: Mapping[str, object],
    done: tuple[Repair, ...],
    *,
    needs_stream: bool = False,
) -> Repair | None:
    """Find the parameter that a server does not take.

    Args:
        status: HTTP status of the refusal.
        body: The refusal's text.
        request: What was sent.
        done: Repairs that were made already; none is tried twice, so repairing ends.
        needs_stream: Whether the server answers streamed requests only.

    Returns:
        The repair, or None when the refusal names no parameter of ours.
    """
    if status not in REPAIRABLE_STATUSES:
        return None
    told = read_body(body)
    fixed = _ESSENTIAL | {"stream"} if needs_stream else _ESSENTIAL
    candidates = sorted(request.keys() - fixed, key=len, reverse=True)
    message = f"{told.message} {told.inner}"
    name = _named(told.parameter, candidates) or _mentioned(message, candidates)
    if not name:
        return None
    if name == _EFFORT and (least := _least_effort(message, str(request[name]))):
        other_effort = Repair(name, new_value=least)
        return Repair(name) if other_effort in done else other_effort
    spoilt = {repair.parameter for repair in done}
    other = _OTHER_NAME.get(name, "")
    if other and other not in spoilt and other not in request:
        return Repair(name, other)
    return Repair(name)


def plain_repair(request: Mapping[str, object]) -> Repair | None:
    """Give the repair that leaves an ordinary request, for a refusal that does not say of what.

    Returns:
        The repair, or None when the request is as ordinary as it can be.
    """
    return Repair(ALL_WISHES) if request.keys() - ORDINARY_FIELDS else None


def repaired(request: Mapping[str, object], repairs: tuple[Repair, ...]) -> dict[str, object]:
    """Give the request with the repairs made, in their order."""
    mended = dict(request)
    for repair in repairs:
        if repair.parameter == ALL_WISHES:
            mended = {name: value for name, value in mended.items() if name in ORDINARY_FIELDS}
        elif repair.parameter in mended:
            value = mended.pop(repair.parameter)
            if repair.new_name or repair.new_value:
                mended[repair.new_name or repair.parameter] = repair.new_value or value
    return mended


def _least_effort(message: str, tried: str) -> str:
    """Give the least effort that a refusal says is allowed; nothing when that is what was tried."""
    listed = _ALLOWED.search(message)
    if listed is None:
        return ""
    words = set(re.findall(r"[a-z]+", (listed[1] or listed[2]).lower()))
    least = next((effort for effort in _EFFORTS if effort in words), "")
    return least if least != tried else ""


def _named(path: str, candidates: list[str]) -> str:
    steps = re.split(r"[.\[\]]+", path)
    return next((name for name in candidates if name in steps), "")


def _mentioned(message: str, candidates: list[str]) -> str:
    for name in candidates:
        if name not in _ONLY_WHEN_NAMED and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", message):
            return name
    # "Unsupported parameter: 'thinking'": quoted, an ordinary word is the parameter after all.
    return next((name for name in candidates if re.search(rf"[`'\"]{re.escape(name)}[`'\"]", message)), "")
