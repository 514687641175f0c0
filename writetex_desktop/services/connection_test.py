"""Trying an endpoint out: one small picture, and what became of it step by step."""

import re
from dataclasses import dataclass
from enum import StrEnum

from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError, Remedy
from writetex_desktop.core.image import EncodedImage
from writetex_desktop.core.markup import clean
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.recognition import Completed, RecognitionRequest, TextDelta, Usage
from writetex_desktop.ports import Clock, Recognizer


class Step(StrEnum):
    """What has to go right, in this order."""

    REACH = "reach"
    """The base URL leads to an API."""
    KEY = "key"
    """The key is accepted and may be used."""
    MODEL = "model"
    """The model exists and answers."""
    VISION = "vision"
    """It sees the picture: a model that silently drops it would invent a formula."""


class Outcome(StrEnum):
    """What became of a step."""

    PASSED = "passed"
    FAILED = "failed"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step and what became of it."""

    step: Step
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """What a test found.

    Attributes:
        steps: Every step, in order.
        seconds: From asking to the end of the answer.
        notice: What happened and what to do about it.
        usage: Tokens, when the server said so.
    """

    steps: tuple[StepResult, ...]
    seconds: float
    notice: Notice
    usage: Usage | None = None

    @property
    def passed(self) -> bool:
        """Whether the endpoint can be used."""
        return all(each.outcome is Outcome.PASSED for each in self.steps)


_FAILED_AT: dict[Fault, Step] = {
    Fault.NOT_CONFIGURED: Step.REACH,
    Fault.BAD_URL: Step.REACH,
    Fault.WRONG_PATH: Step.REACH,
    Fault.UNREACHABLE: Step.REACH,
    Fault.REDIRECTED: Step.REACH,
    Fault.NOT_AN_API: Step.REACH,
    Fault.BAD_KEY: Step.KEY,
    Fault.FORBIDDEN: Step.KEY,
    Fault.NO_MONEY: Step.KEY,
    Fault.NO_VISION: Step.VISION,
    Fault.TOO_LARGE: Step.VISION,
    Fault.CONTENT_FILTER: Step.VISION,
}
"""The step at which a fault shows; those not named show when the model should answer."""

_WORKS = Notice(Level.INFO, "The endpoint works and reads pictures.")
_UNSEEN = Notice(
    Level.ERROR,
    "The model answered, but not with what the test picture shows.",
    Remedy("It may not see images; choose a model that accepts them."),
)


async def check_connection(recognizer: Recognizer, picture: EncodedImage, clock: Clock) -> ConnectionReport:
    """Have one small picture read and say what went right and wrong. Nothing is retried.

    Args:
        recognizer: The engine at the endpoint in question.
        picture: A picture of `x^2`.
        clock: Time.
    """
    started = clock.monotonic()
    text = ""
    usage: Usage | None = None
    try:
        async for event in recognizer.recognize(RecognitionRequest(picture)):
            if isinstance(event, TextDelta):
                text += event.text
            elif isinstance(event, Completed):
                usage = event.usage
    except EndpointError as error:
        return _report(
            clock.monotonic() - started, _FAILED_AT.get(error.fault, Step.MODEL), Notice.of(error), usage
        )
    except RecognitionError as error:
        return _report(clock.monotonic() - started, Step.MODEL, Notice.of(error), usage)
    seconds = clock.monotonic() - started
    if not shows_x_squared(text):
        return _report(seconds, Step.VISION, _UNSEEN, usage)
    return _report(seconds, None, _WORKS, usage)


def shows_x_squared(answer: str) -> bool:
    """Say whether an answer is the formula of the test picture: an x, its square, and no more than that."""
    plain = re.sub(r"[\s{}\\,.]|mathrm|displaystyle", "", clean(answer))
    return plain.lower() == "x^2"


def _report(seconds: float, failed: Step | None, notice: Notice, usage: Usage | None) -> ConnectionReport:
    results: list[StepResult] = []
    outcome = Outcome.PASSED
    for step in Step:
        if step is failed:
            results.append(StepResult(step, Outcome.FAILED))
            outcome = Outcome.UNTRIED
        else:
            results.append(StepResult(step, outcome))
    return ConnectionReport(tuple(results), seconds, notice, usage)


def as_record(report: ConnectionReport) -> dict[str, object]:
    """Give a report as the object that `writetex test-connection --json` prints."""
    return {
        "passed": report.passed,
        "steps": {each.step.value: each.outcome.value for each in report.steps},
        "seconds": round(report.seconds, 3),
        "message": report.notice.message,
        "remedy": report.notice.remedy.text,
        "usage": report.usage
        and {
            "prompt_tokens": report.usage.prompt_tokens,
            "completion_tokens": report.usage.completion_tokens,
        },
    }


def as_text(report: ConnectionReport) -> str:
    """Give a report as lines for people."""
    lines = [f"{each.outcome.value:8} {each.step.value}" for each in report.steps]
    tokens = f", {report.usage.total_tokens} tokens" if report.usage else ""
    said = f"{report.notice.message} {report.notice.remedy.text}".rstrip()
    return "\n".join([*lines, f"{said} ({report.seconds:.1f} s{tokens})"])
