"""Which engine reads the next picture."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Protocol

from writetex_desktop.core.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.recognition import (
    Engine,
    EngineChoice,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.ports import Clock, Recognizer
from writetex_desktop.services.recognition_service import RecognitionService
from writetex_desktop.services.settings_service import SettingsService


class EndpointRecognizer(Recognizer, Protocol):
    """A recogniser that holds a connection."""

    async def warm(self) -> None:
        """Load what the first request needs."""
        ...

    async def aclose(self) -> None:
        """Close the connection; it is not used again."""
        ...


class Engines:
    """Makes the recogniser of each endpoint once, and asks the one that the settings say.

    Args:
        settings: Say which endpoint and which engine.
        connect: Makes the recogniser of an endpoint; nothing is sent by that.
        offline: The embedded recogniser, if there is one.
        clock: Time.
    """

    def __init__(
        self,
        settings: SettingsService,
        connect: Callable[[Endpoint], EndpointRecognizer],
        offline: Recognizer | None,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._connect = connect
        self._offline = offline
        self._clock = clock
        self._connected: dict[Endpoint, EndpointRecognizer] = {}

    async def recognise(
        self, request: RecognitionRequest, *, profile: str = ""
    ) -> AsyncIterator[RecognitionEvent]:
        """Read a picture; see `services.snip_flow.Recognise`.

        A profile that is named is an endpoint that is wanted, whatever the settings say of the engine.
        """
        choice = EngineChoice.ENDPOINT if profile else self._settings.settings.value.engine
        engines: dict[Engine, Recognizer] = {}
        if self._offline is not None:
            engines[Engine.OFFLINE] = self._offline
        if choice is not EngineChoice.OFFLINE:
            try:
                engines[Engine.ENDPOINT] = await self.connected(profile)
            except EndpointError as error:
                may_do_without = choice is EngineChoice.AUTO and self._offline is not None
                if not (may_do_without and error.fault is Fault.NOT_CONFIGURED):
                    raise
        service = RecognitionService(engines, self._clock)
        async with aclosing(service.recognize(request, choice)) as events:
            async for event in events:
                yield event

    async def check(self) -> None:
        """See whether there is any engine to ask.

        Raises:
            EndpointError: There is none, or the endpoint is not set up whole.
            SettingsError: The key could not be read.
        """
        choice = self._settings.settings.value.engine
        has_offline = self._offline is not None
        if choice is EngineChoice.ENDPOINT or (choice is EngineChoice.AUTO and not has_offline):
            await self.connected()

    async def connected(self, profile: str = "") -> EndpointRecognizer:
        """Give the recogniser of a profile's endpoint; of the active one when `profile` is empty.

        Raises:
            EndpointError: The endpoint is not set up.
            SettingsError: Its key could not be read.
        """
        endpoint = await self._settings.endpoint(profile)
        if endpoint not in self._connected:
            self._connected[endpoint] = self._connect(endpoint)
        return self._connected[endpoint]

    async def aclose(self) -> None:
        """Close every connection."""
        for recognizer in self._connected.values():
            await recognizer.aclose()
        self._connected.clear()
