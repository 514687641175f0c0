"""How each fault is told: a sentence and a remedy, with the places that are filled in."""

from dataclasses import dataclass

from writetex_desktop.core.errors import Fault, RemedyAction
from writetex_desktop.core.language.words import mark

_SETTINGS = RemedyAction.OPEN_ENDPOINT_SETTINGS
_RETRY = RemedyAction.RETRY


@dataclass(frozen=True, slots=True)
class Saying:
    """How a fault is told.

    Attributes:
        message: The sentence; host, model, status, quote, asks and where are filled in.
        remedy: What to do; when is filled in too.
        action: What a button does about it.
    """

    message: str
    remedy: str
    action: RemedyAction | None = _SETTINGS


SAYINGS: dict[Fault, Saying] = {
    Fault.BAD_KEY: Saying(
        mark("{host} refused the API key."),
        mark("Check the key in the settings; keys often belong to one region or product only."),
    ),
    Fault.FORBIDDEN: Saying(
        mark("{host} does not allow this key to use {model}.{quote}"),
        mark("See in the provider's console what the key may use, or choose another model."),
    ),
    Fault.NO_MONEY: Saying(
        mark("The account at {host} has no credit or quota left for {model}."),
        mark("Top up the account, or choose another model or profile."),
    ),
    Fault.FREE_TIER: Saying(
        mark("The free quota for {model} at {host} is used up."),
        mark("Allow paid use in the provider's console, or choose another model or profile."),
    ),
    Fault.DAILY_LIMIT: Saying(
        mark("The quota for {model} at {host} is used up for now; it is counted in hours or days."),
        mark("Try again {when}, or choose another model or profile."),
    ),
    Fault.OVERDUE: Saying(
        mark("The account at {host} has an unpaid balance."),
        mark("Settle it in the provider's console, or choose another profile."),
    ),
    Fault.BILLING_OFF: Saying(
        mark("Billing is not switched on for the account at {host}."),
        mark("Switch billing on in the provider's console, or choose another profile."),
    ),
    Fault.LIMIT_SET: Saying(
        mark("A spending limit that was set for this key or account at {host} is reached."),
        mark("Raise the limit in the provider's console, or choose another profile."),
    ),
    Fault.REGION: Saying(
        mark("{host} does not serve the country or region you ask from.{quote}"),
        mark("Choose a provider that does, or set a proxy in the network settings of the profile."),
    ),
    Fault.BLOCKED: Saying(
        mark("A protection in front of {host} turned the request away (status {status})."),
        mark("Try from another network or through another proxy, or ask the provider to let programs in."),
    ),
    Fault.WRONG_MODEL: Saying(
        mark("{host} has no model named {model}."), mark("Choose another model ID in the settings.")
    ),
    Fault.WRONG_PATH: Saying(
        mark("{host} answers, but not at this base URL."),
        mark("Check the path of the base URL in the settings; most end in /v1."),
    ),
    Fault.NO_VISION: Saying(
        mark("The model {model} at {host} cannot read pictures."), mark("Choose a model that accepts images.")
    ),
    Fault.BAD_PICTURE: Saying(
        mark("{host} could not use the picture.{quote}"),
        mark("Select a larger region, or choose another model."),
    ),
    Fault.BAD_PARAMETER: Saying(
        mark("{host} did not accept the request for {model}.{quote}"),
        mark("Choose another model, or check the base URL in the settings."),
    ),
    Fault.CONTENT_FILTER: Saying(
        mark("A content filter of {host} refused the picture."),
        mark("Try a smaller selection or another profile."),
        _RETRY,
    ),
    Fault.TOO_LARGE: Saying(
        mark("The picture is too large for {host}."), mark("Select a smaller region."), None
    ),
    Fault.RATE_LIMITED: Saying(
        mark("{host} has had too many requests from this key{asks}."),
        mark("Try again {when}, or use another profile."),
        _RETRY,
    ),
    Fault.OVERLOADED: Saying(
        mark("{host} is overloaded or out of order (status {status})."),
        mark("Try again {when}, or use another profile."),
        _RETRY,
    ),
    Fault.BROKEN: Saying(
        mark("{host} cannot do what it is asked (status {status}).{quote}"),
        mark("Use another profile; asking again does not help."),
    ),
    Fault.TIMEOUT: Saying(
        mark("{host} gave up waiting for the model."),
        mark("Try again {when}, or use another profile."),
        _RETRY,
    ),
    Fault.REDIRECTED: Saying(
        mark("{host} sends requests elsewhere{where}."),
        mark("Put the new address into the base URL, if you trust it."),
    ),
    Fault.NOT_AN_API: Saying(
        mark("The address at {host} is a web page, not an API."),
        mark("Check the base URL in the settings; most end in /v1."),
    ),
    Fault.BAD_ANSWER: Saying(
        mark("{host} gave an answer that cannot be read (status {status}).{quote}"),
        mark("Try again, or check the base URL in the settings."),
        _RETRY,
    ),
}

KEY_MISSING = Saying(mark("{host} asks for an API key."), mark("Enter the key in the settings."))

LISTED_BUT_REFUSED = Saying(
    mark("{host} lists {model}, but does not let this key use it.{quote}"),
    mark("See in the provider's console what the key may use, or choose another model."),
)
"""For a refusal that sounds like a wrong model ID, where the server's own list has it."""

LISTS_BUT_GARBLED = Saying(
    mark("{host} lists its models, but gave an answer that cannot be read.{quote}"),
    mark("Try again, or choose another model."),
    _RETRY,
)
"""For an answer that sounds like a wrong base URL, where the list of models stands at it."""

FOUND_BLIND = Saying(
    mark("The model {model} at {host} answers words, but refuses pictures.{quote}"),
    mark("Choose a model that accepts images."),
)
"""For a model that answered when it was asked without the picture."""
