"""What each file that carries weights is known by; written by `packaging/fingerprints.py`."""

from collections.abc import Mapping

SUMS: Mapping[str, Mapping[str, str]] = {
    "model": {
        "detector.onnx": "fba92070b69979267cf1ed1922e43b94c276ef597cfe24cff44fc3b3c01762ca",
        "model.json": "0250bba40b20b579104ac482553626989bb071d68a978de1c5d679ee25d6614f",
        "reader.onnx": "ba6dba6d6d3f6cfea4910ff0d00d2313035b9f069a3a4a3c54acc71f19048131",
        "step.onnx": "f94a0242574af5ab0d270b9f821e43499b3ecc5ed45ab9de07bfadfabd6fc235",
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
