"""One picture on its way to markup."""

from dataclasses import dataclass, field
from enum import StrEnum

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.pictures.image import Bitmap, Place
from writetex_desktop.core.pictures.kept import KeptPicture
from writetex_desktop.core.reading.recognition import Mode, Recognition


class Origin(StrEnum):
    """The door a picture came in by."""

    SNIP = "snip"
    PASTE = "paste"
    FILE = "file"
    SAMPLE = "sample"
    HISTORY = "history"
    """It was read at an earlier time."""


class Stage(StrEnum):
    """How far a job is."""

    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come by itself."""
        return self is not Stage.WORKING


@dataclass(frozen=True, slots=True)
class Job:
    """One picture, what was asked about it and what is known so far.

    Attributes:
        id: Number of the job in this run, from 1.
        origin: The door it came in by.
        picture: The picture as the user gave it; all versions of a job share one.
        mode: What it holds.
        started: When the present attempt began, in seconds of the program's clock.
        place: Where it was on the screen, for a snip.
        profile: `id` of the profile that is asked instead of the active one; empty for the active one.
        hint: What the engine was told to mind.
        whole: Whether what seems to stand only beside the formula is read as well.
        stage: How far it is.
        text: The markup so far, cleaned; the finished or edited one when it is over.
        kept: The markup of the attempt before this one; it stays when this one brings nothing.
        thinking: Characters of reasoning that have arrived; none of them is shown.
        progress: A sentence about what is being waited for, or nothing.
        draft: What the embedded recogniser read while an endpoint was asked; shown until the text begins.
        recognition: The answer, when there is one.
        error: Why there is none, when it failed.
    """

    id: int
    origin: Origin
    picture: KeptPicture = field(compare=False)
    mode: Mode
    started: float
    place: Place | None = None
    profile: str = ""
    hint: str = ""
    whole: bool = False
    stage: Stage = Stage.WORKING
    text: str = ""
    kept: str = ""
    thinking: int = 0
    progress: str = ""
    draft: Recognition | None = None
    recognition: Recognition | None = None
    error: WriteTexError | None = None

    @property
    def bitmap(self) -> Bitmap:
        """The pixels of the picture."""
        return self.picture.bitmap

    @property
    def remains(self) -> str:
        """What is left of the text when nothing more comes: what arrived, what was there, or the draft."""
        return self.text or self.kept or (self.draft.markup if self.draft else "")

    @property
    def shown(self) -> str:
        """The markup to be seen now: while nothing has arrived, the draft."""
        return self.draft.markup if self.draft and self.shows_draft else self.text

    @property
    def shows_draft(self) -> bool:
        """Whether the draft is all there is to show."""
        if self.draft is None or self.kept or self.stage is Stage.DONE:
            return False
        return self.text == ("" if self.stage is Stage.WORKING else self.draft.markup)
