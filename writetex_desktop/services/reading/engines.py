"""Which engine reads the next picture."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import (
    Engine,
    EngineChoice,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    Retrying,
)
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ports.engines import Recognizer
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.reading.recognition_service import RecognitionService, RetryPolicy
from writetex_desktop.services.settings.settings_service import SettingsService

_MAY_PASS = frozenset(
    (
        *(Fault.RATE_LIMITED, Fault.DAILY_LIMIT, Fault.FREE_TIER, Fault.LIMIT_SET),
        *(Fault.OVERLOADED, Fault.TIMEOUT, Fault.UNREACHABLE),
    )
)
"""What is wrong with one endpoint and need not be with another."""


DRAFT_AFTER_S = 0.05
"""When the embedded recogniser begins: the request is on its way then, and a quick answer needs no draft."""

DRAFTED = frozenset((Mode.FORMULA, Mode.HANDWRITING, Mode.AUTO))
"""What the embedded recogniser reads in one piece, quickly enough to be a draft."""

DRAFT_CONFIDENCE = 0.3
"""A draft of less is more often wrong than right, and is not shown."""


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
        """Read a picture; see `services.reading.snip_flow.Recognise`.

        A profile that is named is an endpoint that is wanted, whatever the settings say of the engine. While
        the user stays offline there is the embedded recogniser alone. When
        none is named and the settings say so, the other profiles are asked in their order where one is
        overloaded, limited or too slow; the answer then says so among its warnings.
        """
        spares = [] if profile else list(self._spares())
        choice = EngineChoice.ENDPOINT if profile else self._choice
        failures: list[EndpointError] = []
        name = ""
        while True:
            spare = spares.pop(0) if spares else None
            try:
                async with aclosing(self._ask(request, profile, choice, has_spare=bool(spare))) as events:
                    async for event in events:
                        if failures and isinstance(event, Recognition):
                            yield replace(event, warnings=(_said(failures, name), *event.warnings))
                        else:
                            yield event
            except EndpointError as error:
                # A spare that is not filled in is passed over; it is not what the user should hear of.
                unset = bool(failures) and error.fault is Fault.NOT_CONFIGURED
                if not unset and (error.fault not in _MAY_PASS or error.partial):
                    raise
                failures += [] if unset else [error]
                if spare is None:
                    raise failures[-1] from error
                profile, name = spare.id, spare.name
                yield Retrying(
                    len(failures) + 1,
                    0.0,
                    tr("{message} Asking {name} instead.", message=failures[-1].message, name=name),
                )
            else:
                return

    @property
    def drafts(self) -> bool:
        """Whether a draft is shown while an endpoint is asked."""
        settings = self._settings
        wanted = settings.settings.value.show_draft and self._choice is EngineChoice.AUTO
        return wanted and self._offline is not None and settings.is_configured()

    async def draft(self, request: RecognitionRequest, profile: str = "") -> Recognition | None:
        """Read a picture with the embedded recogniser while the endpoint is asked.

        It is for the eye: begun a moment later than the request, and given up by cancelling the task.

        Returns:
            The draft; None where none is wanted, the picture is not for the embedded recogniser, or it is not
            sure enough.
        """
        if not self.drafts or self._offline is None or request.mode not in DRAFTED:
            return None
        await self._clock.sleep(DRAFT_AFTER_S)
        service = RecognitionService({Engine.OFFLINE: self._offline}, self._clock)
        try:
            await self.connected(profile)  # without a key the embedded recogniser is the one that is asked
            events = [event async for event in service.recognize(request, EngineChoice.OFFLINE)]
        except WriteTexError:
            return None
        found = events[-1]
        sure = isinstance(found, Recognition) and (found.confidence or 0.0) >= DRAFT_CONFIDENCE
        return found if isinstance(found, Recognition) and sure else None

    @property
    def _choice(self) -> EngineChoice:
        """Which engine reads a picture of which nothing else is said."""
        return EngineChoice.OFFLINE if self._settings.offline.value else self._settings.settings.value.engine

    def _spares(self) -> tuple[Profile, ...]:
        """Give the profiles that are asked when the active one does not answer, in their order."""
        settings = self._settings.settings.value
        if not settings.fallback or self._choice is EngineChoice.OFFLINE:
            return ()
        return tuple(each for each in settings.profiles if each.id != settings.active_profile)

    async def _ask(
        self, request: RecognitionRequest, profile: str, choice: EngineChoice, *, has_spare: bool
    ) -> AsyncGenerator[RecognitionEvent, None]:
        """Ask one profile; one that has a spare is not waited for."""
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
        if has_spare and Engine.ENDPOINT in engines:
            engines.pop(Engine.OFFLINE, None)
        service = RecognitionService(engines, self._clock, RetryPolicy(most=0) if has_spare else None)
        async with aclosing(service.recognize(request, choice)) as events:
            async for event in events:
                yield event

    async def check(self) -> None:
        """See whether there is any engine to ask.

        Raises:
            EndpointError: There is none, or the endpoint is not set up whole.
            SettingsError: The key could not be read.
        """
        choice = self._choice
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
        while self._connected:
            _, recognizer = self._connected.popitem()
            await recognizer.aclose()


def _said(failures: list[EndpointError], name: str) -> str:
    """Say which profile answered in place of those that failed."""
    return " ".join([*(each.message for each in failures), tr("{name} read the picture instead.", name=name)])
