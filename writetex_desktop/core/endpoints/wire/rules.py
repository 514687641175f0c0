"""What the catalogue knows of talking to one model at one server, in one value."""

from dataclasses import dataclass, replace

from writetex_desktop.core.endpoints.catalogue.provider import ORDINARY, Catalogue, ErrorSign, ModelRule


@dataclass(frozen=True, slots=True)
class WireRules:
    """How requests to a model must look, and how its server says what went wrong.

    Attributes:
        model: How requests to this model must look.
        image_detail: The value of `detail` that goes with a picture; empty to leave it out.
        errors: The server's own ways of telling faults; they count before those that are common to all.
        most_tokens: The most completion tokens that are asked for; 0 for what the server does.
    """

    model: ModelRule = ORDINARY
    image_detail: str = ""
    errors: tuple[ErrorSign, ...] = ()
    most_tokens: int = 0


ORDINARY_WIRE = WireRules()
"""For a server that the catalogue does not know."""


def wire_rules(catalogue: Catalogue, base_url: str, model: str, most_tokens: int = 0) -> WireRules:
    """Look up what is known; the ordinary way when nothing is.

    Args:
        catalogue: All providers.
        base_url: Normalised.
        model: Model ID.
        most_tokens: The most completion tokens that are asked for; 0 for what the server does.
    """
    provider = catalogue.provider_for(base_url)
    if provider is None:
        return replace(ORDINARY_WIRE, most_tokens=most_tokens)
    return WireRules(provider.rule(model), provider.image.detail, provider.errors, most_tokens)
