"""Handing pictures to a provider's batch service."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO

from writetex_desktop.core.batches.batch import BatchItem, Failure, ItemState, Source
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.batches.submission import Part, Submission
from writetex_desktop.core.batches.wire import has_room, request_line
from writetex_desktop.core.endpoints.wire.request import reading_request
from writetex_desktop.core.errors import EndpointError, Fault, ImageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.guidance import Guidance
from writetex_desktop.core.reading.recognition import Mode, RecognitionRequest
from writetex_desktop.ports.storage import SubmissionStore
from writetex_desktop.services.batches.access import Access
from writetex_desktop.services.batches.batch import SourceReader
from writetex_desktop.services.batches.fetching import OpenResults
from writetex_desktop.services.batches.submissions import begin, may_pass

_ID_BYTES = 6
_OURS = "writetex-"
"""How the files that we hand in are called, so that only ours are ever deleted."""


def _too_large() -> Failure:
    return Failure(
        tr("The picture is too large for the provider's batch service."), tr("Use a smaller picture.")
    )


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of handing pictures in.

    Attributes:
        submission: What was handed in; None when nothing was left to be.
        unreadable: Pictures that could not be read, with the reason; it stands in the file of results.
        known: Pictures that were read or handed in before.
    """

    submission: Submission | None
    unreadable: tuple[BatchItem, ...]
    known: int


class _Requests:
    """A file of requests while it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.items: list[BatchItem] = []
        self.size = 0

    def add(self, item: BatchItem, line: bytes) -> None:
        self.file.write(line)
        self.items.append(item)
        self.size += len(line)


def new_submission(
    access: Access, output: str, *, dpi: int = 300, template: str = "{latex}", document: str = ""
) -> Submission:
    """Make a submission without pictures.

    Args:
        access: Whom it is handed to.
        output: The file that takes the results, from the root of the disk; empty for one of our own.
        dpi: Pixels per inch, where a result is a picture.
        template: The user's own form, where results are to have it.
        document: The document that goes along with the pictures; empty for none.
    """
    return Submission(
        id=secrets.token_hex(_ID_BYTES),
        made=datetime.now(UTC),
        base_url=access.endpoint.base_url,
        model=access.endpoint.model,
        price_share=access.terms.price_share,
        output=output,
        dpi=dpi,
        template=template,
        document=document,
    )


def check_cost(estimate: Estimate) -> None:
    """Ask before the user's monthly limit is passed: all the pictures are paid for at once.

    Raises:
        EndpointError: They may go over it, `Fault.CAP_REACHED`.
    """
    if estimate.is_over_limit:
        raise EndpointError(
            tr("These pictures may take the month's costs over your limit."),
            tr("Hand in fewer of them, or raise the limit in the settings."),
            fault=Fault.CAP_REACHED,
            model=estimate.model,
        )


class Submitter:
    """Hands pictures in.

    They are prepared one by one and written to a file without a name, which is gone when it is closed: no
    picture stays on the disk, and memory stays flat.

    Args:
        store: Where it is kept what was handed in.
        reader: Gives the pictures.
        results: Opens the file of results.
        spool: Opens a file without a name, to be written and read.
        guide: Gives what the user wants minded each time.
        busy: Held while what is kept is changed; shared with who follows.
    """

    def __init__(
        self,
        store: SubmissionStore,
        reader: SourceReader,
        *,
        results: OpenResults,
        spool: Callable[[], BinaryIO],
        guide: Callable[[Mode], Awaitable[Guidance]],
        busy: asyncio.Lock,
    ) -> None:
        self._store = store
        self._reader = reader
        self._results = results
        self._spool = spool
        self._guide = guide
        self._busy = busy

    async def hand_in(
        self,
        items: Sequence[BatchItem],
        submission: Submission,
        access: Access,
        *,
        on_progress: Callable[[int], None] = lambda _count: None,
    ) -> Handed:
        """Hand pictures in; what was read or handed in before is left out, so that it can be called again.

        Args:
            items: The pictures.
            submission: Made by `new_submission`.
            access: Whom they are handed to.
            on_progress: Is told how many pictures have been looked at.

        Raises:
            EndpointError: The provider did not take them; what it took before is followed.
            StorageError: It could not be kept what was handed in, or what could not be read; or a document
                whose commands are wanted cannot be read.
        """
        await self._clean_up(access)
        is_known = await self._known_work(submission)
        guidance = {mode: await self._guide(mode) for mode in {item.mode for item in items}}
        unreadable: list[BatchItem] = []
        known = taken = 0
        requests = _Requests(self._spool())
        try:
            for count, item in enumerate(items, 1):
                try:
                    found = await asyncio.to_thread(self._digested, item)
                    if is_known(found):
                        known += 1
                        continue
                    name = submission.custom_id(taken)
                    line = await asyncio.to_thread(self._line, found, name, guidance[item.mode], access)
                except ImageError as error:
                    unreadable.append(replace(item, state=ItemState.FAILED, failure=Failure.of(error)))
                    continue
                finally:
                    on_progress(count)
                if len(line) > access.terms.most_bytes:
                    unreadable.append(replace(found, state=ItemState.FAILED, failure=_too_large()))
                    continue
                if not has_room(access.terms, len(requests.items), requests.size, line):
                    submission = await self._handed(submission, requests, access)
                    requests.file.close()
                    requests = _Requests(self._spool())
                await asyncio.to_thread(requests.add, found, line)
                taken += 1
            if requests.items:
                submission = await self._handed(submission, requests, access)
        finally:
            requests.file.close()
            await self._tell(submission, unreadable)
            if not submission.parts:
                await asyncio.to_thread(self._store.remove, submission)
        return Handed(submission if submission.parts else None, tuple(unreadable), known)

    async def _known_work(self, submission: Submission) -> Callable[[BatchItem], bool]:
        """Give what says whether a picture was read, or was handed in for the same file of results."""
        handed: dict[Source, list[BatchItem]] = {}
        async with self._busy:
            for other in await asyncio.to_thread(self._store.load):
                if other.output == submission.output and not other.is_over:
                    for number in range(len(other.parts)):
                        for item in await asyncio.to_thread(self._store.items, other, number):
                            handed.setdefault(item.source, []).append(item)
            with await asyncio.to_thread(self._results, submission) as results:
                known = results.known

        def is_known(item: BatchItem) -> bool:
            same = any(item.is_same_work(each) for each in handed.get(item.source, ()))
            return same or known(item) is not None

        return is_known

    async def _tell(self, submission: Submission, unreadable: Sequence[BatchItem]) -> None:
        """Write down which pictures could not be read."""
        if unreadable:
            async with self._busy:
                with await asyncio.to_thread(self._results, submission) as results:
                    for item in unreadable:
                        results.add(item)

    def _digested(self, item: BatchItem) -> BatchItem:
        return replace(item, digest=self._reader.digest(item.source))

    def _line(self, item: BatchItem, custom_id: str, guidance: Guidance, access: Access) -> bytes:
        """Make the request of a picture, as it would be made for itself."""
        image = self._reader.encode(item.source, self._reader.bitmap(item.source))
        request = RecognitionRequest(image, item.mode, guidance=guidance)
        body = reading_request(access.endpoint.model, request, access.rules)
        return request_line(custom_id, body, access.terms)

    async def _handed(self, submission: Submission, requests: _Requests, access: Access) -> Submission:
        """Hand one file in, and keep each step before the next."""
        requests.file.seek(0)
        number = len(submission.parts)
        name = f"{_OURS}{submission.id}-{number}.jsonl"
        with self._store.uploading(access.endpoint.base_url, name):
            file_id = await access.remote.upload(requests.file, name)
            part = Part(len(requests.items), file_id)
            async with self._busy:
                submission = replace(await self._stored(submission), parts=(*submission.parts, part))
                await asyncio.to_thread(self._store.save_items, submission, number, requests.items)
                await asyncio.to_thread(self._store.save, submission)
        try:
            remote = await begin(access.remote, part)
        except EndpointError as error:
            if may_pass(error):
                return submission  # who follows lets it begin later
            await self._taken_back(submission)
            await access.remote.delete(file_id)
            raise
        async with self._busy:
            submission = (await self._stored(submission)).with_part(
                number, lambda each: replace(each, remote=remote)
            )
            await asyncio.to_thread(self._store.save, submission)
        return submission

    async def _clean_up(self, access: Access) -> None:
        """Have the provider forget pictures that a killed program handed in and kept nothing of."""
        names = await asyncio.to_thread(self._store.abandoned, access.endpoint.base_url)
        if not names:
            return
        stored = await asyncio.to_thread(self._store.load)
        followed = {part.file_id for submission in stored for part in submission.parts}
        for name in names:
            with suppress(EndpointError):  # another time
                for file_id in await access.remote.find_files(name):
                    if file_id not in followed:
                        await access.remote.delete(file_id)
                await asyncio.to_thread(self._store.forget_upload, name)

    async def _stored(self, submission: Submission) -> Submission:
        """Give a submission as it is kept by now: its first parts may have been answered meanwhile."""
        stored = await asyncio.to_thread(self._store.load)
        found = next((each for each in stored if each.id == submission.id), None)
        if found is not None:
            return found
        # It is kept no longer because all was fetched, or not yet.
        return replace(submission, parts=tuple(replace(part, is_fetched=True) for part in submission.parts))

    async def _taken_back(self, submission: Submission) -> None:
        """Forget the last part, with which the provider will not begin."""
        async with self._busy:
            stored = await self._stored(submission)
            shorter = replace(stored, parts=stored.parts[:-1])
            change = self._store.save if shorter.parts else self._store.remove
            await asyncio.to_thread(change, shorter)
