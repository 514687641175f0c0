"""Which models an endpoint has, and where its API really stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from writetex_desktop.core.endpoints.catalogue.models import ListedModel, join_models, read_models
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue, ModelListing
from writetex_desktop.core.endpoints.endpoint import Endpoint, api_url
from writetex_desktop.core.endpoints.paths import AnsweredPaths, other_base_urls
from writetex_desktop.core.endpoints.probe import ProbeReply, Status
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.ports.engines import EndpointProbe

PATIENCE_S = 8.0
"""How long a list of models is waited for; nobody needs it badly."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The models that can be chosen at an endpoint.

    Attributes:
        models: The server's list joined with the catalogue; proposed ones first.
        listed: Whether the server told its list; False when the models are the catalogue's alone.
        problem: Why the server could not be asked, if it could not.
        reply: What it answered, if it did.
    """

    models: tuple[ListedModel, ...]
    listed: bool
    problem: EndpointError | None = None
    reply: ProbeReply | None = None


class ModelLists:
    """Asks servers for their models; what they say is kept for the run.

    Args:
        probe: Asks.
        catalogue: What is known beforehand.
        paths: Knows where an interface answered.
        today: Gives the day by the user's calendar, on which some models are gone.
    """

    def __init__(
        self,
        probe: EndpointProbe,
        catalogue: Catalogue,
        paths: AnsweredPaths | None = None,
        today: Callable[[], date] = lambda: datetime.now().astimezone().date(),
    ) -> None:
        self._probe = probe
        self._paths = paths or AnsweredPaths()
        self._today = today
        self._catalogue = catalogue
        self._known: dict[Endpoint, ModelChoice] = {}

    async def models(self, endpoint: Endpoint, *, anew: bool = False) -> ModelChoice:
        """Give the models of an endpoint; a server that does not tell them is no failure.

        Args:
            endpoint: Its model does not matter.
            anew: Whether the server is asked again.
        """
        place = Endpoint(endpoint.base_url, endpoint.key, "", endpoint.network)
        if anew or place not in self._known:
            choice = await self._ask(place)
            if not choice.listed:
                return choice
            self._known[place] = choice
        return self._known[place]

    async def better_base_url(self, endpoint: Endpoint) -> str:
        """Look for the path at which a server does have an API; empty when there is none.

        The catalogue's own address comes first, then what was typed, then the paths that are usual. Only the
        endpoint's own origin is asked, for the key goes along.
        """
        provider = self._catalogue.provider_for(endpoint.base_url)
        for candidate in other_base_urls(endpoint.base_url, provider.base_url if provider else ""):
            moved = Endpoint(candidate, endpoint.key, "", endpoint.network)
            try:
                reply = await self._probe.get(moved, models_url(candidate), timeout_s=PATIENCE_S)
            except EndpointError:
                continue
            listed = reply.status == Status.OK and read_models(reply.document, provider) is not None
            if listed or reply.wants_key:
                return candidate
        return ""

    async def _ask(self, endpoint: Endpoint) -> ModelChoice:
        provider = self._catalogue.provider_for(endpoint.base_url)
        if provider is not None and provider.listing is ModelListing.NO:
            return ModelChoice(join_models(None, provider, self._today()), listed=False)
        try:
            reply = await self._probe.get(
                endpoint, models_url(self._paths.of(endpoint.base_url)), timeout_s=PATIENCE_S
            )
        except EndpointError as error:
            return ModelChoice(join_models(None, provider, self._today()), listed=False, problem=error)
        found = read_models(reply.document, provider) if reply.status == Status.OK else None
        return ModelChoice(join_models(found, provider, self._today()), listed=found is not None, reply=reply)


def models_url(base_url: str) -> str:
    """Give the address of the list of models; a query stays at the end."""
    return api_url(base_url, "models")
