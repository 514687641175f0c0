"""What a program that we start inherits of our environment: everything but what is said to us alone."""

import os
from collections.abc import Mapping

_OURS = "WRITETEX_"
"""How the names of all our variables begin."""


def inherited(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment for a program that we start.

    A clipboard tool lives for hours with what it was given, and every program of the user can read that; so
    it is given no key.

    Args:
        environment: In place of `os.environ`.
    """
    values = os.environ if environment is None else environment
    return {name: value for name, value in values.items() if not name.startswith(_OURS)}


def forget_ours() -> None:
    """Take our variables out of our own environment once they have been read: Qt starts browsers with it."""
    for name in [each for each in os.environ if each.startswith(_OURS)]:
        del os.environ[name]
