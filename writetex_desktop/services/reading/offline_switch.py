"""Stay offline: what stands before everything that opens connections."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import cast

from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.trouble import staying_offline
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.reading.recognition import RecognitionRequest, RecognizerEvent
from writetex_desktop.ports.engines import EndpointProbe
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.engines import EndpointRecognizer


class SwitchedProbe:
    """An `EndpointProbe` that asks nothing while the user stays offline.

    Args:
        probe: Asks.
        offline: Whether no connection may be opened.
    """

    def __init__(self, probe: EndpointProbe, offline: Observable[bool]) -> None:
        self._probe = probe
        self._offline = offline

    async def get(self, endpoint: Endpoint, url: str, *, timeout_s: float) -> ProbeReply:
        """See `ports.EndpointProbe.get`.

        Raises:
            EndpointError: Also `Fault.STAYING_OFFLINE`.
        """
        if self._offline.value:
            raise staying_offline()
        return await self._probe.get(endpoint, url, timeout_s=timeout_s)


class SwitchedRecognizer:
    """A recogniser that asks nothing while the user stays offline.

    Args:
        recognizer: Reads the pictures.
        offline: Whether no connection may be opened.
    """

    def __init__(self, recognizer: EndpointRecognizer, offline: Observable[bool]) -> None:
        self._recognizer = recognizer
        self._offline = offline

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        """See `Recognizer.recognize`.

        Raises:
            EndpointError: Also `Fault.STAYING_OFFLINE`.
        """
        if self._offline.value:
            raise staying_offline()
        events = cast("AsyncGenerator[RecognizerEvent, None]", self._recognizer.recognize(request))
        async with aclosing(events):
            async for event in events:
                yield event

    async def warm(self) -> None:
        """See `EndpointRecognizer.warm`."""
        await self._recognizer.warm()

    async def aclose(self) -> None:
        """See `EndpointRecognizer.aclose`."""
        await self._recognizer.aclose()
