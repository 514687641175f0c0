"""One picture's requests to an endpoint: sent as told, and read byte by byte until the answer is over.

The SDK sends and opens the response; its bytes are read by `core.endpoints.wire`, for the SDK loses answers
that come in another frame than it expects (docs/adr/0036).
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writetex_desktop.adapters.endpoint.client import Sdk, failure_of, translate
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.faults import explain
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.wire.answer import AnswerReader
from writetex_desktop.core.endpoints.wire.arrivals import Arrival, ArrivalReader
from writetex_desktop.core.endpoints.wire.pieces import Piece, read_piece
from writetex_desktop.core.endpoints.wire.rules import WireRules
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.reading.recognition import Mode, RecognizerEvent

if TYPE_CHECKING:
    import httpx2

_PATH = "/chat/completions"
_OK = 200
_NOT_IMPLEMENTED = 501
_END = b""
"""In place of bytes: nothing more comes."""


class RefusalError(Exception):
    """A response that is no answer, with what it means."""

    def __init__(self, status: int, text: str, error: EndpointError) -> None:
        super().__init__(status)
        self.status = status
        self.text = text
        self.error = error

    @property
    def is_unclear(self) -> bool:
        """Whether it may be the form of the request that is not taken, or that there is a picture."""
        return self.error.fault is Fault.BAD_PARAMETER or self.status == _NOT_IMPLEMENTED


@dataclass(slots=True)
class _Answer:
    """An answer that is coming in."""

    response: "httpx2.Response"
    pieces: AsyncIterator[bytes]
    arrivals: ArrivalReader
    reader: AnswerReader


class Exchange:
    """Sends requests and reads what comes, until one moment for all of them.

    Args:
        sdk: The SDK with its client.
        endpoint: Who is asked.
        timeouts: How long is waited.
        rules: How its server tells of faults.
    """

    def __init__(self, sdk: Sdk, endpoint: Endpoint, timeouts: Timeouts, rules: WireRules) -> None:
        self._sdk = sdk
        self._endpoint = endpoint
        self._timeouts = timeouts
        self._rules = rules
        self._deadline = asyncio.get_running_loop().time() + timeouts.total

    @property
    def is_late(self) -> bool:
        """Whether there is no time for another request."""
        return asyncio.get_running_loop().time() >= self._deadline

    async def attempt(
        self, body: Mapping[str, object], reader: AnswerReader
    ) -> AsyncGenerator[RecognizerEvent, None]:
        """Send a request and give what its answer brings; the reader then holds all of it.

        Args:
            body: The request.
            reader: Follows the answer.

        Raises:
            RefusalError: The server would not have it.
            EndpointError: The way there or back failed.
        """
        response = await self._send(body)
        answer = _Answer(response, response.aiter_bytes(), ArrivalReader(), reader)
        data = b"-"
        try:
            while data != _END and not reader.is_over and not answer.arrivals.is_done:
                data = await self._next(answer)
                arrivals = answer.arrivals.close() if data == _END else answer.arrivals.feed(data)
                for arrival in arrivals:
                    for event in reader.take(self._piece(arrival, answer)):
                        yield event
            if answer.arrivals.is_done:
                reader.take_end()
        finally:
            await self._leave(answer)

    async def is_answered(self, body: Mapping[str, object]) -> bool:
        """Send a request of which nothing is wanted but to see whether it is answered.

        Args:
            body: The request.
        """
        reader = AnswerReader(Mode.FORMULA)
        with suppress(EndpointError, RefusalError):
            async with aclosing(self.attempt(body, reader)) as events:
                async for _ in events:
                    break
        return reader.began or reader.is_ended

    async def _send(self, body: Mapping[str, object]) -> "httpx2.Response":
        import openai  # noqa: PLC0415  # loaded with the client

        left_s = max(0.0, self._deadline - asyncio.get_running_loop().time())
        first_byte_s = self._timeouts.first_byte_of(self._endpoint.base_url)
        # Of an answer in one piece nothing comes before it is whole.
        patience_s = first_byte_s if body.get("stream") else max(first_byte_s, min(left_s, 2 * first_byte_s))
        try:
            async with asyncio.timeout(min(left_s, patience_s + self._timeouts.connect)):
                stream = await self._sdk.client.post(
                    _PATH,
                    cast_to=object,
                    body=body,
                    stream=True,
                    stream_cls=self._sdk.stream_type,
                    options={"timeout": self._sdk.waits(self._timeouts.connect, patience_s)},
                )
        except TimeoutError as error:
            is_late = self.is_late
            trouble = Trouble.TOTAL_TIMEOUT if is_late else Trouble.FIRST_BYTE_TIMEOUT
            raise explain_trouble(trouble, self._endpoint.base_url) from error
        except openai.APIStatusError as error:
            explained = translate(error, self._endpoint, self._rules)
            raise RefusalError(error.status_code, error.response.text, explained) from error
        except self._sdk.errors as error:
            raise translate(error, self._endpoint, self._rules) from error
        return stream.response

    async def _next(self, answer: _Answer) -> bytes:
        """Wait for the next bytes; `_END` when there are none.

        Once the model has said that the answer is over, nothing that goes wrong spoils it any more: some
        servers leave the connection open or break it off.
        """
        reader = answer.reader
        if reader.is_ended:
            pause = self._timeouts.after_end
        elif reader.began:
            pause = self._timeouts.idle
        else:
            pause = self._timeouts.first_byte_of(self._endpoint.base_url)
        soonest = min(self._deadline, asyncio.get_running_loop().time() + pause)
        try:
            async with asyncio.timeout_at(soonest):
                return await anext(answer.pieces, _END)
        except TimeoutError as error:
            if reader.is_ended:
                return _END
            if soonest == self._deadline:
                trouble = Trouble.TOTAL_TIMEOUT
            else:
                trouble = Trouble.IDLE_TIMEOUT if reader.began else Trouble.FIRST_BYTE_TIMEOUT
            raise explain_trouble(trouble, self._endpoint.base_url) from error
        except self._sdk.errors as error:
            if reader.is_ended:
                return _END
            raise translate(error, self._endpoint, self._rules, began=reader.began) from error

    def _piece(self, arrival: Arrival, answer: _Answer) -> Piece:
        """Read what came.

        Raises:
            RefusalError: It is an error that came with status 200, or nothing that can be read.
        """
        piece = read_piece(arrival.value)
        if arrival.value is not None and not arrival.is_error and not piece.is_error:
            return piece
        if answer.reader.is_ended:
            return Piece()
        if arrival.value is None and arrival.is_data and not arrival.is_error:
            raise explain_trouble(Trouble.GARBLED, self._endpoint.base_url)
        headers = dict(answer.response.headers)
        # Words of an `event: error` are put as an error of JSON, by which they are quoted.
        is_bare = arrival.value is None and arrival.is_error
        text = json.dumps({"error": arrival.text}) if is_bare else arrival.text
        failure = failure_of(_OK, text, headers, self._endpoint)
        raise RefusalError(_OK, text, explain(failure, self._rules.errors))

    async def _leave(self, answer: _Answer) -> None:
        """End a response wherever it stands, and its connection with it; one that has ended costs nothing.

        The HTTP client's generators must not be left suspended, for qasync has no hooks to finish them. So
        the wait for the next bytes is cancelled at once, which unwinds them all.
        """
        with suppress(TimeoutError, *self._sdk.errors):
            async with asyncio.timeout(0):
                while await anext(answer.pieces, _END) != _END:
                    pass
        await answer.response.aclose()
