"""What to know of a model before choosing it, said to the user."""

from datetime import date

from writetex_desktop.core.endpoints.catalogue.provider import Model, Provider
from writetex_desktop.core.language.numbers import day
from writetex_desktop.core.language.words import tr


def model_advice(provider: Provider, model: str, today: date) -> tuple[str, ...]:
    """Say what speaks against a model and what is special about it.

    Args:
        provider: Whose model it is.
        model: Model ID.
        today: The day by the user's calendar.

    Returns:
        One sentence each, the gravest first; none when all is well or nothing is known.
    """
    known = provider.model(model)
    advice = () if known is None else (*_life(known, today), *_doubts(known))
    if provider.rule(model).always_thinks:
        advice += (
            tr("It always thinks before it answers: that takes longer and costs more than the estimate."),
        )
    return advice if known is None or not known.note else (*advice, known.note)


def _life(model: Model, today: date) -> tuple[str, ...]:
    if model.retires is None:
        return ()
    when = day(model.retires)
    if model.is_retired(today):
        if not model.successor:
            return (tr("This model ended on {day}.", day=when),)
        return (tr("This model ended on {day}; take {model}.", day=when, model=model.successor),)
    if not model.successor:
        return (tr("This model ends on {day}.", day=when),)
    return (tr("This model ends on {day}; take {model}.", day=when, model=model.successor),)


def _doubts(model: Model) -> tuple[str, ...]:
    doubts: list[str] = []
    if not model.vision:
        doubts.append(tr("This model does not see images."))
    if not model.confirmed:
        doubts.append(tr("Compare this model ID with the provider's list; it could not be confirmed."))
    return tuple(doubts)
