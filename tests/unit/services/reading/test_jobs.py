"""A whole picture, from any door to its markup, with neither Qt nor mocks."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.fakes import FakeClock, FakeImageCodec, FakeNotifier, FakeRegionSelector, FakeScreenGrabber
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, Place, ScreenFrame, Selection
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    ReasoningDelta,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    Retrying,
    TextDelta,
)
from writetex_desktop.services.reading.capture import capture
from writetex_desktop.services.reading.jobs import UNPACKED, Jobs
from writetex_desktop.services.reading.snip_flow import Recognise
from writetex_desktop.services.tasks import Tasks

PICTURE = Bitmap(2, 1, bytes(8))


def answer(markup: str) -> Recognition:
    return Recognition(markup, Mode.FORMULA, Engine.ENDPOINT, "m", 0.5)


class Script:
    """An engine that plays events; an exception in them is raised, an event object is waited for."""

    def __init__(self, *steps: RecognitionEvent | Exception | asyncio.Event) -> None:
        self.steps = steps
        self.asked: list[tuple[RecognitionRequest, str]] = []
        self.three_asked = asyncio.Event()

    async def __call__(self, request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
        self.asked.append((request, profile))
        if len(self.asked) == 3:
            self.three_asked.set()
        for step in self.steps:
            match step:
                case asyncio.Event():
                    await step.wait()
                case Exception():
                    raise step
                case _:
                    yield step


def jobs_with(recognise: Recognise) -> tuple[Jobs, Tasks, list[Job]]:
    tasks = Tasks(FakeNotifier())
    jobs = Jobs(FakeImageCodec(), recognise, FakeClock(), tasks)
    seen: list[Job] = []
    jobs.jobs.subscribe(lambda now: seen.append(now[-1]))
    return jobs, tasks, seen


async def until(jobs: Jobs, job_id: int, condition: Callable[[Job], bool]) -> Job:
    """Wait until a job is as wanted."""
    reached = asyncio.Event()
    end = jobs.jobs.subscribe(lambda now: reached.set() if condition(now[job_id - 1]) else None)
    if not condition(jobs.job(job_id)):
        await asyncio.wait_for(reached.wait(), 10)
    end()
    return jobs.job(job_id)


def has(stage: Stage) -> Callable[[Job], bool]:
    return lambda job: job.stage is stage


def has_text(job: Job) -> bool:
    return bool(job.text)


async def test_a_snip_is_the_pixels_of_the_selection() -> None:
    pixels = bytes(range(4 * 4 * 2))
    frame = ScreenFrame(Screen("A", Rect(0, 0, 4, 2), 1.0), Bitmap(4, 2, pixels))
    selection = Selection(frame, Rect(1, 1, 2, 1))
    found = await capture(FakeScreenGrabber((frame,)), FakeRegionSelector(lambda _frames: selection))
    assert found is not None
    assert found[0] == Place(frame.screen, selection.region)
    assert found[1].data == pixels[20:28]


async def test_the_last_region_is_cut_out_again_without_asking_and_the_first_time_the_user_is_asked() -> None:
    def frames(shade: int) -> tuple[ScreenFrame, ...]:
        return (ScreenFrame(Screen("A", Rect(0, 0, 4, 2), 1.0), Bitmap(4, 2, bytes([shade] * 32))),)

    asked: list[object] = []

    def choose(shown: tuple[ScreenFrame, ...]) -> Selection:
        asked.append(shown)
        return Selection(shown[0], Rect(1, 1, 2, 1))

    selector = FakeRegionSelector(choose)
    await capture(FakeScreenGrabber(frames(1)), selector, repeat=True)
    again = await capture(FakeScreenGrabber(frames(2)), selector, repeat=True)
    assert again is not None
    assert again[1].data == bytes([2] * 8)
    assert len(asked) == 1


async def test_choosing_nothing_is_no_snip() -> None:
    assert await capture(FakeScreenGrabber(()), FakeRegionSelector(lambda _frames: None)) is None


async def test_text_streams_cleaned_and_ends_as_the_recognition() -> None:
    engine = Script(TextDelta("```latex\n"), TextDelta("x^2"), answer("x^2"))
    jobs, _tasks, seen = jobs_with(engine)
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    done = await until(jobs, job.id, has(Stage.DONE))
    assert [each.text for each in seen if each.stage is Stage.WORKING][-1] == "x^2"
    assert done.text == "x^2"
    assert done.recognition == answer("x^2")
    assert engine.asked[0][0].image.data == PICTURE.data
    assert engine.asked[0][0].bitmap is PICTURE


async def test_a_retry_of_the_service_starts_the_text_anew_and_says_why() -> None:
    engine = Script(TextDelta("half"), Retrying(2, 1.0, "The server is busy."), TextDelta("y"), answer("y"))
    jobs, _tasks, seen = jobs_with(engine)
    job = jobs.start(PICTURE, Origin.PASTE, Mode.FORMULA)
    await until(jobs, job.id, has(Stage.DONE))
    assert ("", "The server is busy.") in [(each.text, each.progress) for each in seen]


async def test_reasoning_is_counted_and_not_shown() -> None:
    jobs, _tasks, seen = jobs_with(Script(ReasoningDelta(10), ReasoningDelta(5), answer("z")))
    job = jobs.start(PICTURE, Origin.FILE, Mode.FORMULA)
    await until(jobs, job.id, has(Stage.DONE))
    assert max(each.thinking for each in seen) == 15


async def test_a_failure_keeps_the_picture_and_what_had_arrived() -> None:
    failure = EndpointError("Cut off.", "Try again.", fault=Fault.CUT, partial="$a +")
    jobs, _tasks, _seen = jobs_with(Script(failure))
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    failed = await until(jobs, job.id, has(Stage.FAILED))
    assert (failed.error, failed.bitmap, failed.text) == (failure, PICTURE, "a +")


async def test_cancelling_ends_the_task_and_keeps_the_text() -> None:
    never = asyncio.Event()
    jobs, tasks, _seen = jobs_with(Script(TextDelta("a"), never))
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    await until(jobs, job.id, has_text)
    jobs.cancel(job.id)
    assert (jobs.job(job.id).stage, jobs.job(job.id).text) == (Stage.CANCELLED, "a")
    await tasks.cancel_all()


async def test_cancelling_what_is_over_changes_nothing() -> None:
    jobs, _tasks, _seen = jobs_with(Script(answer("a")))
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    done = await until(jobs, job.id, has(Stage.DONE))
    jobs.cancel(job.id)
    assert jobs.job(job.id) == done


async def test_retrying_asks_the_named_profile_in_place_of_the_attempt_that_runs() -> None:
    never = asyncio.Event()
    engine = Script(TextDelta("old"), never)
    jobs, tasks, _seen = jobs_with(engine)
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    await until(jobs, job.id, has_text)
    engine.steps = (answer("new"),)
    jobs.retry(job.id, profile="home", hint="mind the prime")
    done = await until(jobs, job.id, has(Stage.DONE))
    await tasks.cancel_all()
    assert done.text == "new"
    assert jobs.job(job.id).text == "new"
    assert engine.asked[1][1] == "home"
    assert engine.asked[1][0].hint == "mind the prime"
    assert len(jobs.jobs.value) == 1


@pytest.mark.parametrize("ending", ["failure", "cancel"])
async def test_a_retry_that_brings_nothing_leaves_the_result_there_was(ending: str) -> None:
    engine = Script(answer("good"))
    jobs, tasks, _seen = jobs_with(engine)
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    await until(jobs, job.id, has(Stage.DONE))
    never = asyncio.Event()
    engine.steps = (EndpointError("No.", fault=Fault.BAD_KEY),) if ending == "failure" else (never,)
    jobs.retry(job.id)
    if ending == "cancel":
        jobs.cancel(job.id)
    over = await until(jobs, job.id, lambda each: each.stage.is_over)
    await tasks.cancel_all()
    assert over.text == "good"


async def test_three_pictures_are_read_at_once_and_the_others_wait() -> None:
    gate = asyncio.Event()
    engine = Script(gate, answer("a"))
    jobs, _tasks, _seen = jobs_with(engine)
    started = [jobs.start(PICTURE, Origin.FILE, Mode.FORMULA) for _ in range(5)]
    await asyncio.wait_for(engine.three_asked.wait(), 10)
    assert len(engine.asked) == 3
    gate.set()
    for job in started:
        await until(jobs, job.id, has(Stage.DONE))
    assert len(engine.asked) == 5


async def test_a_fault_of_ours_fails_the_job_and_is_logged_without_its_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jobs, _tasks, _seen = jobs_with(Script(ZeroDivisionError("sk-secret")))
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    failed = await until(jobs, job.id, has(Stage.FAILED))
    assert "inside WriteTex" in str(failed.error)
    assert "ZeroDivisionError" in caplog.text
    assert "sk-secret" not in caplog.text
    caplog.clear()


async def test_an_edit_is_kept() -> None:
    jobs, _tasks, _seen = jobs_with(Script(answer("a")))
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    await until(jobs, job.id, has(Stage.DONE))
    jobs.edit(job.id, "a + b")
    assert jobs.job(job.id).text == "a + b"


async def test_a_draft_is_there_until_the_text_begins_and_is_given_up_then() -> None:
    write = asyncio.Event()
    draft = Recognition("x", Mode.FORMULA, Engine.OFFLINE, "built-in", 0.1)

    async def sketch(_request: RecognitionRequest, _profile: str) -> Recognition:
        return draft

    tasks = Tasks(FakeNotifier())
    jobs = Jobs(FakeImageCodec(), Script(write, TextDelta("y"), answer("y")), FakeClock(), tasks, sketch)
    seen: list[str] = []
    jobs.jobs.subscribe(lambda now: seen.append(now[-1].shown))
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    assert (await until(jobs, job.id, lambda each: each.shows_draft)).shown == "x"
    write.set()
    done = await until(jobs, job.id, has(Stage.DONE))
    assert seen[-3:] == ["x", "y", "y"]
    assert (done.text, done.shows_draft) == ("y", False)


async def test_a_failure_that_comes_sooner_than_the_draft_waits_for_it() -> None:
    draft = Recognition("x", Mode.FORMULA, Engine.OFFLINE, "built-in", 0.1)
    made = asyncio.Event()

    async def sketch(_request: RecognitionRequest, _profile: str) -> Recognition:
        await asyncio.wait_for(made.wait(), 10)
        return draft

    async def refuse(request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
        del request, profile
        made.set()
        yield ReasoningDelta(1)
        raise EndpointError("The key is refused.", fault=Fault.BAD_KEY)

    tasks = Tasks(FakeNotifier())
    jobs = Jobs(FakeImageCodec(), refuse, FakeClock(), tasks, sketch)
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    failed = await until(jobs, job.id, has(Stage.FAILED))
    assert (failed.text, failed.shows_draft) == ("x", True)


async def test_a_picture_that_has_been_read_before_needs_no_draft() -> None:
    drafts: list[RecognitionRequest] = []

    async def sketch(request: RecognitionRequest, _profile: str) -> None:
        drafts.append(request)

    tasks = Tasks(FakeNotifier())
    jobs = Jobs(FakeImageCodec(), Script(answer("y")), FakeClock(), tasks, sketch)
    job = jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    await until(jobs, job.id, has(Stage.DONE))
    before = len(drafts)
    jobs.retry(job.id)
    await until(jobs, job.id, has(Stage.DONE))
    await tasks.cancel_all()
    assert len(drafts) == before


async def test_older_pictures_are_packed_and_the_same_when_they_are_looked_at() -> None:
    jobs, _tasks, _seen = jobs_with(Script(answer("x")))
    pictures = [Bitmap(2, 1, bytes([number] * 8)) for number in range(UNPACKED + 3)]
    for picture in pictures:
        jobs.start(picture, Origin.PASTE, Mode.FORMULA)
    await _settled()
    assert [job.bitmap for job in jobs.jobs.value] == pictures
    kept = [job.bitmap is picture for job, picture in zip(jobs.jobs.value, pictures, strict=True)]
    assert kept == [False] * 3 + [True] * UNPACKED


async def test_a_failed_job_keeps_nothing_of_what_it_failed_in() -> None:
    def fail() -> EndpointError:
        try:
            return int("x")  # type: ignore[return-value]  # it raises
        except ValueError as cause:
            error = EndpointError("No.", "Wait.", fault=Fault.OVERLOADED)
            error.__cause__ = cause
            return error

    jobs, _tasks, _seen = jobs_with(Script(fail()))
    jobs.start(PICTURE, Origin.PASTE, Mode.FORMULA)
    await _settled()
    error = jobs.job(1).error
    assert error is not None
    assert error.__cause__ is not None
    assert (error.__traceback__, error.__cause__.__traceback__) == (None, None)


async def _settled() -> None:
    while rest := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(rest)
