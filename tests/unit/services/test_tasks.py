import asyncio
import gc
import logging

import pytest

from tests.fakes import FakeNotifier
from writetex_desktop.core.errors import CaptureError, InternalError, WriteTexError
from writetex_desktop.core.notice import Level
from writetex_desktop.services.tasks import Tasks, redact


async def settled(task: asyncio.Task[object]) -> None:
    await asyncio.gather(task, return_exceptions=True)


async def test_a_task_gives_what_its_coroutine_gives() -> None:
    async def work() -> int:
        return 7

    notifier = FakeNotifier()
    assert await Tasks(notifier).spawn(work(), name="work") == 7
    assert notifier.notices == []


async def test_a_task_that_nobody_holds_lives_until_it_ends() -> None:
    tasks = Tasks(FakeNotifier())
    go, done = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await go.wait()
        done.set()

    tasks.spawn(work(), name="work")
    await asyncio.sleep(0)
    gc.collect()
    go.set()
    await done.wait()


async def test_an_error_of_ours_is_told_with_its_remedy() -> None:
    async def work() -> None:
        raise CaptureError("The screen is black.", "Switch it on.")

    notifier = FakeNotifier()
    await settled(Tasks(notifier).spawn(work(), name="work"))
    (notice,) = notifier.notices
    assert (notice.level, notice.message) == (Level.ERROR, "The screen is black.")
    assert notice.remedy.text == "Switch it on."


async def test_a_task_may_bring_its_own_sink() -> None:
    async def work() -> None:
        raise CaptureError("The screen is black.")

    notifier = FakeNotifier()
    told: list[WriteTexError] = []
    await settled(Tasks(notifier).spawn(work(), name="work", on_error=told.append))
    assert [error.message for error in told] == ["The screen is black."]
    assert notifier.notices == []


async def test_a_fault_of_ours_is_told_in_general_and_logged_without_values(
    caplog: pytest.LogCaptureFixture,
) -> None:
    keys: dict[str, str] = {}

    async def work() -> None:
        try:
            _ = keys["sk-secret"]
        except KeyError as error:
            raise ValueError("the text is \\wombat") from error

    told: list[WriteTexError] = []
    await settled(Tasks(FakeNotifier()).spawn(work(), name="snip", on_error=told.append))
    assert isinstance(told[0], InternalError)
    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    logged = record.getMessage()
    assert "snip" in logged
    assert "ValueError" in logged
    assert "KeyError" in logged
    assert "test_tasks.py" in logged
    assert "wombat" not in logged + str(record.exc_info)
    assert "sk-secret" not in logged
    caplog.clear()


async def test_a_cancellation_is_silence() -> None:
    notifier = FakeNotifier()
    task = Tasks(notifier).spawn(asyncio.Event().wait(), name="wait")
    await asyncio.sleep(0)
    task.cancel()
    await settled(task)
    assert notifier.notices == []


async def test_quitting_cancels_everything_and_waits_for_the_clean_up() -> None:
    tasks = Tasks(FakeNotifier())
    cleaned: list[int] = []

    async def work(number: int) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.append(number)

    for number in range(3):
        tasks.spawn(work(number), name="work")
    await asyncio.sleep(0)
    await tasks.cancel_all()
    assert sorted(cleaned) == [0, 1, 2]


async def test_the_task_that_quits_does_not_cancel_itself() -> None:
    tasks = Tasks(FakeNotifier())

    async def quit_all() -> str:
        await tasks.cancel_all()
        return "done"

    assert await tasks.spawn(quit_all(), name="quit") == "done"


def test_a_chain_of_errors_that_bites_its_tail_is_redacted() -> None:
    first, second = ValueError("a"), TypeError("b")
    first.__cause__, second.__cause__ = second, first
    assert redact(first) == "ValueError\nwhich came of:\nTypeError"
