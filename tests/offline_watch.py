"""Runs `writetex` and writes down every attempt to reach the network: the proof of "Stay offline".

`python -m tests.offline_watch FILE WORDS...` runs `writetex WORDS...`; each line of FILE is an attempt. What
the program speaks with on its own machine (X server, session bus, a second start) goes over sockets of the
file system and is not counted.
"""

import socket
import sys
from pathlib import Path

_LOCAL = frozenset((socket.AF_UNIX,))
_NETWORK = frozenset(("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"))
_NAMES = frozenset(("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"))
MODULES = ("openai", "httpx2", "httpcore2", "anyio")
"""What only a request needs."""


def watch(file: Path) -> None:
    """Write every attempt of this process to a file."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.__new__" and arguments[1] not in _LOCAL:
            attempt = f"{event} {arguments[1]}"
        elif (event in _NETWORK and getattr(arguments[0], "family", None) not in _LOCAL) or event in _NAMES:
            attempt = event
        elif event == "import" and arguments[0] in MODULES:
            attempt = f"{event} {arguments[0]}"
        else:
            return
        with file.open("a", encoding="utf-8") as log:
            log.write(attempt + "\n")

    file.touch()
    sys.addaudithook(hook)


def main() -> int:
    """Watch, then run the program; gives its exit status."""
    watch(Path(sys.argv[1]))
    from writetex_desktop.cli import main as writetex  # noqa: PLC0415 - watched from its first import on

    return writetex(sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
