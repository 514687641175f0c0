"""A recogniser that looks for the path at which its host has the interface, and remembers it."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.paths import AnsweredPaths, other_base_urls
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.reading.recognition import RecognitionRequest, RecognizerEvent
from writetex_desktop.services.reading.engines import EndpointRecognizer

ELSEWHERE = frozenset((Fault.WRONG_PATH, Fault.NOT_AN_API))
"""Faults after which the interface is looked for at another path of the same host."""

_IS_AN_API = frozenset((
    Fault.BAD_KEY, Fault.FORBIDDEN, Fault.NO_MONEY, Fault.WRONG_MODEL, Fault.NO_VISION, Fault.RATE_LIMITED,
    Fault.BAD_PARAMETER, Fault.TOO_LARGE,
))  # fmt: skip
"""Faults that only an interface tells: what it says is worth more than that there is none elsewhere."""

_MOST_TRIES = 5
"""Paths that are tried; each is sent the picture, and the user waits."""


class PathFinder:
    """Asks where the interface should be, then at the other paths that may be meant.

    Args:
        endpoint: As the settings say it.
        connect: Makes the recogniser of an endpoint; nothing is sent by that.
        paths: Knows where an interface answered, and is told.
        own: The base URL that the provider names; empty for none.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        connect: Callable[[Endpoint], EndpointRecognizer],
        paths: AnsweredPaths,
        own: str = "",
    ) -> None:
        self._endpoint = endpoint
        self._connect = connect
        self._paths = paths
        self._own = own
        self._connected: dict[str, EndpointRecognizer] = {}

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        """See `Recognizer.recognize`; the error of the first path is raised when none answers."""
        typed = self._endpoint.base_url
        first = self._paths.of(typed)
        others = dict.fromkeys((typed, *other_base_urls(typed, self._own)))
        failure: EndpointError | None = None
        told: EndpointError | None = None
        for base_url in (first, *[each for each in others if each != first][:_MOST_TRIES]):
            began = False
            try:
                events = self._at(base_url).recognize(request)
                async with aclosing(cast("AsyncGenerator[RecognizerEvent, None]", events)) as answer:
                    async for event in answer:
                        if not began:
                            # Whoever asks may go away after the last event, so it is learnt at the first.
                            began = True
                            self._paths.learn(typed, base_url)
                        yield event
            except EndpointError as error:
                if began or (failure is None and error.fault not in ELSEWHERE):
                    raise
                failure = failure or error
                told = told or (error if error.fault in _IS_AN_API else None)
            else:
                return
        assert failure is not None  # there is at least the first path
        raise told or failure

    async def warm(self) -> None:
        """See `EndpointRecognizer.warm`."""
        await self._at(self._paths.of(self._endpoint.base_url)).warm()

    async def aclose(self) -> None:
        """See `EndpointRecognizer.aclose`."""
        while self._connected:
            _, recognizer = self._connected.popitem()
            await recognizer.aclose()

    def _at(self, base_url: str) -> EndpointRecognizer:
        if base_url not in self._connected:
            self._connected[base_url] = self._connect(replace(self._endpoint, base_url=base_url))
        return self._connected[base_url]
