"""The list of providers, taken from a file or an address that the user names; never by itself."""

from collections.abc import Awaitable, Callable

from writetex_desktop.core.endpoints.catalogue.codec import read_catalogue
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.endpoints.failures.trouble import staying_offline
from writetex_desktop.core.language.words import tr


class CatalogueUpdate:
    """Takes lists of providers.

    Args:
        fetch: Gives what stands at an address; raises an `EndpointError`.
        read: Gives what stands in a file, in a thread; raises a `StorageError`.
        keep: Keeps a list for the runs to come, in a thread; None for the one that came with the program.
            Raises a `StorageError`.
        is_offline: Whether no connection may be opened now.
    """

    def __init__(
        self,
        *,
        fetch: Callable[[str], Awaitable[bytes]],
        read: Callable[[str], Awaitable[bytes]],
        keep: Callable[[bytes | None], Awaitable[None]],
        is_offline: Callable[[], bool],
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._keep = keep
        self._is_offline = is_offline

    async def take(self, source: str) -> Catalogue | None:
        """Take a list; it is in force from the next start on.

        Args:
            source: An address that begins with http:// or https://, or the path of a file; empty for the list
                that came with the program.

        Returns:
            The list; None for the one that came with the program.

        Raises:
            SettingsError: It is no list of providers; the one in force stays.
            EndpointError: The address gave nothing, or no connection may be opened.
            StorageError: The file cannot be read, or the list not be kept.
        """
        if not source:
            await self._keep(None)
            return None
        is_address = source.lower().startswith(("http://", "https://"))
        if is_address and self._is_offline():
            raise staying_offline()
        data = await (self._fetch(source) if is_address else self._read(source))
        catalogue = read_catalogue(data)
        await self._keep(data)
        return catalogue


def taken(catalogue: Catalogue | None) -> str:
    """Say what was taken."""
    if catalogue is None:
        return tr("The list that came with the program is used from the next start on.")
    models = sum(len(each.models) for each in catalogue.providers)
    count = len(catalogue.providers)
    return tr(
        "The list has {count} providers and {models} models; it is used from the next start on.",
        count=count,
        models=models,
    )
