"""What is said of a job while it is read and when it is over."""

from writetex_desktop.core.errors import Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.reading.job import Job, Stage
from writetex_desktop.core.reading.recognition import Engine, Recognition
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.toolkit.activity import Activity


def doing(job: Job) -> str:
    """Say what is being waited for."""
    if job.progress:
        return job.progress
    if job.shows_draft:
        return tr("Draft by the built-in recogniser; asking the endpoint…")
    if job.thinking and not job.text:
        return tr("The model is thinking…")
    return tr("Reading…")


def ending(job: Job) -> str:
    """Say of a job that was cancelled or failed what its text is."""
    said = [tr("Cancelled")] if job.stage is Stage.CANCELLED else []
    if job.shows_draft:
        said.append(tr("Draft by the built-in recogniser"))
    return " · ".join(said)


def failure(job: Job) -> Notice:
    """Say why there is no answer, and that the draft is there all the same."""
    assert job.error is not None
    notice = Notice.of(job.error)
    if not job.shows_draft:
        return notice
    draft = tr("What you see is the draft of the built-in recogniser.")
    return Notice(notice.level, f"{notice.message} {draft}", notice.remedy)


def warnings(recognition: Recognition, settings: Settings) -> tuple[Notice, ...]:
    """Say what is to be minded in an answer; of one that is doubtful, offer the endpoint's."""
    remedy = Remedy("")
    if recognition.engine is Engine.OFFLINE and recognition.is_doubtful:
        action = RemedyAction.ASK_ENDPOINT if settings.profile else RemedyAction.OPEN_ENDPOINT_SETTINGS
        remedy = Remedy("", action)
    return tuple(Notice(Level.WARNING, each, remedy) for each in recognition.warnings)


def activity(jobs: tuple[Job, ...]) -> Activity:
    """Say what the icon shows of all jobs."""
    if any(job.stage is Stage.WORKING for job in jobs):
        return Activity.WORKING
    return Activity.FAILED if jobs[-1].stage is Stage.FAILED else Activity.IDLE
