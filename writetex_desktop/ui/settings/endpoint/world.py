"""What the endpoint page needs of the outside; known at the start, unlike the page itself."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from writetex_desktop.core.endpoints.connection import ConnectionReport
from writetex_desktop.core.endpoints.wire.rules import WireRules
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.services.endpoints.local_servers import LocalServer
from writetex_desktop.services.endpoints.model_lists import ModelLists


class RunTrial(Protocol):
    """Tries the active endpoint; see `services.endpoints.connection_test.ConnectionTest.run`."""

    def __call__(self, report: Callable[[ConnectionReport], None]) -> Coroutine[Any, Any, ConnectionReport]:
        """Try it and tell of each step."""
        ...


@dataclass(frozen=True, slots=True)
class EndpointWorld:
    """What the endpoint page needs of the outside, chosen by `composition`.

    Attributes:
        try_out: Tries the active endpoint.
        lists: Asks servers for their models.
        find_servers: Looks for servers on this machine.
        picture: Gives the test picture.
        open_page: Opens an address in the browser; False when there is none.
        clipboard: Takes the curl lines.
        read_text: Reads a text file; called in a thread.
        write_text: Writes a text file; called in a thread.
        rules: Gives what is known of a base URL and a model.
        take_catalogue: Takes a list of providers from a file or an address, and says what was taken; raises a
            `WriteTexError`.
    """

    try_out: RunTrial
    lists: ModelLists
    find_servers: Callable[[], Coroutine[Any, Any, tuple[LocalServer, ...]]]
    picture: Callable[[], EncodedImage]
    open_page: Callable[[str], bool]
    clipboard: Clipboard
    read_text: Callable[[Path], str]
    write_text: Callable[[Path, str], None]
    rules: Callable[[str, str], WireRules]
    take_catalogue: Callable[[str], Coroutine[Any, Any, str]]
