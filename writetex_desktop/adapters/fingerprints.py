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
        "finder.onnx": "1c84ccb250ee217d0c2f9c417570d680e6504ab6efb6c0de3df2bebf2717aae8",
        "symbols.json": "be7a93954bcdc2534c85adcf379973c56d68c198056f08e8e2bf1b796bf79863",
    },
}
"""SHA-256 by folder of `resources` and by file."""
