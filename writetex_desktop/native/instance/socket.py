"""The way to the program that runs on Linux and macOS: a Unix socket in a directory of the user's own.

The half of who starts second, which imports next to nothing; `instance_socket_server` is the other.
"""

import os
import socket
import sys

from writetex_desktop.native.instance.protocol import MAX_LINE_BYTES

assert sys.platform != "win32"

MAX_PATH_BYTES = 103
"""What a `sockaddr_un` holds on macOS without the zero at its end; Linux has four more."""


def socket_path(runtime_dir: str | None, user_id: int) -> str:
    """Give the absolute path of the socket of this user's program.

    Args:
        runtime_dir: What `XDG_RUNTIME_DIR` holds: a directory that only the user can enter; None or empty
            for none, as on macOS. A directory of the user's own below `/tmp` takes its place then, and where
            its name is too long for a socket.
        user_id: As `os.getuid()` gives.
    """
    if runtime_dir and runtime_dir.startswith("/"):
        path = f"{runtime_dir}/writetex-desktop/instance"
        if len(os.fsencode(path)) <= MAX_PATH_BYTES:
            return path
    return f"/tmp/writetex-desktop-{user_id}/instance"  # noqa: S108 - the server checks whose it is


class SocketConnection:
    """A `Connection` through a socket."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def exchange(self, line: bytes) -> bytes:
        """See `Connection.exchange`."""
        self._socket.sendall(line)
        answer = b""
        while not answer.endswith(b"\n") and len(answer) <= MAX_LINE_BYTES:
            piece = self._socket.recv(4096)
            if not piece:
                break
            answer += piece
        return answer

    def close(self) -> None:
        """See `Connection.close`."""
        self._socket.close()


def connect_socket(path: str, timeout_s: float) -> SocketConnection | None:
    """Reach the program that listens at a path; None when none does."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(timeout_s)
    try:
        if os.lstat(path.rpartition("/")[0]).st_uid == os.getuid():
            connection.connect(path)
            return SocketConnection(connection)
    except OSError:  # no such file, or nobody listens any more
        pass
    connection.close()
    return None  # else somebody else waits there for file names; `claim` then says so
