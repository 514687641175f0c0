"""A value that must not be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """An API key that hides itself wherever it is printed, formatted or logged.

    Call `reveal` at the one place that sends it.
    """

    _value: str

    def reveal(self) -> str:
        """Give the key itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __format__(self, spec: str, /) -> str:
        return "Secret(***)"

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not pickled")
