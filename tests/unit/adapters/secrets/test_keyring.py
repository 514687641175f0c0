"""The key store's odd days: what it raises, how long it takes, what it loses."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, null
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError, PasswordSetError

from writetex_desktop.adapters.secrets import keyring as keyring_secrets
from writetex_desktop.adapters.secrets.keyring import KeyringSecrets, keyring_backend_problem
from writetex_desktop.core.errors import RemedyAction, SettingsError
from writetex_desktop.core.secret import Secret


class InMemory(KeyringBackend):
    """A backend that passes for a real one; `trouble` is called first by each call."""

    priority = -1  # never chosen by itself

    def __init__(self, trouble: Callable[[], None] = lambda: None, *, forgets: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble
        self.forgets = forgets

    def get_password(self, service: str, username: str) -> str | None:
        self.trouble()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.trouble()
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.trouble()
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def _own_backend(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the backends of this file pass for real ones, and give keyring back as it was."""
    monkeypatch.setattr(
        keyring_secrets, "REAL_BACKENDS", frozenset({*keyring_secrets.REAL_BACKENDS, __name__})
    )
    before = keyring.core._keyring_backend
    yield
    keyring.core._keyring_backend = before


@contextmanager
def hanging() -> Iterator[Callable[[], None]]:
    """Give a trouble that lasts until the test is over."""
    over = threading.Event()
    try:

        def trouble() -> None:
            over.wait(30)

        yield trouble
    finally:
        over.set()


def raising(error: Exception) -> Callable[[], None]:
    def trouble() -> None:
        raise error

    return trouble


def test_importing_the_module_does_not_load_keyring() -> None:
    code = "import sys, writetex_desktop.adapters.secrets.keyring; sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_a_key_is_kept_and_deleted() -> None:
    keyring.set_keyring(InMemory())
    store = KeyringSecrets()
    await store.set("a", Secret("key"))
    assert await store.get("a") == Secret("key")
    await store.delete("a")
    await store.delete("a")
    assert await store.get("a") is None


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (KeyringLocked("locked"), "unlock"),
        (InitError("Failed to create the collection: Prompt dismissed."), "unlock"),
        (PasswordSetError("no"), "running"),
        (PasswordDeleteError("no"), "running"),
        (OSError("the bus is gone"), "running"),
        (RuntimeError("anything"), "running"),
    ],
)
async def test_every_failure_is_one_of_ours_with_a_remedy(error: Exception, remedy: str) -> None:
    keyring.set_keyring(InMemory(raising(error)))
    store = KeyringSecrets()
    for call in (store.get("a"), store.set("a", Secret("my-key")), store.delete("a")):
        with pytest.raises(SettingsError) as caught:
            await call
        assert remedy in caught.value.remedy.text
        assert caught.value.remedy.action is RemedyAction.OPEN_ENDPOINT_SETTINGS
        assert "my-key" not in str(caught.value)


async def test_a_store_that_loses_what_it_is_given_is_found_out() -> None:
    keyring.set_keyring(InMemory(forgets=True))
    with pytest.raises(SettingsError, match="could not be kept"):
        await KeyringSecrets().set("a", Secret("key"))


async def test_a_store_that_hangs_is_given_up_and_holds_nothing_back() -> None:
    with hanging() as trouble:
        keyring.set_keyring(InMemory(trouble))
        with pytest.raises(SettingsError) as caught:
            await KeyringSecrets(timeout_s=0.05).get("a")
    assert "did not answer" in caught.value.remedy.text


async def test_a_call_can_be_cancelled_while_the_store_hangs() -> None:
    with hanging() as trouble:
        keyring.set_keyring(InMemory(trouble))
        task = asyncio.create_task(KeyringSecrets().get("a"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def test_a_chain_is_as_good_as_its_worst_link(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = chainer.ChainerBackend()  # type: ignore[no-untyped-call]
    good, bad = InMemory(), null.Keyring()  # type: ignore[no-untyped-call]
    for links, fine in (([good], True), ([good, bad], False)):
        monkeypatch.setattr(chainer.ChainerBackend, "backends", links)
        keyring.set_keyring(chain)
        assert (keyring_backend_problem() is None) is fine


def test_a_store_that_writes_plain_text_is_refused() -> None:
    plain = type("PlaintextKeyring", (InMemory,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(plain())
    problem = keyring_backend_problem()
    assert problem is not None
    assert "does not protect" in problem.reason
    assert problem.remedy
