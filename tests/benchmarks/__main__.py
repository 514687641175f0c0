"""Runs every benchmark, or those named: `python -m tests.benchmarks [capture overlay ...]`.

`python -m tests.benchmarks prompt --profile NAME` asks an endpoint, which costs money.

Figures are medians; ratios are taken within one run, since machines are shared and noisy. A bar that a figure
is held to stands beside it. Nothing here fails: a benchmark tells, a person judges.
"""

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Run the benchmarks; gives the exit status."""
    if names[:1] == ["prompt"]:
        from tests.benchmarks.bench_prompt import measure  # noqa: PLC0415 - it has words of its own

        return measure(names[1:])
    there = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    unknown = [name for name in names if name not in there]
    if unknown:
        sys.stderr.write(f"There is no benchmark {unknown[0]}; there are: {', '.join(there)}.\n")
        return 2
    for name in names or there:
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        importlib.import_module(f"tests.benchmarks.bench_{name}").main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
