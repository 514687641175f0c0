"""What each file that carries weights is known by; written by `packaging/fingerprints.py`."""

from collections.abc import Mapping

SUMS: Mapping[str, Mapping[str, str]] = {
    "model": {
        "detector.onnx": "60b92397eaaf6ee9c85405c0a416ea2fc07ffe411b9aafc1c77ed0fbed108df5",
        "model.json": "6878d5ec76b8e50c31ccc9316444e9f7fd3f764f089da6745a6ac44e6ffb0658",
        "reader.onnx": "8ec7b0f467c0f25e5db8d12c361a3618dfb36a85d2afa1a34e3d1588eaf5eda2",
        "step.onnx": "2a835ded46835e1ceb3853c208061cf739171c5156d0c8ca86f59e64d657f26f",
    },
    "signs": {
        "signs.npz": "8cc1e836e9b748c08c9f1cdfc637e9e84196d1e8b4d1331abe1d146c417332d7",
    },
    "ink": {
        "detector.onnx": "5ad80a1c958bab96ba043db15680f9f938b8dabacea9f7aef775682f866a6bc8",
        "finder.onnx": "7ef2b1acd92424113a7ae4536d88d5ae0e3de666dc6aaf46104e7c2b38506f94",
        "model.json": "fef2bc18c4c11ecf015095ee206f44832967c654eaf67573eb0bc09bdb700a47",
        "reader.onnx": "9e57f7f7e2a6a2bef69ff7b59dc338c6e5c830faf9787a90dc8c14c7be1eeb3b",
        "step.onnx": "8e889dcd413de35b8907a7d5af7408a18d37146578588aa6fdf80e97b8d8def9",
        "symbols.json": "be7a93954bcdc2534c85adcf379973c56d68c198056f08e8e2bf1b796bf79863",
    },
}
"""SHA-256 by folder of `resources` and by file."""
