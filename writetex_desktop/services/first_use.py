"""What is made when it is first wanted."""

from collections.abc import Callable
from typing import Generic, TypeVar

_T_co = TypeVar("_T_co", covariant=True)


class FirstUse(Generic[_T_co]):
    """Something that is made once, when it is first wanted.

    Args:
        make: Makes it.
    """

    def __init__(self, make: Callable[[], _T_co]) -> None:
        self._make = make
        self._made: _T_co | None = None

    @property
    def made(self) -> _T_co | None:
        """It, or None as long as nobody has wanted it."""
        return self._made

    def __call__(self) -> _T_co:
        """Give it; make it at the first call."""
        if self._made is None:
            self._made = self._make()
        return self._made
