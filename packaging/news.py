#!/usr/bin/env python3
"""Put the fragments of `news.d/` into the changelog.

    python3 packaging/news.py            fold them in below [Unreleased], and take the files away
    python3 packaging/news.py --check    only say which of them do not fit

The form of the changelog is https://keepachangelog.com/en/1.1.0/.
"""

import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEWS = ROOT / "news.d"
CHANGELOG = ROOT / "CHANGELOG.md"
KINDS = ("added", "changed", "deprecated", "removed", "fixed", "security")
UNRELEASED = "## [Unreleased]"
MOST_SIGNS = 400
"""A fragment is a sentence or two; more belongs into the guide."""


def fragments(folder: Path = NEWS) -> list[Path]:
    """Give the fragments, in the order of their names."""
    return sorted(path for path in folder.glob("*.md") if path.name != "README.md")


def problems(paths: Iterable[Path]) -> list[str]:
    """Say, one sentence each, what does not fit."""
    said = []
    for path in paths:
        _slug, _, kind = path.stem.rpartition(".")
        text = path.read_text("utf-8").strip()
        if kind not in KINDS:
            said.append(
                f"{path.name}: the name ends in none of {', '.join(f'.{each}.md' for each in KINDS)}."
            )
        if not text.endswith((".", ")", "`")) or text.startswith(("-", "#", "*")):
            said.append(f"{path.name}: write plain sentences, without a bullet or a heading.")
        if len(text) > MOST_SIGNS:
            said.append(f"{path.name}: at most {MOST_SIGNS} signs; the rest belongs into the guide.")
    return said


def folded(changelog: str, news: Mapping[str, Sequence[str]]) -> str:
    """Give the changelog with the news of each kind as its first items below [Unreleased].

    Raises:
        ValueError: The changelog has no part for what is not released.
    """
    head, found, rest = changelog.partition(f"{UNRELEASED}\n")
    if not found:
        raise ValueError(f"{CHANGELOG.name} has no line '{UNRELEASED}'.")
    body, next_release, older = rest.partition("\n## [")
    for kind in KINDS:
        if not news.get(kind):
            continue
        items = "\n".join(
            textwrap.fill(" ".join(text.split()), 118, initial_indent="- ", subsequent_indent="  ")
            for text in news[kind]
        )
        title = f"### {kind.capitalize()}\n\n"
        if title in body:
            body = body.replace(title, f"{title}{items}\n", 1)
        else:
            body = f"{body.rstrip()}\n\n{title}{items}\n" if body.strip() else f"\n{title}{items}\n"
    return f"{head}{UNRELEASED}\n{body}{next_release}{older}"


def main(arguments: Sequence[str]) -> int:
    """Check the fragments, and fold them in unless only that was asked; gives the exit status."""
    paths = fragments()
    said = problems(paths)
    for sentence in said:
        sys.stderr.write(f"{sentence}\n")
    if said or "--check" in arguments:
        return int(bool(said))
    news = defaultdict(list)
    for path in paths:
        news[path.stem.rpartition(".")[2]].append(path.read_text("utf-8").strip())
    CHANGELOG.write_text(folded(CHANGELOG.read_text("utf-8"), news), "utf-8")
    for path in paths:
        path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
