"""What the environment says."""

from writetex_desktop.adapters.storage.environment import read_overrides
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.settings.overrides import Overrides

URL = "https://api.example/v1"


def test_the_three_variables_are_read() -> None:
    environment = {
        "WRITETEX_API_KEY": " key ",
        "WRITETEX_BASE_URL": URL,
        "WRITETEX_MODEL": "m",
    }
    assert read_overrides(environment) == Overrides(URL, Secret("key"), URL, "m")


def test_what_is_missing_or_blank_says_nothing() -> None:
    assert read_overrides({"WRITETEX_MODEL": " ", "OPENAI_API_KEY": "other"}) == Overrides()
