"""Which formulas the test pictures show, and where the pictures lie."""

import json
import random
from collections.abc import Iterator

from model.corpus.rare import SIGNS
from model.paths import CORPUS, WORK

PICTURES = WORK / "pictures"
BANDS = ((1, 20), (21, 50), (51, 120))


def band(length: int) -> str:
    """The name of the band of length that a formula belongs to."""
    for low, high in BANDS:
        if low <= length <= high:
            return f"{low}-{high}"
    return f">{BANDS[-1][1]}"


def tests() -> Iterator[dict[str, str]]:
    """The formulas of the test split."""
    with CORPUS.open(encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if entry["test"]:
                yield entry


def choose_rare(count: int, seed: int) -> list[dict[str, str]]:
    """Formulas of the test split in which a sign stands that the collected formulas hardly have."""
    rare = {sign.replace("@", "\\") for sign in SIGNS}
    found = [entry for entry in tests() if rare.intersection(entry["target"].split(" "))]
    return random.Random(seed).sample(found, min(count, len(found)))


def choose(each: int, seed: int) -> list[dict[str, str]]:
    """Formulas of the test split, as many from every band."""
    groups: dict[str, list[dict[str, str]]] = {}
    for entry in tests():
        groups.setdefault(band(len(entry["target"].split(" "))), []).append(entry)
    chance = random.Random(seed)
    chosen = [entry for low, high in BANDS for entry in chance.sample(groups[f"{low}-{high}"], each)]
    chance.shuffle(chosen)
    return chosen
