"""What a provider's batch service answered, as results of a batch."""

import json
from datetime import UTC, datetime

from writetex_desktop.core.batches.batch import Failure
from writetex_desktop.core.batches.wire import RemoteAnswer, RemoteBatch, RemoteState
from writetex_desktop.core.endpoints.endpoint import request_url
from writetex_desktop.core.endpoints.failures.body import read_body
from writetex_desktop.core.endpoints.failures.faults import WireFailure, explain
from writetex_desktop.core.endpoints.failures.words import host_of
from writetex_desktop.core.endpoints.wire.answer import AnswerReader
from writetex_desktop.core.endpoints.wire.pieces import read_piece
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.reading.recognition import Mode, Recognition
from writetex_desktop.services.batches.access import Access
from writetex_desktop.services.reading.recognition_service import recognition_of

_TOO_LATE = mark("The provider did not get to this picture in its time.")
_CANCELLED = mark("It was cancelled before the provider came to this picture.")
_UNANSWERED = mark("The provider gave no answer for this picture.")
_BY_CODE = {"batch_expired": _TOO_LATE, "batch_cancelled": _CANCELLED}
_BY_STATE = {RemoteState.EXPIRED: _TOO_LATE, RemoteState.CANCELLED: _CANCELLED}
_OK = 200


def read_recognition(answer: RemoteAnswer, mode: Mode, access: Access) -> Recognition | Failure:
    """Make a result of an answer, or say why it is none.

    Args:
        answer: The line of the file.
        mode: What the picture holds.
        access: Who answered.

    Raises:
        EndpointError: The request failed, or the answer is empty.
        RecognitionError: There is nothing to transcribe, or the model saw no picture.
    """
    text = json.dumps(answer.body)
    early = next((_BY_CODE[code] for code in read_body(text).codes if code in _BY_CODE), None)
    if early is not None:
        return _not_read(early)
    piece = read_piece(answer.body)
    if not answer.is_answer or piece.is_error:
        raise _explained(answer.status or _OK, text, access)
    reader = AnswerReader(mode)
    reader.take(piece)
    reader.check_end(access.endpoint.base_url, access.endpoint.model)
    return recognition_of(mode, reader.text, reader.completed(access.endpoint.model))


def missing_answer(remote: RemoteBatch) -> Failure:
    """Say why a picture that was handed in has no answer, once the batch is over."""
    if remote.problem:
        return Failure(
            tr("The provider refused the whole file. It said: “{problem}”", problem=remote.problem),
            tr("Hand it in again."),
        )
    return _not_read(_BY_STATE.get(remote.state, _UNANSWERED))


def unreadable_answers(base_url: str) -> EndpointError:
    """Make the error of a file of answers in which no answer can be read."""
    return EndpointError(
        tr("What {host} gave in place of the answers cannot be read.", host=host_of(base_url)),
        tr("Nothing is lost: look again later with `writetex batches`, or in the window."),
        fault=Fault.NOT_AN_API,
    )


def _explained(status: int, body: str, access: Access) -> EndpointError:
    failure = WireFailure(
        status=status,
        body=body,
        headers={},
        url=request_url(access.endpoint.base_url),
        model=access.endpoint.model,
        received_at=datetime.now(UTC),
        key=access.endpoint.key,
    )
    return explain(failure, access.rules.errors)


def _not_read(why: str) -> Failure:
    return Failure(tr_marked(why), tr("Hand it in again."))
