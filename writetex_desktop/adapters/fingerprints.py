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
        "detector.onnx": "397b7eeb7d8db6f3b665a2a49cd15884e1a2eff276fb702f10f45833463509de",
        "finder.onnx": "739ab9b380fa183a782fb7260504110eb78ad8bc631f7153288dc39cdc3c0aa8",
        "model.json": "e04d5424bbcb289bf8fcac88192dddc837313364ce672635d8f62c4b0b1ab009",
        "reader.onnx": "92de81e79896967457f80fdb0030d2c682436a50cfd9a1c211eb2a0f0d7f156f",
        "step.onnx": "05fbe604413ab207738f82c0b15a22073ae3e7cc5e802748fd517832fb0e3527",
        "symbols.json": "be7a93954bcdc2534c85adcf379973c56d68c198056f08e8e2bf1b796bf79863",
    },
}
"""SHA-256 by folder of `resources` and by file."""
