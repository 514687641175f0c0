"""What goes to an engine and what comes back."""

from dataclasses import dataclass, field
from enum import StrEnum

from writetex_desktop.core.money import Cost
from writetex_desktop.core.pictures.geometry import Box, Rect
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, as_bmp
from writetex_desktop.core.reading.guidance import NO_GUIDANCE, Guidance

DOUBTFUL = 0.8
"""Confidence below which the user is told to check; see the table of the model card."""

PLAIN_PIXELS = 2_000_000
"""Width times height above which a picture is no crop of one formula, and is read as it would be sent."""


class Mode(StrEnum):
    """What the picture holds."""

    FORMULA = "formula"
    TEXT = "text"
    TABLE = "table"
    TIKZ = "tikz"
    CHEMISTRY = "chemistry"
    HANDWRITING = "handwriting"
    AUTO = "auto"
    """Whatever it turns out to be; this is asked only, no answer has it."""

    @property
    def is_formula(self) -> bool:
        """Whether what is read is one formula, which is wrapped and converted when it is copied."""
        return self in {Mode.FORMULA, Mode.CHEMISTRY, Mode.HANDWRITING}


class Engine(StrEnum):
    """What recognises: the user's endpoint or the embedded recogniser."""

    ENDPOINT = "endpoint"
    OFFLINE = "offline"


class EngineChoice(StrEnum):
    """Which engine the user wants."""

    AUTO = "auto"
    ENDPOINT = "endpoint"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class RecognitionRequest:
    """One picture to be read.

    Attributes:
        image: What is sent.
        mode: What it holds.
        hint: What the user wants the engine to mind, or nothing.
        guidance: The same, for every picture.
        bitmap: The picture as the user gave it, for an engine on this machine, to which no byte is dear; None
            where there is nothing but `image`.
        whole: Whether what seems to stand only beside the formula is to be read as well.
    """

    image: EncodedImage
    mode: Mode = Mode.FORMULA
    hint: str = ""
    guidance: Guidance = field(default=NO_GUIDANCE, repr=False)
    bitmap: Bitmap | None = None
    whole: bool = False

    @property
    def plain_image(self) -> EncodedImage:
        """The picture with every pixel it had, neither scaled nor rounded, unless it is very large."""
        bitmap = self.bitmap
        if bitmap is None or bitmap.width * bitmap.height > PLAIN_PIXELS:
            return self.image
        return as_bmp(bitmap)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them."""

    prompt_tokens: int
    completion_tokens: int
    reasoning_tokens: int = 0

    @property
    def total_tokens(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """The model thinks: a piece that is not part of the answer, of `characters` length."""

    characters: int


@dataclass(frozen=True, slots=True)
class Retrying:
    """The request failed in a way that may pass; it starts anew after a wait.

    Attributes:
        attempt: Number of the attempt that comes, counted from 2.
        wait_s: Seconds until it starts.
        reason: One sentence for the user.
    """

    attempt: int
    wait_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same picture.

    Attributes:
        markup: Its text.
        confidence: How sure the engine is of it, 0 to 1.
    """

    markup: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SeenFormula:
    """One formula of a page: what was read, how sure, what else it may be, and where it stands.

    Attributes:
        latex: As it stands in the answer, between its delimiters.
        boxes: Where it stands, in pixels of the picture that was read; a box for each line it goes over.
        confidence: How sure the engine is, 0 to 1.
        alternatives: Other readings, the surest first.
    """

    latex: str
    boxes: tuple[Box, ...]
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether the user should look at it."""
        return self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Completed:
    """The answer is over.

    Attributes:
        engine: What recognised.
        model: The model's name as asked for.
        usage: Tokens, when the server said so.
        complete: Whether the answer ended by itself; False when it was cut off or hit a limit.
        confidence: How sure the engine is, 0 to 1; None when it does not say.
        warnings: Sentences for the user about this answer.
        cost: What it cost, when the model's price is known; an estimate when the server told no tokens.
        alternatives: Other readings that differ in print, the surest first.
        number: The equation's number that stands beside the formula; empty where there is none.
        mode: What the picture turned out to hold; None for what was asked for.
        left_out: What was not read, since it seems to stand only beside the formula: pixels of the picture as
            the user gave it.
        formulas: The formulas of a page in reading order, where the engine tells them one by one.
    """

    engine: Engine
    model: str
    usage: Usage | None = None
    complete: bool = True
    confidence: float | None = None
    warnings: tuple[str, ...] = ()
    cost: Cost | None = None
    alternatives: tuple[Alternative, ...] = ()
    number: str = ""
    mode: Mode | None = None
    left_out: tuple[Rect, ...] = ()
    formulas: tuple[SeenFormula, ...] = ()


RecognizerEvent = TextDelta | ReasoningDelta | Completed
"""What a `Recognizer` yields: deltas, then one `Completed`."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """A finished answer.

    Attributes:
        markup: The cleaned text.
        mode: What was asked for.
        engine: What recognised.
        model: The model's name.
        seconds: From asking to the end of the answer.
        usage: Tokens, when known.
        complete: False when the answer was cut off; the markup is then what had arrived.
        confidence: 0 to 1, when the engine says so.
        warnings: Sentences for the user.
        cost: What it cost, when known; an estimate when the server told no tokens.
        alternatives: Other readings of the picture that differ in print, the surest first.
        number: The equation's number that stood beside the formula; empty where there was none.
        left_out: What was not read, since it seems to stand only beside the formula: pixels of the picture as
            the user gave it.
        formulas: The formulas of a page in reading order, where the engine tells them one by one.
    """

    markup: str
    mode: Mode
    engine: Engine
    model: str
    seconds: float
    usage: Usage | None = None
    complete: bool = True
    confidence: float | None = None
    warnings: tuple[str, ...] = ()
    cost: Cost | None = None
    alternatives: tuple[Alternative, ...] = ()
    number: str = ""
    left_out: tuple[Rect, ...] = ()
    formulas: tuple[SeenFormula, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether the engine itself is not sure of it, or of a formula in it."""
        is_unsure = self.confidence is not None and self.confidence < DOUBTFUL
        return is_unsure or any(formula.is_doubtful for formula in self.formulas)


RecognitionEvent = TextDelta | ReasoningDelta | Retrying | Recognition
"""What the recognition service yields: deltas and retries, then one `Recognition`."""
