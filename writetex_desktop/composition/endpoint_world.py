"""What the endpoint page reaches of the outside."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from writetex_desktop.composition.catalogue_program import catalogue_update
from writetex_desktop.composition.parts import Parts, probe_picture, read_text, write_text
from writetex_desktop.core.endpoints.wire.rules import wire_rules
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.services.endpoints.catalogue_update import taken
from writetex_desktop.services.endpoints.local_servers import find_local_servers
from writetex_desktop.ui.settings.endpoint.world import EndpointWorld


def endpoint_world(parts: Parts, clipboard: Clipboard) -> EndpointWorld:
    """Join the endpoint page to servers, files, browser and clipboard."""

    async def take_catalogue(source: str) -> str:
        return taken(await catalogue_update(lambda: parts.settings.offline.value).take(source))

    return EndpointWorld(
        try_out=parts.connection.run,
        lists=parts.lists,
        find_servers=lambda: find_local_servers(parts.probe, parts.catalogue),
        picture=probe_picture,
        open_page=open_page,
        clipboard=clipboard,
        read_text=read_text,
        write_text=write_text,
        take_catalogue=take_catalogue,
        rules=lambda base_url, model: wire_rules(parts.catalogue, base_url, model),
    )


def open_page(url: str) -> bool:
    """Open an address in the browser; False when there is none."""
    return QDesktopServices.openUrl(QUrl(url))
