"""What a program that we start inherits of our environment, and how we start ourselves once more."""

from collections.abc import Mapping
from pathlib import PurePath

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


def own_words(executable: str, *, frozen: bool) -> tuple[str, ...]:
    """Give the words that start `writetex` as another process; what it is to do comes after them.

    Args:
        executable: `sys.executable`.
        frozen: Whether this is a bundled program: then there are two beside each other, the window's and
            `writetex`, and neither is a Python.
    """
    if not frozen:
        return (executable, "-m", "writetex_desktop")
    return (_beside(executable, "writetex"),)


def window_program(executable: str) -> str:
    """Give the program of the window of a bundle, by `sys.executable` of either."""
    return _beside(executable, "writetex-desktop")


def _beside(executable: str, name: str) -> str:
    path = PurePath(executable)
    return str(path.with_name(name + path.suffix))
