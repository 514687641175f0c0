"""What every way from a second start to the program that runs keeps to. To hold another to it, add a rig."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

import pytest

from tests.foreign_pipes import OTHER_USER, Windows
from writetex_desktop import __version__
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.native.instance.client import Connection, connect, forward
from writetex_desktop.native.instance.pipe import connect_pipe, pipe_address
from writetex_desktop.native.instance.pipe_server import claim_pipe
from writetex_desktop.native.instance.protocol import (
    MAX_LINE_BYTES,
    Reply,
    Request,
    Verb,
    format_request,
    parse_reply,
)
from writetex_desktop.native.instance.server import Claim, InstanceServer, claim
from writetex_desktop.native.instance.windows_pipe_abi import SecurityAttributes
from writetex_desktop.native.instance.windows_pipes import load_pipes


class Rig(Protocol):
    """One machine, one user."""

    def claim(self) -> Claim | None: ...

    def connect(self, timeout_s: float = 10.0) -> Connection | None: ...


class SocketRig:
    def __init__(self, folder: Path) -> None:
        self._path = str(folder / "run" / "instance")

    def claim(self) -> Claim | None:
        return claim(self._path)

    def connect(self, timeout_s: float = 10.0) -> Connection | None:
        return connect(self._path, timeout_s)


class PipeRig:
    def __init__(self, _folder: Path) -> None:
        self.windows = Windows()
        self.pipes = load_pipes(self.windows)
        self.name = pipe_address(self.pipes)

    def claim(self) -> Claim | None:
        return claim_pipe(self.name, self.pipes, 5.0)

    def connect(self, timeout_s: float = 10.0) -> Connection | None:
        return connect_pipe(self.name, timeout_s, self.pipes)


@pytest.fixture(params=[SocketRig, PipeRig], ids=["socket", "pipe"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    made: Rig = request.param(tmp_path)
    return made


@asynccontextmanager
async def serving(rig: Rig, handle: Callable[[Request], None]) -> AsyncIterator[None]:
    claimed = rig.claim()
    assert claimed is not None
    server = InstanceServer(claimed, handle)
    await server.start()
    try:
        yield
    finally:
        await server.close()


def tell(rig: Rig, request: Request, timeout_s: float = 10.0) -> Reply | None:
    return forward(request, "", timeout_s, connect=lambda _address, timeout: rig.connect(timeout))


async def ask(rig: Rig, request: Request, timeout_s: float = 10.0) -> Reply | None:
    return await asyncio.to_thread(tell, rig, request, timeout_s)


async def send(rig: Rig, line: bytes) -> bytes:
    def exchange() -> bytes:
        connection = rig.connect()
        assert connection is not None
        try:
            return connection.exchange(line)
        finally:
            connection.close()

    return await asyncio.to_thread(exchange)


def test_nobody_answers_where_no_program_runs(rig: Rig) -> None:
    assert tell(rig, Request(Verb.PING)) is None


async def test_a_request_reaches_the_program_and_is_confirmed(rig: Rig) -> None:
    heard: list[Request] = []
    request = Request(Verb.OPEN, files=("/home/a b/é.png",))
    async with serving(rig, heard.append):
        assert await ask(rig, request) == Reply(ok=True)
        assert await ask(rig, Request(Verb.SHOW)) == Reply(ok=True)
    assert heard == [request, Request(Verb.SHOW)]


async def test_several_second_starts_at_once_are_all_answered(rig: Rig) -> None:
    heard: list[Request] = []
    async with serving(rig, heard.append):
        replies = await asyncio.gather(*(ask(rig, Request(Verb.SNIP, delay_s=each)) for each in range(4)))
    assert replies == [Reply(ok=True)] * 4
    assert len(heard) == 4


async def test_a_ping_is_answered_with_the_version_and_disturbs_nobody(rig: Rig) -> None:
    heard: list[Request] = []
    async with serving(rig, heard.append):
        assert await ask(rig, Request(Verb.PING)) == Reply(ok=True, message=__version__)
    assert heard == []


async def test_a_failure_is_told_to_who_asked(rig: Rig) -> None:
    def fail(_request: Request) -> None:
        raise CaptureError("The screen cannot be read.", "Turn it on.")

    async with serving(rig, fail):
        reply = await ask(rig, Request(Verb.SNIP, delay_s=3.0))
    assert reply == Reply(ok=False, message="The screen cannot be read.", remedy="Turn it on.")


async def test_nonsense_is_refused_and_the_program_goes_on(rig: Rig) -> None:
    heard: list[Request] = []
    async with serving(rig, heard.append):
        assert not parse_reply(await send(rig, b'{"verb": "format-disk"}\n')).ok
        assert not parse_reply(await send(rig, b"\xff\xfe\n")).ok
        looked = rig.connect()
        assert looked is not None
        looked.close()
        assert await ask(rig, Request(Verb.SHOW)) == Reply(ok=True)
    assert heard == [Request(Verb.SHOW)]


async def test_a_line_without_end_is_cut_off(rig: Rig) -> None:
    heard: list[Request] = []
    async with serving(rig, heard.append):
        with suppress(ConnectionError):  # the kernel says it so when unread bytes were left
            assert await send(rig, b"x" * (3 * MAX_LINE_BYTES)) == b""
        assert await ask(rig, Request(Verb.PING)) == Reply(ok=True, message=__version__)
    assert heard == []


async def test_a_request_made_before_the_loop_runs_is_answered_later(rig: Rig) -> None:
    claimed = rig.claim()
    assert claimed is not None
    heard: list[Request] = []
    connection = rig.connect()
    assert connection is not None
    asking = asyncio.create_task(asyncio.to_thread(connection.exchange, format_request(Request(Verb.SNIP))))
    server = InstanceServer(claimed, heard.append)
    await server.start()
    assert parse_reply(await asking).ok
    connection.close()
    await server.close()
    assert heard == [Request(Verb.SNIP)]


async def test_a_program_that_hangs_is_not_waited_for_without_end(rig: Rig) -> None:
    claimed = rig.claim()
    assert claimed is not None
    reply = await ask(rig, Request(Verb.SNIP), 0.05)
    claimed.release()
    assert reply is not None
    assert not reply.ok
    assert "does not answer" in reply.message


async def test_the_claim_is_free_again_after_its_end(rig: Rig) -> None:
    first = rig.claim()
    assert first is not None
    assert rig.claim() is None
    first.release()
    async with serving(rig, lambda _request: None):
        assert rig.claim() is None
    last = rig.claim()
    assert last is not None
    last.release()


# --- What Windows alone has -------------------------------------------------------------------------------


def test_the_structure_has_the_size_and_the_offsets_of_the_header() -> None:
    offsets = [getattr(SecurityAttributes, name).offset for name, _kind in SecurityAttributes._fields_]
    assert offsets == [0, 8, 16]  # where pointers have 64 bits


def test_the_pipe_is_named_after_user_and_logon_session() -> None:
    assert pipe_address(load_pipes(Windows())) == r"\\.\pipe\writetex-desktop-S-1-5-21-1-2-3-1001-2"


async def test_a_second_start_lets_the_first_come_to_the_front_and_leaves_nothing(tmp_path: Path) -> None:
    rig = PipeRig(tmp_path)
    async with serving(rig, lambda _request: None):
        await ask(rig, Request(Verb.SHOW))
    assert rig.windows.foreground_let == [4711]
    assert rig.windows.leaks == set()
    assert rig.windows.pipes == {}


def test_a_pipe_that_another_user_made_first_is_told_nothing(tmp_path: Path) -> None:
    rig = PipeRig(tmp_path)
    assert rig.pipes.create(rig.name, OTHER_USER) is not None
    assert tell(rig, Request(Verb.SHOW)) is None
    assert rig.windows.pipes[rig.name].to_server == b""
    assert rig.claim() is None


def test_a_killed_program_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    rig = PipeRig(tmp_path)
    assert rig.claim() is not None
    rig.windows.end_process(rig.name)
    assert tell(rig, Request(Verb.PING)) is None
    assert rig.claim() is not None
