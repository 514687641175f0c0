"""What the environment says."""

from writetex_desktop.adapters.storage.environment import take_overrides
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.settings.overrides import Overrides

URL = "https://api.example/v1"


def test_the_three_variables_are_read_and_no_program_that_is_started_inherits_them() -> None:
    environment = {
        "WRITETEX_API_KEY": " key ",
        "WRITETEX_BASE_URL": URL,
        "WRITETEX_MODEL": "m",
        "WRITETEX_OTHER": "x",
        "HOME": "/home/a",
    }
    assert take_overrides(environment) == Overrides(URL, Secret("key"), URL, "m")
    assert environment == {"HOME": "/home/a"}


def test_what_is_missing_or_blank_says_nothing() -> None:
    assert take_overrides({"WRITETEX_MODEL": " ", "OPENAI_API_KEY": "other"}) == Overrides()
