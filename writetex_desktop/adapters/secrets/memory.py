"""Keys held in memory, for as long as the program runs: the way out when no key store can be used."""

from writetex_desktop.core.secret import Secret


class MemorySecrets:
    """A `SecretStore` that forgets everything at the end."""

    def __init__(self) -> None:
        self._secrets: dict[str, Secret] = {}

    @property
    def keeps(self) -> bool:
        """See `SecretStore.keeps`: False."""
        return False

    async def get(self, name: str) -> Secret | None:
        """See `SecretStore.get`."""
        return self._secrets.get(name)

    async def set(self, name: str, secret: Secret) -> None:
        """See `SecretStore.set`."""
        self._secrets[name] = secret

    async def delete(self, name: str) -> None:
        """See `SecretStore.delete`."""
        self._secrets.pop(name, None)
