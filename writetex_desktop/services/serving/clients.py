"""The programs that may ask: made, known by their tokens, and revoked.

The settings hold names, the key store holds a hash of each token; the token itself is shown once and kept
nowhere. It has 256 random bits, so that a plain hash of it tells nothing.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.serving.origins import normalise_origin
from writetex_desktop.core.settings.client import Client
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.storage import SecretStore
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.settings_service import SettingsService

PREFIX: Final = "wtx_"
"""What a token begins with, so that people and programs that look for leaked secrets know it again."""

_STORE: Final = "serving/"
"""What the name of a hash in the key store begins with."""

_LONGEST_NAME: Final = 80


class Clients:
    """Makes, knows and revokes the programs that may ask.

    Args:
        settings: Hold their names.
        store: Keeps the hashes of their tokens.
        kept: Gives them as another program has left them in the settings; None while nobody has.

    Attributes:
        known: Those that are there, as the settings say.
    """

    def __init__(
        self,
        settings: SettingsService,
        store: SecretStore,
        kept: Callable[[], tuple[Client, ...] | None] = lambda: None,
    ) -> None:
        self.known: Observable[tuple[Client, ...]] = Observable(settings.settings.value.serve_clients)
        self._settings = settings
        self._store = store
        self._kept = kept
        self._hashes: dict[str, str] = {}
        self._guests: dict[str, Client] = {}
        settings.settings.subscribe(lambda now: self.known.set(now.serve_clients))

    @property
    def keeps(self) -> bool:
        """Whether tokens hold longer than this run: False where there is no key store."""
        return self._store.keeps

    async def make(self, name: str, *, history: bool = False, origins: tuple[str, ...] = ()) -> Secret:
        """Let a program in, and give its token, which is not kept.

        Args:
            name: What the user calls it.
            history: Whether it may search the history.
            origins: Web pages that may ask with its token.

        Raises:
            SettingsError: The name is empty or taken, an origin is none, or something could not be kept.
        """
        name = self._fit_name(name)
        allowed = tuple(dict.fromkeys(normalise_origin(origin) for origin in origins))
        token = new_token()
        client = Client(_new_id(name, self.known.value), name, history, allowed)
        await self._store.set(_STORE + client.id, Secret(_hash(token.reveal())))
        self._hashes[client.id] = _hash(token.reveal())
        self._change(lambda clients: (*clients, client))
        return token

    def edit(self, client_id: str, *, history: bool, origins: tuple[str, ...]) -> None:
        """Change what a program may.

        Raises:
            SettingsError: An origin is none, or the settings could not be saved.
        """
        allowed = tuple(dict.fromkeys(normalise_origin(origin) for origin in origins))
        self._change(
            lambda clients: tuple(
                replace(each, history=history, origins=allowed) if each.id == client_id else each
                for each in clients
            )
        )

    async def revoke(self, client_id: str) -> None:
        """Let a program in no longer, from this moment on.

        Raises:
            SettingsError: The key store or the settings are out of order; in this run it is out all the same.
        """
        self._hashes.pop(client_id, None)
        try:
            self._change(lambda clients: tuple(each for each in clients if each.id != client_id))
        finally:
            await self._store.delete(_STORE + client_id)

    def find(self, name: str) -> Client:
        """Give the program of a name, in any case.

        Raises:
            SettingsError: There is none.
        """
        for client in self.known.value:
            if client.name.casefold() == name.casefold() or client.id == name:
                return client
        names = ", ".join(each.name for each in self.known.value)
        raise SettingsError(
            tr("No program of that name has a token."),
            tr("Use one of these: {names}.", names=names) if names else tr("There is none."),
        )

    def welcome(self, token: Secret, client: Client) -> None:
        """Let a program in for this run alone; nothing is kept."""
        self._guests[_hash(token.reveal())] = client

    async def load(self) -> None:
        """Read the hashes that are not known yet.

        Raises:
            SettingsError: The key store is locked or out of order.
        """
        for client in self.known.value:
            if client.id not in self._hashes:
                kept = await self._store.get(_STORE + client.id)
                if kept is not None:
                    self._hashes[client.id] = kept.reveal()

    async def refresh(self) -> None:
        """Learn what another program of ours has made or revoked, where it has."""
        kept = self._kept()
        if kept is None:
            return
        ids = {client.id for client in kept}
        self._hashes = {known: value for known, value in self._hashes.items() if known in ids}
        self.known.set(kept)
        with suppress(SettingsError):  # who is new and cannot be looked up has to wait
            await self.load()

    def identify(self, token: str) -> Client | None:
        """Give who has a token; None when nobody has.

        Every hash is compared, in a time that tells nothing of where they differ.
        """
        offered, found = _hash(token), None
        for client in self.known.value:
            if hmac.compare_digest(self._hashes.get(client.id, ""), offered):
                found = client
        for kept, guest in self._guests.items():
            if hmac.compare_digest(kept, offered):
                found = guest
        return found

    @property
    def origins(self) -> frozenset[str]:
        """Every web page that may ask, whosever token it has."""
        everyone = (*self.known.value, *self._guests.values())
        return frozenset(origin for client in everyone for origin in client.origins)

    def _fit_name(self, name: str) -> str:
        fit = " ".join(name.split())
        if not fit or len(fit) > _LONGEST_NAME or not fit.isprintable():
            raise SettingsError(
                tr("That is no name for a program."), tr("Give a name of 1 to 80 characters.")
            )
        if any(each.name.casefold() == fit.casefold() for each in self.known.value):
            raise SettingsError(tr("A program of that name has a token already."), tr("Choose another name."))
        return fit

    def _change(self, edit: Callable[[tuple[Client, ...]], tuple[Client, ...]]) -> None:
        def put(settings: Settings) -> Settings:
            return replace(settings, serve_clients=edit(settings.serve_clients))

        self._settings.change(put)


def new_token() -> Secret:
    """Make a token that nobody can guess."""
    return Secret(PREFIX + secrets.token_urlsafe(32))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _new_id(name: str, taken: tuple[Client, ...]) -> str:
    """Make an `id` out of a name; a part of it is chance, so that a name that comes again is another."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:32] or "program"
    ids = {each.id for each in taken}
    while (candidate := f"{stem}-{secrets.token_hex(3)}") in ids:
        pass
    return candidate
