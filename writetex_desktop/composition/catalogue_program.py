"""Taking a list of providers: for the command line and the window."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from writetex_desktop.adapters.endpoint.probe import fetch_page
from writetex_desktop.adapters.storage.catalogue_file import keep_catalogue, taken_catalogue_path
from writetex_desktop.composition.command_line import Teller, read_text
from writetex_desktop.composition.configuration import read_configuration
from writetex_desktop.services.endpoints.catalogue_update import CatalogueUpdate, taken


def catalogue_update(is_offline: Callable[[], bool]) -> CatalogueUpdate:
    """Join it to the disk and the network; nothing is fetched by that."""
    return CatalogueUpdate(
        fetch=fetch_page,
        read=lambda name: asyncio.to_thread(read_text, str(Path(name).expanduser())),
        keep=lambda data: asyncio.to_thread(keep_catalogue, taken_catalogue_path(), data),
        is_offline=is_offline,
    )


async def update(source: str, *, offline: bool, tell: Callable[[str], None]) -> str:
    """Take a list and say what was taken; see `CatalogueUpdate.take`."""
    settings = read_configuration(Teller(tell).notify, offline=offline).settings
    return taken(await catalogue_update(lambda: settings.offline.value).take(source))
