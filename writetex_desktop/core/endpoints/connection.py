"""What a trial of an endpoint finds, step by step, and what can be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from writetex_desktop.core.endpoints.catalogue.models import ListedModel
from writetex_desktop.core.money import CostRange, Money
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.reading.recognition import Usage


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


class FixKind(StrEnum):
    """What a click can do about a failed step."""

    USE_BASE_URL = "use-base-url"
    """Put the value into the base URL."""
    USE_MODEL = "use-model"
    """Put the value into the model ID."""
    PICK_MODEL = "pick-model"
    """Open the list of models."""
    PICK_PROVIDER = "pick-provider"
    """Open the list of providers."""
    ENTER_KEY = "enter-key"
    """Go to the field of the key."""
    OPEN_PAGE = "open-page"
    """Open the provider's page with the address in the value."""
    ASK_AGAIN = "ask-again"
    """Test again."""
    CHOOSE_CA_FILE = "choose-ca-file"
    """Choose a file with certificates that this profile trusts."""
    CHOOSE_CLIENT_CERTIFICATE = "choose-client-certificate"
    """Choose the file by which the server knows this client."""
    USE_SYSTEM_PROXY = "use-system-proxy"
    """Leave it to the system by which proxy the server is asked."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend what is wrong, for a button.

    Attributes:
        kind: What it does.
        value: With what, where it needs something.
    """

    kind: FixKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step and what became of it.

    Attributes:
        step: The step.
        outcome: What became of it.
        message: What was found, one sentence; empty for nothing worth a word.
        remedy: What to do about it; empty when all is well.
        fixes: What a click can do about it, the most promising first.
    """

    step: Step
    outcome: Outcome
    message: str = ""
    remedy: str = ""
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """What a test found so far.

    Attributes:
        steps: Every step, in order.
        seconds: From asking for the picture to the end of the answer; 0 when it was not asked for.
        notice: What happened and what to do about it; None while something is still being tried.
        usage: Tokens, when the server said so.
        cost: What the picture cost, when tokens and price are known; a range when only the price is.
        models: What can be chosen there.
        is_set_up: Whether the three fields are filled in, as far as they are needed.
    """

    steps: tuple[StepResult, ...]
    seconds: float = 0.0
    notice: Notice | None = None
    usage: Usage | None = None
    cost: Money | CostRange | None = None
    models: tuple[ListedModel, ...] = ()
    is_set_up: bool = True

    @property
    def passed(self) -> bool:
        """Whether the endpoint can be used."""
        return all(each.outcome is Outcome.PASSED for each in self.steps)


def steps_until(first_untried: Step | None, said: Mapping[Step, str]) -> tuple[StepResult, ...]:
    """Make the results of a trial that came as far as a step.

    Args:
        first_untried: The step; None for all the way.
        said: What was found at the steps that passed.
    """
    results: list[StepResult] = []
    outcome = Outcome.PASSED
    for step in Step:
        if step is first_untried:
            outcome = Outcome.UNTRIED
        results.append(StepResult(step, outcome, said.get(step, "") if outcome is Outcome.PASSED else ""))
    return tuple(results)
