"""Asking an engine: which one, how often, and what is made of its answer."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import cast

from writetex_desktop.core.endpoints.failures.faults import LONGEST_WAIT_S
from writetex_desktop.core.endpoints.failures.trouble import empty_answer, not_configured
from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError, Remedy, RemedyAction
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.latex.refusal import tells_of_no_picture, unseen_picture
from writetex_desktop.core.latex.safety import danger_warning
from writetex_desktop.core.latex.words import Answer, explain, judge
from writetex_desktop.core.markup import clean
from writetex_desktop.core.markup.kind import kind_of
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    EngineChoice,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    RecognizerEvent,
    Retrying,
    TextDelta,
)
from writetex_desktop.ports.engines import Recognizer
from writetex_desktop.ports.session import Clock

_WANTED: dict[EngineChoice, tuple[Engine, ...]] = {
    EngineChoice.ENDPOINT: (Engine.ENDPOINT,),
    EngineChoice.OFFLINE: (Engine.OFFLINE,),
    EngineChoice.AUTO: (Engine.ENDPOINT, Engine.OFFLINE),
}
_NETWORK_DOWN = frozenset((Fault.UNREACHABLE, Fault.NOT_CONFIGURED))
_FALLBACK_WARNING = mark("The endpoint could not be reached, so the built-in recogniser read this picture.")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a request that failed is made again.

    Attributes:
        most: Attempts after the first.
        first_wait_s: Seconds before the first of them; each further wait is twice as long.
        longest_wait_s: All the seconds that may be waited; a server that asks for more is not asked again.
    """

    most: int = 2
    first_wait_s: float = 0.5
    longest_wait_s: float = LONGEST_WAIT_S

    def wait_s(self, error: EndpointError, failures: int, waited_s: float = 0.0) -> float | None:
        """Give the seconds to wait before another attempt, or None when there is none.

        Args:
            error: The failure.
            failures: How many there have been, this one counted.
            waited_s: Seconds that were waited after those before.
        """
        if failures > self.most or not error.retryable:
            return None
        wait_s = max(self.first_wait_s * 2 ** (failures - 1), error.retry_after_s or 0.0)
        return wait_s if waited_s + wait_s <= self.longest_wait_s else None


class RecognitionService:
    """Has pictures read by the engine that the user wants, or the next best.

    Args:
        engines: The engines there are now; looked into at each picture, so it may change in between.
        clock: Time.
        policy: How often a failed request is made again.
    """

    def __init__(
        self, engines: Mapping[Engine, Recognizer], clock: Clock, policy: RetryPolicy | None = None
    ) -> None:
        self._engines = engines
        self._clock = clock
        self._policy = policy or RetryPolicy()

    async def recognize(
        self, request: RecognitionRequest, choice: EngineChoice = EngineChoice.AUTO
    ) -> AsyncGenerator[RecognitionEvent, None]:
        """Read a picture: deltas and retries, then one `Recognition`.

        Nothing is asked again once text has arrived; an answer that was cut off is kept and marked
        incomplete. `AUTO` takes the endpoint, and the offline engine when there is no endpoint or no way to
        it. End it early by cancelling the task that iterates.

        Args:
            request: What is read.
            choice: Which engine the user wants.

        Raises:
            EndpointError: The endpoint failed before any text had arrived.
            RecognitionError: There is nothing to transcribe, or the engine cannot read the picture.
        """
        started = self._clock.monotonic()
        engines = self._order(choice)
        for place, engine in enumerate(engines):
            fallback = engines[place + 1 : place + 2]
            try:
                async with aclosing(self._attempts(engine, request, patient=not fallback)) as events:
                    async for event in events:
                        if isinstance(event, Recognition):
                            seconds = self._clock.monotonic() - started
                            warnings = (tr_marked(_FALLBACK_WARNING),) * (place > 0) + event.warnings
                            yield replace(event, seconds=seconds, warnings=warnings)
                        else:
                            yield event
            except EndpointError as error:
                if not fallback or error.fault not in _NETWORK_DOWN:
                    raise
            else:
                return

    def _order(self, choice: EngineChoice) -> tuple[Engine, ...]:
        there = tuple(engine for engine in _WANTED[choice] if engine in self._engines)
        if there:
            return there
        if choice is EngineChoice.OFFLINE:
            raise RecognitionError(
                tr("The built-in recogniser is not installed."),
                Remedy(tr("Choose the endpoint as engine."), RemedyAction.OPEN_ENDPOINT_SETTINGS),
            )
        raise not_configured()

    async def _attempts(
        self, engine: Engine, request: RecognitionRequest, *, patient: bool
    ) -> AsyncGenerator[RecognitionEvent, None]:
        """Ask one engine, again where that may help; `patient`: also when there is no way to it."""
        failures = 0
        waited_s = 0.0
        while True:
            text = ""
            try:
                async with aclosing(_generator(self._engines[engine].recognize(request))) as events:
                    async for event in events:
                        if isinstance(event, Completed):
                            yield recognition_of(request.mode, text, event)
                            return
                        if isinstance(event, TextDelta):
                            text += event.text
                        yield event
            except EndpointError as error:
                kind = kind_of(text, request.mode)
                markup = clean(text, kind)
                if markup and judge(text, markup, kind) is Answer.MARKUP:
                    yield _kept(request, text, engine, error)
                    return
                failures += 1
                wait_s = self._policy.wait_s(error, failures, waited_s)
                if wait_s is None or text or not (patient or error.fault not in _NETWORK_DOWN):
                    raise
                yield Retrying(attempt=failures + 1, wait_s=wait_s, reason=error.message)
                await self._clock.sleep(wait_s)
                waited_s += wait_s


def _generator(events: AsyncIterator[RecognizerEvent]) -> AsyncGenerator[RecognizerEvent, None]:
    """Recognisers are written as generators; closing one that an error left behind ends its connection."""
    return cast("AsyncGenerator[RecognizerEvent, None]", events)


def recognition_of(mode: Mode, text: str, end: Completed) -> Recognition:
    """Make a recognition of a whole answer.

    Args:
        mode: What the picture holds.
        text: What the engine said.
        end: How it ended.

    Raises:
        EndpointError: The model said nothing.
        RecognitionError: There is nothing to transcribe, the model saw no picture or answered in words.
    """
    mode = end.mode or kind_of(text, mode)
    markup = clean(text, mode)
    if end.engine is Engine.ENDPOINT:
        if tells_of_no_picture(markup or text):
            raise unseen_picture(end.model)
        if (answer := judge(text, markup, mode)) is not Answer.MARKUP:
            raise explain(answer, markup or text, end.model)
    if not markup:
        raise empty_answer(end.model)
    return Recognition(
        markup=markup,
        mode=mode,
        engine=end.engine,
        model=end.model,
        seconds=0.0,
        usage=end.usage,
        complete=end.complete,
        confidence=end.confidence,
        warnings=(*end.warnings, *_dangers(markup)),
        cost=end.cost,
        alternatives=end.alternatives,
        number=end.number,
        left_out=end.left_out,
        formulas=end.formulas,
    )


def _kept(request: RecognitionRequest, text: str, engine: Engine, error: EndpointError) -> Recognition:
    """Make a recognition of what had arrived before a failure."""
    mode = kind_of(text, request.mode)
    markup = clean(text, mode)
    return Recognition(
        markup=markup,
        mode=mode,
        engine=engine,
        model=error.model,
        seconds=0.0,
        complete=False,
        warnings=(tr("The answer is incomplete: {problem}", problem=error.message), *_dangers(markup)),
    )


def _dangers(markup: str) -> tuple[str, ...]:
    """Warn of commands that a document would obey, since a picture can carry instructions."""
    warning = danger_warning(markup)
    return (warning,) if warning else ()
