r"""What stands on the pages that are set for measuring, chosen by chance, always the same for a seed.

Text is what engines answer with: words with formulas in `\( \)`.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import cycle
from pathlib import Path

from model.paths import MODEL
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.latex.canonical import canonicalize

SHORTEST, LONGEST = 120, 700
"""Characters of a paragraph."""

NARROW_TOKENS, WIDE_TOKENS = (5, 26), (8, 45)
"""Tokens of a displayed formula in a column and on a whole page, fewest and most."""

COMMON = frozenset(
    (
        "le",
        "ge",
        "ne",
        "to",
        "dots",
        "ldots",
        "cdots",
        "left",
        "right",
        "quad",
        "qquad",
        "colon",
        "mathrm",
        "operatorname",
    )
)
"""Commands that no token of the recogniser has, since its canonical form says them otherwise."""

_PLAIN = re.compile(r"[A-Za-z0-9\u00c0-\u017e .,;:()'/!?%&+*=<>\u2018\u2019\u201c\u201d\u2013\u2014-]*")
_BOOK = re.compile(r"\\(?:ref|eqref|cite|label|text|mbox|hspace|vspace|begin|end|tag|linebreak|\\)")
_EDGES = ".,;: "


@dataclass(frozen=True, slots=True)
class Part:
    """A block as it was meant.

    Attributes:
        kind: `heading`, `text`, `display`, `item`, `table`, `note`.
        text: The words with their formulas, or the LaTeX of a display.
        rows: The cells of a table.
        is_ruled: Whether rules stand between all of its cells.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    is_ruled: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A page before it is set.

    Attributes:
        name: Of its files.
        setter: `latex`, `typst` or `web`.
        columns: One or two.
        dpi: Dots per inch; on screens 96 is a ratio of one.
        is_scanned: Whether it is to look as if it had been scanned.
        face: Which of the setter's faces of type.
        parts: In reading order.
    """

    name: str
    setter: str
    columns: int
    dpi: int
    is_scanned: bool
    face: int
    parts: tuple[Part, ...] = field(repr=False)

    def as_json(self) -> dict[str, object]:
        """As what `truth.json` keeps."""
        return asdict(self)


@cache
def commands() -> frozenset[str]:
    """Those that the recogniser can write; books have macros of their own, which nothing else knows."""
    return COMMON | set(re.findall(r"\\\\([a-zA-Z]+)", (MODEL / "model.json").read_text("utf-8")))


def is_known(latex: str) -> bool:
    """Whether the canonical form takes a formula, and every program sets it."""
    if not commands().issuperset(re.findall(r"\\([a-zA-Z]+)", latex)):
        return False
    try:
        return bool(canonicalize(latex))
    except (WriteTexError, ValueError):
        return False


def paragraphs(path: Path, chance: random.Random) -> Iterator[str]:
    """Paragraphs of the corpus that any program sets, in an order of chance."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines]
    chance.shuffle(texts)
    for text in texts:
        if SHORTEST < len(text) < LONGEST and (taken := _taken(" ".join(text.split()))):
            yield taken


def _taken(text: str) -> str:
    parts = text.split("$")
    if len(parts) % 2 == 0 or not all(map(_PLAIN.fullmatch, parts[::2])) or not text[0].isupper():
        return ""
    written = parts[0]
    for latex, words in zip(parts[1::2], parts[2::2], strict=True):
        inner = latex.strip()
        end = inner[len(inner.rstrip(_EDGES)) :].strip() if not inner.endswith("\\,") else ""
        inner = inner.rstrip(_EDGES)
        if not inner or _BOOK.search(inner) or not is_known(inner):
            return ""
        # A formula that is a number or a sign of punctuation is set as words are.
        is_words = re.fullmatch(r"[0-9.,;:()!?]+", inner)
        written += (inner if is_words else f"\\({inner}\\)") + end + words
    return written.strip()


def displays(path: Path, chance: random.Random, tokens: tuple[int, int]) -> Iterator[str]:
    """Formulas that stood on lines of their own, of a length, in an order of chance."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    found = [str(each["latex"]).strip() for each in entries if each["kind"] == "display"]
    chance.shuffle(found)
    for each in found:
        latex = each.rstrip(_EDGES)
        if len(latex) > 8 * tokens[1] or _BOOK.search(latex) or not is_known(latex):
            continue
        if tokens[0] <= len(canonicalize(latex).split()) <= tokens[1]:
            yield latex


def table(words: list[str], formulas: list[str], chance: random.Random) -> Part:
    """A table of names, numbers and a few formulas."""
    count = chance.randint(3, 4)
    head = tuple(chance.choice(words).capitalize() for _ in range(count))
    digits = [chance.choice((0, 1, 2)) for _ in range(count)]
    rows = [head]
    for _ in range(chance.randint(3, 7)):
        name = chance.choice(words)
        if formulas and chance.random() < 0.3:
            name = f"\\({chance.choice(formulas)}\\)"
        figures = (f"{chance.uniform(0, 10 ** chance.randint(1, 4)):.{places}f}" for places in digits[1:])
        rows.append((name, *figures))
    return Part("table", rows=tuple(rows), is_ruled=chance.random() < 0.5)


class Chooser:
    """Chooses what stands on pages.

    Args:
        texts: The corpus of paragraphs.
        formulas: The corpus of formulas.
        seed: Of the choice.
    """

    def __init__(self, texts: Path, formulas: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self._texts = paragraphs(texts, self._chance)
        self._narrow = displays(formulas, self._chance, NARROW_TOKENS)
        self._wide = displays(formulas, self._chance, WIDE_TOKENS)
        self._words: list[str] = []
        self._short: list[str] = []

    def plans(self, count: int) -> Iterator[Plan]:
        """Give pages: setters, columns, resolutions and scans by turns."""
        setters = cycle(("latex", "typst", "latex", "web"))
        for number in range(count):
            setter = next(setters)
            columns = 1 + (number // 4) % 2
            dpi = (96, 120, 150, 200)[(number * 5 // 4) % 4]
            scanned = setter != "web" and number % 3 == 2
            if scanned or (setter != "web" and columns == 2):
                dpi = max(120, dpi)
            parts = tuple(self._parts(columns))
            yield Plan(f"{number:03d}-{setter}", setter, columns, dpi, scanned, number // 4, parts)

    def _text(self) -> str:
        text = next(self._texts)
        plain = re.sub(r"\\\(.*?\\\)", " ", text)
        self._words += re.findall(r"[a-z]{4,9}", plain)[:5]
        self._short += [each for each in re.findall(r"\\\((.*?)\\\)", text) if 3 <= len(each) < 16][:2]
        return text

    def _parts(self, columns: int) -> Iterator[Part]:
        chance = self._chance
        yield Part("heading", self._title())
        count = 14 * columns
        for number in range(count):
            if number and chance.random() < 0.2:
                yield Part("heading", self._title())
            yield Part("text", self._text())
            if chance.random() < 0.45:
                yield Part("display", next(self._narrow if columns == 2 else self._wide))
            elif chance.random() < 0.2:
                for _ in range(chance.randint(2, 4)):
                    yield Part("item", self._sentence())
            elif chance.random() < 0.2:
                yield table(self._words[-40:], self._short[-12:], chance)

    def _title(self) -> str:
        words = [self._chance.choice(self._words or ["results"]) for _ in range(self._chance.randint(2, 4))]
        return " ".join(words).capitalize()

    def _sentence(self) -> str:
        text = self._text()
        end = re.search(r"(?<=[a-z)])\. (?=[A-Z])", text)
        return text[: end.start() + 1] if end else text
