"""The programs behind `writetex recognize --batch-api` and `writetex batches`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.batch_program import Order, opened_batch, picture_reader
from writetex_desktop.composition.command_line import Teller
from writetex_desktop.composition.configuration import read_configuration
from writetex_desktop.composition.endpoint_choice import EndpointChoice
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.parts import Parts, build_parts, make_sources
from writetex_desktop.composition.submissions import SubmissionParts, build_submissions
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.batches.access import Access
from writetex_desktop.services.batches.estimate import Estimator
from writetex_desktop.services.batches.sources import Sources
from writetex_desktop.services.batches.submissions import Followed, may_pass
from writetex_desktop.services.batches.submitting import Handed, check_cost, new_submission
from writetex_desktop.services.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of following submissions.

    Attributes:
        followed: What is followed, with what was fetched just now.
        trouble: What keeps it from being followed further, if anything does.
        done: Pictures whose answers were fetched in this run.
        failed: Pictures that came back without one.
    """

    followed: tuple[Followed, ...]
    trouble: WriteTexError | None
    done: int
    failed: int


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told what.

    Attributes:
        on_estimate: What the pictures will cost there.
        on_progress: How many of how many pictures have been looked at.
        on_followed: What is followed, whenever it has changed.
        tell: Notices, one line each.
    """

    on_estimate: Callable[[Estimate], None]
    on_progress: Callable[[int, int], None]
    on_followed: Callable[[Sequence[Followed]], None]
    tell: Callable[[str], None]


async def submit(order: Order, listeners: Listeners) -> Handed | None:
    """Hand pictures to the provider's batch service.

    Returns:
        What came of it; None when it was only said what it would cost.

    Raises:
        EndpointError: The endpoint has no batch service, or it did not take them.
        StorageError: The output file cannot be written, or is another's.
    """
    async with _opened(
        listeners.tell,
        change=order.change,
        offline=order.offline,
        endpoint=order.endpoint,
    ) as (parts, sources, submission_parts):
        access = await submission_parts.accesses.active()
        batch = await opened_batch(sources, order)
        estimator = Estimator(sources, parts.settings, parts.spending, guide=parts.reading.look)
        estimate = await estimator.estimate(batch, share=access.terms.price_share)
        listeners.on_estimate(estimate)
        if access.advice:
            listeners.tell(access.advice)
        if order.only_estimate:
            return None
        check_cost(estimate)
        return await submission_parts.submitter.hand_in(
            batch.items,
            _submission(order, access, parts.settings.settings.value.document_in_use),
            access,
            on_progress=lambda count: listeners.on_progress(count, len(batch.items)),
        )


async def look(
    *,
    offline: bool,
    endpoint: EndpointChoice,
    cancel: str,
    forget: str,
    tell: Callable[[str], None],
) -> Looked | None:
    """See how far everything is that was handed in, and fetch what is finished.

    Args:
        offline: Whether no connection is opened.
        endpoint: Which endpoint, and how it is reached.
        cancel: The submission that the provider is to stop; empty for none.
        forget: The submission that is followed no longer; empty for none.
        tell: Is told notices, one line each.

    Returns:
        What came of it; None when there is no submission of that name.

    Raises:
        EndpointError: The provider could not be told to stop.
        StorageError: What was handed in cannot be read.
    """
    async with _opened(tell, endpoint=endpoint, change=endpoint.on, offline=offline) as (
        _,
        _,
        submission_parts,
    ):
        submissions = submission_parts.submissions
        if cancel and await submissions.cancel(cancel) is None:
            return None
        if forget and not await submissions.forget(forget):
            return None
        followed = await submissions.look()
        fetcher = submission_parts.fetcher
        return Looked(followed, None, fetcher.done, fetcher.failed)


async def wait(submission_id: str, endpoint: EndpointChoice, *, listeners: Listeners) -> Looked:
    """Follow what was handed in until it is fetched.

    Args:
        submission_id: Which; empty for all that there is.
        endpoint: Which endpoint, and how it is reached.
        listeners: Are told how far it is.

    Returns:
        What came of it.

    Raises:
        StorageError: What was handed in cannot be read.
    """
    over = asyncio.Event()
    troubles: list[WriteTexError] = []

    def changed(now: Sequence[Followed]) -> None:
        wanted = [each for each in now if submission_id in ("", each.submission.id)]
        listeners.on_followed(wanted)
        lasting = [each.trouble for each in wanted if each.trouble and not may_pass(each.trouble)]
        troubles[:] = lasting
        if len(lasting) == len(wanted):
            over.set()

    async with _opened(listeners.tell, endpoint=endpoint, change=endpoint.on) as (_, _, submission_parts):
        submissions = submission_parts.submissions
        submissions.followed.subscribe(changed)
        following = asyncio.ensure_future(submissions.follow(on_idle=over.set))
        waiting = asyncio.ensure_future(over.wait())
        try:
            await asyncio.wait((following, waiting), return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                following.result()
        finally:
            following.cancel()
            waiting.cancel()
            await asyncio.gather(following, waiting, return_exceptions=True)
    fetcher = submission_parts.fetcher
    trouble = troubles[0] if troubles else None
    return Looked(submissions.followed.value, trouble, fetcher.done, fetcher.failed)


def _submission(order: Order, access: Access, document: str) -> Submission:
    output, options = str(Path(order.output).absolute()), order.options
    # It is fetched by another call, perhaps from another folder.
    document = str(Path(document).absolute()) if document else ""
    return new_submission(access, output, dpi=options.dpi, template=options.template, document=document)


@asynccontextmanager
async def _opened(
    tell: Callable[[str], None],
    *,
    endpoint: EndpointChoice,
    change: Callable[[Settings], Settings],
    offline: bool = False,
) -> AsyncIterator[tuple[Parts, Sources, SubmissionParts]]:
    teller = Teller(tell)
    configuration = read_configuration(teller.notify, change=change, offline=offline)
    parts = build_parts(configuration, teller.notify, Tasks(teller))
    endpoint.apply(parts.settings, teller.notify)
    sources = make_sources(parts.codec, picture_reader())
    renderer = MathJaxRenderer(resource_dir(), definitions=parts.reading.definitions)
    submission_parts = build_submissions(
        parts, sources, make_exports(renderer), lambda error: teller.notify(Notice.of(error))
    )
    try:
        yield parts, sources, submission_parts
    finally:
        renderer.close()
        await submission_parts.aclose()
        await parts.aclose()
