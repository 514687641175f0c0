"""Recognising through an endpoint that speaks the OpenAI protocol.

The SDK sends the request and opens the response; its bytes are read by `core.endpoints.wire`, for the SDK
loses answers that come in another frame than it expects (docs/adr/0036).
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writetex_desktop.adapters.endpoint.client import Sdk, failure_of, open_sdk, translate
from writetex_desktop.adapters.endpoint.diagnosis import looked_closer
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.faults import explain, retold
from writetex_desktop.core.endpoints.failures.sayings import FOUND_BLIND
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.wire.answer import AnswerReader
from writetex_desktop.core.endpoints.wire.arrivals import Arrival, ArrivalReader
from writetex_desktop.core.endpoints.wire.ladder import Ladder
from writetex_desktop.core.endpoints.wire.memory import RepairMemory
from writetex_desktop.core.endpoints.wire.pieces import Piece, read_piece
from writetex_desktop.core.endpoints.wire.request import MakeBody, reading_request
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.reading.recognition import Mode, RecognitionRequest, RecognizerEvent

if TYPE_CHECKING:
    import httpx2

_log = logging.getLogger(__name__)

_PATH = "/chat/completions"
_OK = 200
_INTERNAL = 500
_NOT_IMPLEMENTED = 501
_END = b""
"""In place of bytes: nothing more comes."""

_MENDABLE = frozenset(
    (
        *(Fault.BAD_PARAMETER, Fault.BROKEN, Fault.BAD_ANSWER, Fault.OVERLOADED, Fault.TOO_LARGE),
        *(Fault.NO_VISION, Fault.BAD_PICTURE, Fault.NOT_AN_API),
    )
)
"""Refusals that may name a parameter; of the rest it is known what they are about."""


class _RefusalError(Exception):
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
    deadline: float


class OpenAIRecognizer:
    """Reads pictures through an endpoint.

    The connection is kept between pictures. What the endpoint was found not to accept is remembered.

    Args:
        endpoint: Where requests go.
        timeouts: How long is waited; None for what the endpoint's network settings say.
        rules: What is known of the server and the model.
        memory: What was learnt of servers; shared by those that ask the same one.
        make_body: Makes the request; another one is for measuring other words.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        timeouts: Timeouts | None = None,
        *,
        rules: WireRules = ORDINARY_WIRE,
        memory: RepairMemory | None = None,
        make_body: MakeBody = reading_request,
    ) -> None:
        self._endpoint = endpoint
        self._timeouts = timeouts or Timeouts.of(endpoint)
        self._rules = rules
        self._memory = memory or RepairMemory()
        self._make_body = make_body
        self._has_heard = False
        self._has_looked = False
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
        base_url, model = self._endpoint.base_url, self._endpoint.model
        body = self._make_body(model, request, self._rules)
        ladder = Ladder(body, self._memory.known(base_url, model), self._rules)
        while True:
            reader = AnswerReader(request.mode)
            try:
                async with aclosing(self._attempt(sdk, ladder, reader, deadline)) as events:
                    async for event in events:
                        yield event
            except _RefusalError as refusal:
                if reader.began or not await self._mends(sdk, ladder, refusal, deadline):
                    raise self._with_partial(refusal.error, reader) from refusal.__cause__
                tried = ladder.repairs[-1].parameter if ladder.repairs else "what it took before"
                _log.info("The endpoint does not take the request; asking again but for %s", tried)
            except EndpointError as error:
                if error.fault is Fault.CUT and not reader.began and not self._has_looked:
                    self._has_looked = True
                    error = await looked_closer(error, self._endpoint)
                # Some servers and proxies hold a stream back until it is whole, or for ever.
                is_silence = error.fault is Fault.TIMEOUT and not error.retryable and not reader.began
                if not is_silence or self._is_late(deadline) or not ladder.leave_stream():
                    raise self._with_partial(error, reader) from error.__cause__
                _log.info("The endpoint brought no part of a stream; asking for the answer in one piece")
            else:
                break
        self._memory.learn(base_url, model, ladder.repairs)
        for delta in reader.check_end(base_url, model):
            yield delta
        yield reader.completed(model)

    async def _load(self) -> Sdk:
        async with self._loading:
            if self._sdk is None:
                self._sdk = await asyncio.to_thread(open_sdk, self._endpoint, self._timeouts)
            return self._sdk

    async def _attempt(
        self, sdk: Sdk, ladder: Ladder, reader: AnswerReader, deadline: float
    ) -> AsyncGenerator[RecognizerEvent, None]:
        """Send the request as it stands and read what comes.

        Raises:
            _RefusalError: The server would not have it.
            EndpointError: The way there or back failed.
        """
        response = await self._send(sdk, ladder.request, deadline)
        answer = _Answer(response, response.aiter_bytes(), ArrivalReader(), reader, deadline)
        data = b"-"
        try:
            while data != _END and not reader.is_over and not answer.arrivals.is_done:
                data = await self._next(sdk, answer)
                arrivals = answer.arrivals.close() if data == _END else answer.arrivals.feed(data)
                for arrival in arrivals:
                    for event in reader.take(self._piece(arrival, answer)):
                        yield event
            if answer.arrivals.is_done:
                reader.take_end()
        finally:
            await _leave(sdk, answer)

    async def _send(self, sdk: Sdk, body: Mapping[str, object], deadline: float) -> "httpx2.Response":
        import openai  # noqa: PLC0415  # loaded with the client

        left_s = max(0.0, deadline - asyncio.get_running_loop().time())
        first_byte_s = self._timeouts.first_byte_of(self._endpoint.base_url)
        # Of an answer in one piece nothing comes before it is whole.
        patience_s = first_byte_s if body.get("stream") else max(first_byte_s, min(left_s, 2 * first_byte_s))
        try:
            async with asyncio.timeout(min(left_s, patience_s + self._timeouts.connect)):
                stream = await sdk.client.post(
                    _PATH,
                    cast_to=object,
                    body=body,
                    stream=True,
                    stream_cls=sdk.stream_type,
                    options={"timeout": sdk.waits(self._timeouts.connect, patience_s)},
                )
        except TimeoutError as error:
            is_late = self._is_late(deadline)
            trouble = Trouble.TOTAL_TIMEOUT if is_late else Trouble.FIRST_BYTE_TIMEOUT
            raise explain_trouble(trouble, self._endpoint.base_url) from error
        except openai.APIStatusError as error:
            explained = translate(error, self._endpoint, self._rules)
            raise _RefusalError(error.status_code, error.response.text, explained) from error
        except sdk.errors as error:
            raise translate(error, self._endpoint, self._rules) from error
        return stream.response

    async def _mends(self, sdk: Sdk, ladder: Ladder, refusal: _RefusalError, deadline: float) -> bool:
        """Find another form for a refused request; gives whether there is one that was not tried.

        Raises:
            EndpointError: The model answers words and does not take the picture: it does not see.
        """
        if self._is_late(deadline):
            return False
        if refusal.error.fault in _MENDABLE and ladder.mend(refusal.status, refusal.text):
            return True
        if refusal.status == _INTERNAL and refusal.error.fault is Fault.OVERLOADED:
            return await self._fails_at_pictures(sdk, ladder, refusal, deadline)
        return refusal.is_unclear and await self._climbs(sdk, ladder, refusal, deadline)

    async def _climbs(self, sdk: Sdk, ladder: Ladder, refusal: _RefusalError, deadline: float) -> bool:
        """Find another form for a request that was refused without saying why."""
        if ladder.start_anew() or ladder.wish_for_nothing():
            return True
        if ladder.reads_words is None:
            await self._hear(sdk, ladder, deadline)
        if ladder.climb():
            return True
        # By now the request is as plain as it gets, so words may be read that were not before.
        if ladder.reads_words or await self._hear(sdk, ladder, deadline):
            raise retold(refusal.error, FOUND_BLIND, self._endpoint.base_url, Fault.NO_VISION)
        return False

    async def _fails_at_pictures(
        self, sdk: Sdk, ladder: Ladder, refusal: _RefusalError, deadline: float
    ) -> bool:
        """See whether a server that failed fails at pictures only: words pass, and the picture fails again.

        Asked once until a picture was read, for servers also fail for a moment.
        """
        if ladder.reads_words:
            raise retold(refusal.error, FOUND_BLIND, self._endpoint.base_url, Fault.NO_VISION)
        if self._has_heard:
            return False
        self._has_heard = True
        return await self._hear(sdk, ladder, deadline)

    async def _hear(self, sdk: Sdk, ladder: Ladder, deadline: float) -> bool:
        """Ask the model for a word, without the picture, unless it was asked so; gives whether it answers."""
        body = ladder.ask_words()
        if body is not None:
            ladder.reads_words = await self._answers(sdk, body, deadline)
        return bool(ladder.reads_words)

    async def _answers(self, sdk: Sdk, body: Mapping[str, object], deadline: float) -> bool:
        reader = AnswerReader(Mode.FORMULA)
        try:
            response = await self._send(sdk, body, deadline)
            answer = _Answer(response, response.aiter_bytes(), ArrivalReader(), reader, deadline)
            try:
                while not reader.began:
                    data = await self._next(sdk, answer)
                    for arrival in answer.arrivals.close() if data == _END else answer.arrivals.feed(data):
                        reader.take(self._piece(arrival, answer))
                    if data == _END:
                        break
            finally:
                await _leave(sdk, answer)
        except (EndpointError, _RefusalError):
            return False
        return reader.began or reader.is_ended

    async def _next(self, sdk: Sdk, answer: _Answer) -> bytes:
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
        soonest = min(answer.deadline, asyncio.get_running_loop().time() + pause)
        try:
            async with asyncio.timeout_at(soonest):
                return await anext(answer.pieces, _END)
        except TimeoutError as error:
            if reader.is_ended:
                return _END
            if soonest == answer.deadline:
                trouble = Trouble.TOTAL_TIMEOUT
            else:
                trouble = Trouble.IDLE_TIMEOUT if reader.began else Trouble.FIRST_BYTE_TIMEOUT
            raise explain_trouble(trouble, self._endpoint.base_url) from error
        except sdk.errors as error:
            if reader.is_ended:
                return _END
            raise translate(error, self._endpoint, self._rules, began=reader.began) from error

    def _piece(self, arrival: Arrival, answer: _Answer) -> Piece:
        """Read what came.

        Raises:
            _RefusalError: It is an error that came with status 200, or nothing that can be read.
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
        raise _RefusalError(_OK, text, explain(failure, self._rules.errors))

    def _with_partial(self, error: EndpointError, reader: AnswerReader) -> EndpointError:
        error.partial = reader.text
        error.model = self._endpoint.model
        return error

    @staticmethod
    def _is_late(deadline: float) -> bool:
        return asyncio.get_running_loop().time() >= deadline


async def _leave(sdk: Sdk, answer: _Answer) -> None:
    """End a response wherever it stands, and its connection with it; one that has ended costs nothing.

    The HTTP client's generators must not be left suspended, for qasync has no hooks to finish them. So the
    wait for the next bytes is cancelled at once, which unwinds them all.
    """
    with suppress(TimeoutError, *sdk.errors):
        async with asyncio.timeout(0):
            while await anext(answer.pieces, _END) != _END:
                pass
    await answer.response.aclose()
