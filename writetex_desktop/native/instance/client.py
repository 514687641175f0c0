"""Hands a wish to the program that runs, without loading it a second time.

`writetex snip` imports this first; see `instance_protocol` for why it imports so little. The
program is reached by a named pipe on Windows, and by a Unix socket elsewhere.
"""

import os
import sys
from collections.abc import Callable
from typing import Protocol

from writetex_desktop.native.instance.protocol import Reply, Request, format_request, parse_reply

REPLY_TIMEOUT_S = 10.0
"""How long the other program may take; one that starts at this moment answers when its loop runs."""


class Connection(Protocol):
    """A way to the program that runs, for one line each way."""

    def exchange(self, line: bytes) -> bytes:
        """Send a line and wait for the one that comes back; less than a line when it breaks off.

        Raises:
            OSError: It breaks off, or takes longer than was agreed.
        """
        ...

    def close(self) -> None:
        """Give it up."""
        ...


def instance_address() -> str:
    """Give the address of the program of this user, in this session."""
    if sys.platform == "win32":
        from writetex_desktop.native.instance.pipe import pipe_address  # noqa: PLC0415 - Windows' alone
        from writetex_desktop.native.instance.windows_pipes import load_pipes  # noqa: PLC0415 - Windows' alone

        return pipe_address(load_pipes())
    else:  # noqa: RET505 - mypy reads one branch on each system
        from writetex_desktop.native.instance.socket import socket_path  # noqa: PLC0415 - not on Windows

        return socket_path(os.environ.get("XDG_RUNTIME_DIR"), os.getuid())


def connect(address: str, timeout_s: float) -> Connection | None:
    """Reach the program that runs; None when none does.

    Args:
        address: As `instance_address` gives.
        timeout_s: How long each step may take.

    Raises:
        OSError: One runs and lets nobody in.
    """
    if sys.platform == "win32":
        from writetex_desktop.native.instance.pipe import connect_pipe  # noqa: PLC0415 - Windows' alone
        from writetex_desktop.native.instance.windows_pipes import load_pipes  # noqa: PLC0415 - Windows' alone

        return connect_pipe(address, timeout_s, load_pipes())
    else:  # noqa: RET505 - mypy reads one branch on each system
        from writetex_desktop.native.instance.socket import connect_socket  # noqa: PLC0415 - not on Windows

        return connect_socket(address, timeout_s)


def forward(
    request: Request,
    address: str,
    timeout_s: float = REPLY_TIMEOUT_S,
    *,
    connect: Callable[[str, float], Connection | None] = connect,
) -> Reply | None:
    """Hand a request to the program that runs and wait for its reply.

    Args:
        request: The wish; paths in it are absolute.
        address: As `instance_address` gives.
        timeout_s: How long to wait for the reply.
        connect: Reaches the program.

    Returns:
        The reply, also when the program does not answer or answers nonsense; None when no program runs.
    """
    try:
        connection = connect(address, timeout_s)
        if connection is None:
            return None
        try:
            return parse_reply(connection.exchange(format_request(request)))
        finally:
            connection.close()
    except (ValueError, OSError) as error:
        return _failed(error)


def _failed(error: ValueError | OSError) -> Reply:
    """Say that the running program could not be asked; words are loaded for that alone."""
    from writetex_desktop.core.language.words import tr  # noqa: PLC0415 - a second start is to be quick

    if isinstance(error, ValueError):
        return Reply(
            ok=False,
            message=tr("The request could not be handed on."),
            remedy=tr("Quit WriteTex Desktop from its tray menu and start it again."),
        )
    return Reply(
        ok=False,
        message=tr("WriteTex Desktop runs but does not answer."),
        remedy=tr("End it and start it again."),
    )
