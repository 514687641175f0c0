"""Recognising through an endpoint that speaks the OpenAI protocol."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from writetex_desktop.adapters.endpoint.client import Sdk, failure_of, open_sdk, translate
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.faults import explain
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.wire.answer import AnswerReader, Piece, read_piece
from writetex_desktop.core.endpoints.wire.repair import (
    Repair,
    RepairMemory,
    find_repair,
    plain_repair,
    repaired,
)
from writetex_desktop.core.endpoints.wire.request import reading_request
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.reading.recognition import RecognitionRequest, RecognizerEvent

if TYPE_CHECKING:
    import openai

_log = logging.getLogger(__name__)

_PATH = "/chat/completions"
_WHOLE_ANSWERS = ("application/json", "text/html")
_END = object()


class OpenAIRecognizer:
    """Reads pictures through an endpoint.

    The connection is kept between pictures. What the endpoint was found not to accept is remembered.

    Args:
        endpoint: Where requests go.
        timeouts: How long is waited; None for what the endpoint's network settings say.
        rules: What is known of the server and the model.
        memory: What was learnt of servers; shared by those that ask the same one.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        timeouts: Timeouts | None = None,
        *,
        rules: WireRules = ORDINARY_WIRE,
        memory: RepairMemory | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._timeouts = timeouts or Timeouts.of(endpoint)
        self._rules = rules
        self._memory = memory or RepairMemory()
        self._loading = asyncio.Lock()
        self._sdk: Sdk | None = None

    async def warm(self) -> None:
        """Load the SDK and open the client, so that the first picture need not wait for it.

        Raises:
            EndpointError: The environment names a proxy that cannot be used.
        """
        await self._load()

    async def aclose(self) -> None:
        """Close the connections; the recogniser can be used again and then opens new ones."""
        async with self._loading:
            sdk, self._sdk = self._sdk, None
        if sdk is not None:
            await sdk.client.close()

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        """Read a picture; see `ports.Recognizer`."""
        sdk = await self._load()
        deadline = asyncio.get_running_loop().time() + self._timeouts.total
        body = reading_request(self._endpoint.model, request, self._rules)
        reader = AnswerReader(request.mode)
        stream = await self._ask(sdk, body, deadline)
        try:
            if _is_whole(stream):
                for event in reader.take(await self._read_whole(sdk, stream, deadline)):
                    yield event
            else:
                while not reader.is_over:
                    value = await self._next(sdk, stream, reader, deadline)
                    if value is _END:
                        break
                    for event in reader.take(self._piece(value, reader)):
                        yield event
        finally:
            await _leave(sdk, stream)
        reader.check_end(self._endpoint.base_url)
        yield reader.completed(self._endpoint.model)

    async def _load(self) -> Sdk:
        async with self._loading:
            if self._sdk is None:
                self._sdk = await asyncio.to_thread(open_sdk, self._endpoint, self._timeouts)
            return self._sdk

    async def _ask(
        self, sdk: Sdk, body: Mapping[str, object], deadline: float
    ) -> "openai.AsyncStream[object]":
        """Send the request, mended as often as the server names a parameter that it does not take."""
        import openai  # noqa: PLC0415  # loaded with the client

        base_url, model = self._endpoint.base_url, self._endpoint.model
        repairs = self._memory.known(base_url, model)
        while True:
            sent = repaired(body, repairs)
            try:
                async with asyncio.timeout_at(deadline):
                    stream = await sdk.client.post(
                        _PATH, cast_to=object, body=sent, stream=True, stream_cls=sdk.stream_type
                    )
            except TimeoutError as error:
                raise explain_trouble(Trouble.TOTAL_TIMEOUT, self._endpoint.base_url) from error
            except openai.APIStatusError as error:
                explained = translate(error, self._endpoint, self._rules)
                repair = self._repair(error.status_code, error.response.text, sent, repairs, explained)
                if repair is None or repair in repairs:
                    raise explained from error
                _log.info("The endpoint does not take %s; asking again without", repair.parameter)
                repairs += (repair,)
            except sdk.errors as error:
                raise translate(error, self._endpoint, self._rules) from error
            else:
                self._memory.learn(base_url, model, repairs)
                return stream

    def _repair(
        self,
        status: int,
        body: str,
        sent: Mapping[str, object],
        done: tuple[Repair, ...],
        explained: EndpointError,
    ) -> Repair | None:
        """Find what to send otherwise; a refusal that does not say of what is met by wishing for nothing."""
        repair = find_repair(status, body, sent, done, needs_stream=self._rules.model.stream_only)
        if repair is None and explained.fault is Fault.BAD_PARAMETER:
            return plain_repair(sent)
        return repair

    async def _next(
        self, sdk: Sdk, stream: "openai.AsyncStream[object]", reader: AnswerReader, deadline: float
    ) -> object:
        """Wait for the next chunk; `_END` when there is none.

        Once the model has said that the answer is over, nothing that goes wrong spoils it any more: some
        servers leave the connection open or break it off.
        """
        if reader.is_ended:
            pause = self._timeouts.after_end
        elif reader.began:
            pause = self._timeouts.idle
        else:
            pause = self._timeouts.first_byte_of(self._endpoint.base_url)
        soonest = min(deadline, asyncio.get_running_loop().time() + pause)
        try:
            async with asyncio.timeout_at(soonest):
                return await anext(stream, _END)
        except TimeoutError as error:
            if reader.is_ended:
                return _END
            if soonest == deadline:
                trouble = Trouble.TOTAL_TIMEOUT
            else:
                trouble = Trouble.IDLE_TIMEOUT if reader.began else Trouble.FIRST_BYTE_TIMEOUT
            raise self._with_partial(explain_trouble(trouble, self._endpoint.base_url), reader) from error
        except sdk.errors as error:
            if reader.is_ended:
                return _END
            raise self._with_partial(
                translate(error, self._endpoint, self._rules, began=reader.began), reader
            ) from error

    async def _read_whole(self, sdk: Sdk, stream: "openai.AsyncStream[object]", deadline: float) -> Piece:
        """Read an answer that did not come as a stream: a completion, an error, or a web page."""
        try:
            async with asyncio.timeout_at(deadline):
                await stream.response.aread()
        except TimeoutError as error:
            raise explain_trouble(Trouble.TOTAL_TIMEOUT, self._endpoint.base_url) from error
        except sdk.errors as error:
            raise translate(error, self._endpoint, self._rules, began=True) from error
        text = stream.response.text
        try:
            piece = read_piece(json.loads(text))
        except ValueError as error:
            raise self._explained(text, dict(stream.response.headers)) from error
        if piece.is_error:
            raise self._explained(text, dict(stream.response.headers))
        return piece

    def _piece(self, value: object, reader: AnswerReader) -> Piece:
        piece = read_piece(value)
        if piece.is_error:
            raise self._with_partial(self._explained(json.dumps(value), {}), reader)
        return piece

    def _with_partial(self, error: EndpointError, reader: AnswerReader) -> EndpointError:
        error.partial = reader.text
        error.model = self._endpoint.model
        return error

    def _explained(self, body: str, headers: Mapping[str, str]) -> EndpointError:
        """Say what an error means that came with status 200."""
        return explain(failure_of(200, body, headers, self._endpoint), self._rules.errors)


def _is_whole(stream: "openai.AsyncStream[object]") -> bool:
    return stream.response.headers.get("content-type", "").lower().startswith(_WHOLE_ANSWERS)


async def _leave(sdk: Sdk, stream: "openai.AsyncStream[object]") -> None:
    """End a stream wherever it stands, and its connection with it; one that has ended costs nothing.

    The SDK's generators must not be left suspended, for qasync has no hooks to finish them. So the wait for
    the next chunk is cancelled at once, which unwinds them all.
    """
    with suppress(TimeoutError, *sdk.errors):
        async with asyncio.timeout(0):
            while await anext(stream, _END) is not _END:
                pass
    await stream.close()
