"""What a server's own list of models says about a failure: it decides where the server's words are vague."""

from collections.abc import Sequence

from writetex_desktop.core.endpoints.catalogue.models import ListedModel, has_model
from writetex_desktop.core.endpoints.failures.faults import retold
from writetex_desktop.core.endpoints.failures.sayings import LISTED_BUT_REFUSED, LISTS_BUT_GARBLED, SAYINGS
from writetex_desktop.core.errors import EndpointError, Fault

IN_DOUBT = frozenset(
    (Fault.WRONG_MODEL, Fault.WRONG_PATH, Fault.NOT_AN_API, Fault.BAD_PARAMETER, Fault.BAD_ANSWER)
)
"""Faults of which the list knows more."""

_ABOUT_THE_PATH = frozenset((Fault.WRONG_PATH, Fault.NOT_AN_API))
_NAMES_A_MODEL = ("model", "模型", "deployment")


def decided(error: EndpointError, base_url: str, models: Sequence[ListedModel]) -> EndpointError:
    """Tell a failure as the list has it; the error itself where the list says nothing else.

    A model that the list has is not wrong, and a base URL at which the list stands is not either. A model
    that it lacks is what was wrong, whatever the words.

    Args:
        error: The failure; its model is the one that was asked for.
        base_url: Whom we asked.
        models: What the server lists at this base URL.
    """
    if error.fault not in IN_DOUBT or not error.model or not any(each.offered for each in models):
        return error
    if not has_model(error.model, models):
        names = error.model.lower() in error.said.lower() or any(
            word in error.said.lower() for word in _NAMES_A_MODEL
        )
        if error.fault is not Fault.WRONG_MODEL and (names or error.fault in _ABOUT_THE_PATH):
            return retold(error, SAYINGS[Fault.WRONG_MODEL], base_url, Fault.WRONG_MODEL)
        return error
    if error.fault is Fault.WRONG_MODEL:
        return retold(error, LISTED_BUT_REFUSED, base_url, Fault.FORBIDDEN)
    if error.fault in _ABOUT_THE_PATH:
        return retold(error, LISTS_BUT_GARBLED, base_url, Fault.BAD_ANSWER)
    return error
