"""Second starts, with real processes and a real socket."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from writetex_desktop.core.errors import StorageError
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import (
    Reply,
    Request,
    Verb,
)
from writetex_desktop.native.instance.server import claim, forward_or_claim

PROGRAM = """
import asyncio, sys
from writetex_desktop.native.instance.protocol import Reply, Request, Verb
from writetex_desktop.native.instance.server import InstanceServer, forward_or_claim

async def run(claimed):
    quit_asked = asyncio.Event()
    server = InstanceServer(claimed, lambda request: quit_asked.set() if request.verb is Verb.QUIT else None)
    await server.start()
    print("first", flush=True)
    await quit_asked.wait()
    await server.close()

outcome = forward_or_claim(Request(Verb.SHOW), sys.argv[1])
if isinstance(outcome, Reply):
    print("second" if outcome.ok else outcome.message, flush=True)
else:
    asyncio.run(run(outcome))
"""

Start = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "instance"


@pytest.fixture
def start(path: Path) -> Iterator[Start]:
    """Starts the program in a process; all are ended afterwards."""
    started: list[subprocess.Popen[str]] = []

    def begin() -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def says(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_only_the_user_can_reach_the_socket(path: Path) -> None:
    claimed = claim(str(path))
    assert claimed is not None
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    claimed.release()


def test_a_directory_that_others_can_enter_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o755)
    with pytest.raises(StorageError, match="not yours alone"):
        claim(str(path))


def test_a_link_in_the_place_of_the_directory_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "trap").mkdir(mode=0o700)
    path.parent.symlink_to(tmp_path / "trap")
    with pytest.raises(StorageError, match="not yours alone"):
        claim(str(path))


def test_the_claim_is_free_again_after_its_release(path: Path) -> None:
    first = claim(str(path))
    assert first is not None
    assert claim(str(path)) is None
    first.release()
    assert not path.exists()
    second = claim(str(path))
    assert second is not None
    second.release()


def test_a_second_start_reaches_the_first(start: Start, path: Path) -> None:
    assert says(start()) == "first"
    assert says(start()) == "second"
    assert forward(Request(Verb.QUIT), str(path)) == Reply(ok=True)


def test_a_killed_program_leaves_nothing_in_the_way(start: Start, path: Path) -> None:
    killed = start()
    assert says(killed) == "first"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert path.exists()
    assert forward(Request(Verb.PING), str(path)) is None
    assert says(start()) == "first"


def test_of_many_starts_at_once_exactly_one_is_the_first(start: Start) -> None:
    said = [says(process) for process in [start() for _ in range(6)]]
    assert sorted(said) == ["first", *["second"] * 5]


def test_after_a_quit_the_next_start_is_the_first(start: Start, path: Path) -> None:
    quitting = start()
    assert says(quitting) == "first"
    assert forward(Request(Verb.QUIT), str(path)) == Reply(ok=True)
    assert quitting.wait(timeout=20) == 0
    outcome = forward_or_claim(Request(Verb.SHOW), str(path))
    assert not isinstance(outcome, Reply)
    outcome.release()


def test_a_child_process_does_not_keep_the_claim(path: Path) -> None:
    claimed = claim(str(path))
    assert claimed is not None
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, close_fds=False) as child:
        claimed.release()
        again = claim(str(path))
        assert child.stdin is not None
        child.stdin.close()
    assert again is not None
    again.release()


def test_the_client_loads_neither_qt_nor_anything_else_of_weight(path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from writetex_desktop.native.instance.client import forward, instance_address;"
        "from writetex_desktop.native.instance.protocol import Request, Verb;"
        "assert instance_address(); assert forward(Request(Verb.PING), '/nowhere/at/all') is None;"
        "heavy = ('PySide6', 'asyncio', 'dataclasses', 'pathlib', 'logging', 'inspect');"
        "print([name for name in heavy if name in sys.modules])"
    )
    root = os.fspath(Path(__file__).parents[3])
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, root], check=True, capture_output=True, text=True
    )
    assert ran.stdout.strip() == "[]"
