"""Other programs, run for real."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from writetex_desktop.services.programs import Ended, run_program

LONG_S = 600.0


async def python(
    code: str, *words: str, given: bytes | None = None, time_s: float = LONG_S, is_read: bool = True
) -> Ended:
    return await run_program(
        *(sys.executable, "-c", code, *words),
        environment={**os.environ, "WRITETEX_API_KEY": "sk-secret"},
        time_s=time_s,
        given=given,
        is_read=is_read,
    )


async def test_what_is_given_is_read_and_what_is_written_comes_back() -> None:
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1]); sys.exit(3)"
    assert await python(code, given=b"abc") == Ended(3, b"cba")
    assert await python("import sys; print(repr(sys.stdin.read()))") == Ended(0, f"''{os.linesep}".encode())


async def test_no_key_of_ours_is_handed_on() -> None:
    ended = await python("import os; print([name for name in os.environ if name.startswith('WRITETEX_')])")
    assert ended.written.strip() == b"[]"


async def test_a_program_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        await run_program("writetex-no-such-program", environment=os.environ, time_s=LONG_S)


@pytest.mark.skipif(sys.platform == "win32", reason="children there do not inherit what is not read")
async def test_one_that_leaves_a_child_behind_is_not_waited_for_when_nobody_reads() -> None:
    child = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)'])"
    assert await python(child, is_read=False) == Ended(0)


@pytest.mark.skipif(sys.platform == "win32", reason="children are no group there")
@pytest.mark.parametrize("ends", ["late", "cancelled"])
async def test_one_that_is_ended_takes_its_children_along(tmp_path: Path, ends: str) -> None:
    """The child keeps the output open, and would be waited for."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = "exec 3>$0; (echo started >&3; sleep 600) & wait"
    running = asyncio.ensure_future(
        run_program(
            "sh", "-c", code, str(pipe), environment=os.environ, time_s=1 if ends == "late" else LONG_S
        )
    )
    # It opens when the program has opened it too.
    with await asyncio.to_thread(lambda: pipe.open("rb", buffering=0)) as listened:
        assert await asyncio.to_thread(listened.readline) == b"started\n"
        if ends == "cancelled":
            running.cancel()
        with pytest.raises((TimeoutError, asyncio.CancelledError)):
            await running
        assert await asyncio.to_thread(listened.read) == b""  # nobody holds the other end any more


async def test_it_can_be_cancelled_at_every_moment_of_its_start() -> None:
    for pause_s in (0, 0.001, 0.002, 0.004, 0.008, 0.016) * 3:
        running = asyncio.ensure_future(python("import time; time.sleep(600)"))
        await asyncio.sleep(pause_s)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running


async def test_one_that_writes_without_end_is_ended(tmp_path: Path) -> None:
    place = tmp_path / "number"
    code = (
        "import os, sys; open(sys.argv[1], 'w').write(str(os.getpid()))\nwhile True: os.write(1, bytes(9999))"
    )
    with pytest.raises(OSError, match="without end"):
        await run_program(
            *(sys.executable, "-c", code, str(place)),
            environment=os.environ,
            time_s=LONG_S,
            most_bytes=1_000_000,
        )
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(int(place.read_text("ascii")), 0)


async def test_one_that_reads_nothing_is_not_waited_for() -> None:
    assert await python("print(1)", given=bytes(10_000_000)) == Ended(0, f"1{os.linesep}".encode())


async def test_much_goes_in_and_out_at_the_same_time() -> None:
    code = "import shutil, sys; shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)"
    data = os.urandom(5_000_000)
    assert await python(code, given=data) == Ended(0, data)
