"""Measures the exported model as the program runs it: from picture files to LaTeX.

`python -m model.evaluation.measure [--model DIR] [--sets NAME ...] [--limit N]` prints a table for every
set of `model.evaluation.pictures.latex` and for the samples, and writes `results.json`. A picture is
right when the canonical form of the answer is that of the truth; the token error is the edit distance
over the truth's tokens. About a quarter of a second a picture on two cores.
"""

import argparse
import json
import re
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from model.evaluation.pictures.chosen import BANDS, PICTURES, band
from model.evaluation.render_match import look_alike
from model.paths import MODEL, ROOT, WORK
from writetex_desktop.adapters.recogniser import recognizer as offline_recognizer
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.latex.printer import print_latex
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest

CONSTRUCTS = {
    "fraction": r"\\frac",
    "root": r"\\sqrt",
    "sum, product, integral": r"\\(?:sum|prod|int|oint|coprod|big\w+)\b",
    "accent": r"\\(?:hat|bar|tilde|dot|ddot|vec|check|widehat|widetilde|overline)\b",
    "alphabet": r"\\math(?:cal|bb|frak|scr|sf|tt|bf)|\\boldsymbol",
    "words": r"\\mathrm",
    "matrix, cases, lines": r"\\begin|\\binom|\\substack",
    "scripts alone": r"[_^]",
}
"""What may stand in a formula, as a pattern over its canonical form."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one picture."""

    truth: str
    answer: str
    confidence: float
    seconds: float

    @property
    def exact(self) -> bool:
        """Whether it is right."""
        return self.truth == self.answer

    @property
    def length(self) -> int:
        """Tokens of the truth."""
        return len(self.truth.split(" "))


def distance(left: Sequence[str], right: Sequence[str]) -> int:
    """The edit distance of two sequences."""
    row = list(range(len(right) + 1))
    for place, one in enumerate(left, 1):
        before, row[0] = row[0], place
        for column, other in enumerate(right, 1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (one != other)),
            )
    return row[-1]


def read(recognizer: OfflineRecognizer, path: Path, truth: str) -> Result:
    """Read one picture file."""
    start = time.perf_counter()
    try:
        answer = recognizer._read(  # noqa: SLF001 - the words before they are printed
            RecognitionRequest(EncodedImage("image/png", path.read_bytes(), 0, 0)), threading.Event()
        )
        text, confidence = canonicalize(" ".join(answer.words)), answer.confidence
    except RecognitionError as error:
        text, confidence = f"<{error}>", 0.0
    return Result(truth, text, confidence, time.perf_counter() - start)


def alike(results: Sequence[Result]) -> int:
    """How many of the answers that are not exact look right all the same."""
    pairs = [
        (print_latex(result.truth), print_latex(result.answer))
        for result in results
        if not result.exact and not result.answer.startswith("<")
    ]
    return sum(look_alike(pairs)) if pairs else 0


def summary(results: Sequence[Result]) -> dict[str, float]:
    """Exact match, token error, latency."""
    if not results:
        return {}
    tokens = sum(result.length for result in results)
    wrong = sum(
        min(result.length, distance(result.truth.split(" "), result.answer.split(" "))) for result in results
    )
    return {
        "pictures": len(results),
        "exact": round(sum(result.exact for result in results) / len(results), 3),
        "render_match": round((sum(result.exact for result in results) + alike(results)) / len(results), 3),
        "token_error": round(wrong / tokens, 3),
        "median_ms": round(1000 * statistics.median(result.seconds for result in results)),
    }


def by_construct(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """The summary for each construct, up to 50 tokens; a formula counts for every construct that it has."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.length <= BANDS[1][1]:
            found = [name for name, pattern in CONSTRUCTS.items() if re.search(pattern, result.truth)]
            for name in found if len(found) == 1 else [name for name in found if name != "scripts alone"]:
                groups[name].append(result)
            if not found:
                groups["signs in a row"].append(result)
    return {name: summary(group) for name, group in groups.items()}


def calibration(results: Sequence[Result]) -> list[tuple[str, int, float]]:
    """For ranges of confidence: how many answers, and the share of right ones."""
    edges = (0.0, 0.02, 0.2, 0.5, 0.8, 0.95, 1.01)
    rows = []
    for low, high in pairwise(edges):
        inside = [result for result in results if low <= result.confidence < high]
        if inside:
            rows.append(
                (f"{low}-{high}", len(inside), round(sum(result.exact for result in inside) / len(inside), 3))
            )
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--sets", nargs="*")
    parser.add_argument("--limit", type=int, default=10**6)
    parser.add_argument(
        "--deadline",
        type=float,
        default=offline_recognizer.DEADLINE_S,
        help="seconds, longer on a busy machine",
    )
    parser.add_argument(
        "--jobs", type=int, default=1, help="pictures read at once; latencies are then longer"
    )
    parser.add_argument("--show", type=int, default=0, help="wrong answers to print for each set")
    options = parser.parse_args()
    offline_recognizer.DEADLINE_S = options.deadline
    recognizer = OfflineRecognizer(options.model, sums=None)
    pool = ThreadPoolExecutor(options.jobs)
    report: dict[str, dict[str, dict[str, float]]] = {}
    everything: list[Result] = []
    folders = sorted(path for path in PICTURES.iterdir() if not options.sets or path.name in options.sets)
    for folder in folders:
        truth = json.loads((folder / "truth.json").read_text())[: options.limit]
        paths, targets = [folder / entry["file"] for entry in truth], [entry["target"] for entry in truth]
        results = list(pool.map(read, [recognizer] * len(truth), paths, targets))
        everything += results
        groups: dict[str, list[Result]] = defaultdict(list)
        for result in results:
            groups[band(result.length)].append(result)
        report[folder.name] = {
            "all": summary(results),
            **{name: summary(group) for name, group in sorted(groups.items())},
        }
        for name, row in report[folder.name].items():
            print(f"{folder.name:28} {name:8} {row}", flush=True)
        for result in [result for result in results if not result.exact][: options.show]:
            print(f"   {result.truth}\n   {result.answer}  ({result.confidence:.2f})")
    samples = ROOT / "resources" / "samples"
    results = [
        read(recognizer, samples / entry["file"], canonicalize(entry["latex"]))
        for entry in json.loads((samples / "truth.json").read_text())
    ]
    report["samples"] = {"all": summary(results)}
    print("samples", report["samples"]["all"])
    for result in results:
        print("  ", "right" if result.exact else "WRONG", f"{result.confidence:.2f}", result.answer)
    report["constructs"] = by_construct(everything)
    for name, row in report["constructs"].items():
        print(f"{name:24} {row}")
    slow = sorted(result.seconds for result in everything if 20 <= result.length <= 30)
    median, late = slow[len(slow) // 2], slow[len(slow) * 95 // 100]
    print(f"20-30 tokens: median {1000 * median:.0f} ms, p95 {1000 * late:.0f} ms")
    print("confidence:", calibration(everything))
    (WORK / "results.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
