"""A recogniser whose failures say what would work, where that can be found out."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from typing import cast

from writetex_desktop.core.endpoints.catalogue.models import nearest
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.verdict import IN_DOUBT, decided
from writetex_desktop.core.errors import EndpointError, Fault, Remedy
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import RecognitionRequest, RecognizerEvent
from writetex_desktop.services.endpoints.model_lists import ModelLists
from writetex_desktop.services.reading.engines import EndpointRecognizer

PATIENCE_S = 6.0
"""How long advice is looked for, while the user waits to hear of the failure."""

_ELSEWHERE = frozenset((Fault.WRONG_PATH, Fault.NOT_AN_API))


class AdvisedRecognizer:
    """Asks another recogniser; where base URL or model ID are wrong, looks for right ones.

    Args:
        recognizer: Reads the pictures.
        endpoint: Its endpoint.
        lists: Knows or asks which models and paths there are.
    """

    def __init__(self, recognizer: EndpointRecognizer, endpoint: Endpoint, lists: ModelLists) -> None:
        self._recognizer = recognizer
        self._endpoint = endpoint
        self._lists = lists

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        """See `Recognizer.recognize`; an `EndpointError` has a `suggestion` where one was found."""
        events = cast("AsyncGenerator[RecognizerEvent, None]", self._recognizer.recognize(request))
        try:
            async with aclosing(events):
                async for event in events:
                    yield event
        except EndpointError as error:
            if error.suggestion or error.partial or error.fault not in IN_DOUBT:
                raise
            advised = error
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_S):
                    advised = await self._advised(error)
            if advised is error:
                raise
            raise advised from error

    async def warm(self) -> None:
        """See `EndpointRecognizer.warm`."""
        await self._recognizer.warm()

    async def aclose(self) -> None:
        """See `EndpointRecognizer.aclose`."""
        await self._recognizer.aclose()

    async def _advised(self, error: EndpointError) -> EndpointError:
        """Let the server's list decide what the failure was, and name what would work."""
        choice = await self._lists.models(self._endpoint)
        if choice.listed:
            error = decided(error, self._endpoint.base_url, choice.models)
        action = error.remedy.action
        if error.fault in _ELSEWHERE and not choice.listed:
            better = await self._lists.better_base_url(self._endpoint)
            if better:
                error.suggestion = better
                error.remedy = Remedy(
                    tr("Put {better} into the base URL in the settings.", better=better), action
                )
        elif error.fault is Fault.WRONG_MODEL:
            close = nearest(self._endpoint.model, choice.models)
            if close:
                error.suggestion = close[0]
                error.remedy = Remedy(
                    tr("Try {names} as model ID in the settings.", names=" or ".join(close)), action
                )
        return error
