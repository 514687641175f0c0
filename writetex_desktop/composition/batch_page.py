"""The page of batches, joined to the parts of the program."""

from collections.abc import Callable, Coroutine
from typing import Any

from writetex_desktop.adapters.storage.export_file import export_file
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.parts import Parts, make_sources, read_picture
from writetex_desktop.composition.submissions import build_submissions
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.batches.batch import BatchService
from writetex_desktop.services.batches.estimate import Estimator
from writetex_desktop.services.interruption import in_thread
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.reading.judging import PictureJudge
from writetex_desktop.services.reading.snip_flow import Recognise
from writetex_desktop.services.reading.visual_check import VisualCheck
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.presenter import BatchPresenter, BatchWorld
from writetex_desktop.ui.batch.submission_presenter import SubmissionPresenter, SubmissionWorld
from writetex_desktop.ui.shell.presenter import Views
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver


def make_batch_page(
    views: Views,
    parts: Parts,
    jobs: Jobs,
    *,
    keep: Callable[[Bitmap, Recognition], Coroutine[Any, Any, None]],
    copy: Callable[[ClipboardContent], Coroutine[Any, Any, None]],
    saver: DocumentSaver,
    renderer: FormulaRenderer,
    visual_check: VisualCheck,
    recognise: Recognise,
    notifier: Notifier,
    tasks: Tasks,
) -> BatchPresenter:
    """Make it; nothing is read before the user says so."""
    sources = make_sources(parts.codec, read_picture)
    estimate = Estimator(sources, parts.settings, parts.spending, guide=parts.reading.look).estimate
    exports = make_exports(renderer)
    service = BatchService(
        sources,
        recognise,
        parts.clock,
        tasks,
        judge=PictureJudge(visual_check).judge,
        keep=keep,
        patience_s=lambda: parts.settings.settings.value.patience_s,
    )
    handing_in = build_submissions(parts, sources, exports, lambda error: notifier.notify(Notice.of(error)))
    provider = SubmissionPresenter(
        service=service,
        settings=parts.settings,
        world=SubmissionWorld(
            accesses=handing_in.accesses,
            submitter=handing_in.submitter,
            submissions=handing_in.submissions,
            fetcher=handing_in.fetcher,
            estimate=estimate,
            bitmap=lambda item: in_thread(lambda: sources.bitmap(item.source)),
            keep=keep,
        ),
        on_arrival=lambda: views.actions.batch.setEnabled(True),
        notifier=notifier,
        tasks=tasks,
    )

    def close_connections(is_offline: bool) -> None:
        if is_offline:
            tasks.spawn(provider.aclose(), name="leave batch services")

    parts.settings.offline.subscribe(close_connections)
    return BatchPresenter(
        window=views.window,
        actions=views.actions,
        service=service,
        jobs=jobs,
        settings=parts.settings,
        world=BatchWorld(
            sources=sources,
            estimate=estimate,
            copy=copy,
            exports=exports,
            export_file=export_file,
            saver=saver,
            renderer=renderer,
            clock=parts.clock,
        ),
        provider=provider,
        notifier=notifier,
        tasks=tasks,
    )
