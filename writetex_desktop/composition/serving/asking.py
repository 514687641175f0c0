"""A snip for another program, asked of the program with the window, which is another process."""

import asyncio
import json
from collections.abc import Mapping
from typing import Final

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.serving.wishes import SnipOrder
from writetex_desktop.native.instance.client import forward, instance_address
from writetex_desktop.native.instance.protocol import Reply, Request, Verb

_PATIENCE_S: Final = 300.0
"""How long the user may take to draw the box, and the engine to read."""

_PAUSE_S: Final = 0.25
"""How often it is asked whether the user is done; a person draws no box in less."""


async def ask_desktop(order: SnipOrder) -> Mapping[str, object] | None:
    """Let the user snip with the program that runs; gives the record of what was read.

    Raises:
        CaptureError: None runs, or it says why it does not; or the user takes too long.
    """
    wish = Request(
        Verb.SNIP, order.delay_s, repeat=order.repeat, profile=order.profile, form=order.form.value
    )
    ticket = (await _ask(wish)).result
    if not ticket:
        raise CaptureError(
            tr("The program that runs is of an older version."), tr("Quit it and start it again.")
        )
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                await asyncio.sleep(_PAUSE_S)
                found = (await _ask(Request(Verb.FETCH, ticket=ticket))).result
                if found:
                    record = json.loads(found)
                    return record if isinstance(record, dict) else None
    except TimeoutError as error:
        raise CaptureError(
            tr("Nothing was snipped in five minutes."), tr("Ask again when you are ready.")
        ) from error


async def _ask(request: Request) -> Reply:
    reply = await asyncio.to_thread(forward, request, instance_address())
    if reply is None:
        raise CaptureError(
            tr("WriteTex Desktop does not run, and only it can show the screen."),
            tr("Start `writetex`, and ask again."),
        )
    if not reply.ok:
        raise CaptureError(reply.message, reply.remedy)
    return reply
