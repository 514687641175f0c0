"""What hands pictures to a provider's batch service and follows them: for the command line and the window."""

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from writetex_desktop.adapters.endpoint.batches import OpenAIBatches
from writetex_desktop.adapters.storage.result_lines import ResultLines
from writetex_desktop.adapters.storage.submission_files import SubmissionFiles, results_path, submissions_path
from writetex_desktop.composition.parts import Parts
from writetex_desktop.core.batches.batch import BatchItem
from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.endpoints.catalogue.provider import BatchTerms
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.held import secrets_in
from writetex_desktop.core.endpoints.wire.rules import WireRules
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.ports.engines import RemoteBatches
from writetex_desktop.services.batches.access import Accesses
from writetex_desktop.services.batches.batch import SourceReader
from writetex_desktop.services.batches.fetching import Fetcher
from writetex_desktop.services.batches.submissions import Submissions
from writetex_desktop.services.batches.submitting import Submitter
from writetex_desktop.services.output.conversion import as_text
from writetex_desktop.services.output.export import ExportOptions, ExportService, as_bytes


@dataclass(frozen=True, slots=True)
class SubmissionParts:
    """The parts.

    Attributes:
        accesses: Find the batch services.
        submitter: Hands pictures in.
        submissions: Follows them.
        fetcher: Fetches the answers.
    """

    accesses: Accesses
    submitter: Submitter
    submissions: Submissions
    fetcher: Fetcher

    async def aclose(self) -> None:
        """Close every connection."""
        await self.accesses.aclose()


def build_submissions(
    parts: Parts, reader: SourceReader, exports: ExportService, tell: Callable[[WriteTexError], None]
) -> SubmissionParts:
    """Build them; nothing is read or sent by that.

    Args:
        parts: The parts that every program has.
        reader: Gives the pictures.
        exports: Gives answers their form.
        tell: Is told when something that was kept is lost.
    """
    store = SubmissionFiles(submissions_path())
    busy = asyncio.Lock()

    def connect(endpoint: Endpoint, terms: BatchTerms, rules: WireRules) -> RemoteBatches:
        for secret in (endpoint.key, *secrets_in(endpoint.network)):
            parts.hide(secret)
        # The service stands beside the interface that reads pictures, wherever that was found.
        found = replace(endpoint, base_url=parts.paths.of(endpoint.base_url))
        return OpenAIBatches(found, terms, rules)

    async def export(recognition: Recognition, item: BatchItem, submission: Submission) -> str:
        await parts.reading.know(submission.document)
        options = ExportOptions(dpi=submission.dpi, template=submission.template)
        content = await exports.export(recognition.markup, recognition.mode, item.form, options)
        return as_text(item.form, as_bytes(content, item.form))

    accesses = Accesses(parts.settings, parts.catalogue, connect)
    submitter = Submitter(
        store,
        reader,
        results=lambda submission: ResultLines(_results(submission)),
        spool=_spool,
        guide=parts.reading.look,
        busy=busy,
    )
    fetcher = Fetcher(
        store,
        results=lambda submission: ResultLines(_results(submission), again=False),
        export=export,
        spending=parts.spending,
    )
    submissions = Submissions(
        store,
        accesses,
        fetcher,
        clock=parts.clock,
        busy=busy,
        tell=tell,
    )
    return SubmissionParts(accesses, submitter, submissions, fetcher)


def _results(submission: Submission) -> Path:
    return Path(submission.output) if submission.output else results_path(submission)


def _spool() -> BinaryIO:
    """Open a file without a name, gone when it is closed, and when the program is killed."""
    return cast("BinaryIO", tempfile.TemporaryFile(prefix="writetex-"))
