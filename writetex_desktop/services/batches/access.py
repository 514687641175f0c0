"""Which provider's batch service takes pictures, and with which key."""

from collections.abc import Callable
from dataclasses import dataclass

from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.endpoints.catalogue.provider import BatchTerms, Catalogue
from writetex_desktop.core.endpoints.endpoint import Endpoint, normalise_base_url
from writetex_desktop.core.endpoints.failures.trouble import staying_offline
from writetex_desktop.core.endpoints.failures.words import host_of
from writetex_desktop.core.endpoints.wire.rules import WireRules, wire_rules
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ports.engines import RemoteBatches
from writetex_desktop.services.settings.settings_service import SettingsService

Connect = Callable[[Endpoint, BatchTerms, WireRules], RemoteBatches]
"""Makes the door to a batch service; nothing is sent by that."""


@dataclass(frozen=True, slots=True)
class Access:
    """A batch service that can be asked.

    Attributes:
        endpoint: Where it is, with the key.
        terms: How it takes requests.
        rules: How requests must look.
        remote: The service itself.
    """

    endpoint: Endpoint
    terms: BatchTerms
    rules: WireRules
    remote: RemoteBatches

    @property
    def advice(self) -> str:
        """What is worth knowing before pictures are handed in; empty for nothing."""
        if self.terms.names(self.endpoint.model):
            return self.terms.note
        host = host_of(self.endpoint.base_url)
        return tr(
            "The pages of {host} do not name {model} for its batch service; it may refuse it.",
            host=host,
            model=self.endpoint.model,
        )


class Accesses:
    """Finds the batch service of an endpoint, and opens each one once.

    Args:
        settings: Say which endpoint, and know the keys.
        catalogue: Says who has a batch service.
        connect: Opens one.
    """

    def __init__(self, settings: SettingsService, catalogue: Catalogue, connect: Connect) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._connect = connect
        self._open: dict[Endpoint, Access] = {}

    def terms(self, base_url: str) -> BatchTerms | None:
        """Say how a server takes many requests at once; None where it is not known to.

        Args:
            base_url: Normalised.
        """
        provider = self._catalogue.provider_for(base_url)
        return None if provider is None else provider.batch

    async def active(self) -> Access:
        """Give the batch service of the endpoint in use.

        Raises:
            EndpointError: No endpoint is set up, or it has no batch service that we know of.
            SettingsError: The key could not be read.
        """
        return self._access(await self._settings.endpoint())

    async def of(self, submission: Submission) -> Access:
        """Give the batch service that a submission was handed to.

        The endpoint in use is taken before any other profile of the same base URL.

        Raises:
            EndpointError: There is no profile for it any more.
            SettingsError: The key could not be read.
        """
        draft = await self._settings.draft()
        if draft.base_url != submission.base_url:
            profiles = self._settings.settings.value.profiles
            profile = next((each for each in profiles if _is_at(each, submission.base_url)), None)
            if profile is None:
                raise EndpointError(
                    tr(
                        "There is no profile for {host}, which has pictures to be read.",
                        host=host_of(submission.base_url),
                    ),
                    Remedy(
                        tr("Add one in the settings, with the same key."), RemedyAction.OPEN_ENDPOINT_SETTINGS
                    ),
                    fault=Fault.NOT_CONFIGURED,
                )
            draft = await self._settings.endpoint(profile.id)
        return self._access(Endpoint(draft.base_url, draft.key, submission.model, draft.network))

    async def aclose(self) -> None:
        """Close every connection."""
        for access in self._open.values():
            await access.remote.aclose()
        self._open.clear()

    def _access(self, endpoint: Endpoint) -> Access:
        if self._settings.offline.value:
            raise staying_offline()
        if endpoint not in self._open:
            terms = self.terms(endpoint.base_url)
            if terms is None:
                raise self._not_offered(endpoint)
            rules = wire_rules(self._catalogue, endpoint.base_url, endpoint.model, endpoint.most_tokens)
            remote = self._connect(endpoint, terms, rules)
            self._open[endpoint] = Access(endpoint, terms, rules, remote)
        return self._open[endpoint]

    def _not_offered(self, endpoint: Endpoint) -> EndpointError:
        names = [each.name for each in self._catalogue.providers if each.batch is not None]
        return EndpointError(
            tr("{host} has no batch service that this program knows of.", host=host_of(endpoint.base_url)),
            Remedy(
                tr(
                    "Have the pictures read one by one, or choose a profile of {names} or {names_2}.",
                    names=", ".join(names[:-1]),
                    names_2=names[-1],
                ),
                RemedyAction.OPEN_ENDPOINT_SETTINGS,
            ),
            fault=Fault.WRONG_PATH,
        )


def _is_at(profile: Profile, base_url: str) -> bool:
    """Whether a profile means this server; one whose base URL cannot be used means none."""
    try:
        return normalise_base_url(profile.base_url) == base_url
    except EndpointError:
        return False
