"""Keeps the weights of a graph in eight bits: a byte each, a scale for each row; widened when loaded.

Only the file is smaller. What is computed, and the memory that it takes, is as before.
"""

import math
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

SMALLEST = 1500
"""Smaller weights are not worth it."""

NARROWED = "_narrowed"
SCALES = "_scales"
LEVELS = 127


def narrow(graph: Path, out: Path) -> None:
    """Write a graph with its large weights of 32 bits in 8.

    Args:
        graph: A graph whose weights have 32 bits.
        out: Where the smaller one is written.
    """
    model = onnx.load(str(graph))
    axes = {
        name: 1 if node.op_type == "MatMul" and place == 1 else 0
        for node in model.graph.node
        for place, name in enumerate(node.input)
    }
    nodes, scales = [], []
    for part in model.graph.initializer:
        if part.data_type != onnx.TensorProto.FLOAT or math.prod(part.dims) < SMALLEST:
            continue
        name, weights = part.name, numpy_helper.to_array(part)
        axis = axes.get(name, 0)
        others = tuple(side for side in range(weights.ndim) if side != axis)
        scale = np.maximum(np.abs(weights).max(others), 1e-8).astype(np.float32) / LEVELS
        shape = [-1 if side == axis else 1 for side in range(weights.ndim)]
        levels = np.round(weights / scale.reshape(shape)).clip(-LEVELS, LEVELS).astype(np.int8)
        part.CopyFrom(numpy_helper.from_array(levels, name + NARROWED))
        scales.append(numpy_helper.from_array(scale, name + SCALES))
        nodes.append(
            onnx.helper.make_node(
                "DequantizeLinear", [name + NARROWED, name + SCALES], [name], name + "_widened", axis=axis
            )
        )
    model.graph.initializer.extend(scales)
    nodes += model.graph.node
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(out))
