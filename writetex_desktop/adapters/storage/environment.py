"""What the environment says in place of the settings."""

from collections.abc import MutableMapping

from writetex_desktop.core.secret import Secret
from writetex_desktop.services.settings.overrides import Overrides

API_KEY = "WRITETEX_API_KEY"
BASE_URL = "WRITETEX_BASE_URL"
MODEL = "WRITETEX_MODEL"


_OURS = "WRITETEX_"
"""How the names of all our variables begin."""


def take_overrides(environment: MutableMapping[str, str]) -> Overrides:
    """Read the three variables and take all of ours out, so that no program that we start inherits the key.

    A clipboard tool lives for hours with what it was given, where every program of the user can read it.

    Args:
        environment: Such as `os.environ`. A variable that is missing or blank says nothing.
    """
    key = environment.get(API_KEY, "").strip()
    base_url = environment.get(BASE_URL, "").strip() or None
    model = environment.get(MODEL, "").strip() or None
    for name in [each for each in environment if each.startswith(_OURS)]:
        del environment[name]
    return Overrides(base_url=base_url, key=Secret(key) if key else None, key_for=base_url, model=model)
