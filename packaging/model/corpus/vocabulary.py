"""From canonical tokens to the model's: an opening brace is one token with what stands before it."""

from collections.abc import Iterable, Sequence

PAD, START, END = 0, 1, 2
SPECIAL = ("<pad>", "<start>", "<end>")


def join_braces(tokens: Iterable[str]) -> list[str]:
    r"""Canonical tokens as the model's: `\frac { a } { b }` becomes `\frac{ a }{ b }`, a fifth shorter."""
    joined: list[str] = []
    for sign in tokens:
        if sign == "{" and joined:
            joined[-1] += "{"
        else:
            joined.append(sign)
    return joined


def split_braces(tokens: Iterable[str]) -> list[str]:
    """The inverse of `join_braces`."""
    split: list[str] = []
    for sign in tokens:
        if len(sign) > 1 and sign.endswith("{") and sign != "\\{":
            split += [sign[:-1], "{"]
        else:
            split.append(sign)
    return split


class Vocabulary:
    """Numbers for the model's tokens; 0, 1 and 2 are padding, start and end."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = (*SPECIAL, *words)
        self._numbers = {word: number for number, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, tokens: Iterable[str]) -> list[int]:
        """Numbers of canonical tokens, start and end included.

        Raises:
            KeyError: A token is not in the vocabulary.
        """
        return [START, *(self._numbers[token] for token in join_braces(tokens)), END]

    def decode(self, numbers: Iterable[int]) -> list[str]:
        """Canonical tokens up to the end mark."""
        words: list[str] = []
        for number in numbers:
            if number == END:
                break
            if number > END:
                words.append(self.words[number])
        return split_braces(words)
