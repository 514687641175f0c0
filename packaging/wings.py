#!/usr/bin/env python3
"""Draw the map of the wings: `docs/images/wings.svg`.

    python3 packaging/wings.py            draw it
    python3 packaging/wings.py --check    only say whether it is what there is

The layers and the order of the wings are read from import-linter's contracts in `pyproject.toml`, so the
picture is what is held; what a wing is for is the first sentence of its docstring, shown under the pointer.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "writetex_desktop"
PICTURE = ROOT / "docs" / "images" / "wings.svg"

WIDTH, MARGIN, ROW, GAP, TITLE, NARROW = 960, 12, 34, 8, 22, 78
"""All in pixels; a box narrower than the last would cut its name."""
STYLE = (
    "text{font:13px sans-serif;fill:#1d2733} .name{font-weight:bold} .layer{fill:#f4f6f8;stroke:#b9c3cd}"
    " .wing{fill:#ffffff;stroke:#2f8fd0}"
)


def contracts() -> list[dict[str, object]]:
    """Give import-linter's contracts of the kind `layers`."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found = settings["tool"]["importlinter"]["contracts"]
    return [each for each in found if each["type"] == "layers"]


def rows_of(container: str) -> list[list[str]]:
    """Give the rows of a contract's container, from the top down; empty where nothing holds it."""
    for contract in contracts():
        containers, layers = contract.get("containers", []), contract["layers"]
        if isinstance(containers, list) and container in containers and isinstance(layers, list):
            return [[name.strip() for name in row.replace(":", "|").split("|")] for row in layers]
    return []


def purpose(module: str) -> str:
    """Give the first sentence of a module's docstring."""
    path = PACKAGE.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]


def lines(rows: list[list[str]], most: int) -> Iterator[list[str]]:
    """Break rows that are too crowded for the names in them."""
    for row in rows:
        count = -(-len(row) // most)
        size = -(-len(row) // count)
        yield from (row[at : at + size] for at in range(0, len(row), size))


def box(kind: str, name: str, place: tuple[float, float, float, float], tip: str) -> Iterator[str]:
    """Draw a box with its name; `place` is left, top, width and height in pixels."""
    x, y, width, height = place
    yield f'<g><title>{escape(tip)}</title><rect class="{kind}" rx="4" x="{x:g}" y="{y:g}" '
    yield f'width="{width:g}" height="{height:g}"/>'
    if kind == "wing":
        yield f'<text x="{x + width / 2:g}" y="{y + 22:g}" text-anchor="middle">{escape(name)}</text>'
    else:
        yield f'<text class="name" x="{x + 10:g}" y="{y + 16:g}">{escape(name)}</text>'
    yield "</g>\n"


def drawn() -> str:
    """Draw all layers, the highest on top."""
    parts: list[str] = []
    y = float(MARGIN)
    for row in rows_of("writetex_desktop"):
        width = (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row)
        inner = [list(lines(rows_of(f"writetex_desktop.{layer}"), int(width / NARROW))) for layer in row]
        tallest = max(map(len, inner))
        height = TITLE + tallest * (ROW + GAP) + (GAP if tallest else 4)
        for number, (layer, rows) in enumerate(zip(row, inner, strict=True)):
            left = MARGIN + number * (width + GAP)
            parts += box("layer", layer, (left, y, width, height), purpose(layer))
            for line, wings in enumerate(rows):
                wide = (width - GAP * (len(wings) + 1)) / len(wings)
                top = y + TITLE + GAP / 2 + line * (ROW + GAP)
                for at, wing in enumerate(wings):
                    place = (left + GAP + at * (wide + GAP), top, wide, float(ROW))
                    parts += box("wing", wing, place, purpose(f"{layer}.{wing}"))
        y += height + GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:g}" width="{WIDTH}" height="{y:g}">'
    )
    return f"{head}<style>{STYLE}</style>\n{''.join(parts)}</svg>\n"


def main(arguments: Sequence[str]) -> int:
    """Draw the map, or say whether it is up to date; gives the exit status."""
    picture = drawn()
    if "--check" not in arguments:
        PICTURE.write_text(picture, "utf-8")
        return 0
    if PICTURE.exists() and PICTURE.read_text("utf-8") == picture:
        return 0
    sys.stderr.write("docs/images/wings.svg is not what there is; run python3 packaging/wings.py.\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
