"""What the user said of letters in results: kept for each result as long as the program runs."""


class Assumptions:
    """Knows of each result which letters are functions where a parenthesis follows.

    A result is named by the number of its job; 0 is what was written without a picture.
    """

    def __init__(self) -> None:
        self._functions: dict[int, frozenset[str]] = {}

    def functions(self, result: int) -> frozenset[str]:
        """Give the letters that are functions in a result."""
        return self._functions.get(result, frozenset())

    def say(self, result: int, letter: str, *, is_function: bool) -> None:
        """Take in what a letter is in a result."""
        known = self.functions(result)
        self._functions[result] = known | {letter} if is_function else known - {letter}

    def forget(self, result: int) -> None:
        """Another formula has taken the place of this one."""
        self._functions.pop(result, None)
