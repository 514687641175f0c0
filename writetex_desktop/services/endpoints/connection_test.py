"""Trying an endpoint out: the way there, the key, the model, and whether it sees a small picture."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from writetex_desktop.core.endpoints.catalogue.models import ListedModel, nearest, seeing
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.endpoints.connection import (
    ConnectionReport,
    Fix,
    FixKind,
    Outcome,
    Step,
    StepResult,
    steps_until,
)
from writetex_desktop.core.endpoints.endpoint import Endpoint, is_local, request_url
from writetex_desktop.core.endpoints.failures.verdict import decided
from writetex_desktop.core.errors import (
    EndpointError,
    Fault,
    RecognitionError,
    Remedy,
    RemedyAction,
    WriteTexError,
)
from writetex_desktop.core.language.words import mark, tr, tr_marked, tr_plural
from writetex_desktop.core.latex.refusal import tells_of_no_picture, unseen_picture
from writetex_desktop.core.markup import clean
from writetex_desktop.core.money import Cost
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Completed, RecognitionRequest, TextDelta, Usage
from writetex_desktop.ports.engines import Recognizer
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.endpoints.model_lists import ModelChoice, ModelLists

_FAILED_AT: dict[Fault, Step] = {
    Fault.NOT_CONFIGURED: Step.REACH,
    Fault.BAD_URL: Step.REACH,
    Fault.WRONG_PATH: Step.REACH,
    Fault.UNREACHABLE: Step.REACH,
    Fault.REDIRECTED: Step.REACH,
    Fault.NOT_AN_API: Step.REACH,
    Fault.STAYING_OFFLINE: Step.REACH,
    Fault.BAD_KEY: Step.KEY,
    Fault.FORBIDDEN: Step.KEY,
    Fault.REGION: Step.REACH,
    Fault.BLOCKED: Step.REACH,
    Fault.NO_VISION: Step.VISION,
    Fault.BAD_PICTURE: Step.VISION,
    Fault.TOO_LARGE: Step.VISION,
    Fault.CONTENT_FILTER: Step.VISION,
}
"""The step at which a fault shows; those not named show when the model should answer, as money does: the key
was taken then."""

_OTHER_MODEL_MAY_DO = frozenset((Fault.NO_MONEY, Fault.FREE_TIER, Fault.DAILY_LIMIT))
"""Quotas that most providers count for each model."""

_ELSEWHERE = frozenset((Fault.WRONG_PATH, Fault.NOT_AN_API, Fault.REDIRECTED, Fault.BAD_ANSWER))
"""Faults after which the API is looked for at another path."""

_MOST_MODELS = 3
"""How many models a remedy names."""

_MISREAD = mark("The model answered, but not with what the test picture shows.")
_READS_POORLY = mark("Test again; if it misreads the picture once more, choose another model.")

Report = Callable[[ConnectionReport], None]


class ConnectionTest:
    """Tries the active endpoint; nothing is retried.

    Args:
        draft: Gives the endpoint as far as it is filled in.
        connect: Gives its recogniser.
        lists: Asks for its models.
        catalogue: What is known of providers.
        cost: Says what a request cost: base URL, model and the tokens it took.
        picture: Gives a picture of `x^2`.
        clock: Time.
        answered: Gives the base URL that answers in place of one that was typed.
    """

    def __init__(
        self,
        *,
        draft: Callable[[], Coroutine[Any, Any, Endpoint]],
        connect: Callable[[], Coroutine[Any, Any, Recognizer]],
        lists: ModelLists,
        catalogue: Catalogue,
        cost: Callable[[str, str, Usage | None], Cost | None],
        picture: Callable[[], EncodedImage],
        clock: Clock,
        answered: Callable[[str], str] = lambda base_url: base_url,
    ) -> None:
        self._draft = draft
        self._connect = connect
        self._lists = lists
        self._catalogue = catalogue
        self._cost = cost
        self._picture = picture
        self._clock = clock
        self._answered = answered

    async def run(self, report: Report = lambda _report: None) -> ConnectionReport:
        """Try it: ask for the list of models, which costs nothing, then have one small picture read.

        Args:
            report: Is called with what is known after each step; the last time with what is given back.

        Raises:
            SettingsError: The key could not be read.
        """
        found = await self._run(report)
        report(found)
        return found

    async def _run(self, report: Report) -> ConnectionReport:
        try:
            endpoint = await self._draft()
        except EndpointError as error:
            kind = FixKind.ENTER_KEY if error.fault is Fault.BAD_KEY else FixKind.PICK_PROVIDER
            return _failed(_FAILED_AT[error.fault], error, (Fix(kind),))
        if not endpoint.base_url:
            message, remedy = tr("The base URL is missing."), tr("Choose a provider, or enter its base URL.")
            return _failed_with(Step.REACH, message, remedy, (Fix(FixKind.PICK_PROVIDER),))
        choice = await self._lists.models(endpoint, anew=True)
        if choice.problem is not None and choice.problem.fault is not Fault.TIMEOUT:
            return await self._explain(choice.problem, endpoint, choice)
        missing = self._missing(endpoint, choice)
        if missing is not None:
            return replace(missing, is_set_up=False)
        if choice.listed:
            report(ConnectionReport(steps_until(Step.KEY, _reached(choice)), models=choice.models))
        return await self._ask(endpoint, choice)

    def _missing(self, endpoint: Endpoint, choice: ModelChoice) -> ConnectionReport | None:
        """Say which of the fields is empty that is needed to go on."""
        reached = _reached(choice)
        if not endpoint.key and not is_local(endpoint.base_url):
            message, remedy = (
                tr("The API key is missing."),
                tr("Copy it from the provider's page and paste it here."),
            )
            return _failed_with(
                Step.KEY, message, remedy, self._key_fixes(endpoint), reached, models=choice.models
            )
        if not endpoint.model:
            message, remedy = tr("No model is chosen."), tr("Choose one that sees images.")
            fixes = _model_fixes(_proposed(choice.models))
            return _failed_with(Step.MODEL, message, remedy, fixes, reached, models=choice.models)
        return None

    async def _ask(self, endpoint: Endpoint, choice: ModelChoice) -> ConnectionReport:
        started = self._clock.monotonic()
        text = ""
        usage: Usage | None = None
        try:
            recognizer = await self._connect()
            async for event in recognizer.recognize(RecognitionRequest(self._picture())):
                if isinstance(event, TextDelta):
                    text += event.text
                elif isinstance(event, Completed):
                    usage = event.usage
        except EndpointError as error:
            seconds = self._clock.monotonic() - started
            return replace(await self._explain(error, endpoint, choice), seconds=seconds)
        except RecognitionError as error:
            seconds = self._clock.monotonic() - started
            found = _failed(Step.MODEL, error, (Fix(FixKind.ASK_AGAIN),), _reached(choice), choice.models)
            return replace(found, seconds=seconds)
        measured: dict[str, Any] = {
            "seconds": self._clock.monotonic() - started,
            "usage": usage,
            "cost": self._cost(endpoint.base_url, endpoint.model, usage),
        }
        if not shows_x_squared(text):
            unseen = tells_of_no_picture(clean(text) or text)
            message = unseen_picture(endpoint.model).message if unseen else tr_marked(_MISREAD)
            remedy, fixes = _try_seeing(endpoint.model, choice.models)
            if not unseen and any(each.id == endpoint.model for each in seeing(choice.models)):
                # A model of which nobody knows may have made that up; this one misread.
                remedy, fixes = tr_marked(_READS_POORLY), (Fix(FixKind.ASK_AGAIN), *fixes)
            return replace(
                _failed_with(Step.VISION, message, remedy, fixes, _reached(choice), models=choice.models),
                **measured,
            )
        said = {
            **_reached(choice),
            **self._found(endpoint),
            Step.MODEL: _thought(usage),
            Step.VISION: tr("It read x² right."),
        }
        return ConnectionReport(
            steps_until(None, said),
            notice=Notice(Level.INFO, tr("The endpoint works and reads pictures.")),
            models=choice.models,
            **measured,
        )

    def _found(self, endpoint: Endpoint) -> dict[Step, str]:
        """Say where the interface was found, when it is not where the base URL says."""
        answered = self._answered(endpoint.base_url)
        if answered == endpoint.base_url:
            return {}
        return {Step.REACH: tr("It answers at {url}, which is remembered.", url=request_url(answered))}

    async def _explain(
        self, error: EndpointError, endpoint: Endpoint, choice: ModelChoice
    ) -> ConnectionReport:
        """Say at which step an error shows, and look for what would work."""
        if choice.listed:
            error = decided(error, endpoint.base_url, choice.models)
        step = _FAILED_AT.get(error.fault, Step.MODEL)
        better = ""
        if error.fault in _ELSEWHERE and not choice.listed:
            known = error.suggestion if error.fault is not Fault.REDIRECTED else ""
            better = known or await self._lists.better_base_url(endpoint)
        if better and better != endpoint.base_url:
            step, remedy = Step.REACH, tr("There is an API at another path of this host.")
            fixes: tuple[Fix, ...] = (Fix(FixKind.USE_BASE_URL, better),)
        else:
            remedy, fixes = self._mending(step, error, endpoint, choice)
        reached = _reached(choice) if step is not Step.REACH else {}
        return _failed_with(step, error.message, remedy, fixes, reached, models=choice.models)

    def _mending(
        self, step: Step, error: EndpointError, endpoint: Endpoint, choice: ModelChoice
    ) -> tuple[str, tuple[Fix, ...]]:
        """Give what to do about an error, in words and as what a click can do."""
        remedy = error.remedy.text
        again = Fix(FixKind.ASK_AGAIN)
        if step is Step.REACH:
            return remedy, (*_ways(error, endpoint), again, Fix(FixKind.PICK_PROVIDER))
        if step is Step.KEY:
            return remedy, self._key_fixes(endpoint)
        if error.fault is Fault.WRONG_MODEL:
            close = nearest(endpoint.model, choice.models) or _proposed(choice.models, but=endpoint.model)
            if close:
                remedy = tr("Use the ID exactly as the provider writes it.")
            return remedy, _model_fixes(close)
        if error.fault is Fault.NO_VISION:
            return _try_seeing(endpoint.model, choice.models)
        if error.fault in {Fault.BAD_PARAMETER, Fault.EMPTY_ANSWER, Fault.BAD_PICTURE}:
            return remedy, (Fix(FixKind.PICK_MODEL),)
        return remedy, (again, Fix(FixKind.PICK_MODEL)) if error.fault in _OTHER_MODEL_MAY_DO else (again,)

    def _key_fixes(self, endpoint: Endpoint) -> tuple[Fix, ...]:
        provider = self._catalogue.provider_for(endpoint.base_url)
        page = (Fix(FixKind.OPEN_PAGE, provider.key_url),) if provider and provider.key_url else ()
        return (Fix(FixKind.ENTER_KEY), *page)


def shows_x_squared(answer: str) -> bool:
    """Say whether an answer is the formula of the test picture: an x, its square, and no more than that."""
    plain = re.sub(r"[\s{}\\,.]|mathrm|displaystyle", "", clean(answer))
    return plain.lower() == "x^2"


def models_sentence(models: tuple[ListedModel, ...]) -> str:
    """Count the models that a server lists, and those that are known to see images."""
    return tr_plural(
        "{count} model found, {seeing} known to see images.",
        "{count} models found, {seeing} known to see images.",
        count=len(models),
        seeing=len(seeing(models)),
    )


def _ways(error: EndpointError, endpoint: Endpoint) -> tuple[Fix, ...]:
    """Give what a click can do about the way to a server: another address, a certificate, a proxy."""
    fixes: list[Fix] = []
    if error.suggestion and error.suggestion != endpoint.base_url:
        fixes.append(Fix(FixKind.USE_BASE_URL, error.suggestion))
    match error.remedy.action:
        case RemedyAction.CHOOSE_CA_FILE:
            fixes.append(Fix(FixKind.CHOOSE_CA_FILE))
        case RemedyAction.CHOOSE_CLIENT_CERTIFICATE:
            fixes.append(Fix(FixKind.CHOOSE_CLIENT_CERTIFICATE))
        case RemedyAction.OPEN_NETWORK_SETTINGS if endpoint.network.proxy:
            fixes.append(Fix(FixKind.USE_SYSTEM_PROXY))
        case _:
            pass
    return tuple(fixes)


def _reached(choice: ModelChoice) -> dict[Step, str]:
    return {Step.REACH: models_sentence(choice.models)} if choice.listed else {}


def _thought(usage: Usage | None) -> str:
    if usage is None or not usage.reasoning_tokens:
        return ""
    return tr_plural(
        "It spent {count} token on thinking, which costs time and money.",
        "It spent {count} tokens on thinking, which costs time and money.",
        count=usage.reasoning_tokens,
    )


def _proposed(models: tuple[ListedModel, ...], but: str = "") -> tuple[str, ...]:
    return tuple(each.id for each in seeing(models) if each.id != but)[:_MOST_MODELS]


def _model_fixes(ids: tuple[str, ...]) -> tuple[Fix, ...]:
    return (*(Fix(FixKind.USE_MODEL, each) for each in ids), Fix(FixKind.PICK_MODEL))


def _try_seeing(model: str, models: tuple[ListedModel, ...]) -> tuple[str, tuple[Fix, ...]]:
    seen = _proposed(models, but=model)
    if seen:
        remedy = tr("This model seems not to see images; try {models}.", models=", ".join(seen))
    else:
        remedy = tr("This model seems not to see images; choose one that does.")
    return remedy, _model_fixes(seen)


def _failed(
    step: Step,
    error: WriteTexError,
    fixes: tuple[Fix, ...],
    said: dict[Step, str] | None = None,
    models: tuple[ListedModel, ...] = (),
) -> ConnectionReport:
    return _failed_with(step, error.message, error.remedy.text, fixes, said, models=models)


def _failed_with(
    step: Step,
    message: str,
    remedy: str,
    fixes: tuple[Fix, ...],
    said: dict[Step, str] | None = None,
    *,
    models: tuple[ListedModel, ...] = (),
) -> ConnectionReport:
    failure = StepResult(step, Outcome.FAILED, message, remedy, fixes)
    steps = tuple(failure if each.step is step else each for each in steps_until(step, said or {}))
    return ConnectionReport(steps, notice=Notice(Level.ERROR, message, Remedy(remedy)), models=models)
