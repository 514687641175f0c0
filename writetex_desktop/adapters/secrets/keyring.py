"""Keys in the system's key store, with keyring: Secret Service, KWallet, Windows' and macOS's own.

keyring is imported inside the functions that use it, in a worker thread: it looks through all installed
packages for backends, which is no work for the start of the program.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import Remedy, RemedyAction, SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "WriteTex Desktop"
"""Under which name the keys stand in the key store; the user sees it there."""

TIMEOUT_S = 60.0
"""How long the store may take: it may be asking the user for a password."""

REAL_BACKENDS = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "kwallet", "Windows", "macOS", "libsecret")
)
"""Modules whose stores are encrypted by the system. `null` loses what it is given, and those of keyrings.alt
write plain text: neither is accepted."""

_LOCKED = frozenset(("KeyringLocked", "InitError"))
"""Errors of keyring that say so; by name, for a keyring that cannot be loaded has no errors either."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class KeyringSecrets:
    """The `SecretStore` of the program where `keyring_backend_problem` has nothing to say.

    Args:
        timeout_s: How long one call may take, in seconds.
    """

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s

    @property
    def keeps(self) -> bool:
        """See `SecretStore.keeps`: True."""
        return True

    async def get(self, name: str) -> Secret | None:
        """See `SecretStore.get`."""

        def read(backend: KeyringBackend) -> Secret | None:
            value = backend.get_password(SERVICE, name)
            return None if value is None else Secret(value)

        return await self._call(read, tr("The API key could not be read from the key store."))

    async def set(self, name: str, secret: Secret) -> None:
        """See `SecretStore.set`."""

        def write(backend: KeyringBackend) -> bool:
            backend.set_password(SERVICE, name, secret.reveal())
            return backend.get_password(SERVICE, name) == secret.reveal()

        message = tr("The API key could not be kept in the key store.")
        if not await self._call(write, message):
            raise SettingsError(
                message, _remedy(tr("The store lost what it was given; enter the key again."))
            )

    async def delete(self, name: str) -> None:
        """See `SecretStore.delete`."""

        def remove(backend: KeyringBackend) -> None:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        await self._call(remove, tr("The API key could not be removed from the key store."))

    async def _call(self, work: Callable[[KeyringBackend], T], message: str) -> T:
        """Do something with the store in a thread.

        Raises:
            SettingsError: With `message`; the remedy says why.
        """

        def whole() -> T:
            backend = _backend()
            if isinstance(backend, Unsupported):
                raise SettingsError(f"{message} {backend.reason}", _remedy(backend.remedy))
            return work(backend)

        try:
            return await _in_daemon_thread(whole, self._timeout_s)
        except TimeoutError as error:
            raise SettingsError(
                message,
                _remedy(tr("It did not answer; unlock it where it asks for a password, and try again.")),
            ) from error
        except SettingsError:
            raise
        except Exception as error:
            if type(error).__name__ in _LOCKED:
                raise SettingsError(
                    message,
                    _remedy(tr("It is locked; unlock it when it asks for a password, and try again.")),
                ) from error
            # Beside its own errors keyring lets those of D-Bus and of the system through.
            _log.info("the key store failed with %s", type(error).__name__)
            raise SettingsError(
                message, _remedy(tr("Make sure that the key store is running, and try again."))
            ) from error


def keyring_backend_problem() -> Unsupported | None:
    """Say why keys cannot be kept here, or None; takes up to a second, so call it in a worker thread."""
    backend = _backend()
    return backend if isinstance(backend, Unsupported) else None


def _backend() -> KeyringBackend | Unsupported:
    """Give the backend that keyring has chosen, or what is wrong with it."""
    try:
        import keyring  # noqa: PLC0415 - see the module's docstring
    except (ImportError, OSError):
        return Unsupported(tr("The library keyring is missing or broken."), tr("Install the program anew."))
    try:
        backend = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - a configured backend may fail to load in any way
        return Unsupported(
            tr("The key store could not be opened ({kind}).", kind=type(error).__name__),
            tr("Check PYTHON_KEYRING_BACKEND and keyringrc.cfg."),
        )
    return _objection(backend) or backend


def _objection(backend: KeyringBackend) -> Unsupported | None:
    """Say why a backend cannot be trusted with a key, or None."""
    module = type(backend).__module__
    if module == "keyring.backends.chainer":
        links: list[KeyringBackend] = backend.backends  # type: ignore[attr-defined]  # the chain's own
        objections = [_objection(each) for each in links]
        return next((each for each in objections if each is not None), None)
    if module in REAL_BACKENDS:
        return None
    if module == "keyring.backends.fail":
        return Unsupported(
            tr("No key store is running."),
            tr("Install and unlock one, such as GNOME Keyring or KWallet, or set WRITETEX_API_KEY."),
        )
    return Unsupported(
        tr("The key store {name} does not protect keys.", name=module.rpartition(".")[2]),
        tr("Remove it from PYTHON_KEYRING_BACKEND and keyringrc.cfg, or set WRITETEX_API_KEY."),
    )


def _remedy(text: str) -> Remedy:
    return Remedy(text, RemedyAction.OPEN_ENDPOINT_SETTINGS)


async def _in_daemon_thread(work: Callable[[], T], timeout_s: float) -> T:
    """Run something that may hang for good.

    A thread of the event loop's own pool would be waited for at exit, with the password prompt still open.

    Raises:
        TimeoutError: It took too long; it goes on in its thread, and its outcome is dropped.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(value)  # type: ignore[arg-type]  # None only where T allows it

    def run() -> None:
        value, error = None, None
        try:
            value = work()
        except BaseException as caught:  # noqa: BLE001 - it is raised where it is awaited
            error = caught
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=run, name="key store", daemon=True).start()
    async with asyncio.timeout(timeout_s):
        return await outcome
