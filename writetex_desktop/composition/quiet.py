"""What is done without a word to the user."""

import logging
from collections.abc import Coroutine
from typing import Any

from writetex_desktop.core.errors import WriteTexError

_log = logging.getLogger(__name__)


async def quietly(ending: Coroutine[Any, Any, None]) -> None:
    """Do something at the end of the program, when nobody is there any more to be told that it failed."""
    try:
        await ending
    except WriteTexError as error:
        log_only(error)


def log_only(error: WriteTexError) -> None:
    """Take note of what is not worth a word yet: the first snip that meets the same obstacle says it."""
    _log.info("getting ready ended with %s", type(error).__name__)
