"""What each file that carries weights is known by; written by `packaging/fingerprints.py`."""

from collections.abc import Mapping

SUMS: Mapping[str, Mapping[str, str]] = {
    "model": {
        "detector.onnx": "b692a79028617f04daa2299ba6f7fe698db24499ea0ee4129b8a717feb303fd5",
        "model.json": "5fb6d737716ca06980f2ae58dbeec22ad579a75b0c9bee9935d7be658fc1c31d",
        "reader.onnx": "8b03d862e58e1b0ef45fb93991a43a766ecd375218649a6c9f00d4b946e43cde",
        "step.onnx": "06eb29d966707c35d6fc5873299e764099f616b14127c85c3b78b047dd78a271",
    },
    "signs": {
        "signs.npz": "8cc1e836e9b748c08c9f1cdfc637e9e84196d1e8b4d1331abe1d146c417332d7",
    },
    "ink": {
        "finder.onnx": "cc8eb1033e0c5894a24b6d49b98ccc14d635b88579d24267bf810f5eb137013b",
        "symbols.json": "cdde80fccbb7093f8b0392033cd6efc6d9ba5efbf9577fd5d208d0e9f85b72c5",
    },
}
"""SHA-256 by folder of `resources` and by file."""
