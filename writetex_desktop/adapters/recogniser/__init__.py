"""The embedded recogniser: `resources/model/` run by onnxruntime."""
