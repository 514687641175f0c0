"""Pasting a result into the application that the user snipped from, when it is surely right."""

from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.suspicion import suspicious_spots
from writetex_desktop.core.latex.syntax import check_syntax
from writetex_desktop.core.reading.job import Job
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import FocusPaster, PasteTarget
from writetex_desktop.services.observable import Observable


class PasteBack:
    """Remembers where each snip came from and pastes its result there, once.

    Args:
        paster: Presses the keys.
        settings: Say whether the user wants it.
    """

    def __init__(self, paster: FocusPaster, settings: Observable[Settings]) -> None:
        self._paster = paster
        self._settings = settings
        self._targets: dict[int, PasteTarget] = {}

    def bind(self, job_id: int, target: PasteTarget) -> None:
        """Let the result of a job go to who had the focus before anything of ours was on the screen."""
        self._targets[job_id] = target

    async def deliver(self, job: Job) -> None:
        """Paste the result of a job, which is on the clipboard.

        A result with a doubt is not pasted: it would be in the document before anybody had looked at it.

        Raises:
            ClipboardError: It could not be pasted, or was not for a doubt; the clipboard has it all the same.
        """
        target = self._targets.pop(job.id, None)
        if target is None or not self._settings.value.paste_back:
            return
        if is_doubtful(job):
            raise ClipboardError(
                tr("The formula was not pasted, for it may be wrong."),
                tr("Look at it; it is on the clipboard."),
            )
        await self._paster.paste(target)


def is_doubtful(job: Job) -> bool:
    """Whether there is any sign that the result of a job is wrong."""
    answer = job.recognition
    return (
        answer is None
        or not answer.complete
        or bool(answer.warnings)
        or bool(suspicious_spots(job.text, job.mode))
        or (job.mode is not Mode.TEXT and check_syntax(job.text) is not None)
    )
