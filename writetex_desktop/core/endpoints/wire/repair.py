"""Mending a request that a server refuses because of one parameter."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from writetex_desktop.core.endpoints.failures.body import read_body
from writetex_desktop.core.endpoints.wire.request import (
    ORDINARY_FIELDS,
    SAMPLING_FIELDS,
    with_picture_as_string,
    with_words_apart,
)

REPAIRABLE_STATUSES = frozenset((200, 400, 415, 422, 500, 501))

ALL_WISHES = "*"
"""In place of a parameter's name: every parameter beyond the ordinary ones."""

TOKEN_LIMIT = "+limit"  # noqa: S105 - no secret
"""In place of a parameter's name: a token limit is added, by the name of `new_name`."""

PICTURE_AS_STRING = "image_url:string"
"""In place of a parameter's name: `image_url` is the URL itself in place of an object that has it."""

WORDS_APART = "messages:apart"
"""In place of a parameter's name: the words are a system message of plain text, the picture is alone."""

SAMPLING = "+sampling"
"""In place of a parameter's name: what steers how the model picks its words."""

LIMIT_TOKENS = 4096
"""What is asked for where a server wants a limit; the longest real page has about half of it."""

_ESSENTIAL = frozenset(("model", "messages"))
_ONLY_WHEN_NAMED = frozenset(("stream", "thinking", "reasoning"))
"""Parameters whose names are ordinary words: a message that holds one does not mean the parameter."""

_OTHER_NAME: Mapping[str, str] = MappingProxyType(
    {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
)

_EFFORT = "reasoning_effort"
_EFFORTS = ("none", "minimal", "low", "medium")
"""From no thinking to much; a server that takes none of these is left to its own choice."""

_NO_STREAM = re.compile(
    r"stream\w*.{0,40}(?:not|n't|un)[\s-]?(?:\w+ )?(?:support|allow|implement|enabl|availab|permit)"
    r"|(?:not|n't|un)[\s-]?(?:\w+ )?(?:support|allow|implement|permit)\w*.{0,30}stream|stream.{0,20}disabled"
    r"|不支持.{0,4}流式|流式.{0,8}不支持",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"required|missing|must be (?:set|given|provided|specified)|必须|必填|缺少", re.IGNORECASE
)

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
    wanted = _wanted(f"{told.parameter} {message}", request) or _streamless(message, candidates)
    if wanted is not None:
        return wanted
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
        if repair.parameter in _SHAPES:
            mended = _SHAPES[repair.parameter](mended, repair)
        elif repair.parameter in mended:
            value = mended.pop(repair.parameter)
            if repair.new_name or repair.new_value:
                mended[repair.new_name or repair.parameter] = repair.new_value or value
        if "stream" not in mended:
            mended.pop("stream_options", None)  # it is refused where there is no stream
    return mended


def _plain(request: dict[str, object], _repair: Repair) -> dict[str, object]:
    return {name: value for name, value in request.items() if name in ORDINARY_FIELDS}


def _limited(request: dict[str, object], repair: Repair) -> dict[str, object]:
    return request if _OTHER_NAME.keys() & request.keys() else {**request, repair.new_name: LIMIT_TOKENS}


def _unsampled(request: dict[str, object], _repair: Repair) -> dict[str, object]:
    return {name: value for name, value in request.items() if name not in SAMPLING_FIELDS}


_SHAPES: Mapping[str, Callable[[dict[str, object], Repair], dict[str, object]]] = MappingProxyType(
    {
        ALL_WISHES: _plain,
        TOKEN_LIMIT: _limited,
        PICTURE_AS_STRING: lambda request, _repair: with_picture_as_string(request),
        WORDS_APART: lambda request, _repair: with_words_apart(request),
        SAMPLING: _unsampled,
    }
)


def _streamless(message: str, candidates: list[str]) -> Repair | None:
    """Give the repair for a server that says, in whatever words, that it does not stream."""
    says = "stream" in candidates and _NO_STREAM.search(message) and "stream_options" not in message
    return Repair("stream") if says else None


def _wanted(message: str, request: Mapping[str, object]) -> Repair | None:
    """Give the token limit that a server demands and the request lacks."""
    if not _WANTED.search(message) or _OTHER_NAME.keys() & request.keys():
        return None
    named = next((name for name in sorted(_OTHER_NAME, key=len, reverse=True) if name in message), "")
    return Repair(TOKEN_LIMIT, named) if named else None


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
