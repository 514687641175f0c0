"""What goes to a provider's batch service and what comes back: plain JSON, and what it means.

The form is OpenAI's (https://platform.openai.com/docs/guides/batch and
https://platform.openai.com/docs/api-reference/batch/object). What others do in their own way is said where it
is read: states in capitals (Azure), counts beside the batch (Zhipu), everything in `data` (SiliconFlow).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from writetex_desktop.core.endpoints.catalogue.provider import BatchTerms
from writetex_desktop.core.endpoints.failures.body import quotable, read_body
from writetex_desktop.core.secret import Secret

_STREAMING = frozenset(("stream", "stream_options"))
"""What a request in a file must not ask for."""

_QUEUED = frozenset(("in_queue", "queued", "pending"))
"""Other words for a batch that has not begun."""

_MOST_REQUESTS = 10_000_000
"""More than any file holds; a larger number is a fault of the server."""


class RemoteState(StrEnum):
    """How far a provider is with a batch."""

    VALIDATING = "validating"
    IN_PROGRESS = "in_progress"
    FINALIZING = "finalizing"
    COMPLETED = "completed"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come by itself."""
        return self in _OVER


_OVER = frozenset(
    (RemoteState.COMPLETED, RemoteState.FAILED, RemoteState.EXPIRED, RemoteState.CANCELLED),
)


@dataclass(frozen=True, slots=True)
class RemoteBatch:
    """A batch as a provider tells of it.

    Attributes:
        id: Its name there.
        input_file: The file with its requests.
        state: How far it is.
        completed: Requests that are answered.
        failed: Requests that failed.
        output_file: The file with the answers; empty while there is none.
        error_file: The file with those that failed; empty while there is none.
        problem: Why the whole of it failed, in the provider's words, fit to be shown; empty for nothing.
        unknown_state: The provider's word for a state that we do not know; empty for one that we do.
    """

    id: str
    input_file: str = ""
    state: RemoteState = RemoteState.VALIDATING
    completed: int = 0
    failed: int = 0
    output_file: str = ""
    error_file: str = ""
    problem: str = ""
    unknown_state: str = ""


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """What became of one request.

    Attributes:
        custom_id: The name that we gave it.
        status: HTTP status of the answer; 0 when it was not asked.
        body: The answer, or what is said of why there is none; JSON.
    """

    custom_id: str
    status: int
    body: object = field(repr=False)

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer, be it a good one or not."""
        return self.status // 100 == 2  # noqa: PLR2004 - the class of a status


def request_line(custom_id: str, body: Mapping[str, object], terms: BatchTerms) -> bytes:
    """Write one line of a file of requests, with its end.

    Args:
        custom_id: Our name for the request; at most 64 characters, one line each.
        body: The body of the request as it would be sent by itself.
        terms: What the provider wants.
    """
    line = {
        "custom_id": custom_id,
        "method": "POST",
        "url": terms.endpoint,
        "body": {name: value for name, value in body.items() if name not in _STREAMING},
    }
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def has_room(terms: BatchTerms, requests: int, size: int, line: bytes) -> bool:
    """Say whether a file of so many requests and bytes can take one more."""
    return requests < terms.most_requests and size + len(line) <= terms.most_bytes


def read_file_id(document: object) -> str:
    """Read the name of a file that was handed in; empty when none is given."""
    return _text(_inner(document).get("id"))


def read_files_of(document: object, name: str) -> tuple[str, ...]:
    """Read a list of files that were handed in; gives what the provider calls those of a name of ours."""
    data = document.get("data") if isinstance(document, dict) else None
    files = [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []
    found = (_text(each.get("id")) for each in files if each.get("filename") == name)
    return tuple(each for each in found if each)


def is_file_pending(document: object) -> bool:
    """Say whether a file that was handed in is still being looked at, so that nothing can be made of it.

    Azure does so: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/batch
    """
    return _text(_inner(document).get("status")).lower() in {"pending", "running"}


def read_batch(document: object, key: Secret) -> RemoteBatch | None:
    """Read what a provider tells of a batch; None when it is none.

    Args:
        document: JSON.
        key: The key that must not appear in what is quoted.
    """
    values = _inner(document)
    name = _text(values.get("id"))
    if not name:
        return None
    nested = values.get("request_counts")
    counts = nested if isinstance(nested, dict) else values
    errors = values.get("errors")
    word = _text(values.get("status"))
    state = _state(word)
    return RemoteBatch(
        id=name,
        input_file=_text(values.get("input_file_id")),
        state=state or RemoteState.IN_PROGRESS,
        completed=_count(counts.get("completed")),
        failed=_count(counts.get("failed")),
        output_file=_text(values.get("output_file_id")),
        error_file=_text(values.get("error_file_id")),
        problem=quotable(_said(errors), key) if errors else "",
        unknown_state="" if state is not None or not word else quotable(word, key),
    )


def read_batches(document: object, key: Secret) -> tuple[RemoteBatch, ...]:
    """Read a list of batches; what is none is left out."""
    data = document.get("data") if isinstance(document, dict) else None
    found = (read_batch(each, key) for each in data) if isinstance(data, list) else ()
    return tuple(batch for batch in found if batch is not None)


def read_answer(line: bytes) -> RemoteAnswer | None:
    """Read a line of a file of answers or of failures; None when it is neither."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not isinstance(values.get("custom_id"), str):
        return None
    response = values.get("response")
    if isinstance(response, dict) and response.get("body") is not None:
        status = response.get("status_code")
        return RemoteAnswer(values["custom_id"], status if isinstance(status, int) else 200, response["body"])
    return RemoteAnswer(values["custom_id"], 0, {"error": values.get("error")})


def _inner(document: object) -> Mapping[str, object]:
    """Give the object itself, also where it comes in an envelope."""
    if not isinstance(document, dict):
        return {}
    data = document.get("data")
    return data if isinstance(data, dict) and "id" not in document else document


def _said(errors: object) -> str:
    inner = errors.get("data") if isinstance(errors, dict) else errors
    first = inner[:1] if isinstance(inner, list) else inner
    return read_body(json.dumps(first)).message


def _state(word: str) -> RemoteState | None:
    """Give the state that a word means; None for one that nobody knows."""
    word = word.lower()
    if word in _QUEUED:
        return RemoteState.VALIDATING
    try:
        return RemoteState(word)
    except ValueError:
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_REQUESTS
    return value if is_count and isinstance(value, int) else 0
