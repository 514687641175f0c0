"""The pictures of this run: which are being read, which are done, which one is shown."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.pictures.image import Bitmap, Place
from writetex_desktop.core.pictures.kept import KeptPicture
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import Mode, Recognition, RecognitionRequest
from writetex_desktop.ports.pictures import ImageCodec
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.snip_flow import Recognise, ShowDraft, transcribe
from writetex_desktop.services.tasks import Tasks, forget_frames

UNPACKED = 3
"""Newest pictures that stay as they are; of the others a run of weeks may have thousands."""

AT_ONCE = 3
"""Pictures that are read at the same time; free tiers allow about ten requests a minute."""


async def _no_draft(_request: RecognitionRequest, _profile: str) -> None:
    """Make no draft."""


class Jobs:
    """Reads pictures side by side and keeps every result of the run.

    Nothing is ever dropped: a cancelled or failed job stays with its picture and its text, and `retry` starts
    it anew.

    Args:
        codec: Prepares what is sent.
        recognise: Asks the engine.
        clock: Time.
        tasks: Runs what takes time.
        draft: Makes a draft while the engine, or the profile of this `id`, is asked; or None.

    Attributes:
        jobs: All jobs of the run, oldest first.
    """

    def __init__(
        self,
        codec: ImageCodec,
        recognise: Recognise,
        clock: Clock,
        tasks: Tasks,
        draft: Callable[[RecognitionRequest, str], Coroutine[Any, Any, Recognition | None]] = _no_draft,
    ) -> None:
        self.jobs: Observable[tuple[Job, ...]] = Observable(())
        self._codec = codec
        self._recognise = recognise
        self._clock = clock
        self._tasks = tasks
        self._draft = draft
        self._running: dict[int, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    def start(
        self, bitmap: Bitmap, origin: Origin, mode: Mode, *, place: Place | None = None, profile: str = ""
    ) -> Job:
        """Begin to read a picture, with the active profile or the one of an `id`; gives its job."""
        job = Job(
            id=len(self.jobs.value) + 1,
            origin=origin,
            picture=KeptPicture(bitmap),
            mode=mode,
            started=self._clock.monotonic(),
            place=place,
            profile=profile,
        )
        self.jobs.set((*self.jobs.value, job))
        self._run(job)
        self._pack()
        return job

    def adopt(self, bitmap: Bitmap, recognition: Recognition) -> Job:
        """Take up what was read at an earlier time, as a job that is done."""
        job = Job(
            id=len(self.jobs.value) + 1,
            origin=Origin.HISTORY,
            picture=KeptPicture(bitmap),
            mode=recognition.mode,
            started=self._clock.monotonic(),
            stage=Stage.DONE,
            text=recognition.markup,
            recognition=recognition,
        )
        self.jobs.set((*self.jobs.value, job))
        self._pack()
        return job

    def retry(
        self,
        job_id: int,
        *,
        profile: str = "",
        mode: Mode | None = None,
        hint: str = "",
        whole: bool = False,
    ) -> None:
        """Read the picture of a job again; what is being read of it now is cancelled.

        Args:
            job_id: The job.
            profile: `id` of the profile to ask; empty for the active one.
            mode: What the picture holds, when it was taken for something else.
            hint: What the engine shall mind.
            whole: Whether to read what seems to stand only beside the formula as well.
        """
        self.cancel(job_id)
        before = self.job(job_id)
        self._run(
            Job(
                id=before.id,
                origin=before.origin,
                picture=before.picture,
                mode=mode or before.mode,
                started=self._clock.monotonic(),
                place=before.place,
                profile=profile,
                hint=hint,
                whole=whole,
                kept=before.text or before.kept,
            )
        )

    def cancel(self, job_id: int) -> None:
        """Stop reading a picture; the connection is closed and the text so far is kept."""
        task = self._running.pop(job_id, None)
        if task is not None:
            task.cancel()
            job = self.job(job_id)
            self._publish(replace(job, stage=Stage.CANCELLED, text=job.remains, progress=""))

    def edit(self, job_id: int, text: str) -> None:
        """Keep what the user made of the markup."""
        self._publish(replace(self.job(job_id), text=text))

    def job(self, job_id: int) -> Job:
        """Give a job as it is now."""
        return self.jobs.value[job_id - 1]

    def _pack(self) -> None:
        """Pack the picture that is no longer among the newest; it may still be read."""
        if len(self.jobs.value) > UNPACKED:
            old = self.jobs.value[-UNPACKED - 1]
            self._tasks.spawn(asyncio.to_thread(old.picture.pack), name="pack a picture")

    def _run(self, job: Job) -> None:
        self._publish(job)
        task = self._tasks.spawn(
            self._read(job), name=f"job {job.id}", on_error=lambda error: self._fail(job.id, error)
        )
        self._running[job.id] = task

    async def _read(self, job: Job) -> None:
        task = asyncio.current_task()

        def publish(changed: Job) -> None:
            # A task that was cancelled for a retry must not write over the attempt that replaced it.
            if self._running.get(job.id) is task:
                self._publish(changed)

        async with self._places:
            await transcribe(job, self._codec, self._recognise, publish, self._sketch)
        if self._running.get(job.id) is task:
            del self._running[job.id]

    @asynccontextmanager
    async def _sketch(self, job: Job, request: RecognitionRequest, show: ShowDraft) -> AsyncIterator[None]:
        """Have a draft made, unless the picture has been read before: then there is something to show.

        Where the engine fails, the draft is waited for: it is all that the user gets.
        """
        if job.kept:
            yield
            return

        async def sketch() -> None:
            draft = await self._draft(request, job.profile)
            if draft is not None:
                show(draft)

        task = self._tasks.spawn(sketch(), name=f"draft {job.id}")
        try:
            yield
        except WriteTexError:
            await asyncio.wait((task,))
            raise
        finally:
            task.cancel()

    def _fail(self, job_id: int, error: WriteTexError) -> None:
        self._running.pop(job_id, None)
        job = self.job(job_id)
        forget_frames(error)
        self._publish(replace(job, stage=Stage.FAILED, error=error, text=job.remains, progress=""))

    def _publish(self, job: Job) -> None:
        jobs = list(self.jobs.value)
        jobs[job.id - 1] = job
        self.jobs.set(tuple(jobs))
