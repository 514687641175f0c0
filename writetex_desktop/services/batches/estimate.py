"""How much a batch will use and cost: asked before it begins."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal

from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState
from writetex_desktop.core.batches.estimate import Estimate, estimate_batch
from writetex_desktop.core.costs.cost import at_share
from writetex_desktop.core.errors import EndpointError, Fault, ImageError, StorageError
from writetex_desktop.core.pictures.geometry import Size
from writetex_desktop.core.reading.guidance import NO_GUIDANCE, Guidance
from writetex_desktop.core.reading.recognition import EngineChoice, Mode
from writetex_desktop.services.batches.batch import SourceReader
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.settings.spending import Spending

SAMPLES = 8
"""How many pictures are looked at; they lie evenly in the batch."""


class Estimator:
    """Estimates batches.

    Args:
        reader: Gives the pictures.
        settings: Say which endpoint is asked.
        spending: Says its price, and the user's limit.
        guide: Gives what goes along with each picture.
    """

    def __init__(
        self,
        reader: SourceReader,
        settings: SettingsService,
        spending: Spending,
        *,
        guide: Callable[[Mode], Awaitable[Guidance]],
    ) -> None:
        self._reader = reader
        self._settings = settings
        self._spending = spending
        self._guide = guide

    async def estimate(self, batch: Batch, *, share: Decimal = Decimal(1)) -> Estimate:
        """Estimate what of a batch is not done yet.

        Args:
            batch: The batch.
            share: What is paid of the price: 0.5 is half.

        Raises:
            EndpointError: The endpoint is set up with values that cannot be used.
            SettingsError: Its key could not be read.
        """
        left = [item for item in batch.items if item.state is not ItemState.DONE]
        choice = self._settings.settings.value.engine
        if choice is EngineChoice.OFFLINE or self._settings.offline.value:
            return Estimate(len(left))
        try:
            endpoint = await self._settings.endpoint()
        except EndpointError as error:
            if choice is EngineChoice.AUTO and error.fault is Fault.NOT_CONFIGURED:
                return Estimate(len(left))
            raise
        step = max(1, len(left) // SAMPLES)
        samples = [
            (item.mode, size)
            for item in left[::step][:SAMPLES]
            if (size := await asyncio.to_thread(self._size, item)) is not None
        ]
        price = self._spending.price(endpoint.base_url, endpoint.model)
        paid = None if price is None else at_share(price, share)
        counts = dict(Counter(item.mode for item in left))
        guidance = {mode: await self._guidance(mode) for mode in counts}
        estimate = estimate_batch(endpoint.model, paid, counts, samples, guidance)
        is_over = estimate.cost is not None and self._spending.is_over_limit(estimate.cost.high)
        return replace(estimate, is_over_limit=is_over)

    def _size(self, item: BatchItem) -> Size | None:
        """Give the size of a picture as it is sent; None where it cannot be read, which is told later."""
        try:
            image = self._reader.encode(item.source, self._reader.bitmap(item.source))
        except ImageError:
            return None
        return Size(image.width, image.height)

    async def _guidance(self, mode: Mode) -> Guidance:
        """Give what goes along; a document that cannot be read does not, which is told with the reading."""
        try:
            return await self._guide(mode)
        except StorageError:
            return NO_GUIDANCE
