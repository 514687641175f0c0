"""What every `SecretStore` keeps to; the real one stands in tests/integration/storage/test_keyring.py."""

from collections.abc import Callable

import pytest

from tests.fakes import FakeSecretStore
from writetex_desktop.adapters.secrets.memory import MemorySecrets
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.storage import SecretStore

MAKERS: dict[str, Callable[[], SecretStore]] = {"fake": FakeSecretStore, "memory": MemorySecrets}


@pytest.fixture(params=sorted(MAKERS))
def store(request: pytest.FixtureRequest) -> SecretStore:
    return MAKERS[request.param]()


async def test_there_is_no_key_before_one_was_set(store: SecretStore) -> None:
    assert await store.get("a") is None


async def test_the_key_set_last_is_given(store: SecretStore) -> None:
    await store.set("a", Secret("first"))
    await store.set("a", Secret("sécond"))
    await store.set("b", Secret("other"))
    assert await store.get("a") == Secret("sécond")
    assert await store.get("b") == Secret("other")


async def test_a_deleted_key_is_gone_and_the_others_stay(store: SecretStore) -> None:
    await store.set("a", Secret("first"))
    await store.set("b", Secret("other"))
    await store.delete("a")
    assert await store.get("a") is None
    assert await store.get("b") == Secret("other")


async def test_deleting_what_is_not_there_does_nothing(store: SecretStore) -> None:
    await store.delete("a")
    assert await store.get("a") is None


def test_only_the_store_in_memory_says_that_it_forgets() -> None:
    assert {name: make().keeps for name, make in MAKERS.items()} == {"fake": True, "memory": False}
