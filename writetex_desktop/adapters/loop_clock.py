"""Time, as the event loop counts it."""

import asyncio
import time


class LoopClock:
    """The `Clock` of the program."""

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait on the running loop."""
        await asyncio.sleep(seconds)
