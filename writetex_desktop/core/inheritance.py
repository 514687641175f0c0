"""What a program that we start inherits of our environment: everything but what is said to us alone."""

from collections.abc import Mapping

OURS = "WRITETEX_"
"""How the names of all our variables begin."""


def inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment for a program that we start.

    A clipboard tool lives for hours with what it was given, and every program of the user can read that; so
    it is given no key.

    Args:
        environment: Ours, such as `os.environ`.
    """
    return {name: value for name, value in environment.items() if not name.startswith(OURS)}
