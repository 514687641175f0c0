"""The door of the program with the window: what the desk reads with serves other programs too."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from writetex_desktop.adapters.storage.settings_file import default_path
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.parts import Parts
from writetex_desktop.composition.serving.doorway import KeptClients, open_door
from writetex_desktop.core.batches.record import as_record
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.core.serving.wishes import SnipOrder
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.ports.storage import SecretStore
from writetex_desktop.services.history.history_service import HistoryService
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.reading.snip_flow import Recognise
from writetex_desktop.services.serving.asked_snips import AskedSnips
from writetex_desktop.services.serving.clients import Clients
from writetex_desktop.services.serving.counter import Counter, Means
from writetex_desktop.services.serving.door import DoorKeeper
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.overlay.presenter import Snip

if TYPE_CHECKING:
    from writetex_desktop.ui.settings.programs.page import ProgramsPage


class Snips(Protocol):
    """What begins snips; `ui.overlay.presenter.SnipPresenter`."""

    def asked(self, profile: str, *, repeat: bool, delay_s: float) -> "asyncio.Task[Snip | None]":
        """Snip for another program."""
        ...


class DeskDoor:
    """What serves other programs.

    Args:
        parts: What reads.
        secrets: Where tokens are kept.
        snips: Begins snips.
        jobs: Read what was snipped.
        history: Is searched.
        renderer: Draws formulas, for the forms that need it.
        clipboard: Takes tokens and addresses.
        tasks: Runs what takes time.

    Attributes:
        clients: The programs that may ask.
        keeper: Keeps the door as the settings say.
        asked: Snips for programs that ask by the socket of this program.
    """

    def __init__(
        self,
        *,
        parts: Parts,
        recognise: Recognise,
        secrets: SecretStore,
        snips: Snips,
        jobs: Jobs,
        history: HistoryService,
        renderer: FormulaRenderer,
        clipboard: Clipboard,
        tasks: Tasks,
    ) -> None:
        self._clipboard = clipboard
        self._tasks = tasks
        self._snips = snips
        self._jobs = jobs
        self._history = history
        self._counter = Counter(
            Means(
                settings=parts.settings.settings,
                recognise=recognise,
                offline=parts.offline,
                codec=parts.codec,
                exports=make_exports(renderer),
                clock=parts.clock,
                snip=self._snip,
                search=self._search,
            )
        )
        self.clients = Clients(parts.settings, secrets, KeptClients(default_path()))
        opening = partial(open_door, self._counter, self.clients, now=parts.clock.monotonic)
        self.keeper = DoorKeeper(parts.settings.settings, opening, tasks)
        self.asked = AskedSnips(self._counter.snip)

    def attach(self, page: "ProgramsPage") -> None:
        """Join the page of the settings, once it is made."""
        # Most days it is not.
        from writetex_desktop.ui.settings.programs.presenter import ProgramsPresenter  # noqa: PLC0415

        def copy(text: str) -> None:
            self._tasks.spawn(self._clipboard.copy(ClipboardContent(text)), name="copy")

        ProgramsPresenter(page, clients=self.clients, state=self.keeper.state, copy=copy, tasks=self._tasks)

    async def aclose(self) -> None:
        """Shut the door, and give up what nobody will fetch."""
        self.asked.close()
        await self.keeper.aclose()

    async def _snip(self, order: SnipOrder) -> Mapping[str, object] | None:
        begun = self._snips.asked(order.profile, repeat=order.repeat, delay_s=order.delay_s)
        # Whoever asked may go away; the user goes on.
        snip = await asyncio.shield(begun)
        if snip is None:
            return None
        recognition = await self._read(snip)
        return as_record(await self._counter.formed(recognition, order.form))

    async def _read(self, snip: Snip) -> Recognition:
        """Wait until a snip is read.

        Raises:
            CaptureError: The user gave it up.
            WriteTexError: It could not be read.
        """
        job = next(
            job
            for job in reversed(self._jobs.jobs.value)
            if job.origin is Origin.SNIP and job.picture.bitmap is snip.bitmap
        )
        over: asyncio.Future[Job] = asyncio.get_running_loop().create_future()

        def look(jobs: tuple[Job, ...]) -> None:
            now = jobs[job.id - 1]
            if now.stage.is_over and not over.done():
                over.set_result(now)

        end = self._jobs.jobs.subscribe(look)
        try:
            look(self._jobs.jobs.value)
            done = await over
        finally:
            end()
        if done.stage is Stage.DONE and done.recognition is not None:
            return done.recognition
        raise done.error or CaptureError(tr("The reading was given up."), tr("Ask for another snip."))

    async def _search(self, text: str, before: int | None, limit: int) -> tuple[HistoryEntry, ...]:
        return (await self._history.find(text, before=before))[:limit]
