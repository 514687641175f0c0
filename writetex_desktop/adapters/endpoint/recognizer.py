"""Recognising through an endpoint that speaks the OpenAI protocol."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing

from writetex_desktop.adapters.endpoint.client import Sdk, open_sdk
from writetex_desktop.adapters.endpoint.diagnosis import looked_closer
from writetex_desktop.adapters.endpoint.exchange import Exchange, RefusalError
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.faults import retold
from writetex_desktop.core.endpoints.failures.sayings import FOUND_BLIND
from writetex_desktop.core.endpoints.wire.answer import AnswerReader
from writetex_desktop.core.endpoints.wire.ladder import Ladder
from writetex_desktop.core.endpoints.wire.memory import RepairMemory
from writetex_desktop.core.endpoints.wire.request import MakeBody, reading_request
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.reading.recognition import RecognitionRequest, RecognizerEvent

_log = logging.getLogger(__name__)

_INTERNAL = 500

_MENDABLE = frozenset(
    (
        *(Fault.BAD_PARAMETER, Fault.BROKEN, Fault.BAD_ANSWER, Fault.OVERLOADED, Fault.TOO_LARGE),
        *(Fault.NO_VISION, Fault.BAD_PICTURE, Fault.NOT_AN_API),
    )
)
"""Refusals that may name a parameter; of the rest it is known what they are about."""


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
        exchange = Exchange(await self._load(), self._endpoint, self._timeouts, self._rules)
        base_url, model = self._endpoint.base_url, self._endpoint.model
        body = self._make_body(model, request, self._rules)
        ladder = Ladder(body, self._memory.known(base_url, model), self._rules)
        while True:
            reader = AnswerReader(request.mode)
            try:
                async with aclosing(exchange.attempt(ladder.request, reader)) as events:
                    async for event in events:
                        yield event
            except RefusalError as refusal:
                if reader.began or not await self._mends(exchange, ladder, refusal):
                    raise self._with_partial(refusal.error, reader) from refusal.__cause__
                tried = ladder.repairs[-1].parameter if ladder.repairs else "what it took before"
                _log.info("The endpoint does not take the request; asking again but for %s", tried)
            except EndpointError as error:
                if error.fault is Fault.CUT and not reader.began and not self._has_looked:
                    self._has_looked = True
                    error = await looked_closer(error, self._endpoint)
                # Some servers and proxies hold a stream back until it is whole, or for ever.
                is_silence = error.fault is Fault.TIMEOUT and not error.retryable and not reader.began
                if not is_silence or exchange.is_late or not ladder.leave_stream():
                    raise self._with_partial(error, reader) from error.__cause__
                _log.info("The endpoint brought no part of a stream; asking for the answer in one piece")
            else:
                break
        self._memory.learn(base_url, model, ladder.repairs)
        self._has_heard = self._has_looked = False
        for delta in reader.check_end(base_url, model):
            yield delta
        yield reader.completed(model)

    async def _load(self) -> Sdk:
        async with self._loading:
            if self._sdk is None:
                self._sdk = await asyncio.to_thread(open_sdk, self._endpoint, self._timeouts)
            return self._sdk

    async def _mends(self, exchange: Exchange, ladder: Ladder, refusal: RefusalError) -> bool:
        """Find another form for a refused request; gives whether there is one that was not tried.

        Raises:
            EndpointError: The model answers words and does not take the picture: it does not see.
        """
        if exchange.is_late:
            return False
        if refusal.error.fault in _MENDABLE and ladder.mend(refusal.status, refusal.text):
            return True
        if refusal.status == _INTERNAL and refusal.error.fault is Fault.OVERLOADED:
            return await self._fails_at_pictures(exchange, ladder, refusal)
        return refusal.is_unclear and await self._climbs(exchange, ladder, refusal)

    async def _climbs(self, exchange: Exchange, ladder: Ladder, refusal: RefusalError) -> bool:
        """Find another form for a request that was refused without saying why."""
        if ladder.start_anew() or ladder.wish_for_nothing():
            return True
        if ladder.reads_words is None:
            await _hear(exchange, ladder)
        if ladder.climb():
            return True
        # By now the request is as plain as it gets, so words may be read that were not before.
        if ladder.reads_words or await _hear(exchange, ladder):
            raise self._blind(refusal)
        return False

    async def _fails_at_pictures(self, exchange: Exchange, ladder: Ladder, refusal: RefusalError) -> bool:
        """See whether a server that failed fails at pictures only: words pass, and the picture fails again.

        Asked once until a picture was read, for servers also fail for a moment.
        """
        if ladder.reads_words:
            raise self._blind(refusal)
        if self._has_heard:
            return False
        self._has_heard = True
        return await _hear(exchange, ladder)

    def _blind(self, refusal: RefusalError) -> EndpointError:
        return retold(refusal.error, FOUND_BLIND, self._endpoint.base_url, Fault.NO_VISION)

    def _with_partial(self, error: EndpointError, reader: AnswerReader) -> EndpointError:
        error.partial = reader.text
        error.model = self._endpoint.model
        return error


async def _hear(exchange: Exchange, ladder: Ladder) -> bool:
    """Ask the model for a word, without the picture, unless it was asked so; gives whether it answers."""
    body = ladder.ask_words()
    if body is not None:
        ladder.reads_words = await exchange.is_answered(body)
    return bool(ladder.reads_words)
