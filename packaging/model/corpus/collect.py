"""Collects the formulas, the shared corpus and those of the grammar, with their canonical targets.

`python -m model.corpus.collect [--made N] [--seed S]` writes `corpus.jsonl` and `vocabulary.json`; about two
minutes.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from model.corpus.grammar import Writer
from model.corpus.joined import fit, joined
from model.corpus.rare import SIGNS
from model.corpus.vocabulary import SPECIAL, join_braces
from model.paths import COLLECTED, CORPUS, MODEL, PARAGRAPHS, VOCABULARY, WORK
from writetex_desktop.core.latex.canonical import canonical_tokens
from writetex_desktop.core.latex.parser import NotMathematicsError

MAX_TOKENS = 220
RARE = 30
"""Formulas that a new token needs to be learnt from."""

NEW_WORDS = ("\\xleftarrow{", "\\dddot{", "\\overleftrightarrow{", "\\widecheck{")
"""Tokens that take arguments and that no earlier model had."""

SHORTEST_ROW = 4
"""Tokens of a formula below which it is no row of a display."""

KEPT = ((20, 0.4), (50, 0.7))
"""Of the collected formulas of at most so many tokens, the share that is kept: the short are much alike."""

_WORDS = re.compile(r"(?<![\w$\\])[a-z]+(?:[ -][a-z]+){1,5}(?![\w$])")
_REFUSED = re.compile(
    r"[^\x00-\x7f]|\\P(?![a-zA-Z])|\\(?:color|red|put|kern|raise|lower|makebox|renewcommand|fbox|tabular|hline)|picture"
)


def is_test(target: str) -> bool:
    """Whether a formula is kept out of training: one in fifty, by the hash of its canonical form."""
    return hashlib.sha256(target.encode()).digest()[0] < 5


def collected() -> Iterator[tuple[str, str, str]]:
    """LaTeX, origin and kind of the collected formulas."""
    with gzip.open(COLLECTED, "rt", encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if not _REFUSED.search(entry["latex"]):
                yield entry["latex"], entry["source"], entry["kind"]


def phrases() -> list[str]:
    """Runs of lower-case words from real sentences."""
    found: list[str] = []
    with gzip.open(PARAGRAPHS, "rt", encoding="utf-8") as file:
        for line in file:
            found += _WORDS.findall(json.loads(line)["text"])
    return sorted(set(found))


class Corpus:
    """The formulas that are kept, each canonical form once."""

    def __init__(self, shares: random.Random) -> None:
        words: list[str] = json.loads((MODEL / "model.json").read_text())["words"]
        self.shipped = [word for word in words if word not in SPECIAL]
        self._known = {*self.shipped, *(sign.replace("@", "\\") for sign in SIGNS), *NEW_WORDS}
        self._shares = shares
        self._seen: set[str] = set()
        self.entries: list[tuple[str, str, str, list[str]]] = []
        self.rows: list[str] = []
        self.counts: Counter[str] = Counter()

    def take(self, latex: str, origin: str, kind: str, shares: Sequence[tuple[int, float]] = ()) -> None:
        """Keep a formula that is new and can be read.

        Args:
            latex: The formula.
            origin: Where it comes from.
            kind: Inline or display.
            shares: Of the formulas of at most so many tokens, the share to keep; formulas of the test are
                all kept.
        """
        try:
            tokens = canonical_tokens(latex)
        except NotMathematicsError:
            return
        target = " ".join(tokens)
        if not tokens or len(tokens) > MAX_TOKENS or target in self._seen:
            return
        if not self._known.issuperset(join_braces(tokens)):  # a book's own macros
            return
        self._seen.add(target)
        test = is_test(target)
        if not test and len(tokens) > SHORTEST_ROW and fit(latex):
            self.rows.append(latex)
        share = next((share for most, share in shares if len(tokens) <= most), 1.0)
        if not test and self._shares.random() > share:
            return
        self.entries.append((latex, origin, kind, list(tokens)))
        self.counts.update(set(join_braces(tokens)))


def main() -> None:
    """Write the corpus and its vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int, default=80_000, help="formulas of the grammar")
    parser.add_argument("--joined", type=int, default=25_000, help="displays made of collected formulas")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    corpus = Corpus(random.Random(options.seed))
    for latex, origin, kind in collected():
        corpus.take(latex, origin, kind, KEPT)
    for latex in joined(corpus.rows, options.joined, random.Random(options.seed)):
        corpus.take(latex, "joined", "display")
    writer = Writer(random.Random(options.seed), phrases())
    for _ in range(options.made):
        corpus.take(writer.formula(), "grammar", "display")
    entries, counts = corpus.entries, corpus.counts
    common = [word for word, count in counts.most_common() if count >= RARE]
    words = list(dict.fromkeys([*corpus.shipped, *common]))
    known = set(words)
    VOCABULARY.write_text(json.dumps(words, indent=0))
    kept = 0
    with CORPUS.open("w", encoding="utf-8") as file:
        for latex, origin, kind, tokens in entries:
            if known.issuperset(join_braces(tokens)):
                target = " ".join(tokens)
                record = {
                    "latex": latex,
                    "source": origin,
                    "kind": kind,
                    "target": target,
                    "test": is_test(target),
                }
                file.write(json.dumps(record) + "\n")
                kept += 1
    print(f"{kept} formulas of {len(entries)} kept, {len(words)} tokens")


if __name__ == "__main__":
    main()
