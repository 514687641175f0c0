"""Snips that other programs asked for: each has a ticket until it is fetched."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from writetex_desktop.core.errors import CaptureError, WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.serving.wishes import SnipOrder, snip_order

_MOST_KEPT: Final = 8
"""Results that nobody has fetched; the oldest is dropped for a new one."""


class AskedSnips:
    """Begins snips for others and keeps what comes of them.

    Args:
        snip: Lets the user snip, and gives the record of what was read.
    """

    def __init__(self, snip: Callable[[SnipOrder], Awaitable[Mapping[str, object]]]) -> None:
        self._snip = snip
        self._running: dict[str, asyncio.Future[Mapping[str, object]]] = {}

    def begin(self, wish: Mapping[str, object]) -> str:
        """Begin a snip; gives its ticket.

        Args:
            wish: The fields of `POST /v1/snip`.

        Raises:
            Refusal: One of them is wrong.
        """
        order = snip_order(wish)
        while len(self._running) >= _MOST_KEPT:
            self._drop(next(iter(self._running)))
        ticket = secrets.token_hex(8)
        self._running[ticket] = asyncio.ensure_future(self._snip(order))
        return ticket

    def fetch(self, ticket: str) -> str:
        """Give the record as a line of JSON; nothing as long as the user is about it.

        Raises:
            CaptureError: There is no such snip.
            WriteTexError: It failed.
        """
        found = self._running.get(ticket)
        if found is None:
            raise CaptureError(tr("That snip is not known any more."), tr("Ask for another one."))
        if not found.done():
            return ""
        del self._running[ticket]
        if found.cancelled():
            raise CaptureError(tr("The snip was given up."), tr("Ask for another one."))
        return json.dumps(found.result())

    def close(self) -> None:
        """Wait for none of them any more."""
        while self._running:
            self._drop(next(iter(self._running)))

    def _drop(self, ticket: str) -> None:
        dropped = self._running.pop(ticket)
        dropped.cancel()
        dropped.add_done_callback(_forget)


def _forget(dropped: asyncio.Future[Mapping[str, object]]) -> None:
    """Look at what nobody will fetch, or asyncio says that nobody did."""
    if not dropped.cancelled() and isinstance(dropped.exception(), WriteTexError):
        return
