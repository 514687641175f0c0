"""What the environment says in place of the settings."""

from collections.abc import Mapping

from writetex_desktop.core.secret import Secret
from writetex_desktop.services.settings.overrides import Overrides

API_KEY = "WRITETEX_API_KEY"
BASE_URL = "WRITETEX_BASE_URL"
MODEL = "WRITETEX_MODEL"


def read_overrides(environment: Mapping[str, str]) -> Overrides:
    """Read the three variables; one that is missing or blank says nothing.

    Args:
        environment: Such as `os.environ`.
    """
    key = environment.get(API_KEY, "").strip()
    base_url = environment.get(BASE_URL, "").strip() or None
    model = environment.get(MODEL, "").strip() or None
    return Overrides(base_url=base_url, key=Secret(key) if key else None, key_for=base_url, model=model)
