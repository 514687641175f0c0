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
from collections.abc import Iterator

from model.corpus.grammar import Writer
from model.corpus.vocabulary import join_braces
from model.paths import COLLECTED, CORPUS, VOCABULARY, WORK
from writetex_desktop.core.latex.canonical import canonical_tokens
from writetex_desktop.core.latex.parser import NotMathematicsError

MAX_TOKENS = 220
RARE = 30
_REFUSED = re.compile(
    r"[^\x00-\x7f]|\\P(?![a-zA-Z])|\\(?:color|red|put|kern|raise|lower|makebox|renewcommand|fbox|tabular|hline)|picture"
)


def is_test(target: str) -> bool:
    """Whether a formula is kept out of training: one in fifty, by the hash of its canonical form."""
    return hashlib.sha256(target.encode()).digest()[0] < 5


def sources(made: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """LaTeX, origin and kind of every formula."""
    with gzip.open(COLLECTED, "rt", encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            yield entry["latex"], entry["source"], entry["kind"]
    writer = Writer(random.Random(seed))
    for _ in range(made):
        yield writer.formula(), "grammar", "display"


def main() -> None:
    """Write the corpus and its vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int, default=90_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    seen: set[str] = set()
    entries: list[tuple[str, str, str, list[str]]] = []
    counts: Counter[str] = Counter()
    for latex, origin, kind in sources(options.made, options.seed):
        if _REFUSED.search(latex):
            continue
        try:
            tokens = canonical_tokens(latex)
        except NotMathematicsError:
            continue
        target = " ".join(tokens)
        if not tokens or len(tokens) > MAX_TOKENS or target in seen:
            continue
        seen.add(target)
        entries.append((latex, origin, kind, list(tokens)))
        counts.update(set(join_braces(tokens)))
    words = [word for word, count in counts.most_common() if count >= RARE]
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
