"""A recogniser whose requests are counted and priced, whoever makes them."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from writetex_desktop.core.reading.recognition import Completed, RecognitionRequest, RecognizerEvent
from writetex_desktop.services.reading.engines import EndpointRecognizer
from writetex_desktop.services.settings.spending import Spending


class MeteredRecognizer:
    """Asks another recogniser, and says in `Completed` what it cost.

    Args:
        recognizer: Reads the pictures.
        base_url: Its endpoint's, normalised.
        model: Its endpoint's.
        spending: Counts, and refuses what goes over the user's limit.
    """

    def __init__(self, recognizer: EndpointRecognizer, base_url: str, model: str, spending: Spending) -> None:
        self._recognizer = recognizer
        self._base_url = base_url
        self._model = model
        self._spending = spending

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        """See `Recognizer.recognize`. An answer that ends early is counted as an estimate.

        Raises:
            EndpointError: Also when the user's monthly limit would be passed, `Fault.CAP_REACHED`.
        """
        at = (self._base_url, self._model)
        more = request.guidance.tokens
        self._spending.check(*at, more_tokens=more)
        events = cast("AsyncGenerator[RecognizerEvent, None]", self._recognizer.recognize(request))
        is_owed = False
        try:
            async with aclosing(events):
                async for event in events:
                    if isinstance(event, Completed):
                        is_owed = False
                        cost = self._spending.record(*at, event.usage, more_tokens=more)
                        yield replace(event, cost=cost)
                    else:
                        is_owed = True
                        yield event
        finally:
            if is_owed:
                self._spending.record(*at, None, more_tokens=more)

    async def warm(self) -> None:
        """See `EndpointRecognizer.warm`."""
        await self._recognizer.warm()

    async def aclose(self) -> None:
        """See `EndpointRecognizer.aclose`."""
        await self._recognizer.aclose()
