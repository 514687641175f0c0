"""The catalogue of providers: what `resources/providers.toml` says, as values to look things up in.

What differs from one provider to the next stands there, not in code; `catalogue.codec` reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fnmatch import fnmatchcase
from types import MappingProxyType
from urllib.parse import urlsplit

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.endpoint import is_local
from writetex_desktop.core.errors import Fault


class ProviderKind(StrEnum):
    """What sort of provider it is; the chooser groups them by it."""

    SERVICE = "service"
    """A company's own models."""
    GATEWAY = "gateway"
    """Models of many makers behind one key."""
    LOCAL = "local"
    """A server on the own machine or network."""
    CUSTOM = "custom"
    """Whatever the user types."""


class ModelMark(StrEnum):
    """Why a model is proposed."""

    ECONOMICAL = "economical"
    STRONG = "strong"


class ModelListing(StrEnum):
    """Whether `GET {base_url}/models` lists the models."""

    YES = "yes"
    MAYBE = "maybe"
    """It is known to fail for some accounts, or nobody has said."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step on the way to key and model.

    Attributes:
        text: What to do, one sentence.
        url: The page where it is done; empty for none.
    """

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class DatedNote:
    """Something that changes often: a sentence, the day it was true, and where it was read."""

    text: str
    as_of: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that a provider has.

    Attributes:
        id: Model ID, sent verbatim.
        name: What people call it.
        patterns: Other IDs of the same model (dated ones), with `*` for anything.
        mark: Why it is proposed, if it is.
        vision: Whether it sees images.
        confirmed: Whether the ID is from the provider's own pages; False for one that was inferred and that
            the user should check.
        price: What it costs, if known.
        retires: The day from which it is said to be gone, if one is known.
        successor: The model ID at the same provider that takes its place; empty for none known.
        note: One sentence more; empty for none.
    """

    id: str
    name: str
    patterns: tuple[str, ...] = ()
    mark: ModelMark | None = None
    vision: bool = True
    confirmed: bool = True
    price: Price | None = None
    retires: date | None = None
    successor: str = ""
    note: str = ""

    def is_retired(self, today: date) -> bool:
        """Whether the provider says that it is gone."""
        return self.retires is not None and self.retires <= today

    def mark_on(self, today: date) -> ModelMark | None:
        """Why it is proposed on a day; a model that is gone is not."""
        return None if self.is_retired(today) else self.mark


@dataclass(frozen=True, slots=True)
class ModelRule:
    """How requests to some models must look.

    Attributes:
        patterns: Model IDs it is for, with `*` for anything.
        thinking_off: Fields of the request's body that keep the model from thinking, or as near to it as it
            goes; empty for none.
        always_thinks: Whether nothing keeps it from thinking, so that it is slow and costs more.
        token_limit: What the parameter for the most completion tokens is called.
        temperature: Whether a temperature may be sent.
        stream_only: Whether only streamed requests are answered.
        source: Where this was read; empty where the provider's documentation says it.
    """

    patterns: tuple[str, ...] = ("*",)
    thinking_off: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    always_thinks: bool = False
    token_limit: str = "max_tokens"  # noqa: S105 - the name of a parameter
    temperature: bool = True
    stream_only: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class ImageRules:
    """What pictures a provider takes, as data URLs.

    Attributes:
        media_types: What is accepted; PNG is everywhere.
        min_side_px: The shortest side allowed; 0 when nothing is said.
        max_side_px: The longest side allowed; 0 when nothing is said.
        max_bytes: The most bytes of a picture, as encoded in the request; 0 when nothing is said.
        max_tokens: The most that one picture costs in tokens; 0 when nothing is said.
        detail: The value of `detail` that must be sent; empty to leave it out.
    """

    media_types: tuple[str, ...] = ("image/png", "image/jpeg")
    min_side_px: int = 0
    max_side_px: int = 0
    max_bytes: int = 0
    max_tokens: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ErrorSign:
    """How a provider says what went wrong.

    Attributes:
        fault: What it means.
        status: HTTP status it comes with.
        code: The code in the body; empty when it is known by its words.
        phrase: Words of the message; empty when it is known by its code.
    """

    fault: Fault
    status: int
    code: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class BatchTerms:
    """How a provider takes many requests at once, as files, to answer them within hours.

    Attributes:
        price_share: What it costs, as a share of the ordinary price: 0.5 is half.
        endpoint: What each request is for, as a path that the provider names.
        most_requests: The most requests in one file.
        most_bytes: The longest file.
        window: The time within which it is to be done, as the provider writes it.
        models: Model IDs that its pages name, with `*` for anything; empty when they name all or none.
        note: One sentence worth knowing before; empty for none.
        source: Where this was read.
    """

    price_share: Decimal = Decimal(1)
    endpoint: str = "/v1/chat/completions"
    most_requests: int = 50_000
    most_bytes: int = 100_000_000
    window: str = "24h"
    models: tuple[str, ...] = ()
    note: str = ""
    source: str = ""

    def names(self, model: str) -> bool:
        """Whether the provider's pages say that a model can be asked in this way."""
        return not self.models or _fits(model.casefold(), self.models)


@dataclass(frozen=True, slots=True)
class Provider:
    """An entry of the catalogue.

    Attributes:
        id: Stable name; lower-case letters, digits and hyphens.
        name: What the user reads.
        kind: What sort it is.
        base_url: As `endpoint.normalise_base_url` gives it; empty for Custom and where the user must put
            in a name of their own.
        placeholder: A base URL to be completed by the user; empty where `base_url` is whole.
        hosts: Hosts that are this provider's, and every host below them.
        port: The usual port of a local server; 0 for none.
        needs_key: Whether it asks for a key.
        fixed_key: The key that every user of it has (no secret); empty for none.
        key_url: Page where keys are made; empty for none.
        docs_url: Documentation; empty for none.
        models_url: Page that lists the models and their prices; empty for none.
        steps: From nothing to key and model ID.
        models: Proposed and known models, the best known first.
        rules: How requests must look; the first that fits a model counts.
        image: What pictures it takes.
        listing: Whether it lists its models.
        listing_prefix: What stands before the IDs in that list and is not part of them.
        vision_path: Names that lead, joined by dots, to what a listed model can see: `true`, or a list with
            `image`; empty when the list does not say.
        errors: How it says what went wrong, where it has its own way.
        batch: How it takes many requests at once, where it does so in OpenAI's way.
        free_tier: What is free, if anything.
        notes: Sentences worth knowing before choosing it.
    """

    id: str
    name: str
    kind: ProviderKind
    base_url: str = ""
    placeholder: str = ""
    hosts: tuple[str, ...] = ()
    port: int = 0
    needs_key: bool = True
    fixed_key: str = ""
    key_url: str = ""
    docs_url: str = ""
    models_url: str = ""
    steps: tuple[GuideStep, ...] = ()
    models: tuple[Model, ...] = ()
    rules: tuple[ModelRule, ...] = ()
    image: ImageRules = field(default_factory=ImageRules)
    listing: ModelListing = ModelListing.MAYBE
    listing_prefix: str = ""
    vision_path: str = ""
    errors: tuple[ErrorSign, ...] = ()
    batch: BatchTerms | None = None
    free_tier: DatedNote | None = None
    notes: tuple[str, ...] = ()

    def model(self, model: str) -> Model | None:
        """Find a model by its ID: by the ID itself before any pattern; None when it is not known."""
        name = self._plain(model)
        exact = (each for each in self.models if each.id.casefold() == name)
        return next(exact, None) or next((each for each in self.models if _fits(name, each.patterns)), None)

    def marked(self, mark: ModelMark, today: date) -> Model | None:
        """Give the first model with a mark that is not retired, or None."""
        marked = (each for each in self.models if each.mark_on(today) is mark)
        return next(marked, None)

    def rule(self, model: str) -> ModelRule:
        """Say how a request to a model must look; the ordinary way when nothing is known."""
        name = self._plain(model)
        return next((each for each in self.rules if _fits(name, each.patterns)), ORDINARY)

    def _plain(self, model: str) -> str:
        return model.casefold().removeprefix(self.listing_prefix)


ORDINARY = ModelRule()
"""How requests look that no rule is known for."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All providers, in the order in which they are offered."""

    providers: tuple[Provider, ...] = ()

    def provider(self, provider_id: str) -> Provider | None:
        """Find a provider by its `id`."""
        return next((each for each in self.providers if each.id == provider_id), None)

    def provider_for(self, base_url: str) -> Provider | None:
        """Find whose base URL this is: by its host, or on the own network by its port.

        Args:
            base_url: As `core.endpoints.endpoint.normalise_base_url` gave it, or empty.

        Returns:
            The provider, or None when it is nobody's we know.
        """
        if not base_url:
            return None
        parts = urlsplit(base_url)
        host = (parts.hostname or "").lower()
        known = [(name, each) for each in self.providers for name in each.hosts if _is_below(host, name)]
        # A host below another's may be somebody else's; the longest name says it best.
        found = max(known, key=lambda each: len(each[0]), default=("", None))[1]
        if found is None and parts.port and is_local(base_url):
            found = next((each for each in self.providers if each.port == parts.port), None)
        return found

    def model(self, base_url: str, model: str) -> Model | None:
        """Find what is known of a model at a base URL, or None."""
        provider = self.provider_for(base_url)
        return None if provider is None else provider.model(model)

    def rule(self, base_url: str, model: str) -> ModelRule:
        """Say how a request must look; the ordinary way when nothing is known."""
        provider = self.provider_for(base_url)
        return ORDINARY if provider is None else provider.rule(model)

    def thinking_off(self, base_url: str, model: str) -> Mapping[str, object]:
        """Give the fields of the request's body that keep a model from thinking; none when not known.

        Example: `{"reasoning_effort": "none"}`, to be put beside `model` and `messages`.
        """
        return self.rule(base_url, model).thinking_off

    def price(self, base_url: str, model: str) -> Price | None:
        """Say what a model costs, if that is known."""
        found = self.model(base_url, model)
        return None if found is None else found.price


def _is_below(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern.casefold()) for pattern in patterns)
