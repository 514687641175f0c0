"""What the catalogue knows of talking to one model at one server, in one value."""

from dataclasses import dataclass

from writetex_desktop.core.endpoints.catalogue.provider import ORDINARY, Catalogue, ErrorSign, ModelRule


@dataclass(frozen=True, slots=True)
class WireRules:
    """How requests to a model must look, and how its server says what went wrong.

    Attributes:
        model: How requests to this model must look.
        image_detail: The value of `detail` that goes with a picture; empty to leave it out.
        errors: The server's own ways of telling faults; they count before those that are common to all.
    """

    model: ModelRule = ORDINARY
    image_detail: str = ""
    errors: tuple[ErrorSign, ...] = ()


ORDINARY_WIRE = WireRules()
"""For a server that the catalogue does not know."""


def wire_rules(catalogue: Catalogue, base_url: str, model: str) -> WireRules:
    """Look up what is known; the ordinary way when nothing is.

    Args:
        catalogue: All providers.
        base_url: Normalised.
        model: Model ID.
    """
    provider = catalogue.provider_for(base_url)
    if provider is None:
        return ORDINARY_WIRE
    return WireRules(provider.rule(model), provider.image.detail, provider.errors)
