"""Servers on the own machine that recognise without a key: found by looking at their usual ports."""

import asyncio
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from writetex_desktop.core.endpoints.catalogue.models import ListedModel, join_models, read_models
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue, Provider, ProviderKind
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.network import DIRECT, Network
from writetex_desktop.core.endpoints.probe import Status
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.engines import EndpointProbe
from writetex_desktop.services.endpoints.model_lists import models_url

PATIENCE_S = 1.5
"""The own machine answers at once, or there is nobody."""


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server that runs on this machine now.

    Attributes:
        provider: What it is, as far as its port says.
        models: What it offers, those that see images first.
    """

    provider: Provider
    models: tuple[ListedModel, ...]

    @property
    def model(self) -> str:
        """The model to begin with: one that sees, or the only one; empty when the user must choose."""
        offered = [each for each in self.models if each.offered]
        if any(each.sees for each in offered) or len(offered) == 1:
            return offered[0].id
        return ""


async def find_local_servers(probe: EndpointProbe, catalogue: Catalogue) -> tuple[LocalServer, ...]:
    """Look which of the catalogue's local servers run; only the own machine is asked, without any proxy."""
    local = [
        each
        for each in catalogue.providers
        if each.kind is ProviderKind.LOCAL and each.base_url and _is_own_machine(each.base_url)
    ]
    found = await asyncio.gather(*(_look(probe, provider) for provider in local))
    return tuple(each for each in found if each is not None)


async def _look(probe: EndpointProbe, provider: Provider) -> LocalServer | None:
    endpoint = Endpoint(provider.base_url, Secret(provider.fixed_key), "", Network(proxy=DIRECT))
    try:
        reply = await probe.get(endpoint, models_url(provider.base_url), timeout_s=PATIENCE_S)
    except EndpointError:
        return None
    models = read_models(reply.document, provider) if reply.status == Status.OK else None
    return None if models is None else LocalServer(provider, join_models(models, provider))


def _is_own_machine(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
