"""The page of batches, joined to the parts of the program."""

from collections.abc import Callable, Coroutine
from typing import Any

from writetex_desktop.adapters.export_file import export_file
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.parts import Parts, make_sources, read_picture
from writetex_desktop.core.clipboard_content import ClipboardContent
from writetex_desktop.core.image import Bitmap
from writetex_desktop.core.recognition import Recognition
from writetex_desktop.ports import FormulaRenderer, Notifier
from writetex_desktop.services.batch import BatchService
from writetex_desktop.services.batch_estimate import Estimator
from writetex_desktop.services.jobs import Jobs
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch_presenter import BatchPresenter, BatchWorld
from writetex_desktop.ui.presenter import Views


def make_batch_page(
    views: Views,
    parts: Parts,
    jobs: Jobs,
    *,
    keep: Callable[[Bitmap, Recognition], Coroutine[Any, Any, None]],
    copy: Callable[[ClipboardContent], Coroutine[Any, Any, None]],
    renderer: FormulaRenderer,
    notifier: Notifier,
    tasks: Tasks,
) -> BatchPresenter:
    """Make it; nothing is read before the user says so."""
    sources = make_sources(parts.codec, read_picture)
    return BatchPresenter(
        window=views.window,
        actions=views.actions,
        service=BatchService(sources, parts.reading.recognise, parts.clock, tasks, keep=keep),
        jobs=jobs,
        settings=parts.settings,
        world=BatchWorld(
            sources=sources,
            estimate=Estimator(sources, parts.settings, parts.spending).estimate,
            copy=copy,
            exports=make_exports(renderer),
            export_file=export_file,
            renderer=renderer,
            clock=parts.clock,
        ),
        notifier=notifier,
        tasks=tasks,
    )
