"""What joins a table to a batch service, for the tests of both."""

from collections.abc import Callable
from decimal import Decimal

from tests.submission_world import World
from writetex_desktop.core.batches.batch import Batch, BatchItem
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.money import CostRange, Currency, Money
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.batches.batch import BatchService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.submission_presenter import SubmissionPresenter, SubmissionWorld


def make_provider(
    world: World,
    service: BatchService,
    *,
    notifier: Notifier,
    tasks: Tasks,
    on_arrival: Callable[[], None] = lambda: None,
    kept: list[str] | None = None,
) -> SubmissionPresenter:
    """Make a presenter; a picture costs a cent, and what the history would keep goes to `kept`."""

    async def estimate(batch: Batch, *, share: Decimal) -> Estimate:
        cost = Money(Decimal("0.01") * len(batch.items) * share, Currency.USD)
        return Estimate(len(batch.items), "m", cost=CostRange(cost, cost))

    async def bitmap(item: BatchItem) -> Bitmap:
        return Bitmap(1, 1, item.source.path.encode()[:4].ljust(4))

    async def keep(_bitmap: Bitmap, recognition: Recognition) -> None:
        if kept is not None:
            kept.append(recognition.markup)

    return SubmissionPresenter(
        service=service,
        settings=world.settings,
        world=SubmissionWorld(
            world.accesses, world.submitter, world.submissions, world.fetcher, estimate, bitmap, keep
        ),
        on_arrival=on_arrival,
        notifier=notifier,
        tasks=tasks,
    )
