"""What each file that carries weights is known by; written by `packaging/fingerprints.py`."""

from collections.abc import Mapping

SUMS: Mapping[str, Mapping[str, str]] = {
    "model": {
        "detector.onnx": "fba92070b69979267cf1ed1922e43b94c276ef597cfe24cff44fc3b3c01762ca",
        "model.json": "709727bd82708acec9fe2d10e9be5b657bc8c4076373b8bd5dbe1de76a29e799",
        "reader.onnx": "372778b9eb7b2fd0292d6d8ca10b1abb15c4dae1af35d9663937c91ab97b351e",
        "step.onnx": "8402e7eb047a79e6edb0a74e896da72dc644e60806879407cbb687713ffc5cf2",
    },
    "signs": {
        "signs.npz": "8cc1e836e9b748c08c9f1cdfc637e9e84196d1e8b4d1331abe1d146c417332d7",
    },
    "ink": {
        "detector.onnx": "534633623370274d3f9ca71125df9f8e9272fd9c8c641264a74953a253d5a38d",
        "finder.onnx": "739ab9b380fa183a782fb7260504110eb78ad8bc631f7153288dc39cdc3c0aa8",
        "model.json": "5b55cfb8cf2239706af0339ace71536c3cce8a8365bbbb88ecc537be623a7cd6",
        "reader.onnx": "f3d3fa4fb838ca6eba115d29f4c3e801de198fa7fd152357d1204ea05c57737f",
        "step.onnx": "0f181fe7b7e1e1ffe57284caf127362a9b153152abbdf36e6ebde13de8d5cd9e",
        "symbols.json": "be7a93954bcdc2534c85adcf379973c56d68c198056f08e8e2bf1b796bf79863",
    },
}
"""SHA-256 by folder of `resources` and by file."""
