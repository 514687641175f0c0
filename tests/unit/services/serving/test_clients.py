"""Who may ask: tokens are made once, known, kept as hashes, and revoked."""

import pytest

from tests.fakes import FakeSecretStore, FakeSettingsStore
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.serving.refusals import Refusal
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.serving.clients import Clients
from writetex_desktop.services.serving.pace import Pace
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService


class Program:
    """A run of the program; the next one begins with the same stores."""

    def __init__(self) -> None:
        self.settings_store = FakeSettingsStore()
        self.secrets = FakeSecretStore()
        self.clients = self.start(Settings())

    def start(self, settings: Settings) -> Clients:
        self.settings = SettingsService(self.settings_store, FakeSecretStore(), settings, Overrides())
        return Clients(self.settings, self.secrets)


async def test_a_token_is_known_in_this_run_and_the_next_and_kept_nowhere() -> None:
    program = Program()
    token = await program.clients.make("My  editor", history=True, origins=("https://A.example/",))
    (client,) = program.clients.known.value
    assert (client.name, client.history, client.origins) == ("My editor", True, ("https://a.example",))
    assert program.clients.identify(token.reveal()) == client
    kept = [secret.reveal() for secret in program.secrets.secrets.values()]
    assert len(kept) == 1
    assert token.reveal() not in kept[0]
    assert token.reveal() not in repr(program.settings.settings.value)
    assert kept[0] not in repr(program.settings.settings.value)
    again = program.start(program.settings.settings.value)
    assert again.identify(token.reveal()) is None
    await again.load()
    assert again.identify(token.reveal()) == client


async def test_no_other_text_is_a_token() -> None:
    program = Program()
    token = (await program.clients.make("Editor")).reveal()
    for other in ("", token[:-1], f"{token}x", token.upper(), "wtx_", "\ud800", "é" * 40):
        assert program.clients.identify(other) is None


async def test_a_revoked_program_is_out_and_forgotten_and_its_name_free_again() -> None:
    program = Program()
    old = (await program.clients.make("Editor")).reveal()
    other = (await program.clients.make("Notes")).reveal()
    await program.clients.revoke(program.clients.find("editor").id)
    assert program.clients.identify(old) is None
    assert program.clients.identify(other) is not None
    assert len(program.secrets.secrets) == 1
    new = (await program.clients.make("Editor")).reveal()
    assert program.clients.identify(old) is None
    assert program.clients.identify(new) is not None


async def test_a_program_is_out_even_where_the_key_store_is_locked() -> None:
    program = Program()
    token = (await program.clients.make("Editor")).reveal()
    program.secrets.locked = True
    with pytest.raises(SettingsError):
        await program.clients.revoke(program.clients.known.value[0].id)
    assert program.clients.identify(token) is None
    assert program.clients.known.value == ()


@pytest.mark.parametrize("name", ["", "  ", "a" * 81, "two\x00", "EDITOR"])
async def test_a_name_must_be_one_and_free(name: str) -> None:
    program = Program()
    await program.clients.make("Editor")
    with pytest.raises(SettingsError):
        await program.clients.make(name)
    assert len(program.clients.known.value) == 1


async def test_rights_are_changed_and_hold_at_once() -> None:
    program = Program()
    token = (await program.clients.make("Editor")).reveal()
    client = program.clients.known.value[0]
    program.clients.edit(client.id, history=True, origins=("https://a.example",))
    found = program.clients.identify(token)
    assert found is not None
    assert found.history
    assert program.clients.origins == {"https://a.example"}
    with pytest.raises(SettingsError):
        program.clients.edit(client.id, history=True, origins=("a.example",))


def test_who_keeps_to_the_pace_is_never_refused_and_who_does_not_waits_as_told() -> None:
    now = 0.0
    pace = Pace(lambda: now, per_minute=60, burst=5)
    for _ in range(200):
        pace.take("steady")
        now += 1.0
    for _ in range(5):
        pace.take("hasty")
    with pytest.raises(Refusal) as refused:
        pace.take("hasty")
    assert refused.value.retry_after_s == 1
    pace.take("steady")
    now += 1.0
    pace.take("hasty")
