"""Opens the graphs that onnxruntime runs, without its reports to anybody."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from writetex_desktop.core.errors import InternalError
from writetex_desktop.core.language.words import tr

if TYPE_CHECKING:
    from pathlib import Path


def open_graph(path: Path) -> Any:
    """Give the session of a graph, which runs in the thread that asks it.

    Raises:
        InternalError: The graph or the library is missing or broken.
    """
    # It would report every model that it loads: docs/adr/0013-runtime-without-telemetry.md.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - a quarter of a second
    except (ImportError, OSError) as error:
        raise InternalError(
            tr("The built-in recogniser cannot be loaded: its library onnxruntime is missing or broken."),
            tr("Install the program anew; on Windows also Microsoft's Visual C++ Redistributable."),
        ) from error
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # The graphs are so small that a second thread costs more than it gives.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions have no common class
        raise InternalError(
            tr("The built-in recogniser is missing."), tr("Install the program anew.")
        ) from error
