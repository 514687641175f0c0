"""A value that tells when it changes: the signal of the layers that know no Qt."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Observable(Generic[T]):
    """Holds one value and calls the subscribers, in the order they came, whenever it is replaced.

    Belongs to the thread of the event loop. A subscriber that sets the value again is served after the
    others have seen the first change.
    """

    def __init__(self, value: T) -> None:
        self._value = value
        self._subscribers: list[Callable[[T], None]] = []

    @property
    def value(self) -> T:
        """The value now."""
        return self._value

    def set(self, value: T) -> None:
        """Replace the value; an equal one changes nothing and calls nobody."""
        if value == self._value:
            return
        self._value = value
        for subscriber in tuple(self._subscribers):
            subscriber(value)

    def subscribe(self, subscriber: Callable[[T], None]) -> Callable[[], None]:
        """Call `subscriber` with every new value from now on; gives the function that ends it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)
